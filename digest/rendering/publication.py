"""Makes the two files with which `issues/` can be published: a page and an Atom feed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from digest.lazy import regex
from digest.models import Image, NewsletterView, Value
from digest.rendering import words as labels
from digest.rendering.look import lead

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ATOM = "http://www.w3.org/2005/Atom"
FEED_ISSUES = 50

_PICTURE_WIDTH: Final = 624
_OWN: Final = regex(r"pictures/[\w.-]+")
_CSS: Final = regex(r"[\w#,.'\" -]*")

# What the page looks like before there is an issue.
_UNLESS_TOLD: Final = {
    "surface": "#ffffff",
    "ink": "#1f1e1b",
    "quiet": "#5f5b53",
    "hairline": "#e0dacd",
    "tint": "#ece8de",
    "accent": "#0f6655",
    "dark_surface": "#1b1d1a",
    "dark_ink": "#eceae3",
    "dark_quiet": "#aeaaa0",
    "dark_hairline": "#383a34",
    "dark_accent": "#7ecbb5",
    "title_font": "Georgia, serif",
    "body_font": "system-ui, sans-serif",
    "radius": "4px",
}


class PublishedIssue(Value):
    """Hold one issue as the archive shows it; `date` is in words, `cutoff_at` when it ended.

    `theme` is the look it was made in, `images` are those of its posts, in reading order.
    """

    folder: str
    title: str
    number: int
    dated: date
    date: str
    subject: str
    preheader: str
    cutoff_at: datetime
    theme: Mapping[str, str] = {}
    images: tuple[Image, ...] = ()

    @property
    def picture(self) -> str:
        """Return the address of a picture that stands for the issue; empty if it has none."""
        shown = (lead(image, _PICTURE_WIDTH) for image in self.images)
        url = next((found.url for found in shown if found), "")
        if url.startswith(("https://", "http://")):
            return url
        # an issue's own pictures lie in its folder, and this page beside that
        return f"{self.folder}/{url}" if _OWN.fullmatch(url) else ""


def index_page(letter: NewsletterView, issues: Sequence[PublishedIssue]) -> bytes:
    """Return index.html: every issue, in the order given, in the look of the first.

    Its links hold wherever it lies.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("digest.rendering", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["put"] = labels.put
    page = environment.get_template("index.html.j2").render(
        letter=letter,
        issues=issues,
        look=_look(issues[0].theme if issues else {}),
        number=labels.words(letter.language)["issue"],
        titles=len({issue.title for issue in issues}),
        years=len({issue.dated.year for issue in issues}),
        host=(urlsplit(letter.url).hostname or letter.url).removeprefix("www."),
    )
    return page.encode()


def _look(theme: Mapping[str, str]) -> Mapping[str, str]:
    """Return the theme's values that the page needs, as they may stand in a style sheet."""
    from markupsafe import Markup

    told = {key: value for key, value in theme.items() if _CSS.fullmatch(value)}
    return {key: Markup(told.get(key, usual)) for key, usual in _UNLESS_TOLD.items()}  # noqa: S704


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
