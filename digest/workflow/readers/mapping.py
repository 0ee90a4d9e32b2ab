"""Maps readers to editions: each distinct choice once, each reader to one of them."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any, TextIO

from digest.config.patterns import CHOICE, Pattern
from digest.config.tables import FILE_NAME
from digest.errors import ConfigError, UsageError
from digest.files import private_text, write_atomically
from digest.models import Value, key
from digest.workflow.editions import choice, choices_file
from digest.workflow.project import Project
from digest.workflow.readers.forms import FORMS, Form
from digest.workflow.readers.rows import open_rows

_REMEMBERED = 200_000  # texts whose meaning is kept, so that memory stays flat


class Mapped(Value):
    """Hold what became of a list of readers, in numbers, and names that no post carries.

    `unknown` are those that somebody follows, `ignored` those of columns that therefore do not
    count.
    """

    edition: str
    readers: int
    choices: int
    without: int
    twice: int
    faulty: int
    unknown: dict[str, int]
    ignored: tuple[str, ...]
    segment: str


def map_readers(
    project: Project,
    readers: Path,
    service: str,
    output: Path,
    edition: str | None,
    follows: Collection[str] = (),
) -> Mapped:
    """Read who follows what; write the choices down, and for a service who gets which edition.

    A reader who follows nothing gets no edition, and of several rows of an address the first
    counts. `follows` names the columns that tell what is followed, where they are not to be found.
    A list in which nobody follows anything, or nothing that posts are of where there are choices
    already, is nearly always another one, and changes nothing.

    Raises:
        UsageError: if a file lies in the project, cannot be read or written, is not clear, or would
            take away all choices.
        ConfigError: if no edition is made for choices.
    """
    pattern = _pattern(project, edition)
    for path in (readers, output):
        _refuse_inside(project, path)
    _refuse_same(readers, output)
    known = _known(project, pattern)
    mapping = _Mapping(pattern, known)
    form = FORMS.get(service, FORMS["plain"])
    with open_rows(readers, known, follows) as rows, _private(output) as file:
        writer = csv.writer(file, delimiter=form.delimiter, lineterminator="\n")
        writer.writerow(form.columns(has_names=rows.has_names))
        for address, followed, name in rows:
            made = mapping.edition_of(address, followed)
            if made:
                writer.writerow(form.row(address, made, name))
        choices = choices_file(project.root, pattern)
        if why := mapping.why_not_saved(rows.followed, had_choices=choices.exists()):
            raise UsageError(why, where=str(readers), hint=_hint(choices))
    mapping.save(choices)
    return mapping.told(form, rows.ignored)


def _pattern(project: Project, name: str | None) -> Pattern:
    found = {n: p for n, p in project.config.patterns.items() if p.for_each == CHOICE}
    if name in found:
        return found[name]
    if name is None and len(found) == 1:
        return next(iter(found.values()))
    if not found:
        why, hint = "no edition is made for each choice", 'Add [edition."for-{choice}"]'
        raise ConfigError(why, where=FILE_NAME, hint=f'{hint} with for_each = "choice".')
    why = f'"{name}" is no edition for choices' if name else "several are made for choices"
    raise ConfigError(why, where=FILE_NAME, hint=f"Name one by --edition: {', '.join(found)}.")


def _refuse_inside(project: Project, path: Path) -> None:
    if path.resolve().is_relative_to(project.root.resolve()):
        raise UsageError(
            "would keep readers' addresses in the project",
            where=str(path),
            hint="Keep files with addresses outside of it, where no git carries them on.",
        )


def _refuse_same(readers: Path, output: Path) -> None:
    if output.is_file() and readers.is_file() and output.samefile(readers):
        raise UsageError(
            "is the list itself, and what readers follow would be lost",
            where=str(output),
            hint="Name another file by -o: it tells who gets which edition.",
        )


def _hint(choices: Path) -> str:
    hint = "See whether it is the right list, or name another column: --follows COLUMN."
    if choices.exists():
        kept = f"{choices.parent.name}/{choices.name}"
        hint += f" {kept} stays as it was; delete it if no edition is to be made for choices."
    return hint


class _Mapping:
    """Know the choices so far. Addresses are told apart by a hash, and not kept."""

    def __init__(self, pattern: Pattern, known: Mapping[str, str]) -> None:
        self._before, _, self._after = pattern.name.partition(pattern.placeholder)
        self._pattern, self._known = pattern, known
        self._seen: set[int] = set()
        # many readers follow the same; what they follow is read once
        self._choice = lru_cache(_REMEMBERED)(self._chosen)
        self._rows: dict[str, tuple[str, ...]] = {}
        self._followed: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()

    def edition_of(self, address: str, followed: Sequence[str]) -> str | None:
        """Return the edition of a reader, None where there is none."""
        if not address:
            self.counts["faulty"] += 1
            return None
        mark = hash(address.casefold())
        if mark in self._seen:
            self.counts["twice"] += 1
            return None
        self._seen.add(mark)
        slug = self._choice(tuple(followed))
        if not slug:
            self.counts["without"] += 1
            return None
        self.counts["readers"] += 1
        return f"{self._before}{slug}{self._after}"

    def _chosen(self, followed: Sequence[str]) -> str | None:
        # As posts write it, so that a title does not depend on which reader comes first.
        chosen = [self._known.get(key(name), name) for name in followed if key(name)]
        if not chosen:
            return None
        value = choice(chosen)
        if value.slug not in self._rows:
            self._rows[value.slug] = value.names
            self._followed.update(value.names)
        return value.slug

    def why_not_saved(self, columns: Sequence[str], *, had_choices: bool) -> str:
        """Return why this is hardly the list that was meant, empty if it may well be."""
        told = ", ".join(f'"{name}"' for name in columns[:5])
        if not self.counts["readers"]:
            is_read = self.counts["without"] > 0
            return (
                f"no reader follows anything, as {told} tells it" if is_read else "names no reader"
            )
        is_known = not self._known or any(key(name) in self._known for name in self._followed)
        if had_choices and not is_known:
            return f"no post is of anything that readers follow, as {told} tells it"
        return ""

    def save(self, path: Path) -> None:
        """Write the choices, each once, in an order that does not depend on the readers'."""
        text = StringIO()
        rows = (self._rows[slug] for slug in sorted(self._rows))
        csv.writer(text, lineterminator="\n").writerows(rows)
        try:
            path.parent.mkdir(exist_ok=True)
            write_atomically(path, text.getvalue().encode())
        except OSError as exc:
            raise _unwritable(path, exc) from exc

    def told(self, form: Form, ignored: tuple[str, ...]) -> Mapped:
        """Return the numbers, of names that no post carries the commonest first."""
        followed = self._followed.most_common() if self._known else ()
        counts: Any = {
            name: self.counts[name] for name in ("readers", "without", "twice", "faulty")
        }
        return Mapped(
            edition=self._pattern.name,
            choices=len(self._rows),
            unknown={name: count for name, count in followed if key(name) not in self._known},
            ignored=ignored,
            segment=form.segment,
            **counts,
        )


def _known(project: Project, pattern: Pattern) -> dict[str, str]:
    """Return the names that may be followed as posts write them, by key."""
    if not project.archive_file.exists():
        return {}
    with project.archive_to_read() as archive:
        return {key(name): name for name, _ in archive.names(pattern.follows)}


@contextmanager
def _private(path: Path) -> Iterator[TextIO]:
    """Open a file that only its owner may read: it holds addresses."""
    try:
        with private_text(path) as file:
            yield file
    except OSError as exc:
        raise _unwritable(path, exc) from exc


def _unwritable(path: Path, exc: OSError) -> UsageError:
    return UsageError(
        f"cannot be written ({exc.strerror or exc})",
        where=str(path),
        hint="Name a file in a folder that is yours.",
    )
