"""Finds where in a title its author's name stands, and what the title is without it.

Each shape has its own function and asks for as much evidence that the rest is people
(`names.people`) as the shape leaves in doubt: little after "Title. By", much for a name alone after
a full stop. This room owns the traps: participles ("Led by Mary Seacole"), works ("an exhibition by
…"), subjects ("Meet the team. …"), abbreviations ("St. Mary"). It refuses to say who wins against a
declared author; `byline` does.
"""

from __future__ import annotations

import re
from itertools import islice

from digest.editing.byline.accounts import is_staff
from digest.editing.byline.lone_names import is_subject, lone_name
from digest.editing.byline.names import (
    KNOWN,
    LIKELY,
    SHAPED,
    People,
    is_body,
    is_plain_given,
    people,
    plain,
)
from digest.editing.byline.openings import without_role
from digest.editing.byline.set_apart import names_set_apart
from digest.editing.byline.voices import OF_OURSELVES, is_told_by, is_told_in_person, mentions
from digest.editing.lexicon import entries, fold, has_any
from digest.models import Value


class Found(Value, frozen=True):
    """Hold one byline or label found: the title without it, the names in it, the rule."""

    title: str
    rule: str
    names: tuple[str, ...] = ()


_LABEL_HINTS = ("guest", "gast", "invit", "convidad")
_FOREIGN_HINTS = ("von ", "par ", "por ", "di ", "door ", "av ", "af ", "gan ", "aut", "auth")
_SCRIPT_HINTS = (
    "文",
    "著",
    "筆",
    "作者",
    "寄稿",
    "글",
    "автор",
    "текст",
    "بقلم",
    "كتب",
    "מאת",
    "लेख",
    "γράφει",
)
_MARKS = (": ", ", ", ")", "]")
_STOPS = (
    " – ",
    " — ",
    " - ",
    ". ",
    "? ",
    "! ",
    "… ",
    "” ",
    '" ',
    "’ ",
    ") ",
    "|",
    "｜",
    "。",
    "？",
    "！",
)
_BY = re.compile(r"(?<![\w’'-])by(?![\w’'-])\s*:?\s*", re.I)
_FOREIGN_BY = re.compile(
    r"(?:[.?!…|,:]\s+|\s[–—-]\s|\()(?:(?:ein\s|un\s|een\s)?(?:gast(?:beitrag|artikel|blog|kommentar)|beitrag|kommentar"
    r"|text|article|billet|tribune|artículo|entrada|artigo|articolo|bijdrage)\s)?"
    r"(?:von|par|por|di|door|av|af|gan|de)\s+(?=[^\W\d_])",
    re.I,
)
_WELSH_BY = re.compile(r" gan (?=[^\W\d_a-z])")
_SCRIPT_BY = re.compile(
    r"\s*[.,:|–—(（【「〔/／・|｜。、-]?\s*(?:(?:文|著|著者|執筆|筆者|作者|撰文|寄稿|글|글쓴이)\s*[:：=＝・/／]\s*"
    r"|(?<!\w)(?:автор|текст|auteur|autor|autora|autore|author|लेखक|लेखिका|글|글쓴이)\s*[:：=＝]\s*"
    r"|(?<!\w)(?:بقلم|كتبه|كتبته|מאת)\s*:?\s*|(?<!\w)γράφει\s+(?:ο|η)\s+)",
    re.I,
)
_TRAIL = re.compile(
    r"\s*(?:[(\[](?:(?:part|pt|teil|partie|parte|blog|episode|no)\b\.?\s*)?#?\w{1,6}(?:\s*(?:of|/|von|de|sur)\s*\w{1,6})?[)\]]"
    r"|(?:\s*[,:–—|.-])\s*(?:part|pt\.?|teil|partie|parte|blog|episode)\s+\w{1,8}(?:\s+of\s+\w{1,6})?)$",
    re.I,
)
_TRAIL_NUMBER = re.compile(r"\d|\b(?:part|pt|teil|partie|parte|blog|episode|no)\b", re.I)
_LEADING_BY = re.compile(
    r"(?:(?:written|words|text|authored|contributed|(?:an?\s+)?(?:guest\s+)?(?:blog|post))\s+)?by\s+("
    r"[^:|–—]{3,80}?)\s*(?:[:|–—]|\s-\s)\s*(?=\S)",
    re.I,
)
_LABEL = re.compile(
    r"[\[(]?\s*(?:guest\s+(?:post|blog(?:\s*post)?|blogger|article|column|contribution|contributor|editorial|essay|feature"
    r"|piece|author|opinion)|guestpost|gastbeitrag|gastartikel|gastblog|article invité|billet invité"
    r"|(?:entrada|artículo) invitad[oa]|artigo convidado)(?P<by>\s+(?:by|von|par|por|from)\s+[^:"
    r"|–—\])]{3,80}?)?"
    r"\s*(?:[\])]\s*[:|–—-]?|[:|–—]|\s-\s)\s*(?=\S)",
    re.I,
)
_TOPIC = re.compile(r"\s(?:on|about|writes|argues|asks|explains|reflects|reports)\s")

