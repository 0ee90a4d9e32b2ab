"""What is told of each email that breaks a rule, word for word: `findings.txt`.

`DIGEST_UPDATE_GOLDENS=1` writes it anew; hold what changed against the rule's own words.
"""

from __future__ import annotations

from pathlib import Path

from tests.checking.mail import findings
from tests.checking.test_rules import FALLS
from tests.golden import hold_text

GOLDEN = Path(__file__).with_name("findings.txt")


def test_what_is_wrong_is_told_with_its_place_and_what_to_do() -> None:
    lines = []
    for fall in FALLS:
        for finding in findings(**fall.broken):
            place = f" [{finding.where}]" if finding.where else ""
            post = f" <{finding.post}>" if finding.post else ""
            lines.append(f"{finding.rule} {finding.severity}{place}{post}: {finding.message}\n")
    told = "".join(lines)
    hold_text(GOLDEN, told)
