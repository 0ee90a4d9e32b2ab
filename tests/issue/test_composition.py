"""A selection becomes an issue: every string final, nothing left to decide."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.addresses import with_params
from digest.errors import TemplateError
from digest.issue.composition import compose, letter_view
from digest.issue.envelope import envelope
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
    Window,
    replace,
)  # fmt: skip
from tests.rendering.issues import issue as drawn
from tests.rendering.issues import post as shown
from tests.selection.makers import WEEK, past, rules, select
from tests.selection.makers import edition as edition_of
from tests.selection.makers import post as dated_post

WINDOW = Window(
    start_at=datetime(2026, 10, 5, tzinfo=UTC), cutoff_at=datetime(2026, 10, 12, tzinfo=UTC)
)


def post(number: int, **values: Any) -> Post:
    """Return a post; the first is published late on 5 October, UTC."""
    given_values: dict[str, Any] = {
        "title": f"Post {number}",
        "published_at": datetime(2026, 10, 4 + number, 23, 30, tzinfo=UTC),
        "excerpt": "One sentence. And another one that goes on for a while.",
        "url": f"https://blog.example/{number}/",
    } | values
    return Post(
        id=f"blog-{number}",
        source="blog",
        identity=str(number),
        raw_title=given_values["title"],
        **given_values,
    )


def composed(posts: list[Chosen], **values: Any) -> Issue:
    """Return the issue that the posts make."""
    given_values: dict[str, Any] = {
        "edition": Edition(name="weekly", title="Weekly"),
        "letter": letter_view(name="The Letter", timezone="Europe/London"),
        "number": 3,
        "dated": date(2026, 10, 11),
        "theme": {},
    } | values
    return compose(Selection(window=WINDOW, chosen=tuple(posts)), **given_values)


def test_the_first_post_is_featured_and_sections_keep_their_order() -> None:
    edition = Edition(
        name="weekly", title="Weekly", sections=(Section(title="News"), Section(title="Books"))
    )
    issue = composed(
        [Chosen(post=post(n), section=s) for n, s in ((1, 0), (2, 0), (3, 1), (4, 2))],
        edition=edition,
    )
    assert issue.featured is not None
    assert issue.featured.title == "Post 1"
    assert [(s.title, [p.title for p in s.posts]) for s in issue.sections] == [
        ("News", ["Post 2"]), ("Books", ["Post 3"]), ("Also this time", ["Post 4"]),
    ]  # fmt: skip
    assert issue.count == 4


@pytest.mark.parametrize(("placed", "said"), [((0, 1), "News"), ((0, 0), ""), ((2, 2), "")])
def test_the_heading_of_the_featured_post_s_section_stands_where_that_holds_no_other(
    placed: tuple[int, int], said: str
) -> None:
    edition = Edition(
        name="weekly", title="Weekly", sections=(Section(title="News"), Section(title="Books"))
    )
    chosen = [Chosen(post=post(n), section=section) for n, section in enumerate(placed, 1)]
    assert composed(chosen, edition=edition).lead_section == said


def test_dates_are_those_of_the_newsletters_zone_and_language() -> None:
    issue = composed(
        [Chosen(post=post(1))],
        letter=letter_view(name="L", timezone="Europe/London", language="fr"),
    )
    assert issue.featured is not None
    assert (issue.featured.date, issue.featured.date_iso) == ("6 octobre 2026", "2026-10-06")
    assert issue.date == "11 octobre 2026"


def test_an_undated_post_claims_no_date() -> None:
    issue = composed([Chosen(post=post(1, published_at=None))])
    assert issue.featured is not None
    assert issue.featured.date == ""


def test_what_the_editor_overrides_is_overridden() -> None:
    notes = EditorNotes(
        subject="Mine", preheader="Also mine", titles={"http://www.blog.example/1?utm_source=x": "Better"},
        authors={"blog-1": "Ada Penhaligon, Bo Wren"},
        excerpts={"blog-1": "Shorter."}, links=(Link(title="Extra", url="https://x.example/"),),
        introduction="Dear *all* <script>alert(1)</script>",
    )  # fmt: skip
    issue = composed([Chosen(post=post(1))], notes=notes)
    assert issue.featured is not None
    assert (issue.featured.title, issue.featured.excerpt) == ("Better", "Shorter.")
    assert issue.featured.byline == "Ada Penhaligon and Bo Wren"
    assert (issue.subject, issue.preheader) == ("Mine", "Also mine")
    assert issue.introduction == "<p>Dear <em>all</em></p>"
    assert issue.sections[-1].posts[-1].url == "https://x.example/"


def test_a_series_shows_its_place_and_links_the_parts_before() -> None:
    parts = [
        post(n, title=title, series=(SeriesPart(name="Night notes", part=n, total=4),))
        for n, title in enumerate(("Rain", "Sleet", "Snow"), 1)
    ]
    issue = composed([Chosen(post=parts[1])], parts_of=lambda *told: numbered(parts, *told))
    assert issue.featured is not None
    (series,) = issue.featured.series
    assert series.label == "Night notes · part 2 of 4"
    assert [(link.title, link.excerpt, link.url) for link in series.earlier] == [
        ("part 1", "Rain", "https://blog.example/1/")
    ]


def test_a_series_may_begin_with_part_zero() -> None:
    parts = [
        post(n + 1, title=title, series=(SeriesPart(name="Night notes", part=n),))
        for n, title in enumerate(("Why", "Rain", "Sleet"))
    ]
    issue = composed([Chosen(post=part) for part in parts], parts_of=lambda *t: numbered(parts, *t))
    views = [view for shown in issue.posts for view in shown.series]
    assert [view.label for view in views] == [f"Night notes · part {n}" for n in range(3)]
    assert [[link.title for link in view.earlier] for view in views] == [
        [],
        ["part 0"],
        ["part 0", "part 1"],
    ]
    assert views[2].start is not None
    assert views[2].start.url == "https://blog.example/1/"


@pytest.mark.parametrize("total", [3, 4])
def test_the_last_part_of_a_series_from_zero_is_told_as_the_last(total: int) -> None:
    """Some who count from 0 say "of 4" of four parts, others "of 3", which the last one bears."""
    parts = [
        post(n + 1, title=title, series=(SeriesPart(name="Night notes", part=n, total=total),))
        for n, title in enumerate(("Why", "Rain", "Sleet", "Snow"))
    ]
    issue = composed([Chosen(post=part) for part in parts], parts_of=lambda *t: numbered(parts, *t))
    places = [view.place for shown in issue.posts for view in shown.series]
    assert places == ["Part 0 (1/4)", "Part 1 (2/4)", "Part 2 (3/4)", "Part 3 (4/4)"]


def test_a_part_beyond_the_declared_ones_makes_a_series_longer() -> None:
    parts = [post(n, series=(SeriesPart(name="Night notes", part=n, total=4),)) for n in (1, 4, 5)]
    issue = composed([Chosen(post=part) for part in parts], parts_of=lambda *t: numbered(parts, *t))
    places = [view.place for shown in issue.posts for view in shown.series]
    assert places == ["Part 1 of 5", "Part 4 of 5", "Part 5 of 5"]


def test_a_long_series_is_told_by_its_nearest_parts_and_where_it_starts() -> None:
    """A column that ran for years would else fill the record of each of its posts."""
    parts = [
        post(n, title=f"Night {n}", series=(SeriesPart(name="Night notes", part=n),))
        for n in range(1, 28)
    ]
    issue = composed([Chosen(post=parts[-1])], parts_of=lambda *told: numbered(parts, *told))
    assert issue.featured is not None
    (series,) = issue.featured.series
    assert [link.title for link in series.earlier] == [f"part {n}" for n in range(3, 27)]
    assert series.start is not None
    assert series.start.url == "https://blog.example/1/"


def test_links_carry_the_newsletters_parameters_and_the_record_the_bare_address() -> None:
    issue = composed([Chosen(post=post(1))], link_params={"utm_source": "letter"})
    assert issue.featured is not None
    assert issue.featured.url == "https://blog.example/1/?utm_source=letter"
    assert issue.featured.permalink == "https://blog.example/1/"


def test_a_parameter_that_a_link_has_stays() -> None:
    assert (
        with_params("https://a.example/?ref=x&b#c", {"ref": "y", "n": "1"})
        == "https://a.example/?ref=x&b&n=1#c"
    )
    assert with_params("mailto:a@b.example", {"ref": "y"}) == "mailto:a@b.example"


RAW = 'https://blog.example/find?q={moss}|"wall"'
WRITTEN = "https://blog.example/find?q=%7Bmoss%7D%7C%22wall%22"


def test_every_address_shown_is_one_that_a_page_may_hold() -> None:
    """Posts, pictures in all their sizes, earlier parts, the editor's links, the newsletter itself."""
    image = Image(
        url=RAW, width=900, height=600, sizes=(ImageSize(url=RAW, width=300, height=200),)
    )
    parts = [
        post(n, url=f"{RAW}{n}", image=image, series=(SeriesPart(name="Walls", part=n),))
        for n in (1, 2)
    ]
    letter = letter_view(
        name="L", url="https://blog.example/{l}", archive="https://blog.example/a|b/"
    )
    issue = composed(
        [Chosen(post=parts[1])], parts_of=lambda *told: numbered(parts, *told), letter=letter, link_params={"ref": "l"},
        notes=EditorNotes(links=(Link(title="Extra", url=RAW),), introduction=f"[Wall](<{RAW}>)"),
    )  # fmt: skip
    assert issue.featured is not None
    assert issue.featured.image is not None
    assert issue.featured.url == f"{WRITTEN}2&ref=l"
    assert (issue.featured.image.url, issue.featured.image.sizes[0].url) == (WRITTEN, WRITTEN)
    assert issue.featured.series[0].earlier[0].url == f"{WRITTEN}1&ref=l"
    assert issue.sections[-1].posts[-1].url == f"{WRITTEN}&ref=l"
    assert issue.newsletter.url == "https://blog.example/%7Bl%7D"
    assert issue.web_url.startswith("https://blog.example/a%7Cb/2026")
    assert issue.introduction == f'<p><a href="{WRITTEN}">Wall</a></p>'


