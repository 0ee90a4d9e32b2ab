"""Which picture stands for a post, and which of its files: one rule for feeds, pages and folders."""

from __future__ import annotations

import html as entities
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from digest.editing.body import clean
from digest.fetching import Fetcher, Response
from digest.models import Image, ImageSize, RawItem
from digest.sources.base import SourceSettings
from digest.sources.feed.source import read_feed
from digest.sources.ghost import GhostSource
from digest.sources.markdown import MarkdownSource
from digest.sources.page import PageSource
from digest.sources.reading import images, pictured
from digest.sources.wordpress.posts import Taxonomies, read_post
from tests.sources.test_ghost import export as ghost_export
from tests.sources.test_wxr import export as wxr_export
from tests.sources.test_wxr import item as wxr_item

BASE = "https://garden.example/2026/moss/"
JPEG = "https://garden.example/p-1024x683.jpg"
SETS = 'srcset="/p-300x200.jpg 300w, /p-1024x683.jpg 1024w, /p-4000x2667.jpg 4000w"'


@pytest.mark.parametrize(
    "html",
    [
        f'<img src="/p-300x200.jpg" {SETS}>',
        f'<img src="/p-300x200.jpg" width="300" height="200" {SETS}>',
        f'<img src="data:image/gif;base64,R0lGOD" data-{SETS}>',
        f'<picture><source type="image/avif" srcset="/p.avif 1024w"><source type="image/jpeg" {SETS}>'
        '<img src="/p.avif"></picture>',
        '<picture><source srcset="/p.webp"><source srcset="/p-1024x683.jpg"><img src="/p.webp"></picture>',
        '<img src="/img/loading.gif" data-src="/p-1024x683.jpg" class="lazyload">',
        '<amp-img src="/p-1024x683.jpg" layout="responsive"></amp-img>',
        f'<img src="/p-300x200.webp" {SETS}>',
        '<img src="/p?fm=avif" srcset="/p-1024x683.jpg 1024w">',
        '<img src="/f_webp,w_1600/p.jpg" srcset="/p-1024x683.jpg 1024w">',
        '<img src="/p.jpg?format=webp" srcset="/p-1024x683.jpg 1024w">',
    ],
)
def test_the_best_file_is_taken_for_post_and_body_alike(html: str) -> None:
    """JPEG, PNG or GIF before newer formats, and 1,024 pixels rather than 300."""
    assert [image.url for image in images(html, BASE)] == [JPEG]
    assert f'src="{JPEG}"' in clean(html, BASE).html


@pytest.mark.parametrize(
    "html",
    [
        '<img src="/p.jpg" srcset="/p-300.jpg 300w, /p-600.jpg 600w">',
        '<img src="/p.jpg">',
        '<picture><source type="image/webp" srcset="/p.webp"><img src="/p.jpg"></picture>',
    ],
)
def test_a_file_whose_width_nobody_tells_stays(html: str) -> None:
    assert [image.url for image in images(html, BASE)] == ["https://garden.example/p.jpg"]


@pytest.mark.parametrize(
    "late",
    [
        'nitro-lazy-src="/p.jpg"',
        'data-echo="/p.jpg"',
        'data-spai-src="/p.jpg"',
        'data-cfsrc="/p.jpg"',
        'data-medium-file="/p-300x200.jpg" data-large-file="/p.jpg"',
        'data-srcset="/p-300.jpg 300w,/p.jpg 900w"',
    ],
)
def test_a_picture_that_a_plug_in_loads_late_is_found(late: str) -> None:
    html = f'<img src="/img/ajax-loader.gif" {late}>'
    assert [image.url for image in images(html, BASE)] == ["https://garden.example/p.jpg"]


def test_blanks_in_the_files_of_a_picture_are_encoded() -> None:
    html = '<img src="data:," data-srcset="/my pond-300.jpg 300w, /my pond-1024.jpg 1024w">'
    (image,) = images(html, BASE)
    assert image.url == "https://garden.example/my%20pond-1024.jpg"


def test_a_picture_element_shows_the_widest_of_its_files() -> None:
    sources = '<source type="image/webp" srcset="/p-1600.webp 1600w">'
    files = '<source type="image/jpeg" srcset="/p-800.jpg 800w, /p-1200.jpg 1200w">'
    (image,) = images(f'<picture>{sources}{files}<img src="/p-400.jpg"></picture>', BASE)
    assert image.url == "https://garden.example/p-1200.jpg"


