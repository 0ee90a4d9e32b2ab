"""What becomes of listing pages: live, saved by a browser, or copied as text."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from digest.errors import ConfigError, DigestError, FetchError, SourceError
from digest.fetching import Fetcher
from digest.models import RawItem, SeriesPart, encode
from digest.sources.base import Batch, SourceSettings
from digest.sources.page import html as page_html
from digest.sources.page import saved as page_saved
from digest.sources.page import text as page_text
from digest.sources.page.lines import is_more, read_meta
from digest.sources.page.listing import address_term, items, read_label
from digest.sources.page.source import GUESSED, PageSource
from digest.sources.reading import plain

PAGES = Path(__file__).parents[2] / "data" / "pages"
LONDON = "Europe/London"
UTC_ZONE = ZoneInfo("UTC")


def source(fetcher: Fetcher | None = None, **given: Any) -> PageSource:
    options = {name: given.pop(name) for name in ("tag", "pages") if name in given}
    said = SourceSettings(name="list", kind="page", options=options, timezone=LONDON, **given)
    return PageSource(said, fetcher or Fetcher())


def saved(name: str, **given: Any) -> Batch:
    return source(path=PAGES / name, **given).collect({})


def written(tmp_path: Path, text: str | bytes, name: str = "page.html", **given: Any) -> Batch:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return source(path=path, **given).collect({})


def shown(batch: Batch) -> list[tuple[str, str | None, str]]:
    """Return title, address and the summary's first words of each post."""
    return [
        (plain(item.title), item.url, " ".join(plain(item.summary).split()[:4]))
        for item in batch.items
    ]


def terms(item: RawItem) -> tuple[list[str], list[str]]:
    return [term.name for term in item.tags], [term.name for term in item.categories]


def day(item: RawItem) -> str:
    return f"{item.published_at.astimezone(ZoneInfo(LONDON)):%Y-%m-%d}" if item.published_at else ""


# ---------------------------------------------------------------- saved pages

F = "https://fernery.example/"
SHOWN: dict[str, list[tuple[str, str | None, str]]] = {
    "classic-tag.html": [
        (
            "A roof of moss. By Ada Penhaligon",
            F + "2026/10/a-roof-of-moss/",
            "Moss asks little and",
        ),
        ("Lichen School 2: Patience & fog", F + "2026/09/lichen-school-2/", "Nobody has ever seen"),
    ],
    "block-theme.html": [
        ("Lichen School 3: What slates remember", F + "2026/11/slates/", "A slate keeps every"),
        ("Barrels, butts and buckets", F + "2026/11/barrels/", "Three ways to keep"),
    ],
    "astra.html": [
        ("Cushions for a cold wall", F + "cushions/", "A north wall is"),
        ("Put the wire brush down", F + "brush/", "It took eleven years"),
    ],
    "generatepress.html": [
        ("Open day, whatever the weather", F + "2026/10/14/open-day/", "Bring boots. Bring a"),
        ("", F + "2026/10/13/robin/", "No title today, only"),
    ],
    "divi.html": [
        ("Grey beard on an apple tree", F + "grey-beard/", "The beard is not"),
        ("Purple out of a grey stone", F + "dye/", "Weavers knew it, dogs"),
    ],
    "elementor.html": [
        ("First frost, last beans", F + "frost/", "The beans had been"),
        ("Bulbs by the bucket", F + "bulbs/", "Four hundred crocuses, eleven"),
    ],
    "cards.html": [
        ("Watering at night", F + "stories/night-watering", "The night nurse and"),
        ("Counting the swifts", F + "stories/swifts", "They came back late,"),
        ("The heap as a career", F + "stories/compost", "From peel to soil"),
    ],
    "table.html": [
        ("Minutes of a meeting in the rain", F + "bulletin/index.php?id=12", ""),
        ("The great gutter question", F + "bulletin/index.php?id=11", ""),
        ("Who took the long ladder", F + "bulletin/index.php?id=10", ""),
    ],
    "flat.htm": [
        ("Slugs – a truce", "https://shed.example/diary/11.html", "We left them the"),
        (
            "String, and where it goes",
            "https://shed.example/diary/10.html",
            "Nobody has ever finished",
        ),
        ("A kettle for the shed", "https://shed.example/diary/09.html", "It has a dent,"),
    ],
    "microformats.html": [
        ("Mos på taget", "https://mos.example/2026/mos", "Mos kræver lidt og"),
        ("Regn i en spand", "https://mos.example/2026/regn", "En spand er en"),
    ],
    "saved-by-browser.html": [
        ("What the fog leaves behind on a Sunday morning", F + "fog/", "A grey film, a"),
        ("Dew 💧 before breakfast", F + "dew/", "Count the drops on"),
    ],
    "title-excerpt-more.txt": [
        ("Five plants for a busy corridor. By Ada Penhaligon", None, "Some plants keep a"),
        ("In conversation with Dr. Cleo Marsh", None, "To watch this interview,"),
        ("Greener Corridor Blog Series: Who waters at night?", None, "This is our third"),
        ("", None, "This blog post was"),
    ],
    "pairs.txt": [
        ("Blog 2: Leading from the greenhouse", None, "Short and sweet."),
        ("Who waters the plants at night?", None, "A night nurse, a"),
        ("Learning by doing", None, "We learned by doing."),
        ("Soil without Tears – Book Review by Gus Hale", None, "An odd book on"),
        ("Stand by me: a trellis remembers", None, "“It held me up"),
    ],
    "name-and-description.txt": [
        ("A bench is not a queue", None, "Sit down. Nobody will"),
        ("The pond’s “deep end”", None, "It is a foot"),
    ],
    "with-dates.txt": [
        ("A roof of moss", None, "Moss asks little and"),
        ("What the bees said", None, "Nothing. They were busy."),
    ],
    "wrapped.txt": [
        ("The gardener who counted", None, "The swifts came back"),
        ("A box under the eaves", None, "Four planks, one hole,"),
    ],
    "markdown.md": [
        ("A roof of moss", F + "2026/10/a-roof-of-moss/", "Moss asks little and"),
        ("Ferns, too", F + "2026/09/ferns-too/", "Ferns ask for less"),
    ],
    "excerpts-only.txt": [("", None, "“Is it dead or"), ("", None, "There is a geranium")],
    "two-pages.txt": [
        ("Leaves, and where they end", None, "Some words about leaves"),
        ("The third rung", None, "It creaks. It has"),
    ],
    "nothing.html": [],
}


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_a_page_shows_its_posts_and_nothing_else(name: str) -> None:
    """Menus, sidebars, footers, cookie banners and scripts are never posts, whatever the theme."""
    assert shown(saved(name)) == SHOWN[name]


