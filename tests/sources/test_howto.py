"""The page about a source of one's own holds code that runs."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

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
