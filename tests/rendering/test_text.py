"""The text part: seventy-two columns, titles alone on their lines, no debris."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.issue import introduction
from digest.rendering import Renderer, dialect, fill
from digest.rendering.html_text import from_html
from digest.rendering.text import columns, facts, firm, one_line, unbroken, underline, wrap
from tests.rendering.issues import CASES, in_sections, issue, post


def text_of(renderer: Renderer, made: object = None, service: str = "plain") -> str:
    shown = made or issue()
    return fill(renderer.render(shown).text, dialect(service), shown)  # type: ignore[arg-type]


def test_every_title_stands_alone_in_its_own_case_and_a_long_one_is_wrapped(
    renderer: Renderer,
) -> None:
    title = "A title longer than seventy-two columns, in Which Some Words have Capitals, others not"
    made = issue(featured=post(0, title=title))
    text = text_of(renderer, made)
    assert (
        "\n\nA title longer than seventy-two columns, in Which Some Words have\nCapitals, others not\n---"
        in text
    )
    assert all(f"\n{shown.title}\n--" in text for shown in made.posts[1:])


def test_every_address_stands_alone_on_its_line(renderer: Renderer) -> None:
    made = in_sections()
    lines = [line.strip() for line in text_of(renderer, made).splitlines()]
    assert all(shown.url in lines for shown in made.posts)


def test_no_debris_in_any_case(renderer: Renderer) -> None:
    for make in CASES.values():
        text = text_of(renderer, make())
        assert "\n\n\n" not in text
        assert "<p" not in text
        assert "&#" not in text
        assert "None" not in text
        assert not any(line != line.rstrip() for line in text.splitlines())
        assert text.endswith("\n")


def test_merge_tags_are_filled_byte_for_byte_and_missing_ones_leave_nothing(
    renderer: Renderer,
) -> None:
    assert "\n*|UNSUB|*\n" in text_of(renderer, service="mailchimp")
    without = issue(web_url="")
    assert "View in your browser" not in text_of(renderer, without)


def test_prose_stays_within_seventy_two_columns(renderer: Renderer) -> None:
    prose = [line for line in text_of(renderer).splitlines() if "://" not in line]
    assert max(map(columns, prose)) <= 72


@settings(max_examples=150)
@given(st.text(alphabet=st.characters(exclude_characters="\u00a0")))
def test_wrapping_loses_no_word_and_no_line_is_too_wide(text: str) -> None:
    wrapped = wrap(text, 20)
    assert "".join(wrapped.split()) == "".join(text.split())
    for line in wrapped.splitlines():
        assert columns(line) <= 20 or len(line.split()) == 1


def test_wide_characters_count_two_columns_and_may_part() -> None:
    lines = wrap("庭の木は冬のあいだ静かに眠っています。春を待ちましょう。", 20).splitlines()
    assert len(lines) > 1
    assert max(map(columns, lines)) <= 22
    assert not any(line.startswith("。") for line in lines)


def test_an_underline_is_as_wide_as_its_title_but_not_wider_than_the_page() -> None:
    assert underline("園芸") == "園芸\n----"
    assert len(underline("x" * 200).splitlines()[1]) == 72
    assert underline("one two three", width=8) == "one two\nthree\n-------"
    assert underline("  ") == ""


@settings(max_examples=100)
@given(st.text())
def test_a_title_becomes_one_line(title: str) -> None:
    assert len(one_line(title).splitlines()) <= 1 or any(
        c in title for c in "\x1c\x1d\x1e\x85\u2028\u2029\x0b\x0c"
    )


def test_html_becomes_paragraphs_items_and_addresses() -> None:
    html = '<p>One &amp; <a href="https://example.org/?a=1&amp;b=2">two</a></p><ul><li>three</li><li>four</li></ul>'
    assert from_html(html) == "One & two <https://example.org/?a=1&b=2>\n\n- three\n- four"


def test_a_link_whose_words_are_its_address_says_it_once() -> None:
    assert (
        from_html('<p><a href="https://example.org/">https://example.org/</a></p>')
        == "https://example.org/"
    )


def test_a_heading_is_underlined_and_a_quotation_marked_on_each_line() -> None:
    html = (
        "<h2>The <em>gate</em></h2><p>It has a hinge.</p>"
        f"<blockquote><p>{'word ' * 30}</p><blockquote><p>inner</p></blockquote><ul><li>one</li></ul></blockquote>"
        "<p>after</p>"
    )
    lines = wrap(from_html(html)).splitlines()
    assert lines[:4] == ["The gate", "--------", "", "It has a hinge."]
    assert lines[-5:] == ["> > inner", ">", "> - one", "", "after"]
    quoted = [line for line in lines if line.startswith(">")]
    assert max(map(len, quoted)) <= 72
    assert sum(line.count("word") for line in quoted) == 30


@pytest.mark.parametrize(
    ("opened", "numbers"),
    [
        ("<ol reversed><li>a</li><li>b</li>", "3. a\n2. b\n1. c"),
        ('<ol><li>a</li><li value="4">b</li>', "1. a\n4. b\n5. c"),
        ('<ol start="-1"><li>a</li><li>b</li>', "-1. a\n0. b\n1. c"),
    ],
)
def test_a_list_is_counted_as_a_browser_counts_it(opened: str, numbers: str) -> None:
    assert from_html(f"{opened}<li>c</li></ol>", 72) == numbers


def test_lists_keep_their_numbers_and_their_depth() -> None:
    html = "<ol start=3><li>three<ul><li>a</li><li>b</li></ul></li><li>four</li></ol>"
    assert from_html(html) == "3. three\n   - a\n   - b\n4. four"


def test_a_table_stands_in_columns_or_row_by_row_where_it_is_too_wide() -> None:
    head = "<thead><tr><th>Day</th><th>Open</th></tr></thead>"
    row = "<tr><td>Monday</td><td>{}</td></tr>"
    assert from_html(f"<table>{head}{row.format('10 to 4')}</table>") == (
        "Day     Open\n------  -------\nMonday  10 to 4"
    )
    wide = from_html(f"<table>{head}{row.format('whenever somebody is there ' * 4)}</table>")
    assert wide.startswith("Day: Monday\nOpen: whenever")
    assert max(map(len, wide.splitlines())) <= 72


def test_cells_that_span_others_leave_the_rest_in_their_columns() -> None:
    head = "<tr><th colspan='2'>When</th><th>Who</th></tr>"
    rows = (
        "<tr><td rowspan='2'>Mon</td><td>ten</td><td>Ann</td></tr><tr><td>noon</td><td>Bo</td></tr>"
    )
    assert from_html(f"<table>{head}{rows}</table>") == (
        "When        Who\n----  ----  ---\nMon   ten   Ann\n      noon  Bo"
    )


def test_a_span_beyond_the_table_ends_with_it() -> None:
    table = "<table><tr><td rowspan='999' colspan='0'>a</td><td>b</td></tr></table>"
    assert from_html(table) == "a  b"


def test_a_link_within_the_page_shows_no_address() -> None:
    assert from_html("<p>Tea<a href='#fn1'>1</a></p>") == "Tea1"


def test_a_table_has_its_caption_and_an_address_stands_once() -> None:
    table = "<table><caption>Hours</caption><tr><th>Day</th></tr><tr><td>Mon</td></tr></table>"
    assert from_html(table) == "Hours\n\nDay\n---\nMon"
    assert from_html('<a href="mailto:a@b.example">a@b.example</a>') == "a@b.example"
    assert from_html('<a href="mailto:a@b.example">us</a>') == "us <mailto:a@b.example>"


def test_a_picture_says_what_it_shows_and_code_keeps_its_lines() -> None:
    html = '<p><img src="https://a.example/1.png" alt="The gate"></p><pre><code>a = 1\n  b</code></pre>'
    assert from_html(html) == "[The gate]\n\n    a = 1\n      b"


@pytest.mark.parametrize("names", range(1, 40))
def test_no_line_begins_or_ends_in_a_separator_and_no_date_breaks(names: int) -> None:
    told = facts(f"{('name ' * names).strip()}\n23\u00a0November\u00a02026\n4\u00a0min\u00a0read")
    assert told.count("23 November 2026") == told.count("4 min read") == 1
    for line in told.splitlines():
        assert line == line.strip(" ·")
        assert len(line) <= 72


def test_what_is_left_open_stays_readable() -> None:
    assert from_html("<blockquote><p>said") == "> said"
    assert from_html("a</blockquote></h2>b") == "a\n\nb"
    assert from_html("<blockquote></blockquote><h2> </h2>") == ""


@settings(max_examples=100)
@given(
    st.lists(
        st.sampled_from(
            ["<blockquote>", "</blockquote>", "<h2>", "</h2>", '<a href="x">', "</a>", "<p>", "w "]
        )
    )
)
def test_misnested_html_loses_no_word(pieces: list[str]) -> None:
    assert wrap(from_html("".join(pieces))).count("w") == pieces.count("w ")


@settings(max_examples=100)
@given(st.text())
def test_any_html_becomes_text_without_failing(html: str) -> None:
    assert isinstance(from_html(html), str)


def test_numbers_stand_under_each_other_where_the_editor_asked_for_it() -> None:
    told = introduction.to_html("| Bed | Kilos |\n|:--|--:|\n| Kale | 9 |\n| Leeks | 112 |\n", "")
    assert from_html(told) == "Bed    Kilos\n-----  -----\nKale       9\nLeeks    112"


@given(
    st.lists(st.sampled_from(["a", "bb", "it’s", "é", "—", "x" * 15, "\x021\x03"]), max_size=40),
    st.integers(8, 72),
    st.sampled_from(["", "  ", "    "]),
)
def test_lines_of_narrow_words_hold_as_many_as_fit(
    words: list[str], width: int, indent: str
) -> None:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else indent + word
        if lines and len(longer) > width:
            lines.append(indent + word)
        else:
            lines[-1:] = [longer]
    assert wrap(" ".join(words), width, indent) == "\n".join(lines)


@pytest.mark.parametrize(("characters", "is_whole"), [(32, True), (33, False)])
def test_a_few_words_stay_on_one_line(characters: int, is_whole: bool) -> None:
    words = ("moss " * 7)[: characters - 1] + "s"
    assert ("\u00a0" in unbroken(words)) is is_whole


@pytest.mark.parametrize(
    ("name", "is_whole"), [("Notes on gardens", True), ("Notes on gardener", False)]
)
def test_the_end_of_a_series_label_is_whole_on_a_phone(name: str, is_whole: bool) -> None:
    """Its last word and its place, if they are no more than 24 characters together."""
    place = "part number of 17"
    assert (f"\u00a0·\u00a0{place}".replace(" ", "\u00a0") in firm(f"{name} · {place}")) is is_whole
