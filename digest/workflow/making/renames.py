"""Notices from the record what digest.toml calls otherwise now: an edition, or a source.

A renamed edition would begin with number 1 and send last week's posts again; the posts of a renamed
source would be new to every issue. Nobody can know whether it was renamed or is another: it is
asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest.config.tables import FILE_NAME
from digest.errors import ConfigError
from digest.issue.folder import edition_of, flat
from digest.issue.record import IssueSummary
from digest.lazy import regex
from digest.models import Edition, Selection, key
from digest.workflow.project import Project

# How our ids are made: the source's name, a hash, and a number where two hashes met.
_ID = regex(r"(.+)-[0-9a-f]{12}(?:-\d+)?")
_LATEST = 12  # issues that are looked at


def refuse_renamed(project: Project, edition: Edition, chosen: Selection) -> None:
    """Refuse the first issue of an edition that seems to be one that is no longer configured.

    It asks for the same posts, or would send what that one sent.

    Raises:
        ConfigError: saying which key answers the question.
        IssueFolderError: if an issue cannot be read.
    """
    if edition.was is not None or project.folders.dates(edition.name):
        return
    for name, former in _left(project, edition):
        issues = project.folders.all(name)[-_LATEST:]
        if issues and (what := _in_common(issues, edition, chosen)):
            raise ConfigError(
                f'[edition.{edition.name}] has no issue yet, and "{name}", which is no longer '
                f"configured, {what}",
                where=FILE_NAME,
                hint=f'If it was renamed, write was = "{former}" below '
                f'[edition.{_quoted(edition.of or edition.name)}]; if it is another one, was = "".',
            )


def _left(project: Project, edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the editions that are no longer configured and that this one may have been.

    Each comes with its name as digest.toml had it.
    """
    config = project.config
    if not edition.of:
        configured = {name for each in config.editions.values() for name in each.names}
        described = {edition_of(id_) for id_ in flat(project.folders.root)}
        yield from ((name, name) for name in sorted(described - configured))
        return
    # Editions that a pattern makes come and go with the names that it is made for. One for the
    # same name, of a pattern that is gone, asks whether that was renamed.
    pattern = config.patterns[edition.of]
    slug = pattern.slug_in(edition.name) or ""
    found = [name for name in project.left_apart if f"-{slug}-" in f"-{name}-"]
    for name in sorted(found, key=len):
        before, _, after = name.rpartition(slug)
        yield name, f"{before}{pattern.placeholder}{after}"


def _quoted(name: str) -> str:
    """Return a name as a table's head has to write it."""
    return f'"{name}"' if "{" in name else name


def _in_common(issues: Sequence[IssueSummary], edition: Edition, chosen: Selection) -> str:
    """Return what another edition's issues have in common with an edition, empty if nothing."""
    sent = {post.id for issue in issues for post in issue.posts}
    again = sum(entry.post.id in sent for entry in chosen.chosen)
    if again:
        return f"took {again} of its posts already"
    return "asked for the same posts" if issues[-1].selectors == edition.selectors else ""


def left_behind(edition: Edition, issues: Sequence[IssueSummary]) -> str:
    """Return a sentence about drafts that bear an edition's former name, empty if there are none.

    Nothing builds or approves them any more, and their posts are in no other issue.
    """
    drafts = [issue for issue in issues if bears_former_name(edition, issue)]
    if not drafts:
        return ""
    names, posts = ", ".join(i.id for i in drafts), sum(len(i.posts) for i in drafts)
    held = f"{posts} post{'' if posts == 1 else 's'}"
    return (
        f'{names}: left as a draft under the former name "{edition_of(drafts[-1].id)}", and holds '
        f"{held}. Delete the folder, and {edition.name} takes what it holds."
    )


def bears_former_name(edition: Edition, issue: IssueSummary) -> bool:
    """Tell whether an issue is a draft of the edition from before it was renamed."""
    return issue.state == "draft" and edition_of(issue.id) != edition.name


def renamed_source(project: Project, issues: Sequence[IssueSummary]) -> str:
    """Return a question about a source that issues know by another name, else nothing."""
    recorded = {
        found[1]
        for issue in issues[-_LATEST:]
        for post in issue.posts
        if (found := _ID.fullmatch(post.id))
    }
    sources = project.config.sources
    gone = sorted(recorded - {key(name) for each in sources for name in (each.name, each.was)})
    new = [each.name for each in sources if not {key(each.name), key(each.was)} & recorded]
    # A source that was only taken out, or only added, leaves no question.
    if not gone or not new:
        return ""
    return (
        f'The issues hold posts of a source "{gone[0]}" that is no longer configured, and none of '
        f'"{new[0]}". If it was renamed, write was = "{gone[0]}" below its [[source]].'
    )


def missing_numbers(issues: Sequence[IssueSummary]) -> str:
    """Return a sentence about a gap in the numbers of the last issues, empty if there is none."""
    numbers = [issue.number for issue in issues[-_LATEST:]]
    gone = sorted(set(range(min(numbers, default=1), max(numbers, default=0))) - set(numbers))
    if not gone:
        return ""
    named = ", ".join(map(str, gone))
    return (
        f"There is no issue number {named}: what it held comes again, marked as late. If it was "
        "sent, restore its folder before this one is sent."
    )
