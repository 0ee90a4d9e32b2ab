"""Reads a listing page's HTML: its posts, its own tag or category, and where the older posts are.

This module and its siblings `page_layout` (where the posts are) and `page_element` (what one post's
element says) are the only ones of the sources that know lxml. Nothing on a page is ever fetched
from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from digest.addresses import place_of, resolved
from digest.errors import SourceError
from digest.models import Problem, Term, key, replace
from digest.sources.base import seam
from digest.sources.page import element as page_element
from digest.sources.page import layout as page_layout
from digest.sources.page import meta as page_meta
from digest.sources.page.listing import (
    MAX_POSTS,
    Listed,
    Listing,
    TermKind,
    add_term,
    address_term,
    name_of,
    read_archive_title,
    read_label,
)
from digest.sources.page.meta import Names
from digest.sources.page.tree import Element, classes, text_of
from digest.sources.reading import is_web

MAX_TAGS = 200_000

# What belongs into a head; all else was put there by mistake.
_HEAD = frozenset({"meta", "title", "link", "base"})
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What themes say where a tag has no post: such a page is empty, and not unreadable.
_NOTHING = re.compile(
    r"nothing (?:was )?(?:found|here)|no (?:posts|articles|results|entries)\b"
    r"|can[’']t find what you"
    r"|no-results|not-found",
    re.IGNORECASE,
)
# Browsers save a page's files into such folders, whatever language they speak.
_LOCAL = re.compile(
    r"^(?!https?:|//|data:)(?:.*/)?[^/]*(?:_files|\.files|_Dateien|_fichiers|_archivos)/", re.I
)
# What themes call the link to the page with older posts. Newer posts are "next" only where pages
# are turned, not where posts are: `nav-next` leads to newer ones.
_NEXT_CLASS = re.compile(
    r"next|nav-previous|older(?:[-_](?:posts|entries))?"
    r"|(?:[\w-]*[-_])?(?:pagination|pager|paging|pages|paginate)[-_]{1,2}(?:next"
    r"|older)(?:[-_][\w-]+)?"
)
# What such links say, by language, where no class tells.
_OLDER = re.compile(
    r"older(?: (?:posts|entries|articles|stories|news))?|next(?: page)?|more (?:posts|articles)"
    r"|ältere (?:beiträge|artikel|einträge)|nächste seite"
    r"|(?:articles|billets) (?:plus anciens|précédents)|page suivante"
    r"|entradas (?:antiguas|anteriores|más antiguas)|página siguiente|siguiente página"
    r"|articoli (?:meno recenti|più vecchi|precedenti)|pagina successiva"
    r"|(?:posts|postagens|artigos) (?:mais )?antig[oa]s|próxima página"
    r"|oudere (?:berichten|artikelen)|volgende pagina"
    r"|äldre inlägg|ældre indlæg|eldre innlegg|nästa sida|næste side|neste side"
    r"|過去の投稿|以前の記事|次のページ"
)
_ARROWS = re.compile(r"[←-⇿«»‹›<>→]")
# WordPress marks an archive's body so: "archive tag tag-soil tag-17".
_BODY_TERM = re.compile(r"(tag|category)-(?!paged-)(.*\D.*)")
_HEADING_CLASSES = frozenset(
    {
        "page-title",
        "archive-title",
        "wp-block-query-title",
        "term-title",
        "category-title",
        "tag-title",
    }
)


def read(text: str, url: str, where: str, zone: ZoneInfo) -> Listing:
    """Return the posts of a page; `url` is its address, empty where nobody knows it.

    Raises:
        SourceError: if the page cannot be parsed, or holds more tags than any listing does.
    """
    root = _parsed(text, where)
    page_url = _page_url(root, url)
    base = _base(root, page_url)
    names = page_meta.link_names(root, base)
    term = _own_term(root, page_url, names)
    label = _heading(root)
    language = _language(root)
    next_url = _next_url(root, base)
    body = root.find("body")
    posts: list[Listed] = []
    faults: list[Problem] = []
    skipped = 0
    elements = page_layout.find_posts(body) if body is not None else []
    for number, element in enumerate(elements[: MAX_POSTS + 1], 1):
        with seam(f"{where}: post {number}", faults):
            if "post-password-required" in classes(element):
                skipped += 1
            elif post := page_element.read(element, base, zone, names):
                posts.append(_completed(post, term, language))
    if (
        len(posts) == 1
        and not posts[0].url
        and body is not None
        and "single" in classes(body)
        and page_url
    ):
        posts = [replace(posts[0], url=page_url)]
    is_empty = not posts and bool(skipped or _NOTHING.search(f"{label} {_body_words(body)}"))
    return Listing(
        posts=tuple(posts[:MAX_POSTS]),
        skipped=skipped,
        next_url=next_url,
        is_empty=is_empty,
        is_cut=len(posts) > MAX_POSTS,
        problems=tuple(faults),
    )


def _parsed(text: str, where: str) -> Element:
    """Return the page as a tree of at most 256 levels, without comments and scripts."""
    parser = HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = document_fromstring(
            text.encode("utf-8", "replace"), parser=parser, ensure_head_body=True
        )
    except (etree.LxmlError, ValueError) as exc:
        raise SourceError(
            "the page's HTML cannot be read", where=where, hint="Save or copy it again."
        ) from exc
    if sum(1 for _ in root.iter()) > MAX_TAGS:
        raise SourceError(f"the page holds more than {MAX_TAGS:,} tags", where=where)
    # None of these holds words of a post, and some hold text that looks like it.
    etree.strip_elements(
        root,
        "script",
        "style",
        "template",
        "svg",
        "noscript",
        "iframe",
        "object",
        "embed",
        "math",
        with_tail=False,
    )
    _mend_body(root)
    for element in root.iter(
        etree.Element
    ):  # references may name characters that lxml reads but never writes
        if element.text and _UNWRITABLE.search(element.text):
            element.text = _UNWRITABLE.sub("", element.text)
        if element.tail and _UNWRITABLE.search(element.tail):
            element.tail = _UNWRITABLE.sub("", element.tail)
    for image in root.iter("img"):
        if _LOCAL.match(image.get("src", "")):  # lies beside the saved page, not on the site
            del image.attrib["src"]
    return root


def _mend_body(root: Element) -> None:
    """Put into the body what the parser left in the head where a page writes neither tag."""
    head, body = root.find("head"), root.find("body")
    strays = [child for child in head if child.tag not in _HEAD] if head is not None else []
    for place, stray in enumerate(strays):
        body.insert(place, stray)


def _page_url(root: Element, url: str) -> str:
    """Return the page's address: where it was fetched, or what it says itself."""
    if is_web(url):
        return url
    said = [
        link.get("href", "")
        for link in root.iter("link")
        if link.get("rel", "").lower() == "canonical"
    ]
    said += [
        meta.get("content", "") for meta in root.iter("meta") if meta.get("property") == "og:url"
    ]
    return next((address.strip() for address in said if is_web(address.strip())), "")


