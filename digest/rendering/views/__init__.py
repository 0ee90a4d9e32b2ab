"""Views: a page as the clients that are hardest show it, as pages that any browser can show.

    VIEWS["word"](html) ──▶ html

Each view is a pure function from HTML to HTML. It takes away what a client drops and plays what it
does instead: `word` is Outlook for Windows, `bare` a client that drops all style sheets, `blocked`
one that loads no pictures, `inverted` one that turns a light page dark by itself. This room
refuses to know an issue, to open a browser and to judge: tests and the preview look at what it
makes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from digest.rendering.views.simple import bare, blocked, inverted
from digest.rendering.views.word import word

__all__ = ["VIEWS", "bare", "blocked", "inverted", "word"]

VIEWS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {"word": word, "bare": bare, "blocked": blocked, "inverted": inverted}
)
"""Each view by its name."""
