"""`digest check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli import completing
from digest.cli.session import Session, json_option, print_table
from digest.cli.speaking import echo
from digest.errors import CheckFailed, ConfigError

if TYPE_CHECKING:
    from digest.workflow.judging.checking import Checked
    from digest.workflow.project import Project

_STYLES = {"error": "red", "warning": "yellow", "information": "dim"}
_FILES = (".html", ".htm", ".xhtml", ".eml")


@click.command("check", short_help="Say what is wrong with an issue, or any email.")
@click.argument(
    "target", metavar="[ISSUE or FILE]", default="latest", shell_complete=completing.issue
)
@click.option("--strict", is_flag=True, help="End with 4 on a warning, too.")
@click.option("--online", is_flag=True, help="Ask links, pictures and the sender's DNS as well.")
@click.option("--spam", is_flag=True, help="Ask SpamAssassin or rspamd as well.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "junit"]),
    default="text",
    help="Write for people, a GitHub workflow, or JUnit's readers.",
)
@click.option("--explain", metavar="RULE", help="Say what a rule asks for, and why.")
@json_option
@click.pass_obj
def command(
    session: Session,
    target: str,
    strict: bool,
    online: bool,
    spam: bool,
    form: str,
    explain: str | None,
    as_json: bool,
) -> None:
    """Say what is wrong with an issue, before a subscriber sees it, or with any .html or .eml.

    ISSUE is its id, its folder, "latest", as without any, or an edition's name, which is its
    latest. FILE may be - for standard input. Errors end with 4, warnings only with --strict.
    [check] in digest.toml switches a rule off or changes how grave it is; the manual's rules.md
    lists them all.

    \b
    Examples:
      digest check
      digest check 2026-11-23-weekly --online
      digest check newsletter.eml --strict
      curl -s https://site.example/letter | digest check -
      digest check --explain CONTRAST
    """
    if explain:
        _explain(session, explain, as_json=as_json)
        return
    checked = _check(session, target, online=online, spam=spam)
    if as_json:
        session.answer(public(checked, strict=strict))
    elif form == "text":
        _show(session, checked)
    else:
        echo(_written(checked, form, strict), nl=False)
    if not checked.is_ok(strict=strict):
        raise CheckFailed(_count(checked), where=checked.name)


def _check(session: Session, target: str, *, online: bool, spam: bool) -> Checked:
    from digest.workflow.judging import checking

    with session.progress() as progress:
        path = Path(target)
        if target == "-":
            return checking.check_email(
                checking.read_email(sys.stdin.buffer, "standard input"),
                "standard input",
                _project_around(session),
                online=online,
                spam=spam,
                progress=progress,
            )
        # a pipe is read like a file, as `<(curl …)` is one; a folder is an issue's
        if path.suffix.lower() in _FILES or (path.exists() and not path.is_dir()):
            project = _project_around(session)
            return checking.check_file(path, project, online=online, spam=spam, progress=progress)
        return checking.check_issue(
            session.project, target, online=online, spam=spam, progress=progress
        )


def _project_around(session: Session) -> Project | None:
    """Return the project whose settings a file is judged by; a file needs none."""
    try:
        found = session.project
    except ConfigError:
        if session.folder is not None:
            raise
        return None
    return found


def public(checked: Checked, *, strict: bool) -> dict[str, Any]:
    """Return what was found as other programs read it."""
    return {
        "issue": checked.name,
        "ok": checked.is_ok(strict=strict),
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity,
                "message": finding.message,
                "where": finding.place,
            }
            for finding in checked.findings
        ],
    }


def _show(session: Session, checked: Checked) -> None:
    """Write a table, the families in the order of the rules."""
    from digest import checking

    families = {rule.id: rule.family for rule in checking.rules()}
    order = list(dict.fromkeys(families.values()))
    rows = sorted(checked.findings, key=lambda finding: order.index(families[finding.rule]))
    print_table(
        ("", "FAMILY", "RULE", "WHERE", "WHAT"),
        [(f.severity, families[f.rule], f.rule, f.place, f.message) for f in rows],
        wide={3: 2, 4: 4},
        styles=_STYLES,
    )
    if checked.is_ok():
        session.tell(f"{checked.name}: {_count(checked)}")


def _count(checked: Checked) -> str:
    told = [
        f"{count} {noun}{'s' if count != 1 else ''}"
        for severity, noun in (("error", "error"), ("warning", "warning"), ("information", "note"))
        if (count := checked.count(severity))
    ]
    return ", ".join(told) or "nothing to complain of"


def _written(checked: Checked, form: str, strict: bool) -> str:
    from digest import checking

    if form == "github":
        is_file = checked.name.lower().endswith(_FILES)
        folder = Path(checked.name).parent if is_file else Path("issues", checked.name)
        return checking.as_github(
            checked.findings, "" if folder == Path() else f"{folder.as_posix()}/"
        )
    known = [(rule.id, rule.family) for rule in checking.rules()]
    return checking.as_junit(
        checked.name, known, checked.findings, strict=strict, asleep=checked.asleep
    )


def _explain(session: Session, name: str, *, as_json: bool) -> None:
    from digest import checking

    rule = checking.rule(name)
    if as_json:
        names = ("severity", "family", "asks", "reason")
        session.answer({"rule": rule.id, **{each: getattr(rule, each) for each in names}})
        return
    echo(f"{rule.id} ({rule.severity}, {rule.family})\n\n{rule.asks}\n\n{rule.reason}")
