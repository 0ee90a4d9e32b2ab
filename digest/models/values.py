"""What every value is: frozen, compared by content, the same in memory as in JSON.

msgspec turns values into JSON and back; it is used here only.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Any, TypeVar, dataclass_transform

import msgspec

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
class Value(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Serve as the base of every value: immutable, compared by content, defaults left out of JSON.

    So is every value derived from it. None ever holds itself, so the search for cycles may pass
    over it. Modules of values that files are read into have no `from __future__ import
    annotations`: msgspec would have to work out each type from its text, at every start.
    """


# What separates words in an ASCII name.
_SEPARATING = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in "+#")}


@lru_cache(maxsize=4096)  # the same few names are compared for every post
def key(name: str) -> str:
    """Return the form in which names of tags, series and authors are compared.

    Case, accents and punctuation do not count, so a name and the slug made of it are equal; nor
    does the sign that some write before a tag.

    >>> key("Children & Young People") == key("children-young-people")
    True
    >>> key("Zoë"), key("園芸"), key("C++"), key("#wellbeing"), key("C#")
    ('zoe', '園芸', 'c++', 'wellbeing', 'c#')
    """
    if name.isascii():  # nearly all names are; the long way comes to the same
        return "-".join(name.lower().translate(_SEPARATING).split()).lstrip("#")
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    kept = (
        c
        if c in "+#" or unicodedata.category(c)[0] in "LNM" or unicodedata.category(c) == "So"
        else " "
        for c in decomposed
        if not "\u0300" <= c <= "\u036f"
    )
    return "-".join(unicodedata.normalize("NFC", "".join(kept)).split()).lstrip("#")


def encode(value: Any) -> bytes:
    """Return a value as compact JSON bytes, keys in field order."""
    return msgspec.json.encode(value)


def decode(data: bytes | str, type_: type[T]) -> T:
    """Return the value that JSON holds.

    Raises:
        ValueError: if the JSON is malformed or of another shape; the message names the path.
    """
    wanted: Any = type_
    try:
        found: T = _decoder(wanted).decode(data)
    except RecursionError as exc:
        raise ValueError("nested too deeply") from exc
    return found


@cache
def _decoder(type_: Any) -> msgspec.json.Decoder[Any]:
    """Return the decoder of a type: making it takes longer than reading a post with it."""
    return msgspec.json.Decoder(type_)


def builtins(value: Any) -> Any:
    """Return a value as plain dicts and lists, for printing."""
    return msgspec.to_builtins(value)


def pretty(value: Any) -> bytes:
    """Return a value as indented JSON with a final newline, stable for version control."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def fields(value: Value) -> tuple[Any, ...]:
    """Return what a value holds, in the order of its fields."""
    return msgspec.structs.astuple(value)


def replace(value: T, **changes: Any) -> T:
    """Return a copy of a frozen value with some fields changed."""
    return msgspec.structs.replace(value, **changes)  # type: ignore[type-var]
