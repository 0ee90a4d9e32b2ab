"""delivery.json: an entry for each service and audience, in a steady order, gone with its last one."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.errors import IssueFolderError
from digest.models import replace
from digest.services.ledger import Entry, Ledger

KEY = "2026-10-08-weekly-0123456789"
LONG = "x" * 100
ENTRY = Entry(
    service="pigeon",
    audience="12",
    key=KEY,
    state="intent",
    begun_at=datetime(2026, 10, 8, tzinfo=UTC),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "delivery.json")


def test_each_service_and_audience_has_one_entry(ledger: Ledger) -> None:
    other, third = replace(ENTRY, audience="11"), replace(ENTRY, service="owl", audience="13")
    assert ledger.entries() == ()
    for entry in (ENTRY, other, third):
        assert ledger.write(entry) == entry
    assert ledger.entries() == (third, other, ENTRY)
    done = ledger.write(replace(ENTRY, state="done"))
    assert ledger.entries() == (third, other, done)
    assert ledger.entry("pigeon", "12", KEY) == done
    assert ledger.entry("pigeon", "11", KEY) == other
    assert ledger.entry("owl", "12", KEY) is None
    for entry, left in ((done, (third, other)), (done, (third, other)), (other, (third,))):
        ledger.drop(entry)
        assert ledger.entries() == left
    ledger.drop(third)
    ledger.drop(third)
    assert not ledger.path.exists(), "the file itself says that an issue was delivered"


def test_what_a_killed_process_left_goes_with_the_next_entry(ledger: Ledger) -> None:
    mine = [ledger.path.with_name(name) for name in (".tmp-other.json-1", "tmp-delivery.json-1")]
    for path in (*mine, ledger.path.with_name(".tmp-delivery.json-1")):
        path.write_text("{")
    ledger.write(ENTRY)
    assert sorted(ledger.path.parent.iterdir()) == sorted([ledger.path, *mine])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "cannot be read (Input data was truncated). Restore it from git or a backup: it says which drafts there are."),
        ('{"format": 2}', "was written by another version (format 2). Upgrade digest."),
        (
            f'{{"format": 1, "deliveries": [{{"service": "pigeon", "audience": "12", "key": "2026-10-01-{LONG}-1", "state": "done", "begun_at": "2026-10-01T00:00:00Z"}}]}}',
            f'tells of the drafts of another issue ("2026-10-01-{LONG[:69]}"). Delete it, if this issue was never handed over; or restore its own.',
        ),
    ],
    ids=["cut off", "another version", "another issue"],
)  # fmt: skip
def test_what_cannot_be_used_is_told_with_the_next_step(
    ledger: Ledger, text: str, told: str
) -> None:
    ledger.path.write_text(text)
    with pytest.raises(IssueFolderError, match=re.escape(told)) as caught:
        ledger.entry("pigeon", "12", KEY)
    assert str(caught.value) == f"{ledger.path}: {told}"


def test_another_name_of_the_newsletter_is_the_same_issue(ledger: Ledger) -> None:
    ledger.write(ENTRY)
    assert ledger.entry("pigeon", "12", "2026-10-08-weekly-9") == ENTRY


def test_where_nothing_can_be_written_nothing_was_asked(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "delivery.json"
    with pytest.raises(IssueFolderError) as caught:
        Ledger(path).write(ENTRY)
    assert str(caught.value) == (
        f"{path}: cannot be written (No such file or directory). "
        "Nothing was asked of the service. Make the folder writable to you."
    )
