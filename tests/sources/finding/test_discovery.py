"""What an address turns out to be when a project is set up from it."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from digest.errors import FetchError, SourceError
from digest.fetching import Fetcher, Response
from digest.sources.finding import Discovered, discover, typed
from digest.sources.finding.places import leads_to
from tests.sources.wordpress.wordpress_site import WordPressSite, json_answer

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet href="feed.xsl"?>
<!-- made by hand -->
<rss version="2.0"><channel><image><url>x</url></image><title>Bench &amp;amp; Spade</title>
<language>da_DK</language><item><title>A post</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja">
<title type="html"><![CDATA[園芸 &amp; 庭]]></title><entry><title>A post</title></entry></feed>"""
RDF = """<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<channel><title>Old garden</title></channel><item><title>A post</title></item></rdf:RDF>"""
JSON_FEED = '{"version": "https://jsonfeed.org/version/1.1", "title": "Small  garden", "language": "nl", "items": []}'
PAGE = '<!DOCTYPE html><html lang="en-GB"><head><title>The garden</title>{links}</head><p>Hello</p></html>'


def serve(
    server: HTTPServer, path: str, body: str, content_type: str = "text/html; charset=utf-8"
) -> str:
    server.expect_request(path).respond_with_data(body, content_type=content_type)
    return server.url_for(path)


@pytest.mark.parametrize("permalinks", ["pretty", "plain"])
@pytest.mark.parametrize("announced", ["header", "link", ""])
def test_a_wordpress_site_is_one(
    httpserver: HTTPServer, fetcher: Fetcher, permalinks: Any, announced: Any
) -> None:
    """With its name as text, its language and its time zone, whatever it announces."""
    site = WordPressSite(httpserver, permalinks=permalinks, announced=announced)
    assert discover(site.url, fetcher) == Discovered(
        kind="wordpress",
        url=site.url,
        home=site.url,
        name="The Potting Bench & Friends",
        language="en-GB",
        timezone="Europe/Copenhagen",
    )


@pytest.mark.parametrize(
    ("root", "step"),
    [
        ("http://127.0.0.1:{port}/wp-json/", '[fetching] allow_private = ["127.0.0.1"]'),
        ("http://gone.invalid/", ""),
    ],
)
def test_an_api_that_may_not_or_cannot_be_asked_gives_way_to_the_feed(
    httpserver: HTTPServer, fetcher: Fetcher, root: str, step: str
) -> None:
    """Its address comes from the page, which may point anywhere; what can be done is told."""
    root = root.format(port=httpserver.port)
    feed = serve(httpserver, "/posts.xml", RSS, "application/rss+xml")
    links = f'<link rel="https://api.w.org/" href="{root}">'
    links += '<link rel="alternate" type="application/rss+xml" href="/posts.xml">'
    found = discover(serve(httpserver, "/", PAGE.format(links=links)), fetcher)
    assert (found.kind, found.url) == ("feed", feed)
    assert found.hint.startswith("The site is WordPress, but its API cannot be used: ")
    assert step in found.hint


