"""Time rendering: `python -m benchmarks.rendering`. Medians in milliseconds; nothing here is a test.

The goals: the HTML of ten posts of a known shape in at most 1 ms, a new shape in at most 15 ms once
warm, and no compiler imported for a known shape.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.report import Report, arguments, figure, ms
from digest.models import Issue, replace
from digest.rendering import Renderer, dialect, fill
from digest.rendering.context import context
from digest.rendering.jinja import template
from digest.rendering.page import shape
from tests.rendering.issues import plain_of, post

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
print(f"{1000 * (imported - start):.0f};{1000 * (done - imported):.0f};{', '.join(heavy) or 'none'}")
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
    report.goal("ten posts of a known shape within 1 ms", f"{figure(goal)} ms", goal <= 1)


def new_shapes(report: Report) -> None:
    renderer = Renderer([TEMPLATES])
    issue = plain_of(10)
    html(renderer, issue)
    seen = context(issue, renderer.theme(issue.template, {}), "email")
    mjml, values = template.run(renderer._html, "weekly/issue.mjml.j2", seen)
    jinja = timed(lambda: template.run(renderer._html, "weekly/issue.mjml.j2", seen))
    compiling = timed(lambda: shape.compile_shape(mjml, list(values)), 30)
    whole = [timed(lambda other=other: html(renderer, other), 1)[0] for other in unlike_issues()]
    rows = [
        ["Jinja to tokens", ms(jinja)],
        ["compiling alone", ms(compiling)],
        ["the whole HTML, shape new each time", ms(whole)],
    ]
    report.table("A new shape of ten posts, warm", ["work", "ms"], rows)
    report.goal(
        "a new shape of ten posts within 15 ms, warm",
        f"{figure(median(whole))} ms",
        median(whole) <= 15,
    )


def unlike_issues() -> Iterator[Issue]:
    """Yield issues of ten posts that differ in which of them have a picture."""
    for bits in range(1, 41):
        posts = tuple(post(n, image=None) if bits >> (n - 1) & 1 else post(n) for n in range(1, 10))
        issue = plain_of(10)
        yield replace(issue, sections=(replace(issue.sections[0], posts=posts),))


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
    new_shapes(report)
    cold(report)
    report.save(options.json)


if __name__ == "__main__":
    main()
