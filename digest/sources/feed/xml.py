"""Posts out of RSS 0.9x to 2.0, RDF and Atom.

This module owns feedparser, which is given sound text only (`text`) and is kept from cleaning
or completing anything: it would do so by rules of its own. What feedparser mixes up is kept from
it, too: descriptions of a post's pictures and podcast summaries would pass for the post's text.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from digest.errors import SourceError
from digest.models import Problem, RawItem, SeriesPart, Term
from digest.sources.base import seam
from digest.sources.feed.media import image, players
from digest.sources.feed.summaries import is_beginning, is_excerpt
from digest.sources.reading import (
    absolute,
    is_web,
    read_date,
    series_part,
    unescaped,
)

_FOREIGN = re.compile(
    r"<(media:(?:title|category|keywords|credit|text|player)|itunes:(?:subtitle|keywords|category))"
    r"(?:\s[^<>]*)?(?:/>|>(?:<!\[CDATA\[(?:[^\]]|\](?!\]>))*+\]\]>|[^<])*+</\1\s*>)"
)
# what a feed says of a video or an episode; feedparser would take it for the post's text even where
# there is one
_DESCRIBED = re.compile(r"<(/?)(?:media:description|itunes:summary)\b([^<>]*)>")
_TAG_PAIR = re.compile(
    r"</(?:em|strong|b|i|u|cite|q|span|code|sub|sup|small|mark|abbr|a|del|ins|bdi|font)>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@<>()]+@[^\s@<>()]+")
_SERIES = re.compile(r"(?:\w+_)?series(?:_(name|title|part|number|order|index|total))?")
_OWN_ID = re.compile(
    # what is quoted stays as it is
    r"<!\[CDATA\[(?:[^\]]|\](?!\]>))*+(?:\]\]>)?"
    # an id or guid whose text is no address, such as "17"
    r"|(<(?:guid|id)(?:\s[^<>]*)?>\s*(?:<!\[CDATA\[\s*)?)(?![A-Za-z][A-Za-z0-9+.-]*:)(?=[^<\s])"
)
_DATES = ("published", "created", "updated", "prism_publicationdate")
_ADDRESS_IN_TEXT = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")
_ID_MARK = "digest-id:"
_LINK_WITH_TEXT = re.compile(r"<link\s[^<>]*[^/<>]>(?=\s*(?:<!\[CDATA\[\s*)?https?://)")
_FOREIGN_SCHEMES = ("itunes.com", "mrss", "schemas.google.com/g/2005#kind")


def parse_xml_feed(
    text: str, url: str, zone: ZoneInfo, problems: list[Problem]
) -> tuple[list[RawItem], bool]:
    """Return the posts of a feed in its order, and whether the feed was well-formed.

    `url` is the feed's address, to which relative addresses belong unless the feed names another
    base.

    Raises:
        SourceError: if this is no feed.
    """
    parsed = _parsed(_unambiguous(text), url)
    if not parsed.get("version") and not parsed.entries:
        raise SourceError(
            "the answer is no feed", where=url, hint="Give the address of an RSS or Atom feed."
        )
    is_atom = str(parsed.get("version", "")).startswith("atom")
    feed = _Feed(url, parsed.feed, is_atom, zone)
    items = []
    for number, entry in enumerate(parsed.entries, 1):
        with seam(f"{url}: post {number}", problems):
            items.append(feed.item(entry))
    return items, not parsed.get("bozo")


def _unambiguous(text: str) -> str:
    """Return a feed without what feedparser mistakes.

    It joins every id to the feed's address, so that a feed that moves would bring all its posts
    anew; a mark that looks like a scheme keeps it from that. And it prefers a link's `uri` to its
    text.
    """
    text = _DESCRIBED.sub(r"<\1digestdescribed>", _FOREIGN.sub("", text))
    text = _LINK_WITH_TEXT.sub("<link>", text)
    return _OWN_ID.sub(lambda found: found[1] + _ID_MARK if found[1] else found[0], text)


def _id(entry: Any) -> str:
    return _text(entry, "id").removeprefix(_ID_MARK)


def _parsed(text: str, url: str) -> Any:
    import feedparser

    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        return feedparser.parse(
            io.BytesIO(text.encode("utf-8")),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        ArithmeticError,
        AssertionError,
    ) as exc:
        raise SourceError(f"unreadable feed: {str(exc)[:100]}", where=url) from exc
    except RecursionError as exc:
        raise SourceError("unreadable feed: nested too deeply", where=url) from exc


def _get(entry: Any, name: str) -> Any:
    """Look up exactly this key; feedparser's own look-up gives one date for another."""
    return dict.get(entry, name)


