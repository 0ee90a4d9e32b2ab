"""`digest diff`: what moved between two issues, and events for whoever watches a run."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from digest.issue.record import FrozenIssue
from digest.models import Issue, Page, Rendered, Window
from digest.workflow.telling.differing import differences as diff_of
from tests.conftest import Blog, Run
from tests.golden import hold


@pytest.fixture
def two(digest: Run, blog: Blog) -> Blog:
    """Two issues of one week, of two editions; the second leaves one post out and is ordered otherwise."""
    blog.configure(
        'subject = "One"\n[edition.other]\ntags = "birds"\norder = "oldest"\nsubject = "Two"\n'
        'title = "The Other"\n'
    )
    digest("--project", blog.root, "build", "--all", "--date", "2026-10-08")
    return blog


def differences(digest: Run, blog: Blog, *issues: str) -> dict[str, list[dict[str, str]]]:
    answer = digest("--project", blog.root, "diff", *issues, "--json")
    assert answer.code == 0, answer.err
    found: dict[str, list[dict[str, str]]] = {}
    for each in answer.json["differences"]:
        found.setdefault(each["kind"], []).append(each)
    return found


def test_differences_of_records_are_what_is_listed() -> None:
    hold(Path(__file__).with_name("differences.txt"), lambda _, case: _told(tomllib.loads(case)))


def _told(case: dict[str, Any]) -> str:
    found = diff_of(_record(**case["before"]), _record(**case["after"]))
    return "\n".join(f"{d.kind} {d.where}: [{d.before}] -> [{d.after}]" for d in found)


def _record(
    page: str = "page",
    made_with: dict[str, str] | None = None,
    newsletter: dict[str, str] | None = None,
    sections: dict[str, Any] | None = None,
    **issue: Any,
) -> FrozenIssue:
    held = [
        {"title": title, "posts": [{"url": "", "title": "", **post} for post in posts]}
        for title, posts in (sections or {}).items()
    ]
    noon = datetime(2026, 11, 8, 12, tzinfo=UTC)
    told = {
        "id": "2026-11-08-weekly",
        "edition": "weekly",
        "number": 1,
        "dated": noon.date(),
        "title": "",
        "template": "briefing",
        "service": "plain",
        "newsletter": {"name": "The Letter", **(newsletter or {})},
        "window": Window(start_at=noon, cutoff_at=noon),
        "subject": "",
        "sections": held,
        **issue,
    }
    html = Page(kind="html", segments=(page,), places=(), values=())
    return FrozenIssue(
        format=1,
        issue=msgspec.convert(told, Issue),
        pages=Rendered(email=html, web=html, text=html),
        made_with=made_with or {},
    )


def test_posts_and_texts_that_differ_are_told(digest: Run, two: Blog) -> None:
    found = differences(digest, two, "2026-10-08-weekly", "2026-10-08-other")
    posts = {each["where"]: each for each in found["posts"]}
    assert "A roof of moss" in posts["gone"]["before"]
    (place,) = [each for where, each in posts.items() if where.startswith("place of")]
    assert place["before"] != place["after"]
    texts = {each["where"]: (each["before"], each["after"]) for each in found["texts"]}
    assert texts["subject"] == ("One", "Two")
    assert "tools" not in found


def test_an_issue_does_not_differ_from_itself(digest: Run, two: Blog) -> None:
    assert differences(digest, two, "2026-10-08-weekly", "2026-10-08-weekly") == {}
    answer = digest("--project", two.root, "diff", "latest", "latest")
    assert (answer.out, "0 differences" in answer.err) == ("", True)


def test_a_changed_template_theme_and_tool_are_told(digest: Run, two: Blog) -> None:
    digest("--project", two.root, "init", "--template", "weekly")
    file = two.root / "templates/weekly/issue.mjml.j2"
    file.write_text(
        file.read_text().replace("</mj-body>", "<mj-raw><!-- new --></mj-raw></mj-body>")
    )
    with (two.root / "digest.toml").open("a") as text:
        text.write('[theme]\nbase = "harbour"\n')
    digest("--project", two.root, "build", "weekly", "--date", "2026-10-09", "--force")
    (two.root / "issues/2026-10-08-weekly").exists()
    record = two.root / "issues/2026-10-08-other/issue.json"
    told = json.loads(record.read_bytes())
    told["made_with"]["premailer"] = "0.1"
    record.write_text(json.dumps(told))
    digest("--project", two.root, "build", "weekly", "--date", "2026-10-08")
    found = differences(digest, two, "2026-10-08-other", "2026-10-08-weekly")
    template = {each["where"] for each in found["template"]}
    assert "its files" in template
    assert any(where.startswith("theme ") for where in template)
    assert [each["where"] for each in found["tools"]] == ["premailer"]


def test_a_text_that_changed_is_shown_where_it_changed(digest: Run, two: Blog) -> None:
    two.write(
        "one", "Counting the swifts", "2026-10-05T09:00:00Z", "birds", "They left early. " * 20
    )
    digest("--project", two.root, "build", "weekly", "--date", "2026-10-08")
    answer = digest("--project", two.root, "diff", "2026-10-08-other", "2026-10-08-weekly")
    assert "excerpt of Counting the swifts" in answer.out
    assert "+ They left early." in answer.out


def events(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_run_tells_events_with_times_and_counts(digest: Run, blog: Blog) -> None:
    answer = digest(
        "--log-json", "--project", blog.root, "build", "--all", "--date", "2026-10-08", "--json"
    )
    told = {str(event["event"]): event for event in events(answer.err)}
    assert (told["source"]["source"], told["source"]["new"]) == ("blog", 3)
    assert float(str(told["collected"]["seconds"])) > 0
    edition = told["edition"]
    assert (edition["edition"], edition["status"], edition["posts"]) == ("weekly", "built", 3)
    steps = edition["steps"]
    assert isinstance(steps, dict)
    assert {"select", "render", "fill", "check"} <= set(steps)
    assert (told["built"]["editions"], told["built"]["built"]) == (1, 1)
    assert answer.json[0]["issue"] == "2026-10-08-weekly"


def test_an_error_is_an_event_too(digest: Run, blog: Blog) -> None:
    answer = digest("--log-json", "--project", blog.root, "build", "wekly")
    (event,) = events(answer.err)
    assert (event["event"], event["exit_code"], event["hint"]) == (
        "error",
        2,
        'Did you mean "weekly"?',
    )
    assert answer.code == 2
