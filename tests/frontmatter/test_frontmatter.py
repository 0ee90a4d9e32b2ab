"""What may stand at the head of a post or of editor.md, and what is said when it cannot be read."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ConfigError
from digest.frontmatter import load_toml, load_yaml, split

EDITOR = """\
# The subject of the mail.
# subject: Ferns this week

pin:  # best first
  - https://garden.example/ferns/
  - moss
# a note between

titles: {moss: "Moss, again",
  ferns: 'Ferns'}
unknown: &a [kept]
excerpts:
  moss: |
    One line

    and another
# the end
"""


@pytest.mark.parametrize(
    ("text", "kind", "body_line"),
    [
        ("---\ntitle: Ferns\npart: 2\n---\nGreen.", "yaml", 5),
        ("---\ntitle: Ferns\npart: 2\n...\nGreen.", "yaml", 5),
        ("\ufeff---\r\ntitle: Ferns\r\npart: 2\r\n---\r\nGreen.", "yaml", 5),
        ('+++\ntitle = "Ferns"\npart = 2\n+++\nGreen.', "toml", 5),
        ('---toml\ntitle = "Ferns"\npart = 2\n---\nGreen.', "toml", 5),
        ('{\n "title": "Ferns",\n "part": 2\n}\nGreen.', "json", 5),
        ('---json\n{"title": "Ferns",\n"part": 2}\n---\nGreen.', "json", 5),
    ],
)
def test_every_tools_front_matter_gives_the_same_data(text: str, kind: str, body_line: int) -> None:
    found = split(text, "ferns.md")
    assert (found.meta, found.body) == ({"title": "Ferns", "part": 2}, "Green.")
    assert (found.kind, found.body_line) == (kind, body_line)


def test_pelican_header_lines_end_at_the_first_blank_line() -> None:
    found = split("Title: Ferns: a start\nTags: shade,\n    moss\n\nNote: no header.\n", "ferns.md")
    assert found.meta == {"title": "Ferns: a start", "tags": "shade,\nmoss"}
    assert (found.body, found.body_line) == ("Note: no header.\n", 5)


@pytest.mark.parametrize(
    "text", ["Note: water them.\n\nMore.", "{% include ferns %}", "Ferns.", "", "a\n---\nb"]
)
def test_a_body_is_not_taken_for_front_matter(text: str) -> None:
    assert split(text, "ferns.md").meta == {}
    assert split(text, "ferns.md").body == text


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("---\ntitle: A\ntitle: B\n---\n", "ferns.md:3", 'the key "title" stands twice'),
        ("---\ntitle: A\npart: one: two\n---\n", "ferns.md:3", "unreadable YAML"),
        ("---\ntitle: A\nb: \x0b\n---\n", "ferns.md:3", "unreadable YAML"),
        ("---\ntitle: A\n", "ferns.md:1", "never closed"),
        ("---\n- a\n---\n", "ferns.md:2", "no list of keys"),
        ("---\n!!omap\n- a: 1\n---\n", "ferns.md:2", "no list of keys"),
        ("---\n!!set {a, b}\n---\n", "ferns.md:2", "no list of keys"),
        ('---\ntitle: A\nb:\n  c: !!int ""\n---\n', "ferns.md:3", "not what its tag"),
        ("---\ntitle: A\nb: !!float x\n---\n", "ferns.md:3", "unreadable YAML"),
        ("---\ntitle: A\n? [b, c]\n: 1\n---\n", "ferns.md:2", "not what its tag"),
        ("---\n%YAML 1.1\n---\ntitle: A\n---\n", "ferns.md:2", "%YAML .* takes none"),
        ("---\ntitle: A\n%TAG ! x\n---\n", "ferns.md:3", "%TAG .* takes none"),
        ("---js\n{}\n---\n", "ferns.md:1", '"js" is not read'),
        ("---\na: !!python/object:os.system {}\n---\n", "ferns.md:2", "unreadable YAML"),
        ("---\n" + "[" * 5000 + "\n---\n", "ferns.md:2", "nested too deeply"),
        ("---\na: " + "9" * 5000 + "\n---\n", "ferns.md:2", "YAML: a number has too many digits"),
        ("---\nb: 1\na: 0x" + "f" * 5000 + "\n---\n", "ferns.md:3", "has too many digits"),
        ("---\n" + "a" * 300_000 + "\n---\n", "ferns.md:2", "larger than 256 KB"),
        ('+++\na = "x"\nb = \n+++\n', "ferns.md:3", "not valid TOML"),
        ('+++\na = "x"\na = "y"\n+++\n', "ferns.md:3", 'the key "a" stands twice'),
        ("+++\n[a]\n[b]\n[a]\n+++\n", "ferns.md:4", r"the table \[a\] stands twice"),
        ("+++\na = {b = 1, b = 2}\n+++\n", "ferns.md:2", 'the key "b" stands twice'),
        ('+++\n"a\\"" = 1\n"a\\"" = 2\n+++\n', "ferns.md:3", "a key or table stands twice"),
        ("+++\na = 1\nb = " + "9" * 5000 + "\n+++\n", "ferns.md:3", "too many digits"),
        ("+++\na = 1\nb = 0x" + "f" * 5000 + "\n+++\n", "ferns.md:3", "too many digits"),
        ("+++\na = 1\nb = " + "{b = " * 150 + "1" + "}" * 150 + "\n+++\n", "ferns.md:3", "deeply"),
        ('{\n"a": 1\n"b": 2}\n', "ferns.md:3", "unreadable JSON"),
        ('{"a": ' + "9" * 5000 + "}\n", "ferns.md:1", "JSON: a number has too many digits"),
        ('{"a": ' + "[" * 5000 + "}\n", "ferns.md:1", "JSON: nested too deeply"),
        ('{"a": 1, "a": 2}\n', "ferns.md:1", 'the key "a" stands twice'),
        ('{"a": 1} text\n', "ferns.md:1", "text follows"),
    ],
)
def test_unreadable_front_matter_is_told_with_file_and_line(
    text: str, place: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        split(text, "ferns.md")
    assert caught.value.where == place
    assert is_told_in_a_line(caught.value)


@pytest.mark.parametrize("inner", range(4))
@pytest.mark.parametrize("value", ['["{}"]', '"""{}"""'])
def test_a_key_that_stands_twice_has_the_line_it_stands_on(value: str, inner: int) -> None:
    """However many lines its value takes."""
    within = "\n".join(["x"] * inner) if value.startswith('"') else '",\n"'.join("x" * inner)
    head = f"b = 1\na = 2\na = {value.replace('{}', within)}\nc = 3\n"
    with pytest.raises(ConfigError, match='the key "a" stands twice') as caught:
        load_toml(head, "t.toml")
    assert caught.value.where == "t.toml:3"


def is_told_in_a_line(error: ConfigError) -> bool:
    """Tell whether an error has its reason and its next step, and neither breaks a list of errors."""
    return (
        bool(error.hint) and "\n" not in str(error) and re.search(r":\s*$", error.message) is None
    )


def test_aliases_cannot_grow_into_millions() -> None:
    lines = ["a0: &a0 [x,x]"] + [
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 7)
    ]
    with pytest.raises(ConfigError, match="aliases"):
        load_yaml("\n".join(lines), "x.md")


def test_yaml_is_that_of_version_1_2_and_dates_stay_where_they_are() -> None:
    text = "a: no\nb: 010\nc: 2026-11-22\nd: 2026-11-22T08:00:00+01:00\ne: 2026-11-22 08:00:00\nf: 2026-13-45"
    assert load_yaml(text, "x.md")[0] == {
        "a": "no",
        "b": 10,
        "c": date(2026, 11, 22),
        "d": datetime(2026, 11, 22, 7, tzinfo=UTC),
        "e": datetime(2026, 11, 22, 8),  # noqa: DTZ001 -- it says no zone, and gets none here
        "f": "2026-13-45",
    }
    assert load_yaml("d: 2026-11-22T08:00:00+01:00", "x.md")[0]["d"].tzinfo == timezone(
        timedelta(hours=1)
    )


def test_the_quick_parser_that_some_machines_have_reads_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The one in C is a package by itself: what it stumbles over it tells in other words."""
    monkeypatch.setattr("ruamel.yaml.main.CParser", lambda *_, **_named: pytest.fail("is asked"))
    assert load_yaml("a: no", "x.md")[0] == {"a": "no"}


