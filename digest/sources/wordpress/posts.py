"""Reads one post out of what WordPress's REST API says. Pure: nothing is asked here.

A post is what WordPress shows in public; what lies behind a password is told apart, never read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from digest.addresses import resolved
from digest.models import Image, ImageSize, Problem, RawItem, SeriesPart, Term
from digest.sources.base import LOCKED
from digest.sources.reading import absolute, is_web, pictured, pixels, plain, read_date, tags

Json = Mapping[str, Any]

FIELDS = (
    "id", "status", "date", "date_gmt", "modified", "modified_gmt", "link", "guid", "title",
    "content", "excerpt", "author", "authors", "coauthors", "featured_media", "meta", "tags",
    "categories",
)  # fmt: skip
EMBEDS = "author,wp:term,wp:featuredmedia"
MAX_AUTHORS = 20
MAX_TERMS = 500
CAPTION_LENGTH = 300

_HIDDEN = re.compile(
    r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
_CUT = re.compile(r"(?:…|\.\.\.)\s*[\])]?\s*\Z")
_MORE_LINK = frozenset({"more-link", "read-more"})
_PART_KEY = re.compile(r"(?:\A|_)series_?(?:part|order|number|position|index)\Z", re.IGNORECASE)


class Taxonomies(NamedTuple):
    """Tell under which field ("tags") a taxonomy ("post_tag") stands, and which fields are series.

    The terms of `topics` count as tags.
    """

    fields: Mapping[str, str]
    series: tuple[str, ...]
    topics: tuple[str, ...] = ()


TermOf = Callable[[str, int], Term | None]


def read_taxonomies(data: object, chosen: str = "", wanted: Sequence[str] = ()) -> Taxonomies:
    """Return the taxonomies that the API lists.

    A series is what calls itself one, or what was chosen. `wanted` are taxonomies by any of their
    names whose terms count as tags.
    """
    fields = {"category": "categories", "post_tag": "tags"}
    names: dict[str, set[str]] = {}
    for slug, taxonomy in data.items() if isinstance(data, dict) else ():
        if isinstance(taxonomy, dict):
            field = fields[slug] = str(taxonomy.get("rest_base") or slug)
            said = (slug, field, str(taxonomy.get("name", "")))
            names[field] = {name.casefold() for name in said}
    series = (
        _called(names, chosen)
        if chosen
        else [field for field, said in names.items() if any("series" in name for name in said)]
    )
    topics = [field for name in wanted for field in _called(names, name)]
    return Taxonomies(fields, _own(series), _own(topics))


def unlisted(data: object, wanted: Iterable[str], where: str) -> list[Problem]:
    """Return what to tell of taxonomies that a site's list does not hold; nothing without a list.

    A misspelt name, or one that its plug-in does not show to the API, would bring no term.
    """
    listed = data if isinstance(data, dict) else {}
    known = {slug.casefold() for slug in listed}
    for taxonomy in listed.values():
        if isinstance(taxonomy, dict):
            known |= {_text(taxonomy.get(key)).casefold() for key in ("rest_base", "name")}
    there = ", ".join(listed)
    return [
        Problem(where=where, message=f'shows no taxonomy "{name}" to its API; there are {there}')
        for name in wanted
        if listed and name and name.casefold() not in known
    ]


def _called(names: Mapping[str, set[str]], wanted: str) -> list[str]:
    """Return the fields of a name.

    The name itself where none is listed, as it may answer all the same.
    """
    return [field for field, said in names.items() if wanted.casefold() in said] or [wanted]


def _own(fields: Iterable[str]) -> tuple[str, ...]:
    """Return the fields that are neither tags nor categories, each once."""
    return tuple(dict.fromkeys(field for field in fields if field not in ("tags", "categories")))


def why_hidden(post: Json) -> str:
    """Return why a post is not for everybody; nothing if it is."""
    content = post.get("content")
    if isinstance(content, dict) and content.get("protected"):
        return LOCKED
    return (
        "" if post.get("status", "publish") == "publish" else "is not published, so it is left out"
    )


def read_post(post: Json, taxonomies: Taxonomies, term_of: TermOf, zone: ZoneInfo) -> RawItem:
    """Return the raw item of a post; `term_of` knows a term by its field and id."""
    link = _text(post.get("link"))
    body = absolute(_rendered(post, "content"), link)
    summary = absolute(_rendered(post, "excerpt"), link)
    tags = [term for field in ("tags", *taxonomies.topics) for term in _terms(post, field, term_of)]
    return RawItem(
        identity=identity(post["id"]),
        where=link or f"post {post['id']}",
        url=link if is_web(link) else None,
        title=_rendered(post, "title"),
        # "date" is the site's own time and means two moments in the hour that autumn repeats
        published_at=read_date(f"{post.get('date_gmt') or ''}Z", ZoneInfo("UTC"))
        or read_date(post.get("date"), zone),
        updated_at=read_date(f"{post.get('modified_gmt') or ''}Z", ZoneInfo("UTC"))
        or read_date(post.get("modified"), zone),
        authors=tuple(dict.fromkeys(_authors(post))),
        tags=tuple(dict.fromkeys(tags)),
        categories=tuple(_terms(post, "categories", term_of)),
        series=tuple(_series(post, taxonomies, term_of)),
        summary=summary,
        summary_is_manual=is_manual(summary, body),
        body=body,
        # where an editor can choose a picture, none chosen means none
        image=pictured(_featured(post, link), ""),
    )


def identity(post_id: int) -> str:
    """Return a post's lasting name.

    Its id stays when the site moves, while a guid holds the old address.
    """
    return f"wp:{post_id}"


def term_ids(post: Json, field: str) -> list[int]:
    """Return the ids of all a post's terms; the embedded list of names stops at ten."""
    ids = post.get(field)
    return [i for i in ids if isinstance(i, int)][:MAX_TERMS] if isinstance(ids, list) else []


