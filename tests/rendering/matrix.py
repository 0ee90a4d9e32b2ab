"""Render every template in every theme and case, and have a judge look at each.

`python -m tests.rendering.matrix JUDGE [WORD…]`, or `make judge JUDGE=path/to/judge`. JUDGE is any
program that takes `email.html message.eml` and ends with 0 if nothing is wrong. With WORDs only
pages whose name holds one of them are judged. A line for each page, a count at the end, 1 if the
judge disliked any.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from digest.issue import message
from digest.models import Issue, replace
from digest.rendering import Renderer, dialect, fill
from tests.rendering.issues import CASES

TEMPLATES = Path(__file__).parents[2] / "templates"

DRESSED = {
    "logo": "https://img.example.org/640x160/by-day.png",
    "logo_dark": "https://img.example.org/640x160/by-night.png",
    "logo_height": "40px",
    "web_font": "Garden Serif",
    "web_font_url": "https://garden.example.org/fonts/garden-serif.woff2",
    "radius": "0px",
    "button": "link",
}
"""A theme in which a newsletter has told everything it can: with the usual issue, one more case."""


def issues(renderer: Renderer) -> Iterator[tuple[str, Issue]]:
    """Yield every issue of the matrix with its name, `template-theme-case`."""
    for template in renderer.templates():
        for theme in renderer.themes():
            for case, make in CASES.items():
                yield (
                    f"{template}-{theme}-{case}",
                    _dressed(renderer, make(), template, {"base": theme}),
                )
            overrides = {"base": theme, **DRESSED}
            yield (
                f"{template}-{theme}-own",
                _dressed(renderer, CASES["usual"](), template, overrides),
            )


def _dressed(renderer: Renderer, made: Issue, template: str, overrides: dict[str, str]) -> Issue:
    return replace(made, template=template, theme=renderer.theme(template, overrides))


def write(renderer: Renderer, made: Issue, folder: Path) -> tuple[Path, Path]:
    """Write an issue's email.html and message.eml, both in the plain dialect, and return their paths."""
    pages, plain = renderer.render(made), dialect("plain")
    html = fill(pages.email, plain, made)
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / "email.html", folder / "message.eml"
    paths[0].write_text(html, "ascii")
    paths[1].write_bytes(message.write(made, html, fill(pages.text, plain, made)))
    return paths


def main(arguments: list[str]) -> int:
    """Judge the pages that the command line asks for."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    judge, *words = arguments
    renderer = Renderer([TEMPLATES])
    liked = disliked = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, made in issues(renderer):
            if words and not any(word in name for word in words):
                continue
            paths = write(renderer, made, Path(folder) / name)
            run = subprocess.run(
                [judge, *map(str, paths)], capture_output=True, text=True, check=False
            )
            said = run.stdout.strip().splitlines() or [run.stderr.strip()]
            print(f"{'ok  ' if run.returncode == 0 else 'FAIL'} {name}: {said[-1]}", flush=True)
            if run.returncode:
                print("\n".join(f"     {line}" for line in said[:-1]), flush=True)
            liked += run.returncode == 0
            disliked += run.returncode != 0
    print(f"{liked} pages passed, {disliked} failed")
    return 1 if disliked else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
