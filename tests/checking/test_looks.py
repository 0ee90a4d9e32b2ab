"""How large letters are, where only an element's name says so."""

from __future__ import annotations

import pytest

from tests.checking.mail import findings
from tests.checking.test_rules import add


@pytest.mark.parametrize(("size", "is_small"), [("14px", True), ("18px", False)])
def test_small_letters_are_smaller_than_those_around_them(size: str, is_small: bool) -> None:
    """Browsers show <small> at five sixths: of 14 pixels that leaves too few."""
    told = findings(
        **add(f'<p style="font-size:{size}"><small>Terms apply to all lamps.</small></p>')
    )
    assert ("FONT-MIN" in {finding.rule for finding in told}) is is_small
