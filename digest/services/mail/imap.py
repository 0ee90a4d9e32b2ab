r"""A draft in a mailbox by IMAP (RFC 9051): in `\Drafts` (RFC 6154), replaced rather than doubled.

The new message is appended before the old one is expunged, by its UID alone (RFC 4315), so that
neither a crash nor another program's deleted messages are ever in the way. Works with any mail
client.
"""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import Any, ClassVar

from digest.errors import Refusal, ServiceError, Unanswered
from digest.services.base import Capabilities, Copy, Draft, Letter
from digest.services.mail.transport import MailService, is_ascii, plain_words

# One line of LIST: flags, the separator of levels, and the name (RFC 9051, 7.3.1).
_LISTED = re.compile(rb'\((?P<flags>[^)]*)\) (?:"[^"]*"|NIL) (?P<name>.+)')
_KEY = "X-Digest-Key"


class Imap(MailService[imaplib.IMAP4]):
    """Keep drafts in a mailbox; the key is a header."""

    about: ClassVar[Capabilities] = Capabilities(
        title="IMAP",
        preheader=False,
        audience="none",
        needs_user=True,
        unsubscribe="the newsletter's own address",
        plan="a mailbox",
    )
    schemes: ClassVar = {"imaps": (993, True), "imap": (143, False)}
    hints: ClassVar[Mapping[Refusal, str]] = {
        "gone": 'Name it in digest.toml: mailbox = "Drafts".',
        "passing": "Try again in a while; nothing is lost.",
    }
    hint: ClassVar = "See what the server has to say of it."

    def check(self) -> str:
        """Sign in, and say where drafts go."""
        with self.session() as session:
            return f"drafts go to {self._mailbox(session)}"

    def find(self, letter: Letter) -> Sequence[Draft]:
        """Return the messages that carry the key and are not deleted.

        Where a replacement broke off, the newest is the one that counts, and the older ones are
        finished with when it is written again.
        """
        with self._opened() as session:
            found = self._keyed(session, letter.key)
        # UIDs only grow (RFC 9051, 2.3.1.1): the last is the newest.
        return [self._draft(uid) for uid in found[-1:]]

    def get(self, draft_id: str) -> Draft | None:
        """Return the message with this UID, or the newer one that was to replace it."""
        with self._opened() as session:
            if not _uids(self._ask(session, "SEARCH", f"(UNDELETED UID {int(draft_id)})")):
                return None
            head = self._ask(session, "FETCH", draft_id, f"(BODY.PEEK[HEADER.FIELDS ({_KEY})])")
            told = next((part[1] for part in head if isinstance(part, tuple)), b"")
            key = told.decode("ascii", "replace").partition(":")[2].strip().replace('"', "")
            found = self._keyed(session, key)
        return self._draft(found[-1] if key and found else draft_id)

    def create(self, letter: Letter) -> Draft:
        """Append the message, and expunge what was there of it."""
        mailbox = self.settings.options.get("mailbox", r"\Drafts")
        if self.is_rehearsed("APPEND", str(mailbox), _keyed(letter)):
            return self._draft("0")
        with self._opened() as session:
            return self._replace(session, letter)

    def update(self, draft: Draft, letter: Letter) -> Draft:
        """Append the new message, then expunge the old one."""
        return self.create(letter)

    def set_back(self, draft: Draft) -> None:
        """Do nothing: what lies in a mailbox of drafts is one."""

    def read(self, draft: Draft) -> Copy | None:
        """Return the message as the mailbox keeps it."""
        with self._opened() as session:
            answer = self._ask(session, "FETCH", draft.id, "(BODY.PEEK[])")
        raw = next((part[1] for part in answer if isinstance(part, tuple)), b"")
        message: Any = message_from_bytes(raw, policy=policy.default)
        parts = {kind: message.get_body((kind,)) for kind in ("html", "plain")}
        html, text = (parts[k].get_content() if parts[k] else None for k in ("html", "plain"))
        return Copy(subject=str(message["subject"] or ""), html=html, text=text)

    def test(self, draft: Draft, letter: Letter, addresses: Sequence[str]) -> None:
        """Refuse: a mailbox mails nothing."""
        raise self.unable("mails no tests", "Configure [service.smtp] for tests.")

    def schedule(self, draft: Draft, letter: Letter, at: datetime) -> None:
        """Refuse: a mailbox mails nothing."""
        raise self.unable("sends nothing at a time", "Your mail program may.")

    # ------------------------------------------------------------ how

    def _replace(self, session: imaplib.IMAP4, letter: Letter) -> Draft:
        old = self._keyed(session, letter.key)
        # With our time, since a server may sort by it.
        moment = imaplib.Time2Internaldate(datetime.now(UTC))
        with self.translated(is_doubtful=True):
            answer = session.append(
                _quoted(self._mailbox(session)), r"(\Draft \Seen)", moment, _keyed(letter)
            )
        self._expect(answer)
        uids = self._keyed(session, letter.key)
        new = [uid for uid in uids if uid not in old]
        if not new:
            raise ServiceError("imap took a draft that is not there", kind="unreadable")
        self._expunge(session, old)
        return self._draft(new[-1])

    def _expunge(self, session: imaplib.IMAP4, uids: Sequence[str]) -> None:
        if not uids:
            return
        these = ",".join(uids)
        self._ask(session, "STORE", these, "+FLAGS.SILENT", r"(\Deleted)")
        # without UIDPLUS an expunge would take other people's deleted messages too
        _, told = session.capability()  # servers say less of themselves before one has signed in
        if told and b"UIDPLUS" in told[0].upper().split():
            self._ask(session, "EXPUNGE", these)

    def _keyed(self, session: imaplib.IMAP4, key: str) -> list[str]:
        """Return the messages that carry a key, oldest first."""
        return _uids(self._ask(session, "SEARCH", f'(UNDELETED HEADER {_KEY} "{key}")'))

    def _ask(self, session: imaplib.IMAP4, command: str, *args: str) -> list[Any]:
        with self.translated():
            return self._expect(session.uid(command, *args))

    def _expect(self, answer: tuple[str, list[Any]]) -> list[Any]:
        status, data = answer
        if status == "OK":
            return data
        words = b" ".join(part for part in data if isinstance(part, bytes)).decode(
            "utf-8", "replace"
        )
        raise self.refused("validation", words)

    def _mailbox(self, session: imaplib.IMAP4) -> str:
        """Return the mailbox that digest.toml names, else the one that says it is for drafts."""
        named = self.settings.options.get("mailbox")
        if named:
            return str(named)
        with self.translated():
            _, listed = session.list()
        if mailbox := mailbox_for_drafts(listed):
            return mailbox
        raise self.refused("gone", "there is no mailbox for drafts")

    @contextmanager
    def _opened(self) -> Iterator[imaplib.IMAP4]:
        with self.session() as session:
            with self.translated():
                self._expect(session.select(_quoted(self._mailbox(session))))
            yield session

    def reach(self, host: str, port: int, tls: ssl.SSLContext | None) -> imaplib.IMAP4:
        """Return a connection."""
        seconds = self.wire.timeout_seconds
        if tls is None:
            return imaplib.IMAP4(host, port, timeout=seconds)
        return imaplib.IMAP4_SSL(host, port, ssl_context=tls, timeout=seconds)

    def encrypt(self, session: imaplib.IMAP4, tls: ssl.SSLContext) -> bool:
        """Turn to TLS by STARTTLS."""
        if "STARTTLS" not in session.capabilities:
            return False
        session.starttls(tls)
        return True

    def sign_in(self, session: imaplib.IMAP4) -> None:
        """Say who we are."""
        try:
            # LOGIN takes ASCII only; other letters go by SASL, in UTF-8 (RFC 4616).
            if is_ascii(self.secrets):
                session.login(self.secrets.user.reveal(), self.secrets.key.reveal())
            else:
                session.authenticate("PLAIN", lambda _: plain_words(self.secrets))
        # A broken connection is no wrong password, though it is of the same class.
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as exc:
            raise self.refused("authentication", str(exc)) from None

    def hang_up(self, session: imaplib.IMAP4) -> None:
        """Close the connection."""
        session.shutdown()

    @contextmanager
    def translated(self, *, is_doubtful: bool = False) -> Iterator[None]:
        """Turn what imaplib raises into one vocabulary, without a secret in it."""
        try:
            yield
        except (imaplib.IMAP4.abort, OSError) as exc:
            if is_doubtful:
                raise Unanswered(self.secrets.mask(str(exc)), where=self.settings.url) from None
            if isinstance(exc, ssl.SSLCertVerificationError):
                raise self.refused("unable", exc.verify_message) from None
            raise self.refused("passing", str(exc)) from None
        except imaplib.IMAP4.error as exc:
            raise self.refused("validation", str(exc)) from None

    def _draft(self, uid: str) -> Draft:
        return Draft(id=uid, status="draft", is_draft=True)


def _keyed(letter: Letter) -> bytes:
    return f"{_KEY}: {letter.key}\r\n".encode() + letter.message


def _uids(answer: list[Any]) -> list[str]:
    words = b" ".join(part for part in answer if isinstance(part, bytes)).split()
    return sorted((word.decode() for word in words if word.isdigit()), key=int)


def mailbox_for_drafts(listed: Iterable[object]) -> str:
    """Return of a server's mailboxes the one for drafts, empty if there is none (RFC 6154).

    Older servers give no mailbox the flag: the usual name is looked for then.
    """
    names = []
    for line in listed:
        found = _LISTED.match(line) if isinstance(line, bytes) else None
        if found and rb"\drafts" in found["flags"].lower():
            return _bare(found["name"])
        names += [_bare(found["name"])] if found else []
    usual = (name for name in names if re.split(r"[./]", name)[-1].lower() == "drafts")
    return next(usual, "")


def _bare(name: bytes) -> str:
    text = name.decode("ascii", "replace").strip()
    if text.startswith('"') and text.endswith('"'):
        return text[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return text


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
