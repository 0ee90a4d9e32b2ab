"""Holds floods back: what would come all at once, or long after its time, is asked about first.

A second blog is added, a tag is merged, a year is mistyped once: none of it may fill an issue
without a word. The editor takes or leaves them all by `held` in editor.md, or single ones by `pin`
and `drop`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from digest.models import Missing, Post, Window
from digest.selection.judging import Judged
from digest.selection.past import Ledger, PastIssue
from digest.selection.wishes import Wishes

MOST_LATE = 10
"""More late posts than these come only if the editor says so."""

OLD_LATE = timedelta(weeks=6)
"""A late post that lies longer before the issue's window is asked about, however few there are."""

_LATEST = 12  # issues that tell how often an edition comes

LONG_WINDOW = timedelta(weeks=12)
"""Posts inside the window are asked about if they are older, and nobody looked for so long."""


def hold_back(
    entries: list[Judged],
    window: Window,
    ledger: Ledger,
    asked: Wishes,
    looked_at: datetime | None,
) -> None:
    """Let the posts of a flood wait, or treat them as the notes say.

    `looked_at` is when an issue of the edition was last built or skipped, None if never.
    """
    # An issue whose folder was deleted gave its posts back on purpose.
    late = [e for e in entries if e.rule == "late" and not e.is_freed]
    begins_at = _usual_start(window, ledger.issues, looked_at)
    for entry in entries:
        if why := _why_asked(entry, late, window, begins_at):
            _hold(entry, f"{why};", asked.held)


def hold_missing(entries: list[Judged], missing: Sequence[Missing], asked: Wishes) -> None:
    """Let posts wait that a sealed issue may have sent, whose folder is gone.

    Nobody knows its posts.
    """
    for entry in entries:
        may_be_sent = entry.verdict == "chosen" and entry.rule != "pinned"
        gone = next((each for each in missing if _may_hold(each, entry.post)), None)
        if gone and may_be_sent:
            why = f"may be in {gone.id}, which was sealed and is missing; restore its folder, or"
            _hold(entry, why, asked.held, "missing-issue")


def _may_hold(gone: Missing, post: Post) -> bool:
    starts_at, cutoff_at, dated_at = gone.window.start_at, gone.window.cutoff_at, post.dated_at
    return post.id in gone.posts or (dated_at is not None and starts_at <= dated_at < cutoff_at)


def _why_asked(
    entry: Judged, late: list[Judged], window: Window, begins_at: datetime
) -> str | None:
    dated_at = entry.post.dated_at
    if dated_at is None:
        return None
    if entry.rule == "late" and not entry.is_freed:
        # It stays asked about until it is answered, though the flood is over by now.
        if entry.was_held:
            return "held back before"
        if len(late) > MOST_LATE:
            return f"one of {len(late)} late posts"
        is_old = dated_at < window.start_at - OLD_LATE
        return f"more than {OLD_LATE.days // 7} weeks late" if is_old else None
    if entry.rule == "window" and dated_at < begins_at:
        return "from long before this issue, in a window much longer than usual"
    return None


def _usual_start(window: Window, issues: list[PastIssue], looked_at: datetime | None) -> datetime:
    """Return where an issue of the usual length would begin, if nobody looked for very long.

    A quarterly newsletter has long windows, and one that waits for enough posts looks all the same:
    neither is a mistake.
    """
    # The very first issue has no habit to differ from.
    if looked_at is None:
        return window.start_at
    windows = [issue.window for issue in issues[-_LATEST:]]
    lengths = sorted(each.cutoff_at - each.start_at for each in windows) or [timedelta()]
    middle = len(lengths) // 2
    twice_the_median = lengths[middle] + lengths[~middle]
    usual = max(LONG_WINDOW, twice_the_median)
    is_long = window.cutoff_at - looked_at > usual
    return window.cutoff_at - usual if is_long else window.start_at


def _hold(entry: Judged, why: str, answer: str, rule: str = "held-back") -> None:
    if answer == "take":
        return
    entry.mark = ""
    if answer == "leave":
        entry.verdict, entry.rule, entry.detail = "refused", "dropped", "left by held in editor.md"
        return
    entry.verdict, entry.rule, entry.is_carried = "waiting", rule, True
    entry.detail = f"{why} pin or drop it, or answer for all by held in editor.md"
