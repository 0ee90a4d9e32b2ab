"""The verb `why`: which rule chose or refused a post, in every edition.

Nothing is scanned: the post is brought along as a candidate of the next issue, whatever its date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from digest import selection
from digest.addresses import canonical
from digest.errors import EditorError, UsageError
from digest.issue import editor
from digest.issue.record import IssueSummary, PastPost
from digest.models import Decision, Edition, Post, Value, Verdict
from digest.workflow.clock import cut_off_now
from digest.workflow.making.building import decide
from digest.workflow.making.renames import bears_former_name
from digest.workflow.making.selecting import past_issue
from digest.workflow.making.updating import REACH
from digest.workflow.project import Project


class Reason(Value, omit_defaults=False):
    """Say what becomes of a post in an edition."""

    edition: str
    verdict: Verdict
    rule: str
    detail: str = ""


def why(
    project: Project, reference: str, edition: str | None = None, *, now: datetime | None = None
) -> tuple[Reason, ...]:
    """Return for each edition, or one, which rule decides on the post of an address or id.

    What `build` would decide now comes first, as its dry run shows it. A post that it does not
    decide on is explained by the issue on disk that holds it or left it out, else as if the next
    build were asked for it.

    Raises:
        UsageError: if no post is known by the reference; names the nearest.
        EditorError, ArchiveError, IssueFolderError, ConfigError: as their rooms say.
    """
    with project.archive_to_read() as archive:
        post = archive.find(reference)
        is_withdrawn = post is None and archive.is_withdrawn(reference)
        near: Sequence[str] = archive.near(reference, 1) if post is None else ()
    # What is no longer configured is in the archive still, and no issue can choose it.
    if post and post.source not in {source.name for source in project.config.sources}:
        gone = f'its source "{post.source}" is no longer configured'
    else:
        gone = "withdrawn: its source no longer holds it" if is_withdrawn else ""
    editions = [project.edition(edition)] if edition else project.editions_for(post)
    asked = _Asked(project, reference, post, gone, is_withdrawn, now)
    reasons = asked.explain(editions)
    if not reasons:
        hint = f"Did you mean {near[0]}?" if near else "List what there is with `digest posts`."
        raise UsageError(f'no post is known as "{reference}"', hint=hint)
    return tuple(reasons)


class _Asked:
    """Explain one post, edition by edition. `gone` says why no issue can choose it any more."""

    def __init__(
        self,
        project: Project,
        reference: str,
        post: Post | None,
        gone: str,
        is_withdrawn: bool,
        now: datetime | None,
    ) -> None:
        self.project, self.reference, self.post, self.now = project, reference, post, now
        self.gone, self.is_withdrawn = gone, is_withdrawn
        self.id = post.id if post else reference
        self.has_double = False
        self.page = canonical(post.url if post and post.url else reference)

    def explain(self, editions: Sequence[Edition]) -> list[Reason]:
        """Return what becomes of the post in each of some editions that knows of it."""
        issues: dict[str, list[IssueSummary]] = {}
        # The folder of all issues is listed once, however many editions there are.
        for issue in self.project.folders.all({name for e in editions for name in e.names}):
            issues.setdefault(issue.edition, []).append(issue)
        self.has_double = self._has_double(issues.values())
        found = []
        for edition in editions:
            own = [issue for name in edition.names for issue in issues.get(name, ())]
            own.sort(key=lambda issue: (issue.dated, issue.edition))
            found.append(self._explain(edition, own))
        return [reason for reason in found if reason]

    def _explain(self, edition: Edition, issues: Sequence[IssueSummary]) -> Reason | None:
        past = self._in_an_issue(edition, issues)
        if self.gone and past is None:
            rule = "withdrawn" if self.is_withdrawn else "source"
            return Reason(edition=edition.name, verdict="refused", rule=rule, detail=self.gone)
        past = past or self._left_out(edition, issues)
        if self.post is None or self.gone:
            return past
        refused = self._refused_at_sight(edition, self.post, issues)
        if past is None:
            found = refused or self._decision(edition, (self.id, self.reference))
            return _reason(edition, found) if found else None
        if refused and (past.verdict, past.rule) == (refused.verdict, refused.rule):
            return past
        # What the next build decides comes first, if it decides on the post at all.
        found = self._decision(edition)
        return _next(edition, found, past) if found else past

    def _refused_at_sight(
        self, edition: Edition, post: Post, issues: Sequence[IssueSummary]
    ) -> Decision | None:
        """Return the refusal of a post by the edition's selectors where nothing else can decide.

        Most editions of many ask for other posts; working out their next issues for that would take
        most of the time. The editor's word and what was sent or dropped come before the selectors.
        """
        refused = selection.refusal(post, edition.selectors)
        # An older post, or one by another name, is decided on by more than the selectors.
        if refused is None or edition.evergreen or self.has_double:
            return None
        ledger = selection.Ledger([past_issue(issue) for issue in issues])
        is_known = ledger.sent(post) or ledger.dropped(post)
        if is_known or any(map(self._is_edited, self._buildable(issues))):
            return None
        rule, detail = refused
        return Decision(
            id=post.id, url=post.url, title=post.title, verdict="refused", rule=rule, detail=detail
        )

    def _has_double(self, issues: Iterable[Sequence[IssueSummary]]) -> bool:
        """Tell whether a post that was sent says by now what this one says."""
        if self.post is None:
            return False
        latest = [issue for own in issues for issue in own[-REACH:]]
        ids = {post.id for issue in latest for post in issue.posts} - {self.id}
        if not ids:
            return False
        since = min(issue.built_at or issue.window.cutoff_at for issue in latest)
        with self.project.archive_to_read() as archive:
            changed = archive.changed(ids, since)
        own = selection.fingerprint(self.post)
        return any(selection.fingerprint(other) == own != "" for other in changed)

    def _buildable(self, issues: Sequence[IssueSummary]) -> list[IssueSummary]:
        """Return the issues that a dateless build may mean: none before the last and today."""
        if not issues:
            return []
        yesterday = ((self.now or cut_off_now()) - timedelta(days=1)).date()  # in whatever zone
        begins = min(issues[-1].dated, yesterday)
        return [issue for issue in issues if issue.dated >= begins]

    def _is_edited(self, issue: IssueSummary) -> bool:
        """Tell whether an issue is a draft whose editor names posts."""
        if issue.state != "draft":
            return False
        text = self.project.folders.editor_text(issue.id)
        try:
            return text is not None and bool(selection.references(editor.parse(text)))
        # A text that cannot be read may name any post.
        except EditorError:
            return True

    def _decision(self, edition: Edition, references: Sequence[str] = ()) -> Decision | None:
        """Return what the next issue decides; of several posts at one address, the best of it."""
        ranks = {"chosen": 0, "waiting": 1, "refused": 2}
        decisions = decide(self.project, edition, references=references, now=self.now)
        found = [d for d in decisions if self._is_meant(d)]
        return min(found, key=lambda d: (ranks[d.verdict], d.id != self.id), default=None)

    def _in_an_issue(self, edition: Edition, issues: Sequence[IssueSummary]) -> Reason | None:
        for issue in reversed(issues):
            held = next((post for post in issue.posts if self._is_meant(post)), None)
            if held:
                decision = next((d for d in issue.decisions if d.id == held.id), None)
                said = [
                    f"in {issue.id}{_fate(edition, issue)}",
                    *([decision.detail] if decision and decision.detail else []),
                ]
                return Reason(
                    edition=edition.name,
                    verdict="chosen",
                    rule=decision.rule if decision else "window",
                    detail=": ".join(said) + (f"; {self.gone}" if self.gone else ""),
                )
        return None

    def _left_out(self, edition: Edition, issues: Sequence[IssueSummary]) -> Reason | None:
        """Return by which rule the last issue that considered the post left it out."""
        for issue in reversed(issues):
            decision = next((d for d in issue.decisions if d.id == self.id), None)
            # What says that another issue holds it has been overtaken: none on disk does any more.
            if decision and decision.rule not in ("already-sent", "updated"):
                detail = f"left out of {issue.id}: {decision.detail}"
                return Reason(
                    edition=edition.name,
                    verdict=decision.verdict,
                    rule=decision.rule,
                    detail=detail,
                )
        return None

    def _is_meant(self, held: PastPost | Decision) -> bool:
        url = held.permalink if isinstance(held, PastPost) else held.url
        return held.id == self.id or bool(url and canonical(url) == self.page)


def _fate(edition: Edition, issue: IssueSummary) -> str:
    """Return what becomes of a draft that nothing builds any more, empty for all others."""
    if not bears_former_name(edition, issue):
        return ""
    return f" (a draft under a former name: delete it, and {edition.name} takes what it holds)"


def _reason(edition: Edition, found: Decision) -> Reason:
    return Reason(edition=edition.name, verdict=found.verdict, rule=found.rule, detail=found.detail)


def _next(edition: Edition, found: Decision, past: Reason) -> Reason:
    """Return what the next build decides on a post that an issue decided on before."""
    is_same = (found.verdict, found.rule) == (past.verdict, past.rule)
    return past if is_same else _reason(edition, found)
