"""What a folder of posts gives, whichever tool it was written for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ConfigError, SourceError
from digest.frontmatter import split
from digest.models import Image, RawItem, SeriesPart, Term
from digest.sources.base import Batch, SourceSettings
from digest.sources.markdown.nearby import Nearby
from digest.sources.markdown.source import MarkdownSource
from digest.sources.reading import absolute, read_date, read_file, tags

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def source(path: Path, url: str = "https://garden.example/blog", **options: Any) -> MarkdownSource:
    given = SourceSettings(
        name="garden",
        kind="markdown",
        path=path,
        url=url,
        options=options,
        timezone="Europe/Copenhagen",
    )
    return MarkdownSource(given)


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def yaml(body: str = "Green.", **meta: str) -> str:
    lines = {"title": "Ferns", "date": "2026-11-22 08:00:00", **meta}
    return (
        "---\n"
        + "".join(f"{name}: {value}\n" for name, value in lines.items() if value)
        + f"---\n{body}\n"
    )


def messages(batch: Batch) -> list[str]:
    return [f"{Path(problem.where).name}: {problem.message}" for problem in batch.problems]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., RawItem]:
    """Read one post that has no problem."""

    def read(text: str, name: str = "ferns.md", **options: Any) -> RawItem:
        write(tmp_path, name, text)
        batch = source(tmp_path, **options).collect({})
        assert batch.problems == ()
        (item,) = batch.items
        return item

    return read


def test_a_post_of_hugo(read: Callable[..., RawItem]) -> None:
    item = read(
        '+++\ntitle = "Ferns & shade"\ndate = 2026-11-22T08:00:00+01:00\nlastmod = 2026-11-23\n'
        'tags = ["shade", "moss"]\ncategories = ["Growing"]\nseries = ["Sills"]\nseries_order = 3\n'
        '[cover]\nimage = "fern.jpg"\nalt = "A fern"\n+++\n# Ferns & shade\n\nSee [this](part2/).\n',
        "2026/ferns/index.md",
    )
    assert item == RawItem(
        identity="2026/ferns/index.md",
        where=item.where,
        url="https://garden.example/blog/ferns/",
        title="Ferns & shade",
        title_is_text=True,
        published_at=datetime(2026, 11, 22, 7, tzinfo=UTC),
        updated_at=datetime(2026, 11, 22, 23, tzinfo=UTC),
        tags=(Term(name="shade"), Term(name="moss")),
        categories=(Term(name="Growing"),),
        series=(SeriesPart(name="Sills", part=3),),
        summary_is_text=True,
        body='<p>See <a href="https://garden.example/blog/ferns/part2/">this</a>.</p>\n',
        image=Image(url="https://garden.example/blog/ferns/fern.jpg", alt="A fern"),
    )


def test_a_bundle_alone_is_named_by_its_own_folder(tmp_path: Path) -> None:
    bundle = tmp_path / "night-ferns"
    write(bundle, "index.md", "---\ntitle: F\ndate: 2026-11-22\n---\n![a](a.png)")
    (item,) = source(bundle).collect({}).items
    assert item.url == "https://garden.example/blog/night-ferns/"


def test_a_post_of_jekyll_has_date_and_slug_in_its_name(read: Callable[..., RawItem]) -> None:
    text = yaml(
        date="", tags="shade moss", categories="growing", last_modified_at="2026-11-23 09:00 +0100"
    )
    item = read(
        text, "_posts/2026-11-21-ferns.md", permalink="/{year}/{month}/{day}/{category}/{slug}.html"
    )
    assert item.published_at == datetime(2026, 11, 20, 23, tzinfo=UTC)
    assert item.url == "https://garden.example/blog/2026/11/21/growing/ferns.html"
    assert item.tags == (Term(name="shade"), Term(name="moss"))
    assert item.updated_at == datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_a_post_of_pelican(read: Callable[..., RawItem]) -> None:
    item = read(
        "Title: Ferns\nDate: 2026-11-22 08:00\nModified: 2026-11-23\nCategory: Growing\n"
        "Tags: quiet corners, moss\n"
        "Authors: Ada Moss, Bo Reed\nSeries: Sills\nSeries_index: 2\nLang: da\nSlug: bregner\n\nGreen.\n"
    )
    assert item.authors == ("Ada Moss", "Bo Reed")
    assert [term.name for term in item.tags] == ["quiet corners", "moss"]
    assert item.series == (SeriesPart(name="Sills", part=2),)
    assert (item.url, item.language) == ("https://garden.example/blog/bregner/", "da")


def test_a_post_of_eleventy(read: Callable[..., RawItem]) -> None:
    item = read(yaml(tags="quiet corners", permalink="/notes/ferns/index.html"))
    assert item.tags == (Term(name="quiet corners"),)
    assert item.url == "https://garden.example/blog/notes/ferns/index.html"


@pytest.mark.parametrize(
    ("written", "series"),
    [
        ("Sills", (SeriesPart(name="Sills"),)),
        ("{name: Sills, part: 2}", (SeriesPart(name="Sills", part=2),)),
        (
            "{name: Sills, part: 2b, total: 5}",
            (SeriesPart(name="Sills", part=2, total=5, label="2b"),),
        ),
        (
            "[Sills, {name: Roofs, part: 1}]",
            (SeriesPart(name="Sills"), SeriesPart(name="Roofs", part=1)),
        ),
        ("[]", ()),
        ("", ()),
        ("Sills\npart: 4", (SeriesPart(name="Sills", part=4),)),
        ("Sills\nseries_part: 2 of 3", (SeriesPart(name="Sills", part=2, total=3),)),
    ],
)
def test_a_series_is_written_in_many_ways(
    read: Callable[..., RawItem], written: str, series: tuple[SeriesPart, ...]
) -> None:
    assert read(yaml(series=written)).series == series


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("author: Ada Moss and Bo Reed", ("Ada Moss and Bo Reed",)),
        ("author: Moss, Ada", ("Moss, Ada",)),
        ("authors: [Ada Moss, {name: Bo Reed}, Ada Moss]", ("Ada Moss", "Bo Reed")),
        ("author: {name: Ada Moss, email: ada@garden.example}", ("Ada Moss",)),
        ("author:", ()),
    ],
)
def test_authors_stay_as_they_are_named(
    read: Callable[..., RawItem], written: str, authors: tuple[str, ...]
) -> None:
    name, _, value = written.partition(":")
    assert read(yaml(**{name: value or " "})).authors == authors


@pytest.mark.parametrize(
    "written",
    [
        "image: /fern.jpg\nimage_alt: A fern",
        "image: {src: /fern.jpg, alt: A fern}",
        "image: {path: /fern.jpg, alt: A fern}",
        "featured_image: /fern.jpg\nimage_alt: A fern",
        "thumbnail: /fern.jpg\nthumbnail_alt: A fern",
    ],
)
def test_the_picture_is_named_in_many_ways(read: Callable[..., RawItem], written: str) -> None:
    name, _, value = written.partition(":")
    assert read(yaml(**{name: value})).image == Image(
        url="https://garden.example/fern.jpg", alt="A fern"
    )


def test_without_a_named_picture_the_first_of_the_body_is_taken(
    read: Callable[..., RawItem],
) -> None:
    body = '<img src="p.gif" width=1 height=1>\n\n![A sill](sill.jpg)'
    assert read(yaml(body)).image == Image(
        url="https://garden.example/blog/ferns/sill.jpg", alt="A sill"
    )


def test_strings_are_plain_text_and_a_summary_is_somebodys_own(
    read: Callable[..., RawItem],
) -> None:
    item = read(yaml(title='"Pots < 20 cm &amp; *sand*"', description='"a <b>c</b>"'))
    assert (item.title, item.title_is_text) == ("Pots < 20 cm &amp; *sand*", True)
    assert (item.summary, item.summary_is_text, item.summary_is_manual) == (
        "a <b>c</b>",
        True,
        True,
    )


def test_what_an_export_left_in_a_title_or_an_excerpt_is_read(read: Callable[..., RawItem]) -> None:
    """Blogs that moved from WordPress or Drupal: coded signs in titles, HTML in excerpts."""
    item = read(
        yaml(
            title="Sheds &#8211; and &#x2019;bees&#x2019; &amp;c",
            excerpt="<p>Full of <em>bees</em>.</p>",
        )
    )
    assert item.title == "Sheds – and ’bees’ &amp;c"
    assert not item.summary_is_text
    assert read(yaml(excerpt="The <p> element is full of bees.")).summary_is_text


def test_an_html_file_passes_through(read: Callable[..., RawItem]) -> None:
    assert read(yaml("<p>*not Markdown*</p>"), "ferns.html").body == "<p>*not Markdown*</p>\n"


def test_guid_and_complete_permalink_stay_as_they_are(read: Callable[..., RawItem]) -> None:
    item = read(yaml(guid="urn:fern", permalink="https://other.example/f"), url="")
    assert (item.identity, item.url) == ("urn:fern", "https://other.example/f")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("draft: true", "is a draft"),
        ("draft: yes", "is a draft"),
        ("status: draft", "is a draft"),
        ("published: false", "published: false"),
        ("status: private", 'its status is "private"'),
        ("permalink: false", "no address"),
    ],
)
def test_what_is_not_published_is_skipped_and_named_each_time(
    tmp_path: Path, line: str, why: str
) -> None:
    name, _, value = line.partition(": ")
    write(tmp_path, "ferns.md", yaml(**{name: value}))
    batch = source(tmp_path).collect({})
    assert (batch.items, batch.skipped, batch.present) == ((), 1, frozenset())
    (message,) = messages(batch)
    assert why in message
    again = source(tmp_path).collect(batch.state)
    assert (again.skipped, again.problems) == (1, batch.problems)


@pytest.mark.parametrize(
    "text", ["", " \n\n", "<!-- to come -->\n", "---\ndate: 2026-11-22\n---\n"]
)
def test_a_file_that_says_nothing_is_no_post(tmp_path: Path, text: str) -> None:
    write(tmp_path, "empty.md", text)
    batch = source(tmp_path).collect({})
    assert (batch.items, batch.skipped) == ((), 1)
    assert messages(batch) == ["empty.md: has neither title nor text, so it is left out"]


def test_a_title_or_a_summary_is_enough(tmp_path: Path) -> None:
    """So is a heading alone, for the first draft of a post that is published too early."""
    write(tmp_path, "title.md", yaml(""))
    write(tmp_path, "summary.md", yaml("", title="", summary="Green."))
    write(tmp_path, "heading.md", "# Ferns\n")
    assert len(source(tmp_path, undated=True).collect({}).items) == 3


@pytest.mark.parametrize(
    "name", ["README.md", "readme.markdown", "README.da.md", "LICENSE.md", "CHANGELOG.md"]
)
def test_what_is_about_the_folder_is_no_post(tmp_path: Path, name: str) -> None:
    """Unless it has front matter, as a post has."""
    write(tmp_path, name, "# How to write here\n\nSlowly.\n")
    write(tmp_path, "essay.md", "# Slowly\n\nWritten without front matter.\n")
    batch = source(tmp_path, undated=True).collect({})
    assert ([item.title for item in batch.items], batch.skipped) == (["Slowly"], 1)
    assert f"{name}: is about the folder, no post: it has no front matter" in messages(batch)
    write(tmp_path, name, yaml())
    assert len(source(tmp_path, undated=True).collect(batch.state, full=True).items) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_reported_and_never_waited_for(tmp_path: Path) -> None:
    write(tmp_path, "good.md", yaml())
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "linked.md").symlink_to("pipe.md")
    batch = source(tmp_path).collect({})
    assert ([item.identity for item in batch.items], batch.skipped) == (["good.md"], 2)
    assert sorted(messages(batch)) == [
        f"{n}: is no regular file, so it is not read" for n in ("linked.md", "pipe.md")
    ]
    with pytest.raises(SourceError, match="regular"):
        read_file(tmp_path / "pipe.md", 10)


def test_links_that_lead_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    """Whoever may add a post must not publish what else lies on the machine; links within are followed."""
    write(tmp_path, "secret/key.md", yaml("SECRET"))
    write(tmp_path, "posts/good.md", yaml())
    posts = tmp_path / "posts"
    (posts / "again.md").symlink_to("good.md")
    (posts / "key.md").symlink_to(tmp_path / "secret" / "key.md")
    (posts / "deep").symlink_to("../secret")
    (tmp_path / "link").symlink_to(posts)
    for path in (posts, tmp_path / "link"):
        batch = source(path).collect({})
        assert [item.identity for item in batch.items] == ["again.md", "good.md"]
        assert (batch.skipped, batch.present) == (1, frozenset({"again.md", "good.md"}))
        out = "is a link that leads out of the source's folder, so it is not read"
        assert messages(batch) == [f"key.md: {out}", f"deep: {out}"]


def test_a_post_replaced_by_a_link_outwards_is_withdrawn(tmp_path: Path) -> None:
    write(tmp_path, "secret.md", yaml("SECRET"))
    post = write(tmp_path, "posts/ferns.md", yaml())
    state = source(post.parent).collect({}).state
    post.unlink()
    post.symlink_to(tmp_path / "secret.md")
    batch = source(post.parent).collect(state)
    assert (batch.items, batch.present) == ((), frozenset())


def test_only_files_that_are_posts_are_read(tmp_path: Path) -> None:
    for name in (
        "_index.md",
        ".hidden.md",
        "node_modules/a.md",
        ".git/b.md",
        "notes.txt",
        "_drafts/d.md",
    ):
        write(tmp_path, name, yaml())
    write(tmp_path, "deep/er/ferns.markdown", yaml())
    assert [item.identity for item in source(tmp_path).collect({}).items] == [
        "deep/er/ferns.markdown"
    ]


def test_links_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    write(tmp_path, "a/ferns.md", yaml())
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    batch = source(tmp_path).collect({})
    assert [item.identity for item in batch.items] == ["a/ferns.md"]
    assert messages(batch) == ["gone.md: unreadable: No such file or directory"]


def test_each_post_with_a_problem_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    write(tmp_path, "fence.md", "---\ntitle: A\n")
    write(tmp_path, "latin.md", b"---\ntitle: A\n---\nGr\xfcn")
    write(tmp_path, "wide.md", yaml().encode("utf-16-le"))
    write(tmp_path, "large.md", yaml("x" * 2**20))
    write(tmp_path, "nodate.md", yaml(date=""))
    write(tmp_path, "baddate.md", yaml(date="11/12/2026"))
    write(tmp_path, "no_title.md", yaml("## The *first* heading", title=""))
    write(tmp_path, "no-words.md", yaml("", title=""))
    write(tmp_path, "good.md", yaml())
    batch = source(tmp_path).collect({})
    assert sorted(messages(batch)) == [
        'baddate.md: has a date that cannot be read, so it is no post: "11/12/2026".'
        " Write it as 2026-11-23.",
        'fence.md:1: front matter is never closed. End it with a line "---".',
        "large.md: larger than 1 MB. Split it, or move it out of the folder.",
        "latin.md:4: no UTF-8 text. Save it as UTF-8.",
        "no-words.md: has neither title nor text, so it is left out",
        'no_title.md: has no title; "The first heading" is taken from the first heading',
        "nodate.md: has no date, so it is no post; give it one, or write undated = true into"
        " the source",
        "wide.md: holds NUL characters, as UTF-16 and what is no text do. Save it as UTF-8.",
    ]
    assert {item.identity for item in batch.items} == {"good.md", "no_title.md"}
    assert batch.skipped == 7


def test_without_a_url_posts_have_no_address_and_that_is_said_once(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        write(tmp_path, name, yaml(image="fern.jpg"))
    batch = source(tmp_path, url="").collect({})
    assert [(item.url, item.image) for item in batch.items] == [(None, None)] * 2
    assert len(batch.problems) == 1
    assert "no url" in batch.problems[0].message


def test_of_two_files_with_one_guid_the_first_counts(tmp_path: Path) -> None:
    write(tmp_path, "a.md", yaml(guid="x"))
    write(tmp_path, "b.md", yaml(guid="x"))
    batch = source(tmp_path).collect({})
    assert len(batch.items) == 1
    assert messages(batch) == ['b.md: has the guid of "a.md", which stays the only one']
    assert messages(source(tmp_path).collect(batch.state)) == messages(batch)


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    for name in ("a.md", "b.md", "c.md", "d.md"):
        write(tmp_path, name, yaml(guid=name[0], draft="true" if name == "d.md" else ""))
    first = source(tmp_path).collect({})
    write(tmp_path, "b.md", yaml("Greener still."))
    (tmp_path / "c.md").unlink()
    second = source(tmp_path).collect(first.state)
    assert [item.identity for item in second.items] == ["b.md"]
    assert (second.unchanged, second.skipped, second.present) == (1, 1, frozenset({"a", "b.md"}))
    assert len(source(tmp_path).collect(first.state, full=True).items) == 2


def test_changed_settings_read_everything_again(tmp_path: Path) -> None:
    write(tmp_path, "a.md", yaml())
    state = source(tmp_path).collect({}).state
    assert source(tmp_path).collect(state).unchanged == 1
    assert (
        source(tmp_path, url="https://new.example").collect(state).items[0].url
        == "https://new.example/a/"
    )
    assert source(tmp_path, permalink="/x/{slug}").collect(state).unchanged == 0
    assert source(tmp_path).collect({**state, "files": "["}).unchanged == 0


def test_a_post_that_breaks_is_not_reported_as_withdrawn(tmp_path: Path) -> None:
    write(tmp_path, "a.md", yaml(guid="fern"))
    state = source(tmp_path).collect({}).state
    write(tmp_path, "a.md", "---\ntitle: A")
    batch = source(tmp_path).collect(state)
    assert batch.present == {"fern"}
    assert messages(source(tmp_path).collect(batch.state)) == messages(batch)


def test_a_missing_folder_is_an_error_of_the_source(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such folder"):
        source(tmp_path / "posts").collect({})
    with pytest.raises(SourceError):
        source(write(tmp_path, "file", "")).collect({})


@pytest.mark.parametrize(
    "options", [{"permalink": "/{name}/"}, {"permalink": 3}, {"permalnk": "/"}]
)
def test_settings_that_cannot_be_used_are_refused(tmp_path: Path, options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match=r"digest\.toml"):
        source(tmp_path, **options)


def test_a_permalink_that_is_a_template_is_not_guessed(tmp_path: Path) -> None:
    write(tmp_path, "ferns.md", yaml(permalink='"/{{ title | slug }}/"'))
    batch = source(tmp_path).collect({})
    assert batch.items[0].url == "https://garden.example/blog/ferns/"
    assert "template" in batch.problems[0].message


@pytest.mark.parametrize("value", [2026, None, ["2026-11-22"]])
def test_what_is_no_text_is_no_date(value: object) -> None:
    assert read_date(value, COPENHAGEN) is None


@given(st.text() | st.text("0123456789-:+TZ /,.NovSun"))
@settings(max_examples=200)
def test_any_text_is_a_date_in_utc_or_none(text: str) -> None:
    found = read_date(text, COPENHAGEN)
    assert found is None or found.tzinfo is UTC


@given(st.text() | st.text("<>=\"'/ a!-&;\nscript"))
@settings(max_examples=300)
def test_reading_tags_changes_nothing_but_addresses(text: str) -> None:
    without = re.sub("href|src|cite|data", "", text)
    assert absolute(without, "https://garden.example/") == without
    for tag in tags(text):
        assert text[tag.start] == "<"
        assert text[tag.end - 1] == ">"


def test_addresses_become_absolute_and_all_else_stays() -> None:
    text = "<a href='../b?x=1&amp;y=2' title=t>é</a><a href=#n><img SRC=a.jpg srcset='a.jpg 1x, b.jpg 2x'>"
    assert absolute(f"{text}<a href=mailto:x>", "https://g.example/a/c/") == (
        "<a href='https://g.example/a/b?x=1&amp;y=2' title=t>é</a><a href=#n>"
        "<img SRC=https://g.example/a/c/a.jpg "
        "srcset='https://g.example/a/c/a.jpg 1x, https://g.example/a/c/b.jpg 2x'><a href=mailto:x>"
    )


@given(st.binary(max_size=300) | st.text("-:\n+={}[]titledateseries0123456789 ").map(str.encode))
@settings(max_examples=150)
def test_a_file_of_any_bytes_stops_nothing(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("posts")
    write(folder, "good.md", yaml())
    write(folder, "bytes.md", b"---\n" + data if len(data) % 2 else data)
    assert "good.md" in {item.identity for item in source(folder).collect({}).items}


KEYS = ["title", "date", "tags", "series", "author", "image", "draft", "permalink", "slug", "guid"]
INNER = ["name", "part", "src", "alt"]
scalars = st.none() | st.text(max_size=5) | st.integers() | st.floats() | st.booleans()
nested = st.recursive(
    scalars,
    lambda i: st.lists(i, max_size=2) | st.dictionaries(st.sampled_from(INNER), i),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(KEYS), nested))
@settings(max_examples=60)
def test_a_key_may_hold_any_value(meta: dict[str, Any]) -> None:
    document = split("x", "x.md")
    beside = Nearby(Path("/nowhere"), Path("/nowhere/x.md"))
    item = source(Path("/nowhere")).item(type(document)(meta, "x"), "x.md", beside, [])
    assert item.title


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="everything is readable here")
def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "secret.md", yaml()).chmod(0)
    batch = source(tmp_path).collect({})
    assert (messages(batch), batch.skipped) == (["secret.md: unreadable: Permission denied"], 1)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="everything is readable here")
def test_posts_of_a_folder_that_may_not_be_listed_are_not_withdrawn(tmp_path: Path) -> None:
    closed = write(tmp_path, "deep/ferns.md", yaml()).parent
    state = source(tmp_path).collect({}).state
    closed.chmod(0)
    batch = source(tmp_path).collect(state)
    closed.chmod(0o700)
    assert batch.present is None
    assert messages(batch) == ["deep: this folder cannot be listed: Permission denied"]


HIDING = (
    "private: true",
    "unlisted: yes",
    "hidden: true",
    "headless: true",
    "publish: false",
    "build: {list: never}",
    "_build: {list: never, render: never}",
    "expiryDate: 2020-01-01",
    "publishDate: 2199-01-01",
    "status: scheduled",
    "visibility: members",
    "password: fern",
    "sitemap: false\nrobots: noindex",
    "sitemap: {disable: true}\nnoindex: true",
    "sitemap: {exclude: true}\nrobots: [noindex, nofollow]",
    "isDraft: true",
    "_draft: true",
    "rss: false",
    "in_feed: no",
    "rss_exclude: true",
    "hideFromFeeds: true",
    "eleventyExcludeFromCollections: true",
    "newsletter: false",
    "isPublished: false",
    "wip: true",
    "hide: yes",
    "embargo: 2199-01-01",
    "status: in-progress",
    "status: skip",
    "state: draft",
    "access: private",
    "audience: only_paid",
    "build: {render: never}",
    "feed: {excluded: true}",
    "exclude_from_feed: true",
    "excalidraw-plugin: parsed",
    "type: page",
)


@pytest.mark.parametrize("line", HIDING)
def test_every_way_to_say_not_public_is_read(tmp_path: Path, line: str) -> None:
    write(tmp_path, "a.md", f"---\ntitle: Ferns\ndate: 2026-11-22\n{line}\n---\nGreen.")
    batch = source(tmp_path).collect({})
    assert (batch.items, batch.skipped, len(batch.problems)) == ((), 1, 1)


def test_a_post_leaves_when_its_time_is_over(tmp_path: Path) -> None:
    """Its file does not change, so that its fate may not be remembered."""
    text = "---\ntitle: Ferns\ndate: 2026-11-22\nexpiryDate: 2199-01-01\n---\nGreen."
    write(tmp_path, "a.md", text)
    garden = source(tmp_path)
    first = garden.collect({})
    assert len(first.items) == len(garden.collect(first.state).items) == 1


def test_eleventys_words_for_a_date_leave_room_for_another(read: Callable[..., RawItem]) -> None:
    """They mean the times of the file, which say nothing of the post."""
    item = read("---\ntitle: A\ndate: git Last Modified\ndatePosted: 2026-11-25\n---\nGreen.\n")
    assert item.published_at == datetime(2026, 11, 24, 23, tzinfo=UTC)


def test_a_folder_called_build_may_hold_posts(tmp_path: Path) -> None:
    """Where no generator stands beside it, the name says nothing."""
    for place in ("build", "public", "posts/dist"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / f"{Path(place).name}.md").write_text(
            f"---\ntitle: {place}\ndate: 2026-11-22\n---\nWords.\n"
        )
    assert sorted(item.title for item in source(tmp_path).collect({}).items) == [
        "build",
        "posts/dist",
        "public",
    ]
    (tmp_path / "public" / "index.html").write_text("<html><body>A front page</body></html>")
    assert sorted(item.title for item in source(tmp_path).collect({}).items) == [
        "build",
        "posts/dist",
    ]


def test_a_repository_of_a_site_holds_its_posts_alone(tmp_path: Path) -> None:
    """Layouts, output, themes, other people's files and notes of a bundle are told, and no posts."""
    write(tmp_path, "_posts/2026-11-27-ferns.md", "---\ntitle: Ferns\n---\nGreen.")
    write(tmp_path, "content/moss/index.md", "---\ntitle: Moss\ndate: 2026-11-27\n---\nSoft.")
    write(tmp_path, "content/moss/notes.md", "Loose notes.")
    write(tmp_path, "about.md", "---\ntitle: About\nlayout: page\n---\nWe are a club.")
    generated = ("_layouts", "_site/2026", "public", "themes/x/content", "scaffolds", "exampleSite")
    for place in (*generated, "src/_components", "vendor/gem", "drafts"):
        write(tmp_path, f"{place}/2026-11-27-other.md", yaml())
    write(tmp_path, "src/content/_sketch.md", "---\ntitle: Sketch\ndate: 2026-11-27\n---\nRough.")
    batch = source(tmp_path).collect({})
    assert sorted(item.title for item in batch.items) == ["Ferns", "Moss"]
    told = " ".join(messages(batch))
    for name in ("_layouts", "_site", "public", "themes", "vendor", "is a draft", "about", "notes"):
        assert name in told
    for name in ("scaffolds", "exampleSite", "_components", "_sketch"):
        assert name in told


