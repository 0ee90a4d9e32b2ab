"""Reads a number as people write it, and finds it beside what it counts: "part two", "2ª parte"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from digest.editing.lexicon import entries, lines
from digest.lazy import regex


def _listed(name: str) -> dict[str, int]:
    return {word: n for row in reversed(lines(name)) for n, word in enumerate(row.split(), 1)}


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of some words; a first letter without `re.I` is tried quickest."""
    begun = itertools.groupby(sorted(words), key=lambda word: word[0])
    rests = ((first, "|".join(word[1:] for word in group)) for first, group in begun)
    return "|".join(f"(?-i:[{first}{first.upper()}])(?:{rest})" for first, rest in rests)


def _composed(tens: str, units: str) -> dict[str, int]:
    """Return numerals that put units behind tens, by what they write."""
    both = [enumerate(["", *digits.split()]) for digits in (tens, units)]
    ones = list(both[1])
    return {f"{ten}{one}": 10 * a + b for a, ten in both[0] for b, one in ones}


_WORDS, _NTH = _listed("cardinals"), _listed("ordinals")
_TEN, _TENTH = ({word: 10 * n for word, n in _listed(name).items()} for name in ("tens", "tenths"))
_ROMAN = _composed("X XX XXX", "I II III IV V VI VII VIII IX")
_CJK = _composed("十 二十 三十 四十 五十 六十 七十 八十 九十", "一 二 三 四 五 六 七 八 九")
_CIRCLED = {chr(0x245F + n): n for n in range(1, 21)}
_DIGITS, YEAR = regex(r"\d{1,4}(?!\d)"), regex(r"(?:19|20)\d\d")
_NUMBERS = {**_CIRCLED, **_ROMAN, **_CJK, **_TEN, **_TENTH, **_NTH, **_WORDS}


def _worded(*words: str) -> str:
    """Return a pattern for numbers in words, "three" or "thirty-three"."""
    return rf"(?:(?:(?:{_any_of((*_TEN, *_TENTH))})[-\s])?(?:{_any_of(words)})\b)"


CARDINAL = rf"(?:\d{{1,4}}(?!\w)|[XVI]{{1,7}}\b|{_worded(*_WORDS, *_TEN)})"
"""A pattern for a cardinal, matched without case; `number` refuses small Roman letters."""

_NTH_WORD = _worded(*_NTH, *_TENTH)
_ORDINAL = (
    r"(?:\d{1,3}(?:st|nd|rd|th|ère|ere|er|ème|eme|e|ª|º|°|a|o|te|ter|\.)?(?=\s)"
    rf"|{_NTH_WORD})"
)
_ORDINAL_AT_ALL = regex(r"\d\S{0,3}\s")  # as all of these in digits stand

_ALL_NOUNS = entries("parts") | entries("nouns")
_PARTS, _NOUNS = _any_of(entries("parts")), _any_of(_ALL_NOUNS)
PART_WORDS = frozenset(("series", *entries("parts")))
"""Words that name parts."""

_LAST = "final|last|concluding"
_ORDINALS = frozenset((*_NTH, *_TENTH, *_LAST.split("|")))
_WORD = regex(r"[^\W\d_]+")
_NOUN_WORDS = frozenset(("№", *_WORD.findall(" ".join(_ALL_NOUNS).casefold())))
_SPELT = frozenset((*_WORDS, *_TEN, *map(str.casefold, _ROMAN)))

_FIRST_DIGIT = r"(?<=\d)(?<!\d\d)(?!\d{4})"  # a number of more than four digits counts nothing
_COUNTS, COUNTED = (
    regex(rf"[\dIVX(\[（](?:{_FIRST_DIGIT}|(?<=[(\[（])|(?<=\b[IVX])[IVX]{{0,6}}\b)"),
    regex(
        rf"[\dIVX一二三四五六七八九十pPtT](?:{_FIRST_DIGIT}|(?<=[一二三四五六七八九十])"
        r"|(?<=\b[IVX])[IVX]{0,3}\b|(?i:(?<=\bp)art(?:i?e)?|(?<=\bt)eil)\s)"
    ),
)
"""Patterns for what only titles with numbers hold: to read one, and to learn from thousands.

They begin with all the signs that may come first, which are found fastest so.
"""

_LISTED, DAY = (
    regex(r",\s*(?:and\s+)?(?:[^\W\d_]+[-\s])?\d"),
    regex(r"[(\[（]\d{1,2}/(\d{1,2})[)\]）]"),
)
"""Patterns for a number after which others follow, "Shed-252, Shed-255 and …", and for "(8/20)"."""

