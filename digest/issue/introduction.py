"""Turns the introduction, the editor's Markdown, into clean HTML in which nothing of it is lost.

A post loses its footnotes, which lead nowhere in an email; an introduction keeps them, numbered, at
its end. Readers are addressed in one spelling for all services: `{{ first_name }}`, or
`{{ first_name | "friend" }}` where the service knows no name. Tags of a single service are refused
while editor.md is read: Markdown would garble them, and another service would print them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.dialects import addressed
from digest.lazy import regex

_CODE = regex(r"^(```|~~~).*?^\1|``.*?``|`[^`\n]*`", re.S | re.M)
_READER = regex(r"\{\{\s*first_name\s*(?:\|\s*[\"“]([^\"“”{}|<>\n]*)[\"”]\s*)?\}\}")
_FOREIGN = regex(
    r"\*\|.*?\|\*"  # Mailchimp
    r"|\{\{.*?\}\}|\{%.*?%\}|%%.*?%%"  # Liquid, Jinja, Handlebars, Go, Resend
    r"|\[\[\w+:.*?\]\]|\[\[[A-Z_]+(?: OR .*?)?\]\]|\[\w+,\s*fallback=.*?\]"  # Mailjet, CiviCRM
    r"|\{\$\w.*?\}|\{\w+=\w[^}\s]*\}"  # MailerLite, Mautic
)
_NOTE = regex(r"^\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?:[ \t]+\S.*|(?!\[\^)\S.*))*)\n?", re.M)
_MENTION = regex(r"\[\^([^\]\s]+)\](?!:)")


def to_html(markdown: str, base_url: str) -> str:
    """Return the introduction as clean HTML; nothing is imported when there is none."""
    if not markdown.strip():
        return ""
    from digest.editing.body import clean, shown
    from digest.editing.body import to_html as rendered

    return shown(clean(rendered(_with_notes(_addressed(markdown))), base_url).html)


def names_the_reader(text: str) -> bool:
    """Tell whether a text holds a reader's name as an introduction may."""
    return _READER.search(text) is not None


def foreign_tag(markdown: str) -> tuple[str, int] | None:
    """Return the first merge tag of a single service, and its line counted from 0, or None.

    >>> foreign_tag("Dear {{ first_name }},") is None
    True
    >>> foreign_tag("Dear *|FNAME|*,")
    ('*|FNAME|*', 0)
    """
    bare = _READER.sub(lambda found: " " * len(found[0]), without_code(markdown))
    found = _FOREIGN.search(bare)
    return (found[0], bare.count("\n", 0, found.start())) if found else None


def _addressed(markdown: str) -> str:
    return "".join(
        _READER.sub(lambda found: addressed(found[1] or ""), piece) if is_prose else piece
        for piece, is_prose in _pieces(markdown)
    )


def _with_notes(markdown: str) -> str:
    """Return Markdown whose footnotes are numbered as they are mentioned, and stand at its end."""
    bare = without_code(markdown)
    if "[^" not in bare:
        return markdown
    notes = {found[1]: " ".join(found[2].split()) for found in _NOTE.finditer(bare)}
    spans = [found.span() for found in _NOTE.finditer(bare)]
    for start, end in reversed(spans):
        markdown = markdown[:start] + markdown[end:]
    mentioned = [name for name in _mentions(markdown) if name in notes]
    numbers = {name: n for n, name in enumerate(dict.fromkeys([*mentioned, *notes]), 1)}

    def numbered(found: re.Match[str]) -> str:
        number = numbers.get(found[1])
        return f"<sup>{number}</sup>" if number else found[0]

    told = "".join(
        _MENTION.sub(numbered, piece) if is_prose else piece
        for piece, is_prose in _pieces(markdown)
    )
    below = "\n\n".join(f"<sup>{number}</sup> {notes[name]}" for name, number in numbers.items())
    return f"{told.rstrip()}\n\n{below}\n"


def _mentions(markdown: str) -> list[str]:
    return [found[1] for found in _MENTION.finditer(without_code(markdown))]


def without_code(markdown: str) -> str:
    """Return Markdown of the same length in which code, where nothing counts, is blank."""
    return _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), markdown)


def _pieces(markdown: str) -> Iterator[tuple[str, bool]]:
    """Yield prose (True) and code (False) in turn."""
    end = 0
    for found in _CODE.finditer(markdown):
        yield markdown[end : found.start()], True
        yield found[0], False
        end = found.end()
    yield markdown[end:], True