@pytest.mark.parametrize(
    "line",
    [
        "created: {}",
        "datePublished: {}",
        "pubDatetime: {}",
        "published: {}",
        "posted: {}",
        "publication_date: {}",
        "postDate: {}",
        "first-publish-date: {}",
        "created on: {}",
    ],
)
def test_a_date_is_read_under_the_keys_of_many_generators(tmp_path: Path, line: str) -> None:
    write(
        tmp_path, "a.md", f"---\ntitle: Ferns\n{line.format('2026-11-22T08:00:00Z')}\n---\nGreen."
    )
    (item,) = source(tmp_path).collect({}).items
    assert item.published_at == datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ('author: "[[Ada Moss]]"', ("Ada Moss",)),
        ("author: Ada Moss <ada@garden.example>", ("Ada Moss",)),
        ("authors: Ada Moss; Ben Reed", ("Ada Moss", "Ben Reed")),
        ("writer: Ada Moss", ("Ada Moss",)),
        ("primary_author: {name: Ada Moss}", ("Ada Moss",)),
    ],
)
def test_authors_are_named_without_links_and_addresses(
    read: Callable[..., RawItem], line: str, authors: tuple[str, ...]
) -> None:
    assert read(f"---\ntitle: F\ndate: 2026-11-22\n{line}\n---\nGreen.").authors == authors


