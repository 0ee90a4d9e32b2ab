"""digest itself, warm: `own.py known|new|unseen|pages PROJECT TEMPLATES SECONDS`.

Prints times as JSON.

known: the email's HTML, again and again. new: which posts have a picture and an excerpt is drawn
anew for each page. unseen: all is forgotten before each page. pages: all three pages (email, web,
text). Pages are filled in each time.
"""

import json
import random
import sys
from pathlib import Path
from time import perf_counter

from digest.issue.folder import IssueFolders
from digest.models import Issue, PostView, replace
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


def html(issue: Issue = issue) -> str:
    theme = renderer.theme(issue.template, issue.theme)
    return fill(renderer._page(issue, theme, "email"), plain, issue)


def drawn() -> Issue:
    sections = tuple(
        replace(section, posts=tuple(map(changed, section.posts))) for section in issue.sections
    )
    return replace(issue, sections=sections)


def changed(post: PostView) -> PostView:
    image = post.image if chance.random() < 0.7 else None
    return replace(post, image=image, excerpt=post.excerpt if chance.random() < 0.9 else "")


def unseen() -> str:
    renderer._shapes._known.clear()
    return html()


def pages() -> list[str]:
    rendered = renderer.render(issue)
    return [fill(page, plain, issue) for page in (rendered.email, rendered.web, rendered.text)]


chance = random.Random(1)
weeks = [drawn() for _ in range(200)] if what == "new" else [issue]
work = {"known": html, "new": html, "unseen": unseen, "pages": pages}[what]
arguments = [(week,) for week in weeks] if what == "new" else [()]
times: list[float] = []
for budget in (seconds / 4, seconds):
    times = []
    end = perf_counter() + budget
    while perf_counter() < end or len(times) < 3:
        told = arguments[len(times) % len(arguments)]
        start = perf_counter()
        work(*told)
        times.append(1000 * (perf_counter() - start))
print(json.dumps(times))
