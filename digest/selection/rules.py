"""Names every rule a Decision may give, with what it means; nothing is decided here."""

from __future__ import annotations

from digest.models import Decision

RULES: dict[str, str] = {
    # chosen
    "window": "chosen: dated inside the window; refused: dated before it and not late",
    "late": "dated inside an earlier issue's time, but not considered, or not matching, when "
    "that was built, or the issue that held it is gone",
    "carried-over": "left over from an earlier issue by a limit, the settling time or a cool-down",
    "pinned": "the editor pinned it",
    "evergreen": "an older post that fills a thin issue, picked by the issue's number",
    "updated": "changed after an issue held it; told once the editor lists it under updates, "
    "never counted",
    # refused
    "dropped": "the editor dropped it, in this issue or an earlier one, under whatever name",
    "already-sent": "an issue of this edition holds it, by id, by address, or by title and text "
    "together",
    "same-post": (
        "another candidate is the same post: by address (its own, or that of the page it says it is"
        " a copy of), by title and text, or by the second of its date and text"
    ),
    "source": "comes from another source than the edition asks for",
    "tag": "carries none of the tags",
    "all-tags": "lacks one of the tags that must all be there",
    "excluded-tag": "carries an excluded tag",
    "category": "is in none of the categories",
    "series": "belongs to none of the series",
    "author": "is by none of the authors",
    "language": "is in none of the languages",
    "undated": "has neither a date nor a time at which it was first seen",
    "withdrawn": "its source no longer holds it",
    # waiting
    "future": "dated at or after the cut-off",
    "settling": "published too shortly before the cut-off; comes in the next issue",
    "cool-down": "another edition has sent it too lately; comes once that is long enough ago",
    "later": "the editor put it off to the next issue",
    "twin": "seems to be a post that was sent or dropped; the editor says whether it comes",
    "held-back": "one of many late posts, or very old; the editor says whether they come",
    "missing-issue": "a sealed issue is missing that may have sent it; the editor says what comes",
    "limit": "no room left; carried over to the next issue, as long as carry_over says",
    "sealed": "the issue of this date is sealed; comes in the next one",
    "min-posts": "there are too few new posts for an issue; comes in the next one",
}

ASKED_RULES = frozenset({"twin", "held-back", "missing-issue"})
"""The rules by which a post waits until the editor says what becomes of it."""


def is_asked(decision: Decision) -> bool:
    """Tell whether a post is held back until the editor says what becomes of it."""
    return decision.rule in ASKED_RULES


MATCH_RULES = frozenset(
    {"source", "tag", "all-tags", "excluded-tag", "category", "series", "author", "language"}
)
"""The rules that speak of what a post is, which an edit of the post may change."""
