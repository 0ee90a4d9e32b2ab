"""Outlook for Windows as the preview plays it: `word.txt` shows what Word keeps of styles and pages."""

from __future__ import annotations

from pathlib import Path

from digest.rendering.views.word import declarations, holds, word
from tests.golden import hold


def test_word_keeps_what_is_listed() -> None:
    hold(Path(__file__).with_name("word.txt"), _told)


def _told(name: str, said: str) -> str:
    lines = said.split("\n")
    if name == "conditions":
        return "\n".join(f"{line}: {'yes' if holds(line) else 'no'}" for line in lines)
    if name == "pages":
        return "\n".join(map(word, lines))
    return "\n".join(f"{line}\n  {declarations(line, name.rpartition(' ')[2])}" for line in lines)
