"""The verbs that seal an issue and take the seal back: `approve` and `withdraw`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime

from digest.addresses import canonical, names_a_page
from digest.errors import CheckFailed, IssueFolderError
from digest.issue import editor
from digest.issue.folder import (
    EDITOR_FILE,
)
from digest.issue.record import Approval, FrozenIssue, IssueSummary, PastPost
from digest.models import Finding, replace
from digest.workflow import naming
from digest.workflow.clock import seen_at
from digest.workflow.making.building import CHANGED, would_change
from digest.workflow.project import Project

# What git begins a conflict with.
from digest.workflow.records.publishing import mend, published

_NEXT = {
    "approved": "`digest deliver {0}` hands it over; `digest approve {0} --withdraw` opens it.",
    "delivered": "What it should have said belongs in the next issue.",
}


def approve(
    project: Project, reference: str, *, anyway: str = "", now: datetime | None = None
) -> Approval:
    """Seal an issue: from now on its bytes never change. Return what the seal says.

    `anyway` is the reason for sealing it although errors stand; the seal keeps it, and them.

    Raises:
        UsageError: if there is no such issue.
        IssueFolderError: if it is sealed already, its files are not those that were built, a build
            would make another issue of what editor.md says now, a post was withdrawn since, or
            another sealed issue of the edition holds one.
        CheckFailed: if the rules find an error in it and no reason is given.
    """
    summary = naming.issue(project, reference)
    frozen = project.folders.read(summary.id)
    _refuse_sealed(project, summary)
    if not project.folders.is_whole(frozen):
        raise IssueFolderError(
            "its files are not those that were built", where=summary.id, hint=_build_again(summary)
        )
    text = project.folders.editor_text(summary.id)
    notes = (
        editor.parse(text, f"{project.folders.shown(summary.id)}/{EDITOR_FILE}")
        if text is not None
        else frozen.notes
    )
    # Where something stands in the file is no part of what it says.
    if replace(notes, lines={}) != frozen.notes:
        _refuse_changed(project, summary, now)
    _refuse_sent(project, summary)
    # A reason stands for all that may be sealed in spite of it.
    if not anyway.strip():
        _refuse_withdrawn(project, summary)
    errors = _errors(project, summary)
    if errors and not anyway.strip():
        raise CheckFailed(
            "; ".join(f"{error.rule}: {error.message}" for error in errors[:3])
            + (f"; and {len(errors) - 3} more" if len(errors) > 3 else ""),
            where=summary.id,
            hint=f"`digest check {summary.id}` shows all; "
            '`--anyway "reason"` seals it all the same.',
        )
    approval = Approval(
        issue=summary.id,
        approved_at=now or seen_at(),
        subject=frozen.issue.subject,
        preheader=frozen.issue.preheader,
        digests=frozen.digests,
        anyway=anyway.strip() if errors else "",
        findings=errors,
    )
    with _alone(project, summary):
        _refuse_overtaken(project, summary, frozen)
        with project.folders.published.opened():
            project.folders.seal(approval)
            project.folders.remember_seals()
            project.folders.published.write(published(project))
    return approval


@contextmanager
def _alone(project: Project, summary: IssueSummary) -> Iterator[None]:
    """Hold the lock of all issues, and that of the issue's edition where it has one of its own."""
    folders = project.folders
    is_apart = summary.folder.parent != folders.root
    with folders.lock(), folders.lock(summary.edition) if is_apart else nullcontext():
        yield


def _refuse_sealed(project: Project, summary: IssueSummary) -> None:
    if summary.state == "draft":
        return
    mend(project)
    raise IssueFolderError(
        f"is {summary.state} already",
        where=summary.id,
        hint=_NEXT[summary.state].format(summary.id),
    )


def _refuse_overtaken(project: Project, summary: IssueSummary, frozen: FrozenIssue) -> None:
    """Refuse an issue that another command sealed, or built anew, while the rules looked at it."""
    now = project.folders.summary(summary.id)
    if now.state != "draft":
        hint = _NEXT[now.state].format(now.id)
        raise IssueFolderError(f"is {now.state} already", where=now.id, hint=hint)
    if project.folders.read(summary.id).digests != frozen.digests:
        raise IssueFolderError(
            "was built anew meanwhile",
            where=summary.id,
            hint=f"Look at it, and approve it then: digest approve {summary.id}.",
        )


def _refuse_changed(project: Project, summary: IssueSummary, now: datetime | None) -> None:
    """Refuse a draft that a build would make otherwise: words of editor.md without effect pass."""
    why = would_change(project, summary.id, now=now)
    if not why:
        return
    hint = _build_again(summary)
    if why != CHANGED:
        folder = project.folders.shown(summary.id)
        hint = (
            f"Take back what you changed, or build it, so that what you dropped stays dropped, and "
            f"remove {folder} to give its other posts back."
        )
        why = f"leaves nothing to send ({why})"
    else:
        why = "was changed after the issue was built"
    raise IssueFolderError(
        why, where=f"{project.folders.shown(summary.id)}/{EDITOR_FILE}", hint=hint
    )


