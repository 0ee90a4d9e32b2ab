"""Keeps compiled pieces: in memory, in a project's `.digest/shapes/`, and those that are shipped.

A page whose frame and blocks are all known is put together without MJML, premailer and lxml, which
are imported only where something is missing; then all of that is compiled in one pass. Pieces of
one look (a template in a theme and a direction) lie in one file of plain JSON, written atomically;
a damaged one is made anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Raw

from digest import __version__, models
from digest.files import keep_newest, write_atomically
from digest.machine.hashing import blake2b
from digest.models import Page, Slotted, Value
from digest.rendering.page.cutting import (
    HOLE,
    Cut,
    Said,
    Setting,
    classes,
    cut,
    said,
    setting,
    styled,
)
from digest.rendering.page.faults import LostTokens, MarkupFault
from digest.rendering.page.installed import version
from digest.rendering.page.shape import Piece, compiled, joined, piece

FILES_LIMIT: Final = 40
"""How many looks are kept on disk; those used longest ago give way."""
FILE_BYTES_LIMIT: Final = 2_000_000
# A server or a build of thousands of editions must not grow for ever.
_MEMORY_LIMIT: Final = 2_000

# The modules that decide what a piece is compiled into.
_CODE = (
    *("cutting.py", "shape.py"),
    *(f"compiling/{name}.py" for name in ("mjml", "components", "inline", "minify")),
)
_LIBRARIES = ("mjml_python-", "premailer-", "cssutils-", "lxml-")

Key = tuple[str, ...]
"""Everything that a piece's look depends on: its own text last, its setting before."""


class Pieces(Value):
    """Hold a file of pieces by the hashes of their keys, and the versions of what compiled them."""

    made_by: str
    pieces: dict[str, Raw]


class Plan(Value):
    """Hold what a page is made of, in its order: the cut page, and each piece's key and text."""

    look: str
    cut: Cut
    parts: tuple[tuple[Key, Said], ...]


class Shapes:
    """Put pages together from compiled pieces, kept in memory and, given a folder, on disk.

    `shipped` is a folder of pieces that came with the program; nothing is written there.
    """

    def __init__(self, folder: Path | None, shipped: Path | None = None) -> None:
        self._folder = folder
        self._shipped = shipped
        self._known: dict[Key, Piece] = {}

    def page(self, mjml: str, values: list[Slotted]) -> Page:
        """Return the page of a tokenised MJML page; what is not known of it is compiled.

        Raises:
            MarkupFault: if the page is no proper MJML.
            LostTokens: if a value did not come through.
        """
        plan = planned(mjml)
        known = self._known
        if not known.keys() >= {key for key, _ in plan.parts}:
            plan = self._learnt(plan, mjml)
        return joined([(known[key], text.numbers) for key, text in plan.parts], values)

    def _learnt(self, plan: Plan, mjml: str) -> Plan:
        """Bring in what is not known of a page; return the plan by which it can be put together."""
        # All at once: what is in use is read again from the disk in a moment.
        if len(self._known) >= _MEMORY_LIMIT:
            self._known.clear()
        kept = self._read(plan.look)
        for key, _ in plan.parts:
            found = kept.get(_hash(key))
            if found is not None:
                self._known[key] = models.decode(found, Piece)
        if all(key in self._known for key, _ in plan.parts):
            return plan
        try:
            made = made_anew(plan, self._known)
        except (MarkupFault, LostTokens):
            # a page compiled whole tells where the fault is; or it has none when it is not cut
            plan = _uncut(mjml)
            made = made_anew(plan, {})
        self._known |= made
        self._write(plan.look, {_hash(key): made[key] for key in made})
        return plan

    # ------------------------------------------------------------ disk

    def _read(self, look: str) -> dict[str, Raw]:
        """Return what is kept of a look, the project's own over what is shipped."""
        kept: dict[str, Raw] = {}
        if self._shipped is not None:
            kept |= _pieces(self._shipped / _name(look)).pieces
        if self._folder is not None:
            own = _pieces(self._folder / _name(look))
            kept |= own.pieces if own.made_by == _versions() else {}
        return kept

    def _write(self, look: str, made: dict[str, Piece]) -> None:
        """Keep pieces on disk; a folder that cannot be written only costs time."""
        if self._folder is None:
            return
        path = self._folder / _name(look)
        fresh = {name: Raw(models.encode(one)) for name, one in made.items()}
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            before = _pieces(path)
            # Pieces of other compilers would be joined to ours, and look otherwise.
            is_current = before.made_by == _versions() and _size(path) < FILE_BYTES_LIMIT
            pieces = {**before.pieces, **fresh} if is_current else fresh
            write_atomically(path, models.encode(Pieces(made_by=_versions(), pieces=pieces)))
            keep_newest(self._folder, FILES_LIMIT)


