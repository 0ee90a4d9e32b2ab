"""What a listing page holds, whether it was HTML or copied text.

Values, the page's own tag, identities. Pure. It refuses to know how a page is built; that is known
where pages are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Literal
from urllib.parse import unquote, urlsplit

from digest.addresses import canonical, names_a_page
from digest.machine.hashing import blake2b
from digest.models import Image, Problem, RawItem, SeriesPart, Term, Value, key, replace
from digest.sources.base import seam
from digest.sources.reading import plain

MAX_POSTS = 1000
IDENTIFYING_WORDS = 8
"""How many words of an excerpt name a post that has neither address nor title.

Fewer than any cut leaves.
"""

TermKind = Literal["tag", "category"]

_KINDS: dict[str, TermKind] = {
    "tag": "tag", "tags": "tag", "tagged": "tag", "topic": "tag", "topics": "tag", "label": "tag",
    "category": "category", "categories": "category", "section": "category",
}  # fmt: skip
_LABEL = re.compile(
    r"(?:(?:currently |you(?:[’']| a)re )?(?:browsing|viewing|showing|posts?|articles?|stories"
    r"|entries"
    r"|archives?"
    r"|all|blog|filed|everything)\s+(?:all\s+)?)?(?:posts?\s+|articles?\s+"
    r"|entries\s+)?(?:for\s+(?:the\s+)?|by\s+|in\s+"
    r"(?:the\s+)?(?=categor)|under\s+|from\s+(?=categor))?"
    r"(?P<kind>tag|tagged|topic|category)(?P<more>s?(?:\s+archives?)?(?:\s+(?:with|as))?)"
    r"(?:\s*[:：]\s*|\s+[–—-]\s+|\s+(?=[“”\"'‘’])|(?<=tagged)\s+|(?<=tagged with)\s+"
    r"|(?<=tagged as)\s+)(?P<name>\S.*)",
    re.IGNORECASE,
)
_UNKNOWN_LABEL = re.compile(
    r"(?:(?:currently |now )?browsing|viewing|filed under)\s*[:：]\s*(?P<name>\S.*)", re.I
)
_QUOTED = re.compile(
    r"(?:archives?\s+)?for (?:the )?[“\"'‘](?P<name>[^”\"’]+)[”\"'’] (?P<kind>tag|category)", re.I
)
_TRAILING = re.compile(r"(?P<name>\S.*?)\s+(?P<kind>tag|category)?\s*archives?", re.IGNORECASE)
_FOREIGN: tuple[tuple[TermKind, str], ...] = (
    (
        "tag",
        r"schlagwort|schlagwörter|étiquette|mot-clé|etiqueta|trefwoord|tagg|tagi?|"
        r"タグ|标签|標籤",
    ),
    ("category", r"kategorie|catégorie|categor[ií]a|categorie|kategori|kategoria|カテゴリー?|分类"),
)  # fmt: skip
_FOREIGN_LABELS = tuple(
    (kind, re.compile(rf"(?:{names})\s*[:：]\s*(?P<name>\S.*)", re.IGNORECASE))
    for kind, names in _FOREIGN
)
_LONGEST_NAME = 80


class Listed(Value):
    """Hold one post as a listing shows it. `title` and `summary` are HTML unless `is_text`."""

    title: str = ""
    url: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[Term, ...] = ()
    categories: tuple[Term, ...] = ()
    series: tuple[SeriesPart, ...] = ()
    summary: str = ""
    body: str = ""
    image: Image | None = None
    language: str | None = None
    is_text: bool = False


class Listing(Value):
    """Hold one page. `skipped` posts lie behind a password; `next_url` is the page of older posts.

    `is_empty` tells a page that says itself that there is nothing on it.
    """

    posts: tuple[Listed, ...] = ()
    skipped: int = 0
    next_url: str = ""
    is_empty: bool = False
    is_cut: bool = False
    problems: tuple[Problem, ...] = ()


def read_label(heading: str) -> tuple[TermKind | None, str] | None:
    """Return kind and name of the tag or category that a page's heading announces.

    None if it does not. The kind is None where the heading leaves it open.

    >>> read_label("Tag: Leadership"), read_label("Posts tagged “Soil”")
    (('tag', 'Leadership'), ('tag', 'Soil'))
    >>> read_label("Browsing: Roofs")
    (None, 'Roofs')
    >>> read_label("Category Archives: Growing"), read_label("Tag, you are it") is None
    (('category', 'Growing'), True)
    """
    text = " ".join(heading.split())
    if len(text) > 2 * _LONGEST_NAME:
        return None
    for pattern in (_QUOTED, _LABEL, _UNKNOWN_LABEL):
        if found := pattern.fullmatch(text):
            word = found.groupdict().get("kind")
            return _labelled(_KINDS[word.lower()] if word else None, found["name"])
    for kind, pattern in _FOREIGN_LABELS:
        if found := pattern.fullmatch(text):
            return _labelled(kind, found["name"])
    return None


def _labelled(kind: TermKind | None, name: str) -> tuple[TermKind | None, str] | None:
    name = name.strip(" “”\"'‘’«»")
    return (kind, name) if 0 < len(name) <= _LONGEST_NAME else None


def read_archive_title(title: str) -> str:
    """Return the name in a page title such as "Soil Archives - The Watering Can", else nothing."""
    first = re.split(r"\s+[|–—•·-]\s+", title.strip())[0]
    found = _TRAILING.fullmatch(first)
    return found["name"] if found and len(found["name"]) <= _LONGEST_NAME else ""


def address_term(url: str) -> tuple[TermKind, str] | None:
    """Return kind and slug of the tag or category whose page this address is.

    >>> address_term("https://garden.example/blog/tag/pots-tools/page/2/")
    ('tag', 'pots-tools')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = re.sub(r"/page/\d+/?$", "", parts.path)
    steps = [unquote(step) for step in path.split("/") if step]
    if len(steps) >= 2 and (kind := _KINDS.get(_above(steps).lower())):
        return kind, steps[-1]
    if found := re.search(r"(?:^|&)(tag|category_name)=([^&]+)", parts.query):
        return ("tag" if found[1] == "tag" else "category"), unquote(found[2])
    return None


