"""Readers and what they follow: one edition for each distinct choice, and no address in the project."""

from __future__ import annotations

import csv
import json
import os
import stat
from io import StringIO
from pathlib import Path

import pytest

from digest import dialects
from digest.errors import UsageError
from digest.models import key
from digest.workflow.readers import FORMS
from digest.workflow.readers.rows import Rows
from tests.conftest import Blog, Run
from tests.golden import hold, hold_text

PATTERN = '[edition."for-{choice}"]\nfor_each = "choice"\ntitle = "For you: {choice}"\n'
READERS = """\
email,follows
ada@example.org,birds; roofs
bob@example.org,Birds
cyd@example.org,"Roofs,birds"
dan@example.org,
ada@example.org,birds
nobody,birds
"""


@pytest.fixture
def letter(blog: Blog, digest: Run) -> Blog:
    """A collected blog whose editions are made for choices, with a list of readers beside it."""
    blog.configure(PATTERN)
    (blog.root.parent / "readers.csv").write_text(READERS)
    digest("--project", blog.root, "collect")
    return blog


def mapped(digest: Run, letter: Blog, service: str = "plain", text: str = "") -> list[list[str]]:
    """Map the readers and return the rows for a service."""
    source, target = (letter.root.parent / name for name in ("readers.csv", "out.csv"))
    if text:
        source.write_text(text)
    answer = digest("--project", letter.root, "readers", source, "--for", service, "-o", target)
    assert answer.code == 0, answer.err
    return list(csv.reader(target.read_text().splitlines()))


def test_each_distinct_choice_is_an_edition_and_each_reader_gets_one(
    digest: Run, letter: Blog
) -> None:
    head, *rows = mapped(digest, letter)
    both = "for-birds-roofs-7c2a9cc125f8"
    assert head == ["email", "digest_edition"]
    assert b"\r" not in (letter.root.parent / "out.csv").read_bytes()
    assert rows == [
        ["ada@example.org", both],
        ["bob@example.org", "for-birds"],
        ["cyd@example.org", both],
    ]
    built = digest("--project", letter.root, "build", "--all", "--date", "2026-10-08", "--json")
    posts = {told["edition"]: len(told["posts"]) for told in built.json}
    assert posts == {"weekly": 3, "for-birds": 2, both: 3}


def test_every_services_file_is_as_listed() -> None:
    told = []
    for service, form in sorted(FORMS.items()):
        file = StringIO()
        writer = csv.writer(file, delimiter=form.delimiter, lineterminator="\n")
        writer.writerow(form.columns(has_names=True))
        writer.writerow(form.row("ada@example.org", "for-birds", ("Ada", "Moss")))
        told.append(f"=== {service}\n{file.getvalue()}{form.segment}\n")
    hold_text(Path(__file__).with_name("forms.txt"), "\n".join(told))


def test_no_address_ever_comes_into_the_project(digest: Run, letter: Blog) -> None:
    mapped(digest, letter)
    digest("--project", letter.root, "build", "--all", "--date", "2026-10-08")
    files = [path for path in letter.root.rglob("*") if path.is_file()]
    assert [path for path in files if b"ada@" in path.read_bytes()] == []
    if os.name != "nt":
        mode = (letter.root.parent / "out.csv").stat().st_mode
        assert stat.S_IMODE(mode) == 0o600


@pytest.mark.parametrize("place", ["readers", "output"])
def test_a_file_of_addresses_in_the_project_is_refused(
    digest: Run, letter: Blog, place: str
) -> None:
    outside, inside = letter.root.parent / "readers.csv", letter.root / "list.csv"
    inside.write_text(READERS)
    paths = (inside, letter.root.parent / "out.csv") if place == "readers" else (outside, inside)
    refused = digest("--project", letter.root, "readers", paths[0], "-o", paths[1])
    assert (refused.code, refused.err) == (
        2,
        f"error: {inside}: would keep readers' addresses in the project. "
        "Keep files with addresses outside of it, where no git carries them on.\n",
    )
    assert not (letter.root / "choices").exists()


