"""Which mail programs show what: caniemail's data, cut down to what a reader would miss.

The data is caniemail.com's (MIT, see LICENSE.txt beside it), renewed by `python -m
digest.checking.clients.renewing`. Nothing here judges an email; `rules/clients.py` does.
"""

from digest.checking.clients.support import (
    DEFAULT_SHARES,
    EFFECTS,
    Effect,
    families,
    is_css_property,
    lacking,
    looked_up_on,
)

__all__ = [
    "DEFAULT_SHARES",
    "EFFECTS",
    "Effect",
    "families",
    "is_css_property",
    "lacking",
    "looked_up_on",
]
