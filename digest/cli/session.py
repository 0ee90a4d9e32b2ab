"""What every command shares: the project it works on, and how it speaks.

Data goes to stdout, everything else to stderr; a bar appears only on a terminal, and only when something
takes longer than a second.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from digest.workflow.project import Project

BAR_AFTER_SECONDS = 1.0


class Session:
    """Hold the options of the command line before the subcommand."""

    def __init__(self, folder: Path | None, *, verbose: bool = False, quiet: bool = False) -> None:
        self.folder, self.verbose, self.quiet = folder, verbose, quiet

    @cached_property
    def project(self) -> Project:
        """Return the project that the command works on.

        Raises:
            ConfigError: if there is none.
        """
        from digest.workflow.project import Project

        return Project.find(self.folder)

    def say(self, message: str) -> None:
        """Write a message for people to stderr, unless --quiet."""
        if not self.quiet:
            click.echo(message, err=True)

    def warn(self, message: str) -> None:
        """Write what went wrong without stopping to stderr, even with --quiet."""
        click.secho("warning: ", fg="yellow", err=True, nl=False)
        click.echo(message, err=True)

    def detail(self, message: str) -> None:
        """Write a message that only --verbose asks for to stderr."""
        if self.verbose:
            click.echo(message, err=True)

    @contextmanager
    def progress(self) -> Iterator[Callable[[str, int, int], None]]:
        """Yield what the workflow reports progress to; a bar is drawn once it takes over a second."""
        bar = _Bar(self.quiet or not sys.stderr.isatty())
        try:
            yield bar
        finally:
            bar.close()


class _Bar:
    """Draw a bar with rich, which is imported only once a second has passed."""

    def __init__(self, silent: bool) -> None:
        self.state = ("", 0, 0)
        self.bar: Any = None
        self.task: Any = None
        self.lock = threading.Lock()
        self.closed = silent
        self.timer = threading.Timer(BAR_AFTER_SECONDS, self._open)
        self.timer.daemon = True
        if not silent:
            self.timer.start()

    def __call__(self, what: str, done: int, total: int) -> None:
        with self.lock:
            self.state = (what, done, total)
            if self.bar:
                self.bar.update(self.task, description=what, completed=done, total=total or None)

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


def print_json(value: Any) -> None:
    """Write one JSON document to stdout."""
    from digest.models import encode

    click.echo(json.dumps(json.loads(encode(value)), ensure_ascii=False, indent=2))


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """Write rows in columns to stdout, wide characters measured; `right` are columns of numbers."""
    from rich.cells import cell_len, set_cell_size

    if not rows:
        return
    columns = list(zip(headings, *rows, strict=True))
    widths = [max(cell_len(text) for text in column) for column in columns]
    room = _terminal_width() - sum(widths) + widths[-1]
    for number, row in enumerate((headings, *rows)):
        cells = []
        for i, text in enumerate(row):
            last = i == len(row) - 1
            if last and room > 20 and cell_len(text) > room:
                text = set_cell_size(text, room - 1).rstrip() + "…"
            pad = " " * (widths[i] - cell_len(text))
            cells.append(pad + text if i in right else text if last else text + pad)
        line = "  ".join(cells).rstrip()
        click.secho(line, bold=True) if number == 0 else click.echo(line)


def _terminal_width() -> int:
    """Return the columns there are; a pipe or a file has room for any line."""
    import shutil

    return shutil.get_terminal_size().columns - 8 if sys.stdout.isatty() else 10_000


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --json to a command."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead.")(command)


def utc(moment: Any) -> str | None:
    """Return a time as the contract writes it: UTC, to the second."""
    from datetime import UTC

    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
