"""Carries one issue through its building: selects, composes, renders, and writes."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from digest import selection
from digest.addresses import canonical
from digest.errors import EditorError
from digest.files import stamp
from digest.issue import editor
from digest.issue.aside import keep_aside
from digest.issue.folder import FORMAT, Begun
from digest.issue.record import FrozenIssue
from digest.models import (
    Edition,
    EditorNotes,
    Finding,
    Issue,
    Page,
    Remembered,
    Rendered,
    Selection,
    key,
    replace,
)
from digest.workflow.making import selecting
from digest.workflow.making.skips import Skips
from digest.workflow.project import Project
from digest.workflow.steps import step

_REMEMBERED = 12  # sealed issues that an issue names, to notice if a folder is deleted


class Overtaken(Exception):
    """Tell that another run wrote an issue which this draft was to know of."""


class Draft:
    """Carry one issue through its building."""

    def __init__(
        self,
        project: Project,
        edition: Edition,
        dated: date,
        now: datetime,
        references: Sequence[str] = (),
        failed: Sequence[str] = (),
        *,
        shows_near: bool = False,
        is_judged: bool = True,
    ) -> None:
        self.is_judged = is_judged
        self.references, self.shows_near = references, shows_near
        wanted = {key(name) for name in edition.selectors.sources}
        self.unread = [name for name in failed if not wanted or key(name) in wanted]
        self.project, self.edition, self.dated, self.now = project, edition, dated, now
        self.id = f"{dated.isoformat()}-{edition.name}"
        self.folders = project.folders
        self._known = self._record()  # before it is read, so that nothing slips between
        issues = self.folders.all(edition.names)
        self.others = [issue for issue in issues if issue.id != self.id]
        self.existing = next((issue for issue in issues if issue.id == self.id), None)
        self.number = self._number()
        self.notes = self._notes()
        self.skips = Skips(self.folders, edition, dated, self.existing)
        self.pictures: dict[str, bytes] = {}
        self.kept: tuple[str, ...] = ()
        self._filled: tuple[Page | None, str] = (None, "")
        self.digests: Mapping[str, str] = {}  # of the files on disk, once issue.json was read

    def _record(self) -> list[tuple[str, int, int]]:
        """Return what changes whenever somebody writes an issue that decides about this one."""
        names = set(self.edition.names)
        for other in selection.cool_since(self.edition, self.dated):
            names.update(self.project.config.names_of(other))
        return [stamp(path) for name in sorted(names) for path in self.folders.files(name)]

    def _number(self) -> int:
        """Return the issue's number: it keeps its own, unless another's came between by a merge."""
        taken = {i.number for i in self.others if i.state != "draft" or i.dated < self.dated}
        if self.existing and (self.is_sealed or self.existing.number not in taken):
            return self.existing.number
        return max((issue.number for issue in self.others), default=0) + 1

    @property
    def is_sealed(self) -> bool:
        """Tell whether the issue was approved, so that nothing of it changes any more."""
        return self.existing is not None and self.existing.state != "draft"

    @step("select")
    def select(self) -> Selection:
        """Ask the archive for candidates and choose among them."""
        question = selecting.Question(
            edition=self.edition,
            dated=self.dated,
            number=self.number,
            now=self.now,
            notes=self.notes,
            issues=tuple(self.others),
            references=tuple(self.references),
            shows_near=self.shows_near,
            held=self.skips.held,
            skips=self.skips.all,
            dropped=tuple(self.skips.given_up()),
            drafted_from=self.existing.window.start_at if self.existing else None,
        )
        with self._naming_the_issue():
            return selecting.choose(self.project, question)

    def _notes(self) -> EditorNotes:
        text = self.folders.editor_text(self.id)
        with self._naming_the_issue():
            return editor.parse(text) if text is not None else EditorNotes()

    @contextmanager
    def _naming_the_issue(self) -> Iterator[None]:
        """Say whose editor.md a mistake stands in: only here is that known."""
        try:
            yield
        except EditorError as exc:
            raise EditorError(
                exc.message, where=f"{self.folders.shown(self.id)}/{exc.where}", hint=exc.hint
            ) from exc

    @step("render")
    def compose_and_render(self, chosen: Selection) -> tuple[Issue, Rendered]:
        """Return the issue that a selection makes, within its budget, and its pages."""
        # Only an issue that is made needs the renderer: to choose, and to say why, is done without.
        from digest.issue import budget, composition
        from digest.workflow.making import picturing, sparing
        from digest.workflow.making.outputs import letter_of

        with self._naming_the_issue():
            chosen = sparing.as_written(self.project, self.notes, chosen)
        issue = composition.compose(
            chosen,
            edition=self.edition,
            letter=letter_of(self.project),
            link_params=self.project.config.newsletter.link_params,
            number=self.number,
            dated=self.dated,
            notes=self.notes,
            theme=self.project.theme(self.edition.template),
            parts_of=self.project.parts_of,
            built_at=self.now,
            words=self.project.words,
        )
        dropped = (*issue.remembered, *self._dropped_before(issue))
        issue = replace(issue, sealed=self._sealed_before(), remembered=dropped)
        posts = [entry.post for entry in chosen.chosen]
        issue, self.pictures = picturing.with_pictures(self.project, issue, posts)
        render = self.project.renderer.render
        return budget.within(issue, self.edition.max_bytes, render, self._email)

    def _email(self, issue: Issue, page: Page) -> str:
        """Return the email's HTML; filled in to be measured, it need not be once more."""
        from digest.workflow.making.outputs import email_html

        if self._filled[0] is not page:
            self._filled = page, email_html(issue, page)
        return self._filled[1]

    def _dropped_before(self, issue: Issue) -> Iterator[Remembered]:
        """Yield what this draft dropped when it was built last, and what is dropped still.

        A post that was withdrawn meanwhile is no candidate any more, but may come back.
        """
        known = {mark.id for mark in issue.remembered}
        named = {canonical(reference) for reference in self.notes.drop}
        for mark in self.existing.remembered if self.existing else ():
            is_named = mark.id in self.notes.drop or (
                bool(mark.url) and canonical(mark.url) in named
            )
            is_out = is_named or self.notes.held == "leave"
            if mark.is_dropped and is_out and mark.id not in known:
                yield mark

    def _sealed_before(self) -> tuple[str, ...]:
        sealed = [i.id for i in self.others if i.state != "draft" and i.dated < self.dated]
        return tuple(sealed[-_REMEMBERED:])

    @step("compare")
    def settled(self, issue: Issue, pages: Rendered) -> Issue | None:
        """Return the issue as it is on disk if building it again would change nothing, else None.

        The recorded cut-off, and with it what was considered, moves only when something else does.
        What the editor drops has to be recorded, though no page shows it.
        """
        if not self.existing:
            return None
        frozen = self.folders.read(self.id)
        self.digests = frozen.digests
        # What moves with every look at the archive is not compared: only what a reader would see.
        as_before = replace(
            issue,
            window=frozen.issue.window,
            built_at=frozen.issue.built_at,
            considered=frozen.issue.considered,
            carried=frozen.issue.carried,
            decisions=frozen.issue.decisions,
            remembered=frozen.issue.remembered,
            sealed=frozen.issue.sealed,
            selectors=frozen.issue.selectors,
        )
        is_there = self.folders.is_whole(frozen) and self.folders.carries(self.id, self.pictures)
        is_known = _dropped(issue) == _dropped(frozen.issue)
        same = as_before == frozen.issue and pages == frozen.pages and is_known and is_there
        return frozen.issue if same else None

    def writing(
        self, issue: Issue, pages: Rendered, chosen: Selection
    ) -> Generator[Begun, None, tuple[Finding, ...]]:
        """Write the issue's files, and return what the rules find in them.

        Stops where the disk is to be waited for, holding the edition's lock: whoever goes on at
        once waits here. `kept` fills with the names of files that somebody changed by hand, now out
        of the way.
        """
        frozen = FrozenIssue(
            format=FORMAT,
            issue=issue,
            pages=pages,
            notes=self.notes,
            made_with=self.project.renderer.made_with(issue.template),
        )
        made = self._outputs(frozen, self._email(issue, pages.email))
        with self.folders.lock(self.edition.name):
            if self._record() != self._known:
                raise Overtaken
            folder = self.folders.folder(self.id)
            self.kept = () if self.is_sealed else keep_aside(folder, self.digests, made)
            begun = self.folders.begin(
                frozen,
                made,
                editor.template(
                    issue.subject,
                    issue.preheader,
                    issue.posts,
                    chosen.updates,
                    [section.title for section in self.edition.sections if section.title],
                    [d for d in chosen.decisions if selection.is_asked(d)],
                ),
                self.pictures,
            )
            try:
                yield begun
            except GeneratorExit:  # nobody goes on: the run was stopped
                begun.give_up()
                raise
            written = begun.done()
        self.skips.forget()
        return self.found(issue, written.digests, lambda: made)

    @staticmethod
    @step("fill")
    def _outputs(frozen: FrozenIssue, email: str) -> dict[str, bytes]:
        from digest.workflow.making.outputs import outputs

        return outputs(frozen, email)

    @step("check")
    def found(
        self,
        issue: Issue,
        digests: Mapping[str, str],
        files: Callable[[], Mapping[str, bytes]],
    ) -> tuple[Finding, ...]:
        """Return what the rules find in the issue's files, if they are to be asked.

        The files are made only to be judged anew.
        """
        if not self.is_judged:
            return ()
        from digest.workflow.judging.findings import found

        return found(self.project, issue, digests, self.others, files)

    def size(self, issue: Issue | None, pages: Rendered | None, *, is_new: bool) -> int:
        """Return the bytes of the email's HTML, as it is now or as it lies on disk."""
        if is_new and issue and pages:
            return len(self._email(issue, pages.email))
        return self.existing.html_bytes if self.existing else 0


def _dropped(issue: Issue) -> set[str]:
    return {mark.id for mark in issue.remembered if mark.is_dropped}
