"""Colours as people write them: what they mean, or what they were probably meant to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.knowledge.colours import colour, contrast, meant, nearest_colour
from tests.golden import hold_lines


def test_a_colour_written_another_way_is_offered_as_six_digits() -> None:
    """As `colours.txt` lists them: what a browser shows for each (CSS Color 4), or what was meant."""

    def told(_: str, text: str) -> str:
        six = meant(text)
        assert six is None or colour(six) == six
        return six or "none"

    hold_lines(Path(__file__).with_name("colours.txt"), told)
    assert meant("") is None


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        # as WCAG 2's formula counts them; a channel of 10 is the last that is a straight line
        ("#000000", "#ffffff", 21.0),
        ("#ff0000", "#ffffff", 3.998),
        ("#00ff00", "#ffffff", 1.372),
        ("#0000ff", "#ffffff", 8.592),
        ("#767676", "#ffffff", 4.542),
        ("#777777", "#ffffff", 4.478),
        ("#0a0a0a", "#000000", 1.061),
        ("#0b0b0b", "#000000", 1.067),
        ("#123456", "#fedcba", 9.787),
        ("#123456", "#123456", 1.0),
    ],
)
def test_how_well_colours_are_told_apart_is_counted_as_wcag_says(
    one: str, other: str, ratio: float
) -> None:
    assert round(contrast(one, other), 3) == round(contrast(other, one), 3) == ratio


@pytest.mark.parametrize(
    ("to", "fit", "nearest"),
    [
        ("#808080", {"#7f7f7f", "#808080", "#818181"}, "#808080"),
        ("#808080", {"#7f7f7f", "#818181"}, "#7f7f7f"),  # of two the darker one
        ("#808080", {"#7e7e7e", "#818181"}, "#818181"),
        ("#ffffff", {"#000000"}, "#000000"),
        ("#000000", {"#ffffff"}, "#ffffff"),
        ("#336699", {"#2e5b88", "#000000"}, "#2e5b88"),
        ("#336699", {"#ff0000"}, None),  # another hue
    ],
)
def test_the_nearest_that_fits_is_a_lighter_or_darker_one(
    to: str, fit: set[str], nearest: str | None
) -> None:
    assert nearest_colour(to, fit.__contains__) == nearest


@pytest.mark.parametrize("text", ["#12", "#1234", "#12345", "#1234567", "#12345g", "#", "123456"])
def test_a_colour_has_three_or_six_digits_behind_a_hash(text: str) -> None:
    assert colour(text) is None