def test_a_post_is_known_again_by_the_address_its_source_gives() -> None:
    """The record keeps that address; an issue that recorded the written one is recognised too."""
    issue = composed([Chosen(post=post(1, url=RAW))])
    assert issue.featured is not None
    assert issue.featured.permalink == RAW
    again = dated_post("b", url=RAW, title="Post 1")
    for known in (issue.featured.permalink, issue.featured.url):
        earlier = replace(past(1), urls=(known,), fingerprints=(issue.featured.fingerprint,))
        refused = rules(select(edition_of(), [again], window=WEEK, earlier=[earlier]))
        assert refused == {"b": "already-sent"}
    assert rules(select(edition_of(), [again], window=WEEK, earlier=[past(1)])) == {"b": "window"}


def test_an_override_finds_its_post_under_either_form_of_the_address() -> None:
    for reference in (RAW, WRITTEN):
        issue = composed(
            [Chosen(post=post(1, url=RAW))], notes=EditorNotes(titles={reference: "Better"})
        )
        assert issue.featured is not None
        assert issue.featured.title == "Better"


def test_pictures_of_the_editor_are_as_large_as_their_names_tell() -> None:
    wall = "https://blog.example/wall-1104x700.jpg"
    issue = composed(
        [Chosen(post=post(1))],
        notes=EditorNotes(images={"blog-1": wall}, introduction=f"![A wet wall]({wall})"),
    )
    assert issue.featured is not None
    assert issue.featured.image == Image(url=wall, width=1104, height=700)
    assert (
        issue.introduction
        == f'<p><img src="{wall}" alt="A wet wall" width="1104" height="700"></p>'
    )


