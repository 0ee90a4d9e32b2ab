"""A blog's convention is learnt from all its posts, kept, and changes what older posts are read as."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.errors import ConfigError
from digest.workflow.gathering.collecting import collect
from digest.workflow.project import Project
from digest.workflow.telling.listing import sources
from tests.conftest import Run

CONFIGURATION = """\
[newsletter]
name = "The Letter"
[[source]]
name = "blog"
kind = "markdown"
path = "posts"
url = "https://letter.example/"
{more}
[edition.weekly]
title = "Weekly"
"""
GUESTS = ("Ada Moss", "Bo Clay", "Maria Sand", "John Xolovan", "Tevita Fifita")
TOPICS = (
    "What beds teach",
    "Rain at noon",
    "The owl and its friends",
    "Nets and ladders",
    "A year of mud",
)


def publish(root: Path, number: int, title: str) -> None:
    (root / "posts").mkdir(exist_ok=True)
    post = f"---\ntitle: {json.dumps(title)}\nauthor: Blog editor\ndate: 2026-11-{number:02d}\n---\nThe shed is full.\n"
    (root / "posts" / f"{number}.md").write_text(post)


def project(root: Path, more: str = "") -> Project:
    (root / "digest.toml").write_text(CONFIGURATION.format(more=more))
    return Project(root)


def authors(found: Project) -> dict[str, tuple[str, ...]]:
    with found.archive() as archive:
        return {post.title: post.authors for post in archive.posts()}


def test_posts_read_before_a_convention_showed_itself_are_edited_again(tmp_path: Path) -> None:
    """The first guest post of a blog is a single title; by the fourth it is a convention."""
    publish(tmp_path, 1, "Zolovan Brenkish: Why the shed is open")
    found = project(tmp_path)
    collect(found)
    assert authors(found) == {"Zolovan Brenkish: Why the shed is open": ("Blog editor",)}
    for number, (guest, topic) in enumerate(zip(GUESTS, TOPICS, strict=True), 2):
        publish(tmp_path, number, f"{guest}: {topic}")
    collect(found)
    assert authors(found)["Why the shed is open"] == ("Zolovan Brenkish",)
    (source,) = sources(found)
    assert source.posts == 6
    assert source.conventions == ("bylines: “N: T” in 6 of 6 titles",)


def test_a_convention_can_be_told_and_switched_off_without_asking_the_source(
    tmp_path: Path,
) -> None:
    for number, (guest, topic) in enumerate(zip(GUESTS, TOPICS, strict=True), 1):
        publish(tmp_path, number, f"{guest}: {topic}")
    collect(project(tmp_path))
    off = project(tmp_path, 'byline = "off"')
    (source,) = sources(off)
    assert source.conventions == ("bylines: off (set)",)
    assert set(authors(off).values()) == {("Blog editor",)}


def test_a_shape_that_does_not_exist_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no shape of a byline") as caught:
        _ = project(tmp_path, 'byline = "N - X"').config
    assert "“N – T”" in caught.value.hint or "N – T" in caught.value.hint


ABOUT = "The society of sheds keeps forty beds for whoever wants one."


def letters(root: Path, numbers: range) -> None:
    """Publish posts that all end alike."""
    (root / "posts").mkdir(exist_ok=True)
    for number in numbers:
        post = f"---\ntitle: {TOPICS[number % 5]}\ndate: 2026-11-{number:02d}\n---\n"
        own = f"{'Moss' * number} was wet.\n\n"
        (root / "posts" / f"letter-{number}.md").write_text(post + own + ABOUT)


def texts(found: Project) -> list[str]:
    with found.archive() as archive:
        return [post.text for post in archive.posts()]


def test_what_a_blog_says_under_every_post_goes_from_those_too_that_came_before(
    tmp_path: Path,
) -> None:
    letters(tmp_path, range(1, 8))
    found = project(tmp_path)
    collect(found)
    assert all(text.endswith(ABOUT) for text in texts(found))
    letters(tmp_path, range(8, 10))
    collect(found)
    assert not any(ABOUT in text for text in texts(found))
    (source,) = sources(found)
    told = "boilerplate: “The society of sheds keeps forty beds for whoever…” under 9 of 9 posts"
    assert source.conventions == (told,)


def test_what_is_said_under_every_post_can_be_left_in_without_asking_the_source(
    tmp_path: Path,
) -> None:
    letters(tmp_path, range(1, 10))
    collect(project(tmp_path))
    off = project(tmp_path, 'boilerplate = "off"')
    (source,) = sources(off)
    assert source.conventions == ("boilerplate: off (set)",)
    assert all(text.endswith(ABOUT) for text in texts(off))
    for post in (tmp_path / "posts").iterdir():
        post.unlink()
    project(tmp_path)
    collected = texts(project(tmp_path))
    assert len(collected) == 9


def test_an_issue_is_without_it_and_stays_as_it_is_when_the_blog_is_told_otherwise(
    digest: Run, tmp_path: Path
) -> None:
    letters(tmp_path, range(1, 10))
    project(tmp_path)
    letter = ("--project", tmp_path)
    digest(*letter, "build", "--date", "2026-11-09")
    (issue,) = (tmp_path / "issues").glob("2026-*")
    page = (issue / "email.html").read_bytes()
    assert b"MossMoss was wet." in page
    assert ABOUT.encode() not in page
    project(tmp_path, 'boilerplate = "off"')
    assert digest(*letter, "rebuild", "latest", "--check").code == 0
    assert (issue / "email.html").read_bytes() == page


def test_boilerplate_is_learnt_or_off(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="boilerplate") as caught:
        _ = project(tmp_path, 'boilerplate = "on"').config
    assert '"off"' in caught.value.hint


def test_sources_are_listed_before_anything_was_collected(digest: Run, tmp_path: Path) -> None:
    project(tmp_path)
    assert digest("--project", tmp_path, "sources", "--json").json == [
        {
            "source": "blog",
            "kind": "markdown",
            "posts": 0,
            "last_success_at": None,
            "last_error": None,
            "failures": 0,
            "conventions": [],
        }
    ]


def test_the_configuration_knows_every_shape() -> None:
    from digest.config.tables import BYLINE_SHAPES
    from digest.editing.byline.shapes import SHAPES

    assert {*SHAPES, "off"} == set(BYLINE_SHAPES)
