"""What can be wrong with the files of an issue, and the whole of what is said of each: `faults.txt`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from digest.errors import DigestError
from digest.issue.folder import IssueFolders
from tests.golden import hold_text
from tests.issue.test_folder import FROZEN, write

ID = FROZEN.issue.id
LONG = "x" * 100

Fault = tuple[str, str, Callable[[IssueFolders], Any]]


def listed(folders: IssueFolders) -> Any:
    return folders.all()


def record(**changes: Any) -> str:
    """Return an issue.json in which something stands that it does not say."""
    told: dict[str, Any] = {
        "format": 1,
        "issue": {"id": ID, "edition": "weekly", "number": 1, "dated": "2026-11-22", "window": {"start_at": "2026-11-16T00:00:00Z", "cutoff_at": "2026-11-23T00:00:00Z"}},
    }  # fmt: skip
    told["issue"] |= {name: value for name, value in changes.items() if name != "format"}
    return json.dumps(told | ({"format": 2} if "format" in changes else {}))


def stray(name: str) -> Callable[[IssueFolders], Any]:
    """Read an issue whose record tells of a file elsewhere."""

    def asked(folders: IssueFolders) -> Any:
        path = folders.folder(ID) / "issue.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | {"digests": {name: "0"}}))
        return folders.read(ID)

    return asked


def gone(folders: IssueFolders) -> Any:
    """Ask which sealed issues are missing, where the folder of this one is gone."""
    shutil.rmtree(folders.folder(ID))
    return folders.missing("weekly")


FAULTS: dict[str, Fault] = {
    "no issue.json": ("issue.json", "", listed),
    "one that is cut off": ("issue.json", "{", listed),
    "one that is of another version": ("issue.json", record(format=2), listed),
    "one of another issue": ("issue.json", record(id="2026-11-22-" + LONG), listed),
    "one of another edition": ("issue.json", record(edition="daily"), listed),
    "one of another day": ("issue.json", record(dated="2026-11-21"), listed),
    "one that tells of a file above": ("email.txt", "", stray("../" + LONG)),
    "of a folder": ("email.txt", "", stray("pictures/a.png")),
    "of one as another machine writes it": ("email.txt", "", stray("..\\a")),
    "of one that no machine has": ("email.txt", "", stray("a\0b")),
    "of none": ("email.txt", "", stray("")),
    "of the folder itself": ("email.txt", "", stray(".")),
    "of the folder above": ("email.txt", "", stray("..")),
    "a seal that is cut off": ("approval.json", "{", lambda folders: folders.approval(ID)),
    "a seal of another issue": (
        "approval.json",
        f'{{"issue":"2026-11-15-{LONG}","approved_at":"2026-11-22T00:00:00Z","subject":"","preheader":"","digests":{{}}}}',
        lambda folders: folders.approval(ID),
    ),
    "what editor.md cannot hold": (
        "editor.md", "one\ntwo\n\udcff", lambda folders: folders.editor_text(ID),
    ),
    "what stands on its second line": (
        "editor.md", "\n\udcff", lambda folders: folders.editor_text(ID),
    ),
    "a folder in place of editor.md": ("editor.md/x", "x", lambda folders: folders.editor_text(ID)),
    "a sealed issue that is built": ("approval.json", "{}", write),
    "a draft whose seal is taken back": ("email.txt", "", lambda folders: folders.unseal(ID)),
    "a delivered one": ("delivery.json", "{}", lambda folders: folders.unseal(ID)),
    "a remembered seal that is cut off": (f"../sealed/{ID}.json", "{", gone),
    "a skipped date that is cut off": (
        "../skipped/2026-11-15-weekly.json", "{", lambda folders: folders.skipped(),
    ),
    "a folder in place of a list": (
        "../skipped.json/x", "", lambda folders: folders.published.write({"skipped.json": None}),
    ),
    "an issue that is not there": ("email.txt", "", lambda folders: folders.find("2026-11-29-weekly")),
    "a word that names none": ("email.txt", "", lambda folders: folders.find("newest")),
}  # fmt: skip


def faults(root: Path) -> Iterator[str]:
    for number, (name, (file, content, ask)) in enumerate(FAULTS.items()):
        folders = IssueFolders(root / str(number) / "issues")
        write(folders)
        path = folders.folder(ID) / file
        if path.parent.name == "editor.md":
            path.parent.unlink()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8", "surrogateescape"))
        if not content:
            path.unlink()
        with pytest.raises(DigestError) as told:
            ask(folders)
        said = str(told.value).replace(str(folders.root), "issues").replace("\0", "⟨0⟩")
        yield f"{name}\n  {said}\n"


def test_each_fault_is_told_with_its_place_and_the_next_step(tmp_path: Path) -> None:
    hold_text(Path(__file__).with_name("faults.txt"), "".join(faults(tmp_path)))
