"""An issue in which there is something of everything, and the message it becomes: `whole.txt`.

`DIGEST_UPDATE_GOLDENS=1` writes it anew; hold what changed against the editor's file below.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from datetime import date
from email.policy import default
from pathlib import Path

from digest.models import replace
from digest.workflow.gathering.collecting import collect
from digest.workflow.making.building import build
from digest.workflow.project import Project
from tests.conftest import Blog
from tests.flat import lines
from tests.golden import hold_text

GOLDEN = Path(__file__).with_name("whole.txt")
ISSUE = "2026-10-11-weekly"
EDITION = """limit = 7
carry_over = "2 issues"
excerpt_words = 12
[[edition.weekly.section]]
title = "Birds"
tags = "birds"
limit = 1
[[edition.weekly.section]]
title = "All the rest"
[editing.series."Night notes"]
total = 12
"""
EDITOR = """---
subject: "Swifts, and what became of them"
pin: [https://letter.example/old/]
drop: [https://letter.example/dull/]
later: [https://letter.example/soon/]
order: [https://letter.example/moss/]
titles:
  https://letter.example/moss/: Moss on every roof
authors:
  https://letter.example/moss/: Ada Penhaligon, Bartholomew Quince
excerpts:
  https://letter.example/moss/: Nobody had looked up.
sections:
  https://letter.example/moss/: Birds
links:
  - title: A map of all swifts
    url: https://maps.example/swifts
    excerpt: It grows every day.
---
Dear {{ first_name }}, the *swifts* are gone.

They will be [back](https://letter.example/back/).
"""


def test_an_issue_is_this_to_the_last_word(blog: Blog) -> None:
    told = "".join(f"{line}\n" for line in _told(blog))
    hold_text(GOLDEN, told)


def _told(blog: Blog) -> Iterator[str]:
    blog.configure(EDITION)
    words = "They came back late this year, {}. " * 4
    picture = '<img src="https://letter.example/{}.jpg" alt="A {}" width="600" height="400">'
    for name, day, title, tags in (
        ("old", "09-01", "An old tree", "trees"),
        ("dull", "10-05", "Opening hours", "news"),
        ("soon", "10-06", "Soon to come", "news"),
        ("moss", "10-07", "A roof of moss", "roofs"),
        ("swifts", "10-08", "Counting the swifts", "birds"),
        ("owls", "10-09", "Owls do not count", "birds"),
        *((f"night{n}", f"10-{n:02}", f"Night notes, part {n}", "stars") for n in (1, 2, 4, 10)),
    ):
        body = words.format(*[name] * 4) + picture.format(name, name)
        blog.write(name, title, f"2026-{day}T09:00:00Z", tags, body)
    project = Project(blog.root)
    collect(project)
    build(project, project.config.edition(), date(2026, 10, 4))
    build(project, project.config.edition(), date(2026, 10, 11))
    folder = blog.issue(ISSUE)
    yield "==== editor.md as it is made"
    yield _written(folder / "editor.md")
    (folder / "editor.md").write_text(EDITOR, encoding="utf-8")
    build(project, project.config.edition(), date(2026, 10, 11))
    yield "==== the issue"
    frozen = project.folders.read(ISSUE)
    # Colours and labels are the template's and the language's own; when it was built, the clock's.
    yield from lines("", replace(frozen.issue, theme={}, labels={}, built_at=None))
    yield "==== what the editor said"
    yield from lines("", frozen.notes)
    yield "==== message.eml"
    message = email.message_from_bytes((folder / "message.eml").read_bytes(), policy=default)
    for part in message.walk():
        told = "\n".join(f"{name}: {value}" for name, value in part.items())
        yield re.sub("[0-9a-f]{20,32}", "HASH", told)  # of all bytes
    yield "==== email.txt"
    yield _written(folder / "email.txt")


def _written(path: Path) -> str:
    return path.read_text(encoding="utf-8")
