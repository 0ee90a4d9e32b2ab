"""Choosing which file of a picture to show, and how large.

A picture keeps its own ratio, is never enlarged, and comes at twice the resolution where the source
offers such a file. Sizes are pixels.
"""

from __future__ import annotations

from math import log

from digest.models import Image, ImageSize, Value

_SAME_RATIO = 0.03
_DENSITY = 2
_LEAST_DENSITY = 1.5
"""Below this a picture looks soft on a sharp screen, so that a larger file is worth its weight."""


class Picture(Value, frozen=True):
    """Hold one file of a picture with its size on the page; `height` is None where it is not known."""

    url: str
    alt: str
    width: int
    height: int | None = None


def fit(image: Image, width: int, max_height: int = 10_000) -> Picture:
    """Return the picture as it fits into a box.

    >>> fit(Image(url="https://example.org/a.jpg", width=1600, height=900), 552).height
    310
    """
    if not image.width or not image.height:
        return Picture(url=image.url, alt=image.alt, width=width)
    shown = min(width, image.width, max(1, max_height * image.width // image.height))
    height = max(1, round(shown * image.height / image.width))
    return Picture(url=_file(image, shown), alt=image.alt, width=shown, height=height)


def _file(image: Image, shown: int) -> str:
    """Return the file of the same ratio whose width is nearest to twice the width shown.

    A file that would look soft is taken only where there is none better.
    """
    if not image.sizes:
        return image.url
    width, height = image.width or 1, image.height or 1
    alike = [ImageSize(url=image.url, width=width, height=height)]
    alike += [size for size in image.sizes if _is_alike(size, width / height)]
    sharp = [size for size in alike if size.width >= shown * _LEAST_DENSITY]
    if not sharp:
        return max(alike, key=lambda size: size.width).url
    return min(sharp, key=lambda size: abs(log(size.width / (shown * _DENSITY)))).url


def _is_alike(size: ImageSize, ratio: float) -> bool:
    return (
        size.width > 0
        and size.height > 0
        and abs(size.width / size.height / ratio - 1) <= _SAME_RATIO
    )
