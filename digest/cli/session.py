"""What every command shares: the project it works on, and how it speaks.

Data goes to stdout, everything else to stderr; a bar appears only on a terminal, and only when
something takes longer than a second.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from digest.cli.speaking import Answer, echo, is_plain, line, styled
from digest.errors import DigestError
from digest.knowledge.unseen import in_line

if TYPE_CHECKING:
    from rich.console import Console

    from digest.workflow.project import Project

# What is shorter would only flicker.
BAR_AFTER_SECONDS = 1.0
LEAST_CELLS = 8
"""Of how many cells a column is that can be read; where there is no room, rows are stacked."""


class Session:
    """Hold the options of the command line before the subcommand."""

    def __init__(
        self,
        folder: Path | None,
        answer: Answer,
        *,
        verbose: bool = False,
        quiet: bool = False,
        logs: bool = False,
    ) -> None:
        self.folder, self.verbose, self.quiet, self.logs = folder, verbose, quiet, logs
        self._answer = answer

    @cached_property
    def project(self) -> Project:
        """Return the project that the command works on.

        What a killed command left half published is published first, where it can be.

        Raises:
            ConfigError: if there is none.
        """
        from digest.workflow.project import Project

        found = Project.find(self.folder)
        if found.folders.published.is_open:
            from digest.workflow import records

            with suppress(DigestError):  # it may be read-only, and the command says what it can
                records.mend(found)
        return found

    def named(self, reference: str) -> str:
        """Return the id of the issue that is meant, and say it where it was named as the latest."""
        from digest.workflow import naming

        found = naming.issue(self.project, reference).id
        if Path(reference).name != found:
            of = "" if reference == "latest" else f" of {reference}"
            self.say(f"The latest issue{of} is {found}.")
        return found

    def answer(self, value: Any) -> None:
        """Write what --json asks for to stdout, a document that is the only thing there."""
        import json

        from digest.models import encode

        self._answer.give(json.loads(encode(value)))

    def answer_each(self, values: Iterable[Any]) -> None:
        """Write what --json asks for to stdout, a list, while it comes."""
        import json

        from digest.models import encode

        self._answer.give_each(json.loads(encode(value)) for value in values)

    def say(self, message: str) -> None:
        """Write a message for people to stderr as a line, unless --quiet."""
        if self.logs:
            log("message", text=message)
        elif not self.quiet:
            line(message, err=True)

    def count(self, found: int, noun: str, otherwise: str = "") -> None:
        """Say how many there were of something and, where there was none, what to do."""
        plural = "" if found == 1 or noun.endswith("s") else "s"
        self.say(f"{found} {noun}{plural}" + (f"; {otherwise}" if otherwise and not found else ""))

    def tell(self, message: str) -> None:
        """Write what was done to stdout, unless --quiet: cron mails whatever is printed."""
        if not self.quiet:
            line(message)

    def warn(self, message: str) -> None:
        """Write what went wrong without stopping to stderr, even with --quiet."""
        if self.logs:
            log("warning", text=message)
            return
        styled("warning: ", fg="yellow", err=True, nl=False)
        line(message, err=True)

    def detail(self, message: str) -> None:
        """Write a message that only --verbose asks for to stderr."""
        if self.logs:
            return
        if self.verbose and message:
            echo(message, err=True)

    def event(self, name: str, **facts: Any) -> None:
        """Write an event with its facts to stderr, if events are asked for."""
        if self.logs:
            log(name, **facts)

    @contextmanager
    def progress(self) -> Iterator[Callable[[str, int, int], None]]:
        """Yield what the workflow reports progress to.

        A bar is drawn once it takes over a second.
        """
        bar = _Bar(self.quiet or self.logs or not is_colourful(sys.stderr))
        try:
            yield bar
        finally:
            bar.close()


def is_colourful(stream: TextIO) -> bool:
    """Tell whether a stream is a terminal that welcomes colours and bars."""
    return stream.isatty() and not is_plain()


class _Bar:
    """Draw a bar with rich, which is imported only once a second has passed."""

    def __init__(self, silent: bool) -> None:
        self.state = ("starting", 0, 0)
        self.bar: Any = None
        self.task: Any = None
        self.lock = threading.Lock()
        self.closed = silent
        self.timer = threading.Timer(BAR_AFTER_SECONDS, self._open)
        # A bar that was never drawn must not keep the process from ending.
        self.timer.daemon = True
        if not silent:
            self.timer.start()

    def __call__(self, what: str, done: int, total: int) -> None:
        with self.lock:
            what = in_line(what)
            self.state = (what, done, total)
            if self.bar:
                self.bar.tasks[0].total = total or None  # None would change nothing in `update`
                self.bar.update(self.task, description=what, completed=done)

    def _open(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        with self.lock:
            if self.closed:
                return
            what, done, total = self.state
            self.bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(bar_width=24),
                MofNCompleteColumn(),
                console=Console(stderr=True),
                # A bar tells of what is going on; afterwards the result stands there alone.
                transient=True,
            )
            self.task = self.bar.add_task(what, completed=done, total=total or None)
            self.bar.start()

    def close(self) -> None:
        self.timer.cancel()
        with self.lock:
            self.closed = True
            if self.bar:
                self.bar.stop()


def log(event: str, **facts: Any) -> None:
    """Write one event as a line of JSON to stderr: when, what, and its facts."""
    import json
    from datetime import UTC, datetime

    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    echo(json.dumps({"at": at, "event": event, **facts}, ensure_ascii=False), err=True)


def print_table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    wide: Mapping[int, int],
    right: Sequence[int] = (),
    styles: Mapping[str, str] | None = None,
) -> None:
    """Write rows in columns to stdout; wide characters are measured.

    On a terminal the table is as wide as that, and the `wide` columns (with their shares) are
    folded onto several lines. In a pipe or a file each row is one line and nothing is cut. `right`
    are columns of numbers, `styles` those of the first column's words.
    """
    if not rows:
        return
    rows = [[in_line(cell) for cell in row] for row in rows]
    # In a pipe each row is one line, for `grep` and `cut`; on a terminal it is folded.
    if sys.stdout.isatty():
        _print_folded(headings, rows, right, wide, styles or {})
    else:
        _print_lines(headings, rows, right)


def _print_folded(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Sequence[int],
    wide: Mapping[int, int],
    styles: Mapping[str, str],
) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(color_system=None if is_plain() else "auto")
    if _narrowest(headings, rows, wide, console.width) < LEAST_CELLS:
        _print_stacked(console, rows, wide, styles)
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", expand=True)
    for i, heading in enumerate(headings):
        table.add_column(
            heading,
            ratio=wide.get(i),
            no_wrap=i not in wide,
            overflow="fold",
            justify="right" if i in right else "left",
        )
    for first, *others in rows:
        table.add_row(Text(first, style=styles.get(first, "")), *map(Text, others))
    console.print(table)


def _narrowest(
    headings: Sequence[str], rows: Sequence[Sequence[str]], wide: Mapping[int, int], width: int
) -> int:
    """Return how many cells the narrowest of the wide columns would have."""
    widths = _widths(headings, rows)
    fixed = sum(cells for i, cells in enumerate(widths) if i not in wide)
    left = width - fixed - 2 * len(widths)
    return left * min(wide.values()) // sum(wide.values())


def _print_stacked(
    console: Console,
    rows: Sequence[Sequence[str]],
    wide: Mapping[int, int],
    styles: Mapping[str, str],
) -> None:
    """Write each row as a few lines: what is short on one, and each of the rest below it."""
    from rich.padding import Padding
    from rich.text import Text

    for row in rows:
        short = [cell for i, cell in enumerate(row) if i not in wide and cell]
        if short:
            console.print(Text("  ".join(short), style=styles.get(row[0], "")))
        for i in wide:
            if row[i]:
                console.print(Padding(Text(row[i]), (0, 0, 0, 2), expand=False))


def _print_lines(
    headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int]
) -> None:
    from rich.cells import cell_len

    widths = _widths(headings, rows)
    for row in (headings, *rows):
        cells = []
        for i, text in enumerate(row):
            pad = " " * (widths[i] - cell_len(text))
            cells.append(pad + text if i in right else text + pad)
        echo("  ".join(cells).rstrip())


def _widths(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Return of how many cells each column's widest text is."""
    from rich.cells import cell_len

    return [max(cell_len(row[i]) for row in (headings, *rows)) for i in range(len(headings))]


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --json to a command."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead.")(
        command
    )


def utc(moment: Any) -> str | None:
    """Return a time as the contract writes it: UTC, to the second."""
    from datetime import UTC

    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
