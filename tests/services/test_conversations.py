"""Every request that each service is asked, to the last byte: `conversations/NAME.txt`.

`DIGEST_UPDATE_GOLDENS=1` writes them anew; hold what changed against the service's own description.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from digest.errors import DigestError, ServiceError
from digest.models import Value, encode, replace
from digest.services import Service
from tests.golden import hold_text
from tests.services.counter import Counter
from tests.services.server import Asked, Reply

FOLDER = Path(__file__).with_name("conversations")
# What the client library and a local server say of themselves.
_OF_ITS_OWN = {"host", "user-agent", "accept", "accept-encoding", "connection", "content-length"}


def test_what_a_service_is_asked_is_what_its_description_says(counter: Counter) -> None:
    told = "\n".join(_conversation(counter)) + "\n"
    told = told.replace(counter.address, "https://service.example")
    told = re.sub(r"\b20(?!26-10-08)\d\d-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)", "NOW", told)
    golden = FOLDER / f"{counter.name}.txt"
    hold_text(golden, told)


def _conversation(counter: Counter) -> Iterator[str]:
    """Yield what is done with a letter, with the requests it takes and what comes of it."""
    letter, at = counter.letter, datetime(2026, 10, 8, 7, 30, tzinfo=UTC)
    with counter.service() as service:
        yield from (f"{name}: {value}" for name, value in _fields(service.about))
        yield from _step(counter, "check", service.check)
        yield from _step(counter, "deliver", counter.deliver)
        yield f"delivery.json: {counter.path.read_text(encoding='utf-8').strip()}"
        yield from _step(counter, "deliver again", counter.deliver)
        changed = counter.changed()
        yield from _step(counter, "deliver other words", lambda: counter.deliver(changed))
        (draft,) = service.find(letter)
        yield f"found: {_plain(draft)}"
        yield f"read: {_plain(service.read(draft))}"
        yield from _step(counter, "get", lambda: service.get("31337"))
        yield from _among_many(counter, service)
        addresses = ["me@letter.example", "you@letter.example"]
        yield from _step(counter, "test", lambda: service.test(draft, letter, addresses))
        yield from _step(counter, "schedule", lambda: service.schedule(draft, letter, at))
        yield from _step(counter, "set back", lambda: _set_back(service, letter))
        counter.shop.drafts.clear()
        yield from _step(counter, "deliver what was deleted there", counter.deliver)
    options = {"kit": {"template": 7}, "listmonk": {"template": 7}, "sendgrid": {"suppression_group": 7},
               "buttondown": {"template": "modern"}, "mailerlite": {"content": True}}  # fmt: skip
    if counter.name in options:
        counter.path.unlink()
        counter.shop.drafts.clear()
        more: dict[str, Any] = {"options": options[counter.name]}
        said = f"deliver with {options[counter.name]}"
        yield from _step(counter, said, lambda: counter.deliver(letter, **more))
    counter.path.unlink()
    counter.shop.drafts.clear()
    audience = letter.audience if service.about.audience == "needed" else ""
    little = replace(
        letter, audience=audience, sender_name="", preheader="", html=letter.html + " "
    )
    yield from _step(
        counter, "deliver a letter without all that may be missing", lambda: counter.deliver(little)
    )
    yield from _interrupted(counter)
    yield from _rehearsed(counter)


def _among_many(counter: Counter, service: Service) -> Iterator[str]:
    """Yield from how many other drafts on it takes more requests to find the letter's, the oldest."""
    yield "\n==== find it among others"
    shop, letter = counter.shop, counter.letter
    ((id_, own),) = shop.drafts.items()
    known = 0
    for others in (9, 10, 49, 50, 99, 100, 199, 200, 201):
        while len(shop.drafts) <= others:
            copied = json.loads(json.dumps(own).replace(letter.key, f"{len(shop.drafts)}-other"))
            del copied["id"]
            shop.new(copied, status=own["status"])
        before = len(shop.asked)
        found = {draft.id for draft in service.find(letter)}
        if (asked := len(shop.asked) - before) != known:
            known = asked
            yield f"{others} others: {asked} requests"
        assert found == {id_}
    shop.drafts = {id_: own}


