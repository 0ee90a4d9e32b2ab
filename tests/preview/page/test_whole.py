"""The pages of an issue in which there is something to show everywhere, to the last attribute.

`pages.txt` holds each line where it is first met. `DIGEST_UPDATE_GOLDENS=1` writes it anew; look at
what changed, and at the page in a browser, before you keep it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from digest.preview.live import Facts, Live, Trouble, read
from digest.preview.page import View, page
from digest.preview.sharing.pages import index, view_page
from digest.preview.views import BY_ID
from digest.workflow.gathering.collecting import collect
from digest.workflow.making.building import build
from digest.workflow.project import Project
from digest.workflow.records import approve
from tests.conftest import Blog
from tests.golden import hold_text

GOLDEN = Path(__file__).with_name("pages.txt")
EDITION = """limit = 5
carry_over = "2 issues"
service = "listmonk"
[[edition.weekly.section]]
title = "Birds"
tags = "birds"
[[edition.weekly.section]]
title = "All the rest"
[edition.daily]
title = "Day by day"
[service.mailchimp]
key_env = "NO_SUCH_KEY"
audience = "12"
[service.listmonk]
url = "https://lists.example"
audience = "1"
[service.smtp]
url = "smtp://mail.example"
"""
VIEWS = [
    *("", "panel=posts", "panel=findings", "panel=size", "panel=fixups", "panel=letter"),
    *("panel=handing", "panel=none", "panel=nonsense", "at=post-1", "way=text", "way=web"),
    *("way=inbox", "way=word", "way=inverted", "way=bare", "way=blocked", "way=clipped"),
    *("way=service", "way=service&service=mailchimp", "way=last", "way=html&beside=text"),
    *("width=360", "width=599", "width=1", "width=99999", "colours=dark&panel=size"),
    *("panel=findings&at=finding-0&colours=light", "issue=2026-10-11-weekly&panel=letter"),
]


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project with two issues; of the second, an editor has changed a few things."""
    blog = Blog(tmp_path_factory.mktemp("whole") / "garden")
    blog.root.mkdir()
    blog.configure(EDITION)
    project = Project(blog.root)
    blog.write("old", "An old tree", "2026-09-30T09:00:00Z", "trees", "It fell in the night.")
    collect(project)
    build(project, project.config.edition("weekly"), date(2026, 10, 4))
    picture = '<img src="https://letter.example/swift.jpg" alt="" width="600" height="400">'
    for number, (title, tags) in enumerate(
        [("Counting the swifts", "birds"), ("Learning <by> doing & [NAME] %%FIRSTNAME%%", "birds, roofs"), ("Night notes 1", "stars"), ("A roof of moss. By Ada Penhaligon", "roofs"),
         ("Night notes 2", "stars"), ("גנים בלילה", "stars")], 5)  :  # fmt: skip
        words = f"They came back late, for the {number}th time this year. {picture} " * 3
        blog.write(f"p{number}", title, f"2026-10-{number:02}T09:00:00Z", tags, words)
    collect(project)
    build(project, project.config.edition("weekly"), date(2026, 10, 11))
    return blog.root


def test_pages_are_these_to_the_last_attribute(garden: Path) -> None:
    told = "".join(f"{line}\n" for line in _told(garden))
    hold_text(GOLDEN, told)


def _told(garden: Path) -> Iterator[str]:
    project = Project(garden)
    seen: set[str] = set()
    shown = read(project.folders, "2026-10-11-weekly")
    facts = Facts(garden, shown)
    for asked in VIEWS:
        view = View.of(dict(part.split("=") for part in asked.split("&") if part))
        yield f"\n==== /?{asked}"
        yield from _new(page(Live(shown, ()), facts, view), seen)
    trouble = Trouble(message="it cannot be read", where="editor.md:3", hint="Mend it.")
    yield "\n==== with troubles, and steps to undo"
    yield from _new(
        page(Live(shown, (trouble, Trouble(message="and more"))), facts, View(), (2, 1)), seen
    )
    approve(project, "2026-10-04-weekly")
    for issue, panel in (("2026-10-04-weekly", "handing"), ("2026-10-04-weekly", "letter")):
        shown = read(project.folders, issue)
        yield f"\n==== approved: /?issue={issue}&panel={panel}"
        yield from _new(
            page(Live(shown, ()), Facts(garden, shown), View(issue=issue, panel=panel)), seen
        )


def test_pages_that_are_taken_along_are_these(garden: Path) -> None:
    told = "".join(f"{line}\n" for line in _taken_along(garden))
    golden = GOLDEN.with_name("taken_along.txt")
    hold_text(golden, told)


def _taken_along(garden: Path) -> Iterator[str]:
    seen: set[str] = set()
    facts = Facts(garden, read(Project(garden).folders, "2026-10-11-weekly"))
    yield "==== index.html"
    whole = re.sub('srcdoc="[^"]*"', 'srcdoc="the email"', index(facts).decode())
    yield from _new(whole, seen)
    for name in ("text", "inbox"):
        yield f"\n==== views/{name}.html"
        yield from _new(view_page(facts, BY_ID[name]).decode(), seen)
    for name in ("html", "last"):
        page = view_page(facts, BY_ID[name]).decode()
        yield f"\n==== views/{name}.html: {len(facts.findings)} findings in all"
        assert 'id="source-finding-0"' in view_page(facts, BY_ID["source"]).decode()
        yield from re.findall(r'<meta http-equiv[^>]*>|<base [^>]*>|[^<]* id="finding-\d+"', page)


def _new(html: str, seen: set[str]) -> Iterator[str]:
    """Yield the lines of a page that are new, an element a line; of links to change the view, each once."""
    html = re.sub(r"(?<=>)(?=<[a-z])", "\n", html)
    # Bytes, and what is drawn of them, change with every template.
    html = re.sub(r"\b\d{1,3}(,\d{3})+\b", "#,###", html)
    html = re.sub(r'((data-bytes|data-total|meter value)=)"\d+"', r'\1"#"', html)
    html = re.sub(r'(<rect x=)"[\d.]+"( y="\d+" width=)"[\d.]+"', r'\1"#"\2"#"', html)
    html = re.sub(r"Line \d+", "Line #", html)
    html = re.sub(r"\b[0-9a-f]{16,64}\b", "DIGEST", html)
    for line in html.splitlines():
        told = (
            re.sub('href="[^"]*"', "", line)
            if "data-command" in line or "at=post" in line
            else line
        )
        if line.strip() and told not in seen:
            seen.add(told)
            yield line
