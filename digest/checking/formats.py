"""Findings as other programs read them: annotations of a GitHub workflow, and JUnit's XML."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape
from typing import Final

from digest.models import Finding

_COMMANDS: Final = {"error": "error", "warning": "warning", "information": "notice"}


def as_github(findings: Sequence[Finding], folder: str) -> str:
    """Return a workflow command for each finding, which GitHub shows beside the line."""
    return "".join(f"{_annotation(finding, folder)}\n" for finding in findings)


def _annotation(finding: Finding, folder: str) -> str:
    file, _, column = finding.where.partition(":")
    place = []
    if "." in file:
        around = "" if file == "digest.toml" else folder
        place.append(f"file={_property(around + file)}")
    if finding.line:
        place.append(f"line={finding.line}")
        place.append(f"col={column.rpartition(':')[2]}")
    place.append(f"title={_property(finding.rule)}")
    post = f"{finding.post}: " if finding.post else ""
    return f"::{_COMMANDS[finding.severity]} {','.join(place)}::{_data(post + finding.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_junit(
    name: str,
    rules: Sequence[tuple[str, str]],
    findings: Sequence[Finding],
    *,
    strict: bool = False,
    asleep: Collection[str] = (),
) -> str:
    """Return JUnit's XML: a test case for each rule (id, family), failed by what ends a check.

    A rule that is asleep is told as skipped: it found nothing, for it looked at nothing.
    """
    cases, failures = [], 0
    for rule, family in rules:
        if rule in asleep:
            cases.append(f"{_junit_head(rule, family)}><skipped/></testcase>")
            continue
        own = [finding for finding in findings if finding.rule == rule]
        grave = [f for f in own if f.severity == "error" or (strict and f.severity == "warning")]
        failures += bool(grave)
        cases.append(_junit_case(rule, family, grave, [f for f in own if f not in grave]))
    counts = f'tests="{len(rules)}" failures="{failures}" skipped="{len(asleep)}"'
    head = f'<testsuite name="{escape(_clean(name))}" {counts}>'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *cases, "</testsuite>", ""])


def _junit_head(rule: str, family: str) -> str:
    return f'  <testcase classname="digest.{escape(family)}" name="{escape(rule)}"'


def _junit_case(rule: str, family: str, grave: Sequence[Finding], mild: Sequence[Finding]) -> str:
    head = _junit_head(rule, family)
    if not grave and not mild:
        return f"{head}/>"
    inner = []
    if grave:
        inner.append(
            f'<failure message="{escape(_clean(grave[0].message))}">{_lines(grave)}</failure>'
        )
    if mild:
        inner.append(f"<system-out>{_lines(mild)}</system-out>")
    return f"{head}>{''.join(inner)}</testcase>"


def _lines(findings: Sequence[Finding]) -> str:
    return escape(
        _clean("\n".join(f"{f.severity}: {f.where} {f.post} {f.message}" for f in findings))
    )


def _clean(text: str) -> str:
    """Return text without what XML 1.0 cannot hold."""
    return "".join(c if c in "\n\t" or c.isprintable() else "\ufffd" for c in text)
