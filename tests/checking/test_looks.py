"""How large letters are, where only an element's name says so."""

from __future__ import annotations

import pytest

from digest.checking.parsing.looks import length
from tests.checking.mail import findings
from tests.checking.test_rules import add


@pytest.mark.parametrize(("size", "is_small"), [("14px", True), ("18px", False)])
def test_small_letters_are_smaller_than_those_around_them(size: str, is_small: bool) -> None:
    """Browsers show <small> at five sixths: of 14 pixels that leaves too few."""
    told = findings(
        **add(f'<p style="font-size:{size}"><small>Terms apply to all lamps.</small></p>')
    )
    assert ("FONT-MIN" in {finding.rule for finding in told}) is is_small


@pytest.mark.parametrize(
    "inch",
    ["1in", "1IN", "96px", "96", "72pt", "6pc", "2.54cm", "25.4mm", "101.6q"],
)
def test_an_inch_is_an_inch_in_every_unit(inch: str) -> None:
    """CSS Values 4, 6.2."""
    assert length(inch, 20) == pytest.approx(96)


@pytest.mark.parametrize(
    ("said", "pixels"),
    [
        # of the letters around, which are 20 pixels high
        ("100%", 20), ("2em", 40), ("1ex", 10), ("1ch", 10), ("1cap", 14), ("1ic", 20), ("1lh", 24),
        # of the page's, which are 16
        ("2rem", 32), ("1rex", 8), ("1rch", 8), ("1rcap", 11), ("1ric", 16), ("1rlh", 19.2),
        # of a screen of 600 by 800 pixels, whether bars take of it or not
        ("50vw", 300), ("50vi", 300), ("50vmin", 300), ("50vh", 400), ("50vb", 400), ("50vmax", 400),
        ("50svw", 300), ("50lvh", 400), ("50dvmin", 300),
        # what is none
        ("auto", 20), ("1furlong", 20), ("", 20), ("px", 20), ("1 px", 20),
        # less than nothing, and a part
        ("-4px", -4), (".5em", 10), (" 3px ", 3),
    ],
)  # fmt: skip
def test_other_lengths_are_read_as_a_browser_reads_them(said: str, pixels: float) -> None:
    """CSS Values 4, 6.1; what cannot be read is what stands around."""
    assert length(said, 20) == pytest.approx(pixels)
