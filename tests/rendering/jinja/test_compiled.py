"""Compiled templates that are kept: never somebody else's, never stale, never a reason to fail."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from pathlib import Path
from types import CodeType

import pytest

from digest.errors import TemplateError
from digest.machine import own_cache
from digest.machine.own_cache import user_folder
from digest.rendering import Renderer, dialect, fill
from digest.rendering.jinja import compiled
from digest.rendering.jinja.engine.template import Environment
from tests.rendering.conftest import SHIPPED
from tests.rendering.issues import issue

EVIL = compile("raise SystemExit('code of another ran')", "evil", "exec")

pytestmark = pytest.mark.skipif(
    not own_cache.CAN_TELL_OWNERS, reason="nothing is kept on this system"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "digest" / "templates"


def page(folder: Path, *roots: Path) -> str:
    """Return the email of a renderer of its own, as a process of its own would make it."""
    made = issue()
    return fill(
        Renderer([*roots, SHIPPED], None, folder).render(made).email, dialect("plain"), made
    )


def kept(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


@pytest.fixture
def compiles(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the templates that Jinja has to compile from now on."""
    names: list[str] = []
    real = Environment.light

    def light(self: Environment, name: str) -> CodeType:
        names.append(name)
        return real(self, name)

    monkeypatch.setattr(Environment, "light", light)
    return names


def poison(path: Path) -> None:
    """Put code of another into a kept file, as whole as our own."""
    written = marshal.dumps(EVIL)
    path.write_bytes(compiled._seal(path.name, written) + written)


# ---------------------------------------------------------------- what is kept


def test_a_kept_template_makes_the_same_page_and_is_not_compiled_again(
    folder: Path, compiles: list[str]
) -> None:
    first = page(folder)
    assert compiles == ["weekly/issue.mjml.j2", "weekly/issue.txt.j2"]
    compiles.clear()
    assert page(folder) == first
    assert not compiles


def test_those_written_longest_ago_give_way(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True)
    for number in range(100):
        old = folder / str(number)
        old.write_bytes(b"")
        os.utime(old, (number, number))
    page(folder)
    left = {path.name for path in kept(folder)}
    assert len(left) == 80
    assert "99" in left
    assert "22" in left
    assert "21" not in left


def test_files_and_folder_are_closed_to_others(folder: Path) -> None:
    page(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in kept(folder)] == [0o600, 0o600]


def test_the_code_that_is_kept_runs_in_the_sandbox_too(tmp_path: Path, folder: Path) -> None:
    """A project's template gains nothing by having been compiled before."""
    own = tmp_path / "templates" / "weekly"
    own.mkdir(parents=True)
    (own / "issue.mjml.j2").write_text(
        "<mjml><mj-body>{{ issue.__class__.__mro__ }}</mj-body></mjml>"
    )
    for _ in range(2):
        with pytest.raises(TemplateError, match="unsafe"):
            page(folder, own.parent)


def test_what_the_user_alone_can_have_written_is_trusted(folder: Path) -> None:
    """So that what follows would notice: code that is read does run."""
    page(folder)
    for path in kept(folder):
        poison(path)
    with pytest.raises(SystemExit, match="code of another ran"):
        page(folder)


# ---------------------------------------------------------------- what is not read


@pytest.mark.parametrize("mode", [0o602, 0o620, 0o604, 0o666])
def test_a_file_that_others_may_write_or_read_is_not_read(folder: Path, mode: int) -> None:
    first = page(folder)
    for path in kept(folder):
        poison(path)
        path.chmod(mode)
    assert page(folder) == first


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o755])
def test_a_folder_that_others_may_enter_is_neither_read_nor_written(
    folder: Path, mode: int
) -> None:
    first = page(folder)
    for path in kept(folder):
        poison(path)
    before = [path.stat().st_mtime_ns for path in kept(folder)]
    folder.chmod(mode)
    assert page(folder) == first
    assert [path.stat().st_mtime_ns for path in kept(folder)] == before


