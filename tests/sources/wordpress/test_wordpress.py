"""What the WordPress source makes of a real site's oddities, asked over a real socket."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from digest.errors import (
    ConfigError,
    DigestError,
    FetchError,
    HttpStatusError,
    SourceError,
    TooLarge,
)
from digest.fetching import Fetcher
from digest.models import Image, ImageSize, RawItem, Term
from digest.sources.base import Batch, SourceSettings
from digest.sources.wordpress.api import Api
from digest.sources.wordpress.memory import MAX_SILENT
from digest.sources.wordpress.posts import (
    is_manual,
    read_part,
    read_post,
    read_taxonomies,
    unlisted,
)
from digest.sources.wordpress.source import WordPressSource
from tests.sources.wordpress.wordpress_site import (
    START,
    WordPressSite,
    json_answer,
    picture,
    refusal,
)

LATER = START + timedelta(days=30)


@pytest.fixture
def site(httpserver: HTTPServer) -> WordPressSite:
    return WordPressSite(httpserver)


def source(url: str, fetcher: Fetcher, **options: Any) -> WordPressSource:
    given = SourceSettings(
        name="bench", kind="wordpress", url=url, options=options, timezone="Europe/Paris"
    )
    return WordPressSource(given, fetcher)


def collect(
    site: WordPressSite, fetcher: Fetcher, *, state: dict[str, str] | None = None, **options: Any
) -> Batch:
    return source(site.url, fetcher, **options).collect(state or {})


def only(batch: Batch) -> RawItem:
    (item,) = batch.items
    return item


# ---------------------------------------------------------------- one post


def test_a_post_comes_with_all_that_the_site_says_of_it(
    site: WordPressSite, fetcher: Fetcher
) -> None:
    """Title, dates, names, excerpt, body and address of a post are taken as the API gives them."""
    post = site.add(
        "Five plants that forgive",
        excerpt="<p>Short [&hellip;]</p>",
        tags=("soil",),
        categories=("Growing",),
    )
    item = only(collect(site, fetcher))
    assert (item.identity, item.url, item.where) == ("wp:101", site.link(post), site.link(post))
    assert (item.title, item.title_is_text) == ("Five plants that forgive", False)
    assert (item.published_at, item.updated_at) == (START, START)
    assert (item.authors, item.body) == (("Society of Bench Gardeners",), post.body)
    assert (item.tags, item.categories) == (
        (Term(name="soil", slug="soil"),),
        (Term(name="Growing", slug="growing"),),
    )
    assert (item.summary, item.summary_is_manual) == ("<p>Short [&hellip;]</p>", False)


def test_titles_stay_html_and_names_become_text(site: WordPressSite, fetcher: Fetcher) -> None:
    """Entities and even scripts stand in titles and names: names lose them, a title waits for editing."""
    site.authors[2] = "Compost &amp; Tea Committee"
    title = "Salt &amp; sand<script>alert(1)</script>"
    site.add(title, author=2, tags=("pots &amp; tools", "園芸", "bees<script>alert(1)</script>"))
    item = only(collect(site, fetcher))
    assert item.title == title
    assert item.authors == ("Compost & Tea Committee",)
    assert [tag.name for tag in item.tags] == ["pots & tools", "園芸", "bees"]
    assert item.tags[1].slug == "園芸"


def test_more_than_ten_tags_are_all_named(site: WordPressSite, fetcher: Fetcher) -> None:
    """The embedded names stop at ten: the others are asked for, once for all posts."""
    names = [f"tag {number}" for number in range(14)]
    site.add("Many tags", tags=tuple(names))
    site.add("The same tags again", tags=tuple(names))
    for item in collect(site, fetcher).items:
        assert [tag.name for tag in item.tags] == names
    (query,) = [query for route, query in site.asked if route == "wp/v2/tags"]
    assert len(query["include"].split(",")) == 4


def test_names_that_the_site_keeps_are_reported(site: WordPressSite, fetcher: Fetcher) -> None:
    """A post whose eleventh tag cannot be read still comes, and the editor hears why a tag is missing."""
    site.add("Many tags", tags=tuple(f"tag {number}" for number in range(11)))
    site.intercept = lambda r: refusal("rest_forbidden", "No.", 403) if "/tags" in r.path else None
    batch = collect(site, fetcher)
    assert len(only(batch).tags) == 10
    assert "names of 1 tags" in batch.problems[0].message


def test_the_featured_image_has_its_sizes_and_alt(site: WordPressSite, fetcher: Fetcher) -> None:
    """An email wants a small file of the image and its description."""
    site.add(
        "With image", image=picture("https://img.example/sill.jpg", alt="Five pots &amp; a cat")
    )
    assert only(collect(site, fetcher)).image == Image(
        url="https://img.example/sill.jpg",
        alt="Five pots & a cat",
        width=1600,
        height=900,
        sizes=(ImageSize(url="https://img.example/sill.jpg?small", width=300, height=169),),
    )


@pytest.mark.parametrize(
    "media",
    [
        {"code": "rest_forbidden", "message": "Sorry.", "data": {"status": 401}},
        {
            "source_url": "https://img.example/talk.mp4",
            "mime_type": "video/mp4",
            "media_details": {},
        },
        {"source_url": "javascript:alert(1)", "mime_type": "image/png"},
        None,
    ],
)
def test_what_is_no_image_is_left_out(site: WordPressSite, fetcher: Fetcher, media: Any) -> None:
    """A hidden file, a film and an address that is none are no pictures."""
    site.add("No image", extra={"_embedded": {"wp:featuredmedia": [media]}})
    assert only(collect(site, fetcher)).image is None


def test_an_image_without_measures_is_kept(site: WordPressSite, fetcher: Fetcher) -> None:
    """PHP writes an empty table as a list, and some plug-ins write sizes as false."""
    media = {"source_url": "/a.png", "media_details": {"width": False, "sizes": []}, "alt_text": ""}
    site.add("Bare image", extra={"_embedded": {"wp:featuredmedia": [media]}})
    assert only(collect(site, fetcher)).image == Image(url=f"{site.url}/a.png")


def test_a_deleted_image_and_a_missing_author_are_no_harm(
    site: WordPressSite, fetcher: Fetcher
) -> None:
    """WordPress embeds its whole API for the one and an error for the other."""
    site.add("Orphan", deleted_image=True, author=99)
    item = only(collect(site, fetcher))
    assert (item.image, item.authors) == (None, ())


def test_authors_of_a_plug_in_come_before_the_account(
    site: WordPressSite, fetcher: Fetcher
) -> None:
    """A post written by two people is theirs, not the account's that published it."""
    people = [{"display_name": "Zoë Hazelhurst"}, {"display_name": "Odhr&aacute;n Clay"}]
    site.add("Two hands", extra={"authors": people})
    assert only(collect(site, fetcher)).authors == ("Zoë Hazelhurst", "Odhrán Clay")


