"""What a template sees: an issue with its theme, words, slots and pictures.

Everything here is ready to print. Content stays content; only theme values and directions are
literal, because MJML has to see them. The web page has no personal slots: nothing on it may depend
on who reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from operator import is_
from types import SimpleNamespace
from typing import Any
from typing import Literal as OneOf

from digest.knowledge.directions import against
from digest.lazy import regex
from digest.models import (
    Issue,
    Link,
    NewsletterView,
    PostView,
    SectionView,
    Value,
    fields,
    replace,
)
from digest.rendering import text
from digest.rendering import words as labels
from digest.rendering.jinja import Filters, Html, Literal, Slots, with_names
from digest.rendering.look import (
    THUMBNAIL_WIDTH,
    fit,
    lead,
    may_hold_long_words,
    pliable,
    style,
    thumbnail,
)
from digest.rendering.page import SLOTS, escape, more, shortened, whole
from digest.rendering.words import Names, held, held_within, joined, placed, turn

_WAYS = {way: Literal(f' dir="{way}"' if way else "") for way in ("", "ltr", "rtl")}


def _way(names: Names, text: object, post: PostView | None = None) -> Literal:
    """Return the attribute of a text that runs against what stands around it, else nothing.

    Around it is the page, or a post that is told in another language.
    """
    return _WAYS[against(str(text), post.direction if post else names.get("newsletter").direction)]


@lru_cache(maxsize=2048, typed=True)  # a title stands on its page three times, as content or HTML
def _pliable(text: str) -> str:
    """Return plain text with its dates whole, as HTML in which Outlook may part long words."""
    text = type(text)(held(text))
    return Html(pliable(escape(text))) if may_hold_long_words(text) else text


FILTERS: Filters = {
    "put": with_names(placed),
    "one_line": text.one_line,
    "brief": text.brief,
    "joined": with_names(joined),
    "turn": with_names(turn),
    "way": with_names(_way),
    "pliable": _pliable,
    "unbroken": text.unbroken,
    "firm": text.firm,
    "capital": lambda value: f"{value[:1].upper()}{value[1:]}",
    "picture": lambda image, width, max_height=10_000: (
        fit(image, width, max_height) if image else None
    ),
    "lead": lambda image, width: lead(image, width) if image else None,
    "thumbnail": lambda image: thumbnail(image) if image else None,
}
TEXT_FILTERS: Filters = {
    **FILTERS,
    "wrap": text.wrap,
    "facts": text.facts,
    "underline": text.underline,
    "plain": lambda value: _plain(value) if isinstance(value, Html) else str(value),
}


def _plain(html: str) -> str:
    """Return HTML as text; who reads it is imported only where an editor wrote something."""
    from digest.rendering.html_text import from_html

    return from_html(html)


GUTTER = 24
"""Pixels of white at either side of a page's text."""

_MEANINGFUL = regex(r"[<>&\"{}|*%$\[\]\\]")
# In these a line may end within any word, and so within a date unless it is told otherwise.
_UNSPACED = frozenset(("ja", "ko", "yue", "zh"))
# The label of each mark that a post may bear.
_MARKS = {
    "late": "late",
    "carried over": "carried_over",
    "from the archive": "archive",
    "link": "recommended",
}


def context(
    issue: Issue, theme: Mapping[str, str], medium: OneOf["email", "web", "text"]
) -> dict[str, object]:
    """Return the names that a template may use for one medium."""
    newsletter = issue.newsletter
    is_web = medium == "web"
    shown = _dressed(whole(issue) if is_web else shortened(issue), theme, medium)
    here = frozenset([post.url for post in shown.posts])
    return {
        "issue": shown,
        "here": here,
        "before": _before(shown.posts, here),
        "more": "" if medium == "web" else more(issue),
        "newsletter": newsletter,
        "is_unspaced": newsletter.language.partition("-")[0].lower() in _UNSPACED,
        "slots": Slots(() if medium == "web" else SLOTS),
        "medium": medium,
        **_spoken(newsletter.language, tuple(issue.labels.items())),
        **_look(tuple(theme.items()), newsletter.direction),
    }


_MOST_BEFORE = 3
"""How many parts before are linked of a series, beside where it starts."""


def _before(posts: Sequence[PostView], here: Set[str]) -> dict[str, list[Sequence[Link]]]:
    """Return, by a post's id, the earlier parts to link under it: of each series a list.

    An issue links each part once, and none that stands in it.
    """
    before: dict[str, list[Sequence[Link]]] = {}
    linked: set[str] = set()
    for post, links in _bearers([post for post in posts if post.shown != "title"], here):
        fresh = [link for link in links if link.url not in linked]
        linked.update(link.url for link in fresh)
        if fresh:
            before.setdefault(post.id, []).append(fresh)
    return before