def test_a_link_that_is_none_is_left_as_written() -> None:
    assert with_params("https://[garden/", {"ref": "x"}) == "https://[garden/"


def test_the_subject_is_worked_out_from_the_posts() -> None:
    assert composed([Chosen(post=post(n)) for n in (1, 2, 3)]).subject == "Post 1, and 2 more"
    asking = composed([Chosen(post=post(1, title="Who waters?")), Chosen(post=post(2))]).subject
    assert asking == "Who waters? and 1 more"
    long = "A title that is so long that nothing of any use to anybody fits beside it"
    assert composed([Chosen(post=post(1, title=long)), Chosen(post=post(2))]).subject == long


@pytest.mark.parametrize(
    ("letters", "told"), [(63, ", and 1 more"), (64, ""), (75, ""), (76, None)]
)
def test_a_subject_counts_the_other_posts_where_an_inbox_shows_that(
    letters: int, told: str | None
) -> None:
    """Up to 75 characters; a title that is longer by itself is cut."""
    title = ("ab " * letters)[: letters - 1] + "c"
    subject = composed([Chosen(post=post(1, title=title)), Chosen(post=post(2))]).subject
    assert len(subject) <= 75
    assert subject.removeprefix(title) == told if told is not None else subject.endswith("ab…")


def test_a_subject_may_be_a_template_of_the_edition() -> None:
    edition = Edition(
        name="weekly",
        title="W",
        subject="{{ issue.featured.title }} and {{ issue.count - 1 }} more",
    )
    assert (
        composed([Chosen(post=post(n)) for n in (1, 2)], edition=edition).subject
        == "Post 1 and 1 more"
    )


