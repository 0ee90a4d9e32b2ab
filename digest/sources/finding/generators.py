"""Knows what the folder of a site generator says of its site: where posts lie, and their addresses.

Configurations that are programs are not run: what they say in plain lines is read, as `title:
"Moss"`, and the rest is left to the editor. What is not known stays empty, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from digest import frontmatter
from digest.errors import DigestError
from digest.models import Value, decode
from digest.sources.markdown import PLACEHOLDERS, by_colons
from digest.sources.reading import as_text, is_web

# files in which generators say what the site is, the likeliest first; of one site all are read
_CONFIGURATIONS = (
    "_config.yml", "_config.yaml", "bridgetown.config.yml", "src/_data/site_metadata.yml",
    "hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "zola.toml",
    "config.toml", "config.yaml", "config.yml", "config.json",
    "config/_default/hugo.toml", "config/_default/hugo.yaml", "config/_default/config.toml",
    "config/_default/config.yaml",
    "publishconf.py", "pelicanconf.py", "conf.py", "mkdocs.yml", "mkdocs.yaml",
    "docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs",
    "astro.config.mjs", "astro.config.ts", "astro.config.js", "src/consts.ts", "src/config.ts",
    "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", ".eleventy.js",
    "_data/metadata.js", "_data/metadata.json", "_data/site.js", "_data/site.json",
    "src/_data/metadata.json", "src/_data/site.js", "src/_data/site.json",
    "gatsby-config.js", "gatsby-config.ts", "quartz.config.ts",
)  # fmt: skip
_MOST_BYTES = 512 * 1024
# How many folders upwards a site's own configuration is looked for.
_ABOVE = 4

# what a site is called in them, the surest first; keys are compared in small letters
_KEYS = {
    "title": ("title", "site_name", "sitename", "blog_title", "pagetitle", "site_title", "name"),
    "url": ("baseurl", "base_url", "url", "siteurl", "site_url", "site", "website"),
    "language": (
        "languagecode", "lang", "language", "default_language", "default_lang", "defaultlocale",
        "locale",
    ),
    "timezone": ("timezone",),
}  # fmt: skip
# `title: "Moss",` and `SITENAME = 'Moss'`, a line each; in a program nothing else is understood
_LINE = re.compile(
    r"""^[^\S\n]*(?:(?:export|const|let|var)\s+)*["']?([A-Za-z_]+)["']?\s*(?::\s*\w+\s*=|[:=])\s*"""
    r"""(?:["'`]([^"'`\n]*)["'`]|([^\s"'`{\[(][^\n#,]*))""",
    re.MULTILINE,
)
_INLINE = re.compile(r"""\b(site|siteUrl|pageTitle|title|baseUrl)\s*:\s*["'`]([^"'`\n]+)["'`]""")
_PYTHON_DATE = re.compile(r"\{date:%([Ymd])\}")
_PYTHON_NAMES = {"Y": "{year}", "m": "{month}", "d": "{day}"}

# a file of Astro's pages that makes one for each post: "[slug].astro", "[...slug]/index.astro"
_ROUTE = re.compile(r"\[(?:\.\.\.)?\w+\](?:/index)?\.astro")
_JEKYLL = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "none": "/:categories/:title.html",
}


class _Layout(NamedTuple):
    """Say where posts lie beside a file that tells the generator, and the form of addresses."""

    mark: str
    folder: str
    form: str


_LAYOUTS = (
    # Jekyll, Bridgetown and Hexo
    _Layout("_config.y*ml", "_posts", by_colons(_JEKYLL["date"])),
    _Layout("_config.y*ml", "source/_posts", "/{year}/{month}/{day}/{path}/"),
    _Layout("bridgetown.config.yml", "src/_posts", by_colons(_JEKYLL["pretty"])),
    _Layout("docusaurus.config.*", "blog", "/blog/{dated_slug}"),
    _Layout("mkdocs.y*ml", "docs/blog/posts", "/blog/{year}/{month}/{day}/{title}/"),
    _Layout("pelicanconf.py", "content", "/{title}.html"),
    _Layout("conf.py", "posts", "/posts/{path}/"),  # Nikola
    *(
        _Layout("astro.config.*", f"src/{root}/{name}", "")  # its routes are the site's own
        for root in ("content", "data")
        for name in ("blog", "posts", "post", "articles", "writing", "news")
    ),
    *(
        _Layout(mark, "content", "/{path}/")  # Eleventy's usual start, Hugo, Zola, Quartz
        for mark in (
            "*eleventy*.*js", "hugo.*", "zola.toml", "config.*", "config/_default",
            "quartz.config.ts",
        )
    ),
    *(
        _Layout("*eleventy*.*js", folder, form)
        for folder, form in (("src/posts", "/posts/{path}/"), ("posts", "/posts/{path}/"),
                             ("src/blog", "/blog/{path}/"), ("blog", "/blog/{path}/"))
    ),
    _Layout("gatsby-config.*", "content/blog", ""),
)  # fmt: skip


