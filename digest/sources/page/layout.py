"""Finds where on a page its posts are: what calls itself a post, else what repeats itself.

Menus, sidebars, footers, comments and related posts are taken out first. Each way of finding posts
gives groups of elements; the group whose members look most like posts wins. Every step is one pass
over the tree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from digest.sources.page.tree import HEADINGS, Element, classes, text_of

MIN_TITLE_WORDS = 3
"""Links alone are posts only if they have so many words on average; menus have fewer."""

# What themes and plug-ins call everything around the posts.
_NOISE = re.compile(
    r"sidebars?|(?:primary|secondary|left|right|main|blog|site|page)-sidebar|widgets?|widget[-_].*"
    r"|secondary|complementary"
    r"|comments?|comments?-(?:area|list|respond|section|wrapper)|comment_container|respond|disqus.*"
    r"|related|related[-_].*|jp-relatedposts|yarpp.*|crp_related|.*-related-posts|popular-posts?"
    r"|trending.*|most-(?:read|popular)"
    r"|cookies?|cookie[-_].*|.*cookie-?(?:banner|notice|consent|bar|law).*|cmplz.*|cky-.*|gdpr.*"
    r"|consent.*"
    r"|breadcrumbs?|.*[-_]breadcrumbs?|pagination|nav-links|navigation|(?:posts?|page|site|main"
    r"|paging)-navigation|page-numbers"
    r"|menu|.*[-_]menu|nav|navbar.*|main-nav|site-nav|site-header|site-footer|masthead|colophon"
    r"|footer"
    r"|page-footer|site-branding"
    r"|share|sharing|share-.*|sharedaddy|social|social-.*|addtoany.*|a2a_kit|newsletter-(?:signup"
    r"|form"
    r"|box)|signup|subscribe|subscribe-.*"
    r"|popup.*|modal|modal-.*|skip-link|tagcloud|tag-cloud|wp-block-tag-cloud|search-form"
    r"|searchform"
    r"|ads?|advert.*|sponsor.*"
    r"|author-(?:box|bio|info)|about-author|wp-block-(?:navigation|search|archives|categories"
    r"|latest-comments|page-list|calendar)"
    r"|elementor-location-(?:header|footer)|et-l--(?:header|footer)|et_pb_widget.*|toc"
    r"|hidden-posts?"
    r"|screen-reader-shortcut"
)
_NOISE_ROLES = frozenset(
    {"navigation", "search", "complementary", "contentinfo", "dialog", "alertdialog", "menu"}
)
_RELATED = re.compile(
    r"related (?:posts|articles|stories|reading)|you (?:may|might) (?:also )?(?:like|enjoy).{0,20}"
    r"|(?:most )?popular(?: posts| articles)?"
    r"|trending(?: now)?|most read|recommended(?: for you)?|editor[’']s picks|recent comments"
    r"|leave a reply|subscribe.{0,40}",
    re.IGNORECASE,
)
# Names that say "a post" and nothing else: microformats, WordPress, its page builders.
_STRONG = frozenset({"hentry", "h-entry", "wp-block-post", "e-loop-item", "type-post"})
# Names that a post has, and other things as well.
_WEAK = frozenset(
    {
        "post", "blog-post", "blogpost", "post-item", "post-card", "postcard", "blog-item",
        "blog-card",
        "blog-entry", "entry",
        "et_pb_post", "elementor-post", "post-preview", "post-summary", "post-teaser", "teaser",
        "news-item", "newsitem",
        "article", "article-item", "article-card", "story", "views-row", "list-item-post",
        "ast-article-post", "uael-post-wrapper",
        "fusion-post-grid", "fusion-post", "blog-listing__post", "archive-post", "loop-entry",
        "blog-post-item",
    }
)  # fmt: skip
_SCHEMA = re.compile(
    r"schema\.org/(?:BlogPosting|Article|NewsArticle|SocialMediaPosting|CreativeWork|Report)\b"
)
_MEMBERS = frozenset({"div", "li", "article", "section", "tr", "td", "a", "p", "dd", "figure"})
# Classes that tell one member from the others: without them all look alike.
_UNIQUE = re.compile(
    r".*\d.*|(?:tag|category|status|format|type|author|series)-.*|first|last|odd|even|alt|alternate"
    r"|active|current|featured|sticky|has-.*|no-.*"
)


@dataclass(slots=True)
class _Facts:
    """Count what an element holds, everything below it included."""

    words: int = 0
    headings: int = 0
    linked_headings: int = 0
    links: int = 0
    linked_words: int = 0
    times: int = 0

    def add(self, other: _Facts) -> None:
        self.words += other.words
        self.headings += other.headings
        self.linked_headings += other.linked_headings
        self.links += other.links
        self.linked_words += other.linked_words
        self.times += other.times


@dataclass
class _Group:
    """Hold elements that may be the page's posts, and what speaks for them."""

    members: Sequence[Element]
    score: float
    words: int
    is_flat: bool = False


