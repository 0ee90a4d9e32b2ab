"""What the shells need beyond what click gives them: names with blanks, quotes and commas.

Posts' tags and series are words of people, not of programmers: "book review", "it's". click hands
them to bash as they are, where each becomes several words or opens a quotation, cuts them at a
comma for fish, and forgets the option of `--tag=bo`. Imported only when a shell asks.
"""

from __future__ import annotations

import os
import re
from typing import Any

from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ZshComplete,
    add_completion_class,
)

_MEANS_SOMETHING = re.compile(r"([\s\\\"'`$&|;<>()*?\[\]{}!#~])")
_OPTION = re.compile(r"--[\w-]+=")


class _Bash(BashComplete):
    """Quotes what bash would take apart, and reads the option that it parts at its `=`."""

    def get_completion_args(self) -> tuple[list[str], str]:
        args, typed = super().get_completion_args()
        if typed == "=":
            typed = ""
        elif args and args[-1] == "=":
            args.pop()
        return args, typed

    def format_completion(self, item: CompletionItem[Any]) -> str:
        typed = os.environ["COMP_WORDS"].split("\n")[-1]
        is_quoted = typed.startswith(("'", '"'))  # then bash quotes, and closes, by itself
        value = item.value if is_quoted else _MEANS_SOMETHING.sub(r"\\\1", item.value)
        return f"{item.type},{value}".replace("\\", r"\\")  # click's script reads one of two


def _whole(items: list[CompletionItem[Any]], typed: str) -> list[CompletionItem[Any]]:
    """Return values as the whole words that a shell puts in place of the one that was typed."""
    option = _OPTION.match(typed)
    if option is None:
        return items
    return [CompletionItem(option[0] + item.value, item.type, item.help) for item in items]


class _Zsh(ZshComplete):
    """Keeps the option before a value that stands in the same word."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[Any]]:
        return _whole(super().get_completions(args, incomplete), incomplete)


class _Fish(FishComplete):
    """Keeps names whole that hold a comma, and the option before a value in the same word."""

    source_template = FishComplete.source_template.replace("string split ", "string split -m1 ")

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[Any]]:
        return _whole(super().get_completions(args, incomplete), incomplete)


def register() -> None:
    """Let click answer the shells by these."""
    for answers in (_Bash, _Zsh, _Fish):
        add_completion_class(answers)
