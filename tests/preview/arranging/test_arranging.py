"""What an act on the page makes of editor.md, and of the issue that is built from it."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import UsageError
from digest.issue import editor
from digest.issue.rewriting import applied, rewrite
from digest.models import (
    Decision,
    EditorNotes,
    Issue,
    NewsletterView,
    PostView,
    SectionView,
    Window,
)
from digest.preview.arranging import Act, Place, changes
from digest.preview.arranging.layout import Group
from digest.workflow.making.building import build
from digest.workflow.project import Project
from tests.preview.conftest import ISSUE, gardeners

AT = datetime(2026, 10, 11, tzinfo=UTC)

SECTIONS = ("News", "Notes")


def address(name: str) -> str:
    return f"https://a.example/{name}/"


def view(name: str) -> PostView:
    return PostView(id=name, url=address(name), permalink=address(name), title=name.upper())


def decision(name: str, verdict: str, rule: str) -> Decision:
    return Decision(id=name, url=address(name), title=name, verdict=verdict, rule=rule)  # type: ignore[arg-type]


@pytest.fixture
def issue() -> Issue:
    """Make an issue: `f` featured, a b c in News, d e in Notes; x waits, y was refused."""
    return made("f", ("a", "b", "c"), ("d", "e"))


def made(featured: str, news: tuple[str, ...], notes: tuple[str, ...]) -> Issue:
    held = [featured, *news, *notes]
    return Issue(
        id="2026-10-11-weekly",
        edition="weekly",
        number=1,
        dated=AT.date(),
        title="Weekly",
        template="weekly",
        service="plain",
        newsletter=NewsletterView(name="Letter"),
        window=Window(start_at=AT, cutoff_at=AT),
        subject="",
        featured=view(featured),
        sections=(
            SectionView(title="News", posts=tuple(map(view, news))),
            SectionView(title="Notes", posts=tuple(map(view, notes))),
        ),
        decisions=(
            *(decision(name, "chosen", "window") for name in held),
            decision("x", "waiting", "limit"),
            decision("y", "refused", "tag"),
        ),
    )


def told(issue: Issue, act: Act, notes: EditorNotes = EditorNotes()) -> EditorNotes:  # noqa: B008
    """Return what editor.md says after an act."""
    return applied(notes, changes(act, Place(issue=issue, notes=notes, sections=SECTIONS)))


def drawn(featured: str, news: str, notes: str) -> Act:
    groups = [Group(posts=(featured,))] if featured else []
    groups += [Group(posts=tuple(news), section="News"), Group(posts=tuple(notes), section="Notes")]
    return Act(act="arrange", layout=tuple(groups))


def names(references: tuple[str, ...]) -> str:
    return "".join(reference.split("/")[-2] for reference in references)


def test_an_order_within_a_section_needs_no_pin(issue: Issue) -> None:
    after = told(issue, drawn("f", "cab", "de"))
    assert (names(after.order), after.pin, after.sections) == ("fcab", (), {})


def test_nothing_drawn_changes_nothing(issue: Issue) -> None:
    assert told(issue, drawn("f", "abc", "de")) == EditorNotes()


def test_a_new_featured_post_is_pinned_and_the_old_one_goes_where_it_was_put(issue: Issue) -> None:
    after = told(issue, drawn("d", "fabc", "e"))
    assert names(after.pin) == "d"
    assert after.sections == {address("f"): "News"}
    assert names(after.order) == "fabc"


def test_a_post_is_moved_to_another_section(issue: Issue) -> None:
    after = told(issue, drawn("f", "ab", "dce"))
    assert after.sections == {address("c"): "Notes"}
    assert names(after.order) == "fdce"


def test_what_the_rules_keep_out_is_pinned_where_it_was_put(issue: Issue) -> None:
    """And with it the featured post, which it would push from its place."""
    after = told(issue, drawn("f", "yabc", "de"))
    assert names(after.pin) == "fy"
    assert after.sections == {address("y"): "News"}
    assert after.order == ()


def test_pins_keep_their_order_and_nothing_stands_above_one_unpinned(issue: Issue) -> None:
    notes = EditorNotes(pin=(address("f"), address("b")))
    assert names(told(issue, drawn("f", "abc", "de"), notes).pin) == "fab"
    assert names(told(issue, drawn("b", "fac", "de"), notes).pin) == "bf"


def test_posts_of_other_issues_stay_in_the_lists(issue: Issue) -> None:
    """The same editor.md may name what is not here today."""
    notes = EditorNotes(order=(address("elsewhere"), address("e")))
    after = told(issue, drawn("f", "bac", "de"), notes)
    assert names(after.order) == "fbace" + "elsewhere"


def test_to_bring_a_post_in_features_nothing_else(issue: Issue) -> None:
    assert names(told(issue, Act(act="pin", post="x")).pin) == "fx"
    assert names(told(issue, Act(act="pin", post="f")).pin) == "f"


def test_a_dropped_post_is_neither_pinned_nor_ordered(issue: Issue) -> None:
    """Or editor.md would contradict itself."""
    notes = EditorNotes(pin=(address("a"),), order=(address("b"), address("a")))
    after = told(issue, Act(act="drop", post="a"), notes)
    assert (names(after.drop), after.pin, names(after.order)) == ("a", (), "b")
    assert told(issue, Act(act="back", post="a"), after).drop == ()
    assert names(told(issue, Act(act="pin", post="a"), after).pin) == "fa"
    assert told(issue, Act(act="pin", post="a"), after).drop == ()


def test_a_post_is_named_as_the_editor_named_it(issue: Issue) -> None:
    """By an id, or by another spelling of its address."""
    notes = EditorNotes(titles={"a": "Old"}, pin=("http://a.example/b",))
    after = told(issue, Act(act="tell", key="titles", post="a", value="New"), notes)
    assert after.titles == {"a": "New"}
    assert told(issue, Act(act="unpin", post="b"), notes).pin == ()


def test_words_of_the_letter(issue: Issue) -> None:
    assert told(issue, Act(act="letter", key="subject", value="Moss")).subject == "Moss"
    assert told(issue, Act(act="letter", key="introduction", value="Dear *all*")).introduction


def test_not_now_is_not_never(issue: Issue) -> None:
    """One of the two is meant, whichever was said last."""
    after = told(issue, Act(act="later", post="a"), EditorNotes(pin=(address("a"),)))
    assert (names(after.later), after.pin, after.drop) == ("a", (), ())
    never = told(issue, Act(act="drop", post="a"), after)
    assert (names(never.drop), never.later) == ("a", ())
    assert told(issue, drawn("f", "abc", "de"), never).drop == (address("a"),)
    assert told(issue, Act(act="back", post="a"), after).later == ()


def test_all_that_is_held_back_is_answered_at_once(issue: Issue) -> None:
    assert told(issue, Act(act="letter", key="held", value="take")).held == "take"


def test_a_link_comes_moves_and_goes(issue: Issue) -> None:
    link = Act(act="link", title="A map", url="https://b.example/", section="News")
    after = told(issue, link)
    assert after.links[0].section == "News"
    moved = told(issue, Act(act="move", post="link:https://b.example/", section="Notes"), after)
    assert moved.links[0].section == "Notes"
    assert told(issue, Act(act="unlink", post="link:https://b.example/"), moved).links == ()


@pytest.mark.parametrize(
    "act",
    [
        Act(act="send"),
        Act(act="pin", post="nobody"),
        Act(act="move", post="a", section="Nowhere"),
        Act(act="tell", post="a", key="drop", value="x"),
        Act(act="letter", key="pin", value="x"),
        Act(act="link", title="x", url="javascript:alert(1)"),
        Act(act="arrange", layout=(Group(posts=("a", "a"), section="News"),)),
        Act(act="arrange", layout=(Group(posts=("nobody",), section="News"),)),
        Act(act="arrange", layout=(Group(posts=("a",), section="Also"),)),
    ],
)
def test_what_cannot_be_done_is_said(issue: Issue, act: Act) -> None:
    with pytest.raises(UsageError):
        told(issue, act)


@given(st.permutations("fabcdexy"), st.integers(1, 6))
@settings(max_examples=150)
def test_whatever_is_drawn_can_be_written_and_read(order: list[str], cut: int) -> None:
    """As editor.md, with the comments of a fresh one."""
    act = drawn(order[0], "".join(order[1 : cut + 1]), "".join(order[cut + 1 :]))
    issue = made("f", ("a", "b", "c"), ("d", "e"))
    place = Place(issue=issue, notes=EditorNotes(), sections=SECTIONS)
    fresh = editor.template("S", "P", issue.posts)
    text = rewrite(fresh, changes(act, place))
    assert set(fresh.splitlines()) <= set(text.splitlines())
    pins = names(editor.parse(text).pin)
    assert {"x", "y"} <= set(pins)
    read = [name for name in order if name in pins]
    assert list(pins) == read


# ---------------------------------------------------------------- what is drawn is what is built


@pytest.mark.parametrize("seed", range(8))
def test_the_issue_reads_as_it_was_drawn(tmp_path: Path, seed: int) -> None:
    """Whatever stands where: built from editor.md alone, and drawn anew three times over."""
    blog = gardeners(tmp_path / "garden")
    chance = random.Random(seed)
    for _ in range(3):
        issue = Project(blog.root).folders.read(ISSUE).issue
        names_ = [post.id for post in issue.posts]
        chance.shuffle(names_)
        cut = chance.randint(2, len(names_) - 1)
        groups = (
            Group(posts=(names_[0],)),
            Group(posts=tuple(names_[1:cut]), section="Birds"),
            Group(posts=tuple(names_[cut:]), section="Roofs"),
        )
        path = blog.issue(ISSUE) / "editor.md"
        text = path.read_text()
        notes = editor.parse(text)
        place = Place(issue=issue, notes=notes, sections=("Birds", "Roofs"))
        path.write_text(rewrite(text, changes(Act(act="arrange", layout=groups), place)))
        project = Project(blog.root)
        build(project, project.config.edition(), date(2026, 10, 11))
        assert drawn_again(project.folders.read(ISSUE).issue) == groups


def drawn_again(issue: Issue) -> tuple[Group, ...]:
    featured = Group(posts=(issue.featured.id,)) if issue.featured else Group(posts=())
    return (
        featured,
        *(
            Group(posts=tuple(post.id for post in section.posts), section=section.title)
            for section in issue.sections
        ),
    )