def test_universal_time_counts_in_the_hour_that_comes_twice(
    site: WordPressSite, fetcher: Fetcher
) -> None:
    """Half past two of 27 October 2024 is two moments in Paris; the site's universal time tells which."""
    moment = datetime(2024, 10, 27, 1, 30, tzinfo=UTC)
    site.add("Night", published_at=moment)
    site.add("No universal time", extra={"date": "2024-11-05T12:00:00", "date_gmt": None})
    dates = {item.title: item.published_at for item in collect(site, fetcher).items}
    assert dates == {"Night": moment, "No universal time": datetime(2024, 11, 5, 11, 0, tzinfo=UTC)}


def test_all_pages_of_a_post_come_and_its_links_are_complete(
    site: WordPressSite, fetcher: Fetcher
) -> None:
    """A post in several pages is brought whole, in any script, its relative addresses made complete."""
    body = '<p>園芸 🌻</p><!--nextpage--><p><a href="/pots">Pots</a> <a href="#note">1</a></p>'
    site.add("Long", body=body)
    assert only(collect(site, fetcher)).body == body.replace('"/pots"', f'"{site.url}/pots"')


# ---------------------------------------------------------------- excerpts


@pytest.mark.parametrize(
    ("excerpt", "body", "manual"),
    [
        ("<p>Dig deep, water once [&hellip;]</p>", "<p>Dig deep, water once a week.</p>", False),
        ("<p>Dig deep…</p>", "<p>Something else.</p>", False),
        ('<p>New here <a class="more-link" href="/x">Continue reading</a></p>', "<p>x</p>", False),
        ("<p>Dig deep.</p>\n", "<p>Dig <em>deep</em>.</p><!--more--><p>Then water.</p>", False),
        ("<p>Dig deep. Water.</p>", "<p>Dig deep.</p><figure>A spade</figure><p>Water.</p>", False),
        ("<p>庭の音</p>", "<p>庭の音</p>", False),
        ("<p>Why she prescribes <em>weeding</em>.</p>", "<p>We met Dr Brambling in May.</p>", True),
        ("", "<p>Dig deep.</p>", False),
        ("<p>&nbsp;</p>", "<p>Dig deep.</p>", False),
    ],
)
def test_a_written_excerpt_is_told_from_a_cut_one(excerpt: str, body: str, manual: bool) -> None:
    """WordPress does not say which it is: a cut one trails off, or repeats how the body begins."""
    assert is_manual(excerpt, body) is manual


@settings(max_examples=60)
@given(
    st.lists(st.text("abcdefg<>&;", min_size=1, max_size=8), min_size=1, max_size=80),
    st.integers(1, 80),
)
def test_the_beginning_of_a_body_is_never_taken_for_written(words: list[str], kept: int) -> None:
    """Whatever the text, its own first words are no summary somebody wrote."""
    from html import escape

    body, start = (escape(" ".join(part)) for part in (words, words[:kept]))
    assert not is_manual(f"<p>{start}</p>", f"<p>{body}</p>")


