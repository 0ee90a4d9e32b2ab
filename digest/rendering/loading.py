"""Where templates lie: in the first root that has them, a partial with its template or with the shared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from jinja2 import FileSystemLoader, TemplateNotFound

from digest.errors import TemplateError


class Loader(FileSystemLoader):
    """Find a template's partial in its own folder, else among the partials that all templates share."""

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


@contextmanager
def readable(where: str) -> Iterator[None]:
    """Tell what keeps a file from being read as text.

    Raises:
        TemplateError: if it cannot be opened, or is not UTF-8; names the line.
    """
    try:
        yield
    except TemplateNotFound:  # an OSError too, and the loaders' own
        raise
    except UnicodeDecodeError as exc:
        line = exc.object.count(b"\n", 0, exc.start) + 1
        told = f"the byte 0x{exc.object[exc.start]:02x} is not UTF-8"
        hint = "Save the file as UTF-8 in your editor."
        raise TemplateError(told, where=f"{where}:{line}", hint=hint) from exc
    except OSError as exc:
        hint = "See that it is a file and that you may read it."
        raise TemplateError(f"cannot be read ({exc.strerror or exc})", where=where, hint=hint) from exc


def places(name: str) -> tuple[str, ...]:
    """Return where a template may lie, the nearest place first.

    >>> places("weekly/partials/footer.mjml.j2")
    ('weekly/partials/footer.mjml.j2', 'partials/footer.mjml.j2')
    """
    _, _, around = name.partition("/")
    return (name, around) if around.startswith("partials/") else (name,)
