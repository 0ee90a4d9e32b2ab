"""Chooses: judges every candidate, finds the same post twice, fills the sections, and tells why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import inf
from typing import Any

from digest.models import (
    Chosen,
    Decision,
    Edition,
    EditorNotes,
    Post,
    Section,
    Selection,
    Selectors,
    Update,
    Verdict,
    Window,
)
from digest.selection import evergreen, order, times, wishes
from digest.selection.cooling import Cooling
from digest.selection.identity import Known
from digest.selection.ledger import Ledger, PastIssue
from digest.selection.matching import matches, refusal
from digest.selection.windows import LAST_ISSUE
from digest.selection.wishes import IsWithdrawn, Near, Wishes

CARRIED_OVER, LATE, PINNED, ARCHIVE = "carried over", "late", "pinned", "from the archive"
_NEW = ("", LATE, CARRIED_OVER)


@dataclass(slots=True, eq=False)
class _Judged:
    """Carry one candidate from rule to rule."""

    post: Post
    verdict: Verdict
    rule: str
    detail: str = ""
    mark: str = ""
    section: int = 0
    is_carried: bool = False
    double_of: _Judged | None = None


def select(
    edition: Edition,
    candidates: Iterable[Post],
    *,
    window: Window,
    earlier: Sequence[PastIssue] = (),
    notes: EditorNotes = EditorNotes(),  # noqa: B008 - a frozen value
    near: Near | None = None,
    is_withdrawn: IsWithdrawn | None = None,
    dated: date | None = None,
    number: int = 0,
    cooling: Iterable[PastIssue] = (),
    older: Iterable[Post] = (),
    updates: Sequence[Update] = (),
) -> Selection:
    """Choose an issue's posts, with a Decision for every candidate.

    `earlier` are all other issues of the edition on disk. Those dated after `dated` (or, without it, cut
    off after the window) only hold posts that are taken. `near` and `is_withdrawn` ask the archive about
    a reference of the notes that means no candidate. `cooling` are issues of the editions that cool down,
    `older` the posts that may fill a thin issue, picked by the issue's `number`, and `updates` what
    changed since it was sent: that is told beside the issue's posts, never chosen.

    Raises:
        ConfigError: if the edition's `settle` is no duration.
        EditorError: if the notes name a post or section that does not exist; names editor.md and line.
    """
    posts = _by_id(candidates)
    before = [issue for issue in earlier if _is_before(issue, window, dated)]
    ledger = Ledger(before, [issue for issue in earlier if issue not in before])
    asked = wishes.read(notes, posts, edition, near, is_withdrawn)
    cool = Cooling(edition, dated or window.cutoff_at.date(), cooling)
    judge = _Judge(edition, window, ledger, asked, cool)
    judged = [judge.judge(post) for post in posts]
    _refuse_doubles(judged, asked)
    filling = _Filling(edition, [j for j in judged if j.verdict == "chosen"], asked)
    filling.fill()
    _carry_doubles(judged)
    judged = _with_older(judged, filling, [judge.judge_older(post) for post in _by_id(older)], number)
    return _selection(window, filling.in_reading_order(), judged, updates)


def new_posts(selection: Selection) -> int:
    """Return how many chosen posts are new: neither older ones nor there only because they were pinned."""
    return sum(chosen.mark in _NEW for chosen in selection.chosen)


def _by_id(candidates: Iterable[Post]) -> list[Post]:
    """Return each candidate once, in the order of ids, so that the order they came in leaves no trace."""
    posts: dict[str, Post] = {}
    for post in candidates:
        other = posts.get(post.id)
        posts[post.id] = post if other is None else max(post, other, key=repr)
    return [posts[id_] for id_ in sorted(posts)]


def _is_before(issue: PastIssue, window: Window, dated: date | None) -> bool:
    return issue.dated < dated if dated else issue.window.cutoff_at <= window.cutoff_at


# ---------------------------------------------------------------- one post


class _Judge:
    """Judge each candidate by itself, by the first rule that applies."""

    def __init__(
        self, edition: Edition, window: Window, ledger: Ledger, asked: Wishes, cooling: Cooling
    ) -> None:
        self._edition, self._window, self._ledger, self._asked = edition, window, ledger, asked
        self._cooling = cooling
        settle = times.duration(edition.settle or "0", f"[edition.{edition.name}] settle")
        self._settle = timedelta(seconds=settle.fixed_seconds)

    def judge(self, post: Post) -> _Judged:
        if post.id in self._asked.dropped:
            return _Judged(post, "refused", "dropped", "dropped in editor.md")
        if sent := self._ledger.sent(post):
            issue, mark, is_later = sent
            detail = f"in {issue}" if mark == "id" else f"in {issue}, by the same {mark}"
            # A later issue may still be a draft: should it be deleted, the post is free again.
            return _Judged(post, "refused", "already-sent", detail, is_carried=is_later)
        judged = self._judge_by_rules(post)
        if post.id in self._asked.pinned:
            return _pinned(judged)
        return judged

    def _judge_by_rules(self, post: Post) -> _Judged:
        if refused := refusal(post, self._edition.selectors):
            return _Judged(post, "refused", *refused)
        timed = self._judge_by_time(post)
        if timed.verdict == "chosen" and self._is_settling(post):
            detail = (
                f"published {_shown(post.published_at)}, less than {self._edition.settle} before the cut-off"
            )
            return _Judged(post, "waiting", "settling", detail, is_carried=True)
        if timed.verdict == "chosen" and (why := self._cooling.why_wait(post)):
            return _Judged(post, "waiting", "cool-down", why, is_carried=True)
        return timed

    def judge_older(self, post: Post) -> _Judged:
        """Judge a post of the pool of older ones, by what the edition and its editor know of it."""
        if post.id in self._asked.dropped:
            return _Judged(post, "refused", "dropped", "dropped in editor.md")
        if self._ledger.sent(post) or self._cooling.why_wait(post):
            return _Judged(post, "refused", "already-sent")
        return _Judged(post, "chosen", "evergreen", f"dated {_shown(post.dated_at)}", ARCHIVE)

    def _judge_by_time(self, post: Post) -> _Judged:
        dated_at = post.dated_at
        if dated_at is None:
            return _Judged(post, "refused", "undated", "it has no date and was never seen")
        if dated_at >= self._window.cutoff_at:
            detail = f"dated {_shown(dated_at)}, not before the cut-off {_shown(self._window.cutoff_at)}"
            return _Judged(post, "waiting", "future", detail)
        if post.id in self._ledger.pending:
            return self._carried_over(post)
        if dated_at >= self._window.start_at:
            detail = f"dated {_shown(dated_at)}" + ("" if post.published_at else ", when it was first seen")
            return _Judged(post, "chosen", "window", detail)
        why_not = self._ledger.why_not_late(post, dated_at, gaps=self._edition.since != LAST_ISSUE)
        if why_not:
            return _Judged(post, "refused", "window", why_not)
        return _Judged(post, "chosen", "late", f"dated {_shown(dated_at)}, {_how_late(post)}", LATE)

    def _carried_over(self, post: Post) -> _Judged:
        latest = self._ledger.latest
        if latest and post.published_at and self._settles_after(post.published_at, latest.window.cutoff_at):
            # It waited only for its settling time: to the reader it is as new as any other.
            return _Judged(post, "chosen", "carried-over", f"was settling when {latest.id} was built")
        if latest and post.id in latest.cooling:
            return _Judged(post, "chosen", "carried-over", f"was cooling down when {latest.id} was built")
        return _Judged(post, "chosen", "carried-over", "left over from an earlier issue", CARRIED_OVER)

    def _is_settling(self, post: Post) -> bool:
        return post.published_at is not None and self._settles_after(
            post.published_at, self._window.cutoff_at
        )

    def _settles_after(self, published_at: datetime, cutoff_at: datetime) -> bool:
        return published_at < cutoff_at < published_at + self._settle


def _pinned(judged: _Judged) -> _Judged:
    """Turn a judgement by the rules into the editor's; the post stays new if it would have come anyway."""
    if judged.verdict == "chosen" or judged.rule == "settling":
        return _Judged(judged.post, "chosen", "pinned", "pinned in editor.md", judged.mark)
    why = f"pinned in editor.md, though {judged.detail}"
    return _Judged(judged.post, "chosen", "pinned", why, PINNED)