def _rehearsed(counter: Counter) -> Iterator[str]:
    """Yield what a rehearsal would ask: no secret is in it, and nothing goes out."""
    yield "\n==== rehearse it"
    letter, at = counter.letter, datetime(2026, 10, 8, 7, 30, tzinfo=UTC)
    before = len(counter.shop.asked)
    with counter.service() as service:
        kept = counter.wire.rehearsal = []
        draft = service.create(letter)
        if service.about.stepwise:
            draft = service.update(draft, letter)
        yield f"draft: {_plain(draft)}"
        for name, do in {
            "test": lambda: service.test(draft, letter, ["me@letter.example"]),
            "schedule": lambda: service.schedule(draft, letter, at),
        }.items():
            yield f"{name}: {_outcome(do)}"
    assert len(counter.shop.asked) == before
    for request in kept:
        yield f"{request.method} {request.url}"
        yield from (f"  {name}: {value}" for name, value in request.headers.items())
        yield request.body


def _fields(value: Value) -> Iterator[tuple[str, Any]]:
    yield from ((name, getattr(value, name)) for name in value.__struct_fields__)


def _interrupted(counter: Counter) -> Iterator[str]:
    """Yield what comes of it where all but a creation is out of service when it is first asked."""
    key, at, shop = "2026-10-08-weekly-2", datetime(2026, 10, 8, 7, 30, tzinfo=UTC), counter.shop
    letter = replace(counter.letter, key=key, name=f"The Letter, 2026-10-08 [{key}]")
    other = replace(letter, html=letter.html.replace("roof of moss", "roof of ferns"))
    handled: set[tuple[str, str, bytes]] = set()
    handle = shop.handle

    def later(asked: Asked) -> Reply:
        this = (asked.method, asked.path, asked.body)
        is_creation = asked.method == "POST" and re.search(shop.creating, asked.path)
        if is_creation or this in handled:
            return handle(asked)
        handled.add(this)
        return Reply(503)

    counter.path.unlink()
    shop.drafts.clear()
    yield "\n==== where all but the creation of a draft is out of service when it is first asked"
    shop.handle = later  # type: ignore[method-assign]
    with counter.service() as service:
        steps: dict[str, Callable[[], Any]] = {
            "check": service.check,
            "deliver": lambda: counter.deliver(letter),
            "deliver other words": lambda: counter.deliver(other),
            "test": lambda: service.test(service.find(letter)[0], letter, ["me@letter.example"]),
            "schedule": lambda: service.schedule(service.find(letter)[0], letter, at),
            "set back": lambda: _set_back(service, letter),
        }
        for name, do in steps.items():
            handled.clear()
            before = len(shop.asked)
            outcome = _outcome(do)
            yield f"{name}, {len(shop.asked) - before} requests → {outcome}"
    shop.handle = handle  # type: ignore[method-assign]


def _set_back(service: Service, letter: Any) -> None:
    for draft in service.find(letter):
        service.set_back(draft)


def _step(counter: Counter, name: str, do: Callable[[], Any]) -> Iterator[str]:
    before, said = len(counter.shop.asked), len(counter.said)
    outcome = _outcome(do)
    yield f"\n==== {name}"
    for asked in counter.shop.asked[before:]:
        yield from _request(asked, counter.shop.asked[0])
    for line in counter.said[said:]:
        yield f"said: {line}"
    yield f"→ {outcome}"


def _outcome(do: Callable[[], Any]) -> str:
    try:
        return _plain(do())
    except DigestError as error:
        kind = f" [{error.kind}]" if isinstance(error, ServiceError) else ""
        return f"{type(error).__name__}{kind}: {error}"


def _request(asked: Asked, first: Asked) -> Iterator[str]:
    """Yield a request; headers are told once, and where they are others."""
    query = "&".join(f"{name}={value}" for name, values in asked.query.items() for value in values)
    yield f"{asked.method} {asked.path}{'?' if query else ''}{query}"
    known = set() if asked is first else _headers(first)
    yield from (f"  {line}" for line in sorted(_headers(asked) - known))
    if asked.body and asked.headers["content-type"].endswith("json"):
        yield json.dumps(asked.data, ensure_ascii=False, indent=1)
    elif asked.body:
        yield asked.body.decode()


def _headers(asked: Asked) -> set[str]:
    told = {name: value for name, value in asked.headers.items() if name not in _OF_ITS_OWN}
    # Ghost's tokens hold the time.
    return {f"{name}: {re.sub('Ghost .+', 'Ghost TOKEN', value)}" for name, value in told.items()}


def _plain(value: Any) -> str:
    return encode(value).decode() if isinstance(value, Value) else str(value)
