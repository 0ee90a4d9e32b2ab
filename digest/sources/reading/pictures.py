"""Chooses the picture that stands for a post, and its file: one rule for every kind of source.

A picture is an `Image` with the files it comes in. Never one is a placeholder, a formula, a badge,
an avatar or an icon; JPEG, PNG or GIF go before newer formats, and a wide file before a narrow one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from digest.addresses import resolved
from digest.editing.body import (
    WIDEST,
    better_of,
    files_of,
    is_shown,
    is_stand_in,
    picture_of,
)
from digest.knowledge.picture_files import format_of
from digest.lazy import regex, remembering
from digest.models import Image, ImageSize, replace
from digest.sources.reading.markup import PICTURE_NAMES, is_web, telling_pictures

TINY_PIXELS = 2
"""A picture no larger than this counts readers and shows nothing."""

ICON_PIXELS = 48
"""A picture no larger than this either way is an icon."""

WIDE_ENOUGH = 200
"""A picture narrower than this is a preview, for which another one is taken where there is any."""

# Files that hardly any mail client shows.
_UNSHOWN = frozenset("svg svgz heic heif jxl tif tiff bmp ico psd".split())

_SAME_FILE = regex(r"(?:-\d{2,4}x\d{2,4}|-scaled)?(?:\.\w{3,4})+(?:[?#].*)?$")
_DECORATION = regex(
    r"//s\.w\.org/|/emoji/|twemoji|//pixel\.|//stats\.|//b\.scorecardresearch|feeds\.feedburner\.com/~"
    r"|google-analytics\.com/|//(?:www\.)?facebook\.com/tr\b"
    # What WordPress, its plug-ins and themes bring along: flags of languages, icons, banners.
    r"|/wp-includes/|/wp-content/(?:plugins|themes)/"
    # Who wrote or commented it, as services and themes name their files.
    r"|gravatar\.com/|//avatars\d*\.|/avatars?/|[/_-]avatar\d*[._-]|/avatar\.\w+"
    # What stands for the site in a browser's tab or on a telephone.
    r"|/(?:favicon|apple-touch-icon|android-chrome|mstile)[^/?]*\.\w{3,4}\b"
    # Formulas that a service drew.
    r"|quicklatex\.com/|/latex(?:\.php|/)|[?&]latex=|codecogs\.com/|[?&]cht=tx|/math/render/|mathtex"
    # What divides a page, as page builders name it, and badges of builds.
    r"|/[^/?]*(?:divider|separator|ornament|spacer|flourish|horizontal-?rule)[^/?]*\.\w{3,4}"
    r"|/hr\.\w{3,4}"
    r"|//img\.shields\.io/|//badge\.fury\.io/|//badgen\.net/|//codecov\.io/|//coveralls\.io/"
    r"|//(?:api\.)?travis-ci\.(?:org|com)/|/badges?[./]|[-_]badge\.\w{3,4}\b"
    # Buttons to share, to follow and to give, as services and themes name their files.
    r"|addtoany\.com/|addthis\.com/|sharethis\.com/|buymeacoffee\.com/buttons|ko-fi\.com/|/btn[_/]"
    r"|printfriendly\.com/|licensebuttons\.net/|creativecommons\.org/|[/_-](?:88x31|80x15)\.\w{3,4}"
    r"|/[^/?]*(?:share|follow|social)[-_]?(?:icon|button|btn)[^/?]*\.\w{3,4}\b"
    r"|/(?:icon[-_])?(?:facebook|twitter|linkedin|whatsapp|pinterest|mastodon|bluesky|instagram"
    r"|reddit|telegram|youtube|rss|email|print)(?:[-_]?(?:icon|logo|share|button|\d{2,3}))*"
    r"\.(?:png|gif|svg|webp|jpe?g)\b",
    re.IGNORECASE,
)
_PIXELS = regex(r"\s*(\d{1,5})(?:\.\d*)?\s*(?:px)?\s*/?", re.ASCII)
_DECORATIVE = frozenset(
    "wp-smiley avatar latex emoji math formula ql-img-inline-formula ql-img-displayed-equation "
    "mwe-math-fallback-image-inline mwe-math-fallback-image-display badge icon share-icon "
    "social-icon".split()
)


def pictured(named: Iterable[Image], body: str, base: str = "") -> Image | None:
    """Return the picture of a post: the first worth showing of those named, else of its body.

    What is named may be a preview of what the body shows, which is then taken.
    """
    shown = list(images(body, base))
    found = [chosen for image in named if (chosen := best_file(image))]
    offered = [*(_as_shown(image, shown) for image in found), *shown]
    wide = (image for image in offered if image.width is None or image.width >= WIDE_ENOUGH)
    return next(wide, None) or next(iter(offered), None)


def _as_shown(image: Image, shown: list[Image]) -> Image:
    """Return a picture as a post's body shows it: its wider file, and what is said of it there."""
    name = _SAME_FILE.sub("", image.url)
    same = next((other for other in shown if _SAME_FILE.sub("", other.url) == name), None)
    if same is None:
        return image
    url = better_of(image.url, {same.url: same.width or 0}, image.width or 0)
    return same if url == same.url else replace(image, alt=image.alt or same.alt)


