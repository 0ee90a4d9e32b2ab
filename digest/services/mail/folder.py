"""A zip of an issue in a folder, for any service that is not here.

To be unpacked, or pasted from.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from digest.errors import ServiceError
from digest.files import at_home, write_atomically
from digest.machine.hashing import sha256
from digest.services.access import Secrets, Wire
from digest.services.base import Capabilities, Copy, Draft, Letter, Settings

_DRAFT = "draft"


class Folder:
    """Keep one zip an issue; writing it again replaces it whole."""

    about: ClassVar[Capabilities] = Capabilities(
        title="Folder",
        audience="none",
        needs_key=False,
        unsubscribe="the newsletter's own address",
        plan="none",
    )
    rehearsed: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, settings: Settings, secrets: Secrets, wire: Wire) -> None:
        self.settings, self.wire = settings, wire
        self.folder = at_home(settings.options.get("path", "handed-over"))

    def check(self) -> str:
        """Say where zips go."""
        return f"zips go to {self.folder}"

    def find(self, letter: Letter) -> Sequence[Draft]:
        """Return the zip of that key."""
        found = self.get(f"{letter.key}.zip")
        return [found] if found else []

    def get(self, draft_id: str) -> Draft | None:
        """Return a zip by its name."""
        path = self.folder / Path(draft_id).name
        return self._draft(path) if path.is_file() else None

    def create(self, letter: Letter) -> Draft:
        """Write the zip."""
        path = self.folder / f"{letter.key}.zip"
        if self.wire.rehearsal is not None:
            return self._draft(path)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_atomically(path, packed(letter))
        except OSError as exc:
            raise ServiceError(
                f"cannot be written ({exc.strerror or exc})",
                kind="validation",
                where=str(path),
                hint="Name a folder that you may write to: [service.folder] path.",
            ) from exc
        return self._draft(path)

    def update(self, draft: Draft, letter: Letter) -> Draft:
        """Write the zip again."""
        return self.create(letter)

    def set_back(self, draft: Draft) -> None:
        """Do nothing: a file is sent by nobody."""

    def read(self, draft: Draft) -> Copy | None:
        """Return what the zip holds."""
        try:
            with zipfile.ZipFile(self.folder / draft.id) as kept:
                html, text = (kept.read(name).decode() for name in ("email.html", "email.txt"))
                subject, _, preheader = kept.read("subject.txt").decode().partition("\n")
        except (OSError, KeyError, ValueError, zipfile.BadZipFile):
            return Copy(html="")
        return Copy(subject=subject, preheader=preheader.strip(), html=html, text=text)

    def test(self, draft: Draft, letter: Letter, addresses: Sequence[str]) -> None:
        """Refuse: a folder mails nothing."""
        raise ServiceError(
            "folder mails no tests", kind="unable", hint="Configure [service.smtp] for tests."
        )

    def schedule(self, draft: Draft, letter: Letter, at: datetime) -> None:
        """Refuse: a folder mails nothing."""
        raise ServiceError("folder sends nothing", kind="unable", hint="Choose another with --to.")

    def _draft(self, path: Path) -> Draft:
        version = sha256(path.read_bytes()) if path.is_file() else ""
        return Draft(id=path.name, status=_DRAFT, is_draft=True, url=str(path), version=version)


def packed(letter: Letter) -> bytes:
    """Return a zip of an issue's pages, of the same bytes for the same issue."""
    files = {
        "email.html": letter.html.encode(),
        "email.txt": letter.text.encode(),
        "message.eml": letter.message,
        "subject.txt": f"{letter.subject}\n{letter.preheader}\n".encode(),
        **letter.files,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in sorted(files.items()):
            made.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
    return buffer.getvalue()
