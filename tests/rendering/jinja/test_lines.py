"""Lines made of an issue, such as a subject that the configuration gives."""

from __future__ import annotations

import pytest

from digest.errors import TemplateError
from digest.rendering.jinja.lines import line
from tests.rendering.issues import issue

HERE = "[edition.weekly] subject"


def test_a_line_may_be_made_of_the_issue_and_is_one_line() -> None:
    assert (
        line("Letter {{ issue.number }}:\n  {{ issue.date }}", issue(), HERE)
        == "Letter 12: 23 November 2026"
    )
    assert line("Just  words", issue(), HERE) == "Just words"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{{ issue.numbr }}", "there is no issue.numbr; did you mean number?"),
        ("{{ isue.number }}", "there is no isue; did you mean issue?"),
        ("{{ issue.posts[99].title }}", "a list has no element 99"),
        ("{{ issue.__class__ }}", "__class__ is unsafe and not for templates"),
        ("{{ 'x' * 99999999 }}", "1,000,000 is the most there can be"),
        ("{{ issue.subject + 1 }}", "a number cannot be added to text"),
        ("{% if %}", "Expected an expression"),
    ],
)
def test_a_slip_in_a_line_is_told_under_its_key(written: str, message: str) -> None:
    with pytest.raises(TemplateError) as caught:
        line(written, issue(), HERE)
    assert caught.value.where == HERE
    assert message in caught.value.message
    assert "For example" in caught.value.hint
