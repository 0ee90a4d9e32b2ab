"""`check --online` and `--spam`: what the network, DNS and spam filters say, asked for real on loopback."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from digest.checking import Answer, is_settled
from digest.errors import CheckError
from digest.models import Finding, replace
from digest.workflow.judging import checking
from digest.workflow.judging.asking_around import spam_verdict
from digest.workflow.project import Project
from tests.conftest import Blog

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000bb800000bb80802000000"  # 3,000 × 3,000
)


class Site(BaseHTTPRequestHandler):
    """Answer as pages and pictures of all conditions do."""

    asked: ClassVar[list[str]] = []

    def log_message(self, *_: object) -> None:
        """Stay quiet."""

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status = {"/dead": 404, "/barred": 403, "/moved": 301, "/round": 302}.get(self.path, 200)
        kind = "image/png" if self.path.endswith(".png") else "text/html"
        body = (
            PNG + b"x" * (250_000 if "heavy" in self.path else 0) if kind != "text/html" else b"x"
        )
        self.send_response(status)
        if status in (301, 302):
            self.send_header("location", "/new" if self.path == "/moved" else "/round")
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def site() -> Iterator[str]:
    """Yield a web site's address."""
    Site.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def page(blog: Blog, site: str, *paths: str, way_out: str = "/abmelden?reader=1") -> Path:
    """Write an email that links to, and shows, what lies at the paths, into a project that may ask."""
    blog.configure(f'[fetching]\nallow_private = ["{site.removeprefix("http://")}"]\n')
    links = (
        f'<p><a href="{site}{p}">The page {p}</a></p>' for p in paths if not p.endswith(".png")
    )
    shown = (f'<img src="{site}{p}" width="500" alt="A fox">' for p in paths if p.endswith(".png"))
    file = blog.root / "letter.html"
    file.write_text(f'{"".join(links)}{"".join(shown)}<a href="{site}{way_out}">Abmelden</a>')
    return file


def found(blog: Blog, file: Path, progress: checking.Progress | None = None) -> dict[str, str]:
    """Return what the rules of the family "online" say, by rule."""
    project = Project(blog.root)
    checked = checking.check_file(file, project, online=True, spam=False, progress=progress)
    told = checked.findings
    return {f.rule: f.message for f in told if _is_online(f)}


def _is_online(finding: Finding) -> bool:
    return finding.rule in (
        *("LINK-DEAD", "LINK-REDIRECT", "LINK-SLOW", "IMG-WEIGHT", "IMG-LARGE", "IMG-HOST"),
        *("CANONICAL", "DMARC-DNS"),
    )


@pytest.mark.parametrize(
    ("path", "rule", "words"),
    [
        ("/dead", "LINK-DEAD", "answers 404"),
        ("/barred", "LINK-DEAD", "Open it by hand"),
        ("/round", "LINK-DEAD", "redirects more than"),
        ("/moved", "LINK-REDIRECT", "/new"),
        ("/heavy.png", "IMG-WEIGHT", "weighs 250 KB"),
        ("/large.png", "IMG-LARGE", "3,000 × 3,000"),
    ],
)
def test_what_links_and_pictures_answer_is_told(
    blog: Blog, site: str, path: str, rule: str, words: str
) -> None:
    assert words in found(blog, page(blog, site, "/fine", path))[rule]


def test_a_page_is_no_picture(blog: Blog, site: str) -> None:
    file = page(blog, site)
    file.write_text(f'<img src="{site}/login" width="500" alt="A fox">')
    assert "no picture but text/html" in found(blog, file)["IMG-HOST"]


def test_the_way_out_is_never_followed(blog: Blog, site: str) -> None:
    assert found(blog, page(blog, site, "/fine")) == {}
    assert Site.asked == ["/fine"]


def test_each_address_is_asked_once_and_counted(blog: Blog, site: str) -> None:
    told: list[tuple[str, int, int]] = []
    paths = tuple(f"/page{n}" for n in range(9))
    found(blog, page(blog, site, *paths, *paths), progress=lambda *step: told.append(step))
    assert sorted(Site.asked) == sorted(paths)
    assert told[-1] == ("asking links and pictures", 9, 9)


