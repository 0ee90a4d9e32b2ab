"""Themes, styled HTML, pictures and words: the small pure parts of rendering."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.editing.body import clean
from digest.errors import ConfigError
from digest.models import Image, ImageSize, replace
from digest.rendering import Renderer
from digest.rendering.look.pictures import fit, lead, thumbnail
from digest.rendering.look.styling import style
from digest.rendering.views.word import conditional
from digest.rendering.views.word import word as shown_by_word
from digest.rendering.words import labels, locales, shipped

# ---------------------------------------------------------------- themes


def test_a_theme_fills_in_what_is_not_told(renderer: Renderer) -> None:
    theme = renderer.theme("weekly", {"accent": "#A3C"})
    assert theme["accent"] == "#aa33cc"
    assert theme["surface"] == "#ffffff"


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("acent", "#000000", "Did you mean accent?"),
        ("accent", "greenish", "'greenish' is not a colour"),
        ("accent", '#000"><script>', "is not a colour"),
        ("radius", "4em", "is not a length"),
        ("title_font", "Georgia; } body {", "is not a list of fonts"),
    ],
)
def test_a_wrong_theme_value_says_what_would_be_right(
    renderer: Renderer, key: str, value: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)):
        renderer.theme("weekly", {key: value})


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("dark", ["", "dark_"])
@pytest.mark.parametrize("ground", ["surface", "canvas", "tint"])
@pytest.mark.parametrize("ink", ["ink", "quiet", "accent"])
def test_every_tone_is_readable_on_every_ground(
    renderer: Renderer, dark: str, ground: str, ink: str
) -> None:
    theme = renderer.theme("weekly", {})
    light, deep = sorted(
        (_luminance(theme[dark + ground]), _luminance(theme[dark + ink])), reverse=True
    )
    assert (light + 0.05) / (deep + 0.05) >= 4.5


# ---------------------------------------------------------------- styled HTML


def test_headings_move_below_theirs_and_skip_no_level() -> None:
    html = style("<h1>a</h1><h4>b</h4><h6>c</h6><h2>d</h2>", {}, under=2, width=552)
    assert re.findall(r"</?h(\d)", html) == ["3", "3", "4", "4", "5", "5", "4", "4"]


def test_pictures_fit_in_their_own_ratio_and_have_an_alt_text() -> None:
    html = style(
        '<img src="https://example.org/a.jpg" width="1104" height="600">', {}, under=2, width=552
    )
    assert 'alt=""' in html
    assert 'width="552" height="300"' in html


def test_attribute_values_that_look_like_tags_stay() -> None:
    html = '<a href="https://example.org/" title="<p>">x</a>'
    assert 'title="<p>"' in style(html, {}, under=1, width=552)


def test_a_table_says_what_its_headings_head_and_breaks_no_word() -> None:
    html = style(
        "<table><tr><th>Day</th><th>Open</th></tr><tr><th>Monday</th><td>10</td></tr></table>",
        {},
        under=1,
        width=552,
    )
    assert re.findall(r'scope="(\w+)"[^>]*>(\w+)', html) == [
        ("col", "Day"),
        ("col", "Open"),
        ("row", "Monday"),
    ]
    assert html.count("word-break:normal") == 4


def test_a_wide_table_scrolls_inside_and_one_within_it_does_not_again() -> None:
    inner = "<table><tr><td>b</td></tr></table>"
    html = style(f"<table><tr><td>a{inner}</td></tr></table>", {}, under=1, width=552)
    assert html.count("max-width:0") == html.count("overflow-x:auto") == 1
    assert html.count("<table") == html.count("</table>") == 3
    assert html.endswith("</table></div></td></tr></table>")


@pytest.mark.parametrize(("direction", "end"), [("ltr", "right"), ("rtl", "left")])
def test_a_tables_end_has_a_rule_however_far_a_reader_has_scrolled(
    direction: str, end: str
) -> None:
    """What scrolls within it would take its own last rule out of sight."""
    clean = "<table><tr><th>Day</th></tr><tr><td>Monday</td></tr></table>"
    html = style(clean, {"hairline": "#e0dacd"}, under=1, width=552, direction=direction)
    frame, *cells = re.findall(r"<t[dh][^>]*>", html)
    assert f"border-{end}:1px solid #e0dacd" in frame
    assert 'class="rule"' in frame  # a dark page has another
    assert all(f"border-{end}:0" in cell for cell in cells)


@pytest.mark.parametrize(
    ("clean", "parts"),
    [
        (f"<p>{'moss' * 9}</p>", 1),
        (f"<p>a {'moss' * 10} b</p>", 3),
        (f"<p>https://a.example/?{'q=1&amp;' * 10}</p>", 4),
        (f"<table><tr><td>{'moss' * 7}</td></tr></table>", 3),
        (f"<pre><code>{'moss' * 7}</code></pre>", 3),
        (f'<p><a href="https://a.example/{"moss" * 12}">a</a></p>', 1),
        (f"<p>{'苔' * 60}</p>", 1),
        (f"<p>{'ตะไคร่' * 12}</p>", 1),
        (f"<p>{'moss&#160;' * 12}</p>", 1),
    ],
)
def test_outlook_may_part_a_word_that_would_widen_its_page(clean: str, parts: int) -> None:
    """A letter written as an entity stays whole; addresses of links are no words."""
    html = style(clean, {}, under=1, width=552)
    pieces = html.split("<!--[if mso]>&#8203;<![endif]-->")
    assert len(pieces) == parts
    assert not any(re.search(r"&[#\w]*$", piece) for piece in pieces)
    assert style(clean, {}, under=1, width=552, for_browsers=True).count("mso") == 0


def test_what_stands_in_from_the_edge_does_so_in_outlook_too() -> None:
    html = style("<ul><li>a</li></ul><blockquote><p>b</p></blockquote>", {}, under=1, width=552)
    assert "margin:0 0 16px 24px" in html
    assert "margin:0 0 16px 16px" in html


def test_code_keeps_its_lines_where_white_space_is_not_known() -> None:
    clean = '<pre><code>if a:\n\tb = "x  y"\n\n <a href="https://a.example/">c</a></code></pre>'
    html = style(clean, {}, under=1, width=552)
    assert "white-space" not in html
    assert "<pre" not in html
    text = re.sub(r"<(?!br)[^>]*>", "", html)
    assert text == 'if a:<br />&#160;&#160;&#160; b = "x&#160; y"<br /><br />&#160;c'


def test_code_on_the_web_page_is_copied_as_it_was_written() -> None:
    html = style("<pre>if a:\n  b</pre>", {}, under=1, width=552, for_browsers=True)
    assert "white-space:pre-wrap" in html
    assert ">if a:\n  b</pre>" in html


def test_a_quotation_is_barred_on_the_side_it_starts() -> None:
    assert "border-right:3px" in style(
        "<blockquote>x</blockquote>", {}, under=1, width=552, direction="rtl"
    )


def test_outlook_too_sees_space_between_a_quotations_rule_and_its_words() -> None:
    """It puts no padding there, but keeps a paragraph's margin."""
    html = style("<blockquote><p>a</p></blockquote><p>b</p>", {}, under=1, width=552)
    assert '<p style="margin:0 0 16px 16px">a</p>' in html
    assert "padding" not in html
    assert '<p style="margin:0 0 16px">b</p>' in html


