"""Services: an approved issue becomes a draft at a mailing service, for a person to send.

Every service keeps one protocol (`base`), is found by its entry point (`registry`), and is asked
over one wire (`access`). `desk` decides what is done, the same for all; `ledger` remembers it;
`proof` compares what came back. This room refuses to send or to publish anything: no such call
stands here. It refuses to choose, to render and to read issues as well: a `Letter` is all it is
handed.
"""

from digest.services.access import HttpService, Request, Secrets, Wire
from digest.services.base import Capabilities, Copy, Draft, Letter, Service, Settings, fragment
from digest.services.carrying import notes
from digest.services.desk import Desk, Receipt
from digest.services.ledger import Entry, Ledger

__all__ = [
    "Capabilities",
    "Copy",
    "Desk",
    "Draft",
    "Entry",
    "HttpService",
    "Ledger",
    "Letter",
    "Receipt",
    "Request",
    "Secrets",
    "Service",
    "Settings",
    "Wire",
    "fragment",
    "notes",
]
