"""Shows the times inside a reason on the newsletter's clocks.

What programs read keeps them in UTC.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from digest.lazy import regex

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_MOMENT = regex(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ(?!\w)")


def on_clocks(text: str, timezone: str) -> str:
    """Return a sentence with its UTC times as the clocks of a zone show them.

    The zone's own name for its time follows, since an hour may come twice in a night. Seconds are
    left out where there are none.

    >>> on_clocks("dated 2026-07-01T07:00:00Z", "Europe/London")
    'dated 2026-07-01 08:00 BST'
    """
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(timezone)
    return _MOMENT.sub(lambda found: _shown(found[0], zone), text)


def _shown(moment: str, zone: ZoneInfo) -> str:
    try:
        there = datetime.fromisoformat(moment).astimezone(zone)
    except (ValueError, OverflowError):
        return moment  # no time, or one beyond what clocks are known for
    shown = there.isoformat(" ")[: 19 if there.second else 16]
    return f"{shown} {there:%Z}"
