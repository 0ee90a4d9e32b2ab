"""Styles: what breaks a sheet, and what some mail programs do not show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.checking import clients
from digest.checking.case import Case, shortened
from digest.checking.parsing import (
    Declaration,
    Sheet,
    StyleRule,
    broken_parts,
    declarations,
    is_unknowable,
    paint,
)
from digest.checking.rule import Fault, Rule
from digest.lazy import regex

MOST_LACKING: Final = 30.0
"""From this share of readers on, in percent, a feature counts as not supported."""

# How a feature shows in a value, an at-rule or a selector.
_VALUES: Final = (
    ("css-variables", re.compile(r"\bvar\(")),
    ("css-unit-calc", re.compile(r"\bcalc\(")),
    ("css-function-clamp", re.compile(r"\bclamp\(")),
    ("css-function-min", re.compile(r"(?<![\w-])min\(")),
    ("css-function-max", re.compile(r"(?<![\w-])max\(")),
    # of one colour it is a ground that no app changes, and a ground all the same without it
    ("css-linear-gradient", re.compile(r"linear-gradient\((?!\s*([^,()]+),\s*\1\s*\))")),
    ("css-radial-gradient", re.compile(r"radial-gradient\(")),
    ("css-conic-gradient", re.compile(r"conic-gradient\(")),
    ("css-modern-color", re.compile(r"\b(?:ok)?l(?:ch|ab)\(")),
    ("css-rgba", re.compile(r"\brgba\(")),
    ("css-hsl", re.compile(r"\bhsla?\(")),
    ("css-function-light-dark", re.compile(r"\blight-dark\(")),
    ("css-unit-rem", re.compile(r"(?<![\w#.-])-?\d*\.?\d+rem\b")),
    ("css-unit-vw", re.compile(r"(?<![\w#.-])-?\d*\.?\d+vw\b")),
    ("css-unit-vh", re.compile(r"(?<![\w#.-])-?\d*\.?\d+vh\b")),
    ("css-unit-vmin", re.compile(r"(?<![\w#.-])-?\d*\.?\d+vmin\b")),
    ("css-unit-vmax", re.compile(r"(?<![\w#.-])-?\d*\.?\d+vmax\b")),
    ("css-unit-ch", re.compile(r"(?<![\w#.-])-?\d*\.?\d+ch\b")),
)
# Looked for first: hardly any value holds one of these.
_MAY_HOLD: Final = regex(r"[(]|rem\b|v[wh]\b|vm(?:in|ax)\b|\dch\b")
_COLOURS: Final = frozenset(("css-rgba", "css-hsl", "css-modern-color"))
_DISPLAYS: Final = {
    "flex": "css-display-flex",
    "inline-flex": "css-display-flex",
    "grid": "css-display-grid",
    "inline-grid": "css-display-grid",
}
_PROPERTIES: Final = {
    "grid-template-columns": "css-grid-template", "grid-template-rows": "css-grid-template",
    "column-count": "css-column-count", "columns": "css-column-count", "clip-path": "css-clip-path",
    "mask-image": "css-mask-image", "mask": "css-mask-image",
    "object-fit": "css-object-fit", "aspect-ratio": "css-aspect-ratio",
    "writing-mode": "css-writing-mode",
    "gap": "css-gap", "row-gap": "css-gap", "column-gap": "css-gap", "z-index": "css-z-index",
    "mix-blend-mode": "css-mix-blend-mode", "background-blend-mode": "css-background-blend-mode",
    "filter": "css-filter",
    "list-style-image": "css-list-style-image",
}  # fmt: skip
_SELECTORS: Final = (
    ("css-pseudo-class-has", ":has("),
    ("css-pseudo-class-checked", ":checked"),
    ("css-pseudo-element-before", ":before"),
    ("css-pseudo-element-after", ":after"),
)
_MOVED: Final = frozenset(("absolute", "fixed", "sticky", "relative"))
# What a property is anyway: not to be shown loses nothing.
_AS_IF_UNSAID: Final = frozenset(("none", "normal", "auto", "0", "initial", "inherit", "1"))
_ADDING: Final = (":before", ":after")  # which show something only by `content`
_ELEMENTS: Final = {
    "video": "html-video", "audio": "html-audio", "svg": "html-svg", "dialog": "html-dialog",
    "marquee": "html-marquee", "meter": "html-meter", "progress": "html-progress",
    "base": "html-base", "map": "html-image-maps",
    "details": "html-details", "ruby": "html-ruby",
}  # fmt: skip


def nested(case: Case) -> Iterator[Fault]:
    """Put no at-rule into another.

    Gmail drops the whole `<style>` that holds `@media` inside `@media` or `@supports` (caniemail,
    css-at-media).
    """
    for node, sheet in case.sheets:
        for at in sheet.at_rules:
            if at.depth > 0:
                yield Fault(
                    message=f'"{shortened(at.head, 40)}" inside another at-rule:'
                    " Gmail drops this <style>",
                    fix="Write the two conditions into one rule",
                    at=node.end + at.start,
                )


def in_body(case: Case) -> Iterator[Fault]:
    """Put every `<style>` into `<head>`.

    Gmail and others drop one that stands in the body (caniemail, html-style).
    """
    for node, _ in case.sheets:
        if not any(outer.name == "head" for outer in node.above()):
            yield Fault(
                message="a <style> in the body, which Gmail drops",
                fix="Move it into <head>",
                at=node.start,
            )


def broken(case: Case) -> Iterator[Fault]:
    """Balance the braces of each sheet, end each declaration, and give it a value that there is.

    From a brace that is missing on, the rest of the sheet is lost; what is no declaration is passed
    over, and with it what it was to say (CSS Syntax 3, 5).
    """
    for node, sheet in case.sheets:
        if sheet.unbalanced_at is not None:
            yield Fault(
                message="a brace without its counterpart",
                fix="Add or take out one",
                at=node.end + sheet.unbalanced_at,
            )
        for rule in sheet.rules:
            yield from _broken_in(rule.body, node.end + rule.start)
    told: set[str] = set()
    for node in case.page.nodes:
        style = node.get("style")
        # An email says the same style hundreds of times; a fault in it is told once.
        if style and style not in told:
            told.add(style)
            yield from _broken_in(style, node.start)


def _broken_in(text: str, at: int) -> Iterator[Fault]:
    parts = [part for part in broken_parts(text) if not _TAG_LIKE.search(part)]
    if parts:
        yield Fault(
            message=f'"{shortened(parts[0], 40)}" is no declaration',
            fix='Write "name: value;"',
            at=at,
        )
    for declaration in declarations(text):
        if fix := _mended(declaration):
            told = f"{declaration.name}: {declaration.value}"
            yield Fault(message=f'"{shortened(told, 40)}" says nothing', fix=fix, at=at)


# Nobody knows what stands there once the service has filled it in.
_TAG_LIKE: Final = regex(r"\{\{|\*\||\{%|\[\[")
_WIDE: Final = frozenset(("inherit", "initial", "unset", "revert", "revert-layer", "currentcolor"))
_WEIGHT: Final = regex(r"normal|bold|bolder|lighter|\d{1,4}(?:\.\d+)?|(?:var|calc|env)\(.*")
_PLAIN_WORD: Final = regex(r"[a-z]+")
# the properties whose values are few enough to know, with what to write
_FIXES: Final = {
    "font-weight": "Write normal, bold or a number from 1 to 1000",
    "color": "Write a colour",
    "background-color": "Write a colour, or transparent",
}


# the properties that take lengths only, and the units there are (CSS Values 4, 5 and 6)
_LENGTHS: Final = regex(
    r"(?:(?:min|max)-)?(?:width|height)|(?:padding|margin)(?:-\w+)?|font-size|text-indent|"
    r"(?:letter|word|border)-spacing|border-(?:\w+-)?width|border-(?:\w+-\w+-)?radius"
)
_NUMBER: Final = regex(r"[+-]?(?P<number>\d+\.?\d*|\.\d+)(?P<unit>[a-z]*|%)")
_UNITS: Final = frozenset(
    "% px em rem pt pc in cm mm q ex rex ch rch ic ric lh rlh cap rcap vw vh vi vb vmin vmax "
    "svw svh svmin svmax lvw lvh lvmin lvmax dvw dvh dvmin dvmax".split()
)


def _mended(declaration: Declaration) -> str:
    """Return what to write in place of a value that there is not; empty where it may be one."""
    name, value = declaration.name, declaration.value
    if value in _WIDE or not value or _TAG_LIKE.search(value):
        return ""
    if _LENGTHS.fullmatch(name) and not all(map(_is_a_length, value.split())):
        return "Write a unit behind the number, such as px"
    return "" if name not in _FIXES or _is_a_value(name, value) else _FIXES[name]


def _is_a_length(word: str) -> bool:
    """Tell whether a number has a unit, or needs none; what is no number may be anything."""
    found = _NUMBER.fullmatch(word.lower())
    if found is None:
        return True
    return found["unit"] in _UNITS or (not found["unit"] and float(found["number"]) == 0)


def _is_a_value(name: str, value: str) -> bool:
    """Tell whether there is such a value, as far as that can be known from a word."""
    if name == "font-weight":
        return _WEIGHT.fullmatch(value) is not None
    # of functions and of what has digits too much is read too leniently by mail programs
    is_word = _PLAIN_WORD.fullmatch(value) is not None
    return not is_word or paint(value) is not None or is_unknowable(value)


# ---------------------------------------------------------------- what mail programs lack


def _uses(case: Case) -> dict[str, tuple[int, str]]:
    """Return the features in use with the first place and how they are written there."""
    found: dict[str, tuple[int, str]] = {}
    seen: set[str] = set()
    for node in case.page.nodes:
        style = node.get("style")
        if style and style not in seen:
            seen.add(style)
            _note(found, declarations(style), node.start)
        if node.name in _ELEMENTS and not (node.name == "base" and not node.get("href")):
            found.setdefault(_ELEMENTS[node.name], (node.start, f"<{node.name}>"))
        if (
            node.name == "link"
            and "stylesheet" in node.get("rel").lower()
            and not _is_font(node.get("href"))
        ):
            found.setdefault("html-link", (node.start, "<link>"))
        if "popover" in node.attributes:
            found.setdefault("html-popover", (node.start, "popover"))
    for node, sheet in case.sheets:
        _note_sheet(found, node.end, sheet)
    return found


def _is_font(href: str) -> bool:
    """Tell of a sheet of web fonts: where it is missing the next font of the list shows."""
    return bool(re.search(r"font|typekit", href, re.IGNORECASE))


def _note_sheet(found: dict[str, tuple[int, str]], base: int, sheet: Sheet) -> None:
    for rule in sheet.rules:
        is_for_dark = any("prefers-color-scheme" in head for head in rule.media)
        if not is_for_dark:  # whoever sees that knows more than the others
            _note(found, rule.declarations, base + rule.start)
            _note_selector(found, base, rule)
    for at in sheet.at_rules:
        head = at.head.lower()
        if head.startswith("@import") and not _is_font(head):
            found.setdefault("css-at-import", (base + at.start, "@import"))
        elif head.startswith("@supports"):
            found.setdefault("css-at-supports", (base + at.start, "@supports"))


def _note_selector(found: dict[str, tuple[int, str]], base: int, rule: StyleRule) -> None:
    has_content = any(each.name == "content" for each in rule.declarations)
    for feature, mark in _SELECTORS:
        if mark in rule.text and (has_content or not mark.startswith(_ADDING)):
            found.setdefault(feature, (base + rule.start, mark))
    if "&" in rule.text:
        found.setdefault("css-nesting", (base + rule.start, "&"))


def _note(found: dict[str, tuple[int, str]], block: tuple[Declaration, ...], at: int) -> None:
    if any(each.name == "display" and each.value == "none" for each in block):
        return  # it does not show anyhow
    for each in block:
        for feature, written in _of_declaration(each):
            found.setdefault(feature, (at, written))


def _of_declaration(each: Declaration) -> Iterator[tuple[str, str]]:
    """Yield the features that a declaration uses, and how they are written."""
    yield from _by_property(each.name, each.value)
    if each.name.startswith("mso-") or not _MAY_HOLD.search(each.value):
        return
    for feature, pattern in _VALUES:
        if feature in _COLOURS and not each.name.startswith(("color", "background")):
            continue  # a shadow or a line that is missing does no harm
        if found := pattern.search(each.value):
            call = "()" if found[0].endswith("(") else ""
            yield feature, f"{each.name}: {found[0].rstrip('(')}{call}"


def _by_property(name: str, value: str) -> Iterator[tuple[str, str]]:
    if name == "display" and value in _DISPLAYS:
        yield _DISPLAYS[value], f"display: {value}"
    elif name == "position" and value in _MOVED:
        yield "css-position", f"position: {value}"
    elif name == "visibility" and value == "hidden":
        yield "css-visibility", "visibility: hidden"
    elif name in ("background", "background-image") and "url(" in value:
        yield "css-background-image", f"{name}: url()"
    elif name in _PROPERTIES and value not in _AS_IF_UNSAID:
        yield _PROPERTIES[name], name


def _shares(case: Case) -> dict[str, float]:
    return case.context.clients or clients.DEFAULT_SHARES


def unsupported(case: Case) -> Iterator[Fault]:
    """Use what the big mail programs support.

    Counted by the shares of your readers: from a third of them on, what is missing is the rule and
    not the exception. A property that does not exist works nowhere. (caniemail.com; `[check]
    clients` sets the shares.)
    """
    shares = _shares(case)
    for feature, (at, written) in _uses(case).items():
        lacking = sorted(clients.lacking(feature) & shares.keys())
        share = sum(shares[name] for name in lacking)
        if share >= MOST_LACKING and feature in clients.EFFECTS:
            effect = clients.EFFECTS[feature]
            names = clients.families()
            blind = ", ".join(names[name] for name in lacking)
            yield Fault(
                message=f"{written}: {effect.sees} in {blind} ({share:.0f} % of readers)",
                fix="Do without, or see that it reads well without",
                at=at,
                severity=None if effect.grade == "breaks" else "information",
            )
    yield from _unknown_properties(case)


def _unknown_properties(case: Case) -> Iterator[Fault]:
    told: set[str] = set()
    for at, each in _all_declarations(case):
        if each.name not in told and not clients.is_css_property(each.name):
            told.add(each.name)
            yield Fault(
                message=f'there is no property "{each.name}"', fix="Correct its name", at=at
            )


def _all_declarations(case: Case) -> Iterator[tuple[int, Declaration]]:
    seen: set[str] = set()
    for node in case.page.nodes:
        style = node.get("style")
        if style and style not in seen:
            seen.add(style)
            for each in declarations(style):
                yield node.start, each
    for node, sheet in case.sheets:
        for rule in sheet.rules:
            for each in rule.declarations:
                yield node.end + rule.start, each


def by_client(case: Case) -> Iterator[Fault]:
    """Know what your readers' mail programs will show otherwise.

    One line a family of programs, with its share of your readers and what they would see instead.
    Layouts that break are warnings, looks that differ are information; what nobody misses is not
    told. (caniemail.com)
    """
    shares = _shares(case)
    lines: dict[str, list[tuple[str, str]]] = {}
    first: dict[str, int] = {}
    for feature, (at, written) in _uses(case).items():
        lacking = sorted(clients.lacking(feature) & shares.keys())
        if feature not in clients.EFFECTS or sum(shares[name] for name in lacking) >= MOST_LACKING:
            continue
        for name in lacking:
            lines.setdefault(name, []).append((feature, written))
            first.setdefault(name, at)
    for name in sorted(lines, key=lambda each: -shares[each]):
        effects = [(clients.EFFECTS[feature], written) for feature, written in lines[name]]
        told = "; ".join(f"{effect.sees} ({written})" for effect, written in effects[:4])
        more = f"; and {len(effects) - 4} more" if len(effects) > 4 else ""
        is_grave = any(effect.grade == "breaks" for effect, _ in effects)
        yield Fault(
            message=f"{clients.families()[name]} ({shares[name]:g} % of readers): {told}{more}",
            at=first[name],
            severity="warning" if is_grave else "information",
        )


FAMILY: Final = "styles"
RULES: Final = (
    Rule("STYLE-NEST", FAMILY, "error", nested),
    Rule("STYLE-HEAD", FAMILY, "error", in_body),
    Rule("STYLE-BROKEN", FAMILY, "warning", broken),
    Rule("CSS-UNSUP", FAMILY, "warning", unsupported),
    Rule("CLIENT-CSS", FAMILY, "warning", by_client),
)
