"""Pictures that lie in a source's own folder, beside its posts.

Which file an address means, and its size. An address counts only where it names a file that is
there: beside the post, or from the folder's root (or its `static/`, as in Hugo). Nothing outside
the folder is opened, nothing is fetched, and only the first bytes are read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from digest.errors import SourceError
from digest.lazy import regex
from digest.sources.markdown import picture_header
from digest.sources.reading import picture_tags, read_file, stamp_of

MOST_PICTURES = 100
"""How many pictures of one post are looked at."""

_KINDS = frozenset({".png", ".gif", ".jpg", ".jpeg", ".webp"})
# Another scheme or host: nothing of that lies in the folder.
_ELSEWHERE = regex(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


class Nearby:
    """Tell the sizes of one post's pictures; `stamps` fills with the files that told them."""

    def __init__(self, root: Path, post: Path, site: str = "") -> None:
        """Name the source's folder, the post's file, and the address of the folder's posts."""
        self.post = post
        self._root, self._site = root, site.rstrip("/")
        self._known: dict[str, tuple[int, int] | None] = {}
        self.stamps: dict[str, str] = {}

    def size(self, url: str) -> tuple[int, int] | None:
        """Return width and height of the picture an address means; None where no file tells it."""
        if url not in self._known:
            # A page of a thousand icons must not open a thousand files.
            is_enough = len(self._known) >= MOST_PICTURES
            found = (self._read(path) for path in self._candidates(url)) if not is_enough else ()
            self._known[url] = next(filter(None, found), None)
        return self._known[url]

    def file(self, url: str) -> Path | None:
        """Return the file of the picture that an address means.

        None where there is none to read.
        """
        return next((path for path in self._candidates(url) if self._read(path)), None)

    def sized(self, html: str) -> str:
        """Return HTML whose pictures tell their sizes, where only their files did."""
        pieces, done = [], 0
        for tag in picture_tags(html):
            if tag.get("width") or tag.get("height"):
                continue
            if size := self.size(tag.get("src")):
                at = tag.start + len("<img")
                pieces += [html[done:at], f' width="{size[0]}" height="{size[1]}"']
                done = at
        return "".join([*pieces, html[done:]])

    def _candidates(self, url: str) -> Iterator[Path]:
        url = url.strip()
        if self._site and url.startswith(f"{self._site}/"):
            url = url.removeprefix(self._site)
        try:
            path = unquote(urlsplit(url).path)
            base = urlsplit(self._site).path
        except ValueError:
            return
        if _ELSEWHERE.match(url) or Path(path).suffix.lower() not in _KINDS or "\0" in path:
            return
        if not path.startswith("/"):
            yield self.post.parent / path
            yield self._root / path
            return
        for inside in dict.fromkeys([path.removeprefix(f"{base}/") if base else path, path]):
            yield self._root / inside.lstrip("/")
            yield self._root / "static" / inside.lstrip("/")

    def _read(self, path: Path) -> tuple[int, int] | None:
        try:
            if not path.is_file():  # as of most, which lie elsewhere
                return None
            # Behind a link, or above by "..", may lie anything of this machine.
            real = Path(os.path.realpath(path))
            root = os.path.realpath(self._root)
            if not real.is_relative_to(root):
                return None
            stamp = stamp_of(real)
            found = picture_header.size_of(read_file(real, picture_header.ENOUGH))
        except (
            OSError,
            ValueError,
            SourceError,
        ):  # a name no file can have, or a file nobody may read
            return None
        self.stamps[real.relative_to(root).as_posix()] = stamp
        return found


def picture_file(root: Path, post: str, address: str, url: str, site: str) -> Path | None:
    """Return the file in a source's folder that a picture's address means, None without one.

    `post` is the post's file in the folder, `address` the page it has on the site: an address below
    that page lies beside the post.
    """
    beside = url.removeprefix(address.rpartition("/")[0] + "/") if address else url
    found = Nearby(root, root / post, site)
    return found.file(url) or found.file(beside)


def are_same(root: Path, stamps: Mapping[str, str]) -> bool:
    """Tell whether the pictures that told their sizes are the files they were."""
    try:
        return all(stamp_of(root / name) == stamp for name, stamp in stamps.items())
    except (SourceError, ValueError, TypeError, AttributeError):  # gone, or a damaged memory
        return False
