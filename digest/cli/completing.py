"""What a shell offers when the tabulator key is pressed.

Issues, editions, services, sources, names. Asked in the middle of a command line, this prints
nothing and never fails: without a project, or with one that cannot be read, there is nothing to
offer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from digest.workflow.project import Project

Complete: TypeAlias = "Callable[[click.Context, click.Parameter, str], list[CompletionItem]]"

# How many names are offered; a shell that is given more asks whether to show them.
_MOST = 200


def _offering(names: Callable[[Project], Iterable[str]]) -> Complete:
    """Return what click asks: the names of the project that begin as what was typed."""

    def complete(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        try:
            from digest.workflow.project import Project

            known = names(Project.find(ctx.find_root().params.get("project")))
            wanted = typed.casefold()
            fitting = (name for name in known if name.casefold().startswith(wanted))
            return [CompletionItem(name) for name in islice(fitting, _MOST)]
        except Exception:  # noqa: BLE001 -- a fault belongs to the command, not to what is typed
            return []

    return complete


def _issues(project: Project) -> list[str]:
    newest_first = sorted((issue.id for issue in project.folders.all()), reverse=True)
    return [*newest_first, "latest"]


def _services(project: Project) -> list[str]:
    from digest.dialects import DIALECTS

    return [*project.config.services, *sorted(DIALECTS.keys() - project.config.services.keys())]


def _named(kind: str) -> Callable[[Project], list[str]]:
    """Return what lists the archive's names of a kind, the most used first."""

    def names(project: Project) -> list[str]:
        with project.archive_to_read() as archive:
            counted = archive.names(kind)
        return [name for name, _ in sorted(counted, key=lambda pair: -pair[1])]

    return names


# An edition's name is its latest issue.
issue = _offering(lambda project: [*_issues(project), *project.editions()])
edition = _offering(lambda project: project.editions())
service = _offering(lambda project: project.config.services)
dialect = _offering(_services)
source = _offering(lambda project: [source.name for source in project.config.sources])
tag = _offering(_named("tag"))
series = _offering(_named("series"))
