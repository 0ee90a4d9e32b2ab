"""What can be done to an issue on the page: each act becomes changes of editor.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from digest.addresses import canonical
from digest.errors import UsageError
from digest.issue.editor import KEYS
from digest.issue.rewriting import Changes
from digest.models import EditorNotes, Issue, Link, Value, decode, replace
from digest.preview.arranging.layout import Group, laid_out

MOST_LETTERS: Final = 20_000
"""The longest text that an act may hold; an introduction is the longest there is."""


class Act(Value):
    """Hold one act as the page sends it; which of the fields count depends on `act`."""

    act: str
    base: str = ""
    post: str = ""
    url: str = ""
    key: str = ""
    value: str = ""
    section: str = ""
    title: str = ""
    excerpt: str = ""
    layout: tuple[Group, ...] = ()


class Place(Value):
    """Hold what an act is done to: the issue, what editor.md says, and the edition's sections."""

    issue: Issue
    notes: EditorNotes
    sections: tuple[str, ...]


def read_act(data: bytes) -> Act:
    """Return the act that a request holds.

    Raises:
        UsageError: if it holds none.
    """
    try:
        act = decode(data, Act)
    except (ValueError, RecursionError) as exc:
        raise UsageError(f"that is no act ({exc})") from exc
    longest = max(len(act.value), len(act.excerpt), len(act.title), len(act.url))
    if longest > MOST_LETTERS:
        raise UsageError(f"the text is longer than {MOST_LETTERS:,} letters")
    return act


def changes(act: Act, place: Place) -> Changes:
    """Return what an act changes in editor.md.

    Raises:
        UsageError: if there is no such act, post or section.
    """
    known = _ACTS.get(act.act)
    if known is None:
        raise UsageError(f'nothing is known to do by the name of "{act.act}"')
    return known(act, place)


# ---------------------------------------------------------------- which post is meant


class _Named(Value):
    """Hold a post with the names under which editor.md may speak of it."""

    id: str
    url: str

    @property
    def reference(self) -> str:
        return self.url or self.id

    def is_meant(self, reference: str) -> bool:
        # An editor may have named it by another form of its address.
        return reference == self.id or bool(
            self.url and canonical(reference) == canonical(self.url)
        )

    def in_table(self, table: Mapping[str, str]) -> str:
        """Return how a table names the post, or how it shall be named in it."""
        return next((name for name in table if self.is_meant(name)), self.reference)


def _named(id_: str, issue: Issue) -> _Named:
    for post in issue.posts:
        if post.id == id_:
            return _Named(id=id_, url=post.permalink)
    for decision in issue.decisions:
        if decision.id == id_:
            return _Named(id=id_, url=decision.url or "")
    raise UsageError(f'there is no post "{id_}" in this issue or near it')


def _without(post: _Named, references: Iterable[str]) -> tuple[str, ...]:
    return tuple(reference for reference in references if not post.is_meant(reference))


# ---------------------------------------------------------------- the acts


def _pin(act: Act, place: Place) -> Changes:
    """Put a post into the issue; the featured one keeps its place unless it is that one."""
    post, notes = _named(act.post, place.issue), place.notes
    pins = _without(post, notes.pin)
    featured = place.issue.featured
    # Without this the first pin would push the featured post from its place.
    if not pins and featured and featured.id != act.post and not featured.id.startswith("link:"):
        pins = (featured.permalink or featured.id,)
    out = {key: _without(post, getattr(notes, key, ())) for key in _OUT}
    return _changed_lists(notes, {**out, "pin": (*pins, post.reference)})


def _unpin(act: Act, place: Place) -> Changes:
    post = _named(act.post, place.issue)
    return Changes(lists={"pin": _without(post, place.notes.pin)})


def _leave_out(key: str) -> Callable[[Act, Place], Changes]:
    def leave_out(act: Act, place: Place) -> Changes:
        post, notes = _named(act.post, place.issue), place.notes
        if key not in KEYS:
            raise UsageError(f"editor.md knows no {key}")
        wanted = {
            name: _without(post, getattr(notes, name, ())) for name in ("pin", "order", *_OUT)
        }
        wanted[key] = (*wanted.get(key, ()), post.reference)
        return _changed_lists(notes, wanted)

    return leave_out


