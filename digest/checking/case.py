"""One email as its rules see it: each part is read once, when a rule first asks for it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any, Final

from digest.checking import parsing
from digest.checking.parsing import Document, Look, Message, Node, Sheet, Text, fold
from digest.dialects import Dialect, dialect
from digest.knowledge.links import is_tag
from digest.models import Issue, Value

LARGEST: Final = 1_500_000
"""The most bytes of HTML that are judged; no program shows a mail of that size."""


class Past(Value):
    """Hold what of a former issue the next is compared with."""

    id: str
    subject: str = ""
    preheader: str = ""
    sender: str = ""


class Answer(Value):
    """Tell what one address answered. `status` is 0 where nothing did, and `error` says why.

    `final` is the address at the end of redirects; sizes in bytes and pixels, 0 where unknown.
    """

    url: str
    status: int = 0
    final: str = ""
    kind: str = ""
    size: int = 0
    seconds: float = 0.0
    width: int = 0
    height: int = 0
    error: str = ""


class Online(Value):
    """Hold what was asked of the network: answers by address, and DNS's texts by name."""

    answers: dict[str, Answer] = {}
    records: dict[str, tuple[str, ...]] = {}


class Spam(Value):
    """Hold a spam filter's verdict: its score, the score from which it refuses, and its reasons."""

    program: str
    score: float
    limit: float
    reasons: tuple[str, ...] = ()


class Context(Value):
    """Hold what is known around an email; all may be missing, as for a file from elsewhere.

    `changed` says in a sentence, by a post's id, how it differs today. `authors` are names of
    former issues. `clients` are shares in percent by family. `dkim` is the selector of the sender's
    key.
    """

    issue: Issue | None = None
    service: str = ""
    past: tuple[Past, ...] = ()
    authors: tuple[str, ...] = ()
    changed: dict[str, str] = {}
    today: date | None = None
    intranet: tuple[str, ...] = ()
    clients: dict[str, float] = {}
    dkim: str = ""
    online: Online | None = None
    spam: Spam | None = None


class Link(Value, gc=True):
    """Hold one link: its element, its target, what it shows, and how it is called.

    One that `is_silent` is hidden from screen readers: another says the same.
    """

    node: Any
    href: str
    shown: str
    name: str
    is_silent: bool = False


