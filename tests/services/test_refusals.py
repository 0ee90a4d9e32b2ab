"""What services answer when they refuse: one vocabulary, the service's own words, and a next step."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.services.access.refusals import MOST_CHARACTERS, kind_of, refused, words
from tests.golden import hold_lines

KINDS = {
    "unreadable": [200, 204, 302, 399],
    "validation": [400, 406, 413, 415, 422],
    "authentication": [401, 403],
    "plan": [402],
    "gone": [404, 405, 410],
    "passing": [408, 500, 502, 503, 504, 529],
    "conflict": [409, 412],
    "rate limit": [429],
}
"""What each status means for an editor (RFC 9110, 15; RFC 6585, 4)."""

STEPS = {
    "unreadable": "url in digest.toml",
    "validation": "Change what it names",
    "authentication": "`digest services`",
    "plan": "digest export ISSUE --for pigeon -o pigeon.html",
    "gone": "url, audience and sender",
    "passing": "Try again",
    "conflict": "Look at the draft there",
    "rate limit": "Wait a little",
}


@pytest.mark.parametrize(
    ("kind", "status"), [(kind, status) for kind, found in KINDS.items() for status in found]
)
def test_every_status_has_its_meaning_and_its_next_step(kind: str, status: int) -> None:
    told = refused(status, {}, b"so it is", service="pigeon", where="https://pigeon.example/api")
    assert told.kind == kind
    assert told.message == f"pigeon answered {status}: so it is"
    assert told.where == "https://pigeon.example/api"
    assert STEPS[kind] in told.hint


@pytest.mark.parametrize("status", [400, 402, 403, 422])
@pytest.mark.parametrize(
    "said",
    ["feature_disabled", "Needs the Advanced plan.", "Upgrade your account", "not in your plan"],
)
def test_a_plan_that_is_too_small_is_told_by_its_words(status: int, said: str) -> None:
    assert kind_of(status, said) == "plan"


@pytest.mark.parametrize("status", [401, 404, 409, 429, 500])
def test_other_answers_may_speak_of_plans(status: int) -> None:
    assert kind_of(status, "Upgrade your plan") != "plan"


def test_who_is_asked_to_wait_is_told_how_long() -> None:
    for headers, step in (({"retry-after": "120"}, "Retry-After: 120"), ({}, "Wait a little")):
        assert step in refused(429, headers, b"", service="pigeon", where="w").hint
    assert "Retry-After" not in refused(503, {"retry-after": "9"}, b"", service="p", where="w").hint


def test_the_services_own_words_are_found_in_every_shape() -> None:
    """As `refusals.txt` lists them; what is no JSON is read as a page."""
    hold_lines(Path(__file__).with_name("refusals.txt"), lambda _, answer: words(answer))
    assert words("") == ""


@pytest.mark.parametrize("length", [MOST_CHARACTERS, MOST_CHARACTERS + 1])
def test_long_words_are_cut_to_300_characters(length: int) -> None:
    told = words(json.dumps({"message": "x" * length}))
    assert len(told) == 300
    assert told.endswith("…") is (length > 300)
