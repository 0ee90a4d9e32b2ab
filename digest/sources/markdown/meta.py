"""What front matter says about a post, in the words of Hugo, Jekyll, Astro, Zola and others.

Pure: from the keys of one file to typed values. Keys match whatever their case, hyphens and
underscores. It judges nothing: a value that cannot be used is left out, or given as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, ItemsView, Iterator, Mapping
from functools import cache, lru_cache, wraps
from typing import Any, TypeVar

from digest.lazy import regex
from digest.models import Image, SeriesPart, Term
from digest.sources.reading import as_text, pixels, series_part

Answer = TypeVar("Answer")

# A list of lists of names is a slip; deeper ones are somebody's attack.
MAX_DEPTH = 4

# The first that is set counts: generators' own words for a date first, when a file was made last.
DATE_KEYS = (
    "date", "published_at", "publish_date", "pub_date", "pub_datetime", "date_published",
    "published_date", "published_on", "published_time", "publication_date", "first_publish_date",
    "first_published_at", "release_date", "post_date", "date_posted", "posted_on", "posted_at",
    "posted", "published", "datetime", "created", "created_at", "created_on", "date_created",
    "creation_date",
)  # fmt: skip
_UPDATED_KEYS = (
    "updated", "lastmod", "modified", "last_modified_at", "updated_at", "updated_date",
    "date_updated", "date_modified", "mod_datetime", "upd_date", "last_updated",
    "modified_at", "last_update",
)  # fmt: skip
BEGIN_KEYS = ("publish_date", "embargo", "embargo_until")
END_KEYS = ("expiry_date", "expires", "unpublish_date")
TIMED_KEYS = (*BEGIN_KEYS, *END_KEYS)
"""Keys whose dates make a file public or not: its fate may change while it does not."""

# tables under which Hugo, Zola and others keep keys of a post
_TABLES = ("params", "extra", "taxonomies")
_LISTS = (list, tuple, set)
_NAME_KEYS = ("name", "title", "display_name", "id")
_AUTHOR_KEYS = (
    "authors", "author", "by", "byline", "writers", "writer", "creator", "primary_author",
    "author_name",
)  # fmt: skip
_TAG_KEYS = ("keywords", "topics")
_SUMMARY_KEYS = (
    "summary", "description", "excerpt", "custom_excerpt", "abstract", "lead", "lede", "standfirst",
    "dek", "meta_description", "og_description", "subtitle",
)  # fmt: skip
_IMAGE_KEYS = (
    "image", "cover", "featured_image", "feature_image", "hero_image", "cover_image", "banner",
    "hero", "header", "img", "photo", "thumbnail", "images", "og_image", "social_image", "teaser",
)  # fmt: skip
_IMAGE_PARTS = ("src", "url", "image", "path", "overlay_image", "teaser", "og_image")
# Obsidian's link to a note or a file, as a property holds it
_LINKED = regex(r"!?\[\[([^\]|]+)(?:\|([^\]]*))?\]\]")
_MAIL = regex(r"\s*[<(][^<>()\s]+@[^<>()\s]+[>)]")
_PART_KEYS = ("part", "number", "order", "index", "weight")
_BETWEEN_NAMES = regex(r"\s*,\s*(?:and\s+)?|\s+(?:and|&|und|et|y|e|og|och|en)\s+")
_WHOLE_NAME = regex(
    r"[^\W\d_a-z][\w.'’-]*(?:\s(?:de|da|di|du|del|della|van|von|der|den|la|le|bin|al|el))*"
    r"(?:\s[^\W\d_a-z][\w.'’-]*)+"
)
YES = frozenset({"true", "yes", "on", "1"})
NO = frozenset({"false", "no", "off", "0"})
# what stands where a date should: that a post is out, and Eleventy's words for a file's own dates
_NO_DATES = YES | NO | {"last modified", "created", "git last modified", "git created"}


class Meta:
    """Look up front matter by any of a key's spellings."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values: dict[str, Any] = {}
        inner = [values[name] for name in _TABLES if isinstance(values.get(name), Mapping)]
        for table in (values, *inner):
            for name, value in table.items():
                # What stands at the top counts, as in the generators themselves.
                self._values.setdefault(squeezed(name), value)

    def has_none(self, names: frozenset[str]) -> bool:
        """Tell whether no key is there of those that `_Listening` notes."""
        return names.isdisjoint(self._values)

    def items(self) -> ItemsView[str, Any]:
        """Return all keys, in small letters without hyphens and underscores, with their values."""
        return self._values.items()

    def get(self, *names: str) -> Any:
        """Return the first value that is set under one of these names."""
        for name in self._spelled(names):
            value = self._values.get(name)
            if value is not None and value not in ("", [], {}):
                return value
        return None

    def text(self, *names: str) -> str:
        """Return the first value that is a scalar, as one line of text."""
        for name in self._spelled(names):
            value = self._values.get(name)
            if value is not None and (text := as_text(value)):
                return text
        return ""

    def _spelled(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return _all_squeezed(names)


class _Listening(Meta):
    """Have no key, and note which ones are asked for."""

    def __init__(self) -> None:
        super().__init__({})
        self.asked: set[str] = set()

    def _spelled(self, names: tuple[str, ...]) -> tuple[str, ...]:
        self.asked.update(super()._spelled(names))
        return ()


# a blog's posts have the same few keys, asked for by the same few names
@lru_cache(maxsize=2_000, typed=True)
def squeezed(name: object) -> str:
    """Return a key as all its spellings are compared: small letters, no hyphens or underscores."""
    return re.sub(r"[\s_-]", "", str(name)).lower()


@lru_cache(maxsize=500)
def _all_squeezed(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(squeezed, names))


def seldom(read: Callable[[Meta], Answer]) -> Callable[[Meta], Answer]:
    """Have a reading of many keys begin only where one of them is there, as in few files.

    A file that has none of the keys that an empty one is asked for gets the answer that one gets.
    """

    @cache
    def of_nothing() -> tuple[frozenset[str], Answer]:
        listening = _Listening()
        answer = read(listening)
        return frozenset(listening.asked), answer

    @wraps(read)
    def reading(meta: Meta) -> Answer:
        asked, answer = of_nothing()
        return answer if meta.has_none(asked) else read(meta)

    return reading


def date_of(meta: Meta) -> Any:
    """Return what front matter gives as the post's date; "published: true" is none."""
    values = (meta.get(name) for name in DATE_KEYS)
    said = (_dated(value) for value in values if value is not None)
    return next((v for v in said if as_text(v).lower() not in _NO_DATES), None)


def updated_of(meta: Meta) -> Any:
    """Return what front matter gives as the time of the last change."""
    value = meta.get("date")
    inner = Meta(value).get(*_UPDATED_KEYS) if isinstance(value, dict) else None
    return meta.get(*_UPDATED_KEYS) or inner


def _dated(value: Any) -> Any:
    """Return the day a post was made, of MkDocs' `date: {created: …, updated: …}` as well."""
    return Meta(value).get(*DATE_KEYS) if isinstance(value, dict) else value


def names(value: Any, *, separators: str = "", depth: int = 0) -> Iterator[str]:
    """Yield the names in a string, a list or a mapping with a name.

    Strings are parted at `separators`.
    """
    if isinstance(value, _LISTS) and depth < MAX_DEPTH:
        for part in value:
            yield from names(part, depth=depth + 1)
    elif isinstance(value, dict):
        yield from list(
            names(next((value[k] for k in _NAME_KEYS if value.get(k)), None), depth=MAX_DEPTH)
        )[:1]
    else:
        lines = str(value).split("\n") if separators and isinstance(value, str) else [value]
        for line in lines:
            is_parted = separators and isinstance(line, str)
            parts = re.split(separators, line) if is_parted else [line]
            yield from filter(None, (_called(as_text(part)) for part in parts))


def _called(text: str) -> str:
    """Return a name without the brackets and the folder by which Obsidian makes a link of it."""
    return _LINKED.sub(lambda link: link[2] or link[1].rpartition("/")[2], text)


def authors(meta: Meta, kind: str) -> tuple[str, ...]:
    """Return the authors, never their e-mail addresses.

    Commas part one string into several in Pelican's header lines only.
    """
    value = meta.get(*_AUTHOR_KEYS)
    separators = ""
    if kind == "header":
        # Pelican: names with commas in them are parted by semicolons.
        separators = ";" if isinstance(value, str) and ";" in value else ","
    elif isinstance(value, str):
        value = value.split(";") if ";" in value else _several(value)
    found = (_MAIL.sub("", name) for name in names(value, separators=separators))
    return tuple(dict.fromkeys(filter(None, found)))


def _several(text: str) -> list[str]:
    """Part "Ada Moss, Ben Reed and Cy Lane" where each of three or more reads as a whole name.

    >>> _several("Ada Moss, Ben Reed and Cy Lane"), _several("Moss, Ada"), _several("Moss and Reed")
    (['Ada Moss', 'Ben Reed', 'Cy Lane'], ['Moss, Ada'], ['Moss and Reed'])
    """
    parts = [part.strip() for part in _BETWEEN_NAMES.split(text)]
    is_list = len(parts) > 2 and all(_WHOLE_NAME.fullmatch(part) for part in parts)
    return parts if is_list else [text]


def terms(meta: Meta, plural: str, singular: str, *, by_spaces: bool = False) -> tuple[Term, ...]:
    """Return tags or categories. A plural string is parted at commas, or at spaces as by Jekyll."""
    is_tags = plural == "tags"
    several = _listed(meta.get(plural, *(_TAG_KEYS if is_tags else ())), by_spaces)
    single = meta.get(singular)
    parted = "," if isinstance(single, str) and is_tags else ""
    found = [*several, *names(single, separators=parted)]
    # Obsidian writes '#ponds' for the tag "ponds"
    named = (name.removeprefix("#") if is_tags else name for name in found)
    return tuple(Term(name=name) for name in dict.fromkeys(named) if name)


def _listed(value: Any, by_spaces: bool) -> list[str]:
    """Return the names of a list, or of a string that holds several."""
    if not isinstance(value, str):
        return list(names(value))
    if value.startswith("#"):
        return [name.strip(" ,") for name in value.split("#")]
    return list(names(value, separators="," if "," in value or not by_spaces else r"\s+"))


@seldom
def series(meta: Meta) -> tuple[SeriesPart, ...]:
    """Return the series: a name, a mapping of name and part, or a list of these.

    A part that stands in a key of its own, such as Hugo's `series_order`, counts if there is one
    series.
    """
    value = meta.get("series")
    entries = value if isinstance(value, list | tuple) else [value]
    found = [part for entry in entries if (part := _series_part(entry))]
    own = meta.get("part", *(f"series_{key}" for key in _PART_KEYS))
    # Of several series nobody knows which one the part belongs to.
    if len(found) == 1 and own is not None and not found[0].label and found[0].part is None:
        total = meta.get("series_total")
        found = [series_part(found[0].name, own, total)]
    return tuple({part.name: part for part in found}.values())


def _series_part(entry: Any) -> SeriesPart | None:
    name = next(names(entry), "")
    if not name:
        return None
    if not isinstance(entry, Mapping):
        return SeriesPart(name=name)
    part = next((entry[key] for key in _PART_KEYS if entry.get(key) is not None), None)
    return series_part(name, part, entry.get("total", entry.get("of")))


def summary(meta: Meta) -> str:
    """Return what front matter says a post is about; empty if nothing."""
    return meta.text(*_SUMMARY_KEYS)


@seldom
def image(meta: Meta) -> Image | None:
    """Return the post's picture, its address as it is written."""
    for name in _IMAGE_KEYS:
        value = meta.get(name)
        value = value[0] if isinstance(value, list) else value
        url = as_text(_first(value, *_IMAGE_PARTS) if isinstance(value, Mapping) else value)
        url = _LINKED.sub(r"\1", url)  # as Obsidian writes a link to a file
        if not url:
            continue
        inner: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
        return Image(
            url=url,
            alt=as_text(inner.get("alt")) or meta.text("image_alt", f"{name}_alt", "alt"),
            width=pixels(inner.get("width")),
            height=pixels(inner.get("height")),
        )
    return None


def _first(value: Mapping[str, Any], *keys: str) -> Any:
    return next((value[key] for key in keys if value.get(key)), None)
