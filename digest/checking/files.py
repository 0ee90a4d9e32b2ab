"""Makes a case of the bytes of any .html or .eml; there are none that cannot be read."""

from __future__ import annotations

from typing import Final

from digest.checking.case import LARGEST, Case, Context
from digest.checking.parsing import page_text, read_message
from digest.errors import CheckError

LARGEST_MESSAGE: Final = 40_000_000
"""The most bytes of a message that are read; more than any server takes."""


def read_html(data: bytes, name: str, context: Context | None = None) -> Case:
    """Return the case of an HTML file.

    Raises:
        CheckError: if it is empty, or far larger than any mail.
    """
    _refuse(len(data), LARGEST, name)
    return Case(page_text(data), name=name, size=len(data), context=context)


def read_eml(data: bytes, name: str, context: Context | None = None) -> Case:
    """Return the case of a message; one without HTML is judged by its headers alone.

    Raises:
        CheckError: if it is empty, no message at all, or far larger than any mail.
    """
    _refuse(len(data), LARGEST_MESSAGE, name)
    message = read_message(data)
    if not message.headers:
        raise CheckError(
            "has no header, so it is no mail message", where=name, hint="Name an .html file .html."
        )
    html, plain = message.part("text/html"), message.part("text/plain")
    if html is not None:
        _refuse(len(html.data) + 1, LARGEST, name)
    return Case(
        html.text() if html else None,
        name=name,
        size=len(html.data) if html else 0,
        text=plain.text() if plain else None,
        message=message,
        message_name=name,
        context=context,
    )


def _refuse(size: int, most: int, name: str) -> None:
    if size == 0:
        raise CheckError("is empty", where=name)
    if size > most:
        raise CheckError(
            f"{size:,} bytes is no email: Gmail shows 100,000, and {most:,} are read",
            where=name,
            hint="Show less of each post.",
        )
