"""What can be wrong with a page that is compiled; known apart from what compiles."""

from __future__ import annotations

from typing import Final

LATE: Final = "late value "
"""How a fault begins that a value caused, which MJML has to understand and which comes too late."""


class MarkupFault(Exception):
    """Tell what MJML dislikes about a page, at its line and column (from 1; 0 if unknown)."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


def late_token(fault: MarkupFault) -> int | None:
    """Return the number of the token that stands where MJML had to understand its value."""
    return (
        int(fault.message.removeprefix(f"{LATE}zq").removesuffix("fqz"))
        if fault.message.startswith(LATE)
        else None
    )


class LostTokens(Exception):
    """Tell which tokens did not come through, and why."""

    def __init__(self, message: str, tokens: tuple[int, ...]) -> None:
        super().__init__(message)
        self.message = message
        self.tokens = tokens