# What stands before "by" and makes a byline of it whatever follows; the second group leaves with
# the byline.
_CREDIT = re.compile(
    r"(?:^|[.!?:;|–—,(]\s*|\s-\s)(?P<kind>(?:(?:an?|the|our|my)\s+)?(?:(?:guest|short|personal|book|film|exhibition|museum"
    r"|theatre|podcast|album|game|student|trainee|photo|visual)\s+)*(?P<gone>written|words|text|posted|authored|penned"
    r"|contributed|reviewed|blog(?:\s*post)?|post|article|guest)|(?:(?:an?|the|our|my)\s+)?(?:(?:guest|short|personal|book"
    r"|film|exhibition|museum|theatre|podcast|album|game|student|trainee|photo)\s+)*(?:reviews?|reflections?|essay|interview"
    r"|opinion|perspectives?|commentary|column|editorial|viewpoint|view|report|story|poem|letter|diary|response|comment|tribute|obituary))$",
    re.I,
)
_STRONG_END = re.compile(r"(?:[.!?…。？！:;|｜–—,(（]|\s-|^)['’”\")]?\s*$")
_QUOTED_WORK = re.compile(r"[“\"‘'«„*_]([^“”\"«»]{2,120})[”\"’'»*_]\s*,?\s*$")
_REVIEWED = re.compile(
    r"\b(?:(?:book|film|theatre|play|album|podcast|exhibition)\s+(?:review|club|group|of the (?:week"
    r"|month|year)|recommendation)"
    r"|reviewed?|reviewing|(?:we[’']re|we are|i[’']m|currently|recommended|summer|what i[’']m"
    r"|what we[’']re)\s+read(?:ing|s)?|read|reread|book"
    r"|novel|rezension|reseña|recension|shelf)\b",
    re.I,
)
_NOUNS_IN_ED = {
    "bed",
    "seed",
    "need",
    "speed",
    "feed",
    "weed",
    "shed",
    "red",
    "hundred",
    "reed",
    "breed",
    "deed",
    "creed",
}
_TOPIC_HEAD = re.compile(r"(?:[^\W\d_]+ing|how|why|what|when|where|who|on|towards?|beyond)\s", re.I)
_ABSTRACT = {
    "work",
    "art",
    "design",
    "music",
    "poetry",
    "photography",
    "play",
}  # "at work by A B" is no work
_PREPOSITIONS = {"at", "to", "in", "for", "into", "on", "after", "about"}
_TAIL_BREAK = re.compile(r"\s+[–—-]\s+|\s*[|｜:,]\s+|\s*[(\[]")
_ENDS_ABBREVIATED = re.compile(r"(?:\b(?:[^\W\d_]\.){2,}|\betc\.|\.\.\.)$", re.I)


def find(
    title: str,
    known: frozenset[str],
    *,
    has_author: bool,
    summary: str,
    staff: frozenset[str],
    off: frozenset[str],
) -> Found | None:
    """Return the outermost byline or label of a title, or None.

    `known` are people (`names.plain`) whose names need no further evidence; `has_author` says that
    the source declared a person, which asks a name standing alone for more; `summary` may confirm
    one.
    """
    low = title.casefold()
    if has_any(low, _LABEL_HINTS) and "byline-label" not in off and (hit := _label(title)):
        return hit
    if known and "byline-known" not in off and (hit := _known(title, known)):
        return hit
    has_by, has_stop = "by" in low, has_any(title, _STOPS)
    foreign = has_any(low, _FOREIGN_HINTS) or (not low.isascii() and has_any(low, _SCRIPT_HINTS))
    has_mark = has_any(title, _MARKS)
    if not (has_by or has_stop or foreign or has_mark):
        return None
    text, trail = _without_trail(title)
    hit = None
    if "byline-by" not in off:
        hit = (
            (has_by and (_by(text, known, staff, summary) or _leading(text)))
            or (foreign and _foreign(text))
            or None
        )
    if hit is None and "byline-bare-name" not in off:
        lone = has_stop and lone_name(
            text, known, has_author=has_author, summary=summary, staff=staff
        )
        if not lone:
            lone = names_set_apart(text, has_author=has_author, summary=summary)
            lone = None if lone and _is_work(lone[0]) else lone
        hit = _hit(*lone, "byline-bare-name") if lone else None
    return Found(title=hit.title + trail, rule=hit.rule, names=hit.names) if hit else None


