"""Which editions come before others, and which belong to one machine of several."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from digest.errors import UsageError
from digest.machine.hashing import blake2b
from digest.models import Edition
from digest.workflow.many.packed import Packed

_NONE: Final = frozenset[str]()


def waves(editions: Iterable[Edition]) -> list[set[str]]:
    """Return the editions' names in groups, each after those its editions cool down from.

    Editions that cool down from each other come together at the end.
    """
    cooled = {edition.name: edition.cool_down.keys() or _NONE for edition in editions}
    # Most cool down from none: thousands share one empty set.
    left = {name: cooled.keys() & others or _NONE for name, others in cooled.items()}
    found = []
    while left:
        ready = {name for name, others in left.items() if not others & left.keys()} or set(left)
        found.append(ready)
        left = {name: others for name, others in left.items() if name not in ready}
    return found


def of_shard(editions: Iterable[Edition], shard: str) -> Packed[Edition]:
    """Return the editions that one machine of several builds; "2/5" is the second of five.

    All machines together build each edition once, whatever order they start in: a shard follows
    from names alone. Editions that cool down from each other stay together.

    Raises:
        UsageError: if the text names no shard.
    """
    told = re.fullmatch(r"([1-9]\d{0,5})/([1-9]\d{0,5})", shard.strip())
    number, count = (int(told[1]), int(told[2])) if told else (1, 0)
    if number > count:
        raise UsageError(
            f'"{shard}" is no shard', hint="Write --shard 2/5 for the second of five machines."
        )
    asked = Packed(Edition, editions)
    if count == 1:
        return asked
    leaders = _leaders(asked)
    own = (e for e in asked if _place(leaders[e.name], count) == number - 1)
    return Packed(Edition, own)


def _place(name: str, count: int) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") % count


def _leaders(editions: Packed[Edition]) -> dict[str, str]:
    """Return for each edition the one by whose name its group is known."""
    leader = {edition.name: edition.name for edition in editions}

    def found(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    for edition in editions:
        for other in edition.cool_down.keys() & leader.keys():
            first, second = sorted((found(edition.name), found(other)))
            leader[second] = first
    return {name: found(name) for name in leader}
