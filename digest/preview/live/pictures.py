"""Pictures in a Markdown source's own folder, for an issue whose site is not published yet.

The email names them by the addresses they will have. Until somebody publishes the site nothing
answers there, and the issue would look broken in the preview alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape, unescape
from pathlib import Path
from typing import Final

from digest.config.tables import SourceConfig
from digest.models import Post, PostView
from digest.workflow.making.picturing import MOST_BYTES

_SOURCE: Final = re.compile(r'<img\b[^>]*?\bsrc="([^"]+)"')


def of_folders(
    sources: Iterable[SourceConfig], posts: Mapping[str, Post], views: Iterable[PostView]
) -> dict[str, bytes]:
    """Return the bytes of pictures beside the posts, by the address as a page writes it."""
    from digest.sources.markdown import picture_file

    roots = {s.name: (s.path, s.url) for s in sources if s.kind == "markdown" and s.path}
    found: dict[str, bytes] = {}
    for view in views:
        post = posts.get(view.id)
        if post is None or post.source not in roots:
            continue
        root, site = roots[post.source]
        for url in _addresses(view):
            path = picture_file(root, post.identity, post.url or "", url, site) if root else None
            if path and _is_small(path):
                found[escape(url)] = path.read_bytes()
    return found


def _addresses(view: PostView) -> Iterator[str]:
    if view.image:
        yield view.image.url
        yield from (size.url for size in view.image.sizes)
    yield from map(unescape, _SOURCE.findall(view.body))


def _is_small(path: Path) -> bool:
    return path.stat().st_size <= MOST_BYTES
