"""Takes pictures of an issue's views with an installed Chromium."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from digest.errors import DigestError
from digest.files import write_atomically
from digest.models import Value
from digest.preview.live import Facts, read
from digest.preview.sharing.chromium import Chromium
from digest.preview.sharing.pages import pages, view_page
from digest.preview.views import BY_ID, Colours
from digest.workflow.project import Project


class Picture(Value):
    """Describe one picture: of which view, how wide (pixels), and in which colours."""

    way: str
    width: int = 600
    colours: Colours = "light"

    @property
    def name(self) -> str:
        """Return the name of its file."""
        called = "email" if self.way == "html" else self.way
        return f"{called}-{self.width}-{self.colours}.png"


PICTURES: Final = (
    # the email, as a desktop and a phone show it
    *(Picture("html", w, c) for w in (600, 360) for c in ("light", "dark")),
    # what certain clients make of it
    *(Picture(way) for way in ("word", "inverted", "bare", "blocked", "clipped", "service")),
    # the rest
    Picture("web", 960),
    Picture("text", 720),
    Picture("inbox", 1000),
)


def pictures(project: Project, issue_id: str, folder: Path) -> Iterator[Path]:
    """Yield each picture once it is written; names tell view, width and colours.

    Raises:
        IssueFolderError: if the issue cannot be read.
        DigestError: if there is no Chromium, or the folder cannot be written.
    """
    facts = Facts(project.root, read(project.folders, issue_id), is_kept=True)
    with tempfile.TemporaryDirectory(prefix="digest-shot-") as made, Chromium() as chromium:
        pages(project, issue_id, Path(made))
        for picture in PICTURES:
            page = Path(made, "views", f"{picture.way}.html")
            if BY_ID[picture.way].kind == "frame":
                page.write_bytes(view_page(facts, BY_ID[picture.way], picture.colours))
            png = chromium.picture(page.as_uri(), picture.width, picture.colours)
            yield _kept(folder / picture.name, png)


def _kept(path: Path, png: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, png)
    except OSError as exc:
        raise DigestError(
            f"cannot be written ({exc.strerror or exc})",
            where=str(path),
            hint="Name a folder that may be written.",
        ) from exc
    return path
