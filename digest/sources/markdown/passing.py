"""Knows which folders and files of a site's repository hold no posts, and which pages are no news.

Pure: names in, reasons out. A reason is what an editor reads when a file is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from digest.lazy import regex
from digest.sources.markdown.permalinks import PAGE_NAME

# what generators build from, by the name of the folder
_MACHINERY = frozenset(
    "_layouts _includes _partials _components _sass _data _plugins _templates layouts includes"
    " archetypes scaffolds templates themes partials components examplesite".split()
)
# what generators write
_OUTPUT = frozenset("_site _public _output site-packages".split())
# what generators write where nobody tells them otherwise, and what may as well hold somebody's
# posts
_USUAL_OUTPUT = frozenset("public dist output build site".split())
# what stands beside such a folder, or in it, where a generator wrote it
_GENERATORS = (
    "hugo.toml", "hugo.yaml", "hugo.json", "config.toml", "config.yaml",
    "_config.yml", "_config.yaml",
    "pelicanconf.py", "eleventy.config.js", ".eleventy.js", "astro.config.mjs", "astro.config.ts",
    "gatsby-config.js", "next.config.js", "mkdocs.yml", "package.json", "zola.toml", "Gemfile",
)  # fmt: skip
# other people's work that lies in the repository
_FOREIGN = frozenset("node_modules bower_components vendor".split())
_UNFINISHED = frozenset({"_drafts", "drafts"})

_ABOUT_FOLDER = regex(
    r"(?:readme|licen[cs]e|changelog|changes|contributing|code[-_]of[-_]conduct)(?:[._-].*)?",
    re.IGNORECASE,
)
_TEMPLATE = regex(r"\s*(?:\{\{-?\s*(?:define|template|partial)\b|\{%-?\s*(?:extends|block)\b)")


def why_not_entered(folder: Path) -> str:
    """Return why no posts are looked for in a folder; nothing where they are.

    >>> why_not_entered(Path("_layouts")), why_not_entered(Path("_posts"))
    ("is a generator's own folder, so no posts are looked for in it", '')
    """
    name = folder.name.lower()
    if name in _MACHINERY:
        return "is a generator's own folder, so no posts are looked for in it"
    if name in _OUTPUT or (name in _USUAL_OUTPUT and _is_written(folder)):
        return "is what a generator wrote, so no posts are looked for in it"
    if name in _FOREIGN:
        return "holds other people's files, so no posts are looked for in it"
    return ""


def _is_written(folder: Path) -> bool:
    """Tell whether a folder is what a generator wrote.

    A front page is in it, or its generator beside it.
    """
    if (folder / "index.html").is_file():
        return True
    beside = (*_GENERATORS, *_MACHINERY, *_FOREIGN)
    return any((folder.parent / name).exists() for name in beside)


def is_unfinished(parts: list[str]) -> bool:
    """Tell whether a file is a draft by its folder, or by its name as in Medium's export."""
    return bool(_UNFINISHED & {part.lower() for part in parts[:-1]}) or parts[-1].startswith(
        "draft_"
    )


def why_no_post(stem: str, text: str, has_meta: bool, is_loose: Callable[[], bool]) -> str:
    """Return why a file is no post by its name and make.

    `is_loose` tells a note within a bundle.
    """
    if stem.startswith("_") and not PAGE_NAME.fullmatch(stem):
        return "has a name that begins with an underscore, so generators leave it out"
    if not has_meta and _ABOUT_FOLDER.fullmatch(stem):
        return "is about the folder, no post: it has no front matter"
    if not has_meta and is_loose():
        return "lies in another post's folder and has no front matter, so it is no post"
    if _TEMPLATE.match(text):
        return "is a template, no post"
    return ""
