"""The verb `init`: a new project with a commented digest.toml, or a template to change."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest.addresses import place_of
from digest.config import parse
from digest.config.tables import FILE_NAME
from digest.errors import AddressRefused, ConfigError, UsageError
from digest.files import at_home, temporary_of, write_atomically
from digest.models import Value, replace
from digest.workflow.project import shipped_templates

if TYPE_CHECKING:
    from digest.rendering import Renderer
    from digest.sources.finding import Discovered

COMMENT_COLUMN = 34


class NewProject(Value):
    """Hold what `init` made: the folder, and what was found at the place it was given.

    `url` is an address, or a path on this machine. `titles` are those of the newest posts, `tags`
    and `series` the commonest, `passed` what was taken for no post and why.
    """

    folder: Path
    kind: str = ""
    url: str = ""
    name: str = ""
    hint: str = ""
    posts: int = 0
    titles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()


def init(folder: Path, url: str = "") -> NewProject:
    """Make a project in `folder`; with `url`, its source is what is found there.

    That is a WordPress site, a feed or a listing page; or a folder or file on this machine.

    Nothing that exists is overwritten. A host on a private address is allowed by being named here,
    and the new digest.toml says so.

    Raises:
        ConfigError: if the folder already holds a project.
        SourceError: if nothing to collect from is found at the address.
        FetchError: if the address cannot be fetched.
    """
    folder = folder.resolve()
    if (folder / FILE_NAME).exists():
        raise ConfigError(
            "is there already",
            where=str(folder / FILE_NAME),
            hint="Edit it, or choose another folder.",
        )
    found, private = _discover(url) if url else (None, "")
    found = _tidied(found) if found else None
    text = _toml(found, private, folder)
    parse(text, folder)  # what we write must be what we accept
    try:
        (folder / "issues").mkdir(parents=True, exist_ok=True)
        write_atomically(folder / FILE_NAME, text.encode())
        # The archive is a cache; issues are the record, and belong into git.
        if not (folder / ".gitignore").exists():
            write_atomically(folder / ".gitignore", b".digest/\nissues/**/.lock\n")
    except OSError as exc:
        raise _unwritable(folder, exc) from exc
    if not found:
        return NewProject(folder=folder)
    glance = found.sample
    return NewProject(
        folder=folder,
        kind=found.kind,
        url=str(found.path) if found.path else found.url,
        name=found.name,
        hint=found.hint,
        posts=glance.posts,
        titles=glance.titles,
        tags=glance.tags,
        series=glance.series,
        passed=glance.passed,
    )


def _discover(url: str) -> tuple[Discovered, str]:
    """Return what is at the place, and its host if that had to be allowed by name."""
    from digest.fetching import Fetcher
    from digest.sources.finding import discover, glance, typed

    url = typed(url)
    if (here := _here(url)) is not None:
        from digest.sources.finding import look_at

        with Fetcher() as fetcher:
            return look_at(here, fetcher), ""

    host = place_of(url if "://" in url else f"//{url}")
    try:
        with Fetcher() as fetcher:
            return glance(discover(url, fetcher), fetcher), ""
    except AddressRefused as refused:
        # Only the address that was typed may be private, never one that a site leads to.
        if not host or place_of(refused.where) != host:
            hint = "Name the address at which the site really is."
            raise AddressRefused(refused.message, where=refused.where, hint=hint) from refused
        with Fetcher(allow_private=[host]) as fetcher:
            return glance(discover(url, fetcher), fetcher), host


def _tidied(found: Discovered) -> Discovered:
    """Return what was found with its words on one line each, as those of posts are."""
    from digest.editing.body import tidy

    glance = found.sample
    words = {each: tuple(map(tidy, getattr(glance, each))) for each in ("titles", "tags", "series")}
    own = {each: tidy(getattr(found, each)) for each in ("name", "home", "language")}
    return replace(found, **own, sample=replace(glance, **words))


def _here(place: str) -> Path | None:
    """Return a place on this machine, None for an address: what exists, or can only be a path."""
    if "://" in place:
        return None
    path = at_home(place)
    # "blog.example" may be a folder's name as well, so that what exists comes first.
    return path if path.exists() or place.startswith((".", "/", "~")) else None


def check_template(name: str) -> Renderer:
    """Return what renders the shipped templates, one of that name among them.

    Raises:
        UsageError: if there is no such template.
    """
    from digest.rendering import Renderer

    shipped = Renderer([shipped_templates()])
    if name not in shipped.templates():
        raise UsageError(
            f'there is no template "{name}"', hint=f"Shipped: {', '.join(shipped.templates())}."
        )
    return shipped


def copy_template(root: Path, name: str) -> Path:
    """Copy a shipped template into the project's own `templates/`, where it wins.

    Return its folder. What it shares with other templates is copied into its own folder too, so
    that the copy stands alone.

    Raises:
        UsageError: if there is no such template, or the project has one of that name.
        ConfigError: if it cannot be written.
    """
    shipped = check_template(name)
    target = root / "templates" / name
    if target.exists():
        raise UsageError(f"templates/{name} is there already", hint="Move it away to start afresh.")
    # Half a template would be used instead of the shipped one: it is there whole, or not at all.
    begun = temporary_of(target)
    try:
        own = shipped_templates() / name
        for part, path in shipped.files(name).items():
            if not path.is_relative_to(own):
                continue
            (begun / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, begun / part)
        begun.rename(target)
    except OSError as exc:
        shutil.rmtree(begun, ignore_errors=True)
        raise _unwritable(target, exc) from exc
    return target


def _unwritable(folder: Path, error: OSError) -> ConfigError:
    return ConfigError(
        f"cannot be written ({error.strerror or error})",
        where=str(folder),
        hint="Choose another folder.",
    )


def _quote(text: str) -> str:
    """Return text as a TOML basic string; JSON's escapes are a subset of TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _toml(found: Discovered | None, private: str, folder: Path) -> str:
    from digest.sources.finding import Discovered as Found

    site = found or Found(kind="feed", url="")
    usual = folder.name.replace("-", " ").strip().title() or "Newsletter"
    fetching = (
        f"\n[fetching]\nallow_private = [{_quote(private)}]\t# a private address that you named\n"
    )
    text = _TEMPLATE.format(
        name=_quote(site.name or usual),
        url=_quote(site.home),
        timezone=_quote(site.timezone or "UTC"),
        language=_quote(site.language or "en"),
        fetching=fetching if private else "",
        reach=_reach(site.sample.newest_at),
        source=_source(found, folder) if found else _NO_SOURCE,
        tag=_quote(next(iter(site.sample.tags), "leadership")),
        series=_quote(next(iter(site.sample.series), "…")),
    )
    return "\n\n".join(map(_aligned, text.split("\n\n")))