@pytest.mark.parametrize(
    "line",
    ['tags: "#ponds #big birds"', "keywords: [ponds, big birds]", "topics: ponds, big birds"],
)
def test_tags_stand_under_many_keys(read: Callable[..., RawItem], line: str) -> None:
    item = read(f"---\ntitle: F\ndate: 2026-11-22\n{line}\n---\nGreen.")
    assert [tag.name for tag in item.tags] == ["ponds", "big birds"]


@pytest.mark.parametrize(
    "line",
    [
        "feature_image: /h.jpg",
        "ogImage: /h.jpg",
        'cover: "[[/h.jpg]]"',
        "header: {overlay_image: /h.jpg}",
        "hero: {src: /h.jpg}",
        "banner: /h.jpg",
    ],
)
def test_a_picture_stands_under_many_keys(read: Callable[..., RawItem], line: str) -> None:
    item = read(f"---\ntitle: F\ndate: 2026-11-22\n{line}\n---\nGreen.")
    assert item.image is not None
    assert item.image.url == "https://garden.example/h.jpg"


@pytest.mark.parametrize("name", ["custom_excerpt", "abstract", "lead", "dek", "subtitle"])
def test_a_summary_stands_under_many_keys(read: Callable[..., RawItem], name: str) -> None:
    item = read(f"---\ntitle: F\ndate: 2026-11-22\n{name}: On green things.\n---\nGreen.")
    assert (item.summary, item.summary_is_manual) == ("On green things.", True)


