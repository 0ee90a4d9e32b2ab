"""Templates run without Jinja: the same pages and errors, and nothing allowed that Jinja refuses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from digest.errors import TemplateError
from digest.machine import own_cache
from digest.rendering.context import context
from digest.rendering.jinja.engine import template
from tests.rendering.test_template import MINE, Own, mjml

ROOT = Path(__file__).parents[3]
PAGE = "mine/issue.mjml.j2"
PAPER = {"mine/theme.toml": 'base = "paper"\n'}
MACROS = {"mine/macros.j2": "{% macro bold(x) %}<b>{{ x }}</b>{% endmacro %}"}

# Each with a piece of what it prints.
USUAL = {
    "an attribute": ("{{ issue.subject }}", "zq0000fqz"),
    "a name of the theme": ("<i>{{ theme.accent }}</i>", "<i>#"),
    "the loop": (
        "{% for s in issue.sections %}{{ 'a' if loop.first }}{{ 'z' if loop.last }}{% endfor %}",
        "",
    ),
    "a filtered loop": (
        "{% for p in issue.posts if p.image %}{% if not loop.last %},{% endif %}{% endfor %}",
        ",",
    ),
    "a loop that changes what it is filtered by": (
        "{% set told = namespace(names=[]) %}{% for p in issue.posts if p.byline not in told.names %}"
        "{% set told.names = told.names + [p.byline] %}[{{ loop.index }}]{% endfor %}",
        "[",
    ),
    "a macro": ("{% macro b(x, y) %}<b>{{ x }}</b>{% endmacro %}{{ b('<') }}", "<b>zq"),
    "a set block": ("{% set a %}<i>{{ issue.date }}</i>{% endset %}{{ a }}", "<i>zq"),
    "texts joined": ("{% set a %}<i>{% endset %}{{ a ~ '<' ~ 1 }}</i>", "<i>&lt;1</i>"),
    "what may be missing": ("{% if nothing is defined %}a{% else %}b{% endif %}", "b"),
    "a mapping": ("{{ marks.get('late', 'x') }}", "zq"),
    "a part of a list": ("{{ issue.posts[0].title }}{{ issue.posts[1:] | length }}", "zq"),
    "lists of attributes": (
        "{{ issue.posts | selectattr('image') | map(attribute='title') | list | length }}",
        "zq",
    ),
    "numbers": ("{{ 3 * 4 + 1 }}{% for n in range(1, 3) %}-{% endfor %}", "--"),
    "a region": ("{% given slots.first_name %}a{% otherwise %}b{% endgiven %}", "<!--zq"),
}
UNUSUAL = {
    "a method of a text": "{{ issue.subject.upper() }}",
    "a filter of Jinja's": "{{ issue.subject | upper }}{{ [3, 1] | sort | join }}",
    "how far it is to the end": "{% for p in issue.posts %}{{ loop.revindex }}{% endfor %}",
    "a default": "{{ theme.nothing | default('none') }}",
    "a recursive loop": "{% for p in [[[]], []] recursive %}({{ loop(p) if p else 1 }}){% endfor %}",
    "names of a macro": "{% macro b(x, y=2) %}{{ x }}{{ y }}{% endmacro %}{{ b(y=3, x=1) }}",
    "a called macro": "{% macro b() %}<b>{{ caller() }}</b>{% endmacro %}{% call b() %}x{% endcall %}",
    "a function of Jinja's": "{{ cycler is defined }}{{ joiner(',') is defined }}",
    "a formatted text": "{{ '%s!' % issue.subject }}{{ '{}?'.format(issue.subject) }}",
    "a parent's block": "{% extends 'shipped/weekly/issue.mjml.j2' %}{% block masthead %}{{ super() }}x"
    "{% endblock %}",
    "a macro of another's": "{% import 'macros.j2' as macros %}{{ macros.bold(issue.subject) }}",
    "part of another's": "{% include 'nothing.j2' ignore missing without context %}",
}
REFUSED = {
    "what is not there": "{{ nothing }}",
    "an attribute that is not there": "{{ issue.nothing }}",
    "a misspelt slot": "{% given slots.frist_name %}{% endgiven %}",
    "classes": "{{ issue.__class__ }}",
    "classes by another way": "{{ ''['__class__'] }}{{ issue['__class__'] }}",
    "classes of a list": "{% for c in issue.posts | map(attribute='__class__') %}{{ c }}{% endfor %}",
    "the code of a macro": "{% macro b() %}{% endmacro %}{{ b.__call__.__globals__ }}",
    "what changes a value": "{{ marks.update({'late': 'x'}) }}",
    "a long text": "{{ 'x' * 10000000 }}",
    "a long list": "{{ [1, 2] * 10000000 }}",
    "a long sum": "{% set a = 'x' * 999999 %}{{ a + a }}",
    "a long range": "{% for n in range(1000000) %}{% endfor %}",
    "a text that grows": "{{ ('a' * 5000) | replace('a', 'b' * 5000) }}",
    "a wide format": "{{ '%999999999d' % 1 }}",
    "a name set where it may not be": "{% set a = 1 %}{% set a.b = 2 %}",
}


def by_jinja(renderer: object, seen: dict[str, object]) -> object:
    """Return what Jinja's own runtime makes of the template, or says of it."""
    environment = renderer._html.environment.exact()  # type: ignore[attr-defined]
    try:
        return template.run(environment, PAGE, seen)
    except TemplateError as exc:
        return str(exc)


