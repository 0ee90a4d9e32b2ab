"""What a blog says again under or above nearly every post is none of a post's own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.editing import EditingSettings
from digest.editing.boilerplate import edges
from digest.editing.convention import Convention, Seen, described, learn, outlined, seen
from digest.editing.edit import edit
from digest.models import Post, RawItem, decode

ABOUT = "<h2>About us</h2><p>The society of sheds keeps <a href='/beds'>forty beds</a> for all.</p>"
SAID = "The society of sheds keeps forty beds for all."
OWN = "<p>On day {n} the moss was wet.</p><p>It took {n} of us to carry it.</p>"
PLAIN = EditingSettings()


def title(number: int) -> str:
    """Return a title that no other post has, and that counts nothing."""
    return f"Moss near {''.join('bcdfghklmn'[int(digit)] + 'a' for digit in str(number))}"


def blog(bodies: Sequence[str]) -> tuple[RawItem, ...]:
    return tuple(
        RawItem(
            identity=str(n),
            where="feed",
            url=f"https://shed.example/2026/post-{n}",
            title=title(n),
            published_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=n),
            body=body,
        )
        for n, body in enumerate(bodies)
    )


def said_by(count: int, under: str = "", above: str = "") -> list[str]:
    return [
        above + OWN.format(n=n) + under.replace("{n}", str(n)).replace("{title}", title(n))
        for n in range(count)
    ]


def convention(items: Sequence[RawItem], settings: EditingSettings = PLAIN) -> Convention:
    return learn([seen(item) for item in items], settings, "sheds")


def edited(items: Sequence[RawItem], settings: EditingSettings = PLAIN) -> list[Post]:
    known = convention(items, settings)
    return [edit(item, "sheds", settings, known) for item in items]


def texts(bodies: Sequence[str]) -> list[str]:
    return [post.text for post in edited(blog(bodies))]


def own(count: int) -> list[str]:
    return [f"On day {n} the moss was wet.\nIt took {n} of us to carry it." for n in range(count)]


def test_what_stands_under_every_post_goes_with_its_heading_from_bodies_and_excerpts() -> None:
    items = blog(said_by(8, "<hr>" + ABOUT))
    for n, post in enumerate(edited(items)):
        assert (
            post.body
            == f"<p>On day {n} the moss was wet.</p>\n<p>It took {n} of us to carry it.</p>"
        )
        assert post.excerpt == own(8)[n].replace("\n", " ")
        (told,) = post.fixups
        assert (told.field, told.rule, told.value) == ("body", "body-boilerplate", "")
        assert told.raw == f"About us {SAID}"
    assert described(convention(items)) == (f"boilerplate: “{SAID}” under 8 of 8 posts",)


def test_what_stands_above_every_post_goes_and_a_greeting_below_it_stays() -> None:
    letter = (
        "<p>This letter comes on Mondays; <a href='/sign-up'>sign up</a> for it at the shed.</p>"
    )
    assert texts(said_by(8, above=letter)) == own(8)
    assert texts(said_by(8, above=letter + "<h2>News</h2>"))[3].startswith("News\nOn day 3")


@pytest.mark.parametrize(
    "under",
    [
        pytest.param("<p>(via a friend)</p>", id="it is short"),
        pytest.param("<p>[<a href='https://elsewhere.example/{n}'>Link</a>]</p>", id="a link"),
        pytest.param(
            "<p><a href='https://elsewhere.example/{n}'>Go on to read the whole of it there, as I did"
            "</a></p>",
            id="a sentence that leads elsewhere each time",
        ),
        pytest.param("<p>Of the twelve of us here, {n} liked this very much.</p>", id="a number"),
        pytest.param(
            "<p>This post was originally published on the blog of the sheds.</p>", id="note"
        ),
        pytest.param(f"{ABOUT}<p>But {{n}} came.</p>", id="something of the post's own below it"),
        pytest.param(
            f"{ABOUT}<p><img src='https://shed.example/{{n}}.jpg' alt='A bed'></p>", id="a picture"
        ),
    ],
)
def test_what_may_be_the_posts_own_stays(under: str) -> None:
    bodies = said_by(12, under)
    assert edited(blog(bodies)) == [edit(item, "sheds", PLAIN) for item in blog(bodies)]


def test_pictures_and_links_around_blocks_are_the_posts_own() -> None:
    """Under the same words, too, for each post shows and leads to something else."""
    said = "This was drawn for the society of sheds by one of its friends."
    picture = f"<figure><img src='/{{n}}.png' alt='Moss'><figcaption>{said}</figcaption></figure>"
    link = f"<a href='https://elsewhere.example/{{n}}'><div><p>{said}</p></div></a>"
    for under in (picture, link):
        assert all(said in text for text in texts(said_by(12, under)))


def test_a_counter_below_it_hides_nothing() -> None:
    counter = "<img src='https://count.example/{n}.gif' width='1' height='1'>"
    assert texts(said_by(12, ABOUT + counter)) == own(12)


def test_it_takes_eight_posts_and_four_fifths_of_them() -> None:
    assert texts(said_by(7, ABOUT))[0].endswith(SAID)
    assert texts(said_by(8, ABOUT)) == own(8)
    some = [*said_by(3), *said_by(10, ABOUT)[3:]]
    assert texts(some)[9].endswith(SAID)
    assert texts([*said_by(2), *said_by(10, ABOUT)[2:]]) == own(10)


def test_a_blog_may_have_begun_with_it_lately() -> None:
    assert texts([*said_by(40), *said_by(55, ABOUT)[40:]])[50].endswith(SAID)
    assert texts([*said_by(40), *said_by(56, ABOUT)[40:]]) == own(56)


def test_links_to_the_post_itself_may_differ() -> None:
    under = (
        "<p>It is free to copy (<a href='/2026/post-{n}#terms'>terms</a>).</p>"
        "<p>Tell others: <a href='https://chat.example/?u=https%3A%2F%2Fshed.example%2F2026%2F"
        "post-{n}'>by chat</a></p>"
    )
    assert texts(said_by(12, under)) == own(12)


def test_pieces_change_one_by_one_and_what_stands_between_them_too() -> None:
    """A new first line under the posts, and an old one where nobody has begun with the new."""
    with_both = said_by(12, ABOUT + "<p>Open until nine.</p>")
    assert texts([*with_both[:10], *said_by(12, ABOUT)[10:]]) == own(12)


def test_who_signs_is_read_before_it_goes() -> None:
    under = f"<p>Best regards,<br>Ada Moss</p>{ABOUT}"
    posts = edited(blog(said_by(8, under)))
    assert {post.authors for post in posts} == {("Ada Moss",)}
    assert [post.text for post in posts] == own(8)


def test_who_signs_above_it_ends_the_post() -> None:
    """Once with an office, and each time another in words that only this blog uses."""
    bodies = said_by(10, ABOUT)
    bodies[4] = f"<p>The moss was wet.</p><p>Ada Moss<br>President, Shed Society</p>{ABOUT}"
    *_, post = edited(blog([*bodies[:4], *bodies[5:], bodies[4]]))
    assert post.authors == ("Ada Moss",)
    people = ("Ada Moss", "Bo Clay", "Maria Sand", "John Brenkish", "Anna Hill")
    signed = [f"<p>On day {n} it rained.</p><p>— {people[n % 5]}, gardener</p>" for n in range(10)]
    posts = edited(blog([f"{body}{ABOUT}" for body in signed]))
    assert [post.authors for post in posts] == [(people[n % 5],) for n in range(10)]


def test_a_post_that_says_nothing_else_keeps_it() -> None:
    only = [*said_by(9, ABOUT), ABOUT, f"<p><img src='https://shed.example/a.jpg'></p>{ABOUT}"]
    *others, bare, pictured = texts(only)
    assert others == own(9)
    assert bare.endswith(SAID)
    assert pictured.endswith(SAID)


def test_a_summary_loses_it_too() -> None:
    items = [
        RawItem(
            identity=item.identity,
            where="feed",
            title=item.title,
            summary=f"All of it on day {n}. {SAID}",
            summary_is_manual=True,
            body=item.body,
        )
        for n, item in enumerate(blog(said_by(8, ABOUT.partition("</h2>")[2])))
    ]
    assert [post.excerpt for post in edited(items)] == [f"All of it on day {n}." for n in range(8)]


def test_it_can_be_left_in() -> None:
    items = blog(said_by(8, ABOUT))
    kept = EditingSettings(boilerplate_kept=("sheds",))
    for settings in (kept, EditingSettings(off=("body-boilerplate",))):
        assert all(post.text.endswith(SAID) for post in edited(items, settings))
    assert described(convention(items, kept)) == ("boilerplate: off (set)",)


def test_a_long_piece_is_shown_by_its_first_words() -> None:
    under = "<p>The society of sheds keeps forty beds for all who ever wanted one.</p>"
    (line,) = described(convention(blog(said_by(8, under))))
    assert (
        line
        == "boilerplate: “The society of sheds keeps forty beds for all who…” under 8 of 8 posts"
    )


def test_evidence_of_an_older_version_has_no_pieces() -> None:
    old = decode(b'{"title":"Moss","opening":"Moss grows."}', Seen)
    assert (old.above, old.below) == ("", "")
    assert decode(b"{}", Convention) == Convention()


paragraphs = st.lists(
    st.text("abc Ä園<&.!", min_size=1, max_size=30).map(
        lambda said: f"<p>{said.replace('&', '&amp;').replace('<', '&lt;')}</p>"
    ),
    min_size=1,
    max_size=4,
)


@given(st.lists(paragraphs, min_size=8, max_size=10))
def test_under_whatever_else_a_post_says_only_that_goes(bodies: list[list[str]]) -> None:
    """Each post is as if the blog had never put anything under it."""
    numbered = [
        f"<p>Day {n}.</p>{''.join(own)}<p>So on day {n}.</p>" for n, own in enumerate(bodies)
    ]
    with_it, without = blog([body + ABOUT for body in numbered]), blog(numbered)
    assert _bodies(with_it) == _bodies(without)


@given(st.lists(paragraphs, min_size=1, max_size=10))
def test_what_one_post_alone_says_is_never_lost(bodies: list[list[str]]) -> None:
    numbered = [
        "".join(p.replace("</p>", f" {n}</p>") for p in own) for n, own in enumerate(bodies)
    ]
    items = blog(numbered)
    assert edited(items) == [edit(item, "sheds", PLAIN) for item in items]


def _bodies(items: Sequence[RawItem]) -> list[str]:
    return [post.body for post in edited(items)]


@pytest.mark.parametrize(
    "break_off",
    [lambda body: body, lambda body: "<p>Long ago. </p>" * 400 + body],
    ids=["short", "long"],
)
def test_only_the_edges_of_a_long_post_are_read(break_off: Callable[[str], str]) -> None:
    bodies = [break_off(body) for body in said_by(8, ABOUT)]
    assert all(not text.endswith(SAID) and "carry it" in text for text in texts(bodies))
    for item in blog(bodies):
        assert edges(outlined(item)) == edges(item)
