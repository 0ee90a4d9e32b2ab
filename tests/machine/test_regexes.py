"""Patterns that are kept for the next process: the same ones, sooner; and never a reason to fail."""

from __future__ import annotations

import marshal
import os
import re
import subprocess
import sys
from pathlib import Path
from re import _compiler  # type: ignore[attr-defined]

import pytest

from digest.machine import own_cache, regexes

pytestmark = pytest.mark.skipif(
    not own_cache.CAN_TELL_OWNERS or sys.implementation.name != "cpython",
    reason="nothing is kept on this system",
)

SAID = r"(?P<day>\d+)\. (?P<month>mai|juin|août)\b|[^\W_ก-๛]+"
_PYTHONS = _compiler.compile
"""Python's own compiler of patterns."""


class Text(str):
    """A text with which somebody may have plans."""

    __slots__ = ()


WORDS = "Le 3. Août, et le 14. juin; ไม่"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep patterns in a folder of the test's own, and none afterwards."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(regexes, "_kept", None)
    monkeypatch.setattr(_compiler, "compile", _compiler.compile)  # put back afterwards
    regexes.recall()
    return tmp_path / "digest" / "patterns"


def compiled(said: str, flags: int = 0) -> re.Pattern[str]:
    """Return what Python compiles now, which remembers none of what it compiled before."""
    re.purge()
    return re.compile(said, flags)


def kept(cache: Path) -> Path:
    """Return the one file of what is kept."""
    compiled(SAID, re.IGNORECASE)
    regexes.keep()
    (file,) = cache.iterdir()
    return file


def found(made: re.Pattern[str]) -> list[tuple[int, int, dict[str, str]]]:
    return [(*match.span(), match.groupdict()) for match in made.finditer(WORDS)]


def test_a_kept_pattern_is_the_one_that_would_be_compiled(cache: Path) -> None:
    expected = _PYTHONS(SAID, re.IGNORECASE)
    first = compiled(SAID, re.IGNORECASE)
    kept(cache)
    regexes.recall()
    again = compiled(SAID, re.IGNORECASE)
    for made in (first, again):
        assert made == expected
        assert (made.pattern, made.flags, made.groups) == (SAID, expected.flags, 2)
        assert made.groupindex == expected.groupindex
        assert found(made) == found(expected)


