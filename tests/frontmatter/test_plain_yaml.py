"""The quick reader of plain heads says what ruamel says, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.errors import ConfigError
from digest.frontmatter import load_yaml
from digest.frontmatter.plain_yaml import plain_yaml

PIECES = st.sampled_from(
    [
        "title", "date", "tags", "draft", "null", "true", "1.2", "0x1f", "017", "1_000", "~", "yes",
        "2026-11-22", "2026-13-45", "2026-11-22T09:05:00+01:00", "2026-11-22 09:05", "a b", "Q&A",
        "C#", "a #b", "é", "\u00a0", "\t", ":", ": ", " ", "- ", "-", "  - ", "[", "]", "{", "}", ",",
        ", ", '"', "'", "''", '\\"', "../a.jpg", "/x", "10 ferns", "(a)", "“q”", "|", ">-", "| ", "\n  ", "\\", "#", "|", ">", "&x", "*x", "!t", "%", "@", "`", "?", "\n", "\n", "\n",
    ]
)  # fmt: skip
LINES = st.sampled_from(
    [
        "title: Ferns\n", "tags: [a, b]\n", "tags:\n", "- moss\n", "  - shade\n", "draft: false\n",
        "cover:\n", "  image: a.jpg\n", "  alt: >\n", "    Moss\n", "note: |-\n", "  two, three\n",
    ]
)  # fmt: skip
HEADS = st.lists(PIECES | LINES, max_size=14).map("".join)


@settings(max_examples=400)
@given(HEADS)
@example("title: a: b")
@example("tags:\n- a\n\n- b\nx: y")
@example("a: 'x' y")
@example("a: x\n b: y")
@example("a: -1\nb: 007")
@example("a: [a b, 'c, d']")
@example("a: {b: c, d: 1, e: 'x y'}\nf: {}\ng: {h: 2026-11-22, i: j k}")
@example("a: {b: c, b: d}\ne: {f:g}")
@example("a: {b: [c, d], e: {f: g}}")
@example("a: {yes: c}")
@example("a: {b: c, true: d}")
@example("a: 2026-11-22 09:05\nb: 2026-11-22T09:05+0100\nc: [2026-11-22 09:05:01 -0600]")
@example("a: 2026-11-22 09:05:01-0600\nb: 2026-11-22 09:05 +0100\nc: 2026-11-22 09:05:01 -06:00")
@example("a: b #c\nd: e#f")
@example("a: >\n  b\n  c\nd: |\n  e\n f: g")
@example("a: >\n  b\n\nd: e")
@example("a: >\n  b\n# c\nd: e")
@example("a: |-\n  b: c\n  - d")
@example("a:\n  b:\n    c: d\n  e: [f]\ng: h")
@example("a:\n    - b\n  - c")
@example("a:\n  - b\n  c: d")
@example("a:\nb:\n  - c")
@example("a: b, [c] {d}\ne: it's 5:30 pm\nf: (a) b")
@example("a: 12 e5\nb: 1 2\nc: 10 ferns: d")
@example("a: “b” c\nd: é: e\nf: -\ng: ./h\ni: ..\nj: /")
def test_the_quick_reader_agrees_with_the_whole_one(head: str) -> None:
    """What both can read they read alike; what ruamel refuses is never read."""
    quick = plain_yaml(head)
    if quick is None:
        return
    try:
        whole = load_yaml(head, "x.md")[0]
    except ConfigError as exc:
        pytest.fail(f"{head!r} is refused by YAML: {exc}")
    assert (quick, [*map(type, quick.values())]) == (whole, [*map(type, whole.values())])


@pytest.mark.parametrize(
    "head",
    [
        'title: "Ferns in shade"\ndate: 2026-11-22\ntags: [moss, "two words"]\ndraft: false',
        "title: It's late – again\ntags:\n  - moss\n  - shade\nweight: 12",
        "layout: post\ncategories:\nauthor: 'Ada Lund'",
        "title: Ferns, moss and more\nimage: /img/fern.jpg\ncover:\n  image: ../moss.jpg\n  alt: Moss",
        "title: \"The \\\"new\\\" pond\"\ndescription: >-\n  Water,\n  at last.\nnote: 'It''s in'",
        "title: Ferns\ndate: 2026-11-22 09:05\nmodified: 2026-11-22 09:05:10 +0100",
        "title: Ferns\nseries: {name: Notes, part: 3}\ncover: {image: moss.jpg, alt: 'Moss'}",
    ],
)
def test_the_usual_heads_need_no_parser(head: str) -> None:
    """The reader is of use only if it reads what most posts begin with."""
    assert plain_yaml(head) is not None


def test_yes_and_no_are_what_yaml_calls_true_and_false_and_nothing_else() -> None:
    head = "draft: true\nlisted: false\npinned: yes\nshown: off\n"
    assert plain_yaml(head) == {"draft": True, "listed": False, "pinned": "yes", "shown": "off"}


def test_blocks_are_read_here_folded_or_line_by_line() -> None:
    head = "a: >\n  one\n  two\nb: |\n  x\n  y\nc: >-\n  p\n  q\nd: |-\n  z"
    assert plain_yaml(head) == {"a": "one two\n", "b": "x\ny\n", "c": "p q", "d": "z"}
