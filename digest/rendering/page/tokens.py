"""The tokens that stand for a page's values while it is compiled: words with a number."""

from __future__ import annotations

from typing import Final

from digest.lazy import regex

TOKEN: Final = regex(r"zq(\d{4,})fqz")
"""A token in a page; MJML and premailer take it for a word."""

TEXT_TOKEN: Final = regex("\x02(\\d+)\x03")
"""A token in the text part, where it must not count as a word that is wrapped or underlined."""
