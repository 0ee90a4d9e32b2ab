"""Finds the file that a picture's tag means, where scripts were to put it in later.

Pages that load pictures late hold a small stand-in in `src` and the file in a `data-` attribute
or a `srcset`. Pure text work on the attributes of one tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from digest.knowledge.picture_files import is_drawing, is_newer
from digest.lazy import regex, remembering

WIDEST = 1_600
"""The widest file of a srcset that is taken, in pixels: what a mail needs twice over."""

_FALLBACK = 640
"""How wide, in pixels, the file for old clients behind those of a `<picture>` is taken to be."""

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
    "data-large-file",
    "data-image",
    "data-url",
)
# any other attribute in which a plug-in may keep it: "nitro-lazy-src", "data-echo", "data-cfsrc"
_ANY_LATE = regex(r"\w+-[\w-]*(?:src|original|lazyload|echo|file|image|img|url)")
_PICTURE_FILE = regex(r"[^?#]+\.(?:jpe?g|png|gif|webp|avif)(?:$|[?#])", re.IGNORECASE)
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
# names of stand-ins, as files and folders of plug-ins and themes have them
_STAND_IN = regex(
    r"^$|^data:|[/_-]blank\.|placeholder|spacer|lazy[-_]?load|1x1|pixel\.gif"
    r"|//(?:placehold\.(?:it|co)|dummyimage\.com)/|/(?:no|missing|default)[-_]?(?:image|picture|thumb)"
    r"|/(?:loading|loader|ajax-loader|spinner|dummy|lqip|preload)\.\w{3,4}\b"
    r"|/loading[-_](?:spinner|icon|gif|bar|anim\w*)\.|/spai/w_1[+,/]"
    # plain words, which a photograph is called as well: a stand-in is none, but a drawing
    r"|/(?:grey|gray|white|empty|clear|blur|lazy|trans(?:parent)?)\.(?:gif|svg)\b",
    re.IGNORECASE,
)
# what may be a stand-in where the tag names another file beside it
_PERHAPS = regex(
    r"/(?:grey|gray|white|empty|clear|blur|lazy|trans(?:parent)?)\.\w{3,4}\b|transparent",
    re.IGNORECASE,
)
# what every client shows
_SHOWN_TYPE = regex(r"image/(?:jpe?g|png|gif)\b", re.IGNORECASE)
_SIZED_NAME = regex(r"-(\d{2,4})x\d{2,4}\.\w{3,4}(?:$|[?#])")
_LOADS_LATE = regex(r"\b(?:lazy\w*|b-lazy|progressive\w*|lozad|blur-up)\b", re.IGNORECASE)
# of a srcset: what is said of a file's size, and where one file ends without a blank
_SIZE = regex(r"[\d.]+[wxh]")
_NEXT = regex(r"(\s\d[\d.]*[wxh]),(?=\S)")
_FILE = regex(r"^(?!data:|#)\S.*[./]", re.DOTALL)


@remembering
def is_stand_in(url: str) -> bool:
    """Tell whether an address is that of a placeholder, by what such files are called.

    >>> is_stand_in("/img/loading.gif"), is_stand_in("/img/heron.jpg")
    (True, False)
    >>> is_stand_in("/img/clear.gif"), is_stand_in("/lazy-sunday/clear.jpg")
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
    is_late = (
        is_stand_in(source)
        or bool(_PERHAPS.search(source))
        or bool(_LOADS_LATE.search(found.get("class", "")))
    )
    if real and (is_late or "data-src" in found or "data-lazy-src" in found):
        return real
    # "data-original" and its like may be the camera's own file, so only a known stand-in gives way
    return source or real


def picture_of(found: Mapping[str, str], offered: Iterable[Mapping[str, str]]) -> str:
    """Return the best file of a picture: the one that is meant, in a format and width to mail.

    `found` are the attributes of its tag, `offered` those of the `<source>` elements around it.

    >>> picture_of({"src": "a.webp"}, [{"srcset": "a.avif"}, {"srcset": "a.jpg 800w, b.jpg 1600w"}])
    'b.jpg'
    """
    return best_of(source_of(found), [*offered, found])


