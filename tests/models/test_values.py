"""The values that pass between rooms: nobody can change one, and JSON gives back what went in."""

from __future__ import annotations

import importlib
import pkgutil
import typing
from collections.abc import Iterator

import msgspec
import pytest

import digest
from digest import models
from digest.config.tables import EditionTable, EvergreenTable, SectionTable
from digest.models import (
    Edition,
    Evergreen,
    Remembered,
    Section,
    Value,
    decode,
    encode,
    key,
    pretty,
)

VALUES = [
    value
    for value in vars(models).values()
    if isinstance(value, type) and issubclass(value, Value) and value is not Value
]


@pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__name__)
def test_nobody_can_change_a_value_once_it_is_made(kind: type[Value]) -> None:
    """Rooms hand on what they got: a room that could change it would change what others hold."""
    wanted = {field.name: None for field in msgspec.structs.fields(kind) if field.required}
    made = kind(**wanted)
    with pytest.raises(AttributeError, match="immutable"):
        setattr(made, msgspec.structs.fields(kind)[0].name, "another")


def test_every_room_makes_its_values_so() -> None:
    """Those that are declared beside their room's code as well, once all rooms are open."""
    for found in pkgutil.walk_packages(digest.__path__, "digest."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    open_ended = [kind for kind in _below(Value) if not kind.__struct_config__.frozen]
    assert open_ended == []


@pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__name__)
def test_values_of_files_hold_their_types_and_not_the_text_of_them(kind: type[Value]) -> None:
    """Reading types from texts would take a fiftieth of each command's time."""
    texts = [name for name, told in kind.__annotations__.items() if isinstance(told, str)]
    assert texts == []


def _below(kind: type[Value]) -> Iterator[type[Value]]:
    for own in kind.__subclasses__():
        yield own
        yield from _below(own)


def test_records_of_earlier_versions_mean_what_they_meant() -> None:
    """What a record does not say is what it was before one could say it."""
    kept = decode('{"id": "blog-1"}', Remembered)
    assert not kept.is_dropped
    assert encode(kept) == b'{"id":"blog-1"}'


def test_what_lies_in_files_is_indented_and_ends_with_its_line() -> None:
    """By one blank: an issue.json of a thousand posts is mostly indents else."""
    kept = Remembered(id="blog-1", is_dropped=True)
    assert pretty(kept) == b'{\n "id": "blog-1",\n "is_dropped": true\n}\n'


@pytest.mark.parametrize(
    ("table", "value"),
    [(EvergreenTable, Evergreen), (EditionTable, Edition), (SectionTable, Section)],
    ids=lambda kind: kind.__name__,
)
def test_what_is_left_out_means_the_same_in_digest_toml_and_in_a_program(
    table: type[Value], value: type[Value]
) -> None:
    ours, theirs = _defaults(table), _defaults(value)
    shared = ours.keys() & theirs.keys() - {
        "order",
        "title",
    }  # which an edition says for its sections
    assert shared >= {"limit"} or value is Evergreen
    assert {name: ours[name] for name in shared} == {name: theirs[name] for name in shared}


def _defaults(kind: type[Value]) -> dict[str, typing.Any]:
    return {f.name: f.default for f in msgspec.structs.fields(kind) if not f.required}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë", "zoe"),
        ("Children & Young People", "children-young-people"),
        ("#wellbeing", "Wellbeing"),
        ("ＡＢＣ", "abc"),
        ("Straße", "strasse"),
        ("  Field   notes ", "field-notes"),
        ("Zoë & Ana: “home”", "zoe-ana-home"),
        ("#Zoë", "zoe"),
    ],
)
def test_names_are_compared_without_case_accents_and_signs(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("C", "C++"), ("C++", "C#"), ("園芸", "園"), ("🌱", "🐝"), ("É", "É++"), ("É++", "É#")],
)
def test_names_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert key(one) != key(other)
