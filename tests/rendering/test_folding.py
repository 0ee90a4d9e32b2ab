"""Templates compiled for one look: what is worked out beforehand changes no page."""

from __future__ import annotations

import pytest

from digest.rendering import Renderer
from digest.rendering.context import constants, context
from digest.rendering.jinja import template
from tests.rendering.conftest import SHIPPED
from tests.rendering.issues import CASES
from tests.rendering.test_template import MINE, Own, html_of, mjml

RENDERER = Renderer([SHIPPED])
PAPER = {"mine/theme.toml": 'base = "paper"\n'}


@pytest.mark.parametrize("case", sorted(CASES))
@pytest.mark.parametrize("name", ["weekly", "briefing", "series"])
@pytest.mark.parametrize("medium", ["email", "web"])
def test_a_page_is_the_same_as_without(name: str, case: str, medium: str) -> None:
    """For every template and case: the markup and the values, in their order."""
    made = CASES[case]()
    theme = RENDERER.theme(name, {})
    seen = context(made, theme, medium)  # type: ignore[arg-type]
    look = RENDERER._look(theme, made.newsletter.direction)
    page = f"{name}/issue.mjml.j2"
    assert template.run(look, page, seen) == template.run(look.exact(), page, seen)


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


def test_a_theme_value_that_means_something_to_a_service_stays_content(own: Own) -> None:
    """It is put in when the page is filled, where it is broken up."""
    renderer = own(mjml("<p>{{ theme.title_font }}</p>"), **PAPER)
    theme = renderer.theme("mine", {}) | {"title_font": "*|FNAME|*"}
    known = constants(theme, "ltr")
    assert "theme.title_font" not in known
    assert known["theme.ink"] == theme["ink"]


def test_what_a_block_of_a_child_reads_is_looked_up_too(own: Own) -> None:
    child = "{% extends 'shipped/weekly/issue.mjml.j2' %}{% block introduction %}<mj-text><p>{{ newsletter.name }} / {{ issue.number }}</p></mj-text>{% endblock %}"
    assert f"The Walled Garden / {MINE.number}" in html_of(own(child, **PAPER))
