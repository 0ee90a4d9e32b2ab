"""What there is: sources and conventions, tags and look-alikes, series and gaps."""

from __future__ import annotations

from datetime import datetime
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from digest.models import Value, key
from digest.workflow.gathering import conventions, health
from digest.workflow.gathering.again import edited_archive
from digest.workflow.project import Project
from digest.workflow.telling.once import Once

if TYPE_CHECKING:
    from digest.workflow.telling.outlines import Outline

# One letter in five: "leadership" and "leadrship", but not "birds" and "words".
NEAR = 0.8


class Tag(Value):
    """Hold a tag with its number of posts and the names that differ from it by little."""

    name: str
    posts: int
    near: tuple[str, ...] = ()


class SourceState(Value, omit_defaults=False):
    """Hold one configured source.

    Its posts, its health, and what was learnt of its titles, in words.
    """

    source: str
    kind: str
    posts: int = 0
    last_success_at: datetime | None = None
    last_error: str | None = None
    failures: int = 0
    conventions: tuple[str, ...] = ()


def sources(project: Project) -> tuple[SourceState, ...]:
    """Return the configured sources, in the order of the configuration.

    Raises:
        ArchiveError: if the archive cannot be read.
    """
    posts: dict[str, int] = {}
    learnt: dict[str, tuple[str, ...]] = {}
    fared: dict[str, health.Health] = {}
    if project.archive_file.exists():
        with edited_archive(project) as archive:
            twice = Once(archive).sources()
            posts = {name: count - twice.get(name, 0) for name, count in archive.sources()}
            learnt = conventions.in_words(archive)
            fared = health.known(archive)
    return tuple(
        SourceState(
            source=source.name,
            kind=source.kind,
            posts=posts.get(source.name, 0),
            last_success_at=(how := fared.get(source.name, health.Health())).last_success_at,
            last_error=how.last_error,
            failures=how.failures,
            conventions=learnt.get(source.name, ()),
        )
        for source in project.config.sources
    )


def tags(project: Project) -> tuple[Tag, ...]:
    """Return the archive's tags, the most used first.

    Raises:
        ArchiveError: if the archive cannot be read.
    """
    with edited_archive(project) as archive:
        twice = Once(archive).tags()
        counted = [(name, count - twice.get(key(name), 0)) for name, count in archive.tags()]
    names = [name for name, _ in counted]
    near = near_names(names)
    found = [Tag(name=name, posts=posts, near=near.get(name, ())) for name, posts in counted]
    return tuple(sorted(found, key=lambda tag: (-tag.posts, tag.name.casefold())))


def near_names(names: list[str]) -> dict[str, tuple[str, ...]]:
    """Return for each name the others that look like it: a misspelling, a plural, another hyphen.

    >>> near_names(["leadership", "leadrship", "soil"])
    {'leadership': ('leadrship',), 'leadrship': ('leadership',)}
    """
    # Short names are alike by chance: "bees" and "trees".
    keyed = sorted((key(name), name) for name in names if len(key(name)) > 3)
    near: dict[str, list[str]] = {}
    matcher = SequenceMatcher()
    for i, (one, name) in enumerate(keyed):
        matcher.set_seq2(one)
        for other, other_name in keyed[i + 1 :]:
            # Looked at first, for comparing all pairs of a thousand tags takes seconds.
            if abs(len(one) - len(other)) > 2:
                continue
            matcher.set_seq1(other)
            if matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR:
                near.setdefault(name, []).append(other_name)
                near.setdefault(other_name, []).append(name)
    return {name: tuple(sorted(others)) for name, others in near.items()}


def series(project: Project) -> tuple[Outline, ...]:
    """Return the archive's series, by name.

    Raises:
        ArchiveError: if the archive cannot be read.
    """
    from digest.workflow.telling.outlines import outline

    with edited_archive(project) as archive:
        once, names = Once(archive), archive.names("series")
        named = [once.shown(archive.posts(series=name)) for name, _ in names]
        posts = {post.id: post for found in named for post in found}
    return outline(posts.values())
