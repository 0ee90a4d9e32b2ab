"""Gathers what a selection is made from.

The archive, past issues, other editions, the editor's notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from digest import selection
from digest.addresses import canonical
from digest.issue.record import IssueSummary, Sealed, Skipped
from digest.models import (
    Edition,
    EditorNotes,
    Missing,
    Post,
    Remembered,
    Selection,
    Value,
    Window,
    replace,
)
from digest.selection import PastIssue, evergreen
from digest.workflow.gathering.again import edit_again
from digest.workflow.making import updating
from digest.workflow.making.aiming import scheduled_at
from digest.workflow.making.reaching import reach_back
from digest.workflow.project import Project

if TYPE_CHECKING:
    from digest.archive import Archive


# How many posts beside its window a dry run shows, and how far back it looks for those not sent.
_SHOWN_BEFORE, _LOOKED_AT_BEFORE, _SHOWN_AFTER = 3, 60, 20


NARROW_ABOVE = 500
"""How many posts a window may hold before those that carry no name asked for are left unjudged."""


class Question(Value):
    """Hold which issue's posts are asked for, at what time, and what its editor says.

    `issues` are all other issues of the edition on disk. `references` are posts to judge in any
    case, `held` the ids that the issue held when it was built last, `skips` the edition's dates
    without an issue, `dropped` what was dropped in drafts that were removed, `drafted_from` where
    the window of the issue's own draft began. With `shows_near` the posts dated next to the window
    are judged as well, so that one sees why they are not in it.
    """

    edition: Edition
    dated: date
    number: int
    now: datetime
    notes: EditorNotes = EditorNotes()
    issues: tuple[IssueSummary, ...] = ()
    references: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    shows_near: bool = False
    skips: tuple[Skipped, ...] = ()
    dropped: tuple[Remembered, ...] = ()
    drafted_from: datetime | None = None

    @property
    def before(self) -> tuple[IssueSummary, ...]:
        """Return the issues before this one, oldest first."""
        return tuple(issue for issue in self.issues if issue.dated < self.dated)


def choose(project: Project, asked: Question) -> Selection:
    """Ask the archive for candidates and choose among them.

    Raises:
        EditorError: if the notes name a post that does not exist.
        ArchiveError, IssueFolderError, ConfigError: as their rooms say.
    """
    edition = asked.edition
    past = tuple(past_issue(issue) for issue in asked.issues)
    earlier = tuple(issue for issue in past if issue.dated < asked.dated)
    skips = _skipped_since(asked)
    window = selection.window(
        edition,
        asked.dated,
        project.config.newsletter.timezone,
        asked.now,
        earlier,
        min((skip.window.start_at for skip in skips), default=None),
        scheduled_at=scheduled_at(project, edition, asked.dated),
    )
    with project.archive_to_read() as archive:
        # Rules that changed since apply to this issue already, whoever collected last.
        edit_again(project, archive)
        with archive.unmoved():
            return _chosen(project, archive, asked, window, past, skips)


def _chosen(
    project: Project,
    archive: Archive,
    asked: Question,
    window: Window,
    past: Sequence[PastIssue],
    skips: Sequence[Skipped],
) -> Selection:
    edition = asked.edition
    earlier = tuple(issue for issue in past if issue.dated < asked.dated)
    ledger = selection.Ledger(earlier)
    sources = [source.name for source in project.config.sources]

    @cache  # who reached back asks for the same again
    def look(window: Window, references: tuple[str, ...], narrow_above: int) -> list[Post]:
        return archive.candidates(
            window,
            first_start=selection.first_start(earlier),
            settled=ledger.settled,
            ids=ledger.pending | ledger.freed,
            references=references,
            sources=sources,
            selectors=edition.selectors,
            narrow_above=narrow_above,
        )

    if not asked.issues and edition.since == selection.LAST_ISSUE:
        # Narrowed by the archive's index from the first post on: there may be many, and few fit.
        narrow = partial(look, references=(), narrow_above=0)
        window = reach_back(narrow, edition, window, asked.drafted_from)
    near = _near(archive, window, asked, sources) if asked.shows_near else []
    named = {*selection.references(asked.notes), *asked.references, *near}
    # Each of many editions would else decide on every post of the week.
    narrow_above = 0 if edition.of else NARROW_ABOVE
    candidates = look(window, references=tuple(sorted(named)), narrow_above=narrow_above)
    changed = updating.changed(archive, asked.before, sources)
    gone = missing(project, asked.edition, asked.issues, asked.dated)
    candidates = [post for post in candidates if _may_come(post, window, edition, ledger, named)]
    return selection.select(
        edition,
        candidates,
        window=window,
        earlier=past,
        notes=asked.notes,
        near=archive.near,
        is_withdrawn=archive.is_withdrawn,
        dated=asked.dated,
        number=asked.number,
        cooling=_cooling(project, asked),
        held=asked.held,
        older=lambda: _older(project, archive, asked, window, sources, gone),
        updates=updating.updates(project, archive, asked.before, asked.notes, sources, changed),
        whole=archive.whole,
        changed=changed,
        living=cache(archive.source_of),  # asked of each candidate's likes
        looked_at=_looked_at(asked, skips),
        missing=gone,
        dropped=asked.dropped,
    )


def missing(
    project: Project, edition: Edition, issues: Sequence[IssueSummary], until: date
) -> tuple[Missing, ...]:
    """Return the edition's sealed issues before a date whose folders are gone, oldest first.

    A record beside the folders names each that was sealed, and so do later issues.
    """
    # An earlier version kept no records beside the folders; its later issues name it.
    named = {id_ for issue in issues for id_ in issue.sealed} - {issue.id for issue in issues}
    gone = {id_: Sealed() for id_ in named if not project.folders.folder(id_).is_dir()}
    for name in edition.names:
        gone |= project.folders.missing(name)
    dates = {id_: date.fromisoformat(id_[:10]) for id_ in sorted(gone)}
    return tuple(
        Missing(
            id=id_,
            window=gone[id_].window or _window_of_missing(project, issues, dated),
            posts=gone[id_].posts,
        )
        for id_, dated in dates.items()
        if dated < until
    )


def _window_of_missing(project: Project, issues: Sequence[IssueSummary], dated: date) -> Window:
    """Return the span between the issues around a missing one, at most until the end of its day."""
    zone = ZoneInfo(project.config.newsletter.timezone)
    ends_at = datetime.combine(dated + timedelta(days=1), time(0), zone).astimezone(UTC)
    before = [issue.window.cutoff_at for issue in issues if issue.dated < dated]
    after = [issue.window.start_at for issue in issues if issue.dated > dated]
    # Nobody knows better: all time up to the next issue may be its.
    starts_at = max(before, default=datetime(1, 1, 2, tzinfo=UTC))
    return Window(start_at=starts_at, cutoff_at=min([ends_at, *after]))


def _near(archive: Archive, window: Window, asked: Question, sources: Sequence[str]) -> list[str]:
    """Return the posts dated next to the window that no issue of the edition holds."""
    sent = {post.id for issue in asked.issues for post in issue.posts}
    before, after = archive.beside(window, sources, before=_LOOKED_AT_BEFORE, after=_SHOWN_AFTER)
    return [*[id_ for id_ in before if id_ not in sent][:_SHOWN_BEFORE], *after]


def _looked_at(asked: Question, skips: Sequence[Skipped]) -> datetime | None:
    """Return when the edition's posts were last looked through, for an issue or in vain."""
    cutoffs = [issue.window.cutoff_at for issue in asked.before]
    cutoffs += [skip.window.cutoff_at for skip in skips]
    return max(cutoffs, default=None)


