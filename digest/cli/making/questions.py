"""Says what a build asks its editor.

What waits for an answer, what piles up, what answers to no name.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from digest.cli.making.summary import HELD_BACK
from digest.cli.session import Session

if TYPE_CHECKING:
    from digest.models import Edition
    from digest.workflow.making.reports import BuildReport

_NAMED = 3  # posts in a message


def tell(session: Session, report: BuildReport, *, dry_run: bool) -> None:
    """Say what the record makes one ask, and what waits for an answer."""
    if report.is_open:
        session.say(
            f"{report.issue} is the open draft. `digest approve {report.issue}` ends it; "
            f"`digest build {report.edition} --date DATE` begins another."
        )
    for note in report.notes:
        session.say(note)
    if not dry_run:
        _tell_questions(session, report)
        _tell_backlog(session, report)


def _tell_questions(session: Session, report: BuildReport) -> None:
    """Say which posts are held back until the editor says what becomes of them."""
    asked = [d for d in report.decisions if d.rule in HELD_BACK and d.verdict == "waiting"]
    if not asked:
        return
    session.say(f"{_posts(len(asked))} held back until you say what becomes of them:")
    for decision in asked[:_NAMED]:
        session.say(f"  {decision.title}: {decision.detail}")
        session.say(f"    {decision.url or decision.id}")
    if len(asked) > _NAMED:
        shown = f"`digest build {report.edition} --dry-run` shows all"
        session.say(f"  … and {len(asked) - _NAMED} more; {shown}.")
    how = "pin or drop each"
    if any(d.rule != "twin" for d in asked):
        how += '; "held: take" takes all but twins, "held: leave" leaves them for good'
    file = f"{report.folder}/editor.md"
    if (session.project.root / file).exists():
        session.say(f"In {file}: {how}.")
    else:
        session.say(f'In a new file {file}, between two lines of "---": {how}.')


def _tell_backlog(session: Session, report: BuildReport) -> None:
    """Say how many posts found no room, and how their waiting is ended if they pile up."""
    waiting = [d for d in report.decisions if d.rule == "limit" and d.verdict == "waiting"]
    if not waiting:
        return
    told = f"{_posts(len(waiting))} left over by the limit, for the next issue"
    edition = session.project.edition(report.edition)
    if len(waiting) > (edition.limit or len(report.posts)) and not edition.carry_over:
        told += (
            f'; that is more than an issue holds. carry_over = "2 issues" in '
            f"[edition.{report.edition}] lets a post wait no longer than that"
        )
    session.say(f"{told}.")


def _posts(count: int) -> str:
    return "1 post is" if count == 1 else f"{count} posts are"


_MOST_UNMATCHED = 5  # names in a message


def tell_unmatched(session: Session, editions: Iterable[Edition]) -> None:
    """Say which names in the selectors no post bears."""
    from digest.workflow.telling.unmatched import unmatched

    found = unmatched(session.project, editions)
    for each in found[:_MOST_UNMATCHED]:
        session.say(str(each))
    if len(found) > _MOST_UNMATCHED:
        session.say(f"… and {len(found) - _MOST_UNMATCHED} more names that no post bears")
