"""Shapes: a page compiled once, with places for its values, kept in memory and on disk.

A page's tokenised MJML depends only on which blocks it has, so its hash is the key. The key also
covers the compiling code and the versions of what it uses. A known shape needs none of MJML,
premailer and lxml, which is why they are imported only while compiling. Files are plain JSON,
written atomically; a damaged one is compiled again.
"""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from digest import models
from digest.models import Page, Slotted, Value
from digest.rendering.page.installed import version
from digest.rendering.page.tokens import TOKEN

FILES_LIMIT: Final = 200
BYTES_LIMIT: Final = 20_000_000
_MEMORY_LIMIT: Final = 64

_ANY_TOKEN = re.compile(rf"<!--{TOKEN.pattern}-->|{TOKEN.pattern}")
_ATTRIBUTE = re.compile(r"""\s([\w:-]+)\s*=\s*(?:"([^"]*)|'([^']*))\Z""")
_STYLE_ELEMENT = re.compile(r"<(style|script)\b[^>]*>.*?</\1>", re.DOTALL)
_ADDRESSES = frozenset(("href", "src", "background", "action", "cite", "poster"))
_DIGITS = re.compile("[0-9]{1,5}")
_SCHEME = re.compile(r"[^/?#:]*:")
_SAFE_SCHEMES = ("https:", "http:", "mailto:", "tel:")
_CODE = ("shape.py", "mjml.py", "inline.py", "minify.py", "printing.py")
_LIBRARIES = {
    "mjml": "mjml_python-",
    "premailer": "premailer-",
    "cssutils": "cssutils-",
    "lxml": "lxml-",
}


class LostTokens(Exception):
    """Tell which tokens did not come through, and why."""

    def __init__(self, message: str, tokens: tuple[int, ...]) -> None:
        super().__init__(message)
        self.message = message
        self.tokens = tokens


class Shape(Value, frozen=True):
    """Hold a compiled page without its values.

    `links` are the values that stand at the start of an address, `numbers` those that stand in CSS.
    """

    segments: tuple[str, ...]
    places: tuple[int, ...]
    links: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()

    def page(self, values: list[Slotted]) -> Page:
        """Return the page with its values; an address that is no web or mail address is left empty.

        Raises:
            LostTokens: if something but a whole number stands in CSS.
        """
        wordy = tuple(
            number for number in self.numbers if not _DIGITS.fullmatch(values[number].value)
        )
        if wordy:
            raise LostTokens("only a whole number or a theme value can stand in CSS", wordy)
        for number in self.links:
            value = values[number]
            if value.kind == "text" and not _is_safe(value.value):
                values[number] = Slotted(kind="text", value="")
        return Page(kind="html", segments=self.segments, places=self.places, values=tuple(values))


def _is_safe(address: str) -> bool:
    if address.startswith(("https:", "http:")):
        return True
    address = re.sub(r"[\x00-\x20\x7f-\x9f]", "", address).lower()
    scheme = _SCHEME.match(address)
    return scheme is None or scheme[0] in _SAFE_SCHEMES


# ---------------------------------------------------------------- compiling


def compile_shape(mjml: str, values: list[Slotted]) -> Shape:
    """Return the shape of a tokenised MJML page.

    Raises:
        MarkupFault: if the page is no proper MJML.
        LostTokens: if a value did not come through, or stands where no value may.
    """
    from digest.rendering.page.inline import inline
    from digest.rendering.page.minify import minify
    from digest.rendering.page.mjml import compile_mjml

    html = minify(inline(*compile_mjml(mjml)))
    _check_styles(html)
    shape = _split(html)
    lost = tuple(sorted({*range(len(values))} - {*shape.places}))
    if lost:
        raise LostTokens(
            "the value was lost while the page was compiled; it stands where MJML drops it", lost
        )
    _check_regions(shape, values)
    return shape


def _check_styles(html: str) -> None:
    inside = [
        int(token) for style in _STYLE_ELEMENT.finditer(html) for token in TOKEN.findall(style[0])
    ]
    if inside:
        raise LostTokens(
            "a value cannot stand in a style sheet; only theme values can", tuple(inside)
        )


def _split(html: str) -> Shape:
    segments, places, end = [], [], 0
    special: dict[str, list[int]] = {"link": [], "number": []}
    for token in _ANY_TOKEN.finditer(html):
        number = int(token[1] or token[2])
        segments.append(html[end : token.start()])
        places.append(number)
        special.setdefault(_role(html, token.start(), number), []).append(number)
        end = token.end()
    segments.append(html[end:])
    links, numbers = (tuple(dict.fromkeys(special[role])) for role in ("link", "number"))
    return Shape(segments=tuple(segments), places=tuple(places), links=links, numbers=numbers)


