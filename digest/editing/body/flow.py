"""Writes well-formed HTML out of tags in any order: every tag closed, every parent allowed.

Owns what may stand in what: paragraphs hold no blocks, lists hold points, tables hold rows of
cells, text on its own gets a paragraph, and what holds nothing is left out. So no parser after it
has anything to repair, hostile nesting ends at a fixed depth, and writing its own output again
changes nothing. It refuses to know addresses or words: those come in ready.
"""

from __future__ import annotations

import re

from digest.editing.body import elements
from digest.editing.body.gate import MARK
from digest.editing.body.pieces import collapsed, escaped, put_levels, without_trailing_space
from digest.editing.body.runs import LEVELS, RUN, RUN_OR_BLOCKS, are_blocks, parted

MAX_DEPTH = 100
MAX_OUTPUT = 3_000_000
"""Where a body ends, in characters, whatever its input does to grow."""
_MAX_CARRIED = 4
_STARTED, _SPACED, _WRITTEN = 2, 1, 0  # what stands before the place of writing


class _Open:
    """An element whose end tag is still to be written; `level` counts the real blocks around it."""

    __slots__ = tuple(
        "gap holds_something is_auto is_carried is_inline level name start tag".split()
    )

    def __init__(self, name: str, tag: str, level: int, start: int, gap: int) -> None:
        self.name, self.tag, self.level, self.start, self.gap = name, tag, level, start, gap
        self.holds_something = self.is_carried = self.is_auto = False
        self.is_inline = name in elements.INLINE


