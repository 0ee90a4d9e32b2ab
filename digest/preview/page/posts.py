"""Every candidate with its decision: what is in, in reading order, and what is not, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from digest.models import Decision, PostView
from digest.preview.live import Facts
from digest.preview.page.markup import Inside, Markup, tag
from digest.preview.page.view import View

WHAT_WOULD_HELP: Final[Mapping[str, str]] = {
    # the editor's own word
    "dropped": "Take it out of drop in editor.md.",
    # what room there is
    "limit": "Raise limit in digest.toml, or bring it in here: it is the first to come next time.",
    # when it comes
    "settling": "It comes with the next issue by itself.",
    "cool-down": "It comes when the other edition's days are over.",
    "future": "It comes with the issue of its date.",
    "window": "Bring it in, or build the issue of its date.",
    "undated": "Give the post a date.",
    "min-posts": "Wait for more posts, or lower min_posts.",
    # what it is
    "source": "Name its source in the edition.",
    "tag": "Give the post the tag, or the edition its tag.",
    "all-tags": "Give the post the missing tag.",
    "excluded-tag": "Take the tag off, or out of exclude_tags.",
    "category": "Name its category in the edition.",
    "series": "Name its series in the edition.",
    "author": "Name its author in the edition.",
    # what readers have already
    "already-sent": "Readers have it. Only a change can be told again.",
    "same-post": "The other one is shown in its place.",
    "updated": "Accept it, and readers are told of the change.",
}

_GROUPS: Final = (
    ("waiting", "Near misses", "They wait, and come later by themselves or at a word of yours."),
    ("refused", "Not in", ""),
)


def posts(facts: Facts, view: View) -> Markup:
    """Return the issue's posts in reading order, then what waits, then what was refused."""
    issue = facts.shown.issue
    reasons = {decision.id: decision for decision in issue.decisions}
    inside = {post.id for post in issue.posts}
    held: list[Inside] = []
    number = 0
    if issue.featured:
        held.append(_section("Featured", [_held(0, issue.featured, reasons, facts, view)]))
        number = 1
    for section in issue.sections:
        items = []
        for post in section.posts:
            items.append(_held(number, post, reasons, facts, view))
            number += 1
        held.append(_section(section.title, items))
    others = [d for d in issue.decisions if d.id not in inside and d.verdict != "chosen"]
    groups = [_group(verdict, title, about, others) for verdict, title, about in _GROUPS]
    return tag("div", *held, *groups)


def _section(title: str, items: list[Markup]) -> Markup:
    head = tag("h3", title or "Posts", dir="auto")
    return tag("section", head, tag("ol", *items, class_="held"))


def _held(
    number: int, post: PostView, reasons: Mapping[str, Decision], facts: Facts, view: View
) -> Markup:
    decision = reasons.get(post.id)
    cost = facts.costs[number].html_bytes if number < len(facts.costs) else 0
    return tag(
        "li",
        tag("a", post.title, href=view.link(at=f"post-{number}"), class_="name", dir="auto"),
        tag("p", _why(decision, post), tag("span", f"{cost:,} bytes", class_="cost"), class_="why"),
        data_id=post.id,
        data_bytes=cost,
    )


def _why(decision: Decision | None, post: PostView) -> Inside:
    if decision is None:
        return [tag("b", "link"), " added in editor.md"]
    return [tag("b", decision.rule), " ", decision.detail]


def _group(verdict: str, title: str, about: str, others: list[Decision]) -> Markup | None:
    found = [decision for decision in others if decision.verdict == verdict]
    if not found:
        return None
    items = [_other(decision) for decision in found]
    told = tag("p", about, class_="about") if about else None
    count = tag("small", str(len(found)))
    return tag("section", tag("h3", title, " ", count), told, tag("ul", *items, class_="others"))


def _other(decision: Decision) -> Markup:
    help_ = WHAT_WOULD_HELP.get(decision.rule)
    return tag(
        "li",
        tag("span", decision.title, class_="name", dir="auto"),
        tag("p", tag("b", decision.rule), " ", decision.detail, class_="why"),
        tag("p", help_, class_="help") if help_ else None,
        data_id=decision.id,
    )
