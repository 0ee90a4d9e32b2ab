"""What tests of the workflow share."""

from pathlib import Path

import pytest

from tests.workflow.newsroom import Newsroom


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    """Return a project with a weekly and a daily edition, and no posts yet."""
    return Newsroom(tmp_path)
