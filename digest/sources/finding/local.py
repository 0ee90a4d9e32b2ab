"""Finds out what a folder or file on this machine is: Markdown posts, an export, or saved pages.

It serves the first set-up of a project. What is there is read as the source will read it, so that
nothing is promised that a collect would not bring.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from digest import frontmatter
from digest.errors import DigestError, SourceError
from digest.fetching import Fetcher
from digest.sources import registry
from digest.sources.base import Batch, SourceSettings
from digest.sources.finding.discovered import Discovered, Sample, sample
from digest.sources.ghost import is_export
from digest.sources.reading import as_text, is_web

_SITE_FILES = ("_config.yml", "_config.yaml", "hugo.toml", "hugo.yaml", "config.toml", "zola.toml")
_EXPORT_MARK = b"wordpress.org/export/"
_HEAD = 64 * 1024
_MOST_EXPORTS = 20
# How many folders upwards a site's own configuration is looked for.
_ABOVE = 3

_REASONS_SHOWN = 3


def look_at(path: Path, fetcher: Fetcher) -> Discovered:
    """Return the source that a folder or file is.

    Raises:
        SourceError: if there is no such place, or no post in it; says what was passed over and why.
    """
    if not path.exists():
        raise SourceError("there is no such file or folder", where=str(path))
    said = _site(path)
    url = said.get("url", "")
    passed: list[str] = []
    for kind, place in _candidates(path):
        settings = SourceSettings(name="blog", kind=kind, path=place, url=url)
        try:
            batch = registry.create(settings, fetcher).collect({})
        except DigestError as exc:
            passed.append(str(exc))
            continue
        passed += [f"{problem.where}: {problem.message}" for problem in batch.problems]
        if batch.items:
            return _discovered(kind, place, said, batch)
    reasons = f" Passed over: {'; '.join(passed[:_REASONS_SHOWN])}." if passed else ""
    raise SourceError(
        "holds no posts that could be read",
        where=str(path),
        hint="Name a folder of Markdown files with dates, of saved pages, or a WordPress export."
        + reasons,
    )


def _candidates(path: Path) -> Iterator[tuple[str, Path]]:
    """Yield the kinds that a place may be, the likeliest first."""
    if path.is_file():
        yield _kind_of_file(path), path
        return
    yield "markdown", path
    exports = [*sorted(path.glob("*.xml")), *sorted(path.glob("*.json"))][:_MOST_EXPORTS]
    kinds = ((_kind_of_file(file), file) for file in exports)
    yield from ((kind, file) for kind, file in kinds if kind != "page")
    if not any(path.rglob("*.md")):  # a folder of posts without dates is no folder of pages
        yield "page", path


def _kind_of_file(path: Path) -> str:
    """Return the kind of an export; "page" for any other file."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return "page"
    if _EXPORT_MARK in head:
        return "wxr"
    return "ghost" if is_export(head) else "page"


def _discovered(kind: Any, place: Path, said: dict[str, str], batch: Batch) -> Discovered:
    found: Sample = sample(batch)
    return Discovered(
        kind=kind,
        url=said.get("url", ""),
        path=place,
        home=said.get("url", ""),
        name=said.get("title", ""),
        language=said.get("language", ""),
        sample=found,
    )


def _site(path: Path) -> dict[str, str]:
    """Return title, url and language as a generator's configuration near the posts says."""
    here = path if path.is_dir() else path.parent
    for folder in islice((here, *here.resolve().parents), _ABOVE):
        for name in _SITE_FILES:
            if (folder / name).is_file() and (values := _values(folder / name)):
                return _said(values)
    return {}


def _values(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix == ".toml":
            return frontmatter.load_toml(text, str(path))
        return frontmatter.load_yaml(text, str(path))[0]
    except (OSError, ValueError, DigestError):  # its generator will say what is wrong with it
        return {}


def _said(values: dict[str, Any]) -> dict[str, str]:
    lower = {str(name).lower(): value for name, value in values.items()}
    keys = {
        "title": ("title", "name"),
        "url": ("baseurl", "base_url", "url", "siteurl"),
        "language": ("languagecode", "lang", "language", "default_language", "locale"),
    }
    found = {
        wanted: next((said for name in names if (said := as_text(lower.get(name)))), "")
        for wanted, names in keys.items()
    }
    address = (
        f"{as_text(lower.get('url')).rstrip('/')}{as_text(lower.get('baseurl'))}"  # Jekyll's two
    )
    urls = (found["url"], address, as_text(lower.get("url")))
    found["url"] = next((url for url in urls if is_web(url)), "")
    return {name: value for name, value in found.items() if value}
