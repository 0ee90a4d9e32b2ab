"""The values that pass between rooms: frozen, typed, and the same in memory as in JSON.

Everything here is data without behaviour beyond a derived name or two. Times are aware UTC and end
in `_at`. The one foreign library is msgspec, which also turns values into JSON and back (`encode`,
`decode`).
"""

from __future__ import annotations

from digest.models.editions import Edition, EditorNotes, Evergreen, Link, Order, Section, Selectors
from digest.models.issues import (
    Finding,
    Issue,
    NewsletterView,
    Page,
    PostCost,
    PostView,
    Rendered,
    SectionView,
    SeriesView,
    Shown,
    Slotted,
)
from digest.models.posts import Fixup, Image, ImageSize, Post, Problem, RawItem, SeriesPart, Term
from digest.models.selections import (
    Chosen,
    Decision,
    Missing,
    Remembered,
    Selection,
    Update,
    Verdict,
    Window,
)
from digest.models.values import Value, builtins, decode, encode, fields, key, pretty, replace

__all__ = [
    "Chosen",
    "Decision",
    "Edition",
    "EditorNotes",
    "Evergreen",
    "Finding",
    "Fixup",
    "Image",
    "ImageSize",
    "Issue",
    "Link",
    "Missing",
    "NewsletterView",
    "Order",
    "Page",
    "Post",
    "PostCost",
    "PostView",
    "Problem",
    "RawItem",
    "Remembered",
    "Rendered",
    "Section",
    "SectionView",
    "Selection",
    "Selectors",
    "SeriesPart",
    "SeriesView",
    "Shown",
    "Slotted",
    "Term",
    "Update",
    "Value",
    "Verdict",
    "Window",
    "builtins",
    "decode",
    "encode",
    "fields",
    "key",
    "pretty",
    "replace",
]
