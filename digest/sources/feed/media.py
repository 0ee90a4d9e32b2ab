"""What an entry of a feed holds beside its words: pictures, sound and film."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from digest.addresses import resolved
from digest.editing.body import is_shown
from digest.models import Image
from digest.sources.reading import by_worth, is_web, pictured, pixels

_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:$|\?)", re.IGNORECASE)
_PLAYED_FILE = re.compile(
    r"\.(?:(?P<audio>mp3|m4a|m4b|aac|ogg|oga|opus|flac|wav)|mp4|m4v|webm|mov|ogv)$", re.IGNORECASE
)


def image(entry: Any, body: str, base: str) -> Image | None:
    """Return a post's picture: of enclosure, media:content, media:thumbnail, itunes:image, body."""
    return pictured(_offered(entry, base), body, base)


def players(entry: Any, body: str, base: str) -> Iterator[str]:
    """Yield what an episode consists of, sound or film, where the body does not hold it already."""
    enclosed = [
        _played(link.get("type"), link.get("href"), base)
        for link in _listed(entry, "links")
        if link.get("rel") == "enclosure"
    ]
    # the files of media:content are forms of one thing, of which the first is the best to have
    media = (
        _played(found.get("medium") or found.get("type"), found.get("url"), base)
        for found in _listed(entry, "media_content")
    )
    for kind, url in list(filter(None, enclosed)) or [*islice(filter(None, media), 1)]:
        if url not in body and html.escape(url) not in body:
            yield f'<{kind} src="{html.escape(url)}"></{kind}>'


def _played(said: Any, url: Any, base: str) -> tuple[str, str] | None:
    """Return "audio" or "video" and the file's address, None for any other file.

    Servers that do not know a type leave it out, or say "octet-stream"; then the name counts.
    """
    kind = str(said or "").partition("/")[0].lower()
    full = resolved(str(url or ""), base)
    if not is_web(full):
        return None
    if kind in ("", "application") and (ending := _PLAYED_FILE.search(full.partition("?")[0])):
        kind = "audio" if ending["audio"] else "video"
    return (kind, full) if kind in ("audio", "video") else None


def _offered(entry: Any, base: str) -> Iterator[Image]:
    links = [link for link in _listed(entry, "links") if link.get("rel") == "enclosure"]
    enclosed = dict(_pictures(links, "href", base))
    media = dict(_pictures(_listed(entry, "media_content"), "url", base))
    types = {**media, **enclosed}
    # Both may be forms of one picture, of which some mail programs do not show the newer ones.
    yield from sorted([*enclosed, *by_worth(media)], key=lambda file: _is_newer(file, types[file]))
    for found in _listed(entry, "media_thumbnail"):
        yield _as_image(found, found.get("url"), base)
    picture = dict.get(entry, "image")
    if isinstance(picture, dict):
        yield _as_image(picture, picture.get("href"), base)


def _pictures(found: list[Any], name: str, base: str) -> Iterator[tuple[Image, str]]:
    """Yield the pictures of some elements, each with the type that is told of it."""
    for each in found:
        if _is_picture_type(each, each.get(name)):
            yield _as_image(each, each.get(name), base), str(each.get("type") or "")


def _is_newer(image: Image, kind: str) -> bool:
    """Tell a file that some mail programs do not show, by its name or by the type told of it."""
    is_told = kind.lower().startswith("image/")
    return not is_shown(image.url) or (is_told and not is_shown("", kind))


def _as_image(found: Any, url: Any, base: str) -> Image:
    full = resolved(str(url or ""), base) if url else ""
    return Image(url=full, width=pixels(found.get("width")), height=pixels(found.get("height")))


def _is_picture_type(found: Any, url: Any) -> bool:
    said = str(found.get("medium") or found.get("type") or "")
    return said.startswith("image") or (not said and bool(_PICTURE_FILE.search(str(url or ""))))


def _listed(entry: Any, name: str) -> list[Any]:
    """Look up exactly this key; feedparser's own look-up gives one thing for another."""
    return dict.get(entry, name) or []
