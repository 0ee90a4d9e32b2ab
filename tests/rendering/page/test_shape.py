"""Shapes: compiled once, kept on disk, and never a reason to fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from digest.rendering import Renderer, dialect, fill
from digest.rendering.page import keeping
from tests.rendering.conftest import SHIPPED
from tests.rendering.issues import issue, plain_of, post

_BUILD = """
import sys
from pathlib import Path
from digest.rendering import Renderer, dialect, fill
from tests.rendering.issues import issue
made = issue()
rendered = Renderer([Path(sys.argv[1])], Path(sys.argv[2])).render(made)
for page in (rendered.email, rendered.web, rendered.text):
    fill(page, dialect("plain"), made)
print(*sorted({"premailer", "lxml", "cssutils", "mjml", "babel"} & set(sys.modules)))
"""


def html_of(renderer: Renderer, **changes: object) -> str:
    made = issue(**changes)
    return fill(renderer.render(made).email, dialect("plain"), made)


def test_other_words_in_the_same_blocks_compile_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    renderer = Renderer([SHIPPED])
    html_of(renderer)
    monkeypatch.setattr(keeping, "compiled", _refuse)
    page = html_of(
        renderer, subject="Other words", featured=post(0, title="A new title"), number=13
    )
    assert "A new title" in page


def _refuse(*_: object) -> None:
    raise AssertionError("a known shape was compiled again")


def test_a_shape_on_disk_serves_the_next_process_without_any_compiler(tmp_path: Path) -> None:
    told = []
    for _ in range(2):
        command = [sys.executable, "-c", _BUILD, str(SHIPPED), str(tmp_path)]
        run = subprocess.run(
            command, check=True, capture_output=True, text=True, cwd=SHIPPED.parent
        )
        told.append(run.stdout.strip())
    assert told == ["cssutils lxml mjml premailer", ""]


def test_pieces_that_came_with_the_templates_serve_the_first_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a wheel carries them: nothing is compiled, and nothing written beside them."""
    templates = tmp_path / "templates"
    shutil.copytree(SHIPPED, templates)
    first = html_of(Renderer([templates], templates / "compiled"))
    monkeypatch.setattr(keeping, "compiled", _refuse)
    monkeypatch.setattr(keeping, "_versions", lambda: "those of another machine")
    assert html_of(Renderer([templates], tmp_path / "own")) == first
    assert not (tmp_path / "own").exists()


def test_a_page_is_the_same_from_disk_and_compiled(tmp_path: Path) -> None:
    first = html_of(Renderer([SHIPPED], tmp_path))
    assert html_of(Renderer([SHIPPED], tmp_path)) == first
    assert html_of(Renderer([SHIPPED])) == first


@pytest.mark.parametrize("damage", [b"\xff{", b'{"made_by":1}'])
def test_a_damaged_file_is_compiled_again(tmp_path: Path, damage: bytes) -> None:
    first = html_of(Renderer([SHIPPED], tmp_path))
    for path in tmp_path.iterdir():
        path.write_bytes(damage)
    assert html_of(Renderer([SHIPPED], tmp_path)) == first


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    blocked = tmp_path / "shapes"
    blocked.write_text("a file, not a folder")
    assert html_of(Renderer([SHIPPED], blocked))


def test_the_folder_stays_within_its_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "FILES_LIMIT", 3)
    for age in range(8):
        path = tmp_path / f"{age}.json"
        path.write_text("{}")
        os.utime(path, (age, age))
    html_of(Renderer([SHIPPED], tmp_path))
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == 3
    assert "0.json" not in names


def test_a_theme_is_part_of_the_shape() -> None:
    renderer = Renderer([SHIPPED])
    assert "#123456" not in html_of(renderer)
    assert "#123456" in html_of(renderer, theme={"accent": "#123456"})


def test_ten_posts_have_one_shape_whatever_their_number_of_words() -> None:
    renderer = Renderer([SHIPPED])
    pages = [renderer.render(plain_of(10, subject="a" * n)).email.segments for n in (1, 500)]
    assert pages[0] == pages[1]
