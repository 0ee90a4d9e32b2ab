"""Makes posts, editions and past issues in few words. Days are days of November 2026, at noon UTC."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from digest import selection
from digest.models import Edition, Post, Selection, Selectors, SeriesPart, Term, Window
from digest.selection import PastIssue, cooled, fingerprint, repeated, unmatched


def day(number: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(2026, 11, 1, hour, minute, tzinfo=UTC) + timedelta(days=number - 1)


def post(id_: str, number: int | None = 10, **fields: Any) -> Post:
    """Return a post of that id, dated noon of a day of November, each with words of its own."""
    fields.setdefault("published_at", None if number is None else day(number))
    fields.setdefault("title", f"Title of {id_}")
    fields.setdefault("text", f"All the words of {id_}.")
    fields.setdefault("url", f"https://garden.example/{id_}")
    fields["tags"] = tuple(Term(name=name) for name in fields.pop("tags", ()))
    fields["series"] = tuple(
        SeriesPart(name=name, part=part[0] if part else None)
        for name, *part in fields.pop("series", ())
    )
    return Post(
        id=id_,
        source=fields.pop("source", "garden"),
        identity=fields.pop("identity", id_),
        raw_title=fields["title"],
        **fields,
    )


def edition(**fields: Any) -> Edition:
    chosen = {
        name: tuple(fields.pop(name)) for name in Selectors.__struct_fields__ if name in fields
    }
    return Edition(name="weekly", title="The week", selectors=Selectors(**chosen), **fields)


def select(edition: Edition, posts: Iterable[Post], **fields: Any) -> Selection:
    """Choose for the first issue, dated the day its window ends, unless something else is said."""
    window = fields["window"]
    return selection.select(
        edition, posts, **{"dated": window.cutoff_at.date(), "number": 1, **fields}
    )


WEEK = Window(start_at=day(9, 0), cutoff_at=day(16, 0))


def past(
    number: int, posts: Iterable[Post] = (), *, start: int = 2, cutoff: int = 9, **fields: Any
) -> PastIssue:
    """Return an issue whose window spans whole days of November, dated the last of them."""
    held = tuple(posts)
    return PastIssue(
        id=f"issue-{number}",
        edition="weekly",
        dated=date(2026, 11, cutoff - 1),
        window=Window(start_at=day(start, 0), cutoff_at=day(cutoff, 0)),
        posts=tuple(p.id for p in held),
        urls=tuple(p.url for p in held if p.url),
        fingerprints=tuple(fingerprint(p) for p in held),
        considered=(*fields.pop("considered", ()), *(p.id for p in held)),
        **fields,
    )


def recorded(number: int, dated: date, chosen: Selection, built_at: datetime) -> PastIssue:
    """Return what an issue folder records of a selection."""
    posts = [entry.post for entry in chosen.chosen]
    return PastIssue(
        id=f"issue-{number}",
        edition="weekly",
        dated=dated,
        window=chosen.window,
        built_at=built_at,
        posts=tuple(p.id for p in posts),
        urls=tuple(p.url for p in posts if p.url),
        fingerprints=tuple(fingerprint(p) for p in posts),
        considered=chosen.considered,
        carried=chosen.carried,
        unmatched=unmatched(chosen.decisions),
        cooling=cooled(chosen.decisions),
        repeated=repeated(chosen.decisions),
    )


def ids(chosen: Selection) -> list[str]:
    return [entry.post.id for entry in chosen.chosen]


def rules(chosen: Selection) -> dict[str, str]:
    return {decision.id: decision.rule for decision in chosen.decisions}
