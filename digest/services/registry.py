"""Finds the class of a service among the entry points of `digest.services`."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Any, cast

from digest import dialects
from digest.errors import ServiceError, UsageError
from digest.services.access import Secrets, Wire, resolve
from digest.services.base import Capabilities, Service, Settings

Maker = Callable[[Settings, Secrets, Wire], Service]


def names() -> tuple[str, ...]:
    """Return the names of all services that drafts can be handed over to, sorted."""
    return tuple(sorted({point.name for point in entry_points(group=dialects.GROUP)}))


def about(name: str) -> Capabilities:
    """Return what a service can carry.

    Raises:
        UsageError, ServiceError: if there is no such service.
    """
    return cast("Capabilities", _found(name).about)


def create(settings: Settings, wire: Wire) -> Service:
    """Return the service that the settings describe; its module is imported only now.

    Raises:
        UsageError: if there is no such service.
        ConfigError: if its settings lack something.
        ServiceError: if its credentials are set nowhere, or it only knows exports.
    """
    made: Any = _found(settings.name)
    return cast("Maker", made)(settings, resolve(settings, made.about), wire)


def _found(name: str) -> Any:
    for point in entry_points(group=dialects.GROUP):
        if point.name == name:
            return point.load()
    if dialects.is_known(name):
        raise ServiceError(
            f"nothing is handed over to {name}",
            kind="unable",
            hint=f"Paste it in: `digest export ISSUE --for {name} -o {name}.html`.",
        )
    raise UsageError(f'there is no service "{name}"', hint=dialects.hint(name))
