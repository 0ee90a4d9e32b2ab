"""Runs compiled templates without Jinja, whose import takes as long as a whole issue's judgement.

Compiled code asks its runtime for little: names, loops, macros, blocks, attributes of our own
values. That is here, as Jinja does it. Whatever else a template does is `Unusual`, and Jinja's own
runtime is asked, in its sandbox: so nothing here has to be told as an error, and nothing is allowed
that is not written down here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from types import BuiltinMethodType, CodeType, SimpleNamespace
from typing import Any, Final, NoReturn

from markupsafe import Markup, escape, soft_str

from digest.models import Slotted, Value
from digest.rendering.jinja import limits
from digest.rendering.jinja.values import EDGE, FILLABLE, Slot, edge
from digest.rendering.page import SLOTS

RUNTIME: Final = f"from {__name__} import "
"""How code begins that runs here; the names that it wants follow."""

# What Jinja would have, and is not here: its name must not pass for one that nobody knows.
_ELSEWHERE: Final = frozenset(("cycler", "dict", "joiner", "lipsum", "self"))
_LONGEST_RANGE: Final = 100_000  # as Jinja's sandbox has it
_OF_MAPPINGS: Final = frozenset(("get", "items", "keys", "values"))


class Unusual(Exception):
    """Tell that a template does something for which Jinja itself is needed."""


class Gone:
    """Stand for what is not there: one may ask whether it is, and nothing else."""

    __slots__ = ("name",)

    def __init__(self, hint: object = None, *, name: object = None) -> None:
        self.name = name

    def _refuse(self, *_: object) -> NoReturn:
        raise Unusual

    __bool__ = __str__ = __repr__ = __eq__ = __ne__ = __hash__ = _refuse


class Namespace(SimpleNamespace):
    """Hold what a template's loop hands on, as `{% set told.names = … %}` writes it."""

    def __setitem__(self, name: str, value: object) -> None:
        vars(self)[name] = value


class LoopContext:
    """Go through a loop's items as they come, and tell of the one that it stands at."""

    def __init__(self, items: Iterable[Any], undefined: object, *recursive: object) -> None:
        if recursive:
            raise Unusual
        self._items, self._coming = items, iter(items)
        # One that was taken ahead of its turn; what chooses items may go by what the loop did.
        self._next: Any = missing
        self.index0 = -1

    def __iter__(self) -> Iterator[tuple[Any, LoopContext]]:
        while not self.last:
            item, self._next = self._next, missing
            self.index0 += 1
            yield item, self

    @property
    def index(self) -> int:
        """Return the place of the item, counted from 1."""
        return self.index0 + 1

    @property
    def first(self) -> bool:
        """Tell whether it is the first."""
        return self.index0 == 0

    @property
    def last(self) -> bool:
        """Tell whether it is the last."""
        if self._next is missing:
            self._next = next(self._coming, missing)
        return self._next is missing

    @property
    def length(self) -> int:
        """Return how many items there are, which have to be known beforehand."""
        if not isinstance(self._items, Sized):
            raise Unusual
        return len(self._items)


class Macro:
    """Run a macro, given as many values as it has names for, or fewer."""

    def __init__(
        self,
        environment: Environment,
        written: Callable[..., str],
        name: str,
        arguments: tuple[str, ...],
        takes_named: bool,
        takes_more: bool,
        takes_caller: bool,
        autoescape: bool,
    ) -> None:
        if takes_named or takes_more or takes_caller:
            raise Unusual
        self._written, self._most = written, len(arguments)
        self._mark: Callable[[str], str] = Markup if autoescape else str

    def __call__(self, *values: object) -> str:
        """Return what it prints."""
        limits.spend(limits.CALL)
        if len(values) > self._most:
            raise Unusual
        lacking = [missing] * (self._most - len(values))
        return self._mark(self._written(*values, *lacking))


