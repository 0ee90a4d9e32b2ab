"""Recognises text with inline markup that is clean as it stands, as most of a post is.

A run is what the rules would leave as they found it: words, the three references that text needs,
formatting without attributes, code, and links to plain addresses, all of them closed in their
order. It is copied whole instead of being taken apart. The pattern is strict: what it does not
know is no run and goes the long way, token by token, with the same result.
"""

from __future__ import annotations

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
_ADDRESS = rf"https?://{_HOST}(?:/[A-Za-z0-9._~/#+%-]{{0,1500}}+)?"

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
_BLOCKS = rf"{_BLANK}(?:{_block('p')}|{_list('ul')}|{_list('ol')}|{_QUOTE})++"

RUN = regex(_START + _run())
RUN_OR_BLOCKS = regex(f"{_BLOCKS}|{_START}{_run()}")
"""Where a paragraph may stand, blocks that hold a run each and nothing else come as one.

They are paragraphs, lists of single points and quotations of one paragraph.
"""

_BETWEEN = regex(r"> (?=</?(?:p|[uo]l|li|blockquote)>)")
_BEGINS = regex(">(?=<(?:p|[uo]l|blockquote)>)")
_BLOCK = ("<p>", "<ul>", "<ol>", "<blockquote>")


def are_blocks(run: str) -> bool:
    """Tell whether a run is one of blocks."""
    return run.lstrip(" \t\n\r\f").startswith(_BLOCK)


def set_apart(run: str) -> str:
    r"""Return a run of blocks, its white space single blanks, with each block on a line of its own.

    >>> set_apart("<p>Moss</p> <ul> <li>Fern</li> <li>Reed</li> </ul><p>Sedge</p> ")
    '<p>Moss</p>\n<ul><li>Fern</li><li>Reed</li></ul>\n<p>Sedge</p>'
    """
    run = run.strip(" ")
    if "<li>" not in run and "<blockquote>" not in run:  # as most
        return run.replace("> <p>", "><p>").replace("><p>", ">\n<p>")
    run = _BEGINS.sub(">\n", _BETWEEN.sub(">", run))
    return run.replace("<blockquote>\n<p>", "<blockquote><p>")
