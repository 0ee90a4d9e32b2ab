"""A fault that nobody foresaw stays with its post, source or edition, and is told with its place."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml.html import tostring

from digest.editing import convention
from digest.editing import edit as editing
from digest.sources.feed import source as feed
from digest.sources.feed import xml
from digest.sources.markdown import MarkdownSource
from digest.sources.page import element, listing
from digest.sources.wordpress import posts
from digest.workflow.gathering import collecting, conventions
from digest.workflow.gathering.again import edit_again
from digest.workflow.gathering.collecting import collect
from digest.workflow.many import chunks
from digest.workflow.project import Project
from tests.sources.faulty_server import FaultyServer

CONFIGURATION = """\
[newsletter]
name = "The Letter"
[[source]]
name = "blog"
kind = "markdown"
path = "posts"
url = "https://letter.example/"
[[source]]
name = "notes"
kind = "markdown"
path = "notes"
url = "https://letter.example/"
[edition.weekly]
[edition.daily]
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "digest.toml").write_text(CONFIGURATION)
    for folder, names in (("posts", ("Ferns", "Moss", "Bark")), ("notes", ("Rain",))):
        (tmp_path / folder).mkdir()
        for name in names:
            text = f"---\ntitle: {name}\ndate: 2026-11-22\n---\nWords on {name}.\n"
            text += f"See [more](https://{name.lower()}ö.example/).\n"
            (tmp_path / folder / f"{name}.md").write_text(text)
    return Project(tmp_path)


def titles(project: Project) -> list[str]:
    with project.archive() as archive:
        return sorted(post.title for post in archive.posts())


def broken(real: Callable[..., Any], is_bad: Callable[..., bool]) -> Callable[..., Any]:
    """Return a function with a bug: it fails for some of its arguments."""

    def call(*args: Any, **options: Any) -> Any:
        if is_bad(*args):
            raise ZeroDivisionError("a bug")
        return real(*args, **options)

    return call


@pytest.mark.parametrize("stage", ["read", "keep", "edit", "look", "print", "store"])
def test_a_surprise_in_one_post_leaves_its_neighbours_stored(
    project: Project, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    from digest.archive import rows
    from digest.archive.writing import Writer
    from digest.workflow.gathering import homographs

    place, name, is_bad = {
        "read": (MarkdownSource, "item", lambda _, __, name, *rest: name == "Moss.md"),
        "keep": (MarkdownSource, "_taken", lambda _, __, name, *rest: name == "Moss.md"),
        "edit": (editing, "edit", lambda item, *_: item.title == "Moss"),
        "look": (homographs, "_is_suspicious", lambda label: label.startswith("moss")),
        "print": (rows, "fingerprint", lambda item: item.title == "Moss"),
        "store": (Writer, "_insert", lambda _, item, *rest: item.title == "Moss"),
    }[stage]
    monkeypatch.setattr(place, name, broken(getattr(place, name), is_bad))

    blog, notes = collect(project)

    assert titles(project) == ["Bark", "Ferns", "Rain"], blog
    assert (blog.status, blog.new, notes.status, notes.new) == ("ok", 2, "ok", 1)
    [problem] = blog.problems
    assert problem.where.endswith("Moss.md")
    assert "ZeroDivisionError" in problem.message
    assert "report" in problem.message
    assert "Traceback" in problem.trace

    monkeypatch.undo()
    blog, _ = collect(project)
    assert titles(project) == ["Bark", "Ferns", "Moss", "Rain"], "a mended post is read again"
    assert (blog.new, blog.withdrawn) == (1, 0)


@pytest.mark.parametrize("is_again", [False, True])
def test_a_surprise_in_what_titles_have_in_common_leaves_all_posts_stored(
    project: Project, monkeypatch: pytest.MonkeyPatch, is_again: bool
) -> None:
    """What was learnt before goes on counting, whether posts are new or edited again."""
    if is_again:
        collect(project)
        (project.root / "digest.toml").write_text(
            CONFIGURATION + '[editing]\noff = ["link-tracking"]\n'
        )
    is_bad = broken(convention.learn, lambda seen, *_: any(s.title == "Moss" for s in seen))
    monkeypatch.setattr(convention, "learn", is_bad)
    blog, notes = collect(Project(project.root))
    assert titles(project) == ["Bark", "Ferns", "Moss", "Rain"]
    assert (blog.status, notes.problems) == ("ok", ())
    [problem] = blog.problems
    assert problem.where == 'the habits of source "blog"'
    assert "Traceback" in problem.trace


def test_a_file_at_fault_takes_down_none_that_links_to_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.root / "posts" / "Ferns.md").write_text(
        "---\ntitle: Ferns\ndate: 2026-11-22\n---\nSee [moss](Moss.md).\n"
    )
    is_bad = broken(
        MarkdownSource.item, lambda _, head, name, *rest: head.meta and name == "Moss.md"
    )
    monkeypatch.setattr(MarkdownSource, "item", is_bad)
    collect(project)
    assert titles(project) == ["Bark", "Ferns", "Rain"]


