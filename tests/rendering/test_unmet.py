"""Rules of a designer's own sheet that fit nothing are told, and none that may fit something."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from digest.rendering import Renderer
from tests.conftest import Answer, Blog
from tests.rendering.conftest import SHIPPED

PAGE = '<mj-text css-class="note"><p class="headline">{{ issue.title }}</p></mj-text>'


def told(root: Path, **files: str) -> list[str]:
    """Return what is told of templates, as "LINE NAME > WHAT WAS MEANT"; `page` is the first."""
    for name, text in files.items():
        path = root / "templates" / "mine" / "partials" / f"{name}.mjml.j2"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return [
        f"{each.line} {each.name} > {each.meant}"
        for each in Renderer([root / "templates", SHIPPED]).unmet()
    ]


def sheet(css: str) -> str:
    return f'<mj-style inline="inline">\n{css}\n</mj-style>'


@pytest.mark.parametrize(
    ("rule", "name", "meant"),
    [
        (".headlnie { margin: 0; }", ".headlnie", ".headline"),
        (".headline, .headlnie a:hover { margin: 0; }", ".headlnie", ".headline"),
        ("@media (max-width: 480px) { td.headlnie > a { margin: 0; } }", ".headlnie", ".headline"),
        ("headline { margin: 0; }", "headline", ".headline"),
        ("tabel td { margin: 0; }", "tabel", "table"),
        ("mj-text { color: #333333; }", "mj-text", ""),
        ("#colophon { margin: 0; }", "#colophon", ""),
        ("{% if theme.logo %}.lgoo { margin: 0; }{% endif %}", ".lgoo", ".logo"),
        ("{{ ground }}.canvsa { margin: 0; }", ".canvsa", ".canvas"),
    ],
)
def test_a_rule_that_fits_nothing_is_told_with_its_line(
    tmp_path: Path, rule: str, name: str, meant: str
) -> None:
    assert told(tmp_path, page=PAGE, look=sheet(rule)) == [f"2 {name} > {meant}"]


@pytest.mark.parametrize(
    "rule",
    [
        ".headline a:hover, .note td, h2, blockquote > p { margin: 0; }",
        ".ExternalClass * , #outlook a { margin: 0; }",
        ".mj-column-per-100, .moz-text-html .note { margin: 0; }",
        "[data-ogsc] .headline, a[x-apple-data-detectors] { margin: 0; }",
        "@media (prefers-color-scheme: dark) { .headline { margin: 0; } }",
        "@font-face { font-family: Own; } @keyframes in { from { top: 0; } 50% { top: 1px; } }",
        "/* .gone { margin: 0; } */ {# .gone { margin: 0; } #}",
        ".headline:not(.gone):nth-child(odd) { background: url('a{b}.png'); }",
        ".{{ theme.kind }}-mark, .mark-{{ theme.kind }} { margin: 0; }",
        "{% set far %}0 4px{% endset %} .headline { margin: {{ far }}; }",
    ],
)
def test_a_rule_that_may_fit_something_is_not_told(tmp_path: Path, rule: str) -> None:
    assert told(tmp_path, page=PAGE, look=sheet(rule)) == []


@pytest.mark.parametrize(
    "page",
    [
        '<p class="{% if post.mark %}late{% endif %}">',
        '{% set kind = "late" %}<p class="{{ kind }}">',
        '<p class="{{ post.mark }}">',
        '<p class="la{{ post.mark }}">',
        '<p class="is-{{ post.mark }}">',
        '<p class="row {{ "late" if post.mark == "late" }}">',
    ],
)
def test_a_class_that_only_some_posts_bring_is_not_told(tmp_path: Path, page: str) -> None:
    rule = ".is-late { margin: 0; }" if "is-" in page else ".late { margin: 0; }"
    assert told(tmp_path, page=page, look=sheet(rule)) == []


def test_ids_that_are_counted_say_nothing_about_classes(tmp_path: Path) -> None:
    rules = sheet(".notte { margin: 0; }\n#post-1, #other { margin: 0; }")
    page = '<p class="note" id="{{ post.id }}">'
    assert told(tmp_path, page=page, look=rules) == ["2 .notte > .note"]


def test_a_name_is_looked_for_in_all_templates_that_share_a_sheet(tmp_path: Path) -> None:
    rules = sheet(".mine { margin: 0; }\n.excerpt { margin: 0; }\n.minne { margin: 0; }")
    assert told(tmp_path, look=rules, other='<p class="mine">') == ["4 .minne > .mine"]


def test_a_commented_sheet_and_a_project_without_sheets_have_no_rules(tmp_path: Path) -> None:
    assert told(tmp_path, page=f"<!-- {sheet('.gone { margin: 0; }')} -->") == []
    assert Renderer([tmp_path / "none", SHIPPED]).unmet() == ()


def test_copies_of_all_that_is_shipped_have_no_such_rule(tmp_path: Path) -> None:
    for path in SHIPPED.rglob("*.j2"):
        copy = tmp_path / "templates" / path.relative_to(SHIPPED)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    assert Renderer([tmp_path / "templates", SHIPPED]).unmet() == ()


def test_a_build_tells_each_name_once_and_not_too_many(
    digest: Callable[..., Answer], blog: Blog
) -> None:
    look = blog.root / "templates/weekly/partials/look.mjml.j2"
    look.parent.mkdir(parents=True)
    rules = ".featurde { margin: 0; }\n.featurde a { margin: 0; }\n"
    look.write_text((SHIPPED / "weekly/partials/look.mjml.j2").read_text() + sheet(rules))
    answer = digest("--project", blog.root, "build", "--date", "2026-10-08")
    line = len((SHIPPED / "weekly/partials/look.mjml.j2").read_text().splitlines()) + 2
    place = f"templates/weekly/partials/look.mjml.j2:{line}"
    hint = "fits nothing in any template; did you mean .featured?"
    assert f"warning: {place}: .featurde {hint}\n" in answer.err
    assert answer.err.count("fits nothing") == 1
    look.write_text(sheet("".join(f".zq{n} {{ margin: 0; }}\n" for n in range(14))))
    again = digest("--project", blog.root, "build", "--date", "2026-10-08")
    assert again.err.count("fits nothing in any template") == 10
    assert "and 4 more names" in again.err
