"""The posts of an issue: in both parts, dated, spelt as before, as they stand, and marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Final

from digest.checking.case import Case, shortened
from digest.checking.facts.tongues import NAMES
from digest.checking.language import foreign
from digest.checking.parsing import Node, Text, fold
from digest.checking.rule import Fault, Rule
from digest.lazy import regex
from digest.models import Issue, PostView, Window, key

_ALIKE: Final = 0.86
_SPLIT: Final = regex(r",\s+|\s+(?:and|und|et|y|e|en|och|og|a|&|و)\s+|、")
_QUOTES: Final = frozenset("blockquote q cite code pre samp kbd".split())
_QUOTING: Final = regex(rf"<({'|'.join(sorted(_QUOTES))})\b.*?</\1>", re.DOTALL)
_TAG: Final = regex(r"<[^>]*>")
_BODY_AT_MOST: Final = 8_000  # characters of HTML
_WHOLE_AT_MOST: Final = 20_000  # characters of running text


def text_parity(case: Case) -> Iterator[Fault]:
    """Have every post in both parts: its title, and in the text its address.

    Some read nothing but the text, and filters compare the two parts (RFC 2046, 5.1.4;
    SpamAssassin, MPART_ALT_DIFF). A template of one's own can leave a post out.
    """
    if case.text is None or not case.has_html:
        return
    text = _run_together(case.text)
    if case.issue:
        yield from _posts_in_both(case.issue, _letters(case.seen_text), text)
    else:
        yield from _headlines_in_both(case, text)


def _posts_in_both(issue: Issue, page: str, text: str) -> Iterator[Fault]:
    """Yield the posts that the text or the page lacks, but for those left to the site."""
    for post in issue.posts:
        if post.shown == "left":
            continue
        yield from _missing(post.title, post.url, text, post.title)
        if _letters(post.title) not in page:
            yield Fault(
                message="its title is missing from the page",
                fix="Let the template show it",
                place="email.html",
                post=post.title,
            )


def _headlines_in_both(case: Case, text: str) -> Iterator[Fault]:
    """Yield one fault where most headlines of an email that we did not make miss from its text."""
    pairs = [
        (fold(link.shown), link.href) for link in case.links if _is_headline(case, link.node.start)
    ]
    lost = [pair for pair in pairs if next(_missing(pair[0], "", text, ""), None)]
    if len(lost) * 2 > len(pairs) and lost:
        yield Fault(
            message=f"{len(lost)} of {len(pairs)} headlines are missing from the text, the first"
            f' "{shortened(lost[0][0])}"',
            fix="Let the service make the text anew",
            severity="warning",
        )


def _is_headline(case: Case, start: int) -> bool:
    headings = case.page.all("h1", "h2", "h3")
    return any(node.start < start < node.close for node in headings)


def _run_together(text: str) -> str:
    """Return a text without what its layout adds: spaces, line ends, case."""
    return re.sub(r"[\s\u200b]+", "", text).casefold()


def _letters(text: str) -> str:
    """Return the letters and digits of a text: marks between them may be a service's affair."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _missing(title: str, url: str, text: str, post: str) -> Iterator[Fault]:
    for what, words in (("its title", title), ("its address", url)):
        if words and _run_together(words) not in text:
            yield Fault(
                message=f"{what} is missing from the text part",
                fix="Build it again",
                place="email.txt",
                post=post,
            )


def dates(case: Case) -> Iterator[Fault]:
    """Date every post, in the past, and show each once.

    An undated post comes from a feed that tells none; one of the future was scheduled and may not
    be online yet (RSS 2.0, pubDate).
    """
    issue = case.issue
    if issue is None:
        return
    seen: dict[str, str] = {}
    for post in issue.posts:
        is_from_a_source = bool(post.permalink) and not post.id.startswith("link:")
        if not post.date_iso and is_from_a_source:
            yield Fault(message="it has no date", fix="Date it at its source", post=post.title)
        elif _is_to_come(post, issue.window):
            message = f"it is dated {post.date_iso[:10]}, in the future"
            yield Fault(message=message, fix="Wait for it", post=post.title)
        for name in {post.permalink or post.id, post.fingerprint or post.id}:
            if seen.setdefault(name, post.id) != post.id:
                message = "it stands here twice"
                yield Fault(message=message, fix="Drop one in editor.md", post=post.title)


