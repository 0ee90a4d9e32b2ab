"""`digest build`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from digest.cli import completing
from digest.cli.making import questions, summary
from digest.cli.session import Session, json_option, print_table
from digest.cli.speaking import echo, styled
from digest.errors import DigestError, NothingToSend, UsageError
from digest.knowledge.clocks import on_clocks

if TYPE_CHECKING:
    from digest.config import Config
    from digest.models import Edition, Shown
    from digest.workflow.making.reports import BuildReport
    from digest.workflow.many import Outcomes


@click.command("build", short_help="Select, render and write an issue.")
@click.argument("editions", nargs=-1, metavar="[EDITION]...", shell_complete=completing.edition)
@click.option("--all", "every", is_flag=True, help="Build every edition that is due.")
@click.option("--date", "dated", metavar="D", help="The issue's date, as 2026-11-23.")
@click.option("--no-collect", is_flag=True, help="Take the archive as it is; ask no source.")
@click.option(
    "--dry-run",
    is_flag=True,
    help="Collect, and show what would be chosen and why; write no issue.",
)
@click.option("--force", is_flag=True, help="Render an unchanged draft again.")
@click.option(
    "--jobs", type=click.IntRange(1), default=1, metavar="N", help="Build with N processes at once."
)
@click.option(
    "--shard", metavar="I/N", help="Build the I-th of N parts of them, on one machine of N."
)
@click.option(
    "--executor", metavar="ADDRESS", help="Let an engine's workers build, as dask://HOST:PORT."
)
@json_option
@click.pass_obj
def command(
    session: Session,
    editions: tuple[str, ...],
    every: bool,
    dated: str | None,
    no_collect: bool,
    dry_run: bool,
    force: bool,
    jobs: int,
    shard: str | None,
    executor: str | None,
    as_json: bool,
) -> None:
    """Select, render and write an issue.

    The issue lies in issues/DATE-EDITION/ afterwards: email.html, email.txt, message.eml, web.html,
    issue.json, and editor.md for your own words and choices. Building again takes up what you
    changed there, and writes nothing if nothing changed. Fewer new posts than min_posts end with 3;
    failed sources with 5.

    Without --date it is the issue that the edition's schedule calls for; without a schedule the
    draft that is open, else today's. A run that was missed is made up for by one issue. If none is
    due, the next date is named, and it ends with 3.

    \b
    Examples:
      digest build
      digest build weekly --date 2026-11-23 --dry-run
      digest build --all
      digest build --all --jobs 4
    """
    from digest.cli.making import collect
    from digest.workflow.making.building import check
    from digest.workflow.many import of_shard

    day = parse_date(dated)
    check(session.project, _described(session, editions, every))
    part = shard or "1/1"
    _refuse_wrong(part, executor)
    collected = [] if no_collect else collect.run(session)
    failed = [report.source for report in collected if report.status == "failed"]
    # After collecting, for a new tag may make a new edition.
    chosen = of_shard(_editions(session, editions, every), part)
    how = {"dry_run": dry_run, "force": force, "jobs": jobs, "failed": failed}
    made = _made(session, chosen, day, executor, how)
    asked = partial(_asked, made, every)
    sums = summary.Sums(session, asked())
    log(session, made)
    if not len(made):
        summary.tell_none(session, shard)
    if sums.count:
        _tell_words(session)
        _tell_unread(session)
    _tell(session, made, asked, sums, dry_run=dry_run, as_json=as_json)
    if sums.count:
        questions.tell_unmatched(session, chosen)
    # From the gravest to the least: 1 comes before 5, and 5 before 3.
    _raise_error(session, made.errors)
    if failed:
        _tell_empty(session, asked())
    collect.raise_failed(collected, again="digest build")
    sums = sums if sums.count else summary.Sums(session, made.reports())
    _raise_empty(sums.empty, day, dry_run=dry_run)


def _asked(made: Outcomes, every: bool) -> Iterator[BuildReport]:
    """Yield what became of the editions that were asked for: of all of them, those that are due."""
    return (report for report in made.reports() if report.is_due or not every)


def _refuse_wrong(part: str, executor: str | None) -> None:
    """Refuse a shard or an executor that is none before anything is collected.

    Raises:
        UsageError: saying which there are.
    """
    from digest.workflow.many import executors, of_shard

    of_shard([], part)
    if executor:
        executors.parted(executor)


def _tell(
    session: Session,
    made: Outcomes,
    asked: Callable[[], Iterator[BuildReport]],
    sums: summary.Sums,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Say what became of the editions: of each, or of many in sums."""
    is_much = len(made) > summary.MOST_LINES and not dry_run
    for report in () if is_much else asked():
        _tell_bytes(session, report)
    if as_json:
        session.answer_each(public(report, with_decisions=dry_run) for report in asked())
    if as_json or (session.quiet and not dry_run):
        summary.warn(session, sums)
    elif is_much:
        summary.show(session, sums, count=len(made), failed=len(made.errors))
    else:
        built = {r.issue: bool(r.errors) for r in asked() if _shown(session, r, dry_run)}
        summary.tell_next(session, {} if dry_run else built)


