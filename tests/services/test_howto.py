"""The pages that tell how: their code runs, and their files are what the tools they are for can read."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from digest.fetching import Fetcher
from digest.models import replace
from digest.services import Desk, Ledger, Secrets, Settings, Wire
from tests.conftest import Blog
from tests.services.counter import letter_for
from tests.services.server import Asked, Reply, Shop, open_shop

ROOT = Path(__file__).resolve().parents[2]
HOWTO = ROOT / "docs" / "howto"


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


def _git(*words: str, folder: Path) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def _tool(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def _as_a_runner_would(steps: list[dict[str, Any]], folder: Path, tools: Path) -> dict[str, int]:
    """Run the steps' scripts as GitHub does: one after the other, outputs handed on, errors ending it."""
    told, codes = tools / "outputs", {}
    for step in steps:
        outputs = dict(line.split("=", 1) for line in _lines(told))
        if "run" not in step or step["run"].startswith("pip "):
            continue
        if "if" in step and outputs.get("changed") != "true":
            continue
        env = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "GITHUB_OUTPUT": str(told)}
        env |= {"GITHUB_RUN_ID": "4711", "CODE": outputs.get("code", ""), "PYTHONPATH": str(ROOT)}
        done = subprocess.run(["bash", "-e", "-c", step["run"]], cwd=folder, env=env, check=False)
        codes[step["run"].splitlines()[0]] = done.returncode
        if done.returncode and not step.get("continue-on-error"):
            break
    return codes


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


@pytest.mark.parametrize("is_new", [True, False], ids=["an issue", "nothing to send"])
def test_the_workflow_opens_a_pull_request_where_there_is_an_issue(
    blog: Blog, tmp_path: Path, is_new: bool
) -> None:
    import yaml

    if not is_new:
        blog.configure("min_posts = 99\n")
    origin, tools = tmp_path / "origin.git", tmp_path / "tools"
    tools.mkdir()
    _tool(tools, "digest", f'exec "{sys.executable}" -c "from digest.cli import main; main()" "$@"')
    _tool(tools, "gh", f'echo "$@" > "{tools}/asked"')
    _git("init", "-q", "--bare", str(origin), folder=tmp_path)
    _git("init", "-q", folder=blog.root)
    _git("remote", "add", "origin", str(origin), folder=blog.root)
    (blog.root / ".gitignore").write_text(".digest/\n")
    steps = yaml.safe_load(blocks("unattended.md", "yaml")[0])["jobs"]["letter"]["steps"]
    # no pictures: a runner without a browser is the harder case
    codes = _as_a_runner_would(
        [s for s in steps if "--shot" not in s.get("run", "")], blog.root, tools
    )
    assert set(codes.values()) == {0}
    assert (tools / "asked").exists() is is_new
    branches = _git("branch", "--list", folder=origin)
    assert ("letter-" in branches) is is_new
    if is_new:
        shown = _git("show", "--stat", "--format=", branches.strip(), folder=origin)
        assert "issue.json" in shown


def test_cron_hands_the_secrets_on(tmp_path: Path) -> None:
    (line,) = re.findall(r"^\*/15 .*$", (HOWTO / "unattended.md").read_text(), re.M)
    home = tmp_path / "letter" / ".venv" / "bin"
    home.mkdir(parents=True)
    _tool(home, "digest", f'echo "$SMTP_PASSWORD $*" > "{tmp_path}/asked"')
    (tmp_path / "letter" / ".secrets").write_text("SMTP_PASSWORD=canary\n")
    command = line.split(maxsplit=5)[5]
    subprocess.run(["/bin/sh", "-c", command], env={"HOME": str(tmp_path)}, check=True)
    asked = (tmp_path / "asked").read_text()
    assert asked == f"canary --quiet --project {tmp_path}/letter run\n"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for name, text in zip(("service", "timer"), blocks("unattended.md", "ini"), strict=True):
        (tmp_path / f"digest.{name}").write_text(
            text.replace("%h/letter/.venv/bin/digest", "/bin/true")
        )
    units = [str(tmp_path / f"digest.{name}") for name in ("service", "timer")]
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        capture_output=True,
        text=True,
        check=False,
    )
    assert not [line for line in told.stderr.splitlines() if "digest." in line]
