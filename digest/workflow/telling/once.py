"""Shows a post once that several sources have, or one under several addresses, and counts it once.

Which posts those are is asked of `selection`, as an issue asks it; nothing is forgotten of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from digest.archive import Archive
from digest.models import Post, key
from digest.selection import twins, which_first


class Once:
    """Know which posts of an archive are the same."""

    def __init__(self, archive: Archive) -> None:
        alike = archive.alike()
        self._same = twins(alike, archive.whole) if alike else {}
        several = {*self._same, *self._same.values()}
        self._groups: dict[str, list[Post]] = defaultdict(list)
        for post in alike:
            if post.id in several:
                self._groups[self._of(post)].append(post)

    def shown(self, posts: Iterable[Post]) -> list[Post]:
        """Return each post once, in their order: of several the one that an issue would take."""
        posts = list(posts)
        best: dict[str, Post] = {}
        for post in posts:
            of = self._of(post)
            best[of] = min(best.get(of, post), post, key=which_first)
        return [post for post in posts if best[self._of(post)] is post]

    def tags(self) -> dict[str, int]:
        """Return by the key of its name how many posts too many each tag is counted for."""
        more: dict[str, int] = defaultdict(int)
        for posts in self._groups.values():
            tagged = [name for post in posts for name in {key(term.name) for term in post.tags}]
            for name in set(tagged):
                more[name] += tagged.count(name) - 1
        return more

    def sources(self) -> dict[str, int]:
        """Return by its name how many posts each source has more than once."""
        more: dict[str, int] = defaultdict(int)
        for posts in self._groups.values():
            sources = [post.source for post in posts]
            for source in set(sources):
                more[source] += sources.count(source) - 1
        return more

    def _of(self, post: Post) -> str:
        return self._same.get(post.id, post.id)
