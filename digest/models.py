"""The values that pass between rooms: frozen, typed, and the same in memory as in JSON.

Everything here is data without behaviour beyond a derived name or two. Times are aware UTC and end
in `_at`. The one foreign library is msgspec, which also turns values into JSON and back (`encode`,
`decode`).
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Literal, TypeVar

import msgspec

T = TypeVar("T")


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Serve as the base of every value: immutable, compared by content, defaults left out of JSON.

    A value never holds itself, so the search for cycles may pass over it.
    """


_SEPARATING = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in "+#")}
"""What separates words in an ASCII name."""


@lru_cache(maxsize=4096)  # the same few names are compared for every post
def key(name: str) -> str:
    """Return the form in which names of tags, series and authors are compared.

    Case, accents and punctuation do not count, so a name and the slug made of it are equal; nor
    does the sign that some write before a tag.

    >>> key("Children & Young People") == key("children-young-people")
    True
    >>> key("Zoë"), key("園芸"), key("C++"), key("#wellbeing"), key("C#")
    ('zoe', '園芸', 'c++', 'wellbeing', 'c#')
    """
    if name.isascii():  # nearly all names are; the long way comes to the same
        return "-".join(name.lower().translate(_SEPARATING).split()).lstrip("#")
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    kept = (
        c
        if c in "+#" or unicodedata.category(c)[0] in "LNM" or unicodedata.category(c) == "So"
        else " "
        for c in decomposed
        if not "\u0300" <= c <= "\u036f"
    )
    return "-".join(unicodedata.normalize("NFC", "".join(kept)).split()).lstrip("#")


# ---------------------------------------------------------------- what a source says


class Term(Value, frozen=True):
    """Name a tag or category; `slug` is the source's own, empty where it gives none."""

    name: str
    slug: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """Return every form under which a selector may name this term."""
        return frozenset(k for k in (key(self.name), key(self.slug)) if k)


class SeriesPart(Value, frozen=True):
    """Place a post in a series. `total` is the declared one only.

    `label` keeps a part like "2b".
    """

    name: str
    part: int | None = None
    total: int | None = None
    label: str = ""
    slug: str = ""


class ImageSize(Value, frozen=True):
    """Name one file of an image; pixels."""

    url: str
    width: int
    height: int


class Image(Value, frozen=True):
    """Name a picture with its alt text; sizes in pixels where the source tells them."""

    url: str
    alt: str = ""
    width: int | None = None
    height: int | None = None
    sizes: tuple[ImageSize, ...] = ()


class RawItem(Value, frozen=True):
    """Hold one post exactly as its source said it, before any editing.

    `identity` is unique and lasting within the source: guid, WordPress id, or path. `title`,
    `summary` and `body` are HTML unless `title_is_text` / `summary_is_text`. `summary_is_manual`
    tells a summary somebody wrote from one cut off by a machine. `where` (URL or file) serves
    messages. `is_old` marks a post without a date that stood below others when its source was first
    read, so that it is no news.
    """

    identity: str
    where: str
    url: str | None = None
    title: str = ""
    title_is_text: bool = False
    published_at: datetime | None = None
    updated_at: datetime | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[Term, ...] = ()
    categories: tuple[Term, ...] = ()
    series: tuple[SeriesPart, ...] = ()
    summary: str = ""
    summary_is_text: bool = False
    summary_is_manual: bool = False
    body: str = ""
    image: Image | None = None
    language: str | None = None
    is_old: bool = False


class Problem(Value, frozen=True):
    """Report what is wrong with one post or one address; `where` names it.

    `trace` is the traceback of a fault of ours, which only --verbose shows.
    """

    where: str
    message: str
    trace: str = ""


# ---------------------------------------------------------------- a post


class Fixup(Value, frozen=True):
    """Record one change editing made.

    The field, what stood there, what stands now, and the rule.
    """

    field: str
    raw: str
    value: str
    rule: str


