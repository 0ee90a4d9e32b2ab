"""What of Markdown is understood, and what is left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.editing.body.cleaning import clean
from digest.editing.body.markdown import to_html


def test_commonmark_with_tables_and_struck_out_text() -> None:
    html = to_html("# Ferns\n\nA *soft* ~~hard~~ **one**.\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n")
    assert "<h1>Ferns</h1>" in html
    assert "<em>soft</em> <del>hard</del> <strong>one</strong>" in html
    assert "<td>1</td>" in html


def test_letters_stay_as_they_are_written() -> None:
    """No smart quotes, no links made of bare addresses."""
    assert (
        to_html('"It\'s" -- www.garden.example (c)') == '<p>"It\'s" -- www.garden.example (c)</p>\n'
    )


def test_raw_html_comes_through_for_the_cleaner() -> None:
    assert to_html('<div class="note">\n<b>x</b>\n</div>') == '<div class="note">\n<b>x</b>\n</div>'


def test_footnotes_and_their_marks_are_left_out() -> None:
    html = to_html(
        "Moss[^1] lives[^two].\n\n[^1]: They say,\n    at length.\n\n    Twice.\n\n[^two]: Briefly.\n\nEnd."
    )
    assert html == "<p>Moss lives.</p>\n<p>End.</p>\n"


def test_a_mark_without_a_footnote_is_text_and_code_keeps_its_marks() -> None:
    assert to_html("a[^b] `[^c]`\n\n[^c]: d") == "<p>a[^b] <code>[^c]</code></p>\n"
    assert "[^1]: x" in to_html("    [^1]: x")


def test_a_mark_in_a_list_or_table_goes_with_its_footnote() -> None:
    assert "[^" not in to_html("- a\n- b[^x]\n\n  [^x]: deep\n\n  more\n- c")
    assert to_html("- b[^x]\n\n  [^x]: deep\n").count("deep") == 0
    assert "<td>c</td>" in to_html("| a[^1] | b |\n|---|---|\n| c | d |\n\n[^1]: note")


def test_a_single_tilde_within_words_strikes_nothing_out() -> None:
    assert to_html("3~5 cups and 6~8 pots") == "<p>3~5 cups and 6~8 pots</p>\n"


def test_an_address_called_javascript_is_no_link_once_it_is_clean() -> None:
    assert "<a" not in clean(to_html("[x](javascript:alert(1))")).html


@pytest.mark.parametrize(
    "text",
    [
        ">" * 20_000,
        "- " * 5_000,
        "[" * 5_000,
        "**a _" * 4_000,
        "![" * 3_000,
        "<a " * 10_000,
        "`" * 20_000,
        "[^a]: x\n" * 3_000,
    ],
)
def test_hostile_nesting_is_rendered_in_time(text: str) -> None:
    """Each takes well under a second; an exponential renderer would need hours."""
    started = time.perf_counter()
    to_html(text)
    assert time.perf_counter() - started < 10


@given(st.text() | st.text("[]^:*_`>#-| \n!<a~\\&1."))
@settings(max_examples=150)
def test_any_text_is_rendered(text: str) -> None:
    assert isinstance(to_html(text), str)