@settings(max_examples=100)
@given(st.text(alphabet="<>/p h1a=\"' x"))
def test_styling_never_fails(html: str) -> None:
    style(html, {}, under=1, width=552)


# ---------------------------------------------------------------- pictures


def test_the_nearest_file_of_the_same_ratio_is_taken_at_twice_the_size() -> None:
    sizes = tuple(
        ImageSize(url=f"{w}", width=w, height=h) for w, h in ((150, 150), (300, 200), (1200, 800))
    )
    image = Image(url="full", alt="a", width=3000, height=2000, sizes=sizes)
    assert fit(image, 128).url == "300"
    assert fit(image, 552).url == "1200"
    assert fit(image, 2000).url == "full"


def test_a_small_picture_is_not_enlarged_and_a_tall_one_not_distorted() -> None:
    small = fit(Image(url="a", width=200, height=100), 552)
    assert (small.width, small.height) == (200, 100)
    tall = fit(Image(url="a", width=1000, height=2000), 552, 480)
    assert (tall.width, tall.height) == (240, 480)


@pytest.mark.parametrize(
    ("place", "taken"),
    [(552, 1024), (128, 300), (300, 768), (600, 1024), (400, 768), (20, 300), (900, 2048)],
)
def test_of_wordpress_sizes_the_nearest_to_twice_the_place_is_taken(place: int, taken: int) -> None:
    """Never the cropped thumbnail, and no heavy original where a lighter file looks as sharp."""
    widths = ((150, 150), (300, 169), (768, 432), (1024, 576), (1536, 864), (2048, 1152))
    sizes = tuple(ImageSize(url=str(w), width=w, height=h) for w, h in widths)
    assert fit(Image(url="full", width=4000, height=2250, sizes=sizes), place).url == str(taken)


def test_a_picture_of_unknown_size_takes_the_width_alone() -> None:
    assert fit(Image(url="a"), 552).height is None


