"""Drawings in VML, which Outlook for Windows shows in place of pictures and buttons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.checking.case import Case
from digest.checking.rule import Fault, Rule
from digest.lazy import regex

_VML: Final = regex(r"<v:(rect|roundrect|oval|shape|image|fill)\b([^>]*)>", re.IGNORECASE)
_VML_ALT: Final = regex(r"\balt\s*=", re.IGNORECASE)
_VML_SRC: Final = regex(r"\bsrc\s*=", re.IGNORECASE)
_VML_HREF: Final = regex(r"""\bhref\s*=\s*["']?([^"'>]*)""", re.IGNORECASE)


def vml_alt(case: Case) -> Iterator[Fault]:
    """Give a drawing for Outlook an alt text, too.

    VML in a conditional comment is what Outlook's readers get in place of the picture.
    """
    for start, name, rest in _drawings(case):
        is_picture = name in ("image", "fill") and _VML_SRC.search(rest)
        if name == "image" and is_picture and not _VML_ALT.search(rest):
            yield Fault(message="<v:image> has no alt", fix="Say what it shows", at=start)


def vml_link(case: Case) -> Iterator[Fault]:
    """Let a button that is drawn for Outlook lead somewhere.

    A `<v:roundrect>` without `href` looks like a button and does nothing (W3C, Vector Markup
    Language).
    """
    for start, name, rest in _drawings(case):
        href = _VML_HREF.search(rest)
        if name == "roundrect" and (href is None or not href[1].strip() or href[1].strip() == "#"):
            yield Fault(
                message="<v:roundrect> leads nowhere", fix="Give it the button's href", at=start
            )


def _drawings(case: Case) -> Iterator[tuple[int, str, str]]:
    for comment in case.page.comments:
        if "<v:" in comment.body.lower():
            for found in _VML.finditer(comment.body):
                yield comment.start + found.start(), found[1].lower(), found[2]


FAMILY: Final = "pictures"
RULES: Final = (
    Rule("VML-ALT", FAMILY, "warning", vml_alt),
    Rule("VML-LINK", FAMILY, "warning", vml_link),
)
