"""message.eml: what mail programs and filters hold on to."""

from __future__ import annotations

import email
import email.policy
import re
import unicodedata
from datetime import UTC, datetime
from email import quoprimime
from email.header import decode_header, make_header

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.errors import ConfigError
from digest.issue import message
from digest.models import Issue, replace
from tests.issue.test_folder import FROZEN

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
    assert max(map(len, head.split(b"\r\n"))) <= 76
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
        message.write(
            replace(ISSUE, newsletter=replace(ISSUE.newsletter, sender="The editors")), HTML, TEXT
        )


# ---------------------------------------------------------------- words beyond ASCII

PRINTABLE = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))
PROSE = st.one_of(
    st.text(PRINTABLE, min_size=1, max_size=120),
    st.text('abc ?=_"\\<>,;@.éß園🌻ش', min_size=1, max_size=120),
    st.sampled_from(
        [
            "=?utf-8?q?trick?=",
            "Plain =?utf-8?b?dHJpY2s=?= in the middle",
            "حصاد الحديقة: ما زرعناه هذا الأسبوع وما ينتظرنا في الأسبوع القادم",
            "図書館だより" * 9,
            "A title of plain words that goes on well beyond the end of one line, and then on again",
            "x" * 300,
        ]
    ),
)


def named(**changes: str) -> Issue:
    return replace(ISSUE, newsletter=replace(ISSUE.newsletter, **changes))


def header_lines(data: bytes) -> list[str]:
    return data.partition(b"\r\n\r\n")[0].decode("ascii").split("\r\n")


def shown_sender(data: bytes) -> tuple[str, str]:
    """Return the name and the address that a program shows.

    Python's newer parser puts a space between encoded words of a name, wrongly, before 3.12.9 and
    3.13.2; its older one does not.
    """
    (sender,) = parsed(data)["From"].addresses
    phrase = email.message_from_bytes(data)["From"].replace("\r\n", "").rpartition(" <")[0]
    if len(re.findall(r"=\?utf-8\?", phrase)) > 1:
        return str(make_header(decode_header(phrase))), sender.addr_spec
    return sender.display_name, sender.addr_spec


def single(name: str) -> str:
    """Return a name as every program shows it."""
    return re.sub(r" \s+", " ", name)


def assert_short(data: bytes) -> None:
    """Encoded words have 75 columns at most (RFC 2047), and lines 76, if they are more than an address."""
    lines = header_lines(data)
    assert max(len(line) for line in lines if not line.startswith(" <")) <= 76
    assert (
        max((len(word) for line in lines for word in re.findall(r"=\?utf-8\?\S*", line)), default=0)
        <= 75
    )


@settings(max_examples=150)
@given(subject=PROSE)
def test_a_subject_reads_as_it_was_written(subject: str) -> None:
    data = message.write(replace(ISSUE, subject=subject), HTML, TEXT)
    assert parsed(data)["Subject"] == subject
    assert_short(data)
    old = email.message_from_bytes(data)["Subject"].replace("\r\n ", " ")
    assert str(make_header(decode_header(old))) == subject or subject.startswith(" ")


@settings(max_examples=150)
@given(name=PROSE.map(str.strip).filter(bool))
def test_a_name_reads_as_it_was_written_and_is_never_quoted_twice(name: str) -> None:
    made = message.write(named(name=name, sender=""), HTML, TEXT)
    assert shown_sender(made) == (single(name), "newsletter@letter.example")
    assert_short(made)
    list_id = parsed(made)["List-Id"].rpartition(" <")[0]
    assert list_id in (single(name), '"' + re.sub(r'(["\\\\])', r"\\\1", single(name)) + '"')


@settings(max_examples=100)
@given(name=st.text(PRINTABLE.filter(lambda c: c not in "<>"), max_size=80).map(str.strip))
def test_a_sender_reads_as_it_was_written(name: str) -> None:
    made = message.write(named(sender=f"{name} <letters@letter.example>"), HTML, TEXT)
    is_quoted = len(name) > 1 and name[0] == name[-1] == '"'
    bare = re.sub(r"\\(.)", r"\1", name[1:-1]) if is_quoted else name
    assert shown_sender(made) == (single(bare).strip(), "letters@letter.example")


def test_quotation_marks_around_a_name_are_not_part_of_it() -> None:
    made = message.write(
        named(sender='"Ása, Ödman" <a@letter.example>', name="園芸だより"), HTML, TEXT
    )
    assert parsed(made)["From"].addresses[0].display_name == "Ása, Ödman"
    assert parsed(made)["List-Id"].startswith("園芸だより <")


def test_addresses_beyond_ascii_are_written_as_mail_servers_know_them() -> None:
    made = parsed(
        message.write(
            named(
                sender="Büro <post@bücher.example>",
                unsubscribe="https://BÜCHER.example/tschüß?a==?b",
            ),
            HTML,
            TEXT,
        )
    )
    assert made["From"].addresses[0].addr_spec == "post@xn--bcher-kva.example"
    assert made["List-Unsubscribe"] == "<https://xn--bcher-kva.example/tsch%C3%BC%C3%9F?a==?b>"


def test_no_encoded_word_ends_within_a_character() -> None:
    for word in message.encoded_words("🌻" * 40):
        assert set(str(make_header(decode_header(word)))) == {"🌻"}
        assert unicodedata.is_normalized("NFC", word)


LIST_ID = re.compile(r"<[a-z0-9-]+(\.[a-z0-9-]+)+>")


def test_newsletters_in_any_script_have_list_ids_of_their_own() -> None:
    """RFC 2919, 2 and 3: of ASCII, at most 255 characters, and no two lists of a host alike."""
    names = [
        "園芸だより",
        "園芸の友",
        "Садовый вестник",
        "Ζωή & φύση",
        "حديقة",
        "ニュース letter",
        "🌱",
        "C++",
    ]
    names += ["а" * 90, "а" * 91, "a" * 90, "a" * 91, "…"]
    found = [
        parsed(message.write(named(name=name), HTML, TEXT))["List-Id"].rpartition(" ")[2]
        for name in names
    ]
    assert len(set(found)) == len(names)
    assert all(LIST_ID.fullmatch(each) and len(each) <= 255 for each in found)


_PIECES = [
    "a",
    "=",
    "é",
    " ",
    "\t",
    ".",
    "\n",
    "\n.\n",
    "x" * 71,
    "x" * 73,
    "y" * 76,
    "\x00",
    "\x85",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
@example("x" * 73 + "=\n")  # a code that just ends a full line
@example("x" * 74 + "=\n")
@example("one \n.\n")
@example(".\0")
def test_parts_are_written_as_the_library_writes_them(text: str) -> None:
    data = text.encode() + b"\n"
    expected = quoprimime.body_encode(data.decode("latin-1"), 76).encode("ascii")
    assert message.quoted_printable(data) == expected
