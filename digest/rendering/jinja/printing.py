"""What a template prints: every value becomes an opaque token, since content never meets MJML.

`finalize` keeps the value and prints a token of letters and digits, numbered by its place. Three
things are printed as they are, because MJML must see them: what the engine itself marked up
(macros, `super()`, `{% set %}` blocks), theme values, and `Literal`s of the context. The text part
is the other way round: values are printed, and only slots become tokens, since wrapping and
underlining need the words.

Templates get one tag of our own, `{% given slots.x %}…{% otherwise %}…{% endgiven %}`: a region
that is kept only where the slot has a value. Which is so depends on the service, so it is decided
when a page is filled.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Final, NoReturn

from jinja2 import TemplateRuntimeError, Undefined, nodes, pass_context
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context
from markupsafe import Markup

from digest.lazy import regex
from digest.models import Slotted
from digest.rendering.page import SLOTS

# Made beforehand for as many values as pages of ordinary issues have.
_TOKENS = tuple(f"zq{number:04d}fqz" for number in range(300))

# The text part has no entities: what no mail may hold is left off.
_CONTROLS = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

printed: ContextVar[list[Slotted]] = ContextVar("values")


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


class Bound:
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
        return nodes.If(
            nodes.Test(slot, FILLABLE, [], [], None, None), region, [], otherwise
        ).set_lineno(line)

    def _bound(self, kind: str, slot: nodes.Expr) -> nodes.Output:
        return nodes.Output([nodes.Filter(slot, EDGE, [nodes.Const(kind)], [], None, None)])


def is_fillable(slot: object) -> bool:
    """Tell whether this page has the slot; a name that is no slot's is an error on every page."""
    # A misspelt slot must not pass for one that the web page lacks.
    if isinstance(slot, Undefined) and slot._undefined_name not in SLOTS:
        slot._fail_with_undefined_error()
    return isinstance(slot, Slot)


def edge(slot: Slot, kind: str) -> Bound:
    """Return the edge of a region, for `finalize`."""
    return Bound(kind, slot.name)


# no template can name these two, since a name has no spaces
FILLABLE: Final = "given slot"
EDGE: Final = "given edge"


def slotted(value: object) -> Slotted:
    """Return a printed value as what a page keeps of it."""
    if isinstance(value, Slot):
        return Slotted(kind="slot", value=value.name)
    if isinstance(value, Bound):
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
    # By the class itself: post HTML is a `str`, and must never pass here.
    if kind is Literal or kind is Markup:
        return value  # type: ignore[return-value]
    values = printed.get()
    number = len(values)
    token = _TOKENS[number] if number < len(_TOKENS) else f"zq{number:04d}fqz"
    if kind is str:
        values.append(Slotted(kind="text", value=value))  # type: ignore[arg-type]
        return token
    values.append(slotted(value))
    # A region's edge is no text: a comment comes through MJML between elements, too.
    return Markup(f"<!--{token}-->") if type(value) is Bound else token  # noqa: S704 - ours alone


@pass_context
def tokenise_slots(context: Context, value: object) -> str:
    """Print a value, or the token of a slot, in a text template."""
    if isinstance(value, (Slot, Bound)):
        values = printed.get()
        values.append(slotted(value))
        # Controls cannot stand in a value here, so nothing can be taken for such a mark.
        return f"\x02{len(values) - 1}\x03"
    return _CONTROLS.sub("", str("" if value is None else value))