def test_every_name_in_editor_md_has_its_line() -> None:
    _, lines = load_yaml(EDITOR, "editor.md", 2)
    assert {
        name: lines[name] for name in ("pin", "https://garden.example/ferns/", "moss", "excerpts")
    } == {
        "pin": 5,
        "https://garden.example/ferns/": 6,
        "moss": 7,
        "excerpts": 13,
    }


def test_an_empty_yaml_text_is_an_empty_mapping() -> None:
    assert load_yaml("# nothing yet\n", "editor.md") == ({}, {})


@given(
    st.text() | st.text("-+.{}[]&*!:#|>\"'%\n\t ab0"),
    st.sampled_from(["---\n{}\n---\n", "+++\n{}\n+++\n", "{}"]),
)
@settings(max_examples=300)
def test_no_text_brings_anything_but_a_document_or_a_config_error(text: str, frame: str) -> None:
    try:
        found = split(frame.replace("{}", text), "x.md")
    except ConfigError as exc:
        assert exc.where.startswith("x.md:")
        assert is_told_in_a_line(exc)
    else:
        assert isinstance(found.meta, dict)


def test_an_anchor_may_be_used_again_as_yaml_allows() -> None:
    """YAML 1.2 (7.1): an alias means the anchor of that name that stands nearest before it."""
    data, _ = load_yaml("one: &a first\ntwo: *a\nthree: &a second\nfour: *a\n", "post.md")
    assert data == {"one": "first", "two": "first", "three": "second", "four": "second"}


