"""The issue itself: one frame or two, its text, its row in an inbox, or its source."""

from __future__ import annotations

from urllib.parse import urlencode

from digest.preview.live import Facts
from digest.preview.page.markup import Inside, Markup, tag, written
from digest.preview.page.view import View
from digest.preview.views import BY_ID, Row, Way, lines, place_of, rows

SANDBOX = "allow-popups allow-popups-to-escape-sandbox"


def stage(facts: Facts, view: View) -> Markup:
    """Return what is shown: one view, or two side by side."""
    seen = [figure(facts, view, view.way, "frame")]
    if view.beside:
        seen.append(figure(facts, view, view.beside, "second"))
    return written(seen)


def figure(facts: Facts, view: View, way_id: str, name: str) -> Markup:
    """Return one view with what it is called; a simulation says that it is one."""
    way = BY_ID[way_id]
    kinds = {"frame": _frame, "text": _text, "inbox": _inbox, "source": _source}
    is_told = way.is_simulated or bool(view.beside) or way.id == "last"
    caption = _caption(facts, view, way) if is_told else None
    return tag(
        "figure",
        caption,
        kinds[way.kind](facts, view, way, name),
        class_=f"view {way.kind}",
        data_way=way.id,
        # it scrolls, and holds nothing else that the keyboard could reach
        tabindex="0" if way.kind == "inbox" else None,
    )


def _caption(facts: Facts, view: View, way: Way) -> Markup:
    told: list[Inside] = [tag("b", _called(facts, view, way))]
    if way.note:
        told += [" ", way.note]
    if way.id == "clipped":
        told += [" ", _clipping(facts)]
    return tag("figcaption", told)


def _called(facts: Facts, view: View, way: Way) -> str:
    if way.id == "service":
        return f"Filled by {view.service or facts.shown.issue.service}."
    if way.id == "last":
        return f"Issue before: {facts.before.id}." if facts.before else "There is no issue before."
    return f"{way.name}."


def _clipping(facts: Facts) -> str:
    size = len(facts.shown.outputs["email.html"])
    left = 102_400 - size
    return f"{left:,} bytes are left." if left >= 0 else f"{-left:,} bytes are hidden."


def _frame(facts: Facts, view: View, way: Way, name: str) -> Markup:
    shown, issue_id, data_way = facts.shown, facts.shown.id, way.id
    file, digest = way.file, shown.digests[way.file]
    if way.id == "last":
        if facts.before is None:
            return tag("p", "This is the first issue of its edition.", class_="nothing")
        # no event tells of another issue's files
        issue_id, data_way, file, digest = facts.before.id, "html", "", facts.before.id
    told: dict[str, str] = {"colours": view.colours} if view.colours != "system" else {}
    if way.id == "service":
        told["service"] = view.service or shown.issue.service
    if view.at.startswith("finding-"):
        told["found"] = "1"
    query = f"?{urlencode(told)}" if told else ""
    place = f"#{view.at}" if view.at and name == "frame" else ""
    return tag(
        "div",
        tag(
            "iframe",
            id=name,
            class_=f"{view.colours} {way.id}",
            title=f"{way.name}: the issue",
            sandbox=SANDBOX,
            src=f"/issue/{issue_id}/{data_way}{query}{place}",
            data_file=file or None,
            data_digest=digest,
        ),
        tag(
            "div",
            id=f"{name}-edge",
            class_="edge",
            role="separator",
            tabindex="0",
            aria_orientation="vertical",
            aria_label="Width",
            aria_valuenow=view.width,
            aria_valuemin=240,
            aria_valuemax=1600,
            aria_controls=name,
        ),
        class_="holder",
        data_width=view.width,
    )


def _text(facts: Facts, view: View, way: Way, name: str) -> Markup:
    text = facts.shown.outputs[way.file].decode("utf-8", "replace")
    # A line break right after <pre> is not shown, so one is given away.
    called = {"aria_label": "Text version", "role": "region", "tabindex": "0"}
    id_ = "text" if name == "frame" else "second"
    return tag("pre", "\n", text, id=id_, data_width=view.width, **called)


# ---------------------------------------------------------------- the inbox


def _inbox(facts: Facts, view: View, way: Way, name: str) -> Markup:
    return inbox(facts, "inbox" if name == "frame" else "second")


def inbox(facts: Facts, id_: str = "inbox") -> Markup:
    """Return the issue's row above those of the issues before it, as four programs show them."""
    text = facts.shown.outputs["email.txt"].decode("utf-8", "replace")
    found = rows(facts.shown.issue, text, facts.others)
    # each list is as wide as the column that the program gives it
    lists = (
        ("gmail-wide", "Gmail in a browser: one line of 900 pixels"),
        ("gmail", "Gmail on a phone: one line each, 360 pixels"),
        ("apple", "Apple Mail on a phone: a subject and two lines, 375 pixels"),
        ("apple-wide", "Apple Mail on a Mac: a column of 300 pixels"),
    )
    return tag("div", *(_inbox_list(kind, title, found) for kind, title in lists), id=id_,
               class_="inboxes")  # fmt: skip


def _inbox_list(kind: str, title: str, found: tuple[Row, ...]) -> Markup:
    return tag(
        "section",
        tag("h2", title, class_="title"),
        tag("ol", *map(_row, found), class_=f"rows {kind}"),
    )


def _row(row: Row) -> Markup:
    after = row.preheader or row.borrowed
    how = None if row.preheader else "borrowed"
    return tag(
        "li",
        tag("span", row.sender, class_="sender", dir="auto"),
        tag("span", row.dated, class_="day"),
        tag("span", row.subject, class_="subject", dir="auto"),
        tag("span", after, class_=f"snippet {how or ''}".strip(), dir="auto"),
        class_="this" if row.is_this else None,
    )


# ---------------------------------------------------------------- the source


def _source(facts: Facts, view: View, way: Way, name: str) -> Markup:
    return source(facts, view, way, "source" if name == "frame" else "second")


def source(facts: Facts, view: View, way: Way, id_: str = "source") -> Markup:
    """Return the bytes of email.html, parted so that they can be read; findings stand in place."""
    html = facts.shown.outputs[way.file].decode("utf-8", "replace")
    found: dict[int, list[tuple[int, int]]] = {}
    if view.panel == "findings" or view.at.startswith("finding-"):
        for number, finding in enumerate(facts.findings):
            place = place_of(finding)
            if place and place[0] == way.file:
                found.setdefault(place[1], []).append((place[2], number))
    rows_, last = [], 0
    for line, column, piece in lines(html):
        inside = column, column + len(piece)
        marks = [n for at, n in found.get(line, ()) if inside[0] <= at < max(inside[1], column + 1)]
        is_meant = any(view.at == f"finding-{number}" for number in marks)
        rows_.append(_source_line(line if line != last else None, piece, marks, is_meant))
        last = line
    return tag("pre", rows_, id=id_, class_="source", tabindex="0", role="region",
               aria_label="Source of email.html")  # fmt: skip


def _source_line(line: int | None, piece: str, marks: list[int], is_meant: bool) -> Markup:
    # every finding of a line can be led to, and the first gives the line its mark
    anchors = [tag("i", id=f"source-finding-{number}") for number in marks]
    return tag(
        "span",
        anchors,
        tag("b", line or "", aria_hidden="true"),
        piece or " ",
        class_="row" + (" found" if marks else "") + (" at" if is_meant else ""),
    )