def test_what_is_wrong_with_rows_and_names_is_told(digest: Run, letter: Blog) -> None:
    letter.root.parent.joinpath("readers.csv").write_text(READERS + "eve@example.org,leadrship\n")
    answer = digest(
        "--project", letter.root, "readers", letter.root.parent / "readers.csv",
        "-o", letter.root.parent / "out.csv",
    )  # fmt: skip
    assert "4 readers made 3 choices" in answer.out
    for told in (
        "1 row without a topic",
        "1 row of an address that came",
        "1 row without an address",
    ):
        assert told in answer.err
    assert 'no post is of "leadrship"' in answer.err


@pytest.mark.parametrize(
    "text",
    [
        "E-Mail;Topics\nada@example.org;birds|roofs\n",
        "\ufeffname,email,birds,roofs\nAda,ada@example.org,1,x\n",
        "address\tinterests\nada@example.org\tRoofs, birds\n",
    ],
)
def test_exports_of_many_kinds_are_read(digest: Run, letter: Blog, text: str) -> None:
    (_, row) = mapped(digest, letter, text=text)
    assert row == ["ada@example.org", "for-birds-roofs-7c2a9cc125f8"]


def test_every_service_is_told_in_the_form_that_it_imports(digest: Run, letter: Blog) -> None:
    assert set(FORMS) <= set(dialects.DIALECTS)
    assert mapped(digest, letter, "ghost")[2] == ["bob@example.org", "for-birds"]
    address, told = mapped(digest, letter, "listmonk")[2]
    assert (address, json.loads(told)) == ("bob@example.org", {"digest_edition": "for-birds"})
    assert mapped(digest, letter, "mailchimp")[0] == ["Email Address", "DIGEST"]
    assert mapped(digest, letter, "brevo")[2] == ["bob@example.org;for-birds"]
    assert mapped(digest, letter, "buttondown")[0] == ["email", "tags"]
    head, row, *_ = mapped(digest, letter, "keila")
    assert head == ["Email", "Data"]
    assert json.loads(row[1]) == {"digest_edition": "for-birds-roofs-7c2a9cc125f8"}


@pytest.mark.parametrize(
    ("head", "row", "whole", "parts"),
    [
        ("Name,email,follows", "Ada Moss,ada@example.org,birds", "Ada Moss", ["Ada Moss", ""]),
        ("email,last_name,first_name,topics", "ada@example.org,Moss,Ada,birds", "Ada Moss", ["Ada", "Moss"]),
        ("email,Full name,birds,roofs", "ada@example.org,X,x,", "X", ["X", ""]),
        ("email,follows,name", "ada@example.org,birds", "", ["", ""]),
    ],
    ids=["one column", "two columns", "beside ticks", "a row without"],
)  # fmt: skip
def test_an_import_that_would_lose_names_is_told_them(
    digest: Run, letter: Blog, head: str, row: str, whole: str, parts: list[str]
) -> None:
    text = f"{head}\n{row}\n"
    for service in ("ghost", "listmonk"):
        columns, told = mapped(digest, letter, service, text)
        assert columns[:2] == ["email", "name"]
        assert told[:2] == ["ada@example.org", whole]
    assert mapped(digest, letter, "keila", text)[1][1:3] == parts
    # a file of one field besides the address takes nothing away
    assert mapped(digest, letter, "kit", text)[1] == ["ada@example.org", "for-birds"]


def test_tags_that_stay_when_a_reader_chooses_otherwise_are_told(digest: Run, letter: Blog) -> None:
    files = [letter.root.parent / name for name in ("readers.csv", "out.csv")]

    def said(service: str) -> str:
        return digest(
            "--project", letter.root, "readers", files[0], "-o", files[1], "--for", service
        ).err

    assert "get two editions" in said("ghost")
    assert "get two editions" not in said("listmonk")


def test_the_choices_do_not_depend_on_the_order_of_readers(digest: Run, letter: Blog) -> None:
    mapped(digest, letter)
    path = letter.root / "choices" / "for-choice.csv"
    before = path.read_bytes()
    head, *rows = READERS.splitlines()
    mapped(digest, letter, text="\n".join([head, *rows[2::-1], ""]))
    assert path.read_bytes().lower() == before.lower() == b"birds\nbirds,roofs\n"


