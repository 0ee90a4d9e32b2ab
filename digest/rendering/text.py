"""The text part: laid out for reading in a terminal or on a watch, never stripped from the HTML.

Filters for text templates. Widths are columns, in which East Asian characters count two. Merge tags
appear as tokens of no fixed width, so a line that holds one is only ever wrapped at its words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from digest.knowledge.endings import settled
from digest.lazy import regex
from digest.rendering.page import clean

# What mail has been wrapped at since terminals had 80 columns, with room for quoting.
WIDTH: Final = 72

_SPACE = regex(r"\s+")
_ITEM = regex(r" *([-*] |\d{1,3}\. )")
_NO_BREAK = "\u00a0"
# White space at which a line may end; a separator stays with what follows it.
_GAP = regex(r"[^\S\u00a0]+")
_NARROW = "\x00-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
# Characters that may take another number of columns than one: not Latin, nor its punctuation.
_UNLIKE = regex(f"[^{_NARROW}]")
# These, and what is not just parted from its neighbours by a space.
_PARTED = regex(f"[^{_NARROW}]|[·\u00a0]")
_QUOTED = regex(r"(?:> ?)+ *")


@cache
def _wide_piece() -> re.Pattern[str]:
    """Return what parts a word where it may wrap.

    Made when first needed, for it takes milliseconds.
    """
    return re.compile(
        r"[^\u2e80-\uffef]+|[\u2e80-\uffef][\u3001\u3002\uff0c\uff01\uff1f\u300d\u300f]*"
    )


def columns(text: str) -> int:
    """Return how many columns a line takes in a terminal.

    >>> columns("garden"), columns("園芸"), columns("é")
    (6, 4, 1)
    """
    return sum(map(_width, text)) if _UNLIKE.search(text) else len(text)


@lru_cache(maxsize=4096)
def _width(c: str) -> int:
    # What joins and marks letters, and takes no column itself.
    if c in "\u200b\u200c\u200d\u200e\u200f\ufe0e\ufe0f" or unicodedata.combining(c):
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


def one_line(text: str) -> str:
    """Return text on a single line, white space as single spaces."""
    return _SPACE.sub(" ", clean(text)).strip()


_UNBROKEN_LIMIT = 32


def unbroken(text: str) -> str:
    r"""Return a few words that stay on one line; beyond 32 characters they stay as they are.

    >>> unbroken("4 min read"), unbroken("Read the whole post on our own site")
    ('4\xa0min\xa0read', 'Read the whole post on our own site')
    """
    return text.replace(" ", "\u00a0") if len(text) <= _UNBROKEN_LIMIT else text


# In characters, how long the end of a series' label may be that stays whole, as on a phone.
_FIRM_LIMIT = 24


def firm(label: str) -> str:
    r"""Return a series' label that turns into a new line neither before its dot nor after it.

    >>> firm("Greenhouse notes · part 2 of 4")
    'Greenhouse notes\xa0·\xa0part\xa02\xa0of\xa04'
    """
    name, dot, place = label.rpartition(" · ")
    if not dot:
        return label
    fits = len(name.rpartition(" ")[2]) + len(place) <= _FIRM_LIMIT
    return f"{name}\u00a0·\u00a0{unbroken(place) if fits else place}"


def underline(text: str, mark: str = "-", width: int = WIDTH) -> str:
    """Return a title on lines of its own, in its own case, underlined as wide as it is.

    >>> print(underline("Seed swap"))
    Seed swap
    ---------
    """
    lines = list(_filled(one_line(text), width, "", ""))
    if not lines:
        return ""
    longest = max(columns(line) for line in lines)
    return "\n".join([*lines, mark * min(longest, width)])


_SENTENCE_END = regex(r"(?<=[^\W\d_]{3})[.!?…]['\"”’»)]*(?=\s)|[。！？][」』）]*")


# Of the width: whole sentences that fill so much of it need no further one that is cut.
_LEAST_SHARE: Final = 0.4


def brief(text: str, width: int = 150, language: str = "") -> str:
    """Return a text's beginning in so many columns: whole sentences, else to where it can stop.

    >>> brief("One short sentence. Another that would go on.", 30), brief("one two three four", 12)
    ('One short sentence.', 'one two…')
    """
    line = one_line(text)
    if columns(line) <= width:
        return line
    ends = [
        end.end() for end in _SENTENCE_END.finditer(line) if columns(line[: end.end()]) <= width
    ]
    if ends and columns(line[: ends[-1]]) >= width * _LEAST_SHARE:
        return line[: ends[-1]]
    first = next(_filled(line, width - 1, "", ""))
    return f"{settled(first, language, len(first) * 2 // 3).rstrip('.')}…"


def wrap(text: str, width: int = WIDTH, indent: str = "") -> str:
    """Return paragraphs wrapped to a width.

    Long words and addresses stay whole, blank lines stay single.
    >>> print(wrap("one two three", 8))
    one two
    three
    """
    paragraphs = (p for p in re.split(r"\n\s*\n", text.strip()) if p.strip())
    return "\n\n".join("\n".join(_lines(p, width, indent)) for p in paragraphs)


def facts(told: str, width: int = WIDTH) -> str:
    r"""Return facts, each on a line, as one line with dots between; where it turns, no dot stands.

    >>> print(facts("Maren Holt\n23 November 2026\n4 min read", 30))
    Maren Holt · 23 November 2026
    4 min read
    """
    lines: list[str] = []
    for fact in told.split("\n"):
        longer = f"{lines[-1]} · {fact}" if lines else fact
        if lines and columns(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(fact)
    return "\n".join(wrap(line, width) for line in lines)


def _lines(paragraph: str, width: int, indent: str) -> Iterator[str]:
    for given in paragraph.split("\n"):
        if given.startswith(">"):
            yield from _quoted(given, width, indent)
            continue
        if columns(given) + len(indent) <= width:
            yield (indent + given).rstrip().replace(_NO_BREAK, " ")
            continue
        # The lines of a list's point stand below its words, and not below its mark.
        hang = " " * (len(given) - len(given.lstrip(" ")))
        mark = _ITEM.match(given)
        hang += " " * len(mark[1]) if mark else ""
        lead = indent + hang[: len(given) - len(given.lstrip(" "))]
        yield from _filled(given.strip(), width, lead, indent + hang)


def _quoted(line: str, width: int, indent: str) -> Iterator[str]:
    """Yield a line of a quotation, whose mark stays beside its first word."""
    mark = _QUOTED.match(line)
    begin = mark[0] if mark else ""
    filled = list(_filled(line[len(begin) :], width, indent + begin, indent))
    yield from filled or [(indent + begin).rstrip()]


def _filled(line: str, width: int, first: str, rest: str) -> Iterator[str]:
    if not _PARTED.search(line):
        yield from _filled_plainly(" ".join(line.split()), width, first, rest)
        return
    current, used = first, len(first)
    is_empty = True
    for word, size, gap in _words(line):
        if not is_empty and used + gap + size > width:
            yield current.rstrip().replace(_NO_BREAK, " ")
            current, used, is_empty = rest, len(rest), True
        if not is_empty and gap:
            current += " "
            used += 1
        current += word
        used += size
        is_empty = False
    if not is_empty:
        yield current.rstrip().replace(_NO_BREAK, " ")


def _filled_plainly(line: str, width: int, first: str, rest: str) -> Iterator[str]:
    """Yield what `_filled` does of words that are as wide as they are long, single spaces between.

    Nearly all lines are of such words, and looking for the last space that fits is quick.
    """
    start, lead = 0, first
    while len(line) - start > width - len(lead):
        end = line.rfind(" ", start, max(start, start + width - len(lead)) + 1)
        # A word longer than the line stays whole: an address that is cut leads nowhere.
        if end <= start:
            end = line.find(" ", start)
        if end < 0:
            break
        yield (lead + line[start:end]).rstrip()
        start, lead = end + 1, rest
    if line:
        yield (lead + line[start:]).rstrip()


def _joined(line: str) -> Iterator[str]:
    """Yield what a line may be parted between: words, each with the separator before it."""
    before = ""
    for word in filter(None, _GAP.split(line)):
        if word == "·":
            before += f"{word}{_NO_BREAK}"
            continue
        yield before + word
        before = ""
    if before:
        yield before.rstrip(_NO_BREAK)


def _words(line: str) -> Iterator[tuple[str, int, int]]:
    """Yield words with their width and that of the space before.

    Wide characters may part between them.
    """
    for word in _joined(line):
        if not _UNLIKE.search(word):
            yield word, len(word), 1
        elif not any(_width(c) == 2 and c.isalpha() for c in word):
            yield word, columns(word), 1
        else:
            for i, piece in enumerate(_wide_piece().findall(word)):
                yield piece, columns(piece), 0 if i else 1