class Case:
    """Hold an email and what is known around it."""

    def __init__(
        self,
        html: str | None,
        *,
        name: str = "email.html",
        size: int | None = None,
        text: str | None = None,
        message: Message | None = None,
        message_name: str = "message.eml",
        context: Context | None = None,
    ) -> None:
        self.has_html = html is not None
        self.html = html or ""
        self.size = len(self.html.encode("utf-8", "replace")) if size is None else size
        self.name, self.text, self.message, self.message_name = name, text, message, message_name
        self.context = context or Context()

    @property
    def issue(self) -> Issue | None:
        """Return the issue that this email is, or None for an email from elsewhere."""
        return self.context.issue

    @cached_property
    def service(self) -> Dialect | None:
        """Return how the service that sends this writes its tags, where that is known."""
        return dialect(self.context.service) if self.context.service else None

    def is_tag(self, address: str) -> bool:
        """Tell whether an address is a merge tag: as services write them, or this one's own.

        A service that another package brings writes them as it likes.
        """
        own = self.service.tags.values() if self.service else ()
        return is_tag(address) or any(tag and tag in address for tag in own)

    @cached_property
    def page(self) -> Document:
        """Return the page as a tree."""
        return parsing.parse(self.html)

    def let_go(self) -> None:
        """Let go of the page once it was judged.

        Its nodes hold on to each other, and would stay until Python looks for such circles, which
        takes thousands of issues.
        """
        page: Document | None = vars(self).get("page")
        for node in (page.root, *page.nodes) if page else ():
            node.children.clear()
        # With all that was read from it: whoever judges again reads the page again.
        for name in [n for n in vars(self) if isinstance(vars(Case).get(n), cached_property)]:
            del vars(self)[name]

    @cached_property
    def body(self) -> Node:
        """Return the body, or the whole page where there is none."""
        return self.page.first("body") or self.page.root

    # ------------------------------------------------------------ styles

    @cached_property
    def sheets(self) -> list[tuple[Node, Sheet]]:
        """Return the style sheets that are not hidden in comments, each with its element."""
        return [
            (node, parsing.sheet(_source(node), node.get("media")))
            for node in self.page.all("style")
        ]

    @cached_property
    def cascade(self) -> parsing.Cascade:
        """Return what answers for each element which declarations reach it."""
        return parsing.Cascade(self.page, [sheet for _, sheet in self.sheets])

    @cached_property
    def light(self) -> dict[Node, Look]:
        """Return how each element looks in light mode."""
        return parsing.looks(self.page, self.cascade)

    @cached_property
    def dark(self) -> dict[Node, Look] | None:
        """Return how each element looks by the email's own dark rules; None if it has none."""
        return (
            parsing.looks(self.page, self.cascade, "dark") if self.cascade.has_dark_rules else None
        )

    @cached_property
    def outlook(self) -> dict[Node, Look] | None:
        """Return how each element looks by the rules for Outlook's own dark mode; None without."""
        if not self.cascade.has_outlook_rules:
            return None
        return parsing.looks(self.page, self.cascade, "outlook")

    def declared(self, node: Node) -> Mapping[str, str]:
        """Return what is declared for an element in light mode, by property."""
        return self.cascade.declared(node)

    # ------------------------------------------------------------ what a reader sees

    @cached_property
    def seen(self) -> list[Text]:
        """Return the texts that show, in the order of the source."""
        return [text for text in self.page.texts if self._shows(text) and fold(text.value)]

    def _shows(self, text: Text) -> bool:
        look = self.light.get(text.parent)
        # Type of a pixel is a preheader's filling, which nobody reads.
        return look is not None and not look.is_hidden and look.size > 1

    @cached_property
    def seen_text(self) -> str:
        """Return what shows as one text."""
        return " ".join(fold(text.value) for text in self.seen)

    @cached_property
    def links(self) -> list[Link]:
        """Return the links that show or hold something that does."""
        return [
            Link(
                node=node,
                href=node.get("href").strip(),
                shown=node.text(),
                name=spoken(node),
                is_silent=is_silent(node),
            )
            for node in self.page.all("a", "area")
            if "href" in node.attributes and not self.light[node].is_hidden
        ]

    @cached_property
    def pictures(self) -> list[Node]:
        """Return the pictures that are not hidden."""
        return [node for node in self.page.all("img") if not self.light[node].is_hidden]

    # ------------------------------------------------------------ places

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset."""
        return self.page.place(offset)

    def post_at(self, offset: int) -> str:
        """Return the title of the post, or the heading, that a place in the page belongs to."""
        starts, titles = self.regions
        at = bisect_right(starts, offset) - 1
        return titles[at] if at >= 0 else ""

    @cached_property
    def regions(self) -> tuple[list[int], list[str]]:
        """Return where in the source each post or heading begins, and its title."""
        found = sorted(self._post_regions() if self.issue else self._heading_regions())
        return [start for start, _ in found], [title for _, title in found]

    def _heading_regions(self) -> list[tuple[int, str]]:
        return [(node.start, shortened(node.text())) for node in self.page.all("h1", "h2", "h3")]

    def _post_regions(self) -> list[tuple[int, str]]:
        """Return where each post begins: at the cell of its headline or first link.

        A picture may stand above its headline there. The foot belongs to none.
        """
        regions, last = [], 0
        for node, title in self._heads():
            cell = next((up.start for up in node.above() if up.name == "td"), node.start)
            regions.append((cell if cell > last else node.start, title))
            last = node.start
        foot = [n.start for n in self.page.all("a") if n.start > last and self._is_foot(n)]
        return [*regions, (foot[0], "")] if foot and regions else regions

    def _heads(self) -> list[tuple[Node, str]]:
        """Return what begins each post, its headline or first link, with its title, in order."""
        first = self._first_places()
        heads = []
        for post in self.issue.posts if self.issue else ():
            names = {post.url, fold(post.title)} - {""}
            places = [first[name] for name in names if name in first]
            if places:
                heads.append((min(places, key=lambda node: node.start), post.title))
        return sorted(heads, key=lambda head: head[0].start)

    def _first_places(self) -> dict[str, Node]:
        """Return what leads to each address, and the headline of each name, for the first time."""
        first: dict[str, Node] = {}
        for node in self.page.all("a"):
            first.setdefault(node.get("href"), node)
        for node in self.page.all("h1", "h2", "h3", "h4"):
            first.setdefault(node.text(), node)
        return first

    def _is_foot(self, node: Node) -> bool:
        posts = {post.url for post in self.issue.posts} if self.issue else set()
        return node.get("href") not in posts and any(up.name == "p" for up in node.above())


def _source(node: Node) -> str:
    return "".join(child.value for child in node.children if isinstance(child, Text))


def shortened(text: str, most: int = 60) -> str:
    """Return a text that fits into a line."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def is_silent(node: Node) -> bool:
    """Tell whether an element is hidden from screen readers, itself or with what is around it."""
    return any(each.get("aria-hidden") == "true" for each in (node, *node.above()))


def spoken(node: Node) -> str:
    """Return what a screen reader says: the label, else text and pictures' alt texts."""
    # The order in which a name is worked out (Accessible Name 1.2, 4.3.2).
    if label := fold(node.get("aria-label")):
        return label
    pieces = []
    for found in node.inside():
        if isinstance(found, Text):
            pieces.append(found.value)
        elif found.name == "img":
            pieces.append(f" {found.get('alt')} ")
    return fold("".join(pieces)) or fold(node.get("title"))
