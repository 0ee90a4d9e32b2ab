"""What plug-ins of a server print around an answer is passed over, and told."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from pytest_httpserver import HTTPServer

from digest.fetching import Fetcher
from digest.sources.base import Batch, SourceSettings
from digest.sources.feed import FeedSource
from digest.sources.reading import AROUND, json_among

BOM = b"\xef\xbb\xbf"
NOTICE = (
    b"<br />\n<b>Notice</b>:  Undefined index: x[0] in <b>/srv/a.php</b> on line <b>3</b><br />\n"
)
PLAIN = b"PHP Warning:  foreach() argument must be of type array|object, null given in /srv/a.php\n"
RSS = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><title>Ferns</title>'
    b"<link>https://a.example/ferns</link><pubDate>Sun, 22 Nov 2026 08:00:00 GMT</pubDate>"
    b"<description>Green.</description></item></channel></rss>"
)
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "T",
        "items": [
            {
                "id": "https://a.example/ferns",
                "url": "https://a.example/ferns",
                "title": "Ferns",
                "content_html": "<p>Green.</p>",
                "date_published": "2026-11-22T08:00:00Z",
            }
        ],
    }
).encode()


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    """Return a fetcher that may ask this machine."""
    with Fetcher(allow_private=["localhost"]) as fetcher:
        yield fetcher


def collected(server: HTTPServer, fetcher: Fetcher, body: bytes) -> Batch:
    """Return what a feed of these bytes brings."""
    server.expect_request("/feed").respond_with_data(body, content_type="application/xml")
    settings = SourceSettings(name="blog", kind="feed", url=server.url_for("/feed"))
    return FeedSource(settings, fetcher).collect({})


@pytest.mark.parametrize("feed", [RSS, JSON_FEED], ids=["rss", "json"])
@pytest.mark.parametrize("before", [NOTICE, PLAIN, BOM + NOTICE], ids=["html", "text", "mark"])
def test_a_notice_above_a_feed_costs_no_post(
    httpserver: HTTPServer, fetcher: Fetcher, before: bytes, feed: bytes
) -> None:
    """The posts come, and the editor is told what the server does."""
    batch = collected(httpserver, fetcher, before + feed)
    assert [item.title for item in batch.items] == ["Ferns"]
    assert AROUND in [problem.message for problem in batch.problems]


@pytest.mark.parametrize(
    "around", [(BOM + BOM, b""), (b"", b"\n<!-- cached -->\n"), (b"\n\n", b"")]
)
@pytest.mark.parametrize("feed", [RSS, JSON_FEED], ids=["rss", "json"])
def test_marks_and_comments_around_a_feed_cost_no_post(
    httpserver: HTTPServer, fetcher: Fetcher, around: tuple[bytes, bytes], feed: bytes
) -> None:
    """Two byte order marks, a signature of a cache, blank lines."""
    batch = collected(httpserver, fetcher, around[0] + feed + around[1])
    assert [item.title for item in batch.items] == ["Ferns"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (NOTICE + b'[{"id": 1}]', [{"id": 1}]),
        (PLAIN + b'{"a": []}', {"a": []}),
        (b"[]<!-- x -->", []),
        (BOM + BOM + b'{"a": 1}', {"a": 1}),
    ],
)
def test_json_is_found_among_junk(body: bytes, found: object) -> None:
    """A notice may hold brackets of its own."""
    assert json_among(body) == (found, True)


@pytest.mark.parametrize(
    "body",
    [
        b'[{"id": 1},{"id',
        NOTICE + b'[{"id": 1},{"id',
        b'<!DOCTYPE html><body><script>{"a": 1}</script>',
        b"<html>no</html>",
        b"",
        b"Not found",
    ],
)
def test_what_breaks_off_or_is_a_page_is_no_answer(body: bytes) -> None:
    """A piece of an answer must not pass for the whole."""
    with pytest.raises(ValueError, match=r"."):
        json_among(body)