def _without_trail(title: str) -> tuple[str, str]:
    """Split off what may follow a byline and belongs to the title: "(part 2)", "– Part II", "(3/5)"."""
    if not (title.endswith((")", "]")) or _TRAIL_NUMBER.search(title)):
        return title, ""
    trail = _TRAIL.search(title)
    if trail is None or not _TRAIL_NUMBER.search(trail[0]):
        return title, ""
    return title[: trail.start()], trail[0]


def _head(text: str) -> str:
    """Return what is left of a title before its byline, ended as a title is; empty if nothing is left."""
    head = text.rstrip(" \t\n\u00a0:–—|｜,;-(（[【、。・/／")
    if head.endswith(".") and not _ENDS_ABBREVIATED.search(head[-12:]):
        head = head[:-1].rstrip()
    return head if any(c.isalnum() for c in head) else ""


def _hit(head: str, found: People, rule: str) -> Found | None:
    head = _head(head)
    return Found(title=head, rule=rule, names=found.names) if head else None


# ---------------------------------------------------------------- labels and known names


def _label(title: str) -> Found | None:
    label = _LABEL.match(title)
    if label is None:
        return None
    rest = title[label.end() :].strip()
    names: tuple[str, ...] = ()
    if label["by"]:
        found = people(label["by"].split(None, 1)[1].strip(), roles=True)
        if found is None:
            return None
        names = found.names
    elif (
        (topic := _TOPIC.search(rest))
        and (found := people(rest[: topic.start()]))
        and found.least >= KNOWN
    ):
        names = found.names  # "Guest post: A B on rotas"
    return (
        Found(title=rest, rule="byline-label", names=names)
        if any(c.isalnum() for c in rest)
        else None
    )


def _known(title: str, known: frozenset[str]) -> Found | None:
    """Take a known author's name off the title's end or beginning, where a mark sets it apart."""
    folded = fold(title)
    if not any(name.rpartition("-")[2] in folded for name in known):
        return None
    for mark in islice(_TAIL_BREAK.finditer(title), 8):
        tail = title[mark.end() :].strip(" )]")
        if (found := people(tail)) and all(plain(n) in known for n in found.names):
            head = title[: mark.start()]
            if not is_subject(head):
                return _hit(head, found, "byline-known")
    lead, colon, rest = title.partition(": ")
    if (
        colon
        and rest.strip()
        and (found := people(lead))
        and all(plain(n) in known for n in found.names)
    ):
        return Found(title=rest.strip(), rule="byline-known", names=found.names)
    return None


# ---------------------------------------------------------------- "by"


def _by(text: str, known: frozenset[str], staff: frozenset[str], summary: str) -> Found | None:
    for mark in islice(_BY.finditer(text), 8):
        head, tail = text[: mark.start()], text[mark.end() :].rstrip()
        opened = max(head.rfind("("), head.rfind("["))
        if opened > max(head.rfind(")"), head.rfind("]")):
            if not tail.endswith((")", "]")):
                continue
            tail = tail[:-1]
        if (hit := _attributed(head, tail, known, staff)) is not None:
            return hit
        for reading in (_by_given, _by_body, _by_quoted, _by_topic):
            if (hit := reading(head, tail, summary)) is not None:
                return hit
    return None


def _by_given(head: str, tail: str, summary: str) -> Found | None:
    """Find "Finding my feet again by Jacqui", told by her."""
    names = tuple(tail.strip(" .").split(" and "))
    if (
        not all(is_plain_given(n) for n in names)
        or len(head.split()) < 3
        or _is_work(head)
        or _is_deed(head)
    ):
        return None
    is_own = is_told_in_person(head) and is_told_in_person(summary) and not mentions(names, summary)
    if not is_own and not (is_told_in_person(summary) and is_told_by(names, summary)):
        return None
    return _hit(head, People(names=names, least=LIKELY, most=LIKELY), "byline-by")


def _by_quoted(head: str, tail: str, summary: str) -> Found | None:
    """Find "“Just a nurse” by A B", told in person: what stands in quotes is a saying and no book."""
    saying = _QUOTED_WORK.fullmatch(head.strip())
    found = people(tail) if saying else None
    if saying is None or found is None or found.least < KNOWN or len(found.names) > 1:
        return None
    words = saying[1].split()
    if (
        len(words) < 2
        or any(w[0].isupper() and w != "I" for w in words[1:])
        or not is_told_in_person(summary)
    ):
        return None
    return _hit(head, found, "byline-by") if is_told_by(found.names, summary) else None


def _by_topic(head: str, tail: str, summary: str) -> Found | None:
    """Find "Redesigning the letter by A B", told by them: a topic ends in "letter" and is none."""
    found = people(tail) if _TOPIC_HEAD.match(head) and len(head.split()) >= 3 else None
    if (
        found is None
        or found.least < KNOWN
        or _is_work(head)
        or fold(head.split()[-1]).endswith("ed")
    ):
        return None
    return _hit(head, found, "byline-by") if is_told_by(found.names, summary) else None


