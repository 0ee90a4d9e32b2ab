"""Reads `[service.NAME]` and `[run]`: how issues are handed over. A secret never stands there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from digest import dialects
from digest.config.places import Places, suggest, wrong_kind
from digest.config.tables import SERVICE_KEYS, SERVICE_OPTIONS, RunTable, ServiceConfig, words
from digest.errors import ConfigError
from digest.files import seen_from
from digest.lazy import regex

# However a key is called by its service: digest.toml lies in git.
_SECRET = regex(r"(api_?key|key|token|password|secret)$")
_VARIABLE = regex(r"[A-Za-z_][A-Za-z0-9_]*")
_PATHS = frozenset({"path", "ca_file"})  # seen from the project's folder


def services(
    tables: Mapping[str, Mapping[str, Any]], root: Path, places: Places
) -> dict[str, ServiceConfig]:
    """Return the services that the `[service.NAME]` tables describe.

    Raises:
        ConfigError: for an unknown service or key, a secret, or a value of the wrong kind.
    """
    return {name: _service(name, table, root, places) for name, table in tables.items()}


def _service(name: str, table: Mapping[str, Any], root: Path, places: Places) -> ServiceConfig:
    place = f"service.{name}"
    if not dialects.is_known(name):
        raise ConfigError(
            f"[{place}]: unknown service", where=places.where(place), hint=dialects.hint(name)
        )
    for entry in table:
        _check_key(name, entry, places)
    values = {key: _text(place, key, table[key], places) for key in SERVICE_KEYS & table.keys()}
    _check_values(place, values, places)
    known = SERVICE_KEYS | {"audiences"}
    options = {
        key: _option(name, key, value, places) for key, value in table.items() if key not in known
    }
    for key in _PATHS & options.keys():
        options[key] = str(seen_from(root, options[key]))
    return ServiceConfig(
        name=name,
        **values,
        audiences=_audiences(place, table.get("audiences", {}), places),
        options=options,
        where=places.where(place),
    )


def _check_key(name: str, entry: str, places: Places) -> None:
    place = f"service.{name}"
    if _SECRET.search(entry):
        raise ConfigError(
            f"[{place}] {entry}: a secret does not belong in this file",
            where=places.where(place, entry),
            hint='Put it into an environment variable and name that: key_env = "…".',
        )
    # what another package brings may have keys of its own
    known = SERVICE_KEYS | {"audiences"} | SERVICE_OPTIONS.get(name, {}).keys()
    if name in dialects.DIALECTS and entry not in known:
        raise ConfigError(
            f"[{place}] {entry}: unknown key",
            where=places.where(place, entry),
            hint=suggest(entry, known, ", ".join(sorted(known))),
        )


def _text(place: str, key: str, value: Any, places: Places) -> str:
    """Return a value as text; ids may be written as numbers."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value).strip()
    raise wrong_kind(place, key, value, "str", places)


def _option(name: str, key: str, value: Any, places: Places) -> Any:
    """Return what only one service knows; a number may be written as text."""
    kind = SERVICE_OPTIONS.get(name, {}).get(key)
    is_right = kind is None or type(value) is kind
    if kind is int and isinstance(value, str):
        is_right = value.strip().isdecimal()
    if kind is str and type(value) is int:
        return str(value)
    if not is_right and kind:
        raise wrong_kind(f"service.{name}", key, value, kind.__name__, places)
    return value


def _check_values(place: str, values: Mapping[str, str], places: Places) -> None:
    url = values.get("url", "")
    try:
        parts = urlsplit(url)
        is_address = bool(not url or (parts.scheme and parts.hostname))
    except ValueError:
        is_address = False
    if not is_address:
        raise ConfigError(
            f'[{place}] url: "{url}" is no address',
            where=places.where(place, "url"),
            hint='Write it whole: "https://…".',
        )
    if parts.username or parts.password:
        raise ConfigError(
            f"[{place}] url: a secret does not belong in this file",
            where=places.where(place, "url"),
            hint='Name environment variables instead: user_env = "…", key_env = "…".',
        )
    for key in ("key_env", "user_env"):
        if values.get(key) and not _VARIABLE.fullmatch(values[key]):
            raise ConfigError(
                f"[{place}] {key}: is no name of an environment variable",
                where=places.where(place, key),
                hint=f'Write {key} = "MY_KEY", and set MY_KEY to the secret.',
            )


def _audiences(place: str, table: Any, places: Places) -> dict[str, str]:
    if not isinstance(table, dict):
        raise ConfigError(
            f"[{place}] audiences: expected a table",
            where=places.where(place, "audiences"),
            hint=f'Write [{place}.audiences], and below it members = "its id".',
        )
    named = f"{place}.audiences"
    return {name: _text(named, name, value, places) for name, value in table.items()}


def run(table: RunTable, editions: Mapping[str, Any], places: Places) -> RunTable:
    """Return `[run]` with its words as many.

    Raises:
        ConfigError: if it names a service that nobody knows, or what is no address.
    """
    service = table.deliver
    if isinstance(service, str) and service and not dialects.is_known(service):
        raise ConfigError(
            f'[run] deliver: unknown service "{service}"',
            where=places.where("run", "deliver"),
            hint=dialects.hint(service),
        )
    for address in words(table.notify):
        if not re.fullmatch(r"[^<>@\s,]+@[^<>@\s,]+", address):
            raise ConfigError(
                f'[run] notify: "{address}" is no address',
                where=places.where("run", "notify"),
                hint='Write "editor@example.org".',
            )
    return RunTable(deliver=service, audience=table.audience, notify=words(table.notify))
