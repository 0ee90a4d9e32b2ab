"""The templates of some folders: compiled by Jinja once, and mostly printed without it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

from digest.models import Slotted
from digest.rendering.jinja import light
from digest.rendering.jinja.compiled import CompiledTemplates
from digest.rendering.jinja.filters import Filters
from digest.rendering.jinja.limits import working
from digest.rendering.jinja.sources import Sources
from digest.rendering.jinja.values import token, words_or_token

if TYPE_CHECKING:
    from digest.rendering.jinja.engine import Environment


class Templates:
    """Print templates of markup or of text.

    Jinja is imported where a template is not compiled yet, does something unusual, or fails. Each
    template is read once.
    """

    def __init__(
        self,
        roots: Sequence[Path],
        filters: Filters,
        sources: Sources,
        compiled: CompiledTemplates,
        *,
        is_text: bool = False,
    ) -> None:
        self._roots, self._filters, self._is_text = roots, filters, is_text
        self._sources, self._compiled = sources, compiled
        self._light = light.Environment(
            filters, words_or_token if is_text else token, autoescape=not is_text
        )
        self._pages: dict[str, light.Page | None] = {}

    @cached_property
    def environment(self) -> Environment:
        """Return Jinja's environment of these templates."""
        from digest.rendering.jinja.engine import Environment

        return Environment(
            self._roots, self._filters, autoescape=not self._is_text, compiled=self._compiled
        )

    def run(self, name: str, context: Mapping[str, object]) -> tuple[str, list[Slotted]]:
        """Render a template; return what it printed and the values its tokens stand for.

        Raises:
            TemplateError: if the template does not exist or fails; names template and line.
        """
        try:
            with working():
                return self._page(name).printed(context)
        except Exception:  # noqa: BLE001 - whatever it is, Jinja can do it, or tell it
            from digest.rendering.jinja.engine import run

            done = run(self.environment, name, context)
            self._pages[name] = None  # it is Jinja's from now on
            return done

    def parts(self, name: str) -> dict[str, Path]:
        """Return the files that a template is made of, itself and all it includes, by their names.

        Raises:
            TemplateError: if one does not exist or cannot be read as a template.
        """
        from digest.rendering.jinja.engine import parts

        return parts(self.environment, name)

    def _page(self, name: str) -> light.Page:
        if name not in self._pages:
            said = self._said(name) if self._compiled.is_kept else b""
            self._pages[name] = light.Page(self._light, self._compiled.code(said, self._code(name)))
        page = self._pages[name]
        if page is None:
            raise light.Unusual
        return page

    def _code(self, name: str) -> Callable[[], CodeType]:
        return lambda: self.environment.light(name)

    def _said(self, name: str) -> bytes:
        kind = "text" if self._is_text else "markup"
        return f"light {kind} {name} ".encode() + self._sources.stamp