def _above(steps: list[str]) -> str:
    """Return the step that names the kind; categories lie below one another."""
    for step in steps[-2::-1]:
        if step.lower() in ("category", "categories"):
            return step
    return steps[-2]


def add_term(post: Listed, kind: TermKind, term: Term) -> Listed:
    """Return a post with one more tag or category, unless it has it already under name or slug."""
    field = "tags" if kind == "tag" else "categories"
    return replace(post, **{field: merged_terms(getattr(post, field), (term,))})


def merged_terms(first: Iterable[Term], second: Iterable[Term]) -> tuple[Term, ...]:
    """Return the terms of both, each once; a name somebody wrote beats one made of a slug."""
    found = list(first)
    for term in second:
        at = next((i for i, known in enumerate(found) if known.keys & term.keys), None)
        if at is None:
            found.append(term)
        elif term.slug and not found[at].slug:
            found[at] = Term(name=found[at].name, slug=term.slug)
        elif found[at].name == name_of(found[at].slug) != term.name and term.name:
            found[at] = Term(name=term.name, slug=found[at].slug)
    return tuple(found)


def name_of(slug: str) -> str:
    """Return the name a slug was probably made of."""
    return unquote(slug).replace("-", " ")


def items(posts: Iterable[tuple[str, Listed]], problems: list[Problem]) -> tuple[RawItem, ...]:
    """Return raw items of posts, each with where it was found; the same post twice is one.

    Its identity is its address, else its title, else how its excerpt begins. Of two posts that
    share nothing but a title the older one, which stands further down, has the identity that was
    there first.
    """
    seen: dict[str, tuple[str, Listed]] = {}
    for where, post in reversed(list(posts)):
        with seam(post.url or where, problems):
            name = identity(post)
            if name in seen and not post.url and not _is_same(post, seen[name][1]):
                name = identity(post, with_summary=True)
            _, older = seen.get(name, (where, None))
            whole = _merged(post, older) if older else post
            seen.pop(name, None)  # to stand where the newest one does
            seen[name] = (where, whole)
    return tuple(_item(name, *found) for name, found in reversed(seen.items()))


def identity(post: Listed, *, with_summary: bool = False) -> str:
    """Return a name that stays when the page is saved again or the excerpt cut elsewhere."""
    address = canonical(post.url) if post.url else ""
    if names_a_page(address):
        return address
    title, start = key(plain(post.title)), _start(post)
    words = f"{title}/{start}" if with_summary or not title else title
    return f"text:{blake2b(words.encode(), digest_size=10).hexdigest()}"


def _start(post: Listed) -> str:
    return "-".join(key(plain(post.summary or post.body)).split("-")[:IDENTIFYING_WORDS])


def _is_same(one: Listed, other: Listed) -> bool:
    """Tell whether two posts of one title begin alike, as far as both tell."""
    first, second = _start(one), _start(other)
    return not first or not second or first.startswith(second) or second.startswith(first)


def _merged(one: Listed, other: Listed) -> Listed:
    """Return what two listings say of one post: the first goes first, the second fills its gaps."""
    return replace(
        one,
        published_at=one.published_at or other.published_at,
        updated_at=one.updated_at or other.updated_at,
        authors=one.authors or other.authors,
        tags=merged_terms(one.tags, other.tags),
        categories=merged_terms(one.categories, other.categories),
        series=one.series or other.series,
        summary=one.summary or (other.summary if one.is_text == other.is_text else ""),
        body=one.body or other.body,
        image=one.image or other.image,
    )


def _item(name: str, where: str, post: Listed) -> RawItem:
    return RawItem(
        identity=name,
        where=post.url or where,
        url=post.url,
        title=post.title,
        title_is_text=post.is_text,
        published_at=post.published_at,
        updated_at=post.updated_at,
        authors=post.authors,
        tags=post.tags,
        categories=post.categories,
        series=post.series,
        summary=post.summary,
        summary_is_text=post.is_text,
        body=post.body,
        image=post.image,
        language=post.language,
    )
