"""Keeps account of an edition's past issues.

What they hold, what they considered, what they left over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property

from digest.models import Decision, Post, Remembered, Selectors, Value, Window
from digest.selection.matching import refusal
from digest.selection.past.identity import Known, Prints
from digest.selection.rules import MATCH_RULES

# A quarter of weekly issues; a deletion further back was meant.
HOLES_REACH = 12
"""How many issues back a deleted draft's time is opened again."""


class PastIssue(Value):
    """Hold what choosing needs of an issue on disk, draft or sealed, all of it in issue.json.

    `posts`, `considered` and `carried` are ids, `urls` the posts' addresses, `fingerprints` what
    `fingerprint` says of them. `unmatched` are those considered that the selectors refused: if such
    a post is edited afterwards and then matches, it comes late. `cooling` are those that waited
    because another edition had just sent them, `repeated` those refused because another issue of
    this edition holds them, `limited` those that found no room, `held` those that were held back
    until the editor says what to do. `marks` tell more of what each of the posts is known by,
    `remembered` what the editor dropped and what had changed of posts sent before. `selectors` are
    those that its edition had then, None where an earlier version did not record them. Without
    `built_at` (when the archive was asked) the cut-off stands in for it.
    """

    id: str
    edition: str
    dated: date
    window: Window
    built_at: datetime | None = None
    posts: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    fingerprints: tuple[str, ...] = ()
    considered: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()
    cooling: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    selectors: Selectors | None = None
    marks: tuple[Remembered, ...] = ()
    remembered: tuple[Remembered, ...] = ()
    held: tuple[str, ...] = ()
    limited: tuple[str, ...] = ()


def unmatched(decisions: Iterable[Decision]) -> tuple[str, ...]:
    """Return the ids of posts that were refused for what they were.

    By tag, series, author and so on.
    """
    return tuple(d.id for d in decisions if d.rule in MATCH_RULES)


def cooled(decisions: Iterable[Decision]) -> tuple[str, ...]:
    """Return the ids of posts that waited because another edition had just sent them."""
    return tuple(d.id for d in decisions if d.rule == "cool-down")


def ruled(decisions: Iterable[Decision], rule: str) -> tuple[str, ...]:
    """Return the ids of posts that wait by a rule."""
    return tuple(d.id for d in decisions if d.verdict == "waiting" and d.rule == rule)


def repeated(decisions: Iterable[Decision]) -> tuple[str, ...]:
    """Return the ids of posts that were refused because another issue of the edition holds them."""
    return tuple(d.id for d in decisions if d.rule == "already-sent")


