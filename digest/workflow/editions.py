"""Knows a project's editions: those described by themselves, and those that patterns make.

Which there are follows from digest.toml, the archive and the choices that readers made, and from
nothing else. One edition among many is found without making the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from digest.config.patterns import CHOICE, SELECTED_BY, Named, Pattern, expand, hashed, slug
from digest.config.tables import FILE_NAME
from digest.errors import ConfigError, UsageError
from digest.models import Edition, Post, key
from digest.nearest import did_you_mean
from digest.selection import matches

if TYPE_CHECKING:
    from digest.archive import Archive
    from digest.config import Config

CHOICES = "choices"
"""The folder of the choices that readers made; no reader is named in it."""

# Folders bear these names, and Windows ends paths at 260 characters.
_LONGEST_CHOICE = 40


class Editions:
    """Know the editions of a configuration.

    `archive` opens the archive, None while there is none.
    """

    def __init__(
        self, config: Config, archive: Callable[[], AbstractContextManager[Archive]] | None
    ) -> None:
        self._config, self._archive = config, archive

    def each(self) -> Iterator[Edition]:
        """Yield all editions; one that is described by itself comes before a pattern's.

        There may be as many as readers, so who only goes through them keeps none.

        Raises:
            ConfigError: if digest.toml or a list of choices is wrong.
            ArchiveError: if the archive cannot be read.
        """
        yield from self._config.editions.values()
        named = set(self._config.editions)
        for pattern in self._config.patterns.values():
            for value in self._values(pattern):
                edition = expand(pattern, value)
                # A name that two patterns fit is that of the more telling one, here as anywhere.
                is_own = self._config.pattern_of(edition.name) is pattern
                if is_own and edition.name not in named:
                    named.add(edition.name)
                    yield edition

    def why_none(self) -> list[str]:
        """Return for each pattern why it makes no edition, where there is none of any."""
        return [
            f'[edition."{pattern.name}"] makes no edition yet. {_why_none(pattern)}'
            for pattern in self._config.patterns.values()
        ]

    def named(self, name: str | None = None) -> Edition:
        """Return the named edition, or without a name the only one there is.

        Raises:
            UsageError: if there is no such edition, or several and none is named.
            ConfigError, ArchiveError: as `each` does.
        """
        pattern = self._config.pattern_of(name) if name else None
        if name is None or pattern is None:
            return self._config.edition(name)
        wanted = pattern.slug_in(name)
        for value in self._values(pattern, wanted):
            if value.slug == wanted:
                return expand(pattern, value)
        made = [expand(pattern, value).name for value in self._values(pattern)]
        raise UsageError(
            f'there is no edition "{name}": [edition."{pattern.name}"] makes none of that name',
            hint=did_you_mean(name, made) if made else _why_none(pattern),
        )

    def asking_for(self, post: Post) -> list[Edition]:
        """Return the editions described by themselves, and those that patterns make for posts.

        Raises:
            ConfigError, ArchiveError: as `each` does.
        """
        found = dict(self._config.editions)
        for pattern in self._config.patterns.values():
            for edition in self._asking(pattern, post):
                if matches(post, edition.selectors):
                    found.setdefault(edition.name, edition)
        return list(found.values())

    def _asking(self, pattern: Pattern, post: Post) -> Iterator[Edition]:
        """Yield a pattern's editions.

        Where they are for what posts carry, those for what this one does.
        """
        carried = _carried(post).get(pattern.for_each)
        if carried is None:
            yield from (expand(pattern, value) for value in self._values(pattern))
            return
        for value in pattern.names_of(carried):
            # Too few posts may carry the name for an edition of its own.
            with suppress(UsageError):
                yield self.named(expand(pattern, value).name)

    def _values(self, pattern: Pattern, wanted: str | None = None) -> Iterable[Named]:
        """Return the values of a pattern; where a slug tells enough, not all of them."""
        if pattern.for_each == CHOICE:
            return _choices(choices_file(self._config.root, pattern), pattern)
        if pattern.values and (pattern.for_each not in SELECTED_BY or pattern.at_least == 1):
            return pattern.names_of(pattern.values)
        return pattern.names_of(self._in_archive(pattern, wanted))

    def _in_archive(self, pattern: Pattern, wanted: str | None) -> tuple[str, ...]:
        """Return the names that enough posts carry, the pattern's own if it says which."""
        if self._archive is None:
            return ()
        sources = [source.name for source in self._config.sources]
        with self._archive() as archive:
            counted = archive.names(pattern.for_each, sources, name_key=wanted)
            if wanted and not counted:  # its slug may hold a hash, and tell no name
                counted = archive.names(pattern.for_each, sources)
        allowed = {key(value) for value in pattern.values}
        return tuple(
            name
            for name, posts in counted
            if posts >= pattern.at_least and (not allowed or key(name) in allowed)
        )


def _carried(post: Post) -> dict[str, tuple[str, ...]]:
    """Return what a post carries of each kind that there may be editions for."""
    return {
        "tag": tuple(term.name for term in post.tags),
        "category": tuple(term.name for term in post.categories),
        "series": tuple(part.name for part in post.series),
        "author": post.authors,
    }


def _why_none(pattern: Pattern) -> str:
    if pattern.for_each == CHOICE:
        return "Bring in what readers chose: `digest readers CSV -o FILE`."
    return f"The archive knows no {pattern.for_each} for it: `digest collect` brings posts."


# ---------------------------------------------------------------- readers' choices


def choices_file(root: Path, pattern: Pattern) -> Path:
    """Return where a pattern's choices lie: a CSV file, one choice a line, without readers."""
    return root / CHOICES / f"{pattern.name.replace('{', '').replace('}', '')}.csv"


def choice(names: Iterable[str]) -> Named:
    """Return what readers chose as the value of an edition, whatever order they named it in.

    >>> choice(["Roofs", "birds"]).slug, choice(["birds", "Roofs", "Birds"]).slug
    ('birds-roofs-7c2a9cc125f8', 'birds-roofs-7c2a9cc125f8')
    """
    # One who chose "Birds" and one who chose "birds" get the same issue.
    by_key = {key(name): name for name in names}
    keys = sorted(by_key.keys() - {""})
    told = tuple(by_key[each] for each in keys)
    if len(keys) == 1:
        return Named(title=told[0], names=told, slug=slug(told[0]))
    plain = "-".join(map(slug, told))[:_LONGEST_CHOICE].strip("-")
    return Named(title=", ".join(told), names=told, slug=hashed(plain, "\n".join(keys)))


def _choices(path: Path, pattern: Pattern) -> Iterator[Named]:
    import csv

    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                if any(key(name) for name in row):
                    yield choice(row)
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError, csv.Error) as exc:
        raise ConfigError(
            f"cannot be read ({exc})",
            where=f"{CHOICES}/{path.name}",
            hint="`digest readers CSV -o FILE` makes it again for "
            f'[edition."{pattern.name}"] of {FILE_NAME}.',
        ) from exc