def find_posts(body: Element) -> list[Element]:
    """Return the elements that are posts, in the page's order, at most one for each.

    The tree is changed.
    """
    _prune(body)
    elements = list(body.iter(etree.Element))
    facts = _facts(elements)
    marked = _marked_groups(elements, facts)
    best = max(marked, key=_rank, default=None)
    # One marked post may be a teaser among others that say nothing of themselves.
    if best is None or len(best.members) < 2:
        inside = {
            e for member in (best.members if best else ()) for e in member.iter(etree.Element)
        }
        found = [*_alike_groups(elements, facts), *_flat_groups(elements, facts)]
        found = [group for group in found if _may_replace(group, inside, facts)]
        best = max([*marked, *found], key=_rank, default=None)
    if best is None:
        return []
    return [_wrapped(heading) for heading in best.members] if best.is_flat else list(best.members)


def _rank(group: _Group) -> tuple[float, int]:
    return round(group.score, 3), group.words


# ---------------------------------------------------------------- noise


def _prune(body: Element) -> None:
    """Take out everything that is never a post, unless it is most of the page."""
    whole = max(1, len(text_of(body)))
    for element in list(body.iter(etree.Element)):
        if element is not body and element.getparent() is not None and _is_noise(element):
            # A page whose whole content stands in a "sidebar" has a theme with odd names.
            if 2 * len(text_of(element)) > whole and element.tag not in ("nav", "form"):
                continue
            element.drop_tree()
    for heading in list(body.iter(*HEADINGS)):
        section = heading.getparent()
        if section is None or section is body or not _RELATED.fullmatch(text_of(heading)):
            continue
        if 2 * len(text_of(section)) <= whole and section.getparent() is not None:
            section.drop_tree()


def _is_noise(element: Element) -> bool:
    tag = element.tag
    if tag in ("nav", "form", "dialog", "select", "button"):
        return True
    if element.get("role", "").lower() in _NOISE_ROLES or element.get("aria-modal") == "true":
        return True
    if tag in ("body", "main", "html", "h1", "h2", "h3", "h4") or _calls_itself_post(element):
        return False
    if _frames_page(element):
        return not any(_calls_itself_post(parent) for parent in element.iterancestors())
    names = {*element.get("class", "").lower().split(), element.get("id", "").lower()}
    return any(name and _NOISE.fullmatch(name) for name in names)


def _frames_page(element: Element) -> bool:
    """Tell whether a header, footer or aside is the page's own, and not one of an article."""
    if element.tag not in ("header", "footer", "aside"):
        return False
    above = [parent.tag for parent in element.iterancestors()]
    if {"article", "li", "main"} & set(above):
        return False
    return bool(element.tag == "aside" or len(above) <= 4)


def _calls_itself_post(element: Element) -> bool:
    names = classes(element)
    if names & {"type-page", "comment", "h-cite"}:
        return False
    return bool(names & _STRONG) or bool(_SCHEMA.search(element.get("itemtype", "")))


# ---------------------------------------------------------------- facts


def _facts(elements: Sequence[Element]) -> dict[Element, _Facts]:
    """Return what each element holds, from the leaves up."""
    facts: dict[Element, _Facts] = {element: _Facts() for element in elements}
    # Backwards, so that children are counted before what holds them.
    for element in reversed(elements):
        own = facts[element]
        own.words += len((element.text or "").split())
        if element.tag in HEADINGS and own.words:
            own.headings += 1
            own.linked_headings += own.links > 0
        elif element.tag == "a" and own.words and element.get("href"):
            own.links += 1
            own.linked_words += own.words
            own.linked_headings = max(own.linked_headings, own.headings)
        elif element.tag == "time":
            own.times += 1
        parent = facts.get(element.getparent())
        if parent is not None:
            parent.add(own)
            parent.words += len((element.tail or "").split())
    return facts


def _worth(facts: _Facts) -> float:
    """Return how much an element looks like one post, from 0 to about 2."""
    if not facts.words:
        return 0.0
    worth = 0.25 if facts.links else 0.0
    if facts.headings:
        # one linked heading is what a post has; several are a list of posts
        worth = 0.6 if facts.links else 0.4
        worth = 1.0 if facts.linked_headings else worth
        # A teaser may have a headline above its title; what has more is a list.
        worth *= {1: 1.0, 2: 0.9}.get(facts.headings, 0.3)
    if not worth:
        return 0.0
    return worth + 0.5 * (facts.words - facts.linked_words >= 8) + 0.4 * (facts.times > 0)


# ---------------------------------------------------------------- groups


# how much more elements count that call themselves posts, outright or by a word of many meanings
_SURE, _LIKELY = 1.5, 1.2
_NO_POSTS = frozenset({"type-page", "comment", "comment-body"})


