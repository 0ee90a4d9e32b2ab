"""Where secrets come from, and the one place that knows them so that nothing ever shows them.

A secret comes from an environment variable, or from the system's keyring where the package
`keyring` is installed (service "digest", name as the variable's). It is in no file, message, record
or JSON.
"""

from __future__ import annotations

import base64
import os
import re
from importlib import import_module
from typing import Any, Final
from urllib.parse import quote

from digest.errors import ConfigError, ServiceError
from digest.services.base import Capabilities, Settings

MASKED = "•••"
_SHORTEST = 4  # what is shorter is no secret, and masking it would eat other people's words
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")


class Secret:
    """Hold a secret that shows itself to nobody who does not ask by name."""

    # No `__dict__`, which tracebacks with local variables would print.
    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def __repr__(self) -> str:
        return MASKED

    def __bool__(self) -> bool:
        return bool(self._value)

    def reveal(self) -> str:
        """Return the secret itself."""
        return self._value


class Secrets:
    """Hold what one service's credentials are, and mask them in any text."""

    def __init__(self, key: str = "", user: str = "") -> None:
        self.key, self.user = Secret(key), Secret(user)
        self._forms = _forms(key, user)

    def __repr__(self) -> str:
        return MASKED

    def add(self, value: str) -> str:
        """Count something made of the secrets, such as a token, among them, and return it."""
        self._forms = sorted({*self._forms, value}, key=len, reverse=True)
        return value

    def mask(self, text: str) -> str:
        """Return a text without any secret in it, whatever form it was written in."""
        # The longest first: a key within a longer form of it would leave the rest standing.
        for form in self._forms:
            text = text.replace(form, MASKED)
        return text

    def basic(self) -> dict[str, str]:
        """Return the header of Basic authentication with user and key (RFC 7617)."""
        pair = f"{self.user.reveal()}:{self.key.reveal()}".encode()
        return {"authorization": f"Basic {self.add(base64.b64encode(pair).decode())}"}


def _forms(key: str, user: str) -> list[str]:
    """Return the secrets as they may come back.

    As they are, quoted, in base 64, and their parts.
    """
    # a key of two halves, such as Ghost's `id:secret`, is secret in its second
    plain = {key, key.rpartition(":")[2]}
    plain = {value for value in plain if len(value) >= _SHORTEST}
    forms = set(plain)
    for value in plain:
        forms |= {quote(value, safe=""), base64.b64encode(value.encode()).decode()}
    if user and key:
        forms.add(base64.b64encode(f"{user}:{key}".encode()).decode())
    return sorted(forms, key=len, reverse=True)


def resolve(settings: Settings, about: Capabilities) -> Secrets:
    """Return the credentials that `key_env` and `user_env` name.

    Raises:
        ConfigError: if the service needs one that digest.toml does not name.
        ServiceError: if what it names is set nowhere.
    """
    key = _one(settings, "key_env", settings.key_env, about.needs_key)
    user = _one(settings, "user_env", settings.user_env, about.needs_user)
    return Secrets(key, user)


def _one(settings: Settings, entry: str, variable: str, is_needed: bool) -> str:
    if not variable:
        if not is_needed:
            return ""
        raise ConfigError(
            f"[service.{settings.name}] has no {entry}",
            where=settings.where,
            hint=f'Name the environment variable that holds it: {entry} = "…".',
        )
    found = os.environ.get(variable, "").strip() or _from_keyring(variable)
    if found and _CONTROL.search(found):
        raise ServiceError(
            f"what {variable} holds is broken over lines, or has characters that nobody types",
            kind="authentication",
            where=f"[service.{settings.name}] {entry}",
            hint="Copy it again, in one line.",
        )
    if found:
        return found
    raise ServiceError(
        f"the environment variable {variable} is not set",
        kind="authentication",
        where=f"[service.{settings.name}] {entry}",
        hint=f"Set it to the secret of {settings.name}, or keep that in the system's keyring.",
    )


def _from_keyring(name: str) -> str:
    """Return what the system's keyring has by a name, empty where there is nothing."""
    try:
        keyring: Any = import_module("keyring")  # an extra that few have installed
    except ImportError:
        return ""
    try:
        return keyring.get_password("digest", name) or ""
    except keyring.errors.KeyringError:  # locked, or none on this machine
        return ""
