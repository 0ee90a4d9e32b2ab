"""Damages inputs by Hypothesis."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.fuzz.targets import Target, check

_ROUND = 200
_BITS = st.sampled_from(
    [
        b"\0", b"\xff", b"\xed\xa0\xbc", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\n", b"\r", b"---\n", b"'", b'"',
        b"<", b">", b"&", b"&#0;", b"<![CDATA[", b"]]>", b"<!--", b"[", b"]", b"{", b"}", b":", b"- ", b"!!int ",
        b"*x", b"%YAML 9.9\n", b"99999999999999999999", b"-1", b"1e999", b"null", b"\\ud83c", b"http://[", b"../",
        b"javascript:x", b"2026-99-99", b"\x0b", b"\xc2\x85", b"\xe2\x80\xa8",
    ]
)  # fmt: skip


def damaged(sound: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Return what makes damaged copies: pieces cut, doubled, swapped, and strange bits put in."""

    @st.composite
    def copies(draw: Any) -> bytes:
        data = draw(st.sampled_from(sound))
        for _ in range(draw(st.integers(1, 8))):
            start = draw(st.integers(0, len(data)))
            end = min(len(data), start + draw(st.integers(0, 40)))
            piece = draw(_BITS | st.binary(max_size=6) | st.just(data[start:end] * 3))
            data = data[:start] + piece + data[end:]
        return bytes(data)

    return copies()


def run(target: Target, sound: Sequence[bytes], seconds: float) -> int:
    """Give damaged inputs to a target for so long; return how many. A fault raises, made small."""
    until, tried = time.monotonic() + seconds, 0

    while time.monotonic() < until:

        @seed(tried)
        @settings(
            max_examples=_ROUND,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        @given(damaged(sound))
        def one_round(data: bytes) -> None:
            check(target, data)

        one_round()
        tried += _ROUND
    return tried
