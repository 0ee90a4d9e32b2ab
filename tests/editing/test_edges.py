"""Where rules of editing begin and end: each holds at its edge, and no longer one step beyond."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from digest.editing.body import clean
from digest.editing.body.lazy import best_of, files_of, largest_of
from digest.editing.body.links import absolute
from digest.editing.body.pictures import (
    alt_text,
    is_for_mail,
    size_in_name,
    written_sizes,
)
from digest.editing.body.remnants import origin, without_endings
from digest.editing.body.tokens import attributes
from digest.editing.excerpt import closings, debris, leading, strays
from digest.editing.excerpt.excerpt import make
from digest.editing.excerpt.running import running_text
from digest.editing.excerpt.sentences import fits, shorten
from digest.editing.excerpt.words import minutes
from digest.models import Image

W = "moss "


def named(count: int) -> str:
    """Return the name of a picture's file with so many marks of machines behind it."""
    return alt_text("fern", "https://a.example/fern" + "-1" * count + ".jpg")


def icon(side: int) -> bool:
    return is_for_mail(Image(url="https://a.example/a.jpg", width=side, height=999))


def sized(width: int, height: int) -> bool:
    return size_in_name(f"https://a.example/a-{width}x{height}.jpg") is not None


def paragraphs(count: int) -> int:
    return len(without_endings("<p>a</p>" + "<p>x</p>" * count, lambda _: True)[1])


HELD: dict[str, tuple[int, Callable[[int], object]]] = {
    # pictures
    "letters of an alternative text that is a file's name": (
        300,
        lambda n: not alt_text("a" * (n - 4) + ".jpg"),
    ),
    "words of an alternative text that ends as a file does": (
        4,
        lambda n: not alt_text(" ".join(["moss"] * n) + ".jpg"),
    ),
    "words of which an alternative text says nothing": (
        6,
        lambda n: not alt_text(" ".join(["image"] * n)),
    ),
    "marks of machines behind a file's name": (4, lambda n: not named(n)),
    "digits of a written width": (5, lambda n: bool(written_sizes({"width": "1" * n}, ""))),
    "pixels of the longer side that a name tells": (10_000, lambda n: sized(100, n)),
    "files of a srcset": (
        30,
        lambda n: len([*files_of(", ".join(f"a{i}.jpg {i}w" for i in range(1, n + 1)))]) == n,
    ),
    "pixels of the widest file": (1_600, lambda n: largest_of(f"a.jpg {n}w") == "a.jpg"),
    "pixels of a file that one for old clients is as wide as": (
        640,
        lambda n: best_of("a.jpg", [{"srcset": f"b.jpg {n}w"}, {}]) == "a.jpg",
    ),
    "letters of an emoji": (
        16,
        lambda n: (
            "<img"
            not in clean(f'<img class="emoji" src="https://a.example/a.png" alt="{"a" * n}">').html
        ),
    ),
    # bodies
    "letters of an address": (
        2_000,
        lambda n: bool(absolute("https://a.example/".ljust(n, "a"), None)),
    ),
    "attributes of a tag": (
        40,
        lambda n: len(attributes("".join(f' a{i}="b"' for i in range(n)))) == n,
    ),
    "levels of a body": (
        100,
        lambda n: not clean("<blockquote>" * n + "a").fixups,
    ),
    "last paragraphs that are no more than endings": (4, lambda n: paragraphs(n) == n),
    "letters of a paragraph that is an ending": (
        500,
        lambda n: bool(without_endings(f"<p>a</p><p>{'x' * n}</p>", lambda _: True)[1]),
    ),
    "letters of a paragraph that says where a post appeared": (
        300,
        lambda n: origin(
            "<p>Moss.</p><p>"
            + "Originally published at ".ljust(n - 1, "a")
            + '<a href="https://a.example/moss">A</a></p>'
        ),
    ),
    "paragraphs from the end in which it says so": (
        3,
        lambda n: origin(
            "<p>Moss.</p><p>Fern.</p>"
            '<p>Originally published at <a href="https://a.example/moss">A</a>.</p>'
            + "<p>b</p>"
            * (n - 1)
        ),
    ),
    # excerpts
    "letters of a line that is left over": (
        240,
        lambda n: strays.is_stray(("x" * 50 + " affiliate links ").ljust(n, "a")),
    ),
    "letters of a line that only leads elsewhere": (
        240,
        lambda n: leading.appeared_first(f"The post {'M' * (n - 33)} appeared first on Moss."),
    ),
    "closings of a text": (
        5,
        lambda n: not closings.closing("Moss." + "\nView Post." * n).text.count("View"),
    ),
    "openings of a text": (
        5,
        lambda n: not debris.opening("5 min read\n" * n + "Moss.").text.count("min"),
    ),
    "the first of the footnotes of a text": (20, lambda n: debris.note_marks(f"moss({n}) a").gone),
    "a footnote within a sentence that none before it leads to": (
        9,
        lambda n: debris.note_marks(f"funding{n}, it says").gone,
    ),
    "letters of a line that is a series' name": (
        100,
        lambda n: debris.series_box(f"Part 1 of 2 in the series {'a' * n}\nMoss.", (), "").gone,
    ),
    "signs by which a line is longer than the title that it repeats": (
        11,
        lambda n: debris.title_again(f"Moss is green{'!' * n}\nIt is.", "Moss is green").gone,
    ),
    "words of a summary that somebody wrote": (
        150,
        lambda n: "…" not in make((W * n).strip(), "", is_manual=True).text,
    ),
    "letters of a heading in Latin letters": (
        60,
        lambda n: running_text("a" * n + "\nMoss is green.", None) == "Moss is green.",
    ),
    "letters of a heading with accents": (
        60,
        lambda n: running_text("é" * n + "\nMoss is green.", None) == "Moss is green.",
    ),
    "letters of a heading in Chinese": (
        40,
        lambda n: running_text("苔" * n + "\nMoss is green.", None) == "Moss is green.",
    ),
    "blanks of a sentence that leads to a list and says something": (
        11,
        lambda n: running_text("a " * (n - 1) + "a:\nMoss.", None) == "Moss.",
    ),
    "words of a heading": (
        10,
        lambda n: running_text("a " * (n - 1) + "a\nMoss is green.", None) == "Moss is green.",
    ),
    "letters of a word without blanks": (50, lambda n: fits("a" * n, 1)),
    "words that fit": (7, lambda n: fits(W * n, 7)),
    "digits of a number that ends no sentence": (
        2,
        lambda n: shorten(f"Moss {'1' * n}. Mai war es, und so fort", 3, "de").endswith("…"),
    ),
}