class Ledger:
    """Answer what became of a post in the issues before this one, and whether any holds it."""

    def __init__(
        self,
        earlier: Sequence[PastIssue],
        later: Sequence[PastIssue] = (),
        prints: Prints | None = None,
        dropped: Sequence[Remembered] = (),
    ) -> None:
        self.given_up = dropped  # in drafts that were removed
        self.issues = sorted(
            earlier, key=lambda issue: (issue.dated, issue.window.cutoff_at, issue.id)
        )
        self._considered: dict[str, frozenset[str]] = {}
        self._later, self._prints = later, prints or Prints()
        self.pending = self._pending()

    @property
    def latest(self) -> PastIssue | None:
        """Return the issue before this one."""
        return self.issues[-1] if self.issues else None

    @property
    def holes(self) -> tuple[Window, ...]:
        """Return the spans between the last issues that none of their windows covers.

        One was deleted there. Time before the first issue is no hole, and neither is what lies
        further back than a few issues.
        """
        holes: list[Window] = []
        reached: datetime | None = None
        for issue in self.issues[-HOLES_REACH:]:
            if reached and reached < issue.window.start_at:
                holes.append(Window(start_at=reached, cutoff_at=issue.window.start_at))
            reached = max(reached or issue.window.cutoff_at, issue.window.cutoff_at)
        return tuple(holes)

    def in_a_hole(self, dated_at: datetime) -> bool:
        """Tell whether a time lies where an issue was deleted."""
        return any(_covers(hole, dated_at) for hole in self.holes)

    @cached_property
    def freed(self) -> frozenset[str]:
        """Return what issues passed over because another held it that is no longer there."""
        passed_over = {id_ for issue in self.issues for id_ in issue.repeated}
        return frozenset(passed_over.difference(*(issue.posts for issue in self.issues)))

    @property
    def settled(self) -> list[tuple[datetime, Collection[str]]]:
        """Return the issues' cut-offs, latest first, each with the ids that it decided on for good.

        Those cannot come late, even if edited, where they are dated before the cut-off: only an
        issue whose time had reached a post's date can have considered it.
        """
        return [
            (issue.window.cutoff_at, self._decided_by(issue))
            for issue in sorted(self.issues, key=lambda issue: issue.window.cutoff_at, reverse=True)
        ]

    def _decided_by(self, issue: PastIssue) -> Collection[str]:
        if not issue.unmatched:
            return issue.considered
        return self._considered_by(issue).difference(issue.unmatched)

    def sent(self, post: Post) -> tuple[str, str, bool] | None:
        """Return the issue that holds a post, by which mark, and whether it is a later issue."""
        if found := self._sent.find(post):
            return *found, False
        if self._later and (found := self._sent_later.find(post)):
            return *found, True
        return None

    def learn(self, changed: Iterable[Post]) -> list[tuple[str, Post]]:
        """Know posts that were sent and changed since by what they are now, too.

        Return each with the issue that holds it: the same words under another name are that post.
        """
        holders = [(found[0], post) for post in changed if (found := self.sent(post))]
        for id_, post in holders:
            self._sent.add_post(id_, post)
        return holders

    @cached_property
    def _sent(self) -> Known:
        return self._held_by(self.issues)

    @cached_property
    def _sent_later(self) -> Known:
        return self._held_by(self._later)

    def _held_by(self, issues: Sequence[PastIssue]) -> Known:
        known = Known(self._prints)
        for issue in issues:
            known.add(issue.id, issue.posts, issue.urls, issue.fingerprints)
        known.remember(mark for mark in self._remembered(issues) if not mark.is_dropped)
        return known

    def _remembered(self, issues: Sequence[PastIssue]) -> Iterator[Remembered]:
        """Yield what issues recorded of posts that an issue on disk sent or dropped."""
        # A deleted issue takes back what it said of posts, as if it had never been.
        on_disk = {issue.id for issue in self.issues} | {issue.id for issue in self._later}
        for issue in issues:
            yield from (mark for mark in issue.remembered if mark.issue in on_disk)

    @cached_property
    def sent_marks(self) -> tuple[Remembered, ...]:
        """Return all that the posts are known by that any issue sent or dropped."""
        issues = (*self.issues, *self._later)
        own = (mark for issue in issues for mark in issue.marks)
        return (*own, *self._remembered(issues), *self.given_up)

    def dropped(self, post: Post) -> tuple[str, str] | None:
        """Return the issue whose editor dropped a post for good, and by which mark it is known."""
        return self._dropped.find(post)

    @cached_property
    def _dropped(self) -> Known:
        known = Known(self._prints)
        known.remember(mark for mark in self._remembered(self.issues) if mark.is_dropped)
        known.remember(self.given_up)
        return known

    def knows_as_it_is(self, post: Post) -> bool:
        """Tell whether issues recorded a post's title and words as they are now."""
        return self._prints(post) in self._fingerprints

    @cached_property
    def _fingerprints(self) -> frozenset[str]:
        recorded = {print_ for issue in self.issues for print_ in issue.fingerprints}
        return frozenset(recorded | {m.fingerprint for i in self.issues for m in i.remembered})

    @cached_property
    def held(self) -> frozenset[str]:
        """Return what is held back since an earlier issue, until the editor decides."""
        asked: set[str] = set()
        for issue in self.issues:
            asked.difference_update(issue.limited)  # taken, but there was no room
            asked.update(issue.held)
        return frozenset(asked & self.pending)

    def waited(self, id_: str) -> int:
        """Return in how many issues a post found no room."""
        return self._waits[id_]

    @cached_property
    def _waits(self) -> Counter[str]:
        return Counter(id_ for issue in self.issues for id_ in set(issue.limited))

    def why_not_late(self, post: Post, dated_at: datetime, *, gaps: bool) -> str | None:
        """Return what to add to "dated before the window" where a post is not late, else None.

        `gaps` tells that the windows may leave time out on purpose, as durations do. Asked is what
        the issues considered, not when this machine first saw the post: another may have built
        them.
        """
        if not self.issues or dated_at < min(issue.window.start_at for issue in self.issues):
            return ""
        is_covered = any(_covers(issue.window, dated_at) for issue in self.issues)
        is_open = not gaps and self.in_a_hole(dated_at)
        if not is_covered and not is_open:
            return ", and inside no earlier one"
        for issue in self.issues:
            if issue.window.cutoff_at > dated_at and self._has_passed_over(issue, post):
                return f"; {issue.id} considered it and left it out"
        return None

    def _has_passed_over(self, issue: PastIssue, post: Post) -> bool:
        """Tell whether an issue decided against a post as it is now."""
        built_at = issue.built_at or issue.window.cutoff_at
        if post.id not in self._considered_by(issue):
            # A large window is narrowed to what its selectors ask for: what they refuse was there,
            # unless it came only afterwards.
            was_refused = issue.selectors is not None and refusal(post, issue.selectors)
            came_at = post.changed_at or post.first_seen_at
            return bool(was_refused) and came_at is not None and came_at < built_at
        if post.id not in issue.unmatched:
            return True
        if issue.selectors is not None:
            # What it asked for then fits now: the post was changed, not the edition.
            return refusal(post, issue.selectors) is not None
        return post.changed_at is None or post.changed_at < built_at

    def _considered_by(self, issue: PastIssue) -> frozenset[str]:
        # Made when first asked for: an issue considers many posts, and few candidates need to know.
        if issue.id not in self._considered:
            self._considered[issue.id] = frozenset(issue.considered)
        return self._considered[issue.id]

    def _pending(self) -> frozenset[str]:
        """Return what issues left over and none after them took, dropped or refused."""
        pending: set[str] = set()
        for issue in self.issues:
            # What an issue considered it took, refused or carried on itself.
            if pending:
                pending -= self._considered_by(issue)
            pending |= set(issue.carried)
            pending -= set(issue.posts)
        return frozenset(pending)


def _covers(window: Window, dated_at: datetime) -> bool:
    return window.start_at <= dated_at < (window.ends_at or window.cutoff_at)
