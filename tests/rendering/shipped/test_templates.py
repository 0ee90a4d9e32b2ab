"""What every shipped template promises in every case, and what `briefing` and `series` do their own way."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest

from digest.models import Issue, SectionView, replace
from digest.rendering import Renderer, dialect, fill
from digest.workflow.gathering.scaffolding import copy_template
from tests.rendering.conftest import SHIPPED
from tests.rendering.issues import CASES, chapter, in_sections, issue, plain_of, post, told_in_parts
from tests.rendering.matrix import DRESSED
from tests.rendering.shipped.test_weekly import Outline, outline

TEMPLATES = ("briefing", "series", "weekly")


def dressed(renderer: Renderer, made: Issue, template: str, **theme: str) -> Issue:
    return replace(made, template=template, theme=renderer.theme(template, theme))


def html_of(renderer: Renderer, made: Issue, template: str, **theme: str) -> str:
    shown = dressed(renderer, made, template, **theme)
    return fill(renderer.render(shown).email, dialect("plain"), shown)


def text_of(renderer: Renderer, made: Issue, template: str) -> str:
    shown = dressed(renderer, made, template)
    return fill(renderer.render(shown).text, dialect("plain"), shown)


# every template in the theme that is not its own, and one in both
WORN = (*((template, "harbour") for template in TEMPLATES), ("weekly", "paper"))


@pytest.fixture(
    scope="module", params=[(*worn, case) for worn in WORN for case in sorted(CASES)], ids="-".join
)
def page(request: pytest.FixtureRequest, renderer: Renderer) -> Outline:
    """Return the outline of each template's page, in a theme, of each case in turn."""
    template, base, case = request.param
    return outline(html_of(renderer, CASES[case](), template, base=base))


def test_headings_start_at_one_and_skip_none(page: Outline) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_layout_tables_say_so_and_pictures_have_whole_sizes_and_words(page: Outline) -> None:
    for tag, attributes in page.tags:
        if tag == "table":
            assert (
                attributes.get("role") == "presentation"
                or "border-collapse:collapse" in attributes["style"]
            )
        if tag == "img":
            assert attributes["alt"]
            assert 1 <= int(attributes["width"]) <= 600
            assert 1 <= int(attributes["height"]) < 1728


def test_language_and_direction_stand_on_the_page_and_on_its_body(page: Outline) -> None:
    with_language = [
        attributes
        for tag, attributes in page.tags
        if tag in ("html", "div") and "lang" in attributes
    ]
    assert len(with_language) >= 2
    assert all(attributes["dir"] for attributes in with_language)


def test_no_text_is_smaller_than_a_label(page: Outline) -> None:
    """Thirteen pixels; only the steps of a line of progress are less, and hold no word."""
    for tag, attributes in page.tags:
        for size in re.findall(r"font-size:\s*(\d+)px", attributes.get("style", "")):
            assert int(size) >= 13 or int(size) == 0 or "line-height:6px" in attributes["style"], (
                tag
            )


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("case", sorted(CASES))
def test_the_text_part_has_every_title_and_address_and_no_debris(
    renderer: Renderer, template: str, case: str
) -> None:
    made = CASES[case]()
    text = text_of(renderer, made, template)
    said = " ".join(text.split())
    lines = [line.strip() for line in text.splitlines()]
    assert all(shown.title in said and shown.url in lines for shown in made.posts)
    assert "\n\n\n" not in text
    assert not re.search(r"</?[a-z]+>|&#|None|zq\d|\{\{", text)
    assert not any(line != line.rstrip() for line in text.splitlines())


@pytest.mark.parametrize("template", TEMPLATES)
def test_everything_that_a_theme_can_tell_is_shown(renderer: Renderer, template: str) -> None:
    html = html_of(renderer, issue(), template, **DRESSED)
    shown = outline(html)
    logos = [
        attributes for tag, attributes in shown.tags if tag == "img" and "by-" in attributes["src"]
    ]
    assert [(logo["width"], logo["height"], logo["alt"]) for logo in logos] == [
        ("160", "40", "The Walled Garden")
    ] * 2
    assert "display:none" in logos[1]["style"]
    assert "src:url('https://garden.example.org/fonts/garden-serif.woff2')" in html
    assert "<mj-" not in html


