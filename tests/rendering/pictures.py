"""Take pictures of a rendered page: `python -m tests.rendering.pictures email.html OUTDIR`.

Four pictures by headless Chromium: 600 and 360 px wide, light and dark; with `--bare` two more
without any style sheet, as some webmail shows it, and `--no-images` one with images off. Images at
example.org are made up on the spot (`…/1600x900/name.jpg` in that size); nothing is asked from the
network.
"""

from __future__ import annotations

import colorsys
import re
import struct
import sys
import zlib
from pathlib import Path
from typing import Any

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
_STYLES = re.compile(r"<style[^>]*>.*?</style>", re.DOTALL | re.IGNORECASE)
_SIZE = re.compile(r"/(\d+)x(\d+)/")


def png(width: int, height: int, seed: int) -> bytes:
    """Return a soft landscape: a sky, two hills and a sun, in tones that the seed chooses."""
    hue = (seed * 0.137) % 1
    tones = [colorsys.hls_to_rgb((hue + shift) % 1, light, 0.35) for shift, light in _LAYERS]
    sky, far, near, sun = (bytes(round(255 * part) for part in tone) for tone in tones)
    rows = bytearray()
    for y in range(height):
        row = bytearray(sky * width)
        for x in range(width):
            depth = y / height
            if depth > 0.72 + 0.10 * _wave(x / width * 2 + seed):
                row[3 * x : 3 * x + 3] = near
            elif depth > 0.58 + 0.08 * _wave(x / width * 1.3 + seed * 0.7):
                row[3 * x : 3 * x + 3] = far
            elif (x / height - 0.7) ** 2 + (depth - 0.3) ** 2 < 0.012:
                row[3 * x : 3 * x + 3] = sun
        rows += b"\0" + row
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


_LAYERS = ((0.0, 0.78), (0.08, 0.55), (0.14, 0.34), (0.5, 0.92))


def _wave(x: float) -> float:
    part = x % 1
    return 4 * part * (1 - part)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _serve(route: Any) -> None:
    size = _SIZE.search(route.request.url)
    if not size:
        route.abort()
        return
    width, height = int(size[1]), int(size[2])
    scale = max(1, max(width, height) // 240)  # the ratio counts, not the detail
    body = png(max(1, width // scale), max(1, height // scale), sum(route.request.url.encode()))
    route.fulfill(status=200, content_type="image/png", body=body)


def take(html: str, folder: Path, *, bare: bool = False, images: bool = True) -> list[Path]:
    """Write pictures of a page into a folder and return them; sideways scrolling is told on stderr."""
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    shots = [(w, scheme, html, "") for w in (600, 360) for scheme in ("light", "dark")]
    if bare:
        shots += [(w, "light", _STYLES.sub("", html), "-bare") for w in (600, 360)]
    taken = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for width, scheme, shown, name in shots:
            page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
            page.route("**/*", _serve if images else lambda route: route.abort())
            page.set_content(shown)
            scroll = page.evaluate("document.documentElement.scrollWidth")
            if scroll > width:
                print(f"{width} px {scheme}{name}: the page is {scroll} px wide", file=sys.stderr)
            path = folder / f"{width}-{scheme}{name}.png"
            page.screenshot(path=path, full_page=True)
            taken.append(path)
            page.close()
        browser.close()
    return taken


def main(arguments: list[str]) -> int:
    """Take the pictures that the command line asks for."""
    options = {a for a in arguments if a.startswith("--")}
    paths = [a for a in arguments if not a.startswith("--")]
    if len(paths) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    html = Path(paths[0]).read_text("utf-8")
    for path in take(
        html, Path(paths[1]), bare="--bare" in options, images="--no-images" not in options
    ):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
