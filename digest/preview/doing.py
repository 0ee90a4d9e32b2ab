"""What is done with an issue from the page.

Each action is planned, shown, and done only as it was shown.
    Deed ──`planned`──▶ Plan (what will happen, in words, with a seal) ──`done`──▶ what happened

Approving, a test, a draft at a service. There is no way here to send to subscribers, nor to have a
draft sent at a time. It refuses to do what was not planned, or what would be another thing by now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, Literal

from digest.errors import ConfigError, DigestError, UsageError
from digest.machine.hashing import sha256
from digest.models import Value, decode, encode, replace
from digest.workflow.project import Project

# Strict on purpose: what is typed here is mailed to at once.
_ADDRESS: Final = re.compile(r"[^<>@\s,;\"]+@[^<>@\s,;\"]+\.[^<>@\s,;\"]+")
# A test goes to colleagues; a longer list would be a sending by another name.
_MOST_TESTS: Final = 5
_SHOWN_LETTERS: Final = 400


class Deed(Value):
    """Hold what is asked for; `seal` is that of the plan which was shown, empty to see one."""

    do: Literal["approve", "withdraw", "test", "draft"]
    issue: str
    to: str = ""
    audience: str = ""
    address: str = ""
    reason: str = ""
    seal: str = ""


class Plan(Value, omit_defaults=False):
    """Say what will happen, line by line, and by which word it is agreed to.

    What stands in the way is in `obstacle`; then there is nothing to agree to. `seal` tells this
    plan from any other.
    """

    title: str
    lines: tuple[str, ...] = ()
    agree: str = ""
    obstacle: str = ""
    seal: str = ""


class Done(Value, omit_defaults=False):
    """Say what happened."""

    title: str
    lines: tuple[str, ...] = ()
    url: str = ""


def read_deed(data: bytes) -> Deed:
    """Return what a request asks for.

    Raises:
        UsageError: if it asks for nothing that can be done.
    """
    try:
        return decode(data, Deed)
    except (ValueError, RecursionError) as exc:
        raise UsageError(f"that is nothing to do ({exc})") from exc


def planned(project: Project, deed: Deed) -> Plan:
    """Return what would happen. Nobody is asked, and nothing is written.

    What stands in its way is told by the plan.
    """
    try:
        plan = _PLANS[deed.do](project, deed)
    except DigestError as error:
        # An obstacle is shown where the plan would be, and not as a fault of the page.
        return Plan(title=_TITLES[deed.do], obstacle=str(error))
    return replace(plan, seal=_seal(project, deed, plan))


def done(project: Project, deed: Deed) -> Done:
    """Do what was planned.

    Raises:
        UsageError: if something else would happen by now than what was shown.
        DigestError: as the workflow says.
    """
    plan = planned(project, deed)
    if plan.obstacle:
        raise UsageError(plan.obstacle)
    # Between looking and agreeing another window may have built the issue anew.
    if not deed.seal or plan.seal != deed.seal:
        hint = "Look at it again, and agree to that."
        raise UsageError("something changed since you saw what will happen", hint=hint)
    return _DEEDS[deed.do](project, deed)


def _seal(project: Project, deed: Deed, plan: Plan) -> str:
    """Return what tells this plan, of these bytes, from any other."""
    digests = project.folders.read(deed.issue).digests
    asked = (deed.do, deed.issue, deed.to, deed.audience, deed.address, deed.reason)
    return sha256(encode((asked, plan.lines, digests)))[:32]


# ---------------------------------------------------------------- taking it along


def exported(project: Project, issue_id: str, service: str, form: str) -> tuple[bytes, str]:
    """Return an issue in a service's dialect with its media type.

    "html", "text", or both as a "zip".

    Raises:
        UsageError: if there is no such service or form.
        IssueFolderError: if the issue cannot be read.
    """
    from digest.workflow import records

    if form == "zip":
        return records.export_all(project, issue_id, service), "application/zip"
    if form == "text":
        return records.export(project, issue_id, service, "text").encode(), "text/plain"
    if form == "html":
        return records.export(project, issue_id, service).encode(), "text/html"
    raise UsageError(f'an issue is not exported as "{form}"')


# ---------------------------------------------------------------- approving


def _plan_to_approve(project: Project, deed: Deed) -> Plan:
    from digest.workflow.judging.checking import check_issue

    frozen = project.folders.read(deed.issue)
    found = check_issue(project, deed.issue)
    errors = [finding for finding in found.findings if finding.severity == "error"]
    lines = [
        f"Subject: {frozen.issue.subject}",
        f"{frozen.issue.count} posts",
        *(f"{name}, SHA-256 {digest[:16]}…" for name, digest in frozen.digests.items()),
        "From then on these bytes never change; approval.json holds their digests.",
        "The list of published issues is written anew.",
    ]
    warnings = found.count("warning")
    if warnings:
        lines.append(f"{warnings} warning{'s' if warnings != 1 else ''} of check stand.")
    if errors and not deed.reason.strip():
        told = "; ".join(f"{error.rule}: {error.message}" for error in errors[:3])
        raise UsageError(f"check finds errors: {told}", hint="Mend them, or give a reason below.")
    lines += [f"In spite of {error.rule}: {error.message}" for error in errors]
    return Plan(title=_TITLES["approve"], lines=tuple(lines), agree="Approve these bytes")


def _approve(project: Project, deed: Deed) -> Done:
    from digest.workflow import records

    approval = records.approve(project, deed.issue, anyway=deed.reason)
    return Done(title=f"{approval.issue} is approved.")


def _plan_to_withdraw(project: Project, deed: Deed) -> Plan:
    state = project.folders.find(deed.issue).state
    if state != "approved":
        raise UsageError(f"{deed.issue} is {state}, so there is no approval to take back")
    lines = ("approval.json is removed, and the issue is a draft again.",)
    return Plan(title=_TITLES["withdraw"], lines=lines, agree="Take it back")


def _withdraw(project: Project, deed: Deed) -> Done:
    from digest.workflow import records

    return Done(title=f"{records.withdraw(project, deed.issue).id} is a draft again.")


# ---------------------------------------------------------------- a test


def _plan_to_test(project: Project, deed: Deed) -> Plan:
    addresses = _addresses(deed)
    if "smtp" not in project.config.services:
        raise ConfigError(
            "no mail server is configured", where="digest.toml", hint="Add [service.smtp]."
        )
    frozen = project.folders.read(deed.issue)
    server = project.config.services["smtp"].url or "the server of [service.smtp]"
    lines = (
        f"One message goes to {', '.join(addresses)} by {server}.",
        f"Subject: {frozen.issue.subject}",
        "Nobody else gets it. It is the issue as it is now, in the plain dialect.",
    )
    return Plan(title=_TITLES["test"], lines=lines, agree=f"Mail it to {', '.join(addresses)}")


def _test(project: Project, deed: Deed) -> Done:
    from digest.services import registry
    from digest.workflow.sending import delivering, letters

    frozen = project.folders.read(deed.issue)
    settings = letters.settings_of(project, "smtp")
    letter = letters.letter_of(frozen, settings, registry.about("smtp"), "")
    delivering.mail_test(project, letter, _addresses(deed))
    return Done(title=f"A test went to {', '.join(_addresses(deed))}.")


def _addresses(deed: Deed) -> tuple[str, ...]:
    found = tuple(filter(None, re.split(r"[\s,;]+", deed.address)))
    if not found or len(found) > _MOST_TESTS:
        raise UsageError(f"name an address, or up to {_MOST_TESTS}")
    for address in found:
        if not _ADDRESS.fullmatch(address) or not address.isprintable():
            raise UsageError(f'"{address}" is no address', hint="Write it as you@example.org.")
    return found


# ---------------------------------------------------------------- a draft


def _plan_to_draft(project: Project, deed: Deed) -> Plan:
    from digest.workflow.sending import delivering

    told: list[str] = []
    # The very requests that would go out are shown, made by the code that makes them.
    how = delivering.Handover(to=deed.to, audience=deed.audience, dry_run=True)
    report = delivering.deliver(project, deed.issue, how, say=told.append)
    audience = f", for {report.audience}" if report.audience else ""
    lines = [
        f"A draft is left at {report.service}{audience}. A person sends it there, or nobody does.",
        "If there is one from before, it is brought up to date; there are never two.",
        *report.notes,
        *(_request(r.method, r.url, r.body) for r in report.requests),
    ]
    agree = f"Leave the draft at {report.service}"
    return Plan(title=_TITLES["draft"], lines=tuple(lines), agree=agree)


def _request(method: str, url: str, body: str) -> str:
    shown = body if len(body) <= _SHOWN_LETTERS else f"{body[:_SHOWN_LETTERS]}…"
    return f"{method} {url} {shown}".strip()


def _draft(project: Project, deed: Deed) -> Done:
    from digest.workflow.sending import delivering

    how = delivering.Handover(to=deed.to, audience=deed.audience)
    report = delivering.deliver(project, deed.issue, how)
    lines = (*report.differences, *report.notes)
    title = f"The draft at {report.service} is {report.status}."
    return Done(title=title, lines=lines, url=report.url)


_TITLES: Final[Mapping[str, str]] = {
    "approve": "Approve the issue",
    "withdraw": "Take the approval back",
    "test": "Send a test",
    "draft": "Leave a draft at a service",
}
_PLANS: Final[Mapping[str, Callable[[Project, Deed], Plan]]] = {
    "approve": _plan_to_approve,
    "withdraw": _plan_to_withdraw,
    "test": _plan_to_test,
    "draft": _plan_to_draft,
}
_DEEDS: Final[Mapping[str, Callable[[Project, Deed], Done]]] = {
    "approve": _approve,
    "withdraw": _withdraw,
    "test": _test,
    "draft": _draft,
}
