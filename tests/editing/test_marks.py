"""Marks that only generators and Obsidian know never reach readers."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from digest.editing import excerpt
from digest.editing.body import clean, plain_markdown, to_html
from digest.editing.body.lazy import source_of
from tests.golden import hold_lines


def test_marks_of_generators_are_rendered_or_dropped() -> None:
    """As `marks.txt` lists them; what is in code is text, and stays."""
    hold_lines(Path(__file__).with_name("marks.txt"), lambda _, written: plain_markdown(written))


def test_a_tab_keeps_its_name_and_its_words() -> None:
    tab = '=== "By hand"\n\n    Moss\n'
    assert plain_markdown(tab) == "\n> **By hand**\n> \n> Moss\n\n"


def test_a_callout_keeps_its_words() -> None:
    html = to_html(plain_markdown("> [!warning] Mind the ice\n> It is thin."))
    assert "<strong>Mind the ice</strong>" in html
    assert "It is thin." in html
    assert "[!" not in html


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ({"src": "loading.gif", "data-src": "a.jpg"}, "a.jpg"),
        ({"src": "/grey.gif", "data-original": "a.jpg"}, "a.jpg"),
        ({"src": "low/a.jpg", "data-src": "a.jpg"}, "a.jpg"),
        ({"src": "data:image/png;base64,x", "srcset": "a.jpg 300w, b.jpg 1024w"}, "b.jpg"),
        ({"src": "a.jpg", "srcset": "b.jpg 1024w"}, "a.jpg"),
        ({"src": "a.jpg"}, "a.jpg"),
    ],
)
def test_a_picture_that_loads_late_is_the_one_shown_at_last(
    tag: dict[str, str], expected: str
) -> None:
    assert source_of(tag) == expected


def test_blanks_in_an_address_are_encoded_and_never_deleted() -> None:
    body = clean('<a href="my pond plan.pdf">plan</a>', "https://garden.example/a/").html
    assert 'href="https://garden.example/a/my%20pond%20plan.pdf"' in body


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>See [[Ditch|the note]] and [[ponds/Heron]].</p>", "<p>See the note and Heron.</p>"),
        ("<p>Soon, ==very soon==.%% ask Ada %%</p>", "<p>Soon, very soon.</p>"),
        (
            "<blockquote><p>[!warning] Thin ice</p></blockquote>",
            "<blockquote><p>Thin ice</p></blockquote>",
        ),
        ("<blockquote><p>[!tip]</p></blockquote>", "<blockquote><p>Tip</p></blockquote>"),
        ("<p>{{&lt; figure src=&quot;a.jpg&quot; &gt;}}Moss.</p>", "<p>Moss.</p>"),
        ("<p>Moss{% include ad.html %}.{: .lead}</p>", "<p>Moss.</p>"),
        ("<h3>Moss {#moss}</h3><p>::: tip Mind it</p>", "<h3>Moss</h3>\n<p>Mind it</p>"),
        ("<p>Moss ![[heron.png]]{# not yet #}{/* nor this */}</p>", "<p>Moss</p>"),
    ],
)
def test_marks_that_nothing_replaced_go_from_html_too(html: str, expected: str) -> None:
    """As feeds bring them whose generator renders no plug-in's marks."""
    assert clean(html).html == expected
    said = excerpt.make(unescape(re.sub("<[^>]+>", "\n", html)), "", language="en").text
    assert not re.search(r"\[\[|==|%%|\{[{%#:/]|\[!|:::", said)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("The **Moss is out, and **Ada** with it.", "The Moss is out, and Ada with it."),
        ("**Note: **moss grows.", "Note: moss grows."),
        ("**重要。**次の", "重要。次の"),
        ("これは**「苔」**です", "これは「苔」です"),
        ("これは**[苔](https://a.example/)**です", "これは苔です"),
        ("**이끼(moss)**는", "이끼(moss)는"),
        ("uses *args and **kwargs", "uses *args and **kwargs"),
        ("2 ** 3 and **p", "2 ** 3 and **p"),
        ("5 €** each\n\n** with tax", "5 €** each ** with tax"),
        ("`a **b` and\n\n    **code", "a **b and **code"),
    ],
)
def test_marks_of_strong_words_that_markdown_left_reach_no_reader(written: str, read: str) -> None:
    """Nor those of text that a feed never rendered; what programs write so stays."""
    shown = unescape(re.sub(r"<[^>]*>", "", clean(to_html(written), "https://a.example/").html))
    assert shown.split() == read.split()


def test_text_of_a_feed_loses_the_marks_of_strong_words() -> None:
    shown = clean("<p>A **big** pond, and <code>**kw</code>: **open</p>", "https://a.example/").html
    assert shown == "<p>A big pond, and <code>**kw</code>: open</p>"


def test_what_an_editor_marks_between_letters_without_blanks_is_strong() -> None:
    assert to_html("これは**「苔」**です `**「苔」**`") == (
        "<p>これは<strong>「苔」</strong>です <code>**「苔」**</code></p>\n"
    )
