"""Whether the HTML holds together, and says what it means to those who cannot see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.checking.case import Case, shortened, spoken
from digest.checking.facts import elements
from digest.checking.parsing import Mend, Node, Text, fold
from digest.checking.rule import Fault, Rule
from digest.lazy import regex

_FIGURE: Final = regex(r"[^\w]*\d[\d.,:%\s]*\D{0,3}")


def unclosed(case: Case) -> Iterator[Fault]:
    """Close every element, in the order opposite to that in which they were opened.

    Every mail program mends an open tag in its own way; Outlook moves the rest of the mail into it
    (HTML, 13.1.2.4).
    """
    for mend in case.page.mends:
        if sentence := _MENDED.get(mend.kind):
            message, fix = sentence
            yield Fault(
                message=message.format(name=mend.name, by=mend.by or "the end"),
                fix=fix.format(name=mend.name),
                at=mend.start,
                severity="warning" if mend.kind in _HARMLESS_MENDS else None,
            )


_MENDED: Final = {
    "unclosed": ("<{name}> is still open at <{by}>", "Add </{name}>"),
    "unclosed-optional": ("<{name}> has no end tag", "Add </{name}>"),
    "closed-early": ("<{name}> is ended by the <{by}> in it", "Make it a <div>, or end it before"),
    "stray-end": ("</{name}> ends nothing", "Take it out"),
    "self-closed": ("<{name}/> does not close itself", "Write <{name}></{name}>"),
    "broken-tag": ("the file ends within <{name}", "Something was cut off; restore it"),
    "unclosed-comment": ("a comment is never closed", "End it with -->"),
    "run-together": (
        "attributes of <{name}> run together, or a quotation mark is one too many",
        "Put a space between them, and end each value",
    ),
}
# Every program mends these in the same way, so that nobody sees anything of them.
_HARMLESS_MENDS: Final = ("unclosed-optional", "self-closed", "run-together")


def misplaced(case: Case) -> Iterator[Fault]:
    """Put only rows into a table, only cells into a row, no link into a link, no block into a line.

    A browser moves what does not belong there out in front of the table, and Outlook does something
    else again (HTML, 4.9 and 13.2.6.4.9).
    """
    for mend in case.page.mends:
        yield from _misplaced_mend(mend)
    for node in case.page.nodes:
        if node.name in elements.FLOW and (around := _line_around(node)):
            yield Fault(
                message=f"<{node.name}> inside <{around}>",
                fix=f"Put the <{around}> inside the <{node.name}>",
                at=node.start,
                severity="warning",
            )
    yield from _touched_twice(case)
    for node in case.page.all("title"):
        around = node.parent.name if node.parent else ""
        if around not in ("head", "svg", "symbol", "g"):
            yield Fault(
                message=f"a <title> inside <{around}>", fix="Put it into <head>", at=node.start
            )


def _touched_twice(case: Case) -> Iterator[Fault]:
    """Yield what can be touched inside of what can be touched, also by way of a table."""
    for node in case.page.all("a", "button"):
        around = next((up.name for up in node.above() if up.name in ("a", "button")), "")
        if around and (node.name == "button" or "href" in node.attributes):
            yield Fault(
                message=f"<{node.name}> inside <{around}>", fix="Keep one of them", at=node.start
            )


def _misplaced_mend(mend: Mend) -> Iterator[Fault]:
    if mend.kind == "in-table":
        what = "text" if mend.name == "text" else f"<{mend.name}>"
        yield Fault(
            message=f"{what} straight inside <{mend.by}>", fix="Put it into a cell", at=mend.start
        )
    elif mend.kind == "nested-link":
        yield Fault(message="a link inside a link", fix="End the first one before", at=mend.start)
    elif mend.kind == "too-many":
        yield Fault(
            message="over 50,000 elements; the rest is not judged", fix="Show less", at=mend.start
        )
    elif mend.kind == "too-deep":
        yield Fault(message="elements are nested over 200 deep", fix="Flatten them", at=mend.start)


def _line_around(node: Node) -> str:
    """Return the element of text around a block, looking through links and the like."""
    for outer in node.above():
        if outer.name not in elements.TRANSPARENT:
            return outer.name if outer.name in elements.PHRASING else ""
    return ""


def doubled(case: Case) -> Iterator[Fault]:
    """Give each id once and without a space, and each attribute of an element once.

    A link to `#id` and a label that refers to one reach only the first; of two attributes of one
    name the second is lost (HTML, 3.2.6 and 13.1.2.3).
    """
    known: set[str] = set()
    for node in case.page.nodes:
        name = node.get("id")
        if name and name in known:
            yield Fault(message=f'the id "{name}" stands twice', fix="Rename one", at=node.start)
        if re.search(r"\s", name):
            yield Fault(
                message=f'the id "{name}" holds a space', fix="Write it as one word", at=node.start
            )
        known.add(name)
    for mend in case.page.mends:
        if mend.kind == "double-attribute":
            yield Fault(
                message=f"<{mend.name}> has an attribute twice; the second is lost",
                fix="Join them",
                at=mend.start,
            )


def lists(case: Case) -> Iterator[Fault]:
    """Put items into a list, and only items.

    A screen reader tells how many items a list has; outside of one they are just lines (WCAG
    1.3.1).
    """
    for node in case.page.all("li", "dt", "dd"):
        parent = node.parent.name if node.parent else ""
        # HTML, 4.4.9: groups of a <dl> may stand in a <div>.
        if parent not in (("dl", "div") if node.name != "li" else ("ul", "ol", "menu")):
            yield Fault(
                message=f"<{node.name}> outside of a list",
                fix="Put a <ul> around the items",
                at=node.start,
            )
    for node in case.page.all("ul", "ol"):
        for child in node.children:
            if isinstance(child, Node) and child.name not in ("li", "script", "template"):
                yield Fault(
                    message=f"<{child.name}> straight inside <{node.name}>",
                    fix="Put it into a <li>",
                    at=child.start,
                )
            elif isinstance(child, Text) and fold(child.value):
                yield Fault(
                    message=f"text straight inside <{node.name}>",
                    fix="Put it into a <li>",
                    at=child.start,
                )


# ---------------------------------------------------------------- tables


def table_role(case: Case) -> Iterator[Fault]:
    """Mark a table that only lays things out with `role="presentation"`.

    Without it a screen reader reads "table, row 1, column 1" before every line (WCAG 1.3.1).
    """
    for node in case.page.all("table"):
        is_told = node.get("role").lower() in ("presentation", "none")
        if not is_told and not _names_its_data(node) and not _holds_data(node):
            yield Fault(
                message="a table for layout without its role",
                fix='Add role="presentation"',
                at=node.start,
            )


def data_table(case: Case) -> Iterator[Fault]:
    """Let a table of data keep its headings.

    Without `<th>`, or with `role="presentation"`, its figures are read in a row without what they
    mean (WCAG 1.3.1).
    """
    for node in case.page.all("table"):
        is_layout = node.get("role").lower() in ("presentation", "none")
        if is_layout and any(cell.name in ("th", "caption") for cell in _own(node)):
            yield Fault(
                message='a table with headings has role="presentation"',
                fix="Take the role away",
                at=node.start,
            )
        elif not _names_its_data(node) and _holds_data(node):
            yield Fault(
                message="a table of figures has no headings",
                fix="Make its first row <th>" + (", and take the role away" if is_layout else ""),
                at=node.start,
            )


def _own(table: Node) -> Iterator[Node]:
    """Yield a table's parts, without those of tables inside."""
    waiting = [child for child in table.children if isinstance(child, Node)]
    while waiting:
        node = waiting.pop()
        yield node
        if node.name != "table":
            waiting.extend(child for child in node.children if isinstance(child, Node))