def _refuse_sent(project: Project, summary: IssueSummary) -> None:
    """Refuse a draft with posts that another issue has sealed since: two editors' work was merged.

    What its editor pinned is meant to be sent again.
    """
    found = _held_elsewhere(summary, _others_sealed(project, summary))
    if found:
        title, holder = found
        hint = _build_again(summary) + " To send it again, pin it in editor.md."
        raise IssueFolderError(
            f'"{title}" was sealed in {holder} after this issue was built',
            where=summary.id,
            hint=hint,
        )


def refuse_doubled(project: Project, summary: IssueSummary) -> None:
    """Refuse a sealed issue with posts of another one that goes before it, or went already.

    Two machines sealed both, and git brought them together. The first of them may go.

    Raises:
        IssueFolderError: naming a post and the other issue.
    """
    others = _others_sealed(project, summary)
    before = [i for i in others if i.state == "delivered" or i.dated < summary.dated]
    found = _held_elsewhere(summary, before)
    if found:
        title, holder = found
        raise IssueFolderError(
            f'"{title}" is in {holder}, too, which was sealed apart from this issue',
            where=summary.id,
            hint=f"Take the approval back with `digest approve --withdraw {summary.id}`, and then: "
            f"digest build {summary.edition} --date {summary.dated}.",
        )


def _others_sealed(project: Project, summary: IssueSummary) -> list[IssueSummary]:
    """Return the other sealed issues of an edition, also of one that is configured no more."""
    config, edition = project.config, summary.edition
    is_known = edition in config.editions or config.pattern_of(edition) is not None
    issues = project.folders.all(config.names_of(edition) if is_known else edition)
    return [i for i in issues if i.id != summary.id and i.state != "draft"]


def _held_elsewhere(
    summary: IssueSummary, others: Sequence[IssueSummary]
) -> tuple[str, str] | None:
    """Return the title of the first post that others hold, too, and which of them does.

    What was pinned is meant to be sent again.
    """
    held = _held(others)
    pinned = {d.id for d in summary.decisions if d.rule == "pinned"}
    for post in summary.posts:
        holder = next((held[mark] for mark in _marks(post) if mark in held), None)
        if holder and post.id not in pinned:
            return post.title, holder
    return None


def _held(issues: Sequence[IssueSummary]) -> dict[str, str]:
    """Return the issue that holds a post, by each mark of the post."""
    return {mark: i.id for i in issues for post in i.posts for mark in _marks(post)}


def _marks(post: PastPost) -> tuple[str, ...]:
    page = canonical(post.permalink) if post.permalink else ""
    return tuple(filter(None, (post.id, page if names_a_page(page) else "", post.fingerprint)))


def _refuse_withdrawn(project: Project, summary: IssueSummary) -> None:
    """Refuse a draft with posts that their source took back: readers would follow dead links."""
    if not project.archive_file.exists():
        return  # nothing was collected here, so that nothing is known to be withdrawn
    with project.archive_to_read() as archive:
        gone = [post for post in summary.posts if archive.is_withdrawn(post.id)]
    if not gone:
        return
    named = ", ".join(f'"{post.title}"' for post in gone[:3])
    more = f" and {len(gone) - 3} more" if len(gone) > 3 else ""
    hint = _build_again(summary)
    if len(gone) == len(summary.posts):
        hint = f"Nothing else is in it: remove {project.folders.shown(summary.id)}."
    raise IssueFolderError(
        f"{named}{more} was withdrawn at its source after the issue was built",
        where=summary.id,
        hint=hint + ' `--anyway "reason"` seals it all the same.',
    )


def _errors(project: Project, summary: IssueSummary) -> tuple[Finding, ...]:
    from digest.workflow.judging.checking import check_issue

    found = check_issue(project, summary.id).findings
    return tuple(finding for finding in found if finding.severity == "error")


def _build_again(summary: IssueSummary) -> str:
    return f"Build it again: digest build {summary.edition} --date {summary.dated}."


def withdraw(project: Project, reference: str) -> IssueSummary:
    """Take a seal back while nothing was delivered, so that the issue is a draft again.

    Raises:
        UsageError: if there is no such issue.
        IssueFolderError: if it is not sealed, or was delivered.
    """
    summary = naming.issue(project, reference)
    with project.folders.lock(), project.folders.published.opened():
        project.folders.unseal(summary.id)
        project.folders.published.write(published(project))
    return summary