@pytest.mark.parametrize("piece", ["<a ", '<a class="', "<script>", "<!--", "</script ", "… "])
def test_no_excerpt_takes_long_to_judge(piece: str) -> None:
    """An excerpt made to be slow to read is read as fast as another."""
    started = time.process_time()
    is_manual(piece * 20_000, piece * 20_000)
    assert time.process_time() - started < 10


# ---------------------------------------------------------------- series


def test_a_series_and_its_parts(site: WordPressSite, fetcher: Fetcher) -> None:
    """Parts are kept as they were said: with a gap, twice the same, with a letter, or not at all."""
    for said in ("1", "2", "2", "2b", "5", "", "0", None):
        site.add(f"Part {said}", series=("Windowsill &amp; School",), meta={"_series_part": said})
    series = [item.series[0] for item in reversed(collect(site, fetcher).items)]
    assert {part.name for part in series} == {"Windowsill & School"}
    assert [part.part for part in series] == [1, 2, 2, 2, 5, None, None, None]
    assert [part.label for part in series] == ["", "", "", "2b", "", "", "", ""]


def test_a_post_in_two_series_has_its_own_part_in_each(
    site: WordPressSite, fetcher: Fetcher
) -> None:
    """A plug-in that keeps a part for each series is believed before one number for all."""
    site.add("First", series=("Light", "Winter"))
    light, winter = (part.name for part in only(collect(site, fetcher)).series)
    ids = {name: site._id("series", name) for name in (light, winter)}
    site.posts[101].meta = {f"_series_part_{ids['Winter']}": "4", "_series_part": "1"}
    parts = {part.name: part.part for part in only(collect(site, fetcher)).series}
    assert parts == {"Light": 1, "Winter": 4}


@pytest.mark.parametrize(
    "taxonomy", [("organize_series", "Collections"), ("topics", "Blog Series")]
)
def test_any_taxonomy_that_calls_itself_series_is_one(
    httpserver: HTTPServer, fetcher: Fetcher, taxonomy: tuple[str, str]
) -> None:
    """Each series plug-in has a taxonomy of its own, known by slug or by name."""
    site = WordPressSite(httpserver, series=taxonomy)
    site.add("One", series=("Roof letters",), meta={"_series_order": 3})
    (part,) = only(collect(site, fetcher)).series
    assert (part.name, part.slug, part.part) == ("Roof letters", "roof-letters", 3)


