"""Choosing which file of a picture to show, and how large.

A picture keeps its own ratio, is not enlarged, and comes at twice the resolution where the source
offers such a file. What no mail client or no reader can use is never chosen: drawings in SVG, and
icons. WebP and AVIF are, where the source offers nothing else. Sizes are pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import log
from typing import Final

from digest.knowledge.picture_files import is_drawing, is_newer
from digest.models import Image, ImageSize, Value

THUMBNAIL_WIDTH: Final = 128
"""How wide a thumbnail is shown; `partials/post.mjml.j2` leaves it so much room."""

_SAME_RATIO: Final = 0.03
_DENSITY: Final = 2
# Below this a picture looks soft on a sharp screen, so that a larger file is worth its weight.
_LEAST_DENSITY: Final = 1.5

_TALLEST, _WIDEST = 2 / 3, 2.5
"""The ratios of thumbnails that stand beside each other and look alike."""

# A picture that is taller than this would fill a screen if it were as wide as the page.
_LEAD_TALLEST: Final = 4 / 3
_LEAD_HEIGHT: Final = 320
# A picture of this share of the page's width is shown as wide as the page: nobody sees it grow.
_NEARLY: Final = 0.9

_ICON: Final = 64


class Picture(Value):
    """Hold one file of a picture with its size on the page; `height` is None if not known."""

    url: str
    alt: str
    width: int
    height: int | None = None


def fit(image: Image, width: int, max_height: int = 10_000) -> Picture | None:
    """Return the picture as it fits into a box; None if it is none for a mail.

    >>> fit(Image(url="https://example.org/a.jpg", width=1600, height=900), 552).height
    310
    >>> fit(Image(url="https://example.org/a.svg"), 552) is None
    True
    """
    if not _is_shown(image.url, image.width, image.height):
        return None
    if not image.width or not image.height:
        return Picture(url=image.url, alt=image.alt, width=width)
    shown = min(width, image.width, max(1, max_height * image.width // image.height))
    return _shown(image, shown, image.width / image.height)


def lead(image: Image, width: int) -> Picture | None:
    """Return the picture at the head of a page: as wide as the page, unless it is small or tall.

    >>> lead(Image(url="a.jpg", width=1000, height=1600), 552).height
    320
    """
    fitted = fit(image, width, _LEAD_HEIGHT if _is_tall(image) else 10_000)
    if fitted is None or fitted.height is None:
        return fitted
    if width * _NEARLY <= fitted.width < width:
        return _shown(image, width, fitted.width / fitted.height)
    return fit(image, width, _LEAD_HEIGHT) if fitted.width < width else fitted


@lru_cache(maxsize=64)  # the email and the page on the web show the same
def thumbnail(image: Image) -> Picture | None:
    """Return the small picture beside a post; None if it would be a strip.

    All are equally wide. Of a picture that is very tall or very wide a crop is shown, where the
    source offers one.

    >>> thumbnail(Image(url="a.jpg", width=128, height=900)) is None
    True
    """
    if not image.width or not image.height:
        return fit(image, THUMBNAIL_WIDTH)
    if not _is_shown(image.url, image.width, image.height):
        return None
    ratio = image.width / image.height
    if _TALLEST <= ratio <= _WIDEST:
        return _shown(image, min(THUMBNAIL_WIDTH, image.width), ratio)
    crops = [size for size in _offered(image) if _is_crop(size)]
    if not crops:
        return None
    crop = _nearest(crops, THUMBNAIL_WIDTH)
    height = round(THUMBNAIL_WIDTH * crop.height / crop.width)
    return Picture(url=crop.url, alt=image.alt, width=THUMBNAIL_WIDTH, height=height)


def _is_shown(url: str, width: int | None, height: int | None) -> bool:
    """Tell whether a mail can show a file, and it is more than an icon."""
    if is_drawing(url):
        return False
    return (width or _ICON) >= _ICON and (height or _ICON) >= _ICON


def _is_tall(image: Image) -> bool:
    return bool(image.width and image.height and image.width / image.height < _LEAD_TALLEST)


def _is_crop(size: ImageSize) -> bool:
    return size.width >= THUMBNAIL_WIDTH and _TALLEST <= size.width / size.height <= _WIDEST


def _shown(image: Image, width: int, ratio: float) -> Picture:
    """Return the picture at a width, from the file of its ratio that suits it best."""
    alike = image.sizes and [size for size in _offered(image) if _is_alike(size, ratio)]
    url = _nearest(alike, width).url if alike else image.url
    return Picture(url=url, alt=image.alt, width=width, height=max(1, round(width / ratio)))


def _offered(image: Image) -> list[ImageSize]:
    """Return the files of a picture that a mail can show; what every client shows comes alone."""
    own = ImageSize(url=image.url, width=image.width or 1, height=image.height or 1)
    known = [size for size in (own, *image.sizes) if size.width > 0 and size.height > 0]
    shown = [size for size in known if not is_drawing(size.url)]
    return [size for size in shown if not is_newer(size.url)] or shown


def _nearest(files: Sequence[ImageSize], shown: int) -> ImageSize:
    """Return the file whose width is nearest to twice the width shown.

    One that would look soft is taken only where there is none better.
    """
    sharp = [size for size in files if size.width >= shown * _LEAST_DENSITY]
    if not sharp:
        return max(files, key=lambda size: size.width)
    return min(sharp, key=lambda size: abs(log(size.width / (shown * _DENSITY))))


def _is_alike(size: ImageSize, ratio: float) -> bool:
    return abs(size.width / size.height / ratio - 1) <= _SAME_RATIO
