"""What is remembered of a site, and the two small questions that tell whether it holds.

A change shows in the number of posts, in the latest time of modification, or among the newest ids:
an edit and a new post move the second, a withdrawn one the first, and a scheduled one that comes
out, which WordPress counts as no modification, stands among the newest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from digest.errors import FetchError, SourceError
from digest.machine.hashing import sha256
from digest.models import Problem, decode, encode
from digest.sources.base import Batch
from digest.sources.wordpress.api import Api

VERSION = 2
MAX_SILENT = 24
"""After so many collects without a change all is read about anyway.

Names of tags and of a series change.
"""

_NEWEST = 100
OVERLAP = timedelta(days=1)
"""How far before the latest known change to look again.

WordPress compares its own local time, in which an hour may come twice.
"""


def signs(api: Api, route: str, query: Mapping[str, str]) -> str:
    """Return what another answer than last time means a change.

    Nothing where the site does not count.

    Raises:
        SourceError: if the site refuses, or answers with something else.
        FetchError: if it cannot be fetched.
    """
    latest = api.ask(
        route, per_page=1, fields="id,modified_gmt", orderby="modified", order="desc", **query
    )
    newest = api.ask(route, per_page=_NEWEST, fields="id", orderby="date", order="desc", **query)
    if latest.total is None or latest.total != newest.total:
        return ""
    seen = encode([latest.total, latest.data, newest.data])
    return sha256(seen)


def signs_or_none(api: Api, route: str, query: Mapping[str, str]) -> str:
    """Return the signs where the site tells them; without, the next collect asks for everything."""
    try:
        return signs(api, route, query)
    except (SourceError, FetchError):  # what is wrong shows, and is told, when posts are asked for
        return ""


def still_good(state: Mapping[str, str], facts: str) -> dict[str, str]:
    """Return a state if it was made under the same settings, else nothing."""
    return dict(state) if state.get("facts") == facts else {}


def remembering(state: dict[str, str], batch: Batch, left_out: Sequence[Problem]) -> dict[str, str]:
    """Return a state with what a collect without a change has to say again."""
    said = list(dict.fromkeys((problem.where, problem.message) for problem in left_out))
    held = len(batch.items) + batch.unchanged
    kept = {"held": str(held), "skipped": str(batch.skipped), "said": encode(said).decode()}
    return {**state, **kept, "silent": "0"}


def as_before(state: Mapping[str, str]) -> Batch | None:
    """Return the batch of a collect in which nothing changed; None where it is time to look again.

    Raises:
        ValueError: if the memory is damaged.
    """
    silent = int(state.get("silent", "0")) + 1
    if silent > MAX_SILENT:
        return None
    said = decode(state.get("said", "[]").encode(), list[tuple[str, str]])
    return Batch(
        problems=tuple(Problem(where=where, message=message) for where, message in said),
        skipped=int(state.get("skipped", "0")),
        unchanged=int(state.get("held", "0")),
        state={**state, "silent": str(silent)},
    )


def a_little_before(watermark: str) -> str:
    """Return a time a little before the watermark; nothing, so everything, if there is none."""
    try:
        moment = datetime.strptime(watermark, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) - OVERLAP
    except (ValueError, OverflowError):  # before the first of all days
        return ""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def moment(http_date: str) -> str:
    """Return a time as WordPress compares it; nothing if it cannot be read.

    >>> moment("Sun, 22 Nov 2026 09:00:00 GMT"), moment("Fri, 31 Dec 9999 23:59:59 -2300")
    ('2026-11-22T09:00:00Z', '')
    """
    try:
        return f"{parsedate_to_datetime(http_date).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (ValueError, OverflowError, TypeError, IndexError):  # a header is anybody's text
        return ""
