"""Reads what services answer when they refuse, in all their shapes, into one vocabulary.

The words stay the service's own; what they mean for us, and the next step, is said here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from digest.errors import Refusal, ServiceError

MOST_CHARACTERS = 300

# 405 is "gone" as well: a server that has no such API answers so.
_BY_STATUS: Final[Mapping[int, Refusal]] = {
    401: "authentication",
    402: "plan",
    403: "authentication",
    404: "gone",
    405: "gone",
    409: "conflict",
    410: "gone",
    412: "conflict",
    429: "rate limit",
}

# How services say that the plan is too small: MailerLite's 422, Buttondown's feature_disabled, and
# the words of the others' help pages.
_PLAN = re.compile(
    r"feature_disabled"
    r"|\b(?:advanced|premium|business|enterprise|growing|standard|paid|pro|plus"
    r"|higher) (?:\w+ )?plan\b"
    r"|\bupgrade (?:your|to)\b|\byour (?:current )?plan\b",
    re.IGNORECASE,
)
_PLAN_STATUSES = frozenset({400, 403, 422})

_HINTS: Final[Mapping[Refusal, str]] = {
    "authentication": "See whether the key is right and may do this: `digest services` tries it.",
    "validation": "Change what it names in digest.toml or in the issue, and deliver again.",
    "conflict": "Look at the draft there, then deliver again.",
    "rate limit": "Wait a little, then deliver again.",
    "plan": "Paste it in by hand: `digest export ISSUE --for {service} -o {service}.html`.",
    "passing": "Try again in a while; nothing is lost.",
    "gone": "See whether url, audience and sender in digest.toml name what is there.",
    "unreadable": "See whether url in digest.toml is the address of its API.",
}

# Where services put their words, the sentence for people first.
_SENTENCES = ("detail", "message", "ErrorMessage", "msg", "error_description", "title")
_LISTS = ("errors", "detail", "Errors", "error", "messages")
_FIELDS = ("field", "loc", "source", "path", "ErrorRelatedTo")


def refused(
    status: int, headers: Mapping[str, str], body: bytes, *, service: str, where: str
) -> ServiceError:
    """Return the error for an answer that is no success, with the service's own words."""
    text = body.decode("utf-8", "replace")
    said = words(text)
    kind = kind_of(status, f"{text} {said}")
    told = f"{service} answered {status}" + (f": {said}" if said else "")
    hint = _HINTS[kind].format(service=service)
    if kind == "rate limit" and headers.get("retry-after"):
        hint = f"It asks to wait (Retry-After: {headers['retry-after']}); then deliver again."
    return ServiceError(told, kind=kind, where=where, hint=hint)


def kind_of(status: int, text: str) -> Refusal:
    """Return what kind of refusal an answer is.

    >>> kind_of(422, "Content submission is only available on advanced plan.")
    'plan'
    >>> kind_of(403, "Forbidden"), kind_of(502, ""), kind_of(422, "is no address")
    ('authentication', 'passing', 'validation')
    """
    if status in _PLAN_STATUSES and _PLAN.search(text):
        return "plan"
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    # Faults of their own, and a request that came too slowly (RFC 9110, 15.5.9).
    if status >= 500 or status == 408:
        return "passing"
    return "validation" if status >= 400 else "unreadable"


def words(text: str) -> str:
    """Return what an answer says, in one line: each fault with the field it is about.

    >>> words('{"message": "Bad", "errors": {"name": ["is taken"]}}')
    'Bad; name: is taken'
    >>> words("<html><h1>Bad gateway</h1></html>")
    'Bad gateway'
    """
    try:
        found = list(dict.fromkeys(_told(json.loads(text))))
    except (ValueError, RecursionError):
        found = [re.sub(r"<(style|script|title)\b.*?</\1>|<[^>]+>", " ", text, flags=re.S | re.I)]
    told = " ".join("; ".join(found).split())
    return told if len(told) <= MOST_CHARACTERS else told[: MOST_CHARACTERS - 1] + "…"


def _told(value: Any, field: str = "") -> Iterator[str]:
    """Yield the sentences of an answer, whatever shape its faults have."""
    if isinstance(value, str):
        if value.strip():
            yield f"{field}: {value.strip()}" if field else value.strip()
    elif isinstance(value, list):
        for part in value:
            yield from _told(part, field)
    elif isinstance(value, dict):
        yield from _told_of(value, field)


def _told_of(fault: dict[str, Any], field: str) -> Iterator[str]:
    # A fault without a field of its own is about the field that it stands below.
    about = next((_place(fault[name]) for name in _FIELDS if fault.get(name)), field)
    sentences = [fault[name] for name in _SENTENCES if isinstance(fault.get(name), str)]
    yield from _told(sentences[:1], about)
    yield from _told(fault.get("context"), about)  # where Ghost says what it is about
    for name in _LISTS:
        inner = fault.get(name)
        if isinstance(inner, dict) and not any(key in inner for key in _SENTENCES):
            # faults by the name of their field, as Laravel writes them
            for key, faults in inner.items():
                yield from _told(faults, str(key))
        elif isinstance(inner, list | dict) or (isinstance(inner, str) and not sentences):
            yield from _told(inner, "")


def _place(value: Any) -> str:
    """Return the name of a field, however it is pointed at."""
    if isinstance(value, list):
        # Pydantic names the part of the request first, which says nothing to an editor.
        return ".".join(str(part) for part in value if part not in ("body", "query"))
    if isinstance(value, dict):
        return str(value.get("pointer") or value.get("parameter") or "")
    return str(value)
