"""The promises every source keeps, whatever its kind; a new kind has to bring a place of its own here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Protocol

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from digest.errors import DigestError
from digest.fetching import Fetcher
from digest.models import RawItem, decode, encode
from digest.sources.base import Batch, SourceSettings
from digest.sources.registry import BUILT_IN, GROUP, create, kinds
from tests.sources.test_ghost import export as ghost_export
from tests.sources.test_wxr import FOOT as WXR_FOOT
from tests.sources.test_wxr import HEAD as WXR_HEAD
from tests.sources.test_wxr import item as wxr_item
from tests.sources.wordpress.wordpress_site import WordPressSite

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TITLES = ("Ferns on the sill", "Moss & more", "A roof of sedum")


class Place(Protocol):
    """Somewhere posts are, and how a test spoils it."""

    settings: SourceSettings

    def add(self, title: str, at: datetime) -> None:
        """Publish a post."""

    def spoil(self) -> str:
        """Break one post, and return what a problem's `where` has to hold."""

    def garble(self, data: bytes) -> None:
        """Put arbitrary bytes where posts are expected."""


class Folder:
    """A folder of Markdown."""

    def __init__(self, tmp_path: Path, _: HTTPServer) -> None:
        self.folder = tmp_path / "posts"
        self.folder.mkdir()
        self.settings = SourceSettings(
            name="garden", kind="markdown", path=self.folder, url="https://garden.example"
        )

    def add(self, title: str, at: datetime) -> None:
        name = title.split()[0].lower()
        text = f'---\ntitle: "{title}"\ndate: {at.isoformat()}\nguid: urn:{name}\n---\nGreen.\n'
        (self.folder / f"{name}.md").write_text(text)

    def spoil(self) -> str:
        (self.folder / "broken.md").write_text("---\ntitle: [never closed\n---\n")
        return "broken.md"

    def garble(self, data: bytes) -> None:
        (self.folder / "garbled.md").write_bytes(data)


class FeedSite:
    """A feed with validators."""

    def __init__(self, _: Path, server: HTTPServer) -> None:
        self.posts: list[str] = []
        self.garbled = b""
        server.expect_request("/feed/").respond_with_handler(self._answer)
        self.settings = SourceSettings(name="garden", kind="feed", url=server.url_for("/feed/"))

    def _answer(self, request: Request) -> Response:
        stamp = f'"{len(self.posts)}"'
        if request.headers.get("If-None-Match") == stamp and not self.garbled:
            return Response(status=304)
        channel = "<rss version='2.0'><channel><title>Garden</title>{}</channel></rss>"
        return Response(
            self.garbled or channel.format("".join(self.posts)), headers={"ETag": stamp}
        )

    def add(self, title: str, at: datetime) -> None:
        name, shown = title.split()[0].lower(), title.replace("&", "&amp;")
        self.posts.append(
            f"<item><title>{shown}</title><guid>urn:{name}</guid><link>https://garden.example/{name}/</link>"
            f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} +0000</pubDate><description>Green.</description></item>"
        )

    def spoil(self) -> str:
        self.posts.append(
            "<item><title>Broken</title><guid>urn:broken</guid><pubDate>soon</pubDate></item>"
        )
        return "urn:broken"

    def garble(self, data: bytes) -> None:
        self.garbled = data


class Blog:
    """A site that answers as WordPress does."""

    def __init__(self, _: Path, server: HTTPServer) -> None:
        self.site = WordPressSite(server)
        self.settings = SourceSettings(name="garden", kind="wordpress", url=self.site.url)

    def add(self, title: str, at: datetime) -> None:
        self.site.add(title.replace("&", "&amp;"), published_at=at)

    def spoil(self) -> str:
        post = self.site.add("", body="", published_at=NOON)
        return self.site.link(post)

    def garble(self, data: bytes) -> None:
        self.site.intercept = lambda request: (
            Response(data, content_type="application/json") if "/posts" in request.url else None
        )


