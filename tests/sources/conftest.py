"""What tests of the sources share."""

from collections.abc import Iterator

import pytest

from digest.fetching import Fetcher


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    """Ask this computer, patiently, and without waiting long before asking again."""
    with Fetcher(allow_private=["localhost"], timeout_seconds=60, backoff_seconds=0.01) as fetcher:
        yield fetcher
