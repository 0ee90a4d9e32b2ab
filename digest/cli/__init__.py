"""The `digest` command: options, printing and exit codes. It translates and never decides.

Each command lives in a module of its own that is imported only when it is called, so that `--help`
and completion stay quick; `COMMANDS` therefore repeats each command's first line of help.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

import click

from digest import __version__
from digest.cli.speaking import Answer, echo, line, styled
from digest.cli.stopping import Terminated, pass_on, told
from digest.errors import DigestError, NothingToSend, Unforeseen, UsageError
from digest.machine.importing import absent

# Options that stand before the command; behind it, people look for them in vain.
_BEFORE = frozenset({"--project", "--verbose", "-v", "--quiet", "-q", "--log-json"})
# What to say of a call that lacks one of these.
_MISSING = {
    "issue": "which issue? Name one that `digest issues` lists, or the newest: digest {} latest",
    "service": "for which service? Name it, as: digest {} latest --for mailchimp",
}
_ASKED_BY_A_SHELL = "_DIGEST_COMPLETE"
_COLLECT_AFTER = 100_000  # objects, where Python's own is 700

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("making", "Start a project, or copy a template into it."),
    "collect": ("making", "Bring the sources' posts into the archive."),
    "posts": ("asking", "List the archive's posts."),
    "sources": ("asking", "List the sources with their health and conventions."),
    "tags": ("asking", "List the tags there are to select by."),
    "series": ("asking", "List the series with their parts and gaps."),
    "build": ("making", "Select, render and write an issue."),
    "readers": ("making", "Find the editions that readers chose, and who gets which."),
    "preview": ("making", "Show an issue in the browser, live."),
    "check": ("sending", "Say what is wrong with an issue, or any email."),
    "approve": ("sending", "Seal an issue's exact bytes."),
    "deliver": ("sending", "Leave an approved issue as a draft at a mailing service."),
    "run": ("sending", "Do all of it unattended, for cron and CI."),
    "services": ("sending", "Try the mailing services that are configured."),
    "export": ("sending", "Print an issue's HTML for a mailing service."),
    "rebuild": ("making", "Make an issue's files again from issue.json."),
    "issues": ("asking", "List the issues on disk."),
    "diff": ("asking", "Tell what moved between two issues."),
    "why": ("asking", "Say which rule chose or refused a post."),
}
"""Each command's folder, whose module bears its name, and the first line of its help."""


class _Unheard(Exception):
    """Say that nobody reads on, as when `head` has seen enough; click would make it an error."""


@contextmanager
def _heard() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as exc:
        raise _Unheard from exc


