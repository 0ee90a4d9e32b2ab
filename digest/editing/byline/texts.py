"""Finds in a text who has written it: "By N", "A guest post by N, who …", "About the author".

Words about the text itself lead to people. Kinds of words are known (`lexicon/crediting`), but no
sentences: each blog has its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice, takewhile
from typing import NamedTuple

from digest.editing.byline.people import LISTED, SHAPED, SINGLE, People, people, plain, whoever
from digest.editing.byline.shapes import TEXT_ANY
from digest.editing.lexicon import crediting, naming, signing
from digest.editing.lexicon.crediting import BARE, NEW, SAID, WEAK, WHOLE, unnoted

_BARE_LINES, _SAID_LINES, _LAST_LINES = 4, 10, 12
_MAX_LINE, _MAX_LAST, _MAX_HEAD, _MAX_DAY = 400, 950, 240, 40  # characters; a day begins a text
_MAX_ROLE, _MOST_WORDS, _MAX_FRAME = 9, 8, 80  # of words that may be a blog's own, and characters
PORTRAIT, SIGNED, HEADED, ENDED = EDGES = "N is …", "— N", "N …", "… N"
"""How texts present, sign or just name who wrote them; there may stand "Santa Fe, 5 June", too."""

_HANDLE = "handle"  # the kind of a sign, to which a handle may be led
_SURE = (SAID, _HANDLE)
_Marks = Callable[[str], Iterable[re.Match[str]]]
_LABELS = {"author": SAID, "label": WHOLE, "sign": _HANDLE}


class Head(NamedTuple):
    """Hold what leads to a name: how surely, its words, where it ends, and if a line begins so."""

    kind: str
    frame: str
    end: int
    is_first: bool


def opening(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the byline that a text begins with, and whom it names."""
    _, end, names = next((c for c in _credits(text) if c[0].is_first), (None, 0, ()))
    return text[:end].rstrip(" –—|"), names


