"""The built-in rules, one module a family, each a small function, listed in its module's `RULES`.

A rule reads the case and yields faults. It asks no network, no clock and no disk, and never raises.
"""

from __future__ import annotations

from typing import Final

from digest.checking.rule import Rule
from digest.checking.rules import (
    inbox,
    leftovers,
    links,
    looks,
    online,
    posts,
    sending,
    service,
    words,
)
from digest.checking.rules.online import addresses, is_settled, records

BUILT_IN: Final[tuple[Rule, ...]] = (
    *sending.RULES,
    *service.RULES,
    *links.RULES,
    *inbox.RULES,
    *words.RULES,
    *posts.RULES,
    *leftovers.RULES,
    *looks.RULES,
    *online.RULES,
)
"""Every rule, the families in the order in which harm is done."""

__all__ = ["BUILT_IN", "addresses", "is_settled", "records"]
