"""Templates: sandboxed, content as tokens, and errors that name file, line and expression."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.errors import TemplateError, UsageError
from digest.models import Issue, replace
from digest.rendering import Renderer, dialect, fill
from tests.golden import hold_lines
from tests.rendering.conftest import SHIPPED
from tests.rendering.issues import issue, post

Own = Callable[..., Renderer]
MINE = replace(issue(), template="mine")


def mjml(text: str = "", head: str = "") -> str:
    """Return a template of one text block, on line 4."""
    return (
        f"<mjml>\n<mj-head>{head}</mj-head><mj-body><mj-section>\n<mj-column>\n"
        f"<mj-text>{text}</mj-text>\n</mj-column></mj-section></mj-body></mjml>"
    )


def html_of(renderer: Renderer, made: Issue = MINE, service: str = "plain") -> str:
    return fill(renderer.render(made).email, dialect(service), made)


def fault(renderer: Renderer, made: Issue = MINE) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        renderer.render(made)
    return caught.value


# ---------------------------------------------------------------- what comes through


def test_a_filter_works_on_the_value_not_on_its_token(own: Own) -> None:
    assert "WHAT THE FROST" in html_of(own(mjml("{{ issue.subject | upper }}")))


def test_constants_are_content_too(own: Own) -> None:
    assert "&lt;b&gt;6" in html_of(own(mjml("{{ '<b>' }}{{ 5 + 1 }}")))


def test_macros_set_blocks_includes_and_super_pass_as_markup(own: Own) -> None:
    base = mjml("{% block words %}<em>{{ issue.subject }}</em>{% endblock %}")
    child = (
        '{% extends "mine/base.mjml.j2" %}{% block words %}{{ super() }}'
        "{% macro strong(x) %}<strong>{{ x }}</strong>{% endmacro %}{{ strong('<3') }}"
        '{% set kept %}<i>{{ issue.number }}</i>{% endset %}{{ kept }}{% include "part.j2" %}{% endblock %}'
    )
    page = html_of(
        own(child, **{"mine/base.mjml.j2": base, "mine/part.j2": "<u>{{ issue.date }}</u>"})
    )
    for markup in ("<em>What the frost", "<strong>&lt;3</strong>", "<i>12</i>", "<u>23 November"):
        assert markup in page


def test_post_html_is_styled_and_keeps_its_tags(own: Own) -> None:
    made = replace(
        MINE, featured=post(0, body='<h1>A</h1><p>b <a href="https://example.org/">c</a></p>')
    )
    page = html_of(own(mjml("{{ issue.featured.body }}")), made)
    assert '<h3 class="ink" style="' in page
    assert 'text-decoration:underline">c</a>' in page


def test_a_region_wraps_whole_elements_and_drops_them_where_the_slot_is_empty(own: Own) -> None:
    column = (
        "{% given slots.first_name %}<mj-text>Hello {{ slots.first_name }}</mj-text>{% endgiven %}"
    )
    renderer = own(mjml("Words").replace("<mj-column>", f"<mj-column>{column}"))
    assert "Hello *|IF:FNAME|**|FNAME|**|ELSE:|*there*|END:IF|*" in html_of(
        renderer, service="mailchimp"
    )
    assert "Hello" not in html_of(renderer)
    assert "Words" in html_of(renderer)


def test_the_web_page_has_no_personal_slot(own: Own) -> None:
    region = "{% given slots.first_name %}Hello{% otherwise %}Welcome{% endgiven %}"
    page = fill(own(mjml(region)).render(MINE).web, dialect("mailchimp"), MINE)
    assert "Welcome" in page
    assert "Hello" not in page


def test_whole_numbers_may_stand_in_css_and_words_may_not(own: Own) -> None:
    styled = mjml('<p style="width: {{ issue.number }}px">x</p>')
    assert "width:12px" in html_of(own(styled))
    assert "whole number" in fault(own(mjml('<p style="color: {{ issue.subject }}">x</p>'))).message


def test_an_address_that_is_a_script_is_left_empty(own: Own) -> None:
    made = replace(MINE, featured=post(0, url="java\tscript:alert(1)"))
    assert '<a href="">' in html_of(own(mjml('<a href="{{ issue.featured.url }}">x</a>')), made)


def test_a_project_overrides_one_part_of_a_shipped_template(tmp_path: Path) -> None:
    part = tmp_path / "weekly/partials/masthead.mjml.j2"
    part.parent.mkdir(parents=True)
    part.write_text("<mj-text><h1>Our own head</h1></mj-text>")
    assert "Our own head" in html_of(Renderer([tmp_path, SHIPPED]), issue())
    part.write_text("<mj-text><h1>Changed since</h1></mj-text>")
    assert "Changed since" in html_of(Renderer([tmp_path, SHIPPED]), issue())


def test_a_project_extends_the_shipped_template_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "weekly").mkdir()
    child = '{% extends "shipped/weekly/issue.mjml.j2" %}{% block footer %}{% endblock %}'
    (tmp_path / "weekly/issue.mjml.j2").write_text(child)
    page = html_of(Renderer([tmp_path, SHIPPED]), issue())
    assert "The Walled Garden" in page
    assert "Orchard Lane" not in page


# ---------------------------------------------------------------- what is refused

CLASSES = re.compile(
    r"object|Namespace|NoneType|View\\b|digest\\.|jinja|lambda|\\bstr\\b|\\bint\\b|\\btuple\\b"
)


def test_what_is_not_there_is_told_by_its_name_and_never_by_its_class(own: Own) -> None:
    """As `absent.txt` lists it: by the first issue that is rendered, and by each after that."""

    def told(_: str, text: str) -> str:
        renderer, made = own(mjml(text)), replace(MINE, featured=None)
        first, again = fault(renderer, made), fault(renderer, made)
        assert str(first) == str(again)  # though now the compiled template asks itself
        assert not CLASSES.search(first.message)
        return str(first)

    hold_lines(Path(__file__).with_name("absent.txt"), told)


def test_a_slot_on_the_web_page_tells_how_it_is_written(own: Own) -> None:
    renderer = own(mjml("{{ slots.unsubscribe }}"))
    told = "on the web page there are no slots: write {% given slots.unsubscribe %}"
    assert fault(renderer).message.startswith(told)
    assert fault(renderer).where == "mine/issue.mjml.j2:4"


@pytest.mark.parametrize(
    "name", ["mine/issue.mjml.j2", "mine/issue.txt.j2", "mine/part.j2", "mine/theme.toml"]
)
def test_a_file_that_is_not_utf_8_is_named(own: Own, tmp_path: Path, name: str) -> None:
    renderer = own(mjml('{% include "part.j2" %}'), **{"mine/part.j2": "", name: ""})
    (tmp_path / "templates" / name).write_bytes("\n# Grüße\n".encode("latin-1"))
    error = fault(renderer)
    assert error.where.endswith(f"{name}:2")
    assert str(error).endswith("the byte 0xfc is not UTF-8. Save the file as UTF-8 in your editor.")


def test_a_template_may_begin_with_a_byte_order_mark(own: Own) -> None:
    assert "<h1>" not in html_of(own(f"\ufeff{mjml('x')}"))


@pytest.mark.parametrize(
    "expression",
    [
        "'x' * 999999999",
        "999999999 * 'x'",
        "[1] * 99999999",
        "9 ** 9999999",
        "'%999999999d' % 1",
        "'%*d' % (999999999, 1)",
        "'x'.center(999999999)",
        "'x'.zfill(999999999)",
        "range(999999999) | list",
    ],
)
def test_no_expression_fills_the_memory(own: Own, expression: str) -> None:
    error = fault(own(mjml(f"{{{{ {expression} }}}}")))
    assert error.where == "mine/issue.mjml.j2:4"
    assert re.search("too large|too big|is the most", error.message)


def test_a_text_that_doubles_again_and_again_is_refused(own: Own) -> None:
    doubling = "{% set all = namespace(x='x') %}{% for _ in range(60) %}{% set all.x = all.x + all.x %}{% endfor %}"
    assert "is the most" in fault(own(mjml(doubling))).message


def test_reckoning_goes_on_as_ever(own: Own) -> None:
    page = html_of(
        own(
            mjml(
                "{{ 2 * 3 + 4 ** 2 }}{{ '-' * 3 }}{{ '%03d' % 7 }}{{ ([1] + [2]) | join('') }}{{ 2 ** -1 }}"
            )
        )
    )
    assert "22---007120.5" in page


IN_PLACE = {
    "in <mj-text>": mjml,
    "in <mj-body>": lambda markup: f"<mjml><mj-body>\n{markup}\n</mj-body></mjml>",
    "in <mj-column>": lambda markup: (
        f"<mjml><mj-body><mj-section><mj-column>\n{markup}\n</mj-column></mj-section></mj-body></mjml>"
    ),
    "in <mj-style>": lambda css: STYLED.format(css),
}
"""What a designer writes somewhere, as a whole template."""


def test_each_slip_is_told_with_template_and_line(own: Own) -> None:
    """`slips.txt` shows what designers write, and below it all that they are told."""
    hold_lines(
        Path(__file__).with_name("slips.txt"),
        lambda place, written: str(fault(own(IN_PLACE[place](written)))),
    )


def test_every_place_that_mjml_allows_is_allowed(own: Own) -> None:
    hero = "<mj-hero><mj-text>in a hero</mj-text></mj-hero>"
    row = (
        "<mj-section><mj-group><mj-column><mj-social><mj-social-element name='web' href='#'>w</mj-social-element>"
        "</mj-social></mj-column><mj-column><mj-navbar><mj-navbar-link href='#'>in a bar</mj-navbar-link>"
        "</mj-navbar></mj-column></mj-group></mj-section>"
    )
    raw = "<mj-raw><p>raw</p></mj-raw>"
    head = "<mj-head><mj-attributes><mj-text color='#000000' /><mj-all padding='0' /></mj-attributes></mj-head>"
    page = html_of(
        own(f"<mjml>{head}<mj-body>{raw}<mj-wrapper>{row}{raw}</mj-wrapper>{hero}</mj-body></mjml>")
    )
    assert all(words in page for words in ("in a hero", "in a bar", ">w<", "raw"))


@pytest.mark.parametrize("splice", ["", "{% set x = 1 %}\n"])
def test_a_block_that_no_parent_has_is_refused(own: Own, splice: str) -> None:
    child = f'{splice}{{% extends "shipped/weekly/issue.mjml.j2" %}}\n{{% block introductio %}}x{{% endblock %}}'
    error = fault(own(child, **{"mine/theme.toml": 'base = "paper"'}))
    assert "has no block introductio" in error.message
    assert "did you mean introduction?" in error.message
    assert error.where == f"mine/issue.mjml.j2:{2 + splice.count(chr(10))}"


def test_blocks_of_parents_and_blocks_within_blocks_are_known(own: Own) -> None:
    base = mjml("{% block outer %}{% endblock %}{% block other %}{% endblock %}")
    middle = (
        '{% extends "mine/base.j2" %}{% block outer %}{% block inner %}{% endblock %}{% endblock %}'
    )
    child = '{% extends "mine/middle.j2" %}{% block inner %}in{% endblock %}{% block other %}oth{% endblock %}'
    page = html_of(own(child, **{"mine/base.j2": base, "mine/middle.j2": middle}))
    assert "in" in page
    assert "oth" in page


def test_a_parent_whose_block_goes_is_noticed_by_what_was_compiled(tmp_path: Path) -> None:
    templates, compiled = tmp_path / "templates", tmp_path / "compiled"
    (templates / "mine").mkdir(parents=True)
    (templates / "mine/issue.mjml.j2").write_text(
        '{% extends "mine/base.j2" %}{% block a %}x{% endblock %}'
    )
    (templates / "mine/issue.txt.j2").write_text("x")
    (templates / "mine/base.j2").write_text(mjml("{% block a %}{% endblock %}"))
    Renderer([templates], compiled=compiled).render(MINE)
    (templates / "mine/base.j2").write_text(mjml("{% block b %}{% endblock %}"))
    assert "has no block a" in fault(Renderer([templates], compiled=compiled)).message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ labels.issue | put(m=2) }}", "labels.issue has no place {m}; "),
        ("{{ labels.issue | put(nn=2) }}", "did you mean n?"),
        ("{{ labels.issue | put }}", "nothing is put into {n} of labels.issue: write put(n=…)"),
        ("{{ labels.part_of | put(n=1) }}", "nothing is put into {total} of labels.part_of"),
        ("{{ 'of {a}' | put(b=1) }}", '"of {a}" has no place {b}'),
    ],
)
def test_a_label_whose_places_are_not_filled_is_refused(own: Own, text: str, message: str) -> None:
    error = fault(own(mjml(text)))
    assert message in error.message
    assert error.where == "mine/issue.mjml.j2:4"


def test_a_newsletters_own_words_may_leave_a_place_out(own: Own) -> None:
    made = replace(MINE, labels={"issue": "Our letter"})
    assert "Our letter" in html_of(own(mjml("{{ labels.issue | put(n=issue.number) }}")), made)


@pytest.mark.parametrize("quote", ["'", '"'])
@pytest.mark.parametrize(
    ("before", "subject", "is_kept"),
    [
        ("", "javascript:alert(1)", False),
        ("", "https://letter.example/", True),
        # further on it cannot say any more what the address is
        ("https://s.example/?about=", "re:moss", True),
        ("mailto:?subject=", "javascript:alert(1)", True),
    ],
)
def test_a_value_begins_no_address_that_runs_a_script(
    own: Own, quote: str, before: str, subject: str, is_kept: bool
) -> None:
    address = f"{quote}{before}{{{{ issue.subject }}}}{quote}"
    html = html_of(own(mjml(f"<a href={address}>x</a>")), replace(MINE, subject=subject))
    assert (f'href="{before}{subject}"' in html) is is_kept
    assert (f'href="{before}"' in html) is not is_kept


@pytest.mark.parametrize(
    ("css", "message"),
    [
        (".a { color: red", "a } is missing: 1 { against 0"),
        (".a { color: red font-size: 20px }", "a ; is missing before font-size"),
        ("@media (max-width 480px) { .a { color: red } }", "a : is missing after max-width"),
        (".a > { color: red }", "a selector ends in >"),
        (".a { color: red !importnat }", "only !important stands behind"),
        ("// big\n.a { color: red }", "a style sheet knows no //"),
        (".a { text-align: centre }", "did you mean center?"),
        (".a { color: theme.accent }", "write {{ theme.accent }}"),
        (".a { font-size: 1,5em }", "write font-size: 1.5em"),
        (".a { border: 1 solid red }", "write border: 1px solid red"),
    ],
)
def test_a_slip_in_a_sheet_behind_an_included_partial_is_told_in_its_own_file(
    own: Own, css: str, message: str
) -> None:
    """Jinja takes the end of the line away that an include stands on: two files share one."""
    page = mjml("x", f'{{% include "partials/metadata.mjml.j2" %}}\n<mj-style>{css}</mj-style>')
    error = fault(own(page))
    assert message in error.message
    assert error.where == "mine/issue.mjml.j2:3"


@pytest.mark.parametrize(
    ("css", "message"),
    [
        (".a { margin:: 4px; }", '"margin:: 4px" cannot be read'),
        (".a { margin=4px; }", '"margin=4px" cannot be read'),
        (".a { color: rgb(1, 2; }", "the style sheet cannot be read"),
        (".a { .b { color: red; } }", '".b" stands in another rule'),
        ("@media (max-width: 9px) { .a { color: red } }", "@media cannot be put on an element"),
        ("a:hover { color: red }", ":hover cannot be put on an element"),
    ],
)
def test_what_of_a_sheet_could_not_be_put_on_elements_is_told(
    own: Own, css: str, message: str
) -> None:
    """The inliner would drop it in silence; asked a second time it tells it again."""
    page = mjml("x", f'<mj-style inline="inline">\n{css}</mj-style>')
    for _ in range(2):
        error = fault(own(page))
        assert message in error.message
        assert error.where.startswith("mine/issue.mjml.j2:")


@pytest.mark.parametrize(
    ("widths", "message"),
    [
        (("150%",), "a column of 150% is wider than its row"),
        (("60%", "60%"), "come to 120 %"),
        (("80%", ""), "come to 130 %"),
        (("350px", "350px"), "come to 117 %"),
        (("half",), 'width="half" says nothing'),
        (("50", "50"), 'width="50" says nothing'),
        (("0%",), 'width="0%" says nothing'),
    ],
)
def test_columns_that_do_not_fit_their_row_are_refused(
    own: Own, widths: tuple[str, ...], message: str
) -> None:
    columns = "".join(f"<mj-column{f' width={w!r}' if w else ''}></mj-column>" for w in widths)
    page = f"<mjml><mj-body>\n<mj-section>\n{columns}\n</mj-section></mj-body></mjml>"
    assert message in fault(own(page)).message


@pytest.mark.parametrize("widths", [("33.34%",) * 3, ("50%", "50%"), ("200px", "400px"), ("",) * 5])
def test_columns_that_fill_their_row_are_taken(own: Own, widths: tuple[str, ...]) -> None:
    columns = "".join(f"<mj-column{f' width={w!r}' if w else ''}></mj-column>" for w in widths)
    own(f"<mjml><mj-body><mj-section>{columns}</mj-section></mj-body></mjml>").render(MINE)


def test_a_class_that_is_nearly_one_of_the_sheets_is_refused(own: Own) -> None:
    head = "<mj-style>.lead { color: red }</mj-style>"
    error = fault(own(mjml("<p class='laed'>x</p>", head)))
    assert error.message == "no style knows the class laed; did you mean lead?"
    assert "kept" in html_of(own(mjml("<p class='hook'>kept</p>", head)))


def test_words_outside_the_blocks_of_a_template_that_extends_are_refused(own: Own) -> None:
    child = '{% extends "shipped/weekly/issue.mjml.j2" %}\n{# a note #}\n<p>lost</p>\n'
    error = fault(own(child))
    assert error.message.startswith('"<p>lost</p>" stands in no block')
    assert error.where.startswith("mine/issue.mjml.j2:")


def test_blanks_that_an_include_left_in_the_head_are_nothing(own: Own) -> None:
    head = "<mj-title>t</mj-title>    \n  "
    assert "x" in html_of(own(mjml("x", head)))


def test_text_that_stands_in_the_head_is_told_where_it_stands(own: Own) -> None:
    """The head begins in another file than the style that was put beside <mj-style>."""
    error = fault(own(mjml("x", "\n<mj-title>t</mj-title>\n.b { color: red }\n")))
    assert error.message.endswith("put it in <mj-style>")
    assert error.where == "mine/issue.mjml.j2:4"


def test_an_element_of_html_that_is_left_open_in_the_head_is_the_one_to_blame(own: Own) -> None:
    error = fault(own(mjml("x", '\n<link rel="stylesheet" href="a.css">\n')))
    assert error.message.startswith("<link> cannot stand directly in <mj-head>")
    assert error.where == "mine/issue.mjml.j2:3"


def test_a_template_that_extends_what_is_not_there_is_itself_to_blame(own: Own) -> None:
    error = fault(own('{# a note #}\n{% extends "shipped/wekly/issue.mjml.j2" %}'))
    assert error.message == (
        "there is no template shipped/wekly/issue.mjml.j2; "
        "did you mean shipped/weekly/issue.mjml.j2?"
    )
    assert error.where == "mine/issue.mjml.j2:2"


def test_what_stands_for_all_components_is_held_to_what_any_of_them_knows(own: Own) -> None:
    head = "<mj-attributes><mj-all font-famly='Arial' /></mj-attributes>"
    assert "did you mean font-family?" in fault(own(mjml("x", head))).message
    head = "<mj-attributes><mj-class name='big' color='#111111' /></mj-attributes>"
    assert "x" in html_of(own(mjml("</mj-text><mj-text mj-class='big'>x", head)))


def test_a_tag_left_open_at_the_end_of_a_partial_is_told_there(own: Own, tmp_path: Path) -> None:
    """The end of an included file and what follows it share a line of the page."""
    made = own(mjml("x</mj-text>{% include 'partials/bold.mjml.j2' %}\n<mj-text>y"))
    partial = next(tmp_path.rglob("mine/issue.mjml.j2")).parent / "partials" / "bold.mjml.j2"
    partial.parent.mkdir(exist_ok=True)
    partial.write_text("<mj-text>\n<b>x</mj-text>\n")
    assert fault(made).where == "mine/partials/bold.mjml.j2:2"


def test_a_second_body_is_the_one_to_blame(own: Own) -> None:
    page = mjml("x").replace("</mj-body>", "</mj-body>\n<mj-body></mj-body>")
    error = fault(own(page))
    assert error.message.startswith("a page has one <mj-body>")
    assert error.where == "mine/issue.mjml.j2:6"


@pytest.mark.parametrize("name", ["title", "preview"])
def test_a_second_of_what_a_page_has_once_is_the_one_to_blame(own: Own, name: str) -> None:
    head = f"<mj-{name}>a</mj-{name}>\n<mj-{name}>b</mj-{name}>"
    error = fault(own(mjml("x", head)))
    assert error.message.startswith(f"a page has one <mj-{name}>, and this is another")
    assert error.where == "mine/issue.mjml.j2:3"


def test_a_page_without_a_body_is_refused(own: Own) -> None:
    assert "needs an <mj-body>" in fault(own("<mjml><mj-head></mj-head></mjml>")).message


def test_an_empty_template_is_told_as_one(own: Own) -> None:
    assert "the file is empty" in fault(own("\n")).message


@pytest.mark.parametrize(
    "escape",
    [
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ issue.__class__.__init__.__globals__ }}",
        "{{ (issue | attr('__class__')).mro() }}",
        "{{ '{0.__class__}'.format(issue) }}",
        "{{ slots.unsubscribe.__class__.__init__.__globals__ }}",
        "{{ lipsum.__globals__['os'] }}",
        "{% set _ = issue.labels.update({'a': 'b'}) %}",
        "{{ range(10 ** 9) | list }}",
    ],
)
def test_the_sandbox_holds(own: Own, escape: str) -> None:
    """Whatever a template tries, it is refused at its line or comes to nothing."""
    try:
        page = html_of(own(mjml(escape)))
    except TemplateError as exc:
        assert exc.where == "mine/issue.mjml.j2:4"
    else:
        assert not re.search(r"uid=\d|module|subclasses|digest\.models", page)


def test_a_fault_in_a_partial_that_templates_share_names_its_file(tmp_path: Path) -> None:
    part = tmp_path / "partials/footer.mjml.j2"
    part.parent.mkdir()
    for broken, where in (
        ("<mj-section>\n{{ issue.nothing }}", "partials/footer.mjml.j2:2"),
        ("<mj-section>\n<mj-colum></mj-colum></mj-section>", "partials/footer.mjml.j2:2"),
        ("\n\n{% if %}", "partials/footer.mjml.j2:3"),
    ):
        part.write_text(broken)
        assert fault(Renderer([tmp_path, SHIPPED]), issue()).where == where


def test_one_footer_of_the_projects_own_serves_every_template(tmp_path: Path) -> None:
    part = tmp_path / "partials/footer.mjml.j2"
    part.parent.mkdir()
    part.write_text(
        "<mj-section><mj-column><mj-text>Our own foot</mj-text></mj-column></mj-section>"
    )
    renderer = Renderer([tmp_path, SHIPPED])
    for template in ("weekly", "briefing", "series"):
        assert "Our own foot" in html_of(renderer, replace(issue(), template=template))


def test_a_value_in_a_style_sheet_is_refused(own: Own) -> None:
    error = fault(own(mjml("x", "<mj-style>.a { color: {{ issue.subject }} }</mj-style>")))
    assert "style sheet" in error.message
    assert error.where == "mine/issue.mjml.j2:2"


def test_a_fault_in_an_included_part_names_the_part(own: Own) -> None:
    part = "<p>\nfine</p>\n<p>{{ issue.nothing }}</p>"
    error = fault(own(mjml('{% include "part.j2" %}'), **{"mine/part.j2": part}))
    assert error.where == "mine/part.j2:3"
    error = fault(own(mjml('{% include "part.j2" %}'), **{"mine/part.j2": "<p>\n<b>fine</i></p>"}))
    assert error.where == "mine/part.j2:2"


def test_a_syntax_error_names_its_line(own: Own) -> None:
    assert fault(own(mjml("{% if %}"))).where == "mine/issue.mjml.j2:4"


def test_deep_nesting_is_refused_rather_than_crashing(own: Own) -> None:
    assert "deep" in str(fault(own(mjml("<b>" * 150 + "x" + "</b>" * 150)))).lower()
    assert "deep" in str(fault(own(mjml("<b>" * 20_000 + "x" + "</b>" * 20_000)))).lower()


def test_a_template_that_includes_itself_is_refused(own: Own) -> None:
    assert "itself" in str(fault(own(mjml('{% include "mine/issue.mjml.j2" %}'))))


def test_what_is_no_mjml_is_refused(own: Own) -> None:
    assert "not <mjml>" in str(fault(own("<html></html>")))
    fault(own(""))
    fault(own("<mjml><mj-body>"))


def test_an_unknown_template_lists_the_known_ones(renderer: Renderer) -> None:
    with pytest.raises(UsageError, match=r"There are: .*weekly"):
        renderer.render(replace(issue(), template="wekly"))
    assert "weekly" in renderer.templates()


def test_a_template_without_a_text_part_is_told_how_to_begin_one(
    tmp_path: Path, own: Callable[..., Renderer]
) -> None:
    begun = '{% extends "shipped/weekly/issue.mjml.j2" %}'
    made = own(begun)
    text = tmp_path / "templates/mine/issue.txt.j2"
    text.unlink()
    with pytest.raises(TemplateError) as told:
        made.render(issue(template="mine"))
    step = '{% extends "shipped/weekly/issue.txt.j2" %}'
    assert str(told.value).endswith(f"begin with {step}")
    text.write_text(step)
    own(begun, step).render(issue(template="mine"))


def test_a_fault_right_after_an_included_part_is_told_of_the_line_it_stands_on(
    tmp_path: Path,
) -> None:
    """The part's last line and the next one share a line of the page; the blame must not fall on the part."""
    folder = tmp_path / "torn"
    (folder / "partials").mkdir(parents=True)
    (folder / "partials" / "foot.j2").write_text("<mj-section></mj-section>\n")
    (folder / "issue.mjml.j2").write_text(
        '<mjml><mj-body>\n{% include "partials/foot.j2" %}\n  <mj-sectoin></mj-sectoin>\n</mj-body></mjml>\n'
    )
    (folder / "issue.txt.j2").write_text("")
    with pytest.raises(
        TemplateError, match=r"torn/issue\.mjml\.j2:3: there is no element <mj-sectoin>"
    ):
        Renderer((tmp_path,)).render(issue(template="torn", theme={}))


def test_white_space_held_by_tiny_text_is_no_slip(own: Callable[..., Renderer]) -> None:
    page = '<mjml><mj-body><mj-section><mj-column><mj-text font-size="1px">&#160;</mj-text></mj-column></mj-section></mj-body></mjml>'
    own(page).render(replace(issue(), template="mine"))


@pytest.mark.parametrize(
    "css",
    [
        "a:hover b { color: red }",
        "p { line-height: 1.5; margin: 0 -8px; z-index: 3; color: #abc; background: url(//a.example/#1) }",
        "@media only screen and (max-width: 480px) { p { margin: 0 !important } }",
        "/* 10px // padding: 10 */ p { font: bold 16px/1.5 Georgia, serif }",
        "p { height: 0; width: 50%; padding: .5em 0 }",
    ],
)
def test_a_style_sheet_that_is_right_passes(own: Callable[..., Renderer], css: str) -> None:
    own(STYLED.format(css)).render(replace(issue(), template="mine"))


STYLED = (
    "<mjml><mj-head>\n<mj-style>{}</mj-style></mj-head><mj-body><mj-section /></mj-body></mjml>"
)
