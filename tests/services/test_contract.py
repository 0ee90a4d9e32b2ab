"""What every mailing service promises, shown against a local one with real sockets."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from digest import dialects, services
from digest.errors import DeliveryUnknown, DigestError, FetchError, ServiceError
from digest.models import replace
from digest.services import carrying, registry
from digest.services.ledger import Ledger
from tests.services.counter import Counter, letter_for, sending
from tests.services.descriptions import have_official
from tests.services.server import Reply
from tests.services.shops import SHOPS

QUOTED = re.compile(r'"([^"\n]*/[^"\n]*)"')


def entry(counter: Counter) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(counter.path.read_text())["deliveries"][0]
    return found


def test_the_list_of_services_is_one_list() -> None:
    keep_drafts = {n for n, d in dialects.DIALECTS.items() if not d.is_export} - {"plain"}
    assert set(registry.names()) == keep_drafts
    assert {shop.name for shop in SHOPS} == keep_drafts - {"smtp", "imap", "folder"}


def test_no_call_that_sends_or_publishes_stands_in_the_code() -> None:
    room = Path(services.__file__).parent
    quoted = [text for path in room.rglob("*.py") for text in QUOTED.findall(path.read_text())]
    assert any("/actions/test" in text for text in quoted)
    assert not sending(quoted)


def test_requests_are_held_to_official_descriptions() -> None:
    if not have_official():
        pytest.skip("no official descriptions: name their folder by DIGEST_API_SPECS")


def test_a_first_delivery_leaves_one_draft_with_every_byte(counter: Counter) -> None:
    receipt = counter.deliver()
    assert receipt.status == "created"
    assert receipt.differences == ()
    assert len(counter.shop.made) == 1
    assert counter.letter.subject in counter.text()
    assert repr(counter.letter.html)[1:-1] in counter.text()
    assert entry(counter)["state"] == "done"
    assert entry(counter)["remote_id"] == receipt.remote_id


def test_a_second_delivery_changes_nothing(counter: Counter) -> None:
    counter.deliver()
    writes = len([a for a in counter.shop.asked if a.method not in ("GET",)])
    before = counter.path.read_bytes()
    assert counter.deliver().status == "unchanged"
    searches = 1 if counter.name == "sendgrid" else 0
    assert len([a for a in counter.shop.asked if a.method not in ("GET",)]) - writes <= searches
    assert counter.path.read_bytes() == before


def test_what_somebody_changed_there_is_brought_back(counter: Counter) -> None:
    if counter.name == "mailerlite":
        pytest.skip("it does not show the page")
    counter.deliver()

    def mend(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: mend(v) for k, v in value.items()}
        return (
            value.replace("letter.example/moss/", "elsewhere.example/")
            if isinstance(value, str)
            else value
        )

    for key, draft in counter.shop.drafts.items():
        counter.shop.drafts[key] = mend(draft)
    receipt = counter.deliver()
    assert receipt.status == "updated"
    assert any("had been changed there" in note for note in receipt.notes)
    assert "elsewhere.example" not in counter.text()


def test_a_changed_issue_updates_its_draft(counter: Counter) -> None:
    first = counter.deliver()
    again = counter.deliver(counter.changed())
    assert (again.status, again.remote_id) == ("updated", first.remote_id)
    assert len(counter.shop.made) == 1
    assert "roof of ferns" in counter.text()
    assert "roof of moss" not in counter.text()


def test_a_lost_journal_makes_no_second_draft(counter: Counter) -> None:
    counter.deliver()
    counter.path.unlink()
    assert counter.deliver().status in ("unchanged", "updated")
    assert len(counter.shop.made) == 1
    assert len(counter.shop.creations()) == 1


def test_two_audiences_get_a_draft_each(counter: Counter) -> None:
    places = {"sendgrid": "0" * 8 + "-2492-4d23-9f3e-0c1a5d8f7e66", "buttondown": "roofs"}
    other = letter_for(counter.name, audience=places.get(counter.name, "34"))
    counter.deliver()
    counter.deliver(other)
    assert len(counter.shop.made) == 2
    assert {e.audience for e in Ledger(counter.path).entries()} == {
        counter.letter.audience,
        other.audience,
    }


def test_a_draft_that_was_deleted_there_is_made_anew(counter: Counter) -> None:
    first = counter.deliver()
    counter.shop.drafts.clear()
    again = counter.deliver()
    assert again.status == "created"
    assert again.remote_id != first.remote_id
    assert entry(counter)["attempt"] == 2


def test_a_draft_that_was_renamed_there_is_still_known(counter: Counter) -> None:
    counter.deliver()
    for name in ("name", "title", "Title", "description", "slug"):
        if name in counter.shop.made[0]:
            counter.shop.made[0][name] = "renamed"
    if "settings" in counter.shop.made[0]:
        counter.shop.made[0]["settings"]["title"] = "renamed"
    if counter.name != "ghost":
        assert counter.deliver(counter.changed()).status == "updated"
    assert len(counter.shop.made) == 1


def test_two_matches_are_an_error_that_names_both(counter: Counter) -> None:
    counter.deliver()
    first = counter.shop.made[0]
    slug = {"slug": f"{first['slug']}-2"} if counter.name == "ghost" else {}
    counter.shop.new({k: v for k, v in first.items() if k != "id"}, **slug)
    with pytest.raises(ServiceError, match=first["id"]) as caught:
        counter.deliver(counter.changed())
    assert caught.value.kind == "conflict"
    assert "roof of ferns" not in counter.text()


STATES = {"mailchimp": "sent", "klaviyo": "Sent", "kit": "scheduled", "keila": "scheduled"}


def test_what_is_no_draft_is_never_touched(counter: Counter) -> None:
    counter.deliver()
    counter.shop.made[0]["status"] = STATES.get(counter.name, "sent")
    kept = counter.text()
    with pytest.raises(ServiceError) as caught:
        counter.deliver(counter.changed())
    assert caught.value.kind == "not a draft"
    assert counter.text() == kept
    counter.may_be_sent = True  # type: ignore[attr-defined]


BORN = {
    "mailchimp": "schedule",
    "buttondown": "about_to_send",
    "klaviyo": "Scheduled",
    "mailerlite": "ready",
}


def test_a_draft_that_is_born_as_something_else_is_set_back_loudly(counter: Counter) -> None:
    counter.shop.born = BORN.get(counter.name, "scheduled")
    with pytest.raises(ServiceError) as caught:
        counter.deliver()
    assert caught.value.kind == "set back"
    assert "it was set back" in str(caught.value)
    assert all(d["status"] in (counter.shop.word, "draft") for d in counter.shop.made)


# ---------------------------------------------------------------- what breaks


def creating(counter: Counter) -> tuple[str, str]:
    return "POST", counter.shop.creating


def test_a_connection_that_drops_before_creation_makes_one_draft(counter: Counter) -> None:
    counter.shop.fail(*creating(counter), "refuse")
    until_delivered(counter)


def test_a_connection_that_drops_after_creation_makes_one_draft(counter: Counter) -> None:
    counter.shop.fail(*creating(counter), "drop")
    assert counter.deliver().status == "created"
    assert len(counter.shop.made) == 1


def test_an_answer_that_breaks_off_makes_one_draft(counter: Counter) -> None:
    counter.shop.fail(*creating(counter), "break")
    assert counter.deliver().status == "created"
    assert len(counter.shop.made) == 1


def test_an_answer_that_is_late_makes_one_draft(counter: Counter) -> None:
    counter.shop.fail(*creating(counter), "late", seconds=1.2)
    assert counter.deliver().status == "created"
    assert len(counter.shop.made) == 1


def test_a_creation_that_happens_later_makes_one_draft(counter: Counter) -> None:
    """The connection drops, and the service does it all the same, a second after we asked."""
    counter.shop.fail(*creating(counter), "later", seconds=1.5)
    if not registry.about(counter.name).keyed:
        with pytest.raises(DeliveryUnknown):
            counter.deliver()
    assert counter.deliver(settle=6).status == "created"
    assert len(counter.shop.made) == 1


def test_what_was_made_unheard_and_deleted_since_is_made_anew(counter: Counter) -> None:
    """A key that is asked again names what is gone; so its outcome is asked for before."""
    counter.deliver()
    unheard = json.loads(counter.path.read_text())
    unheard["deliveries"][0] |= {"state": "intent", "remote_id": "", "url": "", "done_at": None}
    counter.path.write_text(json.dumps(unheard))
    counter.shop.drafts.clear()
    assert counter.deliver().status == "created"
    assert len(counter.shop.made) == 1


def test_a_service_that_does_it_twice_is_told_of(counter: Counter) -> None:
    counter.shop.fail(*creating(counter), "twice")
    if registry.about(counter.name).keyed:
        assert counter.deliver().status == "created"
        return
    with pytest.raises(ServiceError, match="holds 2 of this issue"):
        counter.deliver()
    with pytest.raises(ServiceError, match="holds 2 of this issue"):
        counter.deliver()


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"<html>Bad gateway</html>", b'{"id": {}}', b'"ok"', b"null", b"\xff\xfe",
     b"[" * 100_000, b'{"id":' + b"9" * 5000 + b"}"],
    ids=["empty", "list", "page", "object", "text", "null", "bytes", "deep", "long"],
)  # fmt: skip
def test_an_answer_that_cannot_be_read_makes_one_draft(counter: Counter, body: bytes) -> None:
    counter.shop.fail(*creating(counter), "answer", reply=Reply(200, body))
    until_delivered(counter)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_fault_of_its_own_during_a_creation_makes_one_draft(
    counter: Counter, status: int
) -> None:
    for words in (b"<h1>Oops</h1>", b"[" * 100_000):
        counter.shop.fail(*creating(counter), "answer", reply=Reply(status, words))
    until_delivered(counter)


@pytest.mark.parametrize("how", ["refuse", "drop", "break"])
def test_any_other_request_may_break(counter: Counter, how: str) -> None:
    for method in ("GET", "PUT", "PATCH"):
        counter.shop.fail(method, r".", how)
    until_delivered(counter)
    counter.shop.fail("PUT", r".", how)
    counter.shop.fail("PATCH", r".", how)
    receipt = counter.deliver(counter.changed())
    assert receipt.status == "updated"
    assert len(counter.shop.made) == 1


def until_delivered(counter: Counter) -> None:
    """Deliver as often as an editor would, and never find two drafts."""
    for _ in range(4):
        try:
            assert counter.deliver().status in ("created", "unchanged", "updated")
        except DeliveryUnknown as error:
            assert error.exit_code == 6
            assert len(counter.shop.made) <= 1
        else:
            assert len(counter.shop.made) == 1
            assert entry(counter)["state"] == "done"
            return
    pytest.fail("it never arrived")


REFUSALS = [
    (400, "validation"),
    (401, "authentication"),
    (402, "plan"),
    (404, "gone"),
    (409, "conflict"),
    (410, "gone"),
    (413, "validation"),
    (422, "validation"),
]


@pytest.mark.parametrize(("status", "kind"), REFUSALS)
def test_a_refused_creation_says_why_and_leaves_nothing(
    counter: Counter, status: int, kind: str
) -> None:
    reply = counter.shop.refusal(status, "is no good", "subject")
    counter.shop.fail(*creating(counter), "answer", reply=reply, undone=True)
    with pytest.raises(DigestError) as caught:
        counter.deliver()
    assert not counter.shop.made
    if kind == "conflict":  # something is there that we did not find
        assert isinstance(caught.value, DeliveryUnknown)
        return
    assert isinstance(caught.value, ServiceError)
    assert caught.value.kind == kind
    assert "is no good" in caught.value.message
    if status == 422:
        assert "subject" in caught.value.message
    assert caught.value.hint
    assert not counter.path.exists()


def test_a_plan_that_is_too_small_names_the_way_out(counter: Counter) -> None:
    words = "Content submission is only available on advanced plan."
    reply = counter.shop.refusal(422, words)
    counter.shop.fail(*creating(counter), "answer", reply=reply, undone=True)
    with pytest.raises(ServiceError) as caught:
        counter.deliver()
    assert caught.value.kind == "plan"
    assert f"digest export ISSUE --for {counter.name}" in caught.value.hint


def test_a_throttle_is_waited_for(counter: Counter) -> None:
    reply = Reply(429, {"message": "slow down"}, {"retry-after": "7"})
    counter.shop.fail(*creating(counter), "answer", reply=reply, undone=True)
    assert counter.deliver().status == "created"
    assert 7 in counter.slept


def test_a_throttle_that_lasts_is_told_of(counter: Counter) -> None:
    reply = Reply(429, {"message": "slow down"}, {"retry-after": "3600"})
    counter.shop.fail(*creating(counter), "answer", reply=reply, undone=True)
    with pytest.raises(ServiceError) as caught:
        counter.deliver()
    assert caught.value.kind == "rate limit"
    assert "3600" in caught.value.hint


def test_a_service_that_is_away_is_asked_again_and_then_told_of(counter: Counter) -> None:
    counter.shop.fail("GET", ".", "answer", reply=Reply(503, b""), undone=True, times=2)
    # looking for a draft may be done again, whatever the method it is asked for with
    counter.shop.fail("POST", "search", "answer", reply=Reply(503, b""), undone=True, times=2)
    assert counter.deliver().status == "created"
    counter.shop.faults.clear()
    counter.shop.fail("GET", ".", "answer", reply=Reply(503, b""), undone=True, times=99)
    counter.shop.fail("POST", "search", "answer", reply=Reply(503, b""), undone=True, times=99)
    with pytest.raises(ServiceError) as caught:
        counter.deliver(counter.changed())
    assert caught.value.kind == "passing"


def test_a_service_that_is_nowhere_is_told_of(counter: Counter) -> None:
    with pytest.raises(FetchError, match="connection refused"):
        counter.deliver(url="http://127.0.0.1:9")
    assert not counter.path.exists()


def test_a_redirect_is_never_followed_with_a_key(counter: Counter) -> None:
    reply = Reply(302, b"", {"location": "http://127.0.0.1:1/elsewhere"})
    counter.shop.fail("GET", ".", "answer", reply=reply, undone=True, times=9)
    counter.shop.fail("POST", "search", "answer", reply=reply, undone=True, times=9)
    with pytest.raises(ServiceError, match="302"):
        counter.deliver()


# ---------------------------------------------------------------- read back, tests, checks


def test_what_a_service_changes_is_shown(counter: Counter) -> None:
    if counter.name in ("mailerlite",):
        pytest.skip("it does not show the page")
    counter.deliver()
    tampered = counter.letter.html.replace("letter.example/moss/", "elsewhere.example/track")
    kept = counter.shop.handle

    def handle(asked: Any) -> Reply:
        reply = kept(asked)
        if asked.method == "GET":
            page = reply.bytes().replace(b"letter.example/moss/", b"elsewhere.example/track")
            return replace_body(reply, page)
        return reply

    counter.shop.handle = handle  # type: ignore[method-assign]
    found = counter.deliver(counter.changed()).differences
    assert tampered != counter.letter.html
    assert any("https://letter.example/moss/ is missing" in line for line in found)
    assert any("elsewhere.example" in line for line in found)


def replace_body(reply: Reply, body: bytes) -> Reply:
    return Reply(reply.status, body, {"content-type": "application/json", **reply.headers})


def test_a_test_goes_to_the_named_addresses_only(counter: Counter) -> None:
    receipt = counter.deliver()
    with counter.service() as service:
        draft = service.get(receipt.remote_id)
        assert draft is not None
        if service.about.tests:
            service.test(draft, counter.letter, ["me@letter.example"])
            assert counter.shop.tests == [["me@letter.example"]]
        else:
            with pytest.raises(ServiceError) as caught:
                service.test(draft, counter.letter, ["me@letter.example"])
            assert caught.value.kind == "unable"
            assert "smtp" in caught.value.hint


def test_credentials_are_tried(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    with counter.service() as service:
        assert service.check()
    counter.shop.authorised = lambda asked: False  # type: ignore[method-assign]
    with counter.service() as service, pytest.raises(ServiceError) as caught:
        service.check()
    assert caught.value.kind == "authentication"


def test_what_is_too_long_is_refused_before_anything_is_asked(counter: Counter) -> None:
    limits = registry.about(counter.name).limits
    fields = [name for name in limits if name in ("subject", "preheader", "html")]
    for name in fields:
        with pytest.raises(ServiceError, match=name):
            counter.deliver(replace(counter.letter, **{name: "x" * (limits[name] + 1)}))
    assert not counter.shop.asked


# What each says itself of its fields: characters, and bytes of a page or a text.
LIMITS = [
    ("ghost", "subject", 300),
    ("ghost", "preheader", 300),
    ("ghost", "key", 191),
    ("mailchimp", "preheader", 150),
    ("buttondown", "subject", 2_000),
    ("brevo", "html", 1_000_000),
    ("sendgrid", "html", 2**20),
    ("sendgrid", "text", 2**20),
    ("sendgrid", "name", 100),
]


@pytest.mark.parametrize(("name", "field", "most"), LIMITS)
def test_the_last_that_fits_is_handed_over_and_one_more_refused(
    name: str, field: str, most: int
) -> None:
    about, letter = registry.about(name), letter_for(name)
    carrying.refuse_too_long(replace(letter, **{field: "x" * most}), about)
    with pytest.raises(ServiceError, match=f"{field}: has {most + 1:,}"):
        carrying.refuse_too_long(replace(letter, **{field: "x" * (most + 1)}), about)
    if field in ("html", "text"):  # a letter of two bytes counts twice
        with pytest.raises(ServiceError, match="bytes"):
            carrying.refuse_too_long(replace(letter, **{field: "é" * (most // 2 + 1)}), about)


def test_the_preflight_of_a_service_is_shown(counter: Counter) -> None:
    said = {"mailchimp": "MonkeyRewards: is off", "mailerlite": "the subject is long"}
    wanted = said.get(counter.name)
    told = counter.deliver().notes
    assert (wanted is None) or any(wanted in line for line in told)


# ---------------------------------------------------------------- where secrets come from


class Keyring:
    """Stand in for the package `keyring`, which asks the system's own store."""

    class errors:  # noqa: N801 - the package calls it so
        """Hold what it raises."""

        class KeyringError(Exception):
            """Tell of a store that is locked."""

    def __init__(self, kept: dict[tuple[str, str], str] | None) -> None:
        self.kept = kept

    def get_password(self, service: str, name: str) -> str | None:
        if self.kept is None:
            raise self.errors.KeyringError("locked")
        return self.kept.get((service, name))


