"""One description for many editions: `[edition."by-tag-{tag}"]` with `for_each = "tag"`.

A pattern and the values there are make editions; that is a pure function, so that every machine
makes the same ones, under the same names. Which values there are is asked elsewhere: they stand in
the archive, in the pattern itself, or in the choices that readers made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from digest.config.tables import DEVICES
from digest.lazy import regex
from digest.machine.hashing import blake2b
from digest.models import Edition, Evergreen, Section, Selectors, Value, encode, key, replace

# What there may be one edition for, and the selector that then asks for it. Any other word takes
# its values from the pattern itself.
SELECTED_BY: Final = {
    "tag": "tags",
    "series": "series",
    "author": "authors",
    "category": "categories",
    "language": "languages",
}
CHOICE: Final = "choice"

# Folders bear these names twice, and Windows ends paths at 260 characters.
_LONGEST_SLUG = 60
# Behind a hash of six digits, two among five thousand names in Chinese were called the same.
_HASH_BYTES = 6
_HASHED = regex(rf"-[0-9a-f]{{{2 * _HASH_BYTES}}}$")
# The folder of an edition of such a name would be taken for that of an issue.
_DATED = regex(r"\d{4}-\d{2}-\d{2}")
_PLACEHOLDER = regex(r"\{([a-z][a-z_]*)\}")


class Named(Value):
    """Hold one value of a pattern: what it is called, the names it selects by, and its slug."""

    title: str
    names: tuple[str, ...]
    slug: str


class Pattern(Value):
    """Describe one edition for each value of a kind.

    The texts of `edition` hold `{kind}` where the value goes. Without `values` they are those of
    the archive that at least `at_least` posts carry. `follows` says what readers' choices are made
    of.
    """

    name: str
    for_each: str
    edition: Edition
    values: tuple[str, ...]
    at_least: int
    follows: str

    @property
    def placeholder(self) -> str:
        """Return what stands for the value."""
        return f"{{{self.for_each}}}"

    @property
    def around(self) -> tuple[str, str]:
        """Return what stands before and after the value in the names of its editions."""
        before, _, after = self.name.partition(self.placeholder)
        return before, after

    def slug_in(self, name: str) -> str | None:
        """Return the value's slug in an edition's name, None if the pattern makes no such name."""
        before, after = self.around
        is_like = name.startswith(before) and name.endswith(after)
        slug = name[len(before) : len(name) - len(after)]
        return slug if is_like and re.fullmatch(r"[a-z0-9-]+", slug) else None

    def filled(self, slug: str) -> Edition:
        """Return the edition with a value's slug wherever it names editions: itself and others."""

        def named(told: str) -> str:
            return told.replace(self.placeholder, slug)

        told = self.edition
        return replace(
            told,
            name=named(told.name),
            was=named(told.was) if told.was else told.was,
            # most have none, and need not have it each for themselves
            cool_down=told.cool_down and {named(o): span for o, span in told.cool_down.items()},
        )

    def names_of(self, names: tuple[str, ...]) -> Iterator[Named]:
        """Yield each of some names once, as the value of an edition.

        Names that say nothing are passed over.
        """
        # From the end, so that of two spellings the first one stays.
        for name in {key(name): name for name in reversed(names)}.values():
            if key(name):
                yield Named(title=name, names=(name,), slug=slug(name))


def with_unnamed(languages: tuple[str, ...], own: str) -> tuple[str, ...]:
    """Return the languages asked for, with "" for posts that name none if theirs is among them.

    >>> with_unnamed(("en", "cy"), "en-GB"), with_unnamed(("cy",), "en-GB")
    (('en', 'cy', ''), ('cy',))
    """
    is_own = any(tag.lower().split("-")[0] == own.lower().split("-")[0] for tag in languages)
    return (*languages, "") if is_own else languages


def placeholders(text: str) -> list[str]:
    """Return the words in braces, as in an edition's name.

    >>> placeholders("by-tag-{tag}")
    ['tag']
    """
    return _PLACEHOLDER.findall(text)