def test_every_saved_page_is_in_the_table() -> None:
    assert {path.name for path in PAGES.iterdir()} == set(SHOWN)


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("classic-tag.html", ["2026-10-05", "2026-09-28"]),
        ("block-theme.html", ["2026-11-09", "2026-11-02"]),
        ("astra.html", ["2026-10-12", "2026-10-03"]),
        ("generatepress.html", ["2026-10-14", "2026-10-13"]),
        ("divi.html", ["2026-10-01", "2026-09-24"]),
        ("elementor.html", ["2026-11-02", "2026-10-26"]),
        ("table.html", ["2026-10-05", "2026-09-21", "2026-09-07"]),
        ("flat.htm", ["2026-10-05", "2026-09-28", "2026-09-21"]),
        ("microformats.html", ["2026-10-05", "2026-09-28"]),
        ("with-dates.txt", ["2026-10-05", "2026-10-02"]),
        ("markdown.md", ["2026-10-05", ""]),
        ("cards.html", ["", "", ""]),
    ],
)
def test_dates_are_read_where_themes_put_them(name: str, days: list[str]) -> None:
    assert [day(item) for item in saved(name).items] == days


@pytest.mark.parametrize(
    ("name", "authors"),
    [
        ("classic-tag.html", [("The Desk",), ("Bo Tamm",)]),
        ("block-theme.html", [("Cleo Marsh",), ()]),
        ("astra.html", [("Dee O’Hara",), ("Dee O’Hara",)]),
        ("divi.html", [("Eli Voss",), ("Eli Voss",)]),
        ("elementor.html", [("Fay Lund",), ()]),
        ("table.html", [("Gus Hale",), ("Ivy Rook",), ("Gus Hale",)]),
        ("microformats.html", [("Åse Lund",), ()]),
        ("with-dates.txt", [("Ada Penhaligon",), ()]),
    ],
)
def test_authors_are_read_where_themes_put_them(name: str, authors: list[tuple[str, ...]]) -> None:
    assert [item.authors for item in saved(name).items] == authors


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("classic-tag.html", (["Moss & Lichen", "Roofs & Gutters"], ["Growing"])),
        ("block-theme.html", (["Moss & Lichen"], ["Roofs"])),
        ("astra.html", (["Moss & Lichen"], ["Growing"])),
        ("divi.html", (["lichen"], ["Growing"])),
        ("elementor.html", (["Roofs & Gutters"], ["news"])),
        ("microformats.html", (["tage"], [])),
        ("saved-by-browser.html", (["lichen"], [])),
        ("title-excerpt-more.txt", (["Hospital gardens"], [])),
        ("name-and-description.txt", ([], ["Quiet corners"])),
        ("two-pages.txt", (["Gutters", "Ladders"], [])),
    ],
)
def test_posts_have_their_own_tags_and_the_page_s(
    name: str, first: tuple[list[str], list[str]]
) -> None:
    """A slug gets the name under which the page links to it, if it does."""
    assert terms(saved(name).items[0]) == first