def test_a_key_may_lie_in_the_keyring(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    key = os.environ["CANARY_KEY"]
    monkeypatch.delenv("CANARY_KEY")
    monkeypatch.setitem(sys.modules, "keyring", Keyring({("digest", "CANARY_KEY"): key}))
    assert counter.deliver().status == "created"


@pytest.mark.parametrize("kept", [{}, None], ids=["no entry", "locked"])
def test_a_key_that_is_nowhere_is_told_of(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, kept: dict[tuple[str, str], str] | None
) -> None:
    monkeypatch.delenv("CANARY_KEY")
    monkeypatch.setitem(sys.modules, "keyring", Keyring(kept))
    with pytest.raises(ServiceError, match="CANARY_KEY is not set") as told:
        counter.deliver()
    assert told.value.kind == "authentication"
    assert not counter.shop.asked


@pytest.mark.parametrize("wrong", ["{}\nX-Other: 1", "{}\x00", "{} \x7f", "{}\u2028x"])
def test_a_key_that_is_broken_is_told_of_without_it(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setattr(os, "environ", {**os.environ})  # the system's own takes no NUL
    os.environ["CANARY_KEY"] = wrong.format(os.environ["CANARY_KEY"])
    with pytest.raises(ServiceError, match="CANARY_KEY holds is broken") as told:
        counter.deliver()
    assert told.value.kind == "authentication"
    assert "canary" not in str(told.value)
    assert not counter.shop.asked


def test_a_key_with_letters_of_no_key_is_told_of_without_it(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    if counter.name == "ghost":
        pytest.skip("its key is signed with, and never sent")
    monkeypatch.setenv("CANARY_KEY", "sekr\u00e9t-canary-31337")
    try:
        counter.deliver()
    except ServiceError as error:
        assert error.kind == "authentication"
        assert "canary" not in str(error)
