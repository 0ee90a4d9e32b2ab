"""Which changes to a post are worth telling readers who have it already."""

from __future__ import annotations

import pytest

from digest.models import PostView, replace
from digest.selection import change, fingerprint
from digest.selection.past.updates import difference
from tests.selection.makers import post

BODY = "<p>We counted forty swifts above the shed roof, and nobody minded that they came back so late.</p>"
POST = post("a", title="Counting the swifts", text="We counted forty swifts", body=BODY)
SENT = PostView(id="a", url="", title=POST.title, fingerprint=fingerprint(POST), body=BODY)


@pytest.mark.parametrize(
    "body",
    [
        BODY,
        BODY.upper().replace("<P>", "<p>").replace("</P>", "</p>"),
        BODY.replace("forty", "<em>forty</em>"),
        BODY.replace("forty", "fifty"),
        BODY.replace("</p>", "</p><p>Updates from the shed follow.</p>"),
    ],
    ids=["nothing", "case", "markup", "one word", "a sentence about updates"],
)
def test_small_changes_are_not_told(body: str) -> None:
    assert change(replace(POST, body=body), SENT) is None


@pytest.mark.parametrize(
    "notice",
    ["Correction: it was fifty.", "Update, 14 October: it was fifty.", "[Updated] It was fifty.",
     "Editor’s note: it was fifty.", "Korrektur: Es waren fünfzig.", "Mise à jour : ils étaient cinquante.",
     "訂正 五十羽でした。", "تصحيح: كانوا خمسين."],
)  # fmt: skip
def test_a_notice_in_the_text_is_told_with_its_words(notice: str) -> None:
    told = change(replace(POST, body=f"{BODY}<p><strong>{notice}</strong></p>"), SENT)
    assert told is not None
    assert told[1] == notice
    assert f'it says "{notice}"' in told[0]


def test_a_notice_that_readers_have_is_not_told_again() -> None:
    body = f"<p>Correction: it was fifty.</p>{BODY}"
    assert change(replace(POST, body=body + " "), replace(SENT, body=body)) is None


def test_a_new_title_is_told_even_if_the_editor_had_sent_another() -> None:
    assert change(replace(POST, title="Counting the swallows"), SENT) == (
        'its title was "Counting the swifts"',
        "",
    )
    assert change(replace(POST, title="COUNTING the swifts!"), SENT) is None
    own = replace(SENT, title="Swifts, counted")
    assert change(POST, own) is None
    assert change(replace(POST, title="Swallows"), own) == ("its title changed", "")


def test_a_good_share_of_other_words_is_told() -> None:
    body = BODY.replace("forty swifts above the shed roof", "thirty bats below the old barn")
    told = change(replace(POST, body=body), SENT)
    assert told is not None
    assert told[0].endswith("% of its words changed")


def test_the_share_counts_words_in_every_script() -> None:
    assert difference("園芸の楽しみ", "園芸の悲しみ") == pytest.approx(1 / 6)
    assert difference("", "") == 0.0
    assert difference("a", "") == 1.0


@pytest.mark.parametrize(
    ("kept", "told"),
    [("Ferns grow in shade", "20% of its words changed"), ("Ferns grow in the shade", None)],
)
def test_from_a_fifth_of_its_words_on_a_text_has_changed(kept: str, told: str | None) -> None:
    sent = replace(SENT, body=f"<p>{kept} here</p>")
    assert change(replace(POST, body=f"<p>{kept} there</p>"), sent) == (told and (told, ""))


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        ("and more", "and more"), ("and moss.", "and…"), ("and a moss", "and a…"), ("or a in it", "or a…"),
    ],
    ids=["eighty characters", "one more", "two more", "a word that ends at the seventy-ninth"],
)  # fmt: skip
def test_a_long_notice_is_cut_between_two_words(end: str, shown: str) -> None:
    begins = "Correction: it was not forty swifts that we counted there, it was fifty "
    now = replace(POST, body=f"{BODY * 4}<p>{begins}{end}</p>")
    assert change(now, replace(SENT, body=BODY * 4)) == (
        f'it says "{begins}{shown}"',
        f"{begins}{end}",
    )
