"""The verb `check`: gathers what is known around an issue or an email, and has it judged."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from digest import checking
from digest.checking import Case, Context, Past, Setting
from digest.config import Config
from digest.config.checked import CheckConfig
from digest.errors import ArchiveError, CheckError, ConfigError, IssueFolderError
from digest.issue.record import IssueSummary
from digest.models import Finding, Issue, Value, replace
from digest.nearest import did_you_mean
from digest.workflow import naming
from digest.workflow.clock import seen_at
from digest.workflow.project import Project

if TYPE_CHECKING:
    from digest.archive import Archive

_MESSAGES = (".eml", ".msg", ".mbox", ".mime")
_PAGES = (".html", ".htm", ".xhtml")
_HEADER = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:From [^\n]*\n)?[A-Za-z][A-Za-z0-9-]*:")

MOST_BYTES = 50 * 2**20
"""How large an email may be that is read; what is endless, as some devices are, must not be."""

MOST_PAST = 30
"""How many former issues a new one is compared with."""

Progress = Callable[[str, int, int], None]


class Checked(Value):
    """Hold what was found in an issue or a file of this name, and which rules did not look."""

    name: str
    findings: tuple[Finding, ...] = ()
    asleep: tuple[str, ...] = ()

    def count(self, severity: str) -> int:
        """Return how many findings are of a severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def is_ok(self, *, strict: bool = False) -> bool:
        """Tell whether nothing stands against sending it: no error, and if strict no warning."""
        return not self.count("error") and not (strict and self.count("warning"))


def refuse_unknown(config: Config) -> None:
    """Refuse settings of rules and mail programs that do not exist.

    Raises:
        ConfigError: naming the line and what was probably meant.
    """
    for said in (config.check, *config.edition_checks.values()):
        if said.rules:
            checking.refuse_unknown(_settings(said))
        for name in said.clients:
            if name not in checking.families():
                raise ConfigError(
                    f'[check] clients: there is no family "{name}"',
                    where=said.where,
                    hint=did_you_mean(name, checking.families()),
                )


def is_all_built_in() -> bool:
    """Tell whether no other package brings rules."""
    return checking.is_all_built_in()


def check_outputs(
    project: Project,
    issue: Issue,
    outputs: Mapping[str, bytes],
    others: Sequence[IssueSummary],
) -> tuple[Finding, ...]:
    """Return what the rules find in an issue that was just made.

    Raises:
        ConfigError: if the configuration speaks of rules that do not exist.
    """
    return _judge(project, _case(project, issue, outputs, others))


