"""The verb `run`, for cron and CI.

Collect, build what is due, check, hand over, and tell the editor. With `[run] deliver` nobody has
to be there: an issue without errors is sealed, left as a draft, and mailed to the editor as a test,
with a report of what was chosen, held back and found. What goes wrong is told too, and the same
thing once only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from email.message import EmailMessage
from typing import TYPE_CHECKING, Literal

from digest.config.tables import words
from digest.errors import (
    CheckFailed,
    DeliveryUnknown,
    DigestError,
    IssueFolderError,
    ServiceError,
)
from digest.files import write_atomically
from digest.knowledge.clocks import on_clocks
from digest.machine.hashing import sha256
from digest.models import Edition, Value, decode, encode, replace
from digest.services import Letter
from digest.workflow import records
from digest.workflow.gathering.collecting import SourceReport, collect
from digest.workflow.many import build_all
from digest.workflow.project import Project
from digest.workflow.sending import delivering, letters
from digest.workflow.sending.delivering import DeliverReport, Handover

if TYPE_CHECKING:
    from digest.workflow.making.reports import BuildReport

Outcome = Literal[
    "not due",
    "nothing to send",
    "built",  # and waits for an editor's approval
    "handed over",
    "unchanged",  # it was handed over before
    "stopped",  # by an error of a check, or a post that changed
    "unknown",
    "failed",
]
_TOLD = "told.json"
# A report is read on a telephone; `digest check` has the rest.
_MOST_LINES = 40

Progress = Callable[[str, int, int], None]


class RunReport(Value, omit_defaults=False):
    """Hold what became of one edition; `lines` are the report for its editor.

    `held` are those of posts that wait, which only the run that builds an issue knows; `faults`
    are the errors of the rules in an issue that it wrote and handed to nobody.
    """

    edition: str
    issue: str
    outcome: Outcome
    headline: str
    lines: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    error: DigestError | None = None


class Untold(Value):
    """Hold a report that no mail server has taken yet."""

    issue: str
    headline: str
    lines: tuple[str, ...]
    is_draft: bool


class Told(Value):
    """Hold what the editor of one edition was told last, and what could not be told so far."""

    mark: str = ""
    untold: Untold | None = None


class Run(Value):
    """Hold what one run did: of each source, and of each edition.

    `untold` is why an editor could not be told of it.
    """

    sources: tuple[SourceReport, ...]
    editions: tuple[RunReport, ...]
    notes: tuple[str, ...] = ()
    untold: DigestError | None = None


def run(project: Project, *, dry_run: bool = False, progress: Progress | None = None) -> Run:
    """Collect, and bring every edition that is due as far as `[run]` says.

    An edition without a schedule is due whenever this is called. One that fails does not stop the
    others.

    Raises:
        ConfigError: if digest.toml is wrong.
        ArchiveError: if the archive cannot be used.
    """
    collected = tuple(collect(project, progress=progress) if progress else collect(project))
    editions = list(project.each_edition())  # which there are may follow from what came
    failed = [report.source for report in collected if report.status == "failed"]
    built = build_all(project, editions, dry_run=dry_run, failed=failed)
    reports = []
    notes: list[str] = []
    untold: DigestError | None = None
    for edition in editions:
        made = built[edition.name]
        report = _brought_on(project, edition, made, dry_run=dry_run)
        report = _with_sources(report, collected)
        reports.append(report)
        try:
            notes += [] if dry_run else _tell(project, report)
        except DigestError as error:
            untold = error
    return Run(sources=collected, editions=tuple(reports), notes=tuple(notes), untold=untold)


def _brought_on(
    project: Project, edition: Edition, made: BuildReport | DigestError, *, dry_run: bool
) -> RunReport:
    """Return what became of an edition's issue once it was built, or not."""
    if isinstance(made, DigestError):
        return RunReport(
            edition=edition.name,
            issue=edition.name,
            outcome="failed",
            headline=f"{edition.name} could not be built",
            lines=(str(made),),
            error=made,
        )
    if not made.is_due:
        return _report(project, made, "not due", made.reason)
    if made.status == "nothing-to-send":
        return _report(project, made, "nothing to send", made.reason)
    if dry_run or not project.config.run.deliver:
        return _left(project, made, dry_run=dry_run)
    try:
        return _handed_over(project, edition, made)
    except CheckFailed as error:
        return _stopped(project, made, error, "was not handed over", "stopped")
    except DeliveryUnknown as error:
        return _stopped(project, made, error, "may be there or not", "unknown")
    except DigestError as error:
        return _stopped(project, made, error, "was not handed over", "failed")


