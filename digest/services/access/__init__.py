"""How services are reached: secrets, the wire, and the vocabulary of refusals.

The door of this sub-room.
"""

from digest.services.access.secrets import Secrets, resolve
from digest.services.access.service import HttpService, numbers, parted
from digest.services.access.wire import Client, Request, Wire

__all__ = ["Client", "HttpService", "Request", "Secrets", "Wire", "numbers", "parted", "resolve"]