def embedded_terms(post: Json, taxonomies: Taxonomies) -> Iterator[tuple[str, int, Term]]:
    """Yield the terms that came with a post, each with its field and id."""
    for group in _embedded(post, "wp:term"):
        for entry in group if isinstance(group, list) else ():
            if isinstance(entry, dict) and isinstance(entry.get("id"), int):
                taxonomy = _text(entry.get("taxonomy"))
                yield taxonomies.fields.get(taxonomy, taxonomy), entry["id"], read_term(entry)


def read_term(entry: Json) -> Term:
    """Return a tag, category or series; its name is HTML in the API, its slug percent-encoded."""
    return Term(name=heading(_text(entry.get("name"))), slug=unquote(_text(entry.get("slug"))))


def heading(text: str) -> str:
    """Return a name as one line of text, without what scripts hold.

    >>> heading("Compost &amp; Tea<script>alert(1)</script>")
    'Compost & Tea'
    """
    return plain(_HIDDEN.sub("", text))


def is_manual(summary: str, body: str) -> bool:
    """Tell whether somebody wrote the excerpt: it was not cut off, and is not how the body begins.

    WordPress does not say. When it cuts, it drops captions and shortcodes and may join the words of
    two paragraphs, so the words are looked for in order, near each other, in the body without its
    blanks.
    """
    text = heading(summary)
    more_link = any(_MORE_LINK & set(tag.get("class").split()) for tag in tags(summary))
    if not text or more_link or _CUT.search(text):
        return False
    beginning = "".join(heading(body[: 20 * len(summary) + 20_000]).split())
    place = 0
    for word in text.split():
        found = beginning.find(word, place, place + len(word) + CAPTION_LENGTH)
        if found < 0:
            return True
        place = found + len(word)
    return False


def _terms(post: Json, field: str, term_of: TermOf) -> Iterator[Term]:
    for term_id in term_ids(post, field):
        term = term_of(field, term_id)
        if term and term.name:
            yield term


def _series(post: Json, taxonomies: Taxonomies, term_of: TermOf) -> Iterator[SeriesPart]:
    for field in taxonomies.series:
        for term_id in term_ids(post, field):
            term = term_of(field, term_id)
            if term and term.name:
                part, label = read_part(_part_said(post.get("meta"), term_id))
                yield SeriesPart(name=term.name, slug=term.slug, part=part, label=label)


