"""`digest check`, and what `build` and `approve` make of it."""

from __future__ import annotations

import json
import os
import sys
import threading
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from tests.conftest import Answer, Blog, Run

DATE = "2026-10-08"
ISSUE = "2026-10-08-weekly"


@pytest.fixture
def built(digest: Run, blog: Blog) -> Blog:
    """An issue on disk without an error."""
    assert digest("--project", blog.root, "build", "--date", DATE).code == 0
    return blog


def said(digest: Run, blog: Blog, *more: str) -> Answer:
    """Configure without sender and address, build, and return what was said."""
    config = blog.root / "digest.toml"
    text = config.read_text().replace('sender = "The Letter <post@letter.example>"\n', "")
    config.write_text(text + "\n".join(more))
    return digest("--project", blog.root, "build", "--date", DATE)


def test_build_prints_a_line_an_error_and_counts_warnings(digest: Run, blog: Blog) -> None:
    answer = said(digest, blog)
    assert answer.code == 0
    assert "  error: SENDER-SET: [newsletter] has no sender. Add sender" in answer.out
    assert "1 warning: `digest check 2026-10-08-weekly` shows them." in answer.err
    again = digest("--project", blog.root, "build", "--date", DATE)
    assert "unchanged" in again.out
    assert "SENDER-SET" in again.out


def test_an_unchanged_draft_is_not_judged_again(built: Blog, digest: Run) -> None:
    import subprocess

    code = (
        "import sys\nfrom digest.cli import main\ntry: main(sys.argv[1:])\nexcept SystemExit: pass\n"
        "print(*[m for m in sys.modules if m.startswith(('digest.checking', 'lxml', 'dns.'))])"
    )
    asked = ["--quiet", "--project", str(built.root), "build", "--date", DATE]
    done = subprocess.run(
        [sys.executable, "-c", code, *asked], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == ""
    (report,) = digest("--project", built.root, "build", "--date", DATE, "--json").json
    assert (report["status"], report["findings"]) == ("unchanged", 1)


def test_approve_refuses_an_error_and_seals_it_with_a_reason(digest: Run, blog: Blog) -> None:
    said(digest, blog)
    refused = digest("--project", blog.root, "approve", "latest")
    assert refused.code == 4
    assert "SENDER-SET" in refused.err
    assert not (blog.issue(ISSUE) / "approval.json").exists()
    sealed = digest(
        "--project", blog.root, "approve", "latest", "--anyway", "the service knows who sends"
    )
    assert sealed.code == 0
    seal = json.loads((blog.issue(ISSUE) / "approval.json").read_text())
    assert seal["anyway"] == "the service knows who sends"
    assert [finding["rule"] for finding in seal["findings"]] == ["SENDER-SET"]


def test_a_seal_without_an_error_tells_of_no_reason(digest: Run, built: Blog) -> None:
    digest("--project", built.root, "approve", "latest", "--anyway", "for luck")
    seal = json.loads((built.issue(ISSUE) / "approval.json").read_text())
    assert "anyway" not in seal


def test_check_prints_a_table_and_json_and_ends_by_what_it_finds(digest: Run, blog: Blog) -> None:
    said(digest, blog)
    table = digest("--project", blog.root, "check")
    assert table.code == 4
    assert "SENDER-SET" in table.out
    assert "1 error, 1 warning" in table.err
    told = digest("--project", blog.root, "check", ISSUE, "--json")
    assert told.code == 4
    assert (told.json["issue"], told.json["ok"]) == (ISSUE, False)
    assert {tuple(finding) for finding in told.json["findings"]} == {
        ("rule", "severity", "message", "where")
    }


def test_before_the_first_issue_there_is_none_to_check(digest: Run, blog: Blog) -> None:
    answer = digest("--project", blog.root, "check")
    assert answer.code == 2
    assert "there is no issue yet. Build one with `digest build`." in answer.err


def test_a_warning_ends_with_4_only_if_strict(digest: Run, built: Blog) -> None:
    assert digest("--project", built.root, "check").code == 0
    assert digest("--project", built.root, "check", "--strict").code == 4
    assert digest("--project", built.root, "check", "--strict", "--json").json["ok"] is False


def test_settings_switch_rules_off_for_all_or_one_edition(digest: Run, blog: Blog) -> None:
    answer = said(
        digest, blog,
        "[check]", 'SENDER-SET = "off"',
        "[edition.weekly.check]", 'PREHEADER = { severity = "error", reason = "ours are good" }',
    )  # fmt: skip
    assert "SENDER-SET" not in answer.out
    assert "error: PREHEADER: " in answer.out


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (
            '[check]\nSENDER-STE = "off"',
            'digest.toml:15: there is no rule "SENDER-STE". Did you mean "SENDER-SET"?',
        ),
        ('[check]\nSENDER-SET = "of"', "[check] SENDER-SET: expected a severity"),
        ("[check]\nSENDER-SET = { grade = 1 }", "[check] SENDER-SET: grade: unknown key"),
        ('[check]\nclients = "gmail"', "[check] clients: expected shares in percent"),
        (
            "[check]\nclients = { gmial = 40 }",
            'digest.toml:15: [check] clients: there is no family "gmial". Did you mean "gmail"?',
        ),
        ("[check]\nclients = { gmail = -1 }", "expected shares in percent"),
        ("[check]\nclients = { gmail = 100.5 }", "expected shares in percent"),
        ('[edition.weekly.check]\nNOT-IT = "off"', 'there is no rule "NOT-IT"'),
    ],
)
def test_a_wrong_setting_is_told_before_anything_is_built(
    digest: Run, blog: Blog, lines: str, words: str
) -> None:
    answer = said(digest, blog, lines)
    assert answer.code == 1
    assert words in answer.err
    assert not blog.issue(ISSUE).exists()


