"""The command line: what goes to stdout, what to stderr, and how each command ends."""

from __future__ import annotations

import importlib
import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from digest.cli import COMMANDS
from tests.conftest import Blog, Run

DATE = "2026-10-08"


def test_every_command_has_help_with_an_example(digest: Run) -> None:
    for name, (folder, first_line) in COMMANDS.items():
        answer = digest(name, "--help")
        assert answer.code == 0
        assert re.search(rf"Examples?:\n  +digest {name}\b.*\n", answer.out), name
        command = importlib.import_module(f"digest.cli.{folder}.{name}").command
        assert command.get_short_help_str(100).rstrip(".") == first_line.rstrip("."), name


def test_help_lists_every_command(digest: Run) -> None:
    answer = digest("--help")
    assert answer.code == 0
    assert all(f"  {name} " in answer.out for name in COMMANDS)


def test_help_imports_no_room_beyond_the_command_line() -> None:
    script = "import sys; from digest.cli import main\ntry: main(['--help'])\nexcept SystemExit: print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout
    heavy = {"msgspec", "jinja2", "rich", "sqlite3", "httpx2", "digest.models", "premailer", "lxml"}
    assert not heavy & set(loaded.split())


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("biuld",), 2, 'no command "biuld", did you mean "build"?'),
        (("build", "wekly"), 2, 'there is no edition "wekly". Did you mean "weekly"?'),
        (("build", "--date", "tomorrow"), 2, '"tomorrow" is no date. Write it as 2026-11-23.'),
        (("build", "--colour"), 2, "No such option"),
        (("collect", "blgo"), 2, 'there is no source "blgo". Did you mean "blog"?'),
        (("posts", "--source", "x"), 2, 'there is no source "x". Known: blog.'),
        (("--verbose", "--quiet", "posts"), 2, "exclude each other"),
    ],
)
def test_a_wrong_call_ends_with_two_and_says_what_is_right(
    digest: Run, blog: Blog, args: tuple[str, ...], code: int, message: str
) -> None:
    answer = digest("--project", blog.root, *args)
    assert (answer.code, answer.out) == (code, "")
    assert message in answer.err
    assert not (blog.root / "issues").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--project", "", "posts"),
        ("--project=", "posts"),
        ("build", "--executor", ""),
        ("build", "--executor="),
        ("preview", "latest", "--static", " "),
        ("check", "--explain", ""),
        ("init", "--from", ""),
    ],
)
def test_an_option_is_never_empty(digest: Run, blog: Blog, words: tuple[str, ...]) -> None:
    """As a script's variable that is not set leaves it; most commands would do something else."""
    answer = digest("--project", blog.root, *words)
    assert (answer.code, answer.out) == (2, "")
    assert "is empty. Leave it out" in answer.err


def test_an_executor_that_is_none_is_refused_before_anything_is_asked(
    digest: Run, blog: Blog
) -> None:
    answer = digest("--project", blog.root, "build", "--executor", "dusk://h:1")
    assert answer.code == 2
    assert answer.err.startswith('error: "dusk://h:1" is no executor')


def test_no_project_ends_with_one_and_one_line(digest: Run, tmp_path: Path) -> None:
    answer = digest("--project", tmp_path, "posts")
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert "digest init" in answer.err


def test_collect_reports_each_source_and_a_second_time_nothing_is_new(
    digest: Run, blog: Blog
) -> None:
    first = digest("--project", blog.root, "collect", "--json").json
    assert first == [
        {
            "source": "blog",
            "status": "ok",
            "new": 3,
            "changed": 0,
            "unchanged": 0,
            "skipped": 0,
            "problems": [],
        }
    ]
    second = digest("--project", blog.root, "collect", "--json").json
    assert (second[0]["new"], second[0]["changed"], second[0]["unchanged"]) == (0, 0, 3)
    again = digest("--project", blog.root, "collect", "--full", "--json").json
    assert (again[0]["new"], again[0]["changed"], again[0]["unchanged"]) == (0, 0, 3)


