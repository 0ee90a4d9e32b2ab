"""The headers of a message, beside what they are made of: `headers.txt`.

Each case says what differs from a plain issue, and then which headers do; the first tells all of them.
`*` and a number repeat what stands before.
"""

from __future__ import annotations

import re
from pathlib import Path

from digest.errors import ConfigError
from digest.issue import message
from digest.models import replace
from tests.golden import hold
from tests.issue.test_message import ISSUE

LETTER = replace(ISSUE.newsletter, name="The Letter", sender="", unsubscribe="")
PLAIN = replace(ISSUE, subject="Moss", newsletter=LETTER)


def test_a_message_begins_with_these_headers() -> None:
    def answer(_: str, said: str) -> str:
        told = dict(line.split("=", 1) for line in said.split("\n") if line)
        told = {key: _repeated(value) for key, value in told.items()}
        subject = told.pop("subject", PLAIN.subject)
        issue = replace(PLAIN, subject=subject, newsletter=replace(LETTER, **told))
        try:
            made = message.write(issue, "<p>", "p")
        except ConfigError as refused:
            return f"!! {refused}"
        headers = [header for header in _headers(made) if not said or header not in usual]
        return re.sub("[.][0-9a-f]{20}@", ".HASH@", "\n".join(headers))

    usual = _headers(message.write(PLAIN, "<p>", "p"))
    hold(Path(__file__).with_name("headers.txt"), answer)


def _headers(made: bytes) -> list[str]:
    """Return the headers, each with its further lines, but for the boundary, which the content makes."""
    head = made.partition(b"\r\n\r\n--")[0].decode("ascii").replace("\r\n", "\n")
    found = re.split(r"\n(?! )", head)
    return [header for header in found if not header.startswith("Content-Type: ")]


def _repeated(value: str) -> str:
    return re.sub(
        r"(\S|\{[^}]*\})\*(\d+)", lambda found: found[1].strip("{}") * int(found[2]), value
    )
