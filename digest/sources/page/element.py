"""Reads one post out of its element on a listing page: title, link, date, names, excerpt, picture.

Looks for what themes and microformats call these things, then for what they usually are. It changes
nothing that editing would have to know: excerpts stay as they are, with their "Read More…".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from html import escape
from zoneinfo import ZoneInfo

from lxml import etree

from digest.addresses import resolved
from digest.editing.excerpt import cut_mark
from digest.models import Image, key
from digest.sources.page import meta as page_meta
from digest.sources.page.lines import find_date, is_more, read_meta
from digest.sources.page.listing import Listed, address_term
from digest.sources.page.meta import Names
from digest.sources.page.tree import (
    CONTENT,
    EXCERPT_WORD,
    HEADINGS,
    META_WORD,
    Element,
    classes,
    is_meta,
    named_like,
    text_of,
    with_classes,
)
from digest.sources.reading import absolute, is_web, pictured

MIN_BODY_WORDS = 100
MAX_TAGS = 3000

_UTC = ZoneInfo("UTC")
_TITLES = frozenset(
    {
        "entry-title", "wp-block-post-title", "p-name", "post-title", "elementor-post__title",
        "blog-post-title", "title",
        "post__title", "card-title", "entry__title", "article-title", "blog-title",
        "wp-block-latest-posts__post-title", "headline",
    }
)  # fmt: skip
_EXCERPTS = (
    frozenset({"post-content-inner"}),
    frozenset(
        [
            "entry-summary",
            "wp-block-post-excerpt",
            "p-summary",
            "post-excerpt",
            "elementor-post__excerpt",
            "excerpt",
            "entry-excerpt",
        ]
    ),
    CONTENT | {"ast-excerpt-container"},
)
_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]*?url\(\s*[\"']?([^\"')]+)", re.I)
_NO_TEXT = frozenset(
    (*HEADINGS, *["time", "figure", "img", "figcaption", "dt", "hr", "address", "video", "audio"])
)
_LINES = frozenset(["p", "span", "div", "small", "td", "dd", "li", "em", "i", "footer"])
_ASIDE = frozenset({"tag", "author", "category"})
_HIDDEN = frozenset({"screen-reader-text", "sr-only", "visually-hidden"})
_MARK = "data-is-title"
_MORE_FRAGMENT = re.compile(r"#more-\d+$|#respond$|#comments$")


def read(element: Element, base: str, zone: ZoneInfo, names: Names) -> Listed | None:
    """Return the post of an element, None if it has neither title nor text."""
    _trim(element)
    heading = _title(element)
    url = _url(element, heading, base)
    published_at, updated_at = page_meta.read_dates(element, zone, url)
    content = _excerpt(element, heading)
    text = text_of(content)
    html = absolute(_inner(content), base) if content is not None else ""
    title = _title_html(heading)
    if not title and not text:
        return None
    is_body = content is not None and _is_whole(content, text)
    tags, categories, series = page_meta.read_terms(element, base, names, text_of(heading))
    return Listed(
        title=title,
        url=url,
        published_at=published_at,
        updated_at=updated_at,
        authors=page_meta.read_authors(element),
        tags=tags,
        categories=categories,
        series=series,
        summary="" if is_body else html,
        body=html if is_body else "",
        image=_image(element, base),
        language=element.get("lang") or None,
    )


def _trim(element: Element) -> None:
    """Take out what is too much for one post, so that no page takes long to read."""
    for child in list(element.iter(etree.Element))[MAX_TAGS:]:
        if child.getparent() is not None:
            child.getparent().remove(child)


# ---------------------------------------------------------------- title and link


def _title(element: Element) -> Element | None:
    """Return the element that holds the title."""
    named = next(_called_title(element), None)
    headings = [e for e in element.iter(*HEADINGS) if text_of(e)]
    linked = [e for e in headings if next(e.iter("a"), None) is not None]
    if named is not None and not (linked and _is_mere_title(named)):
        return named
    if headings:
        return (linked or headings)[0]
    return _unnamed_title(element)


def _unnamed_title(element: Element) -> Element | None:
    """Return the first link or term that may be a title and stands among no dates and names."""
    found = (e for e in element.iter("a", "dt") if _may_be_title(e))
    return next((e for e in found if not is_meta(e, element)), None)


def _called_title(element: Element) -> Iterator[Element]:
    """Yield what says that it is the title: by its class, its microdata, its link's relation."""
    yield from (e for e in with_classes(element, _TITLES) if text_of(e) and e.tag != "img")
    for child in element.iter(etree.Element):
        if child.get("itemprop") in ("headline", "name") and _may_be_title(child):
            yield child
    for link in element.iter("a"):
        if "bookmark" in link.get("rel", "") and _may_be_title(link):
            yield link


