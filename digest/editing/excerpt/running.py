"""Runs the paragraphs of a text together, without what only stands between them.

Headings in bold, captions, addresses, and what leads to a list. It refuses to take anything out of
a sentence.
"""

from __future__ import annotations

from digest.editing.excerpt.sentences import ends_whole, sentence_ends
from digest.editing.excerpt.words import CJK, SEA
from digest.lazy import regex

_COLONS = (":", "：")
_HEADING = 40  # characters; a line that is no longer is no text
_LEAD = 11  # blanks in a sentence that says something by itself
_ADDRESS_BEHIND = regex(r"(?<=[:：])\s*https?://\S+\Z")  # "The recording: https://…"
_WIDE = regex(rf"[{CJK}{SEA}]")


def running_text(text: str, language: str | None) -> str:
    """Return paragraphs as one text.

    Headings in bold, and lines that lead to a list, are left out.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    kept: list[str] = []
    for at, line in enumerate(lines):
        line = _ADDRESS_BEHIND.sub("", line)
        if line.endswith(_COLONS):
            line = _announced(line, language, is_first=not kept)
        elif len(lines) > 1 and _is_heading(line) and not _goes_on(lines[at + 1 : at + 4]):
            line = ""
        kept += [line] if line else []
    if not kept:
        return " ".join(filter(_is_long, lines)) or " ".join(lines)
    said = " ".join(kept)
    return f"{said[:-1]}…" if said.endswith(_COLONS) else said


def _is_long(line: str) -> bool:
    return len(line) > _HEADING


def _announced(line: str, language: str | None, *, is_first: bool) -> str:
    """Return a paragraph without its last sentence, which only leads to what an excerpt lacks.

    One that the text begins with says what it is about, if it is long enough to say something.
    """
    ends = sentence_ends(line, language)
    if not ends and is_first and line.count(" ") >= _LEAD:
        return line
    return line[: ends[-1]] if ends else ""


def _is_heading(line: str) -> bool:
    # Wide scripts say in forty characters what takes others sixty.
    most = _HEADING if not line.isascii() and _WIDE.search(line) else 60
    is_short = len(line) <= most and line.count(" ") < 10
    return is_short and not ends_whole(line) and line[-1] not in "、，"


def _goes_on(below: list[str]) -> bool:
    """Tell whether a short line only begins a sentence, which the lines below go on and end."""
    for line in below:
        if not line[0].islower():
            break
        if ends_whole(line):
            return True
    return False
