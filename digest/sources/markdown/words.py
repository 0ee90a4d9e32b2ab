"""Reads a post's file: its text, what Markdown makes of it, and its title."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from digest.editing.body import plain_markdown, to_html
from digest.errors import SourceError
from digest.lazy import regex
from digest.models import Problem, key
from digest.sources.reading import plain, read_file, shown_path

MAX_BYTES = 2**20

_FEW_NULS = 10  # one in so many characters
_BEGUN = regex(r"\s*(?=---[ \t]*\r?\n)")
_END = regex(r"\n---[ \t]*(?:\r?\n|\Z)")
_NO_KEY = regex(r"(?m)^([\w-]+:)\u00a0")
_COMMENT = regex(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CODED = regex(r"&#(?:\d{1,6}|x[0-9a-f]{1,5});", re.IGNORECASE)
_HEADING = regex(r"<h([1-6])(?:\s[^<>]*)?>(.{0,500}?)</h\1>", re.IGNORECASE | re.DOTALL)


def text_of(path: Path) -> str:
    """Return what a file holds, its front matter on the first line.

    Raises:
        SourceError: if it cannot be read, is larger than 1 MB, or is no UTF-8; names the line.
    """
    data = read_file(path, MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SourceError(
            "larger than 1 MB",
            where=shown_path(path),
            hint="Split it, or move it out of the folder.",
        )
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as exc:
        line = data[: exc.start].count(b"\n") + 1
        raise SourceError(
            "no UTF-8 text", where=f"{shown_path(path)}:{line}", hint="Save it as UTF-8."
        ) from exc
    if data.count(0) * _FEW_NULS > len(data):  # UTF-16 without its mark can pass for UTF-8
        raise SourceError(
            "holds NUL characters, as UTF-16 and what is no text do",
            where=shown_path(path),
            hint="Save it as UTF-8.",
        )
    return _with_plain_head(text)


def _with_plain_head(text: str) -> str:
    """Return a text whose front matter begins on its first line, and has no blanks YAML refuses."""
    begun = _BEGUN.match(text)
    if not begun:
        return text
    text = text[begun.end() :]
    end = _END.search(text)
    head = text[: end.start()] if end else ""
    # a no-break space after the colon comes from copying, and makes the line no key for YAML
    if "\u00a0" not in head:
        return text
    return _NO_KEY.sub(r"\1 ", head) + text[len(head) :]


def rendered(text: str, where: str) -> str:
    """Return the HTML that Markdown makes, without marks that only its own generator knows.

    Raises:
        SourceError: if it is nested too deeply.
    """
    try:
        return to_html(plain_markdown(text))
    except RecursionError as exc:
        raise SourceError("nested too deeply", where=where) from exc


def titled(title: str, body: str, stem: str, problems: list[str | Problem]) -> tuple[str, str]:
    """Return title and body; a first heading that is the title does not stay in the body.

    In a title "&#8211;" is the sign it stands for, as exports of WordPress write it; other text is
    as it stands.
    """
    title = _CODED.sub(lambda found: unescape(found[0]), title)
    blanks = len(body) - len(body.lstrip())
    heading = _HEADING.match(body, blanks) if title else _HEADING.search(body)
    said = plain(heading[2]) if heading else ""
    if not title:
        words = re.sub(r"[-_\s]+", " ", stem).strip()
        title = said or words[:1].upper() + words[1:]
        origin = "first heading" if said else "file name"
        problems.append(f'has no title; "{title[:60]}" is taken from the {origin}')
    is_double = (
        heading
        and heading[1] == "1"
        and key(said) == key(title)
        and not body[: heading.start()].strip()
    )
    return title, body[heading.end() :].lstrip() if heading and is_double else body


def has_words(text: str) -> bool:
    """Tell whether Markdown or HTML holds anything but comments."""
    said = _COMMENT.sub("", text) if "<!--" in text else text
    return bool(said) and not said.isspace()
