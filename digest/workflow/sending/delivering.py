"""The verbs `deliver` and `services`.

A sealed issue becomes a draft at a mailing service, never a send.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.errors import (
    DigestError,
    IssueFolderError,
    ServiceError,
    UsageError,
)
from digest.issue.folder import DELIVERY_FILE
from digest.issue.record import FrozenIssue, IssueSummary
from digest.lazy import regex
from digest.machine.locking import locked
from digest.models import Value, replace
from digest.services import (
    Desk,
    Draft,
    Ledger,
    Letter,
    Request,
    Settings,
    Wire,
    notes,
    registry,
)
from digest.services.desk import Status
from digest.workflow import naming, records
from digest.workflow.project import Project
from digest.workflow.sending import letters

if TYPE_CHECKING:
    from digest.services import Service

_ADDRESS = regex(r"[^<>@\s,;\"]+@[^<>@\s,;\"]+")
_LOCK_SECONDS = 10
# Plans of which there is nothing to say: everybody who has an account has them.
_NOTHING_SPECIAL = (
    "",
    "any",
    "any, or your own server",
    "your own server",
    "none",
    "a mail server",
)

Say = Callable[[str], None]

_NO_DRAFT = Draft(id="", status="", is_draft=True)


class Handover(Value):
    """Say where a delivery goes and how: by `to` and `audience`, else as digest.toml says.

    `tests` are addresses that get a test. With `dry_run` nothing is asked of anybody. `at` is when
    the service is to send the draft, None to leave that to a person. With `once`, what was handed
    over whole is left as it is: somebody may have changed the draft since, or not want it.
    """

    to: str = ""
    audience: str = ""
    tests: tuple[str, ...] = ()
    dry_run: bool = False
    at: datetime | None = None
    once: bool = False


class DeliverReport(Value, omit_defaults=False):
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


class ServiceReport(Value, omit_defaults=False):
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
        IssueFolderError: if the issue is not sealed, is no longer what was sealed, or holds a
            post that another sealed issue brings before it.
        CheckFailed: if a post was withdrawn or renamed since, or a rule finds an error.
        ConfigError, ServiceError, FetchError: as the service's room says.
        DeliveryUnknown: if nobody can tell whether the service has it.
    """
    summary = naming.issue(project, reference)
    frozen = letters.sealed(project, summary)
    settings = letters.settings_of(project, how.to or frozen.issue.service)
    about = registry.about(settings.name)
    name, audience_id = letters.audience_of(settings, about, how.audience)
    _refuse_strange(how.tests)
    if summary.state != "delivered":
        records.refuse_doubled(project, summary)
    letters.refuse_outdated(project, frozen, is_there=summary.state == "delivered")
    letters.refuse_faulty(project, summary.id)
    letter = letters.letter_of(frozen, settings, about, audience_id)
    # Before anything is asked: who does not like it can still stop it.
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
            _refuse_opened(project, summary, frozen)
            return _handed_over(project, report, service, letter, how, say)


def _refuse_opened(project: Project, summary: IssueSummary, frozen: FrozenIssue) -> None:
    """Refuse an issue whose seal was taken back while the rules looked at it."""
    if letters.sealed(project, summary).digests != frozen.digests:
        hint = f"Look at it, and deliver it then: digest deliver {summary.id}."
        raise IssueFolderError("was sealed anew meanwhile", where=summary.id, hint=hint)


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
    ledger = Ledger(project.folders.folder(report.issue) / DELIVERY_FILE)
    before = ledger.entry(report.service, letter.audience, letter.key)
    if how.once and before and before.state == "done":
        return replace(report, status="unchanged", remote_id=before.remote_id, url=before.url)
    desk = Desk(
        service,
        ledger,
        name=report.service,
        audience=letter.audience,
        # Longer than a request of a killed process can be on its way.
        settle_seconds=2 * project.config.fetching.timeout,
        say=say,
    )
    receipt = desk.hand_over(letter)
    draft = Draft(id=receipt.remote_id, status="draft", is_draft=True, url=receipt.url)
    tested = _tested(project, service, draft, letter, how.tests)
    if how.at is not None:
        # Its version may have grown with our own update.
        current = service.get(receipt.remote_id) or draft
        service.schedule(current, letter, how.at)
        tested = (*tested, f"{report.service} sends it at {how.at:%Y-%m-%d %H:%M %Z}".rstrip())
    return replace(
        report,
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
    service.test(_NO_DRAFT, letter, how.tests)
    return replace(report, status="created", notes=_went_to(how.tests))


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
    settings = letters.settings_of(project, "smtp")
    with wire(project, settings) as line:
        registry.create(settings, line).test(_NO_DRAFT, letter, addresses)


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
    return replace(report, requests=tuple(line.rehearsal or ()))


# ---------------------------------------------------------------- how


def _refuse_strange(addresses: Sequence[str]) -> None:
    for address in addresses:
        if not _ADDRESS.fullmatch(address) or not address.isprintable():
            raise UsageError(f'"{address}" is no address', hint="Write it as you@example.org.")


@contextmanager
def wire(project: Project, settings: Settings, *, dry_run: bool = False) -> Iterator[Wire]:
    """Yield the connections to a service, whose address alone is allowed besides public ones."""
    from digest.fetching import Fetcher

    fetching = project.config.fetching
    parts = urlsplit(settings.url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    # Named in digest.toml by its owner: a server in the house is asked without more ado.
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
    folder = project.root / ".digest"
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(folder / "delivering.lock", _LOCK_SECONDS))
        except TimeoutError as exc:
            raise IssueFolderError(
                "another delivery is running", where=str(project.root), hint="Wait for its end."
            ) from exc
        yield


# ---------------------------------------------------------------- services


def services(project: Project) -> tuple[ServiceReport, ...]:
    """Return of each configured service, and each that an edition names, whether it can be used."""
    patterns = (pattern.edition for pattern in project.config.patterns.values())
    described = [*project.config.editions.values(), *patterns]
    named = {edition.service for edition in described} - {"plain"}
    names = dict.fromkeys([*project.config.services, *sorted(named)])
    return tuple(_checked(project, name) for name in names)


def _checked(project: Project, name: str) -> ServiceReport:
    settings = letters.settings_of(project, name)
    try:
        about = registry.about(name)
        with wire(project, settings) as line:
            said = registry.create(settings, line).check()
    except DigestError as error:
        return ServiceReport(service=name, ok=False, message=str(error))
    plan = f" Needs: {about.plan}." if about.plan not in _NOTHING_SPECIAL else ""
    return ServiceReport(service=name, ok=True, message=f"{said}.{plan}")
