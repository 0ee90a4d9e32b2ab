"""Takes the preview along: a folder of plain pages, or pictures of the views.

    issue ──`pages`──▶ folder of HTML (views, findings, decisions; no server, no script)
                        └──`pictures`──▶ PNGs, by an installed Chromium

For a pull request, or a colleague. This room knows how Chromium is spoken to, and writes nowhere
but where it is told to.
"""

from __future__ import annotations

from digest.preview.sharing.pages import pages
from digest.preview.sharing.pictures import pictures

__all__ = ["pages", "pictures"]