def _marked_groups(elements: Sequence[Element], facts: dict[Element, _Facts]) -> list[_Group]:
    """Return the groups of elements that call themselves posts, each way of saying so a group."""
    strong = [e for e in elements if _calls_itself_post(e)]
    articles = [e for e in elements if e.tag == "article" and not classes(e) & _NO_POSTS]
    weak = [e for e in elements if e.tag in _MEMBERS and classes(e) & _WEAK]
    ways = ((_SURE, strong), (_LIKELY, articles), (_LIKELY, weak))
    groups = (_marked(found, weight, facts) for weight, found in ways)
    return [group for group in groups if group]


def _marked(found: Sequence[Element], weight: float, facts: dict[Element, _Facts]) -> _Group | None:
    """Return the group of elements marked in one way; a weak mark needs a link to a post."""
    members = [e for e in _single(found) if facts[e].words]
    is_linked = any(facts[e].links for e in members)
    if not members or not (weight == _SURE or is_linked):
        return None
    score = weight * sum(max(_worth(facts[e]), 0.3) for e in members)
    return _Group(members, score, sum(facts[e].words for e in members))


def _single(found: Sequence[Element]) -> list[Element]:
    """Return elements none of which lies in another.

    The outer one, or the inner where they are several.
    """
    chosen = set(found)
    inner: dict[Element, int] = defaultdict(int)
    outer: dict[Element, Element | None] = {}
    for element in found:
        outer[element] = next(
            (parent for parent in element.iterancestors() if parent in chosen), None
        )
        if (above := outer[element]) is not None:
            inner[above] += 1
    kept: list[Element] = []
    keeps: set[Element] = set()
    for element in found:  # the page's order: what is outside comes first
        is_free = not any(parent in keeps for parent in element.iterancestors())
        if is_free and inner[element] < 2:
            kept.append(element)
            keeps.add(element)
    return kept


def _alike_groups(elements: Sequence[Element], facts: dict[Element, _Facts]) -> list[_Group]:
    """Return the groups of elements of one shape in places of one shape."""
    paths: dict[Element, int] = {}
    shapes: dict[tuple[int, str, tuple[str, ...]], int] = {}
    groups: dict[int, list[Element]] = defaultdict(list)
    for element in elements:
        stable = tuple(sorted(name for name in classes(element) if not _UNIQUE.fullmatch(name)))[:6]
        shape = (paths.get(element.getparent(), -1), element.tag, stable)
        paths[element] = shapes.setdefault(shape, len(shapes))
        if element.tag in _MEMBERS:
            groups[paths[element]].append(element)
    return [group for members in groups.values() if (group := _alike(members, facts))]


def _alike(members: Sequence[Element], facts: dict[Element, _Facts]) -> _Group | None:
    worths = {member: _worth(facts[member]) for member in members}
    posts = [member for member in members if worths[member]]
    if len(posts) < 2 or len(posts) < 0.6 * len(members):
        return None
    if not any(facts[m].headings for m in posts):
        linked = sum(facts[m].linked_words for m in posts) / max(
            1, sum(facts[m].links for m in posts)
        )
        if linked < MIN_TITLE_WORDS:
            return None
    return _Group(posts, sum(worths.values()), sum(facts[m].words for m in posts))


def _flat_groups(elements: Sequence[Element], facts: dict[Element, _Facts]) -> list[_Group]:
    """Return the groups of linked headings each followed by its post's text, without a box."""
    groups = []
    for element in elements:
        levels: dict[str, list[Element]] = defaultdict(list)
        for child in element:
            if child.tag in (*HEADINGS, "dt") and facts[child].links:
                levels[child.tag].append(child)
        for headings in levels.values():
            if len(headings) < 2:
                continue
            score = sum(1.0 + _following(heading, facts) for heading in headings)
            groups.append(_Group(headings, score, facts[element].words, is_flat=True))
    return groups


def _following(heading: Element, facts: dict[Element, _Facts]) -> float:
    words = times = 0
    for sibling in _siblings(heading):
        words += facts[sibling].words - facts[sibling].linked_words if sibling in facts else 0
        times += facts[sibling].times if sibling in facts else 0
    return 0.5 * (words >= 8) + 0.4 * (times > 0)


def _siblings(heading: Element) -> Iterable[Element]:
    """Yield what follows a heading up to the next one of its level or above."""
    for sibling in heading.itersiblings():
        is_heading = (
            sibling.tag in HEADINGS and heading.tag in HEADINGS and sibling.tag <= heading.tag
        )
        if is_heading or sibling.tag == "dt" == heading.tag:
            return
        yield sibling


def _wrapped(heading: Element) -> Element:
    """Put a heading and what follows it into one element."""
    box = etree.Element("div")
    following = list(_siblings(heading))
    heading.addprevious(box)
    for element in (heading, *following):
        box.append(element)
    return box


def _may_replace(group: _Group, inside: set[Element], facts: dict[Element, _Facts]) -> bool:
    """Tell whether a group counts beside one marked post: what lies in that one seldom does."""
    if not any(member in inside for member in group.members):
        return True
    return len(group.members) >= 3 and all(
        facts[m].linked_headings or m.tag in HEADINGS for m in group.members
    )
