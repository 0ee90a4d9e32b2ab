"""A project's own words: any language, any label, and no slip passed over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from digest.errors import ConfigError
from digest.issue.composition import compose, letter_view
from digest.models import Chosen, Edition, Issue, Selection
from digest.rendering import Renderer, dialect, fill
from digest.rendering.words import catalogue
from tests.issue.test_composition import WINDOW, post
from tests.rendering.conftest import SHIPPED

DUTCH = """
[nl]
issue = "Nummer {n}"
reading_time = "{n} minuten lezen"
reading_time.one = "één minuut lezen"
"""


def read(folder: Path, text: str) -> dict[str, dict[str, str]]:
    path = folder / catalogue.FILE_NAME
    path.write_text(text, "utf-8")
    return catalogue.read(path)


def composed(language: str, own: catalogue.Catalogue) -> Issue:
    return compose(
        Selection(
            window=WINDOW, chosen=(Chosen(post=post(1, minutes=1)), Chosen(post=post(2, minutes=3)))
        ),
        edition=Edition(name="weekly", title="W", template="weekly"),
        letter=letter_view(name="De brief", language=language),
        number=7,
        dated=date(2026, 10, 11),
        theme={},
        words=catalogue.words(language, own),
    )


def test_a_language_of_the_projects_own_speaks_in_the_issue(tmp_path: Path) -> None:
    own = read(tmp_path, DUTCH.replace('reading_time = "', 'reading_time.other = "'))
    made = composed("nl-BE", own)
    assert [shown.reading_time for shown in made.posts] == ["één minuut lezen", "3 minuten lezen"]
    renderer = Renderer([SHIPPED])
    html = fill(renderer.render(made).email, dialect("plain"), made)
    assert "Nummer 7" in html
    assert "11&#160;oktober&#160;2026" in html
    assert (
        ">Unsubscribe<" not in html or "Unsubscribe" in made.labels.values()
    )  # what is not said stays English


def test_a_shipped_word_said_anew_is_meant_for_every_number(tmp_path: Path) -> None:
    own = read(tmp_path, '[ar]\nreading_time = "{n} د"\n')
    assert "reading_time.two" not in catalogue.words("ar", own)
    assert catalogue.words("ar", own)["unsubscribe"] == "إلغاء الاشتراك"


def test_a_label_for_an_own_template_needs_no_permission(tmp_path: Path) -> None:
    assert (
        catalogue.words("en", read(tmp_path, '[en]\nlantern = "By lamplight"\n'))["lantern"]
        == "By lamplight"
    )


def test_no_catalogue_is_an_empty_one(tmp_path: Path) -> None:
    assert catalogue.read(tmp_path / "nothing.toml") == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[nl", "not valid TOML"),
        ("[nl]\nissue = " + "9" * 5000, "a number has too many digits"),
        ('issue = "x"', "stands outside of a table"),
        ('["in Dutch"]\nissue = "x"', "no language tag"),
        ("[nl]\nissue = 4", "4 is no text"),
        ('[nl]\nunsubscibe = "x"', "Did you mean unsubscribe?"),
        ('[nl]\nissue = "Nummer {number}"', "no value fills {number}"),
        ('[nl]\nreading_time.lots = "x"', "there is no form 'lots'"),
        ('[nl]\n"two words" = "x"', "is no name"),
    ],
)
def test_a_slip_is_told_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    assert message in str(caught.value)
    assert caught.value.where.startswith("templates/labels.toml")