def test_what_answered_well_is_remembered_and_the_rest_asked_again(blog: Blog, site: str) -> None:
    file = page(blog, site, "/fine", "/dead")
    (blog.root / ".digest").mkdir(exist_ok=True)
    found(blog, file)
    Site.asked.clear()
    assert "LINK-DEAD" in found(blog, file)
    assert Site.asked == ["/dead"]


def test_a_picture_that_is_mended_at_its_address_is_seen(blog: Blog, site: str) -> None:
    (blog.root / ".digest").mkdir(exist_ok=True)
    for path in ("/heavy.png", "/large.png", "/login"):
        file = page(blog, site)
        file.write_text(f'<img src="{site}{path}" width="500" alt="A fox">')
        assert found(blog, file)
        Site.asked.clear()
        found(blog, file)
        assert Site.asked == [path]


def test_a_slow_page_is_asked_again() -> None:
    quick = Answer(url="https://a.example/", status=200, seconds=0.2)
    assert is_settled(quick, is_picture=False)
    assert not is_settled(replace(quick, seconds=6.0), is_picture=False)


# ---------------------------------------------------------------- DNS


@contextmanager
def resolver(texts: dict[str, list[str]], *, is_silent: bool = False) -> Iterator[list[str]]:
    """Play the machine's resolver over a real socket; yield the names that it is asked for."""
    asked: list[str] = []
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.bind(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                data, whence = line.recvfrom(4096)
            except OSError:
                return
            query = dns.message.from_wire(data)
            name = query.question[0].name.to_text().rstrip(".")
            asked.append(name)
            if is_silent:
                continue
            answer = dns.message.make_response(query)
            answer.flags |= dns.flags.RA
            if name in texts:
                records = [f'"{text[:200]}" "{text[200:]}"' for text in texts[name]]
                answer.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", "TXT", *records))
            else:
                answer.set_rcode(dns.rcode.NXDOMAIN)
            line.sendto(answer.to_wire(), whence)

    threading.Thread(target=serve, daemon=True).start()
    own = dns.resolver.Resolver(configure=False)
    own.nameservers, own.port = ["127.0.0.1"], line.getsockname()[1]
    before, dns.resolver.default_resolver = dns.resolver.default_resolver, own
    try:
        yield asked
    finally:
        dns.resolver.default_resolver = before
        line.close()


MAIL = (
    "From: The Letter <editors@news.letter.example>\r\nTo: a@b.example\r\nSubject: Swifts over town\r\n"
    "Date: Sun, 29 Nov 2026 08:00:00 +0000\r\nMessage-ID: <1@letter.example>\r\n"
    "Content-Type: text/html\r\n\r\n<p>Swifts</p>\r\n"
)
SPF = "v=spf1 include:" + "a" * 220 + ".example -all"  # longer than one string of DNS may be
GOOD = {
    "news.letter.example": ["some-site-verification=1", SPF],
    "_dmarc.letter.example": ["v=DMARC1; p=none"],
    "s1._domainkey.news.letter.example": ["v=DKIM1; k=rsa; p=MIGf"],
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, ""),
        ({"news.letter.example": ["unrelated"]}, "has no SPF"),
        ({"news.letter.example": [SPF, "v=spf1 -all"]}, "has 2 records of SPF"),
        ({"_dmarc.letter.example": ["v=spf1 -all"]}, "has no DMARC"),
        ({"s1._domainkey.news.letter.example": ["v=DKIM1; p="]}, "has no key"),  # taken back
    ],
)
def test_the_senders_records_are_looked_up(
    blog: Blog, change: dict[str, list[str]], words: str
) -> None:
    blog.configure('[check]\ndkim = "s1"\n')
    file = blog.root / "letter.eml"
    file.write_bytes(MAIL.encode())
    with resolver({**GOOD, **change}) as asked:
        told = found(blog, file).get("DMARC-DNS", "")
    assert words in told
    assert bool(told) is bool(words)
    assert "_dmarc.news.letter.example" in asked


