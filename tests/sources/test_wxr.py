"""A WordPress export: only what is public comes out of it, joined with its pictures."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.errors import SourceError
from digest.sources.base import SourceSettings
from digest.sources.wxr import WxrSource

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Garden</title>
<wp:author><wp:author_login><![CDATA[ada]]></wp:author_login>
<wp:author_email><![CDATA[ada@garden.example]]></wp:author_email>
<wp:author_display_name><![CDATA[Ada Moss]]></wp:author_display_name></wp:author>
"""
FOOT = "</channel></rss>"


def item(number: int, title: str = "Ferns", status: str = "publish", more: str = "") -> str:
    return f"""<item><title><![CDATA[{title}]]></title>
<link>https://garden.example/{number}/</link><dc:creator><![CDATA[ada]]></dc:creator>
<content:encoded><![CDATA[Green.

Soft.]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>2026-11-22 09:00:00</wp:post_date>
<wp:post_date_gmt>2026-11-22 08:00:00</wp:post_date_gmt>
<wp:status>{status}</wp:status><wp:post_type>post</wp:post_type>
{more or "<wp:post_password></wp:post_password>"}</item>
"""


ATTACHMENT = """<item><title>a</title><wp:post_id>90</wp:post_id>
<wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status>
<wp:attachment_url>https://garden.example/fern.jpg</wp:attachment_url></item>
"""
JOINED = """<category domain="series" nicename="soil"><![CDATA[Soil]]></category>
<category domain="post_tag" nicename="moss"><![CDATA[Moss &amp; more]]></category>
<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>90</wp:meta_value></wp:postmeta>
<wp:postmeta><wp:meta_key>_series_part</wp:meta_key><wp:meta_value>2</wp:meta_value></wp:postmeta>
"""


def export(tmp_path: Path, *items: str, foot: str = FOOT) -> WxrSource:
    path = tmp_path / "export.xml"
    path.write_text(HEAD + "".join(items) + foot, encoding="utf-8")
    return WxrSource(SourceSettings(name="garden", kind="wxr", path=path))


def test_a_post_comes_with_its_picture_series_and_author(tmp_path: Path) -> None:
    batch = export(tmp_path, item(1, more=JOINED), ATTACHMENT).collect({})
    (post,) = batch.items
    assert (post.identity, post.authors, post.url) == (
        "wp:1",
        ("Ada Moss",),
        "https://garden.example/1/",
    )
    assert post.published_at == datetime(2026, 11, 22, 8, tzinfo=UTC)
    assert post.image is not None
    assert post.image.url == "https://garden.example/fern.jpg"
    assert [(part.name, part.part) for part in post.series] == [("Soil", 2)]
    assert [term.name for term in post.tags] == ["Moss & more"]
    assert post.body == "<p>Green.</p>\n<p>Soft.</p>"
    assert "ada@garden.example" not in repr(batch)


@pytest.mark.parametrize("status", ["draft", "pending", "private", "future", "trash"])
def test_what_is_not_public_never_leaves_the_file(tmp_path: Path, status: str) -> None:
    """Not even its title, in the message that tells why."""
    locked = item(3, "SECRET", more="<wp:post_password>pw</wp:post_password>")
    batch = export(tmp_path, item(1), item(2, "SECRET", status), locked).collect({})
    assert ([post.identity for post in batch.items], batch.skipped) == (["wp:1"], 2)
    assert "SECRET" not in repr(batch)
    assert "pw" not in repr(batch)


def test_control_characters_and_a_torn_end_are_survived(tmp_path: Path) -> None:
    batch = export(tmp_path, item(1, "Fe\x0brns"), item(2), "<item><title>x", foot="").collect({})
    assert [post.title for post in batch.items] == ["Fe rns", "Ferns"]


def test_a_file_that_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    source = export(tmp_path, item(1))
    first = source.collect({})
    assert source.collect(first.state).unchanged == 1
    assert len(source.collect(first.state, full=True).items) == 1


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "export.xml")
    with pytest.raises(SourceError, match="is no regular file"):
        WxrSource(SourceSettings(name="garden", kind="wxr", path=tmp_path / "export.xml")).collect(
            {}
        )


def test_what_is_no_export_is_said(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_text("<html><body>no</body></html>")
    with pytest.raises(SourceError, match="no posts of an export"):
        WxrSource(SourceSettings(name="garden", kind="wxr", path=path)).collect({})


def test_the_date_of_the_feed_counts_where_an_export_has_no_other(tmp_path: Path) -> None:
    """Exports of other programs in WordPress's form have it alone."""
    dates = "<wp:post_date>2026-11-22 09:00:00</wp:post_date>\n<wp:post_date_gmt>2026-11-22 08:00:00</wp:post_date_gmt>"
    bare = item(1).replace(dates, "<pubDate>Mon, 23 Nov 2026 10:00:00 +0000</pubDate>")
    (tmp_path / "x.xml").write_text(HEAD + bare + FOOT, encoding="utf-8")
    settings = SourceSettings(name="garden", kind="wxr", path=tmp_path / "x.xml")
    (found,) = WxrSource(settings).collect({}).items
    assert found.published_at == datetime(2026, 11, 23, 10, tzinfo=UTC)
