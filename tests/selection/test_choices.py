"""Whole choices: `choices.txt` shows posts, issues before and notes, and all that is decided of them.

Cases are TOML. Days are days of November 2026 as "10" or "10 08:30" (UTC; noon if no time is named), an
issue before is [first day, day after the last], and `words = [1, 60]` are the words "moss1" to "moss60".
"""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from digest.errors import DigestError
from digest.models import (
    Edition,
    EditorNotes,
    Missing,
    Post,
    Remembered,
    Selection,
    Selectors,
    Term,
    Update,
    Window,
)
from digest.selection import PastIssue, fingerprint, select
from digest.selection.past import Prints, remembered
from tests.golden import hold
from tests.selection.makers import day, post


def test_choices_are_what_is_listed() -> None:
    hold(Path(__file__).with_name("choices.txt"), lambda _, case: _told(tomllib.loads(case)))


def _told(case: dict[str, Any]) -> str:
    edition = {"name": "weekly", "title": "The week", **case.get("edition", {})}
    try:
        return _shown(
            select(
                msgspec.convert(edition, Edition),
                map(_post, case["posts"]),
                window=_window(case.get("window", [9, 16])),
                earlier=[
                    _issue(n, made, "weekly") for n, made in enumerate(case.get("earlier", []), 1)
                ],
                notes=msgspec.convert(case.get("notes", {}), EditorNotes),
                dated=date(2026, 11, 15),
                number=7,
                cooling=[
                    _issue(n, made, "daily") for n, made in enumerate(case.get("daily", []), 1)
                ],
                held=case.get("held", ()),
                older=lambda: map(_post, case.get("older", [])),
                updates=[_update(told) for told in case.get("updates", [])],
                changed=list(map(_post, case.get("changed", []))),
                living=case.get("living", {}).get,
                looked_at=_moment(case["looked_at"]) if "looked_at" in case else None,
                missing=[
                    Missing(
                        id=gone["id"],
                        window=_window(gone["window"]),
                        posts=tuple(gone.get("posts", ())),
                    )
                    for gone in case.get("missing", [])
                ],
                dropped=[_mark(each, "draft", is_dropped=True) for each in case.get("dropped", [])],
                is_withdrawn=case.get("withdrawn", []).__contains__,
            )
        )
    except DigestError as exc:
        return f"refused: {exc.message}\nwhere: {exc.where}\nhint: {exc.hint}"


def _moment(said: Any) -> datetime:
    number, _, clock = str(said).partition(" ")
    hour, _, minute = (clock or "12:00").partition(":")
    return day(int(number), int(hour), int(minute))


def _window(said: list[Any]) -> Window:
    start, end = (_moment(each if " " in str(each) else f"{each} 00:00") for each in said)
    return Window(start_at=start, cutoff_at=end)


def _post(said: dict[str, Any]) -> Post:
    fields = {name: value for name, value in said.items() if name not in ("id", "day", "words")}
    for name in ("first_seen", "changed"):
        if name in fields:
            fields[f"{name}_at"] = _moment(fields.pop(name))
    if words := said.get("words"):
        first, last = words
        fields["text"] = " ".join(f"moss{n}" for n in range(first, last + 1))
        fields["words"] = last - first + 1
    fields["authors"] = tuple(fields.get("authors", ()))
    fields["categories"] = tuple(Term(name=name) for name in fields.pop("categories", ()))
    when = said.get("day", 10)
    fields["published_at"] = _moment(when) if when else None
    return post(said["id"], **fields)


def _mark(said: dict[str, Any], issue: str, *, is_dropped: bool = False) -> Remembered:
    return remembered(_post(said), issue, Prints(), is_dropped=is_dropped)


def _issue(number: int, said: dict[str, Any], edition: str) -> PastIssue:
    window, posts = _window(said["days"]), [_post(each) for each in said.get("posts", [])]
    lists: dict[str, Any] = {
        name: tuple(said.get(name, ()))
        for name in ("carried", "unmatched", "cooling", "repeated", "held", "limited")
    }
    ids = tuple(each.id for each in posts)
    return PastIssue(
        id=f"{edition}-{number}",
        edition=edition,
        dated=date(2026, 11, said["days"][1] - 1) if said["days"][1] > 1 else date(2026, 10, 31),
        window=window,
        posts=ids,
        urls=tuple(each.url for each in posts if each.url),
        fingerprints=tuple(map(fingerprint, posts)),
        considered=(*said.get("considered", ()), *ids),
        marks=tuple(_mark(each, f"{edition}-{number}") for each in said.get("posts", [])),
        remembered=tuple(
            _mark(each, f"{edition}-{number}", is_dropped=True) for each in said.get("dropped", [])
        ),
        built_at=_moment(said["built"]) if "built" in said else None,
        selectors=msgspec.convert(said["selectors"], Selectors) if "selectors" in said else None,
        **lists,
    )


def _update(said: dict[str, Any]) -> Update:
    fields = {name: value for name, value in said.items() if name != "post"}
    return Update(post=_post(said["post"]), number=3, dated=date(2026, 11, 8), **fields)


def _shown(chosen: Selection) -> str:
    told = [
        f"{n}. {each.post.id} in section {each.section}" + (f", {each.mark}" if each.mark else "")
        for n, each in enumerate(chosen.chosen, 1)
    ]
    told += [
        f"{d.id} {d.verdict} by {d.rule}" + (f": {d.detail}" if d.detail else "")
        for d in chosen.decisions
    ]
    for name in ("considered", "carried"):
        if getattr(chosen, name):
            told.append(f"{name}: {', '.join(getattr(chosen, name))}")
    for kept in chosen.remembered:
        what = "dropped" if kept.is_dropped else f"sent in {kept.issue}"
        told.append(f"remembered as {what}: {kept.id}, {kept.url}, {kept.title}, {kept.day}")
    if chosen.updates:
        told.append(f"told as changed: {', '.join(each.post.id for each in chosen.updates)}")
    return "\n".join(told)
