"""The two lines above the issue: which it is and how it stands, and the ways to look at it."""

from __future__ import annotations

from collections.abc import Iterable

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
    return _popover("issues", *_titled("Issues", entries))


def _popover(id_: str, *inside: Inside) -> Markup:
    return tag("div", *inside, id=id_, popover="auto", class_="popover")


def _titled(title: str, entries: Iterable[Markup], class_: str = "choices") -> tuple[Markup, ...]:
    return tag("h2", title, class_="title"), tag("ul", *entries, class_=class_)


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
        tag("ul", *_panels(view), class_="panels", aria_label="Panels"),
        _clients(rest, view),
        _beside(view),
        class_="line second",
    )  # fmt: skip


def _choice(
    name: str,
    address: str,
    command: str,
    *,
    is_current: bool,
    id_: str | None = None,
    key: str | None = None,
    sign: Inside = None,
) -> Markup:
    """Return a link by which the page is shown otherwise; `key` does the same."""
    link = tag(
        "a",
        name,
        sign,
        id=id_,
        href=address,
        aria_current="true" if is_current else None,
        aria_keyshortcuts=key,
        data_key=key,
        data_command=command,
    )
    return tag("li", link)


def _way_link(way: Way, view: View) -> Markup:
    return _choice(
        way.name,
        view.link(way=way.id),
        f"Show: {way.name}",
        is_current=view.way == way.id,
        id_=f"way-{way.id}",
        key=way.key,
        sign=tag("kbd", way.key, aria_hidden="true"),
    )


def _clients(rest: list[Way], view: View) -> Markup:
    services = [
        _choice(
            name,
            view.link(way="service", service=name),
            f"Show: filled by {name}",
            is_current=view.way == "service" and view.service == name,
        )
        for name in SAMPLE_SERVICES
    ]
    return _popover(
        "clients",
        *_titled("As other clients show it", [_way_link(way, view) for way in rest]),
        *_titled("Filled by", services, "choices small"),
    )


def _beside(view: View) -> Markup:
    links = [
        _choice(
            way.name,
            view.link(beside=way.id),
            f"Beside it: {way.name}",
            is_current=view.beside == way.id,
        )
        for way in WAYS
    ]
    alone = _choice("Nothing", view.link(beside=""), "Beside it: nothing", is_current=False)
    return _popover("beside", *_titled("Beside it", [alone, *links]))


def _widths(view: View) -> list[Markup]:
    return [
        _choice(
            name,
            view.link(width=width),
            f"Width: {name}",
            is_current=view.width == width,
            id_=f"width-{width}",
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
        data_key="x",
        data_command="Type a width",
    )
    return tag(
        "form", hidden, field, tag("span", "px", aria_hidden="true"), class_="free", action="/"
    )


def _colours(view: View) -> list[Markup]:
    return [
        _choice(
            name,
            view.link(colours=colours),
            f"Colours: {name}",
            is_current=view.colours == colours,
            id_=f"colours-{colours}",
        )
        for colours, name in COLOURS.items()
    ]


def _panels(view: View) -> list[Markup]:
    """Return the links that open the panels; the open one closes itself."""
    return [
        _choice(
            title,
            view.link(panel=NO_PANEL if view.panel == name else name),
            f"Panel: {title}",
            is_current=(view.panel or "posts") == name,
            id_=f"panel-{name}",
            key=PANEL_KEYS[name],
        )
        for name, title in PANELS.items()
    ]