def test_a_surprise_in_one_source_fails_it_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = MarkdownSource.collect
    monkeypatch.setattr(
        MarkdownSource, "collect", broken(real, lambda self, *_: self._settings.name == "blog")
    )
    blog, notes = collect(project)
    assert (blog.status, notes.status, notes.new) == ("failed", "ok", 1)
    assert "Traceback" in blog.problems[0].trace


def test_the_traceback_is_shown_with_verbose_alone_and_the_command_ends_with_five(
    project: Project, monkeypatch: pytest.MonkeyPatch, digest: Any
) -> None:
    real = MarkdownSource.collect
    is_bad = broken(real, lambda self, *_: self._settings.name == "blog")
    monkeypatch.setattr(MarkdownSource, "collect", is_bad)
    brief = digest("--project", project.root, "collect", "--json")
    assert brief.code == 5
    assert "Traceback" not in brief.err
    assert {"where", "message"} == set(json.loads(brief.out)[0]["problems"][0])
    assert "Traceback" in digest("--project", project.root, "--verbose", "collect").err


def test_a_surprise_in_one_edition_leaves_the_others_built(
    project: Project, monkeypatch: pytest.MonkeyPatch, digest: Any
) -> None:
    is_bad = broken(chunks.building, lambda _, edition, *rest: edition.name == "weekly")
    monkeypatch.setattr(chunks, "building", is_bad)
    ended = digest("--project", project.root, "build", "--all", "--date", "2026-11-23")
    assert ended.code == 1
    assert "[edition.weekly]: an unforeseen fault (ZeroDivisionError: a bug)" in ended.err
    assert "Traceback" not in ended.err
    assert (project.root / "issues" / "2026-11-23-daily" / "email.html").exists()


@pytest.mark.parametrize(
    ("kind", "stage"),
    [
        ("feed", (feed, "_why_left_out")),
        ("feed", (feed, "lacks")),
        ("page", (element, "read")),
        ("page", (listing, "identity")),
        ("wordpress", (posts, "embedded_terms")),
        ("wordpress", (posts, "read_post")),
    ],
)
def test_a_post_of_a_server_that_cannot_be_read_comes_with_the_version_that_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, stage: tuple[Any, str]
) -> None:
    """Though the server says meanwhile that nothing has changed."""

    def is_moss(post: Any, *_: Any) -> bool:
        text = tostring(post) if hasattr(post, "iter") else str(post)
        return "Moss" in str(text)

    place, name = stage
    with FaultyServer() as server, monkeypatch.context() as patch:
        made = served(tmp_path, server, kind)
        patch.setattr(place, name, broken(getattr(place, name), is_moss))
        [report] = collect(made)
        assert report.status == "ok"
        assert "Ferns" in titles(made)
        assert any("Traceback" in problem.trace for problem in report.problems)
        patch.undo()
        patch.setattr(collecting, "__version__", "999")
        collect(made)
        assert titles(made) == ["Ferns", "Moss"]


@pytest.mark.parametrize("kind", ["feed", "wordpress", "page"])
def test_a_post_of_a_server_that_could_not_be_edited_is_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """What the server was remembered by is not kept while one of its posts is left out."""
    with FaultyServer() as server, monkeypatch.context() as patch:
        made = served(tmp_path, server, kind)
        patch.setattr(editing, "edit", broken(editing.edit, lambda item, *_: "Moss" in item.title))
        [report] = collect(made)
        assert (report.status, report.skipped, titles(made)) == ("ok", 1, ["Ferns"])
        patch.undo()
        collect(made)
        assert titles(made) == ["Ferns", "Moss"]