def test_posts_show_what_the_contract_says(digest: Run, blog: Blog) -> None:
    digest("--project", blog.root, "collect")
    posts = digest("--project", blog.root, "posts", "--json").json
    assert [post["title"] for post in posts] == [
        "Learning by doing",
        "A roof of moss",
        "Counting the swifts",
    ]
    assert set(posts[0]) == {
        "id", "url", "title", "raw_title", "authors", "published_at", "updated_at", "tags", "categories",
        "series", "excerpt", "image", "words", "source", "fixups",
    }  # fmt: skip
    moss = posts[1]
    assert moss["raw_title"] == "A roof of moss. By Ada Penhaligon"
    assert moss["authors"] == ["Ada Penhaligon"]
    assert moss["published_at"] == "2026-10-06T09:00:00Z"
    assert moss["url"] == "https://letter.example/two/"
    assert {fixup["field"] for fixup in moss["fixups"]} >= {"title", "authors"}


def test_posts_are_filtered_by_tag_and_by_day(digest: Run, blog: Blog) -> None:
    digest("--project", blog.root, "collect")

    def titles(*args: str) -> list[str]:
        return [
            post["title"] for post in digest("--project", blog.root, "posts", *args, "--json").json
        ]

    assert titles("--tag", "Birds") == ["Learning by doing", "Counting the swifts"]
    assert titles("--since", "2026-10-06", "--until", "2026-10-06") == ["A roof of moss"]
    assert titles("--tag", "nothing") == []


def test_fixups_show_raw_and_value_and_the_rule(digest: Run, blog: Blog) -> None:
    digest("--project", blog.root, "collect")
    said = digest("--project", blog.root, "posts", "--fixups").out
    assert "“A roof of moss. By Ada Penhaligon” → “A roof of moss”" in said


def test_what_a_fixup_changed_is_shown_by_ninety_characters(digest: Run, blog: Blog) -> None:
    fits, long = (f"A wall of m{'o' * more}ss. By Ada Penhaligon" for more in (58, 59))
    blog.write("four", fits, "2026-10-07")
    blog.write("five", long, "2026-10-07")
    digest("--project", blog.root, "collect")
    said = digest("--project", blog.root, "posts", "--fixups").out
    assert len(fits) == 90
    assert f"“{fits}” → " in said
    assert f"“{long[:89]}…” → " in said


def test_tags_are_counted_and_look_alikes_named(digest: Run, blog: Blog) -> None:
    blog.write("four", "Nests", "2026-10-07", "brids")
    digest("--project", blog.root, "collect")
    tags = {tag["name"]: tag for tag in digest("--project", blog.root, "tags", "--json").json}
    assert (tags["birds"]["posts"], tags["roofs"]["posts"]) == (2, 2)
    assert tags["brids"]["near"] == ["birds"]


def test_series_show_their_gaps(digest: Run, blog: Blog) -> None:
    for part in (1, 2, 4):
        path = blog.write(f"s{part}", f"Night notes {part}", f"2026-10-0{part}")
        path.write_text(
            path.read_text().replace("tags: []", f"series: {{name: Night notes, part: {part}}}")
        )
    digest("--project", blog.root, "collect")
    (series,) = digest("--project", blog.root, "series", "--json").json
    assert (series["name"], series["posts"], series["gaps"], series["doubles"]) == (
        "Night notes",
        3,
        [3],
        [],
    )
    assert [part["part"] for part in series["parts"]] == [1, 2, 4]


