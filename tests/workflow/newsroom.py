"""A project without sources: posts go straight into its archive, and builds happen at any time we like."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from digest.models import Edition, Post, RawItem, Term, replace
from digest.rendering import Renderer
from digest.workflow.gathering.again import edit_again
from digest.workflow.making.building import build
from digest.workflow.making.reports import BuildReport
from digest.workflow.project import Project
from digest.workflow.records import approve

START = datetime(2026, 11, 1, 12, tzinfo=UTC)
CONFIGURATION = """\
[newsletter]
name = "The Letter"
timezone = "Europe/London"
[[source]]
name = "blog"
kind = "markdown"
path = "posts"
[edition.weekly]
template = "bare"
{weekly}
[edition.daily]
template = "bare"
tags = ["news"]
{daily}
"""
BARE = "<mjml><mj-body><mj-section><mj-column><mj-text>{{ issue.subject }}</mj-text></mj-column></mj-section></mj-body></mjml>"


@cache
def renderer() -> Renderer:
    """Return a renderer of a page that never changes its shape, so that all newsrooms compile it once."""
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    bare = Path(folder.name) / "bare"
    bare.mkdir()
    (bare / "issue.mjml.j2").write_text(BARE)
    (bare / "issue.txt.j2").write_text("{{ issue.subject }}\n")
    return Renderer((bare.parent,))


class Newsroom:
    """Hold one project, its posts by name, and a clock."""

    def __init__(self, root: Path, weekly: str = "", daily: str = "") -> None:
        root.mkdir(parents=True, exist_ok=True)
        (root / "digest.toml").write_text(CONFIGURATION.format(weekly=weekly, daily=daily))
        self.project = Project(root)
        self.project.renderer = renderer()
        self.now = START
        self.posts: dict[str, dict[str, Any]] = {}
        with self.project.archive() as archive:
            edit_again(self.project, archive)

    def write(
        self, name: str, *tags: str, dated: datetime | None = None, text: str = "", **fields: Any
    ) -> None:
        """Publish or change a post and collect it; an hour passes."""
        told = self.posts.setdefault(
            name, {"dated": self.now, "text": f"All the words of {name}.", "tags": ()}
        )
        told |= {
            "tags": tags or told["tags"],
            "dated": dated or told["dated"],
            "text": text or told["text"],
            **fields,
        }
        self.collect()
        self.wait(hours=1)

    def withdraw(self, name: str) -> None:
        """Take a post from the blog and collect."""
        del self.posts[name]
        self.collect()

    def lose_the_archive(self) -> None:
        """Delete everything but issues/ and the configuration, and collect anew, as a CI runner does."""
        shutil.rmtree(self.project.root / ".digest")
        with self.project.archive() as archive:
            edit_again(self.project, archive)
        self.collect()

    def collect(self) -> None:
        """Store what the blog holds now."""
        pairs = [self._pair(name, told) for name, told in self.posts.items()]
        with self.project.archive() as archive:
            archive.store("blog", pairs, now=self.now, present={item.identity for item, _ in pairs})

    def _pair(self, name: str, told: dict[str, Any]) -> tuple[RawItem, Post]:
        title, url = told.get("title", f"Title of {name}"), f"https://letter.example/{name}"
        tags = tuple(Term(name=tag) for tag in told["tags"])
        body = f"<p>{told['text']}</p>"
        item = RawItem(
            identity=name,
            where=url,
            url=url,
            title=title,
            published_at=told["dated"],
            tags=tags,
            body=body,
        )
        post = Post(
            id=f"blog-{name}", source="blog", identity=name, url=url, title=title, raw_title=title,
            published_at=told["dated"], tags=tags, body=body, text=told["text"], excerpt=told["text"],
        )  # fmt: skip
        return item, post

    def build(
        self, edition: str = "weekly", dated: date | None = None, **options: Any
    ) -> BuildReport:
        """Build an issue now; `changed` is asked to change the edition before."""
        change: Callable[[Edition], Edition] = options.pop("changed", lambda e: e)
        found = change(self.project.config.edition(edition))
        if dated is None and not found.schedule:
            # An open draft would be built again: here each day has an issue of its own.
            dated = self.now.astimezone(ZoneInfo("Europe/London")).date()
        return build(self.project, found, dated, now=self.now, **options)

    def edit(self, id_: str, choices: str) -> None:
        """Write an issue's editor.md."""
        (self.issue(id_) / "editor.md").write_text(f"---\n{choices}\n---\n")

    def configure(self, old: str, new: str) -> None:
        """Write other words into digest.toml, and read it anew."""
        settings = self.project.root / "digest.toml"
        settings.write_text(settings.read_text().replace(old, new))
        self.project = Project(self.project.root)
        self.project.renderer = renderer()

    def seal(self, id_: str) -> None:
        """Approve an issue; its page is too bare for the rules."""
        approve(self.project, id_, anyway="a bare template", now=self.now)

    def send(self) -> str:
        """Build an issue, approve it, and return its name."""
        issue = self.build().issue
        self.seal(issue)
        return issue

    def wait(self, **length: float) -> None:
        """Let time pass."""
        self.now += timedelta(**length)

    def issue(self, id_: str) -> Path:
        """Return an issue's folder."""
        return self.project.folders.root / id_

    def sent(self, edition: str = "weekly") -> list[str]:
        """Return the names of the posts that the edition's issues on disk hold, with repeats."""
        issues = self.project.folders.all(edition)
        return [post.id.removeprefix("blog-") for issue in issues for post in issue.posts]


def without_minimum(edition: Edition) -> Edition:
    """Return the edition so that one post is enough."""
    return replace(edition, min_posts=1)