def served(root: Path, server: FaultyServer, kind: str) -> Project:
    """Return a project whose one source is a server."""
    host = f"127.0.0.1:{server.port}"
    address = {"feed": "feed", "wordpress": "wp-json/", "page": "page"}[kind]
    (root / "digest.toml").write_text(
        f'[newsletter]\nname = "N"\n[fetching]\nallow_private = ["{host}"]\n'
        f'[[source]]\nname = "blog"\nkind = "{kind}"\nurl = "http://{host}/{address}"\n'
        "[edition.weekly]\n"
    )
    return Project(root)


def test_an_entry_of_a_feed_that_cannot_be_read_leaves_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from zoneinfo import ZoneInfo

    from digest.fetching import Response
    from digest.sources.feed.source import read_feed

    monkeypatch.setattr(xml, "_series", broken(xml._series, lambda entry: entry["title"] == "B"))
    posts = "".join(
        f"<item><title>{n}</title><link>https://a.example/{n}</link></item>" for n in "ABC"
    )
    body = f'<rss version="2.0"><channel>{posts}</channel></rss>'.encode()
    batch = read_feed(
        Response(url="https://a.example/feed", status=200, body=body), ZoneInfo("UTC")
    )
    assert [item.title for item in batch.items] == ["A", "C"]
    assert any(problem.trace for problem in batch.problems)


@pytest.mark.parametrize(
    "text",
    [
        '---\ntitle: !!int ""\n---\n',
        '---\ntitle: !!float ""\n---\n',
        '---\ntitle: !!timestamp ""\n---\n',
        '---\ntitle: !!binary "é"\n---\n',
        "---\n%TAG ! x\n---\ntitle: A\n",
        "---\n%YAML 9.9\n---\ntitle: A\n",
        "---\ntitle: A\nweight: " + "9" * 5000 + "\n---\nWords.\n",
        "---\ntitle: 0x" + "f" * 5000 + "\n---\nWords.\n",
        "---\n0o" + "7" * 5000 + ": A\n---\nWords.\n",
        "+++\ntitle = 0x" + "f" * 5000 + "\n+++\nWords.\n",
        "+++\na = " + "{b = " * 150 + "1" + "}" * 150 + "\n+++\nWords.\n",
        '---\ntitle: "\\ud83c"\n---\nWords.\n',
        '---json\n{"title": "\\ud83c\\udf31", "n": ' + "9" * 5000 + "}\n---\nWords.\n",
        "+++\ntitle = 9" + "9" * 5000 + "\n+++\nWords.\n",
        "Title: A\n\nWords.\n",
    ],
)
def test_odd_front_matter_is_at_most_a_problem_of_its_file(project: Project, text: str) -> None:
    (project.root / "posts" / "odd.md").write_text(text)
    blog, _ = collect(project)
    assert blog.status == "ok"
    assert {"Bark", "Ferns", "Moss"} <= set(titles(project))
    assert not any(problem.trace for problem in blog.problems), "it was foreseen"


def test_an_emoji_that_was_escaped_in_two_halves_is_read_as_one(project: Project) -> None:
    text = '---\ntitle: "Spring \\ud83c\\udf31"\ndate: 2026-11-22\n---\nWords.\n'
    (project.root / "posts" / "spring.md").write_text(text)
    collect(project)
    assert "Spring 🌱" in titles(project)


@pytest.mark.skipif(sys.platform == "darwin", reason="its disks hold no such names")
def test_a_file_name_that_is_not_utf_8_is_read_and_can_be_printed(
    project: Project, digest: Any
) -> None:
    name = os.fsencode(project.root / "posts") + b"/caf\xe9.md"
    Path(os.fsdecode(name)).write_text("---\ndate: 2026-11-22\n---\nWords.\n")
    ended = digest("--project", project.root, "collect", "--json")
    assert ended.code == 0
    assert json.loads(ended.out)[0]["new"] == 4


def test_a_source_that_comes_while_the_archive_is_edited_again_is_left_to_who_brought_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The preview edits again what a collect in another process is adding to."""
    collect(project)
    learn = conventions.learn_all_again

    def learn_before_notes_came(*asked: Any) -> dict[str, Any]:
        return {name: known for name, known in learn(*asked).items() if name != "notes"}

    monkeypatch.setattr(conventions, "learn_all_again", learn_before_notes_came)
    with project.archive() as archive:
        archive.editing_key = ""
        assert edit_again(project, archive)
        assert {name for name, _ in archive.sources()} == {"blog", "notes"}
