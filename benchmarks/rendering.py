"""Time rendering: `python -m benchmarks.rendering`. Medians in milliseconds; nothing is a test.

The goals: the HTML of ten posts of a known page in at most 0.6 ms, of a new week in at most 1 ms,
2,000 unlike issues in at most 2.5 s, and no compiler imported where all blocks are known.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from benchmarks.report import Report, arguments, figure, ms
from digest.models import Issue
from digest.rendering import Renderer, dialect, fill
from digest.rendering.context import context
from tests.rendering.issues import plain_of, varied

TEMPLATES = Path(__file__).parents[1] / "templates"

_COLD = """
import sys, time
start = time.perf_counter()
from pathlib import Path
from digest.rendering import Renderer, dialect, fill
from tests.rendering.issues import plain_of
issue = plain_of(10)
imported = time.perf_counter()
renderer = Renderer([Path(sys.argv[1])], Path(sys.argv[2]))
page = renderer.render(issue)
for part in (page.email, page.web, page.text):
    fill(part, dialect("plain"), issue)
done = time.perf_counter()
heavy = [name for name in ("premailer", "lxml", "mjml", "cssutils", "babel") if name in sys.modules]
print(f"{1000 * (imported - start):.0f};{1000 * (done - imported):.0f};", end="")
print(", ".join(heavy) or "none")
"""


def timed(work: Callable[[], object], rounds: int = 300) -> list[float]:
    """Return the times of a piece of work, in milliseconds."""
    took = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        took.append(1000 * (perf_counter() - start))
    return took


def html(renderer: Renderer, issue: Issue) -> str:
    """Return an issue's email alone: tokens, hash, look-up, fill."""
    theme = renderer.theme(issue.template, issue.theme)
    return fill(renderer._page(issue, theme, "email"), dialect(issue.service), issue)


def known_shapes(report: Report) -> None:
    renderer = Renderer([TEMPLATES])
    rows, goal = [], 0.0
    for posts in (10, 50, 200):
        issue = plain_of(posts)
        size = len(html(renderer, issue))
        times = timed(lambda issue=issue: html(renderer, issue), 300 if posts == 10 else 40)
        goal = goal or median(times)
        rows.append([f"HTML of {posts} posts, filled", ms(times), f"{size:,}"])
    issue = plain_of(10)
    rows.append(
        [
            "all three pages of 10 posts, not filled",
            ms(timed(lambda: renderer.render(issue), 100)),
            "",
        ]
    )
    page = renderer.render(issue).email
    rows.append(
        [
            "filling one page of 10 posts",
            ms(timed(lambda: fill(page, dialect("mailchimp"), issue))),
            "",
        ]
    )
    report.table("A known shape, warm", ["work", "ms", "bytes"], rows)
    report.goal("ten posts of a known page within 0.6 ms", f"{figure(goal)} ms", goal <= 0.6)


def new_weeks(report: Report) -> None:
    """Tell what issues cost whose pictures, labels, authors and sections are in new places."""
    renderer = Renderer([TEMPLATES])
    for seed in range(200):  # a few years, after which few kinds of blocks are new
        html(renderer, varied(10_000 + seed))
    made = [varied(seed) for seed in range(200)]
    weeks = [timed(lambda issue=issue: html(renderer, issue), 1)[0] for issue in made]
    issue = made[0]
    seen = context(issue, renderer.theme(issue.template, {}), "email")
    page = f"{issue.template}/issue.mjml.j2"
    mjml, values = renderer._html.run(page, seen)
    rows = [
        ["HTML of ten posts, in new places each week, filled", ms(weeks)],
        ["of that, Jinja to tokens", ms(timed(lambda: renderer._html.run(page, seen)))],
        ["joining frame and blocks", ms(timed(lambda: renderer._shapes.page(mjml, list(values))))],
        ["HTML with nothing known", ms(timed(lambda: html(Renderer([TEMPLATES]), issue), 15))],
    ]
    report.table("A new week of ten posts, warm", ["work", "ms"], rows, "200 issues")
    claim = "ten posts in new places within 1 ms"
    report.goal(claim, f"{figure(median(weeks))} ms", median(weeks) <= 1)


def many_weeks(report: Report) -> None:
    """Tell what 2,000 unlike issues cost, from a process that knows no block at first."""
    tracemalloc.start()
    few = grown(range(400))
    many = grown(range(400, 800))
    tracemalloc.stop()
    renderer = Renderer([TEMPLATES])
    made = [varied(seed) for seed in range(2000)]
    start = process_time()
    for issue in made:
        html(renderer, issue)
    seconds = process_time() - start
    rows = [
        ["2,000 issues of ten posts, one core", f"{seconds:.2f} s"],
        ["memory more after the first 400", f"{few / 1e6:.1f} MB"],
        ["memory more after the next 400", f"{many / 1e6:.1f} MB"],
    ]
    report.table(
        "Many unlike issues", ["work", "measured"], rows, "no block known at first; processor time"
    )
    report.goal("2,000 unlike issues within 2.5 s", f"{seconds:.2f} s", seconds <= 2.5)


_LONG_RUN = Renderer([TEMPLATES])


def grown(seeds: range) -> int:
    """Return by how many bytes memory has grown after so many issues."""
    before = tracemalloc.get_traced_memory()[0]
    for seed in seeds:
        html(_LONG_RUN, varied(seed))
    return tracemalloc.get_traced_memory()[0] - before


def cold(report: Report) -> None:
    rows = []
    with tempfile.TemporaryDirectory() as shapes:
        for name in ("nothing kept", "shapes on disk"):
            command = [sys.executable, "-c", _COLD, str(TEMPLATES), shapes]
            ran = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            rows.append([name, *ran.strip().split(";")])
    headings = ["first pages of a process", "imports, ms", "three pages, ms", "compilers imported"]
    report.table("A process's first pages", headings, rows, "one run each")


def main() -> None:
    options = arguments(__doc__).parse_args()
    report = Report("Rendering")
    known_shapes(report)
    new_weeks(report)
    many_weeks(report)
    cold(report)
    report.save(options.json)


if __name__ == "__main__":
    main()
