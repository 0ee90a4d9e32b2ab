"""Weighs one name: how much its tokens speak for a person, in scripts with capitals and without.

Honorifics, initials, particles, given names and family names speak for a person; common words,
places and bodies speak against. A name is weighed by the kinds of its tokens, never looked up
whole. This room refuses lists of names; `names` reads those.
"""

from __future__ import annotations

import re
from functools import lru_cache

from digest.editing.lexicon import (
    entries,
    fold,
    is_base_word,
    is_family,
    is_given,
    is_inflected,
    is_place,
    is_surname,
    is_word,
)

NO_NAME, SHAPED, LIKELY, KNOWN = range(4)
"""How much speaks for a person: nothing, only the shape, the shape of both names, a known given name."""

MAX_NAME = 60
"""Characters; nothing longer is one person's name."""

_WEAK_HONORIFICS = frozenset(
    "sister father major general judge canon associate assistant doctor lady lord brother matron pastor"
    " bishop ir sri surg commander constable inspector squadron superintendent wing admiral senator"
    " justice".split()
)
_DEGREES = frozenset("med phil rer nat habil jur theol h.c".split())  # "Dr. rer. nat. A B"
_NOT_FIRST = frozenset(
    "st saint san santa mount mt lake fort port loch lough river cape isle new great".split()
)
POST_NOMINAL = re.compile(
    r"(?:Ph\.?D|D\.?Phil|M\.?D|M\.?B\.?A|M\.?Sc|B\.?Sc|M\.?A|B\.?A|M\.?Ed|M\.?Phil|Ed\.?D|LL[MB]|J\.?D|MPH|MBBS|MB\s?ChB"
    r"|BMBS|RN|RM|RGN|BDS|O\.?B\.?E|M\.?B\.?E|C\.?B\.?E|K\.?B\.?E|D\.?B\.?E|CMG|QC|KC|QPM|FCA|CEng|CPsychol|FMLM|SFFMLM"
    r"|FFMLM|AFFMLM|FR[A-Z]{1,5}|MR[A-Z]{1,5}|FI[A-Z]{1,4}|FB[A-Z]|FFPH|FFICM|FAcadMEd|FHEA|SFHEA|PFHEA|MCLIP|FCLIP"
    r"|FSA|FMA|AMA|FLS|FFSRH|Jr\.?|Sr\.?|I{2,3}|Esq\.?)\.?(?:\s?\([A-Za-z ]+\))?"
)
_SHORT_TITLE = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]{1,4}\.")
_TOKEN = re.compile(r"(?:[^\W\d_][̀-ͯ]*|[’'ʼ‘`.-])+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)(?:-?[^\W\d_]\.)*|[A-Z]{1,3}|[A-Z][a-z]?\.(?:-?[A-Z]\.)*")
_ACCENTED_WORDS = frozenset(
    "cafe naive fiance resume cliche decor facade noel entree creche expose protege saute souffle pate role"
    " regime elite debut detente matinee".split()
)
_UNCASED = re.compile(
    r"[\u0590-\u074f\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
_CJK = r"[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
_CJK_NAME = re.compile(rf"{_CJK}{{1,8}}(?:[ \u3000・]{_CJK}{{1,8}}){{0,2}}")

_NICKNAME = re.compile(r"\s[“\"‘'(][^\W\d_]{2,12}[”\"’')](?=\s)")


@lru_cache(maxsize=8192)
def weigh(name: str) -> int:
    """Return how much speaks for `name` being one person: NO_NAME, SHAPED, LIKELY or KNOWN.

    >>> weigh("Lake Como"), weigh("J. K. Rowan"), weigh("Xhanti Mthembu"), weigh("Jane van der Berg")
    (0, 3, 2, 3)
    """
    if not 2 <= len(name) <= MAX_NAME:
        return NO_NAME
    name = _NICKNAME.sub("", name)
    if _UNCASED.search(name):
        return _weigh_uncased(name)
    honorifics, tokens = without_honorifics(name.split())
    tokens = without_post_nominals(tokens)
    if not 1 <= len(tokens) <= 6 or not all(_TOKEN.fullmatch(t) for t in tokens):
        return NO_NAME
    return _weigh_tokens(tokens, honorifics, shouted=name.isupper())


def without_honorifics(tokens: list[str]) -> tuple[int, list[str]]:
    """Return how much honour precedes the name (2 is certain, 1 may be a word) and what is left."""
    honour = at = 0
    while (
        at < len(tokens) - 1
        and (title := tokens[at].casefold().rstrip("."))
        and (
            title in entries("honorifics")
            or tokens[at].casefold() in entries("honorifics")
            or (at and title in _DEGREES and tokens[at].endswith("."))
        )
    ):
        honour = max(honour, 1 if title in _WEAK_HONORIFICS else 2)
        at += 1
    if not at and len(tokens) > 2 and _is_short_title(tokens[0]):
        return 1, tokens[1:]
    return honour, tokens[at:]


def _is_short_title(token: str) -> bool:
    """Say whether a token is an honorific nobody listed: "Ing.", "Cllr."; no word, place or given name."""
    if not _SHORT_TITLE.fullmatch(token):
        return False
    folded = fold(token[:-1])
    return folded not in _NOT_FIRST and not (
        is_word(folded) or is_place(folded) or is_given(folded)
    )


def without_post_nominals(tokens: list[str]) -> list[str]:
    """Return a name's tokens without the letters after it ("PhD", "FRCP")."""
    while len(tokens) > 2 and POST_NOMINAL.fullmatch(tokens[-1].strip(",")):
        tokens = tokens[:-1]
    return tokens


def _weigh_tokens(tokens: list[str], honour: int, *, shouted: bool) -> int:
    kinds = [_kind(t, first=i == 0, shouted=shouted) for i, t in enumerate(tokens)]
    if tokens[0] in ("A", "I") and len(tokens) == 2 and is_family(fold(tokens[1])):
        kinds[0] = "i"  # "A Patel", though neither "A Nurse" nor "I Robot"
    if len(kinds) > 1 and kinds[-1] == "p" and tokens[-1][0].isupper():
        kinds[-1] = "u"  # "Rudra Das": a particle at the end is a family name
    if kinds[-1] == "i" and not honour and (weight := _weigh_initial_last(tokens, kinds)):
        return weight
    if "x" in kinds or kinds[-1] in "ip" or tokens[0].casefold().rstrip(".") in _NOT_FIRST:
        return NO_NAME
    named = [k for k in kinds if k != "p"]
    if honour == 2:
        return SHAPED if len(named) == 1 or "w" in named else KNOWN
    if len(named) == 1:
        return _weigh_single(named[0], backed=len(kinds) > 1, titled=honour > 0)
    if (
        named[0] == "g"
        and named[-1] == "w"
        and "w" not in named[:-1]
        and not _ends_as_place(fold(tokens[-1]))
    ):
        return _weigh_wordlike(fold(tokens[-1]))
    if named[0] == "a" and named[-1] in "sa" and fold(tokens[0]) in entries("virtues"):
        return SHAPED
    if named[0] not in "gi" and fold(tokens[-1]) in entries("sites"):
        return SHAPED if named[0] == "a" and not is_place(fold(tokens[0])) else NO_NAME
    if named[-1] == "w" and _ends_as_place(fold(tokens[-1])):
        return NO_NAME
    weight = _weigh_kinds(named[0], named[1:])
    if weight == LIKELY and named[0] == "u" and named[-1] == "u" and _ends_in_family(tokens):
        return KNOWN
    return weight


def _ends_as_place(last: str) -> bool:
    """Say whether a word makes a house or a body of the name before it: "Alan Turing Institute"."""
    return any(last in entries(words) for words in ("sites", "organisations", "roles"))


def _weigh_wordlike(last: str) -> int:
    """Weigh a given name before what looks like a word: "Gemma Edwards", "Kofi Walking"."""
    if is_base_word(last):
        return NO_NAME if _ends_as_place(last) else LIKELY
    return SHAPED if is_inflected(last) else KNOWN if is_family(last) else LIKELY


def _ends_in_family(tokens: list[str]) -> bool:
    """Say whether the last token is a known family name, after one that is none ("Madhav Rao")."""
    first, last = (
        fold(token.replace("’", "'")).replace("'", "") for token in (tokens[0], tokens[-1])
    )
    return not is_family(first) and all(is_family(part) for part in last.split("-"))


def _weigh_initial_last(tokens: list[str], kinds: list[str]) -> int:
    """Weigh "Rajagopalan S." and "Sunita K", but neither "Henry V" nor "Vitamin C"."""
    if len(kinds) > 3 or any(k not in "gu" for k in kinds[:-1]) or len(tokens[-1].rstrip(".")) != 1:
        return NO_NAME
    if tokens[-1] in ("I", "V", "X"):
        return NO_NAME
    return LIKELY if kinds[0] == "g" or tokens[-1].endswith(".") else SHAPED


def _weigh_single(kind: str, *, backed: bool, titled: bool) -> int:
    """Weigh the one token of a name; a particle backs it, a title goes before it."""
    if backed:
        return LIKELY if kind in "ug" else NO_NAME
    return SHAPED if kind == "g" or (titled and kind == "u") else NO_NAME


def _weigh_kinds(first: str, rest: list[str]) -> int:
    """Weigh the first token's kind against the others' (`_kind` names them)."""
    last = rest[-1]
    if first == "g":
        return (
            KNOWN
            if last != "w" and "w" not in rest
            else LIKELY
            if last == "w" and len(rest) < 3
            else SHAPED
        )
    if (rest == ["u"] and first == "w") or (rest == ["w"] and first == "u"):
        return SHAPED
    if "w" in rest or first in "wl":
        return NO_NAME
    if first in "ai":
        return KNOWN if last in "ug" else LIKELY if last in "sa" else NO_NAME
    if "g" in rest:
        return KNOWN if first == "u" else LIKELY
    if first == "s":
        return SHAPED if last == "u" else NO_NAME
    return LIKELY if last == "u" else SHAPED if last in "sa" else NO_NAME


def _kind(token: str, *, first: bool, shouted: bool) -> str:
    """Return what a token is, as one letter.

    g(iven name), a(mbiguous: given name and word), i(nitial), p(article), s(urname and word),
    u(nknown), l(ocality), w(ord), or x where it cannot stand in a name at all.
    """
    if _is_particle(token, first=first):
        return "p"
    if not first and token.endswith(".") and token.casefold().rstrip(".") in entries("honorifics"):
        return "x"  # "Gastbeitrag von Dr."
    folded = fold(token.replace("’", "'").replace("‘", "'").replace("ʼ", "'"))
    if _INITIALS.fullmatch(token) and (kind := _initials(token, folded, shouted=shouted)):
        return kind
    head = token.lstrip("’'‘ʼ`")
    if not head or not (head[0].isupper() or _particle_prefix(head)) or token.endswith((".", "-")):
        return "x"
    if folded.endswith("'s"):
        return "x"
    if not shouted and len(token) > 1 and token.isupper() and not is_given(folded):
        return "u" if not first and not is_word(folded) and len(token) > 3 else "x"
    if "-" in folded:
        return _hyphenated(folded.split("-"))
    kind = lexical(folded.replace("'", ""))
    # "Máté" is no "mate": with accents hardly any English word is left.
    return (
        kind
        if token.isascii() or kind not in "wal" or folded in _ACCENTED_WORDS
        else "u"
        if kind != "a"
        else "g"
    )


def _is_particle(token: str, *, first: bool) -> bool:
    if token.casefold() not in entries("particles"):
        return False
    return not (first and token.casefold() in ("i", "e", "y", "do", "san", "an"))


def _initials(token: str, folded: str, *, shouted: bool) -> str:
    """Return what "J.", "J.K." or "JK" is; nothing where it may be a short name ("ANA")."""
    acronym = token in entries("acronyms")
    if "." not in token and (acronym or (shouted and len(token) > 1)):
        return "x" if acronym else lexical(folded)
    return "i" if "." in token or len(token) < 3 or not is_given(folded) else ""


def _particle_prefix(token: str) -> bool:
    if token[0] in "hnt" and token[1:2].isupper():
        return True  # Irish: "Ó hEithir", "Mac an tSaoir"
    return token.startswith(("al-", "el-", "d'", "d’", "de-", "bin-", "bint-", "t'", "ap-"))


def _hyphenated(parts: list[str]) -> str:
    kinds = [lexical(p) for p in parts if p and p not in entries("particles")]
    if not kinds or all(k in "wl" for k in kinds):
        return "w"
    if kinds[0] in "ga":
        return "g" if all(k in "gausw" for k in kinds) and len(kinds[0]) else "u"
    return "u" if "u" in kinds or "g" in kinds or ("s" in kinds and "w" not in kinds) else "w"


@lru_cache(maxsize=8192)
def lexical(folded: str) -> str:
    """Return what a folded token is by the word lists, as one letter (see `_kind`)."""
    if is_given(folded):
        return "a" if is_inflected(folded) or is_place(folded) else "g"
    if is_place(folded):
        return "l" if not is_surname(folded) else "s" if not is_word(folded) else "l"
    if is_word(folded):
        return "s" if is_surname(folded) else "w"
    return "u"


def _weigh_uncased(name: str) -> int:
    if any(c.isdigit() or (c.isascii() and c.isalpha()) for c in name):
        return NO_NAME
    if _CJK_NAME.fullmatch(name):
        return _weigh_cjk(name)
    tokens = name.split()
    if not 1 <= len(tokens) <= 5 or any(len(t) > 20 or not (t[0].isalpha()) for t in tokens):
        return NO_NAME
    given = tokens[0] in entries("given") or tokens[0].startswith("عبد")
    if len(tokens) == 1:
        return NO_NAME
    return KNOWN if given else SHAPED


def _weigh_cjk(name: str) -> int:
    parts = re.split(r"[ \u3000・]", name)
    if len(parts) > 1:
        return KNOWN if parts[0] in entries("cjk_surnames") else LIKELY if "・" in name else SHAPED
    if 2 <= len(name) <= 6 and any(
        name[:n] in entries("cjk_surnames") for n in (1, 2, 3) if len(name) > n
    ):
        return LIKELY if len(name) <= 4 else SHAPED
    return SHAPED if len(name) <= 6 else NO_NAME
