"""Measures bylines and series read right: `python -m benchmarks.editing_accuracy [--misses]`.

Reads every labelled table `tests/data/titles*.tsv` and tells precision and recall. A byline counts
as right when both the title left over and the authors are; a series when its name, part and total
are. Empty `authors` mean that the declared ones stay, an empty `series` that there is none; what is
labelled "?" may be read either way and does not count. The rules were mended after every one of
these tables, so the figures guard against going back; how the rules first did on titles they had
not met, docs/conventions.md tells.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.report import Report, arguments
from digest.editing import EditingSettings, byline, series
from digest.editing.convention import Convention, Seen, learn
from digest.models import SeriesPart, Term, key

TABLES = Path(__file__).parent.parent / "tests" / "data"
SITE = "The Watering Can"
OPEN = "?"
SETTINGS = EditingSettings(newsletter_name=SITE)


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


def blogs(table: list[Row]) -> Iterator[tuple[Row, Convention]]:
    """Yield each row with its blog's convention; rows that one account published are one blog."""
    of_account: dict[tuple[str, ...], list[Row]] = {}
    for row in table:
        of_account.setdefault(row.declared, []).append(row)
    for members in of_account.values():
        seen = [Seen(title=row.title, authors=row.declared, opening=row.text) for row in members]
        learnt = learn(seen, SETTINGS, "")
        yield from ((row, learnt) for row in members)


def read_byline(row: Row, learnt: Convention) -> byline.Reading:
    staff = frozenset({key(SITE)})
    return byline.read(
        row.title, declared=row.declared, summary=row.text, staff=staff, habit=learnt.byline
    )


def read_series(row: Row, title: str, learnt: Convention) -> tuple[SeriesPart, ...]:
    return series.read(
        title, declared=row.declared_series, terms=row.terms, habit=learnt.series
    ).series


def score_bylines(table: list[Row]) -> tuple[Score, list[str]]:
    right = wrong = missed = 0
    misses = []
    for row, learnt in blogs(table):
        if row.expected_title == OPEN:
            continue
        reading = read_byline(row, learnt)
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
    for row, learnt in blogs(table):
        if row.series == OPEN:
            continue
        title = read_byline(row, learnt).title
        found = [(key(s.name), s.part, s.total) for s in read_series(row, title, learnt)]
        truth = [(key(row.series), row.part, row.total)] if row.series else []
        right += bool(truth) and found == truth
        wrong += bool(found) and found != truth
        missed += bool(truth) and found != truth
        if found != truth:
            misses.append(f"{row.title!r}: read {found}, is {truth}")
    return Score(right, wrong, missed), misses


def rated(path: Path, *, quiet: bool) -> list[list[str]]:
    """Return a row each for bylines and series of one table; misses are printed unless `quiet`."""
    table = list(rows(path))
    found = []
    for name, (score, misses) in (
        ("bylines", score_bylines(table)),
        ("series", score_series(table)),
    ):
        counts = [str(count) for count in score]
        found.append(
            [
                f"{name} in {path.stem}",
                str(len(table)),
                f"{score.precision:.3f}",
                f"{score.recall:.3f}",
                *counts,
            ]
        )
        for line in [] if quiet else misses:
            print(f"    {line}")
    return found


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--misses", action="store_true", help="print what was read wrong, too")
    options = parser.parse_args()
    report = Report("Bylines and series read right")
    found = [
        row
        for path in sorted(TABLES.glob("titles*.tsv"))
        for row in rated(path, quiet=not options.misses)
    ]
    headings = ["what", "titles", "precision", "recall", "right", "wrong", "missed"]
    report.table("Labelled titles", headings, found)
    report.save(options.json)


if __name__ == "__main__":
    main()