def test_a_date_of_mkdocs_tells_two_days(read: Callable[..., RawItem]) -> None:
    item = read("---\ntitle: F\ndate:\n  created: 2026-11-20\n  updated: 2026-11-21\n---\nGreen.")
    assert (item.published_at, item.updated_at) == (
        datetime(2026, 11, 19, 23, tzinfo=UTC),
        datetime(2026, 11, 20, 23, tzinfo=UTC),
    )


@pytest.mark.parametrize("fence", [("<!--\n", "-->\n"), ("", "")])
def test_a_post_of_nikola(read: Callable[..., RawItem], fence: tuple[str, str]) -> None:
    lines = ".. title: Ferns: a start\n.. date: 2026-11-20 10:00:00 UTC+01:00\n.. tags: a, b\n"
    item = read(f"{fence[0]}{lines}{fence[1]}\nGreen.")
    assert (item.title, item.published_at, [tag.name for tag in item.tags], item.body) == (
        "Ferns: a start",
        datetime(2026, 11, 20, 9, tzinfo=UTC),
        ["a", "b"],
        "<p>Green.</p>\n",
    )


LINKS = {
    "[a](2026-11-19-moss.md)": '<a href="https://garden.example/blog/soft-moss/">a</a>',
    "[a](../notes/pond/index.md#depth)": '<a href="https://garden.example/blog/pond/#depth">a</a>',
    "[a](@/notes/pond/index.md)": '<a href="https://garden.example/blog/pond/">a</a>',
    '[a]({{< ref "moss" >}})': '<a href="https://garden.example/blog/soft-moss/">a</a>',
    "[a]({% post_url 2026-11-19-moss %})": '<a href="https://garden.example/blog/soft-moss/">a</a>',
    "[a]({filename}/posts/2026-11-19-moss.md)": (
        '<a href="https://garden.example/blog/soft-moss/">a</a>'
    ),
    "[a](../../elsewhere/lost.md)": '<a href="https://garden.example/blog/lost/">a</a>',
    "[a]({tag}ponds)": '<a href="">a</a>',
    "[a](https://other.example/x.md)": '<a href="https://other.example/x.md">a</a>',
}


