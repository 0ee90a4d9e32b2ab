"""`export`: an issue as each mailing service wants it pasted, its text and a zip of both."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZipFile

import pytest

from digest.dialects import DIALECTS
from digest.issue.folder import IssueFolders
from digest.rendering.page.slots import slot_values
from tests.conftest import Blog, Run

# In either case of letters: not every service cares.
OPENERS = sorted(
    {
        written
        for dialect in DIALECTS.values()
        for opener in dialect.openers
        for written in (opener, opener.swapcase())
    }
)
TITLE = f"How to write {' '.join(OPENERS)} in a letter"
POST = f"""---
title: '{TITLE.replace("'", "''")}'
date: 2026-10-05
image: https://garden.example/hill.jpg
---
Some words about it, with `{" ".join(OPENERS)}` among them.
"""


@pytest.fixture
def export(digest: Run, blog: Blog) -> Run:
    """Return what exports the blog's issue, in which a post says what services take for tags."""
    (blog.root / "posts" / "tags.md").write_text(POST)
    assert digest("--project", blog.root, "build", "--date", "2026-10-06").code == 0
    return lambda *words: digest("--project", blog.root, "export", "latest", *words)


def test_the_latest_of_several_issues_of_a_day_is_the_one_built_last_and_it_is_said_which(
    digest: Run, blog: Blog
) -> None:
    blog.configure('[edition.daily]\ntags = ["birds"]\n')
    at = ("--project", blog.root)
    for edition in ("weekly", "daily"):
        assert digest(*at, "build", edition, "--date", "2026-10-11").code == 0
    exported = digest(*at, "export", "latest", "--for", "plain")
    assert exported.err == "The latest issue is 2026-10-11-daily.\n"
    shown = digest(*at, "preview", "latest", "--static", blog.root / "pages")
    assert shown.err == "Showing 2026-10-11-daily.\n"
    named = digest(*at, "diff", "2026-10-11-weekly", "latest", "--json").json
    assert (named["a"], named["b"]) == ("2026-10-11-weekly", "2026-10-11-daily")
    for words in (["check"], ["rebuild", "latest"], ["approve", "latest"]):
        assert "2026-10-11-daily: " in digest(*at, *words).out


@pytest.mark.parametrize("service", sorted(DIALECTS))
def test_both_parts_hold_the_services_own_way_out_and_no_other_tag(
    export: Run, blog: Blog, service: str
) -> None:
    known = DIALECTS[service]
    issue = IssueFolders(blog.root / "issues").read("2026-10-06-weekly").issue
    for words in ((), ("--text",)):
        values = slot_values(known, issue, "text" if words else "html").values()
        tags = [value.value for value in values if value.kind == "slot"]
        page = export("--for", service, *words).out
        way_out = slot_values(known, issue)["unsubscribe"].value
        assert way_out in page
        assert "in a letter" in " ".join(page.split())
        bare = page.replace(known.required, "") if known.required else page
        for tag in (*tags, *known.text_tags.values()):
            bare = bare.replace(tag, "")
        # what a post says of tags is there to be read, and none of it is one
        told = bare.casefold()
        assert not [opener for opener in known.openers if f"{opener.casefold()} " in told]


def test_the_text_is_the_one_of_the_issue_in_another_dialect(export: Run, blog: Blog) -> None:
    own = (blog.root / "issues" / "2026-10-06-weekly" / "email.txt").read_text()
    assert export("--for", "plain", "--text").out == own
    text = export("--for", "mailchimp", "--text").out
    assert "<" not in text.replace("<@", "").replace("<%", "").replace("<#", "")
    assert "*|UNSUB|*" in text


@pytest.mark.parametrize("service", ["mailchimp", "sendy", "constantcontact"])
def test_a_zip_holds_both_parts_and_names_the_pictures(
    export: Run, tmp_path: Path, service: str
) -> None:
    packed = tmp_path / "issue.zip"
    assert export("--for", service, "--zip", "-o", packed).code == 0
    with ZipFile(io.BytesIO(packed.read_bytes())) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert sorted(files) == ["email.html", "email.txt", "pictures.txt"]
    assert files["email.html"] == export("--for", service).out
    assert files["email.txt"] == export("--for", service, "--text").out
    assert files["pictures.txt"].splitlines() == ["https://garden.example/hill.jpg"]


def test_the_same_issue_gives_the_same_zip(export: Run, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        export("--for", "sendy", "--zip", "-o", tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_zip_is_not_printed_and_holds_the_text_anyway(export: Run) -> None:
    assert "Name its file" in export("--for", "sendy", "--zip").err
    assert export("--for", "sendy", "--zip", "--text", "-o", "x.zip").code == 2


RECORD = [
    "digest.toml",
    "issues/2026-10-06-weekly/email.html",
    "issues/2026-10-06-weekly/issue.json",
    "issues/2026-10-06-weekly/approval.json",
    "issues/index.html",
]


@pytest.mark.parametrize("place", RECORD)
def test_nothing_is_exported_over_the_record(export: Run, blog: Blog, place: str) -> None:
    """An issue that is sealed would be another one, and a project without its digest.toml none."""
    (blog.root / "away").symlink_to(blog.root)
    path = blog.root / place
    before = path.read_bytes() if path.exists() else None
    for way in (path, blog.root / "away" / place):
        refused = export("--for", "mailchimp", "-o", str(way))
        assert refused.code == 2
        assert f"{way}: would be written over, and is part of the project's record" in refused.err
    assert (path.read_bytes() if path.exists() else None) == before


def test_an_export_may_lie_beside_the_record(export: Run, blog: Blog) -> None:
    folder = blog.issue("2026-10-06-weekly")
    for name in ("mailchimp.html", "away/email.html"):
        (folder / name).parent.mkdir(exist_ok=True)
        for _ in range(2):
            assert export("--for", "mailchimp", "-o", str(folder / name)).code == 0


def test_no_pages_are_written_over_the_list_of_issues(export: Run, blog: Blog, digest: Run) -> None:
    """The one that is published, which the preview's own page would take the place of."""
    issues = blog.root / "issues"
    refused = digest("--project", blog.root, "preview", "--static", issues)
    assert refused.code == 2
    assert f"{issues / 'index.html'}: would be written over" in refused.err
    assert not (issues / "views").exists()