def test_never_twice_holds_for_each_choice(digest: Run, letter: Blog) -> None:
    mapped(digest, letter)
    digest("--project", letter.root, "build", "--all", "--date", "2026-10-08")
    letter.write("four", "Slates", "2026-10-12T11:00:00Z", "roofs")
    built = digest("--project", letter.root, "build", "--all", "--date", "2026-10-15", "--json")
    posts = {told["edition"]: told["posts"] for told in built.json}
    assert posts["for-birds-roofs-7c2a9cc125f8"] == ["https://letter.example/four/"]
    assert posts["for-birds"] == []


def test_without_an_edition_for_choices_one_is_asked_for(digest: Run, blog: Blog) -> None:
    (blog.root.parent / "readers.csv").write_text(READERS)
    refused = digest(
        "--project", blog.root, "readers", blog.root.parent / "readers.csv", "-o", "/tmp/x.csv"
    )
    assert refused.code == 1
    assert 'Add [edition."for-{choice}"]' in refused.err


@pytest.mark.parametrize("named", ["nobody", "weekly"])
def test_an_edition_that_is_made_for_no_choices_is_refused(
    digest: Run, letter: Blog, named: str
) -> None:
    source, target = (letter.root.parent / name for name in ("readers.csv", "out.csv"))
    refused = digest(
        "--project", letter.root, "readers", source, "-o", target, "--edition", named
    )  # fmt: skip
    assert refused.code == 1
    assert f'"{named}" is no edition for choices' in refused.err
    assert "Name one by --edition: for-{choice}." in refused.err
    assert not target.exists()


def test_a_name_with_quotes_is_a_choice_like_any_other(digest: Run, letter: Blog) -> None:
    letter.write("four", "Slates", "2026-10-07T11:00:00Z", 'so called "birds"')
    rows = mapped(digest, letter, text='email,follows\nada@example.org,"so called ""birds"""\n')
    assert rows[1:] == [["ada@example.org", "for-so-called-birds"]]
    assert (letter.root / "choices/for-choice.csv").read_text() == '"so called ""birds"""\n'
    built = digest("--project", letter.root, "build", "--all", "--date", "2026-10-08", "--json")
    assert {told["edition"]: len(told["posts"]) for told in built.json}["for-so-called-birds"] == 1


def test_before_anything_is_collected_no_name_is_unknown(digest: Run, blog: Blog) -> None:
    blog.configure(PATTERN)
    (blog.root.parent / "readers.csv").write_text("email,follows\nada@example.org,mist\n")
    files = [blog.root.parent / name for name in ("readers.csv", "out.csv")]
    answer = digest("--project", blog.root, "readers", files[0], "-o", files[1])
    assert (answer.code, "no post is of" in answer.err) == (0, False)