def best_file(image: Image) -> Image | None:
    """Return a picture with the best of its files as its own; None where it is none worth showing.

    A file that every client shows goes before one in a newer format, a wide one before a narrow.
    """
    sizes = tuple(size for size in image.sizes if is_picture(size.url, size.width, size.height))
    fit = [size for size in sizes if size.width <= WIDEST and is_shown(size.url)]
    widest = max(fit, key=lambda size: size.width, default=None)
    image = replace(image, sizes=sizes)
    if is_picture(image.url, image.width, image.height):
        files = {size.url: size.width for size in fit}
        if better_of(image.url, files, image.width or 0) == image.url:
            return image
    if widest is None:
        return None
    return replace(image, url=widest.url, width=widest.width, height=widest.height)


def by_worth(files: Iterable[Image]) -> list[Image]:
    """Return the files of one picture, the best first."""

    def worth(image: Image) -> tuple[bool, bool, int]:
        width = image.width or 0
        return not is_shown(image.url), width > WIDEST, width if width > WIDEST else -width

    return sorted(files, key=worth)


def images(text: str, base: str = "") -> Iterator[Image]:
    """Yield the pictures of an HTML text that are worth showing, the best file of each.

    Their addresses are absolute.
    """
    offered: list[dict[str, str]] = []
    for tag in telling_pictures(text):
        said = {name: attribute.value for name, attribute in tag.attributes.items()}
        if tag.name == "source":
            offered.append(said)
        elif tag.name in PICTURE_NAMES:
            url = resolved(picture_of(said, offered), base)
            offered.clear()
            width, height = pixels(said.get("width")), pixels(said.get("height"))
            if is_picture(url, width, height) and not _is_decorative(said):
                sizes = sorted(_sizes(said, base), key=lambda size: (size.width, size.url))
                alt = said.get("alt", "").strip()
                yield Image(url=url, alt=alt, width=width, height=height, sizes=tuple(sizes))


def _sizes(said: Mapping[str, str], base: str) -> Iterator[ImageSize]:
    """Yield the files a picture comes in; their heights follow from its own proportions."""
    width, height = pixels(said.get("width")), pixels(said.get("height"))
    if not width or not height:
        return
    named = (said.get(name, "") for name in ("srcset", "data-srcset", "data-lazy-srcset"))
    for file, wide in dict(files_of(next(filter(None, named), ""))).items():
        if wide and is_picture(url := resolved(file, base)):
            yield ImageSize(url=url, width=wide, height=max(1, round(wide * height / width)))


def pixels(value: object) -> int | None:
    """Return a width or height in pixels; None where it is none ("50%", "auto").

    >>> pixels("640"), pixels("12px"), pixels("50%"), pixels(None)
    (640, 12, None, None)
    """
    found = _PIXELS.fullmatch(str(value)) if value is not None else None
    return int(found[1]) if found else None


def is_picture(url: str, width: int | None = None, height: int | None = None) -> bool:
    """Tell a picture worth showing from all that is none.

    These are placeholders, formulas, badges, avatars, icons to share, ornaments, and what counts
    readers.
    """
    sizes = [size for size in (width, height) if size is not None]
    is_icon = any(size <= TINY_PIXELS for size in sizes) or (
        len(sizes) == 2 and max(sizes) <= ICON_PIXELS
    )
    return not is_icon and _is_file(url)


@remembering
def _is_file(url: str) -> bool:
    is_shown_file = is_web(url) and format_of(url) not in _UNSHOWN and not is_stand_in(url)
    return is_shown_file and not _DECORATION.search(url)


def _is_decorative(said: dict[str, str]) -> bool:
    """Tell a formula, an icon and the like by the class, or by the formula itself."""
    classes = said.get("class", "").lower().split()
    is_formula = said.get("alt", "").lstrip().startswith(("\\", "$", "{\\displaystyle"))
    return is_formula or not _DECORATIVE.isdisjoint(classes)
