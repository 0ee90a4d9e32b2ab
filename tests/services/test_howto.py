"""The pages that tell how: their code runs, and their files are what the tools they are for can read."""

from __future__ import annotations

import configparser
import re
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from digest.fetching import Fetcher
from digest.models import replace
from digest.services import Desk, Ledger, Secrets, Settings, Wire
from tests.services.counter import letter_for
from tests.services.server import Asked, Reply, Shop, open_shop

HOWTO = Path(__file__).resolve().parents[2] / "docs" / "howto"


def blocks(page: str, language: str) -> list[str]:
    """Return the code of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", (HOWTO / page).read_text(), re.M | re.S)


class PigeonShop(Shop):
    """The service that the page makes up."""

    name, creating = "pigeon", "/letters$"
    routes = (
        ("GET", "/letters", "listed"),
        ("POST", "/letters", "create"),
        ("GET", "/letters/(?P<ref>[^/]+)", "one"),
        ("PUT", "/letters/(?P<ref>[^/]+)", "update"),
    )

    def authorised(self, asked: Asked) -> bool:
        return asked.headers.get("x-pigeon-key") == "coo-canary-1"

    def listed(self, asked: Asked) -> Reply:
        word = asked.query["search"][0]
        return Reply(body={"letters": [d for d in self.made if word in d["title"]]})

    def create(self, asked: Asked) -> Reply:
        return Reply(201, self.new(asked.data))

    def one(self, asked: Asked, ref: str) -> Reply:
        return Reply(body=self.drafts[ref])

    def update(self, asked: Asked, ref: str) -> Reply:
        self.drafts[ref] |= asked.data
        return self.one(asked, ref)


@pytest.mark.parametrize("fault", ["", "drop", "break"])
def test_the_service_of_the_page_keeps_the_promises_of_all(
    tmp_path: Path, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "digest_pigeon.py").write_text(blocks("service.md", "python")[0])
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "digest_pigeon", raising=False)
    pigeon: Any = import_module("digest_pigeon")
    shop = PigeonShop()
    letter = replace(letter_for("folder"), unsubscribe="https://letter.example/bye")
    with open_shop(shop) as address, Fetcher(allow_private=["127.0.0.1"]) as fetcher:
        service = pigeon.Pigeon(
            Settings(name="pigeon", url=address),
            Secrets("coo-canary-1"),
            Wire(fetcher, sleep=lambda _: None),
        )
        assert service.check()
        desk = Desk(service, Ledger(tmp_path / "delivery.json"), name="pigeon", audience="12")
        if fault:
            shop.fail("POST", "/letters$", fault)
        assert desk.hand_over(letter).status == "created"
        assert desk.hand_over(letter).status == "unchanged"
        again = desk.hand_over(replace(letter, subject="Another"))
        assert (again.status, again.differences) == ("updated", ())
        assert len(shop.made) == 1
    (entry,) = blocks("service.md", "toml")
    assert "digest.services" in tomllib.loads(entry)["project"]["entry-points"]


def test_the_files_of_the_unattended_week_can_be_read() -> None:
    import yaml

    from digest.config import parse

    letter = '[newsletter]\nname = "L"\nsender = "e@l.example"\n'
    config = parse(letter + blocks("unattended.md", "toml")[0], Path("/p"))
    assert (config.run.deliver, config.run.notify) == (True, ("editor@example.org",))
    units = [configparser.ConfigParser(strict=False) for _ in range(2)]
    for unit, text in zip(units, blocks("unattended.md", "ini"), strict=True):
        unit.optionxform = str  # type: ignore[assignment, method-assign]
        unit.read_string(text.replace("%", "%%"))
    assert "digest --quiet" in units[0]["Service"]["ExecStart"]
    assert units[1]["Install"]["WantedBy"] == "timers.target"
    (job,) = blocks("unattended.md", "yaml")
    steps = yaml.safe_load(job)["jobs"]["letter"]["steps"]
    assert any("digest run" in step.get("run", "") for step in steps)
