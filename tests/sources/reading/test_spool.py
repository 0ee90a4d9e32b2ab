"""Posts of a run that is too large for memory lie on the disk, in their order."""

from __future__ import annotations

from digest.models import RawItem
from digest.sources.reading import IN_MEMORY, Spool


def spooled(count: int) -> Spool:
    """Return a spool of so many posts."""
    spool = Spool()
    for number in range(count):
        spool.append(RawItem(identity=str(number), where="here", title=f"Fern {number}"))
    return spool


def test_a_few_posts_are_a_tuple() -> None:
    """Most runs bring few posts, and nothing of them touches a disk."""
    assert [item.identity for item in spooled(3).items()] == ["0", "1", "2"]
    assert isinstance(spooled(3).items(), tuple)


def test_many_posts_come_back_in_order_as_often_as_asked() -> None:
    """Two walks at one time do not disturb one another."""
    count = IN_MEMORY + 50
    items = spooled(count).items()
    assert len(items) == count
    pairs = list(zip(items, items, strict=True))
    assert [one.title for one, _ in pairs] == [f"Fern {n}" for n in range(count)]
    assert all(one == other for one, other in pairs)


def test_what_is_held_outside_of_memory_is_found_as_in_a_tuple() -> None:
    items = spooled(IN_MEMORY + 5).items()
    *_, last = items
    assert last in items
    assert "a word" not in items