@pytest.mark.parametrize("written", LINKS)
def test_a_link_to_another_posts_file_leads_to_its_page(tmp_path: Path, written: str) -> None:
    """By its path from the post or the root, or by its name; one that is not there by its name."""
    write(tmp_path, "posts/2026-11-19-moss.md", "---\ntitle: Moss\nslug: soft-moss\n---\nSoft.")
    write(tmp_path, "notes/pond/index.md", "---\ntitle: Pond\ndate: 2026-11-19\n---\nDeep.")
    write(tmp_path, "posts/2026-11-20-ferns.md", f"---\ntitle: Ferns\n---\n{written}")
    items = source(tmp_path).collect({}).items
    (ferns,) = (item for item in items if item.title == "Ferns")
    assert ferns.body == f"<p>{LINKS[written]}</p>\n"


def test_tables_of_zola_and_hugo_hold_keys_of_the_post(tmp_path: Path) -> None:
    head = 'title = "Ferns"\ndate = 2026-11-22\n[taxonomies]\ntags = ["#moss", "fern"]\n[params]\n'
    write(tmp_path, "a.md", f'+++\n{head}author = "Ada Moss, Ben Reed and Cy Lane"\n+++\nGreen.')
    (item,) = source(tmp_path).collect({}).items
    assert [term.name for term in item.tags] == ["moss", "fern"]
    assert item.authors == ("Ada Moss", "Ben Reed", "Cy Lane")