@pytest.mark.parametrize("template", TEMPLATES)
def test_outlook_sees_neither_the_web_font_nor_the_dark_logo(
    renderer: Renderer, template: str
) -> None:
    html = html_of(renderer, issue(), template, **DRESSED)
    for_outlook = re.sub(r"<!--\[if !mso\]><!-->.*?<!--<!\[endif\]-->", "", html, flags=re.DOTALL)
    assert "Garden Serif" not in for_outlook
    assert "by-night.png" not in for_outlook
    assert "by-day.png" in for_outlook


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_word_of_a_theme_cannot_become_markup_or_a_merge_tag(
    renderer: Renderer, template: str
) -> None:
    odd = 'A & B <b> "x" {{ name }}'
    shown = dressed(
        renderer, issue(), template, logo="https://a.example/l.png?a=1&b=2", logo_alt=odd
    )
    html = fill(renderer.render(shown).email, dialect("kit"), shown)
    alts = [a["alt"] for tag, a in outline(html).tags if tag == "img" and "l.png" in a["src"]]
    assert alts == [odd]
    assert "{{ name" not in html


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ("solid", "background-color:#0f6655"),
        ("outline", "border:2px solid #0f6655"),
        ("link", 'aria-label="Read on: What the frost left standing"'),
    ],
)
def test_the_button_follows_the_theme(renderer: Renderer, button: str, said: str) -> None:
    html = html_of(renderer, issue(), "weekly", button=button)
    assert said in html


def test_a_narrower_page_has_narrower_pictures(renderer: Renderer) -> None:
    assert 'width="452"' in html_of(renderer, issue(), "weekly", width="500px")


@pytest.mark.parametrize("template", TEMPLATES)
def test_words_about_a_foreign_post_say_that_they_are_in_the_newsletters_language(
    renderer: Renderer, template: str
) -> None:
    html = html_of(renderer, CASES["many-languages"](), template)
    assert re.search(r'lang="he" dir="rtl"', html)
    assert re.search(r'<p class="(?:quiet|accent)"[^>]*lang="en" dir="ltr"', html)


# ---------------------------------------------------------------- briefing


def test_forty_posts_of_a_briefing_are_far_from_being_clipped(renderer: Renderer) -> None:
    assert len(html_of(renderer, plain_of(40), "briefing")) < 50_000


def test_a_briefing_shows_no_picture_and_the_beginning_of_each_excerpt(renderer: Renderer) -> None:
    long = "A sentence that is of some length and says little. " * 6
    html = html_of(
        renderer,
        issue(sections=(SectionView(title="", posts=(post(1, excerpt=long),)),)),
        "briefing",
    )
    assert "<img" not in html
    assert html.count("A sentence that is of some length") == 2


# ---------------------------------------------------------------- series


def test_a_series_tells_how_far_it_has_come_in_words_too(renderer: Renderer) -> None:
    html, text = (write(renderer, told_in_parts(), "series") for write in (html_of, text_of))
    assert "Part 4 of 5" in html
    assert len(re.findall(r'<td class="done"', html)) == 4
    assert len(re.findall(r'<td class="ahead"', html)) == 1
    assert "\nPart 4 of 5 [####.]\n" in text


def test_a_series_says_where_to_start_and_links_the_parts_before(renderer: Renderer) -> None:
    html = html_of(renderer, told_in_parts(), "series")
    assert 'greenhouse-notes/1/" style' in html
    assert ">Start at part 1: Glass</a>" in html
    assert ">Part 2: Heat</a>" in html
    assert html.count("greenhouse-notes/3/") == 1  # its title, and no link among those before


def test_the_first_part_needs_no_start(renderer: Renderer) -> None:
    html = html_of(renderer, issue(featured=chapter(1), sections=()), "series")
    assert "Part 1 of 5" in html
    assert "Start at" not in html
    assert "The story so far" not in html


def test_a_title_that_names_its_part_is_not_told_its_part_again(renderer: Renderer) -> None:
    """The series' head says how many parts there are."""
    known = chapter(2)
    place = known.series[0].place
    told = replace(known.series[0], label=place)  # what is above a title with the series' name
    later = (SectionView(title="", posts=(chapter(3),)),)
    for title, count in (("Greenhouse notes, part 2: Heat", 0), ("Greenhouse notes: Heat", 1)):
        made = issue(featured=replace(known, title=title, series=(told,)), sections=later)
        html, text = (write(renderer, made, "series") for write in (html_of, text_of))
        assert (html.count(place), text.count(place)) == (count, count)


def test_a_lone_part_is_told_its_place_by_the_head_alone(renderer: Renderer) -> None:
    made = issue(featured=chapter(3, series=chapter(3, None).series), sections=())
    html, text = (write(renderer, made, "series") for write in (html_of, text_of))
    assert (html.count("Part 3"), text.count("Part 3")) == (1, 1)


def test_a_series_of_unknown_length_has_no_line_of_progress(renderer: Renderer) -> None:
    html = html_of(renderer, issue(featured=chapter(3, None), sections=()), "series")
    assert ">Part 3</p>" in html
    assert 'class="done"' not in html


def test_two_series_in_one_issue_each_have_their_head(renderer: Renderer) -> None:
    other = chapter(2, 3, "Letters from the pond")
    html = html_of(
        renderer,
        issue(featured=chapter(3), sections=(SectionView(title="", posts=(other,)),)),
        "series",
    )
    assert "Letters from the pond</h2>" in html
    assert "Greenhouse notes</h2>" in html
    assert "Part 2 of 3" in html


