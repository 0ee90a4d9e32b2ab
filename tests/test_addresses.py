"""Addresses: which ones are the same page, and which are not."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.addresses import (
    ascii_host,
    canonical,
    in_ascii,
    names_a_page,
    place_of,
    resolved,
    with_params,
    writable,
)
from tests.golden import hold

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
    ("letters", "dns"),
    [
        ("Straße.example", "xn--strae-oqa.example"),  # the older form made another host of it
        ("βόλος.example", "xn--nxasmm1c.example"),
        ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
        ("☃.example", "xn--n3h.example"),
        ("a_b.Example", "a_b.example"),
    ],
)
def test_a_host_in_letters_is_the_one_that_browsers_ask(letters: str, dns: str) -> None:
    """Asked, written into a mail's head and compared is one and the same name."""
    assert ascii_host(letters) == dns
    assert canonical(f"https://{letters}/a") == canonical(f"https://{dns}/a")
    assert (
        in_ascii(f"https://{letters}:80/é")
        == f"https://{dns if not letters.isascii() else letters}:80/é"
    )
    assert place_of(f"https://Ada@{letters}/") == place_of(f"http://{dns}/x") == dns


@pytest.mark.parametrize("url", ["https://a..ü.example/", "https://[ü]/", "mailto:ü@a.example", ""])
def test_what_has_no_such_form_stays_as_it_is(url: str) -> None:
    assert in_ascii(url) == url


@pytest.mark.parametrize(
    "url",
    ["https://garden.example", "http://www.garden.example/", "https://garden.example/index.php"],
)
def test_a_site_is_no_page(url: str) -> None:
    """A feed that gives its site's address as every post's link has not one post."""
    assert not names_a_page(canonical(url))


@settings(max_examples=80)
@given(
    st.text(max_size=60) | st.from_regex(r"https?://[a-z.:\[\]]{0,9}/[ -~]{0,30}", fullmatch=True)
)
def test_any_text_has_a_canonical_form(url: str) -> None:
    """Whatever stands in a link field, comparing it raises nothing."""
    assert isinstance(canonical(url), str)


_RAW = st.from_regex(r"https?://[a-z]{1,9}\.example/[ -\[\]-~é苔]{0,40}", fullmatch=True)


@settings(max_examples=150)
@given(_RAW | st.text(max_size=40))
def test_writing_an_address_again_changes_nothing(url: str) -> None:
    once = writable(url)
    assert writable(once) == once
    assert not set(once) & set('"<>\\^`{|} \n\t')


@settings(max_examples=150)
@given(_RAW.filter(lambda url: "#" not in url and not url[-1].isspace()))
def test_an_address_is_the_same_page_however_it_is_written(url: str) -> None:
    """So a link copied out of an issue names its post in editor.md, as the address in the feed does."""
    assert canonical(writable(url)) == canonical(url)


WRITTEN = [
    ("my pond plan.pdf", "my%20pond%20plan.pdf"),
    (" ../été.jpg\n", "../%C3%A9t%C3%A9.jpg"),
    ("img\\moss.jpg", "img/moss.jpg"),
    ("/teich\u00a0bild.jpg", "/teich%C2%A0bild.jpg"),
    ("a%20b.jpg?x=ü#ö", "a%20b.jpg?x=%C3%BC#%C3%B6"),
    ("日本.png", "%E6%97%A5%E6%9C%AC.png"),
    ("two\n lines.jpg", "two%20lines.jpg"),
    ("https://gärten.example/a b", "https://gärten.example/a%20b"),
    ('50" pond.jpg', "50%22%20pond.jpg"),
]


@pytest.mark.parametrize(("written", "expected"), WRITTEN)
def test_an_address_arrives_whole_in_bodies_pictures_and_links(written: str, expected: str) -> None:
    """Blanks, other letters and backslashes are encoded, never deleted, wherever they stand."""
    from digest.editing.body import absolute as of_body
    from digest.sources.reading import absolute as of_source

    base = "https://garden.example/2026/moss/"
    whole = urljoin(base, expected)
    assert resolved(written, base) == of_body(written, base) == whole
    html = f"<a href='{written}'>x</a>"
    assert of_source(html, base) == f"<a href='{escape(whole)}'>x</a>"


@given(st.text(max_size=60), st.sampled_from(["", "https://garden.example/a/", "//", "x"]))
def test_an_address_once_resolved_stays_as_it_is(written: str, base: str) -> None:
    once = resolved(written, base)
    assert resolved(once, base) == once or "://" not in once
    assert not re.search(r"[\x00-\x20\"<>\\^`{|}]", once)


@pytest.mark.parametrize(
    ("url", "told", "written"),
    [
        ("https://a.example/p", {"s": "x y", "m": "é"}, "https://a.example/p?s=x+y&m=%C3%A9"),
        ("https://a.example/p?", {"s": "x"}, "https://a.example/p?s=x"),
        ("http://a.example/?q=1#end", {"s": "x"}, "http://a.example/?q=1&s=x#end"),
        # what stands there already, empty or not, is somebody's own
        ("https://a.example/?s=&q=1", {"s": "x"}, "https://a.example/?s=&q=1"),
        ("https://a.example/?s=y", {"s": "x", "m": "z"}, "https://a.example/?s=y&m=z"),
        # none to add, or nothing to add them to
        ("https://a.example/?b=%20", {}, "https://a.example/?b=%20"),
        ("mailto:a@b.example", {"s": "x"}, "mailto:a@b.example"),
        ("#top", {"s": "x"}, "#top"),
        ("https://[a.example/", {"s": "x"}, "https://[a.example/"),
    ],
)
def test_links_are_told_by_parameters_that_they_lack(
    url: str, told: dict[str, str], written: str
) -> None:
    assert with_params(url, told) == written


@pytest.mark.parametrize("code", range(0x25))
def test_blanks_and_controls_around_an_address_are_nothing_and_signs_are_its_own(code: int) -> None:
    """WHATWG URL, 4.4: what is stripped ends with the blank."""
    written = resolved(f"{chr(code)}https://a.example/moss{chr(code)}", "https://b.example/")
    assert (written == "https://a.example/moss") is (code <= 0x20)


LISTED: dict[str, Callable[[str], object]] = {
    "canonical: what makes two addresses one page": canonical,
    "in_ascii: a host as DNS writes it": in_ascii,
    "place_of: host and port": place_of,
    "names_a_page": names_a_page,
    "resolved at https://garden.example/notes/moss?x=1": lambda url: resolved(
        url, "https://garden.example/notes/moss?x=1"
    ),
    "resolved without a base": lambda url: resolved(url, ""),
    "resolved at a site alone: https://garden.example": lambda url: resolved(
        url, "https://garden.example"
    ),
    "writable": writable,
    "with_params of s=x y and m=é": lambda url: with_params(url, {"s": "x y", "m": "é"}),
}


def test_each_address_becomes_what_is_listed_beside_it() -> None:
    """`data/addresses.txt` shows every kind side by side."""
    hold(
        Path(__file__).parent / "data" / "addresses.txt",
        lambda name, said: "\n".join(f"{url!r} -> {LISTED[name](url)}" for url in said.split("\n")),
    )
