"""Reads HTML as mail programs do: anything goes, and what they mend in silence is remembered.

A small reader of its own rather than a library: rules need each node's place in the source, what
was left open or stood twice, and a build must not pay for a parser's import. It never fails and
takes time in proportion to the text: every pattern here is possessive, and nesting is cut at
`DEEPEST`.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import Final

from digest.checking.parsing import content
from digest.checking.parsing.tree import Comment, Document, Mend, MendKind, Node, Text
from digest.lazy import regex

DEEPEST: Final = 200
"""Elements below this depth are hung up beside each other; no mail program shows as many."""

MOST_ELEMENTS: Final = 50_000
"""What follows these is not read; a mail of a megabyte has a tenth."""

# Every repetition is possessive: none of these can be made to try again and again.
_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s"'>][^\s>]*+|)"""
_ATTRIBUTE = rf"[^\s/>][^\s/>=]*+(?:\s*+=\s*+{_VALUE})?+"
_TAG: Final = regex(rf"<(/?)([a-zA-Z][^\s/>]*+)((?:[\s/]++|{_ATTRIBUTE})*+)(>?)")
_ATTRIBUTES: Final = regex(rf"([^\s/>][^\s/>=]*+)(?:\s*+=\s*+({_VALUE}))?+")
_CLOSERS: Final = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in content.RAW}
_BLANK: Final = regex(r"\s*")
# Services take these out before anybody reads the page, so they are no text in a table.
_MERGE_TAG: Final = regex(
    r"\{\{[^{}]*+\}\}|\{%[^%]*+%\}|\*\|[^|]*+\|\*|%%\{[^{}]*+\}%%|\[\[[^\[\]]*+\]\]"
)


def parse(source: str) -> Document:
    """Return the page that a text holds; any text is one.

    >>> page = parse("<p>One<p>Two &amp; three")
    >>> [node.text() for node in page.all("p")], [mend.kind for mend in page.mends]
    (['One', 'Two & three'], ['unclosed-optional', 'unclosed-optional'])
    """
    builder = _Builder(source)
    builder.run()
    return builder.page


