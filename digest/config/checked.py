"""`[check]` and `[edition.NAME.check]`: what a project says of rules and of its readers' programs.

Whether there is such a rule or program is judged where they live, in `digest.checking`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from digest.config.places import Places, suggest, wrong_kind
from digest.errors import ConfigError
from digest.models import Value

LEVELS: Final = ("off", "information", "warning", "error")
_NOT_RULES: Final = ("clients", "dkim")


class RuleSetting(Value):
    """Hold how grave a rule is in this project; `where` is its line in digest.toml."""

    level: str
    reason: str = ""
    where: str = ""


class CheckConfig(Value):
    """Hold what is said of rules by id, shares of readers in percent, and DKIM's selector."""

    rules: dict[str, RuleSetting] = {}
    clients: dict[str, float] = {}
    dkim: str = ""
    where: str = ""

    def over(self, other: CheckConfig) -> CheckConfig:
        """Return another's settings with one's own over them."""
        return CheckConfig(
            rules={**other.rules, **self.rules},
            clients=self.clients or other.clients,
            dkim=self.dkim or other.dkim,
            where=self.where or other.where,
        )


def checked(table: Mapping[str, Any], name: str, places: Places) -> CheckConfig:
    """Return what a table says.

    Raises:
        ConfigError: if a severity is none, or a share is no number.
    """
    rules = {
        rule: _setting(value, f"[{name}] {rule}", places.where(f"{name}.{rule}"))
        for rule, value in table.items()
        if rule not in _NOT_RULES
    }
    clients = table.get("clients", {})
    where = places.where(f"{name}.clients")
    shares = clients.values() if isinstance(clients, dict) else (None,)
    if not all(_is_share(share) for share in shares):
        raise ConfigError(
            f"[{name}] clients: expected shares in percent",
            where=where,
            hint="Write clients = { gmail = 40, apple-mail = 45 }.",
        )
    dkim = table.get("dkim", "")
    if not isinstance(dkim, str):
        raise wrong_kind(name, "dkim", dkim, "str", places)
    return CheckConfig(rules=rules, clients=clients, dkim=dkim, where=where)


def _is_share(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100


def _setting(value: Any, name: str, where: str) -> RuleSetting:
    told = value if isinstance(value, dict) else {"severity": value}
    for key in told:
        if key not in ("severity", "reason"):
            raise ConfigError(
                f"{name}: {key}: unknown key",
                where=where,
                hint=suggest(key, ("severity", "reason"), "severity, reason"),
            )
    level, reason = told.get("severity"), told.get("reason", "")
    if level not in LEVELS or not isinstance(reason, str):
        raise ConfigError(
            f"{name}: expected a severity",
            where=where,
            hint='Write "off", "information", "warning" or "error", or'
            ' { severity = "off", reason = "…" }.',
        )
    return RuleSetting(level=level, reason=reason, where=where)
