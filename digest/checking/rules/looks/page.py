"""What the page as a whole says of itself, from its doctype to its headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from digest.checking.case import Case
from digest.checking.parsing import Comment, Node, fold
from digest.checking.rule import Fault, Rule
from digest.lazy import regex

_RIGHT_TO_LEFT: Final = frozenset("ar arc ckb dv fa he iw ps sd ug ur yi".split())
_LANGUAGE: Final = regex(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{1,8})*")
_OPENS: Final = regex(r"\s*\[if\b[^\]]*\]", re.IGNORECASE)
_ENDS: Final = regex(r"<!\s*\[endif\]", re.IGNORECASE)
# Tables for Outlook alone open in one comment and close in another.
_GHOST_TAG: Final = regex(r"<(/?)(table|tr|td)\b", re.IGNORECASE)
# What axe asks for (rule meta-viewport-large); WCAG itself wants twice the size.
LEAST_ZOOM: Final = 5


def doctype(case: Case) -> Iterator[Fault]:
    """Begin with `<!DOCTYPE html>`.

    Without one, webmail and Apple Mail fall back to the quirks of the nineties: boxes count their
    padding otherwise and tables forget their font (HTML, 13.1.1).
    """
    told = case.page.doctype
    if told is None:
        yield Fault(message="no doctype", fix="Begin with <!DOCTYPE html>", at=0)
    elif fold(told).lower() != "doctype html":
        yield Fault(
            message="an old doctype", fix="<!DOCTYPE html> is enough", at=0, severity="information"
        )


def title(case: Case) -> Iterator[Fault]:
    """Give the page a title.

    It names the tab of "view in browser", and is the first thing a screen reader says (WCAG 2.4.2).
    """
    # A drawing has titles of its own.
    found = next((node for node in case.page.all("title") if not _is_drawn(node)), None)
    if found is None:
        yield Fault(message="no <title>", fix="Put the subject there")
    elif not found.text():
        yield Fault(message="the <title> is empty", fix="Put the subject there", at=found.start)


def _is_drawn(node: Node) -> bool:
    return any(outer.name == "svg" for outer in node.above())


def language(case: Case) -> Iterator[Fault]:
    """Say the language on `<html>`.

    A screen reader chooses its voice by it, a mail program whether to offer a translation (WCAG
    3.1.1).
    """
    node = case.page.first("html")
    told = node.get("lang") if node else ""
    if not told:
        yield Fault(
            message="<html> has no lang", fix='Add lang="en", or whatever it is in', at=_at(node)
        )
    elif not _LANGUAGE.fullmatch(told):
        yield Fault(
            message=f'<html lang="{told}"> is no language',
            fix='Write it as "en" or "pt-BR"',
            at=_at(node),
        )


def direction(case: Case) -> Iterator[Fault]:
    """Say the direction of writing on `<html>`.

    A webmail set to Arabic or Hebrew turns a mail round that does not say which way it runs (HTML,
    3.2.6; the Email Markup Consortium's reports).
    """
    node = case.page.first("html")
    told = node.get("dir").lower() if node else ""
    language = node.get("lang").lower().partition("-")[0] if node else ""
    if told not in ("ltr", "rtl", "auto"):
        yield Fault(message="<html> has no dir", fix='Add dir="ltr" or dir="rtl"', at=_at(node))
    elif told == "ltr" and language in _RIGHT_TO_LEFT:
        yield Fault(
            message=f'<html lang="{language}"> runs from the left',
            fix='Write dir="rtl"',
            at=_at(node),
        )


def _at(node: Node | None) -> int | None:
    return node.start if node else None


def body_language(case: Case) -> Iterator[Fault]:
    """Say the language once more on the element around the body's content.

    Webmail takes `<html>` and `<body>` off, and what they said of the language with them; in 2026
    the Email Markup Consortium found the mark missing in 96 of 100 mails.
    """
    yield from _unmarked(case, "lang")


def body_direction(case: Case) -> Iterator[Fault]:
    """Say the direction of writing once more on the element around the body's content.

    Webmail takes `<html>` and `<body>` off, and what they said of the direction with them (the
    Email Markup Consortium's reports).
    """
    yield from _unmarked(case, "dir")


def _unmarked(case: Case, attribute: str) -> Iterator[Fault]:
    marked: dict[Node, bool] = {case.page.root: False}
    for node in case.page.nodes:
        has_own = bool(node.get(attribute)) and node.name not in ("html", "body")
        marked[node] = has_own or marked[node.parent or case.page.root]
    for text in case.seen:
        if not marked[text.parent]:
            yield Fault(
                message=f"no element inside <body> says the {attribute} of this text",
                fix=f"Put {attribute} on the wrapper of all content as well",
                at=text.start,
            )
            return


def zoom(case: Case) -> Iterator[Fault]:
    """Let readers zoom in.

    `user-scalable=no` and a `maximum-scale` under 5 lock out whoever needs larger letters (WCAG
    1.4.4).
    """
    for node in case.page.all("meta"):
        if node.get("name").lower() != "viewport":
            continue
        told = dict(re.findall(r"([\w-]+)\s*=\s*([\w.-]+)", node.get("content").lower()))
        if told.get("user-scalable") in ("no", "0"):
            yield Fault(
                message="user-scalable=no keeps readers from zooming in",
                fix="Take it out",
                at=node.start,
            )
        elif _number(told.get("maximum-scale", "10")) < LEAST_ZOOM:
            yield Fault(
                message=f"maximum-scale={told['maximum-scale']} keeps readers from zooming in",
                fix="Take it out",
                at=node.start,
            )


def _number(text: str) -> float:
    return float(text) if re.fullmatch(r"\d*\.?\d+", text) else 1.0


def dark_meta(case: Case) -> Iterator[Fault]:
    """Say that the email knows dark mode.

    Without both metas Apple Mail inverts colours as it likes instead of taking the email's own.
    """
    names = {node.get("name").lower() for node in case.page.all("meta")}
    missing = [name for name in ("color-scheme", "supported-color-schemes") if name not in names]
    if missing:
        yield Fault(
            message=f"no meta {' and no '.join(missing)}",
            fix='Add <meta name="…" content="light dark"> for each',
        )


# ---------------------------------------------------------------- Outlook's own comments


def outlook_balance(case: Case) -> Iterator[Fault]:
    """Close every conditional comment, and every table opened in one.

    Outlook for Windows reads what other programs take for comments; one that is left open swallows
    the rest of the mail, a table that is left open moves everything after it to the right.
    """
    yield from _unpaired(case)
    yield from _ghost_tags(case)


def _ends(comment: Comment) -> bool:
    return bool(_ENDS.search(comment.body)) or (
        comment.is_declaration and "endif" in comment.body.lower()
    )


def _is_revealed(comment: Comment) -> bool:
    """Tell of `<!--[if !mso]><!-->`, after which everybody reads on."""
    return comment.is_declaration or comment.body.rstrip().endswith((">", "<!", "><!--"))


def _unpaired(case: Case) -> Iterator[Fault]:
    waiting: list[int] = []
    for comment in case.page.comments:
        opens, ends = bool(_OPENS.match(comment.body)), _ends(comment)
        if opens and ends:
            continue
        if opens and not _is_revealed(comment):
            yield _open_comment(comment.start)
        elif opens:
            waiting.append(comment.start)
        elif ends and waiting:
            waiting.pop()
        elif ends:
            message = "an [endif] without its [if]"
            yield Fault(message=message, fix="Take it out, or open it", at=comment.start)
    # One is told: where the first was left open, all behind it are.
    yield from (_open_comment(at) for at in waiting[-1:])


def _ghost_tags(case: Case) -> Iterator[Fault]:
    """Yield the tags of tables that Outlook's comments open and close unequally often."""
    tags: Counter[str] = Counter()
    last: dict[str, int] = {}
    for comment in case.page.comments:
        if _OPENS.match(comment.body) and _ends(comment):
            for slash, name in _GHOST_TAG.findall(comment.body):
                tags[name.lower()] += -1 if slash else 1
                last[name.lower()] = comment.start
    for name, count in tags.items():
        if count:
            what = f"{abs(count)} <{name}> too {'many' if count > 0 else 'few'}"
            yield Fault(
                message=f"{what} in Outlook's comments",
                fix=f"Open and close <{name}> as often",
                at=last[name],
            )


def _open_comment(at: int) -> Fault:
    return Fault(
        message="an [if] comment for Outlook is never closed", fix="End it with <![endif]-->", at=at
    )


# ---------------------------------------------------------------- outline


def headings(case: Case) -> Iterator[Fault]:
    """Let headings go down one level at a time, and leave none empty.

    Screen readers list headings as a table of contents; a level that is missing reads as a part
    that is missing (WCAG 1.3.1).
    """
    before = 0
    for node in _headings(case):
        level = _level(node)
        if not _says_something(node):
            yield Fault(
                message=f"an empty <{node.name}>", fix="Write it, or take it out", at=node.start
            )
            continue
        if before and level > before + 1:
            yield Fault(
                message=f"a heading of level {level} follows one of level {before}",
                fix=f"Make it level {before + 1}",
                at=node.start,
            )
        before = level


def _headings(case: Case) -> list[Node]:
    nodes = [*case.page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    nodes += [node for node in case.page.nodes if node.get("role").lower() == "heading"]
    return sorted(
        (node for node in nodes if not case.light[node].is_hidden), key=lambda node: node.start
    )


def _level(node: Node) -> int:
    told = node.get("aria-level")
    if told.isdecimal() and len(told) < 3:
        return int(told)
    return int(node.name[1]) if node.name[1:].isdecimal() else 2


def _says_something(node: Node) -> bool:
    has_picture = any(found.name == "img" and found.get("alt") for found in node.elements())
    return bool(node.text() or has_picture or node.get("aria-label"))


def top_heading(case: Case) -> Iterator[Fault]:
    """Have one heading of level one.

    It says what this is; two of them say that there are two letters in one envelope (WCAG 1.3.1).
    """
    tops = [node for node in _headings(case) if _level(node) == 1 and _says_something(node)]
    if not tops:
        yield Fault(message="no heading of level one", fix="Make the newsletter's name an <h1>")
    elif len(tops) > 1:
        yield Fault(
            message=f"{len(tops)} headings of level one",
            fix="Make all but the first level two",
            at=tops[1].start,
        )


FAMILY: Final = "page"
RULES: Final = (
    Rule("DOCTYPE", FAMILY, "error", doctype),
    Rule("TITLE", FAMILY, "error", title),
    Rule("LANG", FAMILY, "error", language),
    Rule("DIR", FAMILY, "error", direction),
    Rule("BODY-LANG", FAMILY, "error", body_language),
    Rule("BODY-DIR", FAMILY, "error", body_direction),
    Rule("VIEWPORT-ZOOM", FAMILY, "error", zoom),
    Rule("DARK-META", FAMILY, "information", dark_meta),
    Rule("MSO-BAL", FAMILY, "error", outlook_balance),
    Rule("HEAD-ORDER", FAMILY, "error", headings),
    Rule("H1", FAMILY, "warning", top_heading),
)
