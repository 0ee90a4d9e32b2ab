"""What can be done to a post on the page: the handle to move it, and the words to say otherwise.

All of it needs the script, and a draft; without either nothing of it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from digest.issue.editor import KEYS
from digest.models import Decision, PostView
from digest.preview.live import Facts
from digest.preview.page.markup import Inside, Markup, tag

MAY_BE_BROUGHT_IN: Final = frozenset(
    # rules that a pin overrides: what is too old or too new, what does not match, what has no room
    "limit settling cool-down future window undated source tag all-tags excluded-tag category"
    " series author held-back twin missing-issue".split()
)
_LEFT_OUT: Final = ("dropped", "later")


def how(facts: Facts) -> Markup | None:
    """Return how posts are moved, for those who see and those who listen."""
    if not facts.shown.is_draft:
        return tag("p", "This issue is sealed, so its posts stay where they are.", class_="about")
    if not facts.may_change:
        return None
    words = "Drag a post by its handle, or press Space on it and move it with the arrow keys."
    return tag("p", words, id="how-to-move", class_="about acts")


def handle(title: str, facts: Facts) -> Markup | None:
    """Return the handle by which a post is moved."""
    if not facts.may_change:
        return None
    return tag(
        "button",
        tag("span", "⠿", aria_hidden="true"),
        type="button",
        class_="handle acts",
        aria_label=f"Move {title}",
        aria_describedby="how-to-move",
    )


def of_post(post: PostView, decision: Decision | None, facts: Facts) -> Markup | None:
    """Return what can be changed about a post of the issue."""
    if not facts.may_change:
        return None
    is_link = post.id.startswith("link:")
    buttons = [button("unlink", post.id, "Take it out", post.title)]
    words: list[Markup] = []
    if not is_link:
        buttons = [_pin(post, decision), *_leave_out(post)]
        words = [
            value_form("titles", post.id, "Title", post.title),
            value_form("excerpts", post.id, "Excerpt", post.excerpt, is_long=True),
        ]
    return tag(
        "details",
        tag("summary", "Change", aria_label=f"Change {post.title}"),
        tag("div", *buttons, class_="buttons"),
        _section_form(post, facts),
        *words,
        class_="acts change",
        data_of=post.id,
    )


def _pin(post: PostView, decision: Decision | None) -> Markup:
    is_pinned = decision is not None and decision.rule == "pinned"
    act, name = ("unpin", "Unpin") if is_pinned else ("pin", "Pin")
    return button(act, post.id, name, post.title)


def _leave_out(post: PostView) -> list[Markup]:
    """Return the two ways to leave a post out, where editor.md knows them."""
    ways = (("later", "Not now"), ("drop", "Never"))
    return [button(key, post.id, name, post.title) for key, name in ways if key in KEYS]


def of_other(decision: Decision, facts: Facts) -> Markup | None:
    """Return what can be done about a post that is not in the issue."""
    if not facts.may_change:
        return None
    buttons: list[Inside] = []
    if decision.rule in MAY_BE_BROUGHT_IN:
        buttons.append(button("pin", decision.id, "Bring in", decision.title))
    if decision.rule in _LEFT_OUT:
        buttons.append(button("back", decision.id, "Take back", decision.title))
    if decision.rule == "updated" and decision.verdict == "waiting":
        buttons.append(button("update", decision.id, "Tell readers", decision.title))
    if decision.rule == "updated" and decision.verdict == "chosen":
        buttons.append(button("update", decision.id, "Do not tell", decision.title, value="off"))
    return tag("div", *buttons, class_="buttons acts") if buttons else None


def held_back(decisions: Sequence[Decision], facts: Facts) -> Markup | None:
    """Return the two answers about all posts that are held back at once; None if none is."""
    count = sum(decision.rule == "held-back" for decision in decisions)
    if not count or not facts.may_change:
        return None
    told = f"{count} late post{'s are' if count != 1 else ' is'} held back until you say so."
    ways = (("take", "Take all"), ("leave", "Leave all for good"))
    buttons = [
        tag(
            "button", name, type="button", data_act="letter", data_key_name="held", data_value=value
        )
        for value, name in ways
    ]
    return tag("div", tag("p", told), *buttons, class_="buttons acts")


def button(act: str, post: str, name: str, title: str, **told: str) -> Markup:
    """Return a button that does something to a post."""
    data = {f"data_{key}": value for key, value in told.items()}
    return tag(
        "button", name, type="button", aria_label=f"{name}: {title}",
        data_act=act, data_post=post, **data,
    )  # fmt: skip


def value_form(
    key: str,
    post: str,
    name: str,
    value: str,
    *,
    is_long: bool = False,
    act: str = "tell",
    about: str = "",
) -> Markup:
    """Return a form that says one thing otherwise; left empty, it says it as before."""
    told: dict[str, str | int] = {
        "name": "value",
        "dir": "auto",
        "maxlength": 20_000,
        "autocomplete": "off",
    }
    field = (
        tag("textarea", "\n", value, rows="4", **told)
        if is_long
        else tag("input", type="text", value=value, **told)
    )
    return tag(
        "form",
        tag("label", tag("span", name, tag("small", about) if about else None), field),
        tag("button", "Save", aria_label=f"Save {name}", type="submit"),
        data_act=act,
        data_key_name=key,
        data_post=post or None,
        class_="value",
    )


def _section_form(post: PostView, facts: Facts) -> Markup | None:
    if not facts.sections:
        return None
    home = next(
        (s.title for s in facts.shown.issue.sections if any(p.id == post.id for p in s.posts)), ""
    )
    options = [tag("option", name, selected=name == home) for name in facts.sections]
    if home not in facts.sections:
        options.insert(0, tag("option", "as the rules say", value="", selected=True))
    select = tag("select", *options, name="section")
    label = tag("label", tag("span", "Section"), select)
    return tag("form", label, data_act="move", data_post=post.id, class_="value")


def new_link(facts: Facts) -> Markup:
    """Return the form that adds a link which is in no source."""
    options = [tag("option", "at the end", value="")]
    options += [tag("option", name) for name in facts.sections]
    fields = [
        tag("label", tag("span", "Title"), tag("input", type="text", name="title", required=True)),
        tag(
            "label",
            tag("span", "Address"),
            tag("input", type="url", name="url", required=True, placeholder="https://"),
        ),
        tag("label", tag("span", "Why"), tag("input", type="text", name="excerpt")),
    ]
    if facts.sections:
        fields.append(tag("label", tag("span", "Section"), tag("select", *options, name="section")))
    form = tag("form", *fields, tag("button", "Add the link", type="submit"), data_act="link",
               class_="value")  # fmt: skip
    return tag("details", tag("summary", "Add a link"), form, class_="acts change", data_of="link")
