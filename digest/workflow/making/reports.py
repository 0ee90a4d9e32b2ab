"""Says what became of an issue that was to be built."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from digest.models import (
    Decision,
    Edition,
    Finding,
    Issue,
    PostCost,
    Rendered,
    Selection,
    Value,
    replace,
)
from digest.workflow.making.renames import left_behind, missing_numbers, renamed_source

if TYPE_CHECKING:
    from digest.workflow.making.drafting import Draft

Status = Literal["built", "unchanged", "sealed", "nothing-to-send"]


class BuildReport(Value, omit_defaults=False):
    """Hold what became of one issue; `folder` is relative to the project.

    `findings` counts the posts that the byte budget shortened, and the errors and warnings of
    `check`. `sections` names by a chosen post's id the section it stands in. `kept` are files
    changed by hand that were moved aside, by the names they have now. `reason` says in a sentence
    why there is nothing to send. `is_due` is false where a schedule does not call for an issue yet;
    `upcoming` is the next date that one names. `is_open` tells that it is the draft of another day,
    which was not approved yet. `notes` are sentences about what the record makes one ask.
    """

    issue: str
    edition: str
    number: int
    folder: str
    status: Status
    posts: tuple[str | None, ...] = ()
    html_bytes: int = 0
    findings: int = 0
    errors: tuple[Finding, ...] = ()
    warnings: int = 0
    decisions: tuple[Decision, ...] = ()
    sections: dict[str, str] = {}
    kept: tuple[str, ...] = ()
    costs: tuple[PostCost, ...] = ()
    reason: str = ""
    is_due: bool = True
    upcoming: date | None = None
    is_open: bool = False
    steps: dict[str, float] = {}
    notes: tuple[str, ...] = ()


def report(
    draft: "Draft",
    status: Status,
    chosen: Selection | None = None,
    issue: Issue | None = None,
    pages: Rendered | None = None,
) -> BuildReport:
    """Return what became of the issue, as far as it came."""
    held = draft.existing if status == "sealed" else issue
    costs = _costs(draft, issue, pages) if issue and pages else ()
    return BuildReport(
        issue=draft.id,
        edition=draft.edition.name,
        number=draft.number,
        folder=draft.folders.shown(draft.id),
        status=status,
        posts=tuple(post.permalink or None for post in held.posts) if held else (),
        html_bytes=draft.size(issue, pages, is_new=status == "built"),
        findings=sum(cost.shown != "full" for cost in costs),
        notes=_notes_on(draft, chosen),
        decisions=chosen.decisions if chosen else (),
        kept=draft.kept,
        sections=_homes(draft.edition, chosen) if chosen else {},
        costs=costs,
    )


def _costs(draft: "Draft", issue: Issue, pages: Rendered) -> tuple[PostCost, ...]:
    """Return what each post takes; of a pattern's many issues only where one was shortened."""
    from digest.issue import budget

    is_short = any(post.shown != "full" for post in issue.posts)
    return budget.costs(issue, pages) if is_short or draft.is_judged else ()


def _notes_on(draft: "Draft", chosen: Selection | None) -> tuple[str, ...]:
    """Return what the record makes one ask.

    A gap in the numbers, only where posts come of it.
    """
    notes = [
        renamed_source(draft.project, draft.others),
        left_behind(draft.edition, draft.others),
    ]
    if chosen and any(entry.mark == "late" for entry in chosen.chosen):
        notes.append(missing_numbers(draft.others))
    return tuple(filter(None, notes))


def _homes(edition: Edition, chosen: Selection) -> dict[str, str]:
    """Return by id the title of the section that each chosen post stands in."""
    titles = [*(section.title for section in edition.sections), ""]
    return {entry.post.id: titles[entry.section] for entry in chosen.chosen}


def told(report: BuildReport, found: Sequence[Finding]) -> BuildReport:
    """Return a report with what the rules found; notes are told by `check` alone."""
    errors = tuple(finding for finding in found if finding.severity == "error")
    warnings = sum(finding.severity == "warning" for finding in found)
    count = report.findings + len(errors) + warnings
    return replace(report, findings=count, errors=errors, warnings=warnings)
