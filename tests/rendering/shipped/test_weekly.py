"""The template `weekly`: what subscribers see, in every case, held against goldens.

`DIGEST_UPDATE_GOLDENS=1 pytest tests/rendering/shipped/test_weekly.py` writes the goldens anew; look at
what changed before you keep it.
"""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from digest.models import Issue, SectionView, replace
from digest.rendering import Renderer, dialect, fill
from tests.golden import hold_text
from tests.rendering.issues import (
    CASES,
    in_sections,
    issue,
    plain_of,
    post,
    right_to_left,
    with_everything_an_editor_writes,
    without_images,
)

GOLDEN = Path(__file__).parent / "golden"
GOLDENS = ("usual", "one-post", "sections", "no-images", "right-to-left")


class Outline(HTMLParser):
    """Write a page as one line per element or text, so that only meaning is compared."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        said = (f"{name}={_canonical(name, value)}" for name, value in sorted(found.items()))
        self.lines.append(" ".join((f"<{tag}>", *said)))

    def handle_endtag(self, tag: str) -> None:
        self.lines.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.lines.append(" ".join(data.split()))

    def handle_comment(self, data: str) -> None:
        self.lines.append(f"<!-- {' '.join(data.split())}")


def _canonical(name: str, value: str) -> str:
    if name != "style":
        return value
    return "; ".join(
        sorted(
            re.sub(r"\s*([:,])\s*", r"\1", part.strip())
            for part in value.split(";")
            if part.strip()
        )
    )


def outline(html: str) -> Outline:
    reader = Outline()
    reader.feed(html)
    reader.close()
    return reader


def html_of(renderer: Renderer, made: Issue) -> str:
    return fill(renderer.render(made).email, dialect("plain"), made)


@pytest.mark.parametrize("name", GOLDENS)
def test_the_page_is_as_it_was_last_approved(renderer: Renderer, name: str) -> None:
    path = GOLDEN / f"{name}.html"
    html = html_of(renderer, CASES[name]())
    if os.environ.get("DIGEST_UPDATE_GOLDENS"):
        path.write_text(html, "ascii")
    assert outline(html).lines == outline(path.read_text("ascii")).lines


def test_the_text_part_is_as_it_was_last_approved(renderer: Renderer) -> None:
    path = GOLDEN / "sections.txt"
    made = in_sections()
    text = fill(renderer.render(made).text, dialect("plain"), made)
    hold_text(path, text)


def test_code_keeps_its_lines_in_the_text_part(renderer: Renderer) -> None:
    """What makes it wrap on a phone is for pages only."""
    made = with_everything_an_editor_writes()
    text = fill(renderer.render(made).text, dialect("plain"), made)
    assert "    frost = -3\n    kale = True\n" in text


def test_outlooks_comments_are_balanced_and_nothing_is_left_over(renderer: Renderer) -> None:
    for make in CASES.values():
        html = html_of(renderer, make())
        assert html.startswith("<!DOCTYPE html>")
        assert html.count("<!--[if") == html.count("<![endif]-->") > 0
        assert html.isascii()
        assert not re.search(r"zq\d+fqz|data-premailer|mj-style|fonts\.googleapis", html)


def test_eleven_posts_with_pictures_stay_well_within_what_clients_show(renderer: Renderer) -> None:
    assert len(html_of(renderer, plain_of(11))) <= 45_000


def test_styles_stay_within_what_gmail_reads_and_nest_no_rule(renderer: Renderer) -> None:
    styles = re.findall(r"<style[^>]*>(.*?)</style>", html_of(renderer, in_sections()), re.DOTALL)
    assert sum(map(len, styles)) <= 16_000
    assert not any(re.search(r"@[^{}]*{[^{}]*({[^{}]*}[^{}]*)*@", style) for style in styles)
    assert any("prefers-color-scheme:dark" in style for style in styles)
    assert any("[data-ogsc]" in style for style in styles)


def test_only_the_featured_post_has_a_button(renderer: Renderer) -> None:
    assert html_of(renderer, issue()).count('class="button"') == 1
    assert 'class="button"' not in html_of(renderer, replace(issue(), featured=None))


def test_every_link_to_a_post_says_which_one(renderer: Renderer) -> None:
    """No two links of the same name lead to different addresses."""
    named = re.findall(
        r'<a [^>]*?href="([^"]*)"[^>]*?aria-label="([^"]*)"', html_of(renderer, issue())
    )
    assert named
    assert len({name for _, name in named}) == len(named)


def test_a_post_without_a_picture_takes_the_whole_width(renderer: Renderer) -> None:
    html = html_of(renderer, without_images())
    assert "<img" not in html
    assert 'width="128"' not in html


def test_a_right_to_left_issue_is_mirrored(renderer: Renderer) -> None:
    html = html_of(renderer, right_to_left())
    assert '<html lang="ar" dir="rtl"' in html
    assert "text-align:left;color" not in html
    assert 'lang="en" dir="ltr"' in html
    assert "letter-spacing" not in html


def test_a_post_in_another_language_says_so(renderer: Renderer) -> None:
    assert 'lang="cy" dir="ltr"' in html_of(renderer, in_sections())


def test_a_series_names_its_part_and_leads_to_the_earlier_ones(renderer: Renderer) -> None:
    html = html_of(renderer, in_sections())
    assert (
        "Missed last time&#160;&#8212; Greenhouse notes&#160;&#183;&#160;part&#160;3&#160;of&#160;4"
        in html
    )
    assert 'href="https://garden.example.org/greenhouse/1/"' in html


def test_an_issue_of_one_post_without_anything_else_is_whole(renderer: Renderer) -> None:
    bare = issue(
        featured=post(0, image=None, excerpt="", byline="", date="", reading_time=""),
        sections=(),
        introduction="",
        preheader="",
        labels={},
        web_url="",
    )
    html = html_of(renderer, bare)
    assert "What the frost left standing" in html
    assert "View in your browser" not in html
    assert "Unsubscribe" in html


@pytest.mark.parametrize("theme", ["paper", "harbour"])
def test_ten_posts_with_seven_pictures_are_small(renderer: Renderer, theme: str) -> None:
    """Gmail clips a message of 102 kB, and a service that follows links adds to each of them."""

    def size(posts: int, pictures: int) -> int:
        told = [post(n) if n < pictures else post(n, image=None) for n in range(posts)]
        made = issue(featured=told[0], sections=(SectionView(title="", posts=tuple(told[1:])),))
        dressed = replace(made, theme=renderer.theme("weekly", {"base": theme}))
        return len(html_of(renderer, dressed))

    assert size(10, 7) <= 22_000
    assert size(11, 8) - size(10, 7) <= 1_450
