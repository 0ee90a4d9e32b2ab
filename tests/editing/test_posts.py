"""Whole posts: `posts.txt` shows what a source says (TOML), and every field of the post it becomes."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec

from digest.editing import EditingSettings
from digest.editing.edit import edit
from digest.models import RawItem
from tests.golden import hold

SETTINGS = EditingSettings(
    staff=("Blog editor",), aliases={"O Clay": "Odhrán Clay"}, excerpt_words=45
)


def test_posts_become_what_is_listed() -> None:
    hold(Path(__file__).with_name("posts.txt"), lambda _, said: _told(tomllib.loads(said)))


def _told(said: dict[str, Any]) -> str:
    item = msgspec.convert({"identity": "1", "where": "feed", **said}, RawItem)
    post = edit(item, "garden", SETTINGS)
    told = []
    for field in msgspec.structs.fields(post):
        value = getattr(post, field.name)
        if field.name == "fixups":
            told += [f"{f.rule} in {f.field}: {f.raw!r} -> {f.value!r}" for f in value]
        elif value != field.default and field.name not in ("id", "source", "identity"):
            told.append(f"{field.name} = {value!r}")
    return "\n".join(told)
