"""Take the pictures of the preview: `python -m tests.preview.gallery docs/pictures`, or `make pictures`.

The example project is built into a temporary folder and opened in headless Chromium, at the widths
of a desk and a phone, light and dark. Nothing is asked from the network.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
from datetime import date
from pathlib import Path
from typing import Any

from digest.preview.server import Preview
from digest.workflow.gathering.collecting import collect
from digest.workflow.making.building import build
from digest.workflow.project import Project
from tests.preview.browsing import opened, started_browser

ROOT = Path(__file__).parents[2]
DATED = date(2026, 10, 11)
MISTAKE = "\nWhat the lamps saw this week is [here](https://lamplighters.example/).\n"
DESK, PHONE = (1280, 900), (390, 844)
PICTURES: tuple[tuple[str, str, tuple[int, int], str, str], ...] = (
    # name, address, window, colours, and what is done before
    ("preview", "", DESK, "light", ""),
    ("preview-dark", "?way=html&beside=word&panel=none", DESK, "dark", ""),
    ("preview-arranging", "?panel=posts", DESK, "light", "lift"),
    ("preview-inbox", "?way=inbox&panel=letter", DESK, "light", ""),
    ("preview-phone", "?width=390&panel=none", PHONE, "light", ""),
    ("preview-phone-dark", "?width=390&panel=posts", PHONE, "dark", ""),
    # the last one: it leaves a mistake behind
    ("preview-check-dark", "?way=html&panel=findings", DESK, "dark", "mistake"),
)


def main() -> int:
    folder = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as made, started_browser() as browser:
        root = Path(made)
        shutil.copytree(ROOT / "examples", root / "examples")
        shutil.copytree(ROOT / "issues", root / "issues")
        shutil.copy(ROOT / "digest.toml", root)
        shutil.rmtree(root / "issues" / f"{DATED}-weekly", ignore_errors=True)
        project = Project(root)
        collect(project)
        build(project, project.config.edition(), DATED)
        preview = Preview(project, f"{DATED}-weekly")
        thread = threading.Thread(target=preview.run)
        thread.start()
        try:
            for picture in PICTURES:
                take(browser, preview, folder, *picture)
        finally:
            preview.stop()
            thread.join()
    return 0


def take(
    browser: Any,
    preview: Preview,
    folder: Path,
    name: str,
    address: str,
    window: tuple[int, int],
    colours: str,
    act: str,
) -> None:
    """Take one picture."""
    size = {"width": window[0], "height": window[1]}
    with browser.new_context(viewport=size, color_scheme=colours) as context:
        page = opened(context, preview)
        page.goto(f"{preview.origin}/{address}")
        page.locator("#connection[data-state=live]").wait_for()
        page.wait_for_timeout(500)
        if act == "lift":
            page.locator("#panel .handle").nth(2).focus()
            page.keyboard.press("Space")
            page.keyboard.press("ArrowUp")
        if act == "mistake":
            editor = preview.root / "issues" / preview.issue_id / "editor.md"
            editor.write_text(editor.read_text() + MISTAKE)
            page.locator(".findings a >> text=Line").first.click()
            page.locator(".source .at").wait_for()
            page.wait_for_timeout(500)
        page.screenshot(path=str(folder / f"{name}.png"))
        print(folder / f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())
