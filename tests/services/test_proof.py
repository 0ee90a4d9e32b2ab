"""What a service made of a letter, in sentences: all of them, and none where nothing differs."""

from __future__ import annotations

from typing import Any

import pytest

from digest.models import replace
from digest.services.base import Copy
from digest.services.proof import differences, is_equal
from tests.services.counter import letter_for

LETTER = letter_for("listmonk")
TAG = "{{ UnsubscribeURL }}"
HTML = LETTER.html
LINKS = "".join(f'<a href="https://more.example/{number}">x</a>' for number in range(7))


def page(old: str, new: str) -> str:
    assert old in HTML
    return HTML.replace(old, new)


@pytest.mark.parametrize(
    ("copy", "told"),
    [
        ({}, []),
        ({"html": HTML.replace("><", ">\r\n  <").replace("&amp;", "&#38;")}, []),
        ({"html": page("<body>", "<tbody><body></tbody>")}, []),
        ({"text": LETTER.text.replace("\n", " \r\n") + "\n\n"}, []),
        ({"subject": " Counting the swifts · über alles "}, []),
        (
            {"subject": "Counting"},
            ['the subject is "Counting" instead of "Counting the swifts · über alles"'],
        ),
        ({"preheader": ""}, ['the preheader is "" instead of "Late, but here"']),
        ({"text": "Other words"}, ["the plain-text part is another one"]),
        (
            {"html": page("moss/", "fern/")},
            [
                "https://letter.example/moss/ is missing",
                "https://letter.example/fern/ was put in by the service",
                "the page was rewritten: 300 characters instead of 300",
            ],
        ),
        (
            {"html": page("</body>", f"{LINKS}<script></script><IFRAME></iframe></body>")},
            [
                *(f"https://more.example/{n} was put in by the service" for n in range(5)),
                "and 2 more was put in by the service",
                "a <IFRAME> was put in by the service",
                "a <script> was put in by the service",
                "the page was rewritten: 600 characters instead of 300",
            ],
        ),
        (
            {"html": page("</body>", f"{LINKS[: 5 * len(LINKS) // 7]}</body>")},
            [
                *(f"https://more.example/{n} was put in by the service" for n in range(5)),
                "the page was rewritten: 490 characters instead of 300",
            ],
        ),
        (
            {"html": page("Late, but here", "Here, but soon"), "preheader": None},
            [
                "the preheader is missing",
                "the page was rewritten: 300 characters instead of 300",
            ],
        ),
        (
            {"html": page("Late, but here", "Late, but really here"), "preheader": None},
            ["the page was rewritten: 307 characters instead of 300"],
        ),
        (
            {"html": page(TAG, "https://letter.example/bye")},
            [
                f"the link to unsubscribe ({TAG}) is missing",
                "https://letter.example/bye was put in by the service",
                "the page was rewritten: 306 characters instead of 300",
            ],
        ),
        # where merge tags are filled in
        ({"html": page(TAG, "https://s.example/u/1"), "is_rendered": True}, []),
        ({"html": HTML, "is_rendered": True}, [f"{TAG} was not filled in"]),
        (
            {"html": page(f'<a href="{TAG}">Unsubscribe</a>', ""), "is_rendered": True},
            ["the link to unsubscribe is missing"],
        ),
        (
            {"html": page("</body>", '<img src="https://s.example/p.gif"></body>')
             .replace(TAG, "https://s.example/u/1"), "is_rendered": True},
            ["https://s.example/p.gif was put in by the service"],
        ),
        ({"html": None, "text": None, "subject": None, "preheader": None}, []),
    ],
)  # fmt: skip
def test_what_differs_is_told_in_sentences(copy: dict[str, Any], told: list[str]) -> None:
    held: dict[str, Any] = {
        "subject": LETTER.subject,
        "preheader": LETTER.preheader,
        "html": HTML,
        "text": LETTER.text,
    }
    assert list(differences(LETTER, Copy(**(held | copy)))) == told


def test_a_literal_address_to_unsubscribe_has_to_stay_as_it_is() -> None:
    letter = replace(
        LETTER,
        unsubscribe="https://letter.example/bye",
        html=page(TAG, "https://letter.example/bye"),
    )
    gone = letter.html.replace("https://letter.example/bye", "https://s.example/u/1")
    told = differences(letter, Copy(html=gone, is_rendered=True))
    assert "the link to unsubscribe (https://letter.example/bye) is missing" in told
    assert differences(replace(letter, unsubscribe=""), Copy(html=letter.html)) == ()


def test_a_draft_nobody_shows_is_equal_by_its_record_alone() -> None:
    assert not is_equal(LETTER, None, None)
    whole = Copy(subject=LETTER.subject, preheader=LETTER.preheader, html=HTML, text=LETTER.text)
    assert is_equal(LETTER, whole, None)
    assert not is_equal(LETTER, replace(whole, html=None), None)
    assert not is_equal(
        LETTER, replace(whole, is_rendered=True, html=page(TAG, "https://s.example/")), None
    )
    assert not is_equal(LETTER, replace(whole, subject="Other"), None)
