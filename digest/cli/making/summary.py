"""What `digest build` says of many editions: sums, and what deserves a line of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from digest.cli.session import Session
from digest.cli.speaking import echo
from digest.errors import DigestError

if TYPE_CHECKING:
    from digest.workflow.making.reports import BuildReport, Status

MOST_LINES = 20
"""Of how many editions each gets a line; of more, only their sums are told."""

HELD_BACK = ("twin", "held-back", "missing-issue")
"""The rules by which a post waits for its editor's word."""

_STATES: tuple[Status, ...] = ("built", "unchanged", "sealed")


def show(session: Session, made: Mapping[str, BuildReport | DigestError]) -> None:
    """Say how many editions were built, how large their issues are, and which have errors."""
    reports = [report for report in made.values() if not isinstance(report, DigestError)]
    echo(f"{len(made):,} editions: {', '.join(_counted(reports, len(made)))}")
    _show_size(session, [report for report in reports if report.status == "built"])
    warn(session, reports)
    for told in _notes(session, reports):
        session.say(told)


def _notes(session: Session, reports: Sequence[BuildReport]) -> Iterator[str]:
    """Yield what else an editor of many issues should know."""
    shortened = sum(any(cost.shown != "full" for cost in report.costs) for report in reports)
    if shortened:
        yield f"Issues that show less of some posts, to stay within max_bytes: {shortened:,}."
    asking = sum(any(d.rule in HELD_BACK for d in report.decisions) for report in reports)
    if asking:
        yield (
            f"Issues that hold posts back until you say what becomes of them: {asking:,}. "
            "`digest build EDITION --dry-run` shows them."
        )
    if any(session.project.config.pattern_of(report.edition) for report in reports):
        yield "Of a pattern's issues one in a hundred was checked; `digest check ISSUE` checks any."


def _show_size(session: Session, built: Sequence[BuildReport]) -> None:
    posts = sum(len(report.posts) for report in built)
    megabytes = sum(report.html_bytes for report in built) / 1e6
    if built:
        folder = session.project.folders.root
        echo(f"  {posts:,} posts, {megabytes:,.1f} MB of HTML in {folder}")


def warn(session: Session, reports: Sequence[BuildReport]) -> None:
    """Say what is wrong with issues: every error of few, of many the first of each.

    With --quiet an unchanged issue is passed over. It was told of when it was written, and cron
    would mail the same again and again.
    """
    for report in reports:
        tell_kept(session, report)
    faulty = [r for r in reports if r.errors and (r.status == "built" or not session.quiet)]
    for report in faulty[:MOST_LINES]:
        shown = report.errors[:1] if len(reports) > MOST_LINES else report.errors
        more = len(report.errors) - len(shown)
        for error in shown:
            others = f", and {more} more" if more else ""
            session.warn(f"{report.issue}: {error.rule}: {error.message} ({error.place}){others}")
    if len(faulty) > MOST_LINES:
        session.warn(f"and {len(faulty) - MOST_LINES} more with errors")


def tell_kept(session: Session, report: BuildReport) -> None:
    """Say which files were changed by hand, and where they are now."""
    for name in report.kept:
        session.warn(f"{report.folder}: a file was changed by hand; it is kept as {name}")


def _counted(reports: list[BuildReport], count: int) -> list[str]:
    found = Counter(report.status for report in reports if report.is_due)
    waiting = sum(not report.is_due for report in reports)
    told = [f"{found[status]:,} {status}" for status in _STATES if found[status]]
    if found["nothing-to-send"]:
        told.append(f"{found['nothing-to-send']:,} with nothing to send")
    if waiting:
        told.append(f"{waiting:,} not due")
    if count > len(reports):
        told.append(f"{count - len(reports):,} failed")
    return told
