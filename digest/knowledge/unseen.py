"""Characters that nobody sees, and that change what everybody sees.

Control characters drive a terminal, direction overrides and isolates turn letters round (Unicode,
annex 9), and half characters cannot be written at all. Marks that stand for themselves, as the
left-to-right mark, do no harm.
"""

from __future__ import annotations

from digest.lazy import regex

# tab and newline stay; next to the overrides stand Unicode's own separators of lines
UNSEEN = regex("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    r"""Return text with such characters written as JSON escapes: a JSON document stays what it is.

    >>> visible("fdp\u202egpj.exe"), visible("\x1b[31mred"), visible("ליאת\n")
    ('fdp\\u202egpj.exe', '\\u001b[31mred', 'ליאת\n')
    """
    if text.isprintable():  # as most
        return text
    return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def in_line(text: str) -> str:
    r"""Return visible text that stays in its line and its column.

    >>> in_line("a\nb\tc")
    'a\\nb\\tc'
    """
    return visible(text).replace("\n", r"\n").replace("\t", r"\t")
