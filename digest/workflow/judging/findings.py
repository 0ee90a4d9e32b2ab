"""What `check` found in an issue that has not changed since, kept beside the archive.

So building it again need not judge it again, nor import what judges. What is found depends on the
issue, on the files made of it, on former issues and on the settings; all of that is in the key, and
the program's version. Where another package brings rules, nothing is remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from digest import __version__
from digest.files import write_atomically
from digest.issue.record import IssueSummary
from digest.machine.hashing import sha256
from digest.models import Finding, Issue, Value, decode, encode
from digest.workflow.project import Project


class Remembered(Value):
    """Hold what was found under a key."""

    key: str
    findings: tuple[Finding, ...] = ()


def found(
    project: Project,
    issue: Issue,
    digests: Mapping[str, str],
    others: Sequence[IssueSummary],
    outputs: Callable[[], Mapping[str, bytes]],
) -> tuple[Finding, ...]:
    """Return what the rules find in an issue's files, judging them only if they are new.

    Raises:
        ConfigError: if the configuration speaks of rules that do not exist.
    """
    said = project.config.check_of(issue.edition)
    past = [(o.id, o.subject, o.preheader, o.sender, [p.byline for p in o.posts]) for o in others]
    key = sha256(encode((__version__, issue, dict(digests), past, said)))
    path = project.root / ".digest" / "checks" / f"{issue.id}.json"
    with suppress(OSError, ValueError):
        known = decode(path.read_bytes(), Remembered)
        if known.key == key:
            return known.findings
    from digest.workflow.judging import checking

    findings = checking.check_outputs(project, issue, outputs(), others)
    if checking.is_all_built_in():
        _remember(path, Remembered(key=key, findings=findings))
    return findings


def _remember(path: Path, value: Remembered) -> None:
    """Keep findings where there is a folder for it that can be written; all works without."""
    with suppress(OSError):
        if path.parent.parent.is_dir():
            path.parent.mkdir(exist_ok=True)
            write_atomically(path, encode(value))