# ---------------------------------------------------------------- how much is too much


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ("{a: ", "}")])
def test_a_hundred_brackets_may_stand_within_each_other(opened: str, closed: str) -> None:
    """Those that stand side by side count once."""

    def nested(depth: int) -> str:
        inner = opened * depth + closed * depth
        return f"---\nferns: &f {inner}\nmoss: [{'[], ' * 300}]\n---\n"

    assert len(split(nested(100), "ferns.md").meta["moss"]) == 300
    with pytest.raises(ConfigError, match="nested too deeply") as caught:
        split(nested(101), "ferns.md")
    assert caught.value.hint == "100 brackets may stand within each other."


def test_brackets_are_counted_behind_others_that_are_closed() -> None:
    with pytest.raises(ConfigError, match="nested too deeply") as caught:
        split(f"---\nferns: [[], [], [], {'[' * 100}{']' * 100}]\n---\n", "ferns.md")
    assert caught.value.hint == "100 brackets may stand within each other."


@pytest.mark.parametrize(("aliases", "is_read"), [(50, True), (51, False)])
def test_fifty_aliases_may_be_used(aliases: int, is_read: bool) -> None:
    text = f"a: &a [1]\nb: [{', '.join(['*a'] * aliases)}]"
    if is_read:
        assert load_yaml(text, "x.md")[0]["b"] == [[1]] * aliases
    else:
        with pytest.raises(ConfigError, match="more than 50 YAML aliases") as caught:
            load_yaml(text, "x.md")
        assert caught.value.where == "x.md:1"
        assert caught.value.hint == "Write the values out."


@pytest.mark.parametrize(("characters", "is_read"), [(256 * 1024, True), (256 * 1024 + 1, False)])
@pytest.mark.parametrize("head", ["---\n{}\n---\n", "+++\n{}\n+++\n"])
def test_a_head_has_at_most_256_kb(head: str, characters: int, is_read: bool) -> None:
    line = 'a = ""' if head.startswith("+") else 'a: ""'
    text = head.format(line.replace('""', '"' + "x" * (characters - len(line)) + '"'))
    if is_read:
        assert len(split(text, "ferns.md").meta["a"]) == characters - len(line)
    else:
        with pytest.raises(ConfigError, match="larger than 256 KB") as caught:
            split(text, "ferns.md")
        assert caught.value.where == "ferns.md:2"


@pytest.mark.parametrize(("characters", "is_head"), [(256 * 1024, True), (256 * 1024 + 1, False)])
def test_lines_of_a_header_that_are_larger_are_a_body(characters: int, is_head: bool) -> None:
    text = "Title: ".ljust(characters, "x") + "\n\nGreen."
    assert bool(split(text, "ferns.md").meta) is is_head


def test_names_of_toml_that_part_too_often_are_told_by_the_head() -> None:
    with pytest.raises(ConfigError, match="nested too deeply") as caught:
        load_toml("\nb = 1\n" + ".".join("a" * 120) + " = 1", "t.toml", 2)
    assert caught.value.where == "t.toml:2"


@pytest.mark.parametrize(("depth", "is_read"), [(100, True), (101, False)])
@pytest.mark.parametrize(
    "head",
    ['{"a": []}', '---\njson: ""\na: []\n---\n', "+++\na = []\n+++\n"],
    ids=["json", "yaml", "toml"],
)
def test_a_hundred_lists_may_stand_within_each_other_whatever_they_are_written_in(
    head: str, depth: int, is_read: bool
) -> None:
    text = head.replace("[]", "[" * depth + "]" * depth)
    if is_read:
        assert str(split(text, "ferns.md").meta["a"]) == "[" * depth + "]" * depth
    else:
        with pytest.raises(ConfigError, match="nested too deeply"):
            split(text, "ferns.md")


@pytest.mark.parametrize(("bits", "is_read"), [(14_000, True), (14_001, False)])
@pytest.mark.parametrize("head", ["---\na: {}\n---\n", "+++\na = {}\n+++\n"], ids=["yaml", "toml"])
def test_a_number_has_at_most_as_many_digits_as_can_be_written(
    head: str, bits: int, is_read: bool
) -> None:
    number = 2**bits - 1
    if is_read:
        assert split(head.format(hex(number)), "ferns.md").meta["a"] == number
    else:
        with pytest.raises(ConfigError, match="too many digits") as caught:
            split(head.format(hex(number)), "ferns.md")
        assert caught.value.where == "ferns.md:2"