def test_what_belongs_to_another_user_is_not_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So root, running in a user's home, does not run that user's files either."""
    first = page(folder)
    for path in kept(folder):
        poison(path)
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
    assert page(folder) == first


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away"
)
def test_one_foreign_file_in_a_folder_of_our_own_is_not_read(folder: Path) -> None:
    first = page(folder)
    for path in kept(folder):
        poison(path)
        os.chown(path, 12345, 12345)
    assert page(folder) == first


def test_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    first = page(folder)
    for path in kept(folder):
        target = path.rename(tmp_path / path.name)
        poison(target)
        path.symlink_to(target)
    assert page(folder) == first
    real = folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(real)
    before = kept(real)
    assert page(folder) == first
    assert kept(real) == before


@pytest.mark.parametrize("harm", [b"", b"x", b"\0" * 5000])
def test_a_damaged_file_is_replaced(folder: Path, harm: bytes, compiles: list[str]) -> None:
    first = page(folder)
    whole = [path.read_bytes() for path in kept(folder)]
    for path in kept(folder):
        path.write_bytes(path.read_bytes()[:-7] + harm)
    assert page(folder) == first
    assert [path.read_bytes() for path in kept(folder)] == whole
    assert len(compiles) == 4


def test_a_file_under_the_name_of_another_is_not_read(folder: Path) -> None:
    first = page(folder)
    one, other = kept(folder)
    other.write_bytes(one.read_bytes())
    assert page(folder) == first


@pytest.mark.parametrize("changed", ["jinja", "digest", "path"])
def test_code_of_another_python_jinja_or_digest_is_not_read(
    folder: Path, compiles: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, changed: str
) -> None:
    first = page(folder)
    compiles.clear()
    if changed == "jinja":
        monkeypatch.setattr(compiled, "version", lambda *_: "jinja2-9.9.dist-info")
    elif changed == "digest":
        monkeypatch.setattr(compiled, "__version__", "0.0.1")
    else:
        (tmp_path / "module.py").write_text("changed = True")
        monkeypatch.setattr(compiled, "__file__", str(tmp_path / "compiled.py"))
    compiled._stamp.cache_clear()
    try:
        assert page(folder) == first
        assert len(compiles) == 2
    finally:
        compiled._stamp.cache_clear()


# ---------------------------------------------------------------- when a template changes


def test_a_partial_that_changes_or_appears_is_seen(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "templates" / "weekly" / "partials"
    own.mkdir(parents=True)
    before = page(folder, own.parents[1])
    partial = own / "masthead.mjml.j2"
    assert (SHIPPED / "weekly" / "partials" / partial.name).is_file() or (
        SHIPPED / "partials" / partial.name
    ).is_file()
    marker = "<mj-text>{}</mj-text>"
    for words in ("Our own head", "Another head"):
        partial.write_text(marker.format(words))
        assert words in page(folder, own.parents[1])
    partial.unlink()
    assert page(folder, own.parents[1]) == before


# ---------------------------------------------------------------- what never hurts


def test_a_folder_that_cannot_be_made_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert page(tmp_path / "file" / "templates") == page(tmp_path / "fine")


def test_processes_at_once_all_make_the_page_and_leave_whole_files(
    folder: Path, tmp_path: Path
) -> None:
    script = (
        "import sys, pathlib\nfrom tests.rendering.jinja.test_compiled import page\n"
        f"sys.stdout.write(page(pathlib.Path({str(folder)!r})))"
    )
    root = Path(__file__).parents[3]
    running = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=root)
        for _ in range(3)
    ]
    pages = {process.communicate()[0] for process in running}
    assert pages == {page(folder).encode()}
    assert len(kept(folder)) == 2


# ---------------------------------------------------------------- where


def test_the_folder_is_the_users_own_and_never_the_projects(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_folder("templates") == tmp_path / "digest" / "templates"
    for relative in ("", "cache", ".digest"):
        monkeypatch.setenv("XDG_CACHE_HOME", relative)
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        found = user_folder("templates")
        assert found is not None
        assert found.is_relative_to(tmp_path / "home")


def test_where_owners_cannot_be_told_nothing_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_cache, "CAN_TELL_OWNERS", False)
    page(folder)
    assert not folder.exists()
