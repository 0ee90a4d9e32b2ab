"""Addresses: which ones are the same page, and which are not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.addresses import canonical, names_a_page

PAGE = "https://garden.example/2026/tulips"

SAME = {
    "another scheme": "http://garden.example/2026/tulips",
    "www": "https://www.garden.example/2026/tulips",
    "a host in capitals": "https://Garden.EXAMPLE/2026/tulips",
    "a trailing slash": "https://garden.example/2026/tulips/",
    "an index file": "https://garden.example/2026/tulips/index.html",
    "the default port": "https://garden.example:443/2026/tulips",
    "a campaign": "https://garden.example/2026/tulips?utm_source=feed&utm_medium=rss",
    "a click identifier": "https://garden.example/2026/tulips?fbclid=abc",
    "its comments": "https://garden.example/2026/tulips#comments",
    "a feed reader's fragment": "https://garden.example/2026/tulips#xtor=RSS-1",
    "needless escapes": "https://garden.example/2026/%74ulips",
    "spaces around": "  https://garden.example/2026/tulips\n",
    "a dot after the host": "https://garden.example./2026/tulips",
}
OTHER = {
    "a path in capitals": "https://garden.example/2026/Tulips",
    "another host": "https://park.example/2026/tulips",
    "another port": "https://garden.example:8443/2026/tulips",
    "a longer path": "https://garden.example/2026/tulips/again",
    "a parameter": "https://garden.example/2026/tulips?page=2",
    "a fragment that names a post": "https://garden.example/2026/tulips#a1207",
    "another kind of address": "mailto:tulips@garden.example",
}


@pytest.mark.parametrize("url", SAME.values(), ids=SAME)
def test_the_same_page(url: str) -> None:
    assert canonical(url) == canonical(PAGE)


@pytest.mark.parametrize("url", OTHER.values(), ids=OTHER)
def test_another_page(url: str) -> None:
    assert canonical(url) != canonical(PAGE)


def test_parameters_count_in_any_order() -> None:
    assert canonical("https://g.example/?a=1&b=2") == canonical("https://g.example/?b=2&a=1")


def test_a_host_may_be_written_in_letters_or_in_punycode() -> None:
    assert canonical("https://gärten.example/x") == canonical("https://xn--grten-gra.example/x")


@pytest.mark.parametrize(
    "url", ["https://garden.example", "http://www.garden.example/", "https://garden.example/index.php"]
)
def test_a_site_is_no_page(url: str) -> None:
    """A feed that gives its site's address as every post's link has not one post."""
    assert not names_a_page(canonical(url))


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=60) | st.from_regex(r"https?://[a-z.:\[\]]{0,9}/[ -~]{0,30}", fullmatch=True))
def test_any_text_has_a_canonical_form(url: str) -> None:
    """Whatever stands in a link field, comparing it raises nothing."""
    assert isinstance(canonical(url), str)