def _is_mere_title(element: Element) -> bool:
    """Tell a box called "title", which may be any line, from what only a post's title is called."""
    return element.tag not in HEADINGS and "title" in classes(element)


def _may_be_title(element: Element) -> bool:
    text = text_of(element)
    rel = set(element.get("rel", "").split())
    named = any(e.get("itemprop") == "author" for e in element.iterancestors())
    if not text or named or rel & {"tag", "author", "category"} or is_more(text, ()):
        return False
    return find_date(text, _UTC, whole=True) is None and not re.fullmatch(
        r"[\d\W]+(?:comments?)?", text
    )


def _title_html(heading: Element | None) -> str:
    """Return a title's HTML without its link.

    One that was cut is taken from the link's own title.
    """
    if heading is None:
        return ""
    if whole := _uncut(heading):
        return escape(whole, quote=False)
    copy = deepcopy(heading)
    _drop_hidden(copy)
    for image in list(copy.iter("img")):
        if classes(image) & {"emoji", "wp-smiley"}:
            image.tail = image.get("alt", "") + (image.tail or "")
        image.drop_tree()
    for child in [e for e in copy.iter("a", "span", "div", "br", *HEADINGS) if e is not copy]:
        if child.tag == "br":
            child.tail = " " + (child.tail or "")
        child.drop_tag()
    return " ".join(_inner(copy).split())


def _uncut(heading: Element) -> str:
    """Return a cut title whole, from its link's title or label; nothing if it is not cut."""
    text = text_of(heading)
    cut = cut_mark(text)
    start = key(cut.text) if cut.gone else ""
    if not start:
        return ""
    for element in heading.iter("a", *HEADINGS):
        for said in (element.get("title", ""), element.get("aria-label", "")):
            if key(said).startswith(start) and len(said) > len(text) - 2:
                return str(said).strip()
    return ""


def _url(element: Element, heading: Element | None, base: str) -> str | None:
    """Return the post's address: the title's link, the box's, or any that leads to the post."""
    urls = (_target(link, base) for link in _links(element, heading))
    return next((url for url in urls if url), None)


def _links(element: Element, heading: Element | None) -> Iterator[Element]:
    """Yield the links of a post, the surest first."""
    if heading is not None:
        yield from heading.iter("a")
        yield from (parent for parent in heading.iterancestors() if parent.tag == "a")
    if element.tag == "a":
        yield element
    rest = [link for link in element.iter("a") if not _leads_aside(link)]
    yield from filter(_is_permanent, rest)
    yield from (e for e in rest if (text := text_of(e)) and is_more(text, ()))
    # a short note without a title is linked by its date, a post with one by its picture too
    yield from filter(_is_dated_link if heading is None else _holds_picture, rest)


def _is_permanent(link: Element) -> bool:
    return "u-url" in classes(link) or "bookmark" in link.get("rel", "")


def _leads_aside(link: Element) -> bool:
    """Tell whether a link says that it leads to a tag or an author instead of the post."""
    return bool(_ASIDE & set(link.get("rel", "").split()))


def _is_dated_link(link: Element) -> bool:
    return next(link.iter("time"), None) is not None or link.getparent().tag == "time"


def _holds_picture(link: Element) -> bool:
    return next(link.iter("img"), None) is not None


