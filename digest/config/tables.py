"""The tables of digest.toml as they are written.

One struct each, with every known key and its default.
"""

from pathlib import Path
from typing import Any

from digest.models import Order, Value

FILE_NAME = "digest.toml"

# The keys that each built-in kind of source knows beside name and kind. A kind that another package
# brings may have keys of its own.
SOURCE_KEYS: dict[str, frozenset[str]] = {
    "feed": frozenset({"url", "max_items"}),
    "wordpress": frozenset(
        {
            "url",
            "per_page",
            "post_type",
            "series_taxonomy",
            "taxonomies",
            "tags",
            "categories",
            "max_posts",
            "user_env",
            "key_env",
        }
    ),
    "markdown": frozenset({"path", "url", "permalink", "pictures", "undated"}),
    "page": frozenset({"path", "url", "tag", "pages"}),
    "wxr": frozenset({"path"}),
    "ghost": frozenset({"path", "url"}),
}
# Where a source is to be found: one of these keys has to be there. For all other kinds it is `url`.
SOURCE_PLACES: dict[str, tuple[str, ...]] = {
    "markdown": ("path",),
    "page": ("path", "url"),
    "wxr": ("path",),
    "ghost": ("path",),
}
# The keys of every [service.NAME], and those that only one service knows, with what they hold.
SERVICE_KEYS = frozenset({"url", "key_env", "user_env", "audience", "sender"})
SERVICE_OPTIONS: dict[str, dict[str, type]] = {
    "buttondown": {"template": str},
    "folder": {"path": str},
    "imap": {"mailbox": str, "ca_file": str},
    "kit": {"template": int},
    "listmonk": {"template": int},
    "mailerlite": {"content": bool},
    "sendgrid": {"suppression_group": int},
    "smtp": {"ca_file": str},
}
# Names of devices, under which Windows lets nobody have a file, whatever stands behind a dot:
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)
Words = str | tuple[str, ...]  # one word may stand where a list is meant


class Strict(Value, forbid_unknown_fields=True):
    """Refuse keys that the table does not know."""


class Newsletter(Strict):
    """Hold `[newsletter]`: who sends this, in which zone and language."""

    name: str
    url: str = ""
    timezone: str = "UTC"
    language: str = "en"
    sender: str = ""
    address: str = ""
    unsubscribe: str = ""
    archive: str = ""
    aliases: dict[str, str] = {}
    # Names of accounts and of the newsletter itself give way to a byline.
    staff: Words = ()
    link_params: dict[str, str] = {}


class Fetching(Strict):
    """Hold `[fetching]`: whom to ask and how patiently.

    `timeout` in seconds, `max_bytes` decoded.
    """

    allow_private: Words = ()
    timeout: float = 30
    # Decoded, for a small answer may be packed from a large one.
    max_bytes: int = 15 * 2**20
    concurrency: int = 4


# T is a title, N a name, X whoever stands there: the shapes that blogs were seen to have.
BYLINE_SHAPES = (
    "T. By N",
    "By N: T",
    "T, by N",
    "T by N",
    "N: T",
    "N – T",
    "N on T",
    "N | T",
    "T – N",
    "T | N",
    "T (N)",
    "T. N",
    "N • T",
    "T • N",
    "N “T”",
    "“T” N",
    "(N) T",
    "T. By X",
    "T by X",
    "By N",
    "By X",
    "off",
)
"""What `[[source]] byline` may say.

Where in a title (T) the author's name (N) stands, or nowhere.
"""


class SourceConfig(Value):
    """Hold one `[[source]]`; `options` are the keys of its kind, `where` its place in the file.

    `was` is the name it had before. `byline` is the shape of its bylines, one of `BYLINE_SHAPES`,
    where it is told and not learnt; `boilerplate` is "off" where what every post says stays.
    """

    name: str
    kind: str
    url: str = ""
    path: Path | None = None
    byline: str = ""
    boilerplate: str = ""
    was: str = ""
    options: dict[str, Any] = {}
    where: str = FILE_NAME


