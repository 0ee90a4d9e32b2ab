"""Makes the two files with which `issues/` can be published: a page and an Atom feed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from digest.models import NewsletterView, Value
from digest.rendering import words as labels

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ATOM = "http://www.w3.org/2005/Atom"
FEED_ISSUES = 50


class PublishedIssue(Value, frozen=True):
    """Hold one issue as the archive shows it; `date` is in words, `cutoff_at` when it ended."""

    folder: str
    title: str
    number: int
    dated: date
    date: str
    subject: str
    preheader: str
    cutoff_at: datetime


def index_page(letter: NewsletterView, issues: Sequence[PublishedIssue]) -> bytes:
    """Return index.html: every issue, in the order given; its links hold wherever it lies."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("digest.rendering", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    name = labels.words(letter.language)["issue"]
    numbered = [(labels.put(name, n=issue.number), issue) for issue in issues]
    return environment.get_template("index.html.j2").render(letter=letter, issues=numbered).encode()


def atom_feed(letter: NewsletterView, issues: Sequence[PublishedIssue]) -> bytes:
    """Return feed.xml (RFC 4287) of the newest issues, one at least; links start with `archive`.

    The same issues give the same bytes: what is dated is dated by the issues.
    """
    from xml.etree import ElementTree

    base = letter.archive.rstrip("/")
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(
        f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": letter.language}
    )
    _add(feed, "id", f"{base}/")
    _add(feed, "title", letter.name)
    _add(feed, "updated", _utc(max(issue.cutoff_at for issue in issues)))
    _add(feed, "link", href=f"{base}/feed.xml", rel="self", type="application/atom+xml")
    _add(feed, "link", href=f"{base}/", rel="alternate", type="text/html")
    author = ElementTree.SubElement(feed, f"{{{_ATOM}}}author")
    _add(author, "name", letter.name)
    for issue in issues[:FEED_ISSUES]:
        entry = ElementTree.SubElement(feed, f"{{{_ATOM}}}entry")
        address = f"{base}/{issue.folder}/web.html"
        _add(entry, "id", address)
        _add(entry, "title", issue.subject)
        _add(entry, "updated", _utc(issue.cutoff_at))
        _add(entry, "link", href=address, rel="alternate", type="text/html")
        if issue.preheader:
            _add(entry, "summary", issue.preheader)
    ElementTree.indent(feed)
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> None:
    from xml.etree import ElementTree

    child = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    child.text = "".join(c for c in text if c >= " " and c not in "\ufffe\uffff") or None


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
