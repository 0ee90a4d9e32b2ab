"""Rules of how an email looks: its markup, styles, pictures and size, and what eyes can make out.

They judge the page as programs show it, and nothing of what it says or of whom it goes to.
"""

from __future__ import annotations

from typing import Final

from digest.checking.rule import Rule
from digest.checking.rules.looks import (
    drawings,
    markup,
    page,
    pictures,
    sight,
    size,
    styles,
)

RULES: Final[tuple[Rule, ...]] = (
    *pictures.RULES,
    *drawings.RULES,
    *sight.RULES,
    *page.RULES,
    *markup.RULES,
    *styles.RULES,
    *size.RULES,
)

__all__ = ["RULES"]
