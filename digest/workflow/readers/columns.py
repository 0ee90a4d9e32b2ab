"""Finds which columns of a list of readers hold what: by what stands in them, then by their names.

What a column is called says little: "Address" may be a street, "Email status" a word, and most
exports hold a dozen columns that are ticked and no topic. Addresses look like addresses, and what
is followed are names that posts carry.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from digest.errors import UsageError
from digest.models import key
from digest.workflow.readers.names import FOLLOWS, cleaned, is_object, names

_ADDRESS = re.compile(r"e[-_ ]?mail|address", re.IGNORECASE)
_NAME = re.compile(r"(?:full[-_ ]?)?name", re.IGNORECASE)
_FIRST = re.compile(r"(?:first|given|fore)[-_ ]?name|first", re.IGNORECASE)
_LAST = re.compile(r"(?:last|family|sur)[-_ ]?name|last", re.IGNORECASE)
# What forms write around a choice: "Topics: Birds", "What do you follow? [Birds]".
_AROUND = re.compile(r".*(?:\[([^\[\]]+)\]|:\s+(\S.*))\s*", re.DOTALL)
# How programs in a few languages write that something is ticked, and that it is not.
_YES = frozenset(
    "1 x y t yes true on checked selected ja oui si sí sì sim tak ano wahr vrai vero"
    " verdadero verdadeiro ✓ ✔ ☑ ✅".split()
)
_NO = frozenset(
    "0 n f no false off unchecked nein nee nej non não nie ne falsch faux falso"
    " - – ✗ ✘ ☐ ❌ null none".split()
)
_OWN = re.compile(r"[^<]*<([^<>]*)>")
_LIKE_ADDRESS = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+")


def address(cell: str) -> str:
    """Return the address in a cell, empty if there is none.

    >>> address("Ada Moss <ada@example.org>"), address("mailto:ada@example.org "), address("Ada")
    ('ada@example.org', 'ada@example.org', '')
    """
    told = cleaned(cell)
    around = _OWN.fullmatch(told)
    told = (around[1] if around else told).strip().removeprefix("mailto:")
    return told if _LIKE_ADDRESS.fullmatch(told) else ""


def holds_address(text: str) -> bool:
    """Tell whether an address stands anywhere in a text."""
    return "@" in text and bool(_LIKE_ADDRESS.search(text))


class Columns:
    """Know which columns hold a reader's address, name, and what is followed.

    `rows` are the first of the file, `known` the names that posts carry, by key, and `asked` the
    columns that somebody named. `ignored` are ticked columns that no post is of.
    """

    def __init__(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        known: Mapping[str, str],
        asked: Collection[str],
        where: str,
    ) -> None:
        self._head, self._rows, self._known, self._where = head, rows, known, where
        self._choices = [self._choice(name) for name in head]
        self.address = self._find_address()
        self.first = self._called(_FIRST, _NAME)
        self.last = self._called(_LAST)
        self.ignored: tuple[str, ...] = ()
        self.lists: list[int] = []
        self.ticks: dict[int, str] = {}
        others = [i for i in range(len(head)) if i not in (self.address, self.first, self.last)]
        self._find_followed(self._asked(asked) if asked else others, is_asked=bool(asked))

    def _find_address(self) -> int:
        if any(address(cell) for cell in self._head):
            raise self._refused("a reader stands where the columns' names should be")
        shares = {i: self._share(i) for i in range(len(self._head))}
        named = [i for i, name in enumerate(self._head) if _ADDRESS.search(name)]
        found = [i for i, share in shares.items() if share > 0.5] or named
        if not found:
            raise self._refused("no column is called after addresses")
        # Beside their own, readers may have that of somebody who sent them.
        return max(found, key=lambda i: (i in named, shares[i], -i))

    def _share(self, column: int) -> float:
        """Return how many of the cells that are filled are addresses."""
        cells = self._cells(column)
        return sum(bool(address(cell)) for cell in cells) / max(len(cells), 1)

    def _cells(self, column: int) -> list[str]:
        return [row[column] for row in self._rows if len(row) > column and row[column].strip()]

    def _called(self, *patterns: re.Pattern[str]) -> int | None:
        """Return the column whose name is the first of these that one is called."""
        named = (
            i
            for pattern in patterns
            for i, name in enumerate(self._head)
            if pattern.fullmatch(name.strip()) and i != self.address
        )
        return next(named, None)

    def _asked(self, asked: Collection[str]) -> list[int]:
        by_name = {cleaned(name).casefold(): i for i, name in enumerate(self._head)}
        missing = [name for name in asked if cleaned(name).casefold() not in by_name]
        if missing:
            raise UsageError(
                f'no column is called "{missing[0]}"',
                where=f"{self._where}:1",
                hint=f"There are: {', '.join(map(cleaned, self._head))}.",
            )
        return [by_name[cleaned(name).casefold()] for name in asked]

    def _find_followed(self, columns: Sequence[int], *, is_asked: bool) -> None:
        ticked = [i for i in columns if self._is_ticked(i)]
        listed = [i for i in columns if i not in ticked]
        if is_asked:
            self.lists = listed
            self.ticks = {i: self._choices[i] for i in ticked}
            return
        self.lists = self._chosen(listed, ticked)
        if self.lists:
            return
        self._tick(ticked)
        if not ticked and self._rows:
            raise self._refused("no column tells what readers follow", "Name it: --follows COLUMN.")

    def _chosen(self, listed: Sequence[int], ticked: Sequence[int]) -> list[int]:
        """Return the column that lists what is followed, none if columns are ticked instead.

        Raises:
            UsageError: if it may be one of several.
        """
        named = self._called_so(listed)
        carried = [i for i in named or listed if self._holds_known(i)]
        if not carried and any(map(self._is_known, ticked)):
            return []
        found = carried or named or self._told_otherwise(listed, ticked)
        if len(found) > 1:
            told = ", ".join(cleaned(self._head[i]) for i in found)
            raise self._refused(
                f"several columns may tell what readers follow: {told}",
                "Name one, or each that counts: --follows COLUMN.",
            )
        return found

    def _told_otherwise(self, listed: Sequence[int], ticked: Sequence[int]) -> list[int]:
        """Return columns of attributes in JSON, or a list that nobody has filled in.

        That looks like a column which nobody ticked.
        """
        objects = [i for i in listed if any(map(is_object, self._cells(i)))]
        empty = [i for i in self._called_so(ticked) if not self._cells(i)]
        return objects or (empty if len(empty) == 1 else [])

    def _called_so(self, columns: Sequence[int]) -> list[int]:
        return [i for i in columns if FOLLOWS.search(self._head[i])]

    def _is_known(self, column: int) -> bool:
        return key(self._choices[column]) in self._known

    def _holds_known(self, column: int) -> bool:
        return any(key(name) in self._known for c in self._cells(column) for name in names(c))

    def _is_ticked(self, column: int) -> bool:
        return all(self.is_yes(column, c) or _word(c) in _NO for c in self._cells(column))

    def is_yes(self, column: int, cell: str) -> bool:
        """Tell whether a cell is ticked: some forms write the choice itself."""
        word = _word(cell)
        return word in _YES or (bool(word) and word == _word(self._choices[column]))

    def _tick(self, ticked: Sequence[int]) -> None:
        """Take ticked columns for choices, only those that posts are of if there are any."""
        called = {i: self._choices[i] for i in ticked}
        self.ticks = {i: name for i, name in called.items() if self._is_known(i)} or called
        self.ignored = tuple(
            name for i, name in called.items() if i not in self.ticks and self._is_used(i)
        )

    def _is_used(self, column: int) -> bool:
        return any(self.is_yes(column, cell) for cell in self._cells(column))

    def _choice(self, name: str) -> str:
        """Return the choice that a column is for, without the question that a form puts before."""
        around = None if key(name) in self._known else _AROUND.fullmatch(name)
        return cleaned((around[1] or around[2]) if around else name)

    def _refused(self, why: str, hint: str = "") -> UsageError:
        hint = hint or 'The first line names the columns, as "email,follows".'
        return UsageError(why, where=f"{self._where}:1", hint=hint)


def _word(cell: str) -> str:
    return cleaned(cell).casefold()
