"""What feeds give, the broken ones among them."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from werkzeug import Request
from werkzeug import Response as Answer

from digest.errors import ConfigError, DigestError, HttpStatusError, SourceError
from digest.fetching import Fetcher, Response
from digest.models import Image, RawItem, SeriesPart, Term
from digest.sources.base import Batch, SourceSettings
from digest.sources.feed.source import MAX_SILENT, FeedSource, read_feed
from digest.sources.feed.xml import parse_xml_feed

DATA = Path(__file__).parent.parent / "data" / "feeds"
URL = "https://garden.example/feed/"
PARIS = ZoneInfo("Europe/Paris")
HEAD = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:itunes="http://www.itunes.com/DTDs/PodCast-1.0.dtd"><channel><title>Garden</title>'
    "<link>https://garden.example/</link>"
)
GRAVATAR = '<media:content url="https://0.gravatar.com/avatar/x" medium="image"/>'
POST = "<title>Moss</title><link>https://garden.example/moss/</link><guid>urn:moss</guid>"
DATED = (
    POST
    + "<pubDate>Sun, 22 Nov 2026 07:40:00 +0000</pubDate><description>Moss asks little.</description>"
)


def read(data: bytes | str, content_type: str = "application/rss+xml", **options: Any) -> Batch:
    body = data.encode() if isinstance(data, str) else data
    answer = Response(url=URL, status=200, headers={"content-type": content_type}, body=body)
    return read_feed(answer, PARIS, **options)


def rss(*posts: str) -> str:
    return HEAD + "".join(f"<item>{post}</item>" for post in posts) + "</channel></rss>"


def only(batch: Batch) -> RawItem:
    (item,) = batch.items
    return item


def messages(batch: Batch) -> list[str]:
    return [problem.message for problem in batch.problems]


# ---------------------------------------------------------------- formats


def test_a_feed_of_wordpress() -> None:
    """Blank lines above the declaration, a vertical tab, and entities inside CDATA are all usual there."""
    batch = read((DATA / "wordpress.xml").read_bytes())
    first, second = batch.items
    assert (messages(batch), batch.skipped) == (["is behind a password, so it is left out"], 1)
    assert first.identity == "http://garden.example:8080/?p=32"
    assert first.url == "http://garden.example:8080/salt/"
    assert (first.title, first.title_is_text) == ("Salt & sand: pots < 20 cm, &nbsp; and ’", True)
    assert first.authors == ("Compost & Tea Committee",)
    assert first.tags == (Term(name="pots & tools"), Term(name="weather"))
    assert first.published_at == datetime(2026, 11, 22, 7, 40, tzinfo=UTC)
    assert first.image == Image(
        url="http://garden.example:8080/pots.jpg", alt="Twenty pots", width=800, height=600
    )
    assert 'href="http://garden.example:8080/salt/more/"' in first.body
    assert not first.summary_is_manual
    assert first.language == "en-GB"
    assert second.authors == ("Ada Moss", "Bo Reed")
    assert (second.summary, second.summary_is_manual) == (
        "On <em>raised beds</em> and slow hands.",
        True,
    )


def test_a_protected_post_is_skipped_where_only_excerpts_are_shown() -> None:
    text = "There is no excerpt because this is a protected post."
    batch = read(
        rss(f"<title>Protected: Key</title><guid>k</guid><description>{text}</description>")
    )
    assert (batch.items, batch.skipped) == ((), 1)
    assert messages(batch) == ["is behind a password, so it is left out"]


def test_a_feed_in_atom() -> None:
    first, second = read((DATA / "atom.xml").read_bytes(), "application/atom+xml").items
    assert first == RawItem(
        identity="tag:garden.example,2026:salt",
        where="https://garden.example/2026/salt/",
        url="https://garden.example/2026/salt/",
        title="Salt &amp; <em>sand</em>",
        published_at=datetime(2026, 11, 22, 7, tzinfo=UTC),
        updated_at=datetime(2026, 11, 23, 7, tzinfo=UTC),
        authors=("Ada Moss", "Bo Reed"),
        tags=(Term(name="pots & tools", slug="pots-tools"), Term(name="weather")),
        series=(SeriesPart(name="Windowsill School", part=2, label="2b"),),
        summary="In 3 < 4 words.",
        summary_is_text=True,
        summary_is_manual=True,
        body='<p>Clay <b>drinks</b>. <a href="https://garden.example/2026/more/">More</a></p>',
        image=Image(url="https://garden.example/2026/salt.jpg"),
        language="da",
    )
    assert (second.title, second.title_is_text, second.body) == (
        "Only <text>",
        True,
        "<p>1 &lt; 2</p>",
    )
    assert (second.authors, second.language) == (("The Society",), "en")
    assert second.published_at == datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_a_feed_in_rdf_with_a_wrong_charset() -> None:
    """It says ISO 8859-1 and is UTF-8."""
    item = only(read((DATA / "rdf.xml").read_bytes()))
    assert item.title == "Moss on the Gróður roof"
    assert item.published_at == datetime(2026, 11, 22, 7, tzinfo=UTC)
    assert (item.authors, item.tags, item.language) == (("Ada Moss",), (Term(name="roofs"),), "is")
    assert (item.body, item.summary) == ("", "Moss asks little.")


def test_a_json_feed() -> None:
    first, second = read((DATA / "feed.json").read_bytes(), "application/feed+json").items
    assert (first.identity, first.url) == ("7", "https://garden.example/salt/")
    assert (first.title, first.title_is_text) == ("Salt & <sand>", True)
    assert (first.summary, first.summary_is_text, first.summary_is_manual) == (
        "On pots.",
        True,
        True,
    )
    assert first.image == Image(url="https://garden.example/salt/b.jpg", alt="B")
    assert 'href="https://garden.example/salt/more/"' in first.body
    assert (first.authors, first.tags) == (("Ada Moss",), (Term(name="pots"),))
    assert first.series == (SeriesPart(name="Windowsill School", part=2),)
    assert (second.body, second.authors) == ("<p>1 &lt; 2</p>\n<p>Next</p>", ("The Society",))


@pytest.mark.parametrize("version", ["0.91", "0.92", "2.0"])
def test_every_version_of_rss(version: str) -> None:
    assert only(read(rss(DATED).replace('version="2.0"', f'version="{version}"'))).title == "Moss"


# ---------------------------------------------------------------- fields


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ('<enclosure url="/a.jpg" type="image/jpeg"/><media:content url="/b.jpg" medium="image"/>', "a.jpg"),
        ('<enclosure url="/a.mp3" type="audio/mpeg"/><media:content url="/b.jpg" medium="image"/>', "b.jpg"),
        (GRAVATAR + '<media:content url="/b.jpg" medium="image"/>', "b.jpg"),
        ('<media:thumbnail url="/c.jpg"/>', "c.jpg"),
        ('<media:group><media:content url="/b.jpg" type="image/png"/></media:group>', "b.jpg"),
        ('<media:thumbnail url="/c.jpg" width="1" height="1"/>', "d.jpg"),
        ('<itunes:image href="/e.jpg"/>', "e.jpg"),
        ("", "d.jpg"),
        # what some mail programs do not show gives way, whether the name or the type tells it
        ('<enclosure url="/a" type="image/webp"/><enclosure url="/b.png" type="image/png"/>', "b.png"),
        ('<enclosure url="/a.avif"/><enclosure url="/b" type="image/png"/>', "b"),
        ('<enclosure url="/a" type="image/webp"/><media:content url="/b.png" medium="image"/>', "b.png"),
        ('<media:content url="/a" type="image/avif"/><media:content url="/b" type="image/jpeg"/>', "b"),
        ('<enclosure url="/a.jpg" type="image/webp"/><enclosure url="/b.jpg"/>', "b.jpg"),
        ('<enclosure url="/a" type="image/webp"/><media:content url="/b" type="image/webp"/>', "a"),
    ],
)  # fmt: skip
def test_where_the_picture_comes_from(written: str, url: str) -> None:
    body = '<content:encoded>&lt;img src="/d.jpg"&gt;</content:encoded>'
    image = only(read(rss(DATED + written + body))).image
    assert image is not None
    assert image.url == f"https://garden.example/{url}"


def test_what_is_said_about_pictures_and_sounds_is_not_the_body() -> None:
    extra = (
        '<media:content url="/b.jpg"><media:title>T</media:title><media:description><![CDATA[A <b>pot</b>]]>'
        "</media:description><media:category>x</media:category></media:content><itunes:summary>S</itunes:summary>"
    )
    item = only(read(rss(DATED + extra)))
    assert (item.title, item.body, item.tags) == ("Moss", "", ())
    assert item.summary == "Moss asks little."


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("<author>ada@garden.example (Ada Moss)</author>", ("Ada Moss",)),
        ("<author>Ada Moss &lt;ada@garden.example&gt;</author>", ("Ada Moss",)),
        ("<author>ada@garden.museum (Ada Moss)</author>", ("Ada Moss",)),
        ("<author>ada@garden.example</author>", ()),
        (
            "<dc:creator>Ada Moss</dc:creator><dc:creator>Bo &amp;amp; Co</dc:creator>",
            ("Ada Moss", "Bo & Co"),
        ),
        ("", ()),
    ],
)
def test_authors_are_names_and_never_addresses(written: str, authors: tuple[str, ...]) -> None:
    assert only(read(rss(DATED + written))).authors == authors


@pytest.mark.parametrize(
    "written",
    ["Sun, 22 Nov -001 07:40:00 +0000", "Sun, 22 Nov 2026 07:40:00 +9999", "2026-11-22T07:40:00+99:99",
     "Thu, 01 Jan 1970 00:00:00 +0000", "soon", "", "11/12/2026"],
)  # fmt: skip
def test_a_date_that_cannot_be_is_no_date_and_is_reported(written: str) -> None:
    batch = read(rss(f"{POST}<pubDate>{written}</pubDate><description>Moss.</description>"))
    assert only(batch).published_at is None
    assert messages(batch) == [
        "has no date that can be read; it counts from when it was first seen"
    ]


def test_a_date_without_a_zone_is_in_the_newsletters() -> None:
    item = only(
        read(rss(f"{POST}<pubDate>2026-11-22 08:00</pubDate><description>Moss.</description>"))
    )
    assert item.published_at == datetime(2026, 11, 22, 7, tzinfo=UTC)


def test_a_title_with_mark_up_in_rss_is_html() -> None:
    item = only(read(rss(DATED.replace("<title>Moss", "<title>A &lt;em&gt;soft&lt;/em&gt; moss"))))
    assert (item.title, item.title_is_text) == ("A <em>soft</em> moss", False)


@pytest.mark.parametrize(
    ("summary", "manual"),
    [
        ("Clay drinks in autumn, and […]", False),
        ("Clay drinks in autumn, and bursts in winter.", False),
        ("Twenty frozen pots.", True),
        # a theme that cuts after some words, and a plug-in that names the post behind them
        (
            "&lt;p&gt;Clay drinks in autumn, and bursts in...&lt;/p&gt; &lt;p&gt;The post Clay appeared "
            "first on Pots.&lt;/p&gt;",
            False,
        ),
        (
            "&lt;p&gt;Clay drinks in autumn, and bursts in&lt;/p&gt;\n&lt;p&gt;The post Clay appeared "
            "first on Pots.&lt;/p&gt;",
            False,
        ),
        ("Clay drinks in autumn, and bursts in… &lt;a&gt;Go on&lt;/a&gt;", False),
        ("Twenty frozen pots, and whoever asked for them… &lt;a&gt;Go on&lt;/a&gt;", True),
    ],
)
def test_a_summary_cut_off_by_a_machine_is_told_from_a_written_one(
    summary: str, manual: bool
) -> None:
    text = "&lt;p&gt;Clay drinks in autumn, and bursts in winter. More.&lt;/p&gt;"
    content = f"<content:encoded>{text}</content:encoded>"
    for order in (
        f"<description>{summary}</description>{content}",
        f"{content}<description>{summary}</description>",
    ):
        item = only(read(rss(POST + order)))
        assert (item.summary, item.summary_is_manual) == (unescape(summary), manual)
        assert item.body.startswith("<p>Clay")


def test_a_lone_description_is_an_excerpt_unless_it_is_longer_than_one() -> None:
    """Blogs that send summaries: 55 words must not pass for a post that takes a minute to read."""
    cut = only(read(rss(DATED.replace("asks little.", "asks [&amp;#8230;]"))))
    assert (cut.body, cut.summary, cut.summary_is_manual) == ("", "Moss asks [&#8230;]", False)
    short = only(read(rss(DATED)))
    assert (short.body, short.summary, short.summary_is_manual) == ("", "Moss asks little.", False)
    whole = only(read(rss(DATED.replace("asks little.", "asks little. " * 60))))
    assert (whole.body.startswith("Moss asks little."), whole.summary) == (True, "")


# ---------------------------------------------------------------- posts that lack something


def test_a_post_that_lacks_something_is_kept_and_each_lack_is_reported() -> None:
    batch = read(rss("<description>Moss.</description>", "<title>Fern</title>"))
    assert [item.identity[:7] for item in batch.items] == ["sha256:", "sha256:"]
    assert sorted(set(messages(batch))) == [
        "has neither guid nor link; a changed title or date will make it another post",
        "has no date that can be read; it counts from when it was first seen",
        "has no link; its title is shown without one",
        "has no text",
        "has no title; it gets its first words",
    ]
    assert (
        read(rss("<description>Moss.</description>")).items[0].identity == batch.items[0].identity
    )


def test_an_entry_with_nothing_in_it_is_skipped_and_named() -> None:
    """By its address or guid; one that has nothing but a date, by its place in the feed."""
    date = "<pubDate>Sun, 22 Nov 2026 07:40:00 +0000</pubDate>"
    batch = read(rss(DATED, "<guid isPermaLink='false'>x</guid>", date))
    assert (only(batch).title, batch.skipped) == ("Moss", 2)
    assert [problem.where for problem in batch.problems] == ["x", f"{URL}: post 3"]
    assert set(messages(batch)) == {"has neither title nor text, so it is left out"}


@pytest.mark.parametrize(
    ("summary", "manual"),
    [("Clay <b> drinks in autumn, and…", False), ("Twenty frozen pots.", True), ("", False)],
)
def test_a_summary_of_a_json_feed_that_a_machine_cut_is_told_from_a_written_one(
    summary: str, manual: bool
) -> None:
    """Blogs made by generators cut their summaries after some letters."""
    body = "<p>Clay &lt;b&gt; drinks in autumn, and bursts in winter.</p>"
    item = {"id": "1", "url": "https://a.example/1", "summary": summary, "content_html": body}
    found = only(read(json.dumps({"items": [item]}), "application/feed+json"))
    assert (found.summary, found.summary_is_manual) == (summary, manual)


def test_each_item_of_a_json_feed_counts() -> None:
    """Whatever it is: an object without content, a number, nothing."""
    good = {"id": "moss", "title": "Moss", "content_text": "Green.", "date_published": "2026-11-22"}
    batch = read(json.dumps({"items": [good, {"id": "a"}, {}, 7, None, ["x"]]}))
    assert (only(batch).title, batch.skipped) == ("Moss", 5)
    assert [p.where for p in batch.problems if "left out" in p.message] == [
        "a",
        *(f"{URL}: post {number}" for number in (3, 4, 5, 6)),
    ]


def test_of_two_posts_with_one_identity_the_newest_counts() -> None:
    batch = read(rss(DATED, DATED.replace("22 Nov", "23 Nov").replace("asks little", "asks more")))
    assert "asks more" in only(batch).summary
    assert "stands twice" in messages(batch)[0]


def test_no_more_posts_are_read_than_allowed() -> None:
    batch = read(rss(*(DATED.replace("urn:moss", f"urn:{n}") for n in range(5))), max_items=3)
    assert [item.identity for item in batch.items] == ["urn:0", "urn:1", "urn:2"]
    assert messages(batch) == ["the feed has 5 posts; the first 3 are read"]


# ---------------------------------------------------------------- broken and hostile feeds


@pytest.mark.parametrize(
    "spoil",
    [
        lambda t: b"\n\n \xef\xbb\xbf".replace(b"\n\n ", b"") + t.encode(),
        lambda t: b"\n\n  " + t.encode(),
        lambda t: t.replace("little", "little\x0b\x00\x1f").encode(),
        lambda t: t.replace("little", "little&#11;&#x0;&#xD800;&#99999999;").encode(),
        lambda t: t.replace("Moss</title>", "Moss&nbsp;</title>").encode(),
        lambda t: t.replace("little", "little & often &unknown; &").encode(),
        lambda t: t.encode("utf-16"),
        lambda t: t.encode("utf-16-be"),
        lambda t: (t + "<br />\n<b>Warning</b>: something in line 3").encode(),
        lambda t: (
            "<!-- made by hand -->\n<?xml-stylesheet href='x'?>" + t.partition("?>")[2]
        ).encode(),
        lambda t: t.replace("<rss", '<!DOCTYPE rss [<!ENTITY x "]>">]><rss').encode(),
    ],
)
def test_a_soiled_feed_is_read_all_the_same(spoil: Any) -> None:
    batch = read(spoil(rss(DATED)))
    item = only(batch)
    assert batch.problems == ()
    assert item.title.strip() == "Moss"
    assert item.summary.startswith("Moss asks little")


def test_letters_of_another_charset_than_declared_are_read() -> None:
    text = rss(DATED.replace("<title>Moss", "<title>Zoë’s moss")).replace(
        '"1.0"', '"1.0" encoding="utf-8"'
    )
    assert only(read(text.encode("cp1252"))).title == "Zoë’s moss"
    text = rss(DATED.replace("<title>Moss", "<title>コケ")).replace(
        '"1.0"', '"1.0" encoding="shift_jis"'
    )
    assert only(read(text.encode("shift_jis"))).title == "コケ"
    text = rss(DATED.replace("<title>Moss", "<title>Жук"))
    assert only(read(text.encode("koi8-r"), "text/xml; charset=koi8-r")).title == "Жук"


def test_a_feed_that_ends_in_the_middle_gives_its_whole_posts() -> None:
    whole = rss(DATED, DATED.replace("urn:moss", "urn:fern"))
    batch = read(whole[: whole.rindex("asks")])
    assert only(batch).identity == "urn:moss"
    assert messages(batch) == [
        "the feed ends in the middle; what follows its last whole post is lost"
    ]


def test_a_feed_that_is_not_well_formed_is_read_and_reported() -> None:
    batch = read(rss(DATED.replace("<title>Moss</title>", "<title>Moss</titel>"), DATED))
    assert batch.items
    assert "not well-formed" in messages(batch)[0]


def test_entities_neither_grow_nor_reach_outside(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET")
    bombs = [
        '<!ENTITY a0 "ha">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)),
        f'<!ENTITY a11 "{"x" * 100_000}">',
        f'<!ENTITY a11 SYSTEM "file://{tmp_path}/secret">',
    ]
    for bomb in bombs:
        started = time.process_time()
        text = rss(DATED.replace("little", "&a11;" * 1000)).replace(
            "<rss", f"<!DOCTYPE rss [{bomb}]><rss"
        )
        body = only(read(text)).body
        assert len(body) < 10_000
        assert "SECRET" not in body
        assert time.process_time() - started < 5


def test_a_web_page_is_no_feed_and_the_feed_it_names_is_told() -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/?feed=rss2">'
    page = f"<!doctype html><html><head>{link}</head>"
    with pytest.raises(SourceError, match=r"HTML page.*https://garden\.example/\?feed=rss2"):
        read(page, "text/html")
    with pytest.raises(SourceError, match="names none"):
        read('<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html xmlns="z"></html>')
    assert only(read(rss(DATED), "text/html")).title == "Moss"


@pytest.mark.parametrize(
    "data", ["", " \n", "No feed.", "<svg/>", '{"a": 1}', '{"items": 3}', "{", "\x00\x01"]
)
def test_what_is_no_feed_is_an_error_of_the_source(data: str) -> None:
    with pytest.raises(SourceError):
        read(data)


def test_a_valid_feed_without_posts_is_no_error() -> None:
    for text in (
        rss(),
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>',
        '{"items": []}',
    ):
        batch = read(text)
        assert (batch.items, batch.problems) == ((), ())


@pytest.mark.parametrize(
    "text",
    [rss(DATED)[:300] + "<a " * 20_000, HEAD + "<item>" * 10_000, HEAD + "&" * 100_000, "<!--" * 50_000,
     "<!DOCTYPE " * 30_000, HEAD + "<![CDATA[" * 30_000, HEAD + "<media:title>" * 7_000, "<?" * 50_000],
)  # fmt: skip
def test_a_hostile_feed_is_done_with_in_time(text: str) -> None:
    started = time.process_time()
    with suppress(SourceError):
        read(text)
    assert time.process_time() - started < 10


PIECES = [
    "<item>",
    "</item>",
    "<title>",
    "</title>",
    "<link>",
    "&amp;",
    "&#0;",
    "<![CDATA[",
    "]]>",
    "<rss",
    ">",
]
PIECES += [
    "x@y.z",
    "<entry xml:base='",
    "' ",
    '"',
    "<content type='xhtml'>",
    "<author>",
    "<pubDate>",
    "-1",
    "<guid>",
]
KEYS = ["id", "url", "title", "tags", "authors", "name", "image", "content_html", "date_published"]
soup = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map(
    lambda p: HEAD + "".join(p)
)
members = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda i: st.lists(i, max_size=3) | st.dictionaries(st.sampled_from(KEYS), i),
    max_leaves=8,
).map(lambda value: json.dumps({"items": [value]}))


@given(
    st.binary(max_size=200)
    | soup.map(lambda text: text.encode("utf-8", "ignore"))
    | members.map(str.encode)
)
@settings(max_examples=250)
def test_no_bytes_bring_anything_but_posts_or_a_digest_error(data: bytes) -> None:
    try:
        batch = read(data)
    except DigestError:
        return
    assert all(item.identity for item in batch.items)
    assert not any(problem.trace for problem in batch.problems), batch.problems


# ---------------------------------------------------------------- asking


def source(url: str, fetcher: Fetcher, **options: Any) -> FeedSource:
    return FeedSource(SourceSettings(name="garden", kind="feed", url=url, options=options), fetcher)


def test_a_feed_that_did_not_change_is_not_sent_again(
    httpserver: HTTPServer, fetcher: Fetcher
) -> None:
    def answer(request: Request) -> Answer:
        stamp = "Sun, 22 Nov 2026 07:40:00 GMT"
        known = request.headers.get("If-Modified-Since") == stamp
        return Answer(
            "" if known else rss(DATED),
            status=304 if known else 200,
            headers={"Last-Modified": stamp},
        )

    httpserver.expect_request("/feed/").respond_with_handler(answer)
    url = httpserver.url_for("/feed/")
    first = source(url, fetcher).collect({})
    second = source(url, fetcher).collect(first.state)
    assert (second.items, second.unchanged, second.present) == ((), 1, None)
    assert source(url, fetcher).collect(second.state).unchanged == 1
    assert len(source(url, fetcher).collect(first.state, full=True).items) == 1


def test_a_feed_is_read_now_and_then_although_nothing_changed(
    httpserver: HTTPServer, fetcher: Fetcher
) -> None:
    """A site whose newest post was withdrawn would say "not modified" for ever."""
    httpserver.expect_request("/feed/").respond_with_handler(
        lambda request: Answer(
            "" if "If-None-Match" in request.headers else rss(DATED),
            status=304 if "If-None-Match" in request.headers else 200,
            headers={"ETag": '"x"'},
        )
    )
    one = source(httpserver.url_for("/feed/"), fetcher)
    state, brought = {}, []
    for _ in range(MAX_SILENT + 3):
        batch = one.collect(state)
        state = batch.state
        brought.append(len(batch.items))
    assert brought == [1, *[0] * MAX_SILENT, 1, 0]


def test_validators_belong_to_one_address(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    """All feeds of a WordPress site share one ETag: sent along to another feed, it would hide that one."""
    httpserver.expect_request("/a").respond_with_data(rss(DATED), headers={"ETag": '"site"'})
    httpserver.expect_request("/b").respond_with_handler(
        lambda request: (
            Answer(status=304) if "If-None-Match" in request.headers else Answer(rss(DATED))
        )
    )
    state = source(httpserver.url_for("/a"), fetcher).collect({}).state
    assert len(source(httpserver.url_for("/b"), fetcher).collect(state).items) == 1


def test_a_page_past_the_last_is_an_error_although_it_holds_a_feed(
    httpserver: HTTPServer, fetcher: Fetcher
) -> None:
    httpserver.expect_request("/feed/").respond_with_data(rss(), status=404)
    with pytest.raises(HttpStatusError):
        source(httpserver.url_for("/feed/"), fetcher).collect({})


@pytest.mark.parametrize("options", [{"max_items": 0}, {"max_items": "9"}, {"max_item": 9}])
def test_options_that_cannot_be_used_are_refused(fetcher: Fetcher, options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match=r"digest\.toml"):
        source(URL, fetcher, **options)


def test_a_feed_needs_an_address(fetcher: Fetcher) -> None:
    with pytest.raises(ConfigError, match="no url"):
        source("", fetcher)


def test_an_episode_brings_its_sound() -> None:
    """A podcast's item without it would be a title and nothing to hear; once is enough."""
    sound = '<enclosure url="https://a.example/1.mp3?a=1&amp;b=2" type="audio/mpeg" length="9"/>'
    linked = '&lt;a href="https://a.example/1.mp3?a=1&amp;amp;b=2"&gt;Listen&lt;/a&gt;'
    for words, times in (("Words.", 1), (linked, 1)):
        feed = (
            "<rss version='2.0'><channel><title>T</title><item><title>One</title>"
            f"<guid>https://a.example/1</guid><description>{words}</description>{sound}</item></channel></rss>"
        )
        items, _ = parse_xml_feed(feed, "https://a.example/feed", ZoneInfo("UTC"), [])
        assert f"{items[0].body}{items[0].summary}".count("1.mp3") == times


