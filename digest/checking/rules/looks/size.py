"""How much there is: bytes, styles, words, and what a mail program or a service makes of that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.checking.case import Case, shortened
from digest.checking.facts.services import (
    BYTES_A_TRACKED_LINK,
    MOST_BYTES,
    MOST_NAME,
    MOST_PREHEADER,
    MOST_SUBJECT,
    UNTRACKED,
)
from digest.checking.parsing import Text
from digest.checking.rule import Fault, Rule
from digest.lazy import regex

CLIPS_FROM: Final = 100_000
# Two posts before the cut, when there is still something to be done.
WARNS_ABOVE: Final = 80_000
GMAIL_CUTS_AT: Final = 102_400
MOST_STYLE: Final = 16_000
# RFC 5322, 2.1.1: without the line end.
MOST_LINE: Final = 998
FEWEST_WORDS, MOST_WORDS = 50, 5_000

_ODD: Final = regex(r"[^\x00-\x7f\ufffd]")  # lost characters have a rule of their own
_CONTROL: Final = regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def clip(case: Case) -> Iterator[Fault]:
    """Keep the HTML under 100,000 bytes, better under 80,000.

    Gmail shows about 102 kB of a message and hides the rest, the unsubscribe link with it, behind
    "View entire message"; the service's link tracking and long fields come on top. Source: reports
    in issue 41 of hteumeuleu/email-bugs put the cut anywhere from 100,000 bytes up.
    """
    if case.size <= WARNS_ABOVE:
        return
    weights = _weights(case)
    heaviest = f"; the most weigh {weights}" if weights else ""
    if case.size >= CLIPS_FROM:
        cut = case.post_at(len(case.html) * GMAIL_CUTS_AT // max(case.size, 1))
        about = f' in "{cut}"' if cut and case.size > GMAIL_CUTS_AT else ""
        yield Fault(
            message=f"{case.size:,} bytes of HTML: Gmail cuts the message off{about}{heaviest}",
            fix="Show fewer posts, or less of each",
        )
    else:
        yield Fault(
            message=f"{case.size:,} bytes of HTML is near Gmail's cut at 100,000{heaviest}",
            fix="Shorten an excerpt or two",
            severity="warning",
        )


def _weights(case: Case) -> str:
    """Return the three heaviest posts with their bytes."""
    if not case.issue:
        return ""
    starts, titles = case.regions
    ends = [*starts[1:], len(case.html)]
    weights = sorted(zip(map(lambda a, b: b - a, starts, ends), titles, strict=True), reverse=True)
    named = [(size, title) for size, title in weights if title][:3]
    return ", ".join(f'"{shortened(title, 40)}" {size:,}' for size, title in named)


def style(case: Case) -> Iterator[Fault]:
    """Keep the style sheets under 16,000 characters in all.

    Gmail reads at most 16 KB of styles and drops the `<style>` that goes beyond, so the layout for
    telephones and the colours of dark mode go at once (caniemail, html-style).
    """
    written = (each for node, _ in case.sheets for each in node.children)
    size = sum(len(each.value) for each in written if isinstance(each, Text))
    if size > MOST_STYLE:
        yield Fault(
            message=f"{size:,} characters of styles: Gmail keeps 16,000 and drops the rest",
            fix="Take out rules that no element uses",
            at=case.sheets[-1][0].start,
        )


def service(case: Case) -> Iterator[Fault]:
    """Keep within the limits of the service that sends it.

    A service refuses what is over its own limit, often with an error that names no cause: 1 MB of
    HTML at Brevo and SendGrid, 400 kB at Constant Contact, 300 characters of excerpt at Ghost, 100
    of name at SendGrid.
    """
    name, issue = case.context.service, case.issue
    most = MOST_BYTES.get(name)
    if most and case.size > most:
        yield Fault(
            message=f"{case.size:,} bytes of HTML: {name} takes at most {most:,}", fix="Show less"
        )
    if not issue:
        return
    for what, text, limits in (
        ("the subject", issue.subject, MOST_SUBJECT),
        ("the preheader", issue.preheader, MOST_PREHEADER),
        ("the title", f"{issue.title} {issue.id}", MOST_NAME),
    ):
        limit = limits.get(name)
        if limit and len(text) > limit:
            yield Fault(
                message=f"{what} has {len(text)} characters: {name} takes at most {limit}",
                fix="Write a shorter one into editor.md",
                place="editor.md",
            )


def tracked(case: Case) -> Iterator[Fault]:
    """Leave room for the service to wrap each link.

    A service that counts clicks replaces every address by one of its own, about 150 bytes longer; a
    mail of 90 kB with a hundred links is clipped only after it was sent. Source: sizes before and
    after at four services.
    """
    if case.context.service in UNTRACKED and case.issue:
        return
    wrapped = sum(link.href.startswith(("http://", "https://")) for link in case.links)
    size = case.size + wrapped * BYTES_A_TRACKED_LINK
    if size >= CLIPS_FROM > case.size:
        yield Fault(
            message=f"{case.size:,} bytes become about {size:,} once the service has wrapped"
            f" {wrapped} links",
            fix="Switch click tracking off, or show fewer links",
        )


def words(case: Case) -> Iterator[Fault]:
    """Say something, and not everything: between 50 and 5,000 words.

    Filters distrust a mail of a few words and pictures, and hardly anybody reads past twenty
    minutes (SpamAssassin, HTML_IMAGE_ONLY).
    """
    count = len(case.seen_text.split())
    if len(case.seen_text) > 12 * count and len(case.seen_text) > 200:
        return  # a language that puts no spaces between words
    if not FEWEST_WORDS <= count <= MOST_WORDS:
        yield Fault(
            message=f"{count:,} word{'s' * (count != 1)}",
            fix="Say more" if count < FEWEST_WORDS else "Link to the rest",
        )


def ascii_only(case: Case) -> Iterator[Fault]:
    """Write the HTML in ASCII, all else as numeric entities.

    Raw characters beyond ASCII survive only where every station on the way knows the charset, and
    raw control characters have made Gmail clip small mails (issue 41 of hteumeuleu/email-bugs).
    """
    found = _CONTROL.search(case.html) or _ODD.search(case.html)
    if found:
        count = len(_ODD.findall(case.html)) + len(
            re.findall(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", case.html)
        )
        yield Fault(
            message=f"{count:,} raw characters that are no plain ASCII,"
            f" the first U+{ord(found[0]):04X}",
            fix=f"Write them as entities, as &#{ord(found[0])};",
            at=found.start(),
        )


def charset(case: Case) -> Iterator[Fault]:
    """Say the charset, and keep to it.

    Where the bytes do not fit the charset that is told, readers see question marks in lozenges
    (HTML, 4.2.5.4).
    """
    lost = case.html.find("\ufffd")
    if lost >= 0:
        yield Fault(
            message="bytes that do not fit the charset stand here as U+FFFD",
            fix="Save it as UTF-8 and say so",
            at=lost,
        )
        return
    is_told = any(
        "charset" in node.attributes or "charset=" in node.get("content").lower()
        for node in case.page.all("meta")
    )
    if not is_told and not case.message:
        yield Fault(
            message="no charset is told", fix='Add <meta charset="utf-8"> at the top of <head>'
        )


def line(case: Case) -> Iterator[Fault]:
    """Keep each line of the message within 998 bytes.

    A server may cut longer lines or refuse the message, and breaks signatures by wrapping them (RFC
    5322, 2.1.1).
    """
    longest = case.message.longest_line if case.message else 0
    if longest > MOST_LINE:
        yield Fault(
            message=f"a line of {longest:,} bytes; mail servers take 998",
            fix="Encode the parts as quoted-printable",
            place=case.message_name,
        )


FAMILY: Final = "size"
RULES: Final = (
    Rule("SIZE-CLIP", FAMILY, "error", clip),
    Rule("SIZE-STYLE", FAMILY, "error", style),
    Rule("SIZE-SERVICE", FAMILY, "error", service),
    Rule("SIZE-TRACKED", FAMILY, "warning", tracked),
    Rule("WORD-COUNT", FAMILY, "information", words),
    Rule("ASCII", FAMILY, "warning", ascii_only),
    Rule("CHARSET", FAMILY, "error", charset),
    Rule("LINE-998", FAMILY, "error", line, "message"),
)
