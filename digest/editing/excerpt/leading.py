"""Knows the words with which a text leads elsewhere: on to its rest, or to where it appeared first.

"Continue reading …", "The post … appeared first on …", in the languages of the labels; the words
themselves are data. Plain text goes in, what stays and what went comes out. A sentence that only
speaks of reading stays.
"""

from __future__ import annotations

import re
from typing import Final

from digest.editing.excerpt.closings import Taken
from digest.editing.lexicon import lines
from digest.lazy import regex
from digest.models import key

_WIDE = "\u0590"  # from Hebrew on, scripts have no capitals, and some of them no spaces
_REACH = 500  # characters in which such an ending stands
_MOST_LINE = 240  # characters; a longer line says something
_TITLE = r"(?P<title>\S[^\n]{0,300}?)"
_BLOG = r"(?:(?![.]\s)[^\n]){1,120}?"
_CUT = " \u00a0[](…).)"
_TOO_COMMON = ("more", "see more", "tovább")  # to go without a sign


def _pattern(line: str) -> str:
    """Return a line of a list as a pattern: any space, any apostrophe."""
    return line.replace(" ", r"\s").replace("'", "[’'ʼ]")


def _first_on(line: str) -> re.Pattern[str]:
    with_title = re.sub(r"\bT\b|(?<=〈)T", lambda _: _TITLE, re.escape(line).replace("\\ ", r"\s?"))
    whole = re.sub(r"\bB\b|(?<=[《-])B|B(?=에)", lambda _: _BLOG, with_title).replace("'", "[’'ʼ]")
    return regex(rf"(?:\A|\s){whole}[.。]?[^\w\n]{{0,12}}\Z")


_FIRST_ON: Final = tuple(_first_on(line) for line in lines("first_on"))
_APART = regex(r"\b[TB]\b|[ '〈〉《-]")
# The longest word of each, to look before searching.
_HINT: Final = regex(
    "|".join(sorted({re.escape(max(_APART.split(line), key=len)) for line in lines("first_on")}))
)
_PHRASES: Final = tuple(_pattern(line) for line in lines("read_on"))
_MORE: Final = "|".join(phrase for phrase in _PHRASES if phrase[0] < _WIDE)
_MORE_WIDE: Final = "|".join(phrase for phrase in _PHRASES if phrase[0] >= _WIDE)
# The word each begins with.
_FIRST: Final = {found[0] for line in lines("read_on") if (found := re.match(r"\w+", line))}
_MORE_FIRST: Final = regex(rf"\b(?:{'|'.join(sorted(_FIRST))})\b")
_TAIL = regex(
    rf"(?P<lead>\A|[.!?…\]”\"’»)。！？\n]\s*|\s)[\[(«]?(?P<phrase>{_MORE})\b"
    r"(?P<rest>[^\n]{0,200})\Z",
    re.IGNORECASE,
)
_TAIL_WIDE = regex(rf"\s*[\[(「]?(?:{_MORE_WIDE})[\s.…»→>\])」]*\Z")
_MARKS = regex(r"[\s.…»→>\[\]()›⟶➔➡]*(?:[\d/.:h\s–-]{4,20}\))?")  # and when: "(03/05/2026 - 9h)"
_SIGN = regex(r"\s?(?:…|\.{3}|→|»)[\s\])]*")
_POINTS = tuple('→»›>⟶➔➡”"’»')
_POINTING = regex(r"[^\n]{0,200}[→»›>⟶➔➡…][\s\])]*|\s?[:“\"‘«]\s?[^\n]{1,200}[”\"’»][\s.…»→>\])]*")


def first_on(text: str, title: str = "") -> Taken:
    """Take "The post … appeared first on …" off the end."""
    end = text[-_REACH:]
    if not _HINT.search(end):
        return Taken(text)
    match = next((found for pattern in _FIRST_ON if (found := pattern.search(end))), None)
    if match is None:
        return Taken(text)
    named = match["title"].strip('“”"‘’ ')
    if named[:1].islower() and not (title and key(title).startswith(key(named)[:30])):
        return Taken(text)
    return Taken(text[: len(text) - len(end) + match.start()].rstrip(), match[0].strip())


def more_link(text: str, title: str = "", *, is_manual: bool = False) -> Taken:
    """Take "Read more…", "Continue reading …" and their sisters off the end."""
    if not text.isascii() and (wide := _TAIL_WIDE.search(text[-60:])):
        at = len(text) - len(text[-60:]) + wide.start()
        return Taken(text[:at], text[at:].strip())
    bare = text.rstrip(" \n[](.…)")
    is_pointing = bare[-1:] in _POINTS or text[-1:] == "…" or (title and bare.endswith(title[-8:]))
    if not _MORE_FIRST.search(bare[-320 if is_pointing else -80 :].lower()):
        return Taken(text)
    found = _TAIL.finditer(text, max(0, len(text) - 320))
    best = next((match for match in found if _leads_on(match, title, is_manual=is_manual)), None)
    if best is None:
        return Taken(text)
    at = best.end("lead")
    return Taken(text[:at].rstrip(), text[at:].strip())


def appeared_first(line: str) -> bool:
    """Say whether a line is nothing but "The post … appeared first on …"."""
    return len(line) <= _MOST_LINE and not first_on(line).text


def leads_elsewhere(line: str) -> bool:
    """Say whether a line only leads to the rest of a text, or to where it appeared first.

    >>> leads_elsewhere("Der Beitrag Moos erschien zuerst auf Garten."), leads_elsewhere("Moos")
    (True, False)
    """
    if len(line) > _MOST_LINE:
        return False
    # "[…] Read more", "[…]"
    if appeared_first(line) or not more_link(line).text.strip(_CUT):
        return True
    found = _TAIL.match(line)
    is_phrase = found is not None and found["phrase"].lower() not in _TOO_COMMON
    return is_phrase and line.rstrip()[-1] not in ".!?"  # "Continue reading Sheds"


def _leads_on(match: re.Match[str], title: str, *, is_manual: bool) -> bool:
    """Say whether a phrase that ends a text leads on, and is no sentence about reading."""
    phrase, rest = match["phrase"], match["rest"]
    is_bracketed = match[0].lstrip()[:1] in "(["
    is_apart = _is_apart(match)
    if phrase.lower() in _TOO_COMMON:
        return _has_sign(match) and (is_apart or is_bracketed)
    may_run_on = phrase[0].isupper() and not is_manual
    if not (is_apart or is_bracketed or may_run_on):
        return False
    if not _MARKS.fullmatch(rest):
        return _names_what(match, title)
    return is_apart or not rest.strip().startswith(".") or "..." in rest


def _has_sign(match: re.Match[str]) -> bool:
    """Say whether "more" stands behind an ellipsis, or before an arrow."""
    is_alone = "…" in match["lead"] and not match["rest"].strip()
    return is_alone or bool(_SIGN.fullmatch(match["rest"]))


def _is_apart(match: re.Match[str]) -> bool:
    """Say whether a phrase stands behind a sentence's end, or at a line's or the text's start."""
    lead = match["lead"]
    return bool(lead.strip()) or "\n" in lead or match.start() == 0


def _names_what(match: re.Match[str], title: str) -> bool:
    """Say whether what follows a phrase is the post's title, or points at something."""
    rest = match["rest"]
    if title and key(rest.strip(' :“”"‘’«»→.…')) == key(title):
        return True
    if match.start() == 0 and not match["lead"].strip():
        return False
    is_cut = "…" in match["lead"] and match["phrase"][0].isupper()
    return (is_cut and not re.search(r"[.!?]", rest)) or bool(_POINTING.fullmatch(rest))
