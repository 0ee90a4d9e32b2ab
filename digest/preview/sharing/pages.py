"""Writes an issue's views, findings and decisions as plain pages that need no server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from digest.errors import DigestError
from digest.files import write_atomically
from digest.preview.live import TEXT, Facts, read
from digest.preview.page import PARTS, Inside, Markup, View, asset, inbox, source, tag, written
from digest.preview.views import BY_ID, WAYS, Colours, Way, frame
from digest.workflow.project import Project
from digest.workflow.records import refuse_record

_POLICY: Final = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "img-src https: http: data:; style-src 'unsafe-inline'\">"
)


class Away(View):
    """Lead to the files of the folder instead of the server's addresses."""

    def link(self, **changes: Any) -> str:
        """Return the file in which a view lies, or the part of the index that a panel became."""
        if "panel" in changes:
            return f"#{changes['panel']}"
        way, at = changes.get("way", "html"), changes.get("at", "")
        return f"views/{way}.html" + (f"#{at}" if at else "")

    def line(self, at: str) -> str:
        """Return the place of the source's file."""
        return f"{self.link(way='source')}#source-{at}"


def pages(project: Project, issue_id: str, folder: Path) -> tuple[Path, ...]:
    """Write the pages into a folder, `index.html` first, and return what was written.

    Raises:
        UsageError: if that is where the list of issues lies.
        IssueFolderError: if the issue cannot be read.
        DigestError: if the folder cannot be written.
    """
    refuse_record(project, folder / "index.html")  # and with it whatever lies there
    facts = Facts(project.root, read(project.folders, issue_id), is_kept=True)
    made = {Path("index.html"): index(facts), Path("style.css"): _style()}
    made |= {Path("views", f"{way.id}.html"): view_page(facts, way) for way in _ways(facts)}
    made[Path("views", "style.css")] = _style()
    try:
        for name, data in made.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write_atomically(folder / name, data)
    except OSError as exc:
        raise DigestError(
            f"cannot be written ({exc.strerror or exc})",
            where=str(folder),
            hint="Name a folder that may be written.",
        ) from exc
    return tuple(folder / name for name in made)


def _ways(facts: Facts) -> list[Way]:
    return [way for way in WAYS if way.id != "last" or facts.before is not None]


def _style() -> bytes:
    return f"{asset('preview.css')}\n{asset('panels.css')}\n{asset('shared.css')}".encode()


def view_page(facts: Facts, way: Way, colours: Colours = "system") -> bytes:
    """Return one view as a page of its own."""
    shown = facts.shown
    if way.kind == "frame":
        if way.id == "last" and facts.before:
            shown = read(Project(facts.root).folders, facts.before.id)
        kind = "html" if way.id == "last" else way.id
        html = frame(
            shown.frozen,
            shown.outputs,
            facts.pictures,
            kind,
            colours=colours,
            findings=facts.findings if way.id == "html" else (),
        )
        return html.replace(b"<base ", _POLICY.encode() + b"<base ", 1)
    view = Away(panel="findings")
    drawn: dict[str, Callable[[], Inside]] = {
        "text": lambda: tag("pre", "\n", shown.outputs[TEXT].decode("utf-8", "replace")),
        "inbox": lambda: inbox(facts),
        "source": lambda: source(facts, view, BY_ID["source"]),
    }
    inside = [tag("h1", way.name, class_="unseen"), drawn[way.kind]()]
    return _page(way.name, tag("main", inside, class_="alone"))


def index(facts: Facts) -> bytes:
    """Return the page that leads to all others, with findings, decisions, bytes and fix-ups."""
    issue, view = facts.shown.issue, Away()
    links = [
        tag(
            "li",
            tag("a", way.name, href=f"views/{way.id}.html"),
            tag("span", f" {way.note}", class_="about") if way.note else None,
        )
        for way in _ways(facts)
    ]
    email = tag(
        "iframe",
        title="The email",
        # within the page itself: browsers load no file into the sandbox of another file
        srcdoc=view_page(facts, BY_ID["html"]).decode("utf-8", "replace"),
        sandbox="allow-popups allow-popups-to-escape-sandbox",
        width="600",
        height="900",
    )
    parts = [
        tag("section", tag("h2", title), part(facts, view), id=name, class_=f"panel {name}")
        for name, (title, part) in PARTS.items()
    ]
    head = tag(
        "header",
        tag("p", f"{issue.newsletter.name}, No. {issue.number}, {issue.id} ({facts.shown.state})"),
        tag("h1", issue.subject),
        tag("p", issue.preheader, class_="about"),
    )
    ways = tag("section", tag("h2", "Views"), tag("ul", *links), class_="panel")
    return _page(issue.subject, written([head, tag("main", ways, email, *parts)]))


def _page(title: str, inside: Markup) -> bytes:
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("link", rel="stylesheet", href="style.css"),
    )
    page = tag("html", head, tag("body", inside, class_="shared"), lang="en")
    return f"<!doctype html>{page}".encode()
