"""Merge tags: what each mailing service puts in an email itself, and how a page is filled in.

A compiled `Page` knows no service. Filling it puts three kinds of value between its fixed segments:
text (escaped), HTML (made ASCII) and slots (a service's merge tag, byte for byte, or the
newsletter's own value). Text that the service would read as a merge tag is broken up so that it
still looks the same.

This room refuses to compile or to fetch anything: filling is pure, and works from `issue.json`
alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, TypeAlias

from digest.dialects import DIALECTS, NOBODY, Dialect, dialect, with_names
from digest.knowledge.directions import in_order
from digest.lazy import regex
from digest.models import Issue, Page, Slotted

__all__ = ["DIALECTS", "SLOTS", "Dialect", "clean", "dialect", "fill", "slot_values"]

# What a page may leave to the service, or to the newsletter where it has none.
SLOTS: Final = ("unsubscribe", "view_online", "first_name", "address")
"""Every slot a template may name."""

# The last two code points of each plane, which Unicode keeps from interchange (23.7).
_NONCHARACTERS = "".join(
    chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
_UNWANTED = regex(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]"
)
_ASCII_CONTROLS = bytes((*range(1, 9), 11, 12, *range(13, 32), 127))
_EDGES = frozenset(("given", "otherwise", "end"))
_NEWLINES = regex("\r\n?")
_BLANK_LINES = regex(r"\n{3,}")
_ADDRESS = regex(r"https?://\S+|mailto:\S+", re.IGNORECASE)
_ZERO_WIDTH_SPACE = "\u200b"


# ---------------------------------------------------------------- escaping


def clean(text: str) -> str:
    """Drop what no mail may hold: most control characters, lone surrogates, noncharacters."""
    if "\r" in text:
        text = _NEWLINES.sub("\n", text)
    # Nearly all texts are clean, which is told faster than it is made so.
    return text if _is_clean(text) and "\0" not in text else _UNWANTED.sub("", text)


def ascii_html(html: str) -> str:
    """Return HTML with every character beyond ASCII as a numeric entity."""
    return html if html.isascii() else html.encode("ascii", "xmlcharrefreplace").decode("ascii")


def escape(text: str) -> str:
    """Return text as ASCII HTML that is safe in content and in quoted attributes.

    >>> escape('1 < 2 & "é"')
    '1 &lt; 2 &amp; &#34;&#233;&#34;'
    """
    # Asked before each replacement: most texts hold none of these signs.
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if '"' in text:
        text = text.replace('"', "&#34;")
    if "'" in text:
        text = text.replace("'", "&#39;")
    return ascii_html(text)


@cache
def _trap(openers: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds the characters to break up: an opener's first, halves at the edges.

    The edges matter because two values may stand side by side in a template. Letters are meant in
    either case: phpList, for one, fills in "[Firstname]" as well.
    """
    whole = (f"{re.escape(o[0])}(?={re.escape(o[1:])})" for o in openers)
    # letters are left alone: an opener that has some begins with a sign, which is broken up
    heads = "".join({re.escape(c) for o in openers for c in o[:-1] if not c.isalnum()})
    tails = "".join({re.escape(c) for o in openers for c in o[1:] if not c.isalnum()})
    edges = (*([rf"[{heads}]\Z"] if heads else ()), *([rf"\A[{tails}]"] if tails else ()))
    return re.compile("|".join((*whole, *edges)), re.IGNORECASE)


