"""Pictures: their words, sizes, files, and whether they are all there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from digest.checking.case import Case, is_silent, shortened
from digest.checking.facts.hosts import PRIVATE_HOST
from digest.checking.parsing import Node, fold, length
from digest.checking.rule import Fault, Rule
from digest.knowledge.picture_files import format_of, is_drawing
from digest.lazy import regex

WIDEST: Final = 600
HIGHEST: Final = 1_728
LONGEST_ALT: Final = 125
MOST_PIXELS: Final = 1_200
FEWEST_WORDS: Final = 20

# What a camera, a telephone or a programme calls a file; one word with low lines in it; an address.
_FILE: Final = regex(
    r"(?:https?://)?[\w()%+./ -]+\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?|heic)|"
    r"(?:IMG|DSC|DSCF|DSCN|PXL|MVIMG|GOPR|image|photo|picture|unnamed|Screen ?shot|Bildschirmfoto|"
    r"Schermafbeelding|Capture d.écran|Captura de pantalla|WhatsApp Image|Signal)"
    r"[-_ ]{0,3}(?:at |from |le )?\(?\d[\w :.,()à-]*|[^\W_]+(?:_[^\W_]+)+",
    re.IGNORECASE,
)
_NOT_FOR_ALL: Final = frozenset(("webp", "avif", "heic", "heif", "jxl", "tif", "tiff"))
_NO_ALT: Final = frozenset(
    "image picture photo img logo.png spacer graphic banner untitled unnamed alt null undefined "
    "bild foto grafik imagen fotografía immagine imagem afbeelding illustration obrázek "
    "zdjęcie".split()
)


def alt(case: Case) -> Iterator[Fault]:
    """Give every picture an alt text; an empty one only to a picture that is decoration.

    Half of all readers see no pictures at first, some never; where a picture is the whole link, its
    alt text is all that says where it leads (WCAG 1.1.1).
    """
    for node in case.pictures:
        if "alt" not in node.attributes and not _is_named(node):
            yield Fault(
                message=f"a picture without alt text ({_file(node)})",
                fix="Say what it shows",
                at=node.start,
            )
        elif not fold(node.get("alt")) and not _is_named(node) and (link := _only_in_link(node)):
            yield Fault(
                message=f"the picture ({_file(node)}) is all there is of a link to"
                f" {shortened(link.get('href'), 40)}, and has no alt text",
                fix="Say where it leads",
                at=node.start,
            )


def _is_named(node: Node) -> bool:
    is_decoration = (
        node.get("role").lower() in ("presentation", "none") or node.get("aria-hidden") == "true"
    )
    return bool(node.get("aria-label") or node.get("aria-labelledby")) or (
        is_decoration and "alt" in node.attributes
    )


def _only_in_link(node: Node) -> Node | None:
    """Return the link that a picture is all there is of, None where others say where it leads."""
    outer = (up for up in node.above() if up.name == "a" and "href" in up.attributes)
    link = next(outer, None)
    if link is None or is_silent(link) or link.text():
        return None
    others = [n for n in link.elements() if n.name == "img" and n is not node]
    told = (link.get("aria-label"), link.get("title"), *(n.get("alt") for n in others))
    return None if any(map(fold, told)) else link


def _file(node: Node) -> str:
    return shortened(urlsplit_path(node.get("src")).rpartition("/")[2] or "no address", 40)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def urlsplit_path(address: str) -> str:
    """Return the path of an address, empty where it is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def alt_file(case: Case) -> Iterator[Fault]:
    """Write an alt text that says something, in 125 characters at most.

    "IMG_2041.jpg" is read out letter by letter; a text that goes on and on cannot be skipped; and a
    title beside an empty one says that a decoration shows something (WCAG technique H67).
    """
    for node in case.pictures:
        words = fold(node.get("alt"))
        if "alt" in node.attributes and not words and fold(node.get("title")):
            yield Fault(
                message=f"a picture ({_file(node)}) with a title and an empty alt text",
                fix="Write the title as its alt text, or take it out",
                at=node.start,
            )
        if _FILE.fullmatch(words) or words.lower() in _NO_ALT:
            yield Fault(
                message=f'"{shortened(words, 40)}" is no alt text',
                fix="Say what the picture shows",
                at=node.start,
            )
        elif len(words) > LONGEST_ALT:
            yield Fault(
                message=f"an alt text of {len(words)} characters",
                fix=f"Say it in {LONGEST_ALT}",
                at=node.start,
            )


