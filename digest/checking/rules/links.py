"""Links: where they lead, what they are called, and whether a reader may follow them at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from digest.addresses import ascii_host
from digest.checking.case import Case, Link, shortened
from digest.checking.facts import hosts, lexicon
from digest.checking.parsing import Text, fold
from digest.checking.rule import Fault, Rule
from digest.knowledge.links import misspelt
from digest.lazy import regex

_SCHEME: Final = regex(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_ALLOWED: Final = frozenset(("http", "https", "mailto", "tel", "sms"))
_HTTP: Final = regex(r"http://", re.IGNORECASE)
_CSS_HTTP: Final = regex(r"""url\(\s*["']?(http://[^"')\s]+)""", re.IGNORECASE)
_DOMAIN: Final = regex(r"(?:https?://)?((?:[\w-]+\.)+(?:[a-z]{2,24}))(?:[/:?#]\S*)?", re.IGNORECASE)
# What counts where readers came from changes no page.
_UTM: Final = regex(r"[?&](?:utm_\w+|mc_\w+|ref|source)=[^&#]*")


def host(address: str) -> str:
    """Return the host of an address in lower case, empty where it has none."""
    try:
        return (urlsplit(address).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


def _scheme(href: str) -> str:
    found = _SCHEME.match(href)
    return found[1].lower() if found else ""


# ---------------------------------------------------------------- words


def name(case: Case) -> Iterator[Fault]:
    """Give each link words.

    A link without text, label or alt text is read out as its address, letter by letter (WCAG 2.4.4,
    4.1.2).
    """
    for link in case.links:
        if not link.name and not link.is_silent and not _is_picture_without_alt(link):
            yield Fault(
                message=f"a link to {shortened(link.href or 'nowhere', 40)} without words",
                fix="Write where it leads",
                at=link.node.start,
            )


def _is_picture_without_alt(link: Link) -> bool:
    """Tell of a link that is a picture only: the picture's own rule names it."""
    return any(node.name == "img" for node in link.node.elements())


def text(case: Case) -> Iterator[Fault]:
    """Let a link's words say where it leads, and different words lead to different places.

    Many jump from link to link and hear nothing between them: "here, here, read more, read more"
    (WCAG 2.4.4).
    """
    leads: dict[str, Link] = {}
    for link in case.links:
        words = link.name.casefold().rstrip(" .:>»›→…!")
        # Words of signs alone ("→") say as little as "here".
        if words in lexicon.VAGUE or (link.name and not words and not link.is_silent):
            yield Fault(
                message=f'"{link.name}" does not say where it leads',
                fix="Name the page",
                at=link.node.start,
            )
            continue
        if not words or link.is_silent or case.is_tag(link.href):
            continue
        before = leads.setdefault(words + _labelled(link), link)
        if _page(before.href) != _page(link.href) and not case.is_tag(before.href):
            yield Fault(
                message=f'two links called "{shortened(link.name, 40)}" lead to'
                f" {shortened(before.href, 50)} and {shortened(link.href, 50)}",
                fix="Call them by different words, or add an aria-label",
                at=link.node.start,
            )


def _labelled(link: Link) -> str:
    """Return what a link labels: in "part 1: On keys" the title, which tells parts apart."""
    node = link.node
    while node.parent and node.parent.name in _EMPHASIS and node.parent.children[-1] is node:
        node = node.parent  # the label may be bold, what it labels is not
    beside = node.parent.children if node.parent else []
    # By identity: two links of one text are equal, and stand in two places.
    at = next((at for at, each in enumerate(beside) if each is node), len(beside))
    after = next(iter(beside[at + 1 :]), None)
    said = after.value.strip() if isinstance(after, Text) else ""
    return said.casefold() if said.startswith((":", "：", "–", "—")) else ""


_EMPHASIS: Final = frozenset({"b", "strong", "em", "i", "span"})


def _page(href: str) -> str:
    return _UTM.sub("", href).rstrip("/?&").partition("#")[0].replace("http://", "https://")


def text_address(case: Case) -> Iterator[Fault]:
    """Lead where the words say.

    A link that shows one site and leads to another is what a swindler's looks like; filters count
    it so (ClamAV, Heuristics.Phishing.Email.SpoofedDomain).
    """
    for link in case.links:
        shown = _DOMAIN.fullmatch(fold(link.shown).rstrip(" .,:›»→"))
        real = host(link.href)
        if not shown or not real or "@" in link.shown or _is_a_file(link.shown):
            continue
        said = _in_ascii(shown[1].lower())
        if (
            _bare(said) != _bare(real)
            # A part of a site is the site: "blog.example" may lead to www.blog.example, and back.
            and not real.endswith(f".{_bare(said)}")
            and not _bare(said).endswith(f".{_bare(real)}")
        ):
            yield Fault(
                message=f'the link shows "{shortened(link.shown, 40)}" and leads to {real}',
                fix="Show the site's name, or link to it straight",
                at=link.node.start,
            )


def _is_a_file(shown: str) -> bool:
    """Tell whether words that look like a host are a file's or a program's name, as Node.js is."""
    name = fold(shown).casefold()
    return name.rpartition(".")[2] in hosts.FILE_ENDINGS and not name.startswith(("http", "www."))


def _in_ascii(name: str) -> str:
    """Return a host as DNS writes it, so that bücher.example and xn--bcher-kva.example are one."""
    try:
        return ascii_host(name)
    except UnicodeError:
        return name


def _bare(name: str) -> str:
    return name.removeprefix("www.").removeprefix("m.")


# ---------------------------------------------------------------- addresses


def scheme(case: Case) -> Iterator[Fault]:
    """Link to pages on the web, mail addresses and telephone numbers only, each spelt as one.

    `javascript:` and `file:` are removed or refused, `htpps:` leads nowhere, several programs do
    not jump to a `#place`, and a private address opens only at your own desk, unless `[fetching]
    allow_private` names its host (RFC 6890 for private addresses; OWASP on scripts in links).
    """
    # An old anchor has a name, a new one an id.
    ids = {told for node in case.page.nodes for told in (node.get("id"), node.get("name")) if told}
    for link in case.links:
        slip = misspelt(link.href) if _scheme(link.href) else None
        if slip:
            yield Fault(
                message=f'"{shortened(link.href, 40)}": {slip.wrong}',
                fix=f"Write {slip.write}",
                at=link.node.start,
            )
            continue
        message = "" if _is_reached(case, link.href) else _scheme_fault(case, link.href, ids)
        if message:
            yield Fault(
                message=message,
                fix="Link to an address that everybody can open",
                at=link.node.start,
                severity="warning" if message.startswith("a place") else None,
            )


def _is_reached(case: Case, href: str) -> bool:
    """Tell whether a private host is one that the project names, as a firm's newsletter does."""
    return host(href) in {name.lower().partition(":")[0] for name in case.context.intranet}


def _scheme_fault(case: Case, href: str, ids: set[str]) -> str:
    if case.is_tag(href):
        return ""
    if href.startswith("#"):
        if href[1:] in ids:
            return f"a place in this mail ({href}): several programs do not jump there"
        return f'"{href}" leads nowhere'
    kind = _scheme(href)
    # "localhost:8000/x" has no scheme, though it looks like one.
    if kind and kind not in _ALLOWED and not _is_host_and_port(href):
        return f'"{shortened(href, 40)}" is no address on the web'
    if hosts.PRIVATE_HOST.match(host(href)):
        return f"{host(href)} is private"
    return ""


def _is_host_and_port(href: str) -> bool:
    return re.match(r"[\w.-]+\.\w+:\d+", href) is not None


def local(case: Case) -> Iterator[Fault]:
    """Write whole addresses.

    A mail has no page that `/about` could be relative to (RFC 3986, 5.1).
    """
    for link in case.links:
        href = link.href
        if (
            href
            and not href.startswith("#")
            and not case.is_tag(href)
            and (not _scheme(href) or _is_host_and_port(href))
        ):
            slip = misspelt(href)
            yield Fault(
                message=f'"{shortened(href, 50)}" is no whole address',
                fix=f"Write {slip.write}" if slip else "Begin it with https://",
                at=link.node.start,
            )


def button(case: Case) -> Iterator[Fault]:
    """Let every button lead somewhere.

    A link without `href` looks like the others and does nothing (HTML, 4.5.1).
    """
    for node in case.page.all("a"):
        is_anchor = "name" in node.attributes or "id" in node.attributes
        if (
            case.light[node].is_hidden
            or node.get("href").strip()
            or (is_anchor and "href" not in node.attributes)
        ):
            continue
        if node.text() or any(each.name == "img" for each in node.elements()):
            words = shortened(node.text() or "a picture", 40)
            yield Fault(
                message=f'"{words}" looks like a link and leads nowhere',
                fix="Fill in its href",
                at=node.start,
            )


def insecure(case: Case) -> Iterator[Fault]:
    """Use `https:` for links, pictures and styles.

    Browsers warn of plain `http:` pages, and webmail shows no picture from them (W3C, Mixed
    Content).
    """
    for link in case.links:
        if _HTTP.match(link.href) and not hosts.PRIVATE_HOST.match(host(link.href)):
            yield Fault(
                message=f"{shortened(link.href, 60)} is not https",
                fix="Write https://",
                at=link.node.start,
            )
    for node in case.page.all("img", "table", "tr", "td", "th", "body"):
        loaded = node.get("src" if node.name == "img" else "background").strip()
        if _HTTP.match(loaded):
            yield Fault(
                message=f"{shortened(loaded, 60)} is not https", fix="Write https://", at=node.start
            )
    for found in _CSS_HTTP.finditer(case.html) if "url(" in case.html else ():
        yield Fault(
            message=f"{shortened(found[1], 60)} is not https",
            fix="Write https://",
            at=found.start(),
        )


def shortener(case: Case) -> Iterator[Fault]:
    """Link straight, through no shortener.

    Nobody sees where a shortened link leads, spammers use the same hosts, and filters block them
    whole (SpamAssassin, DecodeShortURLs).
    """
    for link in case.links:
        if host(link.href).removeprefix("www.") in hosts.SHORTENERS:
            yield Fault(
                message=f"{shortened(link.href, 50)} is a shortened link",
                fix="Write out where it leads",
                at=link.node.start,
            )


def trackback(case: Case) -> Iterator[Fault]:
    """Paste no link from a mail that was sent.

    A service's counts every click as one by the reader it was made for, and dies when that campaign
    is deleted; a mail filter's shows your firm's name, and warns strangers (the services' own
    descriptions of how they count clicks).
    """
    if case.message is not None and case.issue is None:
        return  # a mail that a service sent has its links wrapped, as it should
    for link in case.links:
        if hosts.TRACKBACK.search(link.href):
            yield Fault(
                message=f"{shortened(link.href, 60)} was made by a service or a mail filter",
                fix="Open it and paste the address it leads to",
                at=link.node.start,
            )


def private(case: Case) -> Iterator[Fault]:
    """Link to what is published, not to its draft, preview or editor.

    Readers get a login or an error, and the token or password in the address may let them in
    (OWASP, information exposure through query strings).
    """
    linked = {host(link.href).removeprefix("www.") for link in case.links}
    for link in case.links:
        if not case.is_tag(link.href) and _is_private(link.href, linked):
            yield Fault(
                message=f"{shortened(link.href, 70)} is a draft, a preview or an editor's page",
                fix="Link to the published page",
                at=link.node.start,
            )


def _is_private(href: str, linked: set[str]) -> bool:
    """Tell whether an address is for editors; `linked` are the hosts that the mail leads to."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    if not parts.netloc or parts.scheme.lower() not in ("http", "https"):
        return False
    name = (parts.hostname or "").rstrip(".")
    # An address within another's query, as shares have it, says nothing of the link itself.
    rest = href.partition(parts.netloc)[2]
    own = re.split(r"https?(?::|%3a)", rest, maxsplit=1, flags=re.IGNORECASE)[0]
    return (
        "@" in parts.netloc
        or hosts.PRIVATE_PAGE.search(own) is not None
        or hosts.PRIVATE_SITE.match(name + own) is not None
        or _is_staging(name, linked)
    )


def _is_staging(name: str, linked: set[str]) -> bool:
    """Tell whether a site is tried out at a host before it is published."""
    found = hosts.STAGING.fullmatch(name)
    if found and not hosts.TWO_PART_ENDING.fullmatch(found[1]):
        return True
    # "dev.x.example" beside links to x.example; alone it may be a site for developers.
    trial = hosts.TRIAL.fullmatch(name)
    return trial is not None and trial[1] in linked


FAMILY: Final = "links"
RULES: Final = (
    Rule("LINK-NAME", FAMILY, "error", name),
    Rule("LINK-TEXT", FAMILY, "warning", text),
    Rule("LINK-TEXT-URL", FAMILY, "warning", text_address),
    Rule("LINK-SCHEME", FAMILY, "error", scheme),
    Rule("LINK-LOCAL", FAMILY, "error", local),
    Rule("LINK-HTTP", FAMILY, "warning", insecure),
    Rule("LINK-SHORTENER", FAMILY, "warning", shortener),
    Rule("LINK-TRACKBACK", FAMILY, "error", trackback),
    Rule("LINK-PRIVATE", FAMILY, "error", private),
    Rule("BUTTON-HREF", FAMILY, "error", button),
)