def markup_join(pieces: Iterable[Any]) -> str:
    """Return texts joined by `~`: escaped, if one of them is markup."""
    texts = [soft_str(piece) for piece in pieces]
    is_marked = any(hasattr(text, "__html__") for text in texts)
    return Markup("").join(texts) if is_marked else "".join(texts)


def str_join(pieces: Iterable[Any]) -> str:
    """Return texts joined by `~`."""
    return "".join(map(str, pieces))


def identity(value: Any) -> Any:
    """Return what is given."""
    return value


internalcode = identity


def _unusual(*_: object, **__: object) -> NoReturn:
    raise Unusual


# What else compiled code asks its runtime for.
missing: Final = object()
Undefined = TemplateReference = _unusual
TemplateNotFound = TemplateRuntimeError = Unusual
__all__ = [
    "LoopContext",
    "Macro",
    "Markup",
    "Namespace",
    "TemplateNotFound",
    "TemplateReference",
    "TemplateRuntimeError",
    "Undefined",
    "escape",
    "identity",
    "internalcode",
    "markup_join",
    "missing",
    "str_join",
]


# ---------------------------------------------------------------- what templates may use


def _range(*numbers: int) -> range:
    made = range(*numbers)
    if len(made) > _LONGEST_RANGE:
        raise Unusual
    return made


_GLOBALS: Final[Mapping[str, Any]] = {"namespace": Namespace, "range": _range}


def _map(context: Context, values: Iterable[Any], *names: str, **more: str) -> Iterator[Any]:
    """Yield an attribute of each value, or what one of our own filters makes of it."""
    environment = context.environment
    if not names and more.keys() == {"attribute"} and _is_plain(more["attribute"]):
        return (environment.getitem(value, more["attribute"]) for value in values)
    if more or len(names) != 1 or names[0] not in environment.own_filters:
        raise Unusual
    made = environment.own_filters[names[0]]
    return (made(value) for value in values)


def _is_plain(name: object) -> bool:
    return isinstance(name, str) and name.isidentifier()


_CHOICES: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "in": lambda value, many: value in many,
    "equalto": lambda value, other: bool(value == other),
}


def _chooser(is_wanted: bool) -> Callable[..., Iterator[Any]]:
    """Return the filter that goes by an attribute of each value: whether it is true, or a test."""

    def choose(
        context: Context, values: Iterable[Any], name: str, test: str = "", *others: Any
    ) -> Iterator[Any]:
        if not _is_plain(name) or (test and (test not in _CHOICES or len(others) != 1)):
            raise Unusual
        ask = _CHOICES[test] if test else lambda value: bool(value)
        get = context.environment.getitem
        return (each for each in values if ask(get(each, name), *others) is is_wanted)

    return choose


def _replace(told: EvalContext, text: Any, old: Any, new: Any, count: int = -1) -> str:
    # With markup among the two, what has to be escaped is another.
    if (
        type(old) is not str
        or type(new) is not str
        or limits.replaced(text, old, new) > limits.LONGEST
    ):
        raise Unusual
    found: str = soft_str(text) if told.autoescape else str(text)
    return found.replace(old, new, count)


# Those that Jinja has for asynchronous pages as well are given more than the value.
_FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    limits.COUNTED: limits.counted,
    limits.WEIGHED: limits.weighed,
    EDGE: edge,
    "count": len,
    "length": len,
    "list": lambda _, values: list(limits.gathered(values)),
    "map": _map,
    "rejectattr": _chooser(False),
    "replace": _replace,
    "selectattr": _chooser(True),
    "string": soft_str,
    "trim": lambda value: soft_str(value).strip(),
}


def _is_fillable(slot: object) -> bool:
    if isinstance(slot, Gone) and slot.name not in SLOTS:
        raise Unusual
    return isinstance(slot, Slot)


_TESTS: Final[Mapping[str, Callable[..., bool]]] = {
    FILLABLE: _is_fillable,
    "defined": lambda value: not isinstance(value, Gone),
    "undefined": lambda value: isinstance(value, Gone),
}