def test_a_series_in_sections_keeps_them(renderer: Renderer) -> None:
    html = html_of(renderer, in_sections(), "series")
    assert "From the beds" in html
    assert "Dates for your diary" in html


def test_the_head_of_a_series_stands_once_however_its_parts_are_spread(renderer: Renderer) -> None:
    """Where its parts go on elsewhere, they name it in their labels."""
    made = issue(
        featured=chapter(2),
        sections=(
            SectionView(title="From the beds", posts=(chapter(3), post(1), chapter(4))),
            SectionView(title="People", posts=(chapter(5),)),
        ),
    )
    html, text = (write(renderer, made, "series") for write in (html_of, text_of))
    assert len(re.findall(r">Greenhouse notes</h", html)) == 1
    assert len(re.findall(r'<table role="presentation"[^>]*><tr><td class="done"', html)) == 1
    assert html.count("Greenhouse notes&#160;&#183;&#160;part") == 3
    assert text.count("Greenhouse notes\n=") == 1
    assert text.count("[#####]") == 1
    assert text.count("Greenhouse notes · part") == 3


def headings(html: str) -> list[tuple[int, str]]:
    found = re.findall(r"<h([1-6])[^>]*>(.*?)</h\1>", html, re.DOTALL)
    return [(int(level), re.sub(r"<[^>]*>", "", words).strip()) for level, words in found]


def test_a_post_of_no_series_is_set_apart_from_the_parts_before_it(renderer: Renderer) -> None:
    """To a reader who sees, to one who moves by headings, and in the text part."""
    html, text = (write(renderer, told_in_parts(), "series") for write in (html_of, text_of))
    assert headings(html)[1:] == [
        (2, "Greenhouse notes"),
        (3, "Vents, and when to open them"),
        (3, "The long bench"),
        (2, "Also this time"),
        (3, "Robins, and other regulars"),
    ]
    assert "\nAlso this time\n==============\n\nRobins" in text


def test_within_a_titled_section_a_line_sets_it_apart(renderer: Renderer) -> None:
    section = SectionView(title="From the beds", posts=(chapter(3), post(7)))
    made = issue(featured=post(0), sections=(section,))
    html, text = (write(renderer, made, "series") for write in (html_of, text_of))
    assert headings(html)[1:] == [
        (2, "What the frost left standing"),
        (2, "From the beds"),
        (3, "Greenhouse notes"),
        (4, "Vents, and when to open them"),
        (3, "Robins, and other regulars"),
    ]
    assert re.search(r"border-top:\s*3px.*Robins", html, re.DOTALL)
    assert "\n* * *\n\nRobins" in text
    assert "Also this time" not in html


def test_a_no_break_space_that_a_template_writes_is_kept(renderer: Renderer) -> None:
    """Outlook gives a cell without one no height."""
    progress = html_of(renderer, told_in_parts(), "series")
    assert len(re.findall(r'<td class="(?:done|ahead)"[^>]*>&#160;</td>', progress)) == 5


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("case", CASES)
def test_no_line_can_begin_or_end_with_a_dot(renderer: Renderer, template: str, case: str) -> None:
    """Facts are parted by a wide space, which is gone where the line turns."""
    html = unescape(html_of(renderer, CASES[case](), template))
    assert not re.search(r"·[^\S\u00a0]|[^\S\u00a0]·", html)


def test_below_its_head_a_title_that_tells_its_part_needs_no_label(renderer: Renderer) -> None:
    """Where the series' name is in other words than the title, its label is the name alone."""
    parts = [chapter(part, total=None, title=f"Moss news #{part}") for part in (4, 5)]
    first, second = (
        replace(shown, series=tuple(replace(view, label=view.name) for view in shown.series))
        for shown in parts
    )
    made = issue(featured=first, sections=(SectionView(title="", posts=(second,)),))
    page = unescape(html_of(renderer, made, "series"))
    assert "Part 4" not in page  # the head says how far the series has come
    assert page.count("Part 5") == 1
    assert 'class="label' not in page


# ---------------------------------------------------------------- earlier parts


def linked(page: str, part: int) -> int:
    """Return how often a page links a part of the usual series."""
    return len(re.findall(rf"https://garden\.example\.org/greenhouse-notes/{part}/", page))


