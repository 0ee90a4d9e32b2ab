"""Shows an issue in the browser while it is being edited.

A loopback web application over the workflow. The room owns the web server, the page around the
issue, and the watching of files. It writes nothing itself; what changes on disk is changed by the
workflow's `build`. The issue's own HTML is never trusted: it is shown in a sandboxed frame in which
nothing runs.
"""

from __future__ import annotations

from digest.preview.application import application
from digest.preview.server import serve, share

__all__ = ["application", "serve", "share"]