@pytest.mark.parametrize(
    "tag",
    [
        'src="/img/placeholder.png"', 'src="https://placehold.co/600x400.png"', 'src="/no-image.png"',
        'src="/ajax-loader.gif"', 'src="data:image/png;base64,iVBOR"', 'src="/lqip.jpg"',
        'src="https://s0.wp.com/latex.php?latex=x%5E2"', 'src="/eq.png" alt="\\frac{a}{b}"',
        'src="https://quicklatex.com/cache3/1/ql_1_l3.png"', 'src="/m.png" class="latex"',
        'src="https://img.shields.io/npm/v/x.png"', 'src="https://codecov.io/gh/a/b/badge.png"',
        'src="https://github.com/a/b/workflows/ci/badge.svg"', 'src="https://badge.fury.io/py/x.png"',
        'src="https://secure.gravatar.com/avatar/0a1b?s=600"', 'src="/avatars/ada.jpg"',
        'src="/icons/facebook.png"', 'src="/img/twitter-share.svg"', 'src="/share-button.png"',
        'src="https://static.addtoany.com/buttons/x.png"', 'src="/x.png" width="32" height="32"',
        'src="/divider.png"', 'src="/p.gif" width="1"',
        'src="https://twemoji.maxcdn.com/72x72/1f4a9.png"', 'src="https://i.creativecommons.org/l/by/4.0/88x31.png"',
        'src="https://www.paypalobjects.com/en_US/i/btn/btn_donate.gif"', 'src="/loading-spinner.png"',
        'src="https://www.google-analytics.com/collect?x"', 'src="/img/clear.gif"', 'src="/white.svg"',
        'src="/clear.png" width="1" height="1"', 'src="/plugins/a3-lazy-load/lazy.gif"',
    ],
)  # fmt: skip
def test_what_only_decorates_is_no_posts_picture(tag: str) -> None:
    """Placeholders, loading pictures, formulas, badges, avatars and icons to share."""
    html = f'<img {tag}><img src="/heron.jpg" alt="A heron">'
    assert [image.url for image in images(html, BASE)] == ["https://garden.example/heron.jpg"]


@pytest.mark.parametrize(
    "name",
    [
        "badger.jpg",
        "print-shop.jpg",
        "email-course.png",
        "youtube-studio-at-night.jpg",
        "shared-garden.jpg",
        "clear.png",
        "white.jpg",
        "lazy-sunday/heron.jpg",
        "a-transparent-frog.jpg",
    ],
)
def test_a_picture_whose_name_only_resembles_such_is_one(name: str) -> None:
    assert [image.url for image in images(f'<img src="/{name}">', BASE)]


def test_a_plain_word_names_a_stand_in_where_the_tag_names_another_file() -> None:
    late = '<img src="/img/clear.png" data-original="/heron.jpg">'
    assert [image.url for image in images(late, BASE)] == ["https://garden.example/heron.jpg"]


# ---------------------------------------------------------------- every kind of source alike

UTC = ZoneInfo("UTC")


def of_feed(body: str, more: str = "") -> RawItem:
    text = (
        '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>G</title>'
        f"<item><title>Moss</title><link>{BASE}</link>{more}"
        f"<description>{entities.escape(body)}</description></item></channel></rss>"
    )
    answer = Response(url=BASE, status=200, headers={}, body=text.encode())
    return read_feed(answer, UTC).items[0]


def of_json_feed(body: str, **more: Any) -> RawItem:
    post = {"id": "1", "url": BASE, "title": "Moss", "content_html": body, **more}
    text = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [post]})
    answer = Response(url=BASE, status=200, headers={}, body=text.encode())
    return read_feed(answer, UTC).items[0]


def of_wordpress(body: str, **media: Any) -> RawItem:
    post = {"id": 1, "link": BASE, "content": {"rendered": body}}
    post["_embedded"] = {"wp:featuredmedia": [media]} if media else {}
    return read_post(post, Taxonomies({}, (), ()), lambda field, number: None, UTC)


def of_page(body: str, folder: Path) -> RawItem:
    (folder / "page.html").write_text(
        "<html><body>" + f'<article><h2><a href="{BASE}">Moss</a></h2><time datetime="2026-11-22">'
        f"22 November 2026</time>{body}</article>"
        '<article><h2><a href="/b/">Ferns</a></h2><time datetime="2026-11-21">21 November 2026'
        "</time><p>Green.</p></article></body></html>"
    )
    given = SourceSettings(name="g", kind="page", path=folder / "page.html", url=BASE)
    return next(iter(PageSource(given, Fetcher()).collect({}).items))


def of_markdown(body: str, folder: Path, head: str = "") -> RawItem:
    (folder / "moss.md").write_text(f"---\ntitle: Moss\ndate: 2026-11-22\n{head}---\n{body}\n")
    given = SourceSettings(name="g", kind="markdown", path=folder, url="https://garden.example")
    return next(iter(MarkdownSource(given).collect({}).items))


def of_wxr(body: str, folder: Path) -> RawItem:
    written = wxr_item(1).replace("Green.", body).replace("/1/", "/2026/moss/")
    return next(iter(wxr_export(folder, written).collect({}).items))


def of_ghost(body: str, folder: Path) -> RawItem:
    path = ghost_export(folder, {"html": body, "feature_image": None})
    given = SourceSettings(name="g", kind="ghost", path=path, url="https://garden.example")
    return next(iter(GhostSource(given).collect({}).items))


LAZY = (
    f'<p>Green.</p><img src="/img/avatars/ada.png"><img class="lazy" src="/grey.gif" data-{SETS}>'
)


