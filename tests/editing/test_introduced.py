"""How texts introduce themselves: `introduced.txt` shows who wrote a text, and its excerpt and note.

What stands before a text's own first words goes: who its author is, whose picture is above it,
where it comes from.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from digest.editing.excerpt.excerpt import make
from tests.golden import hold


def test_texts_begin_with_their_own_words() -> None:
    hold(Path(__file__).with_name("introduced.txt"), lambda _, said: _told(tomllib.loads(said)))


def _told(said: dict[str, Any]) -> str:
    is_manual = said.get("manual", False)
    made = make(
        said["text"] if is_manual else "",
        said["text"],
        is_manual=is_manual,
        titles=tuple(said.get("title", "Ferns").split("|")),
        authors=tuple(said["authors"]),
    )
    told = [made.text, *([f"note: {made.note}"] if made.note else [])]
    return "\n".join([*told, *(f"{f.rule}: {f.raw!r} -> {f.value!r}" for f in made.fixups)])
