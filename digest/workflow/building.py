"""The verb `build`: selects, composes, renders and writes one issue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from digest import composition, editor, selection
from digest.issue_folder import EDITOR_FILE, FORMAT, FrozenIssue, IssueSummary, Skipped
from digest.models import (
    Decision,
    Edition,
    EditorNotes,
    Issue,
    NewsletterView,
    Post,
    Rendered,
    Selection,
    Value,
    replace,
)
from digest.rendering import slots
from digest.workflow.collecting import edit_again
from digest.workflow.project import Project

if TYPE_CHECKING:
    pass

Status = Literal["built", "unchanged", "sealed", "nothing-to-send"]


class BuildReport(Value, frozen=True, omit_defaults=False):
    """Hold what became of one issue; `folder` is relative to the project."""

    issue: str
    edition: str
    number: int
    folder: str
    status: Status
    posts: tuple[str | None, ...] = ()
    html_bytes: int = 0
    findings: int = 0
    decisions: tuple[Decision, ...] = ()


def today(project: Project, now: datetime) -> date:
    """Return the date in the newsletter's zone."""
    return now.astimezone(ZoneInfo(project.config.newsletter.timezone)).date()


def build(
    project: Project,
    edition: Edition,
    dated: date | None = None,
    *,
    dry_run: bool = False,
    force: bool = False,
    now: datetime | None = None,
) -> BuildReport:
    """Build the edition's issue of a date (today unless told) from the archive and write it.

    A sealed issue is left alone, an unchanged draft is not written again unless `force`. With `dry_run`
    nothing is written at all. When there are fewer new posts than `min_posts`, the date is recorded as
    skipped, so that its posts come in the next issue.

    Raises:
        EditorError: if editor.md names a post that does not exist.
        TemplateError, ArchiveError, IssueFolderError, ConfigError: as their rooms say.
    """
    now = now or datetime.now(UTC)
    dated = dated or today(project, now)
    draft = _Draft(project, edition, dated, now)
    if draft.is_sealed:
        return draft.report("sealed")
    chosen = draft.select()
    if draft.is_too_thin(chosen):
        if not dry_run:
            draft.skip(chosen)
        return draft.report("nothing-to-send", chosen)
    issue, pages = draft.compose_and_render(chosen)
    settled = draft.settled(issue, pages)
    if settled and not force:
        return draft.report("unchanged", chosen, settled)
    if dry_run:
        return draft.report("built", chosen, issue, pages)
    draft.write(settled or issue, pages)
    return draft.report("built", chosen, settled or issue, pages)


def decide(
    project: Project, edition: Edition, *, references: Sequence[str] = (), now: datetime | None = None
) -> tuple[Decision, ...]:
    """Return the decisions of the issue that would be built now, the posts of `references` among them.

    Raises:
        EditorError, ArchiveError, IssueFolderError, ConfigError: as their rooms say.
    """
    now = now or datetime.now(UTC)
    draft = _Draft(project, edition, today(project, now), now, references)
    return draft.select().decisions


def letter_of(project: Project) -> NewsletterView:
    """Return the newsletter as issues show it."""
    letter = project.config.newsletter
    return composition.letter_view(
        name=letter.name,
        url=letter.url,
        language=letter.language,
        timezone=letter.timezone,
        sender=letter.sender,
        address=letter.address,
        unsubscribe=letter.unsubscribe,
        archive=letter.archive,
    )


