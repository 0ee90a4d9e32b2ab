"""Pictures that travel with an issue: those of a folder's posts that no site publishes.

A source of kind `markdown` with `pictures = "copied"` lets each issue carry the pictures its posts
show, in its own `pictures/`. Their names hold a hash of their bytes, so that a sealed page can only
ever show what was sealed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from digest.issue.composition import readdressed
from digest.issue.folder import PICTURES
from digest.lazy import regex
from digest.machine.hashing import sha256
from digest.models import Issue, Post, PostView, replace
from digest.workflow.project import Project

MOST_BYTES = 5_000_000
"""How large a picture may be to be carried; mail clients give up on larger ones long before."""

_SOURCE = regex(r'(<img\b[^>]*?\bsrc=")([^"]+)(")')


def with_pictures(
    project: Project, issue: Issue, posts: Iterable[Post]
) -> tuple[Issue, dict[str, bytes]]:
    """Return the issue with the addresses of the pictures it carries, and their bytes by file name.

    Where the newsletter names its `archive`, addresses lie under it; else they are relative to the
    issue's folder, which whoever opens it there can see, and no mail program.
    """
    roots = {
        source.name: source.path
        for source in project.config.sources
        if source.kind == "markdown" and source.options.get("pictures") == "copied" and source.path
    }
    if not roots:
        return issue, {}
    carried = _Carried(project, issue, {post.id: post for post in posts}, roots)
    return carried.issue(), carried.files


class _Carried:
    """Find the files that an issue's pictures mean; `files` fills with those that were found."""

    def __init__(
        self,
        project: Project,
        issue: Issue,
        posts: Mapping[str, Post],
        roots: Mapping[str, Path],
    ) -> None:
        self._issue, self._posts, self._roots = issue, posts, roots
        self._sites = {source.name: source.url for source in project.config.sources}
        self._base = f"{issue.web_url.removesuffix('web.html')}{PICTURES}/"
        self.files: dict[str, bytes] = {}

    def issue(self) -> Issue:
        """Return the issue, each carried picture under its new address."""
        sections = tuple(
            replace(section, posts=tuple(map(self._view, section.posts)))
            for section in self._issue.sections
        )
        featured = self._issue.featured
        return replace(
            self._issue,
            featured=self._view(featured) if featured else None,
            sections=sections,
            updates=tuple(map(self._view, self._issue.updates)),
        )

    def _view(self, view: PostView) -> PostView:
        post = self._posts.get(view.id)
        # Pictures of other sources are on the web already.
        if post is None or post.source not in self._roots:
            return view

        def moved(url: str) -> str:
            return self._moved(url, post)

        body = _SOURCE.sub(lambda found: found[1] + moved(found[2]) + found[3], view.body)
        return replace(view, body=body, image=readdressed(view.image, moved))

    def _moved(self, url: str, post: Post) -> str:
        """Return the address under which the issue carries a picture; its own where it does not."""
        from digest.sources.markdown import picture_file

        root, site = self._roots[post.source], self._sites[post.source]
        path = picture_file(root, post.identity, post.url or "", url, site)
        if path is None or path.stat().st_size > MOST_BYTES:
            return url
        data = path.read_bytes()
        name = f"{path.stem}-{sha256(data)[:8]}{path.suffix.lower()}"
        self.files[name] = data
        return f"{self._base}{name}"