# "part two", "Episode 12 of 30", ", week 4:", "No. 42:"; "#41", "Podcast#5"; "(3/5)", "2 of 3";
# "S2E5", "T1W3", "This week 123", "v12", "Sheds (3)", "Sheds – 3", "The Shed IV: rain", "12. Sheds"
_NOUN = (
    rf"(?<![\w-])(?<!\bthe\s)(?<!\bthis\s)(?P<noun>{_NOUNS}|[st]\d{{1,2}}(?=[ew]\d))(?:\.|[ew]|\b|(?=[\d\s]))"
    r"\s*(?:(?:no|nr|n°|número|number|issue)\.?\s*)?[#:-]?\s*"
)
_NUMBER, _PLAIN_NUMBER = (
    regex(
        # Within a word and before a blank nothing of these begins: only that is asked there.
        rf"(?!\B[^\W\d])(?=[\w#№])(?:{noun}|(?P<hash>(?<![\w&])\#\s?|(?<!&)\#(?=\d))"
        r"|(?:^|(?<=[\s(\[（])|(?<=[^\W\d_]-)|(?<=\s[–—]))(?:v(?=\d)|(?<=[(\[])[ye]\s)?(?=\w)|(?-i:(?<=[A-Z]{3}))(?=\d)|(?=\d)(?<=[ぁ-鿿]))"
        rf"(?P<part>{CARDINAL})(?![\w%]|\.\w)"
        rf"(?:\s*(?P<of>of|von|de|sur|di|av|/|out of)\s*(?P<total>{CARDINAL}))?",
        re.I,
    )
    for noun in (_NOUN, r"(?<!\w)(?P<noun>[st]\d{1,2})[ew](?=\d)")
)
"""Patterns for a number that may count a part, with its noun, sign or total; the plain one knows
no nouns, and is quicker."""
_SIGN = 2  # characters that may stand before such a plain number's digits: "# 5"

ENDED = regex(r"(?=\s*(?:$|by\s|[)\]）:：–—|•·~,，、!?;/“\"(\[]|\.(?!\d)|-\s|\s-))")
"""A pattern for the end of such a number."""

_OF = regex(r"\s+(?:of|von|de[rs]?|di|da|do|du)\s")  # "Episode nine of Shed Radio"

# How a number stands in a title: what is before it, a letter for how it is written, and what ends
# it (x: nothing). P part 2, N week 2, M no. 2, F 3/5, Y 8/20, O 2 of 3, H #2, D 2, R IV, V a sign.
_BEHIND, _IN, _OUT = r".*(?:[,:–—|•·~.]|\s-)\s*", r".*[(\[（]\s*", r"[)\]）]"
# "Sheds, week 4", "No. 42: Sheds"; "Sheds #4", but "a key of PKCS#11". At a title's start "3 of 4"
# are people, behind a comma "4/17" is a day.
_FORM = regex(
    rf"(?P<sure>.*<P>[^x]?|{_BEHIND}(?<=..)<[NMO]>[^x]?|..+<M>[:,–—|)-]?|.+\s<H>[^x]?|<F>[^x]?"
    rf"|{_IN}<[FOR]>{_OUT}|.*,\s*<[RV]>[^x]?)"
    rf"|(?P<part>.*<[PNMH]>.?|.*<[FY]>[^x]?|.+<O>[^x]?|.+<[RV]>[^x]?|{_IN}<D>{_OUT}|{_BEHIND}<D>)"
    r"|(?P<bare>.*<D>[^x]?)|(?P<loose>.*\w\s*<D>x)"
)

