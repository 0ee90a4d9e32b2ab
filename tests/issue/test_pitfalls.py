"""editor.md never publishes what its writer did not mean: it says what is wrong, with the line."""

from __future__ import annotations

import pytest

from digest.errors import EditorError
from digest.issue import editor
from digest.models import Decision, EditorNotes, replace

URL = "https://a.example/one/"
REFUSED = {
    "an unclosed quote": ('subject: "Spring is here\n', 2, "subject: the quote is not closed"),
    "an unclosed quote that a later line closes": (
        "subject: \"Spring is here\n# preheader: \"Hello\"\n", 2, "the quote is not closed",
    ),
    "an unclosed apostrophe": ("pin:\n  - x\npreheader: 'Tis spring\n", 4, "preheader: the quote"),
    "a text behind the quote": ('subject: "Spring" is here\n', 2, "or text follows it"),
    "a number sign": ("subject: Letter #12\n", 2, 'the text would be cut before "#12"'),
    "a number sign in a title": (f"titles:\n  {URL}: Part #2\n", 3, 'cut before "#2"'),
    "a number sign in a link": ("links:\n  - title: Issue #3\n    url: https://b.example/\n", 3, "#3"),
    "a picture that is no address": (f"images:\n  {URL}: tulips.jpg\n", 3, '"tulips.jpg" is no address'),
    "the second of two links": (
        "links:\n  - title: A\n    url: https://b.example/\n  - title: B\n    url: nowhere\n", 5, "links: each",
    ),
    "a text for one of several titles": (f"titles:\n  {URL}: A\n  b:\n    - c\n", 4, "expected a text"),
    "a link to no host": ("links:\n  - {title: A, url: 'https://'}\n", 3, "links: each"),
    "a link with a blank": ("links:\n  - {title: A, url: 'https://b.example/a b'}\n", 3, "links: each"),
    "a link of blanks": ("links:\n  - {title: ' ', url: 'https://b.example/'}\n", 3, "links: each"),
    "a picture at no port": (f"images:\n  {URL}: https://b.example:x/a.jpg\n", 3, "is no address"),
    "a picture in Markdown": (f"images:\n  {URL}: '![](https://b.example/a.jpg)'\n", 3, "is no address"),
    "a site for a picture": (f"images:\n  {URL}: https://b.example/\n", 3, "is no address"),
    "an ampersand": ("subject: &c. and more\n", 2, 'cut behind "&c."'),
    "the reader in a subject": ('subject: "{{ first_name }}, look"\n', 2, "only the introduction can"),
    "the reader in a title": (f"titles:\n  {URL}: 'For {{{{ first_name }}}}'\n", 3, "only the introduction"),
    "a control character in a subject": (r'subject: "Ring the bell \a"' + "\n", 2, "subject: holds a control"),
    "one in a title": (f'titles:\n  b: A\n  {URL}: "An escape \\e[1m"\n', 4, "titles: holds a control"),
    "one in a link": (
        'links:\n  - {title: A, url: "https://b.example/a"}\n  - {title: "B\\0", url: "https://b.example/"}\n',
        4, "links: holds a control",
    ),
    "one in a list": ('drop:\n  - a\n  - "b\\x7f"\n', 4, "drop: holds a control"),
    "an answer that is none": ("held: yes please\n", 2, "held: expected take or leave"),
}  # fmt: skip


@pytest.mark.parametrize(("head", "line", "message"), REFUSED.values(), ids=REFUSED)
def test_what_would_be_published_garbled_is_refused_at_its_line(
    head: str, line: int, message: str
) -> None:
    with pytest.raises(EditorError) as caught:
        editor.parse(f"---\n{head}---\nHello.\n")
    assert caught.value.where == f"editor.md:{line}"
    assert message in caught.value.message


READ = {
    "a quoted number sign": ('subject: "Letter #12"\n', {"subject": "Letter #12"}),
    "a sign without a blank": ("subject: C# and F#\n", {"subject": "C# and F#"}),
    "a quote inside": ('subject: The "best" of all\n', {"subject": 'The "best" of all'}),
    "an escaped quote": (r'subject: "The \"best\""' + "\n", {"subject": 'The "best"'}),
    "a doubled apostrophe": ("subject: 'It''s here' # so\n", {"subject": "It's here"}),
    "a comment behind a post": (f"pin:\n  - {URL} # the best\n", {"pin": (URL,)}),
    "a comment behind a key": (f"drop:   # never\n  - {URL}\n", {"drop": (URL,)}),
    "a flow list": (f'later: ["{URL}", b]\n', {"later": (URL, "b")}),
    "a block of text": (
        'subject: >\n  Spring "is\n  here" #1\npreheader: x\n',
        {"subject": 'Spring "is here" #1', "preheader": "x"},
    ),
    "a truth": ("subject: true\npreheader: no\n", {"subject": "true", "preheader": "no"}),
    "a number": ("subject: 1.10\npreheader: 012\n", {"subject": "1.10", "preheader": "012"}),
    "nought": (f"titles:\n  {URL}: 0\n  b: false\n", {"titles": {URL: "0", "b": "false"}}),
    "a date": ("subject: 2026-11-01\n", {"subject": "2026-11-01"}),
    "an answer with a comment": ("held: take # all\n", {"held": "take"}),
}