@pytest.mark.parametrize("what", HELD)
def test_a_rule_holds_up_to_its_edge(what: str) -> None:
    most, holds = HELD[what]
    assert holds(most)
    assert not holds(most + 1)


LEAST: dict[str, tuple[int, Callable[[int], object]]] = {
    "pixels of a side of a picture that is no icon": (64, icon),
    "pixels of the shorter side that a name tells": (16, lambda n: sized(n, 150)),
    "pixels of the longer side that a name tells": (150, lambda n: sized(16, n)),
    "letters of a word that a footnote is glued to": (
        4,
        lambda n: debris.note_marks(f"{'a' * n}1 b").gone,
    ),
    "words of a sentence that says enough": (
        12,
        lambda n: shorten(W * (n - 1) + "moss. " + "Moss " * 60, 40).endswith("moss."),
    ),
}


@pytest.mark.parametrize("what", LEAST)
def test_a_rule_holds_from_its_edge_on(what: str) -> None:
    least, holds = LEAST[what]
    assert holds(least)
    assert not holds(least - 1)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("moss", 1),
        (W * 345, 2),
        (W * 344, 1),
        (W * 575, 2),
        (W * 576, 3),
        ("苔" * 750, 2),
        ("苔" * 749, 1),
        ("ก" * 1725, 2),
        ("ก" * 1724, 1),
    ],
)
def test_a_minute_is_230_words_or_500_signs(text: str, count: int) -> None:
    """Halves go to the even minute."""
    assert minutes(text) == count


def test_a_mark_of_a_cut_may_be_all_there_is() -> None:
    assert debris.cut_mark("[…]") == ("", "[…]")
