"""What others say of an email.

The network of its links and pictures, DNS of its sender, spam filters.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from digest import checking
from digest.checking import Answer, Case, Online, Spam
from digest.config.tables import Fetching
from digest.errors import CheckError, FetchError, HttpStatusError, TooLarge
from digest.fetching import Fetcher
from digest.fetching.names import texts
from digest.files import write_atomically
from digest.machine import threads
from digest.models import Value, decode, encode

Progress = Callable[[str, int, int], None]

AT_ONCE: Final = 8
MOST_ADDRESSES: Final = 400
TIMEOUT_SECONDS: Final = 15.0
MOST_BYTES: Final = 5 * 2**20
REMEMBERED_SECONDS: Final = 3600
_FILTER_SECONDS: Final = 90


class Remembered(Value):
    """Hold an answer and when it was given, in seconds since 1970."""

    answer: Answer
    at: float


# ---------------------------------------------------------------- links, pictures, DNS


def ask(
    case: Case,
    fetching: Fetching | None,
    progress: Progress | None = None,
    memory: Path | None = None,
) -> Online:
    """Ask each address of an email once, several at a time, and DNS for the sender's records.

    What answered well within the last hour is taken from `memory`, a file; what failed, was slow,
    or is no such picture as it should be may have been mended since, and is asked again.
    """
    addresses = checking.addresses(case)
    pictures = frozenset(addresses["pictures"])
    wanted = [url for urls in addresses.values() for url in urls]
    wanted = list(dict.fromkeys(wanted))[:MOST_ADDRESSES]
    known = _recall(memory)
    missing = [url for url in wanted if url not in known]
    names = checking.records(case)
    total = len(missing) + len(names)
    records: dict[str, tuple[str, ...]] = {}
    with _fetcher(fetching or Fetching()) as fetcher:
        asked = threads.as_they_come(partial(_asked, fetcher), missing, AT_ONCE)
        for done, (_, answer) in enumerate(asked, 1):
            known[answer.url] = Remembered(answer=answer, at=time.time())
            if progress:
                progress("asking links and pictures", done, total)
        for name in names:
            try:
                records[name] = texts(name)
            except FetchError:
                return _remember(
                    memory, known, wanted, pictures, {}
                )  # without DNS there is nothing to tell
    return _remember(memory, known, wanted, pictures, records)


def _fetcher(fetching: Fetching) -> Fetcher:
    return Fetcher(
        allow_private=fetching.allow_private,
        timeout_seconds=min(fetching.timeout, TIMEOUT_SECONDS),
        max_bytes=MOST_BYTES,
        concurrency=AT_ONCE,
    )


def _asked(fetcher: Fetcher, url: str) -> Answer:
    from digest.sources.markdown import picture_size

    began = time.monotonic()
    try:
        response = fetcher.get(url, headers={"accept": "text/html,image/*,*/*;q=0.8"})
    except HttpStatusError as exc:
        return Answer(url=url, status=exc.status, seconds=time.monotonic() - began)
    except TooLarge:
        return Answer(url=url, status=200, final=url, size=MOST_BYTES + 1)
    except FetchError as exc:
        return Answer(url=url, error=exc.message, seconds=time.monotonic() - began)
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    size = picture_size(response.body) if kind.startswith("image/") else None
    return Answer(
        url=url,
        status=response.status,
        final=response.url,
        kind=kind,
        size=len(response.body),
        seconds=time.monotonic() - began,
        width=size[0] if size else 0,
        height=size[1] if size else 0,
    )


def _recall(memory: Path | None) -> dict[str, Remembered]:
    """Return the answers that are still fresh; a damaged memory is none."""
    if memory is None:
        return {}
    try:
        told = decode(memory.read_bytes(), dict[str, Remembered])
    except (OSError, ValueError):
        return {}
    return {
        url: each for url, each in told.items() if 0 <= time.time() - each.at < REMEMBERED_SECONDS
    }


def _remember(
    memory: Path | None,
    known: dict[str, Remembered],
    wanted: list[str],
    pictures: frozenset[str],
    records: dict[str, tuple[str, ...]],
) -> Online:
    good = {
        url: each
        for url, each in known.items()
        if checking.is_settled(each.answer, is_picture=url in pictures)
    }
    if memory is not None and memory.parent.is_dir():
        with suppress(OSError):  # a project that cannot be written is asked about all the same
            write_atomically(memory, encode(good))
    return Online(
        answers={url: known[url].answer for url in wanted if url in known}, records=records
    )


# ---------------------------------------------------------------- spam filters


def spam_verdict(message: bytes) -> Spam:
    """Return what the spam filter of this machine says of a message: rspamd's, else SpamAssassin's.

    Raises:
        CheckError: if there is no message, or no filter.
    """
    if not message:
        raise CheckError("--spam judges a whole message", hint="Name an .eml or an issue.")
    for program, command, read in _FILTERS:
        if shutil.which(program) and (verdict := read(_run([program, *command], message))):
            return verdict
    raise CheckError(
        "there is no spam filter here that answers",
        hint="Install SpamAssassin (spamassassin) or rspamd (rspamc).",
    )


def _run(command: list[str], message: bytes) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the programs are named below
            command, input=message, capture_output=True, timeout=_FILTER_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _spamassassin(said: str) -> Spam | None:
    found = re.search(r"score=(-?[\d.]+)\s+required=(-?[\d.]+)", said)
    if not found:
        return None
    rules = re.findall(
        r"^\s*(?:pts.*)?\s*(-?\d+(?:\.\d+)?)\s+([A-Z][A-Z0-9_]+)\b", said, re.MULTILINE
    )
    return Spam(
        program="SpamAssassin",
        score=float(found[1]),
        limit=float(found[2]),
        reasons=tuple(_costly((name, float(points)) for points, name in rules)),
    )


def _rspamd(said: str) -> Spam | None:
    found = re.search(r"Score:\s*(-?[\d.]+)\s*/\s*(-?[\d.]+)", said)
    if not found:
        return None
    rules = re.findall(r"^Symbol:\s*(\w+)\s*\((-?[\d.]+)\)", said, re.MULTILINE)
    action = re.search(r"^Action:\s*(add header|rewrite subject|reject)", said, re.MULTILINE)
    score, refused_from = float(found[1]), float(found[2])
    return Spam(
        program="rspamd",
        score=score,
        # it marks as spam long before it refuses, and names the second limit only
        limit=min(score, refused_from) if action else refused_from,
        reasons=tuple(_costly((name, float(points)) for name, points in rules)),
    )


def _costly(rules: Iterator[tuple[str, float]]) -> list[str]:
    """Return the rules that cost points, the dearest first."""
    # SpamAssassin reports twice with -t: in a header, and in the body that it writes
    dear = sorted({(points, name) for name, points in rules if points > 0.05}, reverse=True)
    return [f"{name} {points:g}" for points, name in dear]


_FILTERS: Final[tuple[tuple[str, list[str], Callable[[str], Spam | None]], ...]] = (
    ("rspamc", [], _rspamd),
    ("spamassassin", ["-L", "-t"], _spamassassin),
)