def slug(name: str) -> str:
    """Return a name as part of a folder's name: lower-case letters, digits, hyphens.

    Names that are equal to selectors have the same slug, and others never: what the letters cannot
    tell, a hash does. It depends on the name alone, so a new tag renames no edition.

    >>> slug("Children & Young People"), slug("Zoë")
    ('children-young-people', 'zoe')
    >>> slug("C++"), slug("C"), slug("園芸")
    ('c-c1efefb9bc13', 'c', 'x-4266f4e9a81b')
    """
    compared = key(name)
    plain = re.sub(r"[^a-z0-9]+", "-", compared.encode("ascii", "ignore").decode()).strip("-")
    # Hexadecimal digits at the end could be taken for a hash of ours, a day for an issue's.
    is_ours = _HASHED.search(plain) or _DATED.match(plain)
    is_told = plain and plain == compared and not is_ours
    if is_told and plain not in DEVICES and len(plain) <= _LONGEST_SLUG:
        return plain
    return hashed(plain or "x", compared)


def hashed(plain: str, told: str) -> str:
    """Return a slug cut to a length that folders can bear, with a hash of what it stands for."""
    plain = f"x-{plain}" if _DATED.match(plain) else plain
    digest = blake2b(told.encode(), digest_size=_HASH_BYTES).hexdigest()
    return f"{plain[: _LONGEST_SLUG - len(digest) - 1].rstrip('-')}-{digest}"


def expand(pattern: Pattern, value: Named) -> Edition:
    """Return the edition of one value.

    Names of folders take its slug, texts its title, selectors its names. In `subject` and
    `preheader`, which are small templates, the value is a text and never code.
    """
    edition, mark = pattern.filled(value.slug), pattern.placeholder

    def text(told: str) -> str:
        return told.replace(mark, value.title)

    def template(told: str) -> str:
        said = encode(" ".join(value.title.split())).decode()
        return told.replace(mark, f"{{{{ {said} }}}}")

    filled = _Filling(mark, value.names)
    selectors = filled.selectors(edition.selectors)
    if not filled.was_asked:
        selectors = _selecting(selectors, pattern, value.names)
    return replace(
        edition,
        of=pattern.name,
        title=text(edition.title) or value.title,
        subject=template(edition.subject),
        preheader=template(edition.preheader),
        selectors=selectors,
        sections=tuple(
            replace(part, title=text(part.title), selectors=filled.selectors(part.selectors))
            for part in edition.sections
        ),
        evergreen=_evergreen(edition.evergreen, filled.selectors),
    )


def _selecting(selectors: Selectors, pattern: Pattern, names: tuple[str, ...]) -> Selectors:
    """Return selectors that ask for the value, where the pattern leaves that to its kind."""
    kind = pattern.follows if pattern.for_each == CHOICE else pattern.for_each
    field = SELECTED_BY.get(kind)
    return replace(selectors, **{field: names}) if field else selectors


def _evergreen(pool: Evergreen | None, fill: Callable[[Selectors], Selectors]) -> Evergreen | None:
    return replace(pool, selectors=fill(pool.selectors)) if pool else None


class _Filling:
    """Put a value's names where selectors hold the placeholder, and remember whether any did."""

    def __init__(self, mark: str, names: tuple[str, ...]) -> None:
        self.mark, self.names, self.was_asked = mark, names, False

    def selectors(self, told: Selectors) -> Selectors:
        return replace(
            told, **{name: self._names(getattr(told, name)) for name in told.__struct_fields__}
        )

    def _names(self, told: tuple[str, ...]) -> tuple[str, ...]:
        if not any(self.mark in name for name in told):
            return told
        self.was_asked = True
        return tuple(
            filled
            for name in told
            for filled in (
                [name.replace(self.mark, each) for each in self.names]
                if self.mark in name
                else [name]
            )
        )


def asks_for_value(edition: Edition, mark: str) -> bool:
    """Tell whether a selector of a pattern's edition or of its sections holds the placeholder."""
    parts: tuple[Section | Edition, ...] = (edition, *edition.sections)
    return any(
        mark in name
        for part in parts
        for field in part.selectors.__struct_fields__
        for name in getattr(part.selectors, field)
    )
