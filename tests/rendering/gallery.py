"""Take the pictures of the documentation: `python -m tests.rendering.gallery docs/pictures`, or `make pictures`.

The example project is built into a temporary folder, once for each template in each ready theme,
and shown by headless Chromium, light and dark; in the first theme also on a phone, and as the hardest
clients show it. Its pictures come from `examples/posts/pictures/`; nothing
is asked from the network.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from digest.rendering.views import VIEWS
from digest.workflow.gathering.collecting import collect
from digest.workflow.making.building import build
from digest.workflow.project import Project
from tests.rendering.pictures import ARGUMENTS, CHROMIUM

EXAMPLES = Path(__file__).parents[2] / "examples"
BYTES_LIMIT = 250_000
DATED = date(2026, 10, 11)
CLIP = {"x": 0, "y": 0, "width": 600, "height": 1100}
PHONE = {"x": 0, "y": 0, "width": 360, "height": 1100}
BARE = {**CLIP, "width": 640}  # without styles a browser leaves 8 pixels of margin at either side
README = {"x": 0, "y": 0, "width": 600, "height": 1400}

EDITIONS = """
[edition.briefing]
title = "The morning briefing"
template = "briefing"
first_window = "200 days"
[[edition.briefing.section]]
title = "From the desks"
tags = ["From the desks"]
[[edition.briefing.section]]
title = "Reviews and conversations"
tags = ["Book review", "In conversation"]
[[edition.briefing.section]]
title = "Also by lamplight"

[edition.series]
title = "The Quiet Hours"
template = "series"
series = ["The Quiet Hours"]
order = "series"
since = "50 days"

[editing.series."The Quiet Hours"]
total = 4
"""

INTRODUCTIONS = {
    "briefing": "Everything from the desks since spring, in the order it came in, for those who were asleep.",
    "series": "Two new parts this time. If you are new to the night shift, begin with what the building says.",
}


def pages(folder: Path, theme: str) -> Iterator[tuple[str, str]]:
    """Yield each template with the page it makes of the example project in a theme."""
    root = folder / theme
    shutil.copytree(EXAMPLES, root / "examples", ignore=shutil.ignore_patterns("pictures"))
    configuration = (EXAMPLES.parent / "digest.toml").read_text("utf-8")
    published = configuration.replace('pictures = "copied"', 'pictures = "published"')
    (root / "digest.toml").write_text(
        f'{published}{EDITIONS}\n[theme]\nbase = "{theme}"\n', "utf-8"
    )
    project = Project(root)
    collect(project)
    for name, edition in project.config.editions.items():
        report = build(project, edition, DATED)
        issue = root / report.folder
        editor = issue / "editor.md"
        if name in INTRODUCTIONS:
            editor.write_text(
                f"{editor.read_text('utf-8').rstrip()}\n\n{INTRODUCTIONS[name]}\n", "utf-8"
            )
            build(Project(root), edition, DATED)
        yield edition.template, (issue / "email.html").read_text("utf-8")


def _serve(route: Any) -> None:
    path = EXAMPLES / "posts" / "pictures" / route.request.url.rpartition("/")[2]
    if path.is_file():
        route.fulfill(status=200, content_type="image/png", body=path.read_bytes())
    else:
        route.abort()


def take(
    browser: Any, html: str, scheme: str, clip: dict[str, int], path: Path, scale: int = 1
) -> None:
    """Write a picture of a page, cut to a size."""
    context = browser.new_context(
        viewport={"width": clip["width"], "height": clip["height"]},
        color_scheme=scheme,
        device_scale_factor=scale,
    )
    page = context.new_page()
    page.route("**/*", _serve)
    page.set_content(html)
    height = min(clip["height"], page.evaluate("document.documentElement.scrollHeight"))
    page.screenshot(path=path, clip={**clip, "height": height}, full_page=True)
    context.close()
    if path.stat().st_size > BYTES_LIMIT:
        raise SystemExit(f"{path} is larger than {BYTES_LIMIT} bytes")
    print(path, path.stat().st_size)


def take_views(browser: Any, html: str, template: str, out: Path) -> None:
    """Write pictures of a page on a phone, and as the clients show it that are hardest."""
    for scheme in ("light", "dark"):
        take(browser, html, scheme, PHONE, out / f"{template}-phone-{scheme}.png")
    for view, clips in SHOWN.items():
        for clip in clips:
            path = out / f"{template}-{view}-{clip['width']}.png"
            take(browser, VIEWS[view](html), "light", clip, path)


SHOWN = {"word": [CLIP], "bare": [BARE, PHONE], "blocked": [PHONE], "inverted": [CLIP]}
"""Each view with the widths at which it is met."""


def main(arguments: list[str]) -> int:
    """Take all pictures into the folder that the command line names."""
    from playwright.sync_api import sync_playwright

    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for theme in ("paper", "harbour"):
            for template, html in pages(Path(folder), theme):
                for scheme in ("light", "dark"):
                    take(browser, html, scheme, CLIP, out / f"{template}-{theme}-{scheme}.png")
                if theme == "paper":
                    take_views(browser, html, template, out)
                if (template, theme) == ("weekly", "paper"):
                    take(browser, html, "light", README, out / "weekly.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
