"""Matching: which posts selectors ask for, and what is said about the others."""

from __future__ import annotations

from typing import Any

import pytest

from digest.models import Post, Selectors, Term
from digest.selection import matches, refusal
from tests.selection.makers import post

POST = post(
    "a",
    tags=["Leadership", "C++"],
    series=[("Winter Walks", 2)],
    authors=("Ana Sá",),
    source="blog",
)


@pytest.mark.parametrize(
    ("selectors", "rule"),
    [
        ({}, None),
        ({"tags": ("leadership",)}, None),
        ({"tags": ("nothing", "LEADERSHIP")}, None),
        ({"tags": ("c++",)}, None),
        ({"tags": ("c",)}, "tag"),
        ({"tags": ("",)}, "tag"),
        ({"all_tags": ("leadership", "c++")}, None),
        ({"all_tags": ("leadership", "gardens")}, "all-tags"),
        ({"exclude_tags": ("gardens",)}, None),
        ({"exclude_tags": ("c++",)}, "excluded-tag"),
        ({"tags": ("leadership",), "exclude_tags": ("c++",)}, "excluded-tag"),
        ({"series": ("winter-walks",)}, None),
        ({"series": ("Summer Walks",)}, "series"),
        ({"authors": ("ana sa",)}, None),
        ({"authors": ("Bea",)}, "author"),
        ({"sources": ("blog",)}, None),
        ({"sources": ("other",)}, "source"),
        ({"categories": ("News",)}, "category"),
        ({"sources": ("other",), "tags": ("nothing",)}, "source"),
    ],
)
def test_the_first_condition_that_fails_is_named(
    selectors: dict[str, Any], rule: str | None
) -> None:
    found = refusal(POST, Selectors(**selectors))
    assert (found and found[0]) == rule
    assert matches(POST, Selectors(**selectors)) == (rule is None)


def test_a_tag_is_found_by_the_slug_its_source_gave_it() -> None:
    tagged = Post(
        id="a", source="s", identity="a", url=None, title="", raw_title="", published_at=None,
        tags=(Term(name="Children & Young People", slug="cyp"),),
    )  # fmt: skip
    assert matches(tagged, Selectors(tags=("cyp",)))
    assert matches(tagged, Selectors(tags=("children-young-people",)))


@pytest.mark.parametrize(
    ("tags", "wanted", "detail"),
    [
        (
            ["leadrship"],
            ("leadership",),
            'tagged "leadrship", not "leadership"; is one of them misspelt?',
        ),
        (["Gardens"], ("garden",), 'tagged "Gardens", not "garden"; is one of them misspelt?'),
        (["walk"], ("walking",), 'tagged "walk", not "walking"'),
        (["bees", "birds"], ("garden",), 'tagged "bees", "birds", not "garden"'),
        ([], ("garden", "bees"), 'not tagged "garden" or "bees", nor any other'),
    ],
)
def test_a_near_miss_is_pointed_out(tags: list[str], wanted: tuple[str, ...], detail: str) -> None:
    assert refusal(post("a", tags=tags), Selectors(tags=wanted)) == ("tag", detail)


def test_a_category_of_that_name_is_pointed_out() -> None:
    filed = post("a", tags=["bees"], categories=(Term(name="Garden"),))
    found = refusal(filed, Selectors(tags=("garden",)))
    assert found
    assert found[1].endswith('it is in the category "garden", which `categories` would select')


def test_a_missing_tag_of_several_is_named() -> None:
    found = refusal(post("a", tags=["bees"]), Selectors(all_tags=("bees", "garden")))
    assert found == ("all-tags", 'tagged "bees", not "garden"')