def _part_said(meta: object, term_id: int) -> object:
    """Return the part as the post's meta says it: that of this series before that of the post."""
    keys = meta if isinstance(meta, dict) else {}
    for key, value in keys.items():
        base, _, own = key.rpartition("_")
        if own == str(term_id) and _PART_KEY.search(base) and value not in ("", None, []):
            return value
    return next((value for key, value in keys.items() if _PART_KEY.search(key)), None)


def read_part(said: object) -> tuple[int | None, str]:
    """Return a part's number, and its label where a number does not say it all.

    >>> read_part("3"), read_part("2b"), read_part([4]), read_part(""), read_part("Epilogue")
    ((3, ''), (2, '2b'), (4, ''), (None, ''), (None, 'Epilogue'))
    """
    if isinstance(said, list):
        said = said[0] if said else None
    if isinstance(said, bool) or not isinstance(said, str | int | float):
        return None, ""
    label = heading(f"{said:g}" if isinstance(said, float) else str(said))[:40]
    number = re.search(r"(?<!\d)\d{1,4}(?!\d)", label, re.ASCII)
    part = int(number[0]) if number else None
    if label.isdecimal():  # series plug-ins write 0 for "not placed yet"
        return part or None, ""
    return part, label


def _authors(post: Json) -> Iterator[str]:
    """Yield the names under which a post goes.

    Those of a plug-in for several authors come first.
    """
    several = [entry for field in ("authors", "coauthors") for entry in _entries(post.get(field))]
    for entry in (several or list(_entries(_embedded(post, "author"))))[:MAX_AUTHORS]:
        if name := heading(_text(entry.get("display_name")) or _text(entry.get("name"))):
            yield name


def author_refused(post: Json) -> str:
    """Return what to say where the site refuses an author's name, as it does of locked accounts."""
    entries = list(_entries(_embedded(post, "author")))
    code = next((_text(entry.get("code")) for entry in entries if entry.get("code")), "")
    if not code or any(_authors(post)):
        return ""
    return f"the site does not tell the name of author {post.get('author')} ({code[:60]})"


def _featured(post: Json, link: str) -> Iterator[Image]:
    """Yield the featured image; of a deleted one the API embeds itself or an error instead."""
    media = next(_entries(_embedded(post, "wp:featuredmedia")), {})
    url = _web(media.get("source_url"), link)
    if not url or not _text(media.get("mime_type") or "image/").startswith("image/"):
        return
    details = media.get("media_details")
    details = details if isinstance(details, dict) else {}
    sizes = details.get("sizes")
    listed = [*sizes.values()] if isinstance(sizes, dict) else []
    # the file itself comes in several formats, too, where a plug-in makes them
    listed.append({**details, "source_url": ""})
    yield Image(
        url=url,
        alt=heading(_text(media.get("alt_text"))),
        width=pixels(details.get("width")) or None,
        height=pixels(details.get("height")) or None,
        sizes=tuple(
            sorted(set(_sizes(listed, link)), key=lambda size: (size.width, size.height, size.url))
        ),
    )


def _sizes(listed: list[object], link: str) -> Iterator[ImageSize]:
    """Yield the files of a picture; one of a size may come in further formats (`sources`)."""
    for entry in _entries(listed):
        width, height = pixels(entry.get("width")), pixels(entry.get("height"))
        others = entry.get("sources")
        files = [entry, *_entries(list(others.values()) if isinstance(others, dict) else ())]
        for url in dict.fromkeys(_web(file.get("source_url"), link) for file in files):
            if url and width and height:
                yield ImageSize(url=url, width=width, height=height)


def _web(value: object, base: str) -> str:
    url = resolved(_text(value), base) if value else ""
    return url if is_web(url) else ""


def _embedded(post: Json, rel: str) -> list[Any]:
    embedded = post.get("_embedded")
    found = embedded.get(rel) if isinstance(embedded, dict) else None
    return found if isinstance(found, list) else []


def _entries(values: object) -> Iterator[Json]:
    yield from (v for v in values if isinstance(v, dict)) if isinstance(values, Iterable) else ()


def _rendered(post: Json, field: str) -> str:
    value = post.get(field)
    return _text(value.get("rendered") if isinstance(value, dict) else value)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
