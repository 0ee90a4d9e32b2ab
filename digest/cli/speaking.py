"""The one way to the terminal: what others wrote can neither drive it nor turn a line round.

A text is made visible before it is styled, for our own colours are control characters too.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import click

from digest.knowledge.unseen import in_line, visible


class Answer:
    """Write the one JSON document that --json asks for: what was found, or why nothing was."""

    def __init__(self) -> None:
        self.is_given = False

    def give(self, facts: Any) -> None:
        """Write plain data to stdout."""
        import json

        # Even if it can only half be written, no other document may follow.
        self.is_given = True
        # Letters as they are and two spaces, for people read it as well.
        echo(json.dumps(facts, ensure_ascii=False, indent=2))

    def give_each(self, facts: Iterable[Any]) -> None:
        """Write a list of plain data to stdout as `give` would, one after another."""
        import json

        self.is_given = True
        before = "["
        for each in facts:
            told = json.dumps([each], ensure_ascii=False, indent=2)
            echo(before + told[1:-2], nl=False)  # without the brackets around it
            before = ","
        echo("[]" if before == "[" else "\n]")


def echo(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Write text to stdout, or stderr."""
    click.echo(visible(text), err=err, nl=nl)


def styled(
    text: str,
    *,
    fg: str | None = None,
    bold: bool | None = None,
    err: bool = False,
    nl: bool = True,
) -> None:
    """Write text in a colour or in bold, where the stream is a terminal that shows them."""
    # None: click asks whether it is a terminal
    click.secho(
        visible(text), fg=fg, bold=bold, err=err, nl=nl, color=False if is_plain() else None
    )


def is_plain() -> bool:
    """Tell whether somebody wants no colours (https://no-color.org), or the terminal has none."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def line(text: str, *, err: bool = False) -> None:
    """Write text as one line, whatever names stand in it."""
    click.echo(in_line(text), err=err)