@settings(max_examples=100)
@given(st.integers(64, 9000), st.integers(64, 9000), st.integers(1, 600), st.integers(1, 600))
def test_a_picture_always_fits_in_whole_pixels(
    width: int, height: int, box: int, most: int
) -> None:
    shown = fit(Image(url="a", width=width, height=height), box, most)
    assert 1 <= shown.width <= min(box, width)
    assert shown.height is not None
    assert shown.height >= 1


@pytest.mark.parametrize("make", [lambda image: fit(image, 552), lambda i: lead(i, 552), thumbnail])
def test_neither_a_drawing_nor_an_icon_is_a_posts_picture(make: Callable[[Image], object]) -> None:
    """No webmail shows SVG, and a site's small sign says nothing about a post."""
    assert make(Image(url="https://a.example/sign.svg?v=2", width=800, height=600)) is None
    assert make(Image(url="https://a.example/smile.png", width=48, height=48)) is None
    assert make(Image(url="https://a.example/line.png", width=900, height=12)) is None


def test_a_newer_format_is_shown_only_where_there_is_no_other() -> None:
    sizes = (ImageSize(url="a-1024.jpg", width=1024, height=576),)
    newer = Image(url="a.webp", width=1600, height=900)
    assert lead(newer, 552).url == "a.webp"
    assert lead(replace(newer, sizes=sizes), 552).url == "a-1024.jpg"


@settings(max_examples=200)
@given(st.integers(64, 4000), st.integers(64, 4000))
def test_thumbnails_look_alike(width: int, height: int) -> None:
    """Equally wide, within a ratio, never distorted; what would be a strip is not shown."""
    shown = thumbnail(Image(url="a", width=width, height=height))
    if shown is None:
        assert not 2 / 3 <= width / height <= 2.5
    else:
        assert shown.width == min(128, width)
        assert shown.height == round(shown.width * height / width)


def test_of_a_strip_the_crop_is_shown_that_the_blog_offers() -> None:
    sizes = tuple(ImageSize(url=str(w), width=w, height=h) for w, h in ((150, 150), (300, 100)))
    shown = thumbnail(Image(url="full", width=3000, height=500, sizes=sizes))
    assert (shown.url, shown.width, shown.height) == ("150", 128, 128)


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((1600, 900), (552, 310)),  # as wide as the page
        ((1200, 1200), (320, 320)),  # a square or a portrait would fill the screen
        ((900, 1600), (180, 320)),
        ((530, 300), (552, 312)),  # nobody sees it grow
        ((400, 225), (400, 225)),  # a small one is not enlarged
    ],
)
def test_the_first_picture_is_wide_or_of_a_measured_height(
    size: tuple[int, int], shown: tuple[int, int]
) -> None:
    picture = lead(Image(url="a", width=size[0], height=size[1]), 552)
    assert (picture.width, picture.height) == shown


# ---------------------------------------------------------------- words


@pytest.mark.parametrize("language", shipped.tags())
def test_every_language_has_every_word_with_its_places(language: str) -> None:
    known = {"colon": ": "} | shipped.words(language)
    english = labels.words("en")
    assert set(english) <= set(known)
    for name, word in known.items():
        places = set(re.findall(r"{\w+}", english[name.partition(".")[0]]))
        told = set(re.findall(r"{\w+}", word))
        assert told == places or ("." in name and told <= places), (language, name)


def test_the_words_of_many_languages_are_shipped_and_a_region_finds_them() -> None:
    wanted = "nl it pt pt-br pl sv da nb fi cs el tr he fa hi th id ko zh-hans zh-hant de fr es"
    assert set(wanted.split()) <= set(shipped.tags())
    assert labels.words("no")["unsubscribe"] == labels.words("nb")["unsubscribe"]
    assert labels.words("zh-TW")["read_on"] != labels.words("zh-CN")["read_on"]
    assert labels.words("pt-BR")["why"] != labels.words("pt-PT")["why"]
    assert not labels.are_shipped("sw")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "23 November 2026"),
        ("de", "23. November 2026"),
        ("fr-CA", "23 novembre 2026"),
        ("es", "23 de noviembre de 2026"),
        ("cy", "23 Tachwedd 2026"),
        ("ja", "2026年11月23日"),
        ("ar", "23 نوفمبر 2026"),
        ("ar-EG", "٢٣ نوفمبر ٢٠٢٦"),
        ("fa", "۲۳ نوامبر ۲۰۲۶"),
        ("xx-nonsense", "23 November 2026"),
        ("", "23 November 2026"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(language: str, expected: str) -> None:
    assert labels.long_date(date(2026, 11, 23), language) == expected


@pytest.mark.parametrize("language", locales.LOCALES)
def test_what_is_written_down_of_a_language_is_what_babel_says(language: str) -> None:
    """Every day of two years, lists of two to four names, and the numbers around which grouping begins."""
    babel = labels._locale(language)
    for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(731)):
        assert labels.long_date(day, language) == format_date(day, format="long", locale=babel)
    for names in (["Ada", "Bo"], ["Ada", "Bo", "Cy"], ["Ada", "Bo", "Cy", "Di"]):
        assert labels.listed(names, language) == format_list(names, locale=babel)
    for value in (-3, 0, 7, 99, 100, 999, 1000, 12_345):
        assert labels.number(value, language) == format_decimal(value, locale=babel)


