"""editor.md is changed line by line: comments, quotes, order and line ends of its editor stay."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import EditorError
from digest.issue import editor
from digest.issue.rewriting import Changes, applied, rewrite
from digest.models import EditorNotes, Link, PostView, replace

ONE, TWO, THREE = (f"https://a.example/{name}/" for name in ("one", "two", "three"))
FRESH = editor.template("Moss", "Soft", [PostView(id="a", url=ONE, permalink=ONE, title="One")])
OWN = f"""\
---
# for Ada: not before noon
subject: "Moss, a year"   # hers
pin:                    # best first
  - {ONE}   # she asked for it
  # and this one as well
  - {TWO}
titles:
  {ONE}: "Moss, again"  # shorter
  # nobody knows why
  {TWO}: A roof
drop: [{THREE}]
# the end
---

Dear *all*,
"""


def test_a_fresh_file_gets_its_lines_below_their_examples() -> None:
    """Where the editor would have written them."""
    text = rewrite(FRESH, Changes(texts={"subject": 'He said "moss"'}, lists={"pin": (TWO, ONE)}))
    before, after = FRESH.splitlines(), text.splitlines()
    assert [line for line in after if line not in before] == [
        'subject: "He said \\"moss\\""',
        "pin:",
        f"  - {TWO}",
        f"  - {ONE}",
    ]
    assert after[after.index("pin:") - 1] == f"#   - {ONE}"


def test_what_is_taken_out_leaves_the_file_as_it_was() -> None:
    changed = rewrite(FRESH, Changes(lists={"pin": (ONE,)}, tables={"titles": {ONE: "Better"}}))
    assert rewrite(changed, Changes(lists={"pin": ()}, tables={"titles": {ONE: ""}})) == FRESH


def test_only_the_meant_line_changes() -> None:
    """The comment beside it stays, and so does the way the post was named."""
    text = rewrite(OWN, Changes(tables={"titles": {ONE: "Moss & more"}}))
    changed = [(a, b) for a, b in zip(OWN.splitlines(), text.splitlines(), strict=True) if a != b]
    assert changed == [(f'  {ONE}: "Moss, again"  # shorter', f'  {ONE}: "Moss & more"  # shorter')]


def test_an_order_takes_its_comments_along() -> None:
    text = rewrite(OWN, Changes(lists={"pin": (TWO, ONE, THREE)}))
    assert text.split("best first\n")[1].split("titles:")[0] == (
        f"  # and this one as well\n  - {TWO}\n  - {ONE}   # she asked for it\n  - {THREE}\n"
    )


def test_a_comment_outlasts_its_line() -> None:
    """Whoever wrote it may want it back."""
    text = rewrite(OWN, Changes(lists={"pin": ()}))
    for words in ("best first", "she asked for it", "and this one as well"):
        assert f"# {words}" in text
    assert "pin:" not in text


def test_a_list_on_one_line_becomes_one_on_several() -> None:
    text = rewrite(OWN, Changes(lists={"drop": (THREE, "blog-7")}))
    assert f'drop:\n  - {THREE}\n  - "blog-7"\n# the end' in text


def test_the_introduction_is_the_body() -> None:
    """Markdown as it is written, merge tags included."""
    words = "Dear {{ first_name }},\n\n--- \n\n# News\n\n<!-- kept -->"
    text = rewrite(OWN, Changes(introduction=words))
    assert editor.parse(text).introduction == words
    assert text.split("---\n\n")[0] == OWN.split("---\n\n")[0]


def test_line_ends_stay() -> None:
    """A file from Windows stays one."""
    text = rewrite(OWN.replace("\n", "\r\n"), Changes(lists={"pin": (THREE,)}, introduction="A\nB"))
    assert "\n" not in text.replace("\r\n", "")
    assert f"  - {THREE}\r\n" in text


def test_a_file_without_front_matter_gets_one() -> None:
    text = rewrite("Only words.\n", Changes(texts={"subject": "Moss"}))
    assert text == '---\nsubject: "Moss"\n---\n\nOnly words.\n'
    assert rewrite("", Changes(introduction="Words")) == "\nWords\n"


def test_links_come_and_go() -> None:
    link = Link(title="A map", url="https://b.example/", excerpt="Old: and good", section="News")
    text = rewrite(OWN, Changes(links=(link,)))
    assert editor.parse(text).links == (link,)
    assert rewrite(text, Changes(links=())) == OWN


@pytest.mark.parametrize(
    "text",
    [
        "---\npin: &a [x]\ndrop: *a\n---\n",
        "---\nsubject: {a: b}\n---\n",
        "---\nsubject: x\n",
    ],
)
def test_what_cannot_be_changed_safely_is_refused(text: str) -> None:
    """With what to do instead; the file is not touched."""
    with pytest.raises(EditorError):
        rewrite(text, Changes(lists={"pin": (ONE,)}, texts={"subject": "y"}))


# ---------------------------------------------------------------- whatever stands there

comments = st.sampled_from(["", "", "# note", "  # indented note", "#", "# pin:", "#   - example"])
besides = st.sampled_from(["", "", "  # beside", ' # it\'s "quoted"'])
references = st.sampled_from([ONE, TWO, THREE, "blog-1", "17", "a: b", "é #1"])
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)


def plain(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


@st.composite
def texts(draw: st.DrawFn, indent: str, name: str) -> list[str]:
    """Write a text on the line of its name, or below it."""
    sign = draw(st.sampled_from(["", "", ">", "|-", ">2"]))
    if not sign:
        return [f'{indent}{name}: "Words of it"{draw(besides)}']
    return [
        f"{indent}{name}: {sign}{draw(besides)}",
        f"{indent}  Words # of it",
        f"{indent}  and on",
        "#",  # ends it: an indented comment would belong to its text
    ]


@st.composite
def files(draw: st.DrawFn) -> str:
    """Write a file as people do: blocks, single lines, comments everywhere, either line end."""
    lines = ["---"]
    for key in draw(st.permutations(["subject", "pin", "drop", "titles", "excerpts", "order"]))[:4]:
        lines.append(draw(comments))
        named = draw(st.lists(references, max_size=3, unique=True))
        is_block = draw(st.booleans())
        if key == "subject":
            lines += draw(texts("", "subject"))
        elif key in ("titles", "excerpts"):
            lines.append(f"{key}:{draw(besides)}")
            for name in named:
                lines += [draw(comments), *draw(texts("    ", plain(name)))]
        elif is_block or not named:
            lines.append(f"{key}:{draw(besides)}")
            for name in named:
                lines += [draw(comments), f"- {plain(name)}{draw(besides)}"]
        else:
            lines.append(f"{key}: [{', '.join(map(plain, named))}]{draw(besides)}")
    lines += [draw(comments), "---", "", "Dear all,"]
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines)


changes = st.builds(
    Changes,
    texts=st.dictionaries(st.sampled_from(["subject", "preheader"]), words, max_size=2),
    lists=st.dictionaries(
        st.sampled_from(["pin", "drop", "order", "updates"]),
        st.lists(references, max_size=4, unique=True).map(tuple),
        max_size=2,
    ),
    tables=st.dictionaries(
        st.sampled_from(["titles", "excerpts", "sections"]),
        st.dictionaries(references, words, max_size=2),
        max_size=2,
    ),
    # Signs that could make a merge tag of a single service, as "{{}}", are refused with their place.
    introduction=st.none() | words.filter(lambda said: not set("{[*%") & set(said)),
)


@given(files(), changes)
@settings(max_examples=300)
def test_the_file_says_what_was_meant_and_keeps_what_was_said(text: str, wish: Changes) -> None:
    """Every comment is there after any change, and the rest says what it said."""
    new = rewrite(text, wish)
    assert replace(editor.parse(new), lines={}) == applied(editor.parse(text), wish)
    for comment in ("note", "indented note", "beside", 'it\'s "quoted"'):
        seen = re.compile(rf"# {re.escape(comment)}(?=\r?\n)")
        assert len(seen.findall(new)) >= len(seen.findall(text)), comment
    if wish.introduction is None:
        assert new.endswith(text[text.rindex("Dear all,") :])


@given(files())
@settings(max_examples=100)
def test_no_change_changes_nothing(text: str) -> None:
    notes = editor.parse(text)
    same = Changes(lists={"pin": notes.pin, "order": notes.order}, links=notes.links)
    blocks_only = "pin: [" not in text and "order: [" not in text
    if blocks_only and notes.pin and notes.order:
        assert rewrite(text, same) == text
    assert rewrite(text, Changes()) == text
    assert applied(EditorNotes(), Changes()) == EditorNotes()
