"""Reads style sheets and style attributes as far as rules ask.

Small and forgiving on purpose (CSS Syntax 3 says how errors are passed over); a whole parser of CSS
would take longer than all rules together.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from digest.lazy import regex
from digest.models import Value


class Declaration(Value):
    """Hold `name: value`, both in lower case apart from quoted text and addresses."""

    name: str
    value: str
    is_important: bool


class Compound(Value):
    """Hold one step of a selector, as `td.gutter[lang]`; `joint` ties it to the one before."""

    name: str = ""
    id: str = ""
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str, str], ...] = ()
    pseudo: tuple[str, ...] = ()
    joint: str = ""


class Selector(Value):
    """Hold one selector with its specificity (Selectors 4, 16)."""

    steps: tuple[Compound, ...]
    weight: tuple[int, int, int]


class StyleRule(Value):
    """Hold one block of declarations; `media` are the at-rules around it, the outermost first.

    `body` is what stands between its braces.
    """

    selectors: tuple[Selector, ...]
    declarations: tuple[Declaration, ...]
    media: tuple[str, ...]
    text: str
    start: int
    body: str = ""


class AtRule(Value):
    """Hold the head of an at-rule, as `@media (…)`, and how many others stand around it."""

    head: str
    depth: int
    start: int


class Sheet(Value):
    """Hold one style sheet; places are counted from its own start."""

    rules: tuple[StyleRule, ...]
    at_rules: tuple[AtRule, ...]
    unbalanced_at: int | None = None


# A line's end closes a string that was left open (CSS Syntax 3, 4.3.5).
_STRING = r""""[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"?|'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+'?"""
_PARENS = rf"\((?:[^()\"']++|{_STRING}|\((?:[^()\"']++|{_STRING}|\([^()]*+\))*+\))*+\)"
_PART: Final = regex(rf"(?:[^;\"'(]++|{_STRING}|{_PARENS}|\()++", re.DOTALL)
_COMMENT: Final = regex(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_EDGE: Final = regex(rf"{_STRING}|[{{}};]|<!--|-->", re.DOTALL)
_IMPORTANT: Final = regex(r"\s*!\s*important\s*$", re.IGNORECASE)
_PROPERTY: Final = regex(r"[*_]?-{0,2}[a-z][\w-]*", re.IGNORECASE)
# What case matters in: quoted text and addresses.
_KEPT: Final = regex(rf"{_STRING}|url\([^)]*+\)", re.IGNORECASE | re.DOTALL)


@lru_cache(maxsize=2048)
def declarations(text: str) -> tuple[Declaration, ...]:
    """Return the declarations of a style attribute or a block; what is none is passed over.

    >>> [(d.name, d.value, d.is_important) for d in declarations("Color:RED; b:url(A;b)!important")]
    [('color', 'red', False), ('b', 'url(A;b)', True)]
    """
    text = _COMMENT.sub("", text) if "/*" in text else text
    found = []
    for part in _PART.findall(text):
        name, colon, value = part.partition(":")
        name = name.strip()
        if not colon or not _PROPERTY.fullmatch(name):
            continue
        bare = _IMPORTANT.sub("", value) if "!" in value else value
        found.append(
            Declaration(
                name=name if name.startswith("--") else name.lower(),
                value=_lower(bare.strip()),
                is_important=len(bare) != len(value),
            )
        )
    return tuple(found)


def broken_parts(text: str) -> tuple[str, ...]:
    """Return what stands in a style attribute or a block and is no declaration."""
    text = _COMMENT.sub("", text)
    parts = (part.strip() for part in _PART.findall(text))
    return tuple(part for part in parts if part and not _is_declaration(part))


def _is_declaration(part: str) -> bool:
    name, _, value = part.partition(":")
    return _PROPERTY.fullmatch(name.strip()) is not None and bool(value.strip())


def _lower(value: str) -> str:
    if value.islower() or not _KEPT.search(value):
        return value.lower()
    kept = iter(_KEPT.findall(value))
    return "".join(piece.lower() + next(kept, "") for piece in _KEPT.split(value))


# ---------------------------------------------------------------- sheets


def sheet(text: str, media: str = "") -> Sheet:
    """Return the sheet in the text of a `<style>`; `media` is that element's own attribute."""
    # Comments become spaces, so that all places stay what they are.
    reader = _SheetReader(_COMMENT.sub(lambda found: " " * len(found[0]), text), media)
    reader.run()
    return Sheet(
        rules=tuple(reader.rules),
        at_rules=tuple(reader.at_rules),
        unbalanced_at=reader.unbalanced_at,
    )


