"""What a template makes is limited in size, and what it does in time, whatever it makes it with."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from jinja2 import TemplateError

from digest import errors
from digest.rendering.context import FILTERS, TEXT_FILTERS
from digest.rendering.jinja import CompiledTemplates, Sources, Templates, limits
from digest.rendering.jinja.engine.sandbox import Sandbox
from digest.rendering.jinja.limits import working

LONG = "'x' * 999999"
DOUBLING = "{{% set all = namespace(x={0}) %}}{{% for _ in range(60) %}}{{% set all.x = {1} %}}{{% endfor %}}"


def made(template: str, *, autoescape: bool = True) -> str:
    with working():
        return Sandbox(autoescape=autoescape).from_string(template).render()


@pytest.mark.parametrize(
    "expression",
    [
        f"([{LONG}] * 400) | join",
        f"([1] * 400) | map('replace', '1', {LONG}) | join",
        "''.join(([1] * 400) | map('center', 999999))",
        f"''.join([{LONG}] * 400)",
        f"([{LONG}] * 400) | string",
        f"[{LONG}] * 400",
        f"([{LONG}] * 400) | tojson",
        f"([{LONG}] * 400) | pprint",
        f"([{LONG}] * 400) | upper",
        "([1] * 400) | map('center', 999999) | list",
        "([[1] * 999999] * 300) | sum(start=[])",
        f"('%s' * 400) % ([{LONG}] * 400)",
        "('%(a)s' * 400) % {'a': 'x' * 9999}",
        f"('%(a)s' * 400) | format(a={LONG})",
        f"('{{0}}' * 400).format({LONG})",
        "('{a}' * 400).format_map({'a': 'x' * 9999})",
        "('x' * 999).translate({120: 'y' * 9999})",
        "(1).to_bytes(400000000, 'big')",
        "'x'.encode()",
        "1 | round(999999999, 'ceil')",
        "('x' * 99999) | wordwrap(1, wrapstring='y' * 99)",
        "('x\\n' * 9999) | indent(9999)",
        "('\\t' * 9999).expandtabs(9999)",
        "'x' | attr('zfill')(999999999)",
        "lipsum(n=9999, max=9999)",
        "[1] | batch(99999999) | list",
        "[1] | slice(99999999) | list",
        "[1] | tojson(indent=99999999)",
        "range(99999) | list * 99",
    ],
)
def test_no_filter_operator_or_method_makes_what_is_too_large(expression: str) -> None:
    with pytest.raises(
        (TemplateError, ValueError), match=r"is the most there can be|unsafe|too big"
    ):
        made(f"{{{{ ({expression}) | length }}}}", autoescape=False)


@pytest.mark.parametrize(
    ("start", "step"),
    [
        ("'xx'", "all.x ~ all.x"),
        ("'xx'", "all.x + all.x"),
        ("3", "all.x * all.x"),
        ("['x']", "[all.x, all.x]"),
        ("['x']", "(all.x, all.x)"),
        ("['x']", "{'a': all.x, 'b': all.x}"),
        ("'xx'", "'%s%s' % (all.x, all.x)"),
        ("'xx'", "[all.x, all.x] | join"),
    ],
)
def test_nothing_doubles_again_and_again(start: str, step: str) -> None:
    with pytest.raises(
        (TemplateError, ValueError), match=r"is the most there can be|too large a number"
    ):
        made(DOUBLING.format(start, step), autoescape=False)


@pytest.mark.parametrize(
    "template",
    [
        "{% for _ in range(99999) %}{% for _ in range(99999) %}x{% endfor %}{% endfor %}",
        "{% for _ in range(99999) %}{% for _ in range(99999) %}{% endfor %}{% endfor %}",
        "{% set all = [1] * 9999 %}{% for _ in all %}{% for _ in all | map('abs') %}{% endfor %}{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(40) }}",
        "{% for _ in range(99999) %}{% set x = ('www.x.example ' * 60000) | urlize %}{% endfor %}",
    ],
)
def test_no_template_works_for_days(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_MOST_WORK", 4 * limits.LONGEST)  # no need to wait for more
    with pytest.raises((TemplateError, ValueError), match="works for too long"):
        made(template)


def test_what_is_printed_inside_a_block_is_not_too_much() -> None:
    block = "{% set a %}{% for _ in range(99999) %}xxxxxxxxxx{% endfor %}{% endset %}"
    again = "{% set b %}{% for _ in range(999) %}{{ a }}{% endfor %}{% endset %}"
    with pytest.raises((TemplateError, ValueError), match="10,000,000 is the most there can be"):
        made(block + again)


def test_what_pages_are_made_with_works_as_ever() -> None:
    shown = {
        "{% for a, b in [(1, 2), (3, 4)] %}{{ loop.index }}/{{ loop.length }}:{{ a ~ '-' ~ b }} {% endfor %}": "1/2:1-2 2/2:3-4 ",
        "{% for x in [1, 2, 3] | map('string') %}{{ x }}{{ ', ' if not loop.last }}{% endfor %}": "1, 2, 3",
        "{% for k, v in {'a': 1}.items() %}{{ k }}={{ v }}{% else %}none{% endfor %}": "a=1",
        "{% for x in [] %}{% else %}none{% endfor %}": "none",
        "{% for x in [[1, [2]], 3] recursive %}{{ loop(x) if x is iterable else x }}{% endfor %}": "123",
        "{{ [3, 1, 2] | sort | join('<') }}": "1&lt;2&lt;3",
        "{{ '%s and %s' | format('one', 2) }}, {{ '{:>4}'.format(7) }}": "one and 2,    7",
        "{{ '<b>' ~ '&' }}": "&lt;b&gt;&amp;",
        "{{ {'a': [1, (2,)]} | tojson }}": '{"a": [1, [2]]}',
        "{{ 2.5 | round(1, 'floor') }} {{ 7 * 6 }} {{ 'ab' * 2 }} {{ 'x-y'.replace('-', '+') }}": "2.5 42 abab x+y",
        "{% set all = namespace(n=0) %}{% for x in range(1000) %}{% set all.n = all.n + x %}{% endfor %}{{ all.n }}": "499500",
    }
    assert {template: made(template) for template in shown} == shown


MUCH = "{% for _ in range(9999) %}{{ 'x' * 99999 }}{% endfor %}"
MANY = "{% for a in range(999) %}{% for b in range(99999) %}{{ b }}{% endfor %}{% endfor %}"


@pytest.mark.parametrize("template", [MUCH, MANY, f"{{% filter upper %}}{MUCH}{{% endfilter %}}"])
@pytest.mark.parametrize("name", ["page.mjml.j2", "page.txt.j2"])
def test_printing_fills_no_memory_before_it_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str, name: str
) -> None:
    """A page keeps its values beside it, of which its own length tells nothing."""
    monkeypatch.setattr(limits, "_MOST_WORK", limits.LONGEST)  # no need to wait for more
    (tmp_path / name).write_text(template)
    templates = _templates(tmp_path, is_text="txt" in name)
    tracemalloc.start()
    try:
        with pytest.raises(errors.TemplateError, match=r"works for too long|the most there can be"):
            templates.run(name, {})
        assert tracemalloc.get_traced_memory()[1] < 150_000_000
    finally:
        tracemalloc.stop()


def _templates(folder: Path, *, is_text: bool) -> Templates:
    filters = TEXT_FILTERS if is_text else FILTERS
    compiled = CompiledTemplates(None)
    return Templates([folder], filters, Sources([folder]), compiled, is_text=is_text)
