"""Where templates lie: in the first root that has them, a partial with its template or with the shared."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from jinja2 import FileSystemLoader, TemplateNotFound


class Loader(FileSystemLoader):
    """Find a template's partial in its own folder, else among the partials that all templates share."""

    def get_source(self, environment: Any, template: str) -> Any:
        """Return the source of a template, as every loader does."""
        for place in places(template):
            with suppress(TemplateNotFound):
                return super().get_source(environment, place)
        raise TemplateNotFound(template)


def places(name: str) -> tuple[str, ...]:
    """Return where a template may lie, the nearest place first.

    >>> places("weekly/partials/footer.mjml.j2")
    ('weekly/partials/footer.mjml.j2', 'partials/footer.mjml.j2')
    """
    _, _, around = name.partition("/")
    return (name, around) if around.startswith("partials/") else (name,)
