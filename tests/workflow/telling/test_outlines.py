"""How a series stands: its parts in order, what is missing, doubled or late."""

from __future__ import annotations

from datetime import UTC, datetime

from digest.models import Post, SeriesPart
from digest.workflow.telling.outlines import outline

SCHOOL = "Windowsill School"


def post(title: str, day: int, *parts: SeriesPart) -> Post:
    at = datetime(2026, 10, day, tzinfo=UTC)
    return Post(
        id=title,
        source="s",
        identity=title,
        url=None,
        title=title,
        raw_title=title,
        published_at=at,
        series=parts,
    )


def part(
    number: int | None, *, label: str = "", total: int | None = None, name: str = SCHOOL
) -> SeriesPart:
    return SeriesPart(name=name, part=number, label=label, total=total)


def test_an_outline_orders_by_part_then_date_and_tells_gaps_doubles_and_late_parts():
    posts = [
        post("four", 4, part(4, total=6)),
        post("two", 5, part(2)),
        post("one", 2, part(1)),
        post("two again", 6, part(2)),
        post("two b", 7, part(2, label="2b")),
        post("hello", 1, part(None, name="windowsill-school")),
    ]
    (found,) = outline(posts)
    assert [p.title for p in found.parts] == ["hello", "one", "two", "two again", "two b", "four"]
    assert (found.name, found.posts, found.total) == (SCHOOL, 6, 6)
    assert (found.gaps, found.doubles, found.late) == ((3,), (2,), (2,))


def test_an_opening_without_a_part_comes_where_its_date_puts_it():
    (found,) = outline(
        [post("one", 2, part(1)), post("hello", 1, part(None)), post("two", 3, part(2))]
    )
    assert [p.title for p in found.parts] == ["hello", "one", "two"]


def test_an_open_series_has_no_gap_after_its_last_part():
    (found,) = outline([post("one", 1, part(1, total=4)), post("two", 2, part(2, total=4))])
    assert found.gaps == ()


def test_a_post_in_two_series_is_in_both_outlines():
    found = outline([post("light", 1, part(1), part(1, name="Light"))])
    assert [o.name for o in found] == ["Light", SCHOOL]


def test_an_absurd_part_number_lists_no_endless_gaps():
    (found,) = outline([post("oops", 1, part(10**9))])
    assert len(found.gaps) <= 200
