"""Turns what an editor does on the page into changes of editor.md, and writes that file alone.

    act (JSON) ──`changes`──▶ Changes ──`Pen`──▶ editor.md (issue/rewriting), with undo

Nothing is written over what somebody else wrote meanwhile: an act tells which state of the file it
was done on. It refuses to build, and to touch any other file.
"""

from __future__ import annotations

from digest.preview.arranging.acts import Act, Place, changes, read_act
from digest.preview.arranging.pen import Conflict, Pen, Written, digest_of

__all__ = ["Act", "Conflict", "Pen", "Place", "Written", "changes", "digest_of", "read_act"]
