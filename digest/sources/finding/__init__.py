"""Owns finding out what an address, a folder or a file is, for the first set-up of a project.

It refuses to read posts by itself: what it shows of them is what the source brings.
"""

from __future__ import annotations

from digest.sources.finding.discovered import Discovered, Sample
from digest.sources.finding.discovery import discover, glance, typed
from digest.sources.finding.local import look_at

__all__ = ["Discovered", "Sample", "discover", "glance", "look_at", "typed"]