def test_build_writes_the_issue_and_a_second_time_nothing(digest: Run, blog: Blog) -> None:
    first = digest("--project", blog.root, "build", "--date", DATE, "--json")
    (report,) = first.json
    assert report == {
        "issue": "2026-10-08-weekly",
        "edition": "weekly",
        "number": 1,
        "folder": "issues/2026-10-08-weekly",
        "status": "built",
        "posts": [
            "https://letter.example/three/",
            "https://letter.example/two/",
            "https://letter.example/one/",
        ],
        "html_bytes": (blog.issue("2026-10-08-weekly") / "email.html").stat().st_size,
        "findings": 1,  # a short preheader
    }
    files = {
        path.name: path.stat().st_mtime_ns for path in blog.issue("2026-10-08-weekly").iterdir()
    }
    assert set(files) == {
        "email.html",
        "email.txt",
        "message.eml",
        "web.html",
        "issue.json",
        "editor.md",
    }
    second = digest("--project", blog.root, "build", "--date", DATE)
    assert second.code == 0
    assert "unchanged" in second.out
    assert files == {
        path.name: path.stat().st_mtime_ns for path in blog.issue("2026-10-08-weekly").iterdir()
    }


def test_force_renders_an_unchanged_draft_again(digest: Run, blog: Blog) -> None:
    digest("--project", blog.root, "build", "--date", DATE)
    assert (
        digest("--project", blog.root, "build", "--date", DATE, "--force", "--json").json[0][
            "status"
        ]
        == "built"
    )


def test_a_dry_run_shows_every_decision_and_writes_nothing(digest: Run, blog: Blog) -> None:
    blog.configure('tags = ["birds"]\n')
    (report,) = digest("--project", blog.root, "build", "--date", DATE, "--dry-run", "--json").json
    verdicts = {decision["title"]: decision["verdict"] for decision in report["decisions"]}
    assert verdicts == {
        "Counting the swifts": "chosen",
        "Learning by doing": "chosen",
        "A roof of moss": "refused",
    }
    assert set(report["decisions"][0]) == {"url", "title", "verdict", "rule", "detail"}
    assert not (blog.root / "issues").exists()


def test_what_the_editor_writes_is_taken_in(digest: Run, blog: Blog) -> None:
    digest("--project", blog.root, "build", "--date", DATE)
    editor = blog.issue("2026-10-08-weekly") / "editor.md"
    editor.write_text(
        "---\nsubject: Moss & swifts\npin: [https://letter.example/one/]\ndrop:\n  - https://letter.example/two\n"
        "titles:\n  https://letter.example/one/: Swifts, counted\n---\nDear *all*,"
    )
    (report,) = digest("--project", blog.root, "build", "--date", DATE, "--json").json
    assert report["status"] == "built"
    assert report["posts"] == ["https://letter.example/one/", "https://letter.example/three/"]
    issue = json.loads((blog.issue("2026-10-08-weekly") / "issue.json").read_text())["issue"]
    assert issue["subject"] == "Moss & swifts"
    html = (blog.issue("2026-10-08-weekly") / "email.html").read_text()
    assert "Swifts, counted" in html
    assert "<em" in html
    assert editor.read_text().endswith("Dear *all*,")


def test_a_reference_to_no_post_names_its_line_and_the_nearest(digest: Run, blog: Blog) -> None:
    digest("--project", blog.root, "build", "--date", DATE)
    editor = blog.issue("2026-10-08-weekly") / "editor.md"
    editor.write_text("---\npin:\n  - https://letter.example/thre/\n---\n")
    answer = digest("--project", blog.root, "build", "--date", DATE)
    assert answer.code == 1
    assert "error: issues/2026-10-08-weekly/editor.md:3: " in answer.err
    assert "https://letter.example/three/" in answer.err


def test_too_few_posts_end_with_three_and_come_in_the_next_issue(digest: Run, blog: Blog) -> None:
    blog.configure("min_posts = 2\n")
    early = digest("--project", blog.root, "build", "--date", "2026-10-05", "--json")
    assert (early.code, early.json[0]["status"]) == (3, "nothing-to-send")
    assert (blog.root / "issues" / "skipped.json").is_file()
    later = digest("--project", blog.root, "build", "--date", "2026-10-14", "--json")
    assert later.code == 0
    assert "https://letter.example/one/" in later.json[0]["posts"]


