"""What a selection becomes, word for word: `composed.txt` holds an issue in which each thing occurs.

Posts in other languages and without a date or an address, parts of series, updates, and all that the
editor and the edition may say otherwise. `DIGEST_UPDATE_GOLDENS=1` writes it anew.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from digest.issue.composition import compose, letter_view
from digest.issue.series import numbered
from digest.models import (
    Chosen,
    Edition,
    EditorNotes,
    Image,
    ImageSize,
    Issue,
    Link,
    Post,
    Section,
    Selection,
    SeriesPart,
    Update,
    replace,
)
from tests.flat import lines
from tests.golden import hold_text
from tests.issue.test_composition import WINDOW, composed, post

WALLS = [
    SeriesPart(name="Walls", part=1, total=4),
    SeriesPart(name="walls!", part=2, total=4),
    SeriesPart(name="Walls", part=3, total=4),
    SeriesPart(name="Gates", part=2),
    SeriesPart(name="Gates", part=3),
    SeriesPart(name="Hedges"),
]
LETTER = letter_view(
    name="The Letter",
    url="https://letter.example/",
    language="en-GB",
    timezone="Europe/London",
    sender="The Letter <post@letter.example>",
    address="1 Mill Lane",
    unsubscribe="https://letter.example/bye",
    archive="https://letter.example/all/",
)
NOTES = EditorNotes(
    authors={"blog-3": "Ada Penhaligon, , Bartholomew Quince ", "blog-4": " , "},
    images={"blog-4": "https://blog.example/gate.jpg"},
    links=(
        Link(title="Nowhere", url="https://a.example/", section="Nowhere"),
        Link(title="Of news", url="https://b.example/", section="news", excerpt="Read it."),
        Link(title="Anywhere", url="https://c.example/"),
    ),
)
EDITION = Edition(
    name="by-tag-walls",
    title="",
    of="by-tag",
    excerpt_words=6,
    sections=(Section(title="News"), Section(title="Books"), Section(title="Never filled")),
)


def posts_of(name: str) -> list[Post]:
    """Return what the archive has of a series, in no order; one has no address, one no number."""
    known = {
        "Walls": [
            post(13, title="Walls: the third, too", series=(WALLS[2],)),
            post(11, title="Walls, part 1: the ground", series=(WALLS[5], WALLS[0])),
            post(12, title="What stands on it", series=(WALLS[1],)),
            post(14, title="Without a number", series=(SeriesPart(name="Walls"),)),
            post(15, title="Of no address", url=None, series=(WALLS[1],)),
        ],
        "Gates": [
            post(21, title="Gates, part 2", series=(WALLS[3],)),
            post(4, title="Gates, part 3", series=(WALLS[4],)),
        ],
    }
    return known.get(name, [])


def everything() -> Issue:
    picture = Image(url="https://blog.example/wall.jpg", width=900, height=600, alt="A wall")
    sized = replace(
        picture, sizes=(ImageSize(url="https://blog.example/s.jpg", width=300, height=200),)
    )
    posts = [
        Chosen(post=post(1, language="en-US", authors=("Ada Penhaligon",)), section=1, mark="late"),
        Chosen(post=post(2, language="de", image=sized, minutes=2, published_at=None)),
        Chosen(post=post(3, title="On top", series=(WALLS[2],), authors=("Nobody",)), section=0),
        Chosen(post=post(4, title="Gates, part 3", series=(WALLS[4],), authors=("Somebody",)), section=2),
        Chosen(post=post(5, url=None, language="he", series=(WALLS[5],)), section=3, archived=post(6)),
    ]  # fmt: skip
    changed = [
        (post(7, language="de"), "Wir sahen am Montag, 3. Oktober viel Moos.", True),
        (post(7), "", True),
        (post(7), "", False),
    ]
    updates = [
        Update(
            post=one,
            issue="2026-10-04-by-tag-walls",
            number=2,
            dated=date(2026, 10, 4),
            passage=passage,
            is_accepted=is_accepted,
        )
        for one, passage, is_accepted in changed
    ]
    return compose(
        Selection(window=WINDOW, chosen=tuple(posts), updates=tuple(updates)),
        edition=EDITION,
        letter=LETTER,
        number=3,
        dated=date(2026, 10, 11),
        theme={"accent": "green"},
        notes=NOTES,
        parts_of=lambda name, linked: numbered(posts_of(name), name, linked),
        words={"also": "Besides"},
    )


def test_an_issue_is_composed_to_the_last_word() -> None:
    # All but the words of the language, which it has from elsewhere.
    issue = everything()
    told = "".join(f"{line}\n" for line in lines("", replace(issue, labels={})))
    hold_text(Path(__file__).with_name("composed.txt"), f"{told}also = {issue.labels['also']}\n")


@pytest.mark.parametrize(("minutes", "told"), [(1, ["", ""]), (2, ["1 min read", "2 min read"])])
def test_minutes_are_told_where_a_post_takes_more_than_one(minutes: int, told: list[str]) -> None:
    issue = composed([Chosen(post=post(1, minutes=1)), Chosen(post=post(2, minutes=minutes))])
    assert [shown.reading_time for shown in issue.posts] == told


def test_a_post_in_another_language_runs_its_own_way() -> None:
    """All else, the editor's links included, runs as the newsletter does."""
    issue = composed(
        [Chosen(post=post(1)), Chosen(post=post(2, language="en")), Chosen(post=post(3, language="ar"))],
        letter=letter_view(name="L", language="ar"),
        notes=EditorNotes(links=(Link(title="Extra", url="https://x.example/"),)),
    )  # fmt: skip
    assert [(shown.language, shown.direction) for shown in issue.posts] == [
        ("", "rtl"), ("en", "ltr"), ("", "rtl"), ("", "rtl"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("archive", "of", "told"),
    [
        ("", "", ""),
        ("https://a.example/all", "", "https://a.example/all/2026-10-11-weekly/web.html"),
        ("https://a.example/", "by-tag", "https://a.example/weekly/2026-10-11-weekly/web.html"),
    ],
)
def test_an_issue_can_be_read_where_its_folder_is_published(
    archive: str, of: str, told: str
) -> None:
    letter = letter_view(name="L", archive=archive)
    edition = Edition(name="weekly", title="W", of=of)
    assert composed([Chosen(post=post(1))], letter=letter, edition=edition).web_url == told


def test_an_issue_without_a_post_has_no_lead() -> None:
    issue = composed([])
    assert (issue.featured, issue.lead_section, issue.sections) == (None, "", ())
    assert (issue.subject, issue.preheader) == ("Weekly", "")


@pytest.mark.parametrize(
    ("sections", "placed", "told"),
    [
        ((), 0, ("", ["Post 2"])),
        (("News", "Books"), 1, ("Books", ["Post 2"])),
        (("News", "Books"), 2, ("Also this time", ["Post 2"])),
    ],
)
def test_what_no_section_takes_has_a_heading_where_others_have_one(
    sections: tuple[str, ...], placed: int, told: tuple[str, list[str]]
) -> None:
    edition = Edition(
        name="weekly", title="W", sections=tuple(Section(title=title) for title in sections)
    )
    chosen = [Chosen(post=post(1)), Chosen(post=post(2), section=placed)]
    found = composed(chosen, edition=edition).sections
    assert [(section.title, [shown.title for shown in section.posts]) for section in found] == [
        told
    ]