def test_an_export_of_medium_tells_its_facts_in_its_pages(tmp_path: Path) -> None:
    page = (
        '<html><head><style>p{{}}</style></head><body><article class="h-entry">'
        '<h1 class="p-name">Ferns</h1><section class="e-content"><p>Green.</p></section>'
        '<footer><p>By <a class="p-author h-card">Ada Moss</a>'
        '<time class="dt-published" datetime="2026-11-22T08:00:00.000Z">x</time></p>'
        '<a class="p-canonical" href="https://medium.com/@ada/ferns">Canonical link</a>'
        "<p>Exported from Medium</p></footer></article></body></html>"
    )
    write(tmp_path, "2026-11-22_Ferns-1.html", page)
    write(tmp_path, "draft_Secret-2.html", page)
    (item,) = source(tmp_path).collect({}).items
    assert (item.title, item.authors, item.url) == (
        "Ferns",
        ("Ada Moss",),
        "https://medium.com/@ada/ferns",
    )
    assert item.body == "<p>Green.</p>"


def test_an_export_of_substack_tells_its_facts_in_a_table(tmp_path: Path) -> None:
    rows = (
        "post_id,post_date,is_published,title,audience,type",
        "1.ferns,2026-11-22T08:00:00.000Z,true,Ferns & moss,everyone,newsletter",
        "2.paid,2026-11-22T08:00:00.000Z,true,Paid,only_paid,newsletter",
        "3.draft,,false,Draft,everyone,newsletter",
        "5.about,2026-11-22T08:00:00.000Z,true,About,everyone,page",
        "6.ask,2026-11-22T08:00:00.000Z,true,What do you grow?,everyone,thread",
    )
    write(tmp_path, "posts.csv", "\n".join(rows))
    for name in ("1.ferns", "2.paid", "3.draft", "4.unknown", "5.about", "6.ask"):
        write(tmp_path, f"posts/{name}.html", "<p>Green.</p>")
    batch = source(tmp_path).collect({})
    (item,) = batch.items
    assert (item.title, item.published_at) == (
        "Ferns & moss",
        datetime(2026, 11, 22, 8, tzinfo=UTC),
    )
    assert batch.skipped == 5


