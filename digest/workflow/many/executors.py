"""Who does the work beyond this machine: an engine that is named by an address.

Engines are optional: whoever names one has installed it. Everything else about a cluster is the
engine's own business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from digest.errors import DigestError, UsageError

if TYPE_CHECKING:
    from concurrent.futures import Executor


class EngineError(DigestError):
    """Tell that an engine cannot be reached or used."""


@contextmanager
def at(address: str) -> Iterator[Executor]:
    """Yield the executor of an engine, as "dask://HOST:PORT", and let go of it afterwards.

    Raises:
        UsageError: if there is no such engine, or it is not installed.
        EngineError: if it cannot be reached.
    """
    engine, place = parted(address)
    with _ENGINES[engine](place) as executor:
        yield executor


def parted(address: str) -> tuple[str, str]:
    """Return an engine's name and place.

    Raises:
        UsageError: if there is no such engine.
    """
    engine, _, place = address.partition("://")
    if engine not in _ENGINES or not place:
        raise UsageError(
            f'"{address}" is no executor',
            hint=f"Known: {', '.join(f'{name}://HOST:PORT' for name in _ENGINES)}.",
        )
    return engine, place


@contextmanager
def _dask(place: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as exc:
        raise UsageError(
            "Dask is not installed",
            hint="pip install 'digest-newsletter[dask]', here and where its workers run.",
        ) from exc
    try:
        # What it has in Python's own way of types says nothing.
        client = cast(Any, Client)(f"tcp://{place}", timeout=10, set_as_default=False)
    except (OSError, ValueError) as exc:
        raise EngineError(
            f"no Dask scheduler answers ({exc})",
            where=f"dask://{place}",
            hint="Start one with `dask scheduler`, and workers with `dask worker HOST:PORT`.",
        ) from exc
    with client:
        # A chunk that was done twice is done once: it need not be told apart by its arguments.
        yield client.get_executor(pure=False)


_ENGINES: dict[str, Callable[[str], Any]] = {"dask": _dask}
