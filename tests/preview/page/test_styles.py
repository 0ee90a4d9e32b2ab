"""The style sheets and the page know the same names: no rule is about what is nowhere."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from digest.models import Decision, replace
from digest.preview import page as page_module
from digest.preview.live import Facts, Live, Trouble, read
from digest.preview.page import View, page
from digest.preview.page.view import PANELS
from digest.preview.sharing.pages import index
from digest.preview.views import WAYS
from digest.workflow.gathering.collecting import collect
from digest.workflow.making.building import build
from digest.workflow.project import Project
from tests.conftest import Blog

STATIC = Path(page_module.__file__).parents[1] / "static"
MISTAKE = "\nWhat the lamps saw is [here](https://letter.example/).\n"


def test_every_class_that_is_styled_is_that_of_something(blog: Blog) -> None:
    """What scripts set apart: an issue with findings, fix-ups and troubles shows all the rest."""
    project = Project(blog.root)
    collect(project)
    report = build(project, project.config.edition(), date(2026, 10, 8))
    editor = blog.issue(report.issue) / "editor.md"
    editor.write_text(editor.read_text() + MISTAKE)
    build(project, project.config.edition(), date(2026, 10, 8))
    draft = read(project.folders, report.issue)
    waiting = Decision(id="a", url=None, title="A", verdict="waiting", rule="limit", detail="d")
    bare = replace(draft.issue, preheader="", featured=None, sections=(), decisions=(waiting,))
    states = [
        draft,
        replace(draft, frozen=replace(draft.frozen, issue=bare)),
        replace(draft, state="approved", is_whole=False),
        replace(draft, state="delivered"),
    ]
    views = [View(way=way.id, panel=panel) for way in WAYS for panel in ("", "none", *PANELS)]
    written = [
        page(Live(shown, (Trouble("a", "b", "c"),)), Facts(blog.root, shown), view)
        for shown in states
        for view in (*views, View(way="word", beside="html"))
    ]
    written.append(index(Facts(blog.root, draft, is_kept=True)).decode())
    found = {
        name
        for html in written
        for said in re.findall(r'class="([^"]*)"', html)
        for name in said.split()
    }
    scripted = "".join(path.read_text("utf-8") for path in STATIC.glob("*.js"))
    unseen = {name for name in styled() - found if not re.search(rf"\b{name}\b", scripted)}
    assert unseen <= {"error", "warning", "information"}, "how grave a finding is"


def styled() -> set[str]:
    """Return the classes that style sheets name."""
    text = "".join(path.read_text("utf-8") for path in STATIC.glob("*.css"))
    selectors = re.sub(r"\{[^{}]*\}", "{}", re.sub(r"/\*.*?\*/", "", text, flags=re.S))
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", selectors))
