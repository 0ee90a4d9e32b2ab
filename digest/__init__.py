"""Collect a blog's posts and turn the week's into a responsive HTML email.

For programs: `open_project`, `collect`, `select`, `build`, `build_many` and `render` are the
workflow's verbs (docs/library.md). They are found when first asked for, so that `import digest`
costs nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers read it; typing itself is slow to come, and Ctrl-C quick
if TYPE_CHECKING:
    from typing import Any

    from digest.library import build, build_many, collect, open_project, render, select

__version__ = "0.1.0"
__all__ = ["build", "build_many", "collect", "open_project", "render", "select"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from digest import library

    return getattr(library, name)
