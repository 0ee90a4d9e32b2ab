"""Jinja: templates run sandboxed, in environments for pages and texts, and fail with a line.

This room refuses to know what an issue looks like (see `context`) and what becomes of a printed
value (see `printing`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import CodeType, SimpleNamespace
from typing import Any, Final, NoReturn

from jinja2 import BaseLoader, ChoiceLoader, PrefixLoader, TemplateRuntimeError, pass_context
from jinja2.ext import Extension
from jinja2.meta import find_referenced_templates

from digest.errors import TemplateError
from digest.lazy import regex
from digest.models import Slotted, Value
from digest.rendering.jinja.compiled import CompiledTemplates
from digest.rendering.jinja.engine.blocks import refuse_missing_files, refuse_strange_blocks
from digest.rendering.jinja.engine.faults import translated
from digest.rendering.jinja.engine.generating import Generator
from digest.rendering.jinja.engine.loading import Loader, Splicer, places
from digest.rendering.jinja.engine.missing import seen
from digest.rendering.jinja.engine.printing import GivenTag, Page, is_fillable, printed
from digest.rendering.jinja.engine.sandbox import Sandbox
from digest.rendering.jinja.filters import Filters, takes_context
from digest.rendering.jinja.light import RUNTIME
from digest.rendering.jinja.limits import working
from digest.rendering.jinja.values import EDGE, FILLABLE, edge, token, words_or_token

_UNSAFE_FILTERS = ("safe", "e", "escape", "forceescape", "urlize", "xmlattr", "tojson")

_OWN = (SimpleNamespace, Value)
_JINJAS_RUNTIME: Final = "from jinja2.runtime import "

_INCLUDES: Final = regex(r"\{%[-+]?\s*(?:include|import|from)\b")


class Environment(Sandbox):
    """Find included templates beside the one that includes them, and splice them in.

    A spliced template is compiled as one piece, and kept for the next process by `compiled`;
    `exact` is the same environment without splicing, which names the right file when something
    fails. Each template is read once.
    """

    code_generator_class = Generator
    context_class = Page

    def __init__(
        self,
        roots: Sequence[Path],
        filters: Filters,
        extensions: Sequence[type[Extension]] = (),
        *,
        autoescape: bool,
        splices: bool = True,
        compiled: CompiledTemplates | None = None,
    ) -> None:
        everywhere = Loader([str(root) for root in roots])
        shipped = PrefixLoader({"shipped": Loader(str(roots[-1]))})
        self.files = ChoiceLoader([everywhere, shipped])
        self._pieces: BaseLoader = Splicer(self.files, compiled) if splices else self.files
        super().__init__(
            loader=self._pieces,
            autoescape=autoescape,
            extensions=[GivenTag, *extensions],
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=not autoescape,
            auto_reload=False,
        )
        self.keep = token if autoescape else words_or_token
        self.tests[FILLABLE] = is_fillable
        self.filters[EDGE] = edge
        if autoescape:
            self.filters.update({name: _refuse_filter(name) for name in _UNSAFE_FILTERS})
        for name, made in filters.items():
            self.filters[name] = pass_context(made) if takes_context(made) else made
        self.roots = tuple(roots)
        self.own_filters = filters
        self.own: set[type] = set()
        """The types met so far whose attributes a template may read without being watched."""
        self._resolved: dict[tuple[str, str], str] = {}

    def exact(self, extensions: Sequence[type[Extension]] = ()) -> Environment:
        """Return an environment of the same templates that splices nothing."""
        return Environment(
            self.roots,
            self.own_filters,
            extensions,
            autoescape=bool(self.autoescape),
            splices=False,
        )

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute; those of our own values need no inspection by the sandbox."""
        if isinstance(obj, _OWN) and attribute[0] != "_":
            self.own.add(type(obj))
            try:
                return getattr(obj, attribute)
            except AttributeError:
                pass
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item; of our own values an attribute, as filters such as `map` ask for it."""
        if isinstance(obj, _OWN) and isinstance(argument, str):
            return self.getattr(obj, argument)
        return super().getitem(obj, argument)

    def join_path(self, template: str, parent: str) -> str:
        """Resolve `partials/a.j2` in `weekly/issue.mjml.j2` as `weekly/partials/a.j2`.

        That is its name wherever the file lies, so that a partial which all templates share finds
        those of the template it serves. What a shipped template includes may be overridden by the
        project too.
        """
        known = self._resolved.get((template, parent))
        if known is None:
            folder = parent.removeprefix("shipped/").rpartition("/")[0]
            if template.startswith("partials/"):
                folder = folder.removesuffix("/partials")
            while folder and not self.exists(f"{folder}/{template}"):
                folder = folder.rpartition("/")[0]
            known = self._resolved[template, parent] = (
                f"{folder}/{template}" if folder else template
            )
        return known

    def compile(
        self,
        source: Any,
        name: str | None = None,
        filename: str | None = None,
        *args: Any,
        **options: Any,
    ) -> Any:
        """Compile a template, unless it names blocks or files that there are not."""
        if isinstance(source, str) and name is not None:
            if "extends" in source:
                refuse_strange_blocks(self, self.parse(source, name, filename), name)
            if _INCLUDES.search(source):
                refuse_missing_files(self, self.parse(source, name, filename), name)
        return super().compile(source, name, filename, *args, **options)

    def light(self, name: str) -> CodeType:
        """Return a template compiled for `light`, which runs it without Jinja.

        Raises:
            TemplateError: if its file cannot be read.
            TemplateNotFound, TemplateSyntaxError: if there is none, or it is none; Jinja's errors.
        """
        source, filename, _ = self._pieces.get_source(self, name)
        # its very first words, which no template can write
        written = str(self.compile(source, name, filename, True)).removeprefix(_JINJAS_RUNTIME)
        return compile(f"{RUNTIME}{written}", filename or name, "exec")

    def source(self, name: str) -> tuple[str, str | None]:
        """Return a template's source and its file.

        Raises:
            TemplateNotFound: if there is no such template; Jinja's error.
        """
        source, filename, _ = self.files.get_source(self, name)
        return source, filename

    def exists(self, name: str) -> bool:
        """Tell whether there is a template of that name, or a partial that all share."""
        found = places(name.removeprefix("shipped/"))
        # asked for each include: a Path each would cost more than the asking
        paths = (f"{root}/{place}" for place in found for root in self.roots)
        return any(map(os.path.exists, paths))


def parts(environment: Environment, name: str) -> dict[str, Path]:
    """Return the files that a template is made of, itself and all it includes, by their names.

    Raises:
        TemplateError: if one does not exist or cannot be read as a template.
    """
    found: dict[str, Path] = {}
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in found:
            continue
        with translated(current, environment.roots, environment.filters):
            source, filename = environment.source(current)
            tree = environment.parse(source, current, filename)
        found[current] = Path(filename or current)
        others = (other for other in find_referenced_templates(tree) if other)
        waiting += (environment.join_path(other, current) for other in others)
    return found


def _refuse_filter(name: str) -> Callable[..., NoReturn]:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise TemplateRuntimeError(
            f"the filter {name!r} is not needed here: "
            "text is escaped by itself, and HTML is known as such"
        )

    return refuse


def run(
    environment: Environment, name: str, context: Mapping[str, object]
) -> tuple[str, list[Slotted]]:
    """Render a template; return what it printed and the values its tokens stand for.

    Raises:
        TemplateError: if the template does not exist or fails; names template and line.
    """
    try:
        return _run(environment, name, context)
    except TemplateError:
        return _run(
            environment.exact(), name, context
        )  # fails likewise and knows where, or knows better


def _run(
    environment: Environment, name: str, context: Mapping[str, object]
) -> tuple[str, list[Slotted]]:
    values: list[Slotted] = []
    before, known = printed.set(values), seen.set(context)
    try:
        with translated(name, environment.roots, environment.filters), working():
            return environment.get_template(name).render(context), values
    finally:
        printed.reset(before)
        seen.reset(known)
