"""Measures the selection of one build: candidates from the archive's index, then the choice.

Run `python -m benchmarks.selection [--posts 100000 1000000] [--keep FOLDER]`. The archives are made
in a temporary folder, or in the one to keep, where the next run finds them: a million posts take
minutes. Every case is an edition built from an archive that spans twenty years, with a hundred
issues before it.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from benchmarks.report import Report, arguments, figure, ms
from digest import selection
from digest.archive import Archive
from digest.knowledge.schedules import schedule
from digest.models import Edition, Evergreen, Post, RawItem, Selectors, Term, Window, replace
from digest.selection import PastIssue

NOW = datetime(2026, 11, 23, 20, tzinfo=UTC)
SPAN = timedelta(days=20 * 365)
SKETCHED = timedelta(days=2 * 365)  # so are the posts that an issue may still hold
TAGS = [f"Subject {number}" for number in range(200)]
WORDS = [f"word{number}" for number in range(2_000)]
ROUNDS = 9
TARGET_MS = {100_000: 20.0, 1_000_000: 30.0}


def pairs(count: int) -> Iterator[tuple[RawItem, Post]]:
    for number in range(count):
        url = f"https://garden.example/{number}/a-post"
        dated = NOW - SPAN * ((number * 7919 % count) / count)
        tags = tuple(Term(name=TAGS[number * step % 200]) for step in (1, 7, 31))
        title = f"Notes from bed {number}"
        # No two posts of a blog are alike, but for those that were sent before.
        text = " ".join(random.Random(number).choices(WORDS, k=200))
        item = RawItem(
            identity=str(number), where=url, url=url, title=title, published_at=dated, body=text
        )
        post = Post(
            id=f"{number:012x}", source="garden", identity=str(number), url=url, title=title,
            raw_title=title, published_at=dated, tags=tags, excerpt=text[:200],
            body=f"<p>{text}</p>", text=text, words=200,
            sketch=selection.sketch(text) if NOW - dated < SKETCHED else "",
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
                (replace(i, identity=f"late-{i.identity}"),
                 replace(p, id=f"late-{p.id}", url=f"{p.url}-late", title=f"Late {p.title}",
                         published_at=NOW - timedelta(days=9, hours=n)))
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
            post
            for post in archive.candidates(window, narrow_above=10**9)
            if not post.id.startswith("late")
        ]
        held = archive.whole(considered[:10])
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
    dated = NOW.date()
    scheduled_at = None
    if edition.schedule:
        planned = schedule(edition.schedule)
        dated = selection.latest(planned, "Europe/London", NOW) or dated
        scheduled_at = selection.scheduled_at(planned, dated, "Europe/London")
    window = selection.window(
        edition, dated, "Europe/London", NOW, issues, scheduled_at=scheduled_at
    )
    ledger = selection.Ledger(issues)
    candidates = archive.candidates(
        window,
        first_start=selection.first_start(issues),
        settled=ledger.settled,
        ids=ledger.pending,
        sources=["garden"],
        selectors=edition.selectors,
    )
    chosen = selection.select(
        edition, candidates, window=window, earlier=issues, dated=dated, number=len(issues) + 1,
        cooling=[replace(issue, edition="daily") for issue in issues[-7:]]
        if edition.cool_down
        else (),
        older=lambda: older(archive, edition, issues, window, dated), whole=archive.whole,
    )  # fmt: skip
    archive.changed(
        [id_ for issue in issues[-10:] for id_ in issue.posts], NOW - timedelta(days=7), ["garden"]
    )
    return len(candidates), len(chosen.chosen)


def older(
    archive: Archive, edition: Edition, issues: list[PastIssue], window: Window, dated: date
) -> list[Post]:
    if edition.evergreen is None:
        return []
    pool, sent = edition.evergreen, {id_ for issue in issues for id_ in issue.posts}
    return archive.pool(
        selection.evergreen.spans(pool, window, dated, "Europe/London"),
        selection.evergreen.selectors(edition, pool),
        rank=selection.evergreen.rank(edition.name, len(issues) + 1),
        is_known=sent.__contains__,
        sources=["garden"],
    )


def peak_megabytes(path: Path, edition: Edition, issues: list[PastIssue]) -> float:
    """Return the most memory that a build's selection takes, SQLite's cache (32 MB) apart."""
    with Archive.open(path) as archive:
        tracemalloc.start()
        build(archive, edition, issues)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peak / 1e6


def measure(count: int, folder: Path, report: Report) -> None:
    everything = Edition(
        name="weekly", title="", schedule="weekly on monday at 08:00",
        cool_down={"daily": "7 days"},
        selectors=Selectors(tags=(TAGS[7],)), evergreen=Evergreen(fill_to=50),
    )  # fmt: skip
    any_post = Evergreen(selectors=Selectors(sources=("garden",)), fill_to=50)
    editions = {
        "a week, one tag": Edition(name="weekly", title="", selectors=Selectors(tags=(TAGS[7],))),
        "a week, everything, limit 10": Edition(name="weekly", title="", limit=10),
        "a year, one tag": Edition(
            name="weekly",
            title="",
            since="12 months",
            selectors=Selectors(tags=(TAGS[7],)),
            limit=10,
        ),
        "scheduled, cooling, evergreen": everything,
        "the same, any older post": replace(everything, evergreen=any_post),
        "the same, anniversaries": replace(
            everything, evergreen=replace(any_post, anniversary=True)
        ),
    }
    rows, slowest = [], 0.0
    path = folder / f"{count}.db"
    made = f"made in {make(path, count):.0f} s" if not path.exists() else "as kept"
    about = f"{made}, {path.stat().st_size / 1e6:,.0f} MB on disk, a hundred issues before"
    with Archive.open(path) as archive:
        issues = past_issues(archive, editions["a week, one tag"], 100)
    for name, edition in editions.items():
        times = []
        with Archive.open(path) as archive:
            for _ in range(ROUNDS):
                started = time.perf_counter()
                with archive.unmoved():  # as a build does
                    found, chosen = build(archive, edition, issues)
                times.append((time.perf_counter() - started) * 1000)
        peak = peak_megabytes(path, edition, issues)
        rows.append([name, f"{found:,}", f"{chosen:,}", figure(times[0]), ms(times), f"{peak:.1f}"])
        slowest = max(slowest, median(times))
    headings = ["an issue of", "candidates", "chosen", "first, ms", "ms", "peak MB"]
    report.table(f"From {count:,} posts", headings, rows, about)
    target = TARGET_MS.get(count, 30.0)
    claim = f"selecting from {count:,} archived posts within {target:.0f} ms"
    report.goal(claim, f"{figure(slowest)} ms in the slowest case", slowest <= target)


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--posts", type=int, nargs="+", default=[100_000, 1_000_000])
    keep = os.environ.get("DIGEST_BENCH_ARCHIVES")
    parser.add_argument(
        "--keep",
        type=Path,
        default=Path(keep) if keep else None,
        help="keep the archives here, by default $DIGEST_BENCH_ARCHIVES; making them takes long",
    )
    asked = parser.parse_args()
    report = Report("Selecting posts")
    with tempfile.TemporaryDirectory() as temporary:
        for count in asked.posts:
            measure(count, asked.keep or Path(temporary), report)
    report.save(asked.json)


if __name__ == "__main__":
    main()
