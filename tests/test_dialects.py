"""How each service writes its merge tags, all side by side, and the words for a reader's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.dialects import DIALECTS, addressed, hint, with_names
from tests.flat import lines
from tests.golden import hold_text


def test_each_service_writes_its_merge_tags_as_is_listed_beside_it() -> None:
    """A tag that a service does not know reaches readers: hold what changes to its documentation."""
    told = [line for name, dialect in DIALECTS.items() for line in lines(name, dialect)]
    hold_text(Path(__file__).parent / "data" / "dialects.txt", "\n".join(told) + "\n")


def test_services_that_keep_drafts_are_named_before_other_ways_out() -> None:
    known = [*DIALECTS]
    drafts = [name for name in known if DIALECTS[name].tags and not DIALECTS[name].is_export]
    listed = ", ".join([*sorted(drafts), *sorted({*known} - {*drafts})])
    assert hint("nothing alike") == f"Known services: {listed}."
    assert hint("mailchmp") == f'Did you mean "mailchimp"? Known services: {listed}.'


@pytest.mark.parametrize("fallback", ["", "there", "  dear reader ", "Zoë & <b>"])
def test_a_reader_is_named_in_the_midst_of_a_text(fallback: str) -> None:
    text = f"Good morning, {addressed(fallback)}! {addressed('you')}"
    assert with_names(text, "<{}>".format) == f"Good morning, <{fallback.strip()}>! <you>"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("reader0slotffx", "<\ufffd>"),  # no letter has this code
        ("reader0slotfx", "reader0slotfx"),  # nor is this half of one
        ("reader0slotzx", "reader0slotzx"),
        ("reader1slotffx", "reader1slotffx"),
    ],
)
def test_a_post_may_hold_what_looks_like_one(written: str, read: str) -> None:
    assert with_names(f"a {written} b", "<{}>".format) == f"a {read} b"
