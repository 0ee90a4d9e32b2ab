"""Measures the selection of one build: candidates from the archive's index, then the choice.

Run `python benchmarks/selection.py [--posts 100000 1000000]`. The archives are made in a temporary folder.
Every case is an edition built from an archive that spans twenty years, with a hundred issues before it.
"""

from __future__ import annotations

import argparse
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from digest import selection
from digest.archive import Archive
from digest.models import Edition, Post, RawItem, Selectors, Term, replace
from digest.selection import PastIssue

NOW = datetime(2026, 11, 23, 20, tzinfo=UTC)
SPAN = timedelta(days=20 * 365)
TAGS = [f"Subject {number}" for number in range(200)]
TEXT = " ".join(f"word{number % 97}" for number in range(200))
ROUNDS = 9
TARGET_MS = {100_000: 20.0, 1_000_000: 30.0}


def pairs(count: int) -> Iterator[tuple[RawItem, Post]]:
    for number in range(count):
        url = f"https://garden.example/{number}/a-post"
        dated = NOW - SPAN * ((number * 7919 % count) / count)
        tags = tuple(Term(name=TAGS[number * step % 200]) for step in (1, 7, 31))
        title, text = f"Notes from bed {number}", f"{number} {TEXT}"
        item = RawItem(identity=str(number), where=url, url=url, title=title, published_at=dated, body=text)
        post = Post(
            id=f"{number:012x}", source="garden", identity=str(number), url=url, title=title, raw_title=title,
            published_at=dated, tags=tags, excerpt=text[:200], body=f"<p>{text}</p>", text=text, words=201,
        )  # fmt: skip
        yield item, post


def make(path: Path, count: int) -> float:
    started = time.perf_counter()
    with Archive.open(path) as archive:
        archive.store("garden", pairs(count), now=NOW - SPAN)
        late = list(pairs(20))
        archive.store(
            "garden",
            [
                (replace(i, identity=f"late-{i.identity}"), replace(p, id=f"late-{p.id}", url=f"{p.url}-late",
                 title=f"Late {p.title}", published_at=NOW - timedelta(days=9, hours=n)))
                for n, (i, p) in enumerate(late)
            ],
            now=NOW - timedelta(hours=1),
        )  # fmt: skip
    return time.perf_counter() - started


def past_issues(archive: Archive, edition: Edition, weeks: int) -> list[PastIssue]:
    """Return issues of the weeks before, each with what it considered and the ten posts it held."""
    issues: list[PastIssue] = []
    for week in range(weeks, 0, -1):
        dated = date(2026, 11, 23) - timedelta(weeks=week)
        cutoff = datetime(dated.year, dated.month, dated.day, 20, tzinfo=UTC)
        window = selection.window(edition, dated, "UTC", cutoff, issues)
        considered = [
            post for post in archive.candidates(window, narrow_above=10**9) if not post.id.startswith("late")
        ]
        held = considered[:10]
        issues.append(
            PastIssue(
                id=f"{dated}-weekly", edition="weekly", dated=dated, window=window, built_at=cutoff,
                posts=tuple(post.id for post in held), urls=tuple(post.url or "" for post in held),
                fingerprints=tuple(selection.fingerprint(post) for post in held),
                considered=tuple(post.id for post in considered),
            )
        )  # fmt: skip
    return issues


def build(archive: Archive, edition: Edition, issues: list[PastIssue]) -> tuple[int, int]:
    window = selection.window(edition, NOW.date(), "Europe/London", NOW, issues)
    ledger = selection.Ledger(issues)
    candidates = archive.candidates(
        window,
        first_start=selection.first_start(issues),
        seen_after=ledger.seen_after,
        known=ledger.known,
        ids=ledger.pending,
        sources=["garden"],
        selectors=edition.selectors,
    )
    chosen = selection.select(edition, candidates, window=window, earlier=issues, dated=NOW.date())
    return len(candidates), len(chosen.chosen)


def peak_megabytes(path: Path, edition: Edition, issues: list[PastIssue]) -> float:
    """Return the most memory that one build's selection takes, SQLite's cache (at most 32 MB) apart."""
    with Archive.open(path) as archive:
        tracemalloc.start()
        build(archive, edition, issues)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peak / 1e6


def measure(count: int) -> bool:
    editions = {
        "a week, one tag": Edition(name="weekly", title="", selectors=Selectors(tags=(TAGS[7],))),
        "a week, everything, limit 10": Edition(name="weekly", title="", limit=10),
        "a year, one tag": Edition(
            name="weekly", title="", since="12 months", selectors=Selectors(tags=(TAGS[7],)), limit=10
        ),
    }
    is_fast = True
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        seconds = make(path, count)
        print(f"\n{count:,} posts: made in {seconds:.0f} s, {path.stat().st_size / 1e6:,.0f} MB")
        print(f"{'case':32}{'candidates':>12}{'chosen':>8}{'first ms':>10}{'median ms':>11}{'peak MB':>11}")
        with Archive.open(path) as archive:
            issues = past_issues(archive, editions["a week, one tag"], 100)
        for name, edition in editions.items():
            times = []
            with Archive.open(path) as archive:
                for _ in range(ROUNDS):
                    started = time.perf_counter()
                    found, chosen = build(archive, edition, issues)
                    times.append((time.perf_counter() - started) * 1000)
            peak = peak_megabytes(path, edition, issues)
            print(f"{name:32}{found:12,}{chosen:8,}{times[0]:10.1f}{median(times):11.1f}{peak:11.1f}")
            is_fast &= median(times) <= TARGET_MS.get(count, 30.0)
    return is_fast


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, nargs="+", default=[100_000, 1_000_000])
    results = {count: measure(count) for count in parser.parse_args().posts}
    for count, is_fast in results.items():
        verdict = "within" if is_fast else "ABOVE"
        print(f"{count:,} posts: {verdict} {TARGET_MS.get(count, 30.0):.0f} ms")


if __name__ == "__main__":
    main()
