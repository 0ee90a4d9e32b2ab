"""Jinja: templates run sandboxed, and every value they print becomes an opaque token.

What a template prints is content, and content never meets MJML: `finalize` keeps the value and prints a
token of letters and digits, numbered by its place. Three things are printed as they are, because MJML must
see them: what the engine itself marked up (macros, `super()`, `{% set %}` blocks), theme values, and
`Literal`s of the context. The text part is the other way round: values are printed, and only slots become
tokens, since wrapping and underlining need the words.

Templates get one tag of our own, `{% given slots.x %}…{% otherwise %}…{% endgiven %}`: a region that is kept
only where the slot has a value. Which is so depends on the service, so it is decided when a page is filled.

This room refuses to know what an issue looks like: see `context`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from keyword import iskeyword
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any, Final, NoReturn, TypeAlias

from jinja2 import (
    ChoiceLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateRuntimeError,
    Undefined,
    nodes,
    pass_context,
)
from jinja2.compiler import CodeGenerator
from jinja2.ext import Extension
from jinja2.meta import find_referenced_templates
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from digest.errors import TemplateError
from digest.models import Slotted, Value
from digest.rendering.compiled import CompiledTemplates
from digest.rendering.faults import translated
from digest.rendering.folding import Constants, folded
from digest.rendering.loading import Loader, places
from digest.rendering.slots import SLOTS
from digest.rendering.splicing import Part, digest_of, spliced

TOKEN: Final = re.compile(r"zq(\d{4,})fqz")
TEXT_TOKEN: Final = re.compile("\x02(\\d+)\x03")

_TOKENS = tuple(f"zq{number:04d}fqz" for number in range(300))

_UNSAFE_FILTERS = ("safe", "e", "escape", "forceescape", "urlize", "xmlattr", "tojson")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

_values: ContextVar[list[Slotted]] = ContextVar("values")

Filters: TypeAlias = Mapping[str, Callable[..., Any]]


class Html(str):
    """Mark content as clean HTML, which is put into a page as it is."""

    __slots__ = ()


class Literal(Markup):
    """Mark a value of our own that MJML has to see, such as a colour or a direction."""

    __slots__ = ()


class Slot:
    """Stand for a merge tag in a template; printing it makes a token."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __bool__(self) -> NoReturn:
        raise TemplateRuntimeError(
            f"whether slots.{self.name} has a value depends on the service: "
            f"write {{% given slots.{self.name} %}}…{{% endgiven %}} instead of {{% if %}}"
        )


class Slots(SimpleNamespace):
    """Offer every slot of a page to its template; `names` is empty where nothing is personal."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(**{name: Slot(name) for name in names})


class _Bound:
    """Mark the edge of a `given` region."""

    __slots__ = ("value",)

    def __init__(self, kind: str, name: str) -> None:
        self.value = Slotted(kind=kind, value=name)  # type: ignore[arg-type]


class GivenTag(Extension):
    """Parse `{% given slots.x %}…{% otherwise %}…{% endgiven %}`.

    Where the page has no such slot at all (the web page), only the "otherwise" branch is rendered.
    """

    tags = {"given"}

    def parse(self, parser: Parser) -> nodes.Node:
        """Return the region as Jinja's own nodes."""
        line = next(parser.stream).lineno
        slot = parser.parse_expression()
        body = parser.parse_statements(("name:otherwise", "name:endgiven"))
        otherwise: list[nodes.Node] = []
        if parser.stream.current.value == "otherwise":
            next(parser.stream)
            otherwise = parser.parse_statements(("name:endgiven",))
        next(parser.stream)
        region = [self._bound("given", slot), *body]
        if otherwise:
            region += [self._bound("otherwise", slot), *otherwise]
        region.append(self._bound("end", slot))
        return nodes.If(nodes.Test(slot, _FILLABLE, [], [], None, None), region, [], otherwise).set_lineno(
            line
        )

    def _bound(self, kind: str, slot: nodes.Expr) -> nodes.Output:
        return nodes.Output([nodes.Filter(slot, _EDGE, [nodes.Const(kind)], [], None, None)])


def _is_fillable(slot: object) -> bool:
    """Tell whether this page has the slot; a name that is no slot's is an error on every page."""
    if isinstance(slot, Undefined) and slot._undefined_name not in SLOTS:
        slot._fail_with_undefined_error()
    return isinstance(slot, Slot)


def _edge(slot: Slot, kind: str) -> _Bound:
    """Return the edge of a region, for `finalize`."""
    return _Bound(kind, slot.name)


# no template can name these two, since a name has no spaces
_FILLABLE: Final = "given slot"
_EDGE: Final = "given edge"


# ---------------------------------------------------------------- what is printed


