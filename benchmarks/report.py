"""What every benchmark hands in: tables, goals with what was measured, and what was left out.

A benchmark prints its report as it goes; `python -m benchmarks` reads the JSON that `--json FILE`
asks for and makes the page from it. Refuses to measure anything.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median


@dataclass
class Table:
    """Hold one table of strings; `note` says how it was measured."""

    title: str
    headings: list[str]
    rows: list[list[str]]
    note: str = ""


@dataclass
class Goal:
    """Hold one goal and whether this run met it."""

    claim: str
    measured: str
    is_met: bool


@dataclass
class Report:
    """Gather what one benchmark found, printing each piece at once."""

    title: str
    tables: list[Table] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def table(
        self, title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], note: str = ""
    ) -> None:
        """Add a table: the first column names what was measured, the others are figures."""
        made = Table(title, list(headings), [list(row) for row in rows], note)
        self.tables.append(made)
        print(f"\n{title}" + (f"\n({note})" if note else ""))
        print("\n".join(_aligned([made.headings, *made.rows])), flush=True)

    def goal(self, claim: str, measured: str, is_met: bool) -> None:
        """Add a goal, with what was measured."""
        self.goals.append(Goal(claim, measured, is_met))
        print(f"{'met   ' if is_met else 'MISSED'}  {claim}: {measured}", flush=True)

    def skip(self, reason: str) -> None:
        """Say that a part was left out, and why."""
        self.skipped.append(reason)
        print(f"left out: {reason}", flush=True)

    def save(self, path: Path | None) -> None:
        """Keep the report, where somebody asked for it."""
        if path:
            path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Report:
        """Return a report that was kept."""
        kept = json.loads(path.read_text("utf-8"))
        return cls(
            title=kept["title"],
            tables=[Table(**table) for table in kept["tables"]],
            goals=[Goal(**goal) for goal in kept["goals"]],
            skipped=kept["skipped"],
        )


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  ".join(
            [
                row[0].ljust(widths[0]),
                *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True)),
            ]
        )
        for row in rows
    ]


def arguments(description: str | None) -> argparse.ArgumentParser:
    """Return a parser that knows `--json`, which every benchmark takes."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the results there too")
    return parser


def ms(times: Sequence[float]) -> str:
    """Return median and minimum of times in milliseconds, with digits that fit their size."""
    return f"{figure(median(times))} ({figure(min(times))})"


def figure(value: float) -> str:
    """Return a number with about three digits that say something.

    >>> figure(0.4567), figure(12.34), figure(1234.5)
    ('0.46', '12.3', '1,234')
    """
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"
