"""The verbs `deliver` and `services`: a sealed issue becomes a draft at a mailing service, never a send."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from email.utils import parseaddr
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest import dialects, rendering
from digest.config.tables import FILE_NAME, ServiceConfig
from digest.errors import (
    CheckFailed,
    ConfigError,
    DigestError,
    IssueFolderError,
    ServiceError,
    UsageError,
)
from digest.issue.folder import DELIVERY_FILE, sha256
from digest.issue.record import FrozenIssue, IssueSummary
from digest.models import Value
from digest.nearest import did_you_mean
from digest.services import (
    Capabilities,
    Desk,
    Draft,
    Ledger,
    Letter,
    Request,
    Settings,
    Wire,
    fragment,
    notes,
    registry,
)
from digest.services.desk import Status
from digest.workflow.building import outputs
from digest.workflow.project import Project

if TYPE_CHECKING:
    from digest.services import Service

_ADDRESS = re.compile(r"[^<>@\s,;\"]+@[^<>@\s,;\"]+")
_LONGEST_ID = 80
_LOCK_SECONDS = 10

Say = Callable[[str], None]


class Handover(Value, frozen=True):
    """Say where a delivery goes and how: by `to` and `audience`, else as digest.toml says.

    `tests` are addresses that get a test. With `dry_run` nothing is asked of anybody. `at` is when the
    service is to send the draft, None to leave that to a person.
    """

    to: str = ""
    audience: str = ""
    tests: tuple[str, ...] = ()
    dry_run: bool = False
    at: datetime | None = None


class DeliverReport(Value, frozen=True, omit_defaults=False):
    """Hold what became of a delivery. `requests` are those of a rehearsal, their secrets masked."""

    issue: str
    service: str
    audience: str
    status: Status
    remote_id: str = ""
    url: str = ""
    differences: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    requests: tuple[Request, ...] = ()


class ServiceReport(Value, frozen=True, omit_defaults=False):
    """Hold whether a service can be used, and what it says of our account."""

    service: str
    ok: bool
    message: str


def deliver(
    project: Project, reference: str, how: Handover, *, say: Say = lambda _: None
) -> DeliverReport:
    """Leave a sealed issue as a draft at a service, or bring the draft there up to date.

    What the service cannot carry is told by `say` before anything is asked of it.

    Raises:
        UsageError: if there is no such issue, service or audience.
        IssueFolderError: if the issue is not sealed, or is no longer what was sealed.
        CheckFailed: if a post was withdrawn or renamed since, or a rule finds an error.
        ConfigError, ServiceError, FetchError: as the service's room says.
        DeliveryUnknown: if nobody can tell whether the service has it.
    """
    summary = project.folders.find(reference)
    frozen = sealed(project, summary)
    settings = settings_of(project, how.to or frozen.issue.service)
    about = registry.about(settings.name)
    name, audience_id = audience_of(settings, about, how.audience)
    _refuse_strange(how.tests)
    refuse_outdated(project, frozen)
    refuse_faulty(project, summary.id)
    letter = letter_of(frozen, settings, about, audience_id)
    told = notes(letter, about)
    for line in told:
        say(line)
    report = DeliverReport(
        issue=summary.id, service=settings.name, audience=name, status="dry-run", notes=told
    )
    with wire(project, settings, dry_run=how.dry_run) as connections:
        service = registry.create(settings, connections)
        if how.dry_run:
            return _rehearsed(report, service, letter, how, connections)
        with _alone(project):
            return _handed_over(project, report, service, letter, how, say)


def _handed_over(
    project: Project,
    report: DeliverReport,
    service: Service,
    letter: Letter,
    how: Handover,
    say: Say,
) -> DeliverReport:
    if not service.about.updates:  # it keeps no drafts, and only mails tests
        return _only_tested(report, service, letter, how)
    desk = Desk(
        service,
        Ledger(project.folders.root / report.issue / DELIVERY_FILE),
        name=report.service,
        audience=letter.audience,
        settle_seconds=2 * project.config.fetching.timeout,
        say=say,
    )
    receipt = desk.hand_over(letter)
    draft = Draft(id=receipt.remote_id, status="draft", is_draft=True, url=receipt.url)
    tested = _tested(project, service, draft, letter, how.tests)
    if how.at is not None:
        current = service.get(receipt.remote_id) or draft
        service.schedule(current, letter, how.at)
        tested = (*tested, f"{report.service} sends it at {how.at:%Y-%m-%d %H:%M %Z}".rstrip())
    return DeliverReport(
        issue=report.issue,
        service=report.service,
        audience=report.audience,
        status=receipt.status,
        remote_id=receipt.remote_id,
        url=receipt.url,
        differences=receipt.differences,
        notes=(*report.notes, *receipt.notes, *tested),
    )


def _only_tested(
    report: DeliverReport, service: Service, letter: Letter, how: Handover
) -> DeliverReport:
    if not how.tests:
        service.create(letter)  # which says why it does not
    service.test(Draft(id="", status="", is_draft=True), letter, how.tests)
    return DeliverReport(
        issue=report.issue,
        service=report.service,
        audience=report.audience,
        status="created",
        notes=_went_to(how.tests),
    )


def _tested(
    project: Project, service: Service, draft: Draft, letter: Letter, addresses: Sequence[str]
) -> tuple[str, ...]:
    """Mail a test, by SMTP where the service has no call for it."""
    if not addresses:
        return ()
    if service.about.tests:
        service.test(draft, letter, addresses)
        return _went_to(addresses)
    if "smtp" not in project.config.services:
        raise ServiceError(
            f"the draft is there, but {service.about.title} has no call that mails a test",
            kind="unable",
            hint="Configure [service.smtp], and tests go out by that.",
        )
    mail_test(project, letter, addresses)
    return (*_went_to(addresses), f"by SMTP, as {service.about.title} has no call for tests")


def mail_test(project: Project, letter: Letter, addresses: Sequence[str]) -> None:
    """Mail a message to some addresses by `[service.smtp]`.

    Raises:
        ConfigError, ServiceError: as the service's room says.
    """
    settings = settings_of(project, "smtp")
    with wire(project, settings) as line:
        registry.create(settings, line).test(_NO_DRAFT, letter, addresses)


_NO_DRAFT = Draft(id="", status="", is_draft=True)


def _went_to(addresses: Sequence[str]) -> tuple[str, ...]:
    return (f"a test went to {', '.join(addresses)}",)


def _rehearsed(
    report: DeliverReport, service: Service, letter: Letter, how: Handover, line: Wire
) -> DeliverReport:
    """Go through the motions of a first delivery."""
    draft = _NO_DRAFT
    if service.about.updates:
        draft = service.create(letter)
        if service.about.stepwise:
            draft = service.update(draft, letter)
    if how.tests and service.about.tests:
        service.test(draft, letter, how.tests)
    if how.at is not None:
        service.schedule(draft, letter, how.at)
    return DeliverReport(
        issue=report.issue,
        service=report.service,
        audience=report.audience,
        status="dry-run",
        notes=report.notes,
        requests=tuple(line.rehearsal or ()),
    )


# ---------------------------------------------------------------- what may be handed over


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
    made = {name: sha256(data) for name, data in outputs(frozen).items()}
    told = (frozen.issue.subject, frozen.issue.preheader)
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
            hint="Make the files again with `digest rebuild`.",
        )
    return frozen


def _is_as_sealed(summary: IssueSummary, name: str, digest: str) -> bool:
    try:
        return sha256((summary.folder / name).read_bytes()) == digest
    except OSError:
        return False


def refuse_outdated(project: Project, frozen: FrozenIssue) -> None:
    """Refuse an issue whose posts were withdrawn or renamed since it was built.

    A title that the editor wrote is the editor's. An archive that was lost knows of no change.

    Raises:
        CheckFailed: naming the posts.
    """
    own_titles = frozen.notes.titles
    changes = []
    with project.archive_to_read() as archive:
        for view in frozen.issue.posts:
            post = archive.find(view.id)
            if post is None and archive.is_withdrawn(view.id):
                changes.append(f'"{view.title}" was withdrawn')
            is_own = {view.id, view.url, view.permalink} & own_titles.keys()
            if post is not None and post.title != view.title and not is_own:
                changes.append(f'"{view.title}" is called "{post.title}" now')
    if changes:
        raise CheckFailed(
            "; ".join(changes),
            where=frozen.issue.id,
            hint="Take the approval back with `digest approve --withdraw`, build and approve again."
            " To keep a title, write it into editor.md.",
        )


def refuse_faulty(project: Project, issue: str) -> None:
    """Refuse an issue in which a rule finds an error.

    Raises:
        CheckFailed: naming the first.
    """


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
    table = project.config.services.get(name) or ServiceConfig(name=name, where=f"[service.{name}]")
    options = dict(table.options)
    if name == "folder":
        options.setdefault("path", str(project.root / "handed-over"))
    return Settings(
        name=name,
        url=table.url,
        key_env=table.key_env,
        user_env=table.user_env,
        audience=table.audience,
        audiences=table.audiences,
        sender=table.sender,
        options=options,
        where=table.where,
    )


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
    told = (issue.newsletter.name, issue.newsletter.url, issue.id, service, audience)
    mark = hashlib.sha256("\0".join(told).encode()).hexdigest()[:10]
    return f"{issue.id[:_LONGEST_ID]}-{mark}"


def _called(name: str, key: str, most: int) -> str:
    """Return what the draft is called among others; it ends with the key, whatever is cut."""
    return f"{name[: most - len(key) - 3]} [{key}]"


def _refuse_strange(addresses: Sequence[str]) -> None:
    for address in addresses:
        if not _ADDRESS.fullmatch(address) or not address.isprintable():
            raise UsageError(f'"{address}" is no address', hint="Write it as you@example.org.")


@contextmanager
def wire(project: Project, settings: Settings, *, dry_run: bool = False) -> Iterator[Wire]:
    """Yield the connections to a service, whose own address alone is allowed besides public ones."""
    from digest.fetching import Fetcher

    fetching = project.config.fetching
    parts = urlsplit(settings.url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    own = [f"{parts.hostname}:{port}"] if parts.hostname else []
    with Fetcher(
        allow_private=[*fetching.allow_private, *own],
        timeout_seconds=fetching.timeout,
        max_bytes=fetching.max_bytes,
    ) as fetcher:
        yield Wire(
            fetcher,
            timeout_seconds=fetching.timeout,
            rehearsal=[] if dry_run else None,
        )


@contextmanager
def _alone(project: Project) -> Iterator[None]:
    """Keep two deliveries of one project from running at once.

    Raises:
        IssueFolderError: after ten seconds in which another one runs.
    """
    from filelock import FileLock, Timeout

    folder = project.root / ".digest"
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "delivering.lock")
    try:
        lock.acquire(timeout=_LOCK_SECONDS)
    except Timeout as exc:
        raise IssueFolderError(
            "another delivery is running", where=str(project.root), hint="Wait for its end."
        ) from exc
    try:
        yield
    finally:
        lock.release()


# ---------------------------------------------------------------- services


def services(project: Project) -> tuple[ServiceReport, ...]:
    """Return of each configured service, and each that an edition names, whether it can be used."""
    named = {edition.service for edition in project.config.editions.values()} - {"plain"}
    names = dict.fromkeys([*project.config.services, *sorted(named)])
    return tuple(_checked(project, name) for name in names)


def _checked(project: Project, name: str) -> ServiceReport:
    settings = settings_of(project, name)
    try:
        about = registry.about(name)
        with wire(project, settings) as line:
            said = registry.create(settings, line).check()
    except DigestError as error:
        return ServiceReport(service=name, ok=False, message=str(error))
    plan = f" Needs: {about.plan}." if about.plan not in ("any", "none") else ""
    return ServiceReport(service=name, ok=True, message=f"{said}.{plan}")
