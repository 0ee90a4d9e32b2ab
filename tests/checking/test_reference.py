"""docs/rules.md says what the rules say. DIGEST_UPDATE_GOLDENS=1 writes it anew."""

from __future__ import annotations

import re
from pathlib import Path

from digest.checking import rules
from digest.checking.reference import page
from tests.golden import hold_text

# standards and laws, whose programs judge or show a mail, and what is said where nobody else asks
SOURCES = re.compile(
    r"RFC|WCAG|ARIA|HTML, \d|CSS|RSS|W3C|VML|OWASP|CAN-SPAM|CASL|GDPR|directive|guidelines"
    r"|SpamAssassin|ClamAV|Lighthouse|caniemail|MJML|Gmail|Yahoo|Apple|iOS|Outlook|Email Markup"
    r"|Constant Contact|SES|[Ss]ource|services' own descriptions|practice: "
)
PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"


def test_the_page_of_rules_is_made_from_the_rules() -> None:
    made = page(rules())
    hold_text(PAGE, made)


def test_every_rule_says_what_it_asks_for_and_why() -> None:
    for rule in rules():
        assert re.fullmatch(r"[A-Z][^\n]+\.", rule.asks), rule.id
        assert len(rule.reason) > 30, rule.id


def test_every_reason_names_its_source() -> None:
    assert [rule.id for rule in rules() if not SOURCES.search(rule.reason)] == []


def test_a_rule_is_named_for_what_it_asks_and_stands_once() -> None:
    ids = [rule.id for rule in rules()]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*", id_) for id_ in ids)