def test_too_few_posts_say_how_many_wait_and_why(digest: Run, blog: Blog) -> None:
    blog.configure("min_posts = 2\n")
    answer = digest("--project", blog.root, "build", "--date", "2026-10-05")
    assert "2026-10-05-weekly: 1 new post, but min_posts = 2" in answer.err
    assert "3 posts wait" not in answer.err
    assert answer.code == 3


def test_a_schedule_that_calls_for_nothing_names_the_next_date(digest: Run, blog: Blog) -> None:
    blog.configure('schedule = "weekly on friday at 08:00"\n')
    with time_machine.travel(datetime(2026, 10, 9, 12, tzinfo=UTC)):
        assert (
            digest("--project", blog.root, "build", "--json").json[0]["issue"]
            == "2026-10-09-weekly"
        )
        blog.write("four", "Nests", "2026-10-09T09:00:00Z")
        digest("--project", blog.root, "build", "--date", "2026-10-10")
        answer = digest("--project", blog.root, "build", "--json")
    assert (answer.code, answer.json[0]["status"], answer.json[0]["posts"]) == (
        3,
        "nothing-to-send",
        [],
    )
    assert "weekly: nothing is due before Friday 2026-10-16 08:00" in answer.err


def test_a_date_is_not_skipped_while_its_source_is_down(digest: Run, blog: Blog) -> None:
    """Nobody knows what it holds: the issue stays due and is built as soon as the source is back."""
    blog.configure('schedule = "weekly on monday at 08:00"\nfirst_window = "14 days"\n')
    posts, away = blog.root / "posts", blog.root / "away"
    posts.rename(away)
    with time_machine.travel(datetime(2026, 10, 12, 9, tzinfo=UTC)):
        answer = digest("--project", blog.root, "build", "--json")
    assert (answer.code, answer.json[0]["status"]) == (5, "nothing-to-send")
    assert "2026-10-12 does not count as skipped, since blog failed" in answer.err
    assert answer.err.endswith("1 of 1 source failed (blog). Try again with `digest build`.\n")
    assert not (blog.root / "issues" / "skipped.json").exists()
    away.rename(posts)
    with time_machine.travel(datetime(2026, 10, 13, 9, tzinfo=UTC)):
        assert (
            digest("--project", blog.root, "build", "--json").json[0]["issue"]
            == "2026-10-12-weekly"
        )


def test_a_date_is_skipped_whatever_happens_to_sources_of_other_editions(
    digest: Run, blog: Blog
) -> None:
    gone = '[[source]]\nname = "gone"\nkind = "markdown"\npath = "nowhere"\nurl = "https://letter.example/"\n'
    blog.configure(f'sources = ["blog"]\nmin_posts = 9\n{gone}')
    answer = digest("--project", blog.root, "build", "--date", DATE)
    assert answer.code == 5
    assert (
        f"warning: {DATE}-weekly: 3 new posts, but min_posts = 9; 3 posts wait (min-posts)\n"
        in answer.err
    )
    assert (blog.root / "issues" / "skipped.json").is_file()


def test_all_leaves_out_what_is_not_due_and_ends_well_if_anything_was(
    digest: Run, blog: Blog
) -> None:
    blog.configure('[edition.monthly]\nschedule = "monthly on 1 at 06:00 from 2026-11-01"\n')
    with time_machine.travel(datetime(2026, 10, 8, 12, tzinfo=UTC)):
        answer = digest("--project", blog.root, "build", "--all", "--json")
        assert [report["issue"] for report in answer.json] == ["2026-10-08-weekly"]
        assert answer.code == 0
        named = digest("--project", blog.root, "build", "monthly")
    assert (named.code, named.out) == (3, "")
    assert "monthly: nothing is due before Sunday 2026-11-01 06:00" in named.err


