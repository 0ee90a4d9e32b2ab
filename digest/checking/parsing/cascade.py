"""Works out which declarations reach each element (CSS Cascade 5) on a screen 600 pixels wide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Final, Literal

from digest.checking.parsing import css
from digest.checking.parsing.tree import Document, Node
from digest.lazy import regex
from digest.models import replace

Scheme = Literal["light", "dark", "outlook"]
"""How a mail program shows a mail.

Outlook's own dark mode asks no media query, but marks elements.
"""
WIDTH: Final = 600
"""The width in pixels at which conditions of width are answered."""

_FEATURE: Final = regex(r"\(\s*(min|max)-(?:device-)?width\s*:\s*([\d.]+)\s*(px|em|rem)?\s*\)")
_SCHEME: Final = regex(r"\(\s*prefers-color-scheme\s*:\s*(\w+)\s*\)")
_BARE_COLOUR: Final = regex(r"[0-9a-fA-F]{6}")  # as bgcolor="336699", which every program reads
_OUTLOOK: Final = frozenset(("data-ogsc", "data-ogsb", "data-ogac", "data-ogab"))
_ANY_FEATURE: Final = regex(r"\([^()]*\)")
_MOST_TRIES: Final = 400_000  # of a selector on an element; a real email needs a few thousand

# What attributes of old say in the words of CSS.
_ATTRIBUTES: Final = {"bgcolor": "background-color", "background": "background-image"}

# How telling a selector is that matches, and the number of its rule: of two the later one counts.
_Match = tuple[tuple[int, int, int], int]


class Cascade:
    """Answer, for each element, what the sheets, attributes and its own style declare."""

    def __init__(self, page: Document, sheets: Iterable[css.Sheet]) -> None:
        self._page = page
        self._rules = [rule for sheet in sheets for rule in sheet.rules if rule.selectors]
        self._matched: dict[Scheme, dict[Node, list[_Match]]] = {}
        self._known: dict[object, dict[str, str]] = {}
        self._fitting: dict[css.Selector, list[Node]] = {}
        self._tries = 0

    @property
    def has_dark_rules(self) -> bool:
        """Tell whether a rule is only for dark mode."""
        return any(
            "prefers-color-scheme" in head and "dark" in head
            for r in self._rules
            for head in r.media
        )

    @property
    def has_outlook_rules(self) -> bool:
        """Tell whether a rule is only for the dark mode of Outlook.com and of Outlook on phones."""
        return any("[data-ogs" in rule.text for rule in self._rules)

    def declared(self, node: Node, scheme: Scheme = "light") -> Mapping[str, str]:
        """Return an element's declared values by property, what wins last."""
        matched = self._matches(scheme).get(node, [])
        old = tuple(node.attributes.get(name) for name in _ATTRIBUTES)
        key = (node.attributes.get("style", ""), tuple(matched), old)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._cascaded(node, matched)
        return known

    def _cascaded(self, node: Node, matched: list[_Match]) -> dict[str, str]:
        values: dict[str, str] = {}
        for attribute, name in _ATTRIBUTES.items():
            if attribute in node.attributes:
                told = node.attributes[attribute]
                values[name] = f"#{told}" if _BARE_COLOUR.fullmatch(told) else told
        own = css.declarations(node.attributes.get("style", ""))
        sheets = [d for _, number in sorted(matched) for d in self._rules[number].declarations]
        # What is important wins over all that is not, whoever says it (CSS Cascade 5, 6.1).
        for wanted in (False, True):
            for declaration in (*sheets, *own):
                if declaration.is_important == wanted:
                    _put(values, declaration)
        return values

    def _matches(self, scheme: Scheme) -> dict[Node, list[_Match]]:
        if scheme not in self._matched:
            found: dict[Node, list[_Match]] = {}
            for number, rule in enumerate(self._rules):
                if not all(_applies(head, scheme) for head in rule.media):
                    continue
                for told in rule.selectors:
                    selector = _as_outlook_marks(told) if scheme == "outlook" else told
                    for node in self._selected(selector):
                        found.setdefault(node, []).append((selector.weight, number))
            self._matched[scheme] = found
        return self._matched[scheme]

    # ------------------------------------------------------------ selecting

    def _selected(self, selector: css.Selector) -> list[Node]:
        """Return what a selector is about, which is the same in every scheme."""
        if selector not in self._fitting:
            self._fitting[selector] = list(self._select(selector))
        return self._fitting[selector]

    def _select(self, selector: css.Selector) -> Iterator[Node]:
        if not all(map(self._may_fit, selector.steps)):
            return
        last = selector.steps[-1]
        for node in self._candidates(last):
            self._tries += 1
            # A page made to be slow is judged as far as it was read.
            if self._tries > _MOST_TRIES:
                return
            if _fits(last, node) and _hangs(selector.steps, len(selector.steps) - 1, node):
                yield node

    def _may_fit(self, step: css.Compound) -> bool:
        """Tell whether the page has the classes and attributes that a step asks for, anywhere."""
        asked = [name for name, _, _ in step.attributes]
        return self._by_class.keys() >= {*step.classes} and self._attributes >= {*asked}

    @cached_property
    def _attributes(self) -> frozenset[str]:
        return frozenset().union(*(node.attributes for node in self._page.nodes))

    def _candidates(self, step: css.Compound) -> Iterable[Node]:
        # The rarest first: most selectors of emails name a class that few elements have.
        if step.classes:
            return self._by_class.get(step.classes[0], ())
        if step.name:
            return self._page.all(step.name)
        if ":root" in step.pseudo or "root" in step.pseudo:
            return self._page.all("html")
        return self._page.nodes

    @cached_property
    def _by_class(self) -> dict[str, list[Node]]:
        known: dict[str, list[Node]] = {}
        for node in self._page.nodes:
            for name in node.classes:
                known.setdefault(name, []).append(node)
        return known