def best_of(source: str, offered: Sequence[Mapping[str, str]]) -> str:
    """Return a file in an older format where one is offered beside, and the widest that is of use.

    The last of those offered is the picture's own tag. Not all clients show WebP, and a file of 300
    pixels is no picture on a page of 600. A file whose own width nobody tells stays, as it mostly
    is the largest, but for one that stands behind the others of a `<picture>`.

    >>> best_of("a.webp", [{"type": "image/webp", "srcset": "b.webp"}])
    'a.webp'
    >>> best_of("a-300x200.jpg", [{"srcset": "a-300x200.jpg 300w, a-1024x683.jpg 1024w"}])
    'a-1024x683.jpg'
    """
    files: dict[str, int] = {}
    for found in offered:
        for address, width in files_of(found.get("srcset", "") or found.get("data-srcset", "")):
            if is_shown(address, found.get("type", "")):
                files.setdefault(address, width)
    assumed = _FALLBACK if len(offered) > 1 else 0
    return better_of(source, files, _width_in_name(source) or assumed)


def better_of(source: str, files: Mapping[str, int], width: int = 0) -> str:
    """Return the widest of some files that every client shows, where it is better than the source.

    It is if it is wider, or that one is in a newer format; `width` is that one's, where it is told.

    >>> better_of("a.webp", {"a.jpg": 600}), better_of("a.jpg", {"b.jpg": 300}, 1200)
    ('a.jpg', 'a.jpg')
    """
    best = max(files, key=lambda file: files[file], default="")
    if not best:
        return source
    if not is_shown(source) and source not in files:
        return best
    width = files.get(source) or width or _width_in_name(source)
    return best if width and files[best] > width else source


def is_shown(file: str, kind: str = "") -> bool:
    """Tell whether every client shows a file, by its type or, where none is told, its name."""
    return bool(_SHOWN_TYPE.match(kind)) if kind else not (is_newer(file) or is_drawing(file))


def _width_in_name(file: str) -> int:
    """Return the width that a name tells, as WordPress's do; 0 where it tells none."""
    found = _SIZED_NAME.search(file)
    return int(found[1]) if found else 0


def _late(found: Mapping[str, str]) -> Iterator[str]:
    for name in _LATE:
        value = found.get(name, "").strip()
        if value and _FILE.match(value) and not is_stand_in(value):
            yield value
    for name, value in found.items():
        if name not in _LATE and _ANY_LATE.fullmatch(name) and _PICTURE_FILE.match(value):
            yield value.strip()
    for name in _SETS:
        if (files := found.get(name)) and (largest := largest_of(files)):
            yield largest


def largest_of(srcset: str) -> str:
    """Return the widest file of a srcset up to `WIDEST`; its only file where no width is told.

    >>> largest_of("a.jpg 300w, b.jpg 1024w, c.jpg 4000w"), largest_of("a.jpg")
    ('b.jpg', 'a.jpg')
    """
    files = dict(reversed([*files_of(srcset)]))  # of two of a width the first counts
    return max(reversed(files), key=lambda file: files[file], default="")


def candidates(srcset: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses of a srcset, each with what is said of its size.

    A blank within an address stays, though it should have been encoded.

    >>> list(candidates("/my pond.jpg 300w, b.jpg"))
    [('/my pond.jpg', '300w'), ('b.jpg', '')]
    """
    srcset = _NEXT.sub(r"\1, ", srcset)
    for part in filter(None, map(str.strip, re.split(r",(?:\s+|$)", srcset))):
        address, *size = part.rsplit(None, 1)
        is_sized = size and _SIZE.fullmatch(size[0])
        yield (address, size[0]) if is_sized else (part, "")


def files_of(srcset: str) -> Iterator[tuple[str, int]]:
    """Yield the files of a srcset up to `WIDEST` with their widths, 0 where none is told."""
    if not srcset:  # as of most
        return
    for address, size in islice(candidates(srcset), 30):
        width = int(size[:-1]) if re.fullmatch(r"\d{1,5}w", size, re.ASCII) else 0
        if _FILE.match(address) and width <= WIDEST and not is_stand_in(address):
            yield address, width
