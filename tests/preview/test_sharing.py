"""What is taken along: a folder of plain pages, and pictures."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

from digest.preview.sharing import chromium
from digest.preview.sharing.pictures import PICTURES
from digest.preview.views import WAYS
from tests.conftest import Blog, Run
from tests.preview.browsing import CHROMIUM
from tests.preview.conftest import ISSUE


@pytest.fixture
def folder(garden: Blog, digest: Run, tmp_path: Path) -> Path:
    """Write the pages of the garden's issue."""
    answer = digest("--project", garden.root, "preview", ISSUE, "--static", tmp_path / "out")
    assert (answer.code, answer.out) == (0, f"{tmp_path / 'out' / 'index.html'}\n")
    return tmp_path / "out"


def test_the_folder_holds_views_findings_and_decisions(folder: Path) -> None:
    index = (folder / "index.html").read_text()
    for words in ("Learning by doing", "Counting the swifts", "<b>window</b>", "Together", "Check"):
        assert words in index
    for way in WAYS:
        assert (way.id == "last") != (folder / "views" / f"{way.id}.html").is_file()


def test_every_link_leads_to_a_file_of_the_folder(folder: Path) -> None:
    """And none to a server that is not there."""
    for page in (folder / "index.html", folder / "views/inbox.html", folder / "views/source.html"):
        html = re.sub(r'srcdoc="[^"]*"', "", page.read_text())
        for address in re.findall(r'(?:href|src)="([^"#]*)[^"]*"', html):
            assert not address or (page.parent / address).is_file(), address


def test_the_pages_run_nothing_and_change_nothing(folder: Path) -> None:
    """No script, no form; the email's own pages may load pictures and nothing else."""
    for page in folder.rglob("*.html"):
        html = page.read_text()
        assert not re.search(r"<script|\son\w+=|<form|<button", re.sub(r'srcdoc="[^"]*"', "", html))
    assert "default-src 'none'" in (folder / "views" / "word.html").read_text()


def test_the_same_issue_gives_the_same_pages(garden: Blog, digest: Run, folder: Path) -> None:
    """So that a pull request shows what changed."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    digest("--project", garden.root, "preview", ISSUE, "--static", folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.browser
def test_pictures_are_as_wide_as_their_names_say(garden: Blog, digest: Run, tmp_path: Path) -> None:
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    answer = digest("--project", garden.root, "preview", ISSUE, "--shot", tmp_path)
    assert answer.code == 0, answer.err
    assert {path.name for path in tmp_path.glob("*.png")} == {one.name for one in PICTURES}
    for one in PICTURES:
        data = (tmp_path / one.name).read_bytes()
        assert data.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", data[16:24])
        assert width == one.width
        assert height > 200
    light, dark = ((tmp_path / f"email-600-{c}.png").read_bytes() for c in ("light", "dark"))
    assert light != dark


def test_where_pipes_cannot_be_handed_on_the_way_out_is_told(
    garden: Blog,
    digest: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As on Windows, which has no fcntl either: nothing of it is needed until then."""
    assert "fcntl" not in vars(chromium)
    monkeypatch.setattr(chromium, "_HAS_PIPES", False)
    answer = digest("--project", garden.root, "preview", "--shot", tmp_path / "shots")
    assert answer.code == 1
    assert "on this system" in answer.err
    assert "--static DIR" in answer.err


def test_without_a_browser_the_way_out_is_told(
    garden: Blog,
    digest: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chromium, "NAMES", ("no-such-browser",))
    monkeypatch.delenv("CHROME", raising=False)
    answer = digest("--project", garden.root, "preview", "--shot", tmp_path)
    assert answer.code == 1
    assert "there is no Chromium or Chrome" in answer.err
    assert "CHROME=" in answer.err


def test_a_program_that_is_no_browser_is_named(
    garden: Blog,
    digest: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Instead of waiting for ever."""
    monkeypatch.setenv("CHROME", "/bin/true")
    answer = digest("--project", garden.root, "preview", "--shot", tmp_path)
    assert answer.code == 1
    assert "could take no picture" in answer.err
