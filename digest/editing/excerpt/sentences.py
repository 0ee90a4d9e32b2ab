"""Finds where sentences end, and shortens text there, in scripts with and without blanks.

Owns the limit in words, sentence ends, and the rule that no word, emoji or syllable is ever cut in
two. It refuses to know what a post is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from digest.editing.excerpt.words import CJK, PER_WORD, SEA
from digest.knowledge.endings import settled
from digest.lazy import regex

_SIGNS = frozenset("– — - − | / & + * • · … : = → ▶ -- //".split())
_WHOLE = regex(r"[.!?…؟۔।॥。！？｡։።][\"”’»)\]“」』）】]*\s*\Z")
_FAR_EAST = regex(
    "[^\x00-\u0dff\u1800-\u2fff]"
)  # quick to make and to match; holds CJK, SEA, and more
_STOPS = ".!?…؟۔।॥։።。！？｡"
_STOP = f"[{_STOPS}]"
_END = regex(rf"({_STOP}{_STOP}*+)[\"”’»)\]“」』）】]*+")  # a single sign first is found faster
_WIDE = "。！？｡"  # these end a sentence with no blank behind them
_NEXT = regex(r"[\s\"“‘«(\[¿¡„]*(\S)")
_A_THOUGHT = 12  # words of a sentence that say something by themselves
_LONG = 50  # characters from which a run without blanks (an address, say) is no single word
_LONG_WORD = 10

_ABBREVIATIONS = frozenset(
    "dr prof mr mrs ms mx st sr jr rev hon vs etc e.g i.e eg ie cf al approx resp incl excl z.b "
    "u.a d.h bzw "
    "usw ggf inkl evtl dipl ing bspw m.a ph.d b.a m.sc b.sc u.s u.k u.n a.m p.m mme mlle sra srta "
    "gen col "
    "capt lt sgt dept est inc ltd jan feb apr jun jul aug sep sept oct nov dec".split()
)
_BEFORE_NUMBERS = frozenset("no nos nr fig figs vol p pp ch eq ca tel ext sec art str".split())
_ORDINALS = frozenset(
    "de da nb nn no fi cs sk hu et is hr sl lv".split()
)  # "3. Mai" ends no sentence there
_LEADING_VOWEL = "เแโใไເແໂໃໄ"


def shorten(text: str, words: int, language: str | None = None) -> str:
    """Return text of at most `words` words, ended on a sentence if the last 40 percent hold one.

    Or where one ends behind twelve words at least: a whole thought says more than half of another.
    Else it ends on a word with "…".

    >>> shorten("Bring gloves. Bring a spade and a hat, too.", 4)
    'Bring gloves. Bring a…'
    """
    text = text.strip()
    if words <= 0:
        return ""
    limit, floor = _limits(text, words)
    if limit >= len(text):
        return text
    end = _last_end(text, language, floor, limit)
    if not end and words > _A_THOUGHT:
        end = _last_end(text, language, _limits(text, _A_THOUGHT)[0] - 1, limit)
    if end:
        return text[:end]
    return _cut(text, limit, floor, language)


def _last_end(text: str, language: str | None, floor: int, limit: int) -> int:
    """Return the place behind the last sentence that ends between two places, or 0."""
    found = [
        match for match in _END.finditer(text, max(0, floor - 8), limit) if match.end() >= floor
    ]
    for match in reversed(found):
        behind = _END.match(text, match.start())  # where the allowance ends inside "?!”"
        if behind and behind.end() <= limit and _is_end(text, behind, language):
            return behind.end()
    return 0


def fits(text: str, words: int) -> bool:
    """Tell whether a text has no more than `words` words."""
    text = text.strip()
    return _limits(text, words)[0] >= len(text)


def sentence_ends(
    text: str, language: str | None = None, until: int | None = None, *, since: int = 0
) -> list[int]:
    """Return the places behind each sentence's end between two places, in characters."""
    until = len(text) if until is None else until
    found = []
    for match in _END.finditer(text, since):
        if match.end() > until:
            break
        if _is_end(text, match, language):
            found.append(match.end())
    return found


def split(text: str, language: str | None = None) -> list[str]:
    """Return a text's sentences; what stands behind the last end is one more.

    >>> split("Bring gloves. Bring a spade")
    ['Bring gloves.', 'Bring a spade']
    """
    start, found = 0, []
    for end in [*sentence_ends(text, language), len(text)]:
        if sentence := text[start:end].strip():
            found.append(sentence)
        start = end
    return found


def ends_whole(text: str) -> bool:
    """Tell whether a text's last character ends a sentence."""
    return bool(_WHOLE.search(text, max(0, len(text) - 12)))


def _limits(text: str, words: int) -> tuple[int, int]:
    """Return where the allowance ends, and where its last 40 percent begin."""
    is_spaced = text.isascii() or not _is_unspaced(text, 60 * words + 200)
    if is_spaced and (limits := _spaced_limits(text, words)):
        return limits
    spent, floor, enough = 0.0, 0, words * 0.6
    for match in _token().finditer(text):
        cost = _cost(match)
        if spent + cost > words + 1e-9:
            is_endless = not match.lastgroup and len(match[0]) > _LONG
            at = match.start() + (int((words - spent) * _LONG_WORD) if is_endless else 0)
            return at, min(floor or at, at)
        spent += cost
        if not floor and spent >= enough:
            floor = match.end()
    return len(text), floor