def test_a_series_shows_in_a_post_s_class_and_is_named_as_its_title_names_it() -> None:
    assert saved("block-theme.html").items[0].series == (
        SeriesPart(name="Lichen School", slug="lichen-school"),
    )


def test_pictures_come_with_alt_and_sizes() -> None:
    image = saved("block-theme.html").items[0].image
    assert image
    assert (image.url, image.alt, image.width) == (F + "up/slates.jpg", "Wet slates", 1200)
    assert [(size.width, size.height) for size in image.sizes] == [(300, 200), (1200, 800)]


def test_lazy_background_and_locally_saved_pictures_are_found_on_the_site() -> None:
    """What lies in the folder beside a saved page is no address for an email."""
    urls = {
        name: [i.image.url if i.image else None for i in saved(name).items]
        for name in ("astra.html", "cards.html", "saved-by-browser.html")
    }
    assert urls["astra.html"] == [F + "up/cushions.jpg", None]
    assert urls["cards.html"] == [F + "img/night.jpg", F + "img/swifts.jpg", None]
    assert urls["saved-by-browser.html"] == [F + "up/fog.jpg", None]


def test_the_language_is_the_page_s() -> None:
    assert [item.language for item in saved("microformats.html").items] == ["da", "da"]


def test_protected_posts_are_counted_and_not_read() -> None:
    assert (saved("classic-tag.html").skipped, saved("two-pages.txt").skipped) == (1, 1)


def test_excerpts_are_never_called_manual_and_keep_their_read_more() -> None:
    """What goes is editing's affair, which records it."""
    items = saved("classic-tag.html").items
    assert not any(item.summary_is_manual for item in items)
    assert "Continue reading" in items[0].summary


def test_a_whole_post_on_a_listing_is_its_body(tmp_path: Path) -> None:
    text = "<p>" + "Ferns grow slowly, and so do we. " * 20 + "</p>"
    post = f'<div class="hentry"><h2><a href="/a">Ferns</a></h2><div class="entry-content">{text}</div></div>'
    (item,) = written(tmp_path, post, url="https://a.example").items
    assert item.summary == ""
    assert item.body.startswith("<p>Ferns grow")


@pytest.mark.parametrize(
    ("words", "behind", "is_whole"),
    [
        (100, "", True),
        (99, "", False),
        (140, '<p><a href="/a">A fern</a></p>', True),
        (140, '<p><a class="more-link" href="/a">A fern</a></p>', False),
        (140, "<p>[…]</p>", False),
    ],
)
def test_what_leads_on_to_the_rest_is_no_whole_post(
    tmp_path: Path, words: int, behind: str, is_whole: bool
) -> None:
    text = f"<p>{'fern ' * words}</p>{behind}"
    post = f'<div class="hentry"><h2><a href="/a">Ferns</a></h2><div class="entry-content">{text}</div></div>'
    (item,) = written(tmp_path, post, url="https://a.example").items
    assert (item.summary == "") is is_whole
    assert bool(item.body) is is_whole


def test_one_post_s_own_page_is_that_post(tmp_path: Path) -> None:
    page = (
        '<html><head><link rel="canonical" href="https://a.example/ferns/"></head><body class="single">'
        '<article class="hentry"><h1 class="entry-title">Ferns</h1><p>They are green and old.</p>'
        "<h2>Where</h2><p>In the shade.</p><h2>When</h2><p>Always.</p></article></body></html>"
    )
    assert [item.url for item in written(tmp_path, page).items] == ["https://a.example/ferns/"]


def test_a_link_to_older_posts_does_not_name_a_category(tmp_path: Path) -> None:
    page = (
        '<body class="archive category category-soil"><h1>Category: Soil</h1>'
        '<article class="post hentry category-soil"><h2><a href="/a/">Sand and salt</a></h2><p>Dig.</p></article>'
        '<nav><a href="/category/soil/page/2/">2</a> <a href="/category/soil/page/2/">Older Posts→</a></nav></body>'
    )
    (item,) = written(tmp_path, page, url="https://a.example/category/soil/").items
    assert terms(item)[1] == ["Soil"]


