"""The verb `why`: which rule chose or refused a post, in every edition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from digest.addresses import canonical
from digest.errors import UsageError
from digest.models import Edition, Post, Value, Verdict
from digest.workflow.building import decide
from digest.workflow.project import Project


class Reason(Value, frozen=True, omit_defaults=False):
    """Say what becomes of a post in an edition."""

    edition: str
    verdict: Verdict
    rule: str
    detail: str = ""


def why(
    project: Project, reference: str, edition: str | None = None, *, now: datetime | None = None
) -> tuple[Reason, ...]:
    """Return for each edition, or one, which rule decides on the post of an address or id.

    A post that an issue on disk holds is explained by that issue; any other as if its edition were built
    now.

    Raises:
        UsageError: if no post is known by the reference; names the nearest.
    """
    editions = [project.config.edition(edition)] if edition else list(project.config.editions.values())
    with project.archive() as archive:
        post = archive.find(reference)
        near: Sequence[str] = archive.near(reference, 1) if post is None else ()
    reasons = [found for each in editions if (found := _explain(project, each, reference, post, now))]
    if not reasons:
        hint = f"Did you mean {near[0]}?" if near else "List what there is with `digest posts`."
        raise UsageError(f'no post is known as "{reference}"', hint=hint)
    return tuple(reasons)


def _explain(
    project: Project, edition: Edition, reference: str, post: Post | None, now: datetime | None
) -> Reason | None:
    if sent := _in_past_issue(project, edition, reference, post):
        return sent
    if post is None:
        return None
    decisions = decide(project, edition, references=(post.id,), now=now)
    found = next((d for d in decisions if d.id == post.id), None)
    if found is None:
        return Reason(
            edition=edition.name, verdict="refused", rule="source", detail="its source is not configured"
        )
    return Reason(edition=edition.name, verdict=found.verdict, rule=found.rule, detail=found.detail)


def _in_past_issue(project: Project, edition: Edition, reference: str, post: Post | None) -> Reason | None:
    page = canonical(post.url if post and post.url else reference)
    for issue in reversed(project.folders.all(edition.name)):
        for held in issue.posts:
            same = held.id == (post.id if post else reference)
            if same or (held.permalink and canonical(held.permalink) == page):
                decision = next((d for d in issue.decisions if d.id == held.id), None)
                detail = f"in {issue.id}" + (f": {decision.detail}" if decision and decision.detail else "")
                rule = decision.rule if decision else "chosen"
                return Reason(edition=edition.name, verdict="chosen", rule=rule, detail=detail)
    return None
