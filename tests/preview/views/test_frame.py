"""The copy of the issue's HTML that the frame shows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.preview.views.copying import framed

BASE = b'<base target="_blank">'


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (
            b"<!doctype html><html><HEAD a=b><title>",
            b"<!doctype html><html><HEAD a=b>" + BASE + b"<title>",
        ),
        (b"<html lang=en><header>", b"<html lang=en>" + BASE + b"<header>"),
        (b"<!DOCTYPE html><p>", b"<!DOCTYPE html>" + BASE + b"<p>"),
        (b"words", BASE + b"words"),
    ],
)
def test_links_open_in_a_new_tab(html: bytes, shown: bytes) -> None:
    """Said in the head; never in front of the doctype, which would bring back the habits of 1998."""
    assert framed(html) == shown


@pytest.mark.parametrize("link", [b'<a href="#in">', b"<a class=x href='#in'>", b"<a\nhref=#in>"])
def test_links_within_the_issue_stay_in_it(link: bytes) -> None:
    assert b'<a target="_self"' in framed(link)


@pytest.mark.parametrize(
    "link", [b'<a href="https://a.example/#in">', b'<a href="#in" target="_top">']
)
def test_other_links_are_left_alone(link: bytes) -> None:
    assert framed(link) == BASE + link


def test_dark_answers_what_the_email_asks() -> None:
    html = (
        b'<meta name="color-scheme" content="light dark"><style>:root { color-scheme: light dark }'
        b"@media (prefers-color-scheme: dark) { p { color: #eee } }"
        b"@media screen and (prefers-color-scheme:light) { p { color: #111 } }</style>"
        b'<source media="(prefers-color-scheme: dark)">'
    )
    dark = framed(html, "dark")
    assert b'content="dark"' in dark
    assert b"color-scheme: dark }" in dark
    assert b"@media (min-width:0) { p { color: #eee } }" in dark
    assert b"screen and (max-width:0) { p { color: #111 }" in dark
    assert b'<source media="(min-width:0)">' in dark
    assert b"@media (max-width:0) { p { color: #eee } }" in framed(html, "light")


def test_what_posts_say_about_colours_is_left_alone() -> None:
    """A post may be about CSS."""
    html = b"<p>Write <code>@media (prefers-color-scheme: dark)</code>, light dark</p>"
    assert framed(html, "dark") == BASE + html


PIECES = [
    "<head>",
    "<HTML lang=en>",
    "<!doctype html>",
    "<header>",
    "<a href='#in'>",
    "<a href=x>",
    "#",
    "<",
    ">",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
@settings(max_examples=100)
def test_nothing_of_the_issue_is_lost(html: str) -> None:
    shown = framed(html.encode()).decode()
    assert shown.replace(BASE.decode(), "", 1).replace(' target="_self"', "") == html
