"""What a rule is: a name, a family, how grave it is, and the function that judges."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from digest.checking.case import Case
from digest.models import Value

Severity = Literal["error", "warning", "information"]


class Fault(Value):
    """Tell of one fault: what is wrong, what to do, and where.

    `at` is an offset in the page's source. A fault that lies in no page names its `place`, such as
    "subject". `severity` is given where it differs from its rule's.
    """

    message: str
    fix: str = ""
    at: int | None = None
    place: str = ""
    post: str = ""
    severity: Severity | None = None


Judge = Callable[[Case], Iterable[Fault]]


class Rule(Value):
    """Hold one rule. The docstring of `judge` says what it asks for, and below that why.

    A rule that `needs` a page or a message is not asked where there is none.
    """

    id: str
    family: str
    severity: Severity
    judge: Any
    needs: Literal["page", "message", "any"] = "page"

    @property
    def asks(self) -> str:
        """Return in a sentence what the rule asks for."""
        return self._paragraphs[0]

    @property
    def reason(self) -> str:
        """Return why, with its source."""
        return "\n\n".join(self._paragraphs[1:])

    @property
    def _paragraphs(self) -> list[str]:
        text = self.judge.__doc__ or self.id
        return [" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")]