# "second instalment", "2ª parte", "the third in our series"; "the final part"
_NTH_PART = regex(
    r"(?:(?<!\w)(?:(?:the|la|le|il|der|die|de)\s+)?"
    rf"(?P<part>{_ORDINAL})|(?:[:–—|,]|\s-)\s*(?:the\s+)?(?:{_LAST}))\s+"
    rf"(?:(?:{_PARTS}){ENDED.pattern}|(?:\w+\s+)?in\s+(?:our|a|the|this|my)\s+series\b)",
    re.I,
)
# "Third meeting of the shed", which is a part if it runs
NTH_FIRST = regex(
    rf"(?:on\s+)?(?:the\s+)?(?P<part>\d{{1,3}}(?:st|nd|rd|th|ª|º|°)(?=\s)|{_NTH_WORD})\s+", re.I
)
# "第2回", "その三", "제3회", "الجزء الثاني", "（上）", "（十二）", "笔记之二：", "系列三", "系列3",
# " 篇三", "笔记①", and "花园一：" if it runs.
# "第一版", "第三空间" and "最好的书之一" are none: a part is called so, or no word follows.
COUNTER = regex(
    r"(?:第|その|제|الجزء\s|الحلقة\s|[（(](?=[上中下]篇?[)）]\s*(?:$|[:：])|[一二三四五六七八九十]{1,3}[)）])"
    r"|(?:(?<!分)之(?!一[\s”’」』]*$)|(?<=系列)|(?<=\W)篇)(?=[一二三四五六七八九十])|(?:(?<=\w)|^)(?=[①-⑳])|(?<=\w\s)(?=[①-⑳]\s*(?:$|[:：]))"
    r"|(?<=系列)(?=\d)|(?P<bare>(?<=[㐀-鿿])(?=[一二三四五六七八九十]{1,3}[:：])))"
    r"\s*(?P<part>[①-⑳]|\d{1,4}|[一二三四五六七八九十]{1,3}|[上中下]|\w+)"
    r"(?:(?<=[①-⑳])|\s*(?:[回话話期号號集章讲講课課辑輯弹회화편]|部分)|[部篇卷]?(?=\W|$))"
)
"""Patterns for an ordinal part, and for numbers in Chinese, Japanese, Korean and Arabic."""


def numbers_in(title: str, words: Collection[str]) -> Iterator[re.Match[str]]:
    """Yield what may be numbers in a title of these words in small letters, with their nouns."""
    has_noun, is_spelt = not _NOUN_WORDS.isdisjoint(words), not _SPELT.isdisjoint(words)
    digit = _COUNTS.search(title)
    if not (digit or (has_noun and is_spelt)):
        return
    # Both patterns are slow: without a number in words they are tried only where digits begin.
    start = max(0, digit.start() - _SIGN) if digit and not (has_noun or is_spelt) else 0
    for found in (_NUMBER if has_noun else _PLAIN_NUMBER).finditer(title, start):
        yield found
        # Behind the last digit there is nothing more to be found.
        if not is_spelt and not _COUNTS.search(title, found.end()):
            return


def may_run(title: str) -> bool:
    """Say whether a title may have a number that runs: in words, only beside what it counts."""
    if COUNTED.search(title) or NTH_FIRST.match(title):
        return True
    words = _WORD.findall(title.casefold())
    return not (_SPELT.isdisjoint(words) or _NOUN_WORDS.isdisjoint(words))


def nths_in(title: str, words: Collection[str]) -> Iterable[re.Match[str]]:
    """Return the ordinals in a title of these words that are a part's: "second instalment"."""
    if PART_WORDS.isdisjoint(words):
        return ()
    # The pattern is slow, too.
    may_hold = not _ORDINALS.isdisjoint(words) or _ORDINAL_AT_ALL.search(title)
    return _NTH_PART.finditer(title) if may_hold else ()


def is_listed(before: str, after: str) -> bool:
    """Say whether a number between these words follows a month or year, or leads a list."""
    last = before.rstrip(" .-").replace("-", " ").rpartition(" ")[2].casefold()
    is_dated = last in entries("months") or YEAR.fullmatch(last)
    return bool(is_dated or _LISTED.match(after))


def end(letter: str, after: str) -> str:
    """Return the sign that ends a number written as a letter tells, "x" where words follow."""
    is_bound = letter == "P" and _OF.match(after)
    return after.lstrip()[:1] if is_bound or ENDED.match(after) else "x"


@lru_cache(maxsize=1024)  # the same few forms come again and again, and so do numbers
def form(written: str) -> str:
    """Return how sure a form is: "sure", "part", "bare", "loose", or nothing where it is none."""
    found = _FORM.fullmatch(written)
    return (found and found.lastgroup) or ""


@lru_cache(maxsize=1024)
def number(text: str) -> int | None:
    """Return the number a word writes, 0 to 9999, or None.

    >>> [number(text) for text in ("2", "XIV", "two", "vi", "0", "second", "3rd", "十二", "IIII")]
    [2, 14, 2, None, 0, 2, 3, 12, None]
    >>> number("Thirty-third")
    33
    """
    if digits := _DIGITS.match(text):
        return int(digits[0])
    tens, *ones = re.split(r"[-\s]", text.casefold())
    ten = (_TEN | _TENTH).get(tens, 0) if ones else 0
    one = _NUMBERS.get(text) or _NUMBERS.get((ones or [tens])[-1]) or 0
    return ten + one if one and len(ones) == bool(ten) else None
