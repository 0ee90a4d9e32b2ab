"""Nothing lost, nothing twice: whatever happens to a blog, its newsletter has each post exactly once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from digest import selection
from digest.archive import Archive
from digest.models import Edition, Selection
from digest.selection import Ledger, PastIssue
from tests.archive.makers import pair
from tests.selection.makers import edition, recorded

START = datetime(2026, 11, 1, tzinfo=UTC)
ZONE = "Europe/London"
EVENTS = [
    "publish",
    "publish",
    "edit",
    "redate",
    "retag",
    "withdraw",
    "revive",
    "build",
    "build",
    "rebuild",
    "delete",
]


class Newsroom:
    """A blog, its archive and an edition's issues, with a clock that events move on."""

    def __init__(self, weekly: Edition, is_filtered: bool) -> None:
        self.edition, self.is_filtered = weekly, is_filtered
        self.archive = Archive.open(Path(":memory:"))
        self.now = START + timedelta(days=10)
        self.posts: dict[str, dict[str, Any]] = {}
        self.issues: list[PastIssue] = []
        self.opened: list[datetime] = []
        self.made = 0

    def happen(self, event: str, which: int, hours: int) -> None:
        self.now += timedelta(hours=hours, seconds=1)
        if event == "publish":
            self.made += 1
            dated = self.now - timedelta(hours=(which % 7) * 31 - 20)
            self.posts[f"p{self.made}"] = {
                "dated": dated,
                "is_ours": which % 4 > 0,
                "words": 0,
                "is_there": True,
            }
        elif event in ("build", "rebuild", "delete"):
            if event == "delete":
                del self.issues[-1:]
            else:
                self.build(
                    self.issues[-1].dated if event == "rebuild" and self.issues else self.today
                )
            return
        elif self.posts:
            name = sorted(self.posts)[which % len(self.posts)]
            change: dict[str, Any] = {
                "edit": {"words": self.posts[name]["words"] + 1},
                "redate": {"dated": self.now - timedelta(hours=which * 13 - 40)},
                "retag": {"is_ours": not self.posts[name]["is_ours"]},
                "withdraw": {"is_there": False},
                "revive": {"is_there": True},
            }[event]
            self.posts[name] |= change
        self.collect()

    @property
    def today(self) -> date:
        return self.now.date()

    def collect(self) -> None:
        pairs = [
            pair(
                name, published_at=told["dated"], text=f"{told['words']} words of {name}",
                tags=["ours" if told["is_ours"] else "theirs"],
            )
            for name, told in self.posts.items() if told["is_there"]
        ]  # fmt: skip
        self.archive.store(
            "garden", pairs, now=self.now, present={item.identity for item, _ in pairs}
        )

    def build(self, dated: date) -> Selection:
        others = [issue for issue in self.issues if issue.dated != dated]
        earlier = [issue for issue in others if issue.dated < dated]
        ledger = Ledger(earlier)
        opened = min(self.opened, default=None) if not earlier else None
        window = selection.window(self.edition, dated, ZONE, self.now, earlier, opened)
        extra: dict[str, Any] = {"settled": ledger.settled} if self.is_filtered else {}
        candidates = self.archive.candidates(
            window, first_start=selection.first_start(earlier),
            ids=ledger.pending, sources=["garden"], selectors=self.edition.selectors, **extra,
        )  # fmt: skip
        chosen = selection.select(
            self.edition, candidates, window=window, earlier=others, dated=dated, number=1
        )
        if chosen.chosen:
            self.issues = [*others, recorded(len(self.issues), dated, chosen, self.now)]
            self.issues.sort(key=lambda issue: issue.dated)
        else:
            self.issues = others
            self.opened.append(window.start_at)
        return chosen

    def build_until_nothing_is_left(self) -> None:
        self.now += timedelta(days=60)
        for _ in range(100):
            self.now += timedelta(days=2)
            chosen = self.build(self.today)
            if not chosen.carried and not chosen.chosen:
                return
        raise AssertionError("posts are carried over for ever")


@settings(max_examples=70)
@given(
    events=st.lists(
        st.tuples(st.sampled_from(EVENTS), st.integers(0, 12), st.integers(0, 60)),
        min_size=5,
        max_size=40,
    ),
    limit=st.sampled_from([None, 1, 2, 3]),
    settle=st.sampled_from(["0", "15 minutes", "1 day"]),
    is_filtered=st.booleans(),
)
def test_every_post_comes_exactly_once(
    events: list[tuple[str, int, int]], limit: int | None, settle: str, is_filtered: bool
) -> None:
    """Posts come, late too, and are edited, redated, retagged, withdrawn and put back, between builds."""
    room = Newsroom(edition(tags=["ours"], limit=limit, settle=settle), is_filtered)
    with room.archive:
        for event in events:
            room.happen(*event)
        room.build_until_nothing_is_left()
    sent = Counter(id_ for issue in room.issues for id_ in issue.posts)
    assert not [id_ for id_, times in sent.items() if times > 1]
    first = min([*(issue.window.start_at for issue in room.issues)], default=room.now)
    due = {f"garden-{n}" for n, told in room.posts.items()
           if told["is_there"] and told["is_ours"] and first <= told["dated"] < room.now}  # fmt: skip
    assert due <= set(sent)