@pytest.mark.parametrize(
    ("sender", "registered"),
    [
        ("letter.example", "letter.example"),
        ("news.letter.example", "letter.example"),
        ("a.news.letter.example", "letter.example"),
        ("news.letter.co.uk", "letter.co.uk"),
        ("letter.co.uk", "letter.co.uk"),
        ("news.abc.com", "abc.com"),  # short, and yet a name of its own
        ("news.letter.de", "letter.de"),
        ("ab.de", "ab.de"),
    ],
)
def test_a_policy_is_looked_for_at_the_domain_that_was_registered(
    blog: Blog, sender: str, registered: str
) -> None:
    """RFC 7489, 6.6.3: at the sender's own domain, then at its organisation's."""
    file = blog.root / "letter.eml"
    file.write_bytes(MAIL.replace("news.letter.example", sender).encode())
    with resolver({}) as asked:
        found(blog, file)
    policies = {name for name in asked if name.startswith("_dmarc.")}
    assert policies == {f"_dmarc.{sender}", f"_dmarc.{registered}"}


def test_a_resolver_that_is_silent_proves_nothing(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = dns.resolver.resolve
    monkeypatch.setattr(
        dns.resolver, "resolve", lambda name, kind, lifetime: patient(name, kind, lifetime=0.2)
    )
    blog.configure()
    file = blog.root / "letter.eml"
    file.write_bytes(MAIL.encode())
    with resolver({}, is_silent=True) as asked:
        assert found(blog, file) == {}
    assert asked


# ---------------------------------------------------------------- spam filters

SPAM = MAIL.replace(
    "<p>Swifts</p>", "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
).encode()


def only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str, script: str = "") -> None:
    """Leave one spam filter to be found: the machine's own, or a script."""
    place = tmp_path / "bin"
    place.mkdir()
    if script:
        (place / program).write_text(f"#!/bin/sh\ncat >/dev/null\ncat <<'END'\n{script}\nEND\n")
        (place / program).chmod(0o755)
    else:
        (place / program).symlink_to(shutil.which(program) or "")
    monkeypatch.setenv("PATH", f"{place}:/bin" if script else f"{place}:/usr/bin:/bin")
    real = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: real(name) if name == program else None)


@pytest.mark.skipif(not shutil.which("spamassassin"), reason="SpamAssassin is not installed")
def test_spamassassin_knows_its_own_test(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    only(monkeypatch, tmp_path, "spamassassin")
    verdict = spam_verdict(SPAM)
    assert verdict.score > verdict.limit == 5
    assert verdict.reasons[0].startswith("GTUBE")


RSPAMD = """Results for file: stdin (0.316 seconds)
[Metric: default]
Action: {}
Spam: false
Score: {} / 15.00
Symbol: HFILTER_HOSTNAME_UNKNOWN (2.50)
Symbol: MIME_GOOD (-0.10)[multipart/alternative, text/plain]
Symbol: URI_COUNT_ODD (1.00)[9]
Message-ID: 1@letter.example"""


@pytest.mark.parametrize(
    ("action", "score", "is_spam"),
    [("no action", "3.44", False), ("add header", "7.10", True), ("reject", "16.00", True)],
)
def test_rspamd_marks_as_spam_before_it_refuses(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, action: str, score: str, is_spam: bool
) -> None:
    only(monkeypatch, tmp_path, "rspamc", RSPAMD.format(action, score))
    verdict = spam_verdict(MAIL.encode())
    assert verdict.score == float(score)
    assert (verdict.score >= verdict.limit) is is_spam
    assert verdict.reasons == ("HFILTER_HOSTNAME_UNKNOWN 2.5", "URI_COUNT_ODD 1")


def test_a_filter_that_does_not_answer_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    only(monkeypatch, tmp_path, "rspamc", "IO write error: Connection refused")
    with pytest.raises(CheckError, match="no spam filter here that answers"):
        spam_verdict(MAIL.encode())
