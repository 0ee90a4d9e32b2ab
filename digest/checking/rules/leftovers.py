"""What does not belong into a mail: leftovers of Word, what runs, and elements that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.checking.case import Case, shortened
from digest.checking.facts import elements
from digest.checking.parsing import Node, fold
from digest.checking.rule import Fault, Rule
from digest.lazy import regex

_WORD_ELEMENT: Final = regex(r"(?:o|w|m|st1|v0):\w+")
_WORD_STYLE: Final = regex(
    r"mso-(?:ansi|bidi|fareast|spacerun|list|style|layout|element|pagination|outline|themecolor)|"
    r"\btab-stops\b"
)
# What Word and its like write around what is copied, in comments and in names.
_WORD_COMMENT: Final = regex(r"<w:WordDocument|^\s*(?:Start|End)Fragment\s*$")
_DOCS_ID: Final = regex(r"docs-internal-guid-|_Toc\d|_Hlk\d|_GoBack")
_WORD_CLASS: Final = regex(r"\bMso[A-Z]\w+|\bx_Mso\w+")
_ACTIVE: Final = frozenset(
    "script iframe object embed applet form input select textarea frame frameset".split()
)


def word_tags(case: Case) -> Iterator[Fault]:
    """Leave out what Word leaves behind.

    `<o:p>`, smart tags and `class="MsoNormal"` come with pasted text, weigh more than the words,
    and make Outlook space the lines as it once did.
    """
    for node in case.page.nodes:
        left = _word_left(node)
        if left:
            yield Fault(
                message=f"left behind by Word: {left}", fix="Paste it as plain text", at=node.start
            )
    for comment in case.page.comments:
        if found := _WORD_COMMENT.search(comment.body):
            yield Fault(
                message=f"left behind by Word: {fold(found[0])}",
                fix="Paste it as plain text",
                at=comment.start,
            )


def _word_left(node: Node) -> str:
    if _WORD_ELEMENT.fullmatch(node.name):
        return f"<{node.name}>"
    if found := _WORD_CLASS.search(node.get("class")):
        return f'class="{found[0]}"'
    if node.name == "meta" and node.get("name").lower() == "generator":
        return node.get("content") if "microsoft" in node.get("content").lower() else ""
    found = _WORD_STYLE.search(node.get("style")) or _DOCS_ID.match(
        node.get("id") or node.get("name")
    )
    return found[0] if found else ""


def active(case: Case) -> Iterator[Fault]:
    """Leave out what runs, is filled in, or loads another page.

    Every mail program removes scripts, frames and forms, and most filters count them as an attack
    (caniemail, html-form).
    """
    for node in case.page.nodes:
        if node.name in _ACTIVE and "mso" not in node.get("type"):
            yield Fault(
                message=f"<{node.name}> does nothing in a mail",
                fix="Take it out; link to a page",
                at=node.start,
            )
        handler = next(filter(_is_handler, node.attributes), "")
        if handler:
            yield Fault(
                message=f"{handler} does nothing in a mail", fix="Take it out", at=node.start
            )
        if node.name == "meta" and node.get("http-equiv").lower() == "refresh":
            yield Fault(
                message="a page that loads another", fix="Take the refresh out", at=node.start
            )
    for post in case.issue.posts if case.issue else ():
        if found := re.search(r"<[^<>]*\s(style|on\w+)\s*=", post.body):
            yield Fault(
                message=f"its body brings its own {found[1]}",
                fix="Collect it again",
                post=post.title,
            )


def _is_handler(attribute: str) -> bool:
    return attribute.startswith("on") and re.fullmatch(r"on[a-z]{3,}", attribute) is not None


def obsolete(case: Case) -> Iterator[Fault]:
    """Say it with styles rather than with elements of old, and with none that HTML never had.

    `<center>` and `<font>` still work in every mail program, and are no part of HTML any more
    (HTML, 16.2). `<webversion>` and its like are another service's tags, and do nothing elsewhere.
    """
    told: set[str] = set()
    for node in case.page.nodes:
        is_known = node.name in elements.ELEMENTS or node.name in told or not node.name
        # Office's have a colon, components a hyphen; drawings and formulas have words of their own
        if is_known or re.search(r"[:\-{|*]", node.name) or _is_drawn(node):
            continue
        told.add(node.name)
        yield Fault(
            message=f"<{shortened(node.name, 30)}> is no element of HTML",
            fix="Take it out, or write it as &lt;",
            at=node.start,
            severity="warning",
        )
    for name in sorted(elements.OBSOLETE):
        nodes = case.page.all(name)
        if nodes:
            yield Fault(
                message=f"{len(nodes)} × <{name}>",
                fix="Style a <div> or <span> instead",
                at=nodes[0].start,
            )


def _is_drawn(node: Node) -> bool:
    return any(outer.name in ("svg", "math", "xml") for outer in node.above())


FAMILY: Final = "markup"
RULES: Final = (
    Rule("WORD-TAGS", FAMILY, "warning", word_tags),
    Rule("ACTIVE", FAMILY, "error", active),
    Rule("OLD-TAGS", FAMILY, "information", obsolete),
)