def check_issue(
    project: Project,
    reference: str,
    *,
    online: bool = False,
    spam: bool = False,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> Checked:
    """Return what the rules find in an issue on disk.

    Raises:
        UsageError: if there is no such issue.
        IssueFolderError: if its files cannot be read.
        ConfigError: if the configuration speaks of rules that do not exist.
        CheckError: with `spam`, if there is no filter to ask.
    """
    summary = naming.issue(project, reference)
    frozen = project.folders.read(summary.id)
    outputs = {
        name: _read(summary.folder / name) for name in ("email.html", "email.txt", "message.eml")
    }
    others = project.folders.all(summary.edition)
    case = _case(project, frozen.issue, outputs, others)
    case.context = replace(
        case.context, today=(now or seen_at()).date(), changed=_changed(project, frozen.issue)
    )
    _ask_around(case, project, outputs["message.eml"], online, spam, progress)
    asleep = checking.asleep(case, _settings(project.config.check_of(frozen.issue.edition)))
    return Checked(name=summary.id, findings=_judge(project, case), asleep=asleep)


def check_file(
    path: Path,
    project: Project | None,
    *,
    online: bool,
    spam: bool,
    now: datetime | None = None,
    progress: Progress | None,
) -> Checked:
    """Return what the rules find in any .html or .eml; a project lends its settings only.

    Raises:
        CheckError: if it cannot be read or is no email; with `spam`, if there is no filter to ask.
        ConfigError: if the configuration speaks of rules that do not exist.
    """
    try:
        with path.open("rb") as file:
            data = read_email(file, str(path))
    except OSError as exc:
        raise CheckError(f"cannot be read ({exc.strerror or exc})", where=str(path)) from exc
    return check_email(
        data, str(path), project, online=online, spam=spam, now=now, progress=progress
    )


def read_email(file: BinaryIO, name: str) -> bytes:
    """Return what a file or pipe holds, which may have no end.

    Raises:
        CheckError: if it is larger than any email.
    """
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise CheckError(
            f"is larger than {MOST_BYTES // 2**20} MB", where=name, hint="Name an email."
        )
    return data


def check_email(
    data: bytes,
    name: str,
    project: Project | None,
    *,
    online: bool,
    spam: bool,
    now: datetime | None = None,
    progress: Progress | None,
) -> Checked:
    """Return what the rules find in an email's bytes: HTML, or a whole message.

    Raises:
        CheckError: if it is no email; with `spam`, if there is no filter to ask.
        ConfigError: if the configuration speaks of rules that do not exist.
    """
    said = project.config.check if project else CheckConfig()
    context = Context(
        today=(now or seen_at()).date(),
        clients=said.clients,
        dkim=said.dkim,
        intranet=tuple(project.config.fetching.allow_private) if project else (),
    )
    is_message = _is_message(Path(name), data)
    read = checking.read_eml if is_message else checking.read_html
    case = read(data, Path(name).name, context)
    _ask_around(case, project, data if is_message else b"", online, spam, progress)
    if project:
        refuse_unknown(project.config)
    settings = _settings(said)
    return Checked(
        name=name,
        findings=checking.judge(case, settings),
        asleep=checking.asleep(case, settings),
    )


def _is_message(path: Path, data: bytes) -> bool:
    """Tell a whole message from HTML: by its name, else by the header that it begins with."""
    if path.suffix.lower() in _MESSAGES + _PAGES:
        return path.suffix.lower() in _MESSAGES
    return _HEADER.match(data) is not None


# ---------------------------------------------------------------- what is known around it


def _case(
    project: Project, issue: Issue, outputs: Mapping[str, bytes], others: Sequence[IssueSummary]
) -> Case:
    said = project.config.check_of(issue.edition)
    before = sorted(
        (o for o in others if o.dated < issue.dated), key=lambda o: o.dated, reverse=True
    )
    html = outputs["email.html"]
    case = checking.read_eml(outputs["message.eml"], "message.eml")
    return Case(
        html.decode("utf-8", "replace"),
        size=len(html),
        text=outputs["email.txt"].decode("utf-8", "replace"),
        message=case.message,
        context=Context(
            issue=issue,
            service=issue.service,
            past=tuple(_past(other) for other in before[:MOST_PAST]),
            authors=_authors(before[:MOST_PAST]),
            today=issue.dated,
            intranet=tuple(project.config.fetching.allow_private),
            clients=said.clients,
            dkim=said.dkim,
        ),
    )


def _past(other: IssueSummary) -> Past:
    return Past(id=other.id, subject=other.subject, preheader=other.preheader, sender=other.sender)


def _authors(others: Sequence[IssueSummary]) -> tuple[str, ...]:
    """Return the bylines of former issues, each once."""
    return tuple({post.byline: None for other in others for post in other.posts if post.byline})


def _judge(project: Project, case: Case) -> tuple[Finding, ...]:
    """Return what the rules find, and let go of the page."""
    refuse_unknown(project.config)
    edition = case.issue.edition if case.issue else ""
    try:
        return checking.judge(case, _settings(project.config.check_of(edition)))
    finally:
        case.let_go()


def _settings(said: CheckConfig) -> dict[str, Setting]:
    return {
        name: Setting(level=rule.level, reason=rule.reason, where=rule.where)
        for name, rule in said.rules.items()
    }


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as exc:
        raise IssueFolderError(
            f"cannot be read ({exc.strerror or exc})",
            where=str(path),
            hint=f"Make it again with `digest rebuild {path.parent.name}`.",
        ) from exc


def _changed(project: Project, issue: Issue) -> dict[str, str]:
    """Return, by a post's id, how it differs today; nothing where there is no archive to ask."""
    built_at = issue.built_at
    if built_at is None or not project.archive_file.is_file():
        return {}
    try:
        with project.archive_to_read() as archive:
            return {
                post.id: how
                for post in issue.posts
                if (how := _difference(archive, post.id, built_at))
            }
    except ArchiveError:
        return {}


def _difference(archive: Archive, id_: str, built_at: datetime) -> str:
    if archive.is_withdrawn(id_):
        return "its source no longer has it"
    post = archive.find(id_)
    if post is None or post.changed_at is None or post.changed_at <= built_at:
        return ""
    return f"it changed on {post.changed_at.date()}, after the issue was built"


def _ask_around(
    case: Case,
    project: Project | None,
    message: bytes,
    online: bool,
    spam: bool,
    progress: Progress | None,
) -> None:
    """Learn what only others tell: the network, and a spam filter."""
    if not online and not spam:
        return
    from digest.workflow.judging import asking_around

    if online:
        fetching = project.config.fetching if project else None
        memory = project.root / ".digest" / "answers.json" if project else None
        answers = asking_around.ask(case, fetching, progress, memory)
        case.context = replace(case.context, online=answers)
    if spam:
        case.context = replace(case.context, spam=asking_around.spam_verdict(message))
