"""What the law and the big receivers ask of whoever sends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.checking.case import Case, Link
from digest.checking.facts import hosts, lexicon
from digest.checking.facts.services import ADDRESS_TAG, UNSUBSCRIBE_TAG
from digest.checking.parsing import fold
from digest.checking.rule import Fault, Rule
from digest.lazy import regex

# Below its cut at 102 kB, with room for what the service adds on the way.
SEEN_BY_GMAIL: Final = 90_000
_MAILBOX: Final = regex(
    r"\s*(?:\"?(?P<name>[^<>\"]*)\"?\s*<(?P<boxed>[^<>]*)>|(?P<bare>[^<>\s]+@[^<>\s]+))\s*"
)
_NO_REPLY: Final = regex(
    r"(?:no|do[-_.]?not|donot|ne[-_.]?pas|keine?)[-_.]?(?:reply|repondre|antwort\w*|responder)|"
    r"(?:n[aã]o|non|nie|ne|inte|ikke|nemo|geen)[-_.]?(?:respond\w*|rispond\w*|odpowiada\w*|"
    r"odpovida\w*|svara?|antwoord\w*)",
    re.IGNORECASE,
)
_CONFIG: Final = "digest.toml"


def _gives(case: Case, slot: str) -> bool:
    """Tell whether the service itself puts in what a slot stands for."""
    return case.service is not None and slot in case.service.tags


# ---------------------------------------------------------------- what the configuration lacks


def unsubscribe_set(case: Case) -> Iterator[Fault]:
    """Configure how readers unsubscribe.

    Every mail to a list must have a way out (RFC 8058, GDPR, CAN-SPAM); without one the footer has
    no link.
    """
    if case.issue and not case.issue.newsletter.unsubscribe and not _gives(case, "unsubscribe"):
        yield Fault(
            message="[newsletter] has no unsubscribe",
            fix='Add unsubscribe = "https://…", or name the service that sends it',
            place=_CONFIG,
        )


def address_set(case: Case) -> Iterator[Fault]:
    """Configure a postal address.

    CAN-SPAM and its like ask every bulk mail for the sender's postal address.
    """
    if case.issue and not case.issue.newsletter.address and not _gives(case, "address"):
        yield Fault(
            message="[newsletter] has no address",
            fix='Add address = "…", as on an envelope',
            place=_CONFIG,
        )


def sender_set(case: Case) -> Iterator[Fault]:
    """Configure who sends.

    Without a sender message.eml is from an address that does not exist (RFC 5322, 3.6.2).
    """
    if case.issue and not case.issue.newsletter.sender:
        yield Fault(
            message="[newsletter] has no sender",
            fix='Add sender = "Name <name@host>"',
            place=_CONFIG,
        )


# ---------------------------------------------------------------- the way out


def unsubscribe(case: Case) -> Iterator[Fault]:
    """Show a way to unsubscribe within the first 90 kB.

    Readers who find none press "spam"; below Gmail's cut nobody finds it (CAN-SPAM, GDPR).
    """
    # One cause, one finding: the configuration's own rule has told it already.
    if next(unsubscribe_set(case), None):
        return
    found = [link.node.start for link in case.links if is_way_out(case, link)]
    found += [text.start for text in case.seen if UNSUBSCRIBE_TAG.search(text.value)]
    found += [node.start for node in case.page.all("unsubscribe")]  # Campaign Monitor's own element
    if not found:
        yield Fault(message="no link to unsubscribe", fix="Put one into the footer")
    elif min(found) > SEEN_BY_GMAIL:
        yield Fault(
            message=f"the link to unsubscribe stands after {min(found):,} characters,"
            " below Gmail's cut",
            fix="Shorten what stands above it",
            at=min(found),
        )


def is_way_out(case: Case, link: Link) -> bool:
    """Tell whether a link is one to unsubscribe by."""
    own = case.issue.newsletter.unsubscribe if case.issue else ""
    if link.href in ("", "#") or UNSUBSCRIBE_TAG.search(link.href):
        return link.href not in ("", "#")
    return (
        (own != "" and link.href == own)
        or lexicon.UNSUBSCRIBE.search(link.name) is not None
        or lexicon.UNSUBSCRIBE_ADDRESS.search(link.href) is not None
    )


def unsubscribe_header(case: Case) -> Iterator[Fault]:
    """Have the headers by which a mail program unsubscribes: one https address, and one-click.

    Gmail and Yahoo ask every bulk sender for them since 2024, and Gmail refuses mail without them
    since November 2025 (RFC 8058; Gmail's guidelines for senders).
    """
    message = case.message
    if message is None or next(unsubscribe_set(case), None) or _is_sent_by_service(case):
        return
    told = message.get("list-unsubscribe")
    if not told:
        yield _header_fault(case, "no List-Unsubscribe", "Name an https address in it")
    elif "https://" not in told.lower():
        yield _header_fault(
            case, "List-Unsubscribe names no https address", "Add one for one-click", is_grave=False
        )
    elif (
        message.get("list-unsubscribe-post").replace(" ", "").lower()
        != "list-unsubscribe=one-click"
    ):
        yield _header_fault(
            case,
            "no List-Unsubscribe-Post",
            "Add List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        )


def _is_sent_by_service(case: Case) -> bool:
    """Tell of an issue whose message.eml is a test only: the service writes its own headers."""
    return case.issue is not None and _gives(case, "unsubscribe")


def _header_fault(case: Case, message: str, fix: str, *, is_grave: bool = True) -> Fault:
    return Fault(
        message=message, fix=fix, place=case.message_name, severity=None if is_grave else "warning"
    )


def postal(case: Case) -> Iterator[Fault]:
    """Show a postal address.

    CAN-SPAM, CASL and others ask for it; filters look for it, too.
    """
    if next(address_set(case), None):
        return
    own = case.issue.newsletter.address if case.issue else ""
    if own and fold(own) in case.seen_text:
        return
    service_adds = case.service is not None and case.service.tags.get("address") == ""
    if (
        service_adds
        or ADDRESS_TAG.search(case.html)
        # Addresses stand in footers; further up they are what a post tells of.
        or lexicon.POSTAL.search(case.seen_text[-2500:])
    ):
        return
    yield Fault(message="no postal address", fix="Write it into the footer")


# ---------------------------------------------------------------- headers and parts


def headers(case: Case) -> Iterator[Fault]:
    """Have From, Date, Message-ID and Subject once each, and a List-Id.

    Servers refuse or mend a message that lacks one or has two; List-Id lets readers sort (RFC 5322,
    3.6; RFC 2919).
    """
    message = case.message
    if message is None:
        return
    for name in ("From", "Date", "Message-ID", "Subject"):
        count = len(message.all(name.lower()))
        # RFC 5322, 3.6: exactly one each, but for Message-ID, which receivers want as much.
        if count != 1:
            yield _header_fault(case, f"{count or 'no'} {name}{'s' * (count > 1)}", "One is needed")
    if not message.all("list-id"):
        yield _header_fault(case, "no List-Id", "Add one", is_grave=False)


def parts(case: Case) -> Iterator[Fault]:
    """Have a plain part, and before the HTML.

    A program takes the last part that it can show, so HTML first means that everybody reads the
    plain one (RFC 2046, 5.1.4); without a plain one filters grow suspicious.
    """
    message = case.message
    if message is None:
        return
    types = [part.type for part in message.parts if part.disposition != "attachment"]
    if "text/html" not in types:
        yield _header_fault(
            case, "no HTML part: nothing else of this can be judged", "Add one, or send it as it is"
        )
    elif "text/plain" not in types:
        yield _header_fault(case, "no plain part", "Add one before the HTML")
    elif types.index("text/plain") > types.index("text/html"):
        yield _header_fault(case, "the plain part stands after the HTML", "Put it first")


# ---------------------------------------------------------------- who sends


def _sender(case: Case) -> tuple[str, str]:
    """Return the sender's name and address, both empty where nothing tells."""
    written = case.message.get("from") if case.message else ""
    if case.issue:
        written = case.issue.newsletter.sender
    found = _MAILBOX.fullmatch(written)
    if not found:
        return "", written.strip()
    return (found["name"] or "").strip(), (found["boxed"] or found["bare"] or "").strip()


def sender_domain(case: Case) -> str:
    """Return the domain of who sends, empty where nothing tells."""
    return _sender(case)[1].rpartition("@")[2].lower().rstrip(">")


def freemail(case: Case) -> Iterator[Fault]:
    """Send from a domain of your own.

    Gmail, Yahoo and Outlook let nobody else send in their name: DMARC fails at every service, and
    the mail is lost.
    """
    domain = sender_domain(case)
    if hosts.FREEMAIL.fullmatch(domain):
        yield Fault(
            message=f"the sender is at {domain}, which lets no service send for it",
            fix="Send from a domain of your own",
            place=_CONFIG if case.issue else case.message_name,
        )


def sender_name(case: Case) -> Iterator[Fault]:
    """Send under a name, and always the same.

    Readers know a mail by its sender first; a new name is a stranger (Google's email sender
    guidelines, on display names).
    """
    name, address = _sender(case)
    place = _CONFIG if case.issue else case.message_name
    if address and not name:
        yield Fault(message="the sender has no name", fix='Write "Name <name@host>"', place=place)
    for last in case.context.past[:1]:
        named = _named(last.sender)
        if name and named and fold(name).casefold() != fold(named).casefold():
            message = f'the sender was "{named}" in {last.id}'
            yield Fault(message=message, fix="Keep the name", place=place)


def _named(sender: str) -> str:
    """Return the name that stands before an address, empty if none does."""
    found = _MAILBOX.fullmatch(sender)
    return (found["name"] or "").strip() if found else ""


def no_reply(case: Case) -> Iterator[Fault]:
    """Let readers answer.

    An answer is the best sign to a receiver that your mail is wanted; no-reply forbids it
    (practice: no standard asks for it).
    """
    reply = case.message.get("reply-to") if case.message else ""
    for written in (_sender(case)[1], reply):
        if _NO_REPLY.search(written):
            yield Fault(
                message=f"readers cannot answer {fold(written)}",
                fix="Use an address that somebody reads",
                place=_CONFIG if case.issue else case.message_name,
            )
            return


FAMILY: Final = "sending"
RULES: Final = (
    Rule("UNSUB-SET", FAMILY, "error", unsubscribe_set, "any"),
    Rule("ADDRESS-SET", FAMILY, "error", address_set, "any"),
    Rule("SENDER-SET", FAMILY, "error", sender_set, "any"),
    Rule("UNSUB-BODY", FAMILY, "error", unsubscribe),
    Rule("UNSUB-HDR", FAMILY, "error", unsubscribe_header, "message"),
    Rule("POSTAL", FAMILY, "warning", postal),
    Rule("HDR-SET", FAMILY, "error", headers, "message"),
    Rule("MIME-ORDER", FAMILY, "error", parts, "message"),
    Rule("FROM-FREEMAIL", FAMILY, "error", freemail, "any"),
    Rule("FROM-NAME", FAMILY, "warning", sender_name, "any"),
    Rule("REPLY-TO", FAMILY, "information", no_reply, "any"),
)
