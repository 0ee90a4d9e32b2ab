"""An approved issue becomes a draft at a service, by the command line."""

from __future__ import annotations

import json
import traceback
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from digest.services.access.wire import Wire
from digest.workflow.project import Project
from digest.workflow.sending import letters
from tests.conftest import Answer, Blog, Run
from tests.services import mailbox
from tests.services.counter import opened, with_sender
from tests.services.server import Reply
from tests.services.shops import KEY, USER, ListmonkShop, MailchimpShop, MailerLiteShop

Digest = Run
DAY = ("--date", "2026-10-08")
ISSUE = "2026-10-08-weekly"
KEYS = {"issue", "service", "audience", "status", "remote_id", "url", "differences", "notes"}


class Desk:
    """A project with an approved issue, and a service to hand it over to."""

    def __init__(self, digest: Digest, blog: Blog) -> None:
        self.digest, self.blog = digest, blog

    def configure(self, text: str, edition: str = "") -> None:
        self.blog.configure(edition + text)
        with_sender(self.blog)
        # what an earlier process asked for counts as settled after twice this time
        path = self.blog.root / "digest.toml"
        told = path.read_text()
        path.write_text(told if "[fetching]" in told else f"{told}[fetching]\ntimeout = 1\n")

    def run(self, *args: object) -> Answer:
        return self.digest("--project", self.blog.root, *args)

    def approve(self) -> None:
        assert self.run("build", *DAY).code == 0
        assert self.run("approve", "latest").code == 0

    def deliver(self, *args: object) -> Answer:
        return self.run("deliver", "latest", *args)


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for real before a request is made again."""
    monkeypatch.setitem(Wire.__init__.__kwdefaults__, "backoff_seconds", 0.001)


@pytest.fixture
def desk(digest: Digest, blog: Blog) -> Desk:
    return Desk(digest, blog)


@pytest.fixture
def listmonk(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ListmonkShop]:
    with opened(ListmonkShop, tmp_path, monkeypatch) as counter:
        desk.configure(
            f'[service.listmonk]\nurl = "{counter.address}"\nkey_env = "CANARY_KEY"\n'
            'user_env = "CANARY_USER"\n[service.listmonk.audiences]\nmembers = 3\nfriends = 4\n',
            'service = "listmonk"\n',
        )
        assert isinstance(counter.shop, ListmonkShop)
        yield counter.shop


def test_a_delivery_leaves_the_sealed_bytes_and_says_so(desk: Desk, listmonk: ListmonkShop) -> None:
    desk.approve()
    said = desk.deliver("--audience", "members", "--json")
    assert said.code == 0, said.err
    assert set(said.json) == KEYS
    assert (said.json["issue"], said.json["service"]) == (ISSUE, "listmonk")
    assert (said.json["audience"], said.json["status"]) == ("members", "created")
    assert said.json["differences"] == []
    draft = listmonk.made[0]
    assert draft["body"] == (desk.blog.issue(ISSUE) / "email.html").read_text()
    assert (draft["lists"], draft["template_id"]) == ([3], 2)
    assert "no field for the preheader" in said.err
    states = [issue["state"] for issue in desk.run("issues", "--json").json]
    assert states == ["delivered"]
    again = desk.deliver("--audience", "members", "--json").json
    assert (again["status"], again["remote_id"]) == ("unchanged", said.json["remote_id"])
    assert desk.run("approve", "latest", "--withdraw").code == 1


def test_one_issue_goes_to_two_audiences(desk: Desk, listmonk: ListmonkShop) -> None:
    desk.approve()
    assert desk.deliver().code == 2
    assert "members, friends" in desk.deliver().err
    assert "Did you mean" in desk.deliver("--audience", "member").err
    for audience in ("members", "friends"):
        assert desk.deliver("--audience", audience).code == 0
    assert [draft["lists"] for draft in listmonk.made] == [[3], [4]]
    assert (
        len(json.loads((desk.blog.issue(ISSUE) / "delivery.json").read_text())["deliveries"]) == 2
    )


def test_only_what_was_approved_is_delivered(desk: Desk, listmonk: ListmonkShop) -> None:
    assert desk.run("build", *DAY).code == 0
    said = desk.deliver("--audience", "members")
    assert (said.code, "not approved" in said.err) == (1, True)
    desk.run("approve", "latest")
    page = desk.blog.issue(ISSUE) / "email.html"
    page.write_text(page.read_text() + "<!-- one more thing -->")
    said = desk.deliver("--audience", "members")
    assert (said.code, "digest rebuild" in said.err) == (1, True)
    desk.run("rebuild", "latest")
    record = desk.blog.issue(ISSUE) / "issue.json"
    kept = record.read_text()
    record.write_text(kept.replace("Counting the swifts", "Counting the coins"))
    assert "no longer makes what was sealed" in desk.deliver("--audience", "members").err
    record.write_text(kept)
    assert not listmonk.asked
    assert desk.deliver("--audience", "members").code == 0


@pytest.mark.parametrize("change", ["withdrawn", "renamed"])
def test_a_post_that_changed_since_stops_it(
    desk: Desk, listmonk: ListmonkShop, change: str
) -> None:
    desk.approve()
    if change == "withdrawn":
        (desk.blog.root / "posts" / "one.md").unlink()
    else:
        desk.blog.write("one", "Recounting the swifts", "2026-10-05T09:00:00Z", "birds")
    assert desk.run("collect").code == 0
    said = desk.deliver("--audience", "members")
    assert said.code == 4
    assert '"Counting the swifts"' in said.err
    assert "-weekly --withdraw`" in said.err
    assert not listmonk.asked


def test_a_lost_archive_stops_nothing(desk: Desk, listmonk: ListmonkShop) -> None:
    import shutil

    desk.approve()
    shutil.rmtree(desk.blog.root / ".digest")
    assert desk.deliver("--audience", "members").code == 0


def test_a_rehearsal_prints_the_requests_and_asks_nobody(
    desk: Desk, listmonk: ListmonkShop
) -> None:
    desk.approve()
    said = desk.deliver("--audience", "members", "--dry-run", "--test", "me@letter.example")
    assert said.code == 0
    assert "POST http://127.0.0.1" in said.out
    assert '\n  "lists": [\n    3\n  ]' in said.out
    assert "A roof of moss" in said.out
    assert '"subscribers"' in said.out
    assert KEY not in said.out + said.err
    assert "authorization: token •••" in said.out
    told = desk.deliver("--audience", "members", "--dry-run", "--json").json
    assert (set(told), told["status"]) == (KEYS, "dry-run")
    assert any("POST" in line for line in told["notes"])
    assert not listmonk.asked
    assert not (desk.blog.issue(ISSUE) / "delivery.json").exists()


def test_a_draft_made_for_another_service_speaks_its_dialect(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(MailchimpShop, tmp_path, monkeypatch) as counter:
        desk.configure(
            f'[service.mailchimp]\nurl = "{counter.address}/3.0"\nkey_env = "CANARY_KEY"\n'
            'audience = "a1b2c3"\n',
            'service = "listmonk"\n',
        )
        desk.approve()
        said = desk.deliver("--to", "mailchimp", "--json")
        assert said.code == 0, said.err
        assert "*|UNSUB|*" in counter.shop.made[0]["html"]
        assert "{{ UnsubscribeURL }}" not in counter.shop.made[0]["html"]
        assert any("MonkeyRewards" in note for note in said.json["notes"])


def test_an_outcome_that_nobody_knows_ends_with_6(desk: Desk, listmonk: ListmonkShop) -> None:
    desk.approve()
    listmonk.fail("POST", "/api/campaigns$", "later", seconds=1.5)
    said = desk.deliver("--audience", "members", "--json")
    assert said.code == 6
    assert (set(said.json), said.json["status"]) == (KEYS, "unknown")
    assert "Deliver again" in said.err
    assert desk.run("issues", "--json").json[0]["state"] == "delivered"
    assert desk.deliver("--audience", "members", "--json").json["status"] == "created"
    assert len(listmonk.made) == 1


def test_a_test_needs_an_address(desk: Desk, listmonk: ListmonkShop) -> None:
    desk.approve()
    for bad in ("nobody", "a@b.example\r\nBcc: all@letter.example", "a@b,c@d"):
        said = desk.deliver("--audience", "members", "--test", bad)
        assert (said.code, "is no address" in said.err) == (2, True)
    assert desk.deliver("--audience", "members", "--test", "me@letter.example").code == 0
    assert listmonk.tests == [["me@letter.example"]]


def test_a_time_needs_a_yes(desk: Desk, listmonk: ListmonkShop) -> None:
    desk.approve()
    said = desk.deliver("--audience", "members", "--schedule", "2099-01-01T08:00")
    assert (said.code, "--yes" in said.err) == (2, True)
    assert not listmonk.asked
    assert desk.deliver("--schedule", "2001-01-01T08:00", "--yes").code == 2
    said = desk.deliver("--audience", "members", "--schedule", "2099-01-01T08:00", "--yes")
    assert said.code == 0, said.err
    assert listmonk.made[0]["status"] == "scheduled"
    assert "Look at it there, before its time comes.\n" in said.err
    assert listmonk.made[0]["send_at"].startswith("2099-01-01T08:00")
    said = desk.deliver("--audience", "members")
    assert (said.code, "left alone" in said.err) == (1, True)


def test_a_zip_serves_any_other_service(desk: Desk) -> None:
    desk.configure("")
    desk.approve()
    said = desk.deliver("--to", "folder", "--json")
    assert (said.code, said.json["status"]) == (0, "created")
    with zipfile.ZipFile(said.json["url"]) as kept:
        names = {"email.html", "email.txt", "message.eml", "web.html", "subject.txt"}
        assert set(kept.namelist()) == names
        assert b"A roof of moss" in kept.read("email.html")
    assert desk.deliver("--to", "folder", "--json").json["status"] == "unchanged"


@pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")
def test_a_service_that_mails_no_tests_has_them_mailed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the mail server that is configured; where none is, the draft is there and the way is told."""
    desk.configure("")
    desk.approve()
    tested = ("--to", "folder", "--test", "me@letter.example")
    said = desk.deliver(*tested)
    assert said.code == 1
    assert "the draft is there, but" in said.err
    assert "Configure [service.smtp]" in said.err
    monkeypatch.setenv("CANARY_USER", mailbox.USER)
    monkeypatch.setenv("CANARY_KEY", mailbox.PASSWORD)
    with mailbox.smtp_server(tmp_path, is_wrapped=True) as (url, box, certificate):
        desk.configure(
            f'[service.smtp]\nurl = "{url}"\nca_file = "{certificate}"\n'
            'user_env = "CANARY_USER"\nkey_env = "CANARY_KEY"\n'
        )
        said = desk.deliver(*tested, "--json")
        assert (said.code, said.json["status"]) == (0, "unchanged")
        assert "a test went to me@letter.example" in said.json["notes"]
        assert any(note.startswith("by SMTP, as ") for note in said.json["notes"])
        assert [to for _, to, _ in box.taken(1)] == [["me@letter.example"]]


