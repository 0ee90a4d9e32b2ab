"""Every candidate with its decision: what is in, in reading order, and what is not, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from digest.knowledge.clocks import on_clocks
from digest.models import Decision, PostView
from digest.preview.live import Facts
from digest.preview.page import changing
from digest.preview.page.markup import Inside, Markup, tag
from digest.preview.page.size import drawn_bytes
from digest.preview.page.view import View

WHAT_WOULD_HELP: Final[Mapping[str, str]] = {
    # the editor's own word
    "dropped": "Take it back, and the rules decide again.",
    "later": "Take it back, or wait for the next issue.",
    "held-back": "Bring it in, or answer for all of them at once.",
    "twin": "Bring it in if it is another post after all.",
    "missing-issue": "Bring it in if no issue sent it.",
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
        held.append(_section("Featured", None, [_held(0, issue.featured, reasons, facts, view)]))
        number = 1
    for section in issue.sections:
        items = []
        for post in section.posts:
            items.append(_held(number, post, reasons, facts, view))
            number += 1
        held.append(_section(section.title or "Posts", section.title, items))
    others = [d for d in facts.decisions if d.id not in inside]
    told = [d for d in others if d.verdict == "chosen"]  # updates that were accepted
    groups = [_told(told, facts), *(_group(*group, others, facts) for group in _GROUPS)]
    add = changing.new_link(facts) if facts.may_change else None
    return tag("div", drawn_bytes(facts), changing.how(facts), *held, add, *groups)


def _section(title: str, name: str | None, items: list[Markup]) -> Markup:
    """Return a section; the featured post's has no name of its own."""
    head = tag("h3", title, dir="auto")
    return tag("section", head, tag("ol", *items, class_="held", data_section=name))


def _held(
    number: int, post: PostView, reasons: Mapping[str, Decision], facts: Facts, view: View
) -> Markup:
    decision = reasons.get(post.id)
    cost = facts.costs[number].html_bytes if number < len(facts.costs) else 0
    is_link = post.id.startswith("link:")
    name = tag("a", post.title, href=view.link(at=f"post-{number}"), class_="name", dir="auto")
    bytes_ = tag("span", f"{cost:,} bytes", class_="cost")
    why = tag("p", _why(decision, facts), bytes_, class_="why")
    return tag(
        "li",
        changing.handle(post.title, facts) if not is_link else None,
        tag("div", name, why, changing.of_post(post, decision, facts), class_="post"),
        data_id=post.id,
        data_bytes=cost,
    )


def _why(decision: Decision | None, facts: Facts) -> Inside:
    """Return the rule and its reason, with times on the newsletter's clocks."""
    if decision is None:
        return [tag("b", "link"), " ", tag("span", "added in editor.md")]
    reason = on_clocks(decision.detail, facts.shown.issue.newsletter.timezone)
    return [tag("b", decision.rule), " ", tag("span", reason)]


def _told(found: list[Decision], facts: Facts) -> Markup | None:
    if not found:
        return None
    items = [_other(decision, facts) for decision in found]
    return tag("section", tag("h3", "Changes that are told"), tag("ul", *items, class_="others"))


def _group(
    verdict: str, title: str, about: str, others: list[Decision], facts: Facts
) -> Markup | None:
    found = [decision for decision in others if decision.verdict == verdict]
    if not found:
        return None
    items = [_other(decision, facts) for decision in found]
    told = tag("p", about, class_="about") if about else None
    count = tag("small", str(len(found)))
    held = changing.held_back(found, facts)
    return tag(
        "section", tag("h3", title, " ", count), told, held, tag("ul", *items, class_="others")
    )


def _other(decision: Decision, facts: Facts) -> Markup:
    help_ = WHAT_WOULD_HELP.get(decision.rule) if decision.verdict != "chosen" else None
    may_come = decision.rule in changing.MAY_BE_BROUGHT_IN
    name = tag("span", decision.title, class_="name", dir="auto")
    why = tag("p", _why(decision, facts), class_="why")
    help_line = tag("p", help_, class_="help") if help_ else None
    return tag(
        "li",
        changing.handle(decision.title, facts) if may_come else None,
        tag("div", name, why, help_line, changing.of_other(decision, facts), class_="post"),
        data_id=decision.id,
    )