def _is_to_come(post: PostView, window: Window) -> bool:
    told = _moment(post.date_iso)
    return told is not None and told > (window.ends_at or window.cutoff_at)


def _moment(text: str) -> datetime | None:
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def series(case: Case) -> Iterator[Fault]:
    """Show the parts of a series without a gap, each once.

    Readers of part three who cannot find part two stop there (practice: no standard asks for it).
    """
    parts: dict[str, dict[int, PostView]] = {}
    for post in case.issue.posts if case.issue else ():
        for place in post.series:
            if place.part is None:
                continue
            known = parts.setdefault(place.name, {})
            if place.part in known:
                yield Fault(
                    message=f'"{place.name}" has two parts {place.part} here',
                    fix="Pin their parts",
                    post=post.title,
                )
            known[place.part] = post
    for name, known in parts.items():
        missing = sorted(set(range(min(known), max(known))) - set(known))
        if missing and len(missing) < 50:
            told = ", ".join(map(str, missing))
            yield Fault(
                message=f'part {told} of "{name}" is missing between those shown',
                fix="Pin it in editor.md",
                post=known[max(known)].title,
            )


def names(case: Case) -> Iterator[Fault]:
    """Spell each author as before.

    "Ifeoma Castelane" once and "Ifeoma Castellane" ever since is a slip that the author sees first
    (practice: no standard asks for it).
    """
    known = {name for name in case.context.authors if len(name) > 4}
    for post in case.issue.posts if case.issue else ():
        for name in _SPLIT.split(post.byline):
            if name and name not in known and (near := _near(name, known)):
                yield Fault(
                    message=f'"{name}" was "{near}" in former issues',
                    fix=f'If it is one person: [newsletter.aliases] "{name}" = "{near}"',
                    post=post.title,
                    place="issue",
                )


def _near(name: str, known: set[str]) -> str:
    for other in sorted(known):
        if key(name) == key(other):
            return other
        if abs(len(name) - len(other)) < 3 and name[:1] == other[:1] and _is_alike(name, other):
            return other
    return ""


def _is_alike(one: str, other: str) -> bool:
    """Tell whether two names of as many words differ by a letter or two in one of them."""
    ours, theirs = one.split(), other.split()
    if len(ours) != len(theirs) or len(ours) < 2:
        return False
    differing = [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]
    if len(differing) != 1:
        return False
    from difflib import SequenceMatcher

    return SequenceMatcher(None, *differing[0]).ratio() >= _ALIKE


def changed(case: Case) -> Iterator[Fault]:
    """Send posts as they stand today.

    One that was changed, withdrawn or moved since the issue was built is announced as it no longer
    is (practice: no standard asks for it).
    """
    for post in case.issue.posts if case.issue else ():
        if how := case.context.changed.get(post.id):
            yield Fault(message=how, fix="Build it again", post=post.title)


# ---------------------------------------------------------------- languages


def language_marks(case: Case) -> Iterator[Fault]:
    """Mark what is in another language with that language.

    An English voice cannot read French; `lang` on the post lets the screen reader change it (WCAG
    3.1.2). What a source declares counts, and what the words say: a text whose small words ("le",
    "und", "the") are nearly all of another language, or that is in other letters. Quotations,
    titles and languages that are too much alike are left alone.
    """
    texts = _texts(case)
    foreign_at = set()
    for own in {own for _, own in texts}:
        whole = [texts[key] for key in texts if key[1] == own]
        run = " ".join(words for _, words in whole)
        if (language := foreign(run, own, _WHOLE_AT_MOST)) is not None:
            foreign_at.add(own)
            yield _whole(case, whole[0][0], language, own)
    if case.issue:
        yield from _posts(case, case.issue, foreign_at)
        return
    for (_, own), (at, words) in texts.items():
        language = None if own in foreign_at else foreign(words, own)
        if language is not None:
            tag = language or "…"
            yield Fault(
                message=f'it reads as {_name(language)}, marked as "{own}"',
                fix=f'Put lang="{tag}" on it',
                at=at,
            )


