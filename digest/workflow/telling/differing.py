"""The verb `diff`: what moved between two issues, from their records alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from digest.issue.record import FrozenIssue
from digest.models import Issue, PostView, Value, builtins
from digest.workflow import naming
from digest.workflow.project import Project

Kind = Literal["posts", "texts", "template", "tools"]

# What of an issue and of a post is a text that readers see.
_ISSUE_TEXTS = ("title", "subject", "preheader", "introduction")
_POST_TEXTS = (
    "title", "byline", "date", "reading_time", "excerpt", "body", "url", "mark", "note", "shown",
    "image", "series",
)  # fmt: skip
# Characters of a text: enough to see where two part, and a line of a terminal still.
_LONGEST = 120


class Difference(Value, omit_defaults=False):
    """Tell one thing that differs: of what kind, where, and what stood there before and after."""

    kind: Kind
    where: str
    before: str = ""
    after: str = ""


def diff(project: Project, before: str, after: str) -> tuple[Difference, ...]:
    """Return what moved between two issues: posts, their texts, the template, the tools.

    Each is an id, a folder, an edition, or "latest".

    Raises:
        UsageError: if there is no such issue.
        IssueFolderError: if a record cannot be read.
    """
    one, other = (project.folders.read(naming.issue(project, each).id) for each in (before, after))
    return tuple(differences(one, other))


def differences(one: FrozenIssue, other: FrozenIssue) -> Iterator[Difference]:
    """Yield what differs between two records."""
    yield from _posts(one.issue, other.issue)
    yield from _texts(one.issue, other.issue)
    yield from _template(one, other)
    yield from _tables("tools", "", one.made_with, other.made_with, passing_over="template")


def _posts(one: Issue, other: Issue) -> Iterator[Difference]:
    """Yield posts that only one issue holds, and those that stand elsewhere among the rest."""
    before, after = ({post.id: post for post in issue.posts} for issue in (one, other))
    for id_, post in before.items():
        if id_ not in after:
            yield Difference(kind="posts", where="gone", before=_named(post))
    for id_, post in after.items():
        if id_ not in before:
            yield Difference(kind="posts", where="new", after=_named(post))
    # Places among the posts that both hold: what came or went has moved nobody.
    staying = [id_ for id_ in before if id_ in after]
    order = [id_ for id_ in after if id_ in before]
    for id_ in _moved(staying, order):
        places = (f"{list(ids).index(id_) + 1}" for ids in (before, after))
        yield Difference(
            kind="posts",
            where=f"place of {_named(after[id_])}",
            before=next(places),
            after=next(places),
        )


def _moved(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Return the fewest that changed their place so that the others stand as they stood."""
    blocks = SequenceMatcher(a=before, b=after).get_matching_blocks()
    kept = {id_ for block in blocks for id_ in before[block.a : block.a + block.size]}
    return [id_ for id_ in after if id_ not in kept]


def _named(post: PostView) -> str:
    return f"{post.title} ({post.permalink or post.id})"


def _texts(one: Issue, other: Issue) -> Iterator[Difference]:
    for name in _ISSUE_TEXTS:
        yield from _compared("texts", name, getattr(one, name), getattr(other, name))
    sections = (" | ".join(part.title for part in issue.sections) for issue in (one, other))
    yield from _compared("texts", "sections", next(sections), next(sections))
    before = {post.id: post for post in one.posts}
    for post in other.posts:
        if post.id in before:
            for name in _POST_TEXTS:
                where = f"{name.replace('_', ' ')} of {post.title}"
                yield from _compared(
                    "texts", where, getattr(before[post.id], name), getattr(post, name)
                )


def _template(one: FrozenIssue, other: FrozenIssue) -> Iterator[Difference]:
    """Yield what differs in how the issues look and speak, whatever they tell."""
    for name in ("template", "service"):
        yield from _compared("template", name, getattr(one.issue, name), getattr(other.issue, name))
    yield from _tables("template", "theme ", one.issue.theme, other.issue.theme)
    yield from _tables("template", "words ", one.issue.labels, other.issue.labels)
    letters = (builtins(issue.newsletter) for issue in (one.issue, other.issue))
    yield from _tables("template", "newsletter ", next(letters), next(letters))
    files = (one.made_with.get("template", ""), other.made_with.get("template", ""))
    is_same_name = one.issue.template == other.issue.template
    # Issues of earlier versions did not record their template's files.
    if is_same_name and all(files):
        yield from _compared("template", "its files", *files)
    elif is_same_name and one.issue.posts == other.issue.posts and _look(one) != _look(other):
        yield Difference(kind="template", where="the compiled page")


def _look(frozen: FrozenIssue) -> list[tuple[str, ...]]:
    return [page.segments for page in (frozen.pages.email, frozen.pages.web)]


def _tables(
    kind: Kind,
    prefix: str,
    one: dict[str, str],
    other: dict[str, str],
    passing_over: str = "",
) -> Iterator[Difference]:
    for name in sorted((one.keys() | other.keys()) - {passing_over}):
        yield from _compared(kind, f"{prefix}{name}", one.get(name, ""), other.get(name, ""))


def _compared(kind: Kind, where: str, before: object, after: object) -> Iterator[Difference]:
    if before != after:
        told = (_shown(before, after), _shown(after, before))
        yield Difference(kind=kind, where=where, before=told[0], after=told[1])


def _shown(value: object, other: object) -> str:
    """Return a value as text; of a long one what begins shortly before it parts from the other."""
    text, its = (v if isinstance(v, str) else _plain(v) for v in (value, other))
    if max(len(text), len(its)) <= _LONGEST:
        return text
    same = next((i for i, (a, b) in enumerate(zip(text, its, strict=False)) if a != b), len(its))
    start = max(0, same - 20)
    part = text[start : start + _LONGEST]
    return f"{'…' if start else ''}{part}{'…' if start + _LONGEST < len(text) else ''}"


def _plain(value: object) -> str:
    """Return what a picture or a series says, value by value, as one text.

    >>> _plain(({"name": "Notes", "part": 2}, {"name": "Ferns", "part": None})), _plain(None)
    ('Notes 2, Ferns', '')
    """
    told = builtins(value)
    if isinstance(told, dict):
        return " ".join(filter(None, map(_plain, told.values())))
    if isinstance(told, list | tuple):
        return ", ".join(map(_plain, told))
    return "" if told is None else str(told)