class Pages:
    """A folder of saved listing pages, one of them kept up to date."""

    def __init__(self, tmp_path: Path, _: HTTPServer) -> None:
        self.folder = tmp_path / "pages"
        self.folder.mkdir()
        self.posts: list[str] = []
        self.settings = SourceSettings(
            name="garden", kind="page", path=self.folder, url="https://garden.example"
        )

    def add(self, title: str, at: datetime) -> None:
        name, shown = title.split()[0].lower(), title.replace("&", "&amp;")
        self.posts.append(
            f'<article class="hentry"><h2 class="entry-title"><a href="/{name}/">{shown}</a></h2>'
            f'<time datetime="{at.isoformat()}">then</time><p>Green.</p></article>'
        )
        (self.folder / "listing.html").write_text(
            f"<html><body>{''.join(self.posts)}</body></html>"
        )

    def spoil(self) -> str:
        (self.folder / "broken.html").write_text(" ")
        return "broken.html"

    def garble(self, data: bytes) -> None:
        (self.folder / "garbled.html").write_bytes(data)


class Export:
    """A WordPress export, written anew for every post."""

    def __init__(self, tmp_path: Path, _: HTTPServer) -> None:
        self.path = tmp_path / "export.xml"
        self.items: list[str] = []
        self.settings = SourceSettings(name="garden", kind="wxr", path=self.path)

    def add(self, title: str, at: datetime) -> None:
        number = len(self.items) + 1
        self.items.append(
            wxr_item(number, title).replace("2026-11-22 08:00:00", f"{at:%Y-%m-%d %H:%M:%S}")
        )
        self._write()

    def spoil(self) -> str:
        self.items.append(wxr_item(99, "Secret", "draft"))
        self._write()
        return "post 99"

    def garble(self, data: bytes) -> None:
        self.path.write_bytes(data)

    def _write(self) -> None:
        self.path.write_text(WXR_HEAD + "".join(self.items) + WXR_FOOT, encoding="utf-8")


class GhostExport:
    """An export of Ghost."""

    def __init__(self, tmp_path: Path, _: HTTPServer) -> None:
        self.folder = tmp_path
        self.posts: list[dict[str, Any]] = []
        self.settings = SourceSettings(
            name="garden",
            kind="ghost",
            path=tmp_path / "ghost.json",
            url="https://garden.example/",
        )

    def add(self, title: str, at: datetime, **values: Any) -> None:
        number = len(self.posts) + 1
        facts = {"id": str(number), "uuid": f"u{number}", "title": title, "slug": f"p{number}"}
        self.posts.append({**facts, "published_at": f"{at:%Y-%m-%dT%H:%M:%SZ}", **values})
        ghost_export(self.folder, *self.posts)

    def spoil(self) -> str:
        self.add("Secret", NOON, id="99", status="draft")
        return "post 99"

    def garble(self, data: bytes) -> None:
        (self.folder / "ghost.json").write_bytes(data)


PLACES: dict[str, Callable[[Path, HTTPServer], Place]] = {
    "feed": FeedSite,
    "markdown": Folder,
    "page": Pages,
    "wordpress": Blog,
    "wxr": Export,
    "ghost": GhostExport,
}


def place_of(kind: str, tmp_path: Path, httpserver: HTTPServer) -> Place:
    """Make an empty place of a kind; a kind without one fails here."""
    assert kind in PLACES, f'give the source kind "{kind}" a place in this file'
    return PLACES[kind](tmp_path, httpserver)


@pytest.fixture(params=kinds())
def place(request: pytest.FixtureRequest, tmp_path: Path, httpserver: HTTPServer) -> Place:
    """Make a place of every registered kind, with three posts."""
    made = place_of(request.param, tmp_path, httpserver)
    for hours, title in enumerate(TITLES):
        made.add(title, NOON - timedelta(hours=hours))
    return made