def test_a_post_leads_to_its_site(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    """The address of any page will do."""
    site = WordPressSite(httpserver)
    assert discover(site.link(site.add("A note about gloves")), fetcher).url == site.url


@pytest.mark.parametrize(
    ("hours", "zone", "hint"),
    [
        (0, "UTC", ""),
        (1, "Etc/GMT-1", "+1 hours"),
        (-5, "Etc/GMT+5", "-5 hours"),
        (5.5, "", "+5.5 hours"),
    ],
)
def test_a_site_that_knows_but_an_offset(
    httpserver: HTTPServer, fetcher: Fetcher, hours: Any, zone: str, hint: str
) -> None:
    """Then summer time is unknown, and the editor is asked for the city."""
    site = WordPressSite(httpserver, hours_ahead=hours)
    site.timezone = ""
    found = discover(site.url, fetcher)
    assert found.timezone == zone
    assert hint in found.hint
    assert bool(found.hint) == bool(hint)


def test_a_closed_api_leaves_the_feed(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    """The feed of posts, not that of comments; and why."""
    site = WordPressSite(httpserver)
    site.closed = 401
    found = discover(site.url, fetcher)
    assert (found.kind, found.url, found.name) == (
        "feed",
        f"{site.url}/feed/",
        "The Potting Bench & Friends",
    )
    assert "its API cannot be used" in found.hint


def test_a_feeds_address_is_taken_at_its_word(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    """Whoever gives the feed of one tag wants that; that the site is WordPress is said beside."""
    site = WordPressSite(httpserver)
    found = discover(f"{site.url}/feed/", fetcher)
    assert (found.kind, found.url) == ("feed", f"{site.url}/feed/")
    assert 'kind = "wordpress"' in found.hint


@pytest.mark.parametrize(
    ("body", "name", "language"),
    [
        (RSS, "Bench & Spade", "da-DK"),
        ("\n\n" + RSS, "Bench & Spade", "da-DK"),
        (ATOM, "園芸 & 庭", "ja"),
        (RDF, "Old garden", ""),
        (JSON_FEED, "Small garden", "nl"),
        ("<rss version='2.0'><channel><item><title>A post</title></item></channel></rss>", "", ""),
    ],
    ids=["rss", "blank lines", "atom", "rdf", "json", "no title"],
)
def test_a_feed_is_known_by_what_it_holds(
    httpserver: HTTPServer, fetcher: Fetcher, body: str, name: str, language: str
) -> None:
    """Whatever it is served as, and never by the title of its first post."""
    url = serve(httpserver, "/news", body, "text/plain; charset=utf-8")
    home = httpserver.url_for("/")
    found = discover(url, fetcher)
    assert found == Discovered(kind="feed", url=url, home=home, name=name, language=language)


@pytest.mark.parametrize(
    ("kind", "body"),
    [("rss+xml", RSS), ("atom+xml", ATOM), ("feed+json", JSON_FEED), ("json", JSON_FEED)],
)
def test_a_page_names_its_feed(
    httpserver: HTTPServer, fetcher: Fetcher, kind: str, body: str
) -> None:
    """By a link, relative to the page."""
    link = f'<LINK type="application/{kind}" href="../of/posts" rel="feed alternate">'
    page = serve(httpserver, "/blog/", PAGE.format(links=link))
    feed = serve(httpserver, "/of/posts", body, "application/octet-stream")
    assert discover(page, fetcher).url == feed


def test_a_named_feed_that_is_dead_is_passed_over(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    """Themes name feeds that were switched off; the next one counts, and the page's language."""
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{href}">'
        for title, href in (
            ("Comments", "/comments.xml"),
            ("Gone", "/gone.xml"),
            ("Posts", "/posts.xml"),
        )
    )
    page = serve(httpserver, "/", PAGE.format(links=links))
    serve(httpserver, "/comments.xml", RSS)
    feed = serve(httpserver, "/posts.xml", RDF)
    assert discover(page, fetcher) == Discovered(
        kind="feed", url=feed, home=page, name="Old garden", language="en-GB"
    )


@pytest.mark.parametrize(
    ("old", "new", "home"),
    [
        (
            "</title>",
            "</title><link> https://garden.example/blog/ </link>",
            "https://garden.example/blog/",
        ),
        (
            "</title>",
            "</title><link><![CDATA[https://g.example/?a=1&b=2]]></link>",
            "https://g.example/?a=1&b=2",
        ),
        (
            "</title>",
            "</title><link>https://g.example/?a=1&amp;b=2</link>",
            "https://g.example/?a=1&b=2",
        ),
        (
            "<title>",
            '<atom:link rel="self" href="https://g.example/feed"/><image><link>https://i.example/</link></image>'
            "<link>https://g.example/</link><title>",
            "https://g.example/",
        ),
        ("<item>", "<item><link>https://garden.example/a-post/</link>", ""),
        ("</title>", "</title><link>mailto:ada@garden.example</link>", ""),
    ],
    ids=["link", "cdata", "entity", "others before", "of a post", "no web address"],
)
def test_a_feed_names_the_home_of_its_site(
    httpserver: HTTPServer, fetcher: Fetcher, old: str, new: str, home: str
) -> None:
    """Never the feed itself, a picture's link or a post; without one, the page that was given stands."""
    page = serve(
        httpserver, "/blog/", PAGE.format(links='<link rel="alternate" type="text/xml" href="/f">')
    )
    serve(httpserver, "/f", RSS.replace(old, new, 1))
    assert discover(page, fetcher).home == (home or page)


@pytest.mark.parametrize(
    "body",
    [
        ATOM.replace(
            "<title", '<link rel="self" href="/f"/><link href="https://g.example/blog/"/><title', 1
        ),
        JSON_FEED.replace('"items"', '"home_page_url": "https://g.example/blog/", "items"'),
        RDF.replace("</title>", "</title><link>https://g.example/blog/</link>", 1),
    ],
    ids=["atom", "json", "rdf"],
)
def test_other_formats_name_it_too(httpserver: HTTPServer, fetcher: Fetcher, body: str) -> None:
    """A subfolder is part of it."""
    assert discover(serve(httpserver, "/f", body), fetcher).home == "https://g.example/blog/"


def test_a_wordpress_site_knows_its_home_better_than_the_address_it_was_found_under(
    httpserver: HTTPServer, fetcher: Fetcher
) -> None:
    """Readers come to the public address, whichever one an editor's office uses."""
    site = WordPressSite(httpserver)
    about = {"name": "Bench", "home": "https://bench.example/blog", "namespaces": ["wp/v2"]}
    site.intercept = lambda r: json_answer(about) if r.path.rstrip("/") == "/wp-json" else None
    found = discover(site.url, fetcher)
    assert found.home == "https://bench.example/blog"
    assert found.url.rstrip("/") == site.url


@pytest.mark.parametrize(
    "path", ["/blog/feed/", "/blog/index.xml", "/feed.xml", "/rss", "/atom.xml", "/feed.json"]
)
def test_a_feed_lies_where_feeds_lie(httpserver: HTTPServer, fetcher: Fetcher, path: str) -> None:
    """Beside the page, else at the top of the site."""
    page = serve(httpserver, "/blog/", PAGE.format(links=""))
    feed = serve(httpserver, path, JSON_FEED if path.endswith("json") else RSS)
    assert discover(page, fetcher).url == feed


def test_where_nothing_is_the_message_says_where_was_looked(
    httpserver: HTTPServer, fetcher: Fetcher
) -> None:
    """A page that answers pages to everything has no feed."""
    page = serve(httpserver, "/", PAGE.format(links=""))
    with pytest.raises(SourceError) as caught:
        discover(page, fetcher)
    assert f"tried {page}feed/, {page}feed.xml" in caught.value.message
    assert caught.value.hint


def test_a_site_that_answers_pages_to_everything_has_no_api(
    httpserver: HTTPServer, fetcher: Fetcher
) -> None:
    """A single page application calls every address a page."""
    httpserver.expect_request(re.compile(".*")).respond_with_data(
        PAGE.format(links=""), content_type="text/html"
    )
    with pytest.raises(SourceError, match="neither a WordPress API nor a feed"):
        discover(httpserver.url_for("/"), fetcher)


def test_an_address_may_lack_its_scheme(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    """Nobody types it; https is tried first, and what cannot be reached at all says so."""
    site = WordPressSite(httpserver)
    assert discover(f"localhost:{httpserver.port}", fetcher).url == site.url
    with pytest.raises(FetchError, match="https://localhost:9"):
        discover("localhost:9", fetcher)


@pytest.mark.parametrize(
    "text",
    [
        *("<title>" * 40_000, "<title " * 40_000, "<?" * 40_000, "<rss " * 40_000),
        *("<a href=x>" * 40_000, "<a href=x>" * 40_000 + "</a>"),
    ],
)
def test_no_page_takes_long_to_read(httpserver: HTTPServer, fetcher: Fetcher, text: str) -> None:
    """A page made to be slow to read is read as fast as another."""
    page = serve(httpserver, "/", text)
    started = time.process_time()
    with suppress(SourceError):
        discover(page, fetcher)
    assert time.process_time() - started < 10


def test_an_address_that_is_gone_is_a_fetch_error(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    """The first page has to be there."""
    with pytest.raises(FetchError):
        discover(httpserver.url_for("/none"), fetcher)


@pytest.mark.parametrize("path", ["/atom-feed.xml", "/feeds/posts.xml", "/feeds/all", "/blog.rss"])
def test_a_feed_that_only_the_body_links_is_found(
    httpserver: HTTPServer, fetcher: Fetcher, path: str
) -> None:
    page = serve(
        httpserver, "/", f'<html><body><p>Hi</p><a href="{path}">Subscribe</a></body></html>'
    )
    feed = serve(httpserver, path, RSS, "application/rss+xml")
    assert discover(page, fetcher).url == feed


LINKED = PAGE.format(links='<link rel="alternate" type="application/rss+xml" href="{}">')


@pytest.mark.parametrize(
    ("head", "path"),
    [
        ('<link rel="feed" href="/mine.xml">', "/mine.xml"),
        ('<link rel="alternate" title="RSS" href="/mine.rss">', "/mine.rss"),
        ('<base href="/x/"><link rel="alternate" type="text/xml" href="f.xml">', "/x/f.xml"),
        ('<a href="/subscribe.xml">Our RSS feed</a>', "/subscribe.xml"),
        ('<a href="/f.php?lang=en" title="RSS"><svg></svg></a>', "/f.php"),
        ('<a type="application/atom+xml" href="/all">Everything</a>', "/all"),
    ],
)
def test_a_feed_is_named_in_many_ways(
    httpserver: HTTPServer, fetcher: Fetcher, head: str, path: str
) -> None:
    """By relations, types, words and names of files."""
    page = serve(httpserver, "/", PAGE.format(links=head))
    serve(httpserver, path, RSS)
    assert discover(page, fetcher).url.startswith(httpserver.url_for(path))


def test_a_header_names_a_feed_as_a_link_does(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    """RFC 8288."""
    link = '</x.css>; rel=preload, </hidden.xml>; rel="alternate"; type="application/rss+xml"'
    httpserver.expect_request("/").respond_with_data(
        PAGE.format(links=""), headers={"Link": link}, content_type="text/html"
    )
    feed = serve(httpserver, "/hidden.xml", RSS)
    assert discover(httpserver.url_for("/"), fetcher).url == feed


@pytest.mark.parametrize(
    "front",
    [
        '<meta http-equiv="refresh" content="0; url=/blog/">',
        '<nav><a href="/shop/">Shop</a> <a href="/blog/">Blog</a></nav>',
        '<nav><a href="/blog/"><b>Latest news</b></a></nav>',
    ],
)
def test_a_front_page_leads_to_the_blog(
    httpserver: HTTPServer, fetcher: Fetcher, front: str
) -> None:
    """A firm's site names no feed on its first page; the page of its blog does."""
    page = serve(httpserver, "/", f"<!doctype html><title>The firm</title>{front}")
    serve(httpserver, "/blog/", LINKED.format("posts.xml"))
    feed = serve(httpserver, "/blog/posts.xml", RSS)
    assert discover(page, fetcher).url == feed


@pytest.mark.parametrize(
    "path", ["/feeds/all.atom.xml", "/feed_rss_created.xml", "/blog/rss.xml", "/posts/index.xml"]
)
def test_generators_put_feeds_where_nobody_looks(
    httpserver: HTTPServer, fetcher: Fetcher, path: str
) -> None:
    page = serve(httpserver, "/", PAGE.format(links=""))
    feed = serve(httpserver, path, RSS)
    assert discover(page, fetcher).url == feed


def test_a_feed_with_posts_comes_before_an_empty_one(
    httpserver: HTTPServer, fetcher: Fetcher
) -> None:
    """Generators name one for each section, also for those that hold nothing yet."""
    links = '<link rel="feed" href="/none.xml"><link rel="feed" href="/all.xml">'
    page = serve(httpserver, "/", PAGE.format(links=links))
    empty = serve(httpserver, "/none.xml", "<rss><channel><title>N</title></channel></rss>")
    assert discover(page, fetcher).url == empty
    full = serve(httpserver, "/all.xml", RSS)
    assert discover(page, fetcher).url == full


@pytest.mark.parametrize("feed", [RSS, JSON_FEED.replace("[]", '[{"id": "1"}]')])
def test_a_notice_before_a_feed_hides_it_from_nobody(
    httpserver: HTTPServer, fetcher: Fetcher, feed: str
) -> None:
    url = serve(httpserver, "/feed", f"<b>Deprecated</b>: f() in x.php on line 3<br>\n{feed}")
    assert discover(url, fetcher).kind == "feed"


def test_a_named_feed_that_refuses_is_told(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    """A site that keeps programs out says so, and what can be done about it."""
    page = serve(httpserver, "/", LINKED.format("/kept.xml"))
    httpserver.expect_request("/kept.xml").respond_with_data("Just a moment", status=403)
    with pytest.raises(SourceError, match=r"/kept\.xml: the site answered 403"):
        discover(page, fetcher)
    with pytest.raises(FetchError) as caught:
        discover(httpserver.url_for("/kept.xml"), fetcher)
    assert "save the page" in caught.value.hint


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("feed://garden.example/f", "garden.example/f"),
        ("feed:https://garden.example/f", "https://garden.example/f"),
        (" <https://garden.example/> ", "https://garden.example/"),
        ("“garden.example”", "garden.example"),
        ("feed.example", "feed.example"),
        ("garden.example/a?utm_source=mail&p=3&fbclid=x", "garden.example/a?p=3"),
        ("feed", "feed"),
    ],
)
def test_an_address_may_be_copied_with_what_stood_around_it(written: str, meant: str) -> None:
    assert typed(written) == meant


def test_a_host_in_letters_is_shown_as_it_was_typed() -> None:
    """DNS has another form of it, which is asked; an editor reads letters."""

    class Letters(Fetcher):
        def get(self, url: str, **_: Any) -> Response:
            return Response(
                url="https://xn--grten-gra.example/feed/", status=200, body=RSS.encode()
            )

    with Letters() as fetcher:
        found = discover("gärten.example/feed", fetcher)
        assert (found.url, found.home) == (
            "https://gärten.example/feed/",
            "https://gärten.example/",
        )
        assert discover("xn--grten-gra.example", fetcher).home == "https://xn--grten-gra.example/"


@pytest.mark.parametrize(
    ("head", "leads"),
    [
        ('<meta charset="utf-8"><meta http-equiv="Refresh" content="0; url=/blog/">', "/blog/"),
        ('<meta name="x" content="0; url=/y/"><p http-equiv="refresh" content="0; url=/z/">', ""),
        ('<meta http-equiv="refresh" content="5">', ""),
        ('<meta http-equiv="refresh" content="0; url=/">', ""),
        ('<meta http-equiv="refresh" content="0; url=mailto:a@b.example">', ""),
    ],
)
def test_a_page_may_be_nothing_but_a_way_to_another(head: str, leads: str) -> None:
    page = Response(
        url="https://a.example/",
        status=200,
        headers={"content-type": "text/html"},
        body=head.encode(),
    )
    assert leads_to(page).removeprefix("https://a.example") == leads
