"""The copy editor's desk: turns what a source said into a post, and records every change it makes.

This room owns bylines, series, excerpts, clean bodies, boilerplate and reading time. All of it is
pure: no clock, no network, no files; the same raw item gives the same post. It refuses to fetch, to
choose and to style: a clean body carries no style or class. The parts are imported when first used,
so that importing the room costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from digest.models import Post, Value

if TYPE_CHECKING:
    from digest.editing.settings import SeriesSettings

RULES_VERSION = 62
"""Rises whenever a rule changes, so that an archive knows to edit its posts again."""


class EditingSettings(Value):
    """Hold what a newsletter tells its editor.

    `staff` are names that give way to a byline; `aliases` map a name as written to the name as
    shown; `off` are names of rules switched off (`RULES` lists them); `series` is what is known of
    series; `bylines` maps a source to the shape of its bylines where that is told and not learnt
    ("off": it has none); `boilerplate_kept` names the sources that keep what they say again under
    or above every post. Excerpts keep up to `excerpt_words` words; a template may ask for fewer.
    """

    staff: tuple[str, ...] = ()
    aliases: dict[str, str] = {}
    off: tuple[str, ...] = ()
    series: SeriesSettings | None = None
    bylines: dict[str, str] = {}
    boilerplate_kept: tuple[str, ...] = ()
    excerpt_words: int = 60
    newsletter_name: str = ""
    language: str = "en"


def shorten(text: str, words: int, language: str | None = None) -> str:
    """Return plain text of at most `words` words, ended on a sentence where one ends near enough.

    Else it ends on a word with "…". Two characters of a script without spaces count as a word.
    """
    from digest.editing.excerpt import shorten as shortened

    return shortened(text, words, language)


def distinct(posts: Sequence[Post], words: int, language: str = "") -> dict[str, str]:
    """Return the excerpt to show for each post's id, no two of them alike where it can be.

    Posts that share a boilerplate excerpt get one out of their own bodies; those that name no
    language are read as `language`.
    """
    from digest.editing.excerpt import distinct as told_apart

    return told_apart(posts, words, language)


RULES: dict[str, str]
"""Every rule that can be switched off by name, with what it does; gathered when first asked for."""


def __getattr__(name: str) -> dict[str, str]:
    if name != "RULES":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from digest.editing.edit import RULES as found  # noqa: N811  (this module's name, found late)

    globals()[name] = found
    return found
