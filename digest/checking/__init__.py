"""Judges an email, offline, by rules that an editor can read: this room's door.

`Case` holds an email and what is known around it, `judge` returns what the rules find in it,
`rules` lists them. The rules are data (`rules/`); other packages bring theirs by the entry point
`digest.rules`. Nothing here reaches out: what `--online` and `--spam` learn is handed in.
"""

from digest.checking.case import LARGEST, Answer, Case, Context, Online, Past, Spam
from digest.checking.clients import families
from digest.checking.files import read_eml, read_html
from digest.checking.formats import as_github, as_junit
from digest.checking.registry import (
    LEVELS,
    Setting,
    asleep,
    is_all_built_in,
    judge,
    refuse_unknown,
    rule,
    rules,
)
from digest.checking.rule import Fault, Rule, Severity
from digest.checking.rules import addresses, is_settled, records

__all__ = [
    "LARGEST",
    "LEVELS",
    "Answer",
    "Case",
    "Context",
    "Fault",
    "Online",
    "Past",
    "Rule",
    "Setting",
    "Severity",
    "Spam",
    "addresses",
    "as_github",
    "as_junit",
    "asleep",
    "families",
    "is_all_built_in",
    "is_settled",
    "judge",
    "read_eml",
    "read_html",
    "records",
    "refuse_unknown",
    "rule",
    "rules",
]
