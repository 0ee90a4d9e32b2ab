"""One answer to "did you mean", which had better be right or silent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import fields

from digest.cli import COMMANDS
from digest.config.tables import EditionTable
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
        ("https://a.example/fern", ["https://a.example/fern/amp"], "https://a.example/fern/amp"),
        ("", ["weekly"], None),
        ("wekely", ["weekly"], "weekly"),
        ("Leader", ["Leadership"], "Leadership"),
        ("le", ["leap"], None),
        ("audince", ["audience"], "audience"),
        # a beginning of three letters, and three fifths of it all
        ("abc", ["abcdefg"], "abcdefg"),
        ("abc", ["abcdefgh"], None),
        ("https://a.example/abc", ["https://a.example/abcdefg"], "https://a.example/abcdefg"),
        ("https://a.example/abc", ["https://a.example/abcdefgh"], None),
        # one slip in a short word, one of three letters in a longer one
        ("abc", ["xabc"], "xabc"),
        ("ab", ["xab"], "xab"),
        ("abcd", ["xabcdy"], None),
        ("abcdefghij", ["abxdeyghzj"], "abxdeyghzj"),
        ("abcdefghi", ["abxdeyghz"], None),
        # letters that are the same at both ends are not swapped
        ("xbaxaba", ["xba"], None),
        # the site's name and folders that two addresses share say nothing of their pages
        (
            "https://a.example/b/c/moss",
            ["https://a.example/b/d/moss"],
            "https://a.example/b/d/moss",
        ),
        ("https://a.example/b/", ["https://a.example/c/d/"], None),
        ("a/b", ["a"], None),
        ("abcd/e", ["xabcdye"], None),
        # other words, though more than half of their letters are the same
        ("delete", ["deliver"], None),
        ("status", ["tags"], None),
        ("user", ["series"], None),
        ("image", ["imap"], None),
    ],
)
def test_a_suggestion_is_near_or_there_is_none(
    word: str, known: list[str], meant: str | None
) -> None:
    assert nearest(word, known) == meant


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=6))
@settings(max_examples=100)
def test_a_suggestion_is_never_the_word_itself_and_always_known(
    word: str, known: list[str]
) -> None:
    found = nearest(word, known)
    assert found is None or (found != word and found in known)


def test_a_hint_names_the_nearest_else_what_there_is() -> None:
    assert did_you_mean("weakly", ["weekly"]) == 'Did you mean "weekly"?'
    assert did_you_mean("x", ["b", "a"], there_are="Known") == "Known: a, b."
    assert did_you_mean("x", (str(n) * 3 for n in range(20))).endswith(" and 8 more.")
    assert did_you_mean("x", []) == "There is none yet."
    assert did_you_mean("x", "abcdefghijkl") == "There are: a, b, c, d, e, f, g, h, i, j, k, l."
    assert did_you_mean("x", "abcdefghijklm").endswith(", k, l and 1 more.")


SLIPS = {
    "swapped": lambda word, at: word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    "left out": lambda word, at: word[:at] + word[at + 1 :],
    "put in": lambda word, at: word[:at] + "z" + word[at:],
    "changed": lambda word, at: word[:at] + "z" + word[at + 1 :],
}
EDITION_KEYS = [field.name for field in fields(EditionTable)]


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("names", [list(COMMANDS), EDITION_KEYS], ids=["commands", "keys"])
def test_a_slip_anywhere_in_a_name_is_seen_through(names: list[str], slip: str) -> None:
    wrong = []
    for name in names:
        for at in range(len(name)):
            typed = SLIPS[slip](name, at)
            if typed not in names and nearest(typed, names) != name:
                wrong.append(typed)
    # of three letters one slip leaves too little, and some slips make two names as near
    assert len([typed for typed in wrong if len(typed) > 4]) <= 2, wrong


def test_no_other_room_looks_for_near_names_by_itself() -> None:
    others = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if path.name != "nearest.py"
        and re.search(r"\bget_close_matches\b", path.read_text("utf-8"))
    ]
    assert others == []


@pytest.mark.parametrize(("alike", "meant"), [(0.5, "abcdefghi"), (0.51, None)])
def test_how_alike_a_name_has_to_be_is_said_by_who_asks(alike: float, meant: str | None) -> None:
    assert nearest("abc", ["abcdefghi"], alike=alike) == meant
