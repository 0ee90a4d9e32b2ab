"""Keeps each source's convention up to date.

Learnt from all its titles whenever some of them are new. The archive holds what is learnt and from
what; posts that read otherwise under a new convention are edited again, without asking their
source.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from digest.models import Post, Problem, RawItem, decode, encode, replace
from digest.workflow.gathering import beside
from digest.workflow.project import Project

if TYPE_CHECKING:
    from digest.archive import Archive, Lesson
    from digest.editing.convention import Convention

_RECENT = timedelta(days=2 * 365)


class Learnt(NamedTuple):
    """Hold a source's convention, what the archive keeps of it, and which posts it changes.

    Where nothing is new there is no need to know the convention: it is None. `faults` of ours leave
    it as it was.
    """

    convention: Convention | None
    lesson: Lesson | None
    changed: tuple[str, ...] = ()
    faults: tuple[Problem, ...] = ()


def convention_of(archive: Archive, source: str) -> Convention:
    """Return the convention that the archive keeps of a source.

    An empty one if it was never learnt.

    Raises:
        ArchiveError: if the archive cannot be read.
    """
    from digest.editing.convention import Convention

    kept = archive.conventions().get(source)
    return decode(kept, Convention) if kept else Convention()


def in_words(archive: Archive) -> dict[str, tuple[str, ...]]:
    """Return every source's convention in words, a line each.

    Raises:
        ArchiveError: if the archive cannot be read.
    """
    from digest.editing.convention import Convention, described

    return {
        source: described(decode(kept, Convention))
        for source, kept in archive.conventions().items()
    }


def learn(project: Project, archive: Archive, source: str, fresh: Collection[RawItem]) -> Learnt:
    """Learn a source's convention from what the archive has and what is new or changed.

    Raises:
        ArchiveError: if the archive cannot be read.
    """
    if not fresh:  # as in most runs, which need none of the rules
        return Learnt(None, None)
    from digest.archive import Lesson
    from digest.editing import convention
    from digest.workflow.gathering.evidence import Evidence

    faults: list[Problem] = []
    changed: tuple[str, ...] = ()
    before = after = convention_of(archive, source)
    known = {
        identity: decode(seen, convention.Seen)
        for identity, seen in archive.evidence(source).items()
    }
    new = Evidence(fresh)
    brought = new.identities() if known else ()
    unchanged = {identity: seen for identity, seen in known.items() if identity not in brought}
    posts = [*unchanged.values(), *new] if unchanged else new
    with _learning(source, faults):
        after = convention.learn(posts, project.editing, source)
        changed = tuple(convention.differing(unchanged, before, after))
    return Learnt(after, Lesson(encode(after), new.encoded()), changed, tuple(faults))


def _learning(source: str, faults: list[Problem]) -> AbstractContextManager[None]:
    """Keep a fault within what is learnt of a source: its posts are edited by what is known."""
    from digest.sources.base import seam

    return seam(f'the habits of source "{source}"', faults)


def learn_all_again(
    project: Project, archive: Archive, faults: dict[str, list[Problem]]
) -> dict[str, Convention]:
    """Learn every source's convention from what the archive keeps of what they said.

    `faults` fills by source with what a fault of ours keeps from being learnt.

    Raises:
        ArchiveError: if the archive cannot be written.
    """
    from digest.archive import Lesson
    from digest.editing import convention
    from digest.workflow.gathering.evidence import UNDATED

    seen: dict[str, dict[str, tuple[datetime, convention.Seen]]] = {}
    for batch in archive.raw_items():
        for source, item in batch:
            at = item.published_at or UNDATED
            posts = seen.setdefault(source, {})
            with _learning(source, faults.setdefault(source, [])):
                posts[item.identity] = (at, convention.seen(item))
    found = {}
    for source, posts in seen.items():
        oldest_first = [post for _, post in sorted(posts.values(), key=itemgetter(0))]
        found[source] = convention_of(archive, source)
        with _learning(source, faults[source]):
            found[source] = convention.learn(oldest_first, project.editing, source)
        evidence = ((identity, encode(post)) for identity, (_, post) in posts.items())
        archive.keep_lesson(source, Lesson(encode(found[source]), evidence))
    return found


def edited(
    project: Project,
    source: str,
    items: Iterable[RawItem],
    convention: Convention | None,
    faults: list[Problem] | None = None,
    *,
    off: Collection[str] = (),
) -> Iterator[tuple[RawItem, Post]]:
    """Yield raw items with the posts they become; the rules are brought in for the first of them.

    Rules named in `off` are left out besides those that are off for all posts. With `faults`, a
    post that a fault of ours keeps from being edited is passed over and noted there.
    """
    settings = project.editing
    if off:
        settings = replace(settings, off=(*settings.off, *off))
    walk = iter(items)
    first = list(itertools.islice(walk, 1))
    if not first:
        return
    from digest.editing.edit import UNKNOWN, edit, identifier
    from digest.selection import sketch

    known, walk = convention or UNKNOWN, itertools.chain(first, walk)
    pairs: Iterable[tuple[RawItem, Post | None]] = zip(walk, itertools.repeat(None), strict=False)
    if beside.pays_for(items):
        pairs = beside.edited(walk, source, settings, known)
    for item, ready in pairs:
        try:
            post = ready or edit(item, source, settings, known)
            if was := project.former_names.get(source):
                # Issues know its posts by ids that bear the former name.
                post = replace(post, id=identifier(was, item.identity))
            if _is_recent(post):
                post = replace(post, sketch=sketch(post.text))
        except Exception as bug:
            if faults is None:
                raise
            from digest.sources.base import surprise

            faults.append(surprise(bug, item.where or item.identity))
        else:
            yield item, post


def _is_recent(post: Post) -> bool:
    """Tell whether a post may well be sent: an older one is sketched when it is, if ever."""
    return post.published_at is None or datetime.now(UTC) - post.published_at < _RECENT