@pytest.mark.parametrize("read", [of_feed, of_json_feed])
def test_a_post_without_a_picture_of_its_own_shows_its_body_s(read: Any) -> None:
    assert read(LAZY).image.url == JPEG


@pytest.mark.parametrize("read", [of_page, of_markdown, of_wxr, of_ghost])
def test_files_and_pages_choose_alike(read: Any, tmp_path: Path) -> None:
    assert read(LAZY, tmp_path).image.url == JPEG


HERON = "https://garden.example/heron"
SIZES = {
    name: {"source_url": f"{HERON}-{width}x{width // 2}{suffix}", "width": width, "height": width // 2}
    for name, suffix, width in (
        ("thumbnail", ".jpg", 150), ("large", ".jpg", 1024), ("huge", ".jpg", 4000), ("new", ".webp", 1200)
    )
}  # fmt: skip


def test_wordpress_shows_a_featured_picture_by_a_file_that_every_client_shows() -> None:
    details = {"width": 2048, "height": 1024, "sizes": SIZES}
    own = of_wordpress("", source_url=f"{HERON}.webp", media_details=details).image
    assert own is not None
    assert (own.url, own.width, own.height) == (f"{HERON}-1024x512.jpg", 1024, 512)
    same = of_wordpress("", source_url=f"{HERON}.jpg", media_details=details).image
    assert same is not None
    assert (same.url, same.width) == (f"{HERON}.jpg", 2048)


@pytest.mark.parametrize("is_own", [True, False])
def test_wordpress_offers_a_size_in_several_formats(is_own: bool) -> None:
    """A plug-in that makes newer files keeps the older ones beside them."""
    both = {kind: {"source_url": f"{HERON}.{kind[6:]}"} for kind in ("image/webp", "image/jpeg")}
    sized = {"source_url": f"{HERON}.webp", "width": 1024, "height": 512, "sources": both}
    details = sized if is_own else {"width": 1024, "height": 512, "sizes": {"large": sized}}
    shown = of_wordpress("", source_url=f"{HERON}.webp", media_details=details).image
    assert shown is not None
    assert (shown.url, shown.width, shown.height) == (f"{HERON}.jpeg", 1024, 512)


@pytest.mark.parametrize(
    "name",
    [
        *("placeholder.png", "logo.svg", "default-image.jpg", "apple-touch-icon.png"),
        *("favicon-32x32.png", "image?format=svg"),
    ],
)
def test_a_placeholder_that_a_source_names_is_no_picture(name: str) -> None:
    url = f"https://garden.example/{name}"
    body = '<img src="/heron.jpg" alt="A heron">'
    assert of_wordpress(body, source_url=url).image is None
    assert of_json_feed(body, image=url).image == Image(f"{HERON}.jpg", "A heron")
    assert of_feed(body, f'<enclosure type="image/png" url="{url}"/>').image == Image(
        f"{HERON}.jpg", "A heron"
    )


def test_front_matter_that_names_a_placeholder_shows_the_bodys_picture(tmp_path: Path) -> None:
    item = of_markdown("![A heron](/heron.jpg)", tmp_path, "image: /img/no-image.png\n")
    assert item.image is not None
    assert item.image.url == f"{HERON}.jpg"


def test_of_the_files_a_feed_offers_the_one_fit_for_mail_is_taken() -> None:
    files = "".join(
        f'<media:content medium="image" url="{HERON}{name}" width="{width}" height="{width // 2}"/>'
        for name, width in (
            ("-300.jpg", 300),
            ("-4000.jpg", 4000),
            (".webp", 1200),
            ("-1024.jpg", 1024),
        )
    )
    group = of_feed("", f"<media:group>{files}</media:group>").image
    assert group is not None
    assert group.url == f"{HERON}-1024.jpg"


def test_a_preview_gives_way_to_what_the_body_shows() -> None:
    small = f'<media:thumbnail url="{HERON}-150x150.jpg" width="150" height="150"/>'
    body = f'<img src="{HERON}-1024x683.jpg" alt="A heron">'
    assert of_feed(body, small).image == Image(f"{HERON}-1024x683.jpg", "A heron")
    tiny = '<media:thumbnail url="https://other.example/s72-c/x.jpg" width="72" height="72"/>'
    assert of_feed(body, tiny).image == Image(f"{HERON}-1024x683.jpg", "A heron")
    alone = of_feed("", tiny).image
    assert alone is not None
    assert alone.width == 72


def test_a_picture_of_which_nothing_is_worth_showing_is_none() -> None:
    icon = Image("https://a.example/x.png", width=32, height=32)
    assert pictured([icon, Image("/relative.jpg"), Image("https://a.example/x.heic")], "") is None
    saved = Image(
        "https://a.example/loading.gif", sizes=(ImageSize("https://a.example/x.jpg", 800, 600),)
    )
    assert pictured([saved], "") == Image(
        "https://a.example/x.jpg", width=800, height=600, sizes=saved.sizes
    )