def _left(project: Project, made: BuildReport, *, dry_run: bool) -> RunReport:
    """Return how far an issue has come that is handed to nobody now."""
    if made.status == "sealed" and project.folders.find(made.issue).state == "delivered":
        return _report(project, made, "unchanged", f"{made.issue} was handed over already")
    if project.config.run.deliver:
        return _report(project, made, "built", f"{made.issue} would be handed over", _planned(made))
    if made.status == "sealed":
        told = f"{made.issue} is approved: `digest deliver {made.issue}` hands it over"
        return _report(project, made, "unchanged", told)
    headline = f"{made.issue} waits for your approval"
    if dry_run:
        return _report(project, made, "built", headline, _planned(made))
    next_steps = [
        f"Look at it: digest preview {made.issue}",
        f"Approve it: digest approve {made.issue}",
    ]
    lines = [*next_steps, *_chosen(project, made), *_found(project, made)]
    found = made.errors if made.status == "built" else ()
    faults = tuple(f"{error.rule}: {error.message} ({error.place})" for error in found)
    return replace(_report(project, made, "built", headline, lines), faults=faults)


def _handed_over(project: Project, edition: Edition, made: BuildReport) -> RunReport:
    """Seal an issue that has no errors, and leave it as a draft."""
    if made.status != "sealed":
        letters.refuse_faulty(project, made.issue)
        _seal(project, made.issue)
    asked = project.config.run
    service = asked.deliver if isinstance(asked.deliver, str) else ""
    how = Handover(to=service, audience=asked.audience, once=True)
    try:
        given = delivering.deliver(project, made.issue, how)
    except ServiceError as error:
        # Somebody sent it by now, which is what it was for.
        if error.kind == "not a draft" and made.status == "sealed":
            return _report(
                project, made, "unchanged", f"{made.issue} is no draft any more: {error.message}"
            )
        raise
    if given.status == "unchanged":
        return _report(project, made, "unchanged", f"{made.issue} is at {given.service} already")
    headline = f"{made.issue} is a draft at {given.service}, for you to send"
    told = [*_there(given), *_chosen(project, made), *_found(project, made)]
    return _report(project, made, "handed over", headline, told)


def _seal(project: Project, issue: str) -> None:
    """Approve an issue, unless another run was quicker: then it is sealed as well."""
    try:
        records.approve(project, issue)
    except IssueFolderError:
        if project.folders.find(issue).state == "draft":
            raise


def _there(given: DeliverReport) -> list[str]:
    """Return what to say of a draft: where it is, and what became of it there."""
    lines = [f"Look at it and send it: {given.url}"] if given.url else []
    lines += [f"{given.service} changed something: {line}" for line in given.differences]
    return [*lines, *given.notes]


def _chosen(project: Project, made: BuildReport) -> list[str]:
    """Return what is in an issue, in the same words however often it is run."""
    posts = project.folders.read(made.issue).issue.posts
    told = [f"- {post.title} {post.permalink or ''}".rstrip() for post in posts]
    return ["", f"In it, {len(told)}:", *told]


def _planned(made: BuildReport) -> list[str]:
    """Return what would be in an issue that is not written."""
    chosen = [d for d in made.decisions if d.verdict == "chosen"]
    told = [f"- {d.title} {d.url or ''}".rstrip() for d in chosen]
    return ["", f"In it, {len(made.posts)}:", *told]


def _held_back(project: Project, made: BuildReport) -> list[str]:
    """Return which posts wait and why, with times on the newsletter's clocks."""
    waiting = [d for d in made.decisions if d.verdict == "waiting"]
    if not waiting:
        return []
    zone = project.config.newsletter.timezone
    reasons = [": ".join(filter(None, (d.rule, on_clocks(d.detail, zone)))) for d in waiting]
    told = [f"- {d.title} ({why})" for d, why in zip(waiting, reasons, strict=True)]
    more = len(told) - _MOST_LINES
    return ["", "Held back:", *told[:_MOST_LINES], *([f"- and {more} more"] if more > 0 else [])]