def test_what_is_wrong_is_said_with_the_next_step(desk: Desk, monkeypatch: Any) -> None:
    desk.configure('[service.brevo]\nkey_env = "NOT_SET_ANYWHERE"\naudience = 3\n')
    desk.approve()
    assert "--to" in desk.deliver().err
    assert "NOT_SET_ANYWHERE" in desk.deliver("--to", "brevo").err
    assert "has no key_env" in desk.deliver("--to", "kit", "--audience", "all").err
    assert "digest.toml: [service.kit] has no audience." in desk.deliver("--to", "kit").err
    assert 'Did you mean "mailchimp"' in desk.deliver("--to", "mailchmp").err
    assert "digest export" in desk.deliver("--to", "civicrm").err
    assert desk.deliver("--to", "pigeon").code == 2
    monkeypatch.setenv("NOT_SET_ANYWHERE", KEY)
    desk.configure(
        '[service.brevo]\nurl = "http://example.com/v3"\nkey_env = "NOT_SET_ANYWHERE"\n'
        "audience = 3\n"
    )
    assert "in the open" in desk.deliver("--to", "brevo").err


def test_services_are_tried(
    desk: Desk, listmonk: ListmonkShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = desk.run("services", "--json")
    assert said.json == [
        {
            "service": "listmonk",
            "ok": True,
            "message": "signed in as digest.",
        }
    ]
    monkeypatch.setenv("CANARY_KEY", "another-secret-key")
    told = desk.run("services", "--json").json[0]
    assert (told["ok"], "401" in told["message"]) == (False, True)
    assert "another-secret-key" not in told["message"]
    said = desk.run("services")
    assert ("fails" in said.out, said.code) == (True, 1)
    assert "cannot be used: listmonk" in said.err


def test_a_plan_that_is_too_small_can_be_worked_with(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(MailerLiteShop, tmp_path, monkeypatch) as counter:
        table = (
            f'[service.mailerlite]\nurl = "{counter.address}/api"\nkey_env = "CANARY_KEY"\n'
            "audience = 3\n"
        )
        desk.configure(table, 'service = "mailerlite"\n')
        desk.approve()
        reply = Reply(422, {"message": "Content submission is only available on advanced plan."})
        counter.shop.fail("POST", "/campaigns$", "answer", reply=reply, undone=True)
        said = desk.deliver()
        assert said.code == 1
        assert "digest export ISSUE --for mailerlite" in said.err
        assert "content = false" in said.err
        assert desk.run("issues", "--json").json[0]["state"] == "approved"
        desk.configure(table + "content = false\n", 'service = "mailerlite"\n')
        assert desk.deliver().code == 0
        assert "content" not in counter.shop.made[0]["emails"][0]


def test_no_secret_is_ever_shown(
    desk: Desk, listmonk: ListmonkShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service that repeats our key in every answer, and every way of failing that we know."""
    desk.approve()
    heard: list[str] = []

    def hear(*args: object) -> None:
        for verbose in ((), ("--verbose",)):
            said = desk.digest(*verbose, "--project", desk.blog.root, *args)
            heard.extend((said.out, said.err))

    echo = f"bad token {USER}:{KEY} in Authorization: token {USER}:{KEY}"
    for status in (400, 401, 403, 404, 409, 422, 429, 500):
        for method in ("GET", "POST"):
            reply = Reply(status, {"message": echo, "errors": [{"field": KEY, "message": KEY}]})
            listmonk.fail(method, "/api/campaigns", "answer", reply=reply, undone=True, times=9)
            hear("deliver", "latest", "--audience", "members", "--json")
            listmonk.faults.clear()
    listmonk.fail("GET", ".", "answer", reply=Reply(200, {"data": KEY}), undone=True, times=2)
    hear("deliver", "latest", "--audience", "members")
    listmonk.faults.clear()
    listmonk.fail("GET", ".", "answer", reply=Reply(302, b"", {"location": KEY}), times=9)
    hear("services")
    listmonk.faults.clear()
    hear("services", "--json")
    hear("deliver", "latest", "--audience", "members", "--dry-run")
    hear("deliver", "latest", "--audience", "members", "--json")
    assert not [text for text in heard if KEY in text]
    for path in desk.blog.root.rglob("*"):
        if path.is_file():
            assert KEY.encode() not in path.read_bytes(), path


def test_no_secret_is_in_a_traceback(
    desk: Desk, listmonk: ListmonkShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from digest.errors import DigestError
    from digest.workflow.project import Project
    from digest.workflow.sending.delivering import Handover, deliver

    desk.approve()
    reply = Reply(422, {"message": f"what is {KEY}?"})
    listmonk.fail("POST", "/api/campaigns$", "answer", reply=reply, undone=True)
    with pytest.raises(DigestError) as caught:
        deliver(Project(desk.blog.root), "latest", Handover(audience="members"))
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert "•••" in told
    assert KEY not in told


def test_an_error_of_a_check_stops_it(desk: Desk, listmonk: ListmonkShop) -> None:
    desk.blog.write(
        "one", "Counting", "2026-10-05T09:00:00Z", body="See [it](https://localhost/x)."
    )
    desk.approve()
    told = desk.run("check", "latest", "--json").json
    rules = {f["rule"] for f in told["findings"] if f["severity"] == "error"}
    if not rules:  # make an error of whatever it finds
        rule = told["findings"][0]["rule"]
        path = desk.blog.root / "digest.toml"
        path.write_text(path.read_text() + f'[check]\n{rule} = "error"\n')
    said = desk.deliver("--audience", "members")
    assert said.code == 4, said.err
    assert "digest check" in said.err
    assert not listmonk.asked


@pytest.mark.parametrize(
    ("deeds", "why"),
    [
        ([("approve", "--withdraw", ISSUE)], "is not approved yet"),
        (
            [("approve", "--withdraw", ISSUE), "edit", ("build", *DAY), ("approve", ISSUE)],
            "was sealed anew meanwhile",
        ),
    ],
    ids=["opened", "sealed anew"],
)
def test_an_issue_that_is_opened_while_it_is_looked_at_is_handed_over_to_nobody(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, deeds: list[Any], why: str
) -> None:
    """Its draft would be of bytes that are no issue any more, and keep it from being approved."""
    desk.approve()
    refuse, left = letters.refuse_faulty, list(deeds)

    def meanwhile(project: Project, issue: str) -> None:
        refuse(project, issue)
        while left:
            deed = left.pop(0)
            if deed == "edit":
                (desk.blog.issue(ISSUE) / "editor.md").write_text("---\nsubject: Ferns\n---\n")
            else:
                assert desk.run(*deed).code == 0

    monkeypatch.setattr(letters, "refuse_faulty", meanwhile)
    refused = desk.deliver("--to", "folder")
    assert (refused.code, why in refused.err) == (1, True)
    assert not (desk.blog.root / "handed-over").exists()
    assert not (desk.blog.issue(ISSUE) / "delivery.json").exists()