def _by_body(head: str, tail: str, summary: str) -> Found | None:
    """Find "Title, by the Hillside Therapy Team", an association or team under its own name."""
    name = tail.strip(" .")
    if not is_body(name.removeprefix("the ")) or not head.strip():
        return None
    if not _STRONG_END.search(head[-8:]):
        says_we = bool(OF_OURSELVES.search(summary[:300]))
        if not says_we or _is_work(head) or _is_deed(head):
            return None
    return _hit(head, People(names=(name,), least=LIKELY, most=LIKELY), "byline-by")


def _attributed(head: str, tail: str, known: frozenset[str], staff: frozenset[str]) -> Found | None:
    """Return the byline that `head` + "by" + `tail` is, if it is one."""
    credit = _CREDIT.search(head.rstrip())
    set_apart = credit is not None or bool(_STRONG_END.search(head[-8:]))
    name = tail.strip(" .")
    if set_apart and is_staff(name, staff):
        return _hit(
            _uncredited(head, credit), People(names=(name,), least=KNOWN, most=KNOWN), "byline-by"
        )
    tail = _without_site(tail, staff)
    found = people(tail, roles=set_apart)
    if found is None and (bare := without_role(tail)) != tail:
        found = people(bare, roles=set_apart)
    if found is None and "," in tail and (some := people(tail, roles=True)) and some.least >= KNOWN:
        found = some  # "Title by A B, registrar"
    if found is None or not head.strip():
        return None
    if set_apart:
        if credit is None and head.rstrip().endswith(",") and _is_work(head):
            return None
        return _hit(_uncredited(head, credit), found, "byline-by")
    sure = all(plain(n) in known for n in found.names)
    if (found.least >= LIKELY or sure) and not _is_work(head) and not _is_deed(head):
        return _hit(head, found, "byline-by")
    return None


def _uncredited(head: str, credit: re.Match[str] | None) -> str:
    """Drop "written", "a blog post" and the like, which say nothing without the name after them."""
    head = head.rstrip()
    if credit is None or credit["gone"] is None or _head(head[: credit.start("kind")]) == "":
        return head
    return head[: credit.start("kind")]


def _without_site(tail: str, staff: frozenset[str]) -> str:
    name, bar, site = tail.rpartition(" | ")
    return name if bar and is_staff(site, staff) else tail


def _is_work(head: str) -> bool:
    """Say whether what stands before "by" is a book or the like, whose author is not the post's."""
    quoted = _QUOTED_WORK.search(head)
    if quoted is None:
        return bool(_REVIEWED.search(head))
    words = [w for w in quoted[1].split() if len(w) > 3]
    titled = not words or sum(w[0].isupper() or not w[0].isalpha() for w in words) >= 0.6 * len(
        words
    )
    return titled or len(quoted[1].split()) < 4 or bool(_REVIEWED.search(head[: quoted.start()]))


def _is_deed(head: str) -> bool:
    """Say whether the word before "by" attributes something else than the text: "led", "an exhibition"."""
    words = [fold(w.strip("“”\"'’‘«»()[]*_")) for w in head.split()[-2:]]
    if not words:
        return False
    last, previous = words[-1], words[0] if len(words) > 1 else ""
    if last in entries("made"):
        return not (last in _ABSTRACT and previous in _PREPOSITIONS)
    return last.endswith("ed") and last not in _NOUNS_IN_ED


def _foreign(text: str) -> Found | None:
    """Find "Titel. Von A B", "題名 文=…", "العنوان بقلم …"."""
    for mark in [*list(_FOREIGN_BY.finditer(text))[-3:], *list(_WELSH_BY.finditer(text))[-1:]]:
        found = people(text[mark.end() :].strip(" )"))
        if found and found.least >= (KNOWN if mark[0] == " gan " else LIKELY):
            return _hit(text[: mark.start() + 1], found, "byline-by")
    for mark in list(_SCRIPT_BY.finditer(text))[-3:]:
        found = people(text[mark.end() :].strip(" )）】〕」"))
        if found and found.least >= SHAPED:
            return _hit(text[: mark.start()], found, "byline-by")
    return None


def _leading(text: str) -> Found | None:
    """Find "By A B: Title"."""
    lead = _LEADING_BY.match(text)
    if lead is None:
        return None
    found = people(without_role(lead[1]), roles=True)
    rest = text[lead.end() :].strip()
    if found is None or found.least < LIKELY or not any(c.isalnum() for c in rest):
        return None
    return Found(title=rest, rule="byline-by", names=found.names)
