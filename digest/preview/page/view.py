"""What the page's address says: which issue, looked at how, and which panel beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast
from urllib.parse import urlencode

from digest.models import Value
from digest.preview.views import BY_ID, SAMPLE_SERVICES, Colours

NARROWEST, WIDEST = 240, 1600
"""The widths in pixels between which a frame can be drawn."""

WIDTHS: Final[Mapping[int, str]] = {360: "Phone", 600: "Desktop"}
COLOURS: Final[Mapping[str, str]] = {"system": "System", "light": "Light", "dark": "Dark"}
PANELS: Final[Mapping[str, str]] = {
    "posts": "Posts",
    "findings": "Check",
    "size": "Size",
    "fixups": "Fix-ups",
    "letter": "Letter",
    "handing": "Hand over",
}
PANEL_KEYS: Final[Mapping[str, str]] = {
    "posts": "a",
    "findings": "c",
    "size": "s",
    "fixups": "f",
    "letter": "e",
    "handing": "o",
}
NO_PANEL: Final = "none"


class View(Value):
    """Hold what the address says. `panel` is empty where the window's width decides.

    `at` names a place in the frame: a post, or what a rule found.
    """

    issue: str = ""
    way: str = "html"
    beside: str = ""
    width: int = 600
    colours: Colours = "system"
    panel: str = ""
    service: str = ""
    at: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> View:
        """Return the view a query asks for; what is unknown in it is passed over."""
        width = query.get("width", "")
        wanted = int(width) if width.isdecimal() and len(width) < 6 else 600
        return cls(
            issue=query.get("issue", ""),
            way=_one_of(query.get("way"), BY_ID, "html"),
            beside=_one_of(query.get("beside"), BY_ID, ""),
            width=min(max(wanted, NARROWEST), WIDEST),
            colours=cast(Colours, _one_of(query.get("colours"), COLOURS, "system")),
            panel=_one_of(query.get("panel"), {**PANELS, NO_PANEL: ""}, ""),
            service=_one_of(query.get("service"), SAMPLE_SERVICES, ""),
            at=query.get("at", "")[:40],
        )

    def link(self, **changes: Any) -> str:
        """Return the address of this view with some parts changed; a place is not taken along."""
        parts = {name: getattr(self, name) for name in _DEFAULTS} | {"at": ""} | changes
        told = {name: value for name, value in parts.items() if value != _DEFAULTS[name]}
        return f"/?{urlencode(told)}" if told else "/"

    def line(self, at: str) -> str:
        """Return the address of a place in the source."""
        return f"{self.link(way='source', at=at)}#source-{at}"


_DEFAULTS: Final[dict[str, Any]] = {
    "issue": "",
    "way": "html",
    "beside": "",
    "width": 600,
    "colours": "system",
    "panel": "",
    "service": "",
    "at": "",
}


def _one_of(asked: str | None, known: Any, otherwise: str) -> str:
    return asked if asked and asked in known else otherwise
