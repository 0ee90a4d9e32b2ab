"""Sources without dates: the order in which posts stand tells which of a first run are new."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from digest.models import RawItem
from digest.sources.reading import FIRST_FEW, mark_old
from tests.conftest import Run

NOW = datetime(2026, 11, 29, tzinfo=UTC)
DATED = RawItem(identity="dated", where="w", published_at=NOW)


def posts(*names: str) -> tuple[RawItem, ...]:
    return tuple(RawItem(identity=name, where=name) for name in names)


def test_the_first_few_of_a_first_run_are_new_and_it_is_told() -> None:
    items, _, told = mark_old((*posts(*"abcdefgh"), DATED), {}, "https://a.example/")
    assert [item.identity for item in items if not item.is_old] == [*"abcde", "dated"]
    assert len(told) == 1
    assert (
        f"3 posts without a date that can be read stand below the first {FIRST_FEW}"
        in told[0].message
    )


def test_later_posts_count_from_when_they_are_first_seen() -> None:
    _, old, _ = mark_old(posts(*"abcdefgh"), {}, "w")
    items, again, told = mark_old(posts(*"xyzabcdefghi"), {"old": old}, "w")
    assert "".join(item.identity for item in items if item.is_old) == "fgh"
    assert (again, told) == (old, ())


def test_a_few_posts_are_all_new() -> None:
    items, old, told = mark_old(posts(*"abc"), {}, "w")
    assert not any(item.is_old for item in items)
    assert (old, told) == ("", ())


CONFIGURATION = """
[newsletter]
name = "Letter"
timezone = "UTC"
[[source]]
name = "copied"
kind = "page"
path = "page.txt"
[edition.weekly]
template = "weekly"
"""


def test_a_first_issue_takes_the_first_few_of_a_copied_page_and_a_later_one_what_came_since(
    tmp_path: Path, digest: Run
) -> None:
    """A listing page copied as text says no dates; its posts can all be listed and asked for."""
    (tmp_path / "digest.toml").write_text(CONFIGURATION)
    old = [post(f"How pond number {n} was dug") for n in range(9)]
    (tmp_path / "page.txt").write_text("\n\n".join(old))
    project = ("--project", tmp_path)
    first = digest(*project, "build")
    assert "4 posts without a date" in first.err
    assert in_issue(tmp_path) == [f"How pond number {n} was dug" for n in range(5)]
    assert len(json.loads(digest(*project, "posts", "--json").out)) == 9
    (tmp_path / "page.txt").write_text("\n\n".join([post("A heron on the ice"), *old]))
    digest(*project, "collect")
    plan = json.loads(digest(*project, "build", "--dry-run", "--no-collect", "--json").out)
    chosen = {one["title"] for one in plan[0]["decisions"] if one["verdict"] == "chosen"}
    assert "A heron on the ice" in chosen
    assert not chosen & {f"How pond number {n} was dug" for n in range(5, 9)}


def post(title: str) -> str:
    return f"{title}\n\nIt took a spade, a friend and many days of rain to see {title.lower()} […]\n\nRead More…\n"


def in_issue(root: Path) -> list[str]:
    record = next((root / "issues").glob("*/issue.json"))
    issue = json.loads(record.read_text("utf-8"))["issue"]
    shown = [issue["featured"]] if issue.get("featured") else []
    rest = [post for part in issue["sections"] for post in part["posts"]]
    return [one["title"] for one in (*shown, *rest)]