def _role(html: str, start: int, number: int) -> str:
    """Return what a token is: "link" at the start of an address, "number" in CSS, or "text".

    Raises:
        LostTokens: if a value would become a tag, an attribute or a script.
    """
    opened = html.rfind("<", 0, start)
    if html.rfind(">", opened, start) != -1 or html.startswith("<!--", opened):
        return "text"
    attribute = _ATTRIBUTE.search(html, max(opened, start - 2000), start)
    name = attribute[1].lower() if attribute else ""
    if not attribute or name == "srcdoc" or name.startswith("on"):
        place = f"the attribute {name}" if name else "a tag"
        raise LostTokens(f"a value cannot stand in {place}; only theme values can", (number,))
    if name == "style":
        return "number"
    return "link" if name in _ADDRESSES and not (attribute[2] or attribute[3]) else "text"


def _check_regions(shape: Shape, values: list[Slotted]) -> None:
    """Refuse regions that the compiler tore apart.

    Raises:
        LostTokens: if regions do not nest.
    """
    depth = 0
    for number in shape.places:
        depth += {"given": 1, "end": -1}.get(values[number].kind, 0)
        if depth < 0:
            break
    if depth:
        torn = tuple(n for n, value in enumerate(values) if value.kind == "given")
        raise LostTokens(
            "the region does not close where it opened; put whole elements into it", torn
        )


# ---------------------------------------------------------------- keeping


class Shapes:
    """Keep compiled shapes in memory and, given a folder, on disk."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._known: dict[tuple[str, str], Shape] = {}

    def get(self, mjml: str, values: list[Slotted]) -> Shape:
        """Return the shape of a tokenised page, compiled unless it is known.

        Raises:
            MarkupFault: if the page is no proper MJML.
            LostTokens: if a value did not come through.
        """
        # what kind of value stands where is part of the shape: regions and slots are checked once
        page = mjml, "".join([value.kind[0] for value in values])
        shape = self._known.get(page)
        if shape is None:
            if len(self._known) >= _MEMORY_LIMIT:
                self._known.clear()
            shape = self._known[page] = self._kept(*page, values)
        return shape

    def _kept(self, mjml: str, kinds: str, values: list[Slotted]) -> Shape:
        said = f"{_stamp()}\n{kinds}\n{mjml}".encode(errors="surrogatepass")
        key = blake2b(said, digest_size=16).hexdigest()
        shape = self._read(key)
        if shape is None:
            shape = compile_shape(mjml, values)
            self._write(key, shape)
        return shape

    def _read(self, key: str) -> Shape | None:
        if self._folder is None:
            return None
        path = self._folder / f"{key}.json"
        try:
            shape = models.decode(path.read_bytes(), Shape)
        except (OSError, ValueError):
            return None
        if len(shape.segments) != len(shape.places) + 1:
            return None
        with suppress(OSError):
            os.utime(path)  # the oldest file is the one not used for longest
        return shape

    def _write(self, key: str, shape: Shape) -> None:
        """Keep a shape on disk; a folder that cannot be written only costs time."""
        if self._folder is None:
            return
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._folder, prefix=".", suffix=".tmp")
            with os.fdopen(handle, "wb") as file:
                file.write(models.encode(shape))
            Path(temporary).replace(self._folder / f"{key}.json")
            _prune(self._folder)


def _prune(folder: Path) -> None:
    """Remove the files used longest ago until the folder is within its limits."""
    files = sorted(
        ((path.stat(), path) for path in folder.iterdir()), key=lambda file: -file[0].st_mtime_ns
    )
    total = 0
    for count, (stat, path) in enumerate(files, start=1):
        total += stat.st_size
        if count > FILES_LIMIT or total > BYTES_LIMIT:
            path.unlink(missing_ok=True)


@cache
def _stamp() -> str:
    """Return what changes when the compiling code or a library does, without importing any."""
    here = Path(__file__).parent
    stamp = blake2b(digest_size=8)
    for name in _CODE:
        with suppress(OSError):
            stamp.update((here / name).read_bytes())
    versions = [f"{module}={version(module, prefix)}" for module, prefix in _LIBRARIES.items()]
    return f"{stamp.hexdigest()} {' '.join(versions)}"
