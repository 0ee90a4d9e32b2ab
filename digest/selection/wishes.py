"""Reads the editor's notes against the candidates: which post each reference means."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence

from digest.addresses import canonical
from digest.errors import EditorError
from digest.models import Edition, EditorNotes, Post, Value
from digest.nearest import nearest
from digest.selection.matching import match_key

Near = Callable[[str], Sequence[str]]
IsWithdrawn = Callable[[str], bool]
_FILE = "editor.md"


class Wishes(Value):
    """Hold what the editor asks of single posts, by id; numbers are places, counted from 0."""

    pinned: dict[str, int] = {}
    dropped: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()
    held: str = ""
    ordered: dict[str, int] = {}
    sections: dict[str, int] = {}


def references(notes: EditorNotes) -> tuple[str, ...]:
    """Return every reference to a candidate in the notes, for the archive to bring along."""
    named = [reference for _, reference in _references(notes)]
    return tuple(dict.fromkeys(named))


def read(
    notes: EditorNotes,
    posts: Sequence[Post],
    edition: Edition,
    near: Near | None,
    is_withdrawn: IsWithdrawn | None,
) -> Wishes:
    """Return the wishes; references to withdrawn posts are passed over, except pins.

    Raises:
        EditorError: if a reference means no candidate, a section is not the edition's, or a post is
        dropped
            and asked for as well.
    """
    reader = _Reader(notes, posts, near, is_withdrawn)
    for part, reference in _references(notes):
        reader.ids(part, reference)
    sections = {
        id_: reader.section(edition, reference, title)
        for reference, title in notes.sections.items()
        for id_ in reader.ids("sections", reference)
    }
    for number, link in enumerate(notes.links):
        if link.section:
            reader.section(edition, number, link.section, "links")
    dropped = reader.places("drop", notes.drop)
    later = reader.places("later", notes.later)
    for part, named in (("pin", notes.pin), ("order", notes.order)):
        reader.refuse_both("drop", dropped, part, named)
        reader.refuse_both("later", later, part, named)
    reader.refuse_both("drop", dropped, "later", notes.later)
    return Wishes(
        pinned=reader.places("pin", notes.pin),
        dropped=frozenset(dropped),
        later=frozenset(later),
        held=notes.held,
        ordered=reader.places("order", notes.order),
        sections=sections,
    )


def _references(notes: EditorNotes) -> Iterable[tuple[str, str]]:
    for part, named in (
        ("pin", notes.pin), ("drop", notes.drop), ("later", notes.later),
        ("order", notes.order), ("titles", notes.titles), ("authors", notes.authors),
        ("excerpts", notes.excerpts), ("images", notes.images),
        ("as_written", notes.as_written), ("sections", notes.sections),
    ):  # fmt: skip
        yield from ((part, reference) for reference in named)


class _Reader:
    """Find the posts that references mean."""

    def __init__(
        self,
        notes: EditorNotes,
        posts: Sequence[Post],
        near: Near | None,
        is_withdrawn: IsWithdrawn | None,
    ) -> None:
        self._notes = notes
        self._posts, self._near, self._is_withdrawn = posts, near, is_withdrawn
        self._ids = {post.id for post in posts}
        self._pages: dict[str, list[str]] = {}
        # Without notes nobody refers to anything, and no address has to be read.
        if notes != EditorNotes():
            for post in posts:
                if post.url:
                    self._pages.setdefault(canonical(post.url), []).append(post.id)

    def ids(self, part: str, reference: str) -> Sequence[str]:
        """Return the posts of an id or address: several when sources share the address."""
        if reference in self._ids:
            return [reference]
        if found := self._pages.get(canonical(reference)):
            return found
        # Dropping or ordering what has gone anyway is no mistake; asking for it by a pin is.
        if self._is_withdrawn and self._is_withdrawn(reference):
            if part != "pin":
                return []
            raise self._error(part, reference, f'"{reference}" was withdrawn from its source')
        # The archive knows more posts than this window holds.
        near = list(self._near(reference)) if self._near else self._nearest(reference)
        hint = f"Did you mean {near[0]}?" if near else "`digest posts` lists what there is."
        raise self._error(part, reference, f'there is no post "{reference}"', hint)

    def places(self, part: str, named: Iterable[str]) -> dict[str, int]:
        """Return the place of every post in a list of references; the first mention counts."""
        places: dict[str, int] = {}
        for reference in named:
            for id_ in self.ids(part, reference):
                places.setdefault(id_, len(places))
        return places

    def refuse_both(
        self, out: str, left_out: Container[str], part: str, named: Iterable[str]
    ) -> None:
        """Refuse references to posts that the editor left out: only one of the two can be meant."""
        for reference in named:
            if any(id_ in left_out for id_ in self.ids(part, reference)):
                where = f"{_FILE}{self._notes.place(part, reference)}"
                message = f'{out} and {part}: both name "{reference}"'
                raise EditorError(message, where=where, hint="Take it out of one of them.")

    def section(self, edition: Edition, entry: object, title: str, part: str = "sections") -> int:
        """Return the number of the section of that title."""
        titles = [match_key(section.title) for section in edition.sections]
        if match_key(title) in titles:
            return titles.index(match_key(title))
        known = ", ".join(f'"{section.title}"' for section in edition.sections if section.title)
        hint = f"Its sections are {known}." if known else "It has no sections."
        raise self._error(part, entry, f'{edition.name} has no section "{title}"', hint)

    def _error(
        self, part: str, entry: object, message: str, hint: str = "Take the line out."
    ) -> EditorError:
        where = f"{_FILE}{self._notes.place(part, entry)}"
        return EditorError(f"{part}: {message}", where=where, hint=hint)

    def _nearest(self, reference: str) -> list[str]:
        # Whatever an editor may have written: an address, an id, or the title itself.
        shown = {canonical(post.url): post.url for post in self._posts if post.url}
        shown |= {post.id: post.url or post.id for post in self._posts}
        shown |= {post.title: post.url or post.id for post in self._posts}
        found = nearest(canonical(reference), sorted(shown))
        return [shown[found]] if found else []
