"""Finds what editor.md has to say so that an issue reads in the order that was drawn on the page.

An issue's order follows from three things: pins come first in all, then section by section its own
pins, then what `order` names, then the rest. So a drawn order needs pins only where that leaves no
other way: for a new featured post, for one that the rules keep out, and above a pin.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from digest.addresses import canonical
from digest.errors import UsageError
from digest.issue.rewriting import Changes
from digest.models import EditorNotes, Issue, PostView, Value, replace


class Group(Value):
    """Hold the ids of a section's posts as they were drawn.

    The featured post's has no `section`.
    """

    posts: tuple[str, ...]
    section: str | None = None


def laid_out(
    wanted: Sequence[Group], issue: Issue, notes: EditorNotes, sections: Sequence[str]
) -> Changes:
    """Return the changes after which the issue reads as it was drawn.

    Raises:
        UsageError: if a post is unknown, stands there twice, or cannot stand where it was put.
    """
    drawn = _Drawn(issue, notes)
    featured = next(
        (group.posts[0] for group in wanted if group.section is None and group.posts), ""
    )
    groups = [_Placed(g.section, drawn.posts_in(g)) for g in wanted if g.section is not None]
    drawn.refuse_doubles([featured, *(id_ for group in groups for id_ in group.ids)])
    tables = drawn.moved(groups, sections)
    pins = drawn.pins(featured, groups)
    order = drawn.order(featured, groups, pins)
    lists = {"pin": drawn.written(pins, notes.pin), "order": order}
    out = drawn.brought_in(pins)
    changed = {
        key: value for key, value in {**lists, **out}.items() if value != getattr(notes, key)
    }
    return Changes(lists=changed, tables={"sections": tables} if tables else {})


class _Placed(Value):
    """Hold a section with its posts; links of the editor's own have no place in an order."""

    section: str
    ids: tuple[str, ...]

    def without(self, pins: Sequence[str]) -> _Placed:
        """Return the section without its pins."""
        return replace(self, ids=tuple(id_ for id_ in self.ids if id_ not in pins))


def _down_to_the_last(ids: Sequence[str], pinned: set[str]) -> set[str]:
    """Return the posts of a section down to its last pin: nothing else stands above one."""
    last = max((place for place, id_ in enumerate(ids) if id_ in pinned), default=-1)
    return set(ids[: last + 1])


class _Drawn:
    """Compare what was drawn with what there is."""

    def __init__(self, issue: Issue, notes: EditorNotes) -> None:
        self._notes = notes
        self._views: dict[str, PostView] = {post.id: post for post in issue.posts}
        self._urls = {d.id: d.url or "" for d in issue.decisions}
        self._urls |= {post.id: post.permalink for post in issue.posts}
        self._featured = issue.featured.id if issue.featured else ""
        self._homes = {p.id: section.title for section in issue.sections for p in section.posts}
        self._before = {s.title: [p.id for p in s.posts] for s in issue.sections}

    def posts_in(self, group: Group) -> tuple[str, ...]:
        for id_ in group.posts:
            if id_ not in self._urls and not id_.startswith("link:"):
                raise UsageError(f'there is no post "{id_}" in this issue or near it')
        return tuple(id_ for id_ in group.posts if not id_.startswith("link:"))

    def refuse_doubles(self, ids: Sequence[str]) -> None:
        twice = [id_ for id_ in ids if ids.count(id_) > 1]
        if twice:
            raise UsageError(f'"{twice[0]}" was put in two places')

    # -------------------------------------------------------- sections

    def moved(self, groups: Sequence[_Placed], sections: Sequence[str]) -> dict[str, str]:
        """Return the posts that stand in another section than before, with its title."""
        found = {}
        for group in groups:
            for id_ in group.ids:
                if self._homes.get(id_) == group.section:
                    continue
                if group.section not in sections:
                    if not sections:
                        continue  # the edition has but one place for all
                    raise UsageError(
                        f'nothing can be moved to "{group.section}" by hand',
                        hint="It holds what no section takes.",
                    )
                found[self._as_in(id_, self._notes.sections)] = group.section
        return found

    # -------------------------------------------------------- pins and order

    def pins(self, featured: str, groups: Sequence[_Placed]) -> list[str]:
        """Return the ids of all pins in reading order, as few as the drawn order needs."""
        read = [featured, *chain.from_iterable(group.ids for group in groups)]
        new = set(filter(None, read)) - self._views.keys()
        pinned = new | {id_ for id_ in self._urls if self._is_in(id_, self._notes.pin)}
        for group in groups:
            pinned |= _down_to_the_last(group.ids, pinned)
        is_natural = featured == self._featured and not pinned - {featured}
        if featured and not is_natural:
            pinned.add(featured)
        return [id_ for id_ in read if id_ in pinned]

    def order(
        self, featured: str, groups: Sequence[_Placed], pins: Sequence[str]
    ) -> tuple[str, ...]:
        """Return what `order` has to name: the posts of each section that reads otherwise now."""
        free = [group.without(pins) for group in groups]
        is_other = {
            id_ for group in free for id_ in group.ids if group.ids != self._as_before(group)
        }
        if not is_other:
            return self._notes.order
        # the featured post is the first of its section, and what is named comes before it
        read = [*({featured} - {"", *pins}), *chain.from_iterable(group.ids for group in free)]
        is_named = is_other | {featured} | set(filter(self._is_ordered, read))
        wanted = [id_ for id_ in read if id_ in is_named]
        elsewhere = [reference for reference in self._notes.order if not self._known(reference)]
        return (*self.written(wanted, self._notes.order), *elsewhere)

    def _is_ordered(self, id_: str) -> bool:
        return self._is_in(id_, self._notes.order)

    def _as_before(self, group: _Placed) -> tuple[str, ...]:
        """Return the posts of a section in the order in which they stand there now."""
        return tuple(id_ for id_ in self._before.get(group.section, ()) if id_ in group.ids)

    def written(self, ids: Sequence[str], before: Sequence[str]) -> tuple[str, ...]:
        """Return posts as a list of editor.md names them, or as it shall; pins of others stay."""
        kept = (
            tuple(ref for ref in before if not self._known(ref))
            if before is self._notes.pin
            else ()
        )
        return (*(self._as_in(id_, before) for id_ in ids), *kept)

    def brought_in(self, pins: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return the lists that leave posts out, without those that are pinned now."""
        found = {}
        for key in ("drop", "later"):
            listed: tuple[str, ...] = getattr(self._notes, key, ())
            kept = tuple(ref for ref in listed if not any(self._is(id_, ref) for id_ in pins))
            if kept != listed:
                found[key] = kept
        return found

    # -------------------------------------------------------- names

    def _is(self, id_: str, reference: str) -> bool:
        url = self._urls.get(id_, "")
        return reference == id_ or bool(url and canonical(reference) == canonical(url))

    def _is_in(self, id_: str, references: Sequence[str]) -> bool:
        return any(self._is(id_, reference) for reference in references)

    def _known(self, reference: str) -> bool:
        return any(self._is(id_, reference) for id_ in self._views)

    def _as_in(self, id_: str, named: Sequence[str] | Mapping[str, str]) -> str:
        own = self._urls.get(id_) or id_
        return next((reference for reference in named if self._is(id_, reference)), own)