class _Builder:
    def __init__(self, source: str) -> None:
        self.source = source
        self.page = Document(source)
        self.stack: list[Node] = [self.page.root]
        self.open: Counter[str] = Counter()  # how many elements of each name are on the stack
        # An email writes the same attributes hundreds of times: each text is read once.
        self.known: dict[str, tuple[dict[str, str], tuple[MendKind, ...]]] = {}

    def run(self) -> None:
        source, at = self.source, 0
        while at < len(source):
            opened = source.find("<", at)
            if opened < 0:
                opened = len(source)
            if opened > at:
                self._text(at, opened)
            at = self._markup(opened) if opened < len(source) else opened
            if len(self.page.nodes) >= MOST_ELEMENTS:
                self._mend("too-many", "", at)
                break
        for node in self.stack[1:]:
            self._left_open(node, "")
            node.close = len(source)

    def _markup(self, at: int) -> int:
        """Take in what begins with "<" and return where it ends."""
        source = self.source
        if source.startswith("<!--", at):
            return self._comment(at)
        if source.startswith(("<!", "<?", "</>"), at):
            return self._declaration(at)
        found = _TAG.match(source, at)
        # "<" before a space or a digit is a letter like any other (HTML, 13.2.5.6).
        if not found:
            self._add_text("<", at)
            return at + 1
        if not found[4]:  # the source ends within the tag
            self._mend("broken-tag", found[2].lower(), at)
            return len(source)
        if found[1]:
            self._end(found[2].lower(), at, found.end())
            return found.end()
        return self._start(found)

    def _comment(self, at: int) -> int:
        # Two comments that end as soon as they begin (HTML, 13.2.5.43).
        short = next((s for s in ("<!-->", "<!--->") if self.source.startswith(s, at)), None)
        if short:
            self.page.comments.append(Comment(body="", start=at, end=at + len(short)))
            return at + len(short)
        end = self.source.find("-->", at + 4)
        if end < 0:
            self._mend("unclosed-comment", "", at)
            end = len(self.source)
        self.page.comments.append(Comment(body=self.source[at + 4 : end], start=at, end=end + 3))
        return end + 3

    def _declaration(self, at: int) -> int:
        end = self.source.find(">", at)
        if end < 0:
            self._mend("broken-tag", self.source[at : at + 10], at)
            end = len(self.source)
        body = self.source[at + 2 : end]
        # A second one counts as a comment, as browsers have it.
        if body[:7].lower() == "doctype" and self.page.doctype is None:
            self.page.doctype = body
        else:
            self.page.comments.append(
                Comment(body=body, start=at, end=end + 1, is_declaration=True)
            )
        return end + 1

    # ------------------------------------------------------------ text

    def _text(self, start: int, end: int) -> None:
        raw = self.source[start:end]
        self._add_text(unescape(raw) if "&" in raw else raw, start)

    def _add_text(self, value: str, start: int) -> None:
        parent = self.stack[-1]
        if (
            parent.name in content.IN_TABLE
            and not value.isspace()
            and _MERGE_TAG.sub("", value).strip()
        ):
            self._mend("in-table", "text", start, parent.name)
        text = Text(value, start, parent)
        parent.children.append(text)
        self.page.texts.append(text)

    # ------------------------------------------------------------ start tags

    def _start(self, found: re.Match[str]) -> int:
        name, start, end = found[2].lower(), found.start(), found.end()
        attributes = self._attributes(found[3], name, start)
        # A second start tag of these only adds attributes, which no rule asks for.
        if name in ("html", "body") and self._is_open(name):
            return end
        self._imply_ends(name, start)
        node = self._hang(name, attributes, start, end)
        is_closed = found[3].endswith("/")
        if name in content.VOID or (is_closed and self._may_close_itself(name)):
            return end
        if is_closed:
            self._mend("self-closed", name, start)
        self.stack.append(node)
        self.open[name] += 1
        return self._raw(node) if name in content.RAW else end

    def _hang(self, name: str, attributes: dict[str, str], start: int, end: int) -> Node:
        parent = self.stack[-1]
        if len(self.stack) > DEEPEST:
            if len(self.stack) == DEEPEST + 1:
                self._mend("too-deep", name, start)
            self.open[self.stack.pop().name] -= 1
            parent = self.stack[-1]
        allowed = content.IN_TABLE.get(parent.name)
        if allowed is not None and name not in allowed and ":" not in name:
            self._mend("in-table", name, start, parent.name)
        node = Node(name, attributes, start, end, parent)
        parent.children.append(node)
        self.page.nodes.append(node)
        return node

    def _attributes(self, text: str, name: str, start: int) -> dict[str, str]:
        """Return a tag's attributes; of two of one name the first counts."""
        if not text:
            return {}
        known = self.known.get(text)
        if known is None:
            known = self.known[text] = _read_attributes(text)
        for kind in known[1]:
            self._mend(kind, name, start)
        return known[0]

    def _may_close_itself(self, name: str) -> bool:
        """Tell whether `<name/>` ends itself: as Office's elements do, and parts of a drawing."""
        return (
            ":" in name or name in ("svg", "math") or self._is_open("svg") or self._is_open("math")
        )

    def _is_open(self, name: str) -> bool:
        return self.open[name] > 0

    def _imply_ends(self, name: str, start: int) -> None:
        """End what this start tag ends, as `<li>` ends the item before."""
        if name == "a" and self._is_open("a"):
            self._end_link(start)
        while any(map(self._is_open, _ENDING.get(name, ()))):
            at = self._implied(name)
            if at is None:
                return
            self._close_down_to(at, start, name)

    def _implied(self, name: str) -> int | None:
        """Return where on the stack stands the element that a start tag ends."""
        for at in range(len(self.stack) - 1, 0, -1):
            opened = self.stack[at].name
            if name in content.ENDED_BY.get(opened, ()):
                return at
            if opened in (content.LIST_SCOPE if name in _ITEMS else content.SCOPE):
                return None
        return None

    def _end_link(self, start: int) -> None:
        for at in range(len(self.stack) - 1, 0, -1):
            if self.stack[at].name == "a":
                self._mend("nested-link", "a", start)
                self._close_down_to(at, start, "a")
                return
            if self.stack[at].name in content.SCOPE:
                return

    def _raw(self, node: Node) -> int:
        """Take in what no tag is read in, up to its own end tag, and return where that begins."""
        closer = _CLOSERS[node.name].search(self.source, node.end)
        end = closer.start() if closer else len(self.source)
        if end > node.end:
            raw = self.source[node.end : end]
            # In these two references are read; scripts and styles are taken as they stand.
            is_escapable = node.name in ("title", "textarea")
            text = Text(unescape(raw) if is_escapable else raw, node.end, node)
            node.children.append(text)
            self.page.texts.append(text)
        return end

    # ------------------------------------------------------------ end tags

    def _end(self, name: str, start: int, end: int) -> None:
        if name in ("html", "body"):  # whatever follows is part of the body all the same
            return
        if not self._is_open(name):
            # `</br>` is a line break to every program.
            if name != "br":
                self._mend("stray-end", name, start)
            return
        scope = (
            content.TABLE_SCOPE if name == "table" or name in content.TABLE_PARTS else content.SCOPE
        )
        for at in range(len(self.stack) - 1, 0, -1):
            opened = self.stack[at].name
            if opened == name:
                self._close_down_to(at, start, f"/{name}", is_own=True)
                self._last_closed.close = end
                return
            if opened in scope:
                break
        self._mend("stray-end", name, start)

    def _close_down_to(self, at: int, start: int, by: str, *, is_own: bool = False) -> None:
        """End the element at a place on the stack and all inside it."""
        for node in self.stack[at + is_own :]:
            self._left_open(node, by)
        for node in self.stack[at:]:
            node.close = start
            self.open[node.name] -= 1
        self._last_closed = self.stack[at]
        del self.stack[at:]

    def _left_open(self, node: Node, by: str) -> None:
        if node.name in ("html", "head", "body") or ":" in node.name:
            return
        if node.name == "p" and by in content.ENDS_PARAGRAPH - {"p"}:
            self._mend("closed-early", "p", node.start, by)
        elif node.name in content.OPTIONAL_END:
            self._mend("unclosed-optional", node.name, node.start, by)
        else:
            self._mend("unclosed", node.name, node.start, by)

    def _mend(self, kind: MendKind, name: str, start: int, by: str = "") -> None:
        self.page.mends.append(Mend(kind=kind, name=name, start=start, by=by))


# The elements that a start tag may end.
_ENDING: Final[dict[str, tuple[str, ...]]] = {
    tag: tuple(opened for opened, enders in content.ENDED_BY.items() if tag in enders)
    for tag in frozenset().union(*content.ENDED_BY.values())
}
_ITEMS = frozenset(("li", "dt", "dd"))


def _read_attributes(text: str) -> tuple[dict[str, str], tuple[MendKind, ...]]:
    """Return attributes by lower-case name, and what has to be put right among them."""
    attributes: dict[str, str] = {}
    mends: dict[MendKind, None] = {}
    end = 0
    for found in _ATTRIBUTES.finditer(text):
        name, value = found[1].lower(), found[2] or ""
        is_run_together = 0 < end == found.start() or name[0] in "\"'<"
        if is_run_together:
            mends["run-together"] = None
        end = found.end()
        if value[:1] in ('"', "'") and value:
            value = value[1:-1]
        if name in attributes:
            mends["double-attribute"] = None
        # Of two the first counts (HTML, 13.2.5.33).
        attributes.setdefault(name, unescape(value) if "&" in value else value)
    return attributes, tuple(mends)