def _pieces(path: Path) -> Pieces:
    """Return the pieces in a file; none if it is not there or damaged."""
    try:
        return models.decode(path.read_bytes(), Pieces)
    except (OSError, ValueError):
        return Pieces(made_by="", pieces={})


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


# ---------------------------------------------------------------- planning


def planned(mjml: str) -> Plan:
    """Return what a page is made of."""
    page = cut(mjml)
    frame = tuple(said(part) for part in page.frame)
    holes = tuple(tuple(said(block) for block in hole) for hole in page.holes)
    around = setting(tuple(part.text for part in frame))
    own = [styled(block.text) for hole in holes for block in hole]
    # Some style may tell a block by its neighbours, so the page is one piece.
    if around is None or None in own:
        return _uncut(mjml)
    components = " ".join(sorted({name for names in own for name in names or ()}))
    parts = _parts(frame, holes, around, components)
    return Plan(look=around.look, cut=page, parts=tuple(parts))


def _uncut(mjml: str) -> Plan:
    text = said(mjml)
    return Plan(look=text.text, cut=Cut((mjml,)), parts=(_frame_part(text, text.text, "", 0),))


def _parts(
    frame: Sequence[Said],
    holes: Sequence[Sequence[Said]],
    around: Setting,
    components: str,
) -> Iterator[tuple[Key, Said]]:
    whole = HOLE.join(part.text for part in frame)
    yield _frame_part(frame[0], whole, components, 0)
    for at, hole in enumerate(holes):
        place = around.places[at]
        for block in hole:
            own = f"{components} {classes(block.text, around.named)}"
            yield ("block", place, own, _pattern(block), block.text), block
        yield _frame_part(frame[at + 1], whole, components, at + 1)


def _frame_part(part: Said, whole: str, components: str, at: int) -> tuple[Key, Said]:
    return ("frame", whole, components, _pattern(part), str(at)), part


def _pattern(text: Said) -> str:
    return " ".join(map(str, text.pattern))


# ---------------------------------------------------------------- compiling


def made_anew(plan: Plan, known: dict[Key, Piece]) -> dict[Key, Piece]:
    """Return the pieces of a page that are not known, compiled in one pass with its frame.

    Raises:
        MarkupFault: if the page is no proper MJML.
        LostTokens: if a value did not come through.
    """
    missing = dict(_missing(plan, known))
    holes, at = [], 0
    for hole in plan.cut.holes:
        at += 1
        holes.append(tuple(block for i, block in enumerate(hole, at) if i in missing))
        at += len(hole)
    frame = {i for i, (key, _) in enumerate(plan.parts) if key[0] == "frame"}
    wanted = sorted(frame | missing.keys())
    made = compiled(plan.cut._replace(holes=tuple(holes)))
    return {
        plan.parts[i][0]: piece(html, plan.parts[i][1].numbers)
        for i, html in zip(wanted, made, strict=True)
    }


def _missing(plan: Plan, known: dict[Key, Piece]) -> Iterator[tuple[int, Key]]:
    """Yield the first of each block that is not known, by its place among the parts."""
    found: set[Key] = set()
    for i, (key, _) in enumerate(plan.parts):
        # A newsletter's posts are mostly the same block: it is compiled once.
        if key[0] == "block" and key not in known and key not in found:
            found.add(key)
            yield i, key


def _hash(key: Key) -> str:
    said = "\0\0".join(key).encode(errors="surrogatepass")
    return blake2b(said, digest_size=16).hexdigest()


def _name(look: str) -> str:
    """Return the name of the file for a look, which changes when the compiling code does."""
    return f"{_hash((_code(), look))}.json"


@cache
def _code() -> str:
    """Return what changes when the compiling code does."""
    here = Path(__file__).parent
    stamp = blake2b(digest_size=8)
    for name in _CODE:
        with suppress(OSError):
            stamp.update((here / name).read_bytes())
    return stamp.hexdigest()


def tools() -> dict[str, str]:
    """Return the versions of this program and of what compiles pages, by name."""
    named = {"digest": __version__}
    for prefix in _LIBRARIES:
        found = version(prefix).removeprefix(prefix)
        named[prefix.rstrip("-").replace("_", "-")] = found.removesuffix(".dist-info")
    return named


@cache
def _versions() -> str:
    """Return the versions of what compiles pieces, without importing any of it."""
    return " ".join(map(version, _LIBRARIES))
