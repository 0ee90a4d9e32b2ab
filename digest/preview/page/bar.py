"""The two lines above the issue: which it is and how it stands, and the ways to look at it."""

from __future__ import annotations

from digest.preview.live import EMAIL, Facts
from digest.preview.page.markup import Inside, Markup, tag
from digest.preview.page.view import (
    COLOURS,
    NARROWEST,
    NO_PANEL,
    PANEL_KEYS,
    PANELS,
    WIDEST,
    WIDTHS,
    View,
)
from digest.preview.views import BY_ID, SAMPLE_SERVICES, WAYS, Way

STATES = {"draft": "Draft", "approved": "Approved", "delivered": "Delivered"}


def bar(facts: Facts, view: View, steps: tuple[int, int]) -> Markup:
    """Return the first line: the issue with its switcher, its subject, and how it stands."""
    shown, issue = facts.shown, facts.shown.issue
    size = len(shown.outputs[EMAIL])
    title = issue.title if issue.title != issue.newsletter.name else ""
    return tag(
        "div",
        tag(
            "button",
            tag("span", f"No. {issue.number}", class_="number"),
            tag("span", issue.id[:10], class_="dated"),
            tag("span", ": choose an issue", class_="unseen"),
            type="button",
            class_="switcher",
            popovertarget="issues",
            title=f"{issue.newsletter.name}{' · ' if title else ''}{title}: choose an issue (i)",
            data_key="i",
            data_command="Choose an issue",
        ),
        _issues(facts, view),
        tag(
            "div",
            tag("h1", issue.subject, dir="auto", title=issue.subject),
            tag("p", issue.preheader or tag("i", "No preheader"), class_="preheader", dir="auto"),
            class_="envelope",
        ),
        tag(
            "dl",
            _fact("State", tag("span", STATES[shown.state], class_=f"state {shown.state}")),
            _fact("Posts", issue.count),
            _fact("HTML", _meter(size, facts.max_bytes)),
            class_="facts",
        ),
        _steps(*steps) if shown.is_draft else None,
        class_="line first",
    )


def _steps(undo: int, redo: int) -> Markup:
    """Return the two buttons that take acts of the page back, and do them again."""
    back = tag("button", tag("span", "↶", aria_hidden="true"), tag("span", "Undo", class_="unseen"),
               type="button", id="undo", data_act="undo", data_key="z", data_command="Undo",
               disabled=not undo, title="Undo (z)")  # fmt: skip
    forth = tag("button", tag("span", "↷", aria_hidden="true"),
                tag("span", "Redo", class_="unseen"), type="button", id="redo",
                data_act="redo", data_key="y", data_command="Redo",
                disabled=not redo, title="Redo (y)")  # fmt: skip
    return tag("div", back, forth, class_="steps acts")


def _fact(name: str, value: Inside) -> Markup:
    return tag(
        "div", tag("dt", name, class_="unseen"), tag("dd", value), class_=f"of-{name.lower()}"
    )


def _meter(size: int, most: int) -> Inside:
    told = f"{size:,} bytes"
    if not most:
        return told
    bar = tag("meter", value=size, max=most, high=int(most * 0.9), aria_hidden="true")
    return tag("span", bar, told, title=f"{size:,} of {most:,} bytes")


def _issues(facts: Facts, view: View) -> Markup:
    """Return the switcher: every issue on disk, as links."""
    entries = [
        tag(
            "li",
            tag(
                "a",
                tag("span", entry.id[:10], class_="dated"),
                " ",
                entry.id[11:],
                " ",
                tag("span", STATES[entry.state], class_=f"state {entry.state}"),
                href=view.link(issue=entry.id),
                aria_current="page" if entry.id == facts.shown.id else None,
                data_command=f"Open {entry.id}",
            ),
        )
        for entry in facts.issues
    ]
    return tag(
        "div",
        tag("h2", "Issues", class_="title"),
        tag("ul", *entries, class_="choices"),
        id="issues",
        popover="auto",
        class_="popover",
    )


# ---------------------------------------------------------------- ways to look at it


