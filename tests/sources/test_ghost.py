"""What the source makes of an export of Ghost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from digest.errors import ConfigError, SourceError
from digest.sources.base import Batch, SourceSettings
from digest.sources.ghost import GhostSource

POST = {
    "id": "1",
    "uuid": "u1",
    "title": "Ferns & shade",
    "slug": "ferns",
    "html": '<p>Green.</p><a href="__GHOST_URL__/moss/">Moss</a>',
    "status": "published",
    "visibility": "public",
    "type": "post",
    "feature_image": "__GHOST_URL__/content/images/f.jpg",
    "custom_excerpt": "On ferns.",
    "published_at": "2026-11-22T08:00:00.000Z",
    "updated_at": "2026-11-23T08:00:00.000Z",
}


def export(folder: Path, *posts: dict[str, Any]) -> Path:
    """Write an export of these posts, all with two tags and one author."""
    data = {
        "posts": [{**POST, **post} for post in posts],
        "tags": [
            {"id": "t1", "name": "Shade", "slug": "shade"},
            {"id": "t2", "name": "#internal", "slug": "hash-internal"},
        ],
        "users": [{"id": "a1", "name": "Ada Lund", "slug": "ada", "email": "ada@a.example"}],
        "posts_tags": [
            {"post_id": "1", "tag_id": tag, "sort_order": n} for n, tag in enumerate(("t2", "t1"))
        ],
        "posts_authors": [{"post_id": "1", "author_id": "a1", "sort_order": 0}],
        "posts_meta": [{"post_id": "1", "feature_image_alt": "A fern"}],
        "settings": [{"key": "title", "value": "The Bench"}],
    }
    path = folder / "ghost.json"
    path.write_text(json.dumps({"db": [{"meta": {"version": "5.1"}, "data": data}]}))
    return path


def collect(path: Path, state: dict[str, str] | None = None) -> Batch:
    """Return what the export brings."""
    settings = SourceSettings(name="b", kind="ghost", path=path, url="https://bench.example/")
    return GhostSource(settings).collect(state or {})


def test_a_post_comes_with_all_that_the_export_says(tmp_path: Path) -> None:
    """Joined from its tables; an author's e-mail address is nowhere in it."""
    (item,) = collect(export(tmp_path, {})).items
    assert (item.title, item.url) == ("Ferns & shade", "https://bench.example/ferns/")
    assert item.authors == ("Ada Lund",)
    assert [tag.name for tag in item.tags] == ["Shade"]
    assert 'href="https://bench.example/moss/"' in item.body
    assert item.image is not None
    assert item.image.url == "https://bench.example/content/images/f.jpg"
    assert item.image.alt == "A fern"
    assert (item.summary, item.summary_is_manual) == ("On ferns.", True)
    assert "a.example" not in repr(item)


@pytest.mark.parametrize(
    "change",
    [
        {"status": "draft"},
        {"status": "scheduled"},
        {"status": "sent"},
        {"visibility": "members"},
        {"visibility": "paid"},
        {"type": "page"},
        {"type": None, "page": 1},
        {"title": "", "html": "", "custom_excerpt": None},
    ],
)
def test_what_is_not_public_never_leaves_the_file(tmp_path: Path, change: dict[str, Any]) -> None:
    """It is counted, with the reason and its number alone."""
    batch = collect(export(tmp_path, change))
    assert (len(batch.items), batch.skipped) == (0, 1)
    assert "Ferns" not in repr(batch.problems)


def test_an_export_that_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    """Only the number of its posts is told."""
    path = export(tmp_path, {}, {"id": "2", "uuid": "u2"})
    first = collect(path)
    again = collect(path, first.state)
    assert (again.items, again.unchanged) == ((), 2)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"db": [{"data": 7}]}', "<rss/>", '{"db": []}'])
def test_any_other_file_is_a_plain_error(tmp_path: Path, text: str) -> None:
    """The message says where Ghost writes the right one."""
    path = tmp_path / "ghost.json"
    path.write_text(text)
    with pytest.raises(SourceError, match="no export of Ghost"):
        collect(path)


def test_without_a_path_nothing_can_be_read() -> None:
    """The hint names it."""
    with pytest.raises(ConfigError, match="no path"):
        GhostSource(SourceSettings(name="b", kind="ghost"))
