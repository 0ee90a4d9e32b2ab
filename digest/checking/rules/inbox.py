"""The inbox: what is read before an email is opened, and first in it: subject, preheader, words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from digest.checking.case import Case
from digest.checking.facts import days, lexicon
from digest.checking.parsing import Text, fold, paint
from digest.checking.rule import Fault, Rule
from digest.lazy import regex

SHORT_SUBJECT, LONG_SUBJECT, SAME_SUBJECT = 10, 60, 40
SHORT_PREHEADER, LONG_PREHEADER = 40, 130
FIRST_WORDS, LEAST_SAID = 50, 8
MOST_FILLERS: Final = 300  # characters, 150 pairs

_FILLER: Final = regex("[\u00a0\u00ad\u034f\u2007\u200b-\u200f\u2060-\u2064\ufeff]")


def told_subject(case: Case) -> str | None:
    """Return the subject of the issue, or of the message where no issue is at hand."""
    if case.issue:
        return case.issue.subject
    return case.message.get("subject") if case.message else None


def subject(case: Case) -> Iterator[Fault]:
    """Have a subject of at most 60 characters, in one line.

    A telephone shows 35 to 50 characters; a line break in a subject starts another header (RFC
    5322, 2.2).
    """
    text = told_subject(case)
    if text is None:
        return
    if not text.strip():
        yield Fault(message="no subject", fix="Write one", place="subject")
    elif any(unicodedata.category(c) == "Cc" or c in "\u2028\u2029" for c in text):
        yield Fault(
            message="a control character or line break in the subject",
            fix="Type it anew",
            place="subject",
        )
    elif len(text) > LONG_SUBJECT:
        yield Fault(
            message=f"a subject of {len(text)} characters; telephones show about 45",
            fix="Put what matters first, or shorten it",
            place="subject",
            severity="warning",
        )


def subject_short(case: Case) -> Iterator[Fault]:
    """Say in the subject what is inside.

    Under ten characters it can hardly say more than "News" (practice: no standard asks for it).
    """
    text = (told_subject(case) or "").strip()
    if text and _width(text) < SHORT_SUBJECT:
        yield Fault(
            message=f'"{text}" is a subject of {len(text)} character{"s" * (len(text) > 1)}',
            fix="Name the first post",
            place="subject",
        )


def subject_repeat(case: Case) -> Iterator[Fault]:
    """Give each issue a subject of its own, and begin it otherwise.

    Gmail puts mails of one subject into one thread; a telephone shows the first 40 characters, and
    iOS 26 only the newest of a sender.
    """
    text = _folded(told_subject(case) or "")
    for past in case.context.past if text else ():
        other = _folded(past.subject)
        is_same = text == other or (
            len(text) > SAME_SUBJECT and text[:SAME_SUBJECT] == other[:SAME_SUBJECT]
        )
        if is_same:
            how = (
                "the same subject"
                if text == other
                else f"the same first {SAME_SUBJECT} characters of the subject"
            )
            yield Fault(
                message=f"{how} as {past.id}", fix="Write another into editor.md", place="subject"
            )
            return


def _folded(text: str) -> str:
    return fold(text).casefold()


# ---------------------------------------------------------------- preheader


def told_preheader(case: Case) -> tuple[str, int | None] | None:
    """Return the preheader and its place; None where nothing tells whether there is one."""
    hidden = _hidden_head(case)
    if case.issue:
        return case.issue.preheader, hidden[0].start if hidden else None
    if not case.has_html:
        return None
    return fold("".join(text.value for text in hidden)), hidden[0].start if hidden else None


def _hidden_head(case: Case) -> list[Text]:
    """Return the hidden texts in the body before anything shows."""
    found = []
    first = case.seen[0].start if case.seen else len(case.html)
    inside = case.page.first("body")
    for text in case.page.texts:
        if text.start >= first:
            break
        is_in_body = inside is None or text.start > inside.start
        is_words = not text.parent.name or text.parent.name not in ("style", "script", "title")
        if is_in_body and is_words and text.value.strip():
            found.append(text)
    return found


def preheader(case: Case) -> Iterator[Fault]:
    """Have a preheader of 40 to 130 characters that is not the subject again.

    It stands beside the subject in the list of mails; where there is none, "View in browser" stands
    there. Hidden by white on white it counts as a spammer's trick (SpamAssassin), so hide it by
    `display:none`.
    """
    known = told_preheader(case)
    if known is None:
        return
    text, at = known
    if not text:
        yield Fault(
            message="no preheader",
            fix="Say in 40 to 130 characters what is inside",
            place="preheader",
        )
        return
    if _folded(text) == _folded(told_subject(case) or ""):
        yield Fault(
            message="the preheader is the subject again",
            fix="Say what else is inside",
            place="preheader",
        )
    elif not SHORT_PREHEADER <= _width(text) <= LONG_PREHEADER:
        yield Fault(
            message=f"a preheader of {len(text)} characters",
            fix=f"Write {SHORT_PREHEADER} to {LONG_PREHEADER}",
            place="preheader",
        )
    fillers = sum(len(_FILLER.findall(each.value)) for each in _hidden_head(case))
    if fillers > MOST_FILLERS:
        yield Fault(
            message=f"{fillers} filler characters after the preheader",
            fix="150 pairs are enough",
            at=at,
        )
    if at is not None and (white := _is_white(case)):
        yield Fault(
            message=f"the preheader is {white}", fix="Give it the colour of the text", at=at
        )


def _width(text: str) -> int:
    """Return the characters of a text; the wide ones of East Asia say twice as much."""
    return sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def _is_white(case: Case) -> str:
    for text in _hidden_head(case)[:1]:
        for node in (text.parent, *text.parent.above()):
            color = paint(case.declared(node).get("color", ""))
            if color is not None:
                look = case.light[node]
                return (
                    f"in the colour of its ground ({look.ink})" if look.ink == look.ground else ""
                )
    return ""


def preheader_repeat(case: Case) -> Iterator[Fault]:
    """Give each issue a preheader of its own.

    Readers take two mails that look alike in the list for one (practice: no standard asks for it).
    """
    known = told_preheader(case)
    text = _folded(known[0]) if known else ""
    for past in case.context.past if text else ():
        if text == _folded(past.preheader):
            yield Fault(
                message=f"the same preheader as {past.id}", fix="Write another", place="preheader"
            )
            return


def preheader_cut(case: Case) -> Iterator[Fault]:
    """End the preheader at the end of a word, and not on an article.

    "…over the moor to a" looks like a fault of the program; an ellipsis says that it goes on
    (practice: no standard asks for it).
    """
    known = told_preheader(case)
    text = known[0].rstrip() if known else ""
    if not text or not text[-1].isalpha():
        return
    last = text.rsplit(" ", 1)[-1].casefold()
    if last in lexicon.ARTICLES:
        yield Fault(
            message=f'the preheader ends on "{last}"',
            fix="End it before, or add …",
            place="preheader",
        )
        return
    at = case.seen_text.find(text) if len(text) > 20 else -1
    after = case.seen_text[at + len(text) : at + len(text) + 1]
    if at >= 0 and after.isalpha() and text.isascii():
        yield Fault(
            message=f'the preheader ends within a word ("{last}")',
            fix="End it before",
            place="preheader",
        )


# ---------------------------------------------------------------- the text itself


def first_words(case: Case) -> Iterator[Fault]:
    """Say something in the first fifty words that show.

    Apple's and Gmail's summaries read the body and pass over the hidden preheader; of a masthead, a
    date, "view in browser" and a table of contents they can make nothing.
    """
    if len(case.seen_text.split()) < FIRST_WORDS:
        return
    said, count, at = 0, 0, None
    for text in case.seen:
        words = fold(text.value).split()
        count += len(words)
        at = text.start if at is None else at
        said += (
            0 if _says_nothing(case, text) else min(len(words), FIRST_WORDS - (count - len(words)))
        )
        if count >= FIRST_WORDS:
            break
    if said < LEAST_SAID:
        yield Fault(
            message=f"of the first {FIRST_WORDS} words all but {said} are masthead, date"
            " and contents",
            fix="Begin with a sentence of your own: the text below the line in editor.md",
            at=at,
        )


def _says_nothing(case: Case, text: Text) -> bool:
    """Tell of a piece of a masthead: a link, a number, a date, a name."""
    words = fold(text.value[:1000])
    if lexicon.VIEW_ONLINE.search(words) or lexicon.UNSUBSCRIBE.search(words):
        return True
    bare = lexicon.BOILERPLATE.sub(" ", days.DATE.sub(" ", words))
    name = case.issue.newsletter.name if case.issue else ""
    bare = bare.replace(name, " ") if name else bare
    rest = re.findall(r"\w{2,}", bare)
    is_heading = any(
        node.name in ("h1", "h2", "h3") for node in (text.parent, *text.parent.above())
    )
    return len(rest) < 4 and not is_heading


FAMILY: Final = "words"
RULES: Final = (
    Rule("SUBJECT", FAMILY, "error", subject, "any"),
    Rule("SUBJECT-SHORT", FAMILY, "information", subject_short, "any"),
    Rule("SUBJECT-REPEAT", FAMILY, "warning", subject_repeat, "any"),
    Rule("PREHEADER", FAMILY, "warning", preheader),
    Rule("PREHEADER-REPEAT", FAMILY, "warning", preheader_repeat),
    Rule("PREHEADER-CUT", FAMILY, "warning", preheader_cut),
    Rule("FIRST-WORDS", FAMILY, "warning", first_words),
)