def frames(opening: str, ending: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what a blog may say again and again at texts' edges: "Courtesy by N", and of whom."""
    for line in (*opening.split("\n")[:_BARE_LINES], *ending.split("\n")[-_BARE_LINES:]):
        if crediting.BYS.search(line, 0, _MAX_FRAME):
            yield from ((head.frame, names) for head, _, names in _credits(line, is_new=True))
            yield from _anybody(line[:_MAX_FRAME])
    yield HEADED, _whose([crediting.FIRST.match(opening)])
    if ending:  # A single one of these says nothing, but many blogs end all texts so.
        yield SIGNED, _signed(ending.split("\n")[-_BARE_LINES:], crediting.ANY_GREETING.finditer)
        yield SIGNED, _signed(ending.split("\n"), crediting.SIGNATURE.finditer)
        yield SIGNED, _whose([crediting.SIGNED.search(ending)], SINGLE)
        shown = chain(crediting.ABOUT.finditer(ending), crediting.THANKED.finditer(ending))
        yield PORTRAIT, presented("", ending) or _whose(shown)
        yield ENDED, _whose(crediting.LAST.finditer(ending))


def _anybody(line: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield whoever is told to have written a text, a nickname, too: "Article by mossy"."""
    heads = (head for head in _heads(line) if head.kind in (SAID, WHOLE, BARE))
    yield from ((TEXT_ANY, who.names) for head in heads if (who := whoever(line[head.end :])))


def first_named(text: str, *, is_alone: bool) -> tuple[str, ...]:
    """Return whom a byline among a text's first lines names; weaker ones if it `is_alone`."""
    lines = text.split("\n", _SAID_LINES)[:_SAID_LINES]
    # No byline follows a long line.
    short = len(list(takewhile(lambda line: len(line) <= _MAX_LINE, lines)))
    writes = (crediting.WRITES, crediting.TEASED)[is_alone].fullmatch
    said = tuple(filter(crediting.VERB.search, lines[: min(short, 2)]))
    here = [t for t in map(crediting.HERE.match, said) if t and (is_alone or t["guest"])]
    named = _whose((*here, *map(writes, said)))
    return named or _told(lines, range(min(short + 1, _BARE_LINES)), is_alone=is_alone)


def last_named(text: str, declared: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return whom a byline among a text's last lines names, or who signs, with one `declared`."""
    lines = text[-_MAX_LAST:].split("\n")[-_LAST_LINES:]
    near = range(0) if declared else range(len(lines))[-_BARE_LINES:]
    if told := _told(lines, near, is_alone=not declared):
        return told
    last = lines[-_BARE_LINES - 1 :]
    signed = _signed(last, crediting.GREETING.finditer, WHOLE)
    if declared:
        return () if declared.isdisjoint(map(plain, signed)) else signed
    is_listed = getattr(people(", ".join(signed)), "grade", 0) == LISTED
    return signed if is_listed else _signed(last, crediting.offices)


def _told(lines: list[str], near: range, *, is_alone: bool) -> tuple[str, ...]:
    """Return whom a byline among some lines names; far from the edge only sentences do."""
    for number, line in enumerate(takewhile(crediting.OWN.match, lines)):
        for head, _, names in _credits("\n".join(lines[number:])) if line else ():
            if head.kind in _SURE or (number in near and (is_alone or head.kind != WEAK)):
                # What comes again names the authors of items.
                again = (other for other in lines[number + 2 :] if len(other) <= _MAX_FRAME)
                label = line[: head.end] if number else "\n"
                return () if any(other.startswith(label) for other in again) else names
    return ()


def presented(text: str, ending: str, last: int = 1) -> tuple[str, ...]:
    """Return whom a text presents in its first two or `last` lines: "Ada Moss is a gardener"."""
    lines = (*text.split("\n", 2)[:2], *ending.split("\n")[-last:])
    return _whose(map(crediting.PRESENTED.match, lines))


def _whose(lines: Iterable[re.Match[str] | None], least: int = SHAPED) -> tuple[str, ...]:
    """Return the first name among some lines if they are such ones."""
    found = (people(said["name"].strip()) for said in lines if said)
    return next((who.names for who in found if who and who.grade >= least), ())


def _signed(lines: list[str], marks: _Marks, kind: str = SAID) -> tuple[str, ...]:
    """Return whom a line among a text's last ones signs; several that begin so are a list."""
    text = "\n".join(lines[-_LAST_LINES:])
    signed = [text[found.end() :].partition("\n")[0] for found in marks(text)]
    named = (_credited(Head(kind, SIGNED, 0, True), line) for line in signed)
    return next(filter(None, named), ()) if len(signed) == 1 or kind != SAID else ()


def _credits(text: str, *, is_new: bool = False) -> Iterator[tuple[Head, int, tuple[str, ...]]]:
    """Yield a text's first line's credits, new or all others: their heads, ends, and people."""
    for head in _heads(text):
        line = text[head.end :].partition("\n")[0][:_MAX_LINE]
        is_caption = head.kind == BARE and crediting.PICTURE.search(line)
        if is_caption or is_new != (head.kind == NEW):
            continue
        for end in crediting.END.finditer(line):
            if names := _credited(head, line[: end.start()]):
                yield head, head.end + end.end(), (*names, *_below(text, head))
                break


def _below(text: str, head: Head) -> Iterator[str]:
    """Yield who stands below a label, one a line, each with what somebody is."""
    lines = text[head.end :].split("\n", _SAID_LINES)[1:] if text[head.end - 1] == "\n" else ()
    for line in takewhile(crediting.ROLE.search, lines):
        named = signing.signed(unnoted(line)) if head.kind == _HANDLE else _credited(head, line)
        if not named:
            return
        yield from named


def _credited(head: Head, line: str) -> tuple[str, ...]:
    """Return whom a byline's words name, if they name people and are no sentence about them."""
    said = unnoted(line)
    if head.kind == _HANDLE and (named := signing.signed(said)):
        return named
    is_sure, behind = head.kind in (*_SURE, WEAK), crediting.BEHIND.search(said)
    found = people(crediting.BEHIND.sub("", said).strip(' .!”"]'))
    is_apart = behind is None or "," in said[: behind.start()]  # "Jack Wells, Head of Sheds"
    if not found or found.grade < SHAPED - is_apart:
        behind, found = None, _behind_role(said, is_whole=not is_sure)
    is_home = is_apart and naming.HOME.search(said)  # "gardener at the Shed Society"
    is_more = behind and not is_home and head.kind == WHOLE
    is_sentence = not is_sure and (is_more or crediting.SENTENCE.search(said))
    return _persons(found.names, said) if found and not is_sentence else ()


def _persons(names: tuple[str, ...], said: str) -> tuple[str, ...]:
    """Return who among those that a byline names is a person."""
    parts = naming.COMMA.split(said)
    are_first = len(names) > 2 and names[-1] in ", ".join(parts[: len(names)])
    if 1 < len(names) <= len(parts) and not are_first:
        # What they are may stand between: "Nets Counsel"; least of all where all are names.
        least = SHAPED if len(names) == len(parts) else LISTED
        sure = (n for n in names if getattr(people(n), "grade", 0) >= least)
        joined = (n for n in names if crediting.JOINED.search(said.partition(n)[0]))
        names = tuple(filter({*names[:1], *sure, *joined}.__contains__, names))
    return names


def _behind_role(said: str, *, is_whole: bool) -> People | None:
    """Return the people behind what they are: "Moss University researchers A B and C D"."""
    for start in islice(crediting.NAME.finditer(said), _MAX_ROLE):
        role, named = said[: start.start()], said[start.start() :] if not start[0] else ""
        found = people((named if is_whole else crediting.BEHIND.sub("", named)).strip(' .!”"'))
        # "…, written by N", "By that N showed"; only behind (few) small words a name is sure.
        is_others = not {"W", "X"}.isdisjoint(crediting.letters(role))
        least = SHAPED if role.islower() and role.count(" ") < (9, 3)[is_whole] else LISTED
        if found and not is_others and found.grade >= least:
            return found
    return None


def _heads(text: str) -> Iterator[Head]:
    """Yield what in a text's first line leads to names, which may stand on the next."""
    width = text.find("\n") if "\n" in text else len(text)
    day = crediting.DATED.match(text) if crediting.CENTURY.search(text, 0, _MAX_DAY) else None
    labelled = filter(None, [crediting.LABELLED.match(text, day.end() if day else 0)])
    led = filter(crediting.may_lead, crediting.BYS.finditer(text, 0, _MAX_HEAD))
    for by in chain(labelled, led):
        at = by.start(by.lastgroup or "")
        if at > width:
            return
        start = before.end() if (before := crediting.SENTENCES.match(text, 0, at)) else 0
        is_first = not start or bool(crediting.NOTE.fullmatch(text, 0, start))
        said = crediting.QUOTED.sub(" ", text[start:at])
        if crediting.CENTURY.search(said):  # what was published on some day, was written
            said = crediting.DONE.sub(lambda day: " written " if day["out"] else " ", said)
        if kind := _kind(said, by, is_first=is_first):
            frame = " ".join(crediting.WORD.findall(f"{said} {by[0]} ")).casefold().capitalize()
            yield Head(kind, f"{frame} N", by.end(), is_first)


def _kind(head: str, by: re.Match[str], *, is_first: bool) -> str:
    """Return how surely the words before a name speak of the text itself, or nothing."""
    letters = crediting.letters(head)
    if by.lastgroup == "by":
        return _kind_by(by["by"].casefold(), "".join(letters), is_first=is_first)
    own = [] if by.lastgroup == "sign" else crediting.letters(by[0])
    is_odd = not crediting.ABOUT_A.match(by[0]) and ("x" in letters or "X" in (*letters, *own))
    return _LABELS[by.lastgroup or ""] if is_first and not is_odd else ""


def _kind_by(by: str, letters: str, *, is_first: bool) -> str:
    """Return the kind of a head that ends on a word for "by", told by a letter for each word."""
    if "X" in letters or crediting.OF_ANOTHER.search(letters):
        return ""
    start = crediting.BY_LETTERS.get(by, "b")
    is_new = is_first and start in "bf"[not letters :] and len(letters) < _MOST_WORDS
    form, forms = start + "^" * is_first + letters, crediting.FORMS.items()
    kind = next((kind for kind, pattern in forms if pattern.fullmatch(form)), NEW if is_new else "")
    return WEAK if kind == SAID and "O" in letters else kind  # what somebody translated
