"""Where templates lie: in the first root with them, a partial beside its template or shared."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from jinja2 import FileSystemLoader, TemplateNotFound

from digest.files import readable


class Loader(FileSystemLoader):
    """Find a template's partial in its own folder, else among those that all templates share."""

    def __init__(self, searchpath: Sequence[str]) -> None:
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


def places(name: str) -> tuple[str, ...]:
    """Return where a template may lie, the nearest place first.

    >>> places("weekly/partials/footer.mjml.j2")
    ('weekly/partials/footer.mjml.j2', 'partials/footer.mjml.j2')
    """
    _, _, around = name.partition("/")
    return (name, around) if around.startswith("partials/") else (name,)
