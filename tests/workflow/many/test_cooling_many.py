"""Cool-downs and former names of editions that one description makes."""

from __future__ import annotations

from tests.conftest import Blog, Run

DAILY = """
[edition."daily-{tag}"]
for_each = "tag"
since = "1 day"
"""
WEEKLY = """
[edition."weekly-{tag}"]
for_each = "tag"
since = "7 days"
min_posts = 0
cool_down = { "daily-{tag}" = "7 days" }
"""


def posts(digest: Run, blog: Blog, date: str, *options: object) -> dict[str, list[str]]:
    """Build, and return by edition the slugs of the posts."""
    answer = digest("--project", blog.root, "build", "--date", date, "--json", *options)
    assert answer.code in (0, 3), answer.err
    assert not answer.err.count("warning")
    return {
        told["edition"]: sorted(url.rstrip("/").rpartition("/")[2] for url in told["posts"])
        for told in answer.json
    }


def test_editions_of_a_pattern_leave_posts_to_those_of_another_for_the_same_tag(
    digest: Run, blog: Blog
) -> None:
    blog.configure(DAILY + WEEKLY)
    made = posts(digest, blog, "2026-10-07", "daily-birds", "daily-roofs")
    assert made == {"daily-birds": ["three"], "daily-roofs": ["three"]}
    made = posts(digest, blog, "2026-10-08", "--all")
    assert (made["weekly-birds"], made["weekly-roofs"]) == (["one"], ["two"])


def test_an_edition_leaves_posts_to_one_that_a_pattern_makes(digest: Run, blog: Blog) -> None:
    blog.configure(
        'cool_down = { "by-tag-birds" = "7 days" }\n[edition."by-tag-{tag}"]\nfor_each = "tag"\n'
    )
    made = posts(digest, blog, "2026-10-08", "--all")
    assert made == {
        "by-tag-birds": ["one", "three"],
        "by-tag-roofs": ["three", "two"],
        "weekly": ["two"],
    }


def test_the_edition_that_sent_a_post_need_not_be_made_any_more(digest: Run, blog: Blog) -> None:
    blog.configure(DAILY + WEEKLY)
    posts(digest, blog, "2026-10-07", "daily-birds")
    blog.configure(DAILY + "at_least = 9\n" + WEEKLY)
    assert posts(digest, blog, "2026-10-08", "weekly-birds") == {"weekly-birds": ["one"]}


def test_a_renamed_pattern_goes_on_where_its_former_editions_were(digest: Run, blog: Blog) -> None:
    blog.configure(DAILY.replace("1 day", "7 days"))
    assert posts(digest, blog, "2026-10-07", "daily-birds") == {"daily-birds": ["one", "three"]}
    blog.write("four", "Owls", "2026-10-08T09:00:00Z", "birds")
    renamed = DAILY.replace("1 day", "7 days").replace("daily", "news")
    blog.configure(renamed + 'was = "daily-{tag}"\n')
    assert posts(digest, blog, "2026-10-08", "news-birds") == {"news-birds": ["four"]}
    issues = digest("--project", blog.root, "issues", "--json").json
    assert {told["issue"]: told["number"] for told in issues} == {
        "2026-10-07-daily-birds": 1,
        "2026-10-08-news-birds": 2,
    }


def test_a_pattern_that_seems_to_be_renamed_is_asked_about(digest: Run, blog: Blog) -> None:
    """Its editions would begin with number 1 and send again what readers have."""
    blog.configure(DAILY.replace("1 day", "7 days"))
    posts(digest, blog, "2026-10-07", "daily-birds")
    renamed = DAILY.replace("1 day", "7 days").replace("daily", "news")
    blog.configure(renamed)
    build = ("--project", blog.root, "build", "news-birds", "--no-collect", "--date", "2026-10-08")
    refused = digest(*build)
    assert (refused.code, refused.err) == (
        1,
        'error: digest.toml: [edition.news-birds] has no issue yet, and "daily-birds", which is no '
        "longer configured, took 2 of its posts already. If it was renamed, write "
        'was = "daily-{tag}" below [edition."news-{tag}"]; if it is another one, was = "".\n',
    )
    blog.configure(renamed + 'was = ""\n')
    assert digest(*build).code == 0
