"""Addresses as people mistype them, and the odd ones that are right."""

from __future__ import annotations

from pathlib import Path

from digest.knowledge.links import misspelt
from tests.golden import hold_lines


def test_an_address_that_nobody_can_follow_is_told_with_what_to_write() -> None:
    """As `links.txt` lists them; one that may be meant so is left alone."""

    def told(_: str, address: str) -> str:
        slip = misspelt(address)
        return f"{slip.wrong}: write {slip.write}" if slip else "nothing"

    hold_lines(Path(__file__).with_name("links.txt"), told)
    assert misspelt("") is None
