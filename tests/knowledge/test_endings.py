"""A text that was cut stops where a reader can stop, in every language that labels are shipped in."""

from __future__ import annotations

import pytest

from digest.editing import shorten
from digest.knowledge.endings import settled
from digest.rendering.words import shipped

# A head as a limit leaves it, and what of it can be read: language, head, what is left.
_HEADS = [
    ("en", "The pond is the gardener's", "The pond"),
    ("en", "We saw that it doesn’t", "We saw"),
    ("en-GB", "They walked at night towards an", "They walked at night"),
    ("de", "Wir gehen heute mit den", "Wir gehen heute"),
    ("de-AT", "Das Beet blüht trotz", "Das Beet blüht"),
    ("fr", "Le jardin dort à côté d’une", "Le jardin dort à côté"),
    ("fr", "Les jardiniers arrosent jusqu'au", "Les jardiniers arrosent"),
    ("es", "Regamos el huerto hasta", "Regamos el huerto"),
    ("it", "Il giardino dorme sotto gli", "Il giardino dorme"),
    ("it", "Le rose crescono nei", "Le rose crescono"),
    ("pt", "O jardim amanhece na", "O jardim amanhece"),
    ("pt-BR", "Plantamos feijão pelos", "Plantamos feijão"),
    ("pt", "Regamos o jardim numa", "Regamos o jardim"),
    ("nl", "De tuin slaapt tijdens een", "De tuin slaapt"),
    ("pl", "Ogród śpi podczas", "Ogród śpi"),
    ("sv", "Trädgården sover under", "Trädgården sover"),
    ("da", "Haven sover mellem", "Haven sover"),
    ("nb", "Hagen sover gjennom", "Hagen sover"),
    ("no", "Hagen sover ifølge", "Hagen sover"),
    ("fi", "Puutarha nukkuu koska", "Puutarha nukkuu"),
    ("cs", "Zahrada spí během", "Zahrada spí"),
    ("el", "Ο κήπος κοιμάται κάτω από τη", "Ο κήπος κοιμάται κάτω"),
    ("tr", "Bahçe uyuyor ve her", "Bahçe uyuyor"),
    ("he", "הגן ישן בתוך", "הגן ישן"),
    ("ar", "تنام الحديقة في", "تنام الحديقة"),
    ("fa", "باغ آرام است با", "باغ آرام است"),
    ("hi", "बाग़ शांत है और", "बाग़ शांत है"),
    ("id", "Kebun tidur di bawah untuk", "Kebun tidur di bawah"),
    ("ko", "정원이 잠든다 그리고", "정원이 잠든다"),
    ("ru", "Сад спит под", "Сад спит"),
    ("uk", "Сад спить між", "Сад спить"),
    ("ro", "Grădina doarme într-un", "Grădina doarme"),
    ("hu", "A kert alszik és a", "A kert alszik"),
    ("ca", "El jardí dorm dins dels", "El jardí dorm dins"),
    ("vi", "Khu vườn ngủ yên trong những", "Khu vườn ngủ yên"),
    ("cy", "Mae blodau hardd o'r", "Mae blodau hardd"),
]

# Written without blanks, or with what leads on at the end of a word.
_WITHOUT_SMALL_WORDS = {"ja", "th", "zh-hans", "zh-hant"}


@pytest.mark.parametrize(("language", "head", "left"), _HEADS)
def test_a_cut_text_ends_on_a_word_that_can_end_one(language: str, head: str, left: str) -> None:
    assert settled(head, language) == left
    assert shorten(f"{head} XYZ XYZ.", len(head.split()), language) == f"{left}…"


def test_every_language_of_the_labels_has_its_small_words_tried_here() -> None:
    tried = {language.partition("-")[0] for language, _, _ in _HEADS}
    assert {tag.partition("-")[0] for tag in {*shipped.tags()} - _WITHOUT_SMALL_WORDS} <= tried


def test_a_unit_behind_a_number_is_no_apostrophes_rest() -> None:
    assert settled("The path runs on for 500 m", "en") == "The path runs on for 500 m"


def test_a_language_that_nobody_wrote_down_keeps_its_words() -> None:
    assert settled("Bustani inalala na", "sw") == "Bustani inalala na"


def test_no_more_than_five_small_words_are_left_off() -> None:
    assert settled("Rain of the of the of", "en") == "Rain"
    assert settled("Rain of the of the of the", "en") == "Rain of"


@pytest.mark.parametrize(
    ("clause", "is_left_off"),
    [("where one two three four five", True), ("where one two three four five six", False)],
)
def test_a_clause_that_was_cut_is_left_off_whole_if_it_has_fewer_than_seven_words(
    clause: str, is_left_off: bool
) -> None:
    head = f"It goes over hills {clause}"
    assert settled(head, "en", 10) == ("It goes over hills" if is_left_off else head)


def test_a_text_ends_with_a_clause_only_if_it_is_told_how_much_has_to_stand_before() -> None:
    assert settled("Bring gloves, a spade and your", "en") == "Bring gloves, a spade"
    assert settled("Bring gloves, a spade and your", "en", 1) == "Bring gloves"
    assert settled("Wir gehen heute hinaus wo", "de", 1) == "Wir gehen heute hinaus"


def test_what_is_left_of_a_clause_is_not_shorter_than_was_asked() -> None:
    assert settled("Places where light", "en", 6) == "Places"
    assert settled("Places where light", "en", 7) == "Places where light"
