"""From a blog's address to this week's email, as an editor goes it: real sockets, the real command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from pytest_httpserver import HTTPServer

from tests.conftest import Run
from tests.sources.wordpress.wordpress_site import WordPressSite

WEEK = datetime(2026, 10, 5, 9, tzinfo=UTC)
LETTER = "2026-10-11-weekly"


@pytest.fixture
def site(httpserver: HTTPServer) -> WordPressSite:
    """A blog with three posts in one week, one of them behind a password."""
    site = WordPressSite(httpserver)
    site.add(
        "Salt &amp; sand. By Zo&euml; Hazelhurst",
        published_at=WEEK,
        tags=("soil",),
        excerpt="<p>Of pots. [&hellip;]</p>",
    )
    site.add(
        "Second &lt;b&gt; thoughts", published_at=WEEK + timedelta(days=1), tags=("soil", "bees")
    )
    site.add(
        "For members", published_at=WEEK + timedelta(days=2), password="bench", body="MEMBERS-ONLY"
    )
    return site


@pytest.fixture(autouse=True)
def sunday() -> object:
    with time_machine.travel(datetime(2026, 10, 11, 18, tzinfo=UTC)) as traveller:
        yield traveller


@pytest.fixture
def root(digest: Run, site: WordPressSite, tmp_path: Path) -> Path:
    """Return the project that `init` makes of the blog."""
    made = digest("init", tmp_path / "letter", "--from", site.url)
    assert made.code == 0, made.err
    return tmp_path / "letter"


def test_init_finds_the_blog_and_the_first_build_makes_an_issue(digest: Run, root: Path) -> None:
    config = (root / "digest.toml").read_text()
    assert 'kind = "wordpress"' in config
    assert 'name = "The Potting Bench & Friends"' in config
    assert 'timezone = "Europe/Copenhagen"' in config

    collected = digest("--project", root, "collect", "--json")
    assert collected.code == 0
    assert (collected.json[0]["new"], collected.json[0]["skipped"]) == (2, 1)

    (built,) = digest("--project", root, "build", "--json").json
    assert (built["issue"], built["status"], len(built["posts"])) == (LETTER, "built", 2)
    folder = root / "issues" / LETTER
    html = (folder / "email.html").read_text()
    assert "Salt &amp; sand" in html
    assert "Second &lt;b&gt; thoughts" in html
    assert "Zo&#235; Hazelhurst" in html
    assert all(b"MEMBERS-ONLY" not in file.read_bytes() for file in folder.iterdir())

    text = (folder / "email.txt").read_text()
    assert "\nSalt & sand\n" in text
    assert json.loads((folder / "issue.json").read_text())["issue"]["number"] == 1


def test_building_twice_changes_nothing_on_disk(digest: Run, root: Path, sunday) -> None:  # type: ignore[no-untyped-def]
    digest("--project", root, "build")
    before = {path: path.read_bytes() for path in (root / "issues" / LETTER).iterdir()}
    sunday.shift(timedelta(hours=2))
    (again,) = digest("--project", root, "build", "--json").json
    assert again["status"] == "unchanged"
    assert before == {path: path.read_bytes() for path in (root / "issues" / LETTER).iterdir()}


def test_a_week_later_only_new_and_late_posts_come(
    digest: Run, site: WordPressSite, root: Path, sunday
) -> None:  # type: ignore[no-untyped-def]
    """Nothing is sent twice, and a post that was backdated into last week is not lost."""
    digest("--project", root, "build")
    late = site.add("Backdated", published_at=WEEK + timedelta(days=3))
    site.edit(late.id, WEEK + timedelta(days=8))
    site.add("Brand new", published_at=WEEK + timedelta(days=9))
    site.edit(101, WEEK + timedelta(days=9), body="<p>Rewritten.</p>")
    sunday.move_to(datetime(2026, 10, 18, 18, tzinfo=UTC))
    (built,) = digest("--project", root, "build", "--json").json
    assert [url.rsplit("/", 2)[-2] for url in built["posts"]] == ["brand-new", "backdated"]
    assert built["number"] == 2
    html = (root / "issues" / "2026-10-18-weekly" / "email.html").read_text()
    assert "Missed last time" in html


def test_a_withdrawn_post_leaves_the_draft(digest: Run, site: WordPressSite, root: Path) -> None:
    digest("--project", root, "build")
    site.withdraw(102)
    (built,) = digest("--project", root, "build", "--json").json
    assert (built["status"], len(built["posts"])) == ("built", 1)


def test_a_site_that_is_down_fails_alone_and_the_archive_still_builds(
    digest: Run, site: WordPressSite, root: Path
) -> None:
    digest("--project", root, "collect")
    site.closed = 503
    config = root / "digest.toml"
    config.write_text(
        config.read_text() + "[fetching]\n"
    ) if "[fetching]" not in config.read_text() else None
    answer = digest("--project", root, "build", "--json")
    assert (answer.code, answer.json[0]["status"]) == (5, "built")
    assert "blog: " in answer.err


def test_the_same_blog_through_its_feed_is_never_sent_again(
    digest: Run, site: WordPressSite, root: Path
) -> None:
    """Two sources bring the same posts under different identities; readers see each once."""
    config = root / "digest.toml"
    config.write_text(
        config.read_text().replace(
            "[edition.weekly]",
            f'[[source]]\nname = "feed"\nkind = "feed"\nurl = "{site.url}/feed/"\n\n[edition.weekly]',
        )
    )
    (built,) = digest("--project", root, "build", "--json").json
    assert len(built["posts"]) == len(set(built["posts"])) == 2
    assert len(digest("--project", root, "posts", "--json").json) == 2


def test_an_approved_issue_can_be_made_again_from_its_record_alone(digest: Run, root: Path) -> None:
    config = root / "digest.toml"
    said = config.read_text().replace('sender = ""', 'sender = "The Bench <letters@bench.example>"')
    said = said.replace('address = ""', 'address = "12 Bench Lane, Dunfold"')
    config.write_text(said.replace('unsubscribe = ""', 'unsubscribe = "https://bench.example/bye"'))
    digest("--project", root, "build")
    assert digest("--project", root, "approve", "latest").code == 0
    folder = root / "issues" / LETTER
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for name in ("email.html", "email.txt", "web.html", "message.eml"):
        (folder / name).unlink()
    (root / ".digest" / "archive.db").unlink()
    assert digest("--project", root, "rebuild", "latest", "--check").code == 4
    made = digest("--project", root, "rebuild", "latest")
    assert made.code == 0
    assert "made again: email.html, email.txt, message.eml, web.html" in made.out
    assert "every file is as" in digest("--project", root, "rebuild", "latest").out
    assert digest("--project", root, "rebuild", "latest", "--check").code == 0
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_lost_archive_makes_nothing_late_and_sends_nothing_twice(
    digest: Run, site: WordPressSite, root: Path, sunday
) -> None:  # type: ignore[no-untyped-def]
    config = root / "digest.toml"
    config.write_text(config.read_text().replace('# tags = ["leadership"]', 'tags = ["bees"]'))
    digest("--project", root, "build")
    (root / ".digest" / "archive.db").unlink()
    site.add("New bees", published_at=WEEK + timedelta(days=9), tags=("bees",))
    sunday.move_to(datetime(2026, 10, 18, 18, tzinfo=UTC))
    (built,) = digest("--project", root, "build", "--json").json
    assert [url.rsplit("/", 2)[-2] for url in built["posts"]] == ["new-bees"]


def test_why_tells_of_sent_waiting_and_refused_posts(digest: Run, root: Path) -> None:
    digest("--project", root, "build")
    (post,) = [
        p for p in digest("--project", root, "posts", "--json").json if p["title"] == "Salt & sand"
    ]
    (reason,) = digest("--project", root, "why", post["url"], "--json").json
    assert (reason["edition"], reason["verdict"]) == ("weekly", "chosen")
    assert LETTER in reason["detail"]
    assert set(reason) == {"edition", "verdict", "rule", "detail"}
    unknown = digest("--project", root, "why", post["url"].replace("salt", "slat"))
    assert unknown.code == 2
    assert post["url"] in unknown.err


def test_export_speaks_the_dialect_of_any_service(digest: Run, root: Path) -> None:
    digest("--project", root, "build")
    assert "*|UNSUB|*" in digest("--project", root, "export", "latest", "--for", "mailchimp").out
    assert (
        "{{ UnsubscribeURL }}"
        in digest("--project", root, "export", "latest", "--for", "listmonk").out
    )
    assert (
        "Known services: "
        in digest("--project", root, "export", "latest", "--for", "carrier-pigeon").err
    )
