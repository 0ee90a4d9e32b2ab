"""Names of tags that look alike: one of both is misspelt, most likely."""

from __future__ import annotations

import pytest

from digest.workflow.telling.listing import near_names


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        ("leadership", "leadrship", True),
        ("Ferns", "fern", True),
        ("oaks", "oak", False),
        ("bees", "beds", False),
        ("abcde", "abcdx", True),
        ("abcd", "abcx", False),
        ("planting tulips now", "planting tulips", False),
        ("planting tulips in", "planting tulips i", True),
        ("winter gardening", "winter gardening in", False),
        ("winter gardening", "winter gardening i", True),
        ("stonewall", "wallstone", False),
    ],
    ids=[
        "a letter left out", "a plural", "three letters", "two of four letters alike",
        "four of five", "three of four", "four signs longer", "one letter more",
        "three signs longer", "two signs longer", "the same letters in another order",
    ],
)  # fmt: skip
def test_names_that_look_alike(one: str, other: str, is_near: bool) -> None:
    assert near_names([one, other]) == ({one: (other,), other: (one,)} if is_near else {})


def test_each_of_several_names_the_others() -> None:
    names = ["gardens", "moss", "garden", "Gardens!"]
    assert near_names(names) == {
        "garden": ("Gardens!", "gardens"),
        "gardens": ("Gardens!", "garden"),
        "Gardens!": ("garden", "gardens"),
    }
