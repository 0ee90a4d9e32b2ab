"""Judges each candidate by itself: whether it is in, by which rule, and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from digest.models import Edition, Post, Remembered, Selectors, Verdict, Window
from digest.selection import times
from digest.selection.matching import refusal
from digest.selection.past import Cooling, Ledger, Twins
from digest.selection.windows import LAST_ISSUE
from digest.selection.wishes import Wishes

CARRIED_OVER, LATE, PINNED, ARCHIVE = "carried over", "late", "pinned", "from the archive"
NEW = ("", LATE, CARRIED_OVER, PINNED)
"""The marks of posts that count for `min_posts`: a pin comes whatever the rules say."""


class Judged:
    """Carry one candidate from rule to rule."""

    section: int
    double_of: Judged | None = None

    def __init__(
        self,
        post: Post,
        verdict: Verdict,
        rule: str,
        detail: str = "",
        mark: str = "",
        *,
        is_carried: bool = False,
        is_freed: bool = False,
        was_held: bool = False,
    ) -> None:
        self.post, self.verdict, self.rule = post, verdict, rule
        self.detail, self.mark = detail, mark
        self.is_carried, self.is_freed, self.was_held = is_carried, is_freed, was_held

    def why(self) -> str:
        """Return the detail. That of a post inside the window is written only now.

        Few may find room.
        """
        if self.detail or self.rule != "window":
            return self.detail
        return f"dated {_shown(self.post.dated_at)}" + (
            "" if self.post.published_at else ", when it was first seen"
        )


class Judge:
    """Judge each candidate by itself, by the first rule that applies."""

    def __init__(
        self,
        edition: Edition,
        window: Window,
        ledger: Ledger,
        asked: Wishes,
        cooling: Cooling,
        twins: Twins,
    ) -> None:
        self._edition, self._window, self._ledger, self._asked = edition, window, ledger, asked
        self._cooling, self._twins = cooling, twins
        settle = times.duration(edition.settle or "0", f"[edition.{edition.name}] settle")
        self._settle = timedelta(seconds=settle.fixed_seconds)

        self._freed = ledger.freed
        # An edition of everything, which most projects have, needs to ask nothing of a post.
        self._selectors, self._is_open = edition.selectors, edition.selectors == Selectors()

    def judge(self, post: Post) -> Judged:
        """Judge a candidate by the editor's word, then what was sent, what it is, and its time."""
        if asked := self._judge_by_wishes(post):
            return asked
        judged = self._judge_by_the_past(post) or self._judge_by_rules(post)
        if post.id in self._asked.pinned:
            return _pinned(judged)
        if judged.verdict == "chosen" and (twin := self._twins.find(post)):
            return _seeming(post, *twin)
        return judged

    def _judge_by_wishes(self, post: Post) -> Judged | None:
        if post.id in self._asked.dropped:
            return Judged(post, "refused", "dropped", "dropped in editor.md")
        if post.id in self._asked.later:
            detail = "put off in editor.md, to the next issue"
            return Judged(post, "waiting", "later", detail, is_carried=True)
        return None

    def _judge_by_the_past(self, post: Post) -> Judged | None:
        """Refuse what an issue of the edition sent, or its editor dropped, under whatever name."""
        if sent := self._ledger.sent(post):
            issue, mark, is_later = sent
            # A later issue may still be a draft: should it be deleted, the post is free again.
            return Judged(post, "refused", "already-sent", _in(issue, mark), is_carried=is_later)
        if dropped := self._ledger.dropped(post):
            return Judged(post, "refused", "dropped", f"dropped {_in(*dropped)}")
        return None

    def _judge_by_rules(self, post: Post) -> Judged:
        if not self._is_open and (refused := refusal(post, self._selectors)):
            return Judged(post, "refused", *refused)
        timed = self._judge_by_time(post)
        if timed.verdict != "chosen":
            return timed
        if self._settle and self._is_settling(post):
            shown, settle = _shown(post.published_at), self._edition.settle
            detail = f"published {shown}, less than {settle} before the cut-off"
            return Judged(post, "waiting", "settling", detail, is_carried=True)
        if self._cooling and (why := self._cooling.why_wait(post)):
            return Judged(post, "waiting", "cool-down", why, is_carried=True)
        return timed

    def judge_older(self, post: Post) -> Judged:
        """Judge a post of the pool of older ones, by what the edition and its editor know of it."""
        if refused := self._judge_by_wishes(post) or self._judge_by_the_past(post):
            return refused
        if self._cooling.why_wait(post) or self._twins.find(post):
            return Judged(post, "refused", "already-sent")
        return Judged(post, "chosen", "evergreen", f"dated {_shown(post.dated_at)}", ARCHIVE)

    def _judge_by_time(self, post: Post) -> Judged:
        dated_at = post.dated_at
        if dated_at is None:
            return Judged(post, "refused", "undated", "it has no date and was never seen")
        if dated_at >= self._window.cutoff_at:
            detail = (
                f"dated {_shown(dated_at)}, not before the cut-off {_shown(self._window.cutoff_at)}"
            )
            return Judged(post, "waiting", "future", detail)
        if post.id in self._ledger.held:
            held = f"dated {_shown(dated_at)}, held back before"
            return Judged(post, "chosen", "late", held, LATE, was_held=True)
        if post.id in self._ledger.pending:
            return self._carried_over(post)
        if dated_at >= self._window.start_at:
            return Judged(post, "chosen", "window")
        why_not = self._ledger.why_not_late(post, dated_at, gaps=self._edition.since != LAST_ISSUE)
        if why_not is not None:
            begins = _shown(self._window.start_at)
            dated = (
                f"dated {_shown(dated_at)}" if post.published_at else "without a date, was there"
            )
            early = f"{dated}, before the window that begins {begins}"
            return Judged(post, "refused", "window", early + why_not)
        is_freed = post.id in self._freed or self._ledger.in_a_hole(dated_at)
        how = "the issue that held it is gone" if post.id in self._freed else _how_late(post)
        late = f"dated {_shown(dated_at)}, {how}"
        return Judged(post, "chosen", "late", late, LATE, is_freed=is_freed)

    def _carried_over(self, post: Post) -> Judged:
        latest = self._ledger.latest
        if (
            latest
            and post.published_at
            and self._settles_after(post.published_at, latest.window.cutoff_at)
        ):
            # It waited only for its settling time: to the reader it is as new as any other.
            return Judged(
                post, "chosen", "carried-over", f"was settling when {latest.id} was built"
            )
        if latest and post.id in latest.cooling:
            return Judged(
                post, "chosen", "carried-over", f"was cooling down when {latest.id} was built"
            )
        return Judged(
            post, "chosen", "carried-over", "left over from an earlier issue", CARRIED_OVER
        )

    def _is_settling(self, post: Post) -> bool:
        published_at = post.published_at
        return published_at is not None and self._settles_after(
            published_at, self._window.cutoff_at
        )

    def _settles_after(self, published_at: datetime, cutoff_at: datetime) -> bool:
        return published_at < cutoff_at < published_at + self._settle


