"""The only clock of the workflow: whole seconds, so that what is shown is what decided."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def seen_at() -> datetime:
    """Return the second in which something is seen now."""
    return datetime.now(UTC).replace(microsecond=0)


def cut_off_now() -> datetime:
    """Return the end of this second: what was seen in it belongs to what is built in it."""
    return seen_at() + timedelta(seconds=1)
