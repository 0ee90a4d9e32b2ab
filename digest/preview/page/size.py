"""The size meter: what each post takes of the email, and where it would be cut."""

from __future__ import annotations

from typing import Final

from digest.preview.live import EMAIL, Facts
from digest.preview.page.markup import Inside, Markup, tag
from digest.preview.page.view import View

GMAIL: Final = 102_400
_SHOWN: Final = {
    "full": "whole",
    "excerpt": "without its body",
    "title": "its title alone",
    "left": "left to the site",
}


def size(facts: Facts, view: View) -> Markup:
    """Return the bytes of the email: a bar of its posts, the lines that cut it, and a table."""
    total = len(facts.shown.outputs[EMAIL])
    frame = max(0, total - sum(cost.html_bytes for cost in facts.costs))
    return tag(
        "div",
        _against("The edition's budget", total, facts.max_bytes) if facts.max_bytes else None,
        _against("Gmail's line", total, GMAIL),
        drawn_bytes(facts),
        _table(facts, view, total, frame),
    )


def _against(what: str, total: int, most: int) -> Markup:
    left = most - total
    told = f"{left:,} bytes are left" if left >= 0 else f"{-left:,} bytes too many"
    return tag(
        "p",
        tag("span", f"{what}: {most:,} bytes", class_="what"),
        tag("meter", value=total, max=max(most, total), high=int(most * 0.9), aria_label=what),
        tag("span", told, class_="told"),
        class_="against",
    )


def drawn_bytes(facts: Facts) -> Markup:
    """Return a drawing of the page from top to bottom; the table says the same in words."""
    total = len(facts.shown.outputs[EMAIL])
    frame = max(0, total - sum(cost.html_bytes for cost in facts.costs))
    scale = max(total, facts.max_bytes, GMAIL)
    at, parts = frame // 2, [_part(0, frame // 2, scale, "frame", "Masthead")]
    for cost, post in zip(facts.costs, facts.shown.issue.posts, strict=False):
        parts.append(_part(at, cost.html_bytes, scale, "post", cost.title, post.id))
        at += cost.html_bytes
    parts.append(_part(at, total - at, scale, "frame", "Footer"))
    cuts = [_cut(GMAIL, scale, "Gmail")]
    if facts.max_bytes:
        cuts.append(_cut(facts.max_bytes, scale, "budget"))
    return tag(
        "svg", *parts, *cuts, viewBox="0 0 1000 40", class_="bytes", aria_hidden="true",
        preserveAspectRatio="none", focusable="false", data_scale=scale,
        data_total=total,
    )  # fmt: skip


def _part(at: int, length: int, scale: int, kind: str, title: str, id_: str = "") -> Markup:
    x, width = round(at * 1000 / scale, 1), round(max(length * 1000 / scale - 1, 0.5), 1)
    return tag("rect", tag("title", f"{title}: {length:,} bytes"), x=str(x), y="8",
               width=str(width), height="24", class_=kind, data_of=id_ or None)  # fmt: skip


def _cut(at: int, scale: int, name: str) -> Markup:
    x = str(min(round(at * 1000 / scale, 1), 999))
    return tag("line", tag("title", name), x1=x, x2=x, y1="0", y2="40", class_="cut")


def _table(facts: Facts, view: View, total: int, frame: int) -> Markup:
    head = tag("tr", tag("th", "Post", scope="col"), tag("th", "Bytes", scope="col", class_="n"))
    rows: list[Inside] = []
    for number, cost in enumerate(facts.costs):
        link = tag("a", cost.title, href=view.link(at=f"post-{number}"), dir="auto")
        how = tag("small", _SHOWN[cost.shown]) if cost.shown != "full" else None
        pinned = tag("small", "pinned") if cost.is_pinned else None
        name = tag("th", link, " ", how, pinned, scope="row")
        rows.append(tag("tr", name, tag("td", f"{cost.html_bytes:,}", class_="n")))
    around = tag("th", "Everything around them", scope="row")
    rows.append(tag("tr", around, tag("td", f"{frame:,}", class_="n")))
    sum_ = tag("tr", tag("th", "Together", scope="row"), tag("td", f"{total:,}", class_="n"))
    caption = tag("caption", "What each post takes", class_="unseen")
    return tag("table", caption, tag("thead", head), tag("tbody", *rows), tag("tfoot", sum_))