class Flow:
    """Take tags, text and pictures in reading order; `finish` gives the HTML.

    In place of each of `runs` stands a `MARK`.
    `is_capped` tells that something was left out for depth or size, `is_full` that nothing more is
    taken.
    """

    def __init__(self) -> None:
        self.is_capped = self.is_full = False
        self.runs: list[str] = []
        self._out: list[str] = []
        self._size = 0
        self._stack: list[_Open] = []
        self._carried: list[_Open] = []
        self._gap = _STARTED
        self._breaks = 0
        self._headings: list[tuple[int, int]] = []

    # ------------------------------------------------------------ what comes in

    def is_inside(self, *names: str) -> bool:
        """Tell whether one of these elements is open."""
        return any(element.name in names for element in self._stack)

    def start(self, name: str, attributes: str = "") -> None:
        """Open an element; `attributes` is ready text with a leading space, or empty."""
        if len(self._stack) >= MAX_DEPTH:
            self.is_capped = True
            return
        tag = f"<{name}{attributes}>"
        if name in elements.INLINE:
            if name == "a":
                self.end("a")
            self._ready_for_text()
            self._open(name, tag)
        elif name in elements.HEADINGS or name in elements.BLOCKS:
            self._start_block(name, tag)
        elif name in elements.PARENTS:
            self._start_child(name, tag)
        elif name in elements.PARTS:
            self._start_part(name, tag)

    def end(self, name: str) -> None:
        """Close the nearest open element of this name, with what is open inside it."""
        if name in elements.INLINE:
            self._end_inline(name)
            return
        if self._stack and self._stack[-1].name == name:  # as in most HTML
            self._close(len(self._stack) - 1, carry=False)
            return
        at = self._find(*elements.ends_of(name))
        if at is not None:
            self._close(at, carry=False)

    def divide(self) -> None:
        """End the paragraph here, as the edge of a container does."""
        block = self._block()
        if block == "pre":
            self._preformatted("\n")
        elif block in elements.TEXT_ONLY:
            self._space()
        else:
            self._interrupt(elements.PARAGRAPH)
            self._breaks = 1

    def line_break(self) -> None:
        """Begin a new line; two in a row begin a new paragraph where there is one."""
        if self._block() == "pre":
            self._preformatted("\n")
        else:
            self._breaks += 1

    def rule(self) -> None:
        """Write a horizontal line between blocks."""
        if self._block() in elements.TEXT_ONLY | {"pre"}:
            return
        self._interrupt(elements.PARAGRAPH)
        if self._top() not in elements.CHILD.keys() - {"blockquote"} and self._top() != "figure":
            self._write("<hr>")
            self._hold()
            self._gap = _STARTED
            self._newline()

    def picture(self, attributes: str) -> None:
        """Write an image; `attributes` is ready text with a leading space."""
        self._ready_for_text()
        self._write(f"<img{attributes}>")
        self._hold()
        self._gap = _WRITTEN

    def text(self, text: str) -> None:
        """Write text, escaped here; white space is collapsed outside preformatted text."""
        if self._block() == "pre":
            self._preformatted(text)
            return
        words = collapsed(text)
        if not words.strip(" \xa0"):
            self._space()
            return
        self._ready_for_text()
        if self._gap:
            words = words.lstrip(" \xa0" if self._gap == _STARTED else " ")
        self._write(escaped(words))
        self._hold()
        self._gap = _SPACED if words[-1] == " " else _WRITTEN

    def takes(self) -> re.Pattern[str] | None:
        """Return what may come as a run here; nothing in preformatted text."""
        if not self._stack and not self._carried:
            return RUN_OR_BLOCKS
        return RUN if self._block() != "pre" and len(self._stack) < MAX_DEPTH - LEVELS else None

    def run(self, run: str) -> None:
        """Write text with inline markup that is clean as it is, but for its white space."""
        run = collapsed(run).replace("\xa0", "&nbsp;")
        if are_blocks(run):
            self._blocks(run)
            return
        self._ready_for_text()
        self._write_run((run.lstrip(" ") if self._gap else run).rstrip(" "))
        self._hold()
        self._gap = _WRITTEN
        if run[-1] == " ":
            self._space()

    def _blocks(self, run: str) -> None:
        for heading, said in parted(run):
            if heading:
                self.start(heading)
                self.run(said)
                self.end(heading)
            else:
                self._write_run(said)
                self._write("\n")
                self._gap, self._breaks = _STARTED, 0

    def _write_run(self, run: str) -> None:
        self.runs.append(run)
        self._size += len(run)
        self._write(MARK)

    def finish(self) -> str:
        """Close what is open and return the whole, its topmost headings at level 3."""
        self._close(0, carry=False)
        if self._headings:
            put_levels(self._out, self._headings)
        return "".join(self._out).strip("\n")

    # ------------------------------------------------------------ places

    def _top(self) -> str:
        return self._stack[-1].name if self._stack else ""

    def _block(self) -> str:
        for element in reversed(self._stack):
            if not element.is_inline:
                return element.name
        return ""

    def _find(self, names: frozenset[str], walls: frozenset[str]) -> int | None:
        for at in range(len(self._stack) - 1, -1, -1):
            if self._stack[at].name in names:
                return at
            if self._stack[at].name in walls:
                return None
        return None

    def _start_block(self, name: str, tag: str) -> None:
        block = self._block()
        if name == "p" and (block == "pre" or block in elements.TEXT_ONLY or block == "figure"):
            self.divide()
            return
        if block in elements.LABELS:
            self._space()
            return
        self._interrupt(elements.ABOVE_BLOCKS)
        self._make_room()
        if name in elements.HEADINGS:
            self._headings.append((len(self._out), int(name[1])))
            tag = "<h>"
        self._open(name, tag)

    def _start_child(self, name: str, tag: str) -> None:
        parents = elements.PARENTS[name]
        at = self._find(parents, elements.WALLS - parents)
        if at is None:
            self.divide()
            return
        self._close(at + 1, carry=True)
        self._open(name, tag)

    def _start_part(self, name: str, tag: str) -> None:
        at = self._find(frozenset({"table"}), frozenset())
        if at is None:
            self.divide()
            return
        depth = at + 1
        if name in elements.CELLS or name == "tr":
            depth = self._step_into(depth, elements.GROUPS, "tbody")
        if name in elements.CELLS:
            depth = self._step_into(depth, frozenset({"tr"}), "tr")
        self._close(depth, carry=False)
        self._carried.clear()
        self._open(name, tag)

    def _step_into(self, depth: int, names: frozenset[str], name: str) -> int:
        """Go one level down a table, opening that level where it is missing.

        Return the depth below.
        """
        if len(self._stack) <= depth or self._stack[depth].name not in names:
            self._close(depth, carry=False)
            self._open(name, f"<{name}>")
        return depth + 1

    def _make_room(self) -> None:
        """Open what a block needs around it in a list or table."""
        while (top := self._top()) in elements.CHILD and top != "blockquote":
            self._open(elements.CHILD[top], f"<{elements.CHILD[top]}>")

    def _ready_for_text(self) -> None:
        if self._breaks:
            self._settle_breaks()
        while not self._stack or self._stack[-1].name in elements.CHILD:
            name = elements.CHILD.get(self._top(), "p")
            self._open(name, f"<{name}>")
            self._stack[-1].is_auto = name == "p"
        if not self._carried:
            return
        carried, self._carried = self._carried, []
        for element in carried:
            self._open(element.name, element.tag)
            self._stack[-1].is_carried = True
            self._stack[-1].level = element.level

    def _settle_breaks(self) -> None:
        count, self._breaks = self._breaks, 0
        if not count or not self._stack or self._gap == _STARTED or self._top() in elements.CHILD:
            return
        if count > 1 and self._block() == "p":
            self._interrupt(elements.PARAGRAPH)
            return
        self._trim()
        self._write("<br>")
        self._gap = _STARTED

    # ------------------------------------------------------------ opening and closing

    def _open(self, name: str, tag: str) -> None:
        level = 0
        if self._stack:
            parent = self._stack[-1]
            level = parent.level + (not parent.is_inline and not parent.is_auto)
        self._stack.append(_Open(name, tag, level, len(self._out), self._gap))
        self._write(tag)
        if name not in elements.INLINE:
            self._gap = _STARTED
            self._breaks = 0

    def _interrupt(self, names: frozenset[str]) -> None:
        """Close paragraphs and the like so that a block can begin; inline elements go on in it."""
        depth = len(self._stack)
        while depth and self._stack[depth - 1].name in names:
            depth -= 1
        self._close(depth, carry=True)
        self._breaks = 0

    def _end_inline(self, name: str) -> None:
        for at in range(len(self._stack) - 1, -1, -1):
            if self._stack[at].name == name:
                self._close(at + 1, carry=True)
                self._close(at, carry=False)
                return
            if not self._stack[at].is_inline:
                break
        for at in range(len(self._carried) - 1, -1, -1):
            if self._carried[at].name == name:
                del self._carried[at]
                return

    def _close(self, depth: int, *, carry: bool) -> None:
        """Close down to `depth`; carry the inline elements that go on behind."""
        if len(self._stack) <= depth:
            return
        going_on: list[_Open] = []
        level = None
        while len(self._stack) > depth:
            element = self._stack.pop()
            if element.is_inline:
                # what a block's end tag comes across is over, unless it began outside that block
                if carry or (element.is_carried and len(self._stack) > depth):
                    going_on.append(element)
            else:
                level = element.level
            self._write_end(element)
        if going_on:
            self._carried = (self._carried + going_on[::-1])[:_MAX_CARRIED]
        if self._carried and level is not None and not carry:
            self._carried = [element for element in self._carried if element.level <= level]

    def _write_end(self, element: _Open) -> None:
        is_inline = element.is_inline
        if not is_inline:
            self._trim()
            self._breaks = 0
        if element.holds_something or element.name in elements.CELLS:
            self._write("</h>" if element.name in elements.HEADINGS else f"</{element.name}>")
            self._hold()
            self._gap = self._gap if is_inline else _STARTED
            if not is_inline:
                self._newline()
            return
        del self._out[element.start :]
        while self._headings and self._headings[-1][0] >= element.start:
            self._headings.pop()
        lost_space = is_inline and self._gap == _SPACED
        self._gap = element.gap
        if self._out and self._out[-1] == "<br>":  # was written for what is gone now
            self._out.pop()
            self._breaks, self._gap = 1, _WRITTEN
        elif lost_space:
            self._space()

    def _newline(self) -> None:
        if not self._stack:
            self._write("\n")

    # ------------------------------------------------------------ characters

    def _hold(self) -> None:
        if self._stack:
            self._stack[-1].holds_something = True

    def _write(self, text: str) -> None:
        self._out.append(text)
        self._size += len(text)
        if self._size > MAX_OUTPUT:
            self.is_capped = self.is_full = True

    def _space(self) -> None:
        if self._gap == _WRITTEN and not self._breaks:
            self._write(" ")
            self._gap = _SPACED

    def _trim(self) -> None:
        while self._out and self._out[-1][:1] != "<":
            if not self._out[-1].endswith((" ", "&nbsp;")):
                return
            self._out[-1] = without_trailing_space(self._out[-1])
            if self._out[-1]:
                return
            self._out.pop()

    def _preformatted(self, text: str) -> None:
        if self._gap == _STARTED:
            text = text.lstrip("\n\r")  # a parser drops the first one, so there must be none
        if text:
            self._write(escaped(text.replace("\r", "")))
            self._gap = _WRITTEN
            if text.strip():
                self._hold()
