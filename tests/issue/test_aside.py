"""A file that somebody changed by hand is kept when it is made again."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from digest.issue.aside import keep_aside


def digest(text: str) -> str:
    """Return what the record would say of a file of this text."""
    return sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("on_disk", "kept"),
    [("as built", ()), ("as it will be", ()), ("my own words", ("email.edited.html",))],
)
def test_only_somebodys_own_work_is_moved_aside(
    tmp_path: Path, on_disk: str, kept: tuple[str, ...]
) -> None:
    """What was built, or is there already, is nobody's work."""
    (tmp_path / "email.html").write_text(on_disk)
    found = keep_aside(
        tmp_path, {"email.html": digest("as built")}, {"email.html": b"as it will be"}
    )
    assert found == kept
    assert [path.read_text() for path in tmp_path.glob("*.edited*")] == [on_disk] * len(kept)


def test_nothing_kept_before_is_lost(tmp_path: Path) -> None:
    """A second change by hand gets a name of its own."""
    for words in ("first", "second"):
        (tmp_path / "email.txt").write_text(words)
        keep_aside(tmp_path, {"email.txt": digest("built")}, {"email.txt": b"new"})
    assert (tmp_path / "email.edited.txt").read_text() == "first"
    assert (tmp_path / "email.edited-2.txt").read_text() == "second"


def test_a_file_that_is_gone_is_nobodys(tmp_path: Path) -> None:
    """There is nothing to keep, and no reason to fail."""
    assert keep_aside(tmp_path, {"email.html": digest("built")}, {"email.html": b"new"}) == ()


def test_of_what_was_recorded_the_pages_alone_are_kept(tmp_path: Path) -> None:
    """Nobody edits a message and means it; of a page that no record tells, nothing is known."""
    for name in ("email.html", "message.eml", "web.html"):
        (tmp_path / name).write_text("my own words")
    recorded = {name: digest("built") for name in ("email.html", "message.eml")}
    fresh = dict.fromkeys(("web.html", "message.eml", "email.html"), b"new")
    assert keep_aside(tmp_path, recorded, fresh) == ("email.edited.html",)
