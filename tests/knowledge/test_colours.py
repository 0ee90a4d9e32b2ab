"""Colours as people write them: what they mean, or what they were probably meant to be."""

from __future__ import annotations

import pytest

from digest.knowledge.colours import colour, meant


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
