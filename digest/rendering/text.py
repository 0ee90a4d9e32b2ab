"""The text part: laid out for reading in a terminal or on a watch, never stripped from the HTML.

Filters for text templates. Widths are columns, in which East Asian characters count two. Merge tags
appear as tokens of no fixed width, so a line that holds one is only ever wrapped at its words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Final

from digest.rendering.page import clean

WIDTH: Final = 72

_SPACE = re.compile(r"\s+")
_TAG = re.compile(
    r'<!--.*?-->|<(/?)([a-z][a-z0-9]*)((?:\s+[^\s"=<>/]+(?:="[^"]*")?)*)\s*/?>', re.DOTALL
)
_HREF = re.compile(r'\shref="([^"]*)"')
_QUOTED = re.compile(r"(?:> ?)+ *")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCK_NAMES = "p div ul ol blockquote figure figcaption table tr pre hr h1 h2 h3 h4 h5 h6 section"
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SILENT = frozenset(("script", "style"))


@cache
def _wide_piece() -> re.Pattern[str]:
    """Return what parts a word where it may wrap; made when first needed, for it takes milliseconds."""
    return re.compile(
        r"[^\u2e80-\uffef]+|[\u2e80-\uffef][\u3001\u3002\uff0c\uff01\uff1f\u300d\u300f]*"
    )


def columns(text: str) -> int:
    """Return how many columns a line takes in a terminal.

    >>> columns("garden"), columns("園芸"), columns("é")
    (6, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(_width(c) for c in text)


def _width(c: str) -> int:
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


def underline(text: str, mark: str = "-") -> str:
    """Return a title alone on its line, unwrapped and in its own case, underlined up to the page's width.

    >>> print(underline("Seed swap"))
    Seed swap
    ---------
    """
    line = one_line(text)
    return f"{line}\n{mark * min(columns(line), WIDTH)}" if line else ""


_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3})[.!?…]['\"”’»)]*(?=\s)|[。！？][」』）]*")


def brief(text: str, width: int = 150) -> str:
    """Return the beginning of a text in so many columns: whole sentences, else whole words and an ellipsis.

    >>> brief("One short sentence. Another that would go on.", 30), brief("one two three four", 12)
    ('One short sentence.', 'one two…')
    """
    line = one_line(text)
    if columns(line) <= width:
        return line
    ends = [
        end.end() for end in _SENTENCE_END.finditer(line) if columns(line[: end.end()]) <= width
    ]
    if ends and columns(line[: ends[-1]]) >= width / 2:
        return line[: ends[-1]]
    first = next(_filled(line, width - 1, "", ""))
    return f"{first.rstrip(' ,;:–—-.')}…"


def wrap(text: str, width: int = WIDTH, indent: str = "") -> str:
    """Return paragraphs wrapped to a width; long words and addresses stay whole, blank lines stay single.

    >>> print(wrap("one two three", 8))
    one two
    three
    """
    paragraphs = (p for p in re.split(r"\n\s*\n", text.strip()) if p.strip())
    return "\n\n".join("\n".join(_lines(p, width, indent)) for p in paragraphs)


def _lines(paragraph: str, width: int, indent: str) -> Iterator[str]:
    for given in paragraph.split("\n"):
        if given.startswith(">"):
            yield from _quoted(given, width, indent)
            continue
        hang = " " * (len(given) - len(given.lstrip(" ")))
        hang += "  " if given.lstrip().startswith(("- ", "* ")) else ""
        yield from _filled(given.strip(), width, indent, indent + hang)


def _quoted(line: str, width: int, indent: str) -> Iterator[str]:
    """Yield a line of a quotation, whose mark stays beside its first word."""
    mark = _QUOTED.match(line)
    begin = mark[0] if mark else ""
    filled = list(_filled(line[len(begin) :], width, indent + begin, indent))
    yield from filled or [(indent + begin).rstrip()]


def _filled(line: str, width: int, first: str, rest: str) -> Iterator[str]:
    current, used = first, len(first)
    is_empty = True
    for word, size, gap in _words(line):
        if not is_empty and used + gap + size > width:
            yield current.rstrip()
            current, used, is_empty = rest, len(rest), True
        if not is_empty and gap:
            current += " "
            used += 1
        current += word
        used += size
        is_empty = False
    if not is_empty:
        yield current.rstrip()


def _words(line: str) -> Iterator[tuple[str, int, int]]:
    """Yield words with their width and that of the space before; wide characters may part between them."""
    for word in line.split():
        if word.isascii():
            yield word, len(word), 1
        elif not any(_width(c) == 2 and c.isalpha() for c in word):
            yield word, columns(word), 1
        else:
            for i, piece in enumerate(_wide_piece().findall(word)):
                yield piece, columns(piece), 0 if i else 1


def from_html(html: str) -> str:
    """Return clean HTML as readable text: paragraphs apart, items with dashes, each link's address after it.

    Headings are underlined. Quotations are wrapped already, since each of their lines begins with a
    mark.

    >>> print(from_html('<p>See <a href="https://example.org/">the plan</a>.</p><ul><li>one</li></ul>'))
    See the plan <https://example.org/>.
    <BLANKLINE>
    - one
    """
    out: list[str] = []
    open_links: list[tuple[str, int]] = []
    open_blocks: list[tuple[str, int]] = []
    silent, end = 0, 0
    for tag in _TAG.finditer(html):
        if not silent:
            out.append(_shown(html[end : tag.start()]))
        end = tag.end()
        name, is_closing = tag[2] or "", bool(tag[1])
        if name in _SILENT:
            silent += -1 if is_closing else 1
        elif name == "a":
            _address(out, open_links, tag[3] or "", is_closing)
        else:
            out.append(_break(name, is_closing))
            _marked(out, open_blocks, name, is_closing)
    if not silent:
        out.append(_shown(html[end:]))
    return _laid_out("".join(out))


def _shown(html: str) -> str:
    return _SPACE.sub(" ", unescape(html))


def _address(
    out: list[str], open_links: list[tuple[str, int]], attributes: str, is_closing: bool
) -> None:
    """Put a link's address after its words, unless the words are the address."""
    if not is_closing:
        href = _HREF.search(attributes)
        open_links.append((unescape(href[1]) if href else "", len(out)))
    elif open_links:
        address, start = open_links.pop()
        if address and "".join(out[start:]).strip() != address:
            out.append(f" <{address}>")


def _marked(
    out: list[str], open_blocks: list[tuple[str, int]], name: str, is_closing: bool
) -> None:
    """Underline a heading and mark the lines of a quotation, once it is closed."""
    if name not in _HEADINGS and name != "blockquote":
        return
    if not is_closing:
        open_blocks.append((name, len(out)))
    elif open_blocks and open_blocks[-1][0] == name:
        depth = sum(opened == "blockquote" for opened, _ in open_blocks)
        start = open_blocks.pop()[1]
        said = "".join(out[start:])
        out[start:] = [f"{underline(said) if name in _HEADINGS else _quotation(said, depth)}\n\n"]


def _quotation(said: str, depth: int) -> str:
    lines = wrap(_laid_out(said), WIDTH - 2 * depth).split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines) if lines != [""] else ""


def _break(name: str, is_closing: bool) -> str:
    if name == "br":
        return "\n"
    if name == "li":
        return "" if is_closing else "\n- "
    return "\n\n" if name in _BLOCKS else ""


def _laid_out(text: str) -> str:
    lines = [
        line if line.startswith(">") else re.sub(r" {2,}", " ", line).strip()
        for line in text.split("\n")
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
