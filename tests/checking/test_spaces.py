"""Colours in every space that CSS has: known ones, and there and back again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.checking.parsing.spaces import ANGLES, SPACES

RED, LIME, BLUE, WHITE = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (1.0, 1.0, 1.0)

# as CSS Color 4's own sample code has them
KNOWN = [
    ("srgb-linear", (0.5, 0.04045, 0.02), (0.21404, 0.003131, 0.001548)),
    ("xyz", RED, (0.41239, 0.21264, 0.01933)),
    ("xyz-d50", RED, (0.43607, 0.22249, 0.01392)),
    ("display-p3", RED, (0.91749, 0.20029, 0.13856)),
    ("lab", RED, (54.2905, 80.8049, 69.8910)),
    ("lab", LIME, (87.8185, -79.2711, 80.9946)),
    ("lab", BLUE, (29.5683, 68.2874, -112.0297)),
    ("lch", RED, (54.2905, 106.8372, 40.8577)),
    ("oklab", RED, (0.62796, 0.22486, 0.12585)),
    ("oklab", LIME, (0.86644, -0.23389, 0.17950)),
    ("oklab", BLUE, (0.45201, -0.03246, -0.31153)),
    ("oklab", WHITE, (1.0, 0.0, 0.0)),
    ("oklch", BLUE, (0.45201, 0.31321, 264.0520)),
    ("hsl", BLUE, (240, 100, 50)),
    ("hwb", (0.5, 0.5, 0.5), (0, 50, 50)),
    ("hwb", (0.75, 0.25, 0.25), (0, 25, 25)),
]


@pytest.mark.parametrize(("space", "rgb", "numbers"), KNOWN)
def test_a_known_colour_has_known_numbers(
    space: str, rgb: tuple[float, ...], numbers: tuple[float, ...]
) -> None:
    back, there = SPACES[space]
    assert there(rgb) == pytest.approx(numbers, abs=2e-4, rel=2e-4)  # type: ignore[arg-type]
    assert back(numbers) == pytest.approx(rgb, abs=2e-3)  # type: ignore[arg-type]


def test_more_white_and_black_than_there_is_room_for_is_a_grey() -> None:
    assert SPACES["hwb"][0]((120, 60, 60)) == pytest.approx((0.5, 0.5, 0.5))


def test_below_nought_is_as_above_it() -> None:
    """A colour of a wide space may lie outside of what a screen shows."""
    back, there = SPACES["srgb-linear"]
    assert there((-0.5, 0.0, 0.5)) == pytest.approx((-0.21404, 0, 0.21404), abs=1e-4)
    assert back((-0.21404, 0.0, 0.0)) == pytest.approx((-0.5, 0, 0), abs=1e-4)


PART = st.floats(min_value=0.02, max_value=0.98)


@pytest.mark.parametrize("space", SPACES)
@settings(max_examples=50)
@given(rgb=st.tuples(PART, PART, PART))
def test_there_and_back_again(space: str, rgb: tuple[float, float, float]) -> None:
    back, there = SPACES[space]
    numbers = there(rgb)
    assert back(numbers) == pytest.approx(rgb, abs=1e-5)
    if space in ANGLES:
        turned = list(numbers)
        turned[ANGLES[space]] += 360
        assert back((turned[0], turned[1], turned[2])) == pytest.approx(rgb, abs=1e-5)
