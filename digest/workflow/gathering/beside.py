"""Edits the posts of a very large source in a second process, while this one stores those before.

Editing is pure, so that it may be done anywhere: the helper gets a few hundred posts at a time and
gives them back edited, in their order. It opens no file and ends when its pipe does, however this
process ended. Where it gives nothing back, whoever asked edits the posts itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager, suppress
from itertools import islice, repeat
from typing import TYPE_CHECKING, Any

from digest.models import Post, RawItem, decode, encode

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from digest.editing import EditingSettings
    from digest.editing.convention import Convention

LEAST = 5_000
"""From how many posts on somebody waits so long that a process is started for them."""

CHUNK = 200
"""How many posts are handed over at a time."""


def pays_for(items: Iterable[RawItem]) -> bool:
    """Tell whether a second process would be of use for so many posts, and has a core to run on."""
    return isinstance(items, Sized) and len(items) >= LEAST and (os.cpu_count() or 1) > 1


def edited(
    items: Iterator[RawItem], source: str, settings: EditingSettings, convention: Convention
) -> Iterator[tuple[RawItem, Post | None]]:
    """Yield each item with the post it becomes, or None where the helper had none to give."""
    with _helper(source, settings, convention) as pipe:
        asked: list[RawItem] = []
        while True:
            posts = _answer(pipe) if asked else []
            before, asked = asked, list(islice(items, CHUNK))
            if asked:
                _ask(pipe, asked)
            # From here on the helper edits the next ones.
            yield from zip(before, posts or repeat(None), strict=False)
            if not asked:
                return


def _ask(pipe: Connection, items: list[RawItem]) -> None:
    with suppress(OSError):  # it died, which is seen when nothing is answered
        pipe.send_bytes(encode(items))


def _answer(pipe: Connection) -> list[Post]:
    try:
        return decode(pipe.recv_bytes(), list[Post])
    except (OSError, EOFError):
        return []


@contextmanager
def _helper(source: str, settings: EditingSettings, convention: Convention) -> Iterator[Connection]:
    """Yield the pipe to a helper that runs meanwhile."""
    from multiprocessing import get_context, resource_tracker

    fresh: Any = get_context("spawn")  # one that inherits nothing, no open archive above all
    ours, theirs = fresh.Pipe()
    helper = fresh.Process(
        target=edit_what_comes, args=(theirs, source, settings, convention), daemon=True
    )
    resource_tracker.ensure_running()  # starting it lets signals through again
    with _uninterrupted():
        helper.start()
    theirs.close()
    try:
        yield ours
    finally:
        helper.kill()  # it writes nothing, so that nothing is left half
        helper.join()
        ours.close()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Keep Ctrl-C from a process that is started meanwhile: it is for this one to end it."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def edit_what_comes(
    pipe: Connection, source: str, settings: EditingSettings, convention: Convention
) -> None:
    """Answer lists of raw items with lists of posts until nothing comes any more."""
    from digest.editing.edit import edit

    with suppress(OSError, EOFError):  # whoever asked is gone
        while True:
            items = decode(pipe.recv_bytes(), list[RawItem])
            try:
                posts = [edit(item, source, settings, convention) for item in items]
                answer = encode(posts)
            except Exception:  # noqa: BLE001 -- whoever asked meets it too, and knows what to do
                answer = encode([])
            pipe.send_bytes(answer)