class _SheetReader:
    """Go from brace to brace; `around` are the heads of the open blocks, with their places."""

    def __init__(self, text: str, media: str) -> None:
        self.text, self.media = text, media
        self.rules: list[StyleRule] = []
        self.at_rules: list[AtRule] = []
        self.around: list[tuple[str, int]] = []
        self.unbalanced_at: int | None = None
        self.begun = 0

    def run(self) -> None:
        steps = {"{": self._opened, "}": self._closed, ";": self._ended}
        for edge in _EDGE.finditer(self.text):
            step = steps.get(edge[0])
            if step is not None:
                step(edge.start())
            # Left over from browsers that knew no style sheets; allowed between rules (CSS Syntax
            # 3, 5.4.1).
            elif edge[0] in ("<!--", "-->"):
                self.begun = edge.end()
        if self.around and self.unbalanced_at is None:
            self.unbalanced_at = self.around[-1][1]

    def _opened(self, at: int) -> None:
        head = self.text[self.begun : at]
        start = self.begun + len(head) - len(head.lstrip())
        if head.lstrip().startswith("@"):
            depth = sum(outer.startswith("@") for outer, _ in self.around)
            self.at_rules.append(AtRule(head=head.strip(), depth=depth, start=start))
        self.around.append((head.strip(), at))
        self.begun = at + 1

    def _closed(self, at: int) -> None:
        if not self.around:
            self.unbalanced_at = at if self.unbalanced_at is None else self.unbalanced_at
        else:
            self._take_block(self.text[self.begun : at])
        self.begun = at + 1

    def _take_block(self, body: str) -> None:
        head, _ = self.around.pop()
        is_at_rule = head.startswith("@")
        if is_at_rule and not head.lower().startswith(("@font-face", "@page")):
            return
        outer = tuple(each for each, _ in self.around if each.startswith("@"))
        # The element's own attribute stands around all of its rules.
        own = (f"@media {self.media}",) if self.media else ()
        self.rules.append(
            StyleRule(
                selectors=() if is_at_rule else selectors(head),
                declarations=declarations(body),
                media=(*own, *outer, *((head,) if is_at_rule else ())),
                text=head,
                start=self.begun,
                body=body,
            )
        )

    def _ended(self, at: int) -> None:
        """Take in an at-rule without a block, as `@import`.

        Within a block it parts declarations.
        """
        text = self.text[self.begun : at]
        if text.lstrip().startswith("@"):
            start = self.begun + len(text) - len(text.lstrip())
            self.at_rules.append(AtRule(head=text.strip(), depth=len(self.around), start=start))
        if not self.around or self.around[-1][0].startswith("@"):
            self.begun = at + 1


# ---------------------------------------------------------------- selectors

# A longer list of selectors is no work of a person, and costs time in its square.
_LONGEST_LIST: Final = 8_000
_LISTED: Final = regex(r"(?:[^,(\[]++|\([^()]*+(?:\([^()]*+\)[^()]*+)*+\)|\[[^\]]*+\]|[(\[])++")
_STEP: Final = regex(
    r"""\s*([>+~]|\s)\s*|(\*|[a-z_][\w\\:-]*?(?=[.#\[:\s>+~,*]|$))|\.([\w\\-]+)|\#([\w\\-]+)"""
    r"""|\[\s*([\w:-]++(?:\|(?!=)[\w:-]+)?)"""
    r"""\s*(?:([~|^$*]?=)\s*("[^"]*"|'[^']*'|[^\]\s]+)\s*[is]?\s*)?\]"""
    r"""|::?([\w-]+(?:\([^()]*+(?:\([^()]*+\)[^()]*+)*+\))?)""",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def selectors(text: str) -> tuple[Selector, ...]:
    """Return the selectors of a list; one that cannot be read is left out.

    >>> [s.weight for s in selectors("td.a > #b, :hover")]
    [(1, 1, 1), (0, 1, 0)]
    """
    parts = _LISTED.findall(text[:_LONGEST_LIST])[:100]
    return tuple(found for part in parts if (found := _selector(part.strip())))


def _selector(text: str) -> Selector | None:
    steps: list[Compound] = []
    own: list[re.Match[str]] = []  # the pieces of the step that is being read
    joint, at = "", 0
    while at < len(text):
        found = _STEP.match(text, at)
        if not found or found.end() == at:
            return None
        at = found.end()
        if not found[1]:
            own.append(found)
            continue
        if own:
            steps.append(_compound(own, joint))
        own, joint = [], found[1].strip() or " "
    if own:
        steps.append(_compound(own, joint))
    return Selector(steps=tuple(steps), weight=_weight(steps)) if steps else None


_NAME, _CLASS, _ID, _ATTRIBUTE, _PSEUDO = 2, 3, 4, 5, 8  # groups of _STEP


def _compound(pieces: list[re.Match[str]], joint: str) -> Compound:
    def told(kind: int) -> list[str]:
        return [piece[kind] for piece in pieces if piece[kind]]

    return Compound(
        name=next(iter(told(_NAME)), "").lower().replace("*", ""),
        id=next(iter(told(_ID)), ""),
        classes=tuple(told(_CLASS)),
        attributes=tuple(_attribute(piece) for piece in pieces if piece[_ATTRIBUTE]),
        pseudo=tuple(pseudo.lower() for pseudo in told(_PSEUDO)),
        joint=joint,
    )


def _attribute(piece: re.Match[str]) -> tuple[str, str, str]:
    """Return name, comparison and value of `[name^="value"]`."""
    return piece[5].lower(), piece[6] or "", (piece[7] or "").strip("\"'")


def _weight(steps: list[Compound]) -> tuple[int, int, int]:
    # Selectors 4, 16: classes, attributes and pseudo-classes weigh the same.
    middle = sum(len(s.classes) + len(s.attributes) + len(s.pseudo) for s in steps)
    return sum(bool(s.id) for s in steps), middle, sum(bool(s.name) for s in steps)
