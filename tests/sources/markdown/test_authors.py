"""The names behind the ids under which posts name their authors."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.sources.base import SourceSettings
from digest.sources.markdown.source import MarkdownSource

TABLE = (
    "ada:\n  name: Ada Moss\n  title: Gardener\n  email: ada@a.example\nben:\n  name: Ben Reed\n"
)
OF_MKDOCS = "authors:\n  ada:\n    name: Ada Moss\n    avatar: x\n"


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def post(authors: str) -> str:
    return f"---\ntitle: Ferns\ndate: 2026-11-20\nauthors: {authors}\n---\nGreen.\n"


def source(folder: Path) -> MarkdownSource:
    settings = SourceSettings(
        name="garden", kind="markdown", path=folder, url="https://garden.example"
    )
    return MarkdownSource(settings)


@pytest.mark.parametrize(
    ("folder", "file", "table", "name"),
    [
        ("blog", "blog/authors.yml", TABLE, "blog/2026-11-20-ferns.md"),  # Docusaurus
        (".", "blog/authors.yml", TABLE, "blog/2026-11-20-ferns/index.mdx"),
        ("docs/blog/posts", "docs/blog/.authors.yml", OF_MKDOCS, "docs/blog/posts/ferns.md"),
        ("_posts", "_data/authors.yml", TABLE, "_posts/2026-11-20-ferns.md"),  # Jekyll
        ("content", "data/authors/ada.toml", 'name = "Ada Moss"', "content/posts/ferns.md"),
        ("content", "content/authors/ada/_index.md", "---\ntitle: Ada Moss\n---\n", "content/f.md"),
        ("src/content/blog", "src/content/authors/ada.json", '{"name": "Ada Moss"}',
         "src/content/blog/ferns.md"),
    ],
)  # fmt: skip
def test_an_id_gives_way_to_the_name_that_the_site_keeps(
    tmp_path: Path, folder: str, file: str, table: str, name: str
) -> None:
    """Beside the posts or above them, as a table or as a file for each; what is unknown stays."""
    write(tmp_path, {file: table, name: post("[ada, wren-7, Cy Lane]")})
    (item,) = source(tmp_path / folder).collect({}).items
    assert item.authors == ("Ada Moss", "wren-7", "Cy Lane")


def test_a_changed_name_is_read_anew(tmp_path: Path) -> None:
    """A post is read again when the table that named its author changes."""
    write(tmp_path, {"authors.yml": TABLE, "ferns.md": post("ada")})
    before = source(tmp_path).collect({})
    assert source(tmp_path).collect(before.state).unchanged == 1
    write(tmp_path, {"authors.yml": TABLE.replace("Ada Moss", "Ada Moss-Reed")})
    (item,) = source(tmp_path).collect(before.state).items
    assert item.authors == ("Ada Moss-Reed",)


@pytest.mark.parametrize("table", ["ada: [", "ada: ada@a.example", "- ada", "ada: {email: x}", ""])
def test_a_table_that_tells_no_name_changes_nothing(tmp_path: Path, table: str) -> None:
    write(tmp_path, {"authors.yml": table, "ferns.md": post("ada")})
    batch = source(tmp_path).collect({})
    assert (batch.items[0].authors, batch.problems) == (("ada",), ())