def _bearers(
    posts: Sequence[PostView], here: Set[str]
) -> Iterable[tuple[PostView, Sequence[Link]]]:
    """Return, for each series, the parts before its newest, and the first post right after them."""
    told: dict[str, tuple[int, PostView, Sequence[Link]]] = {}
    for post in posts:
        for series in post.series:
            elsewhere = [link for link in series.earlier if link.url not in here]
            links, part = elsewhere[-_MOST_BEFORE:], series.part or 0
            start = series.start
            if start and start.url not in {*here, *(link.url for link in links)}:
                links.insert(0, start)
            newest, _, known = told.get(series.name, (-1, post, None))
            if part > newest and links != known:
                told[series.name] = (part, post, links)
    return [(post, links) for _, post, links in told.values()]


@lru_cache(maxsize=16)
def _spoken(language: str, own: tuple[tuple[str, str], ...]) -> dict[str, object]:
    """Return the names that depend on nothing but the language and the newsletter's own words."""
    known = {**labels.words(language), **dict(own)}
    return {
        "labels": SimpleNamespace(**{name: w for name, w in known.items() if name.isidentifier()}),
        "marks": {mark: known[label] for mark, label in _MARKS.items()} | {"pinned": ""},
        "said_in": _said_in(language, known),
    }


def _said_in(language: str, known: Mapping[str, str]) -> str:
    """Return the fixed words' language where it is not the newsletter's own, else nothing."""
    english = labels.unspoken(language, known)
    return Literal("en") if 2 * len(english) > len(known) else ""


@lru_cache(maxsize=16)
def _look(theme: tuple[tuple[str, str], ...], direction: str) -> dict[str, Any]:
    """Return the names that depend on nothing but the theme and the direction of writing."""
    is_rtl = direction == "rtl"
    return {
        "theme": SimpleNamespace(**{key: _literal(value) for key, value in theme}),
        "content_width": _content_width(dict(theme)),
        "words_width": Literal(str(_content_width(dict(theme)) - THUMBNAIL_WIDTH)),
        "direction": Literal("rtl" if is_rtl else "ltr"),
        "start": Literal("right" if is_rtl else "left"),
        "end": Literal("left" if is_rtl else "right"),
        "opposite": Literal("ltr" if is_rtl else "rtl"),
    }


def _literal(value: str) -> str:
    """Return a theme value as MJML may see it; what could mean something there is content."""
    return value if _MEANINGFUL.search(value) else Literal(value)


def _content_width(theme: Mapping[str, str]) -> int:
    """Return the pixels between a page's gutters, which a wide picture fills."""
    return min(int(theme.get("width", "600px").removesuffix("px")) - 2 * GUTTER, 600)


def _way_of(post: PostView, newsletter: NewsletterView) -> OneOf["ltr", "rtl"]:
    """Return which way a post runs: by its language, else by its words if they are of one mind."""
    if post.language not in ("", newsletter.language):
        return post.direction
    usual = newsletter.direction
    way = against(post.title, usual)
    return way if way and (not post.excerpt or against(post.excerpt, usual)) else usual


class Look(Value):
    """Hold what HTML is to look like; without a theme it stays as it is."""

    theme: Mapping[str, str] | None = None
    for_browsers: bool = False

    def of(self, clean: str, under: int, direction: str) -> Html:
        """Return clean HTML as it is shown under a heading of a level."""
        if self.theme is None:  # a look would only get into the way: code that wraps has no lines
            return Html(clean)
        return Html(
            style(
                clean,
                self.theme,
                under=under,
                width=_content_width(self.theme),
                direction=direction,
                for_browsers=self.for_browsers,
            )
        )


class SeenPost(PostView):
    """Show a post whose body is put into its look when a template asks for it: few do."""

    look: Look = Look()

    @property  # type: ignore[misc]
    def body(self) -> str:
        """Return the body as HTML."""
        clean: str = vars(PostView)["body"].__get__(self)
        return clean and self.look.of(clean, 2, self.direction)


def _dressed(issue: Issue, theme: Mapping[str, str], medium: str) -> Issue:
    """Return the issue with its HTML known as HTML, in the theme's look where it will be seen."""
    look = Look(None if medium == "text" else theme, medium == "web")

    def post(view: PostView) -> PostView:
        way = _way_of(view, issue.newsletter)
        if way != view.direction:
            view = replace(view, direction=way)
        return SeenPost(*fields(view), look) if view.body else view  # type: ignore[call-arg]

    def section(view: SectionView) -> SectionView:
        posts = tuple(map(post, view.posts))
        # Equal is not enough: HTML that no look changes equals the text that it was.
        is_same = all(map(is_, posts, view.posts))
        return view if is_same else replace(view, posts=posts)

    introduction: str = issue.introduction
    if medium != "text":
        introduction = held_within(introduction)
    return replace(
        issue,
        introduction=introduction and look.of(introduction, 1, issue.newsletter.direction),
        featured=issue.featured and post(issue.featured),
        sections=tuple(map(section, issue.sections)),
        updates=tuple(map(post, issue.updates)),
    )