@pytest.mark.parametrize(("head", "told"), READ.values(), ids=READ)
def test_what_is_meant_so_is_read_so(head: str, told: dict[str, object]) -> None:
    notes = editor.parse(f"---\n{head}---\n")
    assert {name: getattr(notes, name) for name in told} == told


FRESH = editor.template("Subject", "Preheader", [])
STRAYS = {
    "no lines of dashes": ("subject: X\n\nHello.\n", 1, '"subject:" stands in the introduction'),
    "dashes of another kind": ("—-\nsubject: X\n---\n", 2, '"subject:" stands'),
    "four dashes": (FRESH.replace("---\n", "----\n", 1), 5, '"subject:" stands'),
    "the first line taken out": (FRESH.replace("---\n", "", 1), 4, '"subject:" stands'),
    "words above the head": (f"Hello.\n{FRESH}", 6, '"subject:" stands'),
    "as Hugo writes": ('+++\nsubject = "X"\n+++\nHello.\n', 2, '"subject:" stands'),
    "half of the head below it": (FRESH.replace("# pin:", "---\n# pin:", 1), 9, '"pin:" stands'),
    "a conflict in the introduction": (
        "---\n---\n<<<<<<< HEAD\nOurs\n=======\nTheirs\n>>>>>>> main\n", 3, "git left a conflict",
    ),
    "a conflict in the head": (
        "---\n# a\n<<<<<<< HEAD\n# b\n=======\n# c\n>>>>>>> main\n---\n", 3, "git left a conflict",
    ),
    "a comment without an end": ("---\n---\n\nHello <!-- note\n\nreaders.\n", 4, "<!--"),
    "code without an end": ("---\n---\nHello\n\n```html\nx\n\nreaders.\n", 5, "```"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message"), STRAYS.values(), ids=STRAYS)
def test_what_was_never_meant_as_an_introduction_is_refused(
    text: str, line: int, message: str
) -> None:
    with pytest.raises(EditorError) as caught:
        editor.parse(text)
    assert caught.value.where == f"editor.md:{line}"
    assert message in caught.value.message


@pytest.mark.parametrize(
    "text",
    [
        "Our links: all of them.\n\n---\n\nMore.",
        "---\n---\n# Updates\n\nsubject: to change",
        "````\n```\n````\n<!-- a note -->\n~~~\n<!-- code\n~~~\n",
        "=======\n",
    ],
)
def test_an_introduction_may_look_a_little_like_it(text: str) -> None:
    assert editor.parse(text).introduction


def test_blank_lines_above_the_head_do_not_make_it_the_introduction() -> None:
    text = editor.template("Subject", "Preheader", [])
    assert editor.parse(f"\n \n{text}Hello.").introduction == "Hello."
    with pytest.raises(EditorError) as caught:
        editor.parse("\n\n---\nsubjct: x\n---\n")
    assert caught.value.where == "editor.md:4"


@pytest.mark.parametrize(
    "tag",
    ["*|FNAME|*", "{{ subscriber.first_name }}", "{% if x %}", "{$name}", '[[data:firstname:"you"]]',
     "%%{first_name}%%", "{contactfield=firstname|you}", "[firstname,fallback=you]"],
)  # fmt: skip
def test_merge_tags_of_one_service_are_refused_with_the_way_to_write_them(tag: str) -> None:
    with pytest.raises(EditorError) as caught:
        editor.parse(f"---\n# nothing\n---\n\nHello,\nDear {tag},\n")
    assert caught.value.where == "editor.md:6"
    assert tag in caught.value.message
    assert "{{ first_name }}" in caught.value.hint


def test_tags_that_are_shown_as_code_are_no_tags() -> None:
    assert editor.parse("Write `*|FNAME|*` there.").introduction


def test_a_fresh_file_asks_about_what_is_held_back() -> None:
    twin = Decision(
        id="a", url=URL, title="Tulips", verdict="waiting", rule="twin", detail="seems to be one"
    )
    text = editor.template("S", "P", [], asked=[twin, replace(twin, rule="held-back", url=None)])
    assert "# Held back until you say" in text
    assert f"#   Tulips: seems to be one\n#     {URL}\n" in text
    assert "# held: take" in text
    assert editor.parse(text) == EditorNotes()
    assert "held: take" not in editor.template("S", "P", [], asked=[twin])


@pytest.mark.parametrize(("count", "more"), [(30, ""), (31, "and 1 more"), (45, "and 15 more")])
def test_a_fresh_file_asks_about_thirty_posts_and_counts_the_others(count: int, more: str) -> None:
    asked = [
        Decision(id=f"p{n}", url=None, title=f"T{n}", verdict="waiting", rule="twin", detail="d")
        for n in range(count)
    ]
    text = editor.template("S", "P", [], asked=asked)
    assert text.count(": d\n") == 30
    assert more in text
    assert ("see digest build --dry-run" in text) is bool(more)


def test_the_template_names_every_choice_and_where_the_introduction_goes() -> None:
    text = editor.template("S", "P", [], sections=["News", "Books"])
    for key in editor.KEYS:
        if key not in ("updates", "held"):
            assert f"# {key}:" in text
    assert "# sections:           # one of News, Books" in text
    assert text.index("Your introduction goes below") < text.rindex("---")
