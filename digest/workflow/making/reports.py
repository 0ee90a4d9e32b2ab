"""Says what became of an issue that was to be built."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from digest.models import Decision, Finding, PostCost, Value, replace

Status = Literal["built", "unchanged", "sealed", "nothing-to-send"]


class BuildReport(Value, frozen=True, omit_defaults=False):
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


def told(report: BuildReport, found: Sequence[Finding]) -> BuildReport:
    """Return a report with what the rules found; notes are told by `check` alone."""
    errors = tuple(finding for finding in found if finding.severity == "error")
    warnings = sum(finding.severity == "warning" for finding in found)
    count = report.findings + len(errors) + warnings
    return replace(report, findings=count, errors=errors, warnings=warnings)
