"""Owns posts from a folder of Markdown or HTML files, as static site generators keep them.

It refuses files outside its folder, and writes nothing into it.
"""

from __future__ import annotations

from digest.sources.markdown.nearby import picture_file
from digest.sources.markdown.permalinks import PLACEHOLDERS, by_colons
from digest.sources.markdown.picture_header import size_of as picture_size
from digest.sources.markdown.source import MarkdownSource

__all__ = [
    "PLACEHOLDERS",
    "MarkdownSource",
    "by_colons",
    "picture_file",
    "picture_size",
]