def _reach(newest_at: datetime | None) -> int:
    """Return how many days back the first issue must reach to hold the newest week of posts."""
    quiet = (datetime.now(UTC) - newest_at).days if newest_at else 0
    return quiet + 7 if quiet >= 7 else 7


def _source(found: Discovered, folder: Path) -> str:
    """Return the table of the source that was found; a path is told from the project's folder."""
    lines = ["[[source]]", 'name = "blog"', f"kind = {_quote(found.kind)}"]
    if found.path:
        path = os.path.relpath(found.path.resolve(), folder)
        lines.append(f"path = {_quote(Path(path).as_posix())}")
    needs_url = found.kind in ("markdown", "ghost")
    if found.url and found.kind != "wxr":
        lines.append(f"url = {_quote(found.url)}")
    elif needs_url:
        lines.append(
            '# url = "https://your.blog/"\t# where the posts appear, so that they can be linked'
        )
    if found.permalink:
        said = "as the site's own settings say; see that a link is right"
        lines.append(f"permalink = {_quote(found.permalink)}\t# {said}")
    elif found.kind == "markdown":
        said = "the form of addresses; {path}, {title}, {year}, {month}, {day} and {category} too"
        lines.append(f'# permalink = "/{{slug}}/"\t# {said}')
    return "\n".join([*lines, ""])


def _aligned(paragraph: str) -> str:
    """Return lines with their comments below one another.

    A tab parts each comment from what it explains. No value holds a tab: `_quote` writes it as an
    escape.
    """
    lines = [line.partition("\t") for line in paragraph.split("\n")]
    column = max((len(code) + 2 for code, tab, _ in lines if tab), default=0)
    return "\n".join(
        f"{code:{max(column, COMMENT_COLUMN)}}{said}" if tab else code for code, tab, said in lines
    )


_NO_SOURCE = """\
# Where posts come from; take away each "# " below.
# [[source]]
# name = "blog"
# kind = "wordpress"\t# also: "feed", "page"; with a path: "markdown", "page", "wxr", "ghost"
# url = "https://your.blog/"
"""

_TEMPLATE = """\
# A newsletter. The manual's configuration.md explains every key (`digest --help` says where it is);
# a misspelt one is an error.

[newsletter]
name = {name}
url = {url}
timezone = {timezone}\t# "today" and the end of a day are counted here
language = {language}\t# for dates and fixed words
sender = ""\t# as in "The editors <editors@example.org>"
address = ""\t# your postal address, for the footer; the law asks for it
unsubscribe = ""\t# https://… or mailto:…, unless your mailing service brings its own
# archive = "https://…/issues/"\t# where you publish issues/, for "view in your browser"
# staff = ["Blog editor"]\t# accounts that give way to a byline in the title
{fetching}
{source}
[edition.weekly]
title = {name}
# tags = [{tag}]\t# any of these; all_tags: all of these; exclude_tags: none of these
# series = [{series}]\t# authors, categories and sources select in the same way
since = "last-issue"\t# or a duration such as "7 days"
first_window = "{reach} days"\t# how far back the very first issue reaches
min_posts = 1\t# fewer, and the week is skipped; its posts come in the next issue
# limit = 10\t# the rest is carried over to the next issue
order = "newest"\t# or "oldest", "series", "title"

# [[edition.weekly.section]]\t# sections are filled in order and share no post
# title = "Book reviews"
# tags = ["book review"]
"""
