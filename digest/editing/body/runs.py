"""Recognises text with inline markup that is clean as it stands, as most of a post is.

A run is what the rules would leave as they found it: words, the three references that text needs,
formatting without attributes, code, and links to plain addresses, all of them closed in their
order. It is copied whole instead of being taken apart. The pattern is strict: what it does not
know is no run and goes the long way, token by token, with the same result. Only addresses with a
query are looked at: whoever copies a run takes off what tracks (`QUERIED`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from digest.lazy import regex

LEVELS = 3
"""How many elements stand in each other in a run, at most."""

_EDGE = r"[ \t\n\r\f\xa0]"  # what no element begins or ends with
_REFERENCE = r"&(?:amp|lt|gt);"
_NO_BREAK = r"\xa0(?=[^\s<>&])"
# Where a text may be an address or hold shortcodes, single signs of them are all there may be.
_SINGLE = r"[^<>&\[{=%:*\xa0]++|=(?!=)|\*(?!\*)|%(?!%)"
_TEXT = rf"(?:{_SINGLE}|:(?!//|::)|{_NO_BREAK}|{_REFERENCE})++(?=<|\Z)"
_LABEL = rf"(?:{_SINGLE}|:(?!::)|{_NO_BREAK}|{_REFERENCE})++(?=<)"
_CODE = rf"<code>(?!{_EDGE})(?:[^<>&\xa0]++|{_REFERENCE})++(?<!{_EDGE})</code>"
# A host that any reader of addresses takes for one: no number, nothing that is to be decoded.
_HOST = r"(?:(?![Xx][Nn]--)[A-Za-z0-9-]{1,63}\.){1,9}+[a-z]{2,24}"
_QUERY = r"\?(?:[A-Za-z0-9._~/#=+%-]|&amp;){0,200}+"
_ADDRESS = rf"https?://{_HOST}(?:/[A-Za-z0-9._~/#+%-]{{0,1100}}+(?:{_QUERY})?)?"

_numbers = count()


def _formatted(inside: str) -> str:
    """Return the pattern of an element that only formats; the same name ends it."""
    name = f"e{next(_numbers)}"
    names = "em|strong|b|i|u|s|sub|q|cite"
    return rf"<(?P<{name}>{names})>(?!{_EDGE})(?:{inside})++(?<!{_EDGE})</(?P={name})>"


def _linked() -> str:
    inside = f"{_LABEL}|{_CODE}|{_formatted(_INNER)}"
    return rf'<a href="{_ADDRESS}">(?!{_EDGE})(?:{inside})++(?<!{_EDGE})</a>'


_INNER = f"{_TEXT}|{_CODE}"


def _outer() -> str:
    return _formatted(f"{_INNER}|{_linked()}|{_formatted(_INNER)}")


def _run() -> str:
    return f"(?:{_INNER}|{_linked()}|{_outer()})++"


_BLANK = r"[ \t\n\r\f]*+"
_START = rf"(?={_BLANK}[^<\xa0]|<[^/])"


def _block(name: str) -> str:
    return rf"<{name}>(?!{_EDGE}){_run()}(?<!{_EDGE})</{name}>{_BLANK}"


def _list(name: str) -> str:
    return rf"<{name}>{_BLANK}(?:{_block('li')})++</{name}>{_BLANK}"


_QUOTE = rf"<blockquote>{_BLANK}{_block('p')}</blockquote>{_BLANK}"
_HEADING = rf"<(?P<heading>h[1-6])>(?!{_EDGE}){_run()}(?<!{_EDGE})</(?P=heading)>{_BLANK}"
_BLOCKS = rf"{_BLANK}(?:{_block('p')}|{_list('ul')}|{_list('ol')}|{_QUOTE}|{_HEADING})++"

RUN = regex(_START + _run())
RUN_OR_BLOCKS = regex(f"{_BLOCKS}|{_START}{_run()}")
"""Where a paragraph may stand, blocks that hold a run each and nothing else come as one.

They are paragraphs, headings, lists of single points and quotations of one paragraph.
"""

QUERIED = regex(r'<a href="([^"?]*+\?[^"]*+)')
"""A link to an address with a query, as it is written in a run."""

_BETWEEN = regex(r"> (?=</?(?:p|[uo]l|li|blockquote)>)")
_BEGINS = regex(">(?=<(?:p|[uo]l|blockquote)>)")
_BLOCK = ("<p>", "<ul>", "<ol>", "<blockquote>", "<h")
_HEADINGS = regex(r"<(h[1-6])>(.*?)</h[1-6]>")


def are_blocks(run: str) -> bool:
    """Tell whether a run is one of blocks."""
    return run.lstrip(" \t\n\r\f").startswith(_BLOCK)


def parted(run: str) -> Iterator[tuple[str, str]]:
    r"""Yield a run of blocks in parts: each heading's name and words, and "" with what is between.

    >>> list(parted("<p>Moss</p> <p>Fern</p> <h2>Reeds</h2>"))
    [('', '<p>Moss</p>\n<p>Fern</p>'), ('h2', 'Reeds')]
    """
    done = 0
    for heading in _HEADINGS.finditer(run):
        if between := run[done : heading.start()].strip(" "):
            yield "", set_apart(between)
        yield heading[1], heading[2]
        done = heading.end()
    if rest := run[done:].strip(" "):
        yield "", set_apart(rest)


def set_apart(run: str) -> str:
    r"""Return a run of blocks, its white space single blanks, with each block on a line of its own.

    >>> set_apart("<p>Moss</p> <ul> <li>Fern</li> <li>Reed</li> </ul><p>Sedge</p>")
    '<p>Moss</p>\n<ul><li>Fern</li><li>Reed</li></ul>\n<p>Sedge</p>'
    """
    if "<li>" not in run and "<blockquote>" not in run:  # as most
        return run.replace("> <p>", "><p>").replace("><p>", ">\n<p>")
    run = _BEGINS.sub(">\n", _BETWEEN.sub(">", run))
    return run.replace("<blockquote>\n<p>", "<blockquote><p>")
