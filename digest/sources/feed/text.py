"""Turns a feed's bytes into XML that a strict parser can read.

Feeds in the wild have the wrong charset, blank lines above the declaration, control characters from
word processors, HTML's entities, or end in the middle. All of that is mended here, before any
parser sees it. Document types are dropped whole: what a feed needs is not in them, and what attacks
a parser is.
"""

from __future__ import annotations

import codecs
import html.entities
import re
from typing import NamedTuple

from digest.sources.reading import AROUND, feed_begins

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})""")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._-]{1,40})", re.IGNORECASE)
_HEAD = re.compile(r"[\s\ufeff]+|<\?(?:[^?]|\?(?!>))*+\?>|<!--(?:[^-]|-(?!->))*+-->")
_DOCTYPE = re.compile(
    r"""<!DOCTYPE[^\[>]*+(?:\[(?:"[^"]*"|'[^']*'|<!--(?:[^-]|-(?!->))*+-->|[^\]"'])*+\]\s*)?>""",
    re.IGNORECASE,
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(
    r"<!\[CDATA\[(?:[^\]]|\](?!\]>))*+(?:\]\]>)?|&(?:#(\d{1,8}|[xX][0-9A-Fa-f]{1,7});|(\w{1,32});)?"
)
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_NAMES = {
    name.rstrip(";"): value for name, value in html.entities.html5.items() if name.endswith(";")
}
_HIGH_ROW = re.compile(rb"[\x80-\xff]{3,}")
_GUESSED = "the feed does not say in which charset it is; its letters may be wrong"
_FEEDS = frozenset({"rss", "feed", "rdf"})
_UNWRAPPED = frozenset({"entry", "channel"})
_ENDS = {"rss": "</channel></rss>", "feed": "</feed>"}


class FeedText(NamedTuple):
    """Hold a feed as text, its root's local name in lower case, and what is wrong with it."""

    text: str
    root: str
    problems: tuple[str, ...] = ()


def read_text(data: bytes, content_type: str = "") -> FeedText:
    """Return bytes as XML text that begins with its root element, mended where it was broken.

    `root` is empty if there is no element at all. Nothing in here fails, whatever the bytes.
    """
    text, problems = _decoded(data, content_type)
    text, is_amid_junk = _from_its_start(_without_head(_CONTROL.sub(" ", text)))
    problems += [AROUND] if is_amid_junk else []
    root = _ROOT.match(text)
    name = root[1].lower() if root else ""
    if name in _UNWRAPPED:
        text, name = _wrapped(text, name)
        root = _ROOT.match(text)
    if root and name != "html":
        text = _REFERENCE.sub(_sound_reference, text)
        text, cut = _closed(text, root[0][1:])
        problems += cut
    return FeedText(text, name, tuple(problems))


def _from_its_start(text: str) -> tuple[str, bool]:
    """Return a text from where a feed begins in it, and whether something stood before that."""
    root = _ROOT.match(text)
    if root and root[1].lower() in (*_FEEDS, *_UNWRAPPED, "html"):
        return text, False
    start = feed_begins(text)
    return (_without_head(text[start:]), True) if start >= 0 else (text, False)


def _wrapped(text: str, root: str) -> tuple[str, str]:
    """Return a feed of a rare form as one of a form that parsers know, with its root's name."""
    if root == "entry":  # Atom allows a document of one entry alone (RFC 4287, section 2)
        return f'<feed xmlns="http://www.w3.org/2005/Atom">{text}</feed>', "feed"
    body = re.sub(r"\A<Channel\b[^>]*>|</?items\b[^>]*>|</Channel\s*>", "", text)
    return f'<rss version="2.0"><channel>{body}</channel></rss>', "rss"


def _decoded(data: bytes, content_type: str) -> tuple[str, list[str]]:
    """Decode by BOM, then as UTF-8 if it is that, then as declared, else as Windows-1252.

    Text that is no UTF-8 hardly ever looks like it, so UTF-8 comes before a declaration: those err
    more.
    """
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return data.decode(codec, "replace").removeprefix("\ufeff"), []
    declared = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8))
    names = [found[1] for found in (_CHARSET.search(content_type),) if found]
    names += [declared[1].decode()] if declared else []
    seven_bit = [name for name in names if name.lower().startswith(("iso-2022", "hz"))]
    for codec in (*seven_bit, "utf-8-sig", *names, "windows-1252"):
        try:
            if codec.lower().replace("_", "-") not in ("utf-16", "utf-32", "utf-7"):
                text = data.decode(codec)
                return text, [_GUESSED] if codec == "windows-1252" and _is_foreign(data) else []
        except (ValueError, LookupError):
            continue
    return data.decode("utf-8-sig", "replace"), [
        "some letters are in no known charset and are lost"
    ]


def _is_foreign(data: bytes) -> bool:
    """Tell whether letters beyond ASCII stand in rows, as in Russian, not singly, as in French."""
    rows = _HIGH_ROW.findall(data)
    in_rows = sum(map(len, rows))
    return in_rows >= 8 and 2 * in_rows > sum(byte > 0x7F for byte in data)


def _without_head(text: str) -> str:
    position = 0
    while found := _HEAD.match(text, position) or _DOCTYPE.match(text, position):
        position = found.end()
    return text[position:]


def _sound_reference(found: re.Match[str]) -> str:
    """Return a reference that XML knows; a lone ampersand means itself."""
    whole, number, name = found[0], found[1], found[2]
    if whole.startswith("<") or name in _XML_NAMES:
        return whole
    if number:
        code = int(number[1:], 16) if number[0] in "xX" else int(number)
        is_letter = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE
        return whole if is_letter or 0x10000 <= code < 0x110000 else " "
    if name and name in _NAMES:
        return "".join(f"&#{ord(letter)};" for letter in _NAMES[name])
    return "&amp;" + whole[1:]


def _closed(text: str, root: str) -> tuple[str, list[str]]:
    """Close a feed that ends in the middle after its last whole post."""
    end_tag = text.rfind(f"</{root}")
    if end_tag >= 0:
        return f"{text[:end_tag]}</{root}>", []  # some servers write warnings below the feed
    if text.count("<") == 1:
        return text, []
    *_, whole = [None, *re.finditer(r"</(?:[\w.-]+:)?(?:item|entry)\s*>", text)]
    lost = "the feed ends in the middle; what follows its last whole post is lost"
    if whole is None:
        return text, [lost]
    end = _ENDS.get(root.lower(), f"</{root}>")
    return text[: whole.end()] + end, [lost]
