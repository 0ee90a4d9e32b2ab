"""What a service cannot carry of a letter is said beforehand, and what is too long is refused."""

from __future__ import annotations

from typing import Any

import pytest

from digest.errors import ServiceError
from digest.models import replace
from digest.services.base import Capabilities
from digest.services.carrying import notes, refuse_too_long
from tests.services.counter import letter_for

LETTER = letter_for("listmonk")
OWN_TEXT = "Pigeon takes no plain-text part: it makes its own of the page"
NO_FIELD = "Pigeon has no field for the preheader: it stands in the page"
UNSEEN = "Pigeon does not show what it will send: look at the draft there"


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({}, ()),
        ({"text": False}, (OWN_TEXT,)),
        ({"preheader": False}, (NO_FIELD,)),
        ({"template": "puts a frame around it"}, ("Pigeon: puts a frame around it",)),
        ({"read_back": "none"}, (UNSEEN,)),
        ({"read_back": "none", "updates": False}, ()),
        ({"read_back": "rendered"}, ()),
        (
            {"text": False, "preheader": False, "template": "frames it", "read_back": "none"},
            (OWN_TEXT, NO_FIELD, "Pigeon: frames it", UNSEEN),
        ),
    ],
)
def test_what_is_lost_is_said(about: dict[str, Any], told: tuple[str, ...]) -> None:
    assert notes(LETTER, Capabilities(title="Pigeon", **about)) == told


def test_a_preheader_that_is_none_is_lost_by_nobody() -> None:
    about = Capabilities(title="Pigeon", preheader=False)
    assert notes(replace(LETTER, preheader=""), about) == ()


@pytest.mark.parametrize(
    ("field", "fits", "told"),
    [
        ("subject", "é" * 1000, "subject: has 1,001 characters, and Pigeon takes 1,000"),
        ("html", "é" * 500, "html: has 1,002 bytes, and Pigeon takes 1,000"),
        ("text", "é" * 500, "text: has 1,002 bytes, and Pigeon takes 1,000"),
    ],
)
def test_pages_are_counted_in_bytes_and_fields_in_characters(
    field: str, fits: str, told: str
) -> None:
    about = Capabilities(title="Pigeon", limits={field: 1000})
    refuse_too_long(replace(LETTER, **{field: fits}), about)
    with pytest.raises(ServiceError) as caught:
        refuse_too_long(replace(LETTER, **{field: f"{fits}é"}), about)
    assert str(caught.value) == (
        f"2026-10-08-weekly: {told}. Shorten it, build and approve the issue again."
    )
