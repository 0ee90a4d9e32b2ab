"""Words: what an editor forgot to write, or to write anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from digest.checking.case import Case, shortened
from digest.checking.facts import days, lexicon
from digest.checking.parsing import fold
from digest.checking.rule import Fault, Rule
from digest.checking.rules.inbox import told_preheader, told_subject
from digest.lazy import regex

# A sign, then years ("© 2019-2025"), or a name and a year ("© The Lamplighters, 2025"). A span that
# is open ("© 2019–") ends today, and what stands after "Photo:" is a credit of its day.
_COPYRIGHT: Final = regex(
    r"(?:©|\(c\)|&copy;|copyright)\s*(?:©\s*|\(c\)\s*)?(?P<name>(?:by\s+)?[^\d©.:|]{0,60}?[ ,])??"
    r"(?:(?:19|20)\d\d\s*[-–—]\s*)?(?P<year>(?:19|20)\d\d)(?!\s*[-–—])(?!\d)"
    r"(?:/(?P<more>\d\d)\b)?",
    re.IGNORECASE,
)
_CREDIT: Final = regex(
    r"\b(?:photo\w*|fotos?|picture|image|imagen|illustration|drawing|bild\w*|credit|crédit|cover)\b"
    r"[^.]{0,30}$",
    re.IGNORECASE,
)
_FOOT_TEXTS: Final = 12  # so many of the last texts may be the foot


def copyright_year(case: Case) -> Iterator[Fault]:
    """Let the year beside © be this one.

    Last year's says that nobody has looked at the foot since (practice: no standard asks for it).
    """
    this = _today(case)
    foot = {text.start for text in case.seen[-_FOOT_TEXTS:]}
    for text in case.seen if this else ():
        found = _COPYRIGHT.search(text.value)
        if found is None or _CREDIT.search(text.value[: found.start()]):
            continue
        is_credit = bool((found["name"] or "").strip()) and text.start not in foot
        year = int(found["year"][:2] + (found["more"] or found["year"][2:]))
        if this and year < this.year and not is_credit:
            yield Fault(
                message=f'"{fold(found[0])}" in {this.year}',
                fix=f"Write {this.year}",
                at=text.start,
            )


def _today(case: Case) -> date | None:
    return case.issue.dated if case.issue else case.context.today


def placeholder(case: Case) -> Iterator[Fault]:
    """Leave no placeholder behind.

    "TK", "TODO" and "Lorem ipsum" are notes to yourself (practice: no standard asks for it).
    """
    for text in case.seen:
        if found := lexicon.PLACEHOLDER.search(text.value):
            yield Fault(
                message=f'"{shortened(found[0])}" still stands there',
                fix="Write what belongs there",
                at=text.start,
            )
    for what, words in (
        ("subject", told_subject(case) or ""),
        ("preheader", (told_preheader(case) or ("", 0))[0]),
    ):
        if found := lexicon.PLACEHOLDER.search(words):
            yield Fault(
                message=f'"{shortened(found[0])}" still stands in the {what}',
                fix="Write it",
                place=what,
            )


def attached(case: Case) -> Iterator[Fault]:
    """Say "attached" only of what is attached.

    A newsletter's service attaches nothing (practice: Gmail asks who writes a mail the same).
    """
    if case.message and any(part.disposition == "attachment" for part in case.message.parts):
        return
    for text in case.seen:
        if found := lexicon.ATTACHED.search(text.value):
            yield Fault(
                message=f'"{fold(found[0])}", but nothing is attached',
                fix="Link to the file",
                at=text.start,
            )


def dates(case: Case) -> Iterator[Fault]:
    """Announce no day that is over, and give each day its own name.

    "Register by 3 October" in a letter of November, or a Monday that is a Tuesday: copied from the
    last issue (practice: no standard asks for it).
    """
    this = _today(case)
    if this is None:
        return
    for text in case.seen:
        for found in days.DATE.finditer(text.value) if re.search(r"\d", text.value) else ():
            message = _date_fault(found, text.value[: found.start()], this)
            if message:
                yield Fault(message=message, fix="Look at it again", at=text.start)


def _date_fault(found: re.Match[str], before: str, this: date) -> str:
    month = days.MONTHS[(found[3] or found[4]).casefold()]
    year = int(found[6]) if found[6] else this.year
    try:
        told = date(year, month, int(found[2] or found[5]))
    except ValueError:
        return f'"{fold(found[0])}" is no day'
    named = days.DAYS.get((found[1] or "").casefold())
    if named is not None and found[6] and told.weekday() != named:
        return f'"{fold(found[0])}" is no {found[1]}'
    is_long_ago = not found[6] and (this - told).days > 150  # of next year, more likely
    if told < this and not is_long_ago and days.TO_COME.search(before):
        return f'"{fold(found[0])}" is over'
    return ""


FAMILY: Final = "words"
RULES: Final = (
    Rule("COPYRIGHT-YEAR", FAMILY, "warning", copyright_year),
    Rule("PLACEHOLDER", FAMILY, "warning", placeholder),
    Rule("ATTACH-SAID", FAMILY, "information", attached),
    Rule("DATE-SANITY", FAMILY, "information", dates),
)