def test_one_broken_edition_does_not_stop_the_others(digest: Run, blog: Blog) -> None:
    blog.configure('[edition.broken]\ntemplate = "torn"\n')
    digest("init", blog.root, "--template", "weekly")
    torn = (blog.root / "templates" / "weekly").rename(blog.root / "templates" / "torn")
    (torn / "issue.txt.j2").write_text("{{ none_such }}")
    answer = digest("--project", blog.root, "build", "--all", "--date", DATE, "--json")
    assert answer.code != 0
    assert [report["edition"] for report in answer.json] == ["weekly"]
    assert "torn/issue.txt.j2:1" in answer.err


def test_a_sealed_issue_is_left_alone(digest: Run, blog: Blog) -> None:
    digest("--project", blog.root, "build", "--date", DATE)
    digest("--project", blog.root, "approve", "latest", "--anyway", "a blog without an address")
    blog.write("five", "Another", "2026-10-08T06:00:00Z")
    answer = digest("--project", blog.root, "build", "--date", DATE, "--force", "--json")
    assert (answer.code, answer.json[0]["status"]) == (0, "sealed")
    assert len(answer.json[0]["posts"]) == 3


def test_issues_are_listed_with_their_state(digest: Run, blog: Blog) -> None:
    digest("--project", blog.root, "build", "--date", DATE)
    (issue,) = digest("--project", blog.root, "issues", "--json").json
    assert issue["html_bytes"] > 5000
    del issue["html_bytes"]
    assert issue == {
        "issue": "2026-10-08-weekly",
        "edition": "weekly",
        "number": 1,
        "date": "2026-10-08",
        "state": "draft",
        "posts": 3,
    }


def test_a_failing_source_is_reported_the_others_go_on_and_it_ends_with_five(
    digest: Run, blog: Blog
) -> None:
    config = blog.root / "digest.toml"
    config.write_text(
        config.read_text().replace(
            "[edition.weekly]",
            '[[source]]\nname = "gone"\nkind = "markdown"\npath = "nowhere"\n[edition.weekly]',
        )
    )
    answer = digest("--project", blog.root, "collect", "--json")
    assert answer.code == 5
    assert {report["source"]: report["status"] for report in answer.json} == {
        "blog": "ok",
        "gone": "failed",
    }
    built = digest("--project", blog.root, "build", "--date", DATE, "--json")
    assert (built.code, built.json[0]["status"]) == (5, "built")


def test_rules_that_change_are_applied_without_asking_the_source(digest: Run, blog: Blog) -> None:
    digest("--project", blog.root, "collect")
    for path in (blog.root / "posts").iterdir():
        path.unlink()
    config = blog.root / "digest.toml"
    config.write_text(config.read_text() + '[newsletter.aliases]\n"Ada Penhaligon" = "Ada P."\n')
    (report,) = digest(
        "--project", blog.root, "build", "--date", DATE, "--no-collect", "--json"
    ).json
    assert len(report["posts"]) == 3
    assert "Ada P." in (blog.issue("2026-10-08-weekly") / "email.txt").read_text()


