"""An issue, frozen, as templates see it; the pages made of it, and what a rule finds there."""

from datetime import date, datetime
from typing import Literal

from digest.models.editions import Link, Selectors
from digest.models.posts import Image
from digest.models.selections import Decision, Remembered, Window
from digest.models.values import Value


class SeriesView(Value):
    """Show a post's place in one series: a ready label and links to the parts before.

    `nth` of `total` is this part: where parts begin at 0, part 3 is the fourth. `place` is the part
    alone, as "Part 2 of 4"; `start` leads to the first part and says so.
    """

    name: str
    label: str
    part: int | None = None
    nth: int | None = None
    total: int | None = None
    place: str = ""
    earlier: tuple[Link, ...] = ()
    start: Link | None = None


Shown = Literal["full", "excerpt", "title", "left"]


class PostView(Value):
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


class PostCost(Value):
    """Tell how a post is shown and what it costs in bytes, 0 once it is left to the site."""

    title: str
    shown: Shown
    html_bytes: int
    is_pinned: bool = False


class SectionView(Value):
    """Show one section; the first may have no title."""

    title: str
    posts: tuple[PostView, ...]


class NewsletterView(Value):
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


class Issue(Value):
    """Freeze everything one issue is made of.

    `posts` of a plain edition lie in one section without a title. `lead_section` is the title of
    the featured post's section where that holds no other, so that it is said all the same.
    `labels` are the template's fixed words in the newsletter's language. `introduction` is clean
    HTML. `web_url` is where the issue can be read in a browser, empty where the newsletter has no
    archive. `built_at` is when the archive was asked. `updates` are posts of earlier issues that
    changed since; they are not among the issue's posts. `selectors` are what the edition asked for
    then, None in issues of earlier versions. `sealed` are the edition's last issues before it that
    were sealed: should the folder of one be deleted by mistake, its posts do not come again
    unasked.
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
    lead_section: str = ""
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
        rest = [post for section in self.sections for post in section.posts]
        return (self.featured, *rest) if self.featured else tuple(rest)

    @property
    def count(self) -> int:
        """Return how many posts the issue holds."""
        return len(self.posts)


# ---------------------------------------------------------------- its pages


class Slotted(Value):
    """Hold one dynamic value of a page.

    A "text" is escaped when filled in, "html" is not, and a "slot" names a merge tag of the
    service. "given", "otherwise" and "end" bound a region that is kept only where the slot of that
    name has a value.
    """

    kind: Literal["text", "html", "slot", "given", "otherwise", "end"]
    value: str


class Page(Value):
    """Hold a compiled page: `segments` of fixed text with `values[places[i]]` after segment i.

    There is one segment more than there are places.
    """

    kind: Literal["html", "text"]
    segments: tuple[str, ...]
    places: tuple[int, ...]
    values: tuple[Slotted, ...]


class Rendered(Value):
    """Hold an issue's three pages, independent of any service's dialect."""

    email: Page
    web: Page
    text: Page


class Finding(Value):
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

    @property
    def place(self) -> str:
        """Return where a fault lies: file, line and column, and the title of the post."""
        return f'{self.where}, "{self.post}"' if self.post else self.where
