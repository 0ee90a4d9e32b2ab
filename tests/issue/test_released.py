"""Issues that released versions wrote are read for ever: tests/data/issues/VERSION/.

A release adds a folder of its own here, and none is ever changed: `python -m tests.issue.test_released`
copies the sample issue into one.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import digest
from digest.workflow import records
from digest.workflow.project import Project
from digest.workflow.telling.differing import diff

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "issues"
RELEASED = sorted(path.parent for path in DATA.glob("*/*/issue.json"))


@pytest.fixture(params=RELEASED, ids=lambda path: f"{path.parent.name}/{path.name}")
def issue(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Project, Path]:
    """A project that holds one released issue and nothing else, and that issue's folder."""
    (tmp_path / "digest.toml").write_text('[newsletter]\nname = "The Letter"\n')
    folder = tmp_path / "issues" / request.param.name
    shutil.copytree(request.param, folder)
    return Project(tmp_path), folder


def test_this_version_has_an_issue_of_its_own() -> None:
    assert digest.__version__ in {path.parent.name for path in RELEASED}


def test_it_is_listed_and_explained(issue: tuple[Project, Path]) -> None:
    project, folder = issue
    (found,) = project.folders.all()
    recorded = json.loads((folder / "issue.json").read_bytes())["issue"]
    assert (found.id, found.number, found.subject) == (
        folder.name,
        recorded["number"],
        recorded["subject"],
    )
    assert project.folders.is_whole(project.folders.read(found.id))


def test_it_is_exported_and_compared(issue: tuple[Project, Path]) -> None:
    project, folder = issue
    assert "*|UNSUB|*" in records.export(project, folder.name, "mailchimp")
    assert diff(project, folder.name, folder.name) == ()


def test_its_pages_are_made_again_byte_for_byte(issue: tuple[Project, Path]) -> None:
    project, folder = issue
    _, files = records.rebuild(project, folder.name, check=True)
    assert set(files.values()) == {"same"}


if __name__ == "__main__":
    target = DATA / digest.__version__
    for sample in ROOT.glob("issues/2*"):
        if not (target / sample.name).exists():
            shutil.copytree(sample, target / sample.name)
