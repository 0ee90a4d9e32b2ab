"""The page around the issue: two lines above it, the issue on its stage, and a panel beside it.

    Facts, View ──▶ `page` ──▶ HTML that works by links; static/*.js bring parts of a fresh one in

It refuses to change anything, and to let HTML of an issue in.
"""

from __future__ import annotations

from digest.preview.page.panels import panel
from digest.preview.page.view import View
from digest.preview.page.whole import asset, page

__all__ = ["View", "asset", "page", "panel"]
