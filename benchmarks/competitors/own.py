"""digest itself, warm, on an issue it froze: `own.py known|new|pages PROJECT TEMPLATES SECONDS`.

Prints times as JSON.

known: the email's HTML of a known shape. new: the same with every shape forgotten before each page.
pages: all three pages (email, web, text) of a known shape. Pages are filled in each time.
"""

import json
import sys
from pathlib import Path
from time import perf_counter

from digest.issue.folder import IssueFolders
from digest.rendering import Renderer, dialect, fill

what, project, templates, seconds = (
    sys.argv[1],
    Path(sys.argv[2]),
    Path(sys.argv[3]),
    float(sys.argv[4]),
)
folders = IssueFolders(project / "issues")
issue = folders.read(folders.all()[-1].id).issue
renderer = Renderer([templates])
plain = dialect("plain")


def html() -> str:
    theme = renderer.theme(issue.template, issue.theme)
    return fill(renderer._page(issue, theme, "email"), plain, issue)


def new() -> str:
    renderer._shapes._known.clear()
    return html()


def pages() -> list[str]:
    rendered = renderer.render(issue)
    return [fill(page, plain, issue) for page in (rendered.email, rendered.web, rendered.text)]


work = {"known": html, "new": new, "pages": pages}[what]
times: list[float] = []
for budget in (seconds / 4, seconds):
    times = []
    end = perf_counter() + budget
    while perf_counter() < end or len(times) < 3:
        start = perf_counter()
        work()
        times.append(1000 * (perf_counter() - start))
print(json.dumps(times))
