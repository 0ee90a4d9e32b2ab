"""Clean HTML as text for a terminal.

Headings underlined, lists with their numbers, tables in columns. Every line is laid out within the
page's width already. A line longer than that holds a single word, such as an address.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import product, zip_longest
from typing import Final, TypeAlias

from digest.lazy import regex
from digest.rendering.text import WIDTH, columns, one_line, underline, wrap

Block: TypeAlias = list[str]
"""Lines that belong together; a blank line stands between two blocks."""

# a power stays one without raised letters: 10⁶ is not 106
_POWER: Final = regex(r"<sup>([0-9+−-]{1,6})</sup>")
_RAISED: Final = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HOLDERS: Final = frozenset(
    "p div figure figcaption section article header footer dl dt dd".split()
)
_BLOCKS: Final = _HEADINGS | _HOLDERS | frozenset("ul ol li blockquote pre table hr".split())
_SILENT: Final = frozenset(("script", "style"))
_VOID: Final = frozenset(("br", "hr", "img", "col", "wbr"))
# Columns below which a quotation or a list is not made narrower.
_LEAST: Final = 24
_MOST_SPANNED: Final = 50


class Node:
    """Hold an element with what stands in it."""

    __slots__ = ("attributes", "children", "name")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name, self.attributes = name, attributes
        self.children: list[Node | str] = []


class _Reader(HTMLParser):
    """Read HTML into nodes, however they nest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        names = [node.name for node in self.open]
        if tag in names:
            del self.open[len(names) - names[::-1].index(tag) - 1 :]
        elif tag in _BLOCKS:
            self.open[-1].children.append(Node("p", {}))  # it closes nothing, but it parts words

    def handle_data(self, data: str) -> None:
        if self.open[-1].name not in _SILENT:
            self.open[-1].children.append(data)


def from_html(html: str, width: int = WIDTH) -> str:
    """Return clean HTML as text: paragraphs apart, each link's address after its words.

    >>> page = '<p>See <a href="https://example.org/">the plan</a>.</p><ul><li>one</li></ul>'
    >>> print(from_html(page))
    See the plan <https://example.org/>.
    <BLANKLINE>
    - one
    >>> print(from_html("<p>About 10<sup>6</sup> newts</p>"))
    About 10⁶ newts
    """
    reader = _Reader()
    reader.feed(_POWER.sub(lambda found: found[1].translate(_RAISED), html))
    reader.close()
    return "\n\n".join("\n".join(block) for block in _blocks(reader.open[0].children, width))


def _blocks(children: Sequence[Node | str], width: int) -> Iterator[Block]:
    """Yield the blocks that nodes make.

    Words and links that stand between others make paragraphs.
    """
    run: list[Node | str] = []
    for child in children:
        if isinstance(child, str) or not _has_blocks(child):
            run.append(child)
            continue
        yield from _paragraph(run, width)
        run = []
        yield from _block(child, width)
    yield from _paragraph(run, width)


def _has_blocks(node: Node) -> bool:
    if node.name in _BLOCKS:
        return True
    return any(isinstance(child, Node) and _has_blocks(child) for child in node.children)


def _paragraph(run: Sequence[Node | str], width: int) -> Iterator[Block]:
    text = wrap(_words(run), width)
    if text:
        yield text.split("\n")


def _block(node: Node, width: int) -> Iterator[Block]:
    name = node.name
    if name in _HEADINGS:
        title = underline(_words(node.children), width=width)
        if title:
            yield title.split("\n")
    elif name in ("ul", "ol"):
        yield from _list(node, width)
    elif name == "blockquote":
        yield from _quotation(node, width)
    elif name == "table":
        yield from _table(node, width)
    elif name == "pre":
        yield [f"    {line}".rstrip() for line in _raw(node).strip("\n").split("\n")]
    elif name == "hr":
        yield ["* * *"]
    else:
        yield from _blocks(node.children, width)


def _list(node: Node, width: int) -> Iterator[Block]:
    """Yield a list as one block: its items under each other, what continues an item stands in."""
    items = _inside(node)
    marks = [f"{number}. " for number in _numbers(node, items)] if node.name == "ol" else []
    marks = marks or ["- "] * len(items)
    lines: Block = []
    for item, mark in zip(items, marks, strict=True):
        inner = max(width - len(mark), _LEAST)
        told = [line for block in _blocks(item.children, inner) for line in block]
        lines += [f"{mark if not at else ' ' * len(mark)}{line}" for at, line in enumerate(told)]
    if lines:
        yield lines


def _numbers(node: Node, items: list[Node]) -> Iterator[int]:
    """Yield the numbers of a list's items, as a browser counts them."""
    is_reversed = "reversed" in node.attributes
    number = _whole(node.attributes.get("start"), len(items) if is_reversed else 1)
    for item in items:
        number = _whole(item.attributes.get("value"), number)
        yield number
        number += -1 if is_reversed else 1


def _whole(written: str | None, default: int) -> int:
    try:
        return int(written or default)
    except ValueError:
        return default


def _quotation(node: Node, width: int) -> Iterator[Block]:
    lines: Block = []
    for block in _blocks(node.children, max(width - 2, _LEAST)):
        lines += [*([">"] if lines else []), *(f"> {line}".rstrip() for line in block)]
    if lines:
        yield lines


