"""How a private blog is asked.

By an application password, which stands in the environment alone.
"""

from __future__ import annotations

import os
from base64 import b64encode

from digest.errors import ConfigError
from digest.sources.base import SourceSettings

_HINT = (
    "Make an application password under Users > Profile in WordPress, "
    "and put it into the environment."
)


def authorization(settings: SourceSettings) -> dict[str, str]:
    """Return the header that a source's `user_env` and `key_env` call for; nothing without them.

    Raises:
        ConfigError: if only one is named, or a variable is not set.
    """
    names = [settings.options.get(option, "") for option in ("user_env", "key_env")]
    if not any(names):
        return {}
    values = []
    for option, name in zip(("user_env", "key_env"), names, strict=True):
        if not isinstance(name, str) or not name:
            message = f'[[source]] "{settings.name}" has no {option}'
            raise ConfigError(message, where=settings.where, hint="It takes user_env and key_env.")
        value = os.environ.get(name, "").strip()
        if not value:
            message = f"the environment has no {name}, which {option} names"
            raise ConfigError(message, where=settings.where, hint=_HINT)
        values.append(value)
    return {"authorization": f"Basic {b64encode(':'.join(values).encode()).decode()}"}
