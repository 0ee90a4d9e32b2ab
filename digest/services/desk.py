"""Hands one letter over to one service.

Never a double, always a draft, and proven at the other end:

    look at the service ──▶ journal the intent ──▶ create or update ──▶ hold the answer to "draft"
                        ──▶ look for a double ──▶ read back and compare ──▶ journal "done"

Whatever is in doubt is looked up, never assumed. What is no draft is never touched, unless it was
made a moment ago by us, and then it is set back.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Literal

from digest.errors import DeliveryUnknown, DigestError, FetchError, ServiceError, Unanswered
from digest.models import Value, replace
from digest.services.base import Copy, Draft, Letter, Remembering, Service
from digest.services.carrying import refuse_too_long
from digest.services.ledger import Entry, Ledger
from digest.services.proof import differences, digest, imprint, is_equal

Status = Literal["created", "updated", "unchanged", "unknown", "dry-run"]

# After these nobody can tell whether a creation happened.
_DOUBTFUL = frozenset({"passing", "unreadable", "conflict"})
# Soon enough for somebody who waits, seldom enough for a service that counts requests.
_LOOK_EVERY_SECONDS = 2.0
# What an editor changed there was never approved; what was approved is what is handed over.
_REPLACED = "the draft had been changed there; it is what was approved again"


class Receipt(Value, omit_defaults=False):
    """Hold what became of a letter; `differences` are what the service made of it."""

    status: Status
    remote_id: str = ""
    url: str = ""
    differences: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Desk:
    """Hand letters over to one service.

    `settle_seconds` is how long a request of a process that was killed may still be on its way:
    before that, nothing is made anew.
    """

    def __init__(
        self,
        service: Service,
        ledger: Ledger,
        *,
        name: str,
        audience: str,
        settle_seconds: float = 60,
        say: Callable[[str], None] = lambda _: None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.service, self.ledger = service, ledger
        self.name, self.audience = name, audience
        self.settle_seconds = settle_seconds
        self.say, self.sleep, self.clock = say, sleep, clock

    def hand_over(self, letter: Letter) -> Receipt:
        """Bring the letter to the service as a draft, and return what became of it.

        Raises:
            ServiceError: if the service refuses, holds two drafts of the letter, or one that is
            none.
            DeliveryUnknown: if nobody can tell whether it has the draft.
            FetchError: if it cannot be reached at all; nothing was done then.
            IssueFolderError: if delivery.json cannot be read or written, or is another issue's.
        """
        refuse_too_long(letter, self.service.about)
        entry = self.ledger.entry(self.name, self.audience, letter.key)
        there = self._there(letter, entry)
        # A process before this one asked for a draft and never heard what became of it.
        if there is None and entry and entry.state == "intent" and not entry.remote_id:
            there, entry = self._settled(letter, entry)
        if there is None:
            return self._make(letter, entry)
        return self._bring_up(letter, there, entry)

    # ------------------------------------------------------------ looking

    def _there(self, letter: Letter, entry: Entry | None) -> Draft | None:
        """Return the draft of this letter at the service, None if there is none.

        Raises:
            ServiceError: if there are two, or what is there was sent or is about to be.
        """
        found = {draft.id: draft for draft in self.service.find(letter)}
        if entry and entry.remote_id and entry.remote_id not in found:
            kept = self.service.get(entry.remote_id)  # an editor may have renamed it
            found |= {kept.id: kept} if kept else {}
        return self._only(letter, list(found.values()))

    def _only(self, letter: Letter, found: Sequence[Draft]) -> Draft | None:
        if len(found) > 1:
            which = ", ".join(f"{draft.id} ({draft.status})" for draft in found)
            raise ServiceError(
                f"{self.name} holds {len(found)} of this issue: {which}",
                kind="conflict",
                where=letter.key,
                hint="Delete all but one there, then deliver again.",
            )
        if found and not found[0].is_draft:
            raise ServiceError(
                f'{self.name} says "{found[0].status}" of {found[0].id}, so it is left alone',
                kind="not a draft",
                where=letter.key,
                hint="What was sent stays sent. What has a time must become a draft there first.",
            )
        return found[0] if found else None

    def _settled(self, letter: Letter, entry: Entry) -> tuple[Draft | None, Entry]:
        """Return what an earlier process asked for, once it would be there by now."""
        # Where asking twice under one key makes one draft, nothing has to be waited for.
        if self.service.about.keyed:
            return self._asked_for(letter, entry)
        return self._waited_for(letter, entry), entry

    def _asked_for(self, letter: Letter, entry: Entry) -> tuple[Draft | None, Entry]:
        """Ask what became of a creation under our key; where nobody knows, the key is asked again.

        What was made and has been deleted since must not be asked for again under its key: the
        answer would name what is gone, for ever.
        """
        made = ""
        if isinstance(self.service, Remembering):
            with suppress(ServiceError):  # an account may not be allowed to ask
                made = self.service.outcome(letter, entry.begun_at)
        if not made:
            return None, entry
        entry = self.ledger.write(replace(entry, state="there", remote_id=made))
        kept = self.service.get(made)
        return self._only(letter, [kept] if kept else []), entry

    def _waited_for(self, letter: Letter, entry: Entry) -> Draft | None:
        end_at = entry.begun_at.timestamp() + self.settle_seconds
        if self.clock().timestamp() < end_at:
            self.say(f"An earlier delivery to {self.name} broke off; looking for its draft …")
        while (left := end_at - self.clock().timestamp()) > 0:
            self.sleep(min(left, _LOOK_EVERY_SECONDS))
            there = self._there(letter, entry)
            if there:
                return there
        return None

    # ------------------------------------------------------------ making

    def _make(self, letter: Letter, before: Entry | None) -> Receipt:
        # Under its old key a service would name the draft that is gone: it is asked for under
        # another.
        is_gone = before is not None and bool(before.remote_id)
        attempt = (before.attempt if before else 1) + is_gone
        letter = replace(letter, attempt=attempt)
        entry = self.ledger.write(
            Entry(
                service=self.name,
                audience=self.audience,
                key=letter.key,
                state="intent",
                begun_at=self.clock(),
                digest=digest(letter),
                attempt=attempt,
            )
        )
        # The intent is on the disk by now: whoever is killed in here leaves a trace of it.
        draft = self._created(letter, entry)
        entry = self.ledger.write(replace(entry, state="there", remote_id=draft.id, url=draft.url))
        self._hold(draft)
        # What was made is an empty shell so far; the next process would find and fill it, too.
        if self.service.about.stepwise:
            draft = self._written(draft, letter)
        return self._finish(letter, draft, entry, "created")

    def _created(self, letter: Letter, entry: Entry) -> Draft:
        """Ask for a draft once; if nobody can tell whether there is one, look."""
        try:
            return self.service.create(letter)
        except Unanswered as error:
            return self._looked_for(letter, error)
        except ServiceError as error:
            if error.kind in _DOUBTFUL:
                return self._looked_for(letter, error)
            self.ledger.drop(entry)
            raise
        except DigestError:  # nothing was sent
            self.ledger.drop(entry)
            raise

    def _looked_for(self, letter: Letter, error: DigestError) -> Draft:
        try:
            found = self._only(letter, self.service.find(letter))
        except FetchError:
            found = None
        except ServiceError as looking:
            if looking.kind not in _DOUBTFUL:
                raise
            found = None
        if found:
            return found
        raise self._unknown(error) from error

    def _unknown(self, error: DigestError) -> DeliveryUnknown:
        return DeliveryUnknown(
            f"nobody can tell whether {self.name} has the draft ({error.message})",
            where=error.where,
            hint="Deliver again: it looks there before it does anything.",
        )

    # ------------------------------------------------------------ bringing up to date

    def _bring_up(self, letter: Letter, draft: Draft, entry: Entry | None) -> Receipt:
        wanted = digest(letter)
        is_whole = entry is None or entry.state == "done"
        is_known = entry is not None and entry.digest == wanted
        copy, _ = self._copy(draft)
        # The journal knows this very letter, and yet the draft reads otherwise: somebody wrote
        # there.
        was_edited = is_whole and is_known and copy is not None
        if is_whole and is_equal(letter, copy, entry if is_known else None):
            return self._unchanged(letter, draft, entry, copy)
        if not self.service.about.updates:
            raise ServiceError(
                f"{self.name} cannot change a draft",
                kind="unable",
                hint=f"Delete {draft.id} there, then deliver again.",
            )
        resumed = self._journal(letter, draft, entry, "there")
        draft = self._written(draft, letter)
        # Whoever was killed while making it has told nobody: to its user it is created only now.
        was_begun = entry is not None and entry.state != "done" and not entry.done_at
        receipt = self._finish(letter, draft, resumed, "created" if was_begun else "updated")
        return replace(receipt, notes=(_REPLACED, *receipt.notes)) if was_edited else receipt

    def _unchanged(
        self, letter: Letter, draft: Draft, entry: Entry | None, copy: Copy | None
    ) -> Receipt:
        self._journal(letter, draft, entry, "done", copy)
        return Receipt(
            status="unchanged",
            remote_id=draft.id,
            url=draft.url,
            differences=differences(letter, copy) if copy else (),
            notes=self._findings(copy),
        )

    def _journal(
        self,
        letter: Letter,
        draft: Draft,
        entry: Entry | None,
        state: Literal["there", "done"],
        copy: Copy | None = None,
    ) -> Entry:
        now = self.clock()
        told: dict[str, Any] = {
            "state": state,
            "digest": digest(letter),
            "remote_id": draft.id,
            "url": draft.url,
        }
        if state == "done" and (entry is None or not entry.done_at):
            told["done_at"] = now
        if copy is not None:
            told |= {"kept": imprint(copy), "differences": differences(letter, copy)}
        if entry is None:
            entry = Entry(
                service=self.name,
                audience=self.audience,
                key=letter.key,
                state=state,
                begun_at=now,
            )
        return self.ledger.write(replace(entry, **told))

    def _written(self, draft: Draft, letter: Letter) -> Draft:
        try:
            written = self.service.update(draft, letter)
        except Unanswered as error:
            raise self._unknown(error) from error
        self._hold(written)
        return written

    # ------------------------------------------------------------ holding it to its word

    def _hold(self, draft: Draft) -> None:
        """Set back, loudly, what we just made or wrote if the service does not call it a draft.

        Raises:
            ServiceError: if it is none.
        """
        if draft.is_draft:
            return
        told = f'{self.name} made of our draft something that is "{draft.status}"'
        try:
            self.service.set_back(draft)
        except DigestError as error:
            raise ServiceError(
                f"{told}, and did not let us set it back ({error.message})",
                kind="set back",
                where=draft.url or draft.id,
                hint="Go there NOW and stop it.",
            ) from error
        raise ServiceError(
            f"{told}; it was set back",
            kind="set back",
            where=draft.url or draft.id,
            hint="Look there whether anything went out, before you deliver again.",
        )

    def _finish(
        self, letter: Letter, draft: Draft, entry: Entry, status: Literal["created", "updated"]
    ) -> Receipt:
        # Its answer to the creation is not believed: what it will send is asked for again.
        held = self.service.get(draft.id)
        if held is None:
            raise DeliveryUnknown(
                f"{self.name} has no draft {draft.id}, though it has just made it",
                hint="Deliver again: it looks there before it does anything.",
            )
        self._hold(held)
        self._only(letter, self.service.find(letter))
        copy, notes = self._copy(held)
        found = differences(letter, copy) if copy else ()
        self._journal(letter, replace(held, url=held.url or draft.url), entry, "done", copy)
        return Receipt(
            status=status,
            remote_id=held.id,
            url=held.url,
            differences=found,
            notes=(*notes, *self._findings(copy)),
        )

    def _findings(self, copy: Copy | None) -> tuple[str, ...]:
        """Return what the service's own checks say."""
        return tuple(f"{self.name} says: {line}" for line in copy.findings) if copy else ()

    def _copy(self, draft: Draft) -> tuple[Copy | None, tuple[str, ...]]:
        """Return the draft as the service would send it.

        That it cannot be read back stops nothing.
        """
        try:
            return self.service.read(draft), ()
        except (ServiceError, FetchError) as error:
            return None, (f"it could not be read back: {error.message}",)
