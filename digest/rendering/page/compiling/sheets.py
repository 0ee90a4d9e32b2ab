"""Finds slips in CSS that every client passes over in silence: in a sheet, a style or an attribute.

What is told is what was probably meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from digest.knowledge.colours import colour, meant
from digest.lazy import regex
from digest.nearest import nearest
from digest.rendering.page.tokens import TOKEN

SMALLEST: Final = 12
"""The least pixels of text that are taken; phones enlarge what is smaller, and break its lines."""
_SPACER: Final = 7  # text of so few pixels is none: it holds white space, or a bar
_FONT: Final = regex(r"font(?:-size)?\s*:[^;}]*?(?<![\d.])(\d+(?:\.\d+)?)(px|pt)")

_COMMENT: Final = regex(r"/\*.*?\*/", re.DOTALL)
_PROPERTY = (
    r"(?:margin|padding|border|background|color|font|width|height|display|text-align|line-height)"
    r"(?:-[a-z-]+)?"
)
# a length without a unit, which only a line's height and nought may be
_BARE_LENGTH: Final = regex(
    r"(?<![\w-])((?:margin|padding)(?:-\w+)?|font-size|(?:max-|min-)?(?:width|height)|"
    r"border(?:-(?:top|right|bottom|left|width|radius))?|letter-spacing|text-indent)\s*:\s*([^;{}()\"']+)"
)
_NUMBER: Final = regex(r"-?(?:\d*\.)?\d*[1-9]\d*(?:\.\d+)?")
_PARTED_UNIT: Final = regex(r"(?<![\w.#])(\d+)\s+(px|em|rem|pt|%)(?![\w-])")
_COMMA: Final = regex(r"(\d),(\d)")
_NO_SEMICOLON: Final = regex(rf":[^;{{}}:()\"']+\s({_PROPERTY})\s*:")
_NO_COLON: Final = regex(rf"[{{;]\s*({_PROPERTY})\s+[^:;{{}}]*[;}}]")
_NO_SELECTOR: Final = regex(r"[>+~,]\s*\{")
_NOT_IMPORTANT: Final = regex(r"!\s*(?!important\b)\w+\s*[;}]")
_NO_COLON_OF_QUERY: Final = regex(r"@media[^{]*\(\s*((?:max|min)-(?:device-)?width)\s+\d")
_HEX: Final = regex(r"(?:color|background|border[\w-]*)\s*:[^;{}()]*?(#[0-9a-zA-Z]+)")
_HEX_DIGITS: Final = regex("#[0-9a-fA-F]+")
_LENGTHS_OF_HEX: Final = frozenset((4, 5, 7, 9))  # with the mark itself
_SIDES: Final = 4
_OF_THE_HEAD: Final = regex(
    r"@[a-z-]+|::?(?:hover|active|focus|visited|link|before|after|root|checked)\b"
)

# What takes one word of a few, any other of which is passed over.
_WORDS: Final = {
    "text-align": "left center right justify start end",
    "vertical-align": "top middle bottom baseline sub super text-top text-bottom",
    "font-style": "normal italic oblique",
    "font-weight": "normal bold bolder lighter",
    "text-transform": "none uppercase lowercase capitalize",
    "text-decoration": "none underline overline line-through",
    "border-style": "none solid dashed dotted double groove ridge inset outset hidden",
    "border-collapse": "collapse separate",
    "table-layout": "auto fixed",
    "white-space": "normal nowrap pre pre-line pre-wrap break-spaces",
    "float": "none left right inline-start inline-end",
    "clear": "none left right both inline-start inline-end",
    "direction": "ltr rtl",
}
_COLOURS: Final = frozenset(("color", "background-color", "border-color"))
_EVERYWHERE: Final = frozenset(
    ("inherit", "initial", "unset", "revert", "revert-layer", "transparent", "currentcolor")
)
_WORD_OF: Final = regex(
    rf"(?<![\w-])({'|'.join([*_WORDS, *sorted(_COLOURS)])})\s*:"
    r"\s*([\w.-]+)\s*(?:!important\s*)?(?=[;}]|$)"
)
JUDGED: Final = frozenset(
    (*_WORDS, *_COLOURS, "font-size", "border", "border-top", "border-bottom")
) - {"vertical-align"}
"""The properties whose values are judged wherever they stand, in a component's attributes too."""


