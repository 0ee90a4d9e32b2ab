"""Files of a project's own templates that nothing reads are told, with what was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.rendering import Renderer
from tests.rendering.conftest import SHIPPED


def told(root: Path, *files: str, used: tuple[str, ...] = ("weekly",), text: str = "") -> list[str]:
    """Return what is told of a project with these files, as "PATH > WHAT WAS MEANT"."""
    for name in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    found = Renderer([root / "templates", SHIPPED]).unread(used)
    return [f"{each.path} > {each.meant}" for each in found]


@pytest.mark.parametrize(
    ("file", "meant"),
    [
        ("templates/weekly/issues.mjml.j2", "templates/weekly/issue.mjml.j2"),
        ("templates/weekly/issue.mjml", "templates/weekly/issue.mjml.j2"),
        ("templates/weekly/themes.toml", "templates/weekly/theme.toml"),
        ("templates/weekly/labels.toml", "templates/labels.toml"),
        ("templates/weekly/footer.mjml.j2", "templates/weekly/partials/footer.mjml.j2"),
        ("templates/weekly/partial/footer.mjml.j2", "templates/weekly/partials/footer.mjml.j2"),
        ("templates/weekly/partials/footer.mjml", "templates/weekly/partials/footer.mjml.j2"),
        ("templates/partials/buton.mjml.j2", "templates/partials/button.mjml.j2"),
        ("templates/partials/featured.mjml.j2", "templates/weekly/partials/featured.mjml.j2"),
        ("templates/themes/sea.tml", "templates/themes/sea.toml"),
        ("templates/theme/sea.toml", "templates/themes/sea.toml"),
        ("templates/label.toml", "templates/labels.toml"),
        ("templates/weekly/partials/colophon.mjml.j2", ""),
    ],
)
def test_a_file_under_a_wrong_name_or_in_a_wrong_folder_is_told(
    tmp_path: Path, file: str, meant: str
) -> None:
    assert told(tmp_path, file) == [f"{file} > {meant}"]


def test_a_folder_beside_the_one_that_is_read_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, "template/weekly/issue.mjml.j2") == ["template/ > templates/"]
    assert "weekly/ > templates/weekly/" in told(tmp_path, "weekly/issue.mjml.j2")


def test_a_template_that_no_edition_uses_is_told_if_its_name_is_nearly_a_used_one(
    tmp_path: Path,
) -> None:
    files = ("templates/Weekly/issue.mjml.j2", "templates/weekly-2/issue.mjml.j2")
    assert told(tmp_path, *files) == ["templates/Weekly/ > templates/weekly/"]


@pytest.mark.parametrize(
    "file",
    [
        *("templates/weekly/issue.mjml.j2", "templates/weekly/issue.txt.j2"),
        *("templates/weekly/partials/footer.mjml.j2", "templates/partials/footer.mjml.j2"),
        *("templates/labels.toml", "templates/themes/sea.toml", "templates/weekly/theme.toml"),
        *("templates/weekly/logo.png", "templates/README.md", "templates/.weekly.mjml.j2.swp"),
        "templates/weekly/partials/footer.mjml.j2.bak",
    ],
)
def test_what_is_read_and_what_is_no_template_is_left_alone(tmp_path: Path, file: str) -> None:
    assert told(tmp_path, file) == []


@pytest.mark.parametrize("name", ['"partials/aside.mjml.j2"', '"partials/" ~ kind ~ ".mjml.j2"'])
def test_what_a_template_includes_or_may_include_is_read(tmp_path: Path, name: str) -> None:
    told(tmp_path, "templates/weekly/issue.mjml.j2", text=f"{{% include {name} %}}")
    assert told(tmp_path, "templates/weekly/partials/aside.mjml.j2") == []


def test_a_key_of_a_theme_that_no_template_prints_is_told(tmp_path: Path) -> None:
    theme = 'base = "paper"\n[colours]\nacent = "#224466"\nlink = "#224466"\n'
    told(tmp_path, "templates/weekly/partials/footer.mjml.j2", text="{{ theme.link }}")
    assert told(tmp_path, "templates/weekly/theme.toml", text=theme) == [
        "templates/weekly/theme.toml acent > accent"
    ]
