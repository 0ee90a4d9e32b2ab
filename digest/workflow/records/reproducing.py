"""The verbs that make pages again of issue.json alone: `rebuild` and `export`."""

from __future__ import annotations

from html import unescape
from typing import Literal

from digest import rendering
from digest.errors import CheckFailed, IssueFolderError
from digest.issue.record import FrozenIssue, IssueSummary
from digest.lazy import regex
from digest.machine.hashing import sha256
from digest.workflow import naming
from digest.workflow.making.outputs import from_record, outputs
from digest.workflow.project import Project

# What git begins a conflict with.


def export(
    project: Project, reference: str, service: str, what: Literal["html", "text"] = "html"
) -> str:
    """Return an issue's HTML or text in the dialect of a service, made from issue.json alone.

    Raises:
        UsageError: if there is no such issue or service.
        IssueFolderError: if issue.json cannot be read.
    """
    known = rendering.dialect(service)
    summary = naming.issue(project, reference)
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
    summary = naming.issue(project, reference)
    frozen = project.folders.read(summary.id)
    with from_record(summary.folder):
        made = outputs(frozen)
    differing = [name for name, data in made.items() if _on_disk(summary, name) != data]
    if check and differing:
        raise CheckFailed(
            f"differ from what issue.json says: {', '.join(differing)}",
            where=summary.id,
            hint=f"Make them again with `digest rebuild {summary.id}`.",
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