@pytest.mark.parametrize(
    "template", ["{{ issue.featurd }}", "{{ issue.", "{{ 1 / 0 }}", "{{ issue.__class__.mro() }}"]
)
def test_a_wrong_subject_template_names_its_key(template: str) -> None:
    edition = Edition(name="weekly", title="W", subject=template)
    with pytest.raises(TemplateError, match=r"\[edition\.weekly\] subject"):
        composed([Chosen(post=post(1))], edition=edition)


@settings(max_examples=60)
@given(st.text(max_size=300), st.text(max_size=300))
def test_no_words_make_a_subject_or_preheader_too_long_for_an_inbox(
    title: str, excerpt: str
) -> None:
    issue = composed([Chosen(post=post(1, title=title, excerpt=excerpt)), Chosen(post=post(2))])
    assert len(issue.subject) <= 75
    assert len(issue.preheader) <= 110


@pytest.mark.parametrize(
    ("language", "sentence", "least"),
    [
        ("th", "สวนใต้กำแพงได้รับการรดน้ำด้วยมือทุกเย็นและไม่มีใครจดบันทึกว่าน้ำไปถึงรากของต้นแพร์เก่าแก่", 90),
        ("ja", "城壁の下の庭には毎晩手で水がやられ、門のそばに立つ古い梨の木の根にどれだけの水が届いているのか、", 60),
        ("zh", "城墙下的花园每天傍晚都由人手浇水，没有人记下有多少水流到门边那棵老梨树的根部，", 50),
        ("km", "សួនច្បារនៅក្រោមជញ្ជាំងត្រូវបានស្រោចទឹកដោយដៃរៀងរាល់ល្ងាច", 60),
    ],
)  # fmt: skip
def test_a_preheader_in_a_script_without_blanks_fills_what_an_inbox_shows(
    language: str, sentence: str, least: int
) -> None:
    issue = composed(
        [Chosen(post=post(1, excerpt=3 * sentence))],
        letter=letter_view(name="N", timezone="Asia/Bangkok", language=language),
    )
    assert least <= len(issue.preheader) <= 110


