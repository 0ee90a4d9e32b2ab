"""Edits the archive's posts again, offline, once the rules or settings are others.

Nearly always they are not, which is told without any of what gathering needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from digest.errors import ConfigError
from digest.machine.hashing import sha256
from digest.models import Problem, encode
from digest.nearest import nearest
from digest.workflow.gathering.asking import Progress, no_progress
from digest.workflow.project import Project

if TYPE_CHECKING:
    from digest.archive import Archive

Faults = dict[str, list[Problem]]
"""Gathers by source what is wrong with single posts."""


@contextmanager
def edited_archive(project: Project) -> Iterator[Archive]:
    """Open the archive with its posts edited by the rules as they are now.

    Raises:
        ArchiveError: if it cannot be opened or written.
        ConfigError: if a rule that is switched off does not exist.
    """
    with project.archive_to_read() as archive:
        edit_again(project, archive)
        yield archive


def edit_again(
    project: Project,
    archive: Archive,
    *,
    progress: Progress = no_progress,
    faults: Faults | None = None,
) -> int:
    """Edit every archived post again if the rules or settings changed since; return how many.

    The sources are not asked: the archive keeps what they said. A post that a fault of ours keeps
    from being edited stays as it was; `faults` fills with these by source.

    Raises:
        ArchiveError: if the archive cannot be written.
    """
    from digest.editing import RULES_VERSION

    for name, was in project.former_names.items():
        if archive.rename_source(was, name):
            archive.editing_key = ""  # its posts bear the former name
    key = sha256(encode((RULES_VERSION, project.editing)))
    if archive.editing_key == key:
        return 0
    from digest.workflow.gathering import conventions

    _refuse_unknown_rules(project)
    done = 0
    found: Faults = {} if faults is None else faults
    known = conventions.learn_all_again(project, archive, found)
    for batch in archive.raw_items():
        progress("editing the archive again", done, archive.count())
        archive.replace_posts(
            (source, item, post)
            for source, raw in batch
            if source in known  # one that another process adds meanwhile is edited by that
            for item, post in conventions.edited(
                project, source, (raw,), known[source], found.setdefault(source, [])
            )
        )
        done += len(batch)
    # Last: whoever is stopped before edits them all again.
    archive.editing_key = key
    return done


def _refuse_unknown_rules(project: Project) -> None:
    """Refuse a rule in `off` that does not exist.

    It would switch nothing off, and nobody would know.

    Raises:
        ConfigError: naming the nearest rule.
    """
    if not project.editing.off:
        return
    from digest.editing import RULES

    for name in project.editing.off:
        if name not in RULES:
            near = nearest(name, RULES, alike=0.5)
            raise ConfigError(
                f'[editing] off: there is no rule "{name}"',
                where="digest.toml",
                hint=f'Did you mean "{near}"?'
                if near
                else "`digest posts --fixups` shows the rules.",
            )
