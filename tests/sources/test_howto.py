"""The page about a source of one's own holds code that runs."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from digest.config import parse
from digest.errors import ConfigError
from digest.fetching import Fetcher
from digest.sources import registry
from digest.sources.base import SourceSettings

PAGE = Path(__file__).resolve().parents[2] / "docs" / "howto" / "source.md"


def test_the_source_of_the_page_reads_posts_and_names_what_is_broken(tmp_path: Path) -> None:
    found = re.search(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    assert found
    assert len(found[1].strip().splitlines()) <= 32
    rooms: dict[str, Any] = {}
    exec(compile(found[1], str(PAGE), "exec"), rooms)
    file = tmp_path / "posts.tsv"
    file.write_text("2026-11-22T08:00:00Z\tFerns\thttps://garden.example/ferns/\nsoon\tMoss\tx\n")
    settings = SourceSettings(name="garden", kind="lines", path=file)
    batch = rooms["LinesSource"](settings).collect({})
    (post,) = batch.items
    assert (post.title, post.published_at) == ("Ferns", datetime(2026, 11, 22, 8, tzinfo=UTC))
    assert [problem.where for problem in batch.problems] == [f"{file}:2"]


def test_a_package_that_does_as_the_page_says_is_a_kind_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Installed as its entry point says, it is configured, read and suggested like ours."""
    page = PAGE.read_text(encoding="utf-8")
    code, table = (
        re.findall(rf"^```{language}\n(.*?)^```", page, re.M | re.S)[0]
        for language in ("python", "toml")
    )
    points = tomllib.loads(table)["project"]["entry-points"]["digest.sources"]
    site = tmp_path / "site"
    info = site / "my_package-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "my_package.py").write_text(code)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: my-package\nVersion: 1.0\n")
    said = "".join(f"{name} = {place}\n" for name, place in points.items())
    (info / "entry_points.txt").write_text(f"[digest.sources]\n{said}")
    monkeypatch.syspath_prepend(site)

    (tmp_path / "posts.tsv").write_text("2026-11-22\tFerns\thttps://garden.example/ferns/\n")
    text = """
    [newsletter]
    name = "Garden"
    [[source]]
    name = "garden"
    kind = "lines"
    path = "posts.tsv"
    [edition.weekly]
    """
    (given,) = parse(text, tmp_path).sources
    settings = SourceSettings(name=given.name, kind=given.kind, path=given.path)
    with Fetcher() as fetcher:
        assert len(registry.create(settings, fetcher).collect({}).items) == 1
    with pytest.raises(ConfigError, match=r"Known: .*\blines\b"):
        parse(text.replace('"lines"', '"unheard-of"'), tmp_path)