def controls(facts: Facts, view: View) -> Markup:
    """Return the second line: versions, clients, widths, colours and panels, each a link."""
    main = [_way_link(way, view) for way in WAYS if way.is_main]
    rest = [way for way in WAYS if not way.is_main]
    current = BY_ID[view.way]
    return tag(
        "div",
        tag("ul", *main, class_="tabs", aria_label="Version"),
        tag(
            "button",
            "Clients" if current.is_main else current.name,
            type="button",
            popovertarget="clients",
            class_="more" if current.is_main else "more chosen",
            data_key="v",
            data_command="As other clients show it",
        ),
        tag("button", "Beside", type="button", popovertarget="beside", class_="more",
            data_key="b", data_command="Show something beside it"),
        tag("ul", *_widths(view), class_="switch widths", aria_label="Width"),
        _free_width(view),
        tag("ul", *_colours(view), class_="switch colours", aria_label="Colours of the email"),
        tag("ul", *_panels(facts, view), class_="panels", aria_label="Panels"),
        _clients(rest, view),
        _beside(view),
        class_="line second",
    )  # fmt: skip


def _way_link(way: Way, view: View) -> Markup:
    return tag(
        "li",
        tag(
            "a",
            way.name,
            tag("kbd", way.key, aria_hidden="true"),
            id=f"way-{way.id}",
            href=view.link(way=way.id),
            aria_current="true" if view.way == way.id else None,
            aria_keyshortcuts=way.key,
            data_key=way.key,
            data_command=f"Show: {way.name}",
        ),
    )


def _clients(rest: list[Way], view: View) -> Markup:
    return tag(
        "div",
        tag("h2", "As other clients show it", class_="title"),
        tag("ul", *(_way_link(way, view) for way in rest), class_="choices"),
        tag("h2", "Filled by", class_="title"),
        tag("ul", *(_service_link(name, view) for name in SAMPLE_SERVICES), class_="choices small"),
        id="clients",
        popover="auto",
        class_="popover",
    )


def _service_link(name: str, view: View) -> Markup:
    is_current = view.way == "service" and view.service == name
    address = view.link(way="service", service=name)
    current = "true" if is_current else None
    command = f"Show: filled by {name}"
    link = tag("a", name, href=address, aria_current=current, data_command=command)
    return tag("li", link)


def _beside(view: View) -> Markup:
    links = [
        tag(
            "li",
            tag(
                "a",
                way.name,
                href=view.link(beside=way.id),
                aria_current="true" if view.beside == way.id else None,
                data_command=f"Beside it: {way.name}",
            ),
        )
        for way in WAYS
    ]
    alone = tag("a", "Nothing", href=view.link(beside=""), data_command="Beside it: nothing")
    return tag(
        "div",
        tag("h2", "Beside it", class_="title"),
        tag("ul", tag("li", alone), *links, class_="choices"),
        id="beside",
        popover="auto",
        class_="popover",
    )


def _widths(view: View) -> list[Markup]:
    return [
        _choice(
            f"width-{width}", name, view.link(width=width), view.width == width, f"Width: {name}"
        )
        for width, name in WIDTHS.items()
    ]


def _free_width(view: View) -> Markup:
    """Return the field for any width; the frame's edge can be drawn as well."""
    kept = {"issue": view.issue, "way": view.way, "beside": view.beside, "colours": view.colours,
            "panel": view.panel, "service": view.service}  # fmt: skip
    hidden = [tag("input", type="hidden", name=k, value=v) for k, v in kept.items() if v]
    field = tag(
        "input",
        id="width",
        name="width",
        type="number",
        min=NARROWEST,
        max=WIDEST,
        step=1,
        value=view.width,
        aria_label="Width in pixels",
        data_key="w",
    )
    return tag(
        "form", hidden, field, tag("span", "px", aria_hidden="true"), class_="free", action="/"
    )


def _colours(view: View) -> list[Markup]:
    return [
        _choice(f"colours-{v}", name, view.link(colours=v), view.colours == v, f"Colours: {name}")
        for v, name in COLOURS.items()
    ]


def _choice(id_: str, name: str, address: str, is_current: bool, command: str) -> Markup:
    current = "true" if is_current else None
    return tag(
        "li", tag("a", name, id=id_, href=address, aria_current=current, data_command=command)
    )


def _panels(facts: Facts, view: View) -> list[Markup]:
    """Return the links that open the panels; the open one closes itself."""
    found = []
    for name, title in PANELS.items():
        is_open = view.panel == name or (not view.panel and name == "posts")
        found.append(
            tag(
                "li",
                tag(
                    "a",
                    title,
                    id=f"panel-{name}",
                    href=view.link(panel=NO_PANEL if view.panel == name else name),
                    aria_current="true" if is_open else None,
                    aria_keyshortcuts=PANEL_KEYS[name],
                    data_key=PANEL_KEYS[name],
                    data_command=f"Panel: {title}",
                ),
            )
        )
    return found
