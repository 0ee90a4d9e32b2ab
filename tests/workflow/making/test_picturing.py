"""Pictures that no site publishes travel with the issue, and its pages show them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.preview.live import read
from digest.preview.views.copying import framed, with_pictures
from digest.workflow.project import Project
from tests.conftest import Run

ROOT = Path(__file__).parents[3]
PICTURE = ROOT / "examples" / "posts" / "pictures" / "kettle.png"
LETTER = "2026-10-08-weekly"
SETTINGS = """\
[newsletter]
name = "Pond notes"
url = "https://ponds.example"
{archive}
[[source]]
name = "pond"
kind = "markdown"
path = "site"
url = "https://ponds.example"
pictures = "{pictures}"
[edition.weekly]
"""
POST = """\
---
title: {title}
date: 2026-10-0{day}
image: {image}
---
Frogs again, and a good many of them, all in the shallow end by the reeds this week.
"""


@pytest.fixture
def pond(tmp_path: Path) -> Callable[..., Path]:
    """Return a maker of projects whose posts show pictures beside them, above them and elsewhere."""

    def make(pictures: str = "copied", archive: str = "") -> Path:
        site = tmp_path / "site"
        (site / "pictures").mkdir(parents=True)
        (site / "frogs").mkdir()
        shutil.copy(PICTURE, site / "pictures" / "pond.png")
        shutil.copy(PICTURE.with_name("two-chairs.png"), site / "frogs" / "frog.png")
        images = {
            "frogs/index": "frog.png",
            "above": "/pictures/pond.png",
            "elsewhere": "https://other.example/pictures/pond.png",
            "missing": "/pictures/none.png",
        }
        for day, (name, image) in enumerate(images.items(), start=4):
            title = name.partition("/")[0].title()
            (site / f"{name}.md").write_text(POST.format(title=title, day=day, image=image))
        settings = SETTINGS.format(pictures=pictures, archive=archive)
        (tmp_path / "digest.toml").write_text(settings)
        return tmp_path

    return make


def built(root: Path, digest: Run) -> Path:
    answer = digest("--project", root, "build", "--date", "2026-10-08")
    assert answer.code == 0, answer.err
    return root / "issues" / LETTER


def test_an_issue_carries_the_pictures_that_its_pages_name(
    pond: Callable[..., Path], digest: Run
) -> None:
    issue = built(pond(), digest)
    carried = sorted(path.name for path in (issue / "pictures").iterdir())
    assert [name.rpartition("-")[0] for name in carried] == ["frog", "pond"]
    for page in ("email.html", "web.html"):
        html = (issue / page).read_text()
        assert all(f'"pictures/{name}"' in html for name in carried)
        assert "https://other.example/pictures/pond.png" in html
        assert "https://ponds.example/pictures/none.png" in html


def test_with_a_published_archive_they_are_shown_from_there(
    pond: Callable[..., Path], digest: Run
) -> None:
    issue = built(pond(archive='archive = "https://ponds.example/letters/"'), digest)
    (carried,) = (issue / "pictures").glob("pond-*.png")
    address = f"https://ponds.example/letters/{LETTER}/pictures/{carried.name}"
    assert address in (issue / "email.html").read_text()


def test_a_site_that_publishes_its_pictures_is_left_alone(
    pond: Callable[..., Path], digest: Run
) -> None:
    issue = built(pond("published"), digest)
    assert not (issue / "pictures").exists()
    assert "https://ponds.example/pictures/pond.png" in (issue / "email.html").read_text()


def test_a_picture_that_is_drawn_anew_takes_the_old_one_s_place(
    pond: Callable[..., Path], digest: Run
) -> None:
    root = pond()
    issue = built(root, digest)
    before = {path.name for path in (issue / "pictures").glob("pond-*")}
    shutil.copy(PICTURE.with_name("long-aisle.png"), root / "site" / "pictures" / "pond.png")
    built(root, digest)
    after = {path.name for path in (issue / "pictures").glob("pond-*")}
    assert len(before) == len(after) == 1
    assert before != after


def test_a_picture_deleted_from_a_draft_comes_back_with_the_next_build(
    pond: Callable[..., Path], digest: Run
) -> None:
    root = pond()
    issue = built(root, digest)
    (carried,) = (issue / "pictures").glob("pond-*.png")
    carried.unlink()
    built(root, digest)
    assert carried.read_bytes() == PICTURE.read_bytes()


def test_the_preview_shows_them_within_its_sandbox(pond: Callable[..., Path], digest: Run) -> None:
    root = pond()
    built(root, digest)
    shown = read(Project(root).folders, LETTER)
    page = framed(with_pictures(shown.outputs["email.html"], shown.pictures)).decode()
    assert page.count('"data:image/png;base64,') >= 2
    assert '"pictures/' not in page


def test_another_word_for_it_is_refused(pond: Callable[..., Path], digest: Run) -> None:
    answer = digest("--project", pond("beside"), "build", "--date", "2026-10-08")
    assert "published or copied" in answer.err
