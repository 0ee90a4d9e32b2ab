"""Ctrl-C while a command starts: it ends with 130 and one line, whatever it was importing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

STOPPED = """\
import signal, sys
wanted, *sys.argv[1:] = sys.argv[1:]
class Stopping:
    def find_spec(self, name, path=None, target=None):
        if name == wanted:
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Stopping())
from digest.__main__ import main
main()
"""
"""Presses Ctrl-C when a module is looked for, which is any moment of a start that can be named."""


@pytest.mark.parametrize(
    "module",
    ["digest.machine", "digest.cli", "click", "digest.errors", "digest.cli.session",
     "digest.cli.making.build", "digest.workflow", "digest.workflow.project", "msgspec",
     "digest.config", "tomllib", "digest.archive", "sqlite3", "digest.rendering", "jinja2"],
)  # fmt: skip
def test_ctrl_c_during_an_import_ends_without_a_traceback(tmp_path: Path, module: str) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/a.md").write_text("---\ntitle: A\ndate: 2026-11-22\n---\nWords.\n")
    (tmp_path / "digest.toml").write_text(
        '[newsletter]\nname = "N"\n[[source]]\nname = "blog"\nkind = "markdown"\n'
        'path = "posts"\nurl = "https://n.example/"\n[edition.weekly]\n'
    )
    asked = [sys.executable, "-c", STOPPED, module, "build", "--date", "2026-11-23"]
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        pytest.skip(f"{module} is not imported by a build")
    assert (done.returncode, done.stderr.count("Traceback")) == (130, 0), done.stderr
    assert done.stderr.endswith("error: stopped; nothing is half-written\n")


def test_the_package_itself_imports_nothing_that_takes_time() -> None:
    """What is imported before `main` has begun cannot be stopped quietly."""
    names = "import sys; before = set(sys.modules); import digest.__main__; "
    asked = [sys.executable, "-c", f"{names} print(*set(sys.modules) - before)"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {"__future__", "digest", "digest.__main__", "gc"}
