"""An issue.json that somebody changed: `rebuild` says what is wrong with it and writes nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from digest.errors import DigestError
from digest.services.ledger import Entry, Ledger
from digest.workflow.records import approve, export, mend, rebuild
from tests.workflow.newsroom import Newsroom

ID = "2026-11-01-weekly"
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    """Return a project in which one issue is built, and of whose outputs one is lost."""
    room = Newsroom(tmp_path / "letter")
    for name in ("moss", "fern"):
        room.write(name)
    assert room.build().status == "built"
    return room


def refused(room: Newsroom, text: str | bytes) -> str:
    """Return why a record is refused; nothing may have been written anywhere."""
    record = room.issue(ID) / "issue.json"
    record.write_bytes(text.encode() if isinstance(text, str) else text)
    (room.issue(ID) / "web.html").unlink()
    before = files(room)
    with pytest.raises(DigestError) as refusal:
        rebuild(room.project, ID)
    assert files(room) == before
    return str(refusal.value)


def files(room: Newsroom) -> dict[Path, bytes]:
    around = room.project.root.parent
    return {path: path.read_bytes() for path in sorted(around.rglob("*")) if path.is_file()}


def changed(room: Newsroom, change: Change) -> str:
    record = json.loads((room.issue(ID) / "issue.json").read_text("utf-8"))
    change(record)
    return json.dumps(record)


@pytest.mark.parametrize(
    "name",
    [
        "../../evil",
        "/tmp/evil",
        "..\\\\evil",
        "",
        ".",
        "2026-11-08-weekly",
        "2026-11-01-weekly/x",
        "\0",
    ],
)
def test_a_record_that_names_another_place_is_refused(room: Newsroom, name: str) -> None:
    told = refused(room, changed(room, lambda record: record["issue"].update(id=name)))
    assert "issue.json: is the record of another issue" in told
    assert "A folder bears its issue's name" in told


@pytest.mark.parametrize(
    "other",
    [{"edition": "monthly"}, {"edition": "../../evil"}, {"edition": ""}, {"dated": "2020-01-01"}],
)
def test_a_record_of_another_edition_or_date_is_refused(room: Newsroom, other: Any) -> None:
    """It would be listed, numbered and decided by as an issue of that one."""
    told = refused(room, changed(room, lambda record: record["issue"].update(other)))
    assert "issue.json: is the record of another issue" in told


@pytest.mark.parametrize("name", ["../../evil.html", "/tmp/evil.html", "", ".", "a\0b", "a\\b"])
def test_a_record_that_tells_of_files_elsewhere_is_refused(room: Newsroom, name: str) -> None:
    told = refused(room, changed(room, lambda record: record["digests"].update({name: "0" * 64})))
    assert "tells of a file that does not lie beside it" in told


@pytest.mark.parametrize(
    "damage",
    [
        b"", b"null", b"[]", b"{}", b'"issue"', b"\xff\xfe", b"\0" * 40, b"[" * 100_000,
        b'{"format": 1, "issue": ' * 5_000, b"<!doctype html>", b"9" * 10_000,
    ],
)  # fmt: skip
def test_what_is_no_record_is_refused(room: Newsroom, damage: bytes) -> None:
    assert "issue.json: cannot be read" in refused(room, damage)


def test_a_record_that_was_cut_off_is_refused(room: Newsroom) -> None:
    whole = (room.issue(ID) / "issue.json").read_bytes()
    for end in range(1, len(whole) - 2, len(whole) // 12):
        assert "issue.json: cannot be read" in refused(room, whole[:end])
        (room.issue(ID) / "web.html").write_text("lost again")


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record.update(format=99),
        lambda record: record["issue"].update(number="three"),
        lambda record: record["issue"].update(dated="tomorrow"),
        lambda record: record["issue"].update(sections={"posts": 1}),
        lambda record: record["pages"].pop("email"),
        lambda record: record["pages"]["email"].update(segments=["one"]),
        lambda record: record["pages"]["email"].update(places=[10**6]),
        lambda record: record["pages"]["email"].update(places=[-(10**6)]),
        lambda record: record["pages"]["text"].update(values=[]),
    ],
)
def test_a_record_with_other_values_makes_no_page(room: Newsroom, change: Change) -> None:
    told = refused(room, changed(room, change))
    assert "issue.json" in told
    assert "\n" not in told


def test_what_would_differ_from_the_seal_is_not_written(room: Newsroom) -> None:
    """The seal holds the digests of what was approved, so that a changed record is found out."""
    room.seal(ID)
    told = refused(room, changed(room, lambda record: record["issue"].update(subject="Other")))
    assert ID in told


def test_a_sealed_folder_under_another_name_is_another_issue(room: Newsroom) -> None:
    room.seal(ID)
    shutil.copytree(room.issue(ID), room.issue("2026-11-08-weekly"))
    with pytest.raises(DigestError, match="is the record of another issue"):
        rebuild(room.project, "2026-11-08-weekly")


@pytest.mark.parametrize("what", ["html", "text"])
def test_what_no_page_can_be_made_of_is_not_exported(room: Newsroom, what: Any) -> None:
    page = {"html": "email", "text": "text"}[what]
    text = changed(room, lambda record: record["pages"][page].update(places=[10**6]))
    (room.issue(ID) / "issue.json").write_text(text)
    with pytest.raises(DigestError, match="no issue can be made of it any more"):
        export(room.project, ID, "mailchimp", what)


@pytest.fixture
def two(room: Newsroom) -> Path:
    """Return the folder of a draft, after an issue that is sealed."""
    room.seal(ID)
    room.write("lichen")
    room.wait(days=7)
    assert room.build().status == "built"
    return room.issue("2026-11-08-weekly")


def test_a_copied_seal_seals_nothing(room: Newsroom, two: Path) -> None:
    """Neither is the draft listed as an issue that was sent, nor handed over."""
    shutil.copy(room.issue(ID) / "approval.json", two)
    index = (room.project.root / "issues/index.html").read_bytes()
    for verb in (mend, lambda project: approve(project, two.name)):
        with pytest.raises(DigestError, match="is the seal of another issue") as told:
            verb(room.project)
        assert "Delete it, if this issue is not approved yet" in str(told.value)
    assert (room.project.root / "issues/index.html").read_bytes() == index

    (two / "approval.json").unlink()
    approve(room.project, two.name, anyway="a test")
    assert room.project.folders.summary(two.name).state == "approved"


def test_a_copied_journal_changes_no_draft_of_another_issue(room: Newsroom, two: Path) -> None:
    entry = Entry(
        service="kit",
        audience="",
        key=f"{ID}-0123456789",
        state="done",
        begun_at=datetime(2026, 11, 1, tzinfo=UTC),
        remote_id="17",
    )
    ledger = Ledger(two / "delivery.json")
    ledger.write(entry)
    assert ledger.entry("kit", "", f"{ID}-9876543210") == entry
    with pytest.raises(DigestError, match="tells of the drafts of another issue"):
        ledger.entry("kit", "", f"{two.name}-0123456789")


def test_a_folder_whose_name_holds_no_date_is_an_error_to_whoever_asks_for_the_latest(
    room: Newsroom,
) -> None:
    room.issue("2026-13-45-weekly").mkdir()
    with pytest.raises(DigestError, match=r"has no issue\.json"):
        room.project.folders.find("latest")