@pytest.mark.parametrize("share", ["0", "100", "40.5"])
def test_a_share_is_from_none_to_all(digest: Run, blog: Blog, share: str) -> None:
    assert said(digest, blog, f"[check]\nclients = {{ gmail = {share} }}").code == 0


def test_any_file_is_judged_without_a_project(
    digest: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.html").write_text("<p>Hello {{ name")
    answer = digest("check", "a.html", "--json")
    assert answer.code == 4
    assert {"DOCTYPE", "UNSUB-BODY", "MERGE-TAG"} <= {f["rule"] for f in answer.json["findings"]}
    (tmp_path / "b.eml").write_bytes(b"Subject: B\n\nHello")
    assert "MIME-ORDER" in digest("check", "b.eml").out
    assert "::error file=a.html,line=1" in digest("check", "a.html", "--format", "github").out
    assert digest("check", "a.html", "--format", "junit").out.startswith('<?xml version="1.0"')
    skipped = digest("check", "b.eml", "--format", "junit").out
    assert 'name="LINK-DEAD"><skipped/>' in skipped  # without --online
    assert 'name="LANG"><skipped/>' in skipped  # without HTML


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"<p>Hello {{ name", "DOCTYPE"),
        (b"\xef\xbb\xbfSubject: B\r\n\r\nHello", "MIME-ORDER"),
        (b"From ada@lamps.example Sun Oct 11\nSubject: B\n\nHello", "MIME-ORDER"),
    ],
)
def test_what_stands_on_standard_input_is_known_by_its_beginning(
    digest: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, rule: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(data)))
    answer = digest("check", "-", "--json")
    assert answer.json["issue"] == "standard input"
    assert rule in {finding["rule"] for finding in answer.json["findings"]}
    Path("saved").write_bytes(data)  # a file whose name tells nothing
    told = digest("check", "saved", "--json").json["findings"]
    assert [f["rule"] for f in told] == [f["rule"] for f in answer.json["findings"]]


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "is empty"), (None, "cannot be read"), (b"a" * 2_000_000, "is no email")],
)
def test_what_is_no_email_is_told_in_a_sentence(
    digest: Run, tmp_path: Path, data: Any, words: str
) -> None:
    path = tmp_path / "a.html"
    if data is not None:
        path.write_bytes(data)
    answer = digest("check", path)
    assert answer.code == 1
    assert words in answer.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_read_like_a_file(digest: Run, tmp_path: Path) -> None:
    """As `digest check <(curl …)` gives one."""
    pipe = tmp_path / "63"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=("<html><body><h1>A</h1>",))
    writer.start()
    answer = digest("check", pipe)
    writer.join()
    assert (answer.code, "DOCTYPE" in answer.out) == (4, True)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no endless device")
