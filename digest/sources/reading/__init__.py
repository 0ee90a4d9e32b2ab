"""Owns what every kind of source reads alike: dates, files, tags and addresses in HTML, marks.

It tells an answer from what a server prints around it, a post's picture from all that is none, and
old posts from new ones where nothing has a date. It refuses to know any one kind of source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.lazy import opener

if TYPE_CHECKING:
    from digest.sources.reading.dates import read_date, zone_of
    from digest.sources.reading.declared import as_text, series_part
    from digest.sources.reading.folder import (
        Folder,
        Found,
        open_regular,
        read_file,
        shown_path,
        stamp_of,
    )
    from digest.sources.reading.junk import AROUND, feed_begins, json_among
    from digest.sources.reading.markup import (
        Tag,
        absolute,
        before_more,
        is_web,
        picture_tags,
        plain,
        tags,
        unescaped,
    )
    from digest.sources.reading.pictures import by_worth, images, is_picture, pictured, pixels
    from digest.sources.reading.spool import IN_MEMORY, Spool
    from digest.sources.reading.undated import FIRST_FEW, OLD_KEY, mark_old
else:
    __getattr__ = opener(
        __name__,
        {
            "dates": "read_date zone_of",
            "declared": "as_text series_part",
            "folder": "Folder Found open_regular read_file shown_path stamp_of",
            "junk": "AROUND feed_begins json_among",
            "markup": "Tag absolute before_more is_web picture_tags plain tags unescaped",
            "pictures": "by_worth images is_picture pictured pixels",
            "spool": "IN_MEMORY Spool",
            "undated": "FIRST_FEW OLD_KEY mark_old",
        },
    )

__all__ = [
    "AROUND",
    "FIRST_FEW",
    "IN_MEMORY",
    "OLD_KEY",
    "Folder",
    "Found",
    "Spool",
    "Tag",
    "absolute",
    "as_text",
    "before_more",
    "by_worth",
    "feed_begins",
    "images",
    "is_picture",
    "is_web",
    "json_among",
    "mark_old",
    "open_regular",
    "picture_tags",
    "pictured",
    "pixels",
    "plain",
    "read_date",
    "read_file",
    "series_part",
    "shown_path",
    "stamp_of",
    "tags",
    "unescaped",
    "zone_of",
]