def test_bullets_captions_and_footers_of_copied_text_make_no_posts(tmp_path: Path) -> None:
    """A copy brings along a picture's caption, dates under each post, and the sidebar."""
    (tmp_path / "a.txt").write_text(
        "Tag: sills\n\n* Five plants. By Ada Penhaligon\n\nThe sill outside the ward\n\n"
        "Some plants keep a grudge for a missed Thursday, and some … Continue reading Five plants. By Ada"
        " Penhaligon\n\nPublished November 22, 2026\nCategorized as Growing Tagged sills , pots & tools\n\n"
        "* Salt and sand\n\nClay and water do not mix below zero.\n\nPublished November 2, 2026\n"
        "Categorized as Growing Tagged pots & tools\n\nRecent Posts\n\n* Five plants\n* Learning by doing\n"
    )
    first, second = source(path=tmp_path).collect({}).items
    assert (first.title, second.title) == ("Five plants. By Ada Penhaligon", "Salt and sand")
    assert [day(first), day(second)] == ["2026-11-22", "2026-11-02"]
    assert terms(first) == (["sills", "pots & tools"], ["Growing"])


# ---------------------------------------------------------------- what a page does not say


def test_a_page_says_once_what_its_posts_lack() -> None:
    assert [p.message for p in saved("pairs.txt").problems] == [
        "5 posts without link or date, dated by when they were first seen"
    ]
    assert [p.message for p in saved("cards.html").problems] == [
        "3 posts without a date, dated by when they were first seen"
    ]
    assert [p.message for p in saved("classic-tag.html").problems] == [
        "1 post behind a password, left out"
    ]


def test_posts_without_link_and_title_keep_their_identity_when_excerpts_are_cut_elsewhere(
    tmp_path: Path,
) -> None:
    long = (
        "Tag: A\n\nMoss\n\nMoss asks little and gives a lot, as we shall see […]\n\nRead More…\n\n"
    )
    long += "There is a geranium in the lift and nobody knows why it is there […]\n\nRead More…\n"
    short = long.replace(" and gives a lot, as we shall see", "").replace(" why it is there", "")
    names = [
        {i.identity for i in written(tmp_path, t, "a.txt").items}
        for t in (long, short, long.replace("\n", "\r\n"), long.replace(" ", "\u00a0"))
    ]
    assert len(names[0]) == 2
    assert all(other == names[0] for other in names)


def test_tracking_parameters_and_anchors_do_not_make_another_post(tmp_path: Path) -> None:
    posts = "".join(
        f'<article class="hentry"><h2><a href="{url}">Ferns for all</a></h2><p>Green things.</p></article>'
        for url in (
            "https://a.example/ferns/",
            "http://www.a.example/ferns?utm_source=x",
            "/ferns/#more-7",
        )
    )
    assert len(written(tmp_path, posts, url="https://a.example/").items) == 1


def test_two_posts_of_one_title_are_two_and_the_older_keeps_its_name(tmp_path: Path) -> None:
    one = "Notices\n\nThe pump is mended and the pond is a pond once more […]\n\nRead More…\n\n"
    two = "Notices\n\nThe ladder has come home, and it will not say where it was […]\n\nRead More…\n\n"
    (before,) = written(tmp_path, "Tag: A\n\n" + one, "a.txt").items
    after = written(tmp_path, "Tag: A\n\n" + two + one, "a.txt").items
    assert len(after) == 2
    assert after[1].identity == before.identity


def test_in_copied_text_a_date_above_a_title_is_the_date_of_the_post_below(tmp_path: Path) -> None:
    text = """5 October 2026
What the bees said
They said nothing at all, since they were busy with the last of the ivy by the wall.

2 October 2026
A roof of moss
Moss asks for little, and in return it keeps the rain off a shed for twenty years.

28 September 2026
Learning by doing
We learned by doing, and by asking the night shift what they had done the week before.
"""
    path = tmp_path / "copied.txt"
    path.write_text(text)
    items = source(path=path).collect({}).items
    assert [(plain(item.title), day(item)) for item in items] == [
        ("What the bees said", "2026-10-05"),
        ("A roof of moss", "2026-10-02"),
        ("Learning by doing", "2026-09-28"),
    ]


# ---------------------------------------------------------------- files and folders


