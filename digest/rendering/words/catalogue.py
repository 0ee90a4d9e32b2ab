"""A project's own words: `templates/labels.toml`, a table a language, over the shipped ones.

So a newsletter can speak a language that is not shipped, say "Unsubscribe" in its own way, or give
labels to its own templates. A slip is told, not passed over: a name that is nearly a shipped one,
or a place that no value fills.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from digest.errors import ConfigError
from digest.files import readable
from digest.frontmatter import load_toml
from digest.lazy import regex
from digest.nearest import nearest
from digest.rendering.words import labels

Catalogue: TypeAlias = Mapping[str, Mapping[str, str]]
"""The words of each language, by its tag in lower case."""

FILE_NAME: Final = "labels.toml"

_TAG = regex(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*")
_PLACE = regex(r"{(\w*)}")


def read(path: Path) -> dict[str, dict[str, str]]:
    """Return the catalogue in a file; no file is an empty one.

    Raises:
        ConfigError: if it is no TOML, or a word of it cannot be what was meant.
        TemplateError: if it cannot be read as text.
    """
    where = f"templates/{FILE_NAME}"
    if not path.exists():
        return {}
    with readable(where):
        text = path.read_text("utf-8-sig")
    tables = load_toml(text, where)
    # what stands outside of a table is told as that, before its name is taken for a language
    told = {tag: _words(tag, table, where) for tag, table in tables.items()}
    return {_language(tag, where): said for tag, said in told.items()}


def project_words(templates: Path, language: str) -> Mapping[str, str]:
    """Return a language's fixed words, those of a project's own `labels.toml` first.

    Raises:
        ConfigError, TemplateError: as `read` does.
    """
    return words(language, read(templates / FILE_NAME))


def words(language: str, catalogue: Catalogue) -> Mapping[str, str]:
    """Return a language's fixed words: the project's, also those without region, else the shipped.

    >>> words("de-AT", {"de-at": {"issue": "Nr. {n}"}})["issue"]
    'Nr. {n}'
    """
    shipped = labels.words(language)
    if not catalogue:
        return shipped
    tag = language.replace("_", "-").lower()
    general = catalogue.get(tag.partition("-")[0], {})
    own = {**general, **catalogue.get(tag, {})}
    forms = {name for name in shipped if name.partition(".")[0] in own and "." in name}
    # a word said anew is meant for every number, unless its forms are said anew too
    return {**{name: word for name, word in shipped.items() if name not in forms}, **own}


def _language(tag: str, where: str) -> str:
    known = tag.replace("_", "-").lower()
    if not _TAG.fullmatch(known):
        hint = "Write a table for each language, such as [nl]."
        raise ConfigError(f"{tag!r} is no language tag", where=where, hint=hint)
    return known


def _words(tag: str, table: object, where: str) -> dict[str, str]:
    if not isinstance(table, dict):
        hint = f"Put it into the table of its language, such as [en], as {tag} = …"
        raise ConfigError(f"{tag} stands outside of a table", where=where, hint=hint)
    return dict(_checked(name, word, f"{where} [{tag}] {name}") for name, word in _flat(table))


def _flat(table: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield each word with its name; TOML reads `issue.one = …` as a table of its own."""
    for name, word in table.items():
        if isinstance(word, dict):
            yield from (
                (f"{name}.{form}" if form != "other" else name, said) for form, said in word.items()
            )
        else:
            yield name, word


def _checked(name: str, word: object, where: str) -> tuple[str, str]:
    if not isinstance(word, str):
        raise ConfigError(f"{word!r} is no text", where=where, hint="Put it between quotes.")
    base, _, form = name.partition(".")
    if form and form not in labels.PLURALS:
        raise ConfigError(
            f"there is no form {form!r}",
            where=where,
            hint=f"Forms are {', '.join(labels.PLURALS)}.",
        )
    english = labels.words("en")
    if base in english:
        _refuse_unfilled(word, english[base], form, where)
    else:
        _refuse_slip(base, english, where)
    return name, word


def _refuse_slip(base: str, english: Mapping[str, str], where: str) -> None:
    """Refuse a name that is nearly a shipped one, or none at all; any other is a project's own.

    Raises:
        ConfigError: with what was probably meant.
    """
    near = nearest(base, english, alike=0.85)
    if near:
        raise ConfigError(f"there is no label {base}", where=where, hint=f"Did you mean {near}?")
    if not base.isidentifier():
        hint = "Use letters, digits and underscores."
        raise ConfigError(f"{base!r} is no name", where=where, hint=hint)


def _refuse_unfilled(word: str, english: str, form: str, where: str) -> None:
    """Refuse a place that no value fills, since the English word has none of its name.

    Raises:
        ConfigError: with the places there are.
    """
    places = set(_PLACE.findall(english)) | ({"n"} if form else set())
    wrong = [place for place in _PLACE.findall(word) if place not in places]
    if wrong:
        known = ", ".join(f"{{{place}}}" for place in sorted(places)) or "none"
        raise ConfigError(f"no value fills {{{wrong[0]}}}", where=where, hint=f"There is: {known}.")
