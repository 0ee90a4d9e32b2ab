"""The letter around the posts: subject, preheader and introduction."""

from __future__ import annotations

from digest.preview.live import Facts
from digest.preview.page.changing import value_form
from digest.preview.page.markup import Markup, tag
from digest.preview.page.view import View


def letter(facts: Facts, view: View) -> Markup:
    """Return subject, preheader and introduction as they stand, and whose words they are."""
    issue, notes = facts.shown.issue, facts.shown.frozen.notes
    parts = (
        ("subject", "Subject", issue.subject, bool(notes.subject)),
        ("preheader", "Preheader", issue.preheader, bool(notes.preheader)),
        ("introduction", "Introduction", notes.introduction, bool(notes.introduction)),
    )
    told = tag("dl", *(_line(name, value, own) for _, name, value, own in parts), class_="letter")
    if not facts.may_change:
        return told
    forms = [
        value_form(
            key,
            "",
            name,
            value,
            is_long=key != "subject",
            act="letter",
            about=_about(value, is_own),
        )
        for key, name, value, is_own in parts
    ]
    hint = (
        "The introduction is Markdown; {{ first_name }} stands for the reader. "
        "Left empty, subject and preheader are worked out again. "
        "All of it is written into editor.md."
    )
    return tag("div", told, tag("div", tag("p", hint, class_="about"), *forms, class_="acts forms"))


def _about(value: str, is_own: bool) -> str:
    whose = "from editor.md" if is_own else "worked out"
    return f"{len(value)} characters, {whose}" if value else "none"


def _line(name: str, value: str, is_own: bool) -> Markup:
    told = tag("dd", value or tag("i", "none"), dir="auto", class_="value")
    return tag("div", tag("dt", name, " ", tag("small", _about(value, is_own))), told)