def _found(project: Project, made: BuildReport) -> list[str]:
    """Return what the rules found in an issue, the gravest first."""
    from digest.workflow.judging import checking

    found = checking.check_issue(project, made.issue).findings
    told = [f"- {f.severity}: {f.message}" for f in found if f.severity != "information"]
    more = len(told) - _MOST_LINES
    rest = [f"- and {more} more: digest check {made.issue}"] if more > 0 else []
    return ["", "Found by the rules:", *sorted(told)[:_MOST_LINES], *rest] if told else []


def _report(
    project: Project, made: BuildReport, outcome: Outcome, headline: str, lines: Sequence[str] = ()
) -> RunReport:
    return RunReport(
        edition=made.edition,
        issue=made.issue,
        outcome=outcome,
        headline=headline,
        lines=tuple(lines),
        held=tuple(_held_back(project, made)),
    )


def _stopped(
    project: Project, made: BuildReport, error: DigestError, what: str, outcome: Outcome
) -> RunReport:
    lines = [str(error), *_chosen(project, made)]
    report = _report(project, made, outcome, f"{made.issue} {what}", lines)
    return replace(report, error=error)


def _with_sources(report: RunReport, collected: Sequence[SourceReport]) -> RunReport:
    """Add what the editor should know of sources that failed; what they hold may be missing."""
    failed = [r for r in collected if r.status == "failed"]
    # What did not change is not told again because a source was away.
    if not failed or report.outcome in ("not due", "unchanged"):
        return report
    lines = [f"{r.source} could not be read: {r.problems[0].message}" for r in failed if r.problems]
    return replace(report, lines=(*report.lines, "", *lines))


# ---------------------------------------------------------------- telling the editor


def _tell(project: Project, report: RunReport) -> list[str]:
    """Mail the editor a report, with a test of the issue where there is a draft.

    The same one once only; what no mail server took is tried again by each later run.

    Raises:
        ConfigError, ServiceError, IssueFolderError: if it cannot be mailed now.
    """
    addresses = words(project.config.run.notify)
    before = _told(project).get(report.edition, Told())
    mark = _mark(report)
    is_quiet = report.outcome in ("not due", "unchanged")
    if is_quiet or before.mark == mark:
        mark, due = before.mark, before.untold
    else:
        lines = (*report.lines, *report.held)
        is_draft = report.outcome == "handed over"
        due = Untold(report.issue, report.headline, lines, is_draft)
    if not addresses or due is None:
        return []
    try:
        if due.is_draft:
            delivering.mail_test(project, _sealed_letter(project, due.issue), addresses)
        delivering.mail_test(project, _written(project, due), addresses)
    except DigestError as error:
        _remember(project, report.edition, Told(mark, due))
        error.message = f"{', '.join(addresses)} could not be told: {error.message}"
        raise
    _remember(project, report.edition, Told(mark))
    return [f"told {', '.join(addresses)}: {due.headline}"]


def _sealed_letter(project: Project, issue: str) -> Letter:
    """Return an issue's message, which any mail program shows as readers get it."""
    data = (project.folders.folder(issue) / "message.eml").read_bytes()
    return _letter(project, issue, data)


def _written(project: Project, report: Untold) -> Letter:
    """Return the report as a mail."""
    letter = project.config.newsletter
    mail = EmailMessage()
    mail["From"] = letter.sender
    # Whom it really goes to stands in the envelope; in the header it would be told to all.
    mail["To"] = "Editor <editor@example.com>"
    mail["Subject"] = f"[{letter.name}] {report.headline}"
    # RFC 3834: so that no absence note answers it.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content("\n".join((report.headline, "", *report.lines)) + "\n")
    return _letter(project, report.issue, mail.as_bytes().replace(b"\n", b"\r\n"))


def _letter(project: Project, issue: str, message: bytes) -> Letter:
    from email.utils import parseaddr

    return Letter(
        issue=issue,
        key=issue,
        name=issue,
        subject="",
        preheader="",
        html="",
        text="",
        message=message,
        sender_address=parseaddr(project.config.newsletter.sender)[1],
    )


def _mark(report: RunReport) -> str:
    """Return what tells a report from the one before."""
    told = (report.issue, report.outcome, report.headline, report.lines)
    return sha256(encode(told))


def _told(project: Project) -> dict[str, Told]:
    """Return what each edition's editor was told; it may be lost, and then is told again."""
    try:
        return decode((project.root / ".digest" / _TOLD).read_bytes(), dict[str, Told])
    except (OSError, ValueError):
        return {}


def _remember(project: Project, edition: str, told: Told) -> None:
    path = project.root / ".digest" / _TOLD
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, encode({**_told(project), edition: told}))
