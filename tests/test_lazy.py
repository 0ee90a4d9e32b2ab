"""What is made late is still made right: every pattern of every module compiles."""

from __future__ import annotations

import importlib
import pkgutil
import re

import digest
from digest.lazy import LazyPattern, regex, remembering


def test_every_pattern_compiles() -> None:
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(digest.__path__, "digest.")
        if not found.name.endswith("__main__")
    ]
    late = [
        value for module in modules for value in vars(module).values() if type(value) is LazyPattern
    ]
    assert len(late) > 200
    for pattern in late:
        assert isinstance(pattern.search, type(re.compile("").search))


def test_a_pattern_has_what_a_compiled_one_has() -> None:
    late, compiled = regex("(?P<day>[0-9]+)", re.IGNORECASE), re.compile("(?P<day>[0-9]+)", re.I)
    assert (late.pattern, late.flags, late.groups) == (compiled.pattern, compiled.flags, 1)
    assert late.groupindex == {"day": 1}
    assert late.sub("x", "1 and 2") == "x and x"
    assert late.split("a1b") == ["a", "1", "b"]


def test_only_what_was_said_of_short_texts_is_remembered() -> None:
    asked = []

    @remembering
    def judge(text: str) -> int:
        asked.append(text)
        return len(text)

    short, long = "A" * 1_999, "A" * 2_000
    assert [judge(short), judge(short), judge(long), judge(long)] == [1_999, 1_999, 2_000, 2_000]
    assert asked == [short, long, long], "a picture within a page would fill the memory"


def test_what_was_said_of_the_last_256_texts_is_remembered() -> None:
    asked = []

    @remembering
    def judge(text: str) -> str:
        asked.append(text)
        return text

    for number in (*range(256), 0, 256, 0, 1):
        judge(f"{number}")
    assert asked == [*map(str, range(256)), "256", "1"]