def _described(session: Session, names: Sequence[str], every: bool) -> list[Edition]:
    """Return the editions as digest.toml describes them, which can be judged before any is made."""
    config = session.project.config
    if every and names:
        raise UsageError("--all builds every edition; name none")
    if every and (config.editions or config.patterns):
        return [*config.editions.values(), *(p.edition for p in config.patterns.values())]
    if not names:
        return [config.edition(or_else=" `digest build --all` builds each that is due.")]
    return [_one_described(config, name) for name in dict.fromkeys(names)]


def _one_described(config: Config, name: str) -> Edition:
    pattern = config.pattern_of(name)
    if pattern:
        return pattern.edition
    try:
        return config.edition(name)
    except UsageError as unknown:
        issue = re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-(.+)", name)
        if issue is None:
            raise
        day, edition = issue.groups()
        raise UsageError(
            f'"{name}" is an issue, and its edition is what is built',
            hint=f"`digest build {edition} --date {day}` builds it.",
        ) from unknown


def _editions(session: Session, names: Sequence[str], every: bool) -> Iterable[Edition]:
    project = session.project
    if every:
        return project.each_edition()
    return [project.edition(name) for name in dict.fromkeys(names)] or [project.edition()]


def _made(
    session: Session,
    editions: Iterable[Edition],
    day: date | None,
    address: str | None,
    how: Mapping[str, Any],
) -> Outcomes:
    """Build the editions here, or wherever an engine has its workers."""
    from digest.workflow.many import build_all, executors

    with ExitStack() as stack:
        progress = stack.enter_context(session.progress())
        engine = stack.enter_context(executors.at(address)) if address else None
        return build_all(session.project, editions, day, executor=engine, progress=progress, **how)


def log(session: Session, made: Mapping[str, BuildReport | DigestError]) -> None:
    """Tell as events what became of each edition, with the seconds that each step took."""
    if not session.logs:
        return
    counts: Counter[str] = Counter()
    for name, told in made.items():
        counts["failed" if isinstance(told, DigestError) else told.status] += 1
        if isinstance(told, DigestError):
            session.event("edition", edition=name, status="failed", error=str(told))
            continue
        steps = {step: round(seconds, 5) for step, seconds in told.steps.items()}
        facts = public(told, with_decisions=False) | {"posts": len(told.posts)}
        session.event("edition", **facts, seconds=round(sum(steps.values()), 5), steps=steps)
    session.event("built", editions=len(made), **counts)


