"""Owns posts from a WordPress export file (WXR), of any size, read as a stream.

It refuses what is not public: drafts, private and protected posts, comments, e-mail addresses of
authors. Nothing of the file is kept that is not shown.
"""

from __future__ import annotations

from digest.sources.wxr.source import WxrSource

__all__ = ["WxrSource"]
