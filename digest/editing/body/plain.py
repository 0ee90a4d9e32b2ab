"""Turns HTML into plain text: one line for a title, paragraphs for a text, prose for an excerpt.

Owns white space, control and direction characters of plain text. No library stands behind it: a
clean body is simple enough that walking its tokens is both faster and more exact than a renderer
for terminals.
"""

from __future__ import annotations

import re
import sys

from digest.editing.body.tokens import RAW_TEXT, Run, Tag, Tokens, decode, without_controls
from digest.lazy import regex

# Elements whose text nobody reads as part of a post.
_DROPPED = frozenset("button select svg math canvas object audio video form".split())
_NAMES = (  # of elements that divide nothing, the most common ones first
    "em strong code a b i u span sub s q cite time abbr font small big mark del ins kbd samp var "
    "dfn strike tt bdi bdo wbr img acronym label nobr"
).split()
FLAT = frozenset({*_NAMES, "sup"})
"""Elements that divide no text."""

# What an excerpt must not run together with sentences: a start tag begins it, an end tag ends it.
_NOT_PROSE = {
    f"{sign}{name}": step
    for name in "h1 h2 h3 h4 h5 h6 figcaption caption table pre dt".split()
    for sign, step in (("", 1), ("/", -1))
}
_BIDI = regex(
    "[\u202a-\u202e\u2066-\u2069\ufeff\u00ad]"
)  # these reach beyond the text they stand in
_BREAK_AT_BLANK = regex(
    "\u200b+(?=[\\s.,;:!?)]|$)|(?<=\\s)\u200b+"
)  # where one may break anyway, or never
# Letters that Unicode has raised: a power keeps its meaning in plain text.
_RAISED = dict(zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
_NOTE_MARK = regex(r"\s*[\[(]?(?:\d{1,3}|[*†‡§])[\])]?\s*")
# Behind a word or a full stop a raised number is a note; behind a number it is a power.
_BEFORE_NOTE = regex(r"(?:[^\W\d_]{4,}|[.,;:!?”\"’)»])\Z")
_TAGS = regex("<[^>]*+>")  # of a run, which holds no other signs of them
# Of what the gate let through: tags that divide nothing, and any others.
_FLAT_TAG = regex(rf"""</?(?:{"|".join(_NAMES)})(?: (?:[^<>"]++|"[^"]*+")*+)?>""")
_BLANKS = ("\t", "\r", "\f", "  ", "&nbsp;")  # such as a line is tidied of
_CANONICAL = regex(r'<(/?[a-z0-9]+)(?:[^<>"]|"[^"]*")*>')
_INLINE_RUN = (
    rf"""(?:[^<]++|</?(?:{"|".join(_NAMES)})"""
    r"""(?:\s(?:[^<>"']++|"[^<>"]*+"|'[^<>']*+')*+)?+>)++"""
)
_PARAGRAPHS = rf"(?:\s*+<p>{_INLINE_RUN}</p>)++"
_WHOLE_RUN = regex(_PARAGRAPHS)
_RUN = regex(rf"{_PARAGRAPHS}|{_INLINE_RUN}")
"""Paragraphs, or text, with tags that divide nothing; what it does not know is read in parts."""
# Our own mark of something to play, or an address alone.
_SKIPPED_LINE = regex(r"▶ .*|https?://\S+")


def _raised(text: str, before: str) -> str:
    """Return raised text so that it is not taken for part of what stands before it: 10⁶ is not 106.

    >>> _raised("6", "10"), _raised("st", "1"), _raised("k/2", "10")
    ('⁶', 'st', '^(k/2)')
    """
    is_ending = bool(re.fullmatch(r"[^\W\d_]{2,}\.?", text))
    if not text.strip() or is_ending:
        return text  # "1st", "Mme"
    if all(letter in _RAISED for letter in text):
        return "".join(_RAISED[letter] for letter in text)
    is_power = before[-1:].isdigit()
    return f"^({text})" if is_power else text


def tidy(text: str) -> str:
    r"""Return text on one line: white space as one blank, no control or direction characters.

    Direction marks that stand for themselves (left-to-right, right-to-left) stay.

    >>> tidy("Two\u00a0 pots\u202e\n")
    'Two pots'
    """
    if text.isascii() and text.isprintable() and "  " not in text:  # as most
        return text.strip(" ")
    text = without_controls(text)
    if not text.isascii():
        text = _BREAK_AT_BLANK.sub("", _BIDI.sub("", text))
    return " ".join(text.split())


def line(html: str) -> str:
    """Return the plain text of HTML on one line.

    Tags and the contents of scripts are dropped, entities decoded once.

    >>> line("Salt &amp; sand for pots &lt; 20 cm <script>x()</script>")
    'Salt & sand for pots < 20 cm'
    """
    if "<" not in html and "&" not in html:
        return tidy(html)
    return " ".join(paragraphs(html))


def text(html: str, enough: int = sys.maxsize) -> str:
    """Return the plain text of a body, its paragraphs, points and cells each on a line.

    What follows after `enough` characters may be left out.
    """
    return "\n".join([block for block, _ in _blocks(html, enough)])


def prose(html: str) -> str:
    """Return the running text of HTML that nothing has cleaned; all text where none of it runs."""
    blocks = _blocks(html)
    return "\n".join([block for block, runs in blocks if runs] or [block for block, _ in blocks])


def text_and_prose(html: str) -> tuple[str, str]:
    """Return what `text` returns of a clean body, and its running text, for one walk over it.

    Of the running text each paragraph is a line: no headings, captions, tables or bare links.
    """
    blocks = _blocks(html) if "<sup" in html else _clean_blocks(html)
    running = [
        block
        for block, is_prose in blocks
        if is_prose and not (block[0] in "▶h" and _SKIPPED_LINE.fullmatch(block))
    ]
    return "\n".join([block for block, _ in blocks]), "\n".join(running)


def paragraphs(html: str) -> list[str]:
    """Return the text of each block, in order, empty ones left out."""
    return [block for block, _ in _blocks(html)]


def _blocks(html: str, enough: int = sys.maxsize) -> list[tuple[str, bool]]:
    """Return the text of each block, and whether it is running text."""
    walk = _Walk()
    tokens = Tokens(html)
    # Where little is asked for, a run goes not much further, and only to the end of a paragraph.
    runs = _RUN if enough == sys.maxsize else _WHOLE_RUN
    tokens.runs, tokens.reach = runs, min(2 * enough, len(html))
    for token in tokens:
        if isinstance(token, Run):
            walk.run(token)
            if walk.size > enough:
                break
        elif isinstance(token, str):
            walk.text(token)
        elif token.name in _DROPPED and not token.is_end:
            tokens.skip(token.name)
        elif token.name not in RAW_TEXT:
            walk.tag(token)
            tokens.runs = None if walk.is_raised else runs
            if walk.size > enough:
                break
    walk.divide()
    return walk.blocks


def _clean_blocks(html: str) -> list[tuple[str, bool]]:
    """Return what `_blocks` does, of a clean body in which nothing is raised."""
    flat = _FLAT_TAG.sub("", html.replace("\n", " "))
    is_tidy = flat.isascii() and not any(map(flat.__contains__, _BLANKS))
    first, *rest = _CANONICAL.split(flat)
    blocks, apart = [], 0  # how many headings, captions and tables are open
    for name, said in zip(("", *rest[::2]), (first, *rest[1::2]), strict=True):
        apart += _NOT_PROSE.get(name, 0)
        if said and said != " ":
            said = decode(said)
            if block := said.strip(" ") if is_tidy else tidy(said):
                blocks.append((block, not apart))
    return blocks


def _said(run: str) -> str:
    """Return the text of a run. A reference is decoded where no tag comes between its letters."""
    if "&" in run:
        return "".join(map(decode, _TAGS.split(run)))
    return _TAGS.sub("", run) if "<" in run else run


class _Walk:
    """Gather text into blocks while tags go by."""

    def __init__(self) -> None:
        self.blocks: list[tuple[str, bool]] = []
        self.size = 0  # of the blocks, in characters
        self._parts: list[str] = []
        self._apart = 0  # how many headings, captions and tables are open
        self.is_raised = False

    def divide(self) -> None:
        if self._parts:
            block = tidy("".join(self._parts))
            self._parts.clear()
            if block:
                self.blocks.append((block, not self._apart))
                self.size += len(block)

    def tag(self, tag: Tag) -> None:
        name = tag.name
        if name == "sup":
            self.is_raised = not tag.is_end
        if name in FLAT:
            return
        self.divide()
        step = _NOT_PROSE.get(name, 0)
        self._apart = max(0, self._apart + (-step if tag.is_end else step))

    def text(self, text: str) -> None:
        if not self.is_raised:
            self._parts.append(text)
        elif not self._is_note_mark(text):
            self._parts.append(_raised(text, "".join(self._parts[-8:])))

    def run(self, run: str) -> None:
        *paragraphs, rest = run.split("</p>")
        for paragraph in paragraphs:
            self.divide()
            self._parts.append(_said(paragraph.lstrip()))
            self.divide()
        if said := _said(rest):  # or nothing is seen before a note's mark
            self._parts.append(said)

    def _is_note_mark(self, text: str) -> bool:
        if not _NOTE_MARK.fullmatch(text):
            return False
        # in brackets as `cleaning` writes those it knows, which may stand anywhere
        before = "".join(self._parts[-8:]).rstrip()
        return text.startswith("[") or bool(_BEFORE_NOTE.search(before[-12:]))
