"""One answer to "did you mean", which had better be right or silent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.nearest import did_you_mean, nearest

PACKAGE = Path(__file__).parents[1] / "digest"


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("weakly", ["weekly", "briefing"], "weekly"),
        ("WEEKLY", ["weekly"], "weekly"),
        ("weekly", ["weekly"], None),
        ("zebra", ["weekly", "briefing"], None),
        ("https://a.example/nope/", ["https://a.example/71/"], None),
        (
            "https://a.example/ferns-to/",
            ["https://a.example/ferns-too/"],
            "https://a.example/ferns-too/",
        ),
        ("https://a.example/2026/10/moss/", ["https://a.example/2026/10/bees/"], None),
        # what stands behind a page's address means that page: its comments, another form of it
        ("https://a.example/ferns/amp/", ["https://a.example/ferns/"], "https://a.example/ferns/"),
        ("", ["weekly"], None),
    ],
)
def test_a_suggestion_is_near_or_there_is_none(
    word: str, known: list[str], meant: str | None
) -> None:
    assert nearest(word, known) == meant


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=6))
@settings(deadline=None, max_examples=100)
def test_a_suggestion_is_never_the_word_itself_and_always_known(
    word: str, known: list[str]
) -> None:
    found = nearest(word, known)
    assert found is None or (found != word and found in known)


def test_a_hint_names_the_nearest_else_what_there_is() -> None:
    assert did_you_mean("weakly", ["weekly"]) == 'Did you mean "weekly"?'
    assert did_you_mean("x", ["b", "a"], there_are="Known") == "Known: a, b."
    assert did_you_mean("x", (str(n) * 3 for n in range(20))).endswith(" and 8 more.")


def test_no_other_room_looks_for_near_names_by_itself() -> None:
    others = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if path.name != "nearest.py"
        and re.search(r"\bget_close_matches\b", path.read_text("utf-8"))
    ]
    # rendering looks for itself until its own call sites are moved over
    assert not [name for name in others if not name.startswith("rendering/")]
