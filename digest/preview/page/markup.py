"""Writes HTML that cannot be broken by what is put into it.

Whatever is no `Markup` is escaped. The page around an issue is made of nothing else, so a title
with a tag in it stays a title.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_VOID = frozenset("br col hr img input link meta wbr".split())

Inside = str | int | None | Iterable["Inside"]


class Markup(str):
    """Hold HTML that may stand as it is."""

    __slots__ = ()


def written(inside: Inside) -> Markup:
    """Return HTML of text, of markup, or of any of them in a row; None is nothing.

    >>> written(["1 < 2", Markup("<br>"), None])
    '1 &lt; 2<br>'
    """
    if inside is None:
        return Markup()
    if isinstance(inside, Markup):
        return inside
    if isinstance(inside, str | int):
        return Markup(escape(str(inside)))
    return Markup("".join(map(written, inside)))


def tag(name: str, /, *inside: Inside, **attributes: str | int | bool | None) -> Markup:
    """Return an element; attributes that are None or False are left out, True stands bare.

    `_` in an attribute's name is `-`, one at the end is dropped.

    >>> tag("a", "A & B", href="/?a=1&b", class_="one", hidden=False, aria_current="true")
    '<a href="/?a=1&amp;b" class="one" aria-current="true">A &amp; B</a>'
    """
    told = "".join(
        f" {_name(key)}" if value is True else f' {_name(key)}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _VOID:
        return Markup(f"<{name}{told}>")
    return Markup(f"<{name}{told}>{written(inside)}</{name}>")


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