def _as_outlook_marks(selector: css.Selector) -> css.Selector:
    """Return a selector as it counts where Outlook has marked everything as darkened."""
    steps = [
        replace(step, attributes=tuple(a for a in step.attributes if a[0] not in _OUTLOOK))
        for step in selector.steps
    ]
    kept = tuple(step for step in steps if step != css.Compound(joint=step.joint))
    return replace(selector, steps=kept) if kept else selector


def _put(values: dict[str, str], declaration: css.Declaration) -> None:
    """Note a declaration; a shorthand resets what it stands for."""
    name = declaration.name
    if name == "background":
        values.pop("background-color", None)
        values.pop("background-image", None)
    elif name in ("background-color", "background-image") and "background" in values:
        values[name] = declaration.value
        return
    elif name == "font":
        values.pop("font-size", None)
        values.pop("font-weight", None)
    elif name == "text-decoration":
        values.pop("text-decoration-line", None)
    values.pop(name, None)  # so that the last declared stands last
    values[name] = declaration.value


@lru_cache(maxsize=256)
def _applies(head: str, scheme: Scheme) -> bool:
    """Tell whether an at-rule's block counts in a mail program of one scheme."""
    head = head.lower()
    if not head.startswith("@media"):
        # Taken as fulfilled: mail programs that read these know what is asked there.
        return head.startswith(("@supports", "@layer"))
    return any(
        _query_holds(query.strip(), scheme) for query in head.removeprefix("@media").split(",")
    )


def _query_holds(query: str, scheme: Scheme) -> bool:
    kind = re.sub(r"\b(only|and)\b", " ", _ANY_FEATURE.sub(" ", query)).split()
    if any(word not in ("all", "screen") for word in kind):
        return False
    wanted = _SCHEME.search(query)
    if wanted and wanted[1] != ("light" if scheme == "outlook" else scheme):
        return False
    for bound, number, unit in _FEATURE.findall(query):
        # In media queries an em is the browser's own 16 pixels (Media Queries 4, 1.3).
        pixels = float(number or 0) * (16 if unit in ("em", "rem") else 1)
        if (pixels > WIDTH) if bound == "min" else (pixels < WIDTH):
            return False
    # A query with anything that is not known here is taken as not fulfilled.
    known = len(_FEATURE.findall(query)) + len(_SCHEME.findall(query))
    return known == len(_ANY_FEATURE.findall(query))


def _hangs(steps: tuple[css.Compound, ...], at: int, node: Node) -> bool:
    """Tell whether the steps before one hold around a node that fits it."""
    if at == 0:
        return True
    joint, before = steps[at].joint, steps[at - 1]
    if joint == ">":
        parent = node.parent
        return parent is not None and _fits(before, parent) and _hangs(steps, at - 1, parent)
    if joint in ("+", "~"):
        others = _siblings_before(node, only_next=joint == "+")
        return any(_fits(before, other) and _hangs(steps, at - 1, other) for other in others)
    return any(_fits(before, outer) and _hangs(steps, at - 1, outer) for outer in node.above())


def _siblings_before(node: Node, *, only_next: bool) -> list[Node]:
    if node.parent is None:
        return []
    before: list[Node] = []
    for child in node.parent.children:
        if child is node:
            break
        if isinstance(child, Node):
            before.append(child)
    return before[-1:] if only_next else before[-50:]


def _fits(step: css.Compound, node: Node) -> bool:
    if not node.name or (step.name and step.name != node.name):
        return False
    if step.id and step.id != node.get("id"):
        return False
    if step.classes and not node.classes.issuperset(step.classes):
        return False
    return all(_holds(node, *each) for each in step.attributes) and all(
        _is_in_state(node, each) for each in step.pseudo
    )


def _holds(node: Node, name: str, how: str, wanted: str) -> bool:
    value = node.attributes.get(name)
    if value is None:
        return False
    if how == "~=":
        return wanted in value.split()
    tests = {
        "=": value == wanted,
        "^=": value.startswith(wanted),
        "$=": value.endswith(wanted),
        "*=": wanted in value,
        "|=": value == wanted or value.startswith(f"{wanted}-"),
    }
    return tests.get(how, True)


def _is_in_state(node: Node, pseudo: str) -> bool:
    """Tell of the states that never change; a hovered link is a thing of a moment."""
    if pseudo == "root":
        return node.name == "html"
    if pseudo in ("link", "any-link"):
        return node.name == "a" and "href" in node.attributes
    if pseudo in ("first-child", "last-child") and node.parent is not None:
        elements = [child for child in node.parent.children if isinstance(child, Node)]
        return elements[0 if pseudo == "first-child" else -1] is node
    return False
