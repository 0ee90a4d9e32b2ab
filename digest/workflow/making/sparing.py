"""Edits posts of one issue anew, without the rules that its editor spares them."""

from __future__ import annotations

from collections.abc import Iterable

from digest.errors import EditorError
from digest.issue.composition import said_of
from digest.issue.folder import EDITOR_FILE
from digest.models import EditorNotes, Post, Selection, replace
from digest.nearest import did_you_mean
from digest.workflow.project import Project


def as_written(project: Project, notes: EditorNotes, chosen: Selection) -> Selection:
    """Return a selection whose posts are shown without the rules that the notes spare them.

    What is chosen, and by which marks it is known again, stays as it was.

    Raises:
        EditorError: if there is no such rule, or it cannot be spared.
        ArchiveError: if the archive cannot be read.
    """
    spared = spared_posts(project, notes, (entry.post for entry in chosen.chosen))
    if not spared:
        return chosen
    entries = (
        replace(e, post=spared[e.post.id], archived=e.post) if e.post.id in spared else e
        for e in chosen.chosen
    )
    return replace(chosen, chosen=tuple(entries))


def spared_posts(project: Project, notes: EditorNotes, posts: Iterable[Post]) -> dict[str, Post]:
    """Return by id those posts that the notes spare some rules, as they are without these.

    Raises:
        EditorError, ArchiveError: as `as_written`.
    """
    if not notes.as_written:
        return {}
    from digest.workflow.gathering.conventions import convention_of, edited

    found = {}
    with project.archive_to_read() as archive:
        for post in posts:
            rules = rules_spared(notes, post)
            if not rules:
                continue
            raw = archive.raw_items_of(post.source, [post.identity])
            known = convention_of(archive, post.source)
            for _, own in edited(project, post.source, raw, known, off=rules):
                found[post.id] = own
    return found


def rules_spared(notes: EditorNotes, post: Post) -> tuple[str, ...]:
    """Return the rules that the notes spare a post.

    Raises:
        EditorError: if there is no such rule, or it cannot be spared.
    """
    rules = tuple(
        filter(None, (name.strip() for name in said_of(notes.as_written, post).split(",")))
    )
    for rule in rules:
        _refuse_unknown(rule, notes)
    return rules


def _refuse_unknown(rule: str, notes: EditorNotes) -> None:
    from digest.editing import RULES
    from digest.editing.edit import ALWAYS

    if rule in RULES:
        return
    meant = next(ref for ref, told in notes.as_written.items() if rule in told)
    line = notes.lines.get(f"as_written/{meant}") or notes.lines.get(meant, 2)
    where = f"{EDITOR_FILE}:{line}"
    if rule in ALWAYS:
        told = f'as_written: no post is spared "{rule}": {ALWAYS[rule]}'
        raise EditorError(told, where=where, hint="Take the name out.")
    told, hint = f'as_written: there is no rule "{rule}"', did_you_mean(rule, RULES)
    raise EditorError(told, where=where, hint=hint or "`digest posts --fixups` shows the rules.")
