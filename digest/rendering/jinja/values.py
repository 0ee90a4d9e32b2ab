"""What a template prints: every value becomes an opaque token, since content never meets MJML.

Printing keeps the value and yields a token of letters and digits, numbered by its place. Three
things are printed as they are, because MJML must see them: what the engine itself marked up
(macros, `super()`, `{% set %}` blocks), theme values, and `Literal`s of the context. The text part
is the other way round: values are printed, and only slots become tokens, since wrapping and
underlining need the words.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Final, NoReturn

from markupsafe import Markup

from digest.lazy import regex
from digest.models import Slotted
from digest.rendering.jinja.limits import spend

# Made beforehand for as many values as pages of ordinary issues have.
_TOKENS = tuple(f"zq{number:04d}fqz" for number in range(300))

# What a printed value costs beside its length, in the measure of `limits`: of memory, mostly.
_VALUE = 100
_WORDS = 20

# The text part has no entities: what no mail may hold is left off.
_CONTROLS = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


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
        from jinja2 import TemplateRuntimeError

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


def edge(slot: Slot, kind: str) -> Bound:
    """Return the edge of a region, which is printed."""
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
    return Slotted(kind="text", value=words(value))


def words(value: object) -> str:
    """Return a value as the words that a template prints; what is empty is none.

    Raises:
        TypeError: for what holds several values, which Python would print in brackets.
    """
    if value is None:
        return ""
    if isinstance(value, (tuple, list, dict)):
        raise TypeError('a list is printed by a filter: write | join(", ")')
    return str(value)


def token(values: list[Slotted], value: object) -> str:
    """Keep a value and return its token; what the engine marked up passes."""
    kind = type(value)
    # By the class itself: post HTML is a `str`, and must never pass here.
    if kind is Literal or kind is Markup:
        return value  # type: ignore[return-value]
    number = len(values)
    made = _TOKENS[number] if number < len(_TOKENS) else _counted(values, number)
    if kind is str:
        values.append(Slotted(kind="text", value=value))  # type: ignore[arg-type]
        return made
    values.append(slotted(value))
    # A region's edge is no text: a comment comes through MJML between elements, too.
    return Markup(f"<!--{made}-->") if kind is Bound else made  # noqa: S704 - ours alone


def _counted(values: list[Slotted], number: int) -> str:
    """Return the token of a value that no ordinary page has, and count the one before as work."""
    spend(_VALUE + len(values[-1].value))
    return f"zq{number:04d}fqz"


def words_or_token(values: list[Slotted], value: object) -> str:
    """Return a value as it is printed in a text template: itself, or the token of a slot."""
    if isinstance(value, (Slot, Bound)):
        values.append(slotted(value))
        # Controls cannot stand in a value here, so nothing can be taken for such a mark.
        return f"\x02{len(values) - 1}\x03"
    printed = _CONTROLS.sub("", words(value))
    spend(_WORDS + len(printed))
    return printed
