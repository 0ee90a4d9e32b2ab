"""The archive's file: migrations, damage, foreign files, and processes that die."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from digest.archive import Archive, schema
from digest.errors import ArchiveError
from tests.archive.makers import pair
from tests.selection.makers import day

RELEASED = ["013cddd47eb677dc"]


def test_released_migrations_are_frozen() -> None:
    """Archives out there were made by these very statements; a change to the shape is a new migration."""
    hashes = [hashlib.sha256("\n".join(m).encode()).hexdigest()[:16] for m in schema.MIGRATIONS]
    assert hashes[: len(RELEASED)] == RELEASED


def test_a_new_archive_has_the_newest_shape_and_its_own_mark(tmp_path: Path) -> None:
    Archive.open(tmp_path / "deep" / "down" / "archive.db").close()
    with sqlite3.connect(tmp_path / "deep" / "down" / "archive.db") as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (len(schema.MIGRATIONS),)
        assert raw.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    raw.close()


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    for _ in range(2):
        with Archive.open(path) as archive:
            archive.store("garden", [pair("a")], now=day(10))
    with Archive.open(path, create=False) as archive:
        assert archive.count() == 1


def test_a_failed_migration_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "archive.db"
    Archive.open(path).close()
    broken = ("CREATE TABLE half (x)", "CREATE TABLE posts (x)")
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, broken))
    with pytest.raises(ArchiveError):
        Archive.open(path)
    monkeypatch.undo()
    with Archive.open(path) as archive:
        found = archive._connection.execute(
            "SELECT 1 FROM sqlite_master WHERE name = 'half'"
        ).fetchall()
    assert found == []


def test_an_archive_is_brought_to_a_newer_shape(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "archive.db"
    with Archive.open(path) as archive:
        archive.store("garden", [pair("a")], now=day(10))
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ("CREATE TABLE more (x)",)))
    with Archive.open(path) as archive:
        assert archive.count() == 1
        assert archive._connection.execute("SELECT * FROM more").fetchall() == []


def test_an_archive_of_the_first_shape_keeps_its_posts_and_gets_their_cards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same cards as if it had been made today, whatever a post says."""
    path, now = tmp_path / "archive.db", tmp_path / "now.db"
    said = pair(
        "a",
        tags=['Zoë’s "tag"'],
        text='"body": \u0000 \\ 園芸',
        body="<p>x</p>",
        series=[("Walks", 2)],
    )
    with Archive.open(now) as archive:
        archive.store("garden", [said, pair("b")], now=day(10))
        cards = archive._connection.execute("SELECT post, card FROM cards").fetchall()
        documents = archive._connection.execute(
            "SELECT post, edited, raw FROM documents"
        ).fetchall()
        posts = archive._connection.execute("SELECT * FROM posts").fetchall()
    with monkeypatch.context() as patched:
        patched.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        with Archive.open(path) as archive:
            archive._connection.execute("INSERT INTO sources (name) VALUES ('garden')")
            marks = ", ".join("?" * len(posts[0]))
            archive._connection.executemany(f"INSERT INTO posts VALUES ({marks})", posts)
            archive._connection.executemany("INSERT INTO documents VALUES (?, ?, ?)", documents)
    with Archive.open(path) as archive:
        assert archive._connection.execute("SELECT post, card FROM cards").fetchall() == cards
        assert archive.find("garden-a") is not None


# ---------------------------------------------------------------- files that cannot be used


ELSEWHERE = "Make the folder writable, or set the project up in one that is."
DAMAGED = (
    "is damaged or no archive (file is not a database). Move the file away and run `digest"
    " collect`: posts come back from their sources, and what was sent lies in the issue folders."
)


def refusal(path: Path, *, create: bool = True) -> str:
    """Return all that is said of a file that cannot be opened, behind its place."""
    with pytest.raises(ArchiveError) as refused:
        Archive.open(path, create=create)
    place, _, told = str(refused.value).partition(": ")
    assert place == str(path)
    return told


def test_a_file_from_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    Archive.open(path).close()
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    assert refusal(path) == (
        f"was written by a newer version of digest (shape 99, here {len(schema.MIGRATIONS)})."
        " Install the newer version, or move the file away and run `digest collect`."
    )


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_text("These are notes about gardens. " * 200)
    assert refusal(path) == DAMAGED
    assert path.read_text().startswith("These are notes")


def test_two_that_make_an_archive_at_once_make_it_once(tmp_path: Path) -> None:
    """One has read the shape before, and finds it changed when its turn comes."""
    path = tmp_path / "archive.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as first:
        first.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(1) as second:
            opened = second.submit(lambda: Archive.open(path).close())
            time.sleep(0.2)
            for statement in (statement for shape in schema.MIGRATIONS for statement in shape):
                first.execute(statement)
            first.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            first.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS)}")
            first.execute("COMMIT")
            opened.result()


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE bookmarks (url)")
    raw.close()
    assert refusal(path) == "is a database of another program. Move it away; a new one is made."


