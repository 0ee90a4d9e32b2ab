"""What a template asked for and there is not, told with what there is and what was probably meant.

Jinja and Python name the classes of our values, which mean nothing to who writes a template. This
room knows the names that a template uses for them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Final

from jinja2 import StrictUndefined
from jinja2.utils import missing

from digest.lazy import regex
from digest.models import Value
from digest.nearest import or_meant
from digest.rendering.jinja.values import Slots
from digest.rendering.page import SLOTS

seen: ContextVar[Mapping[str, object]] = ContextVar("seen")
"""The names that the running template was given."""

# What a template's author calls the things whose classes Jinja and Python name.
_WORDS: Final = {
    "NoneType": "nothing",
    "str": "text",
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "tuple": "a list",
    "list": "a list",
    "dict": "a table",
    "Html": "HTML",
    "Literal": "text",
    "Markup": "text",
    "Issue": "the issue",
    "PostView": "a post",
    "SectionView": "a section",
    "SeriesView": "a series",
    "NewsletterView": "the newsletter",
    "Link": "a link",
    "Image": "an image",
    "Picture": "a picture",
    "Slot": "a slot",
    "Slots": "slots",
    "SimpleNamespace": "a list of names",
    "Namespace": "a namespace",
    "Macro": "a macro",
    "LoopContext": "loop",
    "function": "a function",
}
_CLASS = regex(r"""(?P<mark>['"])(?:[\w.]+\.)?(?P<name>[A-Za-z]\w*)(?P=mark)(?: object)?""")
# The one message of Python's that names two classes in a sentence of its own.
_ADDED = regex(r'can only concatenate (?P<to>\w+) \(not "(?P<name>[\w.]+)"\) to \w+')
_LACKING = regex(r"missing \d+ required positional arguments?: (.+)")
_COMPARED = regex(r"'[<>]=?' not supported between instances of ")


class Missing(StrictUndefined):
    """Stand for what is not there; whatever a template does with it is told as an error."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        return absent(self._undefined_obj, self._undefined_name)


def absent(value: object, name: object) -> str:
    """Return in words that a value has no such attribute, or no name such a meaning."""
    if value is missing:
        return f"there is no {name}{or_meant(str(name), seen.get({}))}"
    if isinstance(value, Slots):
        return _absent_slot(value, str(name))
    # The commonest slip: a post without a picture is asked for its address.
    if value is None:
        return (
            f"there is no {name} here, since what stands before it is empty: ask {{% if … %}} first"
        )
    owner = _called(value)
    if not isinstance(name, str):
        return f"{owner} has no element {name}"
    known = _names(value)
    if known is not None:
        return f"there is no {owner.partition(' ')[2] or owner}.{name}{or_meant(name, known)}"
    return f"{owner} has no {name}"


def _absent_slot(slots: Slots, name: str) -> str:
    if name in SLOTS:
        return (
            f"on the web page there are no slots: write {{% given slots.{name} %}}"
            f"{{{{ slots.{name} }}}}{{% endgiven %}}"
        )
    return f"there is no slots.{name}{or_meant(name, SLOTS)}; slots are {', '.join(SLOTS)}"


def _called(value: object) -> str:
    """Return what a template calls a value: by the name it was given, else by what it is."""
    given = next((name for name, each in seen.get({}).items() if each is value), None)
    return given or _WORDS.get(type(value).__name__, "this")


def _names(value: object) -> list[str] | None:
    """Return the attributes that a template may ask one of our values for; None for any other."""
    if isinstance(value, Mapping):
        return [name for name in value if isinstance(name, str)]
    if isinstance(value, Value):
        return [name for name in dir(value) if name[0] != "_"]
    return list(vars(value)) if isinstance(value, SimpleNamespace) else None


def told(exc: BaseException) -> str:
    """Return what a template's error says, without names of classes."""
    # Raised by our own faster access to attributes, so it is told as Jinja's would be.
    if isinstance(exc, AttributeError) and exc.name:
        return absent(exc.obj, exc.name)
    message = str(exc) or type(exc).__name__
    if not isinstance(exc, TypeError):
        return message
    if added := _ADDED.fullmatch(message):
        return f"{_word(added)} cannot be added to {_WORDS.get(added['to'], 'that')}"
    if lacking := _LACKING.search(message):
        return f"a filter or macro lacks {lacking[1]} in its brackets"
    if _COMPARED.match(message):
        told = _COMPARED.sub("", _CLASS.sub(_word, message))
        return f"{told} cannot be compared: a number stands without quotes"
    return _CLASS.sub(_word, message).replace("<lambda>", "the filter")


def _word(found: re.Match[str]) -> str:
    return _WORDS.get(found["name"], "that")