def test_a_folder_s_pages_each_bring_their_tag_and_shared_posts_have_both(tmp_path: Path) -> None:
    post = "Moss\n\nMoss asks little […]\n\nRead More…\n"
    (tmp_path / "a.txt").write_text(f"Tag: Roofs\n\n{post}")
    (tmp_path / "b.txt").write_text(f"Tag: Walls\n\n{post}")
    (tmp_path / "b_files").mkdir()
    (tmp_path / "b_files" / "frame.html").write_text("<article>An advertisement</article>")
    (tmp_path / "notes.css").write_text("p { color: green }")
    (item,) = source(path=tmp_path).collect({}).items
    assert terms(item)[0] == ["Roofs", "Walls"]


def test_unchanged_files_are_not_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Tag: A\n\nMoss\n\nIt asks little […]\n\nRead More…\n")
    pages = source(path=tmp_path)
    first = pages.collect({})
    again = pages.collect(first.state)
    assert (again.items, again.unchanged, again.problems) == ((), 1, ())
    assert pages.collect(first.state, full=True).items == first.items
    os.utime(tmp_path / "a.txt", (1, 1))
    assert pages.collect(first.state).items == first.items
    assert source(path=tmp_path, tag="new").collect(first.state).items != ()


def test_a_page_thrown_away_withdraws_nothing(tmp_path: Path) -> None:
    """A listing is a window on a blog."""
    (tmp_path / "a.txt").write_text("Moss\n\nIt asks little […]\n\nRead More…\n")
    (tmp_path / "b.txt").write_text("Ferns\n\nThey ask less […]\n\nRead More…\n")
    first = source(path=tmp_path).collect({})
    (tmp_path / "b.txt").unlink()
    second = source(path=tmp_path).collect(first.state)
    assert (first.present, second.present) == (None, None)


def test_a_broken_page_of_a_folder_is_named_each_time_and_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Moss\n\nIt asks little […]\n\nRead More…\n")
    (tmp_path / "b.html").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    state: dict[str, str] = {}
    for _ in range(2):
        batch = source(path=tmp_path).collect(state)
        state = batch.state
        assert len(batch.items) == 1
        assert any(
            p.where.endswith("b.html") and "neither a web page nor text" in p.message
            for p in batch.problems
        )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        (b"%PDF-1.7 \x00", "neither a web page nor text"),
        (bytes(range(256)) * 20, "neither a web page nor text"),
        (b"x" * (5 * 2**20 + 1), "larger than 5 MB"),
        (b"<html><body><p>Hello.</p></body></html>", "no posts were found"),
    ],
)
def test_what_is_no_listing_is_refused_with_its_name(
    tmp_path: Path, content: bytes, message: str
) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        written(tmp_path, content)
    assert caught.value.where.endswith("page.html")


def test_a_missing_path_or_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file or folder"):
        source(path=tmp_path / "nowhere").collect({})
    with pytest.raises(SourceError, match="no page in this folder"):
        source(path=tmp_path).collect({})


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_folder_gives_only_the_pages_that_lie_in_it(tmp_path: Path) -> None:
    """A pipe would be waited for, and a link would publish what lies elsewhere; a link within is followed."""
    page = "<h2><a href='/{0}/'>{0} on the sill</a></h2><p>Green and slow, all year.</p>"
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "page.html").write_text(f"<body>{page.format('Secrets')}</body>")
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "own.html").write_text(f"<body>{page.format('Ferns')}{page.format('Moss')}</body>")
    (folder / "again.html").symlink_to("own.html")
    (folder / "out.html").symlink_to(tmp_path / "secret" / "page.html")
    (folder / "outer").symlink_to(tmp_path / "secret")
    os.mkfifo(folder / "pipe.html")
    (tmp_path / "link").symlink_to(folder)
    batch = source(path=tmp_path / "link").collect({})
    assert {item.title for item in batch.items} == {"Ferns on the sill", "Moss on the sill"}
    refused = {Path(p.where).name: p.message for p in batch.problems if "not read" in p.message}
    assert refused.keys() == {"out.html", "outer", "pipe.html"}
    assert "leads out" in refused["outer"]
    for name in ("own.html", "again.html"):
        (folder / name).unlink()
    with pytest.raises(SourceError, match="no page that can be read"):
        source(path=folder).collect({})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_is_read_in_the_encodings_programs_save_it_in(tmp_path: Path, encoding: str) -> None:
    text = "Tag: Café\n\nThe pond’s “deep end”\n\nIt is a foot deep […]\n\nRead More\n".encode(
        encoding
    )
    (item,) = written(tmp_path, text, "a.txt").items
    assert (item.title, terms(item)[0]) == ("The pond’s “deep end”", ["Café"])


