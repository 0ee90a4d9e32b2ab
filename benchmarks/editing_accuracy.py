"""Measures how often bylines and series are read right: `python -m benchmarks.editing_accuracy [--quiet]`.

Reads every labelled table `tests/data/titles*.tsv` and prints precision and recall with the misses. A byline
counts as right when both the title left over and the authors are; a series when its name, part and total
are. Empty `authors` mean that the declared ones stay, an empty `series` that there is none.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from digest.editing import byline, series
from digest.models import SeriesPart, Term, key

TABLES = Path(__file__).parent.parent / "tests" / "data"
SITE = "The Watering Can"


class Row(NamedTuple):
    """Hold one labelled title; lists are separated by semicolons."""

    title: str
    text: str
    declared: tuple[str, ...]
    terms: tuple[Term, ...]
    expected_title: str
    authors: tuple[str, ...]
    series: str
    part: int | None
    total: int | None
    declared_series: tuple[SeriesPart, ...]


class Score(NamedTuple):
    """Hold counts: claims that are right, claims that are wrong, truths not claimed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Return the share of claims that are right."""
        return self.right / (self.right + self.wrong or 1)

    @property
    def recall(self) -> float:
        """Return the share of truths that were claimed."""
        return self.right / (self.right + self.missed or 1)


def split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        for cells in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Row(
                title=cells["title"],
                text=cells["text"],
                declared=split(cells["declared"]),
                terms=tuple(Term(name=t) for t in split(cells["terms"])),
                expected_title=cells["expected_title"],
                authors=split(cells["authors"]) or split(cells["declared"]),
                series=cells["series"],
                part=int(cells["part"]) if cells["part"] else None,
                total=int(cells["total"]) if cells["total"] else None,
                declared_series=tuple(SeriesPart(name=s) for s in split(cells["declared_series"])),
            )


def read_byline(row: Row) -> byline.Reading:
    return byline.read(row.title, declared=row.declared, summary=row.text, staff=frozenset({key(SITE)}))


def read_series(row: Row, title: str) -> tuple[SeriesPart, ...]:
    return series.read(title, row.text, declared=row.declared_series, terms=row.terms).series


def score_bylines(table: list[Row]) -> tuple[Score, list[str]]:
    right = wrong = missed = 0
    misses = []
    for row in table:
        reading = read_byline(row)
        truth = (row.expected_title, row.authors)
        found, plain = (reading.title, reading.authors), (row.title, row.declared)
        right += found == truth != plain
        wrong += found not in (truth, plain)
        missed += truth not in (plain, found)
        if found != truth:
            misses.append(f"{row.title!r}: read {reading.title!r} by {', '.join(reading.authors)}")
    return Score(right, wrong, missed), misses


def score_series(table: list[Row]) -> tuple[Score, list[str]]:
    right = wrong = missed = 0
    misses = []
    for row in table:
        found = [(key(s.name), s.part, s.total) for s in read_series(row, read_byline(row).title)]
        truth = [(key(row.series), row.part, row.total)] if row.series else []
        right += bool(truth) and found == truth
        wrong += bool(found) and found != truth
        missed += bool(truth) and found != truth
        if found != truth:
            misses.append(f"{row.title!r}: read {found}, is {truth}")
    return Score(right, wrong, missed), misses


def posts_a_second(table: list[Row], rounds: int = 20) -> float:
    start = time.process_time()
    for _ in range(rounds):
        for row in table:
            read_series(row, read_byline(row).title)
    return rounds * len(table) / (time.process_time() - start)


def report(path: Path, *, quiet: bool) -> None:
    table = list(rows(path))
    print(f"{path.name}: {len(table)} titles")
    for name, (score, misses) in (("bylines", score_bylines(table)), ("series", score_series(table))):
        print(f"  {name}: precision {score.precision:.3f}, recall {score.recall:.3f} {tuple(score)}")
        for line in [] if quiet else misses:
            print(f"    {line}")
    print(f"  {posts_a_second(table):,.0f} titles a second")


if __name__ == "__main__":
    for found in sorted(TABLES.glob("titles*.tsv")):
        report(found, quiet="--quiet" in sys.argv)