def _base(root: Element, page_url: str) -> str:
    href = next((base.get("href", "") for base in root.iter("base") if base.get("href")), "")
    joined = resolved(href, page_url) if href else page_url
    return joined if is_web(joined) else page_url


def _language(root: Element) -> str | None:
    found = (
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    ).strip()
    return (
        found.replace("_", "-")
        if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", found)
        else None
    )


def _completed(post: Listed, term: tuple[TermKind, Term] | None, language: str | None) -> Listed:
    post = replace(post, language=post.language or language)
    return add_term(post, *term) if term else post


def _body_words(body: Element | None) -> str:
    if body is None:
        return ""
    named = " ".join(
        element.get("class", "") for element in body.iter("div", "section", "article", "main")
    )
    return f"{named} {text_of(body)[:5000]}"


# ---------------------------------------------------------------- the page's own tag


def _own_term(root: Element, page_url: str, names: Names) -> tuple[TermKind, Term] | None:
    """Return the tag or category whose page this is.

    By its heading, its body's class, its address.
    """
    classed = _classed_term(root)
    addressed = address_term(page_url)
    kind, slug = classed or addressed or (None, "")
    if label := _labelled(root):
        said, name = label
        is_same = said in (None, kind) or kind is None
        return said or kind or "tag", Term(name=name, slug=slug if is_same else "")
    if kind is None:
        return None
    name = _shown_name(root, slug) or names.get((kind, slug)) or name_of(slug)
    return kind, Term(name=name, slug=slug)


def _shown_name(root: Element, slug: str) -> str:
    """Return a term's name as its page shows it, in the heading or the window's title."""
    heading = _heading(root)
    if heading and key(heading) == key(slug):
        return heading
    title = read_archive_title(text_of(root.find(".//title")))
    return title if heading in ("", title) else ""


def _classed_term(root: Element) -> tuple[TermKind, str] | None:
    body = root.find("body")
    tokens = body.get("class", "").split() if body is not None else []
    for token in tokens:
        found = _BODY_TERM.fullmatch(token)
        if found and "archive" in tokens and found[1] in tokens:
            return ("tag" if found[1] == "tag" else "category"), found[2]
    return None


def _labelled(root: Element) -> tuple[TermKind | None, str] | None:
    headings = [*_headings(root), text_of(root.find(".//title"))]
    for text in headings:
        if label := read_label(text) or read_label(re.split(r"\s+[|–—•·«»-]\s+", text)[0]):
            return label
    return None


def _heading(root: Element) -> str:
    return next(_headings(root), "")


def _headings(root: Element) -> Iterator[str]:
    """Yield the texts of what may be the page's own heading, the surest first."""
    marked = [
        e for e in root.iter("h1", "h2", "h3", "div", "p", "span") if classes(e) & _HEADING_CLASSES
    ]
    plain = [e for e in root.iter("h1") if not classes(e) & {"site-title", "entry-title"}]
    for element in [*marked, *plain, *root.iter("h2")]:
        if text := text_of(element):
            yield text


# ---------------------------------------------------------------- older posts


def _next_url(root: Element, base: str) -> str:
    """Return the address of the page with older posts, on the same site."""
    for link in _next_links(root):
        url = resolved(link.get("href", ""), base)
        # A link to a place on this page is no other page.
        is_another = url.partition("#")[0] != base.partition("#")[0]
        # Older posts of a blog lie on the same site: anything else is somebody's advertisement.
        if is_another and is_web(url) and place_of(url) == place_of(base):
            return url
    return ""


def _next_links(root: Element) -> Iterator[Any]:
    yield from (
        link for link in root.iter("link", "a") if "next" in link.get("rel", "").lower().split()
    )
    # The surest first: what the page says to programs, then its classes, then its words.
    links = list(root.iter("a"))
    yield from (link for link in links if _is_called_next(link))
    yield from (link for link in links if _OLDER.fullmatch(_said(link)))


def _is_called_next(link: Element) -> bool:
    """Tell whether a link, or what it stands in, is named for the page after this one."""
    parent = link.getparent()
    around = classes(parent) if parent is not None else frozenset()
    return any(_NEXT_CLASS.fullmatch(name) for name in classes(link) | around)


def _said(link: Element) -> str:
    """Return a link's words, or what it tells a screen reader, without arrows."""
    words = link.get("aria-label") or text_of(link) or link.get("title") or ""
    return " ".join(_ARROWS.sub(" ", words).split()).casefold()
