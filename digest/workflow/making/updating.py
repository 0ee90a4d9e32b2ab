"""Finds posts that changed since readers got them, and those the editor wants told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from digest import selection
from digest.addresses import canonical
from digest.errors import EditorError
from digest.issue.folder import EDITOR_FILE
from digest.issue.record import IssueSummary
from digest.models import EditorNotes, Post, PostView, Update, replace
from digest.workflow.project import Project

if TYPE_CHECKING:
    from digest.archive import Archive

REACH = 10
"""How many issues back posts are compared with what was sent."""

_MOST_POSTS = 2_000
_NAMED = 3  # proposals in a message


def updates(
    project: Project,
    archive: Archive,
    before: Sequence[IssueSummary],
    notes: EditorNotes,
    sources: Sequence[str],
    since: Sequence[Post],
) -> tuple[Update, ...]:
    """Return what changed since the last issue, and what the notes accept, in their order.

    `since` is what `changed` found. A change is proposed once: in the issue after it. The notes may
    name any post that an earlier issue holds; one that was withdrawn is passed over.

    Raises:
        EditorError: if the notes name a post that no earlier issue holds.
    """
    found = {u.post.id: u for u in _proposed(project, before, since)}
    accepted: dict[str, Update] = {}
    for reference in notes.updates:
        update = _named(archive, before, reference, found, notes)
        if update:
            told_in = _told_in(project, before, update.post)
            settled = replace(update, is_accepted=not told_in, told_in=told_in)
            accepted.setdefault(update.post.id, settled)
    proposed = [update for id_, update in found.items() if id_ not in accepted]
    return (
        *accepted.values(),
        *sorted(proposed, key=lambda update: (update.dated, update.post.id)),
    )


def changed(archive: Archive, before: Sequence[IssueSummary], sources: Sequence[str]) -> list[Post]:
    """Return posts of the last issues whose source says something else since the last."""
    if not before:
        return []
    latest = before[-1]
    ids = [post.id for issue in reversed(before[-REACH:]) for post in issue.posts][:_MOST_POSTS]
    return archive.changed(ids, latest.built_at or latest.window.cutoff_at, sources)


def _proposed(
    project: Project, before: Sequence[IssueSummary], since: Sequence[Post]
) -> list[Update]:
    reach = before[-REACH:]
    found = []
    for post in since:
        told = selection.change(post, _as_sent(project, reach, post.id))
        if told:
            found.append(
                replace(_update(_first(reach, post.id), post), change=told[0], passage=told[1])
            )
    return found


def _as_sent(project: Project, reach: Sequence[IssueSummary], id_: str) -> PostView:
    """Return the post as readers saw it last."""
    last = next(i for i in reversed(reach) if any(p.id == id_ for p in (*i.updates, *i.posts)))
    issue = project.folders.read(last.id).issue
    return next(view for view in (*issue.updates, *issue.posts) if view.id == id_)


def _first(before: Sequence[IssueSummary], id_: str) -> IssueSummary:
    return next(issue for issue in before if any(post.id == id_ for post in issue.posts))


def _update(issue: IssueSummary, post: Post) -> Update:
    return Update(post=post, issue=issue.id, number=issue.number, dated=issue.dated)


def _told_in(project: Project, before: Sequence[IssueSummary], post: Post) -> str:
    """Return the last issue that told readers of a post as it is now, empty if none did."""
    told = [issue for issue in before if any(held.id == post.id for held in issue.updates)]
    if not told:
        return ""
    last = told[-1]
    views = project.folders.read(last.id).issue.updates
    view = next(view for view in views if view.id == post.id)
    return "" if selection.change(post, view) else last.id


def _named(
    archive: Archive,
    before: Sequence[IssueSummary],
    reference: str,
    found: dict[str, Update],
    notes: EditorNotes,
) -> Update | None:
    """Return the update that a reference of the notes means, None if its post was withdrawn."""
    page = canonical(reference)
    for issue in before:
        for held in issue.posts:
            if held.id == reference or (held.permalink and canonical(held.permalink) == page):
                post = archive.find(held.id) or archive.find(reference)
                return found.get(held.id) or (_update(issue, post) if post else None)
    raise _unknown(reference, [update.post for update in found.values()], notes, archive)


def _unknown(
    reference: str, proposed: Sequence[Post], notes: EditorNotes, archive: Archive
) -> EditorError:
    near = [address for address in archive.near(reference, 1) if address != reference]
    named = ", ".join(post.url or post.id for post in proposed[:_NAMED])
    hint = f"Proposed: {named}." if named else "Take the line out: it is for posts that were sent."
    return EditorError(
        f'updates: no earlier issue holds "{reference}"',
        where=f"{EDITOR_FILE}{notes.place('updates', reference)}",
        hint=f"Did you mean {near[0]}?" if near else hint,
    )