def _as_entity(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"


def _as_percent(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"


def _with_zero_width(found: re.Match[str]) -> str:
    before = "" if found.start() else _ZERO_WIDTH_SPACE
    return f"{before}{found[0]}{_ZERO_WIDTH_SPACE}"


def neutralise(text: str, dialect: Dialect) -> str:
    r"""Break up, in plain text, what a service would read as a merge tag; addresses stay so.

    >>> neutralise("{{ name }}", DIALECTS["kit"]) == "\u200b{\u200b{ name }}"
    True
    >>> neutralise("https://example.org/{{a}}", DIALECTS["kit"])
    'https://example.org/%7B{a}}'
    """
    if not dialect.openers:
        return text
    trap = _trap(dialect.openers)
    if not trap.search(text):
        return text
    parts, end = [], 0
    # In an address a zero-width space would lead elsewhere; percent signs lead to the same page.
    for address in _ADDRESS.finditer(text):
        parts.append(trap.sub(_with_zero_width, text[end : address.start()]))
        parts.append(trap.sub(_as_percent, address[0]))
        end = address.end()
    parts.append(trap.sub(_with_zero_width, text[end:]))
    return "".join(parts)


def neutralise_html(html: str, dialect: Dialect) -> str:
    """Break up, in escaped text or HTML, what the service would read as a merge tag.

    >>> neutralise_html("{{ name }}", DIALECTS["kit"])
    '&#123;{ name }}'
    """
    return _trap(dialect.openers).sub(_as_entity, html) if dialect.openers else html


# ---------------------------------------------------------------- filling


def slot_values(dialect: Dialect, issue: Issue, kind: str = "html") -> dict[str, Slotted]:
    """Return what fills each slot: a merge tag ("slot") or the newsletter's own value ("text").

    `kind` is that of the page, "html" or "text". A slot that neither the service nor the
    newsletter can fill is an empty text.
    """
    newsletter = issue.newsletter
    own = {
        "unsubscribe": newsletter.unsubscribe,
        "view_online": issue.web_url,
        "address": newsletter.address,
    }
    tags = dialect.tags
    if kind == "text":
        tags = {**tags, **dialect.text_tags}
        own["address"] = in_order(newsletter.address, newsletter.direction)
    return {
        slot: Slotted(kind="slot", value=_tag(tags[slot], issue))
        if slot in tags
        else Slotted(kind="text", value=own.get(slot, ""))
        for slot in SLOTS
    }


def _name(fallback: str, kind: str, dialect: Dialect, issue: Issue, write: _Writer) -> str:
    """Return the service's tag for a reader's first name, or what one without a name is called."""
    own = fallback or issue.labels.get("reader", NOBODY)
    if "first_name" not in dialect.tags:
        return write(own, False)
    # Straight quotes would end the string that the tag keeps the name in.
    name = own.replace("'", "\u2019").replace('"', "\u201d")
    tag = dialect.tags["first_name"].replace(NOBODY, name)
    return ascii_html(tag) if kind == "html" else tag


def _tag(tag: str, issue: Issue) -> str:
    """Return a merge tag in the newsletter's language, where it speaks one."""
    if tag.startswith(_MAILJET):
        return f"{_MAILJET}{issue.newsletter.language.partition('-')[0].upper()}]]"
    name = issue.labels.get("reader", NOBODY).replace("'", "\u2019").replace('"', "\u201d")
    return tag.replace(NOBODY, name)


# Mailjet's page for leaving has an address for each language.
_MAILJET = "[[UNSUB_LINK_"


def fill(page: Page, dialect: Dialect, issue: Issue) -> str:
    """Return a page's text with every value in place, in the dialect of one service.

    HTML comes out as ASCII. Regions marked with `{% given slots.x %}` are kept or dropped here.
    """
    slots = slot_values(dialect, issue, page.kind)
    is_html = page.kind == "html"
    write = _html_writer(dialect) if is_html else _text_writer(dialect)
    texts = _texts(page, dialect, write, slots)
    parts = [""] * (2 * len(page.places) + 1)
    parts[0::2] = page.segments
    parts[1::2] = [texts[place] for place in page.places]
    # Emptied and not cut out, so that the numbers of all other parts stay.
    for start, end in _hidden(page, slots):
        parts[start:end] = [""] * (end - start)
    filled = with_names("".join(parts), lambda name: _name(name, page.kind, dialect, issue, write))
    if not is_html:
        return _tidied(filled)
    # What some services demand of every mail, such as a pixel or a line of theirs.
    return filled.replace("</body>", f"{dialect.required}</body>") if dialect.required else filled


# Write a value into a page; the second argument tells whether it is HTML.
_Writer: TypeAlias = Callable[[str, bool], str]


def _texts(page: Page, dialect: Dialect, write: _Writer, slots: Mapping[str, Slotted]) -> list[str]:
    """Return what each value is written as."""
    # a post's title and address stand on its page more than once
    contents = list({value.value: None for value in page.values if value.kind == "text"})
    if page.kind == "html":
        known = _many_escaped(contents, dialect, write)
    else:
        known = {content: write(content, False) for content in contents}
    return [
        known[value.value] if value.kind == "text" else _written(value, write, slots)
        for value in page.values
    ]


def _many_escaped(texts: Sequence[str], dialect: Dialect, write: _Writer) -> dict[str, str]:
    """Return texts with what they are written as: all at once, since few hold anything odd."""
    known: dict[str, str] = {}
    odd = set("".join(dialect.openers))
    for alike in (
        [text for text in texts if text.isascii()],
        [text for text in texts if not text.isascii()],
    ):
        # No value can hold a null character and stay clean, so it parts them surely.
        whole = "\0".join(alike)
        is_odd = (
            whole.count("\0") >= len(alike)
            or any(mark in whole for mark in odd)
            or not _is_clean(whole)
        )
        if is_odd:
            known.update((text, write(text, False)) for text in alike)
        else:
            known.update(zip(alike, escape(whole).split("\0"), strict=True))
    return known


def _is_clean(text: str) -> bool:
    """Tell whether a text, null characters apart, certainly has nothing that `clean` would drop."""
    if text.isascii():
        return len(text.encode().translate(None, _ASCII_CONTROLS)) == len(text)
    # `isprintable` refuses these, which are allowed.
    for space in "\0\n\xa0\u2003":
        text = text.replace(space, " ")
    return text.isprintable()


def _written(value: Slotted, write: _Writer, slots: Mapping[str, Slotted]) -> str:
    if value.kind == "html":
        return write(value.value, True)
    if value.kind != "slot":
        return ""
    own = slots[value.value]
    return own.value if own.kind == "slot" else write(own.value, False)


def _html_writer(dialect: Dialect) -> _Writer:
    trap = _trap(dialect.openers) if dialect.openers else None

    def write(text: str, is_html: bool) -> str:
        text = clean(text)
        is_trapped = trap is not None and trap.search(text) is not None
        if is_trapped and dialect.parses_html:
            text = neutralise(text, dialect)
        text = ascii_html(text) if is_html else escape(text)
        return text if not is_trapped or dialect.parses_html else neutralise_html(text, dialect)

    return write


def _text_writer(dialect: Dialect) -> _Writer:
    return lambda text, _: neutralise(clean(text), dialect)


def _hidden(page: Page, slots: Mapping[str, Slotted]) -> Iterator[tuple[int, int]]:
    """Yield what stands in a region that is not given, as spans of segments and values in turn.

    Every open region pushes whether it shows; a part shows when all regions around it do.
    """
    edges = {number: value for number, value in enumerate(page.values) if value.kind in _EDGES}
    open_regions: list[bool] = []
    start: int | None = None
    for at, number in [(at, number) for at, number in enumerate(page.places) if number in edges]:
        kind = edges[number].kind
        if kind == "given":
            open_regions.append(bool(slots[edges[number].value].value))
        elif kind == "otherwise":
            open_regions[-1] = not open_regions[-1]
        else:
            open_regions.pop()
        is_shown = all(open_regions)
        if is_shown and start is not None:
            yield start, 2 * at + 1
            start = None
        elif not is_shown and start is None:
            start = 2 * at + 2


def _tidied(text: str) -> str:
    """Close the gaps that dropped regions leave in a text page."""
    return _BLANK_LINES.sub("\n\n", text).strip("\n") + "\n"
