"""The verbs over an issue on disk, to which issue.json is all they need.

It seals and unseals, keeps the page and feed that list what is sealed, and makes pages again. It
refuses to choose posts, and to hand anything over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.lazy import opener

if TYPE_CHECKING:
    from digest.workflow.records.keeping import refuse_record
    from digest.workflow.records.publishing import mend, published
    from digest.workflow.records.reproducing import export, export_all, rebuild
    from digest.workflow.records.sealing import approve, refuse_doubled, withdraw
else:
    __getattr__ = opener(
        __name__,
        {
            "keeping": "refuse_record",
            "publishing": "mend published",
            "reproducing": "export export_all rebuild",
            "sealing": "approve refuse_doubled withdraw",
        },
    )

__all__ = [
    "approve",
    "export",
    "export_all",
    "mend",
    "published",
    "rebuild",
    "refuse_doubled",
    "refuse_record",
    "withdraw",
]
