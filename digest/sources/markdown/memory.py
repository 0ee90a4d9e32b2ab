"""Remembers what became of each file, so that a folder is read again only where it has changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from digest.models import Problem, encode
from digest.sources.reading import Found, Spool, shown_path

Fate = Literal["post", "hidden", "broken"]


@dataclass
class Seen:
    """Hold what is remembered of a file.

    Stamp, identity, whether it was a post, else why not, pictures.
    """

    stamp: str
    identity: str
    fate: Fate = "post"
    why: str = ""
    pictures: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Run:
    """Gather one run's findings."""

    items: Spool = field(default_factory=Spool)
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, Seen] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    unchanged: int = 0
    lacks_address: bool = False

    def remember(self, found: Found, name: str, seen: Seen) -> None:
        """Note what became of a file.

        Why one is hidden is said each time, like any other problem.
        """
        self.files[name] = seen
        if seen.fate == "hidden":
            self.problems.append(Problem(where=shown_path(found.path), message=seen.why))


def remembered(state: Mapping[str, str], settings: str) -> dict[str, Seen]:
    """Return what is known of each file; nothing where the settings were others then."""
    if state.get("settings") != settings:
        return {}
    try:
        kept = json.loads(state.get("files", "{}"))
        return {name: Seen(*facts) for name, facts in kept.items()}
    except (ValueError, TypeError, AttributeError):  # a damaged memory only means reading again
        return {}


def stored(files: Mapping[str, Seen]) -> str:
    """Return what is known of each file as it is kept until the next run."""
    facts = {
        name: [seen.stamp, seen.identity, seen.fate, seen.why, seen.pictures]
        for name, seen in files.items()
    }
    return encode(facts).decode()
