"""Many editions at once: the loop over them, the unit of its work, and who may do that work.

    editions ──▶ waves ──▶ chunks ──▶ an executor (here, processes, Dask, …) ──▶ reports

A chunk is a value, and building it again changes nothing that was built: so it may be done by any
machine that sees the project's folder, and be done twice. This room refuses to know how one issue
is made, and what a command prints.
"""

from __future__ import annotations

from digest.workflow.many.chunks import build_chunk
from digest.workflow.many.loop import build_all
from digest.workflow.many.outcomes import Outcomes
from digest.workflow.many.waves import of_shard, waves
from digest.workflow.many.work import Chunk

__all__ = ["Chunk", "Outcomes", "build_all", "build_chunk", "of_shard", "waves"]
