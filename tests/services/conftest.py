"""One contract for all services, and what it is shown by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.counter import Counter, opened, sending
from tests.services.descriptions import checks
from tests.services.server import Shop
from tests.services.shops import SHOPS


@pytest.fixture(params=SHOPS, ids=[shop.name for shop in SHOPS])
def counter(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Counter]:
    """Open one shop after another; every request is held to its description, and none may send."""
    kind: type[Shop] = request.param
    with opened(kind, tmp_path, monkeypatch) as counter:
        counter.shop.checks += checks(kind.name)
        yield counter
        assert not counter.shop.complaints
        assert not sending([asked.path for asked in counter.shop.asked])
        assert all(d["status"] in (counter.shop.word, "draft") for d in counter.shop.made) or (
            getattr(counter, "may_be_sent", False)
        )
