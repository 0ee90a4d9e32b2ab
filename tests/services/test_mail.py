"""A test by SMTP and a draft by IMAP, against real servers with TLS and passwords."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from digest.errors import ServiceError
from digest.fetching import Fetcher
from digest.models import replace
from digest.services import Desk, Draft, Ledger, Receipt, Service, Settings, Wire, registry
from digest.services.access.secrets import Secrets
from digest.services.mail.imap import mailbox_for_drafts
from digest.services.mail.smtp import _kind
from digest.services.mail.transport import MailService
from tests.services.counter import letter_for
from tests.services.mailbox import (
    PASSWORD,
    USER,
    Maildirs,
    Postbox,
    dovecot,
    postfix,
    smtp_server,
)

# aiosmtpd cannot know that its socket is wrapped in TLS already, and leaves those open that hang up on it
pytestmark = [
    pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

DRAFT = Draft(id="", status="", is_draft=True)


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    monkeypatch.setenv("MAIL_USER", USER)
    monkeypatch.setenv("MAIL_PASSWORD", PASSWORD)
    with Fetcher() as fetcher:
        yield Wire(fetcher, timeout_seconds=30)


def service(name: str, url: str, cert: Path, wire: Wire) -> Service:
    settings = Settings(
        name=name,
        url=url,
        key_env="MAIL_PASSWORD",
        user_env="MAIL_USER",
        options={"ca_file": str(cert)},
    )
    return registry.create(settings, wire)


Opened = tuple[str, Postbox | Maildirs, Path]


@pytest.fixture(scope="module")
def post_office() -> Iterator[tuple[str, str, Maildirs, Path]]:
    with postfix() as opened:
        yield opened


@pytest.fixture(params=["aiosmtpd smtps", "aiosmtpd starttls", "postfix smtps", "postfix starttls"])
def postbox(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opened]:
    server, _, how = request.param.partition(" ")
    if server == "postfix":
        wrapped, plain, box, cert = request.getfixturevalue("post_office")
        box.empty()
        yield (wrapped if how == "smtps" else plain), box, cert
        return
    with smtp_server(tmp_path, is_wrapped=how == "smtps") as opened:
        yield opened


def test_a_test_reaches_each_address_on_its_own(postbox: Opened, wire: Wire) -> None:
    url, box, cert = postbox
    smtp = service("smtp", url, cert, wire)
    assert "takes our mail" in smtp.check()
    smtp.test(DRAFT, letter_for("smtp"), ["one@letter.example", "two@letter.example"])
    mails = sorted(box.taken(2))
    assert [to for _, to, _ in mails] == [["one@letter.example"], ["two@letter.example"]]
    assert {sender for sender, _, _ in mails} == {"editors@letter.example"}
    mail = message_from_bytes(mails[0][2], policy=policy.default)
    assert mail["To"] == "one@letter.example"
    assert mail["X-Digest-Key"] == letter_for("smtp").key
    assert mail.get_content().strip() == "Swifts"


def test_a_test_is_a_mail_of_its_own(postbox: Opened, wire: Wire) -> None:
    """Two mails with one id are one to most mail programs, and a date of last week is far below."""
    url, box, cert = postbox
    sealed = message_from_bytes(letter_for("smtp").message, policy=policy.default)
    for _ in range(2):
        service("smtp", url, cert, wire).test(DRAFT, letter_for("smtp"), ["one@letter.example"])
    mails = [message_from_bytes(raw, policy=policy.default) for _, _, raw in box.taken(2)]
    assert len({*(mail["Message-ID"] for mail in mails), sealed["Message-ID"]}) == 3
    for mail in mails:
        assert [len(mail.get_all(name) or []) for name in ("To", "Date", "Message-ID")] == [1, 1, 1]
        assert mail["Date"].datetime > sealed["Date"].datetime
        assert mail["Message-ID"].endswith("@letter.example>")
        assert mail.get_content().split() == sealed.get_content().split()


def test_a_rehearsal_shows_what_would_be_mailed(wire: Wire) -> None:
    wire.rehearsal = []
    smtp = service("smtp", "smtps://mail.letter.example", Path(), wire)
    smtp.test(DRAFT, letter_for("smtp"), ["one@letter.example"])
    assert [(r.method, r.url) for r in wire.rehearsal] == [
        ("MAIL", "smtps://mail.letter.example:465/one@letter.example")
    ]
    assert "To: one@letter.example" in wire.rehearsal[0].body
    imap = service("imap", "imaps://mail.letter.example", Path(), wire)
    imap.create(letter_for("imap"))
    assert wire.rehearsal[1].url == r"imaps://mail.letter.example:993/\Drafts"
    assert wire.rehearsal[1].body.startswith("X-Digest-Key: ")


def test_what_a_mail_server_refuses_is_told_in_its_words(
    postbox: Opened, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, box, cert = postbox
    smtp = service("smtp", url, cert, wire)
    with pytest.raises(ServiceError, match=r"550 5\.1\.1 .*[uU]ser") as caught:
        smtp.test(DRAFT, letter_for("smtp"), ["nobody@letter.example"])
    assert caught.value.kind == "validation"
    with pytest.raises(ServiceError, match="at most"):
        smtp.test(DRAFT, letter_for("smtp"), [f"a{i}@letter.example" for i in range(11)])
    monkeypatch.setenv("MAIL_PASSWORD", "wrong-canary-password")
    with pytest.raises(ServiceError) as caught:
        service("smtp", url, cert, wire).check()
    assert caught.value.kind == "authentication"
    assert "wrong-canary-password" not in str(caught.value)
    assert not box.mails


def test_names_may_have_letters_of_any_language(
    postbox: Opened, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, box, cert = postbox
    monkeypatch.setenv("MAIL_USER", "redaktör@letter.example")
    service("smtp", url, cert, wire).test(DRAFT, letter_for("smtp"), ["one@letter.example"])
    assert len(box.taken(1)) == 1
    monkeypatch.setenv("MAIL_PASSWORD", "wröng-canary-password")
    with pytest.raises(ServiceError) as caught:
        service("smtp", url, cert, wire).check()
    assert caught.value.kind == "authentication"
    assert "canary" not in str(caught.value)


def test_a_certificate_that_nobody_vouches_for_is_refused(postbox: Opened, wire: Wire) -> None:
    url, box, _ = postbox
    settings = Settings(name="smtp", url=url, key_env="MAIL_PASSWORD", user_env="MAIL_USER")
    with pytest.raises(ServiceError, match="certificate"):
        registry.create(settings, wire).check()
    assert not box.mails


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, Path]]:
    with dovecot() as opened:
        yield opened


class Drawer:
    """Hand letters over to a mailbox, and look into it with a mail program of its own."""

    def __init__(self, server: tuple[str, Path], wire: Wire, folder: Path) -> None:
        self.url, self.cert = server
        self.wire, self.folder = wire, folder
        self.letter = replace(letter_for("imap"), key=f"key-{folder.name[-30:]}", html="", text="")

    def service(self) -> Service:
        return service("imap", self.url, self.cert, self.wire)

    def deliver(self, words: str) -> Receipt:
        message = f"Subject: {words}\r\nContent-Type: text/plain\r\n\r\n{words}\r\n".encode()
        letter = replace(self.letter, subject=words, text=words, message=message)
        ledger = Ledger(self.folder / "delivery.json")
        return Desk(self.service(), ledger, name="imap", audience="").hand_over(letter)

    def subjects(self) -> list[str]:
        tls = ssl.create_default_context(cafile=str(self.cert))
        port = int(self.url.rpartition(":")[2])
        with imaplib.IMAP4_SSL("127.0.0.1", port, ssl_context=tls) as program:
            program.login(USER, PASSWORD)
            program.select('"Letters to come"', readonly=True)
            found = program.search(None, f'HEADER X-Digest-Key "{self.letter.key}"')[1][0].split()
            fetched = [program.fetch(n.decode(), "(FLAGS BODY.PEEK[])")[1][0] for n in found]
            assert all(b"\\Draft" in part[0] for part in fetched if isinstance(part, tuple))
            raw = [part[1] for part in fetched if isinstance(part, tuple)]
        return [str(message_from_bytes(data)["Subject"]) for data in raw]


@pytest.fixture
def drawer(server: tuple[str, Path], wire: Wire, tmp_path: Path) -> Drawer:
    return Drawer(server, wire, tmp_path)


def test_a_draft_lies_where_the_server_keeps_drafts(drawer: Drawer) -> None:
    assert "Letters to come" in drawer.service().check()
    assert drawer.deliver("Swifts").status == "created"
    assert drawer.subjects() == ["Swifts"]
    assert drawer.deliver("Swifts").status == "unchanged"


def test_a_draft_is_replaced_rather_than_doubled(drawer: Drawer) -> None:
    drawer.deliver("Swifts")
    assert drawer.deliver("Ferns").status == "updated"
    assert drawer.subjects() == ["Ferns"]


def test_a_lost_journal_makes_no_second_message(drawer: Drawer) -> None:
    drawer.deliver("Swifts")
    (drawer.folder / "delivery.json").unlink()
    drawer.deliver("Swifts")
    assert drawer.subjects() == ["Swifts"]


def test_a_replacement_that_broke_off_is_finished(
    drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from digest.services.mail.imap import Imap

    drawer.deliver("Swifts")
    with monkeypatch.context() as patch:
        patch.setattr(Imap, "_expunge", lambda *_: exec("raise KeyboardInterrupt"))
        with pytest.raises(KeyboardInterrupt):
            drawer.deliver("Ferns")
    assert sorted(drawer.subjects()) == ["Ferns", "Swifts"]
    drawer.deliver("Ferns")
    assert drawer.subjects() == ["Ferns"]


def test_a_wrong_password_is_told_of_without_it(
    drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "wrong-canary-password")
    with pytest.raises(ServiceError) as caught:
        drawer.service().check()
    assert caught.value.kind == "authentication"
    assert "wrong-canary-password" not in str(caught.value)


def test_a_mailbox_may_be_named_in_any_language(
    drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_USER", "redaktör@letter.example")
    assert "Letters to come" in drawer.service().check()
    monkeypatch.setenv("MAIL_PASSWORD", "wröng-canary-password")
    with pytest.raises(ServiceError) as caught:
        drawer.service().check()
    assert caught.value.kind == "authentication"
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("authentication", [530, 534, 535, 538]),
        ("rate limit", [450, 451, 452]),
        ("passing", [421, 449, 453, 499]),
        ("validation", [500, 529, 531, 536, 550, 554]),
    ],
)
def test_a_mail_servers_codes_have_their_meanings(kind: str, codes: list[int]) -> None:
    """RFC 5321, 4.2.3 and RFC 4954, 6."""
    assert {_kind(code) for code in codes} == {kind}


@pytest.mark.parametrize(
    ("listed", "mailbox"),
    [
        ([rb'(\HasNoChildren \Drafts) "/" "Letters to come"', rb'() "/" Drafts'], "Letters to come"),
        ([rb'() "/" Drafts', rb'(\DRAFTS) NIL Entw&APw-rfe'], "Entw&APw-rfe"),
        ([rb'() "/" INBOX', rb'() "." INBOX.Drafts', rb'() "/" Drafts'], "INBOX.Drafts"),
        ([rb'() "/" "[Gmail]/drafts"'], "[Gmail]/drafts"),
        ([rb'() "/" "a \"b\" \\ c/Drafts"'], 'a "b" \\ c/Drafts'),
        ([rb'() "/" Drafts/2025', rb'() "/" MyDrafts', None, (b"x", b"y"), b"nonsense"], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_the_mailbox_for_drafts_has_the_flag_or_the_usual_name(
    listed: list[object], mailbox: str
) -> None:
    assert mailbox_for_drafts(listed) == mailbox


class Told(MailService[list[str]]):
    """A server that offers TLS amid a connection, or does not; notes what is said to it."""

    schemes, hints, hint = {"smtp": (587, False)}, {}, "Ask whoever runs it."
    offers_tls = False

    def reach(self, host: str, port: int, tls: ssl.SSLContext | None) -> list[str]:
        self.said = [f"{host}:{port}"]
        return self.said

    def encrypt(self, session: list[str], tls: ssl.SSLContext) -> bool:
        return self.offers_tls

    def sign_in(self, session: list[str]) -> None:
        session.append("signed in")

    def hang_up(self, session: list[str]) -> None:
        session.append("hung up")

    def translated(self) -> AbstractContextManager[None]:
        return nullcontext()


@pytest.mark.parametrize("offers_tls", [True, False])
@pytest.mark.parametrize("host", ["mail.example.org", "127.0.0.2", "localhost", "127.0.0.1"])
def test_a_password_goes_to_other_machines_in_tls_alone(
    host: str, offers_tls: bool, wire: Wire
) -> None:
    settings = Settings(name="post", url=f"smtp://{host}", key_env="MAIL_PASSWORD")
    told = Told(settings, Secrets(PASSWORD, USER), wire)
    told.offers_tls = offers_tls
    if offers_tls or host in ("localhost", "127.0.0.1"):
        with told.session():
            pass
        assert told.said == [f"{host}:587", "signed in", "hung up"]
    else:
        with pytest.raises(ServiceError, match="the server offers no encryption"), told.session():
            pass
        assert told.said == [f"{host}:587", "hung up"]