class Post(Value, frozen=True):
    """Hold one edited post. `excerpt` and `text` are plain, `body` is clean HTML without styles.

    `raw_title` is the plain text of the source's title before byline and series were read out of
    it. `note` is a sentence about the post itself, such as where it was first published.
    """

    id: str
    source: str
    identity: str
    url: str | None
    title: str
    raw_title: str
    published_at: datetime | None
    updated_at: datetime | None = None
    first_seen_at: datetime | None = None
    changed_at: datetime | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[Term, ...] = ()
    categories: tuple[Term, ...] = ()
    series: tuple[SeriesPart, ...] = ()
    excerpt: str = ""
    body: str = ""
    text: str = ""
    image: Image | None = None
    words: int = 0
    minutes: int = 0
    language: str | None = None
    note: str = ""
    fixups: tuple[Fixup, ...] = ()

    @property
    def dated_at(self) -> datetime | None:
        """Return the time a post counts from: its date, else when it was first seen."""
        return self.published_at or self.first_seen_at


# ---------------------------------------------------------------- what an editor asks for


class Selectors(Value, frozen=True):
    """Say which posts belong; empty means no condition.

    `tags`, `series`, … match any, `all_tags` all. A language matches those it is narrowed to ("en"
    also "en-GB"); "" stands for posts that name none.
    """

    tags: tuple[str, ...] = ()
    all_tags: tuple[str, ...] = ()
    exclude_tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


Order = Literal["newest", "oldest", "series", "title"]


class Section(Value, frozen=True):
    """Describe one section of an edition; sections are filled in order and share no post."""

    title: str
    selectors: Selectors = Selectors()
    limit: int | None = None
    order: Order = "newest"


class Evergreen(Value, frozen=True):
    """Describe the pool of older posts that fills an edition's thin issues.

    Without selectors of its own the edition's apply. `count` is the most that one issue takes
    (None: as many as it lacks of `fill_to` posts). With `anniversary`, only posts of the same days
    of former years.
    """

    selectors: Selectors = Selectors()
    min_age: str = "180 days"
    anniversary: bool = False
    fill_to: int = 5
    count: int | None = None


