"""Cases in a text file: what goes in, and the whole of what comes out, so that any change shows.

A case begins with a line "=== its name"; what it is made of follows, and below a line "--->" what was
answered. `DIGEST_UPDATE_GOLDENS=1` writes the answers anew; read what changed before you keep it. Signs
that an editor would not keep stand as ␉ (tab), ␍ (carriage return), ␣ (blank at the end of a line),
⍽ (no-break space) and ⟨200b⟩ (any other, by its number).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

_SIGNS = {"␉": "\t", "␍": "\r", "␣": " ", "⍽": "\xa0"}
_NUMBERED = re.compile("⟨([0-9a-f]+)⟩")


def hold(path: Path, answer: Callable[[str, str], str]) -> None:
    """Compare what `answer` says of each case with what stands below it."""
    kept = path.read_text("utf-8")
    told = "\n".join(
        f"=== {name}\n{said}\n--->\n{_visible(answer(name, _meant(said)))}\n"
        for name, said in _cases(kept)
    )
    hold_text(path, told)


def hold_text(path: Path, told: str) -> None:
    """Compare a whole text with the one that is kept."""
    if os.environ.get("DIGEST_UPDATE_GOLDENS"):
        path.write_text(told, "utf-8")
    assert told == path.read_text("utf-8")


def _cases(text: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each case, and what it is made of."""
    for case in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        name, _, rest = case.partition("\n")
        yield name, rest.partition("\n--->")[0].rstrip("\n")


def _meant(text: str) -> str:
    """Return a case with the signs that are written otherwise."""
    for sign, meant in _SIGNS.items():
        text = text.replace(sign, meant)
    return _NUMBERED.sub(lambda found: chr(int(found[1], 16)), text)


def _visible(text: str) -> str:
    for sign, meant in _SIGNS.items():
        text = re.sub(r" (?=\n|\Z)", sign, text) if meant == " " else text.replace(meant, sign)
    return "".join(c if c == "\n" or c.isprintable() else f"⟨{ord(c):x}⟩" for c in text)


def hold_lines(path: Path, answer: Callable[[str, str], str]) -> None:
    """Compare what `answer` says of each line of each case, below which it stands; ↵ breaks a line."""

    def told(name: str, said: str) -> str:
        answers = [(line, answer(name, line.replace("↵", "\n"))) for line in said.split("\n")]
        return "\n".join(f"{line}\n  " + answered.replace("\n", "↵") for line, answered in answers)

    hold(path, told)
