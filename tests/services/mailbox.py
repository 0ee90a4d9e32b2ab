"""Real mail servers on loopback, with TLS and passwords: aiosmtpd, Postfix and Dovecot."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

USER, PASSWORD = "editor@letter.example", "pass-canary-2718"


def certificate(folder: Path) -> tuple[Path, Path]:
    """Return a certificate for 127.0.0.1, which signs itself, and its key."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("no openssl, to make a certificate with")
    cert, key = folder / "cert.pem", folder / "key.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1"
    names = ["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    files = ["-keyout", str(key), "-out", str(cert)]
    subprocess.run([openssl, *words.split(), *names, *files], check=True, capture_output=True)
    return cert, key


Mail = tuple[str, list[str], bytes]


class Postbox:
    """Take mail from whoever knows the password, and refuse one address."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def taken(self, count: int) -> list[Mail]:
        """Return what came, once there are so many."""
        return self.mails

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address.startswith("nobody@"):
            return "550 5.1.1 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        return "250 OK"


@contextmanager
def smtp_server(folder: Path, *, is_wrapped: bool) -> Iterator[tuple[str, Postbox, Path]]:
    """Serve SMTP with AUTH, by TLS from the first byte or by STARTTLS; yield its address."""
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult, LoginPassword

    cert, key = certificate(folder)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(cert, key)

    def authenticator(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> Any:
        is_ours = isinstance(data, LoginPassword) and data.password == PASSWORD.encode()
        return AuthResult(success=is_ours, handled=False)

    box = Postbox()
    options: dict[str, Any] = {"auth_required": True, "authenticator": authenticator}
    if is_wrapped:
        options |= {"ssl_context": tls, "auth_require_tls": False}
    else:
        options |= {"tls_context": tls, "require_starttls": True}
    controller = Controller(box, hostname="127.0.0.1", port=_free_port(), **options)
    controller.start()
    try:
        scheme = "smtps" if is_wrapped else "smtp"
        yield f"{scheme}://127.0.0.1:{controller.port}", box, cert
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


DOVECOT = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{cert}
ssl_key = <{key}
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
auth_username_chars =
default_internal_user = nobody
default_login_user = nobody
default_internal_group = nogroup
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service auth {{
  unix_listener {folder}/auth {{
    mode = 0666
  }}
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox "Letters to come" {{
    auto = subscribe
    special_use = \\Drafts
  }}
}}
"""


@contextmanager
def dovecot() -> Iterator[tuple[str, Path]]:
    """Serve IMAP by Dovecot, with a mailbox for drafts that is called something else; yield its address."""
    program = _program("dovecot")
    folder = Path(tempfile.mkdtemp(prefix="digest-imap-"))
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    shutil.chown(folder / "mail", "nobody")
    cert, key = certificate(folder)
    port = _free_port()
    told = DOVECOT.format(folder=folder, cert=cert, key=key, password=PASSWORD, port=port)
    (folder / "dovecot.conf").write_text(told)
    with _running([program, "-F", "-c", str(folder / "dovecot.conf")], port, folder):
        yield f"imaps://127.0.0.1:{port}", cert


POSTFIX = """
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.letter.example
mydestination =
alias_maps =
alias_database =
virtual_mailbox_domains = letter.example
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = inline:{{ one@letter.example=one/ two@letter.example=two/ }}
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{uid}
virtual_minimum_uid = 1
smtpd_tls_cert_file = {cert}
smtpd_tls_key_file = {key}
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {auth}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
"""
# the services of Postfix that a mail passes through; none is chrooted, for the spool is all our own
POSTFIX_SERVICES = """
127.0.0.1:{wrapped} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
127.0.0.1:{plain} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
tlsmgr unix - - n 1000? 1 tlsmgr
anvil unix - - n - 1 anvil
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
postlog unix-dgram n - n - 1 postlogd
"""


class Maildirs:
    """Look into the mailboxes that Postfix delivers to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def mails(self) -> list[Mail]:
        paths = sorted(self.folder.glob("*/new/*"))
        return [self._read(path.read_bytes()) for path in paths]

    def taken(self, count: int) -> list[Mail]:
        """Return what came, once there are so many: Postfix queues before it delivers."""
        ends = time.monotonic() + 30
        while len(self.mails) < count and time.monotonic() < ends:
            time.sleep(0.05)
        return self.mails

    def empty(self) -> None:
        for path in self.folder.glob("*/new/*"):
            path.unlink()

    def _read(self, raw: bytes) -> Mail:
        """Take off what Postfix wrote above: Return-Path, X-Original-To, Delivered-To, Received."""
        message = message_from_bytes(raw)
        return str(message["Return-Path"]).strip("<>"), [str(message["Delivered-To"])], raw


@contextmanager
def postfix() -> Iterator[tuple[str, str, Maildirs, Path]]:
    """Serve SMTP by Postfix, which asks Dovecot for passwords; yield its address with TLS, and with STARTTLS."""
    program = _program("postfix")
    folder = Path(tempfile.mkdtemp(prefix="digest-smtp-"))
    folder.chmod(0o755)
    for name, owner in (("spool", "root"), ("data", "postfix"), ("mail", "nobody")):
        (folder / name).mkdir()
        shutil.chown(folder / name, owner)
    cert, key = certificate(folder)
    wrapped, plain = _free_port(), _free_port()
    uid = pwd.getpwnam("nobody").pw_uid
    with dovecot() as (_, imap_cert):
        auth = imap_cert.parent / "auth"
        told = POSTFIX.format(folder=folder, cert=cert, key=key, auth=auth, uid=uid)
        (folder / "main.cf").write_text(told)
        (folder / "master.cf").write_text(POSTFIX_SERVICES.format(wrapped=wrapped, plain=plain))
        with _running([program, "-c", str(folder), "start-fg"], plain, folder):
            box = Maildirs(folder / "mail")
            yield f"smtps://127.0.0.1:{wrapped}", f"smtp://127.0.0.1:{plain}", box, cert


def _program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if not found:
        pytest.skip(f"no {name} on this machine")
    if os.getuid() != 0:
        pytest.skip(f"{name} wants to be started by root")
    return found


@contextmanager
def _running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    """Run a server in the foreground while it is needed, and take its folder away afterwards."""
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, stdout=quiet, stderr=quiet)
    try:
        _await(Path(command[0]).name, port, server, folder)
        yield
    finally:
        # `postfix start-fg` waits in a shell for a master that has a session of its own
        master = folder / "spool" / "pid" / "master.pid"
        os.kill(int(master.read_text()) if master.exists() else server.pid, signal.SIGTERM)
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _await(name: str, port: int, server: subprocess.Popen[bytes], folder: Path) -> None:
    ends = time.monotonic() + 30
    while time.monotonic() < ends and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    log = folder / "log"
    told = log.read_text()[-300:] if log.exists() else ""
    pytest.skip(f"{name} does not start here: {told}")
