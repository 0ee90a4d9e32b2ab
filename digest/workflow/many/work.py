"""Some editions to build, as a value that any process can take."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from digest.errors import DigestError
from digest.models import Edition, Value
from digest.workflow.making.reports import BuildReport

Outcome = BuildReport | DigestError


class Chunk(Value):
    """Hold which editions of which project to build, as of when, and how.

    `failed` are sources that could not be read just now. Chunks of one `run` differ in nothing but
    their editions, so that who does several of them reads the project once; a chunk by itself has
    none.
    """

    root: Path
    editions: tuple[Edition, ...]
    now: datetime
    dated: date | None = None
    dry_run: bool = False
    force: bool = False
    failed: tuple[str, ...] = ()
    run: str = ""