@pytest.mark.parametrize("template", ["series", "weekly"])
@pytest.mark.parametrize("parts", [(4, 5), (5, 4), (7, 5), (5, 7), (6, 7, 5)])
def test_an_issue_links_each_earlier_part_once_and_none_that_stands_in_it(
    renderer: Renderer, template: str, parts: tuple[int, ...]
) -> None:
    """The last before the newest, in whatever order the issue tells its parts."""
    first, *rest = (chapter(part, total=None) for part in parts)
    made = issue(featured=first, sections=(SectionView(title="", posts=tuple(rest)),))
    for write in (html_of, text_of):
        page = write(renderer, made, template)
        earlier = [part for part in range(2, max(parts)) if part not in parts]
        assert [linked(page, part) for part in earlier[-3:]] == [1] * len(earlier[-3:])
        assert [linked(page, part) for part in earlier[:-3]] == [0] * len(earlier[:-3])
        assert [linked(page, part) for part in parts] == [1] * len(parts)
        assert linked(page, 1) == 1  # who comes late finds the start


@pytest.mark.parametrize(("parts", "bearer"), [((4, 5), 4), ((5, 4), 5), ((3, 5), 5)])
def test_earlier_parts_are_linked_under_the_first_post_that_follows_them(
    renderer: Renderer, parts: tuple[int, ...], bearer: int
) -> None:
    first, second = (chapter(part) for part in parts)
    text = text_of(
        renderer,
        issue(featured=first, sections=(SectionView(title="", posts=(second,)),)),
        "weekly",
    )
    above, _, below = text.partition(second.title)
    assert ("Earlier:" in above, "Earlier:" in below) == (bearer == parts[0], bearer == parts[1])


def test_a_post_shown_by_its_title_alone_bears_no_links_to_earlier_parts(
    renderer: Renderer,
) -> None:
    short = chapter(5, shown="title")
    made = issue(featured=post(0), sections=(SectionView(title="", posts=(short, chapter(4))),))
    page = html_of(renderer, made, "weekly")
    assert [linked(page, part) for part in (1, 2, 3)] == [1, 1, 1]


def test_a_post_that_is_earlier_in_two_series_is_linked_once(renderer: Renderer) -> None:
    told = chapter(3)
    (view,) = told.series
    both = replace(told, series=(view, replace(view, name="Glass and more", label="")))
    page = html_of(renderer, issue(featured=both, sections=()), "weekly")
    assert [linked(page, part) for part in (1, 2)] == [1, 1]


@pytest.mark.parametrize("template", ["briefing", "weekly"])
def test_without_an_earlier_part_elsewhere_there_is_no_line(
    renderer: Renderer, template: str
) -> None:
    made = issue(featured=chapter(2), sections=(SectionView(title="", posts=(chapter(1),)),))
    for write in (html_of, text_of):
        assert "Earlier" not in write(renderer, made, template)


@pytest.mark.parametrize("logo_dark", ["", "https://img.example.org/640x160/by-night.png"])
def test_a_logos_words_take_the_ink_of_a_dark_page(renderer: Renderer, logo_dark: str) -> None:
    html = html_of(
        renderer,
        issue(),
        "weekly",
        logo="https://img.example.org/640x160/by-day.png",
        logo_dark=logo_dark,
    )
    logos = [a for tag, a in outline(html).tags if tag == "img" and "/by-" in a["src"]]
    assert len(logos) == (2 if logo_dark else 1)
    assert all("ink" in logo["class"].split() for logo in logos)
    assert re.search(r"\.ink\s*{\s*color:[^}]*!important", html)


# ---------------------------------------------------------------- copies


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_copied_template_holds_what_a_designer_changes_and_renders_the_same(
    renderer: Renderer, tmp_path: Path, template: str
) -> None:
    """Not what all templates share; a copy of one of those parts still wins where it is laid."""
    folder = copy_template(tmp_path, template)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"issue.mjml.j2", "issue.txt.j2", "theme.toml", "partials/look.mjml.j2"} <= files
    assert len(files) <= 10
    copied = Renderer([tmp_path / "templates", SHIPPED])
    for case in ("sections", "series", "right-to-left"):
        made = dressed(renderer, CASES[case](), template)
        assert copied.render(made) == renderer.render(made)
    (folder / "partials" / "more.mjml.j2").write_text("{# nothing #}", "utf-8")
    (folder / "partials" / "masthead.mjml.j2").write_text("<mj-text>Mine</mj-text>", "utf-8")
    mine = Renderer([tmp_path / "templates", SHIPPED])
    assert ">Mine<" in html_of(mine, CASES["usual"](), template)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_post_without_an_address_is_shown_without_links(
    renderer: Renderer, template: str
) -> None:
    """An empty link would lead a reader nowhere, or to the email itself."""
    bare = [replace(shown, url="", series=()) for shown in plain_of(3).posts]
    made = issue(featured=bare[0], sections=(SectionView(title="", posts=tuple(bare[1:])),))
    html = html_of(renderer, made, template)
    assert 'href=""' not in html
    assert "Read on" not in html
    assert all(shown.title.split("'")[0] in html for shown in bare)
