"""What a newsletter tells its editor about series.

Plain values, apart from the rules that read them. A build asks for the settings to see whether they
changed since the posts were edited, and has no use for the rules when they did not; so this module
imports none of them.
"""

from __future__ import annotations

from digest.models import Value


class SeriesPin(Value):
    """Hold what `[editing.series."NAME"]` says of one series.

    `tags` are tags and categories that make a post part of it, `aliases` other names it goes by,
    `parts` posts (by URL or identity) pinned to a part. With `guess` false, nothing about it is
    read in words.
    """

    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    total: int | None = None
    guess: bool = True
    parts: dict[str, int] = {}


class SeriesSettings(Value):
    """Hold `[editing.series]`: `names` of tags and categories that are series, and a pin by series.

    With `guess` false no series is read in words at all.
    """

    names: tuple[str, ...] = ()
    pins: dict[str, SeriesPin] = {}
    guess: bool = True
