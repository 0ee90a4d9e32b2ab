"""Colours as people write them: what they mean, or what they were probably meant to be."""

from __future__ import annotations

import pytest

from digest.knowledge.colours import colour, contrast, meant, nearest_colour


@pytest.mark.parametrize(
    ("text", "six"),
    [
        # CSS Color 4: what a browser shows for each
        ("hsl(120, 50%, 25%)", "#206020"),
        ("hsl(210deg 100% 56%)", "#1f8fff"),
        ("hsl(570, 100%, 56%)", "#1f8fff"),  # once around
        ("hsl(-150, 100%, 56%)", "#1f8fff"),
        ("hsl(0, 0%, 150%)", "#ffffff"),
        ("hsl(0, 150%, 50%)", "#ff0000"),
        ("hsl(0, -20%, 50%)", "#808080"),
        ("hsl(90, 40%, -5%)", "#000000"),
        ("rgb(300, -5, 0)", "#ff0000"),
        ("rgb(100%, 50%, 0%)", "#ff8000"),
        ("rgba(15, 102, 85, 0.5)", "#0f6655"),
        ("#0f6", "#00ff66"),
        ("#0f68", "#00ff66"),
        ("0f6655", "#0f6655"),
        ("#0f66558c", "#0f6655"),
        ("#0f665", "#0f6655"),
        ("Sea Green", "#2e8b57"),
        ("seegreen", "#2e8b57"),
        ("rgb(1.2.3, 0, 0)", None),
        ("var(--ink)", None),
        ("", None),
    ],
)
def test_a_colour_written_another_way_is_offered_as_six_digits(text: str, six: str | None) -> None:
    assert meant(text) == six
    assert six is None or colour(six) == six


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
