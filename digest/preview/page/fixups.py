"""The fix-ups: what editing changed in the issue's posts, what stood there before, and by which rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from digest.models import Fixup, Post, PostView
from digest.preview.live import Facts
from digest.preview.page.markup import Markup, tag
from digest.preview.page.view import View

REFUSABLE: Final[Mapping[str, str]] = {
    # what editor.md can say of a post, by the field that was changed
    "title": "titles",
    "authors": "authors",
    "excerpt": "excerpts",
    "image": "images",
}


def fixups(facts: Facts, view: View) -> Markup:
    """Return each post of the issue with what was changed in it."""
    found = [
        _post(number, held, facts.posts[held.id], facts)
        for number, held in enumerate(facts.shown.issue.posts)
        if held.id in facts.posts and facts.posts[held.id].fixups
    ]
    if not found:
        return tag("p", "Nothing had to be mended in these posts.", class_="calm")
    return tag("ol", *found, class_="mended")


def _post(number: int, held: PostView, post: Post, facts: Facts) -> Markup:
    changes = [_fixup(held, fixup, facts) for fixup in post.fixups]
    return tag("li", tag("h3", held.title, dir="auto"), tag("ul", *changes))


def _fixup(held: PostView, fixup: Fixup, facts: Facts) -> Markup:
    return tag(
        "li",
        tag("p", fixup.field, " by ", tag("code", fixup.rule), class_="about"),
        tag("dl", _side("Was", fixup.raw), _side("Is", fixup.value)),
        _refusal(held, fixup, facts),
    )


def _side(name: str, value: str) -> Markup:
    shown = value if len(value) <= 300 else f"{value[:299]}…"
    return tag("div", tag("dt", name), tag("dd", shown or tag("i", "nothing"), dir="auto"))


def _refusal(held: PostView, fixup: Fixup, facts: Facts) -> Markup | None:
    """Return the button that puts the raw value back; series are named in digest.toml alone."""
    key = REFUSABLE.get(fixup.field)
    if key is None or not fixup.raw.strip() or not facts.may_change:
        return None
    return tag(
        "button",
        "Keep what was",
        type="button",
        class_="acts",
        data_act="tell",
        data_key_name=key,
        data_post=held.id,
        data_value=" ".join(fixup.raw.split()),
        aria_label=f"Keep what was: {fixup.field} of {held.title}",
    )
