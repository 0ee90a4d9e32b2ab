"""What this mailing service reads in the email, and what it would refuse."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Final

from digest.checking.case import Case, shortened
from digest.checking.facts import lexicon
from digest.checking.facts.services import FORBIDDEN, KNOWN_ROOTS, SYNTAXES, UNSUBSCRIBE_TAG
from digest.checking.rule import Fault, Rule
from digest.dialects import DIALECTS
from digest.lazy import regex

MOST_UNSUBSCRIBES: Final = {"ses": 2}
LONGEST_TAG: Final = 300
_ENGINE: Final = regex(
    r"(?:<|&lt;)%[=#-]?.{0,80}?%(?:>|&gt;)|\$\{[\w.]{1,60}\}|\{#\s*\w.{0,60}?#\}|\{\{[{%#]?\s*\}\}"
    r"|#\{[\w.]{1,60}\}"
    # services that have no dialect here: Salesforce, Mailgun, and what forms and mergers write
    r"|%%[A-Za-z_]\w{2,40}%%|%recipient\.[\w.]{1,40}%|##[A-Za-z_]\w{1,30}##"
    r"|\{(?:first|last|full)_?name\}",
    re.DOTALL,
)
_EMPTY: Final = regex(r"\*\|\s*\|\*|\{\{\s*\}\}|\[\[\s*\]\]|%%\{\s*\}%%")
_OPENERS: Final = {"{{": "}}", "{%": "%}", "*|": "|*", "%%{": "}%%"}
# Beginnings that are a tag at those services only which read them: a list in a list elsewhere.
_OWN_OPENERS: Final = {"[[": "]]", "{$": "}"}


def _style_spans(case: Case) -> list[tuple[int, int]]:
    return [(node.end, node.close) for node, _ in case.sheets]


def _tags(case: Case) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield each merge tag in the source with its opener; style sheets have braces of their own."""
    spans = _style_spans(case)
    for opener, pattern in SYNTAXES.items():
        if opener not in case.html:
            continue
        for found in pattern.finditer(case.html):
            if (
                not any(start <= found.start() < end for start, end in spans)
                and len(found[0]) < 300
            ):
                yield opener, found


def _spelt(tag: str) -> str:
    return re.sub(r"\s+", "", tag)


def merge_tags(case: Case) -> Iterator[Fault]:
    """Write merge tags as this service reads them, each whole.

    A tag of another service is sent to readers as it stands: the classic is `{{ unsubscribe }}` in
    a mail that ActiveCampaign sends (the services' own descriptions of their tags).
    """
    yield from _broken(case)
    own = case.service
    if own is None:
        return
    mine = {_spelt(tag) for tag in own.tags.values() if tag}
    for opener, found in _tags(case):
        tag = _spelt(found[0])
        if any(tag in each for each in mine):
            continue
        whose = _theirs().get(tag) or ("" if opener in own.openers else _ONLY.get(opener, ""))
        if whose and not _is_shown(case, found):
            yield Fault(
                message=f'"{shortened(found[0], 40)}" is a tag of {whose}, not of {own.service}',
                fix=f"Name the service in digest.toml, or `digest export ISSUE --for {whose}`",
                at=found.start(),
            )


# What only one service writes so, whatever the tag's name.
_ONLY: Final = {"*|": "mailchimp", "%%{": "ghost"}


@cache
def _theirs() -> dict[str, str]:
    """Return the services' tags that matter most, each with the first service that writes it so."""
    found: dict[str, str] = {}
    for name, each in DIALECTS.items():
        for slot in ("unsubscribe", "view_online", "address"):
            found.setdefault(_spelt(each.tags.get(slot) or "-"), name)
    found.pop("-", None)
    return found


def _is_shown(case: Case, found: re.Match[str]) -> bool:
    """Tell whether a tag is there to be read: it stands in code, or a post is about such tags."""
    if any(start <= found.start() < end for start, end in _code_spans(case)):
        return True
    tag, posts = unescape(found[0]), case.issue.posts if case.issue else ()
    return any(
        tag in text for post in posts for text in (post.title, post.excerpt, unescape(post.body))
    )


def _code_spans(case: Case) -> list[tuple[int, int]]:
    return [
        (node.end, node.close)
        for name in ("code", "pre", "samp", "kbd")
        for node in case.page.all(name)
    ]


