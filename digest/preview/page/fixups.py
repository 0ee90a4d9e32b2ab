"""The fix-ups: what editing changed in an issue's posts, from what, and by which rule."""

from __future__ import annotations

from digest.models import Fixup, Post, PostView
from digest.preview.live import Facts
from digest.preview.page.markup import Markup, tag
from digest.preview.page.view import View


def fixups(facts: Facts, view: View) -> Markup:
    """Return each post of the issue with what was changed in it, and what was refused."""
    found = [
        _post(held, facts.posts[held.id], facts)
        for held in facts.shown.issue.posts
        if held.id in facts.posts and facts.posts[held.id].fixups
    ]
    if not found:
        return tag("p", "Nothing had to be mended in these posts.", class_="calm")
    return tag("ol", *found, class_="mended")


def _post(held: PostView, archived: Post, facts: Facts) -> Markup:
    """Return what was done to a post; where it is spared a rule, another may have come in."""
    now = facts.spared.get(held.id, archived)
    rules = {fixup.rule for fixup in now.fixups}
    refused = [fixup for fixup in archived.fixups if fixup.rule not in rules]
    changes = [_fixup(held, fixup, facts) for fixup in now.fixups]
    changes += [_fixup(held, fixup, facts, is_refused=True) for fixup in refused]
    return tag("li", tag("h3", held.title, dir="auto"), tag("ul", *changes))


def _fixup(held: PostView, fixup: Fixup, facts: Facts, *, is_refused: bool = False) -> Markup:
    how = " is not done by " if is_refused else " by "
    is_now = "Would be" if is_refused else "Is"
    return tag(
        "li",
        tag("p", fixup.field, how, tag("code", fixup.rule), class_="about"),
        tag("dl", _side("Was", fixup.raw), _side(is_now, fixup.value)),
        _answer(held, fixup, facts, is_refused=is_refused),
        class_="refused" if is_refused else None,
    )


def _side(name: str, value: str) -> Markup:
    shown = value if len(value) <= 300 else f"{value[:299]}…"
    return tag("div", tag("dt", name), tag("dd", shown or tag("i", "nothing"), dir="auto"))


def _answer(held: PostView, fixup: Fixup, facts: Facts, *, is_refused: bool) -> Markup | None:
    """Return the button that spares the post this rule, or has it applied again."""
    from digest.editing import RULES

    if not facts.may_change:
        return None
    if fixup.rule not in RULES:
        return tag("p", "This is done to every post.", class_="about")
    name = "Do it after all" if is_refused else "Keep what was"
    return tag(
        "button",
        name,
        type="button",
        class_="acts",
        data_act="spare",
        data_post=held.id,
        data_key_name=fixup.rule,
        data_value="off" if is_refused else "on",
        aria_label=f"{name}: {fixup.field} by {fixup.rule}, of {held.title}",
    )