def git(folder: Path, *command: str, dated: str = "2026-11-20T08:00:00+00:00") -> None:
    """Run git in a folder at some date."""
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@a", "GIT_COMMITTER_NAME": "A"}
    when = {"GIT_AUTHOR_DATE": dated, "GIT_COMMITTER_DATE": dated, "GIT_COMMITTER_EMAIL": "a@a"}
    subprocess.run(
        ["git", "-c", "commit.gpgsign=false", *command],
        cwd=folder,
        env={**os.environ, **who, **when},
        check=True,
        capture_output=True,
    )


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_a_first_commit_dates_a_post_that_does_not_and_is_told(tmp_path: Path) -> None:
    """A later change or another name moves it no more; what was never committed has no date."""
    posts = tmp_path / "content"
    posts.mkdir()
    (posts / "ferns.md").write_text("---\ntitle: Ferns\n---\nGreen words about ferns.\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "Ferns", dated="2026-11-20T08:00:00+01:00")
    git(tmp_path, "mv", "content/ferns.md", "content/féren.md")
    git(tmp_path, "commit", "-qm", "Move", dated="2026-11-25T08:00:00+00:00")
    (posts / "about.md").write_text("---\ntitle: About\n---\nWe are.\n")
    batch = source(posts).collect({})
    (item,) = batch.items
    assert item.published_at == datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
    assert any("first commit counts, 2026-11-20" in problem.message for problem in batch.problems)
    assert any("has no date, so it is no post" in problem.message for problem in batch.problems)


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_a_history_that_is_cut_off_dates_nothing(tmp_path: Path) -> None:
    """Every old page would be news of the day of the cut."""
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    whole.mkdir()
    git(whole, "init", "-q")
    for name in ("ferns", "moss"):
        (whole / f"{name}.md").write_text(f"---\ntitle: {name}\n---\nWords.\n")
        git(whole, "add", ".")
        git(whole, "commit", "-qm", name)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{whole}", str(cut))
    assert source(cut).collect({}).items == ()


@pytest.mark.parametrize(
    "mark", ["<!--more-->", "<!-- more -->", "<!-- excerpt -->", "<!-- truncate -->"]
)
def test_the_mark_of_a_generator_ends_the_excerpt(read: Callable[..., RawItem], mark: str) -> None:
    item = read(yaml(f"Green & soft.\n\n{mark}\n\nAll the rest."))
    assert (item.summary.strip(), item.summary_is_manual) == ("<p>Green &amp; soft.</p>", True)
    told = read(yaml(f"Green.\n\n{mark}\n\nRest.", summary="On ferns."))
    assert told.summary == "On ferns."


def test_posts_of_astro_and_docusaurus_are_read(read: Callable[..., RawItem]) -> None:
    body = "import Chart from './chart'\n\nGreen.{/* secret */}\n\n<Chart data={x} />\n"
    item = read(yaml(body), name="ferns.mdx")
    assert item.title == "Ferns"
    assert "import" not in item.body
    assert "secret" not in item.body