def test_init_makes_a_project_that_loads_and_overwrites_nothing(
    digest: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "my-letter"
    assert digest("init", folder).code == 0
    assert "name = " in (folder / "digest.toml").read_text()
    assert (folder / "issues").is_dir()
    assert digest("--project", folder, "posts", "--json").json == []
    again = digest("init", folder)
    assert again.code == 1
    assert "is there already" in again.err


def test_a_template_is_copied_whole_or_not_at_all(
    digest: Run, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of one would be used instead of the shipped one, and a second try be refused."""
    whole = shutil.copyfile
    copied: list[str] = []

    def full(source: Path, target: Path) -> None:
        copied.append(target.name)
        if len(copied) > 2:
            target.write_text("")
            raise OSError(28, "No space left on device")
        whole(source, target)

    monkeypatch.setattr(shutil, "copyfile", full)
    answer = digest("init", blog.root, "--template", "weekly")
    assert (answer.code, "No space left" in answer.err) == (1, True)
    assert not list((blog.root / "templates").iterdir())
    monkeypatch.undo()
    assert digest("init", blog.root, "--template", "weekly").code == 0


def test_init_copies_a_template_which_then_wins(digest: Run, blog: Blog) -> None:
    assert digest("init", blog.root, "--template", "weekly").code == 0
    copied = blog.root / "templates" / "weekly"
    assert (copied / "issue.mjml.j2").is_file()
    text = copied / "issue.txt.j2"
    text.write_text("OUR OWN\n" + text.read_text())
    digest("--project", blog.root, "build", "--date", DATE)
    assert (blog.issue("2026-10-08-weekly") / "email.txt").read_text().startswith("OUR OWN")
    assert digest("init", blog.root, "--template", "weekly").code == 2
    assert "Shipped:" in digest("init", blog.root, "--template", "wekly").err


@pytest.mark.parametrize("options", [["--from", ""], ["--template", "wekly"]])
def test_init_makes_nothing_of_a_wrong_option(
    digest: Run, tmp_path: Path, options: list[str]
) -> None:
    """An empty address, as of a variable that is not set; a template that does not exist."""
    answer = digest("init", tmp_path / "letter", *options)
    assert answer.code == 2
    assert answer.err.startswith("error: ")
    assert not (tmp_path / "letter").exists()


@pytest.mark.parametrize("command", [["collect"], ["build"], ["preview", "--no-open"]])
def test_a_project_without_a_source_says_what_to_add(
    digest: Run, tmp_path: Path, command: list[str]
) -> None:
    """Which is no week without posts."""
    digest("init", tmp_path)
    answer = digest("--project", tmp_path, *command)
    assert answer.code == 1
    assert (
        "error: digest.toml: there is no [[source]] to collect from. Add one with a name, a kind (feed,"
        in answer.err
    )
    assert not (tmp_path / "issues" / "skipped.json").exists()


def test_a_list_without_posts_says_where_they_are(digest: Run, blog: Blog) -> None:
    assert digest("--project", blog.root, "posts").err == "0 posts; `digest collect` brings them\n"
    digest("--project", blog.root, "collect")
    answer = digest("--project", blog.root, "posts", "--tag", "bird")
    assert answer.err == (
        'No post has the tag "bird". Did you mean "birds"?\n0 posts; `digest tags` lists the tags\n'
    )
    assert digest("--project", blog.root, "posts", "--since", "2030-01-01").err == "0 posts\n"


@pytest.mark.parametrize(
    ("key", "told"), [('base = "papr"', " base: there is no theme"), ("bas = 1", ": the theme")]
)
def test_a_wrong_theme_is_told_with_its_file(digest: Run, blog: Blog, key: str, told: str) -> None:
    blog.configure(f"[theme]\n{key}\n")
    answer = digest("--project", blog.root, "build")
    assert answer.code == 1
    line = blog.root.joinpath("digest.toml").read_text().split("\n").index(key) + 1
    assert answer.err.startswith(f"error: digest.toml:{line}: [theme]{told}")


def test_the_help_of_export_names_every_service(digest: Run) -> None:
    from digest.rendering.page.slots import DIALECTS

    told = digest("export", "--help").out
    assert [name for name in DIALECTS if name not in told] == []


def test_a_rule_that_is_switched_off_changes_nothing_any_more(digest: Run, blog: Blog) -> None:
    digest("--project", blog.root, "collect")
    config = blog.root / "digest.toml"
    config.write_text(config.read_text() + '[editing]\noff = ["byline-by"]\n')
    titles = [post["title"] for post in digest("--project", blog.root, "posts", "--json").json]
    assert "A roof of moss. By Ada Penhaligon" in titles


def test_an_unknown_rule_names_the_nearest(digest: Run, blog: Blog) -> None:
    blog.configure('[editing]\noff = ["byline-bye"]\n')
    answer = digest("--project", blog.root, "collect")
    assert answer.code == 1
    assert 'there is no rule "byline-bye". Did you mean "byline-by"?' in answer.err


def test_an_unknown_template_is_refused_before_any_source_is_asked(digest: Run, blog: Blog) -> None:
    blog.configure('template = "weakly"\n')
    answer = digest("--project", blog.root, "build", "--date", DATE)
    assert answer.code == 1
    assert answer.err.splitlines() == [
        'error: digest.toml:15: [edition.weekly] template: there is no template "weakly". Did you mean "weekly"?'
    ]


def test_times_are_written_to_the_second(digest: Run, blog: Blog) -> None:
    digest("--project", blog.root, "build")
    for file in blog.root.glob("issues/**/*.json"):
        assert not re.search(r"T\d\d:\d\d:\d\d\.", file.read_text())


def test_a_source_that_fails_alone_has_no_others(digest: Run, blog: Blog) -> None:
    (blog.root / "posts").rename(blog.root / "elsewhere")
    answer = digest("--project", blog.root, "collect")
    assert answer.code == 5
    assert "1 of 1 source failed (blog). Try again with `digest collect`." in answer.err
    assert re.search(r"no such folder\. \w", answer.err)


def test_no_color_silences_colours_and_bars(
    digest: Run, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    from digest.cli.session import is_colourful

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    assert is_colourful(Terminal())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not is_colourful(Terminal())


def test_what_a_limit_leaves_out_never_waits_for_ever(digest: Run, blog: Blog) -> None:
    """With as many new posts every week as the limit takes, the one that waited longest goes first."""
    blog.configure("limit = 1\n")
    sent = []
    for week in range(4):
        blog.write(
            f"new{week}",
            f"New {week}",
            f"2026-10-{8 + 2 * week:02}T08:00:00Z",
            body=f"Words of week {week}.",
        )
        (report,) = digest(
            "--project", blog.root, "build", "--date", f"2026-10-{8 + 2 * week:02}", "--json"
        ).json
        sent += report["posts"]
    assert sent == [f"https://letter.example/{name}/" for name in ("new0", "one", "two", "three")]


def test_a_build_names_its_backlog_and_how_to_end_it(digest: Run, blog: Blog) -> None:
    """More than an issue holds is a backlog: `carry_over` is named, and once it is set, no longer."""
    date = ("build", "--date", "2026-10-08")
    blog.configure("limit = 2\n")
    assert "1 post is left over by the limit, for the next issue.\n" in built(digest, blog, *date)
    blog.configure("limit = 1\n")
    told = (
        "2 posts are left over by the limit, for the next issue; that is more than an issue holds. "
        'carry_over = "2 issues" in [edition.weekly] lets a post wait no longer than that.\n'
    )
    assert told in built(digest, blog, *date)
    blog.configure('limit = 1\ncarry_over = "1 issue"\n')
    assert "2 posts are left over by the limit, for the next issue.\n" in built(digest, blog, *date)
    left = digest("--project", blog.root, "build", "--date", "2026-10-09", "--dry-run", "--json")
    assert sorted(d["rule"] for d in left.json[0]["decisions"]) == ["carried-over", "limit"]


def built(digest: Run, blog: Blog, *words: str) -> str:
    """Build and return what is said beside the result."""
    return digest("--project", blog.root, *words).err


def test_what_is_held_back_is_told_with_the_ways_to_answer(digest: Run, blog: Blog) -> None:
    """A flood of late posts: a second blog was added, or a year was mistyped once."""
    digest("--project", blog.root, "build", "--date", DATE)
    for number in range(11):
        blog.write(f"late{number}", f"Late {number}", "2026-10-03", body=f"Words {number}. " * 20)
    blog.write("new", "New", "2026-10-12T08:00:00Z")
    said = digest("--project", blog.root, "build", "--date", "2026-10-15").err
    assert "11 posts are held back until you say what becomes of them:" in said
    assert "  Late" in said
    assert "one of 11 late posts" in said
    assert "… and 8 more; `digest build weekly --dry-run` shows all." in said
    assert 'editor.md: pin or drop each; "held: take" takes all but twins' in said
