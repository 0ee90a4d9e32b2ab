"""What may be handed over of an issue, to whom, and in what words.

A sealed issue becomes a `Letter`.
"""

from __future__ import annotations

from email.utils import parseaddr

from digest import dialects, rendering
from digest.config.tables import FILE_NAME
from digest.errors import CheckFailed, ConfigError, IssueFolderError, UsageError
from digest.issue.record import FrozenIssue, IssueSummary
from digest.machine.hashing import sha256
from digest.models import replace
from digest.nearest import did_you_mean
from digest.services import Capabilities, Letter, Settings, fragment
from digest.workflow.making.outputs import from_record, outputs
from digest.workflow.project import Project

# Services cut names at about a hundred characters; the mark behind it must stay.
_LONGEST_ID = 80


def sealed(project: Project, summary: IssueSummary) -> FrozenIssue:
    """Return an issue whose files, and whose issue.json, are what was approved.

    Raises:
        IssueFolderError: if they are not, or it was not approved.
    """
    approval = project.folders.approval(summary.id)
    if approval is None:
        raise IssueFolderError(
            "is not approved yet", where=summary.id, hint=f"`digest approve {summary.id}` seals it."
        )
    frozen = project.folders.read(summary.id)
    with from_record(summary.folder):
        made = {name: sha256(data) for name, data in outputs(frozen).items()}
    told = (frozen.issue.subject, frozen.issue.preheader)
    # Made anew and compared: a record that was changed by hand makes other bytes.
    if made != approval.digests or told != (approval.subject, approval.preheader):
        raise IssueFolderError(
            "issue.json no longer makes what was sealed",
            where=summary.id,
            hint="Restore it from git or a backup.",
        )
    differing = [name for name in made if not _is_as_sealed(summary, name, made[name])]
    if differing:
        raise IssueFolderError(
            f"is not what was sealed: {', '.join(differing)}",
            where=summary.id,
            hint=f"Make the files again with `digest rebuild {summary.id}`.",
        )
    return frozen


def _is_as_sealed(summary: IssueSummary, name: str, digest: str) -> bool:
    try:
        return sha256((summary.folder / name).read_bytes()) == digest
    except OSError:
        return False


def refuse_outdated(project: Project, frozen: FrozenIssue, *, is_there: bool) -> None:
    """Refuse an issue whose posts were withdrawn or renamed since it was built.

    A title that the editor wrote is the editor's. An archive that was lost knows of no change. Of
    an issue that `is_there` already, as a draft, the seal stays: a person has to mend it there.

    Raises:
        CheckFailed: naming the posts.
    """
    own_titles = {*frozen.notes.titles, *frozen.notes.as_written}
    changes = []
    with project.archive_to_read() as archive:
        for view in frozen.issue.posts:
            post = archive.find(view.id)
            if post is None and archive.is_withdrawn(view.id):
                changes.append(f'"{view.title}" was withdrawn')
            is_own = {view.id, view.url, view.permalink} & own_titles
            if post is not None and post.title != view.title and not is_own:
                changes.append(f'"{view.title}" is called "{post.title}" now')
    hint = (
        "It was handed over before, so its seal stays: change or delete the draft at the service."
        if is_there
        else f"Take the approval back with `digest approve {frozen.issue.id} --withdraw`, build and"
        " approve again. To keep a title, write it into editor.md."
    )
    if changes:
        raise CheckFailed(
            "; ".join(changes),
            where=frozen.issue.id,
            hint=hint,
        )


def refuse_faulty(project: Project, issue: str) -> None:
    """Refuse an issue in which a rule finds an error.

    Raises:
        CheckFailed: naming the first.
        ConfigError: if the configuration speaks of rules that do not exist.
    """
    from digest.workflow.judging import checking  # rules import much that other commands do without

    found = checking.check_issue(project, issue).findings
    errors = [finding for finding in found if finding.severity == "error"]
    if errors:
        others = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise CheckFailed(
            f"{errors[0].rule}: {errors[0].message}{others}",
            where=f"{issue}, {errors[0].where}" if errors[0].where else issue,
            hint=f"`digest check {issue}` shows all. Mend the issue, or set the rule to a warning.",
        )


# ---------------------------------------------------------------- where it goes


def settings_of(project: Project, name: str) -> Settings:
    """Return how a service is set up; one that needs nothing need not be.

    Raises:
        UsageError: if the issue is for no service and none was named.
    """
    if name == "plain":
        raise UsageError(
            "to which service?",
            hint=f"Name one with --to, or set service in {FILE_NAME}; a zip is `--to folder`.",
        )
    told = project.config.services.get(name) or Settings(name=name, where=FILE_NAME)
    if name != "folder":
        return told
    usual = {"path": str(project.root / "handed-over")}
    return replace(told, options=usual | told.options)


def audience_of(settings: Settings, about: Capabilities, asked: str) -> tuple[str, str]:
    """Return the audience's name and the service's own id of it.

    Raises:
        UsageError: if several are known and none is named, or none has the name.
        ConfigError: if the service needs one and none is known.
    """
    known = settings.audiences
    name = asked or settings.audience or (next(iter(known)) if len(known) == 1 else "")
    if about.audience == "none":
        return "", ""
    if not name and known:
        raise UsageError(
            "for which audience?", hint=f"Name one with --audience: {', '.join(known)}."
        )
    if name in known:
        return name, known[name]
    # Where no audience has a name, what was asked for is taken as the service's own id.
    if asked and known:
        raise UsageError(f'there is no audience "{asked}"', hint=did_you_mean(asked, known))
    if not name and about.audience == "needed":
        raise ConfigError(
            f"[service.{settings.name}] has no audience",
            where=settings.where,
            hint='Add audience = "…", the id of a list or segment there.',
        )
    return name, name


def letter_of(
    frozen: FrozenIssue, settings: Settings, about: Capabilities, audience: str
) -> Letter:
    """Return what is handed over of an issue, in the dialect of the service."""
    issue, pages = frozen.issue, frozen.pages
    spoken = dialects.dialect(settings.name)
    name, address = parseaddr(issue.newsletter.sender)
    key = _key(frozen, settings.name, audience)
    files = outputs(frozen)
    html = rendering.fill(pages.email, spoken, issue)
    return Letter(
        issue=issue.id,
        key=key,
        name=_called(f"{issue.newsletter.name}, {issue.dated}", key, about.limits.get("name", 200)),
        subject=issue.subject,
        preheader=issue.preheader,
        html=fragment(html) if about.is_frame else html,
        text=rendering.fill(pages.text, spoken, issue),
        message=files["message.eml"],
        language=issue.newsletter.language,
        sender_name=name or issue.newsletter.name,
        sender_address=address,
        audience=audience,
        posts=tuple(post.url for post in issue.posts),
        unsubscribe=spoken.tags.get("unsubscribe", issue.newsletter.unsubscribe),
        files={"web.html": files["web.html"]},
    )


def _key(frozen: FrozenIssue, service: str, audience: str) -> str:
    """Return what tells this issue at this service for this audience from all others, as a slug."""
    issue = frozen.issue
    # Two newsletters of one account may have issues of one date and name.
    told = (issue.newsletter.name, issue.newsletter.url, issue.id, service, audience)
    mark = sha256("\0".join(told).encode())[:10]
    return f"{issue.id[:_LONGEST_ID]}-{mark}"


def _called(name: str, key: str, most: int) -> str:
    """Return what the draft is called among others; it ends with the key, whatever is cut."""
    return f"{name[: most - len(key) - 3]} [{key}]"
