"""Finds rules of a project's own style sheets that fit nothing in any page.

Nothing is rendered for it: told is only a name that stands nowhere in any template, so that a rule
for what few posts bring, or for a part that another template shows, is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

from digest.lazy import regex
from digest.nearest import nearest

_SUFFIX: Final = ".j2"
_SHEET: Final = regex(r"(<(mj-style|style)\b[^>]*>)(.*?)(?=</\2\s*>)", re.DOTALL)
_NO_TEMPLATE: Final = regex(r"\{#.*?#\}|<!--(?!\[).*?-->", re.DOTALL)
_NO_RULE: Final = regex(r"/\*.*?\*/", re.DOTALL)
_JINJA: Final = regex(
    r"\{%[-+]?\s*set\s+\w+\s*[-+]?%\}.*?\{%[-+]?\s*endset.*?%\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL
)
# What stands before a brace, since whatever ended before it.
_PRELUDE: Final = regex(r"([^{};]+)\{")
_NO_NAME: Final = regex(r"\[[^\]]*\]|\([^()]*\)|\"[^\"]*\"|'[^']*'")
# A name of which Jinja writes a part (\0 stands for it) is any name.
_NAMES: Final = regex(r"(?:[.#][A-Za-z_]|(?<![\w.#:\0-])[A-Za-z])[\w-]*+(?!\0)")
_WORD: Final = regex(r"[\w-]+")
_TAG: Final = regex(r"<([A-Za-z][\w-]*)")
_NAMED: Final = regex(
    r"\b(class|id)\s*=\s*([\"'])((?:\{\{.*?\}\}|\{%.*?%\}|(?!\2).)*+)\2", re.DOTALL
)
_SET: Final = regex(r"\{%[-+]?\s*set\s+(\w+)")
_PRINTED: Final = regex(r"\{\{[-+]?\s*(.*?)\s*[-+]?\}\}", re.DOTALL)

_MARKS: Final = {"class": ".", "id": "#"}

# What mail programs put around a page, and what the compiler writes into one.
_OF_CLIENTS: Final = frozenset(
    "ExternalClass ReadMsgBody yshortcuts outlook MessageViewBody MessageWebViewDiv "
    "AOLReplacedContent Singleton ii im a6S aBn".split()
)
_MADE: Final = ("mj-", "moz-", "gmail", "mso-", "ms-outlook", "apple-")
_ELEMENTS: Final = frozenset(
    "a abbr address area article aside audio b base bdi bdo big blockquote body br button caption "
    "center cite code col colgroup data dd del details dfn dialog dir div dl dt em embed fieldset "
    "figcaption figure font footer form from h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe "
    "img input ins kbd label legend li link main map mark math menu meta meter nav noscript object "
    "ol optgroup option output p picture pre progress q rp rt ruby s samp script section select "
    "small source span strike strong style sub summary sup svg table tbody td template textarea "
    "tfoot th thead time title to tr track tt u ul var video wbr".split()
)


class Unmet(NamedTuple):
    """Hold a name that a rule asks for and nothing has, where, and what was probably meant."""

    file: str
    line: int
    name: str
    meant: str

    @property
    def place(self) -> str:
        """Return file and line."""
        return f"{self.file}:{self.line}"


def unmet(own: Mapping[str, bytes], shipped: Mapping[str, bytes]) -> Iterator[Unmet]:
    """Yield the names that rules of a project's own templates ask for and no page can have.

    Both are what the files of templates hold, by their names. Each name is told once a file.

    >>> list(unmet({"a.j2": b'<style>.tilte { margin: 0 }</style><p class="title">'}, {}))
    [Unmet(file='a.j2', line=1, name='.tilte', meant='.title')]
    """
    mine = {name: _read(text) for name, text in own.items() if name.endswith(_SUFFIX)}
    asked = {name: _asked(text) for name, text in mine.items()}
    if not any(asked.values()):
        return
    theirs = (_read(text) for name, text in shipped.items() if name.endswith(_SUFFIX))
    pages = _Pages((*mine.values(), *theirs))
    for file, names in asked.items():
        for name, line in names.items():
            if not pages.may_have(name):
                yield Unmet(file, line, name, pages.near(name))


def _read(text: bytes) -> str:
    return _NO_TEMPLATE.sub(_blank, text.decode(errors="replace"))


def _blank(found: re.Match[str]) -> str:
    """Return nothing in as many lines."""
    return "\n" * found[0].count("\n")


def _hidden(found: re.Match[str]) -> str:
    return "\0" + _blank(found)


def _asked(text: str) -> dict[str, int]:
    """Return the names in selectors of a template's sheets, each with the line of its first."""
    found: dict[str, int] = {}
    for sheet in _SHEET.finditer(text):
        before = text[: sheet.start(3)].count("\n") + 1
        css = _NO_NAME.sub(_blank, _NO_RULE.sub(_blank, _JINJA.sub(_hidden, sheet[3])))
        for prelude in _PRELUDE.finditer(css):
            if prelude[1].lstrip("\0 \t\n").startswith("@") or "\\" in prelude[1]:
                continue
            for name in _NAMES.finditer(prelude[1]):
                line = before + css[: prelude.start(1) + name.start()].count("\n")
                found.setdefault(name[0], line)
    return found


def _plain(value: str) -> list[str]:
    """Return the names that an attribute holds as they stand."""
    return _WORD.findall(_JINJA.sub(" ", value))


class _Pages:
    """Know what any page may have, of all templates that there are."""

    def __init__(self, texts: Collection[str]) -> None:
        text = "\n\n".join(_SHEET.sub(_blank, text) for text in texts)
        self._words, self._tags = set(_WORD.findall(text)), set(_TAG.findall(text))
        # Of these Jinja writes the other part.
        parts = [word for word in self._words if word.strip("-_")]
        self._begun = tuple(word for word in parts if word.endswith(("-", "_")))
        self._ended = tuple(word for word in parts if word.startswith(("-", "_")))
        values = [(_MARKS[found[1]], found[3]) for found in _NAMED.finditer(text)]
        # What a post says may be any name, as in class="{{ post.mark }}".
        own = frozenset(_SET.findall(text))
        self._open = {mark for mark, value in values if not own.issuperset(_PRINTED.findall(value))}
        self._names = {mark + name for mark, value in values for name in _plain(value)}

    def may_have(self, name: str) -> bool:
        """Tell whether an element may be called so, or have that class or id."""
        if name[0] not in ".#":
            is_compiled = name.startswith("mj-")
            return name.lower() in _ELEMENTS or (name in self._tags and not is_compiled)
        bare = name[1:]
        is_foreign = bare in _OF_CLIENTS or bare.lower().startswith(_MADE)
        is_part = bare.startswith(self._begun) or bare.endswith(self._ended)
        return name[0] in self._open or is_foreign or is_part or bare in self._words

    def near(self, name: str) -> str:
        """Return the name that was probably meant, with its mark; empty if none is near."""
        if name[0] in ".#":
            return nearest(name, (each for each in self._names if each[0] == name[0])) or ""
        forgotten = f".{name}"
        return forgotten if forgotten in self._names else nearest(name, _ELEMENTS) or ""
