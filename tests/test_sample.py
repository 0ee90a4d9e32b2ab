"""The sample issue that is committed: a record that any later version still makes, byte for byte."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import Run

ROOT = Path(__file__).parents[1]
SAMPLE = "2026-10-04-weekly"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Copy the sample project with its approved issue, but nothing else that was built there."""
    shutil.copy(ROOT / "digest.toml", tmp_path)
    shutil.copytree(ROOT / "examples" / "posts", tmp_path / "examples" / "posts")
    shutil.copytree(ROOT / "issues" / SAMPLE, tmp_path / "issues" / SAMPLE)
    return tmp_path


def test_it_is_made_again_from_its_record(sample: Path, digest: Run) -> None:
    answer = digest("--project", sample, "rebuild", SAMPLE, "--check")
    assert answer.code == 0, answer.err


def test_it_is_approved_and_stays_as_it_is(sample: Path, digest: Run) -> None:
    (issue,) = digest("--project", sample, "issues", "--json").json
    assert (issue["issue"], issue["state"], issue["posts"]) == (SAMPLE, "approved", 3)
    built = digest("--project", sample, "build", "weekly", "--date", "2026-10-04", "--json")
    assert built.json[0]["status"] == "sealed"


@pytest.mark.parametrize("page", ["email.html", "web.html"])
def test_every_picture_on_its_pages_lies_in_its_folder(page: str) -> None:
    folder = ROOT / "issues" / SAMPLE
    shown = re.findall(r'<img[^>]*\bsrc="([^"]+)"', (folder / page).read_text("utf-8"))
    assert len(shown) >= 3
    assert [address for address in shown if not (folder / address).is_file()] == []


def test_the_next_letter_follows_it(sample: Path, digest: Run) -> None:
    """What `make demo` builds: the second issue, with no post of the first."""
    answer = digest("--project", sample, "build", "weekly", "--date", "2026-10-11", "--json")
    (report,) = answer.json
    assert (report["number"], report["status"]) == (2, "built")
    assert not [url for url in report["posts"] if "lamp-committee" in url]
