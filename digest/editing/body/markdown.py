"""Markdown to HTML: CommonMark, tables and struck-out text.

This room owns markdown-it-py. It changes no letter (no smart quotes, no links made of bare
addresses) and lets raw HTML through: cleaning is another's work, and whoever shows the result has
to ask for it. Footnotes belong to the page: their marks and texts are left out, as they could lead
nowhere in a mail.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from digest.lazy import regex

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

MAX_NESTING = 30
"""Deeper lists, quotes and emphasis than this stay as they are written."""

_NOTE = regex(r"\[\^([^\]\s]{1,100})\]:")
_MARK = regex(r"\[\^([^\]\s]{1,100})\]")


def to_html(text: str) -> str:
    r"""Render Markdown as HTML that is not clean yet.

    >>> to_html("Moss[^1] is *soft*.\n\n[^1]: So they say.")
    '<p>Moss is <em>soft</em>.</p>\n'
    """
    return str(_renderer().render(text))


@cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt

    renderer = MarkdownIt("commonmark", {"html": True, "maxNesting": MAX_NESTING})
    renderer.enable(["table", "strikethrough"])
    renderer.block.ruler.before("reference", "footnote", _footnote)
    renderer.inline.ruler.before("link", "footnote_mark", _footnote_mark)
    return renderer


def _footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Pass over a footnote's text, and remember its name."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    note = _NOTE.match(line)
    if not note or state.is_code_block(start):
        return False
    if not silent:
        state.env.setdefault("footnotes", set()).add(note[1])
        state.line = _after_footnote(state, start + 1, end)
    return True


def _after_footnote(state: StateBlock, line: int, end: int) -> int:
    """Return the first line that is no longer of a footnote.

    After a gap only indented lines are.
    """
    gap = False
    while line < end:
        if state.isEmpty(line):
            gap = True
        elif state.sCount[line] - state.blkIndent < 2 and (
            gap or _NOTE.match(state.getLines(line, line + 1, 0, False))
        ):
            break
        line += 1
    return line


def _footnote_mark(state: StateInline, silent: bool) -> bool:
    """Leave out a mark whose footnote exists; any other is text."""
    mark = _MARK.match(state.src, state.pos)
    if not mark or mark[1] not in state.env.get("footnotes", ()):
        return False
    state.pos = mark.end()
    return True