def test_what_has_no_end_is_refused(digest: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.workflow.judging.checking.MOST_BYTES", 2**20)
    answer = digest("check", "/dev/zero")
    assert answer.code == 1
    assert "/dev/zero: is larger than 1 MB" in answer.err


def test_a_rule_is_explained(digest: Run) -> None:
    assert "WCAG 1.4.3" in digest("check", "--explain", "contrast").out
    assert 'Did you mean "CONTRAST"?' in digest("check", "--explain", "contrst").err


def test_a_rule_is_explained_to_programs_and_a_misspelt_one_is_a_wrong_call(digest: Run) -> None:
    told = digest("check", "--explain", "contrast", "--json").json
    assert (told["rule"], told["severity"]) == ("CONTRAST", "error")
    assert told["asks"]
    wrong = digest("check", "--explain", "CONTRST")
    assert (wrong.code, "CONTRAST" in wrong.err) == (2, True)


def test_links_and_pictures_are_asked_online_once(
    digest: Run, tmp_path: Path, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/here").respond_with_data("<p>Here</p>", content_type="text/html")
    httpserver.expect_request("/gone").respond_with_data("", status=404)
    httpserver.expect_request("/moved").respond_with_data(
        "", status=301, headers={"Location": "/here"}
    )
    httpserver.expect_request("/a.gif").respond_with_data(
        b"GIF89a\x80\x0c\x68\x01", content_type="image/gif"
    )
    httpserver.expect_request("/b.gif").respond_with_data("<p>Log in</p>", content_type="text/html")
    (tmp_path / "digest.toml").write_text(
        '[newsletter]\nname = "A"\n[fetching]\nallow_private = ["localhost"]\n[edition.a]\ntitle = "A"\n'
    )
    (tmp_path / ".digest").mkdir()
    links = [
        httpserver.url_for(path) for path in ("/here", "/here", "/gone", "/moved", "/unsubscribe")
    ]
    pictures = [httpserver.url_for(path) for path in ("/a.gif", "/b.gif")]
    page = "".join(f'<a href="{url}">{n}</a>' for n, url in enumerate(links))
    (tmp_path / "a.html").write_text(
        page + "".join(f'<img src="{url}" alt="">' for url in pictures)
    )
    answer = digest("--project", tmp_path, "check", tmp_path / "a.html", "--online", "--json")
    told = {f["rule"]: f["message"] for f in answer.json["findings"]}
    assert "/gone answers 404" in told["LINK-DEAD"]
    assert "/here" in told["LINK-REDIRECT"]
    assert "3,200 × 360" in told["IMG-LARGE"]
    assert "b.gif is no picture but text/html" in told["IMG-HOST"]
    asked = [request.path for request, _ in httpserver.log]
    assert "/unsubscribe" not in asked
    digest("--project", tmp_path, "check", tmp_path / "a.html", "--online")
    again = [request.path for request, _ in httpserver.log][len(asked) :]
    assert again.count("/gone") == 1
    assert "/here" not in again


def test_a_private_address_is_not_asked(
    digest: Run, tmp_path: Path, httpserver: HTTPServer
) -> None:
    (tmp_path / "a.html").write_text(f'<a href="{httpserver.url_for("/secret")}">A</a>')
    digest("check", tmp_path / "a.html", "--online")
    assert httpserver.log == []


FILTER = """#!{python}
import sys
sys.stdin.buffer.read()
print("X-Spam-Status: Yes, score=6.2 required=5.0 tests=MISSING_DATE,NO_NAME")
print()
print(" pts rule name              description")
print("---- ---------------------- ---------------")
print(" 4.2 MISSING_DATE           Missing Date: header")
print("-0.1 DKIM_OK                Fine")
print(" 2.0 NO_NAME                No name")
"""


def test_a_spam_filter_is_asked_where_there_is_one(
    digest: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = tmp_path / "a.eml"
    message.write_bytes(b"Subject: A\nContent-Type: text/html\n\n<p>A</p>")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "Install SpamAssassin" in digest("check", message, "--spam").err
    program = tmp_path / "spamassassin"
    program.write_text(FILTER.replace("{python}", sys.executable))
    program.chmod(0o755)
    told = {f["rule"]: f for f in digest("check", message, "--spam", "--json").json["findings"]}
    assert told["SPAM"]["severity"] == "error"
    assert "6.2 of 5 points: MISSING_DATE 4.2, NO_NAME 2" in told["SPAM"]["message"]
    (tmp_path / "a.html").write_text("<p>A</p>")
    assert "judges a whole message" in digest("check", tmp_path / "a.html", "--spam").err
