"""Writes docs/rules.md from the rules themselves, so that the page cannot say anything else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from digest.checking.clients import families, looked_up_on
from digest.checking.rule import Rule

_HEAD: Final = """\
# Rules of `digest check`

This page is made from the rules themselves; `digest check --explain RULE` prints the same for one.
An error keeps an issue from being approved, unless `digest approve --anyway` gives a reason; a
warning advises, information is only told. Beside each rule stands how grave it usually is: a single
fault may be slighter, such as a page just below Gmail's cut. `[check]` in digest.toml changes how
grave a rule is, see [the configuration](configuration.md). How to check in a workflow, online, or
an email from elsewhere: [checking.md](checking.md).

What mail programs show is [caniemail](https://www.caniemail.com)'s data of {date} (MIT), for
{families}.
"""
_FAMILIES: Final = {
    "sending": "Sending: what the law and the big receivers ask",
    "service": "The mailing service",
    "links": "Links",
    "words": "Words",
    "posts": "Posts of an issue",
    "pictures": "Pictures",
    "sight": "Sight and touch",
    "page": "The page as a whole",
    "markup": "Markup",
    "styles": "Styles",
    "size": "Size",
    "online": "Online: with `--online` or `--spam` only",
}


def page(rules: Iterable[Rule]) -> str:
    """Return the page in Markdown: a paragraph a rule, each family once."""
    names = ", ".join(families().values())
    parts = [_HEAD.format(date=looked_up_on(), families=names)]
    by_family: dict[str, list[Rule]] = {}
    for rule in rules:
        by_family.setdefault(rule.family, []).append(rule)
    for family, its_rules in by_family.items():
        parts.append(f"## {_FAMILIES.get(family, family)}\n")
        parts += [
            f"### {rule.id} ({rule.severity})\n\n{rule.asks}\n\n{rule.reason}\n"
            for rule in its_rules
        ]
    return "\n".join(parts)