def test_what_was_kept_is_not_compiled_again(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(cache)
    regexes.recall()
    monkeypatch.setattr(regexes, "_code", lambda *_: pytest.fail("compiled"))
    monkeypatch.setattr(regexes._kept, "compiler", lambda *_: pytest.fail("compiled"))
    assert compiled(SAID, re.IGNORECASE).search(WORDS)


@pytest.mark.parametrize("said", [rb"\w+", Text(r"\w+")])
def test_what_says_more_than_its_text_is_compiled_each_time(
    cache: Path, said: bytes | str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pattern that goes by the system's language or prints what it is, or a text that is more."""
    flags = re.LOCALE if isinstance(said, bytes) else re.DEBUG
    for _ in range(2):
        assert _compiler.compile(said, flags) == _PYTHONS(said, flags)
        assert _compiler.compile(said) == _PYTHONS(said)
    assert capsys.readouterr().out.count("MAX_REPEAT") == (0 if isinstance(said, bytes) else 4)
    assert regexes._kept is not None
    assert {*regexes._kept.codes} == ({(said, 0)} if isinstance(said, bytes) else set())


@pytest.mark.parametrize(("patterns", "known"), [(1_499, 1_499), (1_500, 0)])
def test_a_file_of_1500_patterns_is_full(cache: Path, patterns: int, known: int) -> None:
    """Ours are far fewer."""
    file = kept(cache)
    codes = {(f"word {n}", 0): (0, b"", 0, {}, ()) for n in range(patterns)}
    file.write_bytes(marshal.dumps(codes))
    regexes.recall()
    assert regexes._kept is not None
    assert len(regexes._kept.codes) == known


@pytest.mark.parametrize("damage", [b"", b"\x00", b"not marshalled", b"\xfa" * 2000])
def test_a_damaged_file_costs_time_only(
    cache: Path, damage: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And only once: a whole one is kept in its place."""
    kept(cache).write_bytes(damage)
    regexes.recall()
    assert regexes._kept is not None
    assert regexes._kept.codes == {}
    assert compiled(SAID) == _PYTHONS(SAID)
    regexes.keep()
    regexes.recall()
    monkeypatch.setattr(regexes, "_code", lambda *_: pytest.fail("compiled"))
    assert compiled(SAID).search(WORDS)


def test_a_damaged_pattern_is_compiled(cache: Path) -> None:
    kept(cache)
    regexes.recall()
    assert regexes._kept is not None
    flags, words, *rest = regexes._kept.codes[SAID, int(re.IGNORECASE)]
    wrong = flags, words[: len(words) // 2 & ~3], *rest
    regexes._kept.codes[SAID, int(re.IGNORECASE)] = wrong  # type: ignore[assignment]
    assert found(compiled(SAID, re.IGNORECASE)) == found(_PYTHONS(SAID, re.IGNORECASE))


def test_what_others_may_have_written_is_not_read(cache: Path) -> None:
    file = kept(cache)
    file.chmod(0o644)
    regexes.recall()
    assert regexes._kept is not None
    assert not regexes._kept.codes


def test_where_nothing_can_be_written_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(regexes, "_kept", None)
    monkeypatch.setattr(_compiler, "compile", _compiler.compile)
    regexes.recall()
    assert compiled(SAID).groups == 2
    regexes.keep()


def test_a_process_that_compiled_nothing_new_writes_nothing(cache: Path) -> None:
    file = kept(cache)
    file.unlink()
    regexes.recall()
    regexes.keep()
    assert not file.exists()


def test_who_has_no_cache_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regexes, "user_folder", lambda _kind: None)
    monkeypatch.setattr(regexes, "_kept", None)
    monkeypatch.setattr(_compiler, "compile", _compiler.compile)
    regexes.recall()
    assert compiled(SAID).groups == 2
    regexes.keep()


def test_patterns_of_libraries_are_kept_too_and_bytes_are_no_text(cache: Path) -> None:
    kept(cache)
    re.purge()
    assert re.fullmatch(b"(?i)caf\xe9|ab+", b"ABB")
    assert re.fullmatch("(?i)ab+", "ABB")
    regexes.keep()
    regexes.recall()
    assert regexes._kept is not None
    assert {b"(?i)caf\xe9|ab+", "(?i)ab+"} <= {said for said, _ in regexes._kept.codes}
    assert compiled(b"(?i)caf\xe9|ab+").fullmatch(b"abbb")  # type: ignore[type-var]


def test_patterns_made_of_what_people_write_do_not_fill_the_cache(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regexes, "_MOST", 3)
    for number in range(9):
        assert compiled(f"word {number}").match(f"word {number}")
    assert regexes._kept is not None
    assert len(regexes._kept.codes) <= 3
    regexes.keep()
    regexes.recall()
    assert not regexes._kept.codes, "a full file is begun anew, or it would stay full of the old"


def test_what_is_no_pattern_is_told_as_ever(cache: Path) -> None:
    with pytest.raises(re.error, match="unterminated"):
        compiled("(", 0)


def test_a_command_keeps_its_patterns_and_ends_with_its_code(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    run = [sys.executable, "-m", "digest", "--project", str(tmp_path), "build"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(root)}
    ended = [
        subprocess.run(run, env=environment, capture_output=True, text=True, cwd=tmp_path)
        for _ in range(2)
    ]
    assert {process.returncode for process in ended} == {1}
    assert len({process.stderr for process in ended}) == 1
    assert "digest.toml" in ended[0].stderr


ALL_OF_OURS = """
import importlib, pkgutil
import digest, digest.lazy
regex, said = digest.lazy.regex, []
digest.lazy.regex = lambda text, flags=0: said.append((text, int(flags))) or regex(text, flags)
for module in pkgutil.walk_packages(digest.__path__, "digest."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print(ascii(said))
"""


def test_every_process_writes_the_same_patterns() -> None:
    """One put together from a set, in its own order, would be kept anew by each process."""
    said = [
        subprocess.run(
            [sys.executable, "-c", ALL_OF_OURS],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]
    assert len(said[0]) > 10_000
