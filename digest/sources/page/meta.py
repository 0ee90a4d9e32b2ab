"""Reads what stands around a post on a listing page: its dates, authors, tags, categories and series."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from lxml import etree

from digest.models import SeriesPart, Term
from digest.sources.dates import read_date
from digest.sources.markup import address
from digest.sources.page.lines import find_date, is_more, is_noise, read_meta
from digest.sources.page.listing import TermKind, address_term, merged_terms, name_of
from digest.sources.page.tree import Element, classes, is_meta, named_like, text_of, with_classes

Names = dict[tuple[str, str], str]
_DATE_WORD = re.compile(
    r"(?:^|[-_])(?:date|published|posted-on|posted|time|timestamp|pubdate|meta|byline)(?:$|[-_])"
)
_AUTHOR_WORD = re.compile(r"(?:^|[-_])(?:author|byline|posted-by|written-by)(?:$|[-_])")
_TERM_CLASS = re.compile(r"(tag|category|series)-(.*\D.*)")
_URL_DATE = re.compile(r"/((?:19|20)\d\d)/(0\d|1[0-2])/([0-2]\d|3[01])/")
_UTC = ZoneInfo("UTC")


def link_names(root: Element, base: str) -> Names:
    """Return the names under which a page links to tags and categories, by kind and slug."""
    names: Names = {}
    for link in root.iter("a"):
        href = link.get("href", "")
        if "tag" in href or "categor" in href or "topic" in href or "series" in href:
            url, text = address(href, base), text_of(link)
            series = re.search(r"/series/([^/?#]+)/?$", url)
            term = ("series", series[1]) if series else address_term(url)
            if term and 0 < len(text) <= 80 and not is_noise(text) and not is_more(text, ()):
                names.setdefault(term, re.sub(r"\s*\(\d+\)$", "", text.lstrip("#")))
    return names


# ---------------------------------------------------------------- dates


def read_dates(
    element: Element, zone: ZoneInfo, url: str | None
) -> tuple[datetime | None, datetime | None]:
    """Return when the post came out and when it was changed; a day in the address is the last resort."""
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
        names, prop = classes(time), time.get("itemprop", "")
        said = (
            time.get("datetime")
            or (time.get("title") if time.tag == "abbr" else "")
            or time.get("content")
            or ""
        )
        is_update = (
            ("updated" in names and "published" not in names)
            or prop == "dateModified"
            or "dt-updated" in names
        )
        if (
            time.tag == "time"
            or prop in ("datePublished", "dateModified")
            or names & {"published", "dt-published"}
        ):
            yield said or text_of(time), is_update
    for found in named_like(element, _DATE_WORD):
        yield text_of(found)[:300], "updated" in classes(found)
    for leaf in element.iter("p", "span", "div", "small", "td", "dd", "li", "em", "i", "b"):
        own = " ".join((leaf.text or "").split())
        for text in (own, text_of(leaf) if len(leaf) < 4 else ""):
            if 6 <= len(text) <= 80 and (
                find_date(text, _UTC, whole=True) or read_meta(text, _UTC)
            ):
                yield text, False
    for child in element.iter(etree.Element):
        tail = (child.tail or "").strip(" ()–—-|·,\n\t") if child is not element else ""
        if 6 <= len(tail) <= 60 and find_date(tail, _UTC, whole=True):
            yield tail, False


# ---------------------------------------------------------------- names


def read_authors(element: Element) -> tuple[str, ...]:
    """Return who wrote the post, as the surest of the usual places says."""
    found = [e for e in element.iter("a") if "author" in e.get("rel", "").split()]
    found = found or list(with_classes(element, {"p-author"}))
    found = found or [
        n for e in element.iter(etree.Element) if e.get("itemprop") == "author" for n in _named(e)
    ]
    found = (
        found
        or [
            n
            for e in with_classes(element, {"author"})
            for n in (*with_classes(e, {"fn"}), *e.iter("a"))
        ][:4]
    )
    found = found or list(
        with_classes(
            element,
            {
                "wp-block-post-author__name",
                "wp-block-post-author-name",
                "elementor-post-author",
                "fn",
            },
        )
    )
    names = [_person(text_of(e)) for e in found]
    if not any(names):
        for e in named_like(element, _AUTHOR_WORD):
            meta = read_meta(text_of(e)[:200], _UTC)
            if meta:
                names += meta.authors
            elif "author" in " ".join(classes(e)):
                names.append(_person(text_of(e)))
    if not any(names):
        metas = (read_meta(text_of(e)[:200], _UTC) for e in named_like(element, _DATE_WORD))
        names = [name for meta in metas if meta for name in meta.authors]
    return tuple(dict.fromkeys(name for name in names if name))[:10]


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
    """Return tags, categories and series: by links, else by the classes WordPress gives its posts."""
    found: dict[str, list[Term]] = {"tag": [], "category": []}
    for link in element.iter("a"):
        rel, text = set(link.get("rel", "").split()), text_of(link).lstrip("#")
        term = address_term(address(link.get("href", ""), base))
        if (
            text
            and len(text) <= 80
            and ("tag" in rel or "category" in rel or (term and is_meta(link, element)))
        ):
            told: TermKind = term[0] if term else "tag"
            kind: TermKind = "category" if "category" in rel else told
            found[kind].append(Term(name=text, slug=term[1] if term else ""))
    found["tag"] += [
        Term(name=text_of(e))
        for e in with_classes(element, {"p-category"})
        if text_of(e) and e.tag != "a"
    ]
    series: list[SeriesPart] = []
    classed: dict[str, list[Term]] = {"tag": [], "category": []}
    for token in (
        element.get("class", "").split()
        if classes(element) & {"hentry", "post", "type-post", "wp-block-post"}
        else ()
    ):
        if term_class := _TERM_CLASS.fullmatch(token):
            kind_said, slug = term_class[1], term_class[2]
            name = names.get((kind_said, slug)) or name_of(slug)
            if kind_said == "series":
                series.append(SeriesPart(name=_cased(name, title), slug=slug))
            else:
                classed[kind_said].append(Term(name=name, slug=slug))
    tags, categories = (
        merged_terms((), found[kind] or classed[kind]) for kind in ("tag", "category")
    )
    return tags, categories, tuple(series)


def _cased(name: str, title: str) -> str:
    """Return a name made of a slug as the title writes it, if it does."""
    at = title.lower().find(name.lower())
    return title[at : at + len(name)] if at >= 0 and len(title.lower()) == len(title) else name
