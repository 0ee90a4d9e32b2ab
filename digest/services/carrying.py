"""What a service can carry of a letter: what it leaves out or puts around it, and its limits."""

from __future__ import annotations

from digest.errors import ServiceError
from digest.services.base import Capabilities, Letter


def notes(letter: Letter, about: Capabilities) -> tuple[str, ...]:
    """Return what a service cannot carry of a letter, and what it puts around it."""
    found = []
    if not about.text:
        found.append(f"{about.title} takes no plain-text part: it makes its own of the page")
    if not about.preheader and letter.preheader:
        found.append(f"{about.title} has no field for the preheader: it stands in the page")
    if about.template:
        found.append(f"{about.title}: {about.template}")
    if about.read_back == "none" and about.updates:
        found.append(f"{about.title} does not show what it will send: look at the draft there")
    return tuple(found)


def refuse_too_long(letter: Letter, about: Capabilities) -> None:
    """Refuse what the service would refuse, before it is asked.

    Raises:
        ServiceError: naming the field and its limit.
    """
    for field, most in about.limits.items():
        value = getattr(letter, field)
        # Services count what they store: pages in bytes, fields in characters.
        size = len(value.encode()) if field in ("html", "text") else len(value)
        if size > most:
            unit = "bytes" if field in ("html", "text") else "characters"
            raise ServiceError(
                f"{field}: has {size:,} {unit}, and {about.title} takes {most:,}",
                kind="validation",
                where=letter.issue,
                hint="Shorten it, build and approve the issue again.",
            )
