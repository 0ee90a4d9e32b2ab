"""What only the network tells: which links answer, what pictures weigh, what DNS says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from digest.checking.case import Answer, Case, shortened
from digest.checking.rule import Fault, Rule
from digest.checking.rules.sending import is_way_out, sender_domain
from digest.knowledge.links import is_tag

HEAVY, ALL_HEAVY = 200_000, 1_000_000
MOST_PIXELS: Final = 1_200
SLOW_SECONDS: Final = 5.0
_GONE: Final = frozenset((400, 404, 405, 410, 451, 500, 502, 503, 504))
_BARRED: Final = frozenset((401, 402, 403, 407, 418, 429, 999))  # a guard that lets browsers pass


def addresses(case: Case) -> dict[str, list[str]]:
    """Return the addresses that a check online asks: links, pictures, and the archive's page."""
    archive = [case.issue.web_url] if case.issue and case.issue.web_url else []
    # A way out is not tried: following it is what it is for.
    barred = {link.href for link in case.links if is_way_out(case, link)} | set(archive)
    links = _of_the_web(link.href for link in case.links)
    return {
        "links": [href for href in links if href not in barred],
        "pictures": _of_the_web(node.get("src").strip() for node in case.pictures),
        "archive": archive,
    }


def _of_the_web(addresses: Iterable[str]) -> list[str]:
    """Return each address once that a browser could ask: no merge tags, no other schemes."""
    web = (each for each in addresses if each.startswith(("http://", "https://")))
    return [each for each in dict.fromkeys(web) if not is_tag(each)]


def is_settled(answer: Answer, *, is_picture: bool) -> bool:
    """Tell whether nothing is to be mended at an address, so that it need not be asked again soon.

    A link that redirects is mended in the email, and the address answers as before.
    """
    if not 200 <= answer.status < 300:
        return False
    if is_picture:
        return _is_picture(answer) and answer.size <= HEAVY and not _is_large(answer)
    return answer.seconds <= SLOW_SECONDS


def records(case: Case) -> tuple[str, ...]:
    """Return the names whose texts in DNS a check online asks."""
    domain = sender_domain(case)
    if not re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", domain):
        return ()
    dkim = (f"{case.context.dkim}._domainkey.{domain}",) if case.context.dkim else ()
    policies = (f"_dmarc.{domain}", f"_dmarc.{_organisation(domain)}")
    return tuple(dict.fromkeys((domain, *policies, *dkim)))


def _organisation(domain: str) -> str:
    """Return the domain that was registered.

    The last two labels, or three where those are short.
    """
    labels = domain.split(".")
    count = 3 if len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2 else 2
    return ".".join(labels[-count:])


def _asked(case: Case, kind: str) -> Iterator[tuple[int | None, Answer]]:
    """Yield each answer of a kind with the place of its address in the page."""
    answers = case.context.online.answers if case.context.online else {}
    places = (
        {link.href: link.node.start for link in reversed(case.links)} if kind == "links" else {}
    )
    if kind == "pictures":
        places = {node.get("src").strip(): node.start for node in reversed(case.pictures)}
    for address in addresses(case)[kind] if answers else ():
        if address in answers:
            yield places.get(address), answers[address]


def dead(case: Case) -> Iterator[Fault]:
    """Link to pages that answer.

    A dead link is the fault that readers write about (RFC 9110, 15.5.5 and 15.5.11; with
    `--online`).
    """
    for at, answer in _asked(case, "links"):
        what = shortened(answer.url, 70)
        if answer.status in _GONE or (not answer.status and answer.error):
            why = (
                f"answers {answer.status}" if answer.status else f"does not answer ({answer.error})"
            )
            yield Fault(message=f"{what} {why}", fix="Correct it, or take it out", at=at)
        elif answer.status in _BARRED:
            yield Fault(
                message=f"{what} answers {answer.status} to a program",
                fix="Open it by hand",
                at=at,
                severity="information",
            )


def redirected(case: Case) -> Iterator[Fault]:
    """Link to where a page is now.

    Each detour takes time on a telephone and may end one day; the final address is offered (RFC
    9110, 15.4; with `--online`).
    """
    for at, answer in _asked(case, "links"):
        is_ok = 200 <= answer.status < 300
        if is_ok and answer.final and not _is_same(answer.url, answer.final):
            yield Fault(
                message=f"{shortened(answer.url, 60)} redirects",
                fix=f"Link to {shortened(answer.final, 80)}",
                at=at,
            )


def _is_same(one: str, other: str) -> bool:
    """Tell whether two addresses differ by a slash or by parameters only."""
    ours, theirs = urlsplit(one), urlsplit(other)
    return (
        ours.netloc.lower() == theirs.netloc.lower()
        and ours.path.rstrip("/") == theirs.path.rstrip("/")
        and (ours.scheme == theirs.scheme)
    )


def slow(case: Case) -> Iterator[Fault]:
    """Link to pages that answer in five seconds.

    Readers on a train wait no longer (practice: no standard asks for it; with `--online`).
    """
    for at, answer in _asked(case, "links"):
        if answer.status and answer.seconds > SLOW_SECONDS:
            yield Fault(
                message=f"{shortened(answer.url, 60)} took {answer.seconds:.1f} seconds",
                fix="Try it again",
                at=at,
            )


def weight(case: Case) -> Iterator[Fault]:
    """Keep pictures under 200 KB each and 1 MB together.

    Many open mail on a telephone, and pay for it (practice: no standard asks for it; with
    `--online`).
    """
    total = 0
    for at, answer in _asked(case, "pictures"):
        total += answer.size
        if answer.size > HEAVY:
            yield Fault(
                message=f"{shortened(answer.url, 60)} weighs {answer.size // 1000:,} KB",
                fix="Save it smaller",
                at=at,
            )
    if total > ALL_HEAVY:
        yield Fault(
            message=f"the pictures weigh {total // 1000:,} KB together",
            fix="Save them smaller, or show fewer",
        )