def _posts(case: Case, issue: Issue, foreign_at: set[str]) -> Iterator[Fault]:
    """Yield the posts whose mark is not their language, as declared or as their words tell."""
    # the first link to each address that shows something is its headline
    headlines = {link.href: link.node for link in reversed(case.links) if link.shown}
    for post in issue.posts:
        node = headlines.get(post.url)
        if node is None:
            continue
        own = _language_of(node) or issue.newsletter.language
        told = None if own in foreign_at else _marked_wrongly(post, own)
        if told:
            message, fix = told
            yield Fault(message=message, fix=fix, at=node.start, post=post.title)


def _marked_wrongly(post: PostView, own: str) -> tuple[str, str] | None:
    """Return what is wrong with a post's mark, and what to do; None where it is its language."""
    if post.language and _main(post.language) != _main(own):
        return (
            f'"{post.title}" is in {post.language}, but no lang says so',
            f'Let the template put lang="{post.language}" on it',
        )
    language = foreign(_running(post), own)
    if language is None:
        return None
    return (
        f'"{post.title}" reads as {_name(language)}, marked as "{own}"',
        f"Say so at its source (lang: {language or '…'})",
    )


def _running(post: PostView) -> str:
    """Return what a post says in its own words: neither its title nor what it quotes."""
    body = _QUOTING.sub(" ", post.body[:_BODY_AT_MOST])
    return f"{post.excerpt} {unescape(_TAG.sub(' ', body))}"


def _texts(case: Case) -> dict[tuple[str, str], tuple[int, str]]:
    """Return what stands under each headline in each declared language, and where it begins."""
    spoken = _spoken(case)
    pieces: dict[tuple[str, str], list[Text]] = {}
    for text in case.seen:
        if own := spoken[text.parent]:
            pieces.setdefault((case.post_at(text.start), own), []).append(text)
    return {
        key: (texts[0].start, " ".join(text.value for text in texts))
        for key, texts in pieces.items()
    }


def _spoken(case: Case) -> dict[Node, str | None]:
    """Return the declared language of each element; None for quotations and what is in them."""
    root = case.page.root
    spoken: dict[Node, str | None] = {root: case.issue.newsletter.language if case.issue else ""}
    for node in case.page.nodes:
        around = spoken[node.parent or root]
        is_quoted = around is None or node.name in _QUOTES
        spoken[node] = None if is_quoted else node.get("lang") or around
    return spoken


def _whole(case: Case, at: int, language: str, own: str) -> Fault:
    fix = f'Write lang="{language}"' if language else "Write its own"
    if case.issue:
        fix = f'[newsletter] language = "{language}"' if language else "[newsletter] language"
    return Fault(message=f'lang="{own}", but the words are {_name(language)}', fix=fix, at=at)


def _name(language: str) -> str:
    return NAMES.get(language, "of another language")


def _main(tag: str) -> str:
    return tag.lower().partition("-")[0]


def _language_of(node: Node) -> str:
    return next((told for each in (node, *node.above()) if (told := each.get("lang"))), "")


FAMILY: Final = "posts"
RULES: Final = (
    Rule("TEXT-PARITY", FAMILY, "error", text_parity),
    Rule("FUTURE", FAMILY, "warning", dates, "any"),
    Rule("SERIES-GAP", FAMILY, "warning", series, "any"),
    Rule("NAMES", FAMILY, "warning", names, "any"),
    Rule("POST-CHANGED", FAMILY, "error", changed, "any"),
    Rule("LANGUAGE-MARK", FAMILY, "warning", language_marks),
)