def test_what_a_title_says_itself_is_not_said_above_it_again() -> None:
    """Neither its series' name nor, where no total adds to it, its place."""
    told = "Greener Leader Blog Series: Part {} – Trees"
    parts = [
        post(n, title=told.format(n), series=(SeriesPart(name="Greener Leader", part=n),))
        for n in (5, 6)
    ]
    issue = composed([Chosen(post=parts[1])], parts_of=lambda *told: numbered(parts, *told))
    assert issue.featured is not None
    (series,) = issue.featured.series
    assert series.label == ""
    assert [(link.title, link.excerpt) for link in series.earlier] == [("part 5", "Trees")]
    known = post(
        6, title=told.format(6), series=(SeriesPart(name="Greener Leader", part=6, total=8),)
    )
    counted = composed([Chosen(post=known)]).featured
    assert counted is not None
    assert counted.series[0].label == "Part 6 of 8"


@pytest.mark.parametrize(
    ("title", "part", "label"),
    [
        ("Moss news #209", SeriesPart(name="काई", part=209), "काई"),
        ("第 99 期", SeriesPart(name="Moss weekly", part=99), "Moss weekly"),
        ("The gate, part II", SeriesPart(name="Walls", part=2), "Walls"),
        ("The gate, part two", SeriesPart(name="Walls", part=2), "Walls"),
        ("The gate, part two", SeriesPart(name="Walls", part=3), "Walls · part 3"),
        ("The gate, part two", SeriesPart(name="Walls", part=2, total=4), "Walls · part 2 of 4"),
        ("Walls II: the gate", SeriesPart(name="Walls", part=2), ""),
        ("The gate (2/4)", SeriesPart(name="Walls", part=2, total=4), "Walls"),
        ("The gate, part 2", SeriesPart(name="Walls", part=2, total=4), "Walls · part 2 of 4"),
        ("2 ways through a wall", SeriesPart(name="Gates", part=2), "Gates · part 2"),
        ("The gate of 1788", SeriesPart(name="Walls", part=2), "Walls · part 2"),
        ("The gate", SeriesPart(name="Walls", part=2), "Walls · part 2"),
    ],
)
def test_a_part_is_not_told_above_a_title_that_tells_it_in_whatever_words(
    title: str, part: SeriesPart, label: str
) -> None:
    issue = composed([Chosen(post=post(2, title=title, series=(part,)))])
    assert [series.label for shown in issue.posts for series in shown.series] == [label]


def test_an_earlier_part_of_the_same_title_is_told_by_its_number_alone() -> None:
    parts = [
        post(n, title=f"Moss news #{n}", series=(SeriesPart(name="काई", part=n),)) for n in (8, 9)
    ]
    issue = composed([Chosen(post=parts[1])], parts_of=lambda *told: numbered(parts, *told))
    assert issue.featured is not None
    assert [(link.title, link.excerpt) for link in issue.featured.series[0].earlier] == [
        ("part 8", "")
    ]


def test_a_subject_ends_on_a_word_that_can_end_one() -> None:
    long = (
        "The night the lights went out along the whole of the upper terrace and on a full moon too"
    )
    made = composed([Chosen(post=post(1, title=long))])
    assert made.subject == "The night the lights went out along the whole of the upper terrace…"


@pytest.mark.parametrize("letters", range(2, 10))
def test_a_subject_that_is_worked_out_takes_every_word_an_inbox_shows(letters: int) -> None:
    """Up to 75 characters, and of a preheader 110: one word more would be too many."""
    words = " ".join(["m" * letters] * 60)
    made = drawn(featured=shown(0, title=words, excerpt=words), sections=())
    subject, preheader = envelope(made, edition_of(), EditorNotes())
    for written, most in ((subject, 75), (preheader, 110)):
        assert written.endswith("m…")
        assert len(written) <= most < len(written) + len(" m") + letters - 1
