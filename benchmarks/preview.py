"""How quickly the preview answers an editor: a save, the first paint, a drag through 60 posts.

Run as `python -m benchmarks.preview`. Needs Playwright and a Chromium; times are those of a real
page over real sockets, with the watcher, the build and the browser in them.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.report import Report, arguments, ms

DATED = date(2026, 10, 11)
POSTS = 60
SAVES = 12
OPENINGS = 8
SAVE_MS, PAINT_MS, FRAMES = 200, 300, 50
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update",
             "--disable-dev-shm-usage", "--disable-gpu"]  # fmt: skip
COUNT_FRAMES = """() => {
  window.frames_ = [];
  const tick = (at) => {
    window.frames_.push(at);
    window.next_ = requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}"""

STAMP_LOADS = """() => {
  window.loads_ = [];
  document.getElementById("frame").addEventListener("load", () =>
    window.loads_.push(performance.timeOrigin + performance.now()));
}"""


def project_of(root: Path, posts: int) -> Any:
    """Make a project with one issue of some posts."""
    from digest.workflow.gathering.collecting import collect
    from digest.workflow.making.building import build
    from digest.workflow.project import Project

    (root / "posts").mkdir(parents=True)
    (root / "digest.toml").write_text(
        '[newsletter]\nname = "The Letter"\nlanguage = "en-GB"\n[[source]]\nname = "blog"\n'
        'kind = "markdown"\npath = "posts"\nurl = "https://letter.example/"\n'
        '[edition.weekly]\ntitle = "Weekly"\nmax_bytes = 1000000\n'
    )
    for number in range(posts):
        day = DATED - timedelta(days=number % 6)
        (root / "posts" / f"post-{number}.md").write_text(
            f"---\ntitle: Post number {number} about moss\ndate: {day}T09:00:00Z\n---\n\n"
            + f"Words of post {number}. " * 60
        )
    project = Project(root)
    collect(project)
    build(project, project.config.edition(), DATED)
    return project


@contextmanager
def running(project: Any) -> Iterator[Any]:
    """Run a preview in a thread."""
    from digest.preview.server import Preview

    preview = Preview(project, f"{DATED}-weekly")
    thread = threading.Thread(target=preview.run)
    thread.start()
    try:
        yield preview
    finally:
        preview.stop()
        thread.join(10)


def opened(browser: Any, preview: Any) -> Any:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(preview.address)
    page.locator("#connection[data-state=live]").wait_for()
    return page


def saves(page: Any, root: Path) -> list[float]:
    """Return the milliseconds from a save to the load of the frame that shows it.

    The browser itself stamps its loads, so that what this program takes to look is not counted.
    """
    path = root / "issues" / f"{DATED}-weekly" / "editor.md"
    before, taken = path.read_text(), []
    frame = page.locator("#frame").element_handle().content_frame()
    page.evaluate(STAMP_LOADS)
    for number in range(SAVES + 1):
        start = 1000 * time.time()
        path.write_text(f"{before}\nWords of save {number}.\n")
        while page.evaluate("window.loads_.length") < 2:  # an empty page, then the new one
            page.wait_for_timeout(20)
        loads = page.evaluate("window.loads_.splice(0)")
        frame.wait_for_selector(f"text=Words of save {number}.")
        taken.append(loads[-1] - start)
        time.sleep(0.5)
    return taken[1:]  # the first build of a process imports what the others have


def paints(browser: Any, preview: Any) -> list[float]:
    """Return the milliseconds to the first paint of the page, as the browser tells them."""
    page, taken = opened(browser, preview), []
    for _ in range(OPENINGS):
        page.reload()
        page.locator("#connection[data-state=live]").wait_for()
        told = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
        page.wait_for_timeout(200)
        taken.append(float(page.evaluate(told)))
    return taken


def frames(page: Any) -> float:
    """Return the frames a second while a post is dragged through all others."""
    page.locator("#panel .held .handle").nth(POSTS // 2).wait_for()
    box = page.locator("#panel .held .handle").nth(2).bounding_box()
    page.mouse.move(box["x"] + 8, box["y"] + 8)
    page.mouse.down()
    page.evaluate(COUNT_FRAMES)
    start = time.perf_counter()
    while time.perf_counter() - start < 3:
        # down to the panel's edge, where it scrolls through all of them, and up again
        for y in (890, 120):
            page.mouse.move(box["x"] + 40, y, steps=30)
    seen = page.evaluate("() => { cancelAnimationFrame(window.next_); return window.frames_; }")
    page.keyboard.press("Escape")
    page.mouse.up()
    return 1000 * (len(seen) - 1) / float(seen[-1] - seen[0])


def measure() -> Report:
    """Return what was measured."""
    report = Report("The preview")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        report.skip("playwright is not installed")
        return report
    if not CHROMIUM:
        report.skip("there is no Chromium")
        return report
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        few, many = Path(folder, "few"), Path(folder, "many")
        with running(project_of(few, 10)) as preview:
            saved, painted = saves(opened(browser, preview), few), paints(browser, preview)
        with running(project_of(many, POSTS)) as preview:
            rate = frames(opened(browser, preview))
        browser.close()
    report.table(
        "The preview, ten posts",
        ("", "ms"),
        [("from a save to the page", ms(saved)), ("first paint", ms(painted))],
    )
    report.table("Dragging through sixty posts", ("", "frames a second"), [("", f"{rate:.0f}")])
    report.goal(f"save to reload {SAVE_MS} ms", f"{median(saved):.0f} ms", median(saved) <= SAVE_MS)
    report.goal(
        f"first paint {PAINT_MS} ms", f"{median(painted):.0f} ms", median(painted) <= PAINT_MS
    )
    report.goal(f"{FRAMES} frames a second", f"{rate:.0f}", rate >= FRAMES)
    return report


def main() -> int:
    asked = arguments(__doc__).parse_args()
    measure().save(asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