def _how_late(post: Post) -> str:
    if post.changed_at:
        return f"changed {_shown(post.changed_at)}"
    return f"first seen {_shown(post.first_seen_at)}"


def _shown(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else "at an unknown time"


# ---------------------------------------------------------------- the same post twice


def _refuse_doubles(judged: list[_Judged], asked: Wishes) -> None:
    """Keep one of the candidates that are the same post: pinned, else carried over, else the oldest."""
    known = Known()
    entries = {j.post.id: j for j in judged if j.verdict == "chosen" or j.rule in ("settling", "cool-down")}
    for entry in sorted(entries.values(), key=lambda j: _preference(j, asked)):
        if found := known.find(entry.post):
            _refuse_double(entry, entries[found[0]], found[1])
        else:
            known.add_post(entry.post.id, entry.post)


def _refuse_double(entry: _Judged, other: _Judged, shared: str) -> None:
    entry.verdict, entry.rule, entry.double_of = "refused", "same-post", other
    entry.mark, entry.is_carried = "", False
    entry.detail = f'has the same {shared} as "{other.post.title}" of {other.post.source}'


def _preference(entry: _Judged, asked: Wishes) -> tuple[Any, ...]:
    post = entry.post
    return (
        asked.pinned.get(post.id, inf),
        entry.rule != "carried-over",
        order.seconds(post),
        post.id,
    )


def _carry_doubles(judged: list[_Judged]) -> None:
    """Let a double wait for as long as the post it doubles, which may be withdrawn before it comes."""
    for entry in judged:
        if entry.double_of:
            entry.is_carried = entry.double_of.is_carried


# ---------------------------------------------------------------- sections


_Key = Callable[[_Judged], tuple[Any, ...]]


class _Filling:
    """Place entries in the sections; those without a place wait.

    Pins have their places first. A section that is full leaves posts to the next that takes them; what
    no section takes comes after all of them.
    """

    def __init__(self, edition: Edition, entries: list[_Judged], asked: Wishes) -> None:
        self.edition, self._asked = edition, asked
        # What no section takes comes last, without a title; without sections, everything does.
        self._sections = (*edition.sections, Section(title="", order=edition.order))
        self._rest = len(edition.sections)
        self._pins = [e for e in entries if e.post.id in asked.pinned]
        self._open = [e for e in entries if e.post.id not in asked.pinned]
        self._placed: list[_Judged] = []

    def fill(self) -> None:
        """Place the pins, then section by section what there is room for."""
        for pin in sorted(self._pins, key=self._pin_place):
            self._place(pin, self._homes(pin.post)[0])
        homes = {entry.post.id: self._homes(entry.post) for entry in self._open}
        for number, section in enumerate(self._sections):
            takers = [e for e in self._open if number in homes[e.post.id]]
            taken = sorted(takers, key=self._rank(section))[: self._room(number)]
            for entry in taken:
                self._place(entry, number)
            ids = {entry.post.id for entry in taken}
            self._open = [e for e in self._open if e.post.id not in ids]
        for entry in self._open:
            self._let_wait(entry, homes[entry.post.id])

    @property
    def placed(self) -> tuple[_Judged, ...]:
        return tuple(self._placed)

    def add_older(self, entry: _Judged) -> None:
        """Place an older post after all others, unless the editor named a section for it."""
        open_end = bool(self.edition.sections) and self.edition.sections[-1].selectors == Selectors()
        last = self._rest - 1 if open_end else self._rest
        self._place(entry, self._asked.sections.get(entry.post.id, last))

    def _let_wait(self, entry: _Judged, homes: list[int]) -> None:
        entry.verdict, entry.rule, entry.mark, entry.is_carried = "waiting", "limit", "", True
        entry.detail = self._why_no_room(homes)

    def _pin_place(self, entry: _Judged) -> int:
        return self._asked.pinned[entry.post.id]

    def _place(self, entry: _Judged, number: int) -> None:
        entry.section = number
        self._placed.append(entry)

    def _homes(self, post: Post) -> list[int]:
        """Return the sections that take a post, in their order, never none."""
        if post.id in self._asked.sections:
            return [self._asked.sections[post.id]]
        homes = [n for n, section in enumerate(self.edition.sections) if matches(post, section.selectors)]
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

    def _why_no_room(self, homes: list[int]) -> str:
        if self.edition.limit is not None and len(self._placed) >= self.edition.limit:
            return f"the issue's limit is {self.edition.limit}"
        titles = ", ".join(f'"{self._sections[n].title}"' for n in homes)
        return f"no room left in {titles}"

    def _rank(self, section: Section) -> _Key:
        """Return the key by which posts get room: those the editor ordered, left over, late, the others."""
        reading = self._reading(section)
        ranks = {"carried-over": 0, "late": 1}

        def rank(entry: _Judged) -> tuple[Any, ...]:
            ordered, *place = reading(entry)
            return ordered, ranks.get(entry.rule, 2), place

        return rank

    def _reading(self, section: Section) -> _Key:
        """Return the key by which posts stand in a section: those the editor ordered, then the others."""
        selectors = section.selectors if section.selectors.series else self.edition.selectors
        place = order.place(section.order, selectors)
        ordered = self._asked.ordered
        return lambda e: (ordered.get(e.post.id, inf), e.rule == "evergreen", place(e.post))

    def in_reading_order(self) -> list[_Judged]:
        """Return pins first, in the editor's order, then section by section."""
        read = sorted(self._pins, key=self._pin_place)
        for number, section in enumerate(self._sections):
            inside = [e for e in self._placed if e.section == number and e.post.id not in self._asked.pinned]
            read += sorted(inside, key=self._reading(section))
        return read


# ---------------------------------------------------------------- older posts


def _with_older(judged: list[_Judged], filling: _Filling, older: list[_Judged], number: int) -> list[_Judged]:
    """Fill an issue that has enough new posts of its own, and too few altogether, with older ones."""
    room = _room_for_older(filling)
    busy = {j.post.id for j in judged if j.verdict != "refused" or j.rule == "dropped"}
    known = Known()
    for entry in filling.placed:
        known.add_post(entry.post.id, entry.post)
    free = {j.post.id: j for j in older if j.verdict == "chosen" and j.post.id not in busy}
    fresh = [entry.post for entry in free.values() if not known.find(entry.post)] if room else []
    taken = {post.id for post in evergreen.picked(filling.edition, number, fresh, room)}
    for id_ in taken:
        filling.add_older(free[id_])
    return [j for j in judged if j.post.id not in taken] + [free[id_] for id_ in sorted(taken)]


def _room_for_older(filling: _Filling) -> int:
    edition, pool = filling.edition, filling.edition.evergreen
    new = sum(entry.mark in _NEW for entry in filling.placed)
    if pool is None or new < edition.min_posts:
        return 0
    rooms = [pool.fill_to - len(filling.placed)]
    if edition.limit is not None:
        rooms.append(edition.limit - len(filling.placed))
    if pool.count is not None:
        rooms.append(pool.count)
    return max(0, min(rooms))


# ---------------------------------------------------------------- the outcome


def _selection(
    window: Window, placed: list[_Judged], judged: list[_Judged], updates: Sequence[Update]
) -> Selection:
    told = {update.post.id for update in updates}
    others = [j for j in judged if j.verdict != "chosen" and j.post.id not in told]
    others.sort(key=lambda j: (-order.seconds(j.post), j.post.id))
    return Selection(
        window=window,
        chosen=tuple(Chosen(post=e.post, section=e.section, mark=e.mark) for e in placed),
        decisions=(
            *(_decision(e) for e in placed),
            *(_told(update) for update in updates),
            *(_decision(e) for e in others),
        ),
        considered=tuple(sorted(j.post.id for j in judged if _is_considered(j, window))),
        carried=tuple(sorted(j.post.id for j in judged if j.is_carried)),
        updates=tuple(updates),
    )


def _is_considered(entry: _Judged, window: Window) -> bool:
    dated_at = entry.post.dated_at
    return dated_at is not None and dated_at < window.cutoff_at and not entry.is_carried


def _told(update: Update) -> Decision:
    changed = f"in {update.issue}; {update.change}" if update.change else f"in {update.issue}"
    return Decision(
        id=update.post.id,
        url=update.post.url,
        title=update.post.title,
        verdict="chosen" if update.is_accepted else "waiting",
        rule="updated",
        detail=f"{changed}; " + ("accepted in editor.md" if update.is_accepted else "list it under updates"),
    )


def _decision(entry: _Judged) -> Decision:
    post = entry.post
    return Decision(
        id=post.id,
        url=post.url,
        title=post.title,
        verdict=entry.verdict,
        rule=entry.rule,
        detail=entry.detail,
    )
