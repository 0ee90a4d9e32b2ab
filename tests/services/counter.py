"""What tests of services share: a letter, a service that speaks to a local shop, and its ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from digest import dialects
from digest.fetching import Fetcher
from digest.models import replace
from digest.services import (
    Desk,
    Ledger,
    Letter,
    Receipt,
    Service,
    Settings,
    Wire,
    fragment,
    registry,
)
from tests.conftest import Blog
from tests.services.server import KEY, USER, Shop, open_shop

GHOST_KEY = "65f0aa11bb22cc33dd44ee55:" + "0badc0de" * 8
# which part of a shop's address digest.toml names as url
BASES = {
    "mailchimp": "/3.0",
    "buttondown": "/v1",
    "brevo": "/v3",
    "kit": "/v4",
    "mailjet": "/v3/REST",
    "mailerlite": "/api",
}
AUDIENCES = {
    "sendgrid": "b1946ac9-2492-4d23-9f3e-0c1a5d8f7e66",
    "resend": "78261eea-8f8b-4381-83c6-79fa7120f1cf",
    "klaviyo": "Y6nRLr",
    "buttondown": "birds",
    "ghost": "weekly",
    "keila": "sgm_12345",
}


def letter_for(name: str, *, audience: str | None = None, html: str = "") -> Letter:
    """Return a letter with two posts, in the dialect of a service."""
    tag = dialects.dialect(name).tags.get("unsubscribe", "https://letter.example/bye")
    page = html or (
        "<!doctype html><html><head><title>Swifts</title></head><body>"
        '<div style="display:none">Late, but here</div>'
        '<a href="https://letter.example/swifts/?a=1&amp;b=2">Counting the swifts</a>'
        '<a href="https://letter.example/moss/">A roof of moss</a>'
        f'<a href="{tag}">Unsubscribe</a></body></html>'
    )
    page = fragment(page) if registry.about(name).is_frame else page
    place = audience if audience is not None else AUDIENCES.get(name, "12")
    key = f"2026-10-08-weekly-{crc32(f'{name} {place}'.encode()):010}"
    return Letter(
        issue="2026-10-08-weekly",
        key=key,
        name=f"The Letter, 2026-10-08 [{key}]",
        subject="Counting the swifts · über alles",
        preheader="Late, but here",
        html=page,
        text="Counting the swifts\nhttps://letter.example/swifts/?a=1&b=2\n",
        message=b"From: a@letter.example\r\nTo: Reader <reader@example.com>\r\n"
        b"Date: Thu, 08 Oct 2026 10:00:00 +0000\r\nMessage-ID: <1@letter.example>\r\n"
        b"\r\nSwifts\r\n",
        language="en-GB",
        sender_name="The editors",
        sender_address="editors@letter.example",
        audience=place,
        posts=("https://letter.example/swifts/?a=1&b=2", "https://letter.example/moss/"),
        unsubscribe=tag,
    )


class Counter:
    """Hold a shop, and hand letters over to it as a process would that was just started."""

    def __init__(self, shop: Shop, address: str, folder: Path) -> None:
        self.shop, self.address, self.folder = shop, address, folder
        self.name = shop.name
        self.letter = letter_for(shop.name)
        self.slept: list[float] = []
        self.said: list[str] = []

    @property
    def path(self) -> Path:
        return self.folder / "delivery.json"

    def settings(self, **more: Any) -> Settings:
        told: dict[str, Any] = {
            "name": self.name,
            "url": self.address + BASES.get(self.name, ""),
            "key_env": "CANARY_KEY",
            "user_env": "CANARY_USER" if registry.about(self.name).needs_user else "",
        }
        return Settings(**{**told, **more})

    @contextmanager
    def service(self, **more: Any) -> Iterator[Service]:
        """Yield the service, patient enough for tests and no more."""
        with Fetcher(allow_private=["127.0.0.1"], timeout_seconds=0.8) as fetcher:
            self.wire = Wire(fetcher, backoff_seconds=0.01, sleep=self.slept.append)
            yield registry.create(self.settings(**more), self.wire)

    def deliver(self, letter: Letter | None = None, *, settle: float = 0.0, **more: Any) -> Receipt:
        """Hand the letter over."""
        with self.service(**more) as service:
            letter = letter or self.letter
            desk = Desk(
                service,
                Ledger(self.path),
                name=self.name,
                audience=letter.audience,
                settle_seconds=settle,
                say=self.said.append,
            )
            return desk.hand_over(letter)

    def changed(self) -> Letter:
        """Return the letter with other words in it."""
        return replace(self.letter, html=self.letter.html.replace("roof of moss", "roof of ferns"))

    def text(self) -> str:
        """Return everything the shop keeps, as text."""
        return str(self.shop.drafts) + str(getattr(self.shop, "kept", ""))


@contextmanager
def opened(kind: type[Shop], folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Counter]:
    """Open a shop, with credentials for it in the environment."""
    patch.setenv("CANARY_KEY", GHOST_KEY if kind.name == "ghost" else KEY)
    patch.setenv("CANARY_USER", USER)
    shop = kind()
    with open_shop(shop) as address:
        yield Counter(shop, address, folder)


def with_sender(blog: Blog) -> None:
    """Give a blog's newsletter a sender, where it has none."""
    path = blog.root / "digest.toml"
    told = path.read_text()
    if "\nsender = " not in told:
        sender = 'sender = "The editors <editors@letter.example>"\n'
        path.write_text(told.replace("[newsletter]\n", f"[newsletter]\n{sender}", 1))


def sending(paths: Sequence[str]) -> list[str]:
    """Return those of some requests that would send or publish."""
    import re

    bad = re.compile(
        r"/actions/(send|resume|replicate)\b|/sendNow|/publish\b|/send$|campaign-send-jobs"
        r"|/actions/deliver|mail/send|/smtp/email",
    )
    return [path for path in paths if bad.search(path)]
