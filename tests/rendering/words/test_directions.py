"""Lines and pictures in which both directions of writing meet, and the words of a language around them."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.knowledge.directions import in_order, mark
from digest.models import Issue, Link, PostView, SectionView, SeriesView, replace
from digest.rendering import Renderer
from digest.rendering.look import style
from digest.rendering.words import labels
from tests.rendering.issues import CASES, in_many_languages, issue, post, right_to_left
from tests.rendering.shipped.test_templates import TEMPLATES, html_of, text_of
from tests.rendering.shipped.test_weekly import outline

LRM, RLM = "\u200e", "\u200f"
MARKS = re.compile(f"[{LRM}{RLM}]")


def with_posts(made: Issue, *posts: PostView) -> Issue:
    return replace(made, featured=posts[0], sections=(SectionView(title="", posts=posts[1:]),))


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(max_codepoint=0x2AF)))
def test_a_left_to_right_page_of_latin_letters_needs_no_mark(text: str) -> None:
    assert mark(text, "ltr") == ""


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_latin_name_in_an_arabic_line_keeps_the_day_with_its_month(
    renderer: Renderer, template: str
) -> None:
    shown = post(0, byline="Carys Pugh", date="19 نوفمبر 2026", reading_time="4 دقائق قراءة")
    made = with_posts(right_to_left(), shown)
    for page in (unescape(html_of(renderer, made, template)), text_of(renderer, made, template)):
        assert re.search(f"Carys Pugh{RLM}(?:\u2003| · )19\\sنوفمبر", page)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_hebrew_name_in_an_english_line_keeps_the_day_with_its_month(
    renderer: Renderer, template: str
) -> None:
    made = with_posts(issue(), post(0, byline="ליאת כהן", date="19 November 2026"))
    for page in (unescape(html_of(renderer, made, template)), text_of(renderer, made, template)):
        assert re.search(f"ליאת כהן{LRM}(?:\u2003| · )19\\sNovember", page)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("case", ["usual", "sections", "series", "japanese"])
def test_a_page_of_one_direction_holds_no_mark(
    renderer: Renderer, template: str, case: str
) -> None:
    made = CASES[case]()
    assert not MARKS.search(unescape(html_of(renderer, made, template)))
    assert not MARKS.search(text_of(renderer, made, template))


def test_the_links_to_earlier_parts_and_the_sections_inside_keep_their_order(
    renderer: Renderer,
) -> None:
    earlier = (
        Link(title="part 1: כפור", url="https://garden.example.org/1/"),
        Link(title="part 2: חום", url="https://garden.example.org/2/"),
    )
    series = SeriesView(name="כפור", label="כפור · part 3", part=3, earlier=earlier)
    told = post(0, language="he", direction="rtl", series=(series,))
    titles = ("חדשות", "2 prizes", "People")
    made = issue(
        featured=told,
        sections=tuple(
            SectionView(title=title, posts=(post(n),)) for n, title in enumerate(titles, 1)
        ),
    )
    html = unescape(html_of(renderer, made, "weekly"))
    assert re.search(r'<p class="earlier quiet" lang="en" dir="ltr"[^>]*>Earlier: <br><a', html)
    assert f"חדשות{LRM}\u20032\xa0prizes{LRM}\u2003People" in html
    assert f"Inside: חדשות{LRM} · 2 prizes" in text_of(renderer, made, "weekly")


@pytest.mark.parametrize("template", ["weekly", "series"])
def test_a_pictures_words_run_the_way_of_their_post(renderer: Renderer, template: str) -> None:
    """With images off they are all there is, whichever way the table around them runs."""
    tags = outline(html_of(renderer, in_many_languages(), template)).tags
    pictures = {a["alt"]: a for tag, a in tags if tag == "img"}
    hebrew, _japanese, arabic, english = pictures.values()
    assert (hebrew["lang"], hebrew["dir"], arabic["lang"], arabic["dir"]) == (
        "he",
        "rtl",
        "ar",
        "rtl",
    )
    assert "text-align:right" in arabic["style"].replace(" ", "")
    assert not {"lang", "dir"} & set(english)


@pytest.mark.parametrize(("make", "direction"), [(issue, "ltr"), (right_to_left, "rtl")])
def test_a_thumbnail_runs_the_way_of_the_issue(
    renderer: Renderer, make: type[Issue], direction: str
) -> None:
    tags = outline(html_of(renderer, make(), "weekly")).tags
    cells = [a for tag, a in tags if tag == "td" and "dir" in a]
    words = [a for tag, a in tags if tag == "div" and a.get("class") == "words"]
    assert len(cells) == len(words) > 0
    assert direction not in {cell["dir"] for cell in cells}
    assert {told["dir"] for told in words if "lang" not in told} == {direction}
    around = [a for tag, a in tags if tag == "div" and a.get("class") == "thumb"]
    assert {picture["dir"] for picture in around} == {direction}


ENGLISH = "3 nights below zero took the dahlias. The kale did not notice!"
HEBREW = "3 לילות מתחת לאפס לקחו את הדליות. הכרוב לא הבחין!"


RUN = """words => [...document.body.querySelectorAll('*')]
  .filter(one => one.tagName == 'IMG' || one.childElementCount == 0
    && one.textContent.replaceAll('\u00a0', ' ') == words)
  .map(one => ({tag: one.tagName, way: getComputedStyle(one).direction}))"""


def said_in(words: str) -> PostView:
    """Return a post that says the same everywhere, in a language that nobody told."""
    usual = post(0)
    picture = replace(usual.image, alt=words) if usual.image else None
    return replace(usual, title=words, excerpt=words, note=words, image=picture)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(
    ("make", "words", "way"), [(right_to_left, ENGLISH, "ltr"), (issue, HEBREW, "rtl")]
)
@pytest.mark.parametrize("shown", ["full", "title"])
def test_words_of_a_language_that_nobody_told_run_their_own_way(
    renderer: Renderer,
    show: Callable[..., Any],
    template: str,
    make: type[Issue],
    words: str,
    way: str,
    shown: str,
) -> None:
    """Or their last sign, and a number they begin with, would stand on the wrong side."""
    said = replace(said_in(words), shown=shown)
    made = replace(
        with_posts(make(), said, replace(said, id="other", url="https://garden.example.org/o/")),
        updates=(replace(said, id="third", url="https://garden.example.org/t/"),),
        lead_section=words,
    )
    told = show(html_of(renderer, made, template), 600, f"({RUN})({words!r})")
    assert len(told) >= 6
    assert {each["way"] for each in told} == {way}
    mark = LRM if way == "ltr" else RLM
    text = text_of(renderer, made, template)
    assert text.count(f"{mark}3 ") == len(re.findall(r"\b3 ", text)) > 4
    assert text.count(f"!{mark}\n") == text.count("!")
    assert not re.search(f"https?://.*{mark}", text)


def test_a_paragraph_of_the_editors_own_runs_its_own_way() -> None:
    said = f"<p><em>&quot;{HEBREW}&quot;</em></p><h2>{HEBREW}</h2><p>Frost. {HEBREW}</p>"
    shown = style(said, {}, under=1, width=552)
    assert re.findall(r"<(\w+)[^>]* dir=\"(\w+)\"", shown) == [("p", "rtl"), ("h2", "rtl")]
    shown = style(f"<p>{HEBREW}</p><p>{ENGLISH}</p>", {}, under=1, width=552, direction="rtl")
    assert re.findall(r" dir=\"(\w+)\"", shown) == ["ltr"]


@given(st.text(), st.sampled_from(["ltr", "rtl"]))
def test_marks_are_all_that_keeping_a_text_in_order_adds(text: str, direction: str) -> None:
    shown = in_order(text, direction)
    assert MARKS.sub("", shown) == MARKS.sub("", text)


# ---------------------------------------------------------------- words of a language


@pytest.mark.parametrize(("language", "said"), [("en", "{}: "), ("fr", "{}\xa0: "), ("ja", "{}：")])
def test_a_label_is_followed_by_the_colon_of_its_language(
    renderer: Renderer, language: str, said: str
) -> None:
    earlier = (Link(title="1", url="https://garden.example.org/1/"),)
    told = post(1, series=(SeriesView(name="S", label="S", earlier=earlier),))
    usual, words = issue(), labels.words(language)
    letter = replace(usual.newsletter, language=language)
    made = with_posts(replace(usual, newsletter=letter, labels=dict(words)), post(0), told)
    html, text = unescape(html_of(renderer, made, "weekly")), text_of(renderer, made, "weekly")
    assert f"{said.format(words['earlier'])}<br><a" in html
    assert f'aria-label="{said.format(words["read_on"])}{made.posts[0].title}"' in html
    for name in ("earlier", "unsubscribe", "view_online"):
        assert f"\n{said.format(words[name]).strip()}\n" in text


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_reading_time_stays_on_one_line(renderer: Renderer, template: str) -> None:
    assert "2\xa0min\xa0read" in unescape(html_of(renderer, issue(), template))
    assert "2 min read" in text_of(renderer, issue(), template)


def test_words_that_stayed_english_say_so(renderer: Renderer) -> None:
    """So that a screen reader speaks them as English, and they stay in order in a line."""
    usual = issue()
    letter = replace(usual.newsletter, language="ur", direction="rtl")
    made = replace(usual, newsletter=letter, date="23 نومبر 2026", labels=dict(labels.words("ur")))
    html = unescape(html_of(renderer, made, "weekly"))
    assert re.search(r'<span lang="en" dir="ltr">Issue 12</span>', html)
    assert re.search(r'<a[^>]*lang="en" dir="ltr"[^>]*>Read on</a>', html)
    assert re.search(r'<p[^>]*lang="en" dir="ltr"[^>]*>You receive this', html)
    assert 'lang="en"' not in html_of(renderer, CASES["japanese"](), "weekly")