class SeriesConfig(Strict):
    """Hold one `[editing.series.NAME]`.

    Other names, tags that mean it, pinned parts by URL or id.
    """

    aliases: Words = ()
    tags: Words = ()
    total: int | None = None
    guess: bool = True
    parts: dict[str, int] = {}


class AllSeries(Strict):
    """Hold `[editing.series]`: which tags and categories are series, and what is known of each."""

    names: Words = ()
    guess: bool = True
    pins: dict[str, SeriesConfig] = {}


class Editing(Strict):
    """Hold `[editing]`: rules switched off by name, and what is known about series."""

    off: Words = ()
    series: AllSeries = AllSeries()


def sorted_out(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the file's data, the tables of single series apart from the keys about all."""
    editing = raw.get("editing")
    series = editing.get("series") if isinstance(editing, dict) else None
    if not isinstance(editing, dict) or not isinstance(series, dict):
        return raw
    # In TOML both stand below one table: what is a table names a series.
    pins = {name: value for name, value in series.items() if isinstance(value, dict)}
    rest = {name: value for name, value in series.items() if name not in pins}
    return {**raw, "editing": {**editing, "series": {**rest, "pins": pins}}}


class SelectorTable(Strict):
    """Hold the keys that say which posts belong."""

    tags: Words = ()
    all_tags: Words = ()
    exclude_tags: Words = ()
    categories: Words = ()
    series: Words = ()
    authors: Words = ()
    sources: Words = ()
    languages: Words = ()


class SectionTable(SelectorTable):
    """Hold one `[[edition.NAME.section]]`."""

    title: str = ""
    limit: int | None = None
    order: Order | None = None


class EvergreenTable(SelectorTable):
    """Hold `[edition.NAME.evergreen]`: the older posts that fill a thin issue."""

    min_age: str = "180 days"
    anniversary: bool = False
    fill_to: int = 5
    count: int | None = None


class EditionTable(SectionTable):
    """Hold one `[edition.NAME]`, its selectors flat."""

    template: str = "weekly"
    since: str = "last-issue"
    first_window: str = "7 days"
    min_posts: int = 1
    excerpt_words: int = 45
    settle: str | int = "0"
    schedule: str = ""
    cool_down: dict[str, str] = {}
    carry_over: str = ""
    was: str | None = None
    subject: str = ""
    preheader: str = ""
    service: str = "plain"
    max_bytes: int = 100_000
    evergreen: EvergreenTable | None = None
    section: tuple[SectionTable, ...] = ()
    check: dict[str, Any] = {}
    for_each: str = ""
    values: Words = ()
    at_least: int = 1
    follows: str = "tag"


class ServiceConfig(Value):
    """Hold one `[service.NAME]`; `options` are its own keys, `where` its place in the file.

    `audiences` maps names to the service's own ids; `audience` is such a name, or an id.
    """

    name: str
    url: str = ""
    key_env: str = ""
    user_env: str = ""
    audience: str = ""
    audiences: dict[str, str] = {}
    sender: str = ""
    options: dict[str, Any] = {}
    where: str = FILE_NAME


class RunTable(Strict):
    """Hold `[run]`: where `digest run` leaves drafts (true: the edition's own), whom it tells."""

    deliver: str | bool = False
    audience: str = ""
    notify: Words = ()


class File(Strict):
    """Hold the whole file."""

    newsletter: Newsletter
    fetching: Fetching = Fetching()
    source: tuple[dict[str, Any], ...] = ()
    edition: dict[str, EditionTable] = {}
    editing: Editing = Editing()
    theme: dict[str, str | int | float | bool] = {}
    service: dict[str, dict[str, Any]] = {}
    run: RunTable = RunTable()
    check: dict[str, Any] = {}


ORDERS: dict[str, Order] = {"series": "series"}
"""The order that a template tells posts in, unless told; all others tell the newest first."""


def words(value: Words) -> tuple[str, ...]:
    """Return one word or many as many."""
    return (value,) if isinstance(value, str) else tuple(value)