def slotted(value: object) -> Slotted:
    """Return a printed value as what a page keeps of it."""
    if isinstance(value, Slot):
        return Slotted(kind="slot", value=value.name)
    if isinstance(value, _Bound):
        return value.value
    if isinstance(value, Html):
        return Slotted(kind="html", value=str.__str__(value))
    if value is None:
        return Slotted(kind="text", value="")
    return Slotted(kind="text", value=str(value))


@pass_context  # without it Jinja would fold constants through this hook while compiling
def tokenise(context: Context, value: object) -> str:
    """Keep a value and print its token; what the engine marked up passes."""
    kind = type(value)
    if kind is Literal or kind is Markup:
        return value  # type: ignore[return-value]
    values = _values.get()
    number = len(values)
    token = _TOKENS[number] if number < len(_TOKENS) else f"zq{number:04d}fqz"
    if kind is str:
        values.append(Slotted(kind="text", value=value))  # type: ignore[arg-type]
        return token
    values.append(slotted(value))
    return Markup(f"<!--{token}-->") if type(value) is _Bound else token  # noqa: S704 - ours alone


@pass_context
def tokenise_slots(context: Context, value: object) -> str:
    """Print a value, or the token of a slot, in a text template."""
    if isinstance(value, (Slot, _Bound)):
        values = _values.get()
        values.append(slotted(value))
        return f"\x02{len(values) - 1}\x03"
    return _CONTROLS.sub("", str("" if value is None else value))


# ---------------------------------------------------------------- environments


_OWN = (SimpleNamespace, Value)


