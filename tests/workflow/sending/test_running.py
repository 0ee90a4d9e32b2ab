"""The unattended week: collected, built, handed over, and told of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from digest.workflow.project import Project
from digest.workflow.sending import letters
from tests.conftest import Answer, Blog, Run
from tests.services.counter import Counter, opened, with_sender
from tests.services.mailbox import PASSWORD, USER, Postbox, smtp_server
from tests.services.shops import ListmonkShop

pytestmark = [
    pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class Week:
    """A project that is run by a clock, with a service and a post office."""

    def __init__(self, digest: Run, blog: Blog, counter: Counter) -> None:
        self.digest, self.blog, self.shop = digest, blog, counter.shop
        self.counter = counter
        self.box: Postbox | None = None

    def configure(self, run: str, mail: tuple[str, Postbox, Path]) -> None:
        url, self.box, cert = mail
        self.blog.configure(
            'service = "listmonk"\nsince = "3650 days"\n[run]\n' + run + "[service.smtp]\n"
            f'url = "{url}"\nuser_env = "MAIL_USER"\nkey_env = "MAIL_PASSWORD"\nca_file = "{cert}"\n'
            f'[service.listmonk]\nurl = "{self.counter.address}"\nkey_env = "CANARY_KEY"\n'
            'user_env = "CANARY_USER"\naudience = 3\n'
        )
        with_sender(self.blog)

    def run(self, *args: str) -> Answer:
        return self.digest("--project", self.blog.root, "run", *args)

    @property
    def mails(self) -> list[EmailMessage]:
        assert self.box
        read: Any = [message_from_bytes(m, policy=policy.default) for _, _, m in self.box.mails]
        return read  # type: ignore[no-any-return]


@pytest.fixture
def week(
    digest: Run,
    blog: Blog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Week]:
    monkeypatch.setenv("MAIL_USER", USER)
    monkeypatch.setenv("MAIL_PASSWORD", PASSWORD)
    with (
        smtp_server(tmp_path, is_wrapped=False) as mail,
        opened(ListmonkShop, tmp_path, monkeypatch) as counter,
    ):
        made = Week(digest, blog, counter)
        made.configure('deliver = true\nnotify = "editor@letter.example"\n', mail)
        yield made


def test_a_volunteer_finds_a_draft_a_test_and_a_report(week: Week) -> None:
    said = week.run()
    assert said.code == 0, said.err
    assert "is a draft at listmonk" in said.out
    assert [draft["status"] for draft in week.shop.made] == ["draft"]
    test, report = week.mails
    assert test["To"] == report["To"] == "editor@letter.example"
    assert "Counting the swifts" in test.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "is a draft at listmonk, for you to send" in report["Subject"]
    told = report.get_content()
    assert f"{week.counter.address}/admin/campaigns/" in told
    for title in ("Counting the swifts", "A roof of moss", "Learning by doing"):
        assert title in told


def test_it_may_be_called_as_often_as_one_likes(week: Week) -> None:
    assert week.run().code == 0
    told = len(week.mails)
    assert week.run().code == 0
    week.shop.made[0]["status"] = "finished"  # somebody pressed send
    assert week.run().code == 0
    assert (len(week.mails), len(week.shop.made)) == (told, 1)


def test_what_an_editor_makes_of_a_draft_stands(week: Week) -> None:
    """Called every quarter of an hour, it may not undo what somebody does at the service."""
    assert week.run().code == 0
    told = len(week.mails)
    draft = week.shop.made[0]
    draft["body"] = draft["body"].replace("Counting the swifts", "Counting all swifts")
    mended = draft["body"]
    assert week.run().code == 0
    assert week.shop.made[0]["body"] == mended
    week.shop.drafts.clear()  # nor bring back what they threw away
    assert week.run().code == 0
    assert (len(week.mails), week.shop.made) == (told, [])


def test_nothing_to_send_is_told_once(week: Week) -> None:
    for path in (week.blog.root / "posts").iterdir():
        path.unlink()
    for _ in range(2):
        assert week.run().code == 3
    (report,) = week.mails
    assert "min_posts = 1" in report["Subject"]
    assert not week.shop.asked


def test_what_waits_is_told_by_the_newsletters_clocks(week: Week) -> None:
    path = week.blog.root / "digest.toml"
    settling = 'settle = "9999 days"\nservice ='
    told = path.read_text().replace('"Europe/London"', '"Asia/Tokyo"')
    path.write_text(told.replace("service =", settling, 1))
    assert week.run().code == 3
    (report,) = week.mails
    assert "(settling: published 2026-10-07 18:00 JST" in " ".join(report.get_content().split())


def test_a_service_that_is_down_is_told_of_and_tried_again(
    week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANARY_KEY", "another-wrong-key")
    assert week.run().code == 1
    assert "was not handed over" in week.mails[-1]["Subject"]
    assert "401" in week.mails[-1].get_content()
    assert "another-wrong-key" not in week.mails[-1].get_content()
    monkeypatch.setenv("CANARY_KEY", "sekret-canary-31337-us9")
    assert week.run().code == 0
    assert len(week.shop.made) == 1


def test_a_source_that_is_down_is_told_of(week: Week) -> None:
    path = week.blog.root / "digest.toml"
    path.write_text(
        path.read_text() + '[[source]]\nname = "far"\nkind = "feed"\nurl = "http://127.0.0.1:9/"\n'
    )
    said = week.run()
    assert said.code == 5
    assert "far could not be read" in week.mails[-1].get_content()
    assert len(week.shop.made) == 1
    for again in (said, week.digest("--quiet", "--project", week.blog.root, "run")):
        assert "warning: far: " in again.err  # why, too, each time
        assert "1 of 2 sources failed (far). The others were collected; try again" in again.err


def test_without_deliver_an_issue_waits_for_an_approval(week: Week) -> None:
    path = week.blog.root / "digest.toml"
    path.write_text(path.read_text().replace("deliver = true\n", ""))
    assert week.run().code == 0
    assert not week.shop.asked
    (report,) = week.mails
    assert "waits for your approval" in report["Subject"]


def test_an_issue_that_was_approved_waits_for_nobody_s_approval(week: Week) -> None:
    """How far it has come is said, and the editor, who knows, is told of nothing more."""
    said = week.blog.root / "digest.toml"
    said.write_text(said.read_text().replace("deliver = true\n", ""))
    assert week.run().code == 0
    issue = next(week.blog.root.glob("issues/*/issue.json")).parent.name
    report = week.mails[0].get_content().splitlines()
    assert f"Look at it: digest preview {issue}" in report
    assert f"Approve it: digest approve {issue}" in report
    project, digest = ("--project", week.blog.root), week.digest
    assert digest(*project, "approve", issue).code == 0
    for arguments in ((), ("--dry-run",)):
        approved = week.run(*arguments)
        assert approved.out == f"{issue} is approved: `digest deliver {issue}` hands it over\n"
    assert digest(*project, "deliver", issue).code == 0
    for arguments in ((), ("--dry-run",)):
        assert week.run(*arguments).out == f"{issue} was handed over already\n"
    assert len(week.mails) == 1


def test_a_rehearsal_asks_and_tells_nobody(week: Week) -> None:
    said = week.run("--dry-run")
    assert said.code == 0
    assert "would be handed over" in said.out
    assert not (week.blog.root / "issues").exists()
    assert not week.shop.asked
    assert not week.mails


def test_a_rehearsal_knows_what_was_handed_over(week: Week) -> None:
    assert week.run().code == 0
    said = week.run("--dry-run")
    assert (said.code, "was handed over already" in said.out) == (0, True)


def test_an_editor_who_cannot_be_told_is_told_by_a_later_run(
    week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "wrong")
    for _ in range(2):
        said = week.run()
        assert said.code == 1
        assert "editor@letter.example could not be told" in said.err
    assert len(week.shop.made) == 1
    assert not week.mails
    monkeypatch.setenv("MAIL_PASSWORD", PASSWORD)
    assert week.run().code == 0
    test, report = week.mails
    assert test["Subject"] == "Learning by doing, and 2 more"
    assert "is a draft at listmonk, for you to send" in report["Subject"]
    assert week.run().code == 0
    assert len(week.mails) == 2


@pytest.mark.parametrize("what", ["an error of check", "a service that refuses", "an approval"])
def test_what_stays_as_it_is_is_told_once(
    week: Week, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """The run that builds the issue knows more of it than those after: what waits, and why."""
    path = week.blog.root / "digest.toml"
    told = path.read_text()
    if what == "an error of check":
        sender = 'sender = "The editors <editors@gmail.com>"'
        path.write_text(re.sub('sender = "[^"]*"', sender, told))
    elif what == "an approval":
        path.write_text(told.replace("deliver = true\n", ""))
    else:
        monkeypatch.setenv("CANARY_KEY", "another-wrong-key")
    codes = {week.run().code for _ in range(3)}
    assert len(codes) == 1
    (report,) = week.mails
    for title in ("Counting the swifts", "A roof of moss", "Learning by doing"):
        assert title in report.get_content()


def test_a_post_that_went_after_the_sealing_is_named(week: Week) -> None:
    assert week.run().code == 0
    week.shop.drafts.clear()
    next((week.blog.root / "posts").glob("one*")).unlink()
    said = week.run()
    assert said.code == 4
    assert '"Counting the swifts" was withdrawn' in said.err
    assert "--withdraw" in said.err or "change or delete the draft" in said.err
    assert '"Counting the swifts" was withdrawn' in week.mails[-1].get_content()


def test_a_run_that_another_one_overtakes_ends_well(
    digest: Run, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A timer that fires while somebody calls it by hand: the issue is handed over once."""
    blog.configure('service = "folder"\nsince = "3650 days"\n[run]\ndeliver = true\n')
    refuse, others = letters.refuse_faulty, [lambda: digest("--project", blog.root, "run")]
    told = []

    def meanwhile(project: Project, issue: str) -> None:
        refuse(project, issue)
        if others:
            told.append(others.pop()())

    monkeypatch.setattr(letters, "refuse_faulty", meanwhile)
    told.append(digest("--project", blog.root, "run"))
    first, second = told
    assert (first.code, second.code) == (0, 0), second.err
    assert "is a draft at folder, for you to send" in first.out
    assert "is at folder already" in second.out
    assert len(list((blog.root / "handed-over").iterdir())) == 1


PATTERN = """
[edition."by-{tag}"]
for_each = "tag"
values = ["birds", "ferns"]
since = "3650 days"
[edition."on-{tag}"]
for_each = "tag"
values = ["mist"]
"""


def test_of_a_patterns_editions_some_may_have_nothing(digest: Run, blog: Blog) -> None:
    """A thousand choices of readers would else end nearly every run of a timer with 3."""
    settings = blog.root / "digest.toml"
    before = settings.read_text()
    blog.configure('since = "3650 days"\n' + PATTERN)
    said = digest("--project", blog.root, "run")
    assert "by-ferns: 0 new posts" in said.out
    assert (said.code, "error" in said.err) == (0, False)
    settings.write_text(before.partition("[edition.weekly]")[0] + PATTERN.replace("birds", "moths"))
    said = digest("--project", blog.root, "run")
    assert (said.code, said.err.count("0 new posts")) == (3, 1)


def test_an_edition_described_by_itself_tells_that_it_has_nothing(digest: Run, blog: Blog) -> None:
    blog.configure('tags = ["mist"]\n' + PATTERN)
    said = digest("--project", blog.root, "run")
    assert (said.code, "-weekly: 0 new posts" in said.err) == (3, True)