_OWN: Final = (SimpleNamespace, Value, LoopContext)


class EvalContext:
    """Tell compiled code whether it prints markup."""

    __slots__ = ("autoescape",)
    volatile = False

    def __init__(self, autoescape: bool) -> None:
        self.autoescape = autoescape


class Names(dict[str, Any]):
    """Hold what names mean: to the template, to the page, to every template."""

    def __missing__(self, name: str) -> object:
        if name in _ELSEWHERE:
            raise Unusual
        return missing


class Context:
    """Hold the names of one page while it is printed, its blocks, and the values kept so far."""

    def __init__(
        self,
        environment: Environment,
        given: Mapping[str, object],
        blocks: Mapping[str, Callable[..., Iterator[str]]],
    ) -> None:
        self.environment, self.eval_ctx = environment, environment.eval_ctx
        self.vars = Names({**_GLOBALS, **given})
        self.get, self.resolve_or_missing = self.vars.get, self.vars.__getitem__
        self.exported_vars: set[str] = set()
        self.blocks = {name: [block] for name, block in blocks.items()}
        self.printed: list[Slotted] = []


class Environment:
    """Offer compiled templates what they ask of their environment."""

    concat = staticmethod(limits.whole)
    undefined = Gone
    tests = _TESTS

    def __init__(
        self,
        filters: Mapping[str, Callable[..., Any]],
        keep: Callable[[list[Slotted], object], str],
        *,
        autoescape: bool,
    ) -> None:
        self.own_filters = filters
        self.filters = {**_FILTERS, **filters}
        self.eval_ctx = EvalContext(autoescape)
        self.own: set[type] = set()
        """The types met so far whose attributes a template may read without being watched."""
        self.keep = keep
        """Keeps a value that is printed, and returns what stands for it."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute of one of our own values, or a method of a mapping that reads it."""
        if isinstance(obj, _OWN) and attribute[0] != "_":
            self.own.add(type(obj))
            found = getattr(obj, attribute, missing)
            return Gone(name=attribute) if found is missing else found
        if type(obj) is dict and attribute in _OF_MAPPINGS:
            return getattr(obj, attribute)
        raise Unusual

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item, or an attribute of one of our own values."""
        if isinstance(obj, _OWN) and isinstance(argument, str):
            return self.getattr(obj, argument)
        if type(obj) in (dict, list, tuple, str) and type(argument) in (int, str):
            return obj[argument]
        raise Unusual

    def call(
        self,
        context: Context,
        called: Any,
        /,
        *values: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: Any,
    ) -> Any:
        """Return what a macro, a mapping's method or one of the few functions returns."""
        is_known = type(called) is Macro or called is Namespace or called is _range
        if is_known or _is_of_mapping(called):
            return called(*values, **named)
        raise Unusual

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return what an operator makes of two values, unless that would be too large."""
        if operator == "+":
            if type(left) is not int:  # a sum stays small
                limits.measured([left, right])
            return left + right
        if operator == "*":
            limits.multiplied(left, right)
            return left * right
        raise Unusual


def _is_of_mapping(called: Any) -> bool:
    is_method = type(called) is BuiltinMethodType and type(called.__self__) is dict
    return is_method and called.__name__ in _OF_MAPPINGS


class Page:
    """Hold one compiled template, which is loaded once and printed for each page."""

    def __init__(self, environment: Environment, code: CodeType) -> None:
        names: dict[str, Any] = {"environment": environment}
        exec(code, names)  # noqa: S102 - what Jinja made of a template, for its sandbox
        self._environment, self._root, self._blocks = environment, names["root"], names["blocks"]

    def printed(self, given: Mapping[str, object]) -> tuple[str, list[Slotted]]:
        """Return what the template prints, and the values that its tokens stand for.

        Raises:
            Exception: whatever stands against it; Jinja says what it is, or does it.
        """
        context = Context(self._environment, given, self._blocks)
        return "".join(self._root(context)), context.printed
