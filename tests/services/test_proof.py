"""What a service made of a letter, in sentences: all of them, and none where nothing differs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from digest.models import replace
from digest.services.base import Copy
from digest.services.ledger import Entry
from digest.services.proof import differences, digest, imprint, is_equal
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
        (
            {"html": page("</body>", '<a href="#top">x</a><img src="data:x"><img src="cid:x"><a href=" ">x</a></body>')
             .replace(TAG, "https://s.example/u/1"), "is_rendered": True},
            [],
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


def test_a_draft_is_known_by_its_words_whatever_else_goes_with_them() -> None:
    """Not by how often it was made, nor by what other services take of the same issue."""
    known = digest(LETTER)
    for other in ({"attempt": 2}, {"message": b""}, {"files": {"a.png": b"a"}}):
        assert digest(replace(LETTER, **other)) == known
    for other in ({"subject": "Moss"}, {"audience": "13"}, {"html": "<p>"}, {"text": "x"}):
        assert digest(replace(LETTER, **other)) != known


def test_what_a_service_made_of_a_letter_may_stay_so_while_nobody_changes_it() -> None:
    """Pages filled in differ each time, so that only their differences count."""
    made = Copy(subject="Moss", html="<p>", text=LETTER.text)
    known = Entry(
        service="listmonk", audience="12", key=LETTER.key, state="done",
        begun_at=datetime(2026, 10, 8, tzinfo=UTC), kept=imprint(made), differences=differences(LETTER, made),
    )  # fmt: skip
    assert is_equal(LETTER, made, known)
    assert is_equal(LETTER, None, known)
    assert not is_equal(LETTER, made, None)
    assert not is_equal(LETTER, replace(made, preheader=LETTER.preheader), known)
    assert not is_equal(LETTER, made, replace(known, differences=()))
    pages = [Copy(html=page(TAG, f"https://s.example/{n}"), is_rendered=True) for n in (1, 2)]
    assert imprint(pages[0]) == imprint(pages[1])
    assert imprint(pages[0]) != imprint(replace(pages[1], is_rendered=False))
