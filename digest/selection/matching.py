"""Judges one post by selectors alone, and says what stood in the way, with the nearest name."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from digest.models import Post, Selectors, key

match_key = lru_cache(maxsize=16_384)(key)
Refusal = tuple[str, str]
"""The name of a rule and a sentence's worth of detail."""


def matches(post: Post, selectors: Selectors) -> bool:
    """Tell whether a post fulfils every condition."""
    return refusal(post, selectors) is None


def refusal(post: Post, selectors: Selectors) -> Refusal | None:
    """Return the first rule that refuses a post, with a detail, or None if it fulfils every condition.

    The conditions are asked in the order source, tags, all_tags, exclude_tags, categories, series,
    authors. Names match by name or slug; case, accents and punctuation do not count.
    """
    if selectors == _NONE:
        return None
    tags = tuple((term.name, term.slug) for term in post.tags)
    categories = tuple((term.name, term.slug) for term in post.categories)
    series = tuple((part.name, part.slug) for part in post.series)
    authors = tuple((name, "") for name in post.authors)
    if selectors.sources and not _shares(((post.source, ""),), selectors.sources):
        return "source", f'comes from "{post.source}", not from {_either(selectors.sources)}'
    if selectors.tags and not _shares(tags, selectors.tags):
        return "tag", _tag_detail(tags, categories, selectors.tags)
    if missing := tuple(name for name in selectors.all_tags if not _shares(tags, (name,))):
        return "all-tags", _tag_detail(tags, categories, missing)
    if excluded := [name for name in selectors.exclude_tags if _shares(tags, (name,))]:
        return "excluded-tag", f"tagged {_list(excluded)}, which is excluded"
    for rule, held, wanted, verb in (
        ("category", categories, selectors.categories, "in the category"),
        ("series", series, selectors.series, "in the series"),
        ("author", authors, selectors.authors, "by"),
    ):
        if wanted and not _shares(held, wanted):
            return rule, _detail(verb, held, wanted)
    return None


_NONE = Selectors()
Names = tuple[tuple[str, str], ...]


@lru_cache(maxsize=4096)
def _shares(held: Names, wanted: tuple[str, ...]) -> bool:
    return not _keys(held).isdisjoint({match_key(name) for name in wanted} - {""})


@lru_cache(maxsize=16_384)
def _keys(held: Names) -> frozenset[str]:
    return frozenset(match_key(form) for names in held for form in names) - {""}


@lru_cache(maxsize=1024)
def _tag_detail(tags: Names, categories: Names, wanted: tuple[str, ...]) -> str:
    detail = _detail("tagged", tags, wanted)
    if _shares(categories, wanted):
        inside = [name for name in wanted if _shares(categories, (name,))]
        return f"{detail}; it is in the category {_list(inside)}, which `categories` would select"
    return detail


@lru_cache(maxsize=1024)
def _detail(verb: str, held: Names, wanted: tuple[str, ...]) -> str:
    if not held:
        return f"not {verb} {_either(wanted)}, nor any other"
    for name, slug in held:
        for form in (name, slug):
            near = get_close_matches(match_key(form), [match_key(w) for w in wanted], n=1, cutoff=0.75)
            if near:
                meant = next(w for w in wanted if match_key(w) == near[0])
                return f'{verb} "{name}", did you mean "{meant}"?'
    return f"{verb} {_list(name for name, _ in held)}, not {_either(wanted)}"


def _list(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _either(names: Iterable[str]) -> str:
    return " or ".join(f'"{name}"' for name in names)
