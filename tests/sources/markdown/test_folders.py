"""Folders of posts, and every field of what is read of them: `folders.txt` shows both.

A line "@@ name" begins a file. Times without a zone are of Copenhagen.
"""

from __future__ import annotations

import re
from pathlib import Path

from digest.sources.base import SourceSettings
from digest.sources.markdown.source import MarkdownSource
from tests.golden import hold
from tests.sources.test_feed_listing import fields


def test_folders_give_what_is_listed(tmp_path: Path) -> None:
    def told(name: str, said: str) -> str:
        folder = tmp_path / re.sub(r"\W+", "-", name)
        for file in re.split(r"^@@ ", said, flags=re.MULTILINE)[1:]:
            inner, _, text = file.partition("\n")
            path = folder / inner
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        batch = MarkdownSource(
            SourceSettings(
                name="garden",
                kind="markdown",
                path=folder,
                url="https://garden.example/blog",
                timezone="Europe/Copenhagen",
            )
        ).collect({})
        lines = [line for item in batch.items for line in fields(item)]
        lines += [f"{each.where}: {each.message}" for each in batch.problems]
        lines.append(f"left out: {batch.skipped}; there: {', '.join(sorted(batch.present or ()))}")
        return "\n".join(lines).replace(f"{folder}/", "")

    hold(Path(__file__).with_name("folders.txt"), told)
