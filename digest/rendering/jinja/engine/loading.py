"""Where templates lie: in the first root with them, a partial beside its template or shared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha1
from typing import Any

from jinja2 import BaseLoader, FileSystemLoader, TemplateNotFound

from digest.files import readable
from digest.lazy import regex
from digest.rendering.jinja.compiled import CompiledTemplates
from digest.rendering.jinja.engine.splicing import spliced

_COMMENT = regex(r"\{#.*?#\}", re.DOTALL)
_EXTENDS = regex(r"""\{%[-+]?\s*extends\s+["']([^"']+)["']""")


class Loader(FileSystemLoader):
    """Find a template's partial in its own folder, else among those that all templates share."""

    def __init__(self, searchpath: Sequence[str]) -> None:
        # Windows' editors put a mark before UTF-8, which would be the page's first letter.
        super().__init__(searchpath, encoding="utf-8-sig")

    def get_source(self, environment: Any, template: str) -> Any:
        """Return the source of a template, as every loader does.

        Raises:
            TemplateError: if its file cannot be read, or is not UTF-8.
            TemplateNotFound: if there is none; Jinja's error.
        """
        for place in places(template):
            with suppress(TemplateNotFound), readable(place):
                return super().get_source(environment, place)
        raise TemplateNotFound(template)


class Splicer(BaseLoader):
    """Splice what a template includes into what other loaders find.

    A template also tells the hash of those it extends, so that its compiled code is kept for as
    long as they are what they were when its blocks were found there.
    """

    def __init__(self, files: BaseLoader, compiled: CompiledTemplates | None = None) -> None:
        self._files = files
        self._compiled = compiled or CompiledTemplates(None)

    def load(self, environment: Any, name: str, globals: Any = None) -> Any:  # noqa: A002
        """Return a template, as every loader does, compiled now or by a former process."""
        source, filename, uptodate = self.get_source(environment, name)
        kind = "markup" if environment.autoescape else "text"
        said = f"jinja {kind} {name}\n{source}".encode(errors="surrogatepass")
        code = self._compiled.code(said, lambda: environment.compile(source, name, filename))
        return environment.template_class.from_code(environment, code, globals or {}, uptodate)

    def get_source(self, environment: Any, template: str) -> Any:
        """Return the source of a template with its includes in place.

        Raises:
            TemplateNotFound: if there is none; Jinja's error.
        """
        source, filename, uptodate = self._files.get_source(environment, template)

        @cache  # a page includes its partials for each kind of post
        def named(name: str) -> tuple[str, str] | None:
            try:
                found: str = self._files.get_source(environment, name)[0]
            except TemplateNotFound:
                return None  # what is not there is told when it is included
            return name, found if environment.keep_trailing_newline else found.removesuffix("\n")

        def find(written: str, parent: str) -> tuple[str, str] | None:
            return named(environment.join_path(written, parent))

        source = spliced(source, template, find)
        # A tag in a comment extends nothing.
        for extends in _EXTENDS.finditer(_COMMENT.sub("", source)):
            above = find(extends[1], template)
            if above is not None and above[0] != template:
                mark = sha1(above[1].encode()).hexdigest()  # noqa: S324 - no secret
                source = f"{{# {mark} #}}\n{source}"
        return source, filename, uptodate


def places(name: str) -> tuple[str, ...]:
    """Return where a template may lie, the nearest place first.

    >>> places("weekly/partials/footer.mjml.j2")
    ('weekly/partials/footer.mjml.j2', 'partials/footer.mjml.j2')
    """
    _, _, around = name.partition("/")
    return (name, around) if around.startswith("partials/") else (name,)
