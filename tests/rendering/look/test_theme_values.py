"""Values that a newsletter may give its theme, and what becomes of each: `themes.txt` shows both."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import ConfigError
from digest.rendering.look.theme import read_keys, themed
from tests.golden import hold

FILE = {
    "colours": {
        "ink": "#222222",
        "surface": "#ffffff",
        "accent": "#0f6655",
        "on_accent": "#ffffff",
        "dark_ink": "#eeeeee",
        "dark_surface": "#111111",
    },
    "lengths": {
        "radius": "4px",
        "width": "600px",
        "logo_width": "100px",
        "logo_height": "50px",
        "space": "8px",
    },
    "fonts": {"font": "Georgia, serif"},
    "web_fonts": {"web_font": ""},
    "font_files": {"web_font_url": ""},
    "addresses": {"logo": "", "logo_dark": ""},
    "words": {"words": ""},
    "choices": {"shape": ["round", "square"]},
}
KEYS = read_keys(FILE, {}, "theme.toml")


def test_values_become_what_is_listed() -> None:
    hold(
        Path(__file__).with_name("themes.txt"),
        lambda _, said: "\n".join(map(_told, said.split("\n"))),
    )


def _told(line: str) -> str:
    key, _, value = line.partition(" = ")
    try:
        return f"{key} is {themed(KEYS, {key: value})[key]!r}"
    except ConfigError as exc:
        return f"{exc.where}: {exc.message}. {exc.hint}"


@pytest.mark.parametrize(
    ("tables", "place", "message", "hint"),
    [
        ({"colors": {}}, "colors", "a theme has no table [colors]", "Did you mean colours?"),
        ({"ink": "#111111"}, "ink", "a theme has no table [ink]", "Put it under [colours]."),
        (
            {"moss": {}},
            "moss",
            "a theme has no table [moss]",
            "Tables are colours, fonts, web_fonts, font_files, lengths, addresses, words, choices.",
        ),
        (
            {"colours": {"radius": "1px"}},
            "radius",
            "radius does not stand in [colours]",
            "Put it under [lengths].",
        ),
        (
            {"colours": {"base": "paper"}},
            "base",
            "base does not stand in [colours]",
            "Write it at the top, before any table.",
        ),
        (
            {"lengths": {"gap": "wide"}},
            "gap",
            "'wide' is not a length",
            "Write whole pixels, such as 16px.",
        ),
        (
            {"lengths": {"width": "wide"}},
            "width",
            "'wide' is not a length",
            "Write whole pixels, such as 320px.",
        ),
        (
            {"fonts": {"head": "{}"}},
            "head",
            "'{}' is not a list of fonts",
            "Such as Georgia, serif.",
        ),
        (
            {"colours": {"line": "moss"}},
            "line",
            "'moss' is not a colour",
            "Write six digits, such as #336699.",
        ),
    ],
)
def test_a_theme_file_that_means_nothing_is_told_with_what_would(
    tables: dict[str, object], place: str, message: str, hint: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        read_keys(tables, KEYS, "theme.toml")
    assert (caught.value.where, caught.value.message) == (f"theme.toml {place}", message)
    assert caught.value.hint == hint
