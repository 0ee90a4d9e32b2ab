"""Where rules of rendering begin and end: each holds at its edge, and no longer one step beyond."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from digest.models import Image, ImageSize
from digest.rendering.jinja.engine import costs
from digest.rendering.jinja.limits import LONGEST
from digest.rendering.look.long_words import may_hold_long_words, pliable
from digest.rendering.look.pictures import fit, lead, thumbnail
from digest.rendering.text import brief, columns, firm, unbroken
from digest.rendering.words.labels import number

URL = "https://a.example/a.jpg"
FIRST = "Moss asks for nothing, and walls are enough for that."
SECOND = "It waits for rain on the north side."


def image(width: int, height: int, *sizes: tuple[int, int]) -> Image:
    files = tuple(ImageSize(url=f"{w}x{h}", width=w, height=h) for w, h in sizes)
    return Image(url=URL, width=width, height=height, sizes=files)


def shown(picture: object) -> tuple[int, int | None, str]:
    url, width, height = (getattr(picture, name) for name in ("url", "width", "height"))
    return width, height, url


HELD: dict[str, tuple[int, Callable[[int], object]]] = {
    "letters of words that stay on a line": (
        32,
        lambda n: "\xa0" in unbroken("a " * (n // 2 - 1) + "a" * (n - 2 * (n // 2 - 1))),
    ),
    "letters of a series' end that stays whole": (
        24,
        lambda n: " " not in firm("Moss · " + "a " * 5 + "a" * (n - 14)),
    ),
    "letters of a word that no line parts": (
        36,
        lambda n: "<!--" not in pliable(f"<p>{'a' * n}</p>"),
    ),
    "letters of a word that no cell parts": (
        24,
        lambda n: "<!--" not in pliable(f"<td>{'a' * n}</td>"),
    ),
    "letters of a long word": (36, lambda n: not may_hold_long_words("a" * n + " a")),
    "words of lipsum": (100, lambda n: costs.lorem(n) <= LONGEST),
    "digits of a rounded number": (400, lambda n: not costs.COSTS["round"](1.5, n)),
    "pixels that a picture is too narrow for the head of a page": (
        89,
        lambda n: shown(lead(image(n * 10, n * 6), 1000))[0] < 1000,
    ),
}


@pytest.mark.parametrize("what", HELD)
def test_a_rule_holds_up_to_its_edge(what: str) -> None:
    most, holds = HELD[what]
    assert holds(most)
    assert not holds(most + 1)


@pytest.mark.parametrize(
    ("given", "width", "told"),
    [
        (image(1600, 900), 552, (552, 310, URL)),
        (image(300, 200), 552, (300, 200, URL)),
        (image(64, 64), 552, (64, 64, URL)),
        (image(1000, 1), 500, None),
        (image(63, 64), 552, None),
        (Image(url=URL), 552, (552, None, URL)),
        (Image(url=URL, width=640), 552, (552, None, URL)),
        # the file nearest to twice the width that is not soft, of its own proportions alone
        (image(2000, 1000, (1000, 500), (1100, 550), (1200, 600)), 552, (552, 276, "1100x550")),
        (image(2000, 1000, (828, 414), (4000, 2000)), 552, (552, 276, "828x414")),
        (image(2000, 1000, (827, 414), (4000, 2000)), 552, (552, 276, URL)),
        (image(2000, 1000, (1100, 567), (1100, 600)), 552, (552, 276, "1100x567")),
        (image(2000, 1000, (1100, 568)), 552, (552, 276, URL)),
    ],
)
def test_a_picture_is_shown_as_wide_as_it_fits_from_the_file_that_suits(
    given: Image, width: int, told: tuple[int, int | None, str] | None
) -> None:
    found = fit(given, width)
    assert (found and shown(found)) == told


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (image(1600, 900), (128, 72, URL)),
        (image(100, 100), (100, 100, URL)),
        (image(256, 384), (128, 192, URL)),
        (image(255, 384), None),
        (image(500, 200), (128, 51, URL)),
        (image(501, 200), None),
        (image(900, 200, (128, 128), (127, 127)), (128, 128, "128x128")),
        (image(900, 200, (127, 127)), None),
        (image(64, 64), (64, 64, URL)),
        (image(63, 64), None),
        (Image(url=URL), (128, None, URL)),
    ],
)
def test_a_small_picture_is_no_strip(
    given: Image, told: tuple[int, int | None, str] | None
) -> None:
    found = thumbnail(given)
    assert (found and shown(found)) == told


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (image(1600, 900), (552, 310, URL)),
        (image(1600, 1200), (552, 414, URL)),
        (image(1600, 1201), (426, 320, URL)),
        (image(497, 280), (552, 311, URL)),
        (image(496, 280), (496, 280, URL)),
        (image(300, 900), (106, 318, URL)),
        (Image(url=URL), (552, None, URL)),
    ],
)
def test_the_head_of_a_page_is_wide_or_not_too_tall(
    given: Image, told: tuple[int, int | None, str]
) -> None:
    found = lead(given, 552)
    assert found is not None
    assert shown(found) == told


@pytest.mark.parametrize(
    ("width", "told"),
    [
        (90, f"{FIRST} {SECOND}"),
        (89, FIRST),
        (53, FIRST),
        (52, "Moss asks for nothing, and walls are enough…"),
        (12, "Moss asks…"),
    ],
)
def test_a_beginning_is_whole_sentences_or_ends_where_it_can(width: int, told: str) -> None:
    assert brief(f"{FIRST} {SECOND}", width, "en") == told
    assert columns(told) <= width


def test_a_sentence_stands_alone_where_it_fills_two_fifths() -> None:
    text = f"Moss asks for that. {SECOND} {SECOND}"  # 19 columns
    assert brief(text, 47) == "Moss asks for that."
    assert brief(text, 48) == "Moss asks for that. It waits for rain on the…"


@pytest.mark.parametrize(
    ("value", "told"), [(0, "0"), (999, "999"), (1000, "1,000"), (-1, "-1"), (12345, "12,345")]
)
def test_numbers_are_grouped_from_a_thousand_on(value: int, told: str) -> None:
    assert number(value, "en") == told