@pytest.mark.parametrize(
    "charset", ["unicode_escape", "utf-7", "idna", "punycode", "hex", "nonsense", "utf-8"]
)
def test_a_page_that_names_a_strange_charset_is_read_all_the_same(
    tmp_path: Path, charset: str
) -> None:
    page = f'<meta charset="{charset}"><article class="hentry"><h2><a href="https://a.example/m">Moss \\ud800 +2AA-</a></h2>'
    (item,) = written(
        tmp_path, page.encode() + b"<p>Green \xe2\x80\x93 or not.</p></article>"
    ).items
    assert encode(item)
    assert item.title.startswith("Moss")


def test_a_single_file_archive_is_unpacked(tmp_path: Path) -> None:
    archive = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://a.example/tag/moss/\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n'
        "----b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        '<html><body><article class=3D"hentry"><h2><a href=3D"/m/">Moss =E2=80=93 more</a></h2>'
        "<p>Moss asks little.</p></article></body></html>\r\n----b--\r\n"
    )
    (item,) = written(tmp_path, archive, "a.mhtml").items
    assert (item.title, item.url, terms(item)[0]) == (
        "Moss – more",
        "https://a.example/m/",
        ["moss"],
    )


# ---------------------------------------------------------------- live pages


class Site:
    """A blog that has listing pages only."""

    def __init__(self, server: HTTPServer) -> None:
        self.server, self.asked, self.stamp = server, 0, ""
        server.expect_request("/tag/moss/").respond_with_handler(self._first)
        server.expect_request("/tag/moss/page/2/").respond_with_handler(self._second)

    @property
    def url(self) -> str:
        return self.server.url_for("/tag/moss/")

    def _page(self, name: str, rest: str) -> str:
        post = f'<article class="hentry"><h2><a href="/{name}/">Moss {name}</a></h2><p>Green.</p></article>'
        return (
            f'<html><body class="archive tag tag-moss"><h1>Tag: Moss</h1>{post}{rest}</body></html>'
        )

    def _first(self, request: Request) -> Response:
        self.asked += 1
        if self.stamp and request.headers.get("If-None-Match") == self.stamp:
            return Response(status=304)
        older = '<nav><a class="next page-numbers" href="/tag/moss/page/2/">Next</a></nav>'
        return Response(
            self._page("one", older),
            content_type="text/html",
            headers={"ETag": self.stamp} if self.stamp else {},
        )

    def _second(self, _: Request) -> Response:
        self.asked += 1
        return Response(
            self._page("two", '<a rel="next" href="/tag/moss/">Round</a>'), content_type="text/html"
        )


def test_a_live_page_is_read_and_older_pages_only_on_request(
    httpserver: HTTPServer, fetcher: Fetcher
) -> None:
    site = Site(httpserver)
    batch = source(fetcher, url=site.url).collect({})
    assert shown(batch) == [("Moss one", httpserver.url_for("/one/"), "Green.")]
    assert (batch.present, site.asked) == (None, 1)
    both = source(fetcher, url=site.url, pages=5).collect({})
    assert [plain(item.title) for item in both.items] == ["Moss one", "Moss two"]
    assert all(terms(item)[0] == ["Moss"] for item in both.items)


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/older/">Older posts</a>',
        '<div class="pagination"><a class="pagination__next" href="/older/">→</a></div>',
        '<div class="alignleft"><a href="/older/">« Older Entries</a></div>',
        '<a class="pager-next" href="/older/"><svg></svg></a>',
        '<li class="pagination-next-link"><a href="/older/">2</a></li>',
        '<a href="/older/" aria-label="Next page"><span>›</span></a>',
        '<a href="/older/">Ältere Beiträge</a>',
        '<a href="/older/">Page suivante »</a>',
        '<a class="next" href="#">Slide</a><a href="/older/">Older posts →</a>',
    ],
)
def test_the_link_to_older_posts_is_known_by_its_class_or_its_words(
    httpserver: HTTPServer, fetcher: Fetcher, link: str
) -> None:
    post = '<article class="hentry"><h2><a href="/{0}/">Ferns {0}</a></h2></article>'
    httpserver.expect_request("/").respond_with_data(
        post.format("now") + link, content_type="text/html"
    )
    httpserver.expect_request("/older/").respond_with_data(
        post.format("then"), content_type="text/html"
    )
    batch = source(fetcher, url=httpserver.url_for("/"), pages=2).collect({})
    assert [plain(item.title) for item in batch.items] == ["Ferns now", "Ferns then"]
    assert not [problem for problem in batch.problems if "older posts" in problem.message]