def _table(node: Node, width: int) -> Iterator[Block]:
    """Yield a table: in columns where they fit, else each row as a block of its own."""
    grid = _grid(node)
    rows = [row for row in map(_written, grid) if any(row)]
    yield from _caption(node, width)
    if not rows:
        return
    has_head = _has_head(node)
    sizes = [max(map(columns, column)) for column in zip_longest(*rows, fillvalue="")]
    if sum(sizes) + 2 * len(sizes) - 2 <= width:
        sides = _sides(grid)
        lines = [_aligned(row, sizes, sides) for row in rows]
        ruled = ["  ".join("-" * size for size in sizes)] if has_head else []
        yield [lines[0], *ruled, *lines[1:]]
        return
    heads, rest = (rows[0], rows[1:]) if has_head else ([], rows)
    for row in rest:
        yield _alone(row, heads, width)


def _caption(table: Node, width: int) -> Iterator[Block]:
    yield from _paragraph([child for child in _inside(table) if child.name == "caption"], width)


def _has_head(table: Node) -> bool:
    """Tell whether a table's first row names its columns."""
    return all(cell.name == "th" for cell in _cells(next(_rows(table))))


def _grid(table: Node) -> list[list[Node | None]]:
    """Return a table's cells by rows and columns, each where it begins; what it spans is empty."""
    rows = list(_rows(table))
    taken: dict[tuple[int, int], Node | None] = {}
    for y, row in enumerate(rows):
        x = 0
        for cell in _cells(row):
            while (y, x) in taken:
                x += 1
            wide, high = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - y)
            taken |= dict.fromkeys(product(range(y, y + high), range(x, x + wide)))
            taken[y, x] = cell
            x += wide
    width = max((x + 1 for _, x in taken), default=0)
    return [[taken.get((y, x)) for x in range(width)] for y in range(len(rows))]


def _written(row: Sequence[Node | None]) -> list[str]:
    return [_words(cell.children).replace("\n", " ") if cell else "" for cell in row]


def _span(cell: Node, name: str) -> int:
    told = cell.attributes.get(name, "")
    return min(int(told), _MOST_SPANNED) if told.isdecimal() and int(told) else 1


def _sides(grid: Sequence[Sequence[Node | None]]) -> list[str]:
    """Return the side of each column's words, as its last cell tells it."""
    stacks = ([cell for cell in column if cell] for column in zip(*grid, strict=True))
    return [cells[-1].attributes.get("align", "") if cells else "" for cells in stacks]


def _alone(row: Sequence[str], heads: Sequence[str], width: int) -> Block:
    """Return a row as lines of their own, each cell under the name of its column."""
    cells = enumerate(row)
    return [line for at, cell in cells for line in _named(cell, heads[at : at + 1], width)]


def _named(cell: str, heads: Sequence[str], width: int) -> list[str]:
    """Return a cell of a row that stands alone, under the name of its column."""
    told = ": ".join(part for part in (*heads, cell) if part)
    return wrap(told, width).split("\n") if cell else []


def _aligned(row: Sequence[str], sizes: Sequence[int], sides: Sequence[str]) -> str:
    cells = zip(row, sizes, sides, strict=False)
    padded = (_padded(cell, size, side) for cell, size, side in cells)
    return "  ".join(padded).rstrip()


def _padded(cell: str, size: int, side: str) -> str:
    """Return a cell as wide as its column, its words on the side that was told."""
    room = size - columns(cell)
    before = {"right": room, "center": room // 2}.get(side, 0)
    return " " * before + cell + " " * (room - before)


def _rows(node: Node) -> Iterator[Node]:
    for child in _inside(node):
        yield from [child] if child.name == "tr" else _rows(child)


def _inside(node: Node) -> list[Node]:
    return [child for child in node.children if isinstance(child, Node)]


def _cells(row: Node) -> list[Node]:
    return [cell for cell in _inside(row) if cell.name in ("td", "th")]


def _words(children: Sequence[Node | str]) -> str:
    """Return the text of nodes on one line, apart from line breaks that were written."""
    lines = "".join(_said(children)).split("\v")
    return "\n".join(filter(None, map(one_line, lines)))


def _said(children: Sequence[Node | str]) -> Iterator[str]:
    for child in children:
        if isinstance(child, str):
            yield child.replace("\v", " ")
        elif child.name == "br":
            yield "\v"
        elif child.name == "img":
            alt = child.attributes.get("alt", "").strip()
            yield f"[{alt}]" if alt else ""
        else:
            yield from _linked(child)


def _linked(node: Node) -> Iterator[str]:
    """Yield the words of an element, a link's address after them unless they are the address."""
    said = "".join(_said(node.children))
    yield said
    address = node.attributes.get("href", "") if node.name == "a" else ""
    leads_away = address and not address.startswith("#")  # a footnote's mark leads nowhere here
    if leads_away and said.strip() != address.removeprefix("mailto:"):
        yield f" <{address}>"
    elif node.name in _BLOCKS:
        yield " "  # within a cell: paragraphs do not run into each other


def _raw(node: Node) -> str:
    return "".join(child if isinstance(child, str) else _raw(child) for child in node.children)
