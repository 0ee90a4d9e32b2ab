"""How a command ends, whatever stops it: `ends.txt` lists exit code, stdout and stderr of each."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from digest.cli import group
from digest.errors import ConfigError, NothingToSend
from tests.conftest import Run
from tests.golden import hold_lines

BUILD = click.Context(click.Command("build"), info_name="build")
ENDS = {
    "an error of ours": ConfigError(
        "“Ferns” has no date", where="digest.toml:7", hint="Write\none."
    ),
    "nothing to send": NothingToSend("weekly: no post", hint="It comes later."),
    "a wrong call": click.UsageError("which issue?"),
    "an option that nobody knows": click.NoSuchOption("--colour", ctx=BUILD),
    "an option that stands before the command": click.NoSuchOption("--quiet", ctx=BUILD),
    "an option that stands nowhere": click.NoSuchOption("--quiet"),
    "a full disk": OSError(28, "No space left on device", "posts/ferns.md"),
    "a connection that nobody named": OSError("gone"),
    "a bug": ZeroDivisionError("division\nby zero"),
    "Ctrl-C": KeyboardInterrupt(),
    "Ctrl-C at a question": click.Abort(),
}


def test_each_end_is_told_as_it_is_listed(digest: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below each way to call it."""

    def told(name: str, words: str) -> str:
        def stop(*_args: object, **_options: object) -> None:
            raise ENDS[name]

        monkeypatch.setattr(group, "main", stop)
        answer = digest(*words.split())
        said = f"{answer.code}\nout: {answer.out}\nerr: {answer.err}"
        said = re.sub(r"(?<=No such option).*", " …", said)  # in words that are Click's
        said = re.sub(r'Traceback(?s:.*?)by zero(?=\n|\\n")', "Traceback …", said)
        return re.sub(r'(?<="at": ")[^"]+', "NOW", said)

    hold_lines(Path(__file__).with_name("ends.txt"), told)
