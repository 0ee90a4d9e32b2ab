"""What can be seen of an issue.

The same bytes in the frame, as text, as a row of an inbox, as source.
    outputs ──▶ `frame` (marked, simulated, in light or dark, pictures put in) ──▶ a sandboxed frame
            └─▶ `inbox`, `lines`                                                ──▶ the page itself

It refuses to know the page around it, and to judge. What plays another program is labelled so, in
`WAYS`.
"""

from __future__ import annotations

from digest.preview.views.copying import Colours
from digest.preview.views.framing import SAMPLE_SERVICES, frame
from digest.preview.views.inbox import Row, rows
from digest.preview.views.marking import lines, place_of
from digest.preview.views.ways import BY_ID, WAYS, Way

__all__ = [
    "BY_ID",
    "SAMPLE_SERVICES",
    "WAYS",
    "Colours",
    "Row",
    "Way",
    "frame",
    "lines",
    "place_of",
    "rows",
]
