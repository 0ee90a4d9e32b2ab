"""What readers meet in the clients that are hardest, measured in a browser that plays them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from digest.models import Image, Issue, SectionView, replace
from digest.rendering import Renderer, dialect, fill
from digest.rendering.look import style
from digest.rendering.views import VIEWS, blocked, inverted, word
from digest.rendering.views.word import conditional, holds
from tests.rendering.issues import CASES, issue, post
from tests.rendering.pictures import png

TEMPLATES = ("briefing", "series", "weekly")
PHONE = 360

TEXTS = """() => [...document.querySelectorAll('h1,h2,h3,h4,p,li')]
  .filter(e => e.innerText.trim() && !e.querySelector('p,li') && e.getBoundingClientRect().height > 1)
  .map(e => { const box = e.getBoundingClientRect();
    return {tag: e.tagName, says: e.innerText, left: box.left, top: box.top, bottom: box.bottom} })"""

WORDS_A_LINE = """() => [...document.querySelectorAll('h2,h3,h4,p')].map(e => {
    const range = document.createRange(); range.selectNodeContents(e);
    const lines = new Set([...range.getClientRects()].map(box => Math.round(box.bottom / 12)));
    return {tag: e.tagName, says: e.innerText, words: e.innerText.trim().split(/\\s+/).length, lines: lines.size} })"""


def page_of(renderer: Renderer, made: Issue, template: str, **theme: str) -> str:
    shown = replace(made, template=template, theme=renderer.theme(template, theme))
    return fill(renderer.render(shown).email, dialect("plain"), shown)


# ---------------------------------------------------------------- the views themselves


@pytest.mark.parametrize(
    ("operator", "versions"),
    [
        *(("", {16}), ("lt ", {17}), ("lte ", {16, 17}), ("gt ", {15}), ("gte ", {15, 16})),
        *(("!", {15, 17}), ("(IE)&", set()), ("IE|", {16})),
    ],
)
def test_word_is_version_16(operator: str, versions: set[int]) -> None:
    assert {n for n in (15, 16, 17) if holds(f"{operator}mso {n}")} == versions
    assert holds("mso")


def test_word_reads_what_is_meant_for_it_and_not_what_is_hidden_from_it() -> None:
    page = (
        "<!--[if mso | IE]><i>1</i><![endif]--><!--[if !mso]><!--><i>2</i><!--<![endif]-->"
        "<!--[if lte mso 11]><i>3</i><![endif]--><!--[if gte mso 9]><i>4</i><![endif]-->"
    )
    assert conditional(page) == "<i>1</i><i>4</i>"


def test_word_drops_media_queries_and_newer_selectors_and_keeps_the_rest() -> None:
    page = word(
        "<html><head><style>p{margin:0;padding:4px}@media (max-width:9px){p{color:red}}"
        "[data-ogsc] p{color:red}td>p{color:red}</style></head><body><p>a</p></body></html>"
    )
    assert "p{margin:0}" in page
    assert "red" not in page


def test_a_view_without_pictures_keeps_their_words() -> None:
    html = '<a href="https://a.example/"><img src="https://a.example/1.png" alt="A hill" width="9"></a>'
    assert 'alt="A hill"' in blocked(html)
    assert "1.png" not in blocked(html)


def test_an_inverted_page_is_not_asked_about_its_own_dark_mode(renderer: Renderer) -> None:
    html = inverted(page_of(renderer, CASES["usual"](), "weekly"))
    assert "prefers-color-scheme" not in html
    assert "[data-ogs" not in html


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_a_view_loses_no_word(renderer: Renderer, view: str) -> None:
    made = CASES["sections"]()
    html = VIEWS[view](page_of(renderer, made, "weekly"))
    assert all(shown.title.partition("'")[0] in html for shown in made.posts)


# ---------------------------------------------------------------- Outlook


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("case", ["sections", "series", "no-images", "updates", "eleven-posts"])
def test_outlook_shows_what_belongs_together_and_what_does_not(
    renderer: Renderer, show: Callable[..., Any], template: str, case: str
) -> None:
    """A title clearly apart from what is above it, and never glued to a picture or a byline."""
    texts = show(word(page_of(renderer, CASES[case](), template)), 700, TEXTS)
    assert len(texts) > 8
    for above, below in pairwise(texts):
        gap = below["top"] - above["bottom"]
        if below["tag"] in ("H2", "H3", "H4") and "Missed" not in above["says"]:
            label = above["says"].startswith(("Part", "Greenhouse notes"))
            assert gap >= (3 if label else 16), (above["says"], below["says"], gap)
        if above["tag"] in ("H2", "H3", "H4"):
            assert gap >= 3, (above["says"], below["says"], gap)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("case", sorted(CASES))
def test_outlooks_page_is_as_wide_as_any_other(
    renderer: Renderer, show: Callable[..., Any], template: str, case: str
) -> None:
    """Word breaks no word, however long, but where it is told that it may."""
    html = word(page_of(renderer, CASES[case](), template))
    assert show(html, 700, "() => document.documentElement.scrollWidth") == 700


@pytest.mark.parametrize("words", ["三日続きの氷点下で", "เขียนจดหมาย", "ສະບາຍດີ"])
def test_word_parts_only_words_of_scripts_that_put_blanks_between_them(
    renderer: Renderer, words: str
) -> None:
    """It parts the others by itself, and not in the middle of what a dictionary knows."""
    mark = "<!--[if mso]>&#8203;"
    for said, is_parted in ((words * 6, False), ("Grüßegärtner" * 6, True)):
        made = issue(featured=post(0, title=said, excerpt=said), introduction=f"<p>{said}</p>")
        assert (mark in page_of(renderer, made, "briefing")) is is_parted


# ---------------------------------------------------------------- pictures of unknown size


BOXES = """() => [...document.querySelectorAll('.thumb, .wide, .stage')].map(e => {
    const box = e.getBoundingClientRect(), img = e.querySelector('img').getBoundingClientRect();
    return {kind: e.className, width: box.width, height: box.height, ratio: img.width / img.height} })"""


@pytest.mark.parametrize("width", [600, PHONE])
@pytest.mark.parametrize("size", [(1200, 150), (150, 1200), (1600, 900), (600, 900)])
def test_a_picture_whose_size_nobody_told_is_no_strip_and_keeps_its_ratio(
    renderer: Renderer, show: Callable[..., Any], width: int, size: tuple[int, int]
) -> None:
    image = Image(url="https://img.example.org/moss.png", alt="Moss")
    first, *rest = (post(n, image=image) for n in range(3))
    made = replace(issue(), featured=first, sections=(SectionView(title="", posts=tuple(rest)),))
    html = page_of(renderer, made, "weekly").replace(image.url, drawn(*size))
    wide, *thumbs = show(html, width, BOXES)
    assert wide["height"] <= 600
    for box in thumbs:
        assert 90 <= box["width"] <= 128
        assert 50 <= box["height"] <= 204
    for box in (wide, *thumbs):
        assert box["ratio"] == pytest.approx(size[0] / size[1], rel=0.1)


def test_a_small_picture_stands_in_a_box_as_wide_as_the_others(
    renderer: Renderer, show: Callable[..., Any]
) -> None:
    """Or its edge would stand beside that of the rules and the pictures above and below."""
    small = Image(url="https://img.example.org/moss.png", alt="Moss", width=90, height=90)
    first, second, third = (post(n) for n in range(3))
    rest = (second, replace(third, image=small))
    html = page_of(
        renderer, issue(featured=first, sections=(SectionView(title="", posts=rest),)), "weekly"
    )
    *_, usual, boxed = show(html, 600, BOXES)
    assert boxed["width"] == usual["width"] == 128


def test_a_square_picture_leaves_no_slivers_at_its_sides_on_a_phone(
    renderer: Renderer, show: Callable[..., Any]
) -> None:
    square, tall = (
        Image(url="https://img.example.org/a.png", alt="Moss", width=1200, height=height)
        for height in (1200, 1800)
    )
    margins = """() => { const img = document.querySelector('img'), ground = img.parentElement;
        return img.getBoundingClientRect().left - ground.getBoundingClientRect().left }"""
    sides = [
        show(page_of(renderer, issue(featured=post(0, image=image)), "weekly"), width, margins)
        for image in (square, tall)
        for width in (600, PHONE)
    ]
    assert sides[1] == 0
    assert min(sides[0], *sides[2:]) > 50


def drawn(width: int, height: int) -> str:
    """Return the address of a picture of a size that holds the picture itself."""
    return f"data:image/png;base64,{b64encode(png(width, height, 1)).decode()}"


# ---------------------------------------------------------------- a phone, all styles dropped


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("case", ["usual", "sections", "series", "right-to-left"])
def test_without_styles_a_phone_shows_whole_lines(
    renderer: Renderer, show: Callable[..., Any], template: str, case: str
) -> None:
    """Columns squeezed beside a picture would be two or three words wide."""
    html = VIEWS["bare"](page_of(renderer, CASES[case](), template))
    told = [t for t in show(html, PHONE, WORDS_A_LINE) if t["words"] >= 12]
    assert told
    for text in told:
        assert text["words"] / text["lines"] >= (3 if text["tag"][0] == "H" else 4.5), text


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("case", sorted(CASES))
@pytest.mark.parametrize("view", ["blocked", "bare"])
def test_nothing_scrolls_sideways_on_a_phone(
    renderer: Renderer, show: Callable[..., Any], template: str, case: str, view: str
) -> None:
    html = VIEWS[view](page_of(renderer, CASES[case](), template))
    assert show(html, PHONE, "() => document.documentElement.scrollWidth") == PHONE


TARGETS = """() => [...document.querySelectorAll('a[href]')]
  .filter(a => ![a.previousSibling, a.nextSibling].every(near => near?.nodeType == 3 && near.data.trim()))
  .map(a => {
    a.scrollIntoView({block: 'center'});
    const box = a.getBoundingClientRect(), x = box.left + box.width / 2;
    let reach = 0;
    for (let y = box.top; y < box.bottom; y++) reach += a.contains(document.elementFromPoint(x, y));
    return {says: a.innerText, reach, width: box.width};
  })"""
"""Every link but those within a sentence, and over how many pixels a finger meets it."""


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("case", ["sections", "series", "updates", "right-to-left"])
@pytest.mark.parametrize("width", [PHONE, 480])
def test_whatever_leads_somewhere_is_easy_to_touch(
    renderer: Renderer, show: Callable[..., Any], template: str, case: str, width: int
) -> None:
    """A target that its neighbour covers counts for as much of it as is left."""
    links = show(page_of(renderer, CASES[case](), template), width, TARGETS)
    assert len(links) >= 6
    assert [link for link in links if min(link["reach"], link["width"]) < 44] == []


LINES_OF_DATES = """() => [...document.querySelectorAll('p')].flatMap(p => {
    const text = p.firstChild, at = text?.data?.indexOf('2026年') ?? -1;
    if (at < 0) return [];
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + '2026年11月23日'.length);
    return [new Set([...range.getClientRects()].map(box => Math.round(box.top))).size] })"""


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", ["ja", "zh-Hans", "ko"])
def test_a_date_never_breaks_where_words_have_no_blanks_between_them(
    renderer: Renderer, show: Callable[..., Any], template: str, language: str
) -> None:
    made = CASES["japanese"]()
    made = replace(made, newsletter=replace(made.newsletter, language=language))
    html = page_of(renderer, made, template)
    counted = [show(html, width, LINES_OF_DATES) for width in range(280, 361, 8)]
    assert all(counted)
    assert {lines for widths in counted for lines in widths} == {1}


# ---------------------------------------------------------------- who listens


STOPS = """() => [...document.querySelectorAll('a[href]')]
  .map(a => ({href: a.getAttribute('href'), name: a.ariaLabel || a.innerText}))"""


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("button", ["solid", "outline", "link"])
@pytest.mark.parametrize("case", ["usual", "series", "updates", "no-excerpts", "right-to-left"])
def test_who_listens_is_led_to_each_post_once(
    renderer: Renderer, show: Callable[..., Any], template: str, button: str, case: str
) -> None:
    """Neither its picture nor a title above a button is a further stop; a button says what it opens."""
    made = CASES[case]()
    stops = show(page_of(renderer, made, template, button=button), 600, STOPS)
    for told in (*made.posts, *made.updates):
        names = [stop["name"] for stop in stops if stop["href"] == told.url]
        assert len(names) == 1
        assert told.title in names[0]


@pytest.mark.parametrize("template", ["weekly", "series"])
@pytest.mark.parametrize("button", ["solid", "outline", "link"])
def test_on_the_web_title_and_button_lead_to_the_post_and_one_is_for_hands_alone(
    renderer: Renderer, show: Callable[..., Any], template: str, button: str
) -> None:
    """Browsers keep what hides a link from who listens; mail programs do not."""
    made = CASES["usual"]()
    shown = replace(made, template=template, theme=renderer.theme(template, {"button": button}))
    html = fill(renderer.render(shown).web, dialect("plain"), shown)
    stops = """() => [...document.querySelectorAll('a[href]')].map(a => ({name: a.innerText,
      href: a.getAttribute('href'), hidden: a.ariaHidden == 'true' && a.tabIndex == -1}))"""
    links = [link for link in show(html, 600, stops) if "/2026/11/" in link["href"]]
    hidden = [link for link in links if link["hidden"]]
    assert [link["name"] for link in hidden] == ["Read on"]
    assert [link["name"] for link in links if not link["hidden"]] == [p.title for p in made.posts]
    assert hidden[0]["href"] in {link["href"] for link in links if not link["hidden"]}


FIRST_WORDS = "() => document.body.innerText.replace(/\\s+/g, ' ').trim().split(' ').slice(0, 50)"


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("case", ["sections", "eleven-posts"])
def test_the_first_fifty_words_say_what_the_issue_is_about(
    renderer: Renderer, show: Callable[..., Any], template: str, case: str
) -> None:
    """Mail programs show and summarise them; a list of contents is for later."""
    made = replace(CASES[case](), introduction="")
    said = " ".join(show(page_of(renderer, made, template), 600, FIRST_WORDS))
    assert made.featured.title in said
    assert made.featured.excerpt[:40] in said
    assert "Inside" not in said


@pytest.mark.parametrize("logo_dark", ["", "https://img.example.org/logo-light.png"])
@pytest.mark.parametrize("theme", ["paper", "harbour"])
def test_a_logo_and_a_picture_keep_the_ground_of_a_light_page(
    renderer: Renderer, show: Callable[..., Any], theme: str, logo_dark: str
) -> None:
    """Most are drawn dark on nothing; a gradient is what apps that turn pages dark do not change."""
    logo = "https://img.example.org/logo.png"
    look = renderer.theme("weekly", {"base": theme})
    html = page_of(renderer, issue(), "weekly", base=theme, logo=logo, logo_dark=logo_dark)
    grounds = """() => [...document.querySelectorAll('img')].map(e =>
        [e.src, getComputedStyle(e).backgroundImage, e.style.background])"""
    hues = {name: rgb(look[name]) for name in ("surface", "tint")}
    for src, shown, inline in show(html, 600, grounds):
        hue = hues["surface" if src == logo else "tint"]
        is_by_night = src == logo_dark
        assert shown == ("none" if is_by_night else f"linear-gradient({hue}, {hue})")
        assert inline == ("" if is_by_night else hue)


def rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"


def test_a_footnote_leaves_the_lines_of_the_introduction_apart_as_they_are(
    renderer: Renderer, show: Callable[..., Any]
) -> None:
    heights = [
        show(
            page_of(renderer, issue(introduction=style(said, {}, under=1, width=552)), "weekly"),
            600,
            """() => [...document.querySelectorAll('p')]
                .find(p => p.innerText.includes('kale stands')).getBoundingClientRect().height""",
        )
        for said in ("<p>The kale stands.</p>", "<p>The kale stands.<sup>1</sup></p>")
    ]
    assert heights[0] == heights[1]
