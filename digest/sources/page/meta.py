"""Reads what stands around a post on a listing page.

Its dates, authors, tags, categories and series.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from lxml import etree

from digest.addresses import resolved
from digest.models import SeriesPart, Term
from digest.sources.page.lines import find_date, is_more, is_noise, read_meta
from digest.sources.page.listing import address_term, merged_terms, name_of
from digest.sources.page.tree import Element, classes, is_meta, named_like, text_of, with_classes
from digest.sources.reading import read_date

Names = dict[tuple[str, str], str]
_DATE_WORD = re.compile(
    r"(?:^|[-_])(?:date|published|posted-on|posted|time|timestamp|pubdate|meta|byline)(?:$|[-_])"
)
_AUTHOR_WORD = re.compile(r"(?:^|[-_])(?:author|byline|posted-by|written-by)(?:$|[-_])")
_TERM_CLASS = re.compile(r"(tag|category|series)-(.*\D.*)")
_URL_DATE = re.compile(r"/((?:19|20)\d\d)/(0\d|1[0-2])/([0-2]\d|3[01])/")
_AUTHOR_CLASSES = frozenset(
    {"wp-block-post-author__name", "wp-block-post-author-name", "elementor-post-author", "fn"}
)
_LONGEST_TERM = 80
_UTC = ZoneInfo("UTC")


def link_names(root: Element, base: str) -> Names:
    """Return the names under which a page links to tags and categories, by kind and slug."""
    names: Names = {}
    for link in root.iter("a"):
        href = link.get("href", "")
        if "tag" in href or "categor" in href or "topic" in href or "series" in href:
            url, text = resolved(href, base), text_of(link)
            series = re.search(r"/series/([^/?#]+)/?$", url)
            term = ("series", series[1]) if series else address_term(url)
            if term and 0 < len(text) <= 80 and not is_noise(text) and not is_more(text, ()):
                names.setdefault(term, re.sub(r"\s*\(\d+\)$", "", text.lstrip("#")))
    return names


# ---------------------------------------------------------------- dates


def read_dates(
    element: Element, zone: ZoneInfo, url: str | None
) -> tuple[datetime | None, datetime | None]:
    """Return when the post came out and when it was changed.

    A day in the address is the last resort.
    """
    published = updated = None
    for said, is_update in _said_dates(element):
        moment = find_date(said, zone)
        if is_update:
            updated = updated or moment
        else:
            published = published or moment
    if published is None and url and (day := _URL_DATE.search(url)):
        published = read_date("-".join(day.groups()), zone)
    return published, updated


def _said_dates(element: Element) -> Iterator[tuple[str, bool]]:
    """Yield what may be a date, the surest first, and whether it is the one of a change."""
    for time in element.iter("time", "abbr", "meta", "span"):
        if _tells_time(time):
            yield _machine_date(time) or text_of(time), _tells_change(time)
    for found in named_like(element, _DATE_WORD):
        yield text_of(found)[:300], "updated" in classes(found)
    yield from ((text, False) for text in _dated_lines(element))


def _dated_lines(element: Element) -> Iterator[str]:
    """Yield the short lines that are a date, whatever their element is called."""
    for leaf in element.iter("p", "span", "div", "small", "td", "dd", "li", "em", "i", "b"):
        own = " ".join((leaf.text or "").split())
        for text in (own, text_of(leaf) if len(leaf) < 4 else ""):
            if 6 <= len(text) <= 80 and _is_dated(text):
                yield text
    for child in element.iterdescendants(etree.Element):
        tail = (child.tail or "").strip(" ()–—-|·,\n\t")
        if 6 <= len(tail) <= 60 and find_date(tail, _UTC, whole=True):
            yield tail


def _tells_time(element: Element) -> bool:
    """Tell whether an element says by its tag, microdata or microformat that it is a moment."""
    return (
        element.tag == "time"
        or element.get("itemprop") in ("datePublished", "dateModified")
        or bool(classes(element) & {"published", "dt-published"})
    )


def _tells_change(element: Element) -> bool:
    names = classes(element)
    if element.get("itemprop") == "dateModified" or "dt-updated" in names:
        return True
    return "updated" in names and "published" not in names


def _machine_date(element: Element) -> str:
    """Return the date that an element holds beside its text, in the form for programs."""
    title = element.get("title") if element.tag == "abbr" else ""
    return element.get("datetime") or title or element.get("content") or ""


def _is_dated(text: str) -> bool:
    return bool(find_date(text, _UTC, whole=True) or read_meta(text, _UTC))


# ---------------------------------------------------------------- names


def read_authors(element: Element) -> tuple[str, ...]:
    """Return who wrote the post, as the surest of the usual places says."""
    marked = next((found for way in _AUTHOR_WAYS if (found := way(element))), [])
    names = [_person(text_of(e)) for e in marked]
    if not any(names):
        names = [name for e in named_like(element, _AUTHOR_WORD) for name in _in_byline(e)]
    if not any(names):
        names = [name for e in named_like(element, _DATE_WORD) for name in _in_meta(e)]
    return tuple(dict.fromkeys(name for name in names if name))[:10]


def _by_relation(element: Element) -> list[Element]:
    return [e for e in element.iter("a") if "author" in e.get("rel", "").split()]


def _by_microdata(element: Element) -> list[Element]:
    authors = (e for e in element.iter(etree.Element) if e.get("itemprop") == "author")
    return [name for author in authors for name in _named(author)]


def _in_author_box(element: Element) -> list[Element]:
    boxes = with_classes(element, {"author"})
    return [e for box in boxes for e in (*with_classes(box, {"fn"}), *box.iter("a"))][:4]


def _in_byline(element: Element) -> tuple[str, ...]:
    """Return the names in what is called a byline: as its words say, else all of it as one name."""
    if meta := read_meta(text_of(element)[:200], _UTC):
        return meta.authors
    is_author = "author" in " ".join(classes(element))
    return (_person(text_of(element)),) if is_author else ()


def _in_meta(element: Element) -> tuple[str, ...]:
    meta = read_meta(text_of(element)[:200], _UTC)
    return meta.authors if meta else ()


# The ways in which pages mark an author, the surest first.
_AUTHOR_WAYS: tuple[Callable[[Element], list[Element]], ...] = (
    _by_relation,
    lambda element: list(with_classes(element, {"p-author"})),
    _by_microdata,
    _in_author_box,
    lambda element: list(with_classes(element, _AUTHOR_CLASSES)),
)


def _named(element: Element) -> list[Element]:
    named = [e for e in element.iter(etree.Element) if e.get("itemprop") == "name"]
    return named or [element]


def _person(text: str) -> str:
    name = re.sub(
        r"^(?:(?:written |posted |published )?by|author:?)\s+", "", text, flags=re.I
    ).strip(" ,|·•/–—-")
    return name if len(name) <= 80 and len(name.split()) <= 8 else ""


def read_terms(
    element: Element, base: str, names: Names, title: str
) -> tuple[tuple[Term, ...], tuple[Term, ...], tuple[SeriesPart, ...]]:
    """Return tags, categories and series.

    By links, else by the classes WordPress gives its posts.
    """
    linked = _linked_terms(element, base)
    classed, series = _classed_terms(element, names, title)
    tags, categories = (
        merged_terms((), linked[kind] or classed[kind]) for kind in ("tag", "category")
    )
    return tags, categories, tuple(series)


def _linked_terms(element: Element, base: str) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {"tag": [], "category": []}
    for link in element.iter("a"):
        if not 0 < len(text := text_of(link).lstrip("#")) <= _LONGEST_TERM:
            continue
        kind, slug = address_term(resolved(link.get("href", ""), base)) or ("tag", "")
        rel = set(link.get("rel", "").split())
        if "category" in rel:
            kind = "category"
        if rel & {"tag", "category"} or (slug and is_meta(link, element)):
            found[kind].append(Term(name=text, slug=slug))
    unlinked = (e for e in with_classes(element, {"p-category"}) if e.tag != "a")
    found["tag"] += [Term(name=text_of(e)) for e in unlinked if text_of(e)]
    return found


def _classed_terms(
    element: Element, names: Names, title: str
) -> tuple[dict[str, list[Term]], list[SeriesPart]]:
    """Return the terms in the classes WordPress gives its posts: `tag-soil`, `series-ponds`."""
    found: dict[str, list[Term]] = {"tag": [], "category": []}
    series: list[SeriesPart] = []
    if not classes(element) & {"hentry", "post", "type-post", "wp-block-post"}:
        return found, series
    for token in element.get("class", "").split():
        if not (said := _TERM_CLASS.fullmatch(token)):
            continue
        kind, slug = said.groups()
        name = names.get((kind, slug)) or name_of(slug)
        if kind == "series":
            series.append(SeriesPart(name=_cased(name, title), slug=slug))
        else:
            found[kind].append(Term(name=name, slug=slug))
    return found, series


def _cased(name: str, title: str) -> str:
    """Return a name made of a slug as the title writes it, if it does."""
    at = title.lower().find(name.lower())
    return title[at : at + len(name)] if at >= 0 and len(title.lower()) == len(title) else name
