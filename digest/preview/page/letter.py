"""The letter around the posts: subject, preheader and introduction."""

from __future__ import annotations

from digest.preview.live import Facts
from digest.preview.page.markup import Markup, tag
from digest.preview.page.view import View


def letter(facts: Facts, view: View) -> Markup:
    """Return subject, preheader and introduction as they stand, and whose words they are."""
    issue, notes = facts.shown.issue, facts.shown.frozen.notes
    return tag(
        "dl",
        _line("Subject", issue.subject, bool(notes.subject)),
        _line("Preheader", issue.preheader, bool(notes.preheader)),
        _line("Introduction", notes.introduction, bool(notes.introduction)),
        class_="letter",
    )


def _line(name: str, value: str, is_own: bool) -> Markup:
    whose = "from editor.md" if is_own else "worked out"
    told = tag("dd", value or tag("i", "none"), dir="auto", class_="value")
    return tag("div", tag("dt", name, " ", tag("small", f"{len(value)} characters, {whose}")), told)
