"""What stands beside the issue: posts with their decisions, findings, size, fix-ups, the letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from digest.preview.live import Facts
from digest.preview.page.fixups import fixups
from digest.preview.page.handing import handing
from digest.preview.page.letter import letter
from digest.preview.page.markup import Inside, Markup, tag
from digest.preview.page.posts import posts
from digest.preview.page.size import size
from digest.preview.page.view import NO_PANEL, PANELS, View
from digest.preview.views import place_of

Panel = Callable[[Facts, View], Inside]


def panel(facts: Facts, view: View) -> Markup:
    """Return the open panel; unless the address says, the one of the posts if there is room."""
    if view.panel == NO_PANEL:
        return Markup()
    name = view.panel or "posts"
    close = tag("a", "Close", href=view.link(panel=NO_PANEL), class_="close", data_key="Escape",
                data_command="Close the panel")  # fmt: skip
    head = tag("div", tag("h2", PANELS[name], id="panel-title"), close, class_="head")
    return tag("div", head, _PANELS[name](facts, view), class_=f"panel {name}", data_panel=name)


# ---------------------------------------------------------------- what the rules found

_GRAVITY: Final = {"error": "Error", "warning": "Warning", "information": "Note"}


def findings(facts: Facts, view: View) -> Markup:
    """Return what the rules found, each with the way to its place in the page and in the source."""
    found = facts.findings
    if not found:
        return tag("p", "Nothing to complain of.", class_="calm")
    order = list(_GRAVITY)
    ranked = sorted(enumerate(found), key=lambda pair: order.index(pair[1].severity))
    counts = [
        f"{n} {title.lower()}{'s' if n != 1 else ''}"
        for name, title in _GRAVITY.items()
        if (n := sum(f.severity == name for f in found))
    ]
    items = [_finding(number, facts, view) for number, _ in ranked]
    return tag(
        "div", tag("p", ", ".join(counts), class_="sum"), tag("ol", *items, class_="findings")
    )


def _finding(number: int, facts: Facts, view: View) -> Markup:
    found = facts.findings[number]
    place = place_of(found)
    ways: list[Inside] = []
    if place and place[0] == "email.html":
        at = f"finding-{number}"
        in_page, in_source = (
            view.link(way="html", at=at),
            view.line(at),
        )
        ways = [
            tag("a", "In the page", href=in_page),
            " ",
            tag("a", f"Line {place[1]}", href=in_source),
        ]
    return tag(
        "li",
        tag("span", _GRAVITY[found.severity], class_=f"gravity {found.severity}"),
        " ",
        tag("code", found.rule),
        tag("p", found.message, class_="message"),
        tag("p", tag("q", found.post), class_="about") if found.post else None,
        tag("p", ways, class_="ways") if ways else tag("p", found.where, class_="about"),
    )


PARTS: Final[Mapping[str, tuple[str, Panel]]] = {
    # what pages that are taken along show, in their order
    "findings": ("Check", findings),
    "posts": ("Decisions", posts),
    "size": ("Size", size),
    "fixups": ("Fix-ups", fixups),
    "letter": ("Letter", letter),
}

_PANELS: Final[Mapping[str, Panel]] = {
    **{name: part for name, (_, part) in PARTS.items()},
    "handing": handing,
}
