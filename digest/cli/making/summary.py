"""What `digest build` says of many editions: sums, and what deserves a line of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from digest.cli.session import Session
from digest.cli.speaking import echo

if TYPE_CHECKING:
    from digest.workflow.making.reports import BuildReport, Status

MOST_LINES = 20
"""Of how many editions each gets a line; of more, only their sums are told."""

HELD_BACK = ("twin", "held-back", "missing-issue")
"""The rules by which a post waits for its editor's word."""

NOT_DUE = "not due"
_STATES: tuple[Status, ...] = ("built", "unchanged", "sealed")


class Sums:
    """Add up what became of editions, looking once at each: thousands of reports take much room.

    `faulty` are the first that have errors, `kept` those with files that were changed by hand.
    """

    def __init__(self, session: Session, reports: Iterable[BuildReport]) -> None:
        self._session, self._config = session, session.project.config
        self.states: Counter[str] = Counter()
        self.count = self.built_posts = self.built_bytes = 0
        self.shortened = self.asking = self.with_errors = 0
        self.has_patterns = False
        self.faulty: list[BuildReport] = []
        self.kept: list[BuildReport] = []
        self._empty: list[BuildReport] = []
        for report in reports:
            self._add(report)

    def _add(self, report: BuildReport) -> None:
        self.count += 1
        self.states[report.status if report.is_due else NOT_DUE] += 1
        if report.status == "built":
            self.built_posts += len(report.posts)
            self.built_bytes += report.html_bytes
        self.shortened += any(cost.shown != "full" for cost in report.costs)
        self.asking += any(d.rule in HELD_BACK for d in report.decisions)
        self.has_patterns = self.has_patterns or self._is_of_a_pattern(report)
        if report.kept:
            self.kept.append(report)
        # With --quiet an unchanged issue is passed over. It was told of when it was written, and
        # cron would mail the same again and again.
        if report.errors and (report.status == "built" or not self._session.quiet):
            self.with_errors += 1
            self.faulty += [report] if len(self.faulty) < MOST_LINES else []
        if report.status == "nothing-to-send":
            self._empty += [report] if self._is_missed(report) else []

    def _is_missed(self, report: BuildReport) -> bool:
        return not self._empty or not self._is_of_a_pattern(report)

    def _is_of_a_pattern(self, report: BuildReport) -> bool:
        return self._config.pattern_of(report.edition) is not None

    @property
    def empty(self) -> list[BuildReport]:
        """Return those with nothing to send, without those of a pattern's editions.

        Of many editions some always have nothing; only where none has anything is that worth
        telling, and one tells it.
        """
        is_all = self.count == self.states["nothing-to-send"] + self.states[NOT_DUE]
        if is_all and self._config.patterns:
            return self._empty[:1]
        return [report for report in self._empty if not self._is_of_a_pattern(report)]


def tell_none(session: Session, shard: str | None = None) -> None:
    """Say why there was no edition to build."""
    if shard and any(True for _ in session.project.each_edition()):
        session.say(f"No edition that was asked for belongs to part {shard}.")
        return
    for told in session.project.why_no_editions():
        session.say(told)


def show(session: Session, sums: Sums, *, count: int, failed: int) -> None:
    """Say how many editions were built, how large their issues are, and which have errors."""
    echo(f"{count:,} editions: {', '.join(_counted(sums, count, failed))}")
    if sums.states["built"]:
        megabytes = sums.built_bytes / 1e6
        folder = session.project.folders.root
        echo(f"  {sums.built_posts:,} posts, {megabytes:,.1f} MB of HTML in {folder}")
    warn(session, sums)
    for told in _notes(sums):
        session.say(told)


def _notes(sums: Sums) -> Iterator[str]:
    """Yield what else an editor of many issues should know."""
    if sums.shortened:
        yield f"Issues that show less of some posts, to stay within max_bytes: {sums.shortened:,}."
    if sums.asking:
        yield (
            f"Issues that hold posts back until you say what becomes of them: {sums.asking:,}. "
            "`digest build EDITION --dry-run` shows them."
        )
    if sums.has_patterns:
        yield "Of a pattern's issues one in a hundred was checked; `digest check ISSUE` checks any."


def warn(session: Session, sums: Sums) -> None:
    """Say what is wrong with issues: every error of few, of many the first of each."""
    for report in sums.kept:
        tell_kept(session, report)
    for report in sums.faulty:
        shown = report.errors[:1] if sums.count > MOST_LINES else report.errors
        more = len(report.errors) - len(shown)
        for error in shown:
            others = f", and {more} more" if more else ""
            session.warn(f"{report.issue}: {error.rule}: {error.message} ({error.place}){others}")
    if sums.with_errors > MOST_LINES:
        session.warn(f"and {sums.with_errors - MOST_LINES} more with errors")


def tell_kept(session: Session, report: BuildReport) -> None:
    """Say which files were changed by hand, and where they are now."""
    for name in report.kept:
        session.warn(f"{report.folder}: a file was changed by hand; it is kept as {name}")


def tell_next(session: Session, built: Mapping[str, bool]) -> None:
    """Say what to do with the issues that were built, each with whether it has errors.

    It is said once, however many they are.
    """
    if not built:
        return
    issue, where = (next(iter(built)), "there") if len(built) == 1 else ("ISSUE", "of each")
    first = " once its errors are mended" if any(built.values()) else ""
    session.say(
        f"Next: `digest preview {issue}`, or write your words into editor.md {where};"
        f" `digest approve {issue}` seals it{first}."
    )


def _counted(sums: Sums, count: int, failed: int) -> list[str]:
    found = sums.states
    told = [f"{found[status]:,} {status}" for status in _STATES if found[status]]
    if found["nothing-to-send"]:
        told.append(f"{found['nothing-to-send']:,} with nothing to send")
    # Of all editions only those that are due are looked at.
    waiting = count - failed - sums.count + found[NOT_DUE]
    if waiting:
        told.append(f"{waiting:,} not due")
    if failed:
        told.append(f"{failed:,} failed")
    return told
