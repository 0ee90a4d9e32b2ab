"""What front matter says about a post, in the words of Hugo, Jekyll, Pelican and Eleventy.

Pure: from the keys of one file to typed values. Keys match whatever their case, hyphens and
underscores. It judges nothing: a value that cannot be used is left out, or given as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from digest.models import Image, SeriesPart, Term
from digest.sources.declared import as_text, series_part
from digest.sources.markup import pixels

MAX_DEPTH = 4

_NAME_KEYS = ("name", "title", "display_name", "id")
_IMAGE_KEYS = ("image", "cover", "featured_image", "hero_image", "thumbnail", "images")
_PART_KEYS = ("part", "number", "order", "index", "weight")
_YES = frozenset({"true", "yes", "on", "1"})
_NO = frozenset({"false", "no", "off", "0"})


class Meta:
    """Look up front matter by any of a key's spellings."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values: dict[str, Any] = {}
        for name, value in values.items():
            self._values.setdefault(_squeezed(name), value)

    def get(self, *names: str) -> Any:
        """Return the first value that is set under one of these names."""
        found = (self._values.get(_squeezed(name)) for name in names)
        return next((value for value in found if value not in (None, "", [], {})), None)

    def text(self, *names: str) -> str:
        """Return the first value that is a scalar, as one line of text."""
        found = (as_text(self._values.get(_squeezed(name))) for name in names)
        return next((value for value in found if value), "")


def _squeezed(name: str) -> str:
    return re.sub(r"[\s_-]", "", str(name)).lower()


def why_hidden(meta: Meta) -> str:
    """Return why the file says that it is not to be published; nothing if it does not.

    >>> why_hidden(Meta({"draft": True})), why_hidden(Meta({"status": "private"})), why_hidden(Meta({}))
    ('is a draft', 'is not to be published: its status is "private"', '')
    """
    status = meta.text("status").lower()
    if as_text(meta.get("draft")).lower() in _YES or status == "draft":
        return "is a draft"
    if status in ("hidden", "private"):
        return f'is not to be published: its status is "{status}"'
    if as_text(meta.get("published")).lower() in _NO:
        return "is not to be published: it says published: false"
    if (
        as_text(meta.get("eleventyExcludeFromCollections")).lower() in _YES
        or meta.get("permalink") is False
    ):
        return (
            "is not to be published: its front matter keeps it out of lists, or gives it no address"
        )
    return ""


def names(value: Any, *, separators: str = "", depth: int = 0) -> Iterator[str]:
    """Yield the names in a string, a list or a mapping with a name; strings are parted at `separators`."""
    if isinstance(value, list | tuple | set) and depth < MAX_DEPTH:
        for part in value:
            yield from names(part, depth=depth + 1)
    elif isinstance(value, Mapping):
        yield from list(
            names(next((value[k] for k in _NAME_KEYS if value.get(k)), None), depth=MAX_DEPTH)
        )[:1]
    else:
        lines = str(value).split("\n") if separators and isinstance(value, str) else [value]
        for line in lines:
            parts = re.split(separators, line) if separators else [line]
            yield from filter(None, (as_text(part) for part in parts))


def authors(meta: Meta, kind: str) -> tuple[str, ...]:
    """Return the authors; only Pelican's header lines part one string into several."""
    value = meta.get("authors", "author")
    semicolons = isinstance(value, str) and ";" in value
    separators = (";" if semicolons else ",") if kind == "header" else ""
    return tuple(dict.fromkeys(names(value, separators=separators)))


def terms(meta: Meta, plural: str, singular: str, *, by_spaces: bool = False) -> tuple[Term, ...]:
    """Return tags or categories. A plural string is parted at commas, or, as Jekyll does, at spaces."""
    value = meta.get(plural)
    if isinstance(value, str):
        found = list(names(value, separators="," if "," in value or not by_spaces else r"\s+"))
    else:
        found = list(names(value))
    single = meta.get(singular)
    found += names(single, separators="," if isinstance(single, str) and plural == "tags" else "")
    return tuple(Term(name=name) for name in dict.fromkeys(found))


def series(meta: Meta) -> tuple[SeriesPart, ...]:
    """Return the series: a name, a mapping of name and part, or a list of these.

    A part that stands in a key of its own, such as Hugo's `series_order`, counts if there is one
    series.
    """
    value = meta.get("series")
    entries = value if isinstance(value, list | tuple) else [value]
    found = [part for entry in entries if (part := _series_part(entry))]
    own = meta.get("part", *(f"series_{key}" for key in _PART_KEYS))
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


def image(meta: Meta) -> Image | None:
    """Return the post's picture, its address as it is written."""
    for name in _IMAGE_KEYS:
        value = meta.get(name)
        value = value[0] if isinstance(value, list) else value
        url = as_text(
            _first(value, "src", "url", "image", "path") if isinstance(value, Mapping) else value
        )
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
