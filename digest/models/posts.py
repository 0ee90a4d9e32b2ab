"""What a source says, and the post that editing makes of it."""

from datetime import datetime

from digest.models.values import Value, key


class Term(Value):
    """Name a tag or category; `slug` is the source's own, empty where it gives none."""

    name: str
    slug: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """Return every form under which a selector may name this term."""
        return frozenset(k for k in (key(self.name), key(self.slug)) if k)


class SeriesPart(Value):
    """Place a post in a series. `total` is the declared one only.

    `label` keeps a part like "2b".
    """

    name: str
    part: int | None = None
    total: int | None = None
    label: str = ""
    slug: str = ""


class ImageSize(Value):
    """Name one file of an image; pixels."""

    url: str
    width: int
    height: int


class Image(Value):
    """Name a picture with its alt text; sizes in pixels where the source tells them."""

    url: str
    alt: str = ""
    width: int | None = None
    height: int | None = None
    sizes: tuple[ImageSize, ...] = ()


class RawItem(Value):
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


class Problem(Value):
    """Report what is wrong with one post or one address; `where` names it.

    `trace` is the traceback of a fault of ours, which only --verbose shows.
    """

    where: str
    message: str
    trace: str = ""


class Fixup(Value):
    """Record one change editing made.

    The field, what stood there, what stands now, and the rule.
    """

    field: str
    raw: str
    value: str
    rule: str


class Post(Value):
    """Hold one edited post. `excerpt` and `text` are plain, `body` is clean HTML without styles.

    `raw_title` is the plain text of the source's title before byline and series were read out of
    it. `note` is a sentence about the post itself, such as where it was first published; `original`
    is the address of the page it says it is a copy of. `sketch` tells its words from others, where
    they are long enough and it was young enough to be sent when it was edited.
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
    original: str = ""
    fixups: tuple[Fixup, ...] = ()
    sketch: str = ""

    @property
    def dated_at(self) -> datetime | None:
        """Return the time a post counts from: its date, else when it was first seen."""
        return self.published_at or self.first_seen_at
