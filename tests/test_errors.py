"""What every error owes to whoever reads it: where it is, and what to do next.

Which words they are, the tests of each room say. Here stands that none goes without.
"""

from __future__ import annotations

import ast
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest import errors

PACKAGE = Path(errors.__file__).parent
KINDS = {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, errors.DigestError)
}
# How a command ends after each, where that is not 1.
CODES = {
    "UsageError": 2,
    "NothingToSend": 3,
    "CheckFailed": 4,
    "SourcesFailed": 5,
    "DeliveryUnknown": 6,
}
# What an editor's own files and folders say wrong can always be put right.
MENDABLE = {"ConfigError", "EditorError", "ArchiveError", "IssueFolderError"}
# Their place is the command line, the page, or the service, which another part of them names.
ELSEWHERE = {"UsageError", "ServiceError", "ServicesFailed", "SourcesFailed"}
# The modules whose callers put in the place, since only they know it.
PLACED_BY_CALLERS = {
    "cli/making/build.py",
    "fetching/answers.py",
    "fetching/guard.py",
    "preview/live/choosing.py",
    "preview/sharing/chromium.py",
    "services/desk.py",
    "services/mail/smtp.py",
    "workflow/gathering/collecting.py",
    "workflow/judging/asking_around.py",
}


def made() -> Iterator[tuple[str, str, set[str]]]:
    """Yield of each error that is made its module, its kind and what is told beside its message."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                told = {word.arg or "**" for word in node.keywords}
                if node.func.id in KINDS and "**" not in told:
                    yield str(path.relative_to(PACKAGE)), node.func.id, told


def test_what_can_be_put_right_is_told_how() -> None:
    bare = [module for module, kind, told in made() if kind in MENDABLE and "hint" not in told]
    assert bare == []


def test_an_error_names_its_place() -> None:
    homeless = [m for m, kind, told in made() if kind not in ELSEWHERE and "where" not in told]
    assert set(homeless) == PLACED_BY_CALLERS


def test_a_command_ends_with_what_its_help_says() -> None:
    """See `digest --help`: scripts and CI decide by these."""
    codes = {kind: getattr(errors, kind).exit_code for kind in KINDS}
    special = {kind: code for kind, code in codes.items() if code != 1}
    assert special == CODES


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (errors.DigestError("it broke"), "it broke"),
        (errors.DigestError("it broke", where="a:1"), "a:1: it broke"),
        (errors.DigestError("it broke", hint="Mend it."), "it broke. Mend it."),
        (errors.DigestError("it broke!", where="a", hint="Mend it."), "a: it broke! Mend it."),
        (errors.DigestError("did it?", hint="Look."), "did it? Look."),
        (errors.HttpStatusError("404", status=404, where="a", hint="Look."), "a: 404. Look."),
        (errors.ServiceError("no", kind="plan", where="a", hint="Pay."), "a: no. Pay."),
        (errors.Unforeseen("odd", where="a", hint="Tell us."), "a: odd. Tell us."),
        (errors.Unforeseen("odd"), f"odd. {errors.REPORT}"),
    ],
)
def test_an_error_is_one_line_with_its_place_first_and_what_to_do_last(
    error: errors.DigestError, line: str
) -> None:
    assert str(error) == line


def test_an_answer_without_headers_has_none() -> None:
    assert errors.HttpStatusError("404", status=404).headers == {}
    assert errors.HttpStatusError("404", status=404, headers={"a": "b"}).headers == {"a": "b"}


@pytest.mark.parametrize(
    ("said", "shown"), [("", ""), ("x" * 200, "x" * 200), ("y" * 201, "y" * 200)]
)
def test_a_bug_is_told_in_200_characters_of_its_own(said: str, shown: str) -> None:
    try:
        raise ValueError(said)
    except Exception as bug:  # noqa: BLE001
        told = errors.Unforeseen.of(bug, "a post")
    of_its_own = f": {shown}" if shown else ""
    assert told.message == f"an unforeseen fault (ValueError{of_its_own})"
    assert told.where == "a post"
    assert told.trace.startswith("Traceback")


def test_an_error_comes_from_another_process_as_it_was() -> None:
    """One that did not would take down the whole pool of those who build many editions."""
    refused = errors.ServiceError("not known here", kind="gone", where="keila", hint="Try again.")
    answer = errors.HttpStatusError(
        "404", status=404, where="https://a.example/", headers={"etag": "x"}
    )
    for error in (refused, answer, errors.ConfigError("wrong", where="digest.toml:3")):
        came = pickle.loads(pickle.dumps(error))
        assert (type(came), str(came), vars(came)) == (type(error), str(error), vars(error))
