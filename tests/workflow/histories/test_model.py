"""A bounded number of the random histories that `make soak` runs; each failure tells its history."""

from __future__ import annotations

import pytest

from tests.workflow.model import run


@pytest.mark.parametrize("seed", range(8))
def test_each_post_is_in_one_issue_or_held_back_with_a_reason(seed: int) -> None:
    run(seed)
