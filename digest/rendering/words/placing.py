"""Puts values into a label's places, for templates; a place that stays empty is told."""

from __future__ import annotations

from digest.lazy import regex
from digest.nearest import nearest
from digest.rendering.words import labels
from digest.rendering.words.directions import Names

_PLACE = regex(r"{(\w+)}")


def placed(names: Names, pattern: str, **values: object) -> str:
    """Return a label with its values in place; a newsletter's own words may leave a place out.

    Raises:
        TemplateRuntimeError: for a value without a place, or a place without a value; Jinja's
        error.
    """
    places = _PLACE.findall(str(pattern))
    if values.keys() != set(places):
        _refuse_misplaced(names, pattern, places, values)
    return labels.put(pattern, **{place: _shown(names, each) for place, each in values.items()})


def _shown(names: Names, value: object) -> object:
    """Return a number in the digits of the language that the fixed words are said in."""
    newsletter = names.get("newsletter")
    if not isinstance(value, int) or newsletter is None:
        return value
    return labels.in_digits(str(value), names.get("said_in") or newsletter.language)


def _refuse_misplaced(
    names: Names, pattern: str, places: list[str], values: dict[str, object]
) -> None:
    from jinja2 import TemplateRuntimeError

    name = _name(names, pattern)
    known = {*places, *_PLACE.findall(labels.words("en").get(name.partition(".")[0], ""))}
    label = f"labels.{name}" if name else f'"{pattern}"'
    there = ", ".join(f"{{{place}}}" for place in sorted(known)) or "none"
    for place in values:
        if place not in known and not (place == "n" and "." in name):
            near = nearest(place, known)
            hint = f"did you mean {near}?" if near else f"its places are: {there}"
            raise TemplateRuntimeError(f"{label} has no place {{{place}}}; {hint}")
    for place in places:
        if place not in values:
            raise TemplateRuntimeError(
                f"nothing is put into {{{place}}} of {label}: write put({place}=…)"
            )


def _name(names: Names, pattern: str) -> str:
    """Return the name of a label, empty for a text that is none."""
    known = getattr(names.get("labels"), "__dict__", {})
    return next((name for name, word in known.items() if word is pattern), "")