class LazyGroup(click.Group):
    """Know every command's name and first line without importing it."""

    def make_context(self, *args: Any, **options: Any) -> click.Context:
        """Read the command line, which may print help."""
        with _heard():
            return super().make_context(*args, **options)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse an option's empty value, which an unset variable of a script leaves.

        Most commands would do without the option, and so something else than was meant.
        """
        for before, word in pairwise(["", *args]):
            option, is_joined, value = word.partition("=")
            is_empty = not value.strip() if is_joined else not word.strip()
            option = option if is_joined else before
            if is_empty and option.startswith("-") and not ctx.resilient_parsing:
                hint = "Leave it out, or see whether a variable is set."
                raise UsageError(f"{option} is empty", hint=hint)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        with _heard():
            try:
                return super().invoke(ctx)
            except KeyboardInterrupt as stop:
                # Click would end the line on which a terminal shows ^C; among events it is none.
                # Nor does `kill` leave a line to end.
                if ctx.params["log_json"] or isinstance(stop, Terminated):
                    raise told(stop) from stop
                raise

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        folder, _ = COMMANDS[cmd_name]
        command: click.Command = importlib.import_module(f"digest.cli.{folder}.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a misspelt one gets the nearest as a hint."""
        # Click would only say that there is no such command.
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from digest.nearest import nearest

            near = nearest(args[0], COMMANDS)
            ctx.fail(f'no command "{args[0]}"' + (f', did you mean "{near}"?' if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Say where the manual lies: in the package, or beside it in a checkout."""
        package = Path(__file__).resolve().parent.parent
        inside = package / "_manual"
        manual = inside if inside.is_dir() else package.parent / "docs"
        with formatter.section("Manual"):
            formatter.write_text(f"tutorial.md, configuration.md and more in {manual}")


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="digest", message="%(prog)s %(version)s")
@click.option(
    "--project",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The project's folder; otherwise the nearest one upwards with a digest.toml.",
)
@click.option("--verbose", "-v", is_flag=True, help="Say more about what is going on.")
@click.option("--quiet", "-q", is_flag=True, help="Say only what went wrong.")
@click.option("--log-json", is_flag=True, help="Say everything as events, a line of JSON each.")
@click.pass_context
def group(
    ctx: click.Context, project: Path | None, verbose: bool, quiet: bool, log_json: bool
) -> None:
    """Turn a blog's posts into a weekly email you can trust.

    \b
    A first issue from your blog:
      digest init my-letter --from https://your.blog/
      cd my-letter
      digest collect
      digest build
      digest preview

    A command ends with 0 when all is done, 1 after an error, 2 if it was called wrongly, 3 if there
    is nothing to send, 4 if a check finds errors or files differ from what they should be, 5 if
    some sources failed, 6 if nobody knows whether a mailing service has a draft.
    """
    if verbose and quiet:
        raise click.UsageError("--verbose and --quiet exclude each other")
    with absent("typing_extensions"):
        # msgspec asks it about kinds of dictionaries that we have none of, and for this it would
        # take a fiftieth of a short command's time to load
        import msgspec  # noqa: F401
    from digest.cli.session import Session

    ctx.obj = Session(project, ctx.obj or Answer(), verbose=verbose, quiet=quiet, logs=log_json)


def main(args: list[str] | None = None) -> Any:
    """Run the command line; every DigestError becomes one line on stderr and its exit code."""
    # What a command imports stays until it ends; looking through all of it for cycles again and
    # again while it grows is a tenth of a short command's time.
    gc.set_threshold(_COLLECT_AFTER)
    if _ASKED_BY_A_SHELL in os.environ:
        from digest.cli import shells

        shells.register()
    given = sys.argv[1:] if args is None else args
    code: Any = 0
    error: Exception | None = None
    answer = Answer()
    try:
        code = group.main(args=args, prog_name="digest", standalone_mode=False, obj=answer)
    except _Unheard:
        pass
    except (click.Abort, KeyboardInterrupt) as stop:
        error = told(stop)
    except Exception as caught:  # noqa: BLE001 -- a seam
        error = caught
    if error:
        code = getattr(error, "exit_code", 1)
        if "--json" in given and not answer.is_given:
            with suppress(OSError):
                answer.give({"error": _facts(_told(_placed(error)))})
        with suppress(OSError):  # whoever cannot be told of it has the code at least
            _tell(_placed(error), given)
    _leave(code if isinstance(code, int) else 0, error)


def _tell(error: Exception, given: Collection[str]) -> None:
    """Tell what went wrong: an error of ours, a wrong call, the system's, or a bug."""
    if "--log-json" in given:
        return _log(_told(error))
    if isinstance(error, click.ClickException):
        return error.show()
    if isinstance(error, NothingToSend) and {"--quiet", "-q"} & set(given):
        return None  # nothing went wrong, and the exit code says it
    fault = _told(error)
    _complain(str(fault))
    if isinstance(fault, Unforeseen) and {"--verbose", "-v"} & set(given):
        echo(fault.trace, err=True)
    return None


def _told(error: Exception) -> DigestError:
    """Return what to say of whatever ended a command."""
    if isinstance(error, DigestError):
        return error
    if isinstance(error, click.ClickException):
        return UsageError(error.format_message())
    if isinstance(error, OSError):
        place = str(error.filename or "")
        return DigestError(f"cannot read or write: {error.strerror or error}", where=place)
    return Unforeseen.of(error)


def _placed(error: Exception) -> Exception:
    """Return what to say of a call that lacks something, or has an option in the wrong place."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return error
    missing = error.param.name if isinstance(error, click.MissingParameter) and error.param else ""
    if missing in _MISSING:
        return click.UsageError(_MISSING[missing].format(context.info_name), context)
    if not isinstance(error, click.NoSuchOption):
        return error
    option = error.option_name
    if option == "--json" and context.parent is None:
        return click.UsageError(
            "--json goes after the command, as in: digest build --json", context
        )
    if option not in _BEFORE:
        return error
    right = f"digest {option} {context.info_name}"
    return click.UsageError(f"{option} goes before the command: {right}", context)


def _leave(code: int, error: Exception | None) -> NoReturn:
    """End with what was printed safely out.

    A full disk is told of here, not by a traceback at the end.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as fault:
            # Python flushes once more on its way out, and would complain again.
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
            if stream is sys.stdout and not isinstance(fault, BrokenPipeError):
                if not code:
                    _complain(f"cannot write: {fault.strerror or fault}")
                code = code or 1
    pass_on(error)
    sys.exit(code)


def _log(error: DigestError) -> None:
    """Tell of an error as an event."""
    from digest.cli.session import log

    log("error", **_facts(error))


def _facts(error: DigestError) -> dict[str, Any]:
    """Return what a program is told of an error."""
    trace = {"trace": error.trace} if isinstance(error, Unforeseen) else {}
    facts = {"message": error.message, "where": error.where, "hint": error.hint}
    return {"exit_code": error.exit_code, **facts, **trace}


def _complain(message: str) -> None:
    with suppress(OSError):  # nobody can be told that nobody can be told
        styled("error: ", fg="red", bold=True, err=True, nl=False)
        line(message, err=True)