class _Generator(CodeGenerator):
    """Write less than Jinja would, where less says the same.

    No `escape` and `str` around what is printed, since `finalize` always returns what is ready; and our own
    values' attributes are read without asking the sandbox, which would allow them all.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._asked: set[int] = set()

    def _output_child_pre(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:
        self.write(finalize.src)

    def _output_child_post(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Any) -> None:  # noqa: N802 - named by Jinja
        """Write a plain attribute access for our own values, and Jinja's for all others.

        One that is not there raises at once, so this is not for those of which a template asks if they are.
        """
        plain = node.attr.isidentifier() and not iskeyword(node.attr) and node.attr[0] != "_"
        if not plain or id(node) in self._asked:
            super().visit_Getattr(node, frame)
            return
        self.write(f"(obj.{node.attr} if type(obj := ")
        self.visit(node.node, frame)
        self.write(f") in environment.own else environment.getattr(obj, {node.attr!r}))")

    def visit_Filter(self, node: nodes.Filter, frame: Any) -> None:  # noqa: N802
        """Remember what `default` is asked about."""
        if node.name in ("default", "d"):
            self._asked.add(id(node.node))
        super().visit_Filter(node, frame)

    def visit_Test(self, node: nodes.Test, frame: Any) -> None:  # noqa: N802
        """Remember what `is defined` is asked about."""
        if node.name in ("defined", "undefined", _FILLABLE):
            self._asked.add(id(node.node))
        super().visit_Test(node, frame)


class Environment(ImmutableSandboxedEnvironment):
    """Find included templates beside the one that includes them, and splice them in.

    A spliced template is compiled as one piece; `exact` is the same environment without splicing, which names
    the right file when something fails. Each template is read once; compiled ones are kept in `kept` for the
    next process. `constants` are what all pages have in common: templates are compiled for them alone.
    """

    code_generator_class = _Generator

    def __init__(
        self,
        roots: Sequence[Path],
        filters: Filters,
        extensions: Sequence[type[Extension]] = (),
        *,
        autoescape: bool,
        splices: bool = True,
        kept: CompiledTemplates | None = None,
        constants: Constants = MappingProxyType({}),
    ) -> None:
        everywhere = Loader([str(root) for root in roots])
        shipped = PrefixLoader({"shipped": Loader(str(roots[-1]))})
        super().__init__(
            loader=ChoiceLoader([everywhere, shipped]),
            undefined=StrictUndefined,
            autoescape=autoescape,
            finalize=tokenise if autoescape else tokenise_slots,
            extensions=[GivenTag, *extensions],
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=not autoescape,
            auto_reload=False,
        )
        self.tests[_FILLABLE] = _is_fillable
        self.filters[_EDGE] = _edge
        if autoescape:
            self.filters.update({name: _refuse_filter(name) for name in _UNSAFE_FILTERS})
        self.filters.update(filters)
        self.roots = tuple(roots)
        self.own_filters = filters
        self.own: set[type] = set()
        """The types met so far whose attributes a template may read without being watched."""
        self._splices = splices
        self._constants = constants
        self._kept = kept or CompiledTemplates(None)
        self._resolved: dict[tuple[str, str], str] = {}

    def exact(self, extensions: Sequence[type[Extension]] = ()) -> Environment:
        """Return an environment of the same templates that splices nothing."""
        return Environment(
            self.roots, self.own_filters, extensions, autoescape=bool(self.autoescape), splices=False
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
        """Resolve `partials/post.mjml.j2` in `weekly/issue.mjml.j2` as `weekly/partials/post.mjml.j2`.

        That is its name wherever the file lies, so that a partial which all templates share finds those of
        the template it serves. What a shipped template includes may be overridden by the project too.
        """
        known = self._resolved.get((template, parent))
        if known is None:
            folder = parent.removeprefix("shipped/").rpartition("/")[0]
            if template.startswith("partials/"):
                folder = folder.removesuffix("/partials")
            while folder and not self._exists(f"{folder}/{template}"):
                folder = folder.rpartition("/")[0]
            known = self._resolved[template, parent] = f"{folder}/{template}" if folder else template
        return known

    def compile(
        self, source: Any, name: str | None = None, filename: str | None = None, *args: Any, **options: Any
    ) -> Any:
        """Compile a template with its includes spliced in, unless it is kept from an earlier process."""
        if not (self._splices and isinstance(source, str) and name is not None):
            return super().compile(source, name, filename, *args, **options)
        own = [str(root) for root in self.roots if root.is_dir()]  # most projects have none but the shipped
        known_names = sorted(self._constants.items())
        settings = (self.autoescape, sorted(self.filters), known_names)
        key = self._kept.key(own, name, filename, *settings, digest_of(source))
        known = self._kept.read(key)
        if known and self._still_means(known[0]):
            return known[1]
        tree, includes = spliced(self, source, name)
        code = super().compile(folded(tree, self._constants), name, filename, *args, **options)
        self._kept.write(key, includes, code)
        return code

    def _still_means(self, includes: Iterable[Part]) -> bool:
        """Tell whether each include still names the same template, and its source is what it was."""
        if any(self.join_path(part.written, part.parent) != part.name for part in includes):
            return False
        sources = {part.name: part.digest for part in includes}
        try:
            return all(digest_of(self.source(name)[0]) == digest for name, digest in sources.items())
        except TemplateNotFound:
            return False

    def source(self, name: str) -> tuple[str, str | None]:
        """Return a template's source and its file.

        Raises:
            TemplateNotFound: if there is no such template; Jinja's error.
        """
        if self.loader is None:
            raise TemplateNotFound(name)
        source, filename, _ = self.loader.get_source(self, name)
        return source, filename

    def _exists(self, name: str) -> bool:
        found = places(name.removeprefix("shipped/"))
        return any(os.path.exists(f"{root}/{place}") for place in found for root in self.roots)  # noqa: PTH110


def html_environment(
    roots: Sequence[Path],
    filters: Filters,
    kept: CompiledTemplates | None = None,
    constants: Constants = MappingProxyType({}),
) -> Environment:
    """Return the environment of MJML templates, in which each printed value becomes a token.

    `constants` are what its pages have in common; templates are compiled for these alone.
    """
    return Environment(roots, filters, autoescape=True, kept=kept, constants=constants)


def text_environment(
    roots: Sequence[Path], filters: Filters, kept: CompiledTemplates | None = None
) -> Environment:
    """Return the environment of text templates, in which only slots become tokens."""
    return Environment(roots, filters, autoescape=False, kept=kept)


def parts(environment: Environment, name: str) -> dict[str, Path]:
    """Return the files that a template is made of, itself and all it includes, by their names in it.

    Raises:
        TemplateError: if one does not exist or cannot be read as a template.
    """
    found: dict[str, Path] = {}
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in found or environment.loader is None:
            continue
        with translated(current, environment.roots):
            source, filename, _ = environment.loader.get_source(environment, current)
            tree = environment.parse(source, current, filename)
        found[current] = Path(filename or current)
        others = (other for other in find_referenced_templates(tree) if other)
        waiting += (environment.join_path(other, current) for other in others)
    return found


def _refuse_filter(name: str) -> Callable[..., NoReturn]:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise TemplateRuntimeError(
            f"the filter {name!r} is not needed here: text is escaped by itself, and HTML is known as such"
        )

    return refuse


def run(environment: Environment, name: str, context: Mapping[str, object]) -> tuple[str, list[Slotted]]:
    """Render a template; return what it printed and the values its tokens stand for.

    Raises:
        TemplateError: if the template does not exist or fails; names template and line.
    """
    try:
        return _run(environment, name, context)
    except TemplateError:
        return _run(environment.exact(), name, context)  # fails likewise, and knows where


def _run(environment: Environment, name: str, context: Mapping[str, object]) -> tuple[str, list[Slotted]]:
    values: list[Slotted] = []
    before = _values.set(values)
    try:
        with translated(name, environment.roots):
            return environment.get_template(name).render(context), values
    finally:
        _values.reset(before)
