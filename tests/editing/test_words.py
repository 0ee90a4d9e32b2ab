"""Words and reading minutes in scripts with and without blanks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.editing.excerpt.words import count, minutes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Two pots – one spade.", 4),
        ("", 0),
        ("– … !", 0),
        ("don’t re-pot", 2),
        ("Straße über Åsa", 3),
        ("園芸の楽しみ", 3),
        ("病院の庭、朝七時。", 4),
        ("病院 garden", 2),
        ("الحديقة هادئة اليوم", 3),
        ("बाग़ शांत है।", 3),
        ("정원은 조용합니다", 2),
        ("สวนในโรงพยาบาล", 3),
        ("3 pots, 12 beds", 4),
    ],
)
def test_words_are_counted_as_a_reader_would(text: str, words: int) -> None:
    assert count(text) == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("…", 0),
        ("moss", 1),
        ("moss " * 230, 1),
        ("moss " * 690, 3),
        ("庭" * 1500, 3),
        ("庭" * 100, 1),
    ],
)
def test_minutes_are_whole_and_at_least_one_where_there_are_words(text: str, expected: int) -> None:
    assert minutes(text) == expected


@settings(max_examples=100)
@given(st.text())
def test_no_text_raises_and_none_has_more_words_than_characters(text: str) -> None:
    assert 0 <= count(text) <= len(text)
    assert (minutes(text) == 0) == (count(text) == 0)
