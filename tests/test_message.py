"""message.eml: what mail programs and filters hold on to."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime

import pytest

from digest import message
from digest.errors import ConfigError
from digest.models import Issue, replace
from tests.test_issue_folder import FROZEN

ISSUE: Issue = replace(
    FROZEN.issue,
    subject="Häuser & 🌻: “quoted”, a long subject line that goes on until it has to be folded somewhere",
    newsletter=replace(
        FROZEN.issue.newsletter,
        name="Åse's “Letter”",
        url="https://letter.example/",
        sender="Ása Ödman <letters@letter.example>",
        unsubscribe="https://letter.example/bye?x=1&y=2",
    ),
)
HTML = "<!DOCTYPE html><p>" + "x" * 3000 + "&#233;</p>\n.\n"
TEXT = "Ein Gruß 🌻\n.\nFrom here on\n"


def parsed(data: bytes) -> email.message.EmailMessage:
    made = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(made, email.message.EmailMessage)
    return made


def test_both_parts_come_back_word_for_word_the_plain_one_first() -> None:
    made = parsed(message.write(ISSUE, HTML, TEXT))
    assert made.get_content_type() == "multipart/alternative"
    plain, html = made.iter_parts()
    assert [p.get_content_type() for p in (plain, html)] == ["text/plain", "text/html"]
    assert [p["Content-Transfer-Encoding"] for p in (plain, html)] == ["quoted-printable"] * 2
    assert plain.get_content().replace("\r\n", "\n") == TEXT
    assert html.get_content().replace("\r\n", "\n") == HTML
    assert not made.defects


def test_no_line_is_longer_than_a_mail_server_takes() -> None:
    head, _, body = message.write(ISSUE, HTML, TEXT).partition(b"\r\n\r\n")
    lines = body.split(b"\r\n")
    assert max(map(len, lines)) <= 76
    assert max(map(len, head.split(b"\r\n"))) <= 200
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_headers_tell_who_what_and_how_to_leave() -> None:
    made = parsed(message.write(ISSUE, HTML, TEXT))
    assert made["Subject"] == ISSUE.subject
    assert made["From"].addresses[0].addr_spec == "letters@letter.example"
    assert made["List-Unsubscribe"] == "<https://letter.example/bye?x=1&y=2>"
    assert made["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "<weekly.ase-s-letter.letter.example>" in made["List-Id"]
    assert made["To"].addresses[0].domain == "example.com"
    assert made["Date"].datetime == datetime(2026, 11, 23, tzinfo=UTC)


def test_one_click_is_promised_only_for_https() -> None:
    letter = replace(ISSUE.newsletter, unsubscribe="mailto:bye@letter.example")
    made = parsed(message.write(replace(ISSUE, newsletter=letter), HTML, TEXT))
    assert made["List-Unsubscribe"] == "<mailto:bye@letter.example>"
    assert made["List-Unsubscribe-Post"] is None


def test_the_same_issue_gives_the_same_bytes_and_another_other_ones() -> None:
    assert message.write(ISSUE, HTML, TEXT) == message.write(ISSUE, HTML, TEXT)
    one, other = (parsed(message.write(ISSUE, HTML, text)) for text in (TEXT, "Other"))
    assert one["Message-ID"] != other["Message-ID"]
    assert one.get_boundary() != other.get_boundary()


@pytest.mark.parametrize(
    "evil", ["a\r\nBcc: x@y.example", "a\nb", "a\0b", "a\x0bb", "a\x85b", "a\u2028b", "a\x7fb"]
)
def test_control_characters_in_a_header_are_refused(evil: str) -> None:
    with pytest.raises(ConfigError, match="control character"):
        message.write(replace(ISSUE, subject=evil), HTML, TEXT)
    with pytest.raises(ConfigError):
        message.write(replace(ISSUE, newsletter=replace(ISSUE.newsletter, name=evil)), HTML, TEXT)


def test_a_sender_that_is_no_address_is_refused() -> None:
    with pytest.raises(ConfigError, match="is no address"):
        message.write(replace(ISSUE, newsletter=replace(ISSUE.newsletter, sender="The editors")), HTML, TEXT)
