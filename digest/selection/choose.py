"""Chooses: judges every candidate, finds the same post twice, fills the sections, and tells why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from itertools import chain

from digest.models import (
    Chosen,
    Decision,
    Edition,
    EditorNotes,
    Evergreen,
    Missing,
    Post,
    Remembered,
    Selection,
    Update,
    Window,
    replace,
)
from digest.selection import evergreen, order, wishes
from digest.selection.doubles import carry_doubles, refuse_doubles
from digest.selection.filling import Filling
from digest.selection.holding import hold_back, hold_missing
from digest.selection.judging import NEW, Judge, Judged
from digest.selection.past import (
    Cooling,
    Known,
    Ledger,
    Living,
    PastIssue,
    Prints,
    Twins,
    Whole,
    remembered,
)
from digest.selection.windows import LAST_ISSUE
from digest.selection.wishes import IsWithdrawn, Near


def _nowhere(_id: str) -> str | None:
    return None


def select(
    edition: Edition,
    candidates: Iterable[Post],
    *,
    window: Window,
    dated: date,
    number: int,
    earlier: Sequence[PastIssue] = (),
    notes: EditorNotes = EditorNotes(),  # noqa: B008 - a frozen value
    near: Near | None = None,
    is_withdrawn: IsWithdrawn | None = None,
    cooling: Iterable[PastIssue] = (),
    held: Collection[str] = (),
    older: Callable[[], Iterable[Post]] = tuple,
    updates: Sequence[Update] = (),
    whole: Whole = list,
    changed: Sequence[Post] = (),
    living: Living = _nowhere,
    looked_at: datetime | None = None,
    missing: Sequence[Missing] = (),
    dropped: Sequence[Remembered] = (),
) -> Selection:
    """Choose an issue's posts, with a Decision for every candidate.

    `earlier` are all other issues of the edition on disk. Those that are not dated before `dated`
    only hold posts that are taken. `near` and `is_withdrawn` ask the archive about a reference of
    the notes that means no candidate. `cooling` are issues of the editions that cool down, `held`
    the ids that the issue held when it was built last: another edition may have sent them since,
    but not before it. `older` is asked for posts only if the issue is thin, picked by its `number`,
    and `updates` are what changed since it was sent: that is told beside the issue's posts, never
    chosen. Candidates may come without their words; `whole` is
    asked for those of the posts that are chosen or look alike. `changed` are posts that were sent
    and changed since, `living` tells in which source a post lies now, and `looked_at` when an issue
    was last built or skipped. `missing` are sealed issues whose folders are gone: what they may
    have sent is held back. `dropped` is what editors dropped in drafts that are gone.

    Raises:
        ConfigError: if the edition's `settle` is no duration.
        EditorError: if the notes name a post or section that does not exist; names editor.md and
        line.
    """
    # In the order of ids from here on, so that nothing depends on the order they came in.
    posts = _by_id(candidates)
    before = [issue for issue in earlier if issue.dated < dated]
    later = [issue for issue in earlier if issue.dated >= dated]
    prints = Prints(whole)
    ledger = Ledger(before, later, prints, dropped)
    # Before anybody is judged: a post under its new address is one that was sent.
    holders = ledger.learn(changed)
    asked = wishes.read(notes, posts, edition, near, is_withdrawn)
    cool = Cooling(edition, dated, cooling, prints, held)
    known = chain(ledger.sent_marks, (remembered(post, id_, prints) for id_, post in holders))
    judge = Judge(edition, window, ledger, asked, cool, Twins(known, prints, living))
    judged = [judge.judge(post) for post in posts]
    kept = refuse_doubles(judged, asked, prints)
    # A duration leaves time out on purpose, so that nothing comes late by it.
    if edition.since == LAST_ISSUE:
        hold_back(kept, window, ledger, asked, looked_at)
    hold_missing(kept, missing, asked)
    filling = Filling(edition, [j for j in judged if j.verdict == "chosen"], asked, ledger)
    filling.fill()
    # After filling, for only now it is known what found no room.
    carry_doubles(judged)
    # The archive is asked for older posts only here: most issues never need them.
    if (pool := edition.evergreen) and (room := _room_for_older(filling, pool)):
        fitting = evergreen.ranked(edition, pool, number, _by_id(older()))
        judged = _with_older(judged, filling, kept, map(judge.judge_older, fitting), room, prints)
    chosen = _selection(window, filling.in_reading_order(), judged, updates, whole)
    return replace(chosen, remembered=_remembered(judged, ledger, holders, prints))


def new_posts(selection: Selection) -> int:
    """Return how many chosen posts are new.

    Older ones that only fill the issue do not count. A pin does, whatever its post is.
    """
    return sum(chosen.mark in NEW for chosen in selection.chosen)


def _by_id(candidates: Iterable[Post]) -> list[Post]:
    """Return each candidate once, in the order of ids, whatever order they came in."""
    posts: dict[str, Post] = {}
    for post in candidates:
        other = posts.get(post.id)
        # Two that bear one id: any will do, as long as it is always the same one.
        posts[post.id] = post if other is None else max(post, other, key=repr)
    return [posts[id_] for id_ in sorted(posts)]


# ---------------------------------------------------------------- older posts


def _with_older(
    judged: list[Judged],
    filling: Filling,
    kept: list[Judged],
    older: Iterable[Judged],
    room: int,
    prints: Prints,
) -> list[Judged]:
    """Place as many older posts as there is room for, none that is there or waits by any name."""
    known = Known(prints)
    for entry in kept:
        known.add_post(entry.post.id, entry.post)
    waits = {j.post.id for j in judged if j.verdict == "waiting"}
    taken: dict[str, Judged] = {}
    for entry in older:
        if len(taken) == room:
            break
        if entry.verdict == "chosen" and entry.post.id not in waits and not known.find(entry.post):
            known.add_post(entry.post.id, entry.post)
            taken[entry.post.id] = entry
            filling.add_older(entry)
    # An older post may have been judged as a candidate, too: one decision tells of it.
    return [j for j in judged if j.post.id not in taken] + list(taken.values())


def _room_for_older(filling: Filling, pool: Evergreen) -> int:
    """Return how many older posts an issue takes.

    None unless it has enough new ones and too few in all.
    """
    edition = filling.edition
    new = sum(entry.mark in NEW for entry in filling.placed)
    rooms = [pool.fill_to - len(filling.placed)]
    if edition.limit is not None:
        rooms.append(edition.limit - len(filling.placed))
    if pool.count is not None:
        rooms.append(pool.count)
    # Older posts fill an issue that there is anyway; they make none.
    return max(0, min(rooms)) if new >= edition.min_posts else 0


# ---------------------------------------------------------------- the outcome


def _selection(
    window: Window,
    placed: list[Judged],
    judged: list[Judged],
    updates: Sequence[Update],
    whole: Whole,
) -> Selection:
    posts = whole([entry.post for entry in placed])
    # What is pinned comes as it is now, so that nothing is left to tell of it.
    there = {post.id for post in posts}
    updates = [update for update in updates if update.post.id not in there]
    return Selection(
        window=window,
        chosen=tuple(
            Chosen(post=post, section=e.section, mark=e.mark)
            for e, post in zip(placed, posts, strict=True)
        ),
        decisions=_decisions(placed, judged, updates),
        considered=tuple(sorted(j.post.id for j in judged if _is_considered(j, window))),
        carried=tuple(sorted(j.post.id for j in judged if j.is_carried)),
        updates=tuple(updates),
    )


def _decisions(
    placed: list[Judged], judged: list[Judged], updates: Sequence[Update]
) -> tuple[Decision, ...]:
    """Return a decision for every candidate: what is in, what is told, then the newest first."""
    # What is told as an update needs no second line that refuses it as sent.
    told = {update.post.id for update in updates}
    others = [j for j in judged if j.verdict != "chosen" and j.post.id not in told]
    others.sort(key=lambda j: order.seconds(j.post), reverse=True)  # and by id, as they came
    return (
        *(_decision(e) for e in placed),
        *(_told(update) for update in updates),
        *(_decision(e) for e in others),
    )


def _remembered(
    judged: list[Judged], ledger: Ledger, holders: Sequence[tuple[str, Post]], prints: Prints
) -> tuple[Remembered, ...]:
    """Return what is known of dropped posts, and of sent ones by marks that no issue recorded yet.

    So a post is known again though it changed step by step: first its title, later its address.
    """
    dropped = [
        remembered(entry.post, "", prints, is_dropped=True)
        for entry in judged
        if entry.rule == "dropped" and not ledger.dropped(entry.post)
    ]
    sent = [
        remembered(post, id_, prints) for id_, post in holders if not ledger.knows_as_it_is(post)
    ]
    return (*dropped, *sent)


def _is_considered(entry: Judged, window: Window) -> bool:
    dated_at = entry.post.dated_at
    if dated_at is None or entry.is_carried or entry.rule == "already-sent":
        return False  # should the issue that holds it be deleted, it is free again
    return dated_at < window.cutoff_at


def _told(update: Update) -> Decision:
    if update.told_in:
        return Decision(
            id=update.post.id,
            url=update.post.url,
            title=update.post.title,
            verdict="refused",
            rule="updated",
            detail=f"in {update.issue}; told in {update.told_in}, and has not changed since",
        )
    changed = f"in {update.issue}; {update.change}" if update.change else f"in {update.issue}"
    return Decision(
        id=update.post.id,
        url=update.post.url,
        title=update.post.title,
        verdict="chosen" if update.is_accepted else "waiting",
        rule="updated",
        detail=f"{changed}; "
        + ("accepted in editor.md" if update.is_accepted else "list it under updates"),
    )


def _decision(entry: Judged) -> Decision:
    post = entry.post
    return Decision(
        id=post.id,
        url=post.url,
        title=post.title,
        verdict=entry.verdict,
        rule=entry.rule,
        detail=entry.why(),
    )
