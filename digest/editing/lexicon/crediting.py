"""Reads how surely words before a name say whose a text is: "This is a guest post by", "Author:".

Only kinds of words are known (`phrases/credits.txt`), no sentences, since each blog has its own: a
head is written as a letter for the kind of each of its words, and `_FORMS` are patterns of these.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from digest.editing.lexicon import fold, lines
from digest.lazy import regex

GUEST = "|".join(lines("labels"))
"""A pattern for what guests' posts are called."""

BY = r"by|von|par|por|di|door|av|af|przez|gan"
"""A pattern for words that mean "by", in titles too."""

# Chinese, Japanese, Arabic and Russian, whose names have no shape: only the words before them tell.
SIGNS = r"(?:作者|文|著|筆者|寄稿)\s*[=＝:：／/]|بقلم:?|(?:Автор|текст)\s*:"
"""A pattern for what tells a name that has no shape."""

WEAK, APART, BARE, WHOLE, SAID = "weak", "apart", "bare", "whole", "said"
"""Kinds of heads: enough where nobody else is known; where the blog repeats it; "By"; of a line of
nothing but people; and a sentence that speaks of the text itself."""

*_WORDS, _AUTHORS, _AT = lines("credits")
FOLLOWING = frozenset(_AT.split())
"""Words that may follow the name in a line that begins with "By"."""

_MAX_HEAD = 240  # characters before a name
_LETTERS = {word: line[0] for line in _WORDS for word in fold(line[1:]).split()}
_GUESTS = ("guest", "gast", "gæst", "invite", "invitad", "convidad")
_TEXT_ENDS = ("post", "blog", "beitrag", "artikel")
_LABELS = {"author": SAID, "label": WHOLE, "sign": SAID}
_BYS = {"from": "f", "of": "o", "de": "d", "between": "w"}
# A letter for the word that means "by", ^ where a line begins, and a letter for each word of it.
_THIS = r"\^?[^xDA]*[DA].{0,4}[TG]"  # "this week's guest …", "once again, here is a post …"
_FORMS = {
    BARE: regex(r"b\^W*"),
    SAID: regex(
        rf"b(?:{_THIS}.*|\^?[^xDA]*D[^x]*|\^[^x]{{1,6}})W"  # "This was written by"
        rf"|[bf](?=.*T)(?:{_THIS}.*|\^(?=.*G)[^x]{{1,5}})I"  # "Today's post is by"
        rf"|.(?=.*G)(?:{_THIS}.*|\^(?!a)[^x]{{0,5}})TG?"  # "Here's a guest post by"
        r"|[bw]\^?[^xDA]*D(?=.*I)(?=.*T$)(?:[ah]*[^ahA]){1,4}"  # "This is a report by"
    ),
    WHOLE: regex(r"[bdw]\^(?!h)(?:[^x]{0,5}|a.{0,4}|[^xDA]*[DA].{0,4})TG?"),  # "A report by"
    WEAK: regex(r"b\^A.{0,4}"),  # "Another great round by"
    APART: regex(r"b\^x"),  # "Created by"
}
# "Our author today is A B", "About the author", "Guest blogger A B"; "Words: A B"; "作者：A B"
_LABELLED = regex(
    rf"[\W_]*(?:(?:[\w’']+\W){{0,4}}?(?P<author>guest[\s-](?:{_AUTHORS})(?-i:\s+(?=[^\W\d_a-z]))"
    rf"|(?:{_AUTHORS})\b(?:\(\w{{1,3}}\))?(?:\s*(?:&|and|und|et|y)\s*\w+)?"
    r"(?-i:\s+[a-zà-ž]+){0,4}?(?:\s+(?:is|are|ist|est|es|é|è)|\s*[:–—]|\s-|(?=\n))\s+)"
    rf"|(?P<label>(?:words|text|{GUEST})\s*[:–—]\s+)|(?P<sign>(?:[本原]文)?(?:{SIGNS}))\s*)(?=\S)",
    re.I,
)
_BY = regex(rf"(?<![\w.@])(?P<by>{BY}|da|from|of|de|between)\b(?:\s*[:–—-])?[\s_*]+(?=\S)", re.I)
_NOTE = regex(r"[\W_]*(?:(?:\w{1,7}[’']?s?\W{1,2})?note\s*[:—–-])?[\W_]*", re.I)
_SENTENCES = (". ", "! ", "? ", ": ", "; ", " - ", "– ", "| ", "— ", "(", "[")
_WORD = regex(r"[^\W\d_]+")


class Head(NamedTuple):
    """Hold what leads to a name: how surely, its words, where it ends, and if a line begins so.

    One that `is_sign` may lead to a handle.
    """

    kind: str
    said: str
    end: int
    is_first: bool
    is_sign: bool


def heads(text: str) -> Iterator[Head]:
    """Yield what in a text's first line leads to names, which may stand on the next."""
    width = text.find("\n") if "\n" in text else len(text)
    labelled = filter(None, [_LABELLED.match(text)])
    for by in itertools.chain(labelled, _BY.finditer(text, 0, _MAX_HEAD)):
        at = by.start(by.lastgroup or "")
        if at > width:
            return
        start = max(text.rfind(end, 0, at) + len(end) for end in _SENTENCES)
        start = start if start > 2 else 0
        is_first = not start or bool(_NOTE.fullmatch(text, 0, start))
        if kind := _kind(text[start:at], by, is_first=is_first):
            yield Head(kind, text[:at], by.end(), is_first, by.lastgroup == "sign")


def _kind(head: str, by: re.Match[str], *, is_first: bool) -> str:
    """Return how surely the words before a "by" speak of the text itself, or nothing."""
    letters, own = ("".join(map(_letter, map(fold, _WORD.findall(s)))) for s in (head, by[0]))
    if "X" in letters + own or ")" in head:
        return ""
    if (group := by.lastgroup or "") != "by":
        return _LABELS[group] if is_first and "x" not in letters else ""
    form = _BYS.get(by["by"].casefold(), "b") + "^" * is_first + letters
    kind = next((kind for kind, pattern in _FORMS.items() if pattern.fullmatch(form)), "")
    return WEAK if kind == SAID and "O" in letters else kind  # what somebody translated


def _letter(word: str) -> str:
    is_text = word.endswith(_TEXT_ENDS) and "T"
    if word.startswith(_GUESTS):
        return f"G{is_text or ''}"
    return _LETTERS.get(word) or is_text or ("x" if len(word) > 1 else "")
