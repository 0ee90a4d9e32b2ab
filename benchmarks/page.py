"""Writes docs/performance.md from the reports of one run, and of the machine what it is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.report import Goal, Report, Table

_OPENING = """\
# How fast it is

What somebody feels who writes a newsletter comes first, then what it is made of. `make bench`
writes this page; a section is renewed when its benchmark ran, and says when. Figures are medians,
with the minimum in brackets. Ratios hold within one run only, since all contestants share its
noise; times are milliseconds unless a heading says otherwise. Run it yourself: it takes some
minutes, and the comparison with npm's packages needs Node.js with npm.
"""


def page(reports: Sequence[Report], titles: Sequence[str], told: str, before: str = "") -> str:
    """Return the page in Markdown: sections in the order of `titles`, else as `before`.

    `told` says of a section when and on what it was measured.
    """
    kept = {part.partition("\n")[0]: part for part in before.split("\n## ")[1:]}
    made = {report.title: _section(report, told) for report in reports}
    known = {**kept, **made}
    return "\n## ".join([_OPENING, *(known[title] for title in titles if title in known)])


def _section(report: Report, told: str) -> str:
    blocks = [f"{report.title}\n", f"{told}\n"]
    blocks += [block for table in report.tables for block in _table(table)]
    if report.goals:
        blocks += _goals(report.goals)
    return "\n".join(blocks)


def _goals(goals: Sequence[Goal]) -> Iterator[str]:
    rows = [[goal.claim, goal.measured, "yes" if goal.is_met else "**no**"] for goal in goals]
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
