"""Writes docs/performance.md from the reports of one run; knows of the machine only what it is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from benchmarks.report import Goal, Report, Table

_OPENING = """\
# How fast it is

Written by `make bench` on {day}, from one run on {machine}.
Figures are medians, with the minimum in brackets; ratios hold within this run only, since all contestants
share its noise. Times are milliseconds unless a heading says otherwise. Run it yourself: it takes some
minutes, and the comparison with npm's packages needs Node.js with npm.
"""


def page(reports: Sequence[Report], machine: str, day: date) -> str:
    """Return the page in Markdown."""
    goals = [goal for report in reports for goal in report.goals]
    opening = _OPENING.format(day=f"{day.day} {day:%B %Y}", machine=machine)
    blocks = [opening, *_goals(goals)]
    for report in reports:
        blocks.append(f"## {report.title}\n")
        blocks += [block for table in report.tables for block in _table(table)]
    return "\n".join(blocks)


def _goals(goals: Sequence[Goal]) -> Iterator[str]:
    rows = [[goal.claim, goal.measured, "yes" if goal.is_met else "**no**"] for goal in goals]
    yield "## Goals\n"
    yield _rows(["goal", "measured", "met"], rows, "---")


def _table(table: Table) -> Iterator[str]:
    yield f"### {table.title}\n"
    if table.note:
        yield f"{table.note}\n"
    yield _rows(table.headings, table.rows, "---:")


def _rows(headings: Sequence[str], rows: Sequence[Sequence[str]], align: str) -> str:
    ruler = ["---", *[align] * (len(headings) - 1)]
    lines = [headings, ruler, *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