def _names_its_data(table: Node) -> bool:
    if table.get("role").lower() in ("table", "grid", "treegrid"):
        return True
    return any(part.name in ("th", "caption", "thead") for part in _own(table))


def _cells(row: Node) -> list[Node]:
    return [child for child in row.children if isinstance(child, Node)]


def _holds_data(table: Node) -> bool:
    """Tell whether a table is one of figures: three rows of two cells or more, half numbers."""
    parts = list(_own(table))
    # What holds pictures or another table lays them out.
    if any(part.name in ("table", "img") for part in parts):
        return False
    rows = [_cells(part) for part in parts if part.name == "tr"]
    if len(rows) < 3 or min(map(len, rows)) < 2:
        return False
    # A table of figures names its rows in the first column.
    texts = [cell.text() for row in rows for cell in row[1:]]
    figures = [text for text in texts if _FIGURE.fullmatch(text)]
    return len(figures) * 2 >= len(texts)


# ---------------------------------------------------------------- ARIA


def aria(case: Case) -> Iterator[Fault]:
    """Use roles and `aria-` attributes that exist, fit, and refer to something.

    One that is misspelt says nothing; a wrong one says something untrue (ARIA 1.2).
    """
    ids = {node.get("id") for node in case.page.nodes}
    for node in case.page.nodes:
        if any(name == "role" or name.startswith("aria-") for name in node.attributes):
            for message, fix in _aria_faults(node, ids):
                yield Fault(message=message, fix=fix, at=node.start)


