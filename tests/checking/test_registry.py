"""Rules of other packages, settings of a project, and findings in other programs' words."""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from digest.checking import (
    Setting,
    as_github,
    as_junit,
    asleep,
    judge,
    refuse_unknown,
    rule,
    rules,
)
from digest.checking.clients import lacking, renewing
from digest.checking.registry import rules as cached_rules
from digest.errors import ConfigError
from tests.checking.mail import PAGE, case, findings

HOUSE = '''
from digest.checking import Fault, Rule


def bus(case):
    """Leave buses to the bus company.

    They come late, and in threes.
    """
    if case.issue and "bus" in case.issue.subject:
        yield Fault(message="a bus in the subject", fix="Take the train", place="subject")


RULES = (Rule("{name}", "house", "warning", bus, "any"),)
'''


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Install a package that brings a rule of a name."""

    def install(name: str) -> None:
        (tmp_path / "house_rules.py").write_text(HOUSE.replace("{name}", name))
        info = tmp_path / "house_rules-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: house-rules\nVersion: 1\n")
        (info / "entry_points.txt").write_text("[digest.rules]\nhouse = house_rules:RULES\n")
        monkeypatch.syspath_prepend(str(tmp_path))
        cached_rules.cache_clear()

    yield install
    sys.modules.pop("house_rules", None)
    cached_rules.cache_clear()


def test_another_package_brings_rules_by_an_entry_point(house: Any) -> None:
    house("HOUSE-BUS")
    assert [finding.rule for finding in findings()] == ["HOUSE-BUS"]
    assert rule("house-bus").reason == "They come late, and in threes."
    assert judge(case(), {"HOUSE-BUS": Setting(level="off")}) == ()


def test_no_package_takes_the_name_of_a_rule_that_is_there(house: Any) -> None:
    house("LANG")
    with pytest.raises(ConfigError, match='two rules are called "LANG"'):
        rules()


@pytest.mark.parametrize("level", ["information", "warning", "error"])
def test_a_project_says_how_grave_a_rule_is(level: str) -> None:
    spoilt = case(page=(('<html lang="en"', "<html"),))
    (found,) = judge(spoilt, {"lang": Setting(level=level)})
    assert (found.rule, found.severity) == ("LANG", level)


def test_a_rule_that_does_not_exist_is_an_error_with_the_nearest() -> None:
    with pytest.raises(
        ConfigError, match=r'digest.toml:7: there is no rule "IMG-ATL"\. Did you mean "IMG-ALT"\?'
    ):
        refuse_unknown({"IMG-ATL": Setting(level="off", where="digest.toml:7")})


def test_a_finding_names_line_post_and_remedy() -> None:
    (found,) = findings(page=(("<p>By Ada", '<p style="color:#888888">By Ada'),))
    line = PAGE[: PAGE.index("<p>By Ada")].count("\n") + 1
    assert (found.line, found.post) == (line, "Who moved the kettle?")
    assert found.where.startswith(f"email.html:{line}:")
    assert found.message.endswith("Make it 4.5 to 1 at least")


def test_many_faults_of_a_kind_are_counted() -> None:
    many = "<p>" + "<b>x" * 40 + "</p>"
    found = findings(page=(("<p>You get", f"{many}<p>You get"),))
    assert len(found) == 13
    assert "and 28 more of this kind" in {finding.message for finding in found}


def test_github_reads_findings_as_annotations() -> None:
    found = findings(page=(("<h2>Who", '<h2 id="a" class="a" class="b">Who'),))
    (line,) = as_github(found, "issues/2026-10-11-weekly/").splitlines()
    assert line.startswith("::warning file=issues/2026-10-11-weekly/email.html,line=")
    assert ",title=ID-DOUBLE::" in line


def test_github_is_told_of_what_lies_in_no_file() -> None:
    found = findings(letter={"sender": ""}, issue={"subject": "50% of\nus"})
    told = as_github(found, "issues/x/")
    assert "::error file=digest.toml,title=SENDER-SET::" in told
    assert "::error title=SUBJECT::" in told


def test_junit_reads_a_test_case_a_rule() -> None:
    found = findings(
        page=(("<p>By Ada", "<p>Lorem \x01 ipsum <b>By Ada"), ('<html lang="en"', "<html"))
    )
    known = [(each.id, each.family) for each in rules()]
    suite = ET.fromstring(as_junit("2026-10-11-weekly", known, found))
    failed = {
        each.get("name") for each in suite.iter("testcase") if each.find("failure") is not None
    }
    assert failed == {"LANG", "UNCLOSED"}
    assert suite.get("failures") == "2"
    strict = ET.fromstring(as_junit("x", known, found, strict=True))
    assert int(strict.get("failures") or 0) > 2


def test_junit_reads_that_a_rule_was_skipped() -> None:
    known = [("LANG", "page"), ("LINK-DEAD", "online")]
    suite = ET.fromstring(as_junit("x", known, (), asleep=("LINK-DEAD",)))
    skipped = [
        each.get("name") for each in suite.iter("testcase") if each.find("skipped") is not None
    ]
    assert (skipped, suite.get("skipped")) == (["LINK-DEAD"], "1")


def test_what_is_off_or_was_not_asked_is_asleep() -> None:
    told = asleep(case(), {"lang": Setting(level="off"), "DIR": Setting(level="error")})
    assert {"LANG", "LINK-DEAD", "SPAM"} <= set(told)
    assert not {"DIR", "SUBJECT"} & set(told)


def test_the_data_of_mail_programs_is_renewed_from_caniemail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = {
        "last_update_date": "2027-01-02 10:00:00 +0000",
        "data": [
            {
                "slug": "css-display-flex",
                "stats": {"gmail": {"ios": {"2019": "n", "2026": "y #1"}}},
            },
            {"slug": "css-margin", "stats": {"gmail": {"ios": {"2019": "n"}}}},
        ],
    }
    (tmp_path / "data.json").write_text(json.dumps(raw))
    monkeypatch.setattr(renewing, "_TARGET", tmp_path / "caniemail.json")
    renewing.main(str(tmp_path / "data.json"))
    made = json.loads((tmp_path / "caniemail.json").read_text())
    assert made["date"] == "2027-01-02"
    assert made["features"] == {"css-display-flex": {"gmail": {"ios": "y"}}}
    assert "caniemail has nothing on" in capsys.readouterr().out


def test_what_caniemail_says_is_what_readers_see() -> None:
    assert "outlook-windows" in lacking("css-display-flex")
    assert "gmail" not in lacking("css-display-flex")
    assert "gmail" in lacking("css-position")


def test_an_email_that_was_let_go_of_is_judged_again_alike() -> None:
    """Its tree is taken apart, so that thousands need no room; nothing of it may be remembered."""
    email = case()
    before = judge(email, {})
    email.let_go()
    assert judge(email, {}) == before
