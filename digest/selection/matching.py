"""Judges one post by selectors alone, and says what stood in the way, with the nearest name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from digest.models import Post, Selectors, SeriesPart, Term, key
from digest.nearest import nearest

# The names of a blog are few, and asked for with every post.
match_key = lru_cache(maxsize=1024)(key)
Refusal = tuple[str, str]
"""The name of a rule and a sentence's worth of detail."""


def matches(post: Post, selectors: Selectors) -> bool:
    """Tell whether a post fulfils every condition."""
    return refusal(post, selectors) is None


def refusal(post: Post, selectors: Selectors) -> Refusal | None:
    """Return the first rule that refuses a post, with a detail, None if it fulfils them all.

    The conditions are asked in the order source, tags, all_tags, exclude_tags, categories, series,
    authors, languages. Names match by name or slug; case, accents and punctuation do not count.
    """
    for ask in _asked(selectors):
        if refused := ask(post, selectors):
            return refused
    return None


def _source(post: Post, asked: Selectors) -> Refusal | None:
    if match_key(post.source) in _keys(asked.sources):
        return None
    return "source", f'comes from "{post.source}", not from {_either(asked.sources)}'


def _tags(post: Post, asked: Selectors) -> Refusal | None:
    if _carries(post.tags, asked.tags):
        return None
    return "tag", _tag_detail(_names(post.tags), _names(post.categories), asked.tags)


def _all_tags(post: Post, asked: Selectors) -> Refusal | None:
    missing = tuple(name for name in asked.all_tags if not _carries(post.tags, (name,)))
    if not missing:
        return None
    return "all-tags", _tag_detail(_names(post.tags), _names(post.categories), missing)


def _excluded(post: Post, asked: Selectors) -> Refusal | None:
    excluded = [name for name in asked.exclude_tags if _carries(post.tags, (name,))]
    if not excluded:
        return None
    return "excluded-tag", f"tagged {_list(excluded)}, which is excluded"


def _categories(post: Post, asked: Selectors) -> Refusal | None:
    if _carries(post.categories, asked.categories):
        return None
    return "category", _detail("in the category", _names(post.categories), asked.categories)


# A series is asked for like a tag: by its name, or the slug that the blog gives it.
def _series(post: Post, asked: Selectors) -> Refusal | None:
    if _carries(post.series, asked.series):
        return None
    return "series", _detail("in the series", _names(post.series), asked.series)


def _authors(post: Post, asked: Selectors) -> Refusal | None:
    if not _keys(post.authors).isdisjoint(_keys(asked.authors)):
        return None
    return "author", _detail("by", tuple((name, "") for name in post.authors), asked.authors)


def _languages(post: Post, asked: Selectors) -> Refusal | None:
    if _speaks(post.language or "", asked.languages):
        return None
    return "language", f'is in "{post.language}"' if post.language else "names no language"


# In the order in which they are asked: the first that refuses is the one that is told.
_CONDITIONS: dict[str, Callable[[Post, Selectors], Refusal | None]] = {
    "sources": _source,
    "tags": _tags,
    "all_tags": _all_tags,
    "exclude_tags": _excluded,
    "categories": _categories,
    "series": _series,
    "authors": _authors,
    "languages": _languages,
}


@lru_cache(maxsize=1024)
def _asked(selectors: Selectors) -> tuple[Callable[[Post, Selectors], Refusal | None], ...]:
    """Return the conditions that these selectors make: most make one or two."""
    return tuple(ask for field, ask in _CONDITIONS.items() if getattr(selectors, field))


def _speaks(language: str, wanted: tuple[str, ...]) -> bool:
    """Tell whether a language is one of those, or a variety of one.

    "" is a post that names none.
    """
    own = language.lower().replace("_", "-")
    # "en" means "en-GB" as well, and never the other way round (RFC 4647, 3.3.1).
    return any(own == tag or (tag and own.startswith(f"{tag}-")) for tag in map(str.lower, wanted))


Names = tuple[tuple[str, str], ...]
"""Names with their slugs."""


def _carries(held: Iterable[Term | SeriesPart], wanted: tuple[str, ...]) -> bool:
    keys = _keys(wanted)
    return any(match_key(named.name) in keys or match_key(named.slug) in keys for named in held)


@lru_cache(maxsize=1024)
def _keys(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(match_key(name) for name in names) - {""}


def _names(held: Iterable[Term | SeriesPart]) -> Names:
    return tuple((named.name, named.slug) for named in held)


@lru_cache(maxsize=1024)
def _tag_detail(tags: Names, categories: Names, wanted: tuple[str, ...]) -> str:
    detail = _detail("tagged", tags, wanted)
    filed = {match_key(form) for names in categories for form in names} - {""}
    if inside := [name for name in wanted if match_key(name) in filed]:
        return f"{detail}; it is in the category {_list(inside)}, which `categories` would select"
    return detail


@lru_cache(maxsize=1024)
def _detail(verb: str, held: Names, wanted: tuple[str, ...]) -> str:
    if not held:
        return f"not {verb} {_either(wanted)}, nor any other"
    for name, slug in held:
        for form in (name, slug):
            near = nearest(match_key(form), [match_key(each) for each in wanted], alike=0.75)
            if near:
                asked = next(each for each in wanted if match_key(each) == near)
                return f'{verb} "{name}", not "{asked}"; is one of them misspelt?'
    return f"{verb} {_list(name for name, _ in held)}, not {_either(wanted)}"


def _list(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _either(names: Iterable[str]) -> str:
    return " or ".join(f'"{name}"' for name in names)
