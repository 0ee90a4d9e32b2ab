"""Bodies: what sources send, and the whole of what is left of it, as HTML and as text."""

from __future__ import annotations

from pathlib import Path

from digest.editing.body import clean, text_and_prose
from digest.editing.body.tokens import Tokens
from tests.golden import hold

BASE = "https://garden.example/notes/moss/"


def test_bodies_are_cleaned_as_they_are_listed() -> None:
    """With what was changed, and their text where it is not what stands between the tags."""
    hold(Path(__file__).with_name("bodies.txt"), lambda _, html: _told(html))


def _told(html: str) -> str:
    body = clean(html, BASE)
    whole, running = text_and_prose(body.html)
    told = [body.html, *(f"{f.rule}: {f.raw!r} -> {f.value!r}" for f in body.fixups)]
    told.append(f"text: {whole!r}")
    return "\n".join(told + ([f"of it running: {running!r}"] if running != whole else []))


def test_a_body_of_a_million_characters_is_whole_and_a_longer_one_ends_before_a_tag_or_a_word() -> (
    None
):
    million = 1_000_000
    whole = Tokens("x" * million)
    assert (whole.is_capped, len(whole.source)) == (False, million)
    for longer, kept in (
        ("x" * (million + 1), million),
        ("x" * (million - 5) + " " + "x" * 9, million - 5),
        ("x" * (million - 5) + "<b>" + "x" * 9, million - 5),
        ("x" * (million - 9) + "<b> " + "x" * 9, million - 6),
    ):
        cut = Tokens(longer)
        assert (cut.is_capped, cut.source) == (True, longer[:kept])