class Site(Value):
    """Hold what is known of the site that a folder belongs to; empty where nothing is.

    posts: the folder of its posts, if it is another one. permalink: the form of addresses, in the
    words of a Markdown source.
    """

    title: str = ""
    url: str = ""
    language: str = ""
    timezone: str = ""
    posts: Path | None = None
    permalink: str = ""


def site_of(path: Path) -> Site:
    """Return what the generator's own files, in a folder or above it, say of its site."""
    here = (path if path.is_dir() else path.parent).resolve()
    for root in islice((here, *here.parents), _ABOVE):
        files = [file for name in _CONFIGURATIONS if (file := root / name).is_file()]
        tables = [values for file in files if (values := _values(file))]
        if tables:
            said = _said(tables)
            posts, form = _posts(root, here, tables)
            return Site(**said, posts=posts, permalink=form)
    return Site()


def _values(path: Path) -> dict[str, Any]:
    """Return what a configuration says, by keys in small letters; empty if it cannot be read."""
    try:
        text = path.read_bytes()[:_MOST_BYTES].decode("utf-8-sig", "replace")
    except OSError:
        return {}
    values: dict[str, Any] = {}
    try:
        if path.suffix == ".toml":
            values = frontmatter.load_toml(text, str(path))
        elif path.suffix == ".json":
            values = decode(text.encode(), dict[str, Any])
        elif path.suffix in (".yml", ".yaml"):
            values = frontmatter.load_yaml(text, str(path))[0]
    except (ValueError, DigestError):  # MkDocs names programs in its YAML
        pass
    return {str(name).lower(): value for name, value in values.items()} or _lines(text)


def _lines(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, quoted, bare in _LINE.findall(text):
        found.setdefault(name.lower(), quoted or bare.strip())
    for name, said in _INLINE.findall(text):
        if not found.get(name.lower()):
            found[name.lower()] = said
    return found


def _said(tables: list[dict[str, Any]]) -> dict[str, str]:
    """Return title, url, language and zone as the first table that tells them has it."""
    found: dict[str, str] = {}
    for table in tables:
        for wanted, names in _KEYS.items():
            said = (as_text(table.get(name)) for name in names)
            usable = (text for text in said if text and (wanted != "url" or is_web(text)))
            if wanted not in found and (text := next(usable, "")):
                below = _below(table) if wanted == "url" else ""
                found[wanted] = f"{text.rstrip('/')}{below}" if below else text
    return found


def _below(table: Mapping[str, Any]) -> str:
    """Return the folder that Jekyll and Docusaurus tell apart from the address of the site."""
    folder = as_text(table.get("baseurl"))
    return "" if is_web(folder) or not folder.strip("/") else f"/{folder.strip('/')}"


def _posts(root: Path, here: Path, tables: list[dict[str, Any]]) -> tuple[Path | None, str]:
    """Return the folder of posts, None where the given one is, and the form of their addresses."""
    for mark, name, usual in _LAYOUTS:
        folder = root / name
        if not folder.is_dir() or not any(root.glob(mark)):
            continue
        form = _own_form(tables, name) or usual
        if name.startswith("src/") and not usual:
            form = _routed(root, folder.name)
        if folder.is_relative_to(here):
            return (folder if folder != here else None), form
        if here.is_relative_to(folder):
            below = here.relative_to(folder).as_posix()
            return None, form.replace("{path}", f"{below}/{{path}}")
    return None, ""


def _routed(root: Path, name: str) -> str:
    """Return the form that Astro's pages give to posts; empty if none or several do."""
    pages = root / "src/pages"
    routes = {
        page.relative_to(pages).as_posix().partition("[")[0]
        for page in islice(pages.rglob("*.astro"), 1_000)
        if _ROUTE.search(page.relative_to(pages).as_posix())
    }
    own = [route for route in routes if route.rstrip("/") == name]
    likely = own or [route for route in routes if "tag" not in route and "categor" not in route]
    return f"/{likely[0]}{{path}}/" if len(likely) == 1 else ""


def _own_form(tables: list[dict[str, Any]], folder: str) -> str:
    """Return the form of addresses that the site's own configuration tells, if we can keep it."""
    for form in _told_forms(tables, folder):
        written = _JEKYLL.get(form, form)
        written = _PYTHON_DATE.sub(lambda found: _PYTHON_NAMES[found[1]], written)
        written = f"/{by_colons(written).lstrip('/')}"
        if ":" not in written and set(re.findall(r"\{(.*?)\}", written)) <= PLACEHOLDERS:
            return written
    return ""


def _told_forms(tables: list[dict[str, Any]], folder: str) -> Iterator[str]:
    for table in tables:
        if isinstance(own := table.get("permalink"), str):  # Jekyll and Hexo
            yield own
        if isinstance(own := table.get("article_url"), str):  # Pelican, whose slug is the title's
            yield own.replace("{slug}", "{title}")
        sections = table.get("permalinks")  # Hugo: by section, or by kind and section
        if isinstance(sections, Mapping):
            inner = sections.get("page")
            forms = list((inner if isinstance(inner, Mapping) else sections).values())
            if len(forms) == 1 and isinstance(forms[0], str):
                yield forms[0]