def parse_date(text: str | None) -> date | None:
    """Return the date that an option names.

    Raises:
        UsageError: if it is none.
    """
    if text is None:
        return None
    try:
        # `date.fromisoformat` reads "20261123" and weeks as well, which nobody means here.
        if not re.fullmatch(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", text.strip()):
            raise ValueError(text)
        year, month, day = map(int, text.split("-"))
        return date(year, month, day)
    except ValueError as exc:
        raise UsageError(f'"{text}" is no date', hint="Write it as 2026-11-23.") from exc


def public(report: BuildReport, *, with_decisions: bool) -> dict[str, Any]:
    """Return a report as other programs read it."""
    from digest.models import builtins

    entry: dict[str, Any] = builtins(report)
    decisions = entry.pop("decisions")
    for name in (
        "reason", "is_due", "is_open", "upcoming", "costs", "errors", "warnings", "sections",
        "kept", "steps", "notes",
    ):  # fmt: skip
        entry.pop(name)
    if with_decisions:
        names = ("url", "title", "verdict", "rule", "detail")
        entry["decisions"] = [
            {n: d.get(n, "" if n != "url" else None) for n in names} for d in decisions
        ]
    return entry


def _shown(session: Session, report: BuildReport, dry_run: bool) -> bool:
    """Say what became of an edition; tell whether its issue was built."""
    if dry_run:
        _show_decisions(report, session.project.config.newsletter.timezone)
    count = f"{len(report.posts)} post{'s' if len(report.posts) != 1 else ''}"
    if report.status == "built":
        _show_built(session, report, count, dry_run)
    elif report.status in ("unchanged", "sealed"):
        echo(f"{report.issue}: {report.status}, {count}; nothing was written")
    elif report.is_due:
        echo(f"{report.issue}: nothing to send")
    summary.tell_kept(session, report)
    _tell_findings(session, report)
    questions.tell(session, report, dry_run=dry_run)
    if report.upcoming and report.status in ("unchanged", "sealed"):
        session.say(
            f"The next issue of {report.edition} is due on {report.upcoming:%A} {report.upcoming}."
        )
    return report.status == "built"


def _show_built(session: Session, report: BuildReport, count: str, dry_run: bool) -> None:
    verb = "would be built" if dry_run else "built"
    echo(f"{report.issue}: {verb}, {count}, {report.html_bytes:,} bytes of HTML")
    if not dry_run:
        echo(f"  {session.project.root / report.folder}")


def _tell_findings(session: Session, report: BuildReport) -> None:
    """Say each error that `check` finds, and how many warnings there are."""
    for error in report.errors:
        styled("  error: ", fg="red", nl=False)
        echo(f"{error.rule}: {error.message} ({error.place})")
    if report.warnings:
        noun = "warning" if report.warnings == 1 else "warnings"
        session.say(f"{report.warnings} {noun}: `digest check {report.issue}` shows them.")


_SHORTENED: Mapping[Shown, str] = {
    "excerpt": "shown by excerpt only",
    "title": "shown by title only",
    "left": "left to the site",
}


def _tell_words(session: Session) -> None:
    """Say which fixed words stay English, in a language that none are shipped for."""
    names, language = session.project.english_words, session.project.config.newsletter.language
    if names:
        shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        session.say(f"The fixed words of {language} are not known here, so {shown} stay English.")
        session.say(
            f"  Write them into templates/labels.toml, under [{language}]; "
            "the manual's templates.md names them."
        )


def _tell_unread(session: Session) -> None:
    """Say what the project's own templates hold that nothing reads, and no page shows."""
    for path, meant in session.project.unread_templates():
        hint = f"did you mean {meant}?" if meant else "include it in a template, or take it away"
        session.warn(f"{path}: nothing reads it; {hint}")
    rules = session.project.unmet_rules()
    for rule in rules[:_MOST_RULES]:
        hint = f"did you mean {rule.meant}?" if rule.meant else "take the rule out, or use it"
        session.warn(f"{rule.place}: {rule.name} fits nothing in any template; {hint}")
    if len(rules) > _MOST_RULES:
        session.warn(f"and {len(rules) - _MOST_RULES} more names in rules fit nothing")


def _tell_bytes(session: Session, report: BuildReport) -> None:
    """Say what the byte budget shortened and, with --verbose, what each post takes of it."""
    counts = Counter(cost.shown for cost in report.costs)
    told = [f"{counts[shown]} {how}" for shown, how in _SHORTENED.items() if counts[shown]]
    if told:
        number, _, how = told[0].partition(" ")
        told[0] = f"{number} post{'s' if number != '1' else ''} {how}"
        most = session.project.edition(report.edition).max_bytes
        session.say(f"Over {most:,} bytes: {', '.join(told)}")
    for cost in report.costs:
        pin = "  (pinned)" if cost.is_pinned else ""
        session.detail(f"{cost.html_bytes:>8,} bytes  {cost.shown:<7}  {cost.title}{pin}")


_MOST_ERRORS = 20
_MOST_RULES = 10
_WORDS = {"chosen": "in", "refused": "out", "waiting": "wait"}
_STYLES = {"in": "green", "wait": "yellow", "out": "dim"}


def _show_decisions(report: BuildReport, timezone: str) -> None:
    rows: list[tuple[str, ...]] = [
        (_WORDS[d.verdict], d.rule, d.title, on_clocks(d.detail, timezone))
        for d in report.decisions
    ]
    headings: tuple[str, ...] = ("", "RULE", "POST", "WHY")
    wide = {2: 2, 3: 3}
    if any(report.sections.values()):  # an edition without sections has no use for the column
        homes = [report.sections.get(d.id, "") for d in report.decisions]
        rows = [(*row[:2], home, *row[2:]) for row, home in zip(rows, homes, strict=True)]
        headings, wide = ("", "RULE", "SECTION", "POST", "WHY"), {2: 1, 3: 2, 4: 3}
    print_table(headings, rows, wide=wide, styles=_STYLES)


def _raise_error(session: Session, errors: Sequence[DigestError]) -> None:
    """Raise what stopped an edition; of several, the first, after telling of the others."""
    for error in errors[1:_MOST_ERRORS]:
        session.warn(str(error))
    if len(errors) > _MOST_ERRORS:
        session.warn(f"and {len(errors) - _MOST_ERRORS} more could not be built")
    if errors:
        raise errors[0]


def _tell_empty(session: Session, reports: Iterable[BuildReport]) -> None:
    """Say why an issue has nothing to send where the command ends with something worse."""
    for report in reports:
        if report.status == "nothing-to-send":
            session.warn(f"{report.issue if report.is_due else report.edition}: {report.reason}")


def _raise_empty(empty: Sequence[BuildReport], day: date | None, *, dry_run: bool) -> None:
    """Raise if an issue that is due, or was asked for by name, has nothing to send."""
    if not empty:
        return
    first, waits = empty[0], any(d.verdict == "waiting" for r in empty for d in r.decisions)
    hints = ["What waits comes in a later issue"] if waits else []
    named = f"{first.edition} --date {day}" if day else first.edition
    hints += [] if dry_run else [f"`digest build {named} --dry-run` shows why"]
    if not first.is_due:
        hints = [f"`digest build {first.edition} --date DATE` builds one all the same"]
    raise NothingToSend(
        "; ".join(f"{r.issue if r.is_due else r.edition}: {r.reason}" for r in empty),
        hint="; ".join(hints) and f"{'; '.join(hints)}.",
    )
