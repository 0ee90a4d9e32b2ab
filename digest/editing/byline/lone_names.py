"""Weighs a name that stands alone after a title: its author's, or its subject's.

After a full stop or a bar the name has to be well known as one, or the text has to confirm it;
after a dash the text must be told by that person, since a subject stands there as often. This room
owns the traps: "Meet the team. …", "Our new chair. …", "St. Mary", "by Ing. …". It takes nothing
out; `attribution` does.
"""

from __future__ import annotations

import re
from itertools import islice

from digest.editing.byline.accounts import is_staff, keyed_name
from digest.editing.byline.names import KNOWN, LIKELY, People, people, plain
from digest.editing.byline.voices import (
    begins_of_another,
    is_named_author,
    is_silent_on,
    is_told_by,
    is_told_in_person,
    mentions,
)
from digest.editing.lexicon import entries, fold, has_any

_MAX_PRESENTATION = 5  # words
_NEWS = 200  # characters in which news has named whom it is about
_SUBJECT = re.compile(
    r"(?:^|[.!?:|–—]\s+)['“\"‘]?(?:(?:meet|introducing|welcom(?:e|ing)|remembering"
    r"|in (?:loving )?memor(?:y|iam)"
    r"|obituary|(?:a |our )?tribute|farewell|goodbye|thank(?:s| you)(?=$|[,!]| (?:to|and|for)\b)"
    r"|congratulations|portrait of"
    r"|who (?:is|was|were)"
    r"|(?:an? )?(?:interview|conversation|chat) with|in conversation|q ?& ?a|celebrating the life"
    r"|happy birthday"
    r"|announcing|my (?:hero|heroine|inspiration)|on this day|rest in peace|rip|(?:people|faces"
    r"|humans) of|appointed"
    r"|new (?:chair|president|director|trustee|member|patron|ceo)|starring|featuring|presenting|\d+ questions"
    r"|(?:person|employee|nurse|volunteer|artist|author|member|woman|scientist|poet|writer) of (?:the|this)"
    r"|(?:five|ten) (?:minutes|questions))\b[^.?!|]*"
    r"|(?:[^.?!:|–—\s]+ ){0,2}(?:interview|profile|spotlight|biography|hero(?:es|ine)?|pioneers?"
    r"|winners?|nominees?)|.{0,80}\b(?:panel|panell?ists?|speakers?|keynotes?|webinar|award|medal|prize|fellows?|finalists?"
    r"|shortlist|lecturer|laureates?|newcomers?|recruits?|appointments?|obituaries))$"
    r"|\b(?:sculptor|painter|poet|composer|novelist|playwright|explorer|inventor|suffragette|potter)(?:[’']s)?\b",
    re.I,
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:st|mr|mrs|ms|dr|prof|rev|revd|vs|v|no|vol|mt|ft|sr|jr|capt|lt|col|gen|hon|sgt|fr|cf|ca|inc|ltd|pt|approx|ed|eds|al|fig|hr|fru)"
    r"|(?:\bdr\.?|\brer\.|\bmed\.|\bphil\.)\s(?:med|phil|rer|nat|habil|jur|theol)|\.-ing|\b[^\W\d_])\.$",
    re.I,
)
_LEADS_ON = re.compile(
    r"\b(?:with|on|to|of|for|from|about|and|meet|is|with:|spotlight)\s*(?:\.\.\.|…|:)?$", re.I
)
_ABOUT_WORKS = re.compile(
    r"\b(?:quote|quotation|poem|song|book|film|thought|word|object|photo|picture|painting)s?"
    r" (?:of|for) (?:the|this)\b"
    r"|\b(?:play|reading |book |short)lists?$|\bbibliography$",
    re.I,
)
_COLUMN = re.compile(
    r"\b(?:day|week|month|year|story|stories|study|studies|legends?|greats?|anniversary|centenary|birthday)$",
    re.I,
)
_PARTING = re.compile(r"(?:goodbye|farewell|thank(?:s| you))\b", re.I)
_STOP = re.compile(r"[.?!…]['’”\")]?\s+(?=\S)")
_BAR = re.compile(r"\s*[|｜]\s*")
_SHORT_TITLE = re.compile(r"(?:\b(?:by|and)|[–—|,&-])\s[^\W\d_a-z][^\W\d_A-Z]{1,4}\.$")  # "by Ing."
_DASHES = (" – ", " — ", " - ")
_DASH = re.compile(r"\s[–—-]\s+(?=\S)")
_OTHER_LANGUAGE = re.compile(
    r"\b(?:der|die|das|und|ein|eine|im|ist|für|mit|zum|zur|le|les|des|une|du|pour|avec|dans|sur|et|el|los|las|una|del|para|con"
    r"|il|gli|nel|della|che|het|een|voor|och|för|att|och|os|uma|na|y|yn|yr|dem|den|nach|aus|vom|beim|ohne)\b",
    re.I,
)


