"""What others wrote reaches the terminal as letters: it drives nothing and turns no line round."""

from __future__ import annotations

import json

import pytest

from digest.cli.session import print_table
from digest.cli.speaking import echo
from digest.knowledge.unseen import UNSEEN
from tests.conftest import Blog, Run

RAW = "\u202e \u2067 \x1b[31m \x9b31m \r \u2028"


def test_a_files_name_with_such_characters_is_shown_and_not_obeyed(digest: Run, blog: Blog) -> None:
    for name in ("a\u202edm.exe", "b\x1b[31mred", "c\u009b31mred"):
        (blog.root / "posts" / f"{name}.md").write_text("---\ntitle: [\n---\nx")
    answer = digest("--project", blog.root, "--verbose", "collect")
    assert not UNSEEN.search(answer.out + answer.err)
    for shown in (r"a\u202edm.exe.md", r"b\u001b[31mred.md", r"c\u009b31mred.md"):
        assert shown in answer.err


def test_a_line_stays_a_line_whatever_a_file_is_called(digest: Run, blog: Blog) -> None:
    (blog.root / "posts" / "a\nerror: b\tc.md").write_text("---\ntitle: [\n---\nx")
    told = digest("--project", blog.root, "collect").err
    assert r"a\nerror: b\tc.md" in told
    assert "\nerror:" not in told
    asked = digest("--project", blog.root, "check", "a\nb.eml")
    assert (asked.err.count("\n"), r"a\nb.eml" in asked.err) == (1, True)


def test_a_cell_of_a_table_stays_in_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["NAME", "N"], [["a\nb\tc", "1"]], wide={0: 1})
    assert capsys.readouterr().out.splitlines()[1:] == [r"a\nb\tc  1"]


def test_what_was_typed_is_quoted_in_an_error_in_the_same_way(digest: Run, blog: Blog) -> None:
    answer = digest("--project", blog.root, "posts", "--source", "blog\u202e\x1b[2J")
    assert not UNSEEN.search(answer.err)
    assert r'"blog\u202e\u001b[2J"' in answer.err


def test_a_table_shows_them_too(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["NAME", "N"], [["blog\u202egolb", "1"], ["b", "2"]], wide={0: 1})
    assert capsys.readouterr().out.splitlines()[1:] == [r"blog\u202egolb  1", "b" + " " * 15 + "2"]


def test_a_document_of_json_stays_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"where": f"C:\\{RAW}\\"}
    echo(json.dumps(value, ensure_ascii=False))
    said = capsys.readouterr().out
    assert not UNSEEN.search(said)
    assert json.loads(said) == value
