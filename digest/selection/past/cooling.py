"""Keeps back posts that another edition has sent too lately.

"not in weekly if in daily within 7 days".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from digest.models import Edition, Post
from digest.selection import times
from digest.selection.past.identity import Known, Prints
from digest.selection.past.ledger import PastIssue


def cool_since(edition: Edition, dated: date) -> dict[str, date]:
    """Return for each other edition the last date that is long enough before an issue of a date.

    Posts of the other edition's issues dated after it, up to the issue's own date, have to wait.

    >>> weekly = Edition(name="weekly", title="", cool_down={"daily": "7 days"})
    >>> cool_since(weekly, date(2026, 11, 22))
    {'daily': datetime.date(2026, 11, 15)}

    Raises:
        ConfigError: if a cool-down is no duration.
    """
    return {
        name: times.days_before(
            dated, times.duration(length, f"[edition.{edition.name}] cool_down {name}")
        )
        for name, length in edition.cool_down.items()
    }


class Cooling:
    """Know what the other editions' issues hold that is too fresh for an issue of a date."""

    def __init__(
        self,
        edition: Edition,
        dated: date,
        issues: Iterable[PastIssue],
        prints: Prints,
        held: Collection[str] = (),
    ) -> None:
        self._held = held
        self._lengths = edition.cool_down
        self._editions: dict[str, str] = {}
        self._known = Known(prints)
        since = cool_since(edition, dated)
        for issue in sorted(issues, key=lambda issue: (issue.dated, issue.id), reverse=True):
            if since.get(issue.edition, date.max) < issue.dated <= dated:
                self._known.add(issue.id, issue.posts, issue.urls, issue.fingerprints)
                self._editions[issue.id] = issue.edition

    def __bool__(self) -> bool:
        """Tell whether any post has to wait."""
        return bool(self._editions)

    def why_wait(self, post: Post) -> str | None:
        """Return in which issue a post was, and less than how long before; None if in none.

        What the issue itself took before stays: the other edition sent it afterwards.
        """
        found = None if post.id in self._held else self._known.find(post)
        if not found:
            return None
        return f"in {found[0]}, less than {self._lengths[self._editions[found[0]]]} before"
