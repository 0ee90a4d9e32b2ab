"""Reading HTML, CSS and messages: any bytes, places kept, nothing mended in silence, and soon done."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.checking import Case, judge, read_eml, read_html
from digest.checking.parsing import (
    Cascade,
    declarations,
    fold,
    looks,
    page_text,
    parse,
    read_message,
    sheet,
)
from digest.checking.parsing.paints import is_unknowable, paint, stops
from digest.errors import CheckError

PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div style='color:red'>", "</div>", "<table role=presentation>", "<tr>", "<td>", "</td>", "</table>",
        "<a href='https://a.example/'>", "</a>", "<!--[if mso]>", "<![endif]-->", "<!--", "-->", "<style>", "</style>",
        "a{color:#fff}", "@media (prefers-color-scheme:dark){", "}", "<img src=x>", "<li>", "<ul>", "{{ x }}", "*|", "|*",
        "&amp;", "&#0;", "<", ">", '"', "'", "=", "words", "\0", "\ufffd", "é", "<o:p>", "<svg/>", "<br/>", "<title>", "<h1>",
        "\n", "style=", "<p", "class=\"a", "/", "!important", "url(", ")", "{", "TK", "© 2020", "12 October 2026",
    ]
)  # fmt: skip


def test_places_are_lines_and_columns_of_the_source() -> None:
    page = parse("<p>One\n<b>two</b></p>")
    (bold,) = page.all("b")
    assert page.place(bold.start) == (2, 1)
    assert bold.parent is page.first("p")


@pytest.mark.parametrize(
    ("source", "mends"),
    [
        ("<p>a</p>", []),
        ("<ul><li>a<li>b</ul>", ["unclosed-optional", "unclosed-optional"]),
        ("<b>a<i>b</b></i>", ["unclosed", "stray-end"]),
        ("<p><div>a</div></p>", ["closed-early", "stray-end"]),
        ("<table><tr><td><b>a</td></tr></table>", ["unclosed"]),
        ("<div/>a", ["self-closed", "unclosed"]),
        ("<a href=x class=a class=b>c</a>", ["double-attribute"]),
        ("<table>a<tr><td>b</td></tr></table>", ["in-table"]),
        ("<a href=x><a href=y>b</a></a>", ["nested-link", "unclosed", "stray-end"]),
        ("<p title='a", ["broken-tag"]),
        ("a<!-- b", ["unclosed-comment"]),
        ("<svg><path/></svg><o:p/>", []),
    ],
)
def test_what_a_mail_program_mends_is_told(source: str, mends: list[str]) -> None:
    assert [mend.kind for mend in parse(source).mends] == mends


def test_an_unquoted_value_may_hold_quotes_and_slashes() -> None:
    (link,) = parse('<a href=https://a.example/?q="x" title=\'a "b"\'>c</a>').all("a")
    assert (link.get("href"), link.get("title")) == ('https://a.example/?q="x"', 'a "b"')


def test_raw_text_ends_only_at_its_own_end_tag() -> None:
    page = parse("<style>a>b{}</p></style><title>A &amp; B</title>")
    assert [node.text() for node in page.nodes] == ["a>b{}</p>", "A & B"]


def test_what_is_invisible_is_folded_away() -> None:
    assert fold("\u200c\u200c A\u00a0\u00a0b\u034f ") == "A b"


def test_declarations_survive_quotes_and_addresses() -> None:
    told = declarations("background:url(data:image/png;base64,AA==);content:'a;b';color:RED")
    assert [each.name for each in told] == ["background", "content", "color"]


def test_the_last_and_the_important_win() -> None:
    page = parse('<p class="a" id="b" style="color:#333333">x</p>')
    cascade = Cascade(
        page, [sheet("#b{color:#111111}.a{color:#222222 !important}p{color:#444444}")]
    )
    (node,) = page.all("p")
    assert cascade.declared(node)["color"] == "#222222"


@pytest.mark.parametrize(
    ("css", "light", "dark"),
    [
        ("@media (prefers-color-scheme:dark){p{color:#ffffff}}", "#000000", "#ffffff"),
        ("@media print{p{color:#ff0000}}", "#000000", "#000000"),
        ("@media screen and (max-width:480px){p{color:#ff0000}}", "#000000", "#000000"),
        ("@media (min-width:480px){p{color:#ff0000}}", "#ff0000", "#ff0000"),
        # the page is 600 pixels wide, an em of a query 16
        ("@media (min-width:600px){p{color:#ff0000}}", "#ff0000", "#ff0000"),
        ("@media (min-width:601px){p{color:#ff0000}}", "#000000", "#000000"),
        ("@media (max-width:600px){p{color:#ff0000}}", "#ff0000", "#ff0000"),
        ("@media (max-width:599px){p{color:#ff0000}}", "#000000", "#000000"),
        ("@media (max-width:37.5em){p{color:#ff0000}}", "#ff0000", "#ff0000"),
        ("@media (min-width:37.6rem){p{color:#ff0000}}", "#000000", "#000000"),
        ("@media (prefers-color-scheme:light){p{color:#ff0000}}", "#ff0000", "#000000"),
        ("@media print,(prefers-color-scheme:dark){p{color:#ffffff}}", "#000000", "#ffffff"),
        ("@media only screen{p{color:#ff0000}}", "#ff0000", "#ff0000"),
        ("@media (hover){p{color:#ff0000}}", "#000000", "#000000"),
        ("@supports (color:red){p{color:#ff0000}}", "#ff0000", "#ff0000"),
        ("@page{p{color:#ff0000}}", "#000000", "#000000"),
        ("div>p{color:#ff0000}", "#ff0000", "#ff0000"),
        ("div+p{color:#ff0000}", "#000000", "#000000"),
        ("[data-ogsc] p{color:#ff0000}", "#000000", "#000000"),
        ("p:hover{color:#ff0000}", "#000000", "#000000"),
        ("*{color:hsl(0 100% 50%)}", "#ff0000", "#ff0000"),
    ],
)
def test_rules_reach_whom_they_should(css: str, light: str, dark: str) -> None:
    page = parse("<div><p>words</p></div>")
    cascade = Cascade(page, [sheet(css)])
    (node,) = page.all("p")
    assert (looks(page, cascade)[node].ink, looks(page, cascade, "dark")[node].ink) == (light, dark)


def test_outlooks_dark_mode_reads_what_is_for_light() -> None:
    """It turns colours itself, and asks no query for dark ones."""
    page = parse("<p>words</p>")
    rules = "@media (prefers-color-scheme:{}){{p{{color:#ff0000}}}}"
    (node,) = page.all("p")
    for scheme, ink in (("light", "#ff0000"), ("dark", None)):
        declared = Cascade(page, [sheet(rules.format(scheme))]).declared(node, "outlook")
        assert declared.get("color") == ink


def test_half_transparent_ink_mixes_with_its_ground() -> None:
    page = parse('<p style="background:#ffffff;color:rgba(0,0,0,.5)">words</p>')
    (node,) = page.all("p")
    assert looks(page, Cascade(page, []))[node].ink == "#808080"


def test_a_message_is_read_with_its_parts_charsets_and_words() -> None:
    message = read_message(
        b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n =?utf-8?q?_vom_Land?=\r\n"
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n"
        b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHi\r\n'
        b"--b\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<p>Gr=FC=\r\n=DFe</p>\r\n--b--\r\n--a\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nx\r\n--a--\r\n"
    )
    html = message.part("text/html")
    assert html is not None
    assert html.text() == "<p>Grüße</p>"
    assert message.get("subject") == "Grüße vom Land"
    assert [part.disposition for part in message.parts] == ["", "", "attachment"]


def test_a_file_says_its_own_charset() -> None:
    page = '<meta charset="iso-8859-1"><p>Grüße</p>'.encode("latin-1")
    assert page_text(page).endswith("<p>Grüße</p>")
    assert page_text("\ufeff<p>é</p>".encode("utf-16-le")) == "<p>é</p>"
    assert page_text(b'<meta charset="no-such">\xff') == '<meta charset="no-such">\ufffd'


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_is_judged(source: str) -> None:
    judge(read_html(source.encode("utf-8", "surrogatepass") or b" ", "a.html"), {})


@settings(max_examples=100)
@given(
    st.binary(min_size=1, max_size=400),
    st.sampled_from([b"", b"Subject: a\n\n", b"A: b\nContent-Type: text/html\n\n"]),
)
def test_any_bytes_are_judged_or_refused_in_a_sentence(data: bytes, head: bytes) -> None:
    for read in (read_html, read_eml):
        try:
            judge(read(head + data, "a.eml"), {})
        except CheckError as error:
            assert "a.eml" in str(error)


HUGE = {
    "deep": "<div>" * 10_000 + "words",
    "deeper": "<table role=presentation><tr><td>" * 40_000,
    "open": "<p><b x=N>" * 100_000,
    "tags": "<a href=x>" * 100_000,
    "quotes": "<a b='\"" * 100_000,
    "comments": "<!--[if mso]>" * 80_000,
    "styles": "<style>"
    + ".a .b .c .d{color:red}" * 40_000
    + "</style>"
    + "<p class=d>x</p>" * 10_000,
    "braces": "<style>" + "{" * 400_000 + "</style>",
    "selectors": "<style>" + "a," * 200_000 + "b{color:red}</style><b>c</b>",
    "merge tags": "{{ " * 300_000,
    "stars": "*|" * 400_000,
    "words": "word " * 200_000,
    "dates": "until 12 October 2020 " * 40_000,
    "numbers": "1" * 1_000_000,
    "entities": "&amp;" * 200_000,
    "links": '<a href="https://a.example/">here</a> ' * 20_000,
    "declarations": '<p style="' + "color:red;" * 100_000 + '">x</p>',
    "brackets": "[[" * 400_000,
    "street": "1 a " * 250_000,
    "spaces": " " * 1_400_000,
}


@pytest.mark.parametrize("name", HUGE)
def test_a_monster_is_judged_within_five_seconds(name: str) -> None:
    began = time.process_time()
    judge(read_html(HUGE[name].encode(), "a.html"), {})
    assert time.process_time() - began < 5


def test_ten_megabytes_are_refused_in_a_sentence() -> None:
    with pytest.raises(CheckError, match="10,485,760 bytes is no email"):
        read_html(b"a" * 10 * 2**20, "a.html")


def test_a_message_of_ten_megabytes_is_judged_by_what_shows() -> None:
    head = b'Subject: A\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/html\n\n<p>Words</p>\n'
    picture = (
        b"--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n"
        + b"QUJD\n" * 2_000_000
        + b"--b--\n"
    )
    began = time.process_time()
    case = read_eml(head + picture, "a.eml")
    judge(case, {})
    assert case.html == "<p>Words</p>"
    assert time.process_time() - began < 5


def test_a_message_without_html_is_judged_by_its_headers() -> None:
    found = judge(read_eml(b"Subject: A\nFrom: a@gmail.com\n\nHello", "a.eml"), {})
    assert {"MIME-ORDER", "HDR-SET", "FROM-FREEMAIL"} <= {finding.rule for finding in found}
    assert not {"DOCTYPE", "LANG", "TITLE"} & {finding.rule for finding in found}


def test_a_case_without_a_page_can_be_made() -> None:
    assert judge(Case(None, name="a.eml"), {}) == ()


@given(
    st.lists(
        st.sampled_from(
            [*("rgb(", "hsl(", "hwb(", "lab(", "lch(", "oklab(", "oklch(", "color(", "light-dark("),
             *("color-mix(in ", "linear-gradient(", "lch", "hsl", "srgb", "display-p3", "xyz-d50"),
             *(")", ",", " ", "/", "%", "none", "red", "#fff", "#12345678", "1e999", "-1e999", "0"),
             *("1e-999", "50%", "120deg", "1e9turn", "canvas", "var(", "from ", "currentcolor")]
        ),
        max_size=16,
    ).map("".join)
)  # fmt: skip
def test_any_words_are_a_colour_or_none(value: str) -> None:
    found = paint(value)
    if found is not None:
        assert all(0 <= part <= 255 for part in found[:3])
        assert 0 <= found[3] <= 1
    assert isinstance(is_unknowable(value), bool)
    assert isinstance(stops(value), tuple)


@pytest.mark.parametrize("function", ["lab", "lch", "oklab", "oklch", "hwb", "hsl", "rgb"])
def test_numbers_without_end_are_a_colour(function: str) -> None:
    for number in ("1e999", "-1e999", "1e308", "1e-999"):
        assert paint(f"{function}({number} {number} {number} / {number})") is not None
