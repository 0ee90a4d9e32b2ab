"""Finds the class for a kind of source among the entry points of `digest.sources`."""

from __future__ import annotations

from importlib import import_module

from digest.errors import ConfigError
from digest.fetching import Fetcher
from digest.sources.base import Source, SourceSettings

GROUP = "digest.sources"

BUILT_IN = {
    "feed": "feed:FeedSource",
    "ghost": "ghost:GhostSource",
    "markdown": "markdown:MarkdownSource",
    "page": "page:PageSource",
    "wordpress": "wordpress:WordPressSource",
    "wxr": "wxr:WxrSource",
}
"""Our own kinds, which are entry points too: reading all packages' takes longer than a source."""


def kinds() -> tuple[str, ...]:
    """Return the names of all installed kinds, sorted."""
    from importlib.metadata import entry_points

    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def create(settings: SourceSettings, fetcher: Fetcher) -> Source:
    """Return the source that the settings describe; its module is imported only now.

    Raises:
        ConfigError: if no installed package offers the kind.
    """
    if settings.kind in BUILT_IN:
        module, _, name = BUILT_IN[settings.kind].partition(":")
        own: Source = getattr(import_module(f"digest.sources.{module}"), name)(settings, fetcher)
        return own
    from importlib.metadata import entry_points

    for point in entry_points(group=GROUP):
        if point.name == settings.kind:
            source: Source = point.load()(settings, fetcher)
            return source
    raise ConfigError(
        f'unknown source kind "{settings.kind}"',
        where=settings.where,
        hint=f"Known kinds: {', '.join(kinds())}.",
    )
