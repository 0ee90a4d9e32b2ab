"""editor.md: the editor's own file, read with lines and never needed in full."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import DigestError, EditorError
from digest.issue import editor
from digest.models import Decision, EditorNotes, Link, Post, PostView, Update, replace
from tests.flat import lines
from tests.golden import hold, hold_text

POST = PostView(
    id="blog-1",
    url="https://a.example/one/?utm_source=x",
    permalink="https://a.example/one/",
    title="One",
)


def test_a_fresh_file_asks_for_nothing() -> None:
    """Everything in it is commented out, so the first rebuild changes nothing."""
    assert editor.parse(editor.template('A "subject"', "Preheader", [POST])) == EditorNotes()


def test_every_choice_of_a_fresh_file_works_once_its_comment_sign_is_gone() -> None:
    lines = editor.template('A "subject" \\ 3', "Preheader", [POST]).split("\n")
    start = next(i for i, line in enumerate(lines) if line.startswith("# subject"))
    end = next(i for i, line in enumerate(lines) if line.startswith("# The posts"))
    used = [
        line.removeprefix("# ") if start <= i < end and line != "#" else line
        for i, line in enumerate(lines)
    ]
    notes = editor.parse("\n".join(used))
    assert notes.subject == 'A "subject" \\ 3'
    assert notes.preheader == "Preheader"
    assert notes.pin == notes.drop == notes.order == ("https://a.example/one/",)
    assert notes.titles == {"https://a.example/one/": "A better title"}
    assert notes.authors == {"https://a.example/one/": "First Author, Second Author"}
    assert notes.excerpts == {"https://a.example/one/": "A better excerpt"}
    assert notes.links == (
        Link(
            title="A link of your own",
            url="https://example.org/",
            excerpt="Why it is worth a click",
        ),
    )


def test_the_body_is_the_introduction() -> None:
    assert editor.parse("---\n# nothing\n---\n\nDear *all*,\n").introduction == "Dear *all*,"
    assert editor.parse("Only words.\r\n\r\nMore.").introduction == "Only words.\n\nMore."


def test_references_keep_their_lines_for_messages() -> None:
    notes = editor.parse("---\nsubject: Hello\npin:\n  - https://a.example/one/\n---\n")
    assert notes.lines["https://a.example/one/"] == 4


def test_each_mistake_names_its_line_and_the_fix() -> None:
    """`mistakes.txt` shows the file, and below it the whole of what is told."""

    def told(_: str, text: str) -> str:
        with pytest.raises(EditorError) as caught:
            editor.parse(text)
        assert caught.value.hint
        return str(caught.value)

    hold(Path(__file__).with_name("mistakes.txt"), told)


def test_what_is_meant_so_is_read_so() -> None:
    """`notes.txt` shows the file, and below it all that is taken from it."""

    def told(_: str, text: str) -> str:
        return "\n".join(lines("", replace(editor.parse(text), lines={})))

    hold(Path(__file__).with_name("notes.txt"), told)


def test_a_fresh_file_with_all_that_may_stand_in_it_reads_so() -> None:
    """A post without an address is named by its id; every choice is one that may be used."""
    asked = Decision(
        id="a", url="https://a.example/t/", title="Tulips", verdict="waiting", rule="twin", detail="seems to be sent"
    )  # fmt: skip
    held = replace(asked, id="b", url=None, title="Irises", rule="held-back", detail="is old")
    changed = Post(
        id="c", url=None, source="s", identity="c", raw_title="", title="Moss", published_at=None
    )
    updates = [
        Update(post=post, issue="2026-10-04-weekly", number=2, dated=date(2026, 10, 4), change="a new end")
        for post in (changed, replace(changed, url="https://a.example/moss/"))
    ]  # fmt: skip
    text = editor.template(
        'A "subject" \\ 3',
        "Soft",
        [replace(POST, permalink=""), POST],
        updates,
        ["News", "Books"],
        [asked, held],
    )
    hold_text(Path(__file__).with_name("fresh.txt"), text)
    for one, is_offered in ((asked, False), (held, True)):
        alone = editor.template("", "", [], asked=[one])
        assert ("# held: take" in alone) is is_offered, "near certain twins are answered singly"
    assert editor.parse(text) == EditorNotes()


@settings(max_examples=200)
@given(st.text(max_size=300), st.text(alphabet="-\n #:[]{}'\"&*!|>abcpinsubjet", max_size=120))
def test_no_text_gets_anything_but_notes_or_a_clear_error(body: str, head: str) -> None:
    for text in (body, f"---\n{head}\n---\n{body}"):
        try:
            editor.parse(text)
        except DigestError as error:
            assert "editor.md" in str(error)


@settings(max_examples=100)
@given(st.text(max_size=80), st.text(max_size=80))
def test_no_title_or_subject_can_break_a_fresh_file(subject: str, title: str) -> None:
    text = editor.template(subject, subject, [PostView(id="i", url="", title=title)])
    assert editor.parse(text) == EditorNotes()


def test_the_list_of_posts_keeps_what_joins_letters_and_faces() -> None:
    """A family stays one sign and Persian keeps its joins; what turns the line around or ends it goes."""
    title = "🧑🏽\u200d🌾 and 👩\u200d👩\u200d👧, ❤\ufe0f, می\u200cخواهم"
    text = editor.template("x", "", [replace(POST, title=f"{title}\u202e\u2066\n\u2028end")])
    assert f"#   {title}    end\n" in text
    assert editor.parse(text) == EditorNotes()


TWICE = "https://a.example/one/"
ONE = f"---\npin:\n  - {TWICE}\n"
"""The first of two places that name one post; what is wrong stands in the second."""


@pytest.mark.parametrize(
    ("second", "line"),
    [
        (f"titles:\n  x: y\n  {TWICE}: [a]\n", 6),
        (f"images:\n  {TWICE}: nowhere\n", 5),
        ("drop:\n  - x\n  - {a: b}\n", 6),
        (f"links:\n  - {{title: A, url: {TWICE}}}\n  - {{title: A, url: nowhere}}\n", 6),
        (f"links:\n  - title: A\n    url: {TWICE}\n  - url: {TWICE}\n", 7),
    ],
    ids=["a table", "a picture", "a list", "a link on a line", "a link without a title"],
)
def test_an_error_names_the_line_of_its_own_entry(second: str, line: int) -> None:
    with pytest.raises(EditorError) as caught:
        editor.parse(f"{ONE}{second}---\n")
    assert caught.value.where == f"editor.md:{line}"
