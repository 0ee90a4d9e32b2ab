"""The verbs over an issue on disk: `approve`, `rebuild` and `export`.

Issue.json is all they need.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Literal

from digest import rendering
from digest.addresses import canonical, names_a_page
from digest.errors import CheckFailed, IssueFolderError
from digest.issue import editor
from digest.issue.folder import (
    APPROVAL_FILE,
    EDITOR_FILE,
    FEED_FILE,
    INDEX_FILE,
    SKIPPED_FILE,
    sha256,
)
from digest.issue.record import Approval, FrozenIssue, IssueSummary, PastPost
from digest.lazy import regex
from digest.models import Finding, replace
from digest.rendering import publication
from digest.rendering import words as labels
from digest.workflow.clock import seen_at
from digest.workflow.making.building import CHANGED, would_change
from digest.workflow.making.outputs import from_record, letter_of, outputs
from digest.workflow.project import Project

# What git begins a conflict with.
_MARKER = b"<<<<<<< "


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
    summary = project.folders.find(reference)
    frozen = project.folders.read(summary.id)
    if summary.state != "draft":
        mend(project)
        raise IssueFolderError(f"is {summary.state} already", where=summary.id)
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
            hint='`digest check` shows all; `--anyway "reason"` seals it all the same.',
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
    with project.folders.lock(), project.folders.published.opened():
        project.folders.seal(approval)
        project.folders.remember_seals()
        project.folders.published.write(published(project))
    return approval


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
    edition = project.edition(summary.edition)
    issues = project.folders.all(edition.names)
    held = _held([i for i in issues if i.id != summary.id and i.state != "draft"])
    pinned = {d.id for d in summary.decisions if d.rule == "pinned"}
    for post in summary.posts:
        holder = next((held[mark] for mark in _marks(post) if mark in held), None)
        if holder and post.id not in pinned:
            hint = _build_again(summary) + " To send it again, pin it in editor.md."
            raise IssueFolderError(
                f'"{post.title}" was sealed in {holder} after this issue was built',
                where=summary.id,
                hint=hint,
            )


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


def published(project: Project) -> dict[str, bytes | None]:
    """Return the files of the published archive.

    Approved and delivered issues only, the newest first. There is no feed without `[newsletter]
    archive`, since its links must be whole addresses, nor without an issue, since a feed says when
    it last changed: None for a file that must go.

    Raises:
        IssueFolderError: if an issue cannot be read.
    """
    letter = letter_of(project)
    sealed = [issue for issue in reversed(project.folders.all()) if issue.state != "draft"]
    issues = [_published(project, issue, letter.language) for issue in sealed]
    return {
        **project.folders.derived(),
        INDEX_FILE: publication.index_page(letter, issues),
        FEED_FILE: publication.atom_feed(letter, issues) if letter.archive and issues else None,
    }


def _published(project: Project, sealed: IssueSummary, language: str) -> publication.PublishedIssue:
    issue = project.folders.read(sealed.id).issue
    return publication.PublishedIssue(
        folder=sealed.folder.relative_to(project.folders.root).as_posix(),
        title=issue.title,
        number=issue.number,
        dated=issue.dated,
        date=labels.long_date(issue.dated, language),
        subject=issue.subject,
        preheader=issue.preheader,
        cutoff_at=issue.window.cutoff_at,
        theme=issue.theme,
        images=tuple(post.image for post in issue.posts if post.image),
    )


def mend(project: Project) -> None:
    """Make the published archive anew where it does not tell of what is sealed.

    A command was killed after it sealed an issue, git merged another editor's issues, or somebody
    deleted a file. That a listed issue is missing changes nothing: its listing is what tells of it.

    Raises:
        IssueFolderError: if an issue cannot be read, or the archive not be written.
    """
    folders = project.folders
    if folders.published.is_open:
        _publish(project)
    # Issues in folders of their editions, of which there may be thousands, tell of it by that mark.
    sealed = folders.sealed(is_nested=False)
    if not sealed:
        return
    # index.html lists the newest first.
    listed = [id_ for id_ in reversed(folders.published.ids()) if id_ in sealed]
    seals = (_changed_at(folders.root / id_ / APPROVAL_FILE) for id_ in sealed)
    is_newer = max(seals) > _changed_at(folders.root / INDEX_FILE)
    is_whole = listed == sealed and not _is_in_conflict(folders.root)
    if is_newer or not is_whole or not _has_feed(project):
        _publish(project)


def _publish(project: Project) -> None:
    with project.folders.lock(), project.folders.published.opened():
        project.folders.remember_seals()
        project.folders.published.write(published(project))


def _is_in_conflict(root: Path) -> bool:
    return any(_MARKER in _content(root / name) for name in (INDEX_FILE, FEED_FILE, SKIPPED_FILE))


def _has_feed(project: Project) -> bool:
    """Tell whether there is a feed, and one that can be read, where there has to be."""
    if not project.config.newsletter.archive:
        return True
    text = _content(project.folders.root / FEED_FILE)
    # A merge may have joined two of them into a file that no reader of feeds takes.
    return text.count(b"<feed") == text.count(b"</feed>") == 1


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _build_again(summary: IssueSummary) -> str:
    return f"Build it again: digest build {summary.edition} --date {summary.dated}."


def withdraw(project: Project, reference: str) -> IssueSummary:
    """Take a seal back while nothing was delivered, so that the issue is a draft again.

    Raises:
        UsageError: if there is no such issue.
        IssueFolderError: if it is not sealed, or was delivered.
    """
    summary = project.folders.find(reference)
    with project.folders.lock(), project.folders.published.opened():
        project.folders.unseal(summary.id)
        project.folders.published.write(published(project))
    return summary


def export(
    project: Project, reference: str, service: str, what: Literal["html", "text"] = "html"
) -> str:
    """Return an issue's HTML or text in the dialect of a service, made from issue.json alone.

    Raises:
        UsageError: if there is no such issue or service.
        IssueFolderError: if issue.json cannot be read.
    """
    known = rendering.dialect(service)
    summary = project.folders.find(reference)
    frozen = project.folders.read(summary.id)
    page = frozen.pages.text if what == "text" else frozen.pages.email
    with from_record(summary.folder):
        return rendering.fill(page, known, frozen.issue)


_PICTURE = regex(r'<img\b[^>]*?\ssrc="([^"]+)"')


def export_all(project: Project, reference: str, service: str) -> bytes:
    """Return a zip of an issue's HTML and text for a service, with its pictures' addresses.

    The same issue gives the same bytes.

    Raises:
        UsageError, IssueFolderError: as `export`.
    """
    from io import BytesIO
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    html = export(project, reference, service)
    pictures = dict.fromkeys(unescape(url) for url in _PICTURE.findall(html))
    files = {
        "email.html": html,
        "email.txt": export(project, reference, service, "text"),
        "pictures.txt": "".join(f"{url}\n" for url in pictures),
    }
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = ZipInfo(name)  # dated 1980, whatever the day
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, text.encode())
    return packed.getvalue()


def rebuild(
    project: Project, reference: str, *, check: bool = False
) -> tuple[IssueSummary, dict[str, Literal["same", "written"]]]:
    """Make an issue's files again from issue.json alone.

    Tell of each whether it was there as it should be. With `check` nothing is written. A sealed
    issue is only ever made as it was sealed.

    Raises:
        UsageError: if there is no such issue.
        CheckFailed: if with `check` a file is missing or differs.
        IssueFolderError: if what would be written is not what was sealed.
    """
    summary = project.folders.find(reference)
    frozen = project.folders.read(summary.id)
    with from_record(summary.folder):
        made = outputs(frozen)
    differing = [name for name, data in made.items() if _on_disk(summary, name) != data]
    if check and differing:
        raise CheckFailed(
            f"differ from what issue.json says: {', '.join(differing)}",
            where=summary.id,
            hint="Make them again with `digest rebuild`.",
        )
    if differing:
        _refuse_unsealed(project, summary, frozen, made)
        with project.folders.lock():
            project.folders.restore(summary.id, {name: made[name] for name in differing})
    return summary, {name: "written" if name in differing else "same" for name in made}


def _on_disk(summary: IssueSummary, name: str) -> bytes | None:
    try:
        return (summary.folder / name).read_bytes()
    except OSError:
        return None


def _refuse_unsealed(
    project: Project, summary: IssueSummary, frozen: FrozenIssue, made: dict[str, bytes]
) -> None:
    sealed = project.folders.approval(summary.id)
    if sealed and {name: sha256(data) for name, data in made.items()} != sealed.digests:
        raise IssueFolderError(
            "issue.json no longer makes what was sealed",
            where=summary.id,
            hint="Restore it from a backup.",
        )
