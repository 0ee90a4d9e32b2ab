"""What services with an HTTP API have in common.

A client, and what they can't do until they say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from digest.errors import ConfigError, ServiceError
from digest.fetching import Response
from digest.services.access.secrets import Secrets
from digest.services.access.wire import Client, Wire
from digest.services.base import Capabilities, Copy, Draft, Letter, Settings


class HttpService:
    """Hold the client of one service; a module adds what its API is like."""

    about: ClassVar[Capabilities]
    rehearsed: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, settings: Settings, secrets: Secrets, wire: Wire) -> None:
        self.settings, self.secrets = settings, secrets
        self.client = Client(
            settings,
            secrets,
            wire,
            base=settings.url or self.home(),
            headers=self.headers,
            rehearsed=self.rehearsed,
            is_throttle=self.is_throttle,
        )

    def home(self) -> str:
        """Return where the API answers unless digest.toml says otherwise."""
        return self.about.api

    def headers(self) -> Mapping[str, str]:
        """Return the headers that say who we are."""
        return {"authorization": f"Bearer {self.secrets.key.reveal()}"}

    def is_throttle(self, answer: Response) -> bool:
        """Tell whether a refusal means only that we ask too often, whatever its status."""
        return False

    def option(self, name: str, default: Any = None) -> Any:
        """Return a key of `[service.NAME]` that only this service knows."""
        return self.settings.options.get(name, default)

    def do(
        self, method: str, path: str, data: Any = None, *, may_repeat: bool | None = None
    ) -> None:
        """Make a request of whose answer only the success matters."""
        self.client.ask(method, path, Any, data=data, may_repeat=may_repeat)

    def get(self, draft_id: str) -> Draft | None:
        """Return what has this id, None if there is nothing."""
        try:
            return self.fetch(draft_id)
        except ServiceError as error:
            # Somebody deleted it there: that is an answer, not a fault.
            if error.kind == "gone":
                return None
            raise

    def fetch(self, draft_id: str) -> Draft:
        """Return what has this id."""
        raise NotImplementedError

    def read(self, draft: Draft) -> Copy | None:
        """Return None: the service shows nobody what it will send."""
        return None

    def test(self, draft: Draft, letter: Letter, addresses: Sequence[str]) -> None:
        """Refuse: there is no such call."""
        raise self.unable("has no call that mails a test", "Configure [service.smtp] for tests.")

    def schedule(self, draft: Draft, letter: Letter, at: datetime) -> None:
        """Refuse: there is no such call."""
        raise self.unable("is not asked to schedule", f"Set the time at {self.about.title}.")

    @staticmethod
    def written(moment: datetime) -> str:
        """Return a moment as services read it, in UTC to the second."""
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def unable(self, what: str, hint: str) -> ServiceError:
        """Return the error for what the service has no way of doing."""
        return ServiceError(f"{self.settings.name} {what}", kind="unable", hint=hint)

    def sender_address(self, letter: Letter) -> str:
        """Return the address that the letter comes from.

        Raises:
            ConfigError: if the newsletter has none.
        """
        if letter.sender_address:
            return letter.sender_address
        raise ConfigError(
            f"[newsletter] has no sender, and {self.settings.name} needs its address",
            where=self.settings.where,
            hint='Add sender = "The editors <editors@example.org>".',
        )


def parted(audience: str) -> tuple[list[str], list[str]]:
    """Return the lists and the segments that an audience names.

    >>> parted("12, segment:7")
    (['12'], ['7'])
    """
    lists, segments = [], []
    for part in (part.strip() for part in audience.split(",")):
        if part.startswith("segment:"):
            segments.append(part.removeprefix("segment:").strip())
        elif part:
            lists.append(part)
    return lists, segments


def numbers(ids: Sequence[str], settings: Settings) -> list[int]:
    """Return ids as the numbers they have to be.

    Raises:
        ConfigError: if one is none.
    """
    for given in ids:
        if not given.isdecimal():
            raise ConfigError(
                f'[service.{settings.name}] "{given}" is no number, and ids are numbers there',
                where=settings.where,
                hint="Copy the id from the service's own address or list.",
            )
    return [int(given) for given in ids]
