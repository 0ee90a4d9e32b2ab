"""Selectors that no post answers to are told at every build, with the name that was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import ConfigError
from digest.workflow.telling.unmatched import unmatched
from tests.workflow.newsroom import Newsroom

SECTION = '[[edition.weekly.section]]\ntitle = "Books"\ntags = ["boks"]'


def told(room: Newsroom) -> list[str]:
    return [str(each) for each in unmatched(room.project, [room.project.config.edition("weekly")])]


def test_each_wrong_name_is_told_even_beside_a_right_one_and_in_a_section(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, f'tags = ["leadership", "gardning"]\nauthors = ["Nobody"]\n{SECTION}')
    assert told(room) == []  # of an empty archive nothing can be said
    room.write("a", "leadership", "gardening", "books")
    assert told(room) == [
        '[edition.weekly] tags: no post has the tag "gardning"; did you mean "gardening"?',
        '[edition.weekly] authors: no post has the author "Nobody"',
        '[[edition.weekly.section]] "Books" tags: no post has the tag "boks"; did you mean "books"?',
    ]


def test_what_is_kept_out_need_not_be_there_but_may_be_misspelt(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, 'exclude_tags = ["members only", "draughts"]')
    room.write("a", "drafts", "draught")
    assert told(room) == [
        '[edition.weekly] exclude_tags: no post has the tag "draughts"; did you mean "draught"?'
    ]


def test_a_tag_that_only_a_withdrawn_post_had_is_told(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, 'tags = ["moss"]')
    room.write("a", "moss")
    room.write("b", "fern")
    assert told(room) == []
    room.withdraw("a")
    assert told(room) == ['[edition.weekly] tags: no post has the tag "moss"']


@pytest.mark.parametrize(
    ("asked", "borne"), [("#wellbeing", "wellbeing"), ("wellbeing", "#wellbeing")]
)
def test_the_sign_before_a_tag_does_not_count(tmp_path: Path, asked: str, borne: str) -> None:
    room = Newsroom(tmp_path, f'tags = ["{asked}"]')
    room.write("a", borne)
    assert told(room) == []
    room.build()
    assert room.sent() == ["a"]


def test_a_tag_of_punctuation_alone_is_refused(tmp_path: Path) -> None:
    room = Newsroom.__new__(Newsroom)
    with pytest.raises(ConfigError, match='"#!" is punctuation alone') as caught:
        room.__init__(tmp_path, 'tags = ["moss", "#!"]')  # type: ignore[misc]
    assert caught.value.where.startswith("digest.toml:")
