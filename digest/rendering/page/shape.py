"""Shapes: pieces of a page, compiled, with places for the values that are put back into them.

MJML and premailer see tokens only. Each token is found again in what they made, and looked at where
it stands: a value becomes text, never a tag, an attribute or a script.
"""

import re
from collections.abc import Iterable, Sequence

from digest.lazy import regex
from digest.models import Page, Slotted, Value
from digest.rendering.page.cutting import Cut
from digest.rendering.page.faults import LostTokens
from digest.rendering.page.tokens import TOKEN

_ANY_TOKEN = regex(rf"<!--{TOKEN.pattern}-->|{TOKEN.pattern}")
_ATTRIBUTE = regex(r"""\s([\w:-]+)\s*=\s*(?:"([^"]*)|'([^']*))\Z""")
_STYLE_ELEMENT = regex(r"<(style|script)\b[^>]*>.*?</\1>", re.DOTALL)
_ADDRESSES = frozenset(("href", "src", "background", "action", "cite", "poster"))
_DIGITS = regex("[0-9]{1,5}")
_SCHEME = regex(r"[^/?#:]*:")
# Anything else, `javascript:` first, has no business in a mail.
_SAFE_SCHEMES = ("https:", "http:", "mailto:", "tel:")

# A comment that MJML carries through, to find where one piece ends.
_SEAM = "<mj-raw><!--seam--></mj-raw>"
_SEAM_HTML = regex(r"\s*<!--seam-->\s*")


class Piece(Value):
    """Hold a compiled piece of a page without its values, which are numbered from nought.

    `links` are the values that stand at the start of an address, `numbers` those that stand in CSS.
    """

    segments: tuple[str, ...]
    places: tuple[int, ...]
    links: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()


Placed = tuple[Piece, tuple[int, ...]]
"""A piece, and the values of the page that its own are."""


# ---------------------------------------------------------------- putting together


def joined(pieces: Iterable[Placed], values: list[Slotted]) -> Page:
    """Return the page of some pieces; an address that is no web or mail address is left empty.

    Raises:
        LostTokens: if a value has no place, if something but a whole number stands in CSS, or if a
            region does not close where it opened.
    """
    segments, places = [""], []
    for piece, own in pieces:
        segments[-1] += piece.segments[0]
        segments += piece.segments[1:]
        places += [own[place] for place in piece.places]
        if piece.numbers:
            _check_numbers([own[number] for number in piece.numbers], values)
        for link in piece.links:
            value = values[own[link]]
            if value.kind == "text" and not _is_safe(value.value):
                values[own[link]] = Slotted(kind="text", value="")
    if len({*places}) < len(values):
        lost = tuple(sorted({*range(len(values))} - {*places}))
        raise LostTokens(
            "the value was lost while the page was compiled; it stands where MJML drops it", lost
        )
    _check_regions(places, values)
    return Page(kind="html", segments=tuple(segments), places=tuple(places), values=tuple(values))


def _is_safe(address: str) -> bool:
    if address.startswith(("https:", "http:")):
        return True
    # Browsers drop these from an address, even within its scheme (WHATWG URL, 4.4).
    address = re.sub(r"[\x00-\x20\x7f-\x9f]", "", address).lower()
    scheme = _SCHEME.match(address)
    # No scheme is a relative address, which is the page's own affair.
    return scheme is None or scheme[0] in _SAFE_SCHEMES


def _check_numbers(numbers: Sequence[int], values: Sequence[Slotted]) -> None:
    """Refuse words in CSS.

    Raises:
        LostTokens: if something but a whole number stands there.
    """
    wordy = tuple(number for number in numbers if not _DIGITS.fullmatch(values[number].value))
    if wordy:
        raise LostTokens("only a whole number or a theme value can stand in CSS", wordy)


def _check_regions(places: Sequence[int], values: Sequence[Slotted]) -> None:
    """Refuse regions that the compiler tore apart.

    Raises:
        LostTokens: if regions do not nest.
    """
    edges = {
        number: 1 if value.kind == "given" else -1
        for number, value in enumerate(values)
        if value.kind in ("given", "end")
    }
    depth = 0
    for number in places if edges else ():
        depth += edges.get(number, 0)
        if depth < 0:
            break
    if depth:
        torn = tuple(number for number, step in edges.items() if step > 0)
        raise LostTokens(
            "the region does not close where it opened; put whole elements into it", torn
        )


# ---------------------------------------------------------------- compiling


def compiled(cut: Cut) -> list[str]:
    """Return the HTML of a frame's parts and of the blocks in its holes, in the page's order.

    Raises:
        MarkupFault: if the page is no proper MJML.
        LostTokens: if a value stands in a style sheet, or the compiler took the page apart.
    """
    from digest.rendering.page.compiling import html_of

    page = [cut.frame[0]]
    for hole, part in zip(cut.holes, cut.frame[1:], strict=True):
        page += [_SEAM, *(block + _SEAM for block in hole), part]
    html = html_of("".join(page))
    _check_styles(html)
    parts = _SEAM_HTML.split(html)
    if len(parts) != len(cut.frame) + sum(map(len, cut.holes)):
        raise LostTokens("the page came apart while it was compiled", ())
    return parts


def _check_styles(html: str) -> None:
    inside = [
        int(token) for style in _STYLE_ELEMENT.finditer(html) for token in TOKEN.findall(style[0])
    ]
    if inside:
        raise LostTokens(
            "a value cannot stand in a style sheet; only theme values can", tuple(inside)
        )


def piece(html: str, numbers: tuple[int, ...]) -> Piece:
    """Return a piece of a page from its HTML and the numbers of its tokens.

    Raises:
        LostTokens: if a value stands where no value may, or comes from elsewhere.
    """
    own = {number: i for i, number in enumerate(numbers)}
    segments, places, end = [], [], 0
    special: dict[str, list[int]] = {"link": [], "number": []}
    for token in _ANY_TOKEN.finditer(html):
        number = int(token[1] or token[2])
        if number not in own:
            raise LostTokens("the page came apart while it was compiled", (number,))
        segments.append(html[end : token.start()])
        places.append(own[number])
        special.setdefault(_role(html, token.start(), number), []).append(own[number])
        end = token.end()
    segments.append(html[end:])
    links, words = (tuple(dict.fromkeys(special[role])) for role in ("link", "number"))
    return Piece(segments=tuple(segments), places=tuple(places), links=links, numbers=words)


def _role(html: str, start: int, number: int) -> str:
    """Return what a token is: "link" at the start of an address, "number" in CSS, or "text".

    Raises:
        LostTokens: if a value would become a tag, an attribute or a script.
    """
    # The nearest tag before it: is it still open here?
    opened = html.rfind("<", 0, start)
    if html.rfind(">", opened, start) != -1 or html.startswith("<!--", opened):
        return "text"
    attribute = _ATTRIBUTE.search(html, max(opened, start - 2000), start)
    name = attribute[1].lower() if attribute else ""
    if not attribute or name == "srcdoc" or name.startswith("on"):
        place = f"the attribute {name}" if name else "a tag"
        raise LostTokens(f"a value cannot stand in {place}; only theme values can", (number,))
    if name == "style":
        return "number"
    # Further on in an address a value cannot change where it leads by its scheme.
    begins = not (attribute[2] or attribute[3])
    return "link" if begins and name in _ADDRESSES else "text"
