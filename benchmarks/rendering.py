"""Time rendering: `python -m benchmarks.rendering`. Medians in milliseconds; nothing here is a test.

The goals: the HTML of ten posts of a known shape in at most 1 ms, a new shape in at most 15 ms once warm, and
no compiler imported for a known shape.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from digest.models import Issue, replace
from digest.rendering import Renderer, dialect, fill, shape, template
from digest.rendering.context import context
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
print(f"{1000 * (imported - start):.0f} ms imports, {1000 * (done - imported):.0f} ms all three pages,"
      f" compilers imported: {', '.join(heavy) or 'none'}")
"""


def timed(work: Callable[[], object], rounds: int = 300) -> tuple[float, float]:
    """Return median and minimum of a piece of work, in milliseconds."""
    took = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        took.append(1000 * (perf_counter() - start))
    return median(took), min(took)


def html(renderer: Renderer, issue: Issue) -> str:
    """Return an issue's email alone: tokens, hash, look-up, fill."""
    theme = renderer.theme(issue.template, issue.theme)
    return fill(renderer._page(issue, theme, "email"), dialect(issue.service), issue)


def known_shapes(renderer: Renderer) -> None:
    for posts in (10, 50, 200):
        issue = plain_of(posts)
        html(renderer, issue)
        middle, least = timed(lambda issue=issue: html(renderer, issue), 300 if posts == 10 else 40)
        print(
            f"known shape, {posts:3} posts, HTML: {middle:7.2f} ({least:.2f}),"
            f" {len(html(renderer, issue)):,} bytes"
        )
    issue = plain_of(10)
    middle, least = timed(lambda: renderer.render(issue), 100)
    print(f"known shape,  10 posts, all three pages, not filled: {middle:.2f} ({least:.2f})")
    page = renderer.render(issue).email
    middle, least = timed(lambda: fill(page, dialect("mailchimp"), issue))
    print(f"filling alone, 10 posts: {middle:.2f} ({least:.2f})")


def parts() -> None:
    issue = plain_of(10)
    renderer = Renderer([TEMPLATES])
    theme = renderer.theme(issue.template, {})
    seen = context(issue, theme, "email")
    middle, least = timed(lambda: template.run(renderer._html, "weekly/issue.mjml.j2", seen))
    print(f"Jinja to tokens, 10 posts: {middle:.2f} ({least:.2f})")
    mjml, values = template.run(renderer._html, "weekly/issue.mjml.j2", seen)
    middle, least = timed(lambda: renderer._shapes.get(mjml, list(values)))
    print(f"hash and look-up: {middle:.2f} ({least:.2f})")
    middle, least = timed(lambda: shape.compile_shape(mjml, list(values)), 30)
    print(f"new shape, 10 posts, warm, compiling alone: {middle:.1f} ({least:.1f})")


def new_shapes() -> None:
    renderer = Renderer([TEMPLATES])
    html(renderer, plain_of(10))
    took = []
    for bits in range(40):
        posts = tuple(post(n, image=None) if bits >> n & 1 else post(n) for n in range(1, 10))
        issue = plain_of(10)
        section = replace(issue.sections[0], posts=posts)
        issue = replace(issue, sections=(section,), preheader=f"{bits}" if bits else "")
        took.append(timed(lambda issue=issue: html(renderer, issue), 1)[0])
    print(f"new shape, 10 posts, warm, whole HTML: {median(took):.1f} ({min(took):.1f})")


def cold() -> None:
    with tempfile.TemporaryDirectory() as shapes:
        for name in ("first run, nothing kept", "second run, shapes on disk"):
            command = [sys.executable, "-c", _COLD, str(TEMPLATES), shapes]
            print(
                f"{name}:",
                subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip(),
            )


def main() -> None:
    known_shapes(Renderer([TEMPLATES]))
    parts()
    new_shapes()
    cold()


if __name__ == "__main__":
    main()