def test_a_file_that_cannot_be_written_is_told_with_its_place(digest: Run, letter: Blog) -> None:
    source, nowhere = letter.root.parent / "readers.csv", letter.root.parent / "no" / "out.csv"
    refused = digest("--project", letter.root, "readers", source, "-o", nowhere)
    assert (refused.code, refused.err) == (
        2,
        f"error: {nowhere}: cannot be written (No such file or directory). "
        "Name a file in a folder that is yours.\n",
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_list_is_read_in_whatever_a_spreadsheet_writes(
    digest: Run, letter: Blog, encoding: str
) -> None:
    source, target = (letter.root.parent / name for name in ("readers.csv", "out.csv"))
    text = "email;follows\nada@example.org;Vögel – “Moos”\n"
    source.write_bytes(text.encode(encoding))
    answer = digest("--project", letter.root, "readers", source, "-o", target)
    assert answer.code == 0, answer.err
    assert (letter.root / "choices/for-choice.csv").read_text() == "Vögel – “Moos”\n"


def test_a_quote_that_stays_open_brings_no_address_into_the_project(
    digest: Run, letter: Blog
) -> None:
    mapped(digest, letter)
    before = (letter.root / "choices/for-choice.csv").read_bytes()
    source, target = letter.root.parent / "readers.csv", letter.root.parent / "new.csv"
    source.write_text('email,follows\nada@example.org,"birds\nbob@example.org,roofs\n')
    refused = digest("--project", letter.root, "readers", source, "-o", target)
    assert (refused.code, refused.err) == (
        2,
        "error: readers.csv: an address stands in what row 2 follows. "
        "See whether each quote that opens there ends, and which columns count.\n",
    )
    assert (letter.root / "choices/for-choice.csv").read_bytes() == before
    assert not target.exists()


def test_a_cell_without_an_end_is_refused_with_what_may_be_wrong(digest: Run, letter: Blog) -> None:
    source, target = (letter.root.parent / name for name in ("readers.csv", "out.csv"))
    source.write_text('email,follows\nada@example.org,"' + "birds " * 30_000)
    refused = digest("--project", letter.root, "readers", source, "-o", target)
    assert refused.code == 2
    assert refused.err.endswith("It must be a CSV file, in which each quote that opens ends.\n")


def test_which_column_counts_can_be_said(digest: Run, letter: Blog) -> None:
    source, target = (letter.root.parent / name for name in ("readers.csv", "out.csv"))
    source.write_text("email,tags,interests\nada@example.org,birds,roofs\n")
    asked = ("--project", letter.root, "readers", source, "-o", target)
    refused = digest(*asked)
    assert refused.code == 2
    assert "several columns may tell what readers follow: tags, interests" in refused.err
    assert digest(*asked, "--follows", "Tags").code == 0
    assert "ada@example.org,for-birds\n" in target.read_text()
    assert digest(*asked, "--follows", "Tags", "--follows", "interests").code == 0
    assert "ada@example.org,for-birds-roofs-7c2a9cc125f8\n" in target.read_text()


def test_ticked_columns_that_are_no_topics_are_told(digest: Run, letter: Blog) -> None:
    source, target = (letter.root.parent / name for name in ("readers.csv", "out.csv"))
    source.write_text("email,birds,double opt-in,premium\nada@example.org,1,yes,no\n")
    answer = digest("--project", letter.root, "readers", source, "-o", target)
    assert "ada@example.org,for-birds\n" in target.read_text()
    assert "columns that no post is of do not count: double opt-in\n" in answer.err


def test_a_title_is_written_as_posts_write_it_whoever_comes_first(
    digest: Run, letter: Blog
) -> None:
    letter.write("four", "Slates", "2026-10-07T11:00:00Z", "Moss Walls")
    digest("--project", letter.root, "collect")
    mapped(digest, letter, text="email,follows\nada@example.org,moss walls; BIRDS\n")
    assert (letter.root / "choices/for-choice.csv").read_text() == "birds,Moss Walls\n"


def test_of_several_editions_for_choices_one_is_named(digest: Run, letter: Blog) -> None:
    letter.configure(PATTERN + PATTERN.replace("for-", "yours-"))
    source, target = (letter.root.parent / name for name in ("readers.csv", "out.csv"))
    asked = ("--project", letter.root, "readers", source, "-o", target)
    refused = digest(*asked)
    assert refused.code == 1
    assert "several are made for choices" in refused.err
    assert "Name one by --edition: for-{choice}, yours-{choice}." in refused.err
    assert digest(*asked, "--edition", "yours-{choice}").code == 0
    assert "bob@example.org,yours-birds\n" in target.read_text()


def test_a_list_without_addresses_is_refused_with_its_line(digest: Run, letter: Blog) -> None:
    (letter.root.parent / "readers.csv").write_text("name,follows\nAda,birds\n")
    refused = digest(
        "--project", letter.root, "readers", letter.root.parent / "readers.csv",
        "-o", letter.root.parent / "out.csv",
    )  # fmt: skip
    assert (refused.code, "readers.csv:1" in refused.err) == (2, True)
    assert not (letter.root.parent / "out.csv").exists()


def test_lists_of_readers_are_read_as_is_listed() -> None:
    hold(Path(__file__).with_name("lists.txt"), lambda _, text: _read(text))


_KNOWN = ("birds", "roofs", "moss", "Roofs, old")


def _read(text: str) -> str:
    """Read a list; a line "known" before it has posts carry names, "follows X" names a column."""
    known, follows = dict[str, str](), []
    while text.startswith(("known\n", "follows ")):
        line, _, text = text.partition("\n")
        known |= {key(name): name for name in _KNOWN} if line == "known" else {}
        follows += [line.removeprefix("follows ")] if line != "known" else []
    try:
        rows = Rows(StringIO(text, newline=""), "readers.csv", known, follows)
        told = [
            f"{address or 'nobody'} follows {followed}, named {name}"
            for address, followed, name in rows
        ]
    except UsageError as refused:
        return f"refused: {refused}"
    passed = [f"passed over: {', '.join(rows.ignored)}"] if rows.ignored else []
    return "\n".join([f"with names: {rows.has_names}", *told, *passed])


STAYS = (
    " choices/for-choice.csv stays as it was; delete it if no edition is to be made for choices."
)


@pytest.mark.parametrize(
    ("text", "follows", "why"),
    [
        ("email,follows\nada@example.org,\nbob@example.org,\n", [], 'no reader follows anything, as "follows" tells it'),
        ("email,birds,roofs\nada@example.org,no,\n", [], 'no reader follows anything, as "birds", "roofs" tells it'),
        ("email,follows\n", [], "names no reader"),
        ("email\n", [], "names no reader"),
        ("email,follows\nada,birds\n,roofs\n", [], "names no reader"),
        ("email,follows,country\nada@example.org,birds,Wales\n", ["country"], 'no post is of anything that readers follow, as "country" tells it'),
    ],
    ids=["an empty column", "no ticks", "no rows", "no columns", "no addresses", "another column"],
)  # fmt: skip
def test_a_list_that_would_take_all_choices_away_is_refused(
    digest: Run, letter: Blog, text: str, follows: list[str], why: str
) -> None:
    """It is another list, or another column; every edition that is made for choices would end."""
    mapped(digest, letter)
    choices = letter.root / "choices/for-choice.csv"
    before = choices.read_bytes()
    source, target = letter.root.parent / "wrong.csv", letter.root.parent / "new.csv"
    source.write_text(text)
    asked = [word for name in follows for word in ("--follows", name)]
    refused = digest("--project", letter.root, "readers", source, "-o", target, *asked)
    hint = "See whether it is the right list, or name another column: --follows COLUMN."
    assert (refused.code, refused.err) == (2, f"error: {source}: {why}. {hint}{STAYS}\n")
    assert choices.read_bytes() == before
    assert not target.exists()


def test_choices_too_early_for_any_post_are_taken_where_there_were_none(
    digest: Run, letter: Blog
) -> None:
    text = "email,follows\nada@example.org,{}\n"
    mapped(digest, letter, text=text.format("ferns"))
    mapped(digest, letter, text=text.format("ferns; birds"))
    assert (letter.root / "choices/for-choice.csv").read_text() == "birds,ferns\n"


@pytest.mark.parametrize("way", ["readers.csv", "link.csv"])
def test_the_list_itself_is_never_written_over(digest: Run, letter: Blog, way: str) -> None:
    """What readers follow stands there, and perhaps nowhere else."""
    source, target = letter.root.parent / "readers.csv", letter.root.parent / way
    if target != source:
        target.symlink_to(source)
    refused = digest("--project", letter.root, "readers", source, "-o", target)
    assert refused.code == 2
    assert f"{target}: is the list itself" in refused.err
    assert source.read_text() == READERS


def test_a_service_is_known_however_it_is_written(digest: Run, letter: Blog) -> None:
    assert mapped(digest, letter, "Mailchimp")[0] == ["Email Address", "DIGEST"]


def test_a_list_that_is_not_there_is_told_as_that(digest: Run, letter: Blog) -> None:
    nowhere, target = letter.root.parent / "nowhere.csv", letter.root.parent / "out.csv"
    refused = digest("--project", letter.root, "readers", nowhere, "-o", target)
    assert (refused.code, refused.err) == (
        2,
        f"error: {nowhere}: cannot be read (No such file or directory). "
        "See that it is there, and that you may read it.\n",
    )