def _text(entry: Any, name: str) -> str:
    value = _get(entry, name)
    return value.strip() if isinstance(value, str) else ""


class _Feed:
    """Turn the entries of one feed into posts."""

    def __init__(self, url: str, feed: Any, is_atom: bool, zone: ZoneInfo) -> None:
        self._url = url
        self._feed = feed
        self._is_atom = is_atom
        self._zone = zone

    def item(self, entry: Any) -> RawItem:
        link = _text(entry, "feedburner_origlink") or _text(entry, "link")
        url = link if is_web(link) else None
        title, title_is_text = self._title(entry)
        base, body, (summary, summary_is_text) = self._words(entry, url)
        identity = _id(entry)
        return RawItem(
            identity=identity or link.removeprefix(_ID_MARK),
            where=url or identity or self._url,
            url=url,
            title=title,
            title_is_text=title_is_text,
            published_at=self._first_date(entry, *_DATES),
            updated_at=self._date(entry, "updated"),
            authors=tuple(dict.fromkeys(self._authors(entry))),
            tags=tuple(self._tags(entry)),
            series=_series(entry),
            summary=summary,
            summary_is_text=summary_is_text,
            summary_is_manual=bool(summary and body) and not is_beginning(summary, body),
            body=body,
            image=image(entry, body or summary, base),
            language=self._language(entry),
        )

    def _words(self, entry: Any, url: str | None) -> tuple[str, str, tuple[str, bool]]:
        """Return what addresses are relative to, the body, and the summary and whether it is text.

        What is too long for an excerpt, or stands beside something to play, is the body.
        """
        body, base = self._body(entry, url)
        summary, is_text = self._summary(entry, base)
        played = "".join(players(entry, body + summary, base))
        if not body and (played or not is_excerpt(summary)):
            body = html.escape(summary, quote=False) if is_text else summary
            summary, is_text = "", False
        if not (body or summary):
            body = _paragraphs(_text(entry, "digestdescribed"))
        return base, body + played, (summary, is_text)

    def _first_date(self, entry: Any, *names: str) -> datetime | None:
        dates = (self._date(entry, name) for name in names)
        return next(filter(None, dates), None)

    def _title(self, entry: Any) -> tuple[str, bool]:
        """Return the title and whether it is text. RSS does not say.

        It is, unless it holds mark-up. What XML leaves is read once more as HTML, for blogs escape
        their titles twice; a name in angle brackets that no mark-up has is what the title is about
        ("<fieldset>").
        """
        title = _text(entry, "title")
        detail = _get(entry, "title_detail") or {}
        if self._is_atom:
            return title, detail.get("type", "text/plain") == "text/plain"
        title = _BREAK.sub(" ", title)
        if _TAG_PAIR.search(title):
            return title, False
        return unescaped(title), True

    def _body(self, entry: Any, url: str | None) -> tuple[str, str]:
        """Return the full text, its addresses absolute, and the address they were relative to."""
        contents = [c for c in _get(entry, "content") or [] if c.get("value", "").strip()]
        contents.sort(key=lambda content: "html" not in str(content.get("type")))
        chosen = contents[0] if contents else {}
        base = self._base(chosen, url)
        value = chosen.get("value", "")
        if value and str(chosen.get("type")) == "text/plain" and self._is_atom:
            value = _lines(value)
        return absolute(value, base), base

    def _base(self, detail: Any, url: str | None) -> str:
        declared = str(detail.get("base") or "")
        return (
            declared
            if is_web(declared) and declared != self._url
            else url or _site(self._feed) or self._url
        )

    def _summary(self, entry: Any, base: str) -> tuple[str, bool]:
        """Return the summary; feedparser repeats the content here where a post has none."""
        summary = _text(entry, "summary")
        detail = _get(entry, "summary_detail")
        if not summary or (detail is None and _get(entry, "content")):
            return "", False
        is_text = self._is_atom and (detail or {}).get("type") == "text/plain"
        return (summary, True) if is_text else (absolute(summary, base), False)

    def _date(self, entry: Any, name: str) -> datetime | None:
        """Return a date as the feed wrote it, else as feedparser reads other languages' forms."""
        written = _text(entry, name)
        found = read_date(written, self._zone)
        parsed = _get(entry, f"{name}_parsed")
        if found or not parsed or re.search(r"[+-]\d\d:?\d\d|\A\s*-", written) or written.isascii():
            return found
        try:
            year, month, day, hour, minute, second = parsed[:6]
            moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
            return read_date(moment, self._zone)
        except ValueError:
            return None

    def _authors(self, entry: Any) -> Iterator[str]:
        found = list(_names(entry))
        if not found and self._is_atom:
            found = list(_names(self._feed))
        for name in found:
            yield name if self._is_atom else html.unescape(name)

    def _tags(self, entry: Any) -> Iterator[Term]:
        seen = set()
        for tag in _get(entry, "tags") or []:
            term, label = _field(tag, "term"), _field(tag, "label")
            name = " ".join((label or term).split())
            name = name if self._is_atom else html.unescape(name)
            if not name or name in seen or _is_foreign(tag):
                continue
            seen.add(name)
            has_slug = label not in ("", term) and not is_web(term)
            yield Term(name=name, slug=term if has_slug else "")

    def _language(self, entry: Any) -> str | None:
        details = [_get(entry, "title_detail"), *(_get(entry, "content") or [])]
        own = next((d.get("language") for d in details if d and d.get("language")), None)
        found = _text(entry, "language") or own or _text(self._feed, "language")
        return str(found) if found else None