@pytest.mark.parametrize("language", ["hi", "he", "my", "th", "de-CH", "nl", "pt-PT", "tok"])
def test_other_languages_group_their_numbers_as_babel_does(language: str) -> None:
    for value in (0, 42, 99, 100, 999, 1000):
        assert labels.number(value, language) == format_decimal(
            value, locale=labels._locale(language)
        )


def test_series_and_reading_times_speak_the_language() -> None:
    assert labels.Wording("cy").part(2, 4) == "rhan 2 o 4"
    assert labels.Wording("fa").part(3, 4, 4) == "بخش ۳ (۴/۴)"
    assert labels.Wording("ar").reading_time(5) == "5 دقائق قراءة"
    assert labels.listed(["Ada", "Bo"], "fr") == "Ada et Bo"
    assert labels.Wording("fa").reading_time(5) == "۵ دقیقه مطالعه"


def test_the_direction_follows_the_script() -> None:
    assert labels.direction("ar-EG") == "rtl"
    assert labels.direction("az-Arab") == "rtl"
    assert labels.direction("cy") == "ltr"


@pytest.mark.parametrize("language", ["ar", "fa", "he", "ur", "yi", "ps", "ku-Arab", "HE", "fa_IR"])
def test_lines_of_these_run_from_the_right(language: str) -> None:
    assert labels.direction(language) == "rtl"


@pytest.mark.parametrize("language", ["ar-Latn", "ku-Latn", "az", "zh-Hant", "en-GB", "", "tlh"])
def test_lines_of_these_run_from_the_left(language: str) -> None:
    assert labels.direction(language) == "ltr"


@settings(max_examples=100)
@given(st.text(alphabet="{}nx ab"), st.text())
def test_a_label_takes_any_value(pattern: str, value: str) -> None:
    assert labels.put("a {n} b", n=value) == f"a {value} b"
    assert labels.put(pattern, other="x").count("{") == pattern.count("{")


def test_code_has_room_on_its_ground_in_outlook_too() -> None:
    """It puts padding in cells alone."""
    html = style("<pre><code>a = 1</code></pre><p>b</p>", {}, under=1, width=552)
    shown = shown_by_word(html)
    assert re.search(r'<td class="tint" style="padding:16px;background-color:[^"]*">', shown)
    assert "font-family:'Consolas'" in shown
    assert 'role="presentation"' in shown


@pytest.mark.parametrize("block", ["<table><tr><td>x</td></tr></table>", "<pre>x</pre>"])
@pytest.mark.parametrize(
    "follows", ["<p>a</p>", "<blockquote>a</blockquote>", "<ul><li>a</li></ul>"]
)
def test_what_follows_a_table_keeps_its_distance_in_outlook_too(block: str, follows: str) -> None:
    html = style(block + follows, {}, under=1, width=552)
    assert '</table><p style="margin:0;font-size:16px' in conditional(html)


def test_a_table_before_a_heading_or_at_the_end_needs_no_more_room() -> None:
    table = "<table><tr><td>x</td></tr></table>"
    html = style(f"{table}<h2>a</h2>{table}", {}, under=1, width=552)
    assert "mso" not in html


@pytest.mark.parametrize(
    "cell",
    [
        '<td align="right">9</td>',
        '<td style="text-align: right">9</td>',
        '<td class="has-text-align-right" data-align="right">9</td>',
        '<td class="has-text-align-right">9</td>',
    ],
)
def test_a_column_of_numbers_keeps_its_side(cell: str) -> None:
    cleaned = clean(f"<table><tr><td>Beans</td>{cell}</tr></table>").html
    html = style(cleaned, {}, under=1, width=552)
    assert re.search(r'<td class="rule" style="[^"]*;text-align:right">9', html)
    assert "align=" not in html


def test_a_list_in_a_list_leaves_no_hole_below_it() -> None:
    html = style("<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>", {}, under=1, width=552)
    assert '<ol style="margin:8px 0 0 24px' in html


def test_a_heading_that_comes_first_has_no_white_space_of_its_own_above() -> None:
    html = style("<h2>a</h2><p>b</p><h2>c</h2>", {}, under=1, width=552)
    assert re.findall(r"margin:(\d+)(?:px)? 0 8px", html) == ["0", "24"]
