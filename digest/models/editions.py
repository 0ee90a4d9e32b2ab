"""What an editor asks for: an edition, its sections, and what editor.md says of one issue."""

from typing import Literal

from digest.models.values import Value


class Selectors(Value):
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


class Section(Value):
    """Describe one section of an edition; sections are filled in order and share no post."""

    title: str
    selectors: Selectors = Selectors()
    limit: int | None = None
    order: Order = "newest"


class Evergreen(Value):
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


class Edition(Value):
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


class Link(Value):
    """Hold a link the editor added that is in no source."""

    title: str
    url: str
    excerpt: str = ""
    section: str = ""


class EditorNotes(Value):
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
