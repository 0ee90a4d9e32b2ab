"""What `digest build` says of many editions, and asks of its editor: `sums.txt`, whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from digest.cli.making import build, questions, summary
from digest.cli.session import Session
from digest.cli.speaking import Answer
from digest.errors import ConfigError
from digest.models import Decision, Edition, Finding, PostCost
from digest.workflow.making.reports import BuildReport
from tests.golden import hold_text

FAULT = Finding(rule="MAIL-SIZE", severity="error", message="is too large", where="email.html:1")
Tell = Callable[[Session], None]


def report(name: str = "weekly", **told: Any) -> BuildReport:
    whole = {"issue": f"2026-10-08-{name}", "folder": f"issues/2026-10-08-{name}", "number": 1}
    return BuildReport(**{"edition": name, "status": "built", **whole, **told})


def asking(rule: str, *numbers: int, verdict: Any = "waiting") -> tuple[Decision, ...]:
    url = "https://letter.example/{}/"
    return tuple(
        Decision(
            id=f"blog-{n}",
            url=url.format(n) if n % 2 else None,
            title=f"Post {n}",
            verdict=verdict,
            rule=rule,
            detail="it came late",
        )
        for n in numbers
    )


def sums(*reports: BuildReport, failed: int = 0) -> Tell:
    count = len(reports) + failed
    return lambda session: summary.show(
        session, summary.Sums(session, reports), count=count, failed=failed
    )


def warned(count: int, status: str = "built", errors: int = 2) -> Tell:
    reports = [report(f"e{n}", status=status, errors=(FAULT,) * errors) for n in range(count)]
    return lambda session: summary.warn(session, summary.Sums(session, reports))


def asked(dry_run: bool = False, **told: Any) -> Tell:
    return lambda session: questions.tell(session, report(**told), dry_run=dry_run)


def failing(count: int) -> Tell:
    errors = [ConfigError(f"fault {n}") for n in range(count)]

    def tell(session: Session) -> None:
        with suppress(ConfigError):
            build._raise_error(session, errors)

    return tell


def events(**made: Any) -> Tell:
    return lambda _: build.log(Session(None, Answer(), logs=True), made)


def expected(*reports: BuildReport) -> Tell:
    """Tell of which editions it is told that they have nothing to send."""

    def tell(session: Session) -> None:
        told = [each.edition for each in summary.Sums(session, reports).empty]
        session.tell(", ".join(told))

    return tell


def unmatched(count: int) -> Tell:
    def tell(session: Session) -> None:
        with pytest.MonkeyPatch.context() as patched:
            found = [f"name {number} is borne by no post" for number in range(count)]
            patched.setattr("digest.workflow.telling.unmatched.unmatched", lambda *_: found)
            questions.tell_unmatched(session, [])

    return tell


EMPTY, EMPTY_OF_A_TAG = (report(n, status="nothing-to-send") for n in ("b", "by-moss"))
SHORT = (PostCost(title="Moss", shown="excerpt", html_bytes=9),)
SAID: dict[str, Tell] = {
    "editions in all states": sums(
        report("a", posts=("u",) * 1200, html_bytes=1_450_000),
        report("b", posts=("u",) * 34, html_bytes=100_000, kept=("email.html.mine",)),
        report("c", status="unchanged"),
        report("d", status="sealed"),
        report("e", status="nothing-to-send"),
        report("f", status="nothing-to-send", is_due=False),
        failed=2,
    ),
    "editions of which none is new": sums(report("a", status="unchanged")),
    "editions of a pattern, shortened and asking": sums(
        report("by-moss", costs=SHORT, decisions=asking("twin", 1)),
        report("a", decisions=asking("window", 2)),
        report("b", decisions=asking("window", 3)),
    ),
    "the errors of twenty issues": warned(20),
    "the first errors of twenty-one": warned(21),
    "the one error of each of twenty-two": warned(22, errors=1),
    "errors of an issue that is unchanged": warned(1, status="unchanged"),
    "an open draft, and a note": asked(is_open=True, notes=("No. 3 is missing.",)),
    "one post that waits for a word": asked(decisions=asking("held-back", 1)),
    "three twins": asked(decisions=asking("twin", 1, 2, 3)),
    "four that wait": asked(decisions=asking("missing-issue", 1, 2, 3, 4)),
    "four that wait, and a dry run": asked(dry_run=True, decisions=asking("twin", 1, 2, 3, 4)),
    "a twin that is in": asked(decisions=asking("twin", 1, verdict="chosen")),
    "a question about the issue that has its file": asked(
        folder="issues/kept", decisions=asking("twin", 1)
    ),
    "what a limit leaves over": asked(decisions=asking("limit", 1, 2)),
    "more than an issue holds": asked(decisions=asking("limit", 1, 2, 3)),
    "more than an issue holds, for two issues": asked(
        edition="brief", decisions=asking("limit", 1, 2, 3)
    ),
    "one left over where an issue has no limit": asked(
        edition="free", posts=("u",), decisions=asking("limit", 1)
    ),
    "five names that no post bears": unmatched(5),
    "six names that no post bears": unmatched(6),
    "events": events(
        weekly=report(posts=("u", None), html_bytes=9, steps={"select": 1 / 3, "render": 2 / 3}),
        torn=ConfigError("no template", where="digest.toml:7"),
    ),
    "editions that have nothing to send, beside one that has": expected(
        report("a"), EMPTY, EMPTY_OF_A_TAG
    ),
    "editions that have nothing to send, all of them": expected(EMPTY_OF_A_TAG, EMPTY),
    "the one edition of a tag that has nothing to send": expected(EMPTY_OF_A_TAG),
    "one edition that fails": failing(1),
    "twenty that fail": failing(20),
    "twenty-one that fail": failing(21),
}


def test_sums_and_questions_are_told_as_they_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each aloud, and with --quiet where that tells less; lines that differ by a number once."""
    (tmp_path / "issues/kept").mkdir(parents=True)
    (tmp_path / "issues/kept/editor.md").write_text("")

    def said(tell: Tell, *, quiet: bool) -> str:
        session = Session(None, Answer(), quiet=quiet)
        vars(session)["project"] = project(tmp_path)
        tell(session)
        heard = capsys.readouterr()
        lines = "\n".join(brief(heard.out + heard.err)).replace(str(tmp_path), "…")
        return re.sub(r'(?<="at": ")[^"]+', "NOW", lines)

    def told() -> Iterator[str]:
        for name, tell in SAID.items():
            aloud, quietly = said(tell, quiet=False), said(tell, quiet=True)
            yield f"=== {name}\n{aloud}\n"
            if quietly != aloud:
                yield f"=== {name}, quietly\n{quietly}\n"

    hold_text(Path(__file__).with_name("sums.txt"), "\n".join(told()))


def brief(text: str) -> Iterator[str]:
    """Yield lines; of those that differ by a number alone the first and the last, with their count."""
    for _, alike in groupby(
        text.splitlines(), lambda line: re.sub(r"(fault |name |-e)\d+", "#", line)
    ):
        first, *more = alike
        yield f"{first} … {more[-1]} ({len(more) + 1} lines)" if more else first


def project(root: Path) -> Any:
    """Return as much of a project as is asked for."""
    editions = {
        "weekly": Edition(name="weekly", title="", limit=2),
        "brief": Edition(name="brief", title="", limit=2, carry_over="2 issues"),
        "free": Edition(name="free", title=""),
    }
    return SimpleNamespace(
        root=root,
        folders=SimpleNamespace(root=root / "issues"),
        config=SimpleNamespace(
            pattern_of=lambda name: "by-{tag}" if "by-" in name else None, patterns=["by-{tag}"]
        ),
        edition=editions.get,
    )
