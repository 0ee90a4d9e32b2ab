"""Whether what is written can be read and touched: contrast, links told apart, sizes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from digest.checking.case import Case, Link, shortened
from digest.checking.parsing import Look, Node, Text, fold, length
from digest.checking.rule import Fault, Rule
from digest.knowledge.colours import contrast
from digest.lazy import regex

LARGE: Final = 24.0
LARGE_BOLD: Final = 18.66
LEAST_TARGET, GOOD_TARGET = 24, 44
LEAST_FONT, LEAST_LABEL = 14, 13
_TEXT_BLOCKS: Final = frozenset(
    "p li td th div blockquote dd h1 h2 h3 h4 h5 h6 center section article body".split()
)
_NOT_READ: Final = regex(r"[\W_]*")


def contrasts(case: Case) -> Iterator[Fault]:
    """Let text stand out from its ground: 4.5 to 1, large text 3 to 1, in light and in dark.

    Worked out from the inlined styles and, for dark mode, from the email's own dark rules, those
    for Outlook's among them. Colours are read as CSS Color 4 and 5 write them; on a gradient its
    best stop counts. Text on a picture, and colours that only the reader's system knows
    (`CanvasText`, `var()`), are left to your eyes (WCAG 1.4.3).
    """
    for looks, mode in (
        (case.light, "light"),
        (case.dark, "dark"),
        (_darkened_twice(case), "Outlook's dark"),
    ):
        told: set[tuple[str, str]] = set()
        for text in case.seen if looks else ():
            look = looks.get(text.parent) if looks else None
            pair = (look.shown_ink, look.ground) if look else (None, None)
            if look is None or pair in told or _NOT_READ.fullmatch(text.value):
                continue
            fault = _faint(text, look, mode)
            if fault is not None:
                told.add((str(pair[0]), str(pair[1])))
                yield fault


def _faint(text: Text, look: Look, mode: str) -> Fault | None:
    ink, ground = look.shown_ink, look.ground
    if ink is None or ground is None:
        return None
    ratio, least = contrast(ink, ground), 3.0 if _is_large(look) else 4.5
    if ratio >= least:
        return None
    most = ", the best of its gradient," if len(look.grounds or ()) > 1 else ""
    return Fault(
        message=f'"{shortened(fold(text.value), 30)}" is {ink} on {ground}{most}'
        f" in {mode} mode: {ratio:.1f} to 1",
        fix=f"Make it {least:g} to 1 at least",
        at=text.start,
    )


def _darkened_twice(case: Case) -> dict[Node, Look] | None:
    """Return the looks in Outlook's dark mode whose ink and ground the email itself sets there.

    Where it sets one of them only, Outlook makes the other, and nobody outside knows what of.
    """
    looks = case.outlook
    if looks is None:
        return None
    return {
        node: look
        for node, look in looks.items()
        if look.ink != case.light[node].ink and look.ground != case.light[node].ground
    }


def _is_large(look: Look) -> bool:
    return look.size >= LARGE or (look.is_bold and look.size >= LARGE_BOLD)


def link_colour(case: Case) -> Iterator[Fault]:
    """Tell links from the text around them by more than their colour.

    One man in twelve sees some colours alike; an underline is seen by all. Where there is none, 3
    to 1 between link and text is the least (WCAG 1.4.1).
    """
    for link in case.links:
        look = case.light[link.node]
        block = _block_around(link.node)
        if not link.shown or block is None or _stands_out(case, link.node, look):
            continue
        around = next(_plain_texts(case, block), None)
        if around is None:
            continue
        other = case.light[around.parent]
        if look.ink is None or other.ink is None:
            continue
        if contrast(look.ink, other.ink) < 3:
            yield Fault(
                message=f'the link "{shortened(link.shown, 30)}" is told from the text around it'
                " by its colour alone",
                fix="Underline it",
                at=link.node.start,
            )


def _block_around(node: Node) -> Node | None:
    return next((outer for outer in node.above() if outer.name in _TEXT_BLOCKS), None)


def _stands_out(case: Case, node: Node, look: Look) -> bool:
    """Tell whether a line, its weight or its ground marks a link, or all that it shows."""
    declared = case.declared(node)
    has_line = look.is_underlined or _has_border_below(declared)
    block = _block_around(node)
    outer = case.light[block] if block else look
    is_box = declared.get("display", "inline") not in ("inline", "")
    if has_line or is_box or look.ground != outer.ground or _is_bolder(look, outer):
        return True
    return _all_inside_stands_out(case, node, outer)


def _all_inside_stands_out(case: Case, node: Node, outer: Look) -> bool:
    """Tell whether what marks a link stands on what is within it, as in `<a><u>…</u></a>`."""
    texts = (text for text in node.inside() if isinstance(text, Text))
    inner = [case.light[text.parent] for text in texts if fold(text.value)]
    return bool(inner) and all(each.is_underlined or _is_bolder(each, outer) for each in inner)


def _is_bolder(look: Look, outer: Look) -> bool:
    return look.is_bold and not outer.is_bold


def _has_border_below(declared: Mapping[str, str]) -> bool:
    border = declared.get("border-bottom", declared.get("border", "none"))
    return border not in ("0", "") and not border.startswith(("0 ", "0px", "none"))


def _plain_texts(case: Case, block: Node) -> Iterator[Text]:
    """Yield the words of a block that stand beside its links on the same lines."""
    for found in block.inside():
        if (
            isinstance(found, Text)
            and not _NOT_READ.fullmatch(found.value)
            and not case.light[found.parent].is_hidden
        ):
            outers = [found.parent, *found.parent.above()]
            inner = outers[: outers.index(block)] if block in outers else outers
            if not any(each.name == "a" or each.name in _TEXT_BLOCKS | {"table"} for each in inner):
                yield found


def targets(case: Case) -> Iterator[Fault]:
    """Make what is touched 24 pixels high and wide at least, better 44.

    A fingertip is about 44 pixels wide; a link in a line of text is exempt (WCAG 2.5.8, 2.5.5).
    """
    for link in case.links:
        high = _height(case, link)
        if high is None or high >= GOOD_TARGET:
            continue
        what = link.name or link.href
        yield Fault(
            message=f'"{shortened(what, 30)}" is {high:.0f} pixels high to touch',
            fix=f"Give it padding until it is {GOOD_TARGET}",
            at=link.node.start,
            severity="error" if high < LEAST_TARGET else "warning",
        )


def _height(case: Case, link: Link) -> float | None:
    """Return how high a link is that stands by itself; None for one in a line of text."""
    declared = case.declared(link.node)
    display = declared.get("display", "inline")
    pictures = [node for node in link.node.elements() if node.name == "img"]
    if not link.shown and not pictures:
        return None
    if display in ("inline", "") and not (pictures and not link.shown):
        return None
    look = case.light[link.node]
    line = max(look.line, look.size) if link.shown else 0.0
    tallest = max((_picture_height(node) for node in pictures), default=0.0)
    told = (length(declared[name], 0) for name in ("height", "min-height") if name in declared)
    return max(line, tallest, *told, 0.0) + _padding(declared, look.size) + _borders(declared)


def _picture_height(node: Node) -> float:
    for name in ("height", "width"):
        told = node.get(name).removesuffix("px")
        if told.isdecimal():
            return float(told)
    found = re.search(r"(?<![\w-])(?:height|width)\s*:\s*(\d+)px", node.get("style"))
    return float(found[1]) if found else float(GOOD_TARGET)


def _padding(values: Mapping[str, str], size: float) -> float:
    """Return the padding above and below in pixels; `size` is what an em is."""
    sides = values.get("padding", "0").split() or ["0"]
    top = values.get("padding-top", sides[0])
    bottom = values.get("padding-bottom", sides[2] if len(sides) > 2 else sides[0])
    return _pixels(top, size) + _pixels(bottom, size)


def _pixels(value: str, size: float) -> float:
    return length(value, size) if re.match(r"[\d.]", value) else 0.0


def _borders(values: Mapping[str, str]) -> float:
    """Return the borders above and below in pixels: a button may be all border."""
    whole = values.get("border", "")
    width = values.get("border-width", "")
    return sum(
        _border(values.get(f"border-{side}-width") or values.get(f"border-{side}", width or whole))
        for side in ("top", "bottom")
    )


def _border(value: str) -> float:
    found = re.search(r"(?<![\w#.])(\d*\.?\d+)px", value)
    return float(found[1]) if found and "none" not in value else 0.0


def font(case: Case) -> Iterator[Fault]:
    """Set text in 14 pixels at least, labels above a section in 13.

    iOS enlarges smaller letters by itself and breaks the layout with them; many cannot read them.
    """
    told: set[float] = set()
    for text in case.seen:
        look = case.light[text.parent]
        least = LEAST_LABEL if _is_label(case, text) else LEAST_FONT
        if look.size >= least - 0.01 or _NOT_READ.fullmatch(text.value) or look.size in told:
            continue
        told.add(look.size)
        yield Fault(
            message=f'"{shortened(fold(text.value), 30)}" is {round(look.size, 1):g} pixels',
            fix=f"Make it {least} at least",
            at=text.start,
        )


def _is_label(case: Case, text: Text) -> bool:
    outers = (text.parent, *text.parent.above())
    for outer in outers:
        if outer.name in ("sup", "sub", "h1", "h2", "h3", "h4", "h5", "h6"):
            return True
        if outer.name in _TEXT_BLOCKS:
            declared = case.declared(outer)
            return case.light[text.parent].is_bold or declared.get("text-transform") == "uppercase"
    return False


FAMILY: Final = "sight"
RULES: Final = (
    Rule("CONTRAST", FAMILY, "error", contrasts),
    Rule("LINK-COLOUR", FAMILY, "warning", link_colour),
    Rule("TARGET", FAMILY, "error", targets),
    Rule("FONT-MIN", FAMILY, "warning", font),
)
