"""Real mail servers on loopback, with TLS and passwords: aiosmtpd and Dovecot."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
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


class Postbox:
    """Take mail from whoever knows the password, and refuse one address."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, list[str], bytes]] = []

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


CONFIGURATION = """
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
    import os

    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    if not program:
        pytest.skip("no Dovecot on this machine")
    if os.getuid() != 0:
        pytest.skip("Dovecot wants to be started by root")
    folder = Path(tempfile.mkdtemp(prefix="digest-imap-"))
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    shutil.chown(folder / "mail", "nobody")
    cert, key = certificate(folder)
    port = _free_port()
    told = CONFIGURATION.format(folder=folder, cert=cert, key=key, password=PASSWORD, port=port)
    (folder / "dovecot.conf").write_text(told)
    server = subprocess.Popen(
        [program, "-F", "-c", str(folder / "dovecot.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(port, server, folder)
        yield f"imaps://127.0.0.1:{port}", cert
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _await(port: int, server: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    log = folder / "log"
    pytest.skip(f"Dovecot does not start here: {log.read_text()[-300:] if log.exists() else ''}")