def lone_name(
    text: str, known: frozenset[str], *, has_author: bool, summary: str, staff: frozenset[str]
) -> tuple[str, People] | None:
    """Return a title without the name alone at its end, and whom it names, if they are its authors.

    The arguments are those of `attribution.find`.
    """
    marks = [*islice(_STOP.finditer(text), 8), *list(_BAR.finditer(text))[-3:]]
    for mark in marks:
        head, tail = text[: mark.end()].rstrip(), text[mark.end() :].strip()
        bar = "|" in mark[0] or "｜" in mark[0]
        head = text[: mark.start()].rstrip() if bar else head
        if not tail or len(tail) > 200 or (not bar and _is_abbreviated(head)):
            continue
        if bar and is_staff(tail, staff) and keyed_name(tail) in staff:
            return head, People(names=(tail,), least=KNOWN, most=KNOWN)
        found = people(tail, roles=True)
        if found and _stands_alone(head, found, known, has_author=has_author, summary=summary):
            if tail != found.names[0] and "," in tail and _is_portrait(found.names, summary):
                continue
            return head, found
    return _after_dash(text, summary) if not has_author and has_any(text, _DASHES) else None


def _is_abbreviated(head: str) -> bool:
    """Say whether the full stop at the end belongs to a word: "St.", "Engr.", "A."."""
    if head[-1:] != ".":
        return False
    last = head.rpartition(" ")[2]
    return bool(_ABBREVIATED.search(head[-12:]) or _SHORT_TITLE.search(head[-12:])) or (
        last[0].isupper() and last[:-1].casefold() in entries("honorifics")
    )


def _is_portrait(names: tuple[str, ...], summary: str) -> bool:
    """Say whether a text speaks of the one person named with a profession: "Ada Moss, pilot"."""
    return len(names) == 1 and begins_of_another(summary)


def _after_dash(text: str, summary: str) -> tuple[str, People] | None:
    """Find "Title – A B" where the text is no portrait of A B: a name there may as well be the subject's.

    Told in person, it is the author's. A text that never comes to speak of a person so named is by
    them, the more so the better the name is known as one; "Why I ring the bell – Desmond" says "I"
    itself.
    """
    marks = list(_DASH.finditer(text))[-1:]
    tail = text[marks[0].end() :].strip() if marks else ""
    if not tail or len(tail) > 200 or not summary:
        return None
    found = people(tail, roles=True)
    head = text[: marks[0].start()].rstrip() if marks else ""
    if (
        found is None
        or is_subject(head)
        or _ABOUT_WORKS.search(head)
        or not re.search(r"[^\W\d_]{2}", head)
    ):
        return None
    if any(is_figure(name) for name in found.names):
        return None
    if found.least < LIKELY:
        is_own = " " not in tail and is_told_in_person(head) and is_told_by(found.names, summary)
        return (head, found) if is_own else None
    if is_told_by(found.names, summary):
        return head, found
    may_be_silent = not _COLUMN.search(head) and not any(
        _ends_as_site(name) for name in found.names
    )
    if may_be_silent and is_silent_on(found.names, summary, is_known=found.least >= KNOWN):
        return head, found
    return None


def _ends_as_site(name: str) -> bool:
    """Say whether a name may be a house's or a park's: "Rowan Hall"."""
    return fold(name.rpartition(" ")[2]) in entries("sites")


def is_figure(name: str) -> bool:
    """Say whether a name is one that posts are about: "Florence Nightingale"."""
    return plain(name) in entries("figures")


def is_subject(head: str) -> bool:
    """Say whether a title presents somebody ("Meet …", "Our Chair"): a name after it is no author's."""
    if _LEADS_ON.search(head):
        return True
    head = head.rstrip(" .?!…")
    words = head.casefold().split()
    is_role = bool(words) and words[-1] in entries("roles")
    if words[:1] in (["our"], ["your"]) and (len(words) == 2 or (is_role and len(words) <= 4)):
        return True
    found = _SUBJECT.search(head)
    # "Meet the team" presents somebody; "Meet them where they are" does not.
    return found is not None and (is_role or len(found[0].split()) <= _MAX_PRESENTATION)


def _parts(head: str, found: People, summary: str) -> bool:
    """Say whether who says goodbye or thanks is the one named: told in person, that name unsaid."""
    if found.least < KNOWN or len(found.names) > 1 or not _PARTING.match(head):
        return False
    return is_told_in_person(summary[:200]) and is_told_by(found.names, summary)


def _stands_alone(
    head: str, found: People, known: frozenset[str], *, has_author: bool, summary: str
) -> bool:
    """Say whether people named after a title's end are its authors, not its subject."""
    if not re.search(r"[^\W\d_]{2}", head) or (
        is_subject(head) and not _parts(head, found, summary)
    ):
        return False
    if all(plain(n) in known for n in found.names):
        return True
    if any(" " not in n and n.isascii() for n in found.names):
        return False
    if is_named_author(found.names, summary):
        return True
    if any(is_figure(name) for name in found.names):
        return False
    doubtful = has_author or head.endswith(("?", "!")) or bool(_OTHER_LANGUAGE.search(head))
    if doubtful and not has_author and found.least == LIKELY:
        return is_told_by(found.names, summary) or is_silent_on(found.names, summary)
    if (
        head.endswith(("?", "!"))
        and mentions(found.names, summary[:_NEWS])
        and not is_told_in_person(summary)
    ):
        return False  # "Winner announced! A B": the text is about A B
    return found.least >= (KNOWN if doubtful else LIKELY)