def _target(link: Element, base: str) -> str:
    """Return where a link leads, if that may be a post: nothing for places within this page."""
    href = link.get("href", "").lstrip()
    if not href or href.startswith("#"):
        return ""
    url = _MORE_FRAGMENT.sub("", resolved(link.get("href"), base))
    return url if is_web(url) and not address_term(url) else ""


# ---------------------------------------------------------------- excerpt and picture


def _excerpt(element: Element, heading: Element | None) -> Element | None:
    """Return a copy of the excerpt: what is called so, else what is nothing else.

    Hidden text goes.
    """
    found = next(_called_excerpt(element, heading), None)
    copy = deepcopy(found) if found is not None else _rest(element, heading)
    if copy is not None:
        copy.tail = None
        _drop_hidden(copy)
    return copy


def _called_excerpt(element: Element, heading: Element | None) -> Iterator[Element]:
    for wanted in _EXCERPTS:
        yield from (
            e for e in with_classes(element, wanted) if text_of(e) and not _holds(e, heading)
        )
    yield from (
        e for e in named_like(element, EXCERPT_WORD) if text_of(e) and not _holds(e, heading)
    )
    for found in element.iter(etree.Element):
        if found.get("itemprop") in ("description", "articleBody", "abstract") and text_of(found):
            yield found


def _holds(element: Element, inner: Element | None) -> bool:
    return inner is not None and (
        inner is element or any(above is element for above in inner.iterancestors())
    )


def _drop_hidden(element: Element) -> None:
    """Take out what is there for screen readers only: it says again what stands beside it."""
    for child in list(with_classes(element, _HIDDEN)):
        if child is not element:
            child.drop_tree()


def _rest(element: Element, heading: Element | None) -> Element | None:
    """Return a copy of the post without title, dates, names, tags, buttons and pictures."""
    if heading is not None:
        heading.set(_MARK, "1")
    copy = deepcopy(element)
    children = list(copy.iter(etree.Element))
    title = next((e for e in children if e.get(_MARK)), None)
    above = set(title.iterancestors()) if title is not None else set()
    for child in children[1:]:
        if child.getparent() is None:
            continue
        is_frame = _is_all_title(child, title) if child in above else _is_frame(child)
        if child is title or is_frame:
            child.drop_tree()
    return copy if any(c.isalpha() for c in text_of(copy)) else None


def _is_all_title(element: Element, title: Element) -> bool:
    """Tell whether what holds the title holds little else.

    A link around it, a header with a date.
    """
    if element.tag in ("header", "hgroup"):
        return True
    return element.tag == "a" and text_of(element) == text_of(title)


def _is_frame(element: Element) -> bool:
    """Tell whether an element is no part of the excerpt."""
    if element.tag in _NO_TEXT or _leads_aside(element):
        return True
    text = text_of(element)
    words = len(text.split())
    if element.tag == "a" and (not text or (words <= 6 and is_more(text, ()))):
        return True
    if any(META_WORD.search(name) for name in classes(element)) and words < 40:
        return True
    is_line = 0 < len(text) <= 120 and element.tag in _LINES
    return is_line and (is_more(text, ()) or read_meta(text, _UTC) is not None)


def _is_whole(content: Element, text: str) -> bool:
    """Tell a post's whole text, as some themes list it, from an excerpt."""
    has_more = any("more-link" in classes(link) for link in content.iter("a"))
    return (
        bool(classes(content) & CONTENT)
        and not has_more
        and len(text.split()) >= MIN_BODY_WORDS
        and not cut_mark(text).gone
    )


def _inner(element: Element) -> str:
    """Return the HTML inside an element."""
    parts = [escape(element.text or "", quote=False)]
    parts += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(parts).strip()


def _image(element: Element, base: str) -> Image | None:
    """Return the first picture worth showing, else what stands behind a box as its background."""
    html = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    styles = (_BACKGROUND.search(box.get("style", "")) for box in element.iter(etree.Element))
    behind = (Image(url=resolved(style[1], base)) for style in styles if style)
    return pictured((), html, base) or pictured(behind, "")
