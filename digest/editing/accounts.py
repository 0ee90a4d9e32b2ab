"""Names of accounts that publish what others wrote, as content systems and web teams call them.

A newsletter's own staff names come from its configuration. This room refuses to say what happens to such a
name; `byline` does.
"""

from __future__ import annotations

from functools import lru_cache

from digest.models import key

_ACCOUNTS = frozenset(
    "admin administrator wordpress wpadmin wp-admin root user webmaster unknown author site-admin siteadmin"
    " superadmin super-admin web-admin test".split()
)
_STAFF = _ACCOUNTS | frozenset(
    "editor editors the-editor the-editors blog-editor blogeditor blog-editors web-editor website-editor"
    " digital-editor guest guests guest-author guest-authors guest-blogger guest-bloggers guest-contributor"
    " guest-contributors guest-post guest-writer web-team website website-team communications"
    " communications-team communications-office comms comms-team comms-engagement marketing marketing-team"
    " marketing-and-communications editorial editorial-team editorial-staff editorial-board editorial-office"
    " staff staff-writer staff-reporter team digital-team press-office press-team newsroom news-desk newsdesk"
    " news-team news blog blog-team blog-admin social-media social-media-team content-team contributor"
    " contributors moderator redaktion redaction redaccion gast-autor gastautor".split()
)


@lru_cache(maxsize=4096)
def keyed_name(name: str) -> str:
    """Return `key()` of a name; the same few authors are asked for again and again."""
    return key(name)


def is_nobody(name: str) -> bool:
    """Say whether a name is a technical account that names no person and no team.

    >>> is_nobody("admin"), is_nobody("Blog editor")
    (True, False)
    """
    return keyed_name(name) in _ACCOUNTS


def is_staff(name: str, staff: frozenset[str]) -> bool:
    """Say whether a name gives way to a byline; `staff` holds the newsletter's own, as `key()`s.

    >>> is_staff("Blog editor", frozenset()), is_staff("Ada Moss", frozenset())
    (True, False)
    """
    name = keyed_name(name)
    bare = name.removeprefix("the-")
    return name in _STAFF or name in staff or bare in staff or bare in _STAFF
