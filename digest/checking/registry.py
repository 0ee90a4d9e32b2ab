"""Every rule there is, and what they find in an email."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from typing import Any, Final

from digest.checking.case import Case
from digest.checking.rule import Fault, Rule, Severity
from digest.checking.rules import BUILT_IN
from digest.errors import ConfigError, UsageError
from digest.models import Finding, Value
from digest.nearest import did_you_mean

LEVELS: Final = ("off", "information", "warning", "error")
GROUP: Final = "digest.rules"
# Whoever mended a dozen of one kind runs the check again.
_MOST_OF_A_KIND: Final = 12


class Setting(Value):
    """Hold what the configuration says of a rule; `reason` is the project's own."""

    level: str
    reason: str = ""
    where: str = ""


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule: the built-in ones by family, then those that other packages bring.

    Raises:
        ConfigError: if another package's rules cannot be loaded, or take a name that is taken.
    """
    found = {rule.id: rule for rule in BUILT_IN}
    for name, rule in _installed():
        # Whichever of the two ran, a setting would mean the other one as well.
        if rule.id in found:
            raise ConfigError(
                f'two rules are called "{rule.id}"', where=name, hint="Uninstall one of them."
            )
        found[rule.id] = rule
    return tuple(found.values())


def is_all_built_in() -> bool:
    """Tell whether no other package brings rules."""
    return len(rules()) == len(BUILT_IN)


def _installed() -> Iterator[tuple[str, Rule]]:
    if not _may_be_installed():
        return
    from importlib.metadata import entry_points

    for point in entry_points(group=GROUP):
        try:
            loaded = point.load()
        except Exception as exc:  # whatever a stranger's module raises while it is imported
            raise ConfigError(
                f"the rules of {point.value} cannot be loaded ({exc})",
                where=point.name,
                hint="Mend or uninstall that package.",
            ) from exc
        yield from (
            (point.name, rule) for rule in ([loaded] if isinstance(loaded, Rule) else loaded)
        )


def _may_be_installed() -> bool:
    """Tell whether some package's list of entry points names ours.

    Asking `importlib.metadata` takes as long as all rules together; a glance at the same files does
    not. What lies in an archive or elsewhere unusual is not glanced at, so then it is asked all the
    same.
    """
    return any(_may_bring_rules(entry or ".") for entry in sys.path)


def _may_bring_rules(entry: str) -> bool:
    try:
        names = os.listdir(entry)  # noqa: PTH208 - each of these costs ten times that with a Path
    except NotADirectoryError:
        return True  # a zip
    except OSError:
        return False
    for name in names:
        if name.endswith("-info"):
            with suppress(OSError), open(f"{entry}/{name}/entry_points.txt", "rb", 0) as listed:  # noqa: PTH123
                if GROUP.encode() in listed.read():
                    return True
    return False


def rule(id_: str) -> Rule:
    """Return the rule of a name, in whatever case it is written.

    Raises:
        UsageError: if there is none.
    """
    known = {each.id: each for each in rules()}
    if id_.upper() not in known:
        raise UsageError(f'there is no rule "{id_}"', hint=did_you_mean(id_.upper(), known))
    return known[id_.upper()]


def refuse_unknown(settings: Mapping[str, Setting]) -> None:
    """Refuse settings of rules that do not exist.

    Raises:
        ConfigError: naming the place and the nearest rule.
    """
    for name, setting in settings.items():
        try:
            rule(name)
        except UsageError as exc:
            raise ConfigError(exc.message, where=setting.where, hint=exc.hint) from exc


def judge(case: Case, settings: Mapping[str, Setting]) -> tuple[Finding, ...]:
    """Return what every rule that is on finds, errors first and each family together."""
    levels = _levels(settings)
    found: list[Finding] = []
    for each in rules():
        level = levels.get(each.id, "")
        if level != "off" and _can_judge(each, case):
            found.extend(_findings(each, level, case))
    order = {name: i for i, name in enumerate(reversed(LEVELS))}
    return tuple(sorted(found, key=lambda finding: order[finding.severity]))


def asleep(case: Case, settings: Mapping[str, Setting]) -> tuple[str, ...]:
    """Return the rules that did not judge an email: what is off, and what had nothing to go by."""
    levels = _levels(settings)
    return tuple(
        each.id
        for each in rules()
        if levels.get(each.id) == "off" or not _can_judge(each, case) or _was_not_asked(each, case)
    )


def _levels(settings: Mapping[str, Setting]) -> dict[str, str]:
    return {name.upper(): setting.level for name, setting in settings.items()}


def _was_not_asked(rule: Rule, case: Case) -> bool:
    """Tell whether a rule of the network's had no `--online`, or no `--spam`."""
    told = case.context.spam if rule.id == "SPAM" else case.context.online
    return rule.family == "online" and told is None


def _can_judge(rule: Rule, case: Case) -> bool:
    return (
        case.has_html if rule.needs == "page" else rule.needs == "any" or case.message is not None
    )


def _findings(rule: Rule, level: str, case: Case) -> Iterator[Finding]:
    """Yield what a rule finds, so many of each severity: a page of warnings hides no error."""
    told: dict[Severity, set[tuple[str, str]]] = {}
    more: Counter[Severity] = Counter()
    for fault in rule.judge(case):
        severity: Any = level or fault.severity or rule.severity
        known = told.setdefault(severity, set())
        if len(known) == _MOST_OF_A_KIND:
            more[severity] += 1
            continue
        finding = _finding(rule, severity, fault, case)
        # A loop in a template says the same of one place again and again.
        if (finding.message, finding.where) not in known:
            known.add((finding.message, finding.where))
            yield finding
    for severity, count in more.items():
        yield Finding(
            rule=rule.id,
            severity=severity,
            message=f"and {count:,} more of this kind",
            where=case.name,
        )


def _finding(rule: Rule, severity: Severity, fault: Fault, case: Case) -> Finding:
    message = f"{fault.message}. {fault.fix}" if fault.fix else fault.message
    if fault.at is None:
        return Finding(
            rule=rule.id,
            severity=severity,
            message=message,
            where=fault.place or case.name,
            post=fault.post,
        )
    line, column = case.place(fault.at)
    return Finding(
        rule=rule.id,
        severity=severity,
        message=message,
        where=f"{case.name}:{line}:{column}",
        post=fault.post or case.post_at(fault.at),
        line=line,
    )