@pytest.mark.parametrize(
    "link",
    [
        '<a class="nav-next" href="/newer/">Newer posts</a>',
        '<a href="/the-next-frost/">What to do before the next frost</a>',
        '<a class="nextend-slider" href="/slider/">Go</a>',
    ],
)
def test_asked_for_older_pages_it_says_when_no_link_leads_there(
    httpserver: HTTPServer, fetcher: Fetcher, link: str
) -> None:
    page = f'<article class="hentry"><h2><a href="/x/">Ferns at last</a></h2></article>{link}'
    httpserver.expect_request("/").respond_with_data(page, content_type="text/html")
    batch = source(fetcher, url=httpserver.url_for("/"), pages=4).collect({})
    assert len(batch.items) == 1
    assert "has no link to older posts that we know, so pages = 4 reads one" in [
        problem.message for problem in batch.problems
    ]


def test_a_live_page_that_did_not_change_is_not_read_again(
    httpserver: HTTPServer, fetcher: Fetcher
) -> None:
    site = Site(httpserver)
    site.stamp = '"moss-1"'
    pages = source(fetcher, url=site.url)
    first = pages.collect({})
    again = pages.collect(first.state)
    assert (again.items, again.unchanged) == ((), 1)
    assert pages.collect(first.state, full=True).items == first.items


def test_a_failing_older_page_costs_only_its_own_posts(
    httpserver: HTTPServer, fetcher: Fetcher
) -> None:
    httpserver.expect_request("/a/").respond_with_data(
        '<article class="hentry"><h2><a href="/x/">Ferns at last</a></h2></article>'
        '<a rel="next" href="/b/">Older</a>',
        content_type="text/html",
    )
    httpserver.expect_request("/b/").respond_with_data("no", status=500)
    batch = source(fetcher, url=httpserver.url_for("/a/"), pages=3).collect({})
    assert len(batch.items) == 1
    assert any(problem.where.endswith("/b/") for problem in batch.problems)


def test_a_feed_or_a_missing_page_is_a_plain_error(
    httpserver: HTTPServer, fetcher: Fetcher
) -> None:
    feed = "<?xml version='1.0'?><rss><channel><title>A</title></channel></rss>"
    httpserver.expect_request("/feed/").respond_with_data(feed, content_type="application/rss+xml")
    httpserver.expect_request("/gone/").respond_with_data("no", status=404)
    with pytest.raises(SourceError, match="no web page"):
        source(fetcher, url=httpserver.url_for("/feed/")).collect({})
    with pytest.raises(FetchError):
        source(fetcher, url=httpserver.url_for("/gone/")).collect({})


# ---------------------------------------------------------------- options


def test_a_tag_given_in_the_configuration_is_on_every_post() -> None:
    assert terms(saved("cards.html", tag=["stories", "Fernery"]).items[2])[0] == [
        "stories",
        "Fernery",
    ]
    assert terms(saved("classic-tag.html", tag="Moss & Lichen").items[0])[0][0] == "Moss & Lichen"


@pytest.mark.parametrize(
    "options", [{"pages": 0}, {"pages": "2"}, {"pages": True}, {"tag": 7}, {"tag": [""]}]
)
def test_wrong_options_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError):
        source(url="https://a.example/", **options)


def test_a_page_without_a_place_is_refused() -> None:
    with pytest.raises(ConfigError, match="neither path nor url"):
        source()


# ---------------------------------------------------------------- small pieces


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("Tag: Leadership", ("tag", "Leadership")),
        ("Tag Archives: Soil", ("tag", "Soil")),
        ("Posts tagged ‘soil & sand’", ("tag", "soil & sand")),
        ("Archive for the ‘News’ Category", ("category", "News")),
        ("Category: Growing", ("category", "Growing")),
        ("Browsing: Roofs", (None, "Roofs")),
        ("Schlagwort: Boden", ("tag", "Boden")),
        ("Tag, you are it", None),
        ("Author: Ada", None),
        ("Month: November 2026", None),
    ],
)
def test_a_page_s_heading_names_its_tag(heading: str, label: tuple[str | None, str] | None) -> None:
    assert read_label(heading) == label


def test_an_address_names_a_tag_or_category() -> None:
    assert address_term("https://a.example/category/growing/roofs/page/3/") == ("category", "roofs")
    assert address_term("https://a.example/?tag=soil") == ("tag", "soil")
    assert address_term("https://a.example/2026/tag-day/") is None


