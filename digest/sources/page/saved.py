"""Saved pages as they lie on disk: which files are pages, and what text each one holds.

Understands what browsers write: HTML in any charset, a single-file archive (MHTML), and plain text.
It refuses what is no text at all, and never looks into the folders of pictures beside a page.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from pathlib import Path

from digest.errors import SourceError
from digest.fetching.answers import charset
from digest.models import Problem, Value
from digest.sources.reading import Folder, is_web, read_file

SUFFIXES = frozenset(
    {".html", ".htm", ".xhtml", ".shtml", ".mhtml", ".mht", ".txt", ".text", ".md", ".markdown"}
)
MAX_BYTES = 5 * 2**20
MAX_FILES = 500

_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|section|main|div|table|ul|ol|h[1-6]|p"
    r"|a\s+href)\b[^<>]{0,2000}>",
    re.I,
)
_MHTML = re.compile(
    rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,30}?content-type:\s*multipart/related", re.IGNORECASE
)
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(\S+)", re.IGNORECASE
)
_BINARY = re.compile(
    rb"%PDF|\x89PNG|\xff\xd8\xff|GIF8|PK\x03\x04|\x1f\x8b|bplist|\xd0\xcf\x11\xe0|RIFF|\{\\rtf"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Saved(Value):
    """Hold a page's text, and its address if the browser wrote that down."""

    text: str
    url: str = ""
    is_guessed: bool = False


def files(path: Path) -> tuple[list[Path], list[Problem]]:
    """Return a file, or the pages in a folder and below it, in the order of their names.

    With them comes what lies there and must not be read, such as links that lead out of the folder.

    Raises:
        SourceError: if there is no such file or folder, or it cannot be listed.
    """
    if path.is_file():
        return [path], []
    if not path.exists():
        raise SourceError(
            "no such file or folder", where=str(path), hint="Check the source's path."
        )
    pages = Folder(path, belongs=_is_page, enters=_may_hold_pages)
    found = list(pages.files())
    refused = [Problem(where=str(file), message=refusal) for file, refusal, _ in found if refusal]
    return [file for file, refusal, _ in found if not refusal], pages.problems + refused


def _is_page(name: str) -> bool:
    return Path(name).suffix.lower() in SUFFIXES and not name.startswith(".")


def _may_hold_pages(name: str) -> bool:
    return not name.startswith(".") and not _holds_parts(name)


def _holds_parts(name: str) -> bool:
    """Tell whether a browser keeps a page's pictures and scripts in a folder of this name."""
    return name.endswith(("_files", "-files", "_Dateien", ".files", "_fichiers", "_archivos"))


def stamp(path: Path) -> str:
    """Return what changes when a file does.

    Raises:
        SourceError: if the file cannot be looked at.
    """
    try:
        status = path.stat()
    except OSError as exc:
        raise SourceError(exc.strerror or str(exc), where=str(path)) from exc
    return f"{status.st_mtime_ns}:{status.st_size}"


def read(path: Path) -> Saved:
    """Return what a file holds.

    Raises:
        SourceError: if it cannot be read, is empty, is no text, or is larger than 5 MB.
    """
    return decoded(read_file(path, MAX_BYTES + 1), str(path))


def is_html(text: str) -> bool:
    """Tell a page's source from its text.

    >>> is_html("<p>Moss</p><p>Ferns</p>"), is_html("Moss <3 rain")
    (True, False)
    """
    found = _HTML.findall(text[:200_000])
    return len(found) >= 2 or any(tag[:5].lower() in ("<html", "<!doc") for tag in found)


def decoded(data: bytes, where: str, content_type: str = "") -> Saved:
    """Return the page that bytes hold.

    Raises:
        SourceError: if they are none: empty, no text, or larger than 5 MB.
    """
    if len(data) > MAX_BYTES:
        raise SourceError(f"the page is larger than {MAX_BYTES // 2**20} MB", where=where)
    if not data.strip():
        raise SourceError("the page is empty", where=where, hint="Save or copy it again.")
    if _MHTML.match(data):
        data, content_type, url = _unpacked(data, where)
    else:
        url = ""
    if _BINARY.match(data):
        raise _no_text(where)
    text, is_guessed = _decoded(data, content_type)
    if len(_CONTROL.findall(text[:50_000])) > len(text[:50_000]) // 50:
        raise _no_text(where)
    saved_from = _SAVED_FROM.search(text[:5_000])
    url = url or (saved_from[1] if saved_from else "")
    return Saved(text=_CONTROL.sub("", text), url=url if is_web(url) else "", is_guessed=is_guessed)


def _no_text(where: str) -> SourceError:
    hint = "Save the page as HTML, or copy its text into a .txt file."
    return SourceError("this is neither a web page nor text", where=where, hint=hint)


def _decoded(data: bytes, content_type: str) -> tuple[str, bool]:
    """Return bytes as text, and whether most of its foreign letters are a guess."""
    name = charset(content_type, data)
    try:
        return data.decode(name), False
    except (LookupError, UnicodeError, ValueError):
        is_wide = name.startswith(
            ("utf-16", "utf16")
        )  # else it is none, broken, or a charset nobody knows
        text = data.decode("utf-16" if is_wide else "utf-8", "replace")
    # nothing was declared, or wrongly: text from Windows' own programs breaks everywhere, a slip
    # but once
    wide = sum(1 for character in text if character >= "\x80")
    is_broken = 2 * text.count("\ufffd") > wide
    return (data.decode("cp1252", "replace") if is_broken else text), is_broken


def _unpacked(data: bytes, where: str) -> tuple[bytes, str, str]:
    """Return the page inside a single-file archive, its content type and address."""
    try:
        archive = message_from_bytes(data)
        page = next(
            (part for part in archive.walk() if part.get_content_type() == "text/html"), None
        )
        content = page.get_payload(decode=True) if page else None
    except (MessageError, ValueError, LookupError, AssertionError, TypeError) as exc:
        raise SourceError(
            "this web archive cannot be read", where=where, hint="Save as HTML."
        ) from exc
    if page is None or not isinstance(content, bytes) or not content.strip():
        raise SourceError(
            "this web archive holds no page", where=where, hint="Save as HTML instead."
        )
    return content, str(page.get("content-type", "")), _location(archive, page)


def _location(archive: Message, page: Message) -> str:
    return str(
        archive.get("snapshot-content-location") or page.get("content-location") or ""
    ).strip()
