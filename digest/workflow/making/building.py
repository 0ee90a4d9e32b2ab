"""The verb `build`: selects, composes, renders and writes one issue."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import wraps
from typing import Final, ParamSpec, TypeVar, cast

from digest.config import located
from digest.errors import ConfigError, IssueFolderError
from digest.issue.folder import FORMAT, Begun
from digest.issue.record import FrozenIssue
from digest.models import (
    Decision,
    Edition,
    Selection,
    replace,
)
from digest.nearest import did_you_mean
from digest.workflow.clock import cut_off_now
from digest.workflow.making.aiming import Target, after, target
from digest.workflow.making.drafting import Draft, Overtaken
from digest.workflow.making.renames import refuse_renamed
from digest.workflow.making.reports import BuildReport, report, told
from digest.workflow.making.thin import is_too_thin, put_off, skip, thin, why_thin
from digest.workflow.project import Project

CHANGED = "was changed"

_TRIES: Final = 50  # each is lost only to another run that got its issue done

_P = ParamSpec("_P")
_R = TypeVar("_R")


def building(
    project: Project,
    edition: Edition,
    dated: date | None = None,
    *,
    dry_run: bool = False,
    force: bool = False,
    now: datetime | None = None,
    failed: Sequence[str] = (),
    is_judged: bool = True,
) -> Generator[Begun, None, BuildReport]:
    """Build the edition's issue of a date from the archive and write it.

    Without a date it is the one that the edition's schedule calls for, else its open draft, else
    today's. A sealed issue is left alone, an unchanged draft is not written again unless `force`.
    With `dry_run` nothing is written at all. When there are fewer new posts than `min_posts`, the
    date is recorded as skipped, so that its posts come in the next issue; but not while a source is
    among those that `failed` to be read just now, since nobody knows what it would have brought.
    Unless `is_judged`, the rules of `check` are left to whoever looks at the issue next.

    Stops where it would wait for the disk: whoever builds many brings several that far, and lets
    the disk work for all of them at once. `build` does all of it in one go.

    Raises:
        EditorError: if editor.md names a post that does not exist.
        TemplateError, ArchiveError, IssueFolderError, ConfigError: as their rooms say.
    """
    now = now or cut_off_now()
    for _ in range(_TRIES):
        aim = Target(dated=dated) if dated else target(project, edition, now)
        draft = Draft(
            project, edition, aim.dated, now, failed=failed, shows_near=dry_run, is_judged=is_judged
        )
        with suppress(Overtaken):
            return (yield from _aimed(draft, aim, dry_run=dry_run, force=force))
    raise IssueFolderError(
        "other runs of digest write here again and again",
        where=project.folders.shown(draft.id),
        hint="Try again when they are done.",
    )


def _aimed(
    draft: Draft, aim: Target, *, dry_run: bool, force: bool
) -> Generator[Begun, None, BuildReport]:
    if aim.is_due:
        made = yield from _building(draft, aim, dry_run=dry_run, force=force)
        return replace(made, upcoming=aim.upcoming, is_open=aim.is_open)
    decided = _decided(draft, aim) if dry_run else None
    waits = report(draft, "nothing-to-send", decided)
    return replace(waits, is_due=False, upcoming=aim.upcoming, reason=aim.why_not)


def through(making: Generator[Begun, None, _R]) -> _R:
    """Go on with a build until it is done, waiting wherever it has to; return what it returns."""
    while True:
        try:
            next(making)
        except StopIteration as done:
            return cast(_R, done.value)


def _at_once(
    making: Callable[_P, Generator[Begun, None, BuildReport]],
) -> Callable[_P, BuildReport]:
    @wraps(making)
    def build(*args: _P.args, **options: _P.kwargs) -> BuildReport:
        return through(making(*args, **options))

    return build


build = _at_once(building)


def check(project: Project, editions: Sequence[Edition]) -> None:
    """Refuse, before any source is asked, what building these editions would only find out later.

    Raises:
        ConfigError: if there is no such template or rule, or the theme does not fit it.
    """
    # Only then are the rules read, which most builds need not import.
    if project.config.speaks_of_rules:
        from digest.workflow.judging.checking import refuse_unknown

        refuse_unknown(project.config)
    known = project.renderer.templates()
    for edition in editions:
        if edition.template not in known:
            raise ConfigError(
                f'[edition.{edition.name}] template: there is no template "{edition.template}"',
                where=located(project.root, f"edition.{edition.name}", "template"),
                hint=did_you_mean(edition.template, known),
            )
        project.theme(edition.template)


def _building(
    draft: Draft, aim: Target, *, dry_run: bool, force: bool
) -> Generator[Begun, None, BuildReport]:
    if draft.is_sealed:
        return report(draft, "sealed", _decided(draft, aim) if dry_run else None)
    chosen = draft.select()
    # Before anything is written: a first issue of a renamed edition would send posts again.
    refuse_renamed(draft.project, draft.edition, chosen)
    if is_too_thin(draft, chosen):
        if not dry_run:
            skip(draft, chosen)
        chosen = thin(draft, chosen)
        return replace(report(draft, "nothing-to-send", chosen), reason=why_thin(draft, chosen))
    issue, pages = draft.compose_and_render(chosen)
    settled = draft.settled(issue, pages)
    if settled and not force:
        if not dry_run:
            draft.skips.forget()
        from digest.workflow.making.outputs import outputs

        frozen = FrozenIssue(format=FORMAT, issue=settled, pages=pages)
        found = draft.found(settled, draft.digests, lambda: outputs(frozen))
        return told(report(draft, "unchanged", chosen, settled, pages), found)
    if dry_run:
        return report(draft, "built", chosen, issue, pages)
    found = yield from draft.writing(settled or issue, pages, chosen)
    return told(report(draft, "built", chosen, settled or issue, pages), found)


def decide(
    project: Project,
    edition: Edition,
    dated: date | None = None,
    *,
    references: Sequence[str] = (),
    now: datetime | None = None,
) -> tuple[Decision, ...]:
    """Return the decisions of the issue that `build` would build now, with those on `references`.

    With a date they are those of the issue of that date. They are the same as those of a dry run,
    since both come from here.

    Raises:
        EditorError, ArchiveError, IssueFolderError, ConfigError: as their rooms say.
    """
    now = now or cut_off_now()
    aim = Target(dated=dated) if dated else target(project, edition, now)
    draft = Draft(project, edition, aim.dated, now, references, shows_near=True)
    return _decided(draft, aim).decisions


def _decided(draft: Draft, aim: Target) -> Selection:
    """Return what is decided now, whether an issue comes of it or not."""
    if not draft.is_sealed:
        chosen = draft.select()
        return thin(draft, chosen) if is_too_thin(draft, chosen) else chosen
    dated = after(draft.project, draft.edition, aim, draft.now)
    following = Draft(
        draft.project, draft.edition, dated, draft.now, draft.references, shows_near=True
    )
    return put_off(following.select(), f"{draft.id} is sealed; comes in the next issue")


def would_change(project: Project, issue_id: str, *, now: datetime | None = None) -> str:
    """Return why a draft is not what a build would make of it now, empty if it is.

    Raises:
        EditorError, ArchiveError, IssueFolderError, ConfigError: as their rooms say.
    """
    summary = project.folders.summary(issue_id)
    edition = project.edition(summary.edition)
    draft = Draft(project, edition, summary.dated, now or cut_off_now())
    chosen = draft.select()
    if is_too_thin(draft, chosen):
        return why_thin(draft, chosen)
    return "" if draft.settled(*draft.compose_and_render(chosen)) else CHANGED