@lru_cache(maxsize=1024)
def in_css(css: str) -> tuple[str, ...]:
    """Return slips in declarations, of an element or of a whole style sheet.

    >>> in_css("text-align: centre")
    ('text-align: centre says nothing: did you mean center?',)
    >>> in_css("color: drakblue")
    ('drakblue is no colour: write #00008b',)
    """
    return tuple(_in_declarations(_COMMENT.sub(" ", css)))


def _in_declarations(css: str) -> Iterator[str]:
    for size, unit in _FONT.findall(css):
        if _SPACER < float(size) * (4 / 3 if unit == "pt" else 1) < SMALLEST:
            yield f"text of {size} {unit} cannot be read on a phone: 14px, or 13px for a label"
    for name, value in _BARE_LENGTH.findall(css):
        if written := length(value):
            told = f"{name}: {value.strip()}"
            yield f"{told} has no unit, and shows nothing: write {name}: {written}"
        if name == "padding" and (told := of_padding(value)):
            yield told
    for told in _HEX.findall(css):
        if len(told) not in _LENGTHS_OF_HEX or not _HEX_DIGITS.fullmatch(told):
            yield f"{told} is no colour: write # and six digits"
    for name, word in _WORD_OF.findall(css):
        yield from _of_a_word(name, word)


def length(value: str) -> str:
    """Return how lengths should be written; empty for what can stay.

    >>> length("10 20px"), length("10 px"), length("1,5em"), length("10px, 5px"), length("auto")
    ('10px 20px', '10px', '1.5em', '10px 5px', '')
    """
    whole = _PARTED_UNIT.sub(r"\1\2", value.strip())
    whole = _COMMA.sub(r"\1.\2", whole).replace(",", " ")
    parts = [f"{part}px" if _NUMBER.fullmatch(part) else part for part in whole.split()]
    return "" if parts == value.split() else " ".join(parts)


def _of_a_word(name: str, word: str) -> Iterator[str]:
    """Yield what is wrong with a value of one word."""
    small = word.lower()
    if small in _EVERYWHERE or TOKEN.search(word):
        return
    if name in _COLOURS:
        if colour(small) is None:
            yield f"{word} is no colour: write {_meant_colour(word)}"
        return
    known = _WORDS[name].split()
    if small not in known and not word[0].isdigit():
        near = nearest(small, known)
        yield f"{name}: {word} says nothing: " + (
            f"did you mean {near}?" if near else f"it is one of {', '.join(known)}"
        )


def _meant_colour(word: str) -> str:
    if word.startswith("theme."):
        return f"{{{{ {word} }}}}"
    return meant(word) or "# and six digits"


def of_padding(value: str) -> str:
    """Return what is wrong with how much room is asked for; empty if nothing is."""
    parts = value.replace("!important", "").split()
    if any(part.startswith("-") for part in parts):
        return "a padding is never negative: write 0, or a margin"
    return "" if len(parts) <= _SIDES else "a padding has at most four sides"


def in_sheet(css: str, *, is_inlined: bool) -> Iterator[str]:
    """Yield slips by which a style sheet loses what follows them, or itself.

    Of one that `is_inlined`, nothing is left that no element can hold by itself.
    """
    opened, closed = css.count("{"), css.count("}")
    if opened != closed:
        missing, there = ("}", "{") if opened > closed else ("{", "}")
        told = (
            f"a {missing} is missing: {max(opened, closed)} {there} against {min(opened, closed)}"
        )
        yield f"the style sheet does not end where it should: {told}"
    css = _COMMENT.sub(" ", css)
    if "/*" in css:
        yield "a comment of the style sheet is never closed: write */"
    if re.search(r"(?m)^\s*//", css):
        yield "a style sheet knows no //: write /* … */"
    if found := _NO_SEMICOLON.search(css):
        yield f"a ; is missing before {found[1]}"
    for pattern in (_NO_COLON, _NO_COLON_OF_QUERY):
        if found := pattern.search(css):
            yield f"a : is missing after {found[1]}"
    if _NOT_IMPORTANT.search(css):
        yield "only !important stands behind a mark of exclamation"
    if found := _NO_SELECTOR.search(css):
        yield f"a selector ends in {found[0][0]}: what it leads to is missing"
    if is_inlined and (found := _OF_THE_HEAD.search(css)):
        yield (
            f"{found[0]} cannot be put on an element: "
            'write it into an <mj-style> without inline="inline"'
        )
