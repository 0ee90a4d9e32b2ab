"""One description for many editions: which there are, what they are called, what they ask for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config import parse
from digest.config.patterns import Named, Pattern, expand, slug
from digest.errors import ConfigError
from digest.issue.folder import is_id
from digest.models import Edition, key
from digest.workflow.editions import choice
from digest.workflow.gathering.collecting import collect
from digest.workflow.project import Project
from tests.conftest import Blog

NEWSLETTER = '[newsletter]\nname = "The Letter"\nlanguage = "en-GB"\n'


def pattern(text: str, name: str = "by-tag-{tag}") -> Pattern:
    """Return the one pattern that a table of this name and these keys makes."""
    (found,) = parse(f'{NEWSLETTER}[edition."{name}"]\n{text}', Path()).patterns.values()
    return found


def birds(text: str, name: str = "by-tag-{tag}") -> Edition:
    return expand(pattern(text, name), Named(title="Birds", names=("Birds",), slug="birds"))


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("tag", "tags"),
        ("series", "series"),
        ("author", "authors"),
        ("category", "categories"),
        ("language", "languages"),
    ],
)
def test_an_edition_asks_for_its_value(kind: str, field: str) -> None:
    made = birds(f'for_each = "{kind}"\nmin_posts = 3', f"by-{kind}-{{{kind}}}")
    assert (made.name, made.title, made.min_posts) == (f"by-{kind}-birds", "Birds", 3)
    assert getattr(made.selectors, field) == ("Birds",)
    assert made.of == f"by-{kind}-{{{kind}}}"


def test_a_region_is_what_the_pattern_says_it_is() -> None:
    found = pattern(
        'for_each = "region"\nvalues = ["North Wales", "Kent"]\ncategories = "{region}"',
        "news-{region}",
    )
    made = [expand(found, value) for value in found.names_of(found.values)]
    assert {edition.name: edition.selectors.categories for edition in made} == {
        "news-north-wales": ("North Wales",),
        "news-kent": ("Kent",),
    }


def test_a_selector_that_holds_the_value_stands_in_for_the_usual_one() -> None:
    made = birds('for_each = "tag"\nall_tags = ["news", "{tag}"]')
    assert (made.selectors.tags, made.selectors.all_tags) == ((), ("news", "Birds"))


def test_sections_and_cool_down_take_the_value_too() -> None:
    found = parse(
        NEWSLETTER
        + '[edition."daily-{tag}"]\nfor_each = "tag"\n'
        + '[edition."weekly-{tag}"]\nfor_each = "tag"\ncool_down = { "daily-{tag}" = "7 days" }\n'
        + '[[edition."weekly-{tag}".section]]\ntitle = "More on {tag}"\nauthors = "{tag} Club"\n',
        Path(),
    ).patterns["weekly-{tag}"]
    made = expand(found, Named(title="Birds", names=("Birds",), slug="birds"))
    assert made.cool_down == {"daily-birds": "7 days"}
    assert (made.sections[0].title, made.sections[0].selectors.authors) == (
        "More on Birds",
        ("Birds Club",),
    )


def test_a_tag_is_never_read_as_code_of_a_subject() -> None:
    found = pattern('for_each = "tag"\nsubject = "New on {tag}"')
    made = expand(found, Named(title='{{ 7 * 7 }} "x"', names=("x",), slug="x"))
    from digest.rendering.jinja import line

    assert line(made.subject, object(), "here") == 'New on {{ 7 * 7 }} "x"'


def test_the_newsletter_s_language_takes_posts_that_name_none() -> None:
    assert parse(f'{NEWSLETTER}[edition.e]\nlanguages = "en"', Path()).editions[
        "e"
    ].selectors.languages == ("en", "")
    assert birds('for_each = "language"', "in-{language}").selectors.languages == ("Birds",)


def test_of_several_patterns_the_most_telling_one_makes_a_name() -> None:
    config = parse(
        f'{NEWSLETTER}[edition."by-{{tag}}"]\nfor_each = "tag"\n'
        '[edition."by-author-{author}"]\nfor_each = "author"\n[edition.by-hand]\n',
        Path(),
    )
    named = {name: config.pattern_of(name) for name in ("by-author-ada", "by-birds", "by-hand")}
    assert {name: p.name if p else "" for name, p in named.items()} == {
        "by-author-ada": "by-author-{author}",
        "by-birds": "by-{tag}",
        "by-hand": "",
    }


@pytest.mark.parametrize(("letters", "is_whole"), [(60, True), (61, False)])
def test_a_slug_has_sixty_letters_at_most(letters: int, is_whole: bool) -> None:
    """A hash among them, where some were left off."""
    assert bool(re.fullmatch("x{60}", slug("x" * letters))) is is_whole
    assert bool(re.fullmatch("x{47}-[0-9a-f]{12}", slug("x" * letters))) is not is_whole


@given(st.text(max_size=80))
def test_every_name_is_safe_as_a_folder(name: str) -> None:
    made = slug(name)
    assert is_id(f"2026-11-23-{made}")
    assert len(made) <= 80
    assert slug(name.upper() if key(name.upper()) == key(name) else name) == made


@pytest.mark.parametrize("name", ["con", "Aux", "NUL", "prn", "com1", "LPT9"])
def test_a_device_of_windows_is_no_name_of_a_folder(name: str) -> None:
    """An edition of the pattern "{tag}" would bear it alone."""
    assert slug(name).startswith(f"{name.lower()}-")
    assert slug(f"{name}x") == f"{name}x".lower()


@given(st.text(max_size=12), st.text(max_size=12))
def test_names_that_selectors_tell_apart_have_different_slugs(one: str, other: str) -> None:
    assert (slug(one) == slug(other)) == (key(one) == key(other))


@given(st.lists(st.sampled_from(["Birds", "birds", "Roofs", "C", "C++", "園芸"]), min_size=1))
def test_a_choice_is_the_same_in_whatever_order_it_was_made(names: list[str]) -> None:
    made, reverse = choice(names), choice(names[::-1])
    assert made.slug == reverse.slug
    assert {key(name) for name in made.names} == {key(name) for name in names}


@pytest.mark.parametrize(
    ("for_each", "at_least", "made"),
    [
        ("tag", 1, ["by-birds", "by-nothing"]),
        ("tag", 2, ["by-birds"]),
        ("kind", 1, ["by-birds", "by-nothing"]),
        ("kind", 2, ["by-birds", "by-nothing"]),
    ],
)
def test_values_that_are_named_are_all_made_unless_so_many_posts_are_asked_for(
    blog: Blog, for_each: str, at_least: int, made: list[str]
) -> None:
    blog.configure(
        f'[edition."by-{{{for_each}}}"]\nfor_each = "{for_each}"\nvalues = ["birds", "nothing"]\n'
        f'tags = "{{{for_each}}}"\nat_least = {at_least}\n'
    )
    project = Project(blog.root)
    collect(project)
    assert sorted(project.editions()) == [*made, "weekly"]


def test_thousands_of_names_that_letters_cannot_tell_are_called_apart() -> None:
    signs = [chr(0x4E00 + i) for i in range(100)]
    found = {slug(first + second + "園") for first in signs for second in signs}
    assert len(found) == 10_000


def test_two_patterns_whose_editions_would_be_called_alike_are_refused() -> None:
    two = "".join(f'[edition."by-{{{kind}}}"]\nfor_each = "{kind}"\n' for kind in ("tag", "author"))
    with pytest.raises(ConfigError) as refused:
        parse(NEWSLETTER + two, Path())
    assert str(refused.value) == (
        'digest.toml:6: [edition.by-{author}] its editions would be called as those of "by-{tag}". '
        'Tell them apart, as in [edition."by-author-{author}"].'
    )


def test_a_name_that_two_patterns_fit_is_that_of_the_more_telling_one(blog: Blog) -> None:
    """Whether all are asked for or one by its name."""
    blog.configure(
        '[edition."by-{author}"]\nfor_each = "author"\nvalues = ["Tag Birds", "Ada Moss"]\n'
        '[edition."by-tag-{tag}"]\nfor_each = "tag"\nvalues = ["Birds"]\n'
    )
    made = Project(blog.root).editions()
    assert {name: made[name].of for name in made if name.startswith("by-")} == {
        "by-ada-moss": "by-{author}",
        "by-tag-birds": "by-tag-{tag}",
    }
    assert Project(blog.root).edition("by-tag-birds") == made["by-tag-birds"]


def test_an_edition_whose_folder_would_be_taken_for_an_issue_s_is_called_otherwise() -> None:
    for name in (slug("2026-11-30 Review"), choice(["2026-11-30", "Birds"]).slug):
        assert not is_id(name)
        assert name.startswith("x-2026-11-30-")
    assert slug("2026 Review") == "2026-review"
    with pytest.raises(ConfigError, match="a name that may begin with a day is an issue's"):
        pattern('for_each = "tag"', "2026-{tag}")
