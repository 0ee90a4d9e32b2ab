"""An issue.json that somebody changed: `rebuild` says what is wrong with it and writes nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digest.errors import DigestError
from digest.workflow.records import rebuild
from tests.workflow.newsroom import Newsroom

ID = "2026-11-01-weekly"
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    """Return a project in which one issue is built, and of whose outputs one is lost."""
    room = Newsroom(tmp_path / "letter")
    for name in ("moss", "fern"):
        room.write(name)
    room.wait(hours=1)
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
