"""An issue that is not sent because too little is new: whether it is one, what waits, and why."""

from __future__ import annotations

from collections import Counter
from typing import Any

from digest import selection
from digest.models import Selection, replace
from digest.workflow.making.drafting import Draft
from digest.workflow.making.reaching import newest_before


def is_too_thin(draft: Draft, chosen: Selection) -> bool:
    """Tell whether there are fewer new posts than the edition asks for.

    None is always too few.
    """
    new = selection.new_posts(chosen)
    return new < draft.edition.min_posts or not (chosen.chosen or draft.notes.links)


def skip(draft: Draft, chosen: Selection) -> None:
    """Record the date as one without an issue, unless a source may have had its posts.

    Raises:
        IssueFolderError: if it cannot be written.
    """
    draft.skips.record(chosen, is_known=not draft.unread)


def thin(draft: Draft, chosen: Selection) -> Selection:
    """Return the selection of an issue that is not sent: what was chosen waits."""
    return put_off(chosen, _too_few(draft, chosen), "min-posts")


def put_off(chosen: Selection, why: str, rule: str = "sealed") -> Selection:
    """Return a selection in which what was chosen waits."""
    ids = {entry.post.id for entry in chosen.chosen}
    waits: dict[str, Any] = {"verdict": "waiting", "rule": rule, "detail": why}
    return replace(
        chosen,
        decisions=tuple(replace(d, **waits) if d.id in ids else d for d in chosen.decisions),
    )


def why_thin(draft: Draft, chosen: Selection) -> str:
    """Return why the issue is not sent, and how many posts wait by which rule."""
    reasons = [_too_few(draft, chosen)]
    if waiting := _waiting(chosen):
        reasons.append(waiting)
    elif older := _newest_before(draft, chosen):
        reasons.append(older)
    if draft.existing:
        reasons.append(_why_left(draft, chosen))
    elif draft.unread:
        failed = " and ".join(draft.unread)
        reasons.append(f"{draft.dated} does not count as skipped, since {failed} failed")
    return "; ".join(reasons)


def _too_few(draft: Draft, chosen: Selection) -> str:
    if not draft.edition.min_posts:
        return "no post"
    new = _posts(selection.new_posts(chosen), "new post")
    return f"{new}, but min_posts = {draft.edition.min_posts}"


def _waiting(chosen: Selection) -> str:
    """Say how many posts wait, and by which rules; empty where none does."""
    waits = [d.rule for d in chosen.decisions if d.verdict == "waiting" and d.rule != "updated"]
    rules = Counter(waits)
    if not rules:
        return ""
    verb = "waits" if len(waits) == 1 else "wait"
    counts = (f"{n} by {rule}" if len(rules) > 1 else rule for rule, n in rules.items())
    return f"{_posts(len(waits))} {verb} ({', '.join(counts)})"


def _newest_before(draft: Draft, chosen: Selection) -> str:
    """Say of a first issue which options would make one, where all posts are too old."""
    if draft.others or draft.existing:
        return ""
    sources = [source.name for source in draft.project.config.sources]
    with draft.project.archive_to_read() as archive:
        newest = newest_before(archive, draft.edition, chosen.window, sources)
    if newest is None or newest.published_at is None:
        return ""
    day = newest.published_at.date()
    told = f"the newest post is of {day}: `--date {day}` makes an issue of that day"
    is_counted = draft.edition.since != selection.LAST_ISSUE
    if not is_counted and any(skip.dated < draft.dated for skip in draft.skips.all):
        return told  # the window begins where the first skipped one did, whatever is set
    days, setting = (draft.dated - day).days + 1, "since" if is_counted else "first_window"
    place = f"[edition.{draft.edition.name}]"
    return f'{told}, or {setting} = "{days} days" in {place} one that reaches back'


def _why_left(draft: Draft, chosen: Selection) -> str:
    left = f"the draft in {draft.folders.shown(draft.id)} is left as it was, and keeps its posts"
    drops = any(mark.is_dropped for mark in chosen.remembered)
    return left + (" until you remove it; what you dropped stays dropped" if drops else "")


def _posts(count: int, noun: str = "post") -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
