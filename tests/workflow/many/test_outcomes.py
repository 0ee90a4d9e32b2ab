"""What became of many editions: whole when it is asked for, and small meanwhile."""

from __future__ import annotations

import gc
import json
import tracemalloc
from datetime import date
from typing import Any

import pytest

from digest.checking.parsing.tree import Node
from digest.cli.speaking import Answer
from digest.errors import ConfigError, DigestError
from digest.models import Decision, Finding, PostCost
from digest.workflow.gathering import collecting
from digest.workflow.making.reports import BuildReport
from digest.workflow.many import Outcomes, build_all
from digest.workflow.project import Project
from tests.conftest import Blog

TOLD = {
    "decisions": (
        Decision(id="a", url=None, title="Ferns", verdict="waiting", rule="limit", detail="“ 園芸"),
    ),
    "errors": (Finding(rule="MAIL-SIZE", severity="error", message="is too large"),),
    "costs": (PostCost(title="Moss", shown="excerpt", html_bytes=9),),
    "sections": {"a": "News"},
    "upcoming": date(2026, 10, 15),
    "steps": {"selecting": 1 / 3},
    "notes": ("No. 3 is missing.",),
}


def report(name: str, **told: Any) -> BuildReport:
    posts = tuple(f"https://letter.example/{name}/{n}/" for n in range(10))
    issue = f"2026-10-08-{name}"
    folder = f"issues/{name}/{issue}"
    return BuildReport(issue, name, 1, folder, "built", posts, 20_000, **told)


def test_each_is_whole_and_in_the_order_that_was_asked_for() -> None:
    outcomes = {
        "b": report("b", **TOLD),
        "a": ConfigError("torn", hint="Mend it."),
        "c": report("c"),
    }
    made = Outcomes(outcomes)
    for name in ("c", "b", "a"):
        made.keep(name, outcomes[name])
    assert list(made.items()) == list(outcomes.items())
    assert (list(made.reports()), made.errors) == ([outcomes["b"], outcomes["c"]], [outcomes["a"]])
    assert made["b"] == outcomes["b"]
    assert "d" not in made


def test_thousands_take_little_room() -> None:
    names = [f"by-tag-{n}" for n in range(2_000)]
    tracemalloc.start()
    try:
        made = Outcomes(names)
        for name in names:
            made.keep(name, report(name))
        room = tracemalloc.get_traced_memory()[0] / len(names)
    finally:
        tracemalloc.stop()
    assert room < 300  # bytes, where a report takes over two thousand


def test_any_of_those_that_are_packed_together_is_found_again() -> None:
    names = [f"by-tag-{n}" for n in range(130)]
    made = Outcomes(names)
    for name in reversed(names):  # as processes bring them, in another order
        made.keep(name, report(name))
    made.keep("by-tag-7", report("by-tag-7", **TOLD))  # done again, by whoever took it over
    assert list(made)[:2] == ["by-tag-0", "by-tag-1"]
    assert all(made[name] == report(name) for name in names if name != "by-tag-7")
    assert made["by-tag-7"] == report("by-tag-7", **TOLD)


def test_an_error_keeps_nothing_of_the_work_that_it_ended() -> None:
    made = Outcomes(["a"])

    def fail() -> None:
        try:
            {}["moss"]
        except KeyError as exc:
            raise ConfigError("no moss") from exc

    with pytest.raises(DigestError) as caught:
        fail()
    made.keep("a", caught.value)
    (error,) = made.errors
    assert (error.__traceback__, error.__cause__, error.__context__) == (None, None, None)


def test_a_page_that_was_judged_does_not_wait_for_a_search_for_circles(blog: Blog) -> None:
    """Of ten thousand issues a hundred would, each with all of its nodes."""
    project = Project(blog.root)
    collecting.collect(project)

    def nodes() -> int:
        return sum(isinstance(held, Node) for held in gc.get_objects())

    gc.collect()
    gc.disable()
    try:
        before = nodes()
        (told,) = build_all(project, [project.edition()], date(2026, 10, 8)).reports()
        after = nodes()
    finally:
        gc.enable()
    assert (told.warnings > 0, after) == (True, before)


@pytest.mark.parametrize(
    "facts", [[], [1], [{"a": [], "b\n": "園\u202e\x07\n"}, [], {}, [{"c": 1.5}]]]
)
def test_a_list_that_is_told_one_by_one_is_told_as_a_whole_one(
    facts: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    Answer().give(facts)
    whole = capsys.readouterr().out
    Answer().give_each(iter(facts))
    assert capsys.readouterr().out == whole
    assert json.loads(whole) == facts
