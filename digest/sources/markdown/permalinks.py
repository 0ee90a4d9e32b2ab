"""Works out a post's address: from its file's name, its front matter, and the source's own form.

Pure: no file is opened. What a generator would make of a template it does not guess at.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from digest.errors import ConfigError
from digest.lazy import regex
from digest.models import Problem, RawItem, key
from digest.sources.base import SourceSettings
from digest.sources.markdown import meta as post_meta
from digest.sources.reading import is_web

OPTIONS = frozenset({"permalink", "pictures", "undated"})
PICTURES = ("published", "copied")
# "path" is the folders and the slug; "title" the slug that is named, else the title's words;
# "dated_slug" the slug that is named, else year/month/day/slug, as Docusaurus has it
PLACEHOLDERS = frozenset(
    "slug year month day category categories path title dated_slug".split(),
)

_DATED_NAME = regex(r"(\d{4}-\d\d?-\d\d?)[-_](.+)")
# the words of Jekyll, Hexo and Hugo, the longest first
_WORDS = {
    "slugorcontentbasename": "slug", "contentbasename": "slug", "slugorfilename": "slug",
    "filename": "slug", "post_title": "slug", "title": "slug", "slug": "slug",
    "categories": "categories", "category": "category", "sections": "path",
    "year": "year", "month": "month", "day": "day",
}  # fmt: skip
_COLON = regex(rf":({'|'.join(_WORDS)})\b")
_PLACEHOLDER = regex(r"\{(\w+)\}")
_SLASHES = regex(r"/{2,}")
PAGE_NAME = regex(r"_?index(?:\.[a-z]{2}(?:-[a-z]{2})?)?", re.IGNORECASE)
"""The name of a bundle's own file, whose folder names the post."""


class Permalinks:
    """Give posts the addresses they have on the site of a source."""

    def __init__(self, settings: SourceSettings, zone: ZoneInfo) -> None:
        """Check the source's options.

        Raises:
            ConfigError: if one is unknown or cannot be used.
        """
        self.form = self._form = checked_form(settings)
        self._url, self._zone = settings.url, zone
        # the folder may itself be a bundle, whose name is its post's
        self._root = settings.path.resolve().name if settings.path else ""

    def of(
        self, meta: post_meta.Meta, item: RawItem, name: str, problems: list[str | Problem]
    ) -> str | None:
        """Return a post's address: its own, else by its own form or the source's.

        None without a base. `name` is the file's path within the folder.
        """
        own = meta.text("permalink", "url")
        if is_web(own):
            return own
        if not self._url:
            return None
        if "{{" in own or "{%" in own:
            problems.append("has a permalink that is a template; the source's own form is used")
            own = ""
        form = by_colons(own) if own else ""
        values = self._values(item, slug_of(meta.text("slug")), name)
        return self._filled(form or self._form, values, problems)

    def _values(self, item: RawItem, named: str, name: str) -> dict[str, str]:
        """Return what stands for the placeholders; `named` is the slug that front matter gives."""
        path = Path(name)
        slug = named or slug_of(from_name(f"{self._root}/{name}")[0])
        # a bundle's own folder is the post itself
        folder = path.parent.parent if PAGE_NAME.fullmatch(path.stem) else path.parent
        values = {
            "slug": slug,
            "title": named or key(item.title) or slug,
            "path": "/".join([*map(slug_of, folder.parts), slug]),
            "category": slug_of(item.categories[0].name) if item.categories else "",
            # Jekyll keeps a category's blanks
            "categories": "/".join(term.name.lower() for term in item.categories),
        }
        if named:
            values["dated_slug"] = named
        if item.published_at:
            local = item.published_at.astimezone(self._zone)
            values |= {"year": f"{local:%Y}", "month": f"{local:%m}", "day": f"{local:%d}"}
            values.setdefault("dated_slug", f"{local:%Y/%m/%d}/{slug}")
        return values

    def _filled(
        self, form: str, values: dict[str, str], problems: list[str | Problem]
    ) -> str | None:
        try:
            path = _PLACEHOLDER.sub(lambda found: values[found[1]], form)
        except KeyError as exc:
            problems.append(f"gets no address, as its permalink needs a {exc.args[0]}")
            return None
        # A placeholder that stayed empty leaves two slashes, which would be another address.
        path = _SLASHES.sub("/", f"/{path}")
        # What may stand in a path as it is (RFC 3986, 3.3), and what was quoted already.
        return self._url.rstrip("/") + quote(path, safe="/%:@!$&'()*+,;=~?#.-_")


def checked_form(settings: SourceSettings) -> str:
    """Return the form of addresses, `/{slug}/` unless told.

    Raises:
        ConfigError: if an option of the source is unknown or cannot be used.
    """
    for option in settings.options:
        if option not in OPTIONS:
            hint = f"It takes {', '.join(sorted(OPTIONS))}."
            raise ConfigError(
                f'a markdown source has no key "{option}"', where=settings.where, hint=hint
            )
    if settings.options.get("pictures", "published") not in PICTURES:
        raise ConfigError(
            f"unusable pictures: {settings.options['pictures']!r}",
            where=settings.where,
            hint=f"Use {' or '.join(PICTURES)}.",
        )
    if not isinstance(settings.options.get("undated", False), bool):
        raise ConfigError(
            "unusable undated", where=settings.where, hint="Write undated = true or false."
        )
    form = settings.options.get("permalink", "/{slug}/")
    unknown = set(re.findall(r"\{(.*?)\}", form)) - PLACEHOLDERS if isinstance(form, str) else {"…"}
    if unknown or not isinstance(form, str):
        hint = f"Use {', '.join(f'{{{name}}}' for name in sorted(PLACEHOLDERS))}."
        raise ConfigError(f"unusable permalink: {form!r}", where=settings.where, hint=hint)
    return form


def by_colons(form: str) -> str:
    """Return a form of addresses in our words that Jekyll, Hexo or Hugo has in theirs.

    >>> by_colons("/:categories/:year/:title:output_ext")
    '/{categories}/{year}/{slug}.html'
    """
    form = form.replace(":output_ext", ".html").replace(":sections/:slug", ":sections")
    return _COLON.sub(lambda found: f"{{{_WORDS[found[1]]}}}", form)


def from_name(name: str) -> tuple[str, str, str]:
    """Return slug, date and language as a path tells them; a bundle's folder names its post.

    >>> from_name("2026/ferns/index.fr.md")
    ('ferns', '', 'fr')
    >>> from_name("_posts/2026-11-22-ferns.md")
    ('ferns', '2026-11-22', '')
    """
    path = Path(name)
    stem, language = path.stem, ""
    if PAGE_NAME.fullmatch(stem):
        language = stem.partition(".")[2].lower()
        stem = path.parent.name or "index"
    dated = _DATED_NAME.fullmatch(stem)
    return (dated[2], dated[1], language) if dated else (stem, "", language)


def slug_of(text: str) -> str:
    """Return a name as part of an address; one without blanks stays as it is."""
    text = text.strip("/")
    return text if re.fullmatch(r"[\w.~/-]+", text) else key(text)
