"""Finds the file that a picture's tag means, where scripts were to put it in later.

Pages that load pictures late hold a small stand-in in `src` and the file in a `data-` attribute
or a `srcset`. Pure text work on the attributes of one tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from digest.lazy import regex

WIDEST = 1_600
"""The widest file of a srcset that is taken, in pixels: what a mail needs twice over."""

# where plug-ins keep the file, the most exact name first
_LATE = (
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-original-src",
    "data-lazy",
    "data-orig-file",
    "data-full-url",
    "data-hi-res-src",
    "data-image",
    "data-url",
)
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
# names of stand-ins, as files and folders of plug-ins and themes have them
_STAND_IN = regex(
    r"^$|^data:|blank\.|placeholder|spacer|lazy|transparent|1x1|pixel\.gif"
    r"|/(?:loading|loader|ajax-loader|spinner|grey|gray|white|empty|clear|dummy"
    r"|preload)\.\w{3,4}\b",
    re.IGNORECASE,
)
# what Outlook for Windows and older phones do not show, and what every client does
_NEWER = regex(r"\.(?:webp|avif|jxl|heic|svgz?)(?:$|[?#])", re.IGNORECASE)
_SHOWN = regex(r"\.(?:jpe?g|png|gif)(?:$|[?#])", re.IGNORECASE)
_SHOWN_TYPE = regex(r"image/(?:jpe?g|png|gif)\b", re.IGNORECASE)
_LOADS_LATE = regex(r"\b(?:lazy\w*|b-lazy|progressive\w*|lozad|blur-up)\b", re.IGNORECASE)
_FILE = regex(r"^(?!data:|#)\S.*[./]", re.DOTALL)


def is_stand_in(url: str) -> bool:
    """Tell whether an address is that of a placeholder, by what such files are called.

    >>> is_stand_in("/img/loading.gif"), is_stand_in("/img/heron.jpg")
    (True, False)
    """
    return bool(_STAND_IN.search(url.strip()))


def source_of(found: Mapping[str, str]) -> str:
    """Return the address of the picture a tag shows at last; `src` where nothing else.

    >>> source_of({"src": "loading.gif", "data-src": "heron.jpg", "class": "lazyload"})
    'heron.jpg'
    >>> source_of({"src": "heron.jpg", "data-src": ""})
    'heron.jpg'
    """
    source = found.get("src", "").strip()
    real = next(_late(found), "")
    is_late = is_stand_in(source) or bool(_LOADS_LATE.search(found.get("class", "")))
    if real and (is_late or "data-src" in found or "data-lazy-src" in found):
        return real
    # "data-original" and its like may be the camera's own file, so only a known stand-in gives way
    return source or real


def for_every_client(source: str, offered: Iterable[Mapping[str, str]]) -> str:
    """Return a picture's file, in an older format where one is offered beside: not all show WebP.

    `offered` are the attributes of the `<source>` elements around it, and its own.

    >>> for_every_client("a.webp", [{"srcset": "a.avif"}, {"srcset": "a.jpg 800w, b.jpg 1600w"}])
    'b.jpg'
    >>> for_every_client("a.webp", [{"type": "image/webp", "srcset": "b.webp"}])
    'a.webp'
    """
    if not _NEWER.search(source):
        return source
    for found in offered:
        file = largest_of(found.get("srcset", "") or found.get("data-srcset", ""))
        said = found.get("type", "")
        is_shown = _SHOWN_TYPE.match(said) if said else _SHOWN.search(file)
        if file and is_shown:
            return file
    return source


def _late(found: Mapping[str, str]) -> Iterator[str]:
    for name in _LATE:
        value = found.get(name, "").strip()
        if _FILE.match(value) and not is_stand_in(value):
            yield value
    for name in _SETS:
        if largest := largest_of(found.get(name, "")):
            yield largest


def largest_of(srcset: str) -> str:
    """Return the widest file of a srcset up to `WIDEST`; its only file where no width is told.

    >>> largest_of("a.jpg 300w, b.jpg 1024w, c.jpg 4000w"), largest_of("a.jpg")
    ('b.jpg', 'a.jpg')
    """
    best, best_width = "", -1
    for part in re.split(r",\s+", srcset.strip())[:30]:
        address, _, size = part.strip().partition(" ")
        size = size.strip()
        width = int(size[:-1]) if re.fullmatch(r"\d{1,5}w", size, re.ASCII) else 0
        if _FILE.match(address) and best_width < width <= WIDEST and not is_stand_in(address):
            best, best_width = address, width
    return best