def _cost(match: re.Match[str]) -> float:
    """Return how many words something counts for: a sign none, an endless word several."""
    if match.lastgroup:
        return 1 / PER_WORD[match.lastgroup]
    if match[0] in _SIGNS:
        return 0.0
    return 1.0 if len(match[0]) <= _LONG else len(match[0]) / _LONG_WORD


def _is_unspaced(text: str, until: int) -> bool:
    """Tell whether the beginning of a text holds a script without blanks."""
    return bool(_FAR_EAST.search(text, 0, until) and _unspaced().search(text, 0, until))


@cache
def _unspaced() -> re.Pattern[str]:
    """Return a pattern for scripts without blanks.

    Made when first needed, for it takes milliseconds.
    """
    return re.compile(f"[{CJK}{SEA}]")


@cache
def _token() -> re.Pattern[str]:
    """Return a pattern for what counts towards a limit; made late like `_unspaced`."""
    return re.compile(rf"(?P<cjk>[{CJK}])|(?P<sea>[{SEA}])|(?:(?![{CJK}{SEA}])\S)+")


def _spaced_limits(text: str, words: int) -> tuple[int, int] | None:
    """Do the same fast for a text of plain words with blanks between them.

    None where it is not one.
    """
    if not words:
        return 0, 0
    parts = text.split(None, words)
    is_long = len(parts) > words
    rest = parts.pop() if is_long else ""
    if not _SIGNS.isdisjoint(parts) or (parts and max(map(len, parts)) > _LONG):
        return None
    if not is_long:
        return len(text), 0
    since = -(-words * 6 // 10)  # the word behind which the last 40 percent begin
    return len(text) - len(rest), len(text) - len(text.split(None, since)[since]) - 1


def _is_end(text: str, match: re.Match[str], language: str | None) -> bool:
    end = match.end()
    is_wide = match[1][-1] in _WIDE
    if not is_wide and end < len(text) and not text[end].isspace():
        return False
    if match[1] == "…" and text[match.start() - 1 : match.start()] in (" ", "\xa0"):
        return False  # a pause, or what a text left out: it ends on nothing
    following = _NEXT.match(text, end)
    if following is None:
        return True
    if is_wide:
        return end == match.end(1) or following[1] not in "とっ"
    if following[1].islower():
        return False
    if match[1] != ".":
        return True
    before = text[max(0, match.start() - 20) : match.start()].split()
    word = before[-1].lstrip('(["“‘«') if before else ""
    return _may_end(word, following[1], language) and not _counts(before, language)


def _counts(words: list[str], language: str | None) -> bool:
    """Say whether the last of some words counts what follows: "… the roof. 2.", "… Step 2."."""
    if not words or not words[-1].isdigit() or len(words[-1]) > 2:
        return False
    has_noun = len(words) > 1 and words[-2][0].isupper() and words[-2][-1] not in _STOPS
    above = words[-3:-2] if has_noun else words[-2:-1]
    return not above or (above[0][-1] in _STOPS and _may_end(above[0][:-1], words[-1], language))


def _may_end(word: str, following: str, language: str | None) -> bool:
    """Say whether the full stop behind a word ends a sentence, and is no abbreviation's."""
    if word.lower() in _BEFORE_NUMBERS:
        return not following.isdigit()
    is_initial = len(word) == 1 and word.isalpha() and word != "I"
    is_number = word.isdigit() and len(word) <= 2
    is_ordinal = is_number and (language or "").partition("-")[0].lower() in _ORDINALS
    return not is_initial and not is_ordinal and word.lower() not in _ABBREVIATIONS


def _cut(text: str, limit: int, floor: int, language: str | None) -> str:
    """Return the text cut at or before `limit` with "…", where it hurts least."""
    if _inside_run(text, limit):
        limit = _phrase_end(text, limit, floor)
    head = settled(text[: _whole_characters(text, limit)], language, floor)
    return f"{head.rstrip('.')}…" if head else ""


def _inside_run(text: str, at: int) -> bool:
    return 0 < at < len(text) and not text[at - 1].isspace() and not text[at].isspace()


def _phrase_end(text: str, limit: int, floor: int) -> int:
    """Return the last place in a text without blanks where a phrase may end."""
    for at in range(limit, max(floor, 1), -1):
        if text[at - 1] in "、，；：」』）】 。" and text[at] not in "、，；：」』）】。":
            return at
    for at in range(limit, max(floor, limit - 12, 1), -1):
        if _is_hiragana(text[at - 1]) and not _is_hiragana(text[at]) and text[at] not in "ー々":
            return at
    return limit


def _is_hiragana(character: str) -> bool:
    return "\u3041" <= character <= "\u309f"


def _whole_characters(text: str, at: int) -> int:
    """Return the nearest place at or before `at` that parts no character a reader sees as one."""
    while 0 < at < len(text) and not _may_part(text[at - 1], text[at], text[max(0, at - 40) : at]):
        at -= 1
    return at


def _may_part(before: str, after: str, earlier: str) -> bool:
    if before == "\u200d" or after in "\u200d\ufe0e\ufe0f" or before in _LEADING_VOWEL:
        return False
    if unicodedata.category(after) in ("Mn", "Mc", "Me") or "\U0001f3fb" <= after <= "\U0001f3ff":
        return False
    if (
        "\U000e0020" <= after <= "\U000e007f" or unicodedata.combining(before) == 9
    ):  # tags; a virama joins
        return False
    if after in "าำะຳາະ" or ("\u1160" <= after <= "\u11ff"):
        return False
    if _is_regional(before) and _is_regional(after):
        flags = len(earlier) - len(earlier.rstrip("".join(map(chr, range(0x1F1E6, 0x1F200)))))
        return flags % 2 == 0
    return True


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
