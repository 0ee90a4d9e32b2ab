"""Templates spliced into one piece, run with and without Jinja: that changes no page."""

from __future__ import annotations

import pytest

from digest.rendering import Renderer
from digest.rendering.context import context
from digest.rendering.jinja.engine import template
from digest.rendering.jinja.engine.splicing import spliced
from tests.rendering.conftest import SHIPPED
from tests.rendering.issues import CASES
from tests.rendering.test_template import MINE, Own, html_of, mjml

RENDERER = Renderer([SHIPPED])
PAPER = {"mine/theme.toml": 'base = "paper"\n'}


@pytest.mark.parametrize("case", sorted(CASES))
@pytest.mark.parametrize("name", ["weekly", "briefing", "series"])
@pytest.mark.parametrize("medium", ["email", "web", "text"])
def test_a_page_is_the_same_as_without(name: str, case: str, medium: str) -> None:
    """For every template and case: the markup and the values, in their order."""
    seen = context(CASES[case](), RENDERER.theme(name, {}), medium)  # type: ignore[arg-type]
    kind = "txt" if medium == "text" else "mjml"
    templates = RENDERER._text if medium == "text" else RENDERER._html
    page = f"{name}/issue.{kind}.j2"
    whole = template.run(templates.environment.exact(), page, seen)
    assert template.run(templates.environment, page, seen) == whole
    assert templates._page(page).printed(seen) == whole


FILES = {
    "part": "part",
    "within": "<{% include 'part' %}>",
    "itself": "{% include 'itself' %}",
    "block": "{% block a %}{% endblock %}",
}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% include 'part' %}", "{% with %}\npart{% endwith %}"),
        ('{%- include "part" -%}', "{%- with %}\npart{% endwith -%}"),
        ("{% include 'within' %}", "{% with %}\n<{% with %}\npart{% endwith %}>{% endwith %}"),
        ("{% include 'itself' %}", "{% with %}\n{% include 'itself' %}{% endwith %}"),
    ],
)
def test_an_include_is_put_in_its_place(source: str, expected: str) -> None:
    assert spliced(source, "page", lambda written, _: (written, FILES[written])) == expected


@pytest.mark.parametrize(
    "source",
    [
        "{# {% include 'part' %} #}",
        "{% raw %}{% include 'part' %}{% endraw %}",
        "{% include 'block' %}",
        "{% include 'absent' %}",
        "{% include 'part' ignore missing %}",
        "{% include 'part' without context %}",
        "{% include ['part', 'within'] %}",
        "{% include name %}",
    ],
)
def test_what_is_no_plain_include_stays(source: str) -> None:
    found = {name: (name, text) for name, text in FILES.items()}
    assert spliced(source, "page", lambda written, _: found.get(written)) == source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% set direction = issue.date %}{{ direction }}", ">23 November 2026<"),
        ("{% for theme in issue.sections %}{{ theme.title }};{% endfor %}", ";"),
        ("{% macro start() %}from here{% endmacro %}{{ start() }}", "from here"),
        ("{{ theme.nothing | default('no such key') }}", "no such key"),
        ("{% if labels.nothing is defined %}yes{% else %}not at all{% endif %}", "not at all"),
        ("{% set word = labels.nothing %}{{ word | default('none either') }}", "none either"),
        ("{{ [theme.ink, direction] | joined(' and ') }}", "#1f1e1b and ltr"),
        ("{{ 'wide' if content_width == 552 else 'narrow' }}", "wide"),
        ("{{ issue['date'] }}", "23 November 2026"),
        ("{{ issue.subject.upper() }}", "WHAT THE FROST LEFT STANDING"),
    ],
)
def test_names_mean_what_the_template_says(own: Own, text: str, expected: str) -> None:
    """A template's own name hides ours, and one may ask whether something is there."""
    assert expected in html_of(own(mjml(text), **PAPER))


def test_what_a_block_of_a_child_reads_is_looked_up_too(own: Own) -> None:
    child = "{% extends 'shipped/weekly/issue.mjml.j2' %}{% block introduction %}<mj-text><p>{{ newsletter.name }} / {{ issue.number }}</p></mj-text>{% endblock %}"
    assert f"The Walled Garden / {MINE.number}" in html_of(own(child, **PAPER))
