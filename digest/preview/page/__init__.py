"""The page around the issue: two lines above it, the issue on its stage, and a panel beside it.

    Facts, View ──▶ `page` ──▶ HTML that works by links; static/*.js bring parts of a fresh one in

It refuses to change anything, and to let HTML of an issue in.
"""

from __future__ import annotations

from digest.preview.page.markup import Inside, Markup, tag, written
from digest.preview.page.panels import PARTS, panel
from digest.preview.page.stage import inbox, source
from digest.preview.page.view import View
from digest.preview.page.whole import asset, page

__all__ = [
    "PARTS",
    "Inside",
    "Markup",
    "View",
    "asset",
    "inbox",
    "page",
    "panel",
    "source",
    "tag",
    "written",
]
