"""Weighs a name that stands alone after a title: its author's, or its subject's.

After a full stop or a bar the name has to be well known as one, or the text has to confirm it; after a dash
the text must be told by that person, since a subject stands there as often. This room owns the traps:
"Meet the team. …", "Our new chair. …", "St. Mary", "by Ing. …". It takes nothing out; `attribution` does.
"""

from __future__ import annotations

import re
from itertools import islice

from digest.editing.accounts import is_staff, keyed_name
from digest.editing.lexicon import entries, has_any
from digest.editing.names import KNOWN, LIKELY, People, people, plain

_MAX_PRESENTATION = 5  # words
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
    r"|winners?|nominees?))$"
    r"|\b(?:sculptor|painter|poet|composer|novelist|playwright|explorer|inventor|suffragette|potter)(?:[’']s)?\b",
    re.I,
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:st|mr|mrs|ms|dr|prof|rev|revd|vs|v|no|vol|mt|ft|sr|jr|capt|lt|col|gen|hon|sgt|fr|cf|ca|inc|ltd|pt|approx|ed|eds|al|fig|hr|fru)"
    r"|(?:\bdr\.?|\brer\.|\bmed\.|\bphil\.)\s(?:med|phil|rer|nat|habil|jur|theol)|\.-ing|\b[^\W\d_])\.$",
    re.I,
)
_STOP = re.compile(r"[.?!…]['’”\")]?\s+(?=\S)")
_BAR = re.compile(r"\s*[|｜]\s*")
_BY_SHORT = re.compile(r"\bby\s[^\W\d_a-z][^\W\d_A-Z]{1,4}\.$")  # "by Ing." ends no title
_DASHES = (" – ", " — ", " - ")
_DASH = re.compile(r"\s[–—-]\s+(?=\S)")
_OF_ONESELF = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Mm]yself)\b(?!\.)")
_OF_OURSELVES = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s)\b")
_OF_ANOTHER = re.compile(r"(?:^|[.!?]\s+)(?:She|He|Her|His)\b")
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
    return bool(_ABBREVIATED.search(head[-12:]) or _BY_SHORT.search(head[-10:])) or (
        last[0].isupper() and last[:-1].casefold() in entries("honorifics")
    )


def _is_portrait(names: tuple[str, ...], summary: str) -> bool:
    """Say whether a text speaks of the one person named with a profession: "Ada Moss, pilot"."""
    start = summary[:300]
    return len(names) == 1 and bool(_OF_ANOTHER.match(start)) and not _OF_ONESELF.search(start)


def _after_dash(text: str, summary: str) -> tuple[str, People] | None:
    """Find "Title – A B" where the text is told by A B: a name there may as well be the subject's."""
    marks = list(_DASH.finditer(text))[-1:]
    tail = text[marks[0].end() :].strip() if marks else ""
    if not tail or len(tail) > 200 or not summary:
        return None
    found = people(tail, roles=True)
    if found is None or found.least < LIKELY:
        return None
    head = text[: marks[0].start()].rstrip()
    if is_subject(head) or not re.search(r"[^\W\d_]{2}", head) or not _tell_it(found.names, summary):
        return None
    return head, found


def _tell_it(names: tuple[str, ...], summary: str) -> bool:
    """Say whether a text's first sentences are told by people, rather than of them."""
    start = summary[:600]
    if any(n.rpartition(" ")[2] in start for n in names):
        return _by_names(summary, names)
    told = _OF_ONESELF.search(start) or (_OF_OURSELVES.search(start) if len(names) > 1 else None)
    another = _OF_ANOTHER.search(start)
    return told is not None and (another is None or told.start() < another.start())


def is_subject(head: str) -> bool:
    """Say whether a title presents somebody ("Meet …", "Our Chair"): a name after it is no author's."""
    head = head.rstrip(" .?!…")
    words = head.casefold().split()
    is_role = bool(words) and words[-1] in entries("roles")
    if words[:1] in (["our"], ["your"]) and (len(words) == 2 or (is_role and len(words) <= 4)):
        return True
    found = _SUBJECT.search(head)
    # "Meet the team" presents somebody; "Meet them where they are" does not.
    return found is not None and (is_role or len(found[0].split()) <= _MAX_PRESENTATION)


def _stands_alone(head: str, found: People, known: frozenset[str], *, has_author: bool, summary: str) -> bool:
    """Say whether people named after a title's end are its authors, not its subject."""
    if is_subject(head) or not re.search(r"[^\W\d_]{2}", head):
        return False
    if all(plain(n) in known for n in found.names):
        return True
    if any(" " not in n and n.isascii() for n in found.names):
        return False
    if _by_names(summary, found.names):
        return True
    told = not has_author and found.least >= LIKELY and _tell_it(found.names, summary)
    doubtful = has_author or head.endswith(("?", "!")) or bool(_OTHER_LANGUAGE.search(head))
    if doubtful and told:
        return True
    return found.least >= (KNOWN if doubtful else LIKELY)


def _by_names(summary: str, names: tuple[str, ...]) -> bool:
    """Say whether the text's first words name these people as its authors."""
    start = summary[:200]
    return any(f"by {name}" in start or f"By {name}" in start or f"I am {name}" in start for name in names)