def _broken(case: Case) -> Iterator[Fault]:
    spans = _style_spans(case)
    own = case.service.openers if case.service else ()
    pairs = _OPENERS | {opener: end for opener, end in _OWN_OPENERS.items() if opener in own}
    for opener, closer in pairs.items():
        for found in re.finditer(re.escape(opener) + r"(?=\s*[#/.]?[A-Za-z_])", case.html):
            at = found.start()
            if not any(start <= at < stop for start, stop in spans) and _has_no_end(
                case.html[at : at + LONGEST_TAG], opener, closer
            ):
                yield Fault(
                    message=f'the tag "{shortened(case.html[at : at + 24], 24)}" has no end',
                    fix=f'Close it with "{closer}"',
                    at=at,
                )


def _has_no_end(text: str, opener: str, closer: str) -> bool:
    """Tell whether another tag begins, or the text ends, before this one does."""
    end = text.find(closer, len(opener))
    again = text.find(opener, len(opener))
    return end < 0 or 0 <= again < end


def left_over(case: Case) -> Iterator[Fault]:
    """Leave no tag behind that nobody will fill in.

    "Hi ," and "{{ title }}" tell every reader that a machine wrote to them (the services' own
    descriptions of their tags).
    """
    for found in (*_engine_tags(case), *_unfilled(case)):
        if not _is_shown(case, found):
            yield _left(found)
    for text in case.seen:
        if greeting := lexicon.GREETING_WITHOUT_NAME.search(text.value):
            yield Fault(
                message=f'"{greeting[0]}" greets nobody',
                fix="Give the name's tag a fallback",
                at=text.start,
            )


def _engine_tags(case: Case) -> Iterator[re.Match[str]]:
    """Yield what no service reads, but a template's engine would have."""
    spans = _style_spans(case)
    for found in _ENGINE.finditer(case.html):
        if not any(start <= found.start() < end for start, end in spans):
            yield found


def _unfilled(case: Case) -> Iterator[re.Match[str]]:
    """Yield the tags that the sender's service will not fill in, or has not."""
    is_sent = case.message is not None and case.issue is None
    is_plain = case.service is not None and not case.service.openers
    for opener, found in _tags(case):
        is_last_chance = is_sent or is_plain or _EMPTY.fullmatch(found[0])
        if is_last_chance or not _may_be_known(case, opener, found):
            yield found


def _may_be_known(case: Case, opener: str, found: re.Match[str]) -> bool:
    if case.issue is not None or opener == "*|":
        return True
    return bool(KNOWN_ROOTS.match(found[1]) or UNSUBSCRIBE_TAG.match(found[0]))


def _left(found: re.Match[str]) -> Fault:
    return Fault(
        message=f'"{shortened(found[0], 40)}" is a tag that nobody fills in',
        fix="Write what belongs there, or the service's own tag",
        at=found.start(),
    )


def forbidden(case: Case) -> Iterator[Fault]:
    """Leave out what this service refuses or takes for a command.

    Constant Contact stops at `[#`, `${` and `<@`, listmonk rewrites `@TrackLink`, Buttondown takes
    a body that begins with `---` for front matter, Mailchimp makes every `mc:` attribute a field.
    """
    for pattern, what in FORBIDDEN.get(case.context.service, ()):
        if found := pattern.search(case.html):
            yield Fault(
                message=f"{what} means something to {case.context.service}",
                fix="Write it otherwise",
                at=found.start(),
            )


def two_ways_out(case: Case) -> Iterator[Fault]:
    """Have one unsubscribe tag.

    SES replaces at most two; others put a second list's way out in the second.
    """
    found = Counter(_spelt(tag[0]) for tag in UNSUBSCRIBE_TAG.finditer(case.html))
    count = found.total()
    if count > MOST_UNSUBSCRIBES.get(case.context.service, 1):
        last = list(UNSUBSCRIBE_TAG.finditer(case.html))[-1]
        yield Fault(
            message=f"{count} unsubscribe tags", fix="Keep the one in the footer", at=last.start()
        )


FAMILY: Final = "service"
RULES: Final = (
    Rule("MERGE-TAG", FAMILY, "error", merge_tags),
    Rule("TEMPLATE-TAG-LEFT", FAMILY, "error", left_over),
    Rule("SERVICE-FORBIDDEN", FAMILY, "error", forbidden),
    Rule("UNSUB-TWO", FAMILY, "warning", two_ways_out),
)
