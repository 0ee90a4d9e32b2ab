"""Every kind of input is damaged a little in each run of the tests, and for long by `make fuzz`."""

from __future__ import annotations

import pytest

from tests.fuzz.damage import run
from tests.fuzz.targets import TARGETS, check, seeds


@pytest.mark.parametrize("name", TARGETS)
def test_no_damage_makes_anything_but_an_error_of_ours(name: str) -> None:
    """A second each here; what is found there is mended here."""
    assert run(TARGETS[name], list(seeds(name)), seconds=0.5) > 0


@pytest.mark.parametrize("name", TARGETS)
def test_sound_inputs_are_read(name: str) -> None:
    """What damage begins from is an input that the target knows."""
    for data in seeds(name):
        check(TARGETS[name], data)