def _pinned(judged: Judged) -> Judged:
    """Turn a judgement by the rules into the editor's.

    The post stays new if it would have come anyway.
    """
    if judged.verdict == "chosen" or judged.rule == "settling":
        return Judged(judged.post, "chosen", "pinned", "pinned in editor.md", judged.mark)
    was = "it was sent " if judged.rule == "already-sent" else ""
    why = f"pinned in editor.md, though {was}{judged.detail}"
    return Judged(judged.post, "chosen", "pinned", why, PINNED)


def _seeming(post: Post, twin: Remembered, why: str) -> Judged:
    """Hold a post back that is nearly certainly one that readers have, or that was dropped."""
    what = "dropped" if twin.is_dropped else "sent"
    detail = (
        f'seems to be "{twin.title}", {what} in {twin.issue}, by {why}; '
        "pin it to send it, drop it to be asked no more"
    )
    return Judged(post, "waiting", "twin", detail, is_carried=True)


def _in(issue: str, mark: str) -> str:
    return f"in {issue}" if mark == "id" else f"in {issue}, by the same {mark}"


def _how_late(post: Post) -> str:
    if post.changed_at:
        return f"changed {_shown(post.changed_at)}"
    return f"first seen {_shown(post.first_seen_at)}"


def _shown(moment: datetime | None) -> str:
    if moment is None:
        return "at an unknown time"
    return f"{moment.astimezone(UTC).isoformat()[:19]}Z"