def _take_back(act: Act, place: Place) -> Changes:
    """Let the rules decide again about a post that was left out by hand."""
    post, notes = _named(act.post, place.issue), place.notes
    return _changed_lists(notes, {key: _without(post, getattr(notes, key, ())) for key in _OUT})


def _changed_lists(notes: EditorNotes, wanted: Mapping[str, tuple[str, ...]]) -> Changes:
    return Changes(
        lists={key: value for key, value in wanted.items() if value != getattr(notes, key, ())}
    )


def _move(act: Act, place: Place) -> Changes:
    """Move a post, or a link of the editor's own, to a section."""
    if act.post.startswith("link:"):
        url = act.post.removeprefix("link:")
        links = [replace(x, section=act.section) if x.url == url else x for x in place.notes.links]
        return Changes(links=tuple(links))
    if act.section and act.section not in place.sections:
        known = ", ".join(place.sections) or "none"
        raise UsageError(f'there is no section "{act.section}" to move to', hint=f"Known: {known}.")
    table = place.notes.sections
    name = _named(act.post, place.issue).in_table(table)
    return Changes(tables={"sections": {name: act.section}})


def _tell(act: Act, place: Place) -> Changes:
    """Say title, authors, excerpt or picture of a post otherwise.

    An empty value takes that back.
    """
    if act.key not in _TABLES:
        raise UsageError(f'of a post nothing can be told by the name of "{act.key}"')
    table = getattr(place.notes, act.key)
    name = _named(act.post, place.issue).in_table(table)
    return Changes(tables={act.key: {name: act.value}})


def _letter(act: Act, place: Place) -> Changes:
    if act.key == "introduction":
        return Changes(introduction=act.value)
    if act.key not in ("subject", "preheader", "held"):
        raise UsageError(f'the letter has no "{act.key}"')
    return Changes(texts={act.key: act.value})


def _link(act: Act, place: Place) -> Changes:
    """Add a link that is in no source, or say one otherwise that has its address."""
    if not act.title.strip() or not act.url.startswith(("https://", "http://")):
        raise UsageError("a link needs a title and a whole address, as https://…")
    link = Link(
        title=" ".join(act.title.split()),
        url=act.url.strip(),
        excerpt=" ".join(act.excerpt.split()),
        section=act.section,
    )
    # An address names a link, so that changing its title makes no second one.
    others = [one for one in place.notes.links if one.url != link.url]
    return Changes(links=(*others, link))


def _unlink(act: Act, place: Place) -> Changes:
    url = act.post.removeprefix("link:") or act.url
    return Changes(links=tuple(link for link in place.notes.links if link.url != url))


def _spare(act: Act, place: Place) -> Changes:
    """Spare a post a rule of editing, or have it applied again."""
    post, table = _named(act.post, place.issue), place.notes.as_written
    name = post.in_table(table)
    spared = filter(None, (rule.strip() for rule in table.get(name, "").split(",")))
    others = [rule for rule in spared if rule != act.key]
    told = others if act.value == "off" else [*others, act.key]
    return Changes(tables={"as_written": {name: ", ".join(told)}})


def _update(act: Act, place: Place) -> Changes:
    """Tell readers of a change, or take that back."""
    post = _named(act.post, place.issue)
    others = _without(post, place.notes.updates)
    return Changes(lists={"updates": others if act.value == "off" else (*others, post.reference)})


def _arrange(act: Act, place: Place) -> Changes:
    return laid_out(act.layout, place.issue, place.notes, place.sections)


# In this order a post is looked for among what was left out.
_OUT: Final[tuple[str, ...]] = tuple(key for key in ("drop", "later") if key in KEYS)
_TABLES: Final = ("titles", "authors", "excerpts", "images")
_ACTS: Final[Mapping[str, Callable[[Act, Place], Changes]]] = {
    "arrange": _arrange,
    "pin": _pin,
    "unpin": _unpin,
    "drop": _leave_out("drop"),
    "later": _leave_out("later"),
    "back": _take_back,
    "move": _move,
    "tell": _tell,
    "letter": _letter,
    "link": _link,
    "unlink": _unlink,
    "spare": _spare,
    "update": _update,
}