def large(case: Case) -> Iterator[Fault]:
    """Keep picture files within 1,200 × 1,200 pixels.

    Twice what is shown is sharp on every screen (Lighthouse, properly size images; with
    `--online`).
    """
    for at, answer in _asked(case, "pictures"):
        if _is_large(answer):
            yield Fault(
                message=f"{shortened(answer.url, 60)} has {answer.width:,} × {answer.height:,}"
                " pixels",
                fix=f"Save it with {MOST_PIXELS:,} at most",
                at=at,
            )


def _is_large(answer: Answer) -> bool:
    return max(answer.width, answer.height) > MOST_PIXELS


def no_picture(case: Case) -> Iterator[Fault]:
    """Let every picture's address answer with a picture.

    A page with a login, or an error in HTML, shows as a broken picture (RFC 9110,
    8.3; with `--online`).
    """
    for at, answer in _asked(case, "pictures"):
        what = shortened(answer.url, 60)
        if answer.status >= 400 or (not answer.status and answer.error):
            yield Fault(
                message=f"{what}: {answer.status or answer.error}",
                fix="Put the picture where all can see it",
                at=at,
            )
        elif answer.status and not _is_picture(answer):
            yield Fault(
                message=f"{what} is no picture but {answer.kind}",
                fix="Link to the file itself",
                at=at,
            )


def _is_picture(answer: Answer) -> bool:
    """Tell whether an answer may be a picture; some servers name no kind, or any bytes."""
    return not answer.kind or answer.kind.startswith("image/") or "octet" in answer.kind


def canonical(case: Case) -> Iterator[Fault]:
    """Publish the page that "view in browser" leads to.

    It is the first link that a reader with a broken mail tries (RFC 9110, 15.5.5; with `--online`).
    """
    for _, answer in _asked(case, "archive"):
        if not 200 <= answer.status < 300:
            yield Fault(
                message=f"{answer.url} answers {answer.status or answer.error}",
                fix="Publish the folder issues/",
            )


def dns(case: Case) -> Iterator[Fault]:
    """Have SPF, DKIM and DMARC for the sender's domain.

    Gmail and Yahoo ask every bulk sender for them since 2024, Outlook.com since May 2025, and all
    three refuse mail without them (with `--online`; DKIM where `[check] dkim` names the selector).
    """
    online = case.context.online
    names = records(case)
    if online is None or not names or names[0] not in online.records:
        return
    told = {name: " ".join(online.records.get(name, ())).lower() for name in names}
    domain = names[0]
    yield from _spf_faults(case, domain, online.records[domain])
    policies = (told[name] for name in names if name.startswith("_dmarc."))
    if not any("v=dmarc1" in policy for policy in policies):
        yield _dns_fault(
            case, f"{domain} has no DMARC", f'Add a TXT record _dmarc.{domain}: "v=DMARC1; p=none"'
        )
    for name in names:
        # an empty p= takes a key back (RFC 6376, 3.6.1)
        if "._domainkey." in name and not re.search(r"\bp=[^;\s]", told[name]):
            yield _dns_fault(case, f"{name} has no key", "Add the record that your service names")


def _spf_faults(case: Case, domain: str, records: tuple[str, ...]) -> Iterator[Fault]:
    """Tell of no record, or of more than one, which counts as a fault of all (RFC 7208, 4.5)."""
    senders = [text for text in records if text.lower().startswith("v=spf1")]
    if not senders:
        yield _dns_fault(case, f"{domain} has no SPF", "Add the TXT record that your service names")
    elif len(senders) > 1:
        yield _dns_fault(
            case,
            f"{domain} has {len(senders)} records of SPF, so none counts",
            "Join them into one",
        )


def _dns_fault(case: Case, message: str, fix: str) -> Fault:
    return Fault(message=message, fix=fix, place="DNS")


def spam(case: Case) -> Iterator[Fault]:
    """Pass the filters.

    SpamAssassin and rspamd stand before many letter boxes; each reason they give costs points (with
    `--spam`).
    """
    verdict = case.context.spam
    if verdict is None:
        return
    reasons = f": {', '.join(verdict.reasons[:6])}" if verdict.reasons else ""
    points = f"{verdict.score:g} of {verdict.limit:g} points{reasons}"
    if verdict.score >= verdict.limit:
        yield Fault(
            message=f"{verdict.program} takes it for spam, {points}",
            fix="Mend the heaviest",
            place=case.message_name,
            severity="error",
        )
    elif verdict.score * 2 >= verdict.limit:
        yield Fault(
            message=f"{verdict.program} gives it {points}",
            fix="Mend the heaviest",
            place=case.message_name,
        )


FAMILY: Final = "online"
RULES: Final = (
    Rule("LINK-DEAD", FAMILY, "error", dead),
    Rule("LINK-REDIRECT", FAMILY, "warning", redirected),
    Rule("LINK-SLOW", FAMILY, "information", slow),
    Rule("IMG-WEIGHT", FAMILY, "warning", weight),
    Rule("IMG-LARGE", FAMILY, "warning", large),
    Rule("IMG-HOST", FAMILY, "warning", no_picture),
    Rule("CANONICAL", FAMILY, "warning", canonical),
    Rule("DMARC-DNS", FAMILY, "warning", dns, "any"),
    Rule("SPAM", FAMILY, "warning", spam, "any"),
)
