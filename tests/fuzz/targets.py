"""What is fuzzed: one function for each kind of input, and sound inputs to begin from."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from digest import frontmatter
from digest.config import parse
from digest.editing import EditingSettings
from digest.editing.edit import edit
from digest.errors import DigestError
from digest.fetching import Response
from digest.issue import editor
from digest.services.access import refusals
from digest.sources.base import Batch, SourceSettings
from digest.sources.feed import FeedSource
from digest.sources.markdown import MarkdownSource
from digest.sources.page import PageSource
from digest.sources.wordpress import WordPressSource
from digest.workflow import records
from digest.workflow.project import Project

Target = Callable[[bytes], None]

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = next(iter(sorted((ROOT / "issues").glob("*/issue.json"))), None)
ZONE = ZoneInfo("UTC")


class Canned:
    """Stand for the network: every address answers with the same bytes."""

    def __init__(self, body: bytes, kind: str) -> None:
        self._body, self._kind = body, kind

    def get(self, url: str, **_: object) -> Response:
        """Return the bytes, whatever is asked."""
        return Response(url=url, status=200, headers={"content-type": self._kind}, body=self._body)


def _collected(source: type, data: bytes, kind: str, url: str) -> None:
    settings = SourceSettings(name="blog", kind="x", url=url)
    batch: Batch = source(settings, Canned(data, kind)).collect({})
    _edited(batch)


def _edited(batch: Batch) -> None:
    assert not [problem.trace for problem in batch.problems if problem.trace], batch.problems
    for item in batch.items:
        edit(item, "blog", EditingSettings())


def front_matter(data: bytes) -> None:
    """Read a post's file whole, as the Markdown source does."""
    folder = _folder()
    (folder / "2026-11-22-post.md").write_bytes(data)
    _edited(MarkdownSource(SourceSettings(name="blog", kind="markdown", path=folder)).collect({}))


def heads(data: bytes) -> None:
    """Read front matter alone."""
    frontmatter.split(data.decode("utf-8", "replace"), "post.md")


def editors(data: bytes) -> None:
    """Read editor.md."""
    editor.parse(data.decode("utf-8", "surrogateescape"))


def config(data: bytes) -> None:
    """Read digest.toml."""
    parse(data.decode("utf-8", "replace"), ROOT)


def feed(data: bytes) -> None:
    """Read a feed."""
    _collected(FeedSource, data, "application/xml", "https://a.example/feed")


def page(data: bytes) -> None:
    """Read a listing page."""
    _collected(PageSource, data, "text/html", "https://a.example/tag/")


def api(data: bytes) -> None:
    """Read answers of WordPress's API, and what mailing services say when they refuse."""
    refusals.words(data.decode("utf-8", "replace"))
    _collected(WordPressSource, data, "application/json", "https://a.example/wp-json/")


def issue(data: bytes) -> None:
    """Make an issue again from a record that anybody may have changed."""
    name = SAMPLE.parent.name if SAMPLE else "2026-11-22-weekly"
    project = _project(name)
    (project.root / "issues" / name / "issue.json").write_bytes(data)
    records.rebuild(project, name, check=True)


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="fuzz-"))


@cache
def _project(name: str) -> Project:
    root = Path(tempfile.mkdtemp(prefix="fuzz-"))
    (root / "issues" / name).mkdir(parents=True)
    (root / "digest.toml").write_text('[newsletter]\nname = "N"\n[edition.weekly]\n')
    return Project(root)


TARGETS: dict[str, Target] = {
    "front-matter": front_matter,
    "heads": heads,
    "editor.md": editors,
    "issue.json": issue,
    "digest.toml": config,
    "feeds": feed,
    "pages": page,
    "api": api,
}


def check(target: Target, data: bytes) -> None:
    """Give one input to a target; an error of ours is an answer, anything else is a fault."""
    try:
        target(data)
    except DigestError as error:
        assert str(error)


def seeds(name: str) -> Iterator[bytes]:
    """Yield sound inputs, from which damaged ones are made."""
    from tests.sources.faulty_server import BODIES, FEED, PAGE, WORDPRESS

    data = ROOT / "tests" / "data"
    if name in ("front-matter", "heads"):
        yield b'---\ntitle: "Ferns"\ndate: 2026-11-22T08:00:00+01:00\ntags: [a, "b c"]\n---\n# Hi\n\n*Words*.\n'
        yield b"+++\ntitle = 'Moss'\ndate = 2026-11-22\n[taxonomies]\ntags = ['x']\n+++\nText {{< x >}}\n"
        yield b'{"title": "Bark", "date": "2026-11-22"}\nText\n'
        yield b"Title: Rain\nDate: 2026-11-22\nTags: a, b\n\nText [[x]] ==y== %%z%%\n"
        yield b"---\na: &x [1, *x]\nb: !!int ''\nc: >\n  d\n  e\n? f\n: g\n---\n"
    elif name == "editor.md":
        yield b"---\nsubject: A\npin: [https://a.example/x]\ndrop:\n  - y\ntitles:\n  z: w\n---\n*Hello*\n"
        yield from (path.read_bytes() for path in (ROOT / "issues").glob("*/editor.md"))
    elif name == "issue.json":
        if SAMPLE:
            yield SAMPLE.read_bytes()
        yield b'{"format": 1}'
    elif name == "digest.toml":
        yield (ROOT / "digest.toml").read_bytes()
        yield b'[newsletter]\nname = "N"\n[[source]]\nname = "b"\nkind = "feed"\nurl = "https://a.example/"\n'
    elif name == "feeds":
        yield from (
            FEED,
            b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1"}]}',
        )
        yield from (path.read_bytes() for path in sorted((data / "feeds").iterdir())[:20])
    elif name == "pages":
        yield PAGE
        yield from (path.read_bytes() for path in sorted((data / "pages").rglob("*.html"))[:20])
    else:
        yield from (WORDPRESS, *(body for body in BODIES.values() if body[:1] in b"[{"))
