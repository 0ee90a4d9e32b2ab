"""Themes: ready ones to choose from, and a refusal that says what would have worked."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ConfigError, TemplateError
from digest.knowledge.colours import READABLE, colour, contrast, meant, nearest_colour
from digest.rendering import Renderer
from tests.golden import hold_lines
from tests.rendering.conftest import SHIPPED

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def refusal(renderer: Renderer, **overrides: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        renderer.theme("weekly", overrides)
    return caught.value


def test_two_ready_themes_are_there_and_differ(renderer: Renderer) -> None:
    assert renderer.themes() == ("harbour", "paper")
    paper, harbour = (renderer.theme("weekly", {"base": name}) for name in renderer.themes()[::-1])
    assert paper == renderer.theme("weekly", {})
    assert paper.keys() == harbour.keys()
    assert paper["accent"] != harbour["accent"]


def test_what_is_told_comes_before_the_ready_theme(renderer: Renderer) -> None:
    theme = renderer.theme("briefing", {"base": "harbour", "accent": "#7a1f3d"})
    assert (theme["accent"], theme["radius"]) == ("#7a1f3d", "10px")


def test_a_frozen_theme_is_the_same_when_it_is_read_again(renderer: Renderer) -> None:
    """`issue.json` keeps every value, so a theme chosen by name stays as it was."""
    theme = renderer.theme("weekly", {"base": "harbour", "logo": "https://a.example/l.png"})
    assert renderer.theme("weekly", theme) == theme


def test_a_refusal_names_the_key_and_what_works(renderer: Renderer) -> None:
    """As `refusals.txt` lists them."""

    def told(_: str, line: str) -> str:
        overrides = dict(pair.split(" = ", 1) for pair in line.split(" & "))
        return str(refusal(renderer, **overrides))

    hold_lines(Path(__file__).with_name("refusals.txt"), told)


@settings(max_examples=60)
@given(
    key=st.sampled_from(["accent", "ink", "quiet", "dark_ink", "dark_quiet", "surface", "canvas"]),
    value=COLOURS,
)
def test_the_nearest_value_that_a_refusal_names_does_work(key: str, value: str) -> None:
    renderer = RENDERER
    try:
        renderer.theme("weekly", {key: value})
    except ConfigError as exc:
        works = re.search(r"works is (#\w{6})", exc.hint)
        if works:
            assert renderer.theme("weekly", {key: works[1]})[key] == works[1]
        else:
            assert "as well" in exc.hint


RENDERER = Renderer([SHIPPED])
WHOLE = {
    "logo": "https://a.example/l.png",
    "logo_dark": "https://a.example/d.png",
    "web_font": "Literata",
    "web_font_url": "https://a.example/f.woff2",
}
"""A theme in which every key has the other that it needs."""
NAMED = re.compile(r"(?:works is|such as|Such as|mean|quotes:|characters:) (.+)[.?]$")
WRONG = st.one_of(
    st.text(max_size=30),
    st.builds(
        "{}{}".format,
        st.integers(-99_999, 99_999),
        st.sampled_from(["", "%", "em", "rem", "pt", "px", ".5px"]),
    ),
    st.builds("rgb({}, {}, {})".format, *[st.integers(-9, 300)] * 3),
    st.builds("hsl({}deg {}% {}%)".format, *[st.integers(0, 400)] * 3),
    st.from_regex(r"#?[0-9a-f]{1,9}", fullmatch=True),
    st.sampled_from(
        [
            "outlined",
            "title",
            "'Garden', serif",
            "http://a.example/l.png",
            "a b; c",
            "http://a.b/c.ttf",
        ]
    ),
)


@settings(max_examples=150)
@given(key=st.sampled_from(sorted(RENDERER.theme("weekly", {}))), value=WRONG)
def test_whatever_is_wrong_the_value_that_a_refusal_names_is_accepted(key: str, value: str) -> None:
    try:
        RENDERER.theme("weekly", {**WHOLE, key: value})
    except ConfigError as exc:
        if named := NAMED.search(exc.hint):
            RENDERER.theme("weekly", {**WHOLE, key: named[1]})


@settings(max_examples=100)
@given(one=COLOURS, other=COLOURS)
def test_the_nearest_readable_colour_is_readable(one: str, other: str) -> None:
    found = nearest_colour(one, lambda value: contrast(value, other) >= READABLE)
    assert found is not None
    assert contrast(found, other) >= READABLE
    assert contrast(one, other) < READABLE or found == one


@settings(max_examples=200)
@given(text=st.text())
def test_any_text_is_a_colour_or_none(text: str) -> None:
    for found in (colour(text), meant(text)):
        assert found is None or re.fullmatch("#[0-9a-f]{6}", found)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("accent = ", "theme.toml:1: not valid TOML"),
        ("\naccent = 'a'\naccent = 'b'", 'theme.toml:3: the key "accent" stands twice'),
        ("\naccent = " + "[" * 5000, "theme.toml:2: not valid TOML: nested too deeply"),
        ("[colors]\na = '#000000'", "no table [colors]"),
        ("[colours]\na = 'x'", "is not a colour"),
        ("base = 'nowhere'", "no theme named 'nowhere'"),
        ("base = 'paper'\n[colours]\nink = '#cccccc'", "contrast"),
        ("[choices]\na = []", "is not one of its choices"),
    ],
)
def test_a_broken_theme_file_is_named(
    own: Callable[..., Renderer], text: str, message: str
) -> None:
    renderer = own("<mjml></mjml>", **{"mine/theme.toml": text})
    with pytest.raises(TemplateError, match=r"mine/theme\.toml") as caught:
        renderer.theme("mine", {})
    assert message in str(caught.value)


@pytest.mark.parametrize("text", ["", '[colours]\naccent = "#224466"\n'])
def test_a_theme_that_names_no_base_changes_the_first_of_all_themes(
    own: Callable[..., Renderer], text: str
) -> None:
    theme = own("<mjml></mjml>", **{"mine/theme.toml": text}).theme("mine", {})
    assert theme["canvas"] == "#f3f0e9"
    assert theme["accent"] == ("#224466" if text else "#0f6655")


def test_a_projects_own_first_theme_changes_the_shipped_one(own: Callable[..., Renderer]) -> None:
    renderer = own("<mjml></mjml>", **{"themes/paper.toml": '[colours]\naccent = "#224466"\n'})
    assert renderer.theme("mine", {})["accent"] == "#224466"
    assert renderer.theme("weekly", {})["surface"] == "#ffffff"


@pytest.mark.parametrize(
    ("text", "where", "hint"),
    [
        ('base = "paper"\naccent = "#224466"\n', "mine/theme.toml:2 accent", "under [colours]."),
        ('[lengths]\naccent = "#224466"\n', "mine/theme.toml:2 accent", "under [colours]."),
        ('[colours]\nbase = "paper"\n', "mine/theme.toml:2 base", "at the top"),
        ('[colors]\naccent = "#224466"\n', "mine/theme.toml:1 colors", "mean colours?"),
        ('base = "papper"\n', "mine/theme.toml:1 base", 'mean "paper"?'),
        ('\n[lengths]\nradius = "9em"\n', "mine/theme.toml:3 radius", "is 40px."),
    ],
)
def test_what_stands_in_a_wrong_place_of_a_theme_is_told_where_it_belongs(
    own: Callable[..., Renderer], text: str, where: str, hint: str
) -> None:
    with pytest.raises(TemplateError) as caught:
        own("<mjml></mjml>", **{"mine/theme.toml": text}).theme("mine", {})
    assert caught.value.where == where
    assert caught.value.hint.endswith(hint) or hint in caught.value.hint


def test_themes_that_are_each_others_base_are_refused(own: Callable[..., Renderer]) -> None:
    loop = {
        "themes/a.toml": 'base = "b"',
        "themes/b.toml": 'base = "a"',
        "mine/theme.toml": 'base = "a"',
    }
    with pytest.raises(TemplateError, match="its own base"):
        own("<mjml></mjml>", **loop).theme("mine", {})


def test_a_project_has_themes_of_its_own_and_a_change_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "themes/moss.toml"
    path.parent.mkdir()
    path.write_text('base = "paper"\n[colours]\naccent = "#44551a"\n')
    assert Renderer([tmp_path, SHIPPED]).theme("weekly", {"base": "moss"})["accent"] == "#44551a"
    path.write_text('base = "harbour"\n[colours]\naccent = "#305a1a"\n')
    changed = Renderer([tmp_path, SHIPPED]).theme("weekly", {"base": "moss"})
    assert (changed["accent"], changed["radius"]) == ("#305a1a", "10px")