@pytest.fixture
def collect(place: Place) -> Iterator[Callable[..., Batch]]:
    """Collect from the place as the workflow does, each time with a new source."""
    with Fetcher(allow_private=["localhost"], timeout_seconds=60, backoff_seconds=0.01) as fetcher:

        def run(state: dict[str, str] | None = None, **how: Any) -> Batch:
            return create(place.settings, fetcher).collect(state or {}, **how)

        yield run


def titles(batch: Batch) -> list[str]:
    return sorted(item.title.replace("&amp;", "&") for item in batch.items)


def test_every_kind_of_our_own_is_found_without_reading_all_packages() -> None:
    points = entry_points(group=GROUP)
    named = {point.name: point.value for point in points if point.value.startswith("digest.")}
    assert named == {kind: f"digest.sources.{where}" for kind, where in BUILT_IN.items()}


def test_the_first_collect_brings_every_post(collect: Callable[..., Batch]) -> None:
    batch = collect()
    assert titles(batch) == sorted(TITLES)
    assert batch.problems == ()
    assert all(item.identity and item.where for item in batch.items)


def test_identities_are_unique_and_last(place: Place, collect: Callable[..., Batch]) -> None:
    before = {item.identity for item in collect().items}
    place.add("Later still", NOON)
    after = {item.identity for item in collect().items}
    assert len(before) == len(TITLES)
    assert before < after
    assert len(after) == len(TITLES) + 1


def test_a_second_collect_brings_nothing_new(collect: Callable[..., Batch]) -> None:
    """What it brings again is as it was; what it does not bring it says is unchanged, or leaves unsaid."""
    first = collect()
    second = collect(first.state)
    assert set(second.items) <= set(first.items)
    assert len(second.items) + second.unchanged <= len(TITLES)
    assert collect(second.state).problems == ()


def test_a_new_post_is_brought_by_the_next_collect(
    place: Place, collect: Callable[..., Batch]
) -> None:
    state = collect().state
    place.add("Later still", datetime.now(UTC) - timedelta(minutes=1))
    assert "Later still" in titles(collect(state))


def test_full_brings_everything_again(collect: Callable[..., Batch]) -> None:
    first = collect()
    assert set(collect(first.state, full=True).items) == set(first.items)


def test_the_state_is_plain_text(collect: Callable[..., Batch]) -> None:
    state = collect().state
    assert all(isinstance(part, str) for pair in state.items() for part in pair)


def test_present_names_every_post_where_it_is_known(collect: Callable[..., Batch]) -> None:
    first = collect()
    for batch in (first, collect(first.state), collect(first.state, full=True)):
        assert batch.present is None or {item.identity for item in first.items} <= batch.present


def test_one_broken_post_is_named_and_stops_no_other(
    place: Place, collect: Callable[..., Batch]
) -> None:
    where = place.spoil()
    batch = collect()
    assert set(TITLES) <= set(titles(batch))
    assert any(where in problem.where for problem in batch.problems)


def test_times_are_aware_and_in_utc(collect: Callable[..., Batch]) -> None:
    published = [item.published_at for item in collect().items]
    assert max(at for at in published if at) == NOON
    assert all(at is not None and at.utcoffset() == timedelta(0) for at in published)


def test_posts_survive_being_stored(collect: Callable[..., Batch]) -> None:
    for item in collect().items:
        assert decode(encode(item), RawItem) == item


@pytest.mark.parametrize("kind", kinds())
def test_garbage_brings_nothing_but_problems_or_a_digest_error(
    kind: str, tmp_path_factory: pytest.TempPathFactory, httpserver: HTTPServer
) -> None:
    """Whatever bytes are where posts should be."""
    place = place_of(kind, tmp_path_factory.mktemp("garbage"), httpserver)
    with Fetcher(allow_private=["localhost"], timeout_seconds=60, backoff_seconds=0) as fetcher:

        @given(st.binary(max_size=60) | st.text("{}[]\"':,<>&;-\n abc019").map(str.encode))
        @settings(max_examples=40)
        def collect(data: bytes) -> None:
            place.garble(data)
            try:
                create(place.settings, fetcher).collect({})
            except DigestError as exc:
                assert str(exc)

        collect()