def _field(tag: Any, name: str) -> str:
    return str(tag.get(name) or "").strip()


def _is_foreign(tag: Any) -> bool:
    """Tell a tag of another system, as those by which directories sort blogs."""
    return any(scheme in _field(tag, "scheme") for scheme in _FOREIGN_SCHEMES)


def _site(feed: Any) -> str:
    link = _text(feed, "link")
    return link if is_web(link) else ""


def _names(entry: Any) -> Iterator[str]:
    """Yield authors' names, never their addresses: "a@b.example (Name)" gives "Name"."""
    authors = [author for author in _get(entry, "authors") or [] if author]
    written = _text(entry, "author")
    if (
        len(authors) <= 1
        and "@" in written
        and not (authors and authors[0].get("email") and authors[0].get("href"))
    ):
        authors = [{"name": written}]
    for author in authors:
        name = _ADDRESS.sub("", str(author.get("name") or ""))
        name = " ".join(name.strip().strip("()<>\"',;").split())
        if name:
            yield name


def _series(entry: Any) -> tuple[SeriesPart, ...]:
    """Return the series that elements of a `series` namespace, or called so, tell."""
    said: dict[str, Any] = {}
    for name, value in dict.items(entry):
        if found := _SERIES.fullmatch(str(name)):
            role = {"title": "name", "number": "part", "order": "part", "index": "part"}.get(
                found[1] or "name", found[1]
            )
            if isinstance(value, dict):
                said |= {k: v for k, v in dict.items(value) if k in ("name", "part", "total")}
            else:
                said.setdefault(role or "name", value)
    name = " ".join(str(said.get("name") or "").split())
    return (series_part(name, said.get("part"), said.get("total")),) if name else ()


def _paragraphs(text: str) -> str:
    """Return plain text as HTML: a blank line parts paragraphs, a line's end lines.

    Addresses become links; what has mark-up of its own is HTML already.
    """
    return text if _TAG_PAIR.search(text) or "</p>" in text else _lines(text)


def _lines(text: str) -> str:
    parts = re.split(r"\n\s*\n", text.strip())
    linked = (_ADDRESS_IN_TEXT.sub(_link, html.escape(part.strip(), quote=False)) for part in parts)
    shown = (part.replace("\n", "<br>") for part in linked)
    return "".join(f"<p>{part}</p>" for part in shown if part)


def _link(found: re.Match[str]) -> str:
    return f'<a href="{found[0]}">{found[0]}</a>'
