"""Finds in the head of editor.md what YAML reads otherwise than whoever wrote it meant.

A quote that is never closed swallows the lines below, and a `#` after a blank cuts a text short:
both are valid YAML, and both would be published without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.errors import EditorError
from digest.issue.introduction import names_the_reader, without_code
from digest.lazy import regex

_LINE = regex(
    r"(?P<indent>[ ]*(?:-[ ]+)*)"
    r"(?:(?P<key>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s#\"'\[{][^\n]*?):(?:[ ]+|$))?"
    r"(?P<value>.*)"
)
_CLOSED = regex(r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')[ ]*(?:#.*|[,:\]}].*)?")
_COMMENT = regex(r"[ ]#")
_BLOCK = regex(r"[|>][+-]?\d?[ ]*(?:#.*)?")
_WORDS = ("held",)  # keys whose values are words of ours, behind which a comment may stand


def refuse_pitfalls(head: str, where: str, first_line: int) -> None:
    """Refuse a quote that is not closed on its line, and a text that a comment sign cuts.

    Raises:
        EditorError: if there is one; `where` is `file:line`.
    """
    for number, key, value in _values(head):
        place = f"{where}:{first_line + number}"
        if value[:1] in ('"', "'") and not _CLOSED.fullmatch(value):
            raise EditorError(
                f"{_named(key)}the quote is not closed, or text follows it",
                where=place,
                hint=f"Put a {value[0]} at the end of the text, and write "
                + ('\\"' if value[0] == '"' else "''")
                + " for one inside it.",
            )
        if key and _ANCHORED.match(value) and not _is_above_more(head, number):
            raise EditorError(
                f'{_named(key)}the text would be cut behind "{value.split()[0]}"',
                where=place,
                hint="Put quotes around a text that begins with &.",
            )
        if names_the_reader(value):
            raise EditorError(
                f"{_named(key)}only the introduction can name the reader",
                where=place,
                hint="Write {{ first_name }} below the second line of dashes, or leave it out.",
            )
        is_plain = bool(key) and value[:1] not in ("", '"', "'", "[", "{", "#", "&", "*", "!")
        cut = _COMMENT.search(value) if is_plain and key not in _WORDS else None
        if cut:
            raise EditorError(
                f'{_named(key)}the text would be cut before "{value[cut.start() + 1 :]}"',
                where=place,
                hint="Put quotes around the whole text; a comment has a line of its own.",
            )


_ANCHORED = regex(r"&\S*(?:[ ]+(?![\[{|>])|$)")
_ANCHOR_ALONE = regex(r"&\S+(?:[ ]+#.*)?")
_FENCE = regex(r"^ {0,3}(`{3,}|~{3,})([^\n]*)$", re.M)
_COMMENTS = regex(r"<!--(?!.*?-->)", re.S)


def unended(markdown: str) -> tuple[str, int] | None:
    """Return what swallows the rest of an introduction, and where it begins, or None.

    >>> unended("Hello <!-- a note")
    ('the comment "<!--" is not closed', 6)
    """
    opened: tuple[str, int] | None = None
    for found in _FENCE.finditer(markdown):
        signs, rest = found[1], found[2].strip()
        if opened is None:
            opened = (signs, found.start())
        elif signs.startswith(opened[0]) and not rest:
            opened = None
    if opened:
        return f'the code that "{opened[0]}" begins is not closed', opened[1]
    comment = _COMMENTS.search(without_code(markdown))
    return ('the comment "<!--" is not closed', comment.start()) if comment else None


def _named(key: str) -> str:
    return f"{key}: " if key else ""


def _is_above_more(head: str, number: int) -> bool:
    """Tell whether a line ends on an anchor, and what that names is a list or a table below it."""
    own, *rest = (line.rstrip() for line in head.split("\n")[number:])
    named = _LINE.fullmatch(own)
    below = next((line for line in rest if line and not line.lstrip().startswith("#")), "")
    found = _LINE.fullmatch(below)
    if not (named and found and _ANCHOR_ALONE.fullmatch(named["value"])):
        return False
    column, indent = len(named["indent"]), len(below) - len(below.lstrip())
    # A list may begin right below its key, a table has to stand further in.
    return indent >= column if "-" in found["indent"] else indent > column and bool(found["key"])


def _values(head: str) -> Iterator[tuple[int, str, str]]:
    """Yield each line that is no comment with its key and value, block texts apart."""
    block: int | None = None  # the indent of the key whose text stands below it
    for number, line in enumerate(head.split("\n")):
        stripped = line.strip()
        if not stripped:
            continue
        indent = len(line) - len(line.lstrip(" "))
        if block is not None and indent > block:
            continue
        block = None
        if stripped.startswith("#"):
            continue
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            continue
        if _BLOCK.fullmatch(found["value"]):
            block = indent
            continue
        yield number, (found["key"] or "").strip("\"'"), found["value"]