class Edition(Value, frozen=True):
    """Describe a recurring newsletter. `since` is "last-issue" or a duration.

    Durations are strings. `carry_over` says how long a limit lets a post wait: "never", a number of
    issues as "2 issues", or empty for ever. `was` is a former name; empty says that the edition is
    new, though issues of another one lie on disk. `of` names the
    pattern that made it, empty for one described by itself.
    """

    name: str
    title: str
    template: str = "weekly"
    selectors: Selectors = Selectors()
    since: str = "last-issue"
    first_window: str = "7 days"
    limit: int | None = None
    min_posts: int = 1
    order: Order = "newest"
    excerpt_words: int = 45
    settle: str = "0"
    schedule: str = ""
    cool_down: dict[str, str] = {}
    evergreen: Evergreen | None = None
    subject: str = ""
    preheader: str = ""
    service: str = "plain"
    max_bytes: int = 100_000
    sections: tuple[Section, ...] = ()
    carry_over: str = ""
    was: str | None = None
    of: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Return its name and the former one: issues of both are its own."""
        return (self.name, self.was) if self.was else (self.name,)


class Link(Value, frozen=True):
    """Hold a link the editor added that is in no source."""

    title: str
    url: str
    excerpt: str = ""
    section: str = ""


class EditorNotes(Value, frozen=True):
    """Hold what editor.md says. References are post URLs or ids; the introduction is Markdown.

    `drop` leaves posts out for good, `later` only of this issue. `held` answers for all posts that
    are held back at once: take them, or leave them for good. `as_written` names rules of editing
    that a post is spared, parted by commas. `lines` maps each reference to its line in editor.md,
    for messages: the first, or as "pin/REFERENCE" that below one key.
    """

    subject: str = ""
    preheader: str = ""
    pin: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    held: Literal["", "take", "leave"] = ""
    order: tuple[str, ...] = ()
    titles: dict[str, str] = {}
    authors: dict[str, str] = {}
    excerpts: dict[str, str] = {}
    images: dict[str, str] = {}
    as_written: dict[str, str] = {}
    sections: dict[str, str] = {}
    links: tuple[Link, ...] = ()
    updates: tuple[str, ...] = ()
    introduction: str = ""
    lines: dict[str, int] = {}

    def place(self, key: str, entry: object = "") -> str:
        """Return where editor.md says something, as ":4", empty where that is not known.

        An entry is a reference, or its number among those of the key, counted from 0.
        """
        named = (f"{key}/{entry}", str(entry), key)
        line = next((self.lines[name] for name in named if name in self.lines), None)
        return f":{line}" if line else ""


# ---------------------------------------------------------------- selection


class Window(Value, frozen=True):
    """Span of time, start included and cut-off excluded, UTC.

    `ends_at` tells the cut-off the issue's date calls for, where the issue was built before that.
    """

    start_at: datetime
    cutoff_at: datetime
    ends_at: datetime | None = None


Verdict = Literal["chosen", "refused", "waiting"]


class Decision(Value, frozen=True):
    """Say of one candidate whether it is in, by which rule, and any detail worth a sentence."""

    id: str
    url: str | None
    title: str
    verdict: Verdict
    rule: str
    detail: str = ""


class Remembered(Value, frozen=True):
    """Hold what a post is known by that an issue sent, or whose editor dropped it.

    `fingerprint` tells the same title and words, `sketch` words that are alike (empty for few),
    `day` is the ISO date it was published on. `issue` is the issue that sent or dropped it.
    """

    id: str
    issue: str = ""
    url: str = ""
    title: str = ""
    fingerprint: str = ""
    sketch: str = ""
    day: str = ""
    is_dropped: bool = False


class Missing(Value, frozen=True):
    """Name a sealed issue whose folder is gone, and the span of time that its posts came from.

    `posts` are the ids of those that it held, as far as they are known.
    """

    id: str
    window: Window
    posts: tuple[str, ...] = ()


class Chosen(Value, frozen=True):
    """Place one post in the issue.

    `mark` is "", "late", "carried over", "pinned" or "from the archive". `archived` is the post by
    which it is known again, where the editor has it shown otherwise than it was edited.
    """

    post: Post
    section: int = 0
    mark: str = ""
    archived: Post | None = None

    @property
    def known(self) -> Post:
        """Return the post by which it is known again."""
        return self.archived or self.post


class Update(Value, frozen=True):
    """Tell of a post that changed after an issue held it.

    That issue, and in a sentence what changed. `passage` is the post's own notice of the change,
    such as "Correction: …", empty where it has none. `told_in` is the issue that told readers of
    it, if nothing changed since.
    """

    post: Post
    issue: str
    number: int
    dated: date
    change: str = ""
    passage: str = ""
    told_in: str = ""
    is_accepted: bool = False


class Selection(Value, frozen=True):
    """Hold the outcome of choosing: posts in reading order, a Decision for every candidate.

    `considered` are the ids of every candidate the archive held inside the window or before it;
    `carried` the ids that a limit, the settling time, a cool-down or a question leaves for the next
    issue. `remembered` is what dropped posts, and sent ones that changed since, are known by.
    `updates` are posts of earlier issues that changed since and that the editor wants told, none of
    them chosen.
    """

    window: Window
    chosen: tuple[Chosen, ...] = ()
    decisions: tuple[Decision, ...] = ()
    considered: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    remembered: tuple[Remembered, ...] = ()
    updates: tuple[Update, ...] = ()


# ---------------------------------------------------------------- an issue, frozen


class SeriesView(Value, frozen=True):
    """Show a post's place in one series: a ready label and links to the parts before.

    `place` is the part alone, as "Part 2 of 4"; `start` leads to the first part and says so.
    """

    name: str
    label: str
    part: int | None = None
    total: int | None = None
    place: str = ""
    earlier: tuple[Link, ...] = ()
    start: Link | None = None


Shown = Literal["full", "excerpt", "title", "left"]


class PostView(Value, frozen=True):
    """Show one post in an issue: every string final, in the newsletter's language and zone.

    `permalink` is the post's own address, `url` the link to show, which may carry parameters.
    `fingerprint` tells the same words under another address, `sketch` words that are alike.
    `first_sent` names the issue that
    first held a post shown because it changed; its url is empty where issues are not published.
    `shown` says how much of it the byte budget allows: all the template shows, no body, title only,
    or left to the site.
    """

    id: str
    url: str
    title: str
    permalink: str = ""
    fingerprint: str = ""
    sketch: str = ""
    byline: str = ""
    date: str = ""
    date_iso: str = ""
    reading_time: str = ""
    excerpt: str = ""
    body: str = ""
    image: Image | None = None
    series: tuple[SeriesView, ...] = ()
    tags: tuple[str, ...] = ()
    mark: str = ""
    note: str = ""
    shown: Shown = "full"
    first_sent: Link | None = None
    language: str = ""
    direction: Literal["ltr", "rtl"] = "ltr"


class PostCost(Value, frozen=True):
    """Tell how a post is shown and what it costs in bytes, 0 once it is left to the site."""

    title: str
    shown: Shown
    html_bytes: int
    is_pinned: bool = False


class SectionView(Value, frozen=True):
    """Show one section; the first may have no title."""

    title: str
    posts: tuple[PostView, ...]


class NewsletterView(Value, frozen=True):
    """Show who sends this: names and addresses for masthead and footer."""

    name: str
    url: str = ""
    language: str = "en"
    direction: Literal["ltr", "rtl"] = "ltr"
    timezone: str = "UTC"
    sender: str = ""
    address: str = ""
    unsubscribe: str = ""
    archive: str = ""


class Issue(Value, frozen=True):
    """Freeze everything one issue is made of.

    `posts` of a plain edition lie in one section without a title. `labels` are the template's fixed
    words in the newsletter's language. `introduction` is clean HTML. `web_url` is where the issue
    can be read in a browser, empty where the newsletter has no archive. `built_at` is when the
    archive was asked. `updates` are posts of earlier issues that changed since; they are not among
    the issue's posts. `selectors` are what the edition asked for then, None in issues of earlier
    versions. `sealed` are the edition's last issues before it that were sealed: should the folder
    of one be deleted by mistake, its posts do not come again unasked.
    """

    id: str
    edition: str
    number: int
    dated: date
    title: str
    template: str
    service: str
    newsletter: NewsletterView
    window: Window
    subject: str
    built_at: datetime | None = None
    preheader: str = ""
    date: str = ""
    introduction: str = ""
    featured: PostView | None = None
    sections: tuple[SectionView, ...] = ()
    updates: tuple[PostView, ...] = ()
    theme: dict[str, str] = {}
    labels: dict[str, str] = {}
    web_url: str = ""
    considered: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    remembered: tuple[Remembered, ...] = ()
    sealed: tuple[str, ...] = ()
    selectors: Selectors | None = None

    @property
    def posts(self) -> tuple[PostView, ...]:
        """Return all posts in reading order, the featured one first."""
        rest = tuple(post for section in self.sections for post in section.posts)
        return (self.featured, *rest) if self.featured else rest

    @property
    def count(self) -> int:
        """Return how many posts the issue holds."""
        return len(self.posts)


# ---------------------------------------------------------------- rendering


class Slotted(Value, frozen=True):
    """Hold one dynamic value of a page.

    A "text" is escaped when filled in, "html" is not, and a "slot" names a merge tag of the
    service. "given", "otherwise" and "end" bound a region that is kept only where the slot of that
    name has a value.
    """

    kind: Literal["text", "html", "slot", "given", "otherwise", "end"]
    value: str


class Page(Value, frozen=True):
    """Hold a compiled page: `segments` of fixed text with `values[places[i]]` after segment i.

    There is one segment more than there are places.
    """

    kind: Literal["html", "text"]
    segments: tuple[str, ...]
    places: tuple[int, ...]
    values: tuple[Slotted, ...]


class Rendered(Value, frozen=True):
    """Hold an issue's three pages, independent of any service's dialect."""

    email: Page
    web: Page
    text: Page


class Finding(Value, frozen=True):
    """Report what a rule found in an email.

    `where` is a file with line and column, or what else the fault lies in; `post` is the title of
    the post that stands there, and `line` is 0 where no line is meant.
    """

    rule: str
    severity: Literal["error", "warning", "information"]
    message: str
    where: str = ""
    post: str = ""
    line: int = 0


# ---------------------------------------------------------------- JSON


def encode(value: Any) -> bytes:
    """Return a value as compact JSON bytes, keys in field order."""
    return msgspec.json.encode(value)


def decode(data: bytes | str, type_: type[T]) -> T:
    """Return the value that JSON holds.

    Raises:
        ValueError: if the JSON is malformed or of another shape; the message names the path.
    """
    wanted: Any = type_
    found: T = _decoder(wanted).decode(data)
    return found


@cache
def _decoder(type_: Any) -> msgspec.json.Decoder[Any]:
    """Return the decoder of a type: making it takes longer than reading a post with it."""
    return msgspec.json.Decoder(type_)


def builtins(value: Any) -> Any:
    """Return a value as plain dicts and lists, for printing."""
    return msgspec.to_builtins(value)


def pretty(value: Any) -> bytes:
    """Return a value as indented JSON with a final newline, stable for version control."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def replace(value: T, **changes: Any) -> T:
    """Return a copy of a frozen value with some fields changed."""
    return msgspec.structs.replace(value, **changes)  # type: ignore[type-var]
