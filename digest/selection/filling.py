"""Fills an issue's sections in order, within its limits, and puts each in its reading order."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

from digest.models import Edition, Post, Section, Selectors
from digest.selection import order, times
from digest.selection.judging import Judged
from digest.selection.matching import matches
from digest.selection.past import Ledger
from digest.selection.wishes import Wishes

_Key = Callable[[Judged], tuple[Any, ...]]


class Filling:
    """Place entries in the sections; those without a place wait.

    Pins have their places first. A section that is full leaves posts to the next that takes them;
    what no section takes comes after all of them.
    """

    def __init__(
        self, edition: Edition, entries: list[Judged], asked: Wishes, ledger: Ledger
    ) -> None:
        self.edition, self._asked, self._ledger = edition, asked, ledger
        self._most_waits = times.issues(edition.carry_over, f"[edition.{edition.name}] carry_over")
        # What no section takes comes last, without a title; without sections, everything does.
        self._sections = (*edition.sections, Section(title="", order=edition.order))
        self._rest = len(edition.sections)
        self._pins = [e for e in entries if e.post.id in asked.pinned]
        self._open = [e for e in entries if e.post.id not in asked.pinned]
        self._placed: list[Judged] = []

    def fill(self) -> None:
        """Place the pins, then section by section what there is room for."""
        for pin in sorted(self._pins, key=self._pin_place):
            self._place(pin, self._homes(pin.post)[0])
        homes = {entry.post.id: self._homes(entry.post) for entry in self._open}
        for number, section in enumerate(self._sections):
            takers = [e for e in self._open if number in homes[e.post.id]]
            self._take(number, section, takers)
        # Worked out once: every post that waits for this reason gives the same.
        why_full = self._why_full()
        for entry in self._open:
            self._let_wait(entry, why_full or self._why_no_room(homes[entry.post.id]))

    def _take(self, number: int, section: Section, takers: list[Judged]) -> None:
        """Place as many entries in a section as it has room for."""
        room = self._room(number)
        # Most sections have room for all; ranking them would be for nothing.
        is_roomy = room is None or room >= len(takers)
        taken = takers if is_roomy else sorted(takers, key=self._rank(section))[: max(room or 0, 0)]
        for entry in taken:
            self._place(entry, number)
        if taken:
            ids = {entry.post.id for entry in taken}
            self._open = [e for e in self._open if e.post.id not in ids]

    @property
    def placed(self) -> tuple[Judged, ...]:
        """Return what has a place so far."""
        return tuple(self._placed)

    def add_older(self, entry: Judged) -> None:
        """Place an older post after all others, unless the editor named a section for it."""
        # A last section that takes anything is where a reader looks for the rest.
        open_end = (
            bool(self.edition.sections) and self.edition.sections[-1].selectors == Selectors()
        )
        last = self._rest - 1 if open_end else self._rest
        self._place(entry, self._asked.sections.get(entry.post.id, last))

    def _let_wait(self, entry: Judged, why: str) -> None:
        # It was late, or left over: what counts now is that it found no room.
        entry.rule, entry.mark, entry.detail = "limit", "", why
        waited = self._ledger.waited(entry.post.id)
        if self._most_waits is None or waited < self._most_waits:
            entry.verdict, entry.is_carried = "waiting", True
            return
        entry.verdict = "refused"
        entry.detail += f'; carry_over = "{self.edition.carry_over}" lets it wait no longer'

    def _pin_place(self, entry: Judged) -> int:
        return self._asked.pinned[entry.post.id]

    def _place(self, entry: Judged, number: int) -> None:
        entry.section = number
        self._placed.append(entry)

    def _homes(self, post: Post) -> list[int]:
        """Return the sections that take a post, in their order, never none."""
        # The editor's word stands, whatever the section asks for.
        if post.id in self._asked.sections:
            return [self._asked.sections[post.id]]
        homes = [
            n for n, section in enumerate(self.edition.sections) if matches(post, section.selectors)
        ]
        return homes or [self._rest]

    def _room(self, number: int) -> int | None:
        """Return how many more posts a section takes, None for any number."""
        rooms = []
        if self.edition.limit is not None:
            rooms.append(self.edition.limit - len(self._placed))
        limit = self._sections[number].limit
        if limit is not None:
            rooms.append(limit - sum(entry.section == number for entry in self._placed))
        return max(0, min(rooms)) if rooms else None

    def _why_full(self) -> str:
        limit = self.edition.limit
        return (
            f"the issue's limit is {limit}"
            if limit is not None and len(self._placed) >= limit
            else ""
        )

    def _why_no_room(self, homes: list[int]) -> str:
        titles = ", ".join(f'"{self._sections[n].title}"' for n in homes)
        return f"no room left in {titles}"

    def _rank(self, section: Section) -> _Key:
        """Return the key by which posts get room.

        Those the editor ordered, left over, late, the others. Of those left over the oldest come
        first whatever the order, so that none waits for ever.
        """
        place, ordered = self._order_of(section), self._asked.ordered
        if wanted := section.selectors.series or self.edition.selectors.series:
            # Parts come in order, whatever the template puts first and whichever was written last.
            part = order.place("series", Selectors(series=wanted))
            return lambda entry: (ordered.get(entry.post.id, inf), part(entry.post))

        oldest = order.place("oldest", section.selectors)

        def rank(entry: Judged) -> tuple[Any, ...]:
            # What waited goes first, else a busy week would push it on for ever.
            post, has_waited = entry.post, entry.rule == "carried-over"
            within = oldest(post) if has_waited else place(post)
            return ordered.get(post.id, inf), not has_waited, entry.rule != "late", within

        return rank

    def _reading(self, section: Section) -> _Key:
        """Return the key by which posts stand in a section.

        Those the editor ordered, then the others.
        """
        place, ordered = self._order_of(section), self._asked.ordered
        # Older posts fill up from below, and never stand above the news.
        return lambda e: (ordered.get(e.post.id, inf), e.rule == "evergreen", place(e.post))

    def _order_of(self, section: Section) -> Callable[[Post], tuple[Any, ...]]:
        selectors = section.selectors if section.selectors.series else self.edition.selectors
        return order.place(section.order, selectors)

    def in_reading_order(self) -> list[Judged]:
        """Return pins first, in the editor's order, then section by section."""
        read = sorted(self._pins, key=self._pin_place)
        for number, section in enumerate(self._sections):
            inside = [
                e
                for e in self._placed
                if e.section == number and e.post.id not in self._asked.pinned
            ]
            read += sorted(inside, key=self._reading(section))
        return read