@pytest.mark.parametrize(
    ("element", "kind"),
    [
        ('<enclosure url="https://a.example/1.m4a" length="9"/>', "audio"),
        ('<enclosure url="https://a.example/1.mp3?x=1" type="application/octet-stream"/>', "audio"),
        ('<media:content url="https://a.example/1.mp3" medium="audio"/>', "audio"),
        (
            '<media:content url="https://a.example/1.mp4" type="video/mp4"/>'
            '<media:content url="https://a.example/small.mp4" type="video/mp4"/>',
            "video",
        ),
        ('<enclosure url="https://a.example/1.pdf" type="application/pdf"/>', ""),
        ('<media:content url="https://a.example/1?v=3" type="application/x-shockwave"/>', ""),
        ('<media:content url="https://a.example/1.jpg" medium="image"/>', ""),
    ],
)
def test_sound_and_film_are_known_by_type_medium_or_name(element: str, kind: str) -> None:
    """Servers that don't know a type say none; of several forms of one film the first is it."""
    feed = (
        "<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel><title>T</title>"
        f"<item><title>One</title><guid>https://a.example/1</guid>{element}</item></channel></rss>"
    )
    items, _ = parse_xml_feed(feed, "https://a.example/feed", ZoneInfo("UTC"), [])
    assert items[0].body.count("<audio") == (kind == "audio")
    assert items[0].body.count("<video") == (kind == "video")