def _may_come(
    post: Post, window: Window, edition: Edition, ledger: selection.Ledger, named: set[str]
) -> bool:
    """Tell whether a candidate is worth a decision.

    A post of an earlier time that the edition does not ask for was refused when its time was; it
    would only lengthen every later record.
    """
    if post.dated_at is None or post.dated_at >= window.start_at:
        return True
    pages = {canonical(name) for name in named}
    is_named = post.id in named or bool(post.url and canonical(post.url) in pages)
    is_waiting = post.id in ledger.pending or post.id in ledger.freed
    return is_named or is_waiting or selection.refusal(post, edition.selectors) is None


def _skipped_since(asked: Question) -> list[Skipped]:
    """Return the dates that were skipped since the last issue: their windows are open still."""
    last = max((issue.dated for issue in asked.before), default=date.min)
    return [s for s in asked.skips if last < s.dated < asked.dated]


def _cooling(project: Project, asked: Question) -> list[PastIssue]:
    """Return the issues of other editions whose posts have to wait."""
    return [
        replace(past_issue(issue), edition=name)
        for name, since in selection.cool_since(asked.edition, asked.dated).items()
        for issue in project.folders.all(
            project.config.names_of(name), after=since, until=asked.dated
        )
    ]


def _older(
    project: Project,
    archive: Archive,
    asked: Question,
    window: Window,
    sources: Sequence[str],
    gone: Sequence[Missing],
) -> list[Post]:
    """Return posts that may fill a thin issue, none that an issue of the edition holds."""
    edition, pool = asked.edition, asked.edition.evergreen
    if pool is None:
        return []
    sent = {post.id for issue in asked.issues for post in issue.posts}
    sent.update(id_ for issue in gone for id_ in issue.posts)
    return archive.pool(
        evergreen.spans(pool, window, asked.dated, project.config.newsletter.timezone),
        evergreen.selectors(edition, pool),
        rank=evergreen.rank(edition.name, asked.number),
        is_known=sent.__contains__,
        sources=sources,
    )


def past_issue(issue: IssueSummary) -> PastIssue:
    """Return what choosing needs to know of an issue on disk."""
    return PastIssue(
        id=issue.id,
        edition=issue.edition,
        dated=issue.dated,
        window=issue.window,
        built_at=issue.built_at,
        posts=tuple(post.id for post in issue.posts),
        urls=tuple(post.permalink for post in issue.posts if post.permalink),
        fingerprints=tuple(post.fingerprint for post in issue.posts if post.fingerprint),
        considered=issue.considered,
        carried=issue.carried,
        unmatched=selection.unmatched(issue.decisions),
        cooling=selection.cooled(issue.decisions),
        repeated=selection.repeated(issue.decisions),
        held=selection.ruled(issue.decisions, "held-back"),
        limited=selection.ruled(issue.decisions, "limit"),
        marks=tuple(
            Remembered(
                id=post.id,
                issue=issue.id,
                url=post.permalink,
                title=post.title,
                fingerprint=post.fingerprint,
                sketch=post.sketch,
                day=post.date_iso,
            )
            for post in issue.posts
        ),
        remembered=_remembered(issue),
        selectors=issue.selectors,
    )


def _remembered(issue: IssueSummary) -> tuple[Remembered, ...]:
    """Return what an issue remembers.

    What its own editor dropped, an earlier version only decided.
    """
    own = [replace(mark, issue=mark.issue or issue.id) for mark in issue.remembered]
    known = {mark.id for mark in own}
    dropped = [
        Remembered(id=d.id, issue=issue.id, url=d.url or "", title=d.title, is_dropped=True)
        for d in issue.decisions
        if d.rule == "dropped" and d.id not in known
    ]
    return (*own, *dropped)
