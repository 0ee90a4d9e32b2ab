"""Posts out of a JSON Feed (https://www.jsonfeed.org/version/1.1/).

Reads what can be used and passes over what has another type than the format says; `feed` decides
what is to be done with a post that lacks something.
"""

from __future__ import annotations

import html
import re
from typing import Any
from zoneinfo import ZoneInfo

from digest.addresses import resolved
from digest.errors import SourceError
from digest.models import Image, Problem, RawItem, SeriesPart, Term
from digest.sources.base import seam
from digest.sources.feed.summaries import is_beginning, is_excerpt
from digest.sources.reading import (
    AROUND,
    absolute,
    feed_begins,
    json_among,
    pictured,
    read_date,
    series_part,
    unescaped,
)


def looks_like_json(data: bytes) -> bool:
    """Tell whether an answer begins as a JSON object does, or holds a JSON Feed below a notice."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" or (
        b"jsonfeed.org/version" in data[:70_000]
        and feed_begins(data[:70_000].decode("latin-1")) < 0
    )


def parse_json_feed(
    data: bytes, url: str, zone: ZoneInfo, problems: list[Problem]
) -> list[RawItem]:
    """Return the posts of a JSON Feed in its order; `url` is the feed's address.

    An item that is no object gives a post with nothing in it, so that it counts.

    Raises:
        SourceError: if it is no JSON, or no feed.
    """
    try:
        feed, is_amid_junk = json_among(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    except (ValueError, RecursionError) as exc:
        told = f"unreadable JSON: {str(exc)[:100]}"
        raise SourceError(told, where=url, hint="Look at the address in a browser.") from exc
    if is_amid_junk:
        problems.append(Problem(where=url, message=AROUND))
    posts = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(posts, list):
        hint = "It has no list of items."
        raise SourceError("the answer is JSON, but no JSON Feed", where=url, hint=hint)
    items = []
    for number, post in enumerate(posts, 1):
        with seam(f"{url}: post {number}", problems):
            items.append(_item(_Fields(post), _Fields(feed), url, zone))
    return items


class _Fields:
    """Look up members by name, trusting no type."""

    def __init__(self, values: Any) -> None:
        self._values: dict[str, Any] = values if isinstance(values, dict) else {}

    def text(self, name: str) -> str:
        value = self._values.get(name)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return _sound(str(value)).strip() if isinstance(value, str) or is_number else ""

    def several(self, name: str) -> list[Any]:
        value = self._values.get(name)
        if isinstance(value, list):
            return value
        return [] if value is None else [value]

    def inner(self, name: str) -> list[_Fields]:
        return [_Fields(value) for value in self.several(name) if isinstance(value, dict)]


def _sound(text: str) -> str:
    """Return text without what JSON can write but nothing can store: halves of a letter."""
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text


def _url(post: _Fields, feed_url: str) -> str | None:
    link = post.text("url") or post.text("external_url")
    return resolved(link, feed_url) if link else None


def _words(post: _Fields, base: str) -> tuple[str, str]:
    """Return body and summary; a long summary of an item without a body is its body."""
    summary = post.text("summary")
    body = absolute(post.text("content_html"), base) or _paragraphs(post.text("content_text"))
    if body or is_excerpt(html.escape(summary, quote=False)):
        return body, summary
    return _paragraphs(summary), ""


def _item(post: _Fields, feed: _Fields, feed_url: str, zone: ZoneInfo) -> RawItem:
    url = _url(post, feed_url)
    base = url or feed.text("home_page_url") or feed_url
    body, summary = _words(post, base)
    is_cut = is_beginning(html.escape(summary, quote=False), body)
    identity = post.text("id") or url or ""
    updated_at = read_date(post.text("date_modified"), zone)
    return RawItem(
        identity=identity,
        where=url or identity or feed_url,
        url=url,
        title=unescaped(post.text("title")),
        title_is_text=True,
        published_at=read_date(post.text("date_published") or post.text("date_modified"), zone),
        updated_at=updated_at,
        authors=_authors(post) or _authors(feed),
        tags=_tags(post),
        series=_series(post),
        summary=summary,
        summary_is_text=True,
        summary_is_manual=bool(summary and body) and not is_cut,
        body=body,
        image=_image(post, body, base),
        language=post.text("language") or feed.text("language") or None,
    )


def _tags(post: _Fields) -> tuple[Term, ...]:
    return tuple(Term(name=name) for name in dict.fromkeys(_names(post.several("tags"))))


def _paragraphs(text: str) -> str:
    parts = (part.strip() for part in re.split(r"\n\s*\n", text))
    return "\n".join(
        f"<p>{html.escape(part, quote=False)}</p>".replace("\n", "<br>") for part in parts if part
    )


def _names(values: list[Any]) -> list[str]:
    return [
        " ".join(_sound(value).split())
        for value in values
        if isinstance(value, str) and value.strip()
    ]


def _authors(fields: _Fields) -> tuple[str, ...]:
    found = fields.several("authors") or fields.several("author")
    # a name alone is no author of the format, but what some feeds have
    named = (
        author if isinstance(author, str) else _Fields(author).text("name") for author in found
    )
    return tuple(dict.fromkeys(name for name in _names([*named]) if "@" not in name))


def _series(post: _Fields) -> tuple[SeriesPart, ...]:
    found = post.inner("_series") or post.inner("series")
    named = [(entry.text("name"), entry.text("part"), entry.text("total")) for entry in found]
    return tuple(series_part(name, part, total) for name, part, total in named if name)


def _image(post: _Fields, content: str, base: str) -> Image | None:
    files = post.inner("attachments")
    attached = [file.text("url") for file in files if file.text("mime_type").startswith("image/")]
    named = filter(None, (post.text("image"), post.text("banner_image"), *attached))
    return pictured((Image(url=resolved(url, base)) for url in named), content, base)