def test_a_video_is_described_by_its_feed() -> None:
    """Where the feed says nothing else of it; else its own words count."""
    feed = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/'>"
        "<title>T</title><entry><id>yt:1</id><title>Ferns</title>{}<media:group>"
        "<media:description>On ferns &amp; moss.\n\nTwo parts.</media:description></media:group></entry></feed>"
    )
    (item,), _ = parse_xml_feed(feed.format(""), "https://a.example/f", ZoneInfo("UTC"), [])
    assert item.body == "<p>On ferns &amp; moss.</p><p>Two parts.</p>"
    own = feed.format("<summary>Own words.</summary>")
    (item,), _ = parse_xml_feed(own, "https://a.example/f", ZoneInfo("UTC"), [])
    assert "ferns" not in item.body + item.summary


def test_posts_that_share_a_guid_and_lead_elsewhere_are_told_apart() -> None:
    """By their addresses: some shops give every file of a product the same guid."""
    posts = [DATED.replace("/moss/", f"/{name}/") for name in ("moss", "fern")]
    batch = read(rss(*posts))
    assert {item.identity for item in batch.items} == {
        "https://garden.example/moss/", "https://garden.example/fern/",
    }  # fmt: skip
    assert "shares its guid" in messages(batch)[0]


def test_what_only_a_podcast_s_summary_tells_is_its_text() -> None:
    """With an empty line a paragraph, and addresses as links; where there is a text, it is not said."""
    told = "<itunes:summary>On moss.\n\nSee https://moss.example/a.</itunes:summary>"
    item = only(read(rss(POST + told)))
    assert item.body == (
        '<p>On moss.</p><p>See <a href="https://moss.example/a">https://moss.example/a</a>.</p>'
    )
    assert only(read(rss(DATED + told))).summary == "Moss asks little."