class _Draft:
    """Carry one issue through its building."""

    def __init__(
        self,
        project: Project,
        edition: Edition,
        dated: date,
        now: datetime,
        references: Sequence[str] = (),
    ) -> None:
        self.references = references
        self.project, self.edition, self.dated, self.now = project, edition, dated, now
        self.id = f"{dated.isoformat()}-{edition.name}"
        self.folders = project.folders
        issues = self.folders.all(edition.name)
        self.others = [issue for issue in issues if issue.id != self.id]
        self.existing = next((issue for issue in issues if issue.id == self.id), None)
        highest = max((issue.number for issue in issues), default=0)
        self.number = self.existing.number if self.existing else highest + 1
        self.notes = self._notes()

    @property
    def is_sealed(self) -> bool:
        return self.existing is not None and self.existing.state != "draft"

    def select(self) -> Selection:
        """Ask the archive for candidates and choose among them."""
        letter = self.project.config.newsletter
        past = tuple(_past(issue) for issue in self.others)
        earlier = tuple(issue for issue in past if issue.dated < self.dated)
        window = selection.window(
            self.edition, self.dated, letter.timezone, self.now, earlier, self._left_open(earlier)
        )
        ledger = selection.Ledger(earlier)
        with self.project.archive() as archive:
            edit_again(self.project, archive)
            candidates = archive.candidates(
                window,
                first_start=selection.first_start(earlier),
                seen_after=ledger.seen_after,
                known=ledger.known,
                ids=ledger.pending,
                references=(*selection.references(self.notes), *self.references),
                sources=[source.name for source in self.project.config.sources],
                selectors=self.edition.selectors,
            )
            return selection.select(
                self.edition,
                candidates,
                window=window,
                earlier=past,
                notes=self.notes,
                near=archive.near,
                is_withdrawn=archive.is_withdrawn,
                dated=self.dated,
            )

    def _left_open(self, earlier: tuple[selection.PastIssue, ...]) -> datetime | None:
        """Return where the windows begin that were skipped since the last issue."""
        last = max((issue.dated for issue in earlier), default=date.min)
        skipped = (s for s in self.folders.skipped() if s.edition == self.edition.name)
        return min((s.window.start_at for s in skipped if last < s.dated < self.dated), default=None)

    def _notes(self) -> EditorNotes:
        text = self.folders.editor_text(self.id)
        return editor.parse(text, f"issues/{self.id}/{EDITOR_FILE}") if text is not None else EditorNotes()

    def is_too_thin(self, chosen: Selection) -> bool:
        """Tell whether there are fewer new posts than the edition asks for; none is always too few."""
        new = selection.new_posts(chosen)
        return new < self.edition.min_posts or not (chosen.chosen or self.notes.links)

    def skip(self, chosen: Selection) -> None:
        if self.existing:
            return
        with self.folders.lock():
            self.folders.skip(
                Skipped(
                    edition=self.edition.name,
                    dated=self.dated,
                    window=chosen.window,
                    posts=len(chosen.chosen),
                )
            )

    def compose_and_render(self, chosen: Selection) -> tuple[Issue, Rendered]:
        issue = composition.compose(
            chosen,
            edition=self.edition,
            letter=letter_of(self.project),
            link_params=self.project.config.newsletter.link_params,
            number=self.number,
            dated=self.dated,
            notes=self.notes,
            theme=self.project.renderer.theme(self.edition.template, self.project.config.theme),
            parts_of=self._parts_of,
            built_at=self.now,
        )
        return issue, self.project.renderer.render(issue)

    def _parts_of(self, name: str) -> list[Post]:
        with self.project.archive() as archive:
            return archive.posts(series=name)

    def settled(self, issue: Issue, pages: Rendered) -> Issue | None:
        """Return the issue as it is on disk if building it again would change nothing, else None.

        The recorded cut-off, and with it what was considered, moves only when something else does.
        """
        if not self.existing:
            return None
        frozen = self.folders.read(self.id)
        as_before = replace(
            issue,
            window=frozen.issue.window,
            built_at=frozen.issue.built_at,
            considered=frozen.issue.considered,
            carried=frozen.issue.carried,
            decisions=frozen.issue.decisions,
        )
        same = as_before == frozen.issue and pages == frozen.pages and self.folders.is_whole(frozen)
        return frozen.issue if same else None

    def write(self, issue: Issue, pages: Rendered) -> None:
        frozen = FrozenIssue(format=FORMAT, issue=issue, pages=pages, notes=self.notes)
        with self.folders.lock():
            self.folders.write(
                frozen, outputs(frozen), editor.template(issue.subject, issue.preheader, issue.posts)
            )
            self.folders.unskip(self.edition.name, self.dated)

    def report(
        self,
        status: Status,
        chosen: Selection | None = None,
        issue: Issue | None = None,
        pages: Rendered | None = None,
    ) -> BuildReport:
        urls = tuple(post.permalink or None for post in issue.posts) if issue else ()
        if status == "sealed" and self.existing:
            urls = tuple(post.permalink or None for post in self.existing.posts)
        size = self.existing.html_bytes if self.existing else 0
        if issue and status == "built":
            size = len(email_html(issue, pages)) if pages else 0
        return BuildReport(
            issue=self.id,
            edition=self.edition.name,
            number=self.number,
            folder=f"issues/{self.id}",
            status=status,
            posts=urls,
            html_bytes=size,
            decisions=chosen.decisions if chosen else (),
        )


def outputs(frozen: FrozenIssue) -> dict[str, bytes]:
    """Return every output file of an issue by name: a pure function of what issue.json froze."""
    from digest import message

    issue, pages = frozen.issue, frozen.pages
    own, plain = slots.dialect(issue.service), slots.dialect("plain")
    return {
        "email.html": slots.fill(pages.email, own, issue).encode(),
        "email.txt": slots.fill(pages.text, own, issue).encode(),
        "message.eml": message.write(
            issue, slots.fill(pages.email, plain, issue), slots.fill(pages.text, plain, issue)
        ),
        "web.html": slots.fill(pages.web, plain, issue).encode(),
    }


def email_html(issue: Issue, pages: Rendered) -> bytes:
    """Return the HTML of the email in the dialect of its edition's service."""
    return slots.fill(pages.email, slots.dialect(issue.service), issue).encode()


def _past(issue: IssueSummary) -> selection.PastIssue:
    return selection.PastIssue(
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
    )
