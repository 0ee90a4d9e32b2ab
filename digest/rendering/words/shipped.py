"""The fixed words of languages other than English, read from languages.toml.

Of each only its own table. Reading the whole file would take longer than writing an issue.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from digest.lazy import regex

_FILE: Final = Path(__file__).parent / "languages.toml"
_HEADING: Final = regex(r"^\[([a-z-]+)\]$", re.MULTILINE)

# Languages that are read in the words of another, or are known by an older tag.
_SAME: Final = {"no": "nb", "nn": "nb", "iw": "he", "in": "id"}

_TRADITIONAL: Final = frozenset(("hant", "tw", "hk", "mo"))


@lru_cache(maxsize=64)
def words(language: str) -> dict[str, str]:
    """Return a language's words: its own over those of the language without region; maybe none.

    >>> words("pt-BR")["issue"], words("pt-BR")["also"], words("zh-TW")["unsubscribe"], words("tlh")
    ('Edição {n}', 'E ainda', '取消訂閱', {})
    """
    primary, *rest = language.replace("_", "-").lower().split("-")
    primary = _SAME.get(primary, primary)
    if primary == "zh":
        return _read("zh-hant" if _TRADITIONAL & set(rest) else "zh-hans")
    return _read(primary) | _read("-".join((primary, *rest)))


@cache
def tags() -> tuple[str, ...]:
    """Return the tags of all languages that there are words in, sorted."""
    return tuple(sorted(_HEADING.findall(_text())))


def _read(tag: str) -> dict[str, str]:
    _, heading, after = _text().partition(f"\n[{tag}]\n")
    return tomllib.loads(after.partition("\n[")[0]) if heading else {}


@cache
def _text() -> str:
    return _FILE.read_text("utf-8")
