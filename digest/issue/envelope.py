"""Writes what an inbox shows of an issue before it is opened: its subject and its preheader.

What the editor wrote stays; what is worked out stays within what inboxes show. Pure.
"""

from __future__ import annotations

from digest.editing import shorten
from digest.editing.excerpt import count
from digest.models import Edition, EditorNotes, Issue
from digest.rendering import words as labels
from digest.rendering.jinja import line

# What most inboxes show in a line on a wide screen, and of a preheader beside it.
SUBJECT_CHARACTERS = 75
PREHEADER_CHARACTERS = 110

_ENDS = ("?", "!", "…", "？", "！", "؟")
_COMMAS = ",،，"

_ENDLESS = 4  # words more that one without an end counts for, an address say


def envelope(issue: Issue, edition: Edition, notes: EditorNotes) -> tuple[str, str]:
    """Return subject and preheader.

    The editor's as written, else the edition's, else made of the posts. What is worked out stays
    within what inboxes show; what the editor wrote is the editor's.
    """
    where, language = f"[edition.{edition.name}]", issue.newsletter.language
    subject = line(edition.subject, issue, f"{where} subject") or _subject(issue)
    preheader = line(edition.preheader, issue, f"{where} preheader") or (
        issue.featured.excerpt if issue.featured else ""
    )
    return (
        notes.subject or _within(subject, SUBJECT_CHARACTERS, language),
        notes.preheader or _within(preheader, PREHEADER_CHARACTERS, language),
    )


def _subject(issue: Issue) -> str:
    title = issue.featured.title if issue.featured else issue.title
    if issue.count < 2:
        return title
    wording = labels.Wording(issue.newsletter.language, issue.labels)
    more = wording.counted("and_more", issue.count - 1, title=title)
    rest = more.removeprefix(title)
    if title.endswith(_ENDS) and rest != more:  # no "Who waters?, and 4 more"
        more = f"{title}{rest.lstrip(_COMMAS)}"
    # Half of "… and 4 more" would say less than the title alone.
    return more if len(more) <= SUBJECT_CHARACTERS else title


def _within(text: str, characters: int, language: str) -> str:
    """Return a line, cut after a word and between graphemes if an inbox shows less."""
    if len(text) <= characters:
        return text
    # hardly more words than so many characters hold come into question, in whatever script
    words = count(text[: characters + 1]) + _ENDLESS
    shorter = (shorten(text, most, language) for most in range(words, -1, -1))
    return next(short for short in shorter if len(short) <= characters)