@pytest.mark.parametrize("name", USUAL)
def test_what_templates_usually_do_needs_no_jinja(own: Own, name: str) -> None:
    source, expected = USUAL[name]
    renderer = own(mjml(source), **PAPER)
    seen = context(MINE, renderer.theme("mine", {}), "email")
    page, values = renderer._html._page(PAGE).printed(seen)
    assert expected in page
    assert (page, values) == by_jinja(renderer, seen)


@pytest.mark.parametrize("name", UNUSUAL)
def test_all_else_is_done_by_jinja(own: Own, name: str) -> None:
    source = UNUSUAL[name]
    renderer = own(source if "extends" in source else mjml(source), **PAPER, **MACROS)
    seen = context(MINE, renderer.theme("mine", {}), "email")
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever it is
        renderer._html._page(PAGE).printed(seen)
    for _ in range(2):  # the second time without trying
        assert renderer._html.run(PAGE, seen) == by_jinja(renderer, seen)


@pytest.mark.parametrize("name", REFUSED)
def test_what_jinja_refuses_is_refused_in_its_words(own: Own, name: str) -> None:
    renderer = own(mjml(REFUSED[name]))
    seen = context(MINE, renderer.theme("mine", {}), "email")
    with pytest.raises(TemplateError) as caught:
        renderer._html.run(PAGE, seen)
    assert str(caught.value) == by_jinja(renderer, seen)


@pytest.mark.skipif(not own_cache.CAN_TELL_OWNERS, reason="nothing is kept on this system")
def test_a_known_page_imports_neither_jinja_nor_a_compiler(tmp_path: Path) -> None:
    """Each takes as long to import as an issue to judge."""
    script = (
        "import sys, pathlib\n"
        "from digest.rendering import Renderer\n"
        "from tests.rendering.issues import issue\n"
        f"kept = pathlib.Path({str(tmp_path)!r})\n"
        "Renderer([pathlib.Path('templates')], kept / 'shapes', kept / 'code').render(issue())\n"
        "heavy = ('jinja2', 'mjml', 'premailer', 'lxml', 'cssutils')\n"
        "print(*[name for name in heavy if name in sys.modules])\n"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout.split()
        for _ in range(2)
    ]
    assert said[0][:2] == ["jinja2", "mjml"]
    assert said[1] == []