def test_a_missing_archive_is_made_only_when_asked(tmp_path: Path) -> None:
    told = refusal(tmp_path / "archive.db", create=False)
    assert told == "there is no archive yet. Run `digest collect` first."
    assert not (tmp_path / "archive.db").exists()


def test_a_folder_in_place_of_the_file_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "archive.db").mkdir()
    assert refusal(tmp_path / "archive.db") == (
        f"is in a place that cannot be written (unable to open database file). {ELSEWHERE}"
    )


def test_a_file_in_place_of_the_folder_is_said_so(tmp_path: Path) -> None:
    (tmp_path / ".digest").write_text("")
    assert refusal(tmp_path / ".digest" / "archive.db") == (
        f"its folder cannot be made (File exists). {ELSEWHERE}"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_said_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert "cannot be written" in refusal(tmp_path / "archive.db")
    finally:
        tmp_path.chmod(0o700)


def test_damage_inside_the_file_is_reported_where_it_is_met(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive.open(path) as archive:
        archive.store(
            "garden", [pair(f"p{n}", text="words " * 400) for n in range(50)], now=day(10)
        )
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 4)
        file.write(b"\xff" * (size // 2))
    with Archive.open(path) as archive, pytest.raises(ArchiveError, match="damaged") as refused:
        archive.posts()
    assert "run `digest collect`" in refused.value.hint


def test_text_where_bytes_were_kept_is_damage(tmp_path: Path) -> None:
    """One bit of a row's head tells SQLite which of the two it is."""
    path = tmp_path / "archive.db"
    with Archive.open(path) as archive:
        archive.store("garden", [pair("p", text="words")], now=day(10))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE documents SET edited = CAST(edited AS TEXT)")
        connection.commit()
    with Archive.open(path) as archive, pytest.raises(ArchiveError, match="damaged"):
        archive.posts()


@pytest.mark.parametrize(
    ("sound", "damaged"),
    [
        (b'"title":', b'"t\xf4tle":'),
        (b'"identity":', b'"idendity":'),
        (b'"first_seen_at":"2', b'"first_seen_at":"x'),
        (b"CREATE TABLE posts", b"CREATE T\xc4BLE posts"),
    ],
)
def test_a_flipped_bit_that_sqlite_does_not_notice_is_reported_as_damage(
    tmp_path: Path, sound: bytes, damaged: bytes
) -> None:
    path = tmp_path / "archive.db"
    with Archive.open(path) as archive:
        archive.store("garden", [pair("p", text="words")], now=day(10))
    data = path.read_bytes()
    assert sound in data
    path.write_bytes(data.replace(sound, damaged))
    with pytest.raises(ArchiveError, match="damaged") as refused, Archive.open(path) as archive:
        archive.posts()
    assert "run `digest collect`" in refused.value.hint


def test_an_archive_in_use_is_reported_when_patience_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from digest.archive import opening

    monkeypatch.setattr(opening, "_BUSY_SECONDS", 0.05)
    path = tmp_path / "archive.db"
    with Archive.open(path) as one, Archive.open(path) as other:
        one._connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="is in use"):
            other.store("garden", [pair("a")], now=day(10))
        assert other.count() == 0


# ---------------------------------------------------------------- processes that die

WRITER = """
import sys
from pathlib import Path
from digest.archive import Archive
from tests.archive.makers import pair
from tests.selection.makers import day

with Archive.open(Path(sys.argv[1])) as archive:
    print("ready", flush=True)
    for run in range(10_000):
        pairs = [pair(f"{sys.argv[2]}-{run}-{n}", tags=["bees"]) for n in range(10)]
        archive.store("garden", pairs, state={"run": f"{sys.argv[2]}-{run}"}, now=day(10))
"""


def test_a_writer_that_is_killed_leaves_whole_runs_only(tmp_path: Path) -> None:
    """Posts, their labels and the source's state agree, whenever the process died."""
    path = tmp_path / "archive.db"
    stored = 0
    for round_, patience_seconds in enumerate((0.0, 0.02, 0.05, 0.11, 0.17)):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(round_)],
            stdout=subprocess.PIPE, cwd=Path(__file__).parents[2],
        )  # fmt: skip
        assert writer.stdout
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(patience_seconds)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        with Archive.open(path) as archive:
            assert archive._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert archive._connection.execute("PRAGMA foreign_key_check").fetchall() == []
            count = archive.count()
            assert count % 10 == 0
            assert archive.tags() == ([("bees", count)] if count else [])
            if count > stored:
                last = archive.state("garden")["run"]
                assert archive.find(f"garden-{last}-9")
            stored = count
    assert stored > 0