def _aria_faults(node: Node, ids: set[str]) -> Iterator[tuple[str, str]]:
    role = node.get("role").lower()
    for each in role.split():
        # Books and drawings have roles of their own (DPUB-ARIA, Graphics-ARIA).
        if each not in elements.ROLES and not each.startswith(("doc-", "graphics-")):
            yield f'there is no role "{each}"', "Write one of ARIA's roles, or none"
    if "heading" in role.split() and not node.get("aria-level").isdecimal():
        yield 'role="heading" without its level', 'Add aria-level="2", or write an <h2>'
    yield from _aria_attributes(node, ids)
    if node.get("aria-label") and not role and node.name in elements.NAMELESS:
        yield (
            f"an aria-label on <{node.name}> is dropped",
            "Give it a role, or write the words as text",
        )
    if node.get("aria-hidden") == "true" and _takes_focus(node):
        yield (
            "a link that is hidden from screen readers can still be reached",
            "Take aria-hidden away",
        )


def _aria_attributes(node: Node, ids: set[str]) -> Iterator[tuple[str, str]]:
    for name, value in node.attributes.items():
        if name in elements.YES_OR_NO and value not in ("true", "false", "undefined"):
            yield f'{name}="{value}" is neither true nor false', 'Write "true" or "false"'
        if name.startswith("aria-") and name[5:] not in elements.ARIA:
            yield f'there is no attribute "{name}"', "Take it out"
        elif name in elements.REFERENCES and not set(value.split()) <= ids:
            yield f'{name}="{value}" refers to nothing', "Name an id that is there"


def _takes_focus(node: Node) -> bool:
    links = (
        each for each in (node, *node.elements()) if each.name == "a" and "href" in each.attributes
    )
    return any(each.get("tabindex") != "-1" for each in links)


# ---------------------------------------------------------------- what does not belong in a mail


def label_of_button(case: Case) -> Iterator[Fault]:
    """Give each button and field words that a screen reader can say.

    "Button" alone says nothing (WCAG 4.1.2).
    """
    for node in case.page.nodes:
        is_button = node.name == "button" or node.get("role").lower() == "button"
        if is_button and "href" not in node.attributes and not spoken(node):
            yield Fault(
                message=f"<{shortened(node.name)}> without words",
                fix="Write what it does",
                at=node.start,
            )


FAMILY: Final = "markup"
RULES: Final = (
    Rule("UNCLOSED", FAMILY, "error", unclosed),
    Rule("MISPLACED", FAMILY, "error", misplaced),
    Rule("ID-DOUBLE", FAMILY, "warning", doubled),
    Rule("LIST-OK", FAMILY, "warning", lists),
    Rule("TABLE-ROLE", FAMILY, "error", table_role),
    Rule("DATA-TABLE", FAMILY, "warning", data_table),
    Rule("ARIA-OK", FAMILY, "error", aria),
    Rule("BUTTON-NAME", FAMILY, "error", label_of_button),
)
