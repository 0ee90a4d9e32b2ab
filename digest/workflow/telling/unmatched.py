"""Finds selectors that no post in the archive answers to.

Misspelt, most likely, and never told otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from digest.models import Edition, Selectors, Value
from digest.nearest import nearest
from digest.workflow.project import Project

if TYPE_CHECKING:
    from digest.archive import Archive

# The selectors by the kind of name that the archive keeps for them.
_KINDS = {
    "tags": "tag",
    "all_tags": "tag",
    "exclude_tags": "tag",
    "categories": "category",
    "series": "series",
    "authors": "author",
}


class Unmatched(Value):
    """Name a selector that no post answers to, where it stands, and the nearest name there is."""

    where: str
    kind: str
    name: str
    near: str = ""

    def __str__(self) -> str:
        meant = f'; did you mean "{self.near}"?' if self.near else ""
        return f'{self.where}: no post has the {self.kind} "{self.name}"{meant}'


def unmatched(project: Project, editions: Iterable[Edition]) -> tuple[Unmatched, ...]:
    """Return every name in the editions' selectors that no post in the archive bears.

    Of an empty archive nothing can be said.

    Raises:
        ArchiveError: if the archive cannot be read.
    """
    if not any(s != Selectors() for edition in editions for _, s in _selectors(edition)):
        return ()
    sources = [source.name for source in project.config.sources]
    with project.archive_to_read() as archive:
        archive.hold_little()
        # Nothing was collected yet, so that no name can be known.
        if not archive.count(sources):
            return ()
        return tuple(
            found
            for edition in editions
            for where, selectors in _selectors(edition)
            for found in _missing(archive, where, selectors)
        )


def _selectors(edition: Edition) -> Iterator[tuple[str, Selectors]]:
    table = f"edition.{edition.name}"
    yield f"[{table}]", edition.selectors
    for section in edition.sections:
        yield f'[[{table}.section]] "{section.title}"', section.selectors
    if edition.evergreen:
        yield f"[{table}.evergreen]", edition.evergreen.selectors


def _missing(archive: Archive, where: str, selectors: Selectors) -> Iterator[Unmatched]:
    for field, kind in _KINDS.items():
        for name in getattr(selectors, field):
            if not archive.bears(kind, name):
                near = nearest(name, [known for known, _ in archive.names(kind)]) or ""
                if field == "exclude_tags" and not near:
                    continue  # what is kept out need not be there yet
                yield Unmatched(where=f"{where} {field}", kind=kind, name=name, near=near)