def width(case: Case) -> Iterator[Fault]:
    """Give each picture a width in whole pixels, 600 at most.

    Outlook for Windows reads only the attribute, no percentage, and shows the file in its full size
    otherwise.
    """
    for node in case.pictures:
        told = node.get("width").strip().removesuffix("px")
        if not told.isdecimal():
            what = f'width="{node.get("width")}"' if "width" in node.attributes else "no width"
            yield Fault(
                message=f"{_file(node)} has {what}",
                fix='Write it in pixels, as width="552"',
                at=node.start,
            )
        elif int(told[:9]) > WIDEST:
            yield Fault(
                message=f"{_file(node)} is {told} pixels wide",
                fix=f"Show it {WIDEST} wide",
                at=node.start,
            )


def height(case: Case) -> Iterator[Fault]:
    """Keep pictures under 1,728 pixels of height.

    Outlook for Windows cuts off whatever is below.
    """
    for node in case.pictures:
        styled = case.declared(node).get("height", "")
        told = (node.get("height").strip() or styled).removesuffix("px")
        if told.isdecimal() and int(told[:9]) >= HIGHEST:
            yield Fault(
                message=f"{_file(node)} is {told} pixels high", fix="Cut it in two", at=node.start
            )


def source(case: Case) -> Iterator[Fault]:
    """Load pictures from whole `https` addresses.

    Gmail shows no picture that is part of the page (`data:`), webmail no SVG, and a relative
    address leads nowhere in a mail.
    """
    # an issue carries no parts that a cid: could name
    allowed = {"cid"} if case.message is not None and case.issue is None else set()
    intranet = {name.lower().partition(":")[0] for name in case.context.intranet}
    for node in case.pictures:
        address = node.get("src").strip()
        if address and not case.is_tag(address) and _scheme(address) not in allowed:
            message, fix = _source_fault(address, _file(node), intranet)
            if message:
                yield Fault(message=message, fix=fix, at=node.start)


def _scheme(address: str) -> str:
    return address.partition(":")[0].lower() if ":" in address.partition("/")[0] else ""


def _source_fault(address: str, file: str, intranet: set[str]) -> tuple[str, str]:
    """Return what is wrong with a picture's address and what to do, both empty if nothing is."""
    scheme, host = _scheme(address), _host(address)
    if scheme == "data":
        return "a picture inside the page, which Gmail does not show", "Put it on a server"
    if scheme not in ("http", "https"):
        return f'"{shortened(address, 50)}" is no whole address', "Begin it with https://"
    if PRIVATE_HOST.match(host) and host not in intranet:
        fix = "Put it on a server that everybody can reach"
        return f"{file} lies on {host}, which is private", fix
    if is_drawing(address):
        return f"{file} is an SVG, which webmail does not show", "Use a PNG"
    return "", ""


def source_empty(case: Case) -> Iterator[Fault]:
    """Give each picture an address.

    An empty one makes some programs load the page itself once more, and shows a broken picture
    (HTML, 4.8.3).
    """
    for node in case.pictures:
        if not node.get("src").strip():
            yield Fault(
                message="a picture without an address",
                fix="Fill in src, or take it out",
                at=node.start,
            )


def form(case: Case) -> Iterator[Fault]:
    """Use PNG, JPEG or GIF.

    Outlook for Windows shows neither WebP nor AVIF (caniemail, image-webp and image-avif).
    """
    for node in case.pictures:
        written = format_of(node.get("src"))
        if written in _NOT_FOR_ALL:
            yield Fault(
                message=f"{_file(node)}: Outlook for Windows shows no {written}",
                fix="Use a JPEG or PNG",
                at=node.start,
            )