def test_a_journal_s_date_is_read() -> None:
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">'
        '<channel><title>J</title></channel><item rdf:about="https://j.example/a"><title>Moss</title>'
        "<link>https://j.example/a</link><prism:publicationDate>2026-11-22T08:00:00Z</prism:publicationDate>"
        "</item></rdf:RDF>"
    )
    assert only(read(text)).published_at == datetime(2026, 11, 22, 8, tzinfo=UTC)


def test_plain_text_of_atom_keeps_its_lines() -> None:
    """Mail that was made a feed is plain text; what looks like mark-up in it is none."""
    feed = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><entry><title>One</title>"
        "<id>1</id><content type='text'>Line one\nLine two\n\nNew &lt;b&gt; one</content></entry></feed>"
    )
    items, _ = parse_xml_feed(feed, "https://a.example/feed", ZoneInfo("UTC"), [])
    assert items[0].body == "<p>Line one<br>Line two</p><p>New &lt;b&gt; one</p>"


def test_what_kind_of_entry_bloggers_feed_holds_is_no_tag() -> None:
    feed = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><entry><title>One</title><id>1</id>"
        "<category scheme='http://schemas.google.com/g/2005#kind' term='blogger/2008/kind#post'/>"
        "<category scheme='http://www.blogger.com/atom/ns#' term='Ponds'/></entry></feed>"
    )
    items, _ = parse_xml_feed(feed, "https://a.example/feed", ZoneInfo("UTC"), [])
    assert [tag.name for tag in items[0].tags] == ["Ponds"]


@pytest.mark.parametrize(
    "said", ['"author": "Ada Moss"', '"authors": {"name": "Ada Moss"}', '"authors": ["Ada Moss"]']
)
def test_an_author_of_a_json_feed_may_be_a_name_alone(said: str) -> None:
    feed = f'{{"version": "https://jsonfeed.org/version/1", "items": [{{"id": "1", "title": "A", {said}}}]}}'
    assert only(read(feed, "application/feed+json")).authors == ("Ada Moss",)


@pytest.mark.parametrize(
    ("written", "shown"),
    [("Fish&amp;nbsp;soup", "Fish\u00a0soup"), ("Why &amp;nbsp; matters", "Why &nbsp; matters")],
)
def test_a_blank_that_was_escaped_twice_is_one_between_letters(written: str, shown: str) -> None:
    """Alone it may be what the post is about."""
    feed = f"<rss version='2.0'><channel><item><title>{written}</title></item></channel></rss>"
    items, _ = parse_xml_feed(feed, "https://a.example/feed", ZoneInfo("UTC"), [])
    assert items[0].title == shown