def test_a_taxonomy_can_be_named_as_the_series(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    """`series_taxonomy` names what does not call itself one."""
    site = WordPressSite(httpserver, series=("letters", "Letters"))
    site.add("One", series=("Roof letters",))
    assert only(collect(site, fetcher)).series == ()
    assert only(collect(site, fetcher, series_taxonomy="letters")).series[0].name == "Roof letters"


def test_a_taxonomy_that_the_site_does_not_show_is_told() -> None:
    """Named by slug, by field or by name; a misspelt one would bring no term without a word."""
    listed = {"region": {"name": "Regions & places", "rest_base": "areas"}, "post_tag": {}}
    named = ["region", "Areas", "regions & places", "regoin", ""]
    (told,) = unlisted(listed, named, "https://garden.example/wp-json/")
    assert told.message == 'shows no taxonomy "regoin" to its API; there are region, post_tag'
    assert unlisted({}, named, "") == []


def test_a_site_that_hides_its_taxonomies_still_has_posts(
    site: WordPressSite, fetcher: Fetcher
) -> None:
    """Without the list of taxonomies, series are unknown, and the editor is told."""
    site.add("One", series=("Roof letters",))
    site.intercept = lambda r: (
        refusal("rest_no", "Not for you.", 401) if "taxonomies" in r.path else None
    )
    batch = collect(site, fetcher)
    assert only(batch).series == ()
    assert "series may be missing" in batch.problems[0].message


def test_a_passing_failure_of_the_taxonomies_fails_the_collect(
    site: WordPressSite, fetcher: Fetcher
) -> None:
    """Else all posts of the day would lose their series for good."""
    site.add("One", series=("Roof letters",))
    site.intercept = lambda r: Response("oops", status=500) if "taxonomies" in r.path else None
    with pytest.raises(HttpStatusError):
        collect(site, fetcher)


@settings(max_examples=50)
@given(
    st.one_of(
        st.text(max_size=60), st.integers(), st.floats(), st.lists(st.text(max_size=4)), st.none()
    )
)
def test_whatever_a_plug_in_writes_as_a_part_can_be_read(said: object) -> None:
    """A part is a small positive number or none, and a label is short."""
    part, label = read_part(said)
    assert part is None or 0 <= part < 10_000
    assert len(label) <= 40


# ---------------------------------------------------------------- what does not belong


def test_protected_posts_are_counted_and_never_read(site: WordPressSite, fetcher: Fetcher) -> None:
    """A post behind a password gives away its title alone; neither belongs in a newsletter."""
    site.add("Open")
    site.add("Members&#8217; key", body="MEMBERS-ONLY-TEXT", password="x")
    batch = collect(site, fetcher)
    assert only(batch).title == "Open"
    assert batch.skipped == 1
    assert batch.present == {"wp:101"}
    assert "key" not in repr(batch)
    assert [(p.where, p.message) for p in batch.problems] == [
        (f"{site.url}/?p=102", "is behind a password, so it is left out")
    ]
    assert collect(site, fetcher, state=batch.state).problems == batch.problems


def test_a_post_that_is_closed_later_is_withdrawn(site: WordPressSite, fetcher: Fetcher) -> None:
    """A password put on a post takes it out of what is present."""
    site.add("Open")
    first = collect(site, fetcher)
    site.edit(101, LATER, password="x")
    second = collect(site, fetcher, state=first.state)
    assert (second.items, second.present, second.skipped) == ((), frozenset(), 1)


def test_what_a_logged_in_editor_would_see_is_left_out(
    site: WordPressSite, fetcher: Fetcher
) -> None:
    """With a login in the address the API may show drafts."""
    site.add("Draft", extra={"status": "draft"})
    batch = collect(site, fetcher)
    assert (batch.items, batch.skipped) == ((), 1)
    assert [p.message for p in batch.problems] == ["is not published, so it is left out"]


def test_posts_that_say_nothing_are_reported(site: WordPressSite, fetcher: Fetcher) -> None:
    """Neither title nor text: left out, and the editor is told where. A picture's title is enough."""
    site.add("", body="")
    site.add("The heron", body="")
    batch = collect(site, fetcher)
    assert only(batch).title == "The heron"
    assert batch.skipped == 1
    assert batch.problems[0].where.startswith(site.url)


def test_an_object_that_is_no_post_is_reported(site: WordPressSite, fetcher: Fetcher) -> None:
    """A plug-in may spoil single objects; the others are read."""
    site.add("Good")
    site.add("Odd", extra={"id": None, "link": "https://bench.example/odd"})
    batch = collect(site, fetcher)
    assert only(batch).title == "Good"
    assert [problem.where for problem in batch.problems] == ["https://bench.example/odd"]


# ---------------------------------------------------------------- finding the API


@pytest.mark.parametrize("permalinks", ["pretty", "plain"])
@pytest.mark.parametrize("announced", ["header", "link", ""])
def test_the_api_is_found_from_the_sites_address(
    httpserver: HTTPServer, fetcher: Fetcher, permalinks: Any, announced: Any
) -> None:
    """By its header, by its link, or where it usually is; with pretty and with plain permalinks."""
    site = WordPressSite(httpserver, permalinks=permalinks, announced=announced)
    for number in range(3):
        site.add(f"Post {number}")
    batch = collect(site, fetcher, per_page=2)
    assert [item.title for item in batch.items] == ["Post 2", "Post 1", "Post 0"]


@pytest.mark.parametrize(
    "path", ["/wp-json/", "/wp-json/wp/v2/posts?per_page=5", "/post-0/", "/?rest_route=/wp/v2"]
)
def test_any_address_of_the_site_will_do(site: WordPressSite, fetcher: Fetcher, path: str) -> None:
    """A post's page leads to the API as well as the front page, and so does the API's own address."""
    site.add("Post 0")
    assert len(source(site.url + path, fetcher).collect({}).items) == 1


def test_a_page_is_asked_for_as_a_page(site: WordPressSite, fetcher: Fetcher) -> None:
    """What answers programs otherwise than people would not name its API there."""
    asked = []
    site.intercept = lambda r: asked.append(r.headers["accept"]) if r.path == "/" else None  # type: ignore[func-returns-value]
    collect(site, fetcher)
    assert asked
    assert all(accept.startswith("text/html") for accept in asked)


def test_a_closed_front_page_does_not_hide_the_api(site: WordPressSite, fetcher: Fetcher) -> None:
    """A page that refuses strangers says nothing about the API."""
    site.add("Post")
    site.intercept = lambda r: Response("no", status=403) if r.path == "/" else None
    assert len(collect(site, fetcher).items) == 1


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("announced", ["header", ""])
def test_a_closed_api_is_said_to_be_closed(
    httpserver: HTTPServer, fetcher: Fetcher, status: int, announced: Any
) -> None:
    """Members' sites shut their API: the message says so in the site's words, and what to do."""
    site = WordPressSite(httpserver, announced=announced)
    site.closed = status
    with pytest.raises(SourceError, match=r'Only members may use the REST API.*kind = "feed"'):
        collect(site, fetcher)


def test_an_api_without_posts_is_a_plain_error(site: WordPressSite, fetcher: Fetcher) -> None:
    """A post type that does not exist answers 404."""
    with pytest.raises(SourceError, match="rest_no_route"):
        collect(site, fetcher, post_type="recipes")


def test_a_page_is_told_from_an_api(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    """A site that is no WordPress answers pages everywhere: a feed may be meant."""
    httpserver.expect_request("/").respond_with_data("<html><p>Hello</p></html>")
    with pytest.raises(
        SourceError, match=r'looks like a page, not a WordPress API. Is kind = "feed" meant\?'
    ):
        source(httpserver.url_for("/"), fetcher).collect({})
    httpserver.expect_request("/wp-json/wp/v2/posts").respond_with_data(
        "<!DOCTYPE html><p>All is a page"
    )
    httpserver.expect_request("/wp-json/wp/v2/taxonomies").respond_with_data(
        "<!DOCTYPE html><p>All is a page"
    )
    with pytest.raises(SourceError, match="looks like a page"):
        source(httpserver.url_for("/wp-json/"), fetcher).collect({})


@pytest.mark.parametrize(
    "body", ['[{"id": 1', "[" * 100_000, "", '{"id": 1}', "[1, 2]", '"\\ud83c"']
)
def test_broken_json_is_an_error_with_its_address(
    site: WordPressSite, fetcher: Fetcher, body: str
) -> None:
    """Cut off, nested without end, empty, or of another shape: never a traceback."""
    site.intercept = lambda r: Response(body) if r.path.endswith("/posts") else None
    with pytest.raises(SourceError) as caught:
        collect(site, fetcher)
    assert caught.value.where == f"{site.url}/wp-json/wp/v2/posts?page=1"


@pytest.mark.parametrize("status", [403, 404, 418, 503])
def test_a_failure_names_route_and_page_and_not_the_whole_request(
    site: WordPressSite, fetcher: Fetcher, status: int
) -> None:
    """The request is 300 characters of parameters that no editor has set."""
    for _ in range(3):
        site.add("A post")
    site.intercept = lambda r: Response("no", status) if r.args.get("page") == "2" else None
    with pytest.raises(DigestError) as caught:
        collect(site, fetcher, per_page=2)
    assert caught.value.where == f"{site.url}/wp-json/wp/v2/posts?page=2"


def test_an_address_in_a_message_keeps_a_password_to_itself(fetcher: Fetcher) -> None:
    """With plain permalinks as with pretty ones."""
    api = Api("https://ada:s3cret@garden.example/blog/index.php?rest_route=/", fetcher)
    assert api.place("wp/v2/posts", page=2) == (
        "https://garden.example/blog/index.php?rest_route=/wp/v2/posts&page=2"
    )
    assert api.post(7) == "https://garden.example/blog/?p=7"
    assert Api("https://garden.example/wp-json", fetcher).post(7) == "https://garden.example/?p=7"


def test_a_site_that_is_gone_is_a_fetch_error(fetcher: Fetcher) -> None:
    """Nothing answers at all."""
    with pytest.raises(FetchError, match="refused"):
        source("http://localhost:9", fetcher).collect({})


# ---------------------------------------------------------------- paging


def test_pages_are_read_to_the_last(site: WordPressSite, fetcher: Fetcher) -> None:
    """Every post comes once, newest first."""
    for number in range(23):
        site.add(f"Post {number}")
    batch = collect(site, fetcher, per_page=5)
    assert [item.title for item in batch.items] == [
        f"Post {number}" for number in reversed(range(23))
    ]
    assert batch.present is not None
    assert len(batch.present) == 23


def test_a_cache_that_passes_over_the_page_costs_no_posts_and_no_thousand_requests(
    site: WordPressSite, fetcher: Fetcher
) -> None:
    """The newest posts come; the others are told of, and none of them counts as withdrawn."""
    for number in range(9):
        site.add(f"Post {number}")

    def first(request: Request) -> Response | None:
        later = request.args.get("page", "1") != "1"
        return site._rest("wp/v2/posts", {**request.args, "page": "1"}) if later else None

    site.intercept = first
    batch = collect(site, fetcher, per_page=3)
    assert [item.title for item in batch.items] == ["Post 8", "Post 7", "Post 6"]
    assert batch.present is None
    assert "the same page again" in batch.problems[0].message
    assert site.routes().count("wp/v2/posts") <= 6


def change_at(site: WordPressSite, page: str, change: Any, times: int = 1) -> None:
    """Change the site just before it answers a page of posts."""
    left = [times]

    def intercept(request: Request) -> None:
        if left[0] and request.path.endswith("/posts") and request.args.get("page") == page:
            left[0] -= 1
            change()

    site.intercept = intercept


def test_a_post_withdrawn_while_reading_hides_no_other(
    site: WordPressSite, fetcher: Fetcher
) -> None:
    """The pages move up by one, and the post at the seam is seen on neither: it is read by its id."""
    for number in range(6):
        site.add(f"Post {number}")
    change_at(site, "2", lambda: site.withdraw(106))
    batch = collect(site, fetcher, per_page=3)
    assert {item.title for item in batch.items} == {f"Post {number}" for number in range(5)}
    assert batch.present == {f"wp:{number}" for number in range(101, 106)}


def test_a_post_published_while_reading_comes_once(site: WordPressSite, fetcher: Fetcher) -> None:
    """The pages move down by one, and a post is seen on both."""
    for number in range(6):
        site.add(f"Post {number}")
    change_at(site, "2", lambda: site.add("New", published_at=LATER))
    batch = collect(site, fetcher, per_page=3)
    assert sorted(item.title for item in batch.items) == [
        "New",
        *(f"Post {number}" for number in range(6)),
    ]


def test_a_last_page_that_vanished_is_the_end(site: WordPressSite, fetcher: Fetcher) -> None:
    """WordPress refuses a page past the end with 400; while reading that is no error."""
    for number in range(4):
        site.add(f"Post {number}")
    change_at(site, "2", lambda: site.withdraw(101))
    assert len(collect(site, fetcher, per_page=3).items) == 3


def test_a_site_that_never_holds_still_withdraws_nothing(
    site: WordPressSite, fetcher: Fetcher
) -> None:
    """A post hidden by moving pages must not look withdrawn: then nobody knows what is present."""
    for number in range(9):
        site.add(f"Post {number}")
    change_at(site, "2", lambda: site.withdraw(max(site.posts)), times=4)
    batch = collect(site, fetcher, per_page=2)
    assert batch.present is None
    assert "coming and going" in batch.problems[0].message


def test_a_page_failing_midway_fails_the_collect(site: WordPressSite, fetcher: Fetcher) -> None:
    """Half a site is no collect: the old state stays."""
    for number in range(6):
        site.add(f"Post {number}")
    site.intercept = lambda r: Response("oops", status=500) if r.args.get("page") == "2" else None
    with pytest.raises(HttpStatusError, match="500"):
        collect(site, fetcher, per_page=3)


def test_pages_too_large_to_take_are_asked_for_in_pieces(site: WordPressSite) -> None:
    """A hundred posts with a deleted image each weigh 17 MB: fewer are asked for at a time."""
    for number in range(30):
        site.add(f"Post {number}", body="x" * 5000)
    with Fetcher(allow_private=["localhost"], max_bytes=40_000) as small:
        assert len(collect(site, small).items) == 30
    with Fetcher(allow_private=["localhost"], max_bytes=4000) as tiny, pytest.raises(TooLarge):
        collect(site, tiny)


def test_a_huge_site_is_read_up_to_a_limit(site: WordPressSite, fetcher: Fetcher) -> None:
    """The newest come, the editor is told, and older ones are neither withdrawn nor read next time."""
    for number in range(12):
        site.add(f"Post {number}")
    batch = collect(site, fetcher, max_posts=5, per_page=3)
    assert [item.title for item in batch.items] == [f"Post {number}" for number in range(11, 6, -1)]
    assert "only the newest 5 of 12" in batch.problems[0].message
    assert not any("include" in query for _, query in site.asked)
    assert batch.present is not None
    assert len(batch.present) == 12
    again = collect(site, fetcher, state=batch.state, max_posts=5)
    assert (len(again.items), again.problems) == (0, ())
    assert collect(site, fetcher, max_posts=12).problems == ()


# ---------------------------------------------------------------- incremental


def test_nothing_new_costs_two_small_requests(site: WordPressSite, fetcher: Fetcher) -> None:
    """How many posts there are and which changed last, and the newest ids."""
    for number in range(40):
        site.add(f"Post {number}")
    first = collect(site, fetcher)
    site.asked.clear()
    second = collect(site, fetcher, state=first.state)
    assert len(site.asked) == 2
    assert (second.items, second.unchanged, second.present) == ((), 40, None)
    assert {**second.state, "silent": ""} == {**first.state, "silent": ""}


def test_what_was_left_out_is_told_again_when_nothing_changed(
    site: WordPressSite, fetcher: Fetcher
) -> None:
    """A post behind a password is named each time, asked for or not."""
    site.add("Open")
    site.add("Closed", password="x")
    first = collect(site, fetcher)
    second = collect(site, fetcher, state=first.state)
    assert (second.skipped, second.problems) == (first.skipped, first.problems)


def test_after_many_quiet_collects_all_is_read_about(site: WordPressSite, fetcher: Fetcher) -> None:
    """A renamed tag changes no post, and is noticed all the same."""
    site.add("Ferns", tags=("Moss",))
    state = dict(collect(site, fetcher).state, silent=str(MAX_SILENT))
    site.asked.clear()
    batch = collect(site, fetcher, state=state)
    assert len(batch.items) == 1
    assert batch.state["silent"] == "0"


@pytest.mark.parametrize("change", ["edit", "add", "withdraw", "close", "come out"])
def test_every_change_shows_in_the_two_small_requests(
    site: WordPressSite, fetcher: Fetcher, change: str
) -> None:
    """Whatever an editor does is seen by the next collect."""
    for number in range(5):
        site.add(f"Post {number}")
    state = collect(site, fetcher).state
    match change:
        case "edit":
            site.edit(102, LATER, body="<p>Other words.</p>")
        case "add":
            site.add("Post 5")
        case "withdraw":
            site.withdraw(103)
        case "close":
            site.edit(102, LATER, password="x")
        case _:  # one goes, and one that was scheduled long ago comes: their number stays
            site.withdraw(101)
            site.add("Scheduled", modified_at=START, published_at=LATER)
    assert collect(site, fetcher, state=state).present is not None


def test_a_private_blog_is_asked_with_its_application_password(
    site: WordPressSite, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """User and password stand in the environment, and go with the API's questions alone."""
    site.add("Members only")
    heard: list[str] = []

    def gate(request: Request) -> Response | None:
        if "/wp-json" not in request.path:
            assert "Authorization" not in request.headers
            return None
        heard.append(request.headers.get("Authorization", ""))
        return None if heard[-1] else refusal("rest_login_required", "Members only.", 401)

    site.intercept = gate
    monkeypatch.setenv("BLOG_USER", "ada")
    monkeypatch.setenv("BLOG_PASSWORD", "abcd efgh")
    with pytest.raises(SourceError, match="closed"):
        collect(site, fetcher)
    batch = collect(site, fetcher, user_env="BLOG_USER", key_env="BLOG_PASSWORD")
    assert [item.title for item in batch.items] == ["Members only"]
    assert heard[-1] == "Basic YWRhOmFiY2QgZWZnaA=="


def test_a_password_that_the_site_refuses_is_named(
    site: WordPressSite, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nobody is sent to the feed, which is closed as well."""
    site.add("Salt")
    site.intercept = lambda request: (
        refusal("incorrect_password", "That is wrong.", 401) if "/wp-json" in request.path else None
    )
    monkeypatch.setenv("BLOG_USER", "ada")
    monkeypatch.setenv("BLOG_KEY", "the login's own")
    with pytest.raises(SourceError, match="refuses this user and application password") as caught:
        collect(site, fetcher, user_env="BLOG_USER", key_env="BLOG_KEY")
    assert "user_env and key_env" in caught.value.hint
    assert "login's own" not in f"{caught.value} {caught.value.hint}"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"user_env": "BLOG_USER"}, "has no key_env"),
        ({"user_env": "BLOG_USER", "key_env": "NOT_SET"}, "the environment has no NOT_SET"),
    ],
)
def test_a_password_that_is_missing_is_named(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], said: str
) -> None:
    """Nothing is asked without it."""
    monkeypatch.setenv("BLOG_USER", "ada")
    with pytest.raises(ConfigError, match=said):
        source("https://blog.example/", fetcher, **options)


def test_terms_of_a_named_taxonomy_count_as_tags(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    """A blog's own taxonomy is found by its name, its slug or its place in the API."""
    site = WordPressSite(httpserver, series=("topic", "Topics"))
    site.add("Ferns", tags=("Moss",), series=("Shade", "Water"))
    (item,) = collect(site, fetcher, taxonomies=["Topics"]).items
    assert [term.name for term in item.tags] == ["Moss", "Shade", "Water"]
    assert item.series == ()


def test_edits_and_backdated_posts_are_seen(site: WordPressSite, fetcher: Fetcher) -> None:
    """A date of publication says nothing about when a post came: only its modification does."""
    for number in range(10):
        site.add(f"Post {number}")
    first = collect(site, fetcher)
    site.edit(103, LATER, title="Edited")
    site.add("Backdated", published_at=START - timedelta(days=900), modified_at=LATER)
    second = collect(site, fetcher, state=first.state)
    assert {"Edited", "Backdated"} <= {item.title for item in second.items}
    assert "Post 5" not in {item.title for item in second.items}


def test_a_scheduled_post_that_comes_out_is_seen(site: WordPressSite, fetcher: Fetcher) -> None:
    """Going public does not count as a modification, which may lie weeks before: its id is new."""
    for number in range(10):
        site.add(f"Post {number}")
    first = collect(site, fetcher)
    site.add("Scheduled", published_at=LATER, modified_at=START - timedelta(days=60))
    second = collect(site, fetcher, state=first.state)
    assert "Scheduled" in {item.title for item in second.items}
    third = collect(site, fetcher, state=second.state)
    assert "Scheduled" not in {item.title for item in third.items}


def test_withdrawn_posts_are_not_present(site: WordPressSite, fetcher: Fetcher) -> None:
    """A post leaves no trace when it goes, so every collect counts what is there."""
    for number in range(3):
        site.add(f"Post {number}")
    first = collect(site, fetcher)
    site.withdraw(102)
    assert collect(site, fetcher, state=first.state).present == {"wp:101", "wp:103"}


def test_a_modification_in_the_future_does_not_hide_later_ones(
    site: WordPressSite, fetcher: Fetcher
) -> None:
    """A wrong clock once must not stop the source for years: the site's own present is the limit."""
    site.add("From 2099", modified_at=datetime(2099, 1, 1, tzinfo=UTC))
    assert collect(site, fetcher).state["watermark"] < "2099"


@pytest.mark.parametrize("hours", [-11, 0, 13])
def test_a_sites_local_time_loses_no_edit(
    httpserver: HTTPServer, fetcher: Fetcher, hours: int
) -> None:
    """WordPress compares local times; wherever the site is, an edit a minute later is seen."""
    site = WordPressSite(httpserver, hours_ahead=hours)
    site.add("One")
    first = collect(site, fetcher)
    site.edit(101, START + timedelta(minutes=1), title="Edited")
    assert only(collect(site, fetcher, state=first.state)).title == "Edited"


def test_full_reads_everything_and_a_moved_site_too(site: WordPressSite, fetcher: Fetcher) -> None:
    """Ids mean nothing on another site, so a state from elsewhere does not count."""
    for number in range(30):
        site.add(f"Post {number}")
    first = collect(site, fetcher)
    assert len(source(site.url, fetcher).collect(first.state, full=True).items) == 30
    assert (
        len(collect(site, fetcher, state=first.state | {"site": "https://old.example/"}).items)
        == 30
    )
    assert (
        len(collect(site, fetcher, state={"site": first.state["site"], "watermark": "?"}).items)
        == 30
    )


# ---------------------------------------------------------------- options


def test_only_posts_with_a_tag_or_category_can_be_brought(
    site: WordPressSite, fetcher: Fetcher
) -> None:
    """By slug or by name, ignoring case; what is present is counted among them alone."""
    site.add("A", tags=("pots &amp; tools",), categories=("Growing",))
    site.add("B", categories=("News",))
    site.add("C", categories=("Growing",))
    by_slug = collect(site, fetcher, tags=["pots-tools"])
    assert (only(by_slug).title, by_slug.present) == ("A", {"wp:101"})
    assert only(collect(site, fetcher, tags="Pots & Tools")).title == "A"
    assert {item.title for item in collect(site, fetcher, categories=["growing"]).items} == {
        "A",
        "C",
    }


def test_a_tag_that_does_not_exist_is_an_error(site: WordPressSite, fetcher: Fetcher) -> None:
    """Else a slip of the pen would bring the whole site, or nothing."""
    site.add("A", tags=("soil",))
    with pytest.raises(SourceError, match='no tag "sole"'):
        collect(site, fetcher, tags=["sole"])


@pytest.mark.parametrize(
    "options",
    [
        {"per_page": 0}, {"per_page": 101}, {"per_page": True}, {"max_posts": "9"}, {"tags": [1]},
        {"tags": [""]}, {"post_type": "../users"}, {"series_taxonomy": 3},
    ],
)  # fmt: skip
def test_a_wrong_option_names_its_key(fetcher: Fetcher, options: dict[str, Any]) -> None:
    """One line with source and key; nothing is asked."""
    with pytest.raises(ConfigError, match=next(iter(options))):
        source("https://bench.example", fetcher, **options)


# ---------------------------------------------------------------- anything

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = (
    "title",
    "content",
    "excerpt",
    "date",
    "date_gmt",
    "link",
    "meta",
    "tags",
    "series",
    "authors",
    "_embedded",
)


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from(FIELDS), JSON),
    st.dictionaries(st.text(max_size=8), JSON, max_size=4),
)
def test_no_shape_of_a_post_makes_a_traceback(
    post: dict[str, Any], embedded: dict[str, Any]
) -> None:
    """Plug-ins change every field: what is not of the known shape is as if it were not there."""
    from zoneinfo import ZoneInfo

    shapes = {"wp:featuredmedia": [embedded], "author": [embedded], "wp:term": [[embedded]]}
    for _embedded in (shapes, embedded):
        read = read_post(
            {"id": 1, "_embedded": _embedded} | post,
            read_taxonomies(embedded),
            lambda *_: Term(name="x"),
            ZoneInfo("UTC"),
        )
        assert read.identity == "wp:1"


def test_json_answers_may_begin_with_a_mark(site: WordPressSite, fetcher: Fetcher) -> None:
    """A plug-in's file saved with a byte order mark puts it, and blank lines, before every answer."""
    site.add("Post")

    def intercept(request: Request) -> Response | None:
        if not request.path.endswith("taxonomies"):
            return None
        answer = json_answer({})
        answer.data = b"\xef\xbb\xbf\n" + answer.data
        return answer

    site.intercept = intercept
    assert collect(site, fetcher).problems == ()


def test_a_post_without_date_title_or_link_is_kept_and_told(httpserver: HTTPServer) -> None:
    """WordPress lets plug-ins empty any field; the post still has a fate, and its editor hears of it."""
    site = WordPressSite(httpserver)
    site.add("", extra={"date": None, "date_gmt": "0000-00-00T00:00:00", "link": ""})
    settings = SourceSettings(name="garden", kind="wordpress", url=site.url)
    with Fetcher(allow_private=["localhost"]) as fetcher:
        batch = WordPressSource(settings, fetcher).collect({})
    (item,) = batch.items
    assert (item.published_at, item.url) == (None, None)
    assert [problem.message.partition(";")[0] for problem in batch.problems] == [
        "has no date that can be read",
        "has no title",
        "has no link",
    ]