@pytest.mark.parametrize(
    "line", ["Read More…", "Read more »", "\u00a0Continue reading →", "続きを読む"]
)
def test_read_more_alone_ends_a_post(line: str) -> None:
    assert is_more(line.strip(), ())


@pytest.mark.parametrize("line", ["Read more books this winter", "More moss, please", ""])
def test_titles_are_not_taken_for_read_more(line: str) -> None:
    assert not is_more(line, ())


@pytest.mark.parametrize(
    "line", ["By the numbers", "In the garden", "2026 in numbers", "Learning by doing", "May 2026"]
)
def test_titles_are_not_taken_for_dates_and_bylines(line: str) -> None:
    assert read_meta(line, UTC_ZONE) is None


def test_a_line_of_date_author_and_category_is_read() -> None:
    meta = read_meta("By Ada Penhaligon | Oct 5, 2026 | 3 Comments | News", UTC_ZONE)
    assert meta
    assert (meta.published_at, meta.authors) == (
        datetime(2026, 10, 5, tzinfo=UTC),
        ("Ada Penhaligon",),
    )
    assert [term.name for term in meta.categories] == ["News"]


# ---------------------------------------------------------------- whatever comes

_PIECES = st.sampled_from(
    """<article class=hentry>|</article>|<h2>|<a href='/x'>|</a>|<a href='http://[::1'>|Moss grows here|<li>|<table><tr>
    <td>|<time datetime='2026-99-99'>|<img src=x srcset='a 9w, b'>|<base href='//'>|&#0;|<p class='entry-summary'>
    |Read More…|Tag: X|\n\n|5 October 2026|<html lang='x y'>|<!--|[…]|\x0b|<body class='archive tag tag-'>
    |<div style='background:url(http://[)'>|# |[a](http://b)|By A B""".split("|")
)


@given(st.lists(_PIECES | st.text(max_size=8), max_size=40).map("".join))
@settings(max_examples=100)
def test_no_page_raises_anything_but_a_digest_error(text: str) -> None:
    listings = [page_text.read(text, UTC_ZONE)]
    with contextlib.suppress(DigestError):
        listings.append(page_html.read(text, "https://a.example/b/", "page", UTC_ZONE))
    assert all(
        post.title or post.summary or post.body for listing in listings for post in listing.posts
    )
    faults = [problem for listing in listings for problem in listing.problems]
    encode(items((("page", post) for listing in listings for post in listing.posts), faults))
    assert not faults


@given(st.binary(max_size=300))
@settings(max_examples=100)
def test_no_bytes_raise_anything_but_a_digest_error(data: bytes) -> None:
    try:
        text = page_saved.decoded(data, "page").text
        (
            page_html.read(text, "", "page", UTC_ZONE)
            if page_saved.is_html(text)
            else page_text.read(text, UTC_ZONE)
        )
    except DigestError as exc:
        assert exc.where == "page"


def test_a_deep_or_endless_page_is_read_in_reasonable_time() -> None:
    post = "<div class=hentry><h2><a href=/x>Moss and more</a></h2>" + "<div>" * 5000
    assert len(page_html.read(post, "https://a.example/", "page", UTC_ZONE).posts) == 1
    many = "".join(f"<li class=hentry><h2><a href=/{n}>Post {n}</a></h2></li>" for n in range(1100))
    listing = page_html.read(many, "https://a.example/", "page", UTC_ZONE)
    assert (len(listing.posts), listing.is_cut) == (1000, True)


@pytest.mark.parametrize("charset", ["euc-jp", "koi8-r", "shift_jis", "gb2312"])
def test_a_page_whose_charset_is_told_nowhere_says_so(tmp_path: Path, charset: str) -> None:
    """Its letters are a guess, and an editor should not find that out from a reader."""
    words = {"koi8-r": "Папоротники в тени"}.get(charset, "日本语园艺")
    page = (
        f"<html><body><article><h2><a href='/a/'>{words}</a></h2><p>{words}</p></article>"
        f"<article><h2><a href='/b/'>{words} 2</a></h2><p>{words}</p></article></body></html>"
    )
    (tmp_path / "page.html").write_bytes(page.encode(charset, "ignore"))
    settings = SourceSettings(name="page", kind="page", path=tmp_path, url="https://a.example/")
    with Fetcher() as fetcher:
        batch = PageSource(settings, fetcher).collect({})
    assert GUESSED in [problem.message for problem in batch.problems]