def pixels(case: Case) -> Iterator[Fault]:
    """Keep files within 1,200 × 1,200 pixels: twice what is shown at most.

    Larger ones load slowly on a telephone and look no sharper (Lighthouse, properly size images).
    """
    shown: dict[str, int] = {}
    for node in case.pictures:
        shown.setdefault(node.get("src"), node.start)
    for post in case.issue.posts if case.issue else ():
        image = post.image
        if image is None or image.url not in shown:
            continue
        if max(image.width or 0, image.height or 0) > MOST_PIXELS:
            yield Fault(
                message=f"{image.url.rpartition('/')[2]} has {image.width or '?'} ×"
                f" {image.height or '?'} pixels",
                fix=f"Use a file of {MOST_PIXELS} at most",
                post=post.title,
                at=shown[image.url],
            )


def only(case: Case) -> Iterator[Fault]:
    """Let no picture be the whole message.

    It is nothing where pictures are off, cannot be searched, grows illegible on a telephone, and is
    what filters know from spam (SpamAssassin, HTML_IMAGE_ONLY; WCAG 1.4.5).
    """
    large = [node for node in case.pictures if _area(node) >= 40_000]
    count = sum(len(text.value) for text in case.seen)
    words = len(case.seen_text.split())
    if (
        large
        and words < FEWEST_WORDS * len(large[:5])
        and count < 8 * FEWEST_WORDS * len(large[:5])
    ):
        yield Fault(
            message=f"{words} word{'s' * (words != 1)} beside {len(large)} large"
            f" picture{'s' * (len(large) > 1)}",
            fix="Write as text what the pictures say",
            at=large[0].start,
        )


def _area(node: Node) -> float:
    wide = length(node.get("width"), 300.0) if node.get("width") else 300.0
    high = length(node.get("height"), wide) if node.get("height") else wide
    return wide * high


def pixel(case: Case) -> Iterator[Fault]:
    """Leave out pictures of one or two pixels.

    They come along from a post and tell somebody else's counter that your readers read it (ePrivacy
    directive, 5(3), as the EDPB's guidelines 2/2023 read it).
    """
    if case.message is not None and case.issue is None:
        return  # the counter of the service that sent it
    for node in case.page.all("img"):
        sizes = [
            told
            for name in ("width", "height")
            if (told := node.get(name).removesuffix("px")).isdecimal()
        ]
        declared = case.declared(node)
        sizes += [
            v.removesuffix("px")
            for n in ("width", "height")
            if (v := declared.get(n, "")).removesuffix("px").isdecimal()
        ]
        if (
            sizes
            and max(int(size[:9]) for size in sizes) <= 2
            and node.get("src").startswith("http")
        ):
            host = _host(node.get("src"))
            yield Fault(
                message=f"a picture of {sizes[0]} pixel from {host}",
                fix="Take it out",
                at=node.start,
            )


def twice(case: Case) -> Iterator[Fault]:
    """Show each post its own picture.

    The same one under two posts is a blog's stand-in, or a slip (practice: no standard asks for
    it).
    """
    known: dict[str, tuple[str, str]] = {}
    for node in case.pictures:
        address = node.get("src").strip()
        link = next(
            (outer for outer in node.above() if outer.name == "a" and outer.get("href")), None
        )
        post = case.post_at(node.start)
        if not address or link is None or _area(node) < 4_000:
            continue
        here = (link.get("href"), post)
        before = known.setdefault(address, here)
        if before[0] != here[0] and before[1] != post:
            yield Fault(
                message=f'{_file(node)} stands under "{shortened(before[1], 40)}" as well',
                fix="Choose another",
                at=node.start,
            )


FAMILY: Final = "pictures"
RULES: Final = (
    Rule("IMG-ALT", FAMILY, "error", alt),
    Rule("IMG-ALT-FILE", FAMILY, "warning", alt_file),
    Rule("IMG-WIDTH", FAMILY, "error", width),
    Rule("IMG-HEIGHT", FAMILY, "error", height),
    Rule("IMG-SRC", FAMILY, "error", source),
    Rule("IMG-SRC-EMPTY", FAMILY, "error", source_empty),
    Rule("IMG-FORMAT", FAMILY, "warning", form),
    Rule("IMG-PIXELS", FAMILY, "warning", pixels),
    Rule("IMG-ONLY", FAMILY, "warning", only),
    Rule("PIXEL", FAMILY, "warning", pixel),
    Rule("DOUBLE-PICTURE", FAMILY, "information", twice),
)
