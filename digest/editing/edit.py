"""Edits one post: calls the parts of the room in their order and gathers what each of them changed.

Owns the order, the plain title, the picture, and what a post without a title is called. The parts
own the rules. Nothing here raises over what an item says.
"""

from __future__ import annotations

import re
from functools import partial
from typing import NamedTuple

from digest.addresses import canonical
from digest.editing import EditingSettings, boilerplate, byline, excerpt, series
from digest.editing import body as bodies
from digest.editing.convention import Convention, signed
from digest.editing.settings import SeriesSettings
from digest.lazy import regex
from digest.machine.hashing import sha256
from digest.models import Fixup, Image, ImageSize, Post, RawItem, Term, decode, encode, key, replace

RULES: dict[str, str] = {
    "title-from-text": "a post without a title gets one from its first words",
    "body-title": "a body's first heading goes where it only says the title again",
    "body-closing": (
        "“The post … appeared first on …” and “Continue reading …” go from a body's end"
    ),
    "body-origin": (
        "“Originally published at …” goes from a body's start or end and becomes the post's note"
    ),
    **boilerplate.RULES,
    **byline.RULES,
    **series.RULES,
    **bodies.RULES,
    **excerpt.RULES,
}
"""Every rule that can be switched off by name, with what it does."""

ALWAYS: dict[str, str] = {
    "title-missing": "a post with neither title nor text is called “(untitled)”",
    "image-dropped": "a picture without an absolute http address goes",
    "image-for-mail": "a drawing (SVG) or an icon gives way to the body's first picture, or goes",
    **bodies.ALWAYS,
    **excerpt.ALWAYS,
}
"""The rules that cannot be switched off, because something would break."""

UNTITLED = "(untitled)"
_TITLE_WORDS = 8
_MAX_TITLE = 1_000  # characters; what is longer is no title
_MAX_SUMMARY = 20_000
_OPENING = 1_500  # characters of text in which a byline or series may be confirmed
_ENDING = 1_500  # and of its last ones
_SAME = 60  # characters by which a summary is known as the body's head
# A picture may stand above the heading.
_HEADED = regex(r"\s*(?:<(?:/?(?:p|a|figure|div)|img)\b[^>]*>\s*)*+<h[1-6]\b")


UNKNOWN = Convention()


class _Texts(NamedTuple):
    """Hold what a post says, as plain text: title, summary, whole text and running text.

    `head` is a heading that the text begins with.
    """

    title: str
    summary: str
    whole: str
    running: str
    head: str


def edit(
    item: RawItem,
    source: str,
    settings: EditingSettings,
    convention: Convention = UNKNOWN,
) -> Post:
    """Return the post a raw item becomes, read as its blog's convention has it.

    The same item, source, settings and convention always give the same post; no item raises. Every
    change is in the post's `fixups`.
    """
    off = frozenset(settings.off)
    base = bodies.absolute(item.url or "", None) or None
    body = bodies.clean(item.body, base, off)
    fixups = list(body.fixups)
    origin = _origin(body.html, base, fixups, off)
    html = _without_closing(origin.body, fixups, off)
    html = _without_title(html, item.title, fixups, off)
    whole = _texts(item, html)
    told = _openings(whole, origin.said)  # what goes next may name the author
    html, texts = _without_boilerplate(html, whole, item, convention, fixups, off)
    titled = _title(texts, fixups, off)
    said, placed = _placed(item, titled, told, source, settings, convention)
    image = _image(item.image, base, html, fixups, off)
    url = _url(base, fixups, off)
    short = excerpt.make(
        texts.summary,
        texts.running,
        is_manual=item.summary_is_manual,
        words=settings.excerpt_words,
        language=item.language or settings.language,
        titles=tuple(dict.fromkeys((titled, said.title))),
        authors=said.authors,
        series=tuple(part.name for part in placed.series),
        off=off,
        whole=texts.whole,
    )
    post = Post(
        id=identifier(source, item.identity),
        source=source,
        identity=item.identity,
        url=url,
        title=said.title,
        raw_title=texts.title,
        published_at=item.published_at,
        updated_at=item.updated_at,
        authors=said.authors,
        tags=_terms(item.tags),
        categories=_terms(item.categories),
        series=placed.series,
        excerpt=short.text,
        body=html,
        text=texts.whole,
        image=image,
        words=excerpt.count(texts.whole),
        minutes=excerpt.minutes(texts.whole),
        language=item.language or None,
        note=short.note or origin.said,
        original=origin.url,
        fixups=(*said.fixups, *placed.fixups, *short.fixups, *fixups),
    )
    is_as_shown = bodies.shown(html) == html
    return post if is_as_shown else decode(bodies.shown(encode(post).decode()), Post)


def _placed(
    item: RawItem,
    title: str,
    openings: tuple[str, str, str],
    source: str,
    settings: EditingSettings,
    convention: Convention,
) -> tuple[byline.Reading, series.SeriesReading]:
    """Return who wrote a post, and then, its byline gone, which series it belongs to."""
    off, (start, more, ending) = frozenset(settings.off), openings
    read = partial(
        byline.read,
        title,
        declared=tuple(filter(None, map(bodies.tidy, item.authors))),
        summary=start,
        body=more,
        staff=frozenset(key(name) for name in (*settings.staff, settings.newsletter_name) if name),
        aliases=settings.aliases,
        off=off,
        habit=convention.byline,
    )
    said = signed(lambda last: read(ending=last), ending, convention)
    placed = series.read(
        said.title,
        declared=tuple(replace(part, name=bodies.tidy(part.name)) for part in item.series),
        terms=(*item.tags, *item.categories),
        settings=settings.series or SeriesSettings(),
        off=off,
        refs=tuple(ref for ref in (item.url, item.identity) if ref),
        habit=convention.series,
        home=source,
        authors=said.authors,
    )
    return said, placed


def identifier(source: str, identity: str) -> str:
    """Return a post's id: short, lasting, and fit for a file name."""
    known = sha256(identity.encode("utf-8", "replace"))[:12]
    return f"{key(source) or 'source'}-{known}"


def _url(base: str | None, fixups: list[Fixup], off: frozenset[str]) -> str | None:
    if not base or "link-tracking" in off or (url := bodies.without_tracking(base)) == base:
        return base
    fixups.append(Fixup(field="url", raw=base, value=url, rule="link-tracking"))
    return url


def _origin(html: str, base: str | None, fixups: list[Fixup], off: frozenset[str]) -> bodies.Origin:
    """Return where a post says it was first published, elsewhere, and its body without that."""
    nowhere = bodies.Origin(html, "", "")
    if "body-origin" in off or not (found := bodies.origin(html, excerpt.appeared_first)):
        return nowhere
    if base and canonical(found.url) == canonical(base):  # this is the original itself
        return nowhere
    if found.said:
        raw = found.said
        fixups.append(Fixup(field="body", raw=raw, value=raw, rule="body-origin"))
    return found


_FIRST_HEADING = regex(r"\s*<h[1-6][^<>]*>((?:(?!</h).){1,1000})</h[1-6]>\s*(?=\S)", re.DOTALL)


def _without_title(html: str, title: str, fixups: list[Fixup], off: frozenset[str]) -> str:
    """Return a body without a first heading that is the title, which stands above it anyway."""
    heading = _FIRST_HEADING.match(html) if html[:2] == "<h" else None
    if heading is None or "body-title" in off:
        return html
    said = bodies.line(heading[1])
    if key(said) != key(bodies.line(title)):
        return html
    fixups.append(Fixup(field="body", raw=said[:300], value="", rule="body-title"))
    return html[heading.end() :]


def _without_closing(html: str, fixups: list[Fixup], off: frozenset[str]) -> str:
    if "body-closing" in off:
        return html
    html, gone = bodies.without_endings(html, excerpt.ends_a_body)
    fixups += [Fixup(field="body", raw=said[:300], value="", rule="body-closing") for said in gone]
    return html


def _without_boilerplate(
    html: str,
    texts: _Texts,
    item: RawItem,
    convention: Convention,
    fixups: list[Fixup],
    off: frozenset[str],
) -> tuple[str, _Texts]:
    """Return a body, and what it says, without what its blog says under or above every post."""
    habit = convention.boilerplate
    if "body-boilerplate" in off or not (habit.above or habit.below):
        return html, texts
    cut = boilerplate.without(html, item, habit)
    gone = [said for said in (cut.above, cut.below) if said]
    if not gone:
        return html, texts
    fixups += [Fixup(field="body", raw=s[:300], value="", rule="body-boilerplate") for s in gone]
    summary = boilerplate.without_ends(texts.summary, cut)
    return cut.html, _texts(item, cut.html)._replace(summary=summary)


def _texts(item: RawItem, body: str) -> _Texts:
    title = item.title[:_MAX_TITLE]
    whole, running = bodies.text_and_prose(body)
    return _Texts(
        title=bodies.tidy(title) if item.title_is_text else bodies.line(title),
        summary=_summary(item),
        whole=whole,
        running=running,
        head=whole.partition("\n")[0] if _HEADED.match(body) else "",
    )


def _openings(texts: _Texts, note: str) -> tuple[str, str, str]:
    """Return where a byline may be told: the summary's beginning, and the body's two ends.

    The body's is empty where the summary is all there is, or alone where the summary is only its
    head. A note of where the post was first published was taken from the body; it may name, too.
    """
    summary = texts.summary[:_OPENING]
    running = f"{texts.head}\n{texts.running[:_OPENING]}".strip()
    ending = f"{texts.whole[-_ENDING:]}\n{note}".rstrip()
    if not summary or running.startswith(summary[:_SAME]):
        return (running if len(running) > len(summary) else summary), "", ending
    return summary, running, ending


def _summary(item: RawItem) -> str:
    summary = item.summary[:_MAX_SUMMARY]
    if not item.summary_is_text:
        return bodies.prose(summary)
    return "\n".join(line for part in summary.splitlines() if (line := bodies.tidy(part)))


def _title(texts: _Texts, fixups: list[Fixup], off: frozenset[str]) -> str:
    """Return the title, or one made from the first words where there is none."""
    if texts.title:
        return texts.title
    text = texts.summary or texts.running or texts.whole
    made = (
        ""
        if "title-from-text" in off
        else excerpt.shorten(text.partition("\n")[0], _TITLE_WORDS).rstrip(".。")
    )
    rule = "title-from-text" if made else "title-missing"
    fixups.append(Fixup(field="title", raw="", value=made or UNTITLED, rule=rule))
    return made or UNTITLED


def _terms(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return terms with tidy names, each name once."""
    found: dict[str, Term] = {}
    for term in terms:
        if name := bodies.tidy(term.name):
            found.setdefault(
                key(name) or name, term if name == term.name else replace(term, name=name)
            )
    return tuple(found.values())


def _image(
    image: Image | None, base: str | None, body: str, fixups: list[Fixup], off: frozenset[str]
) -> Image | None:
    if image is None:
        return None
    url = bodies.absolute(image.url, base)
    if not url or bodies.is_beacon(url):
        fixups.append(Fixup(field="image", raw=image.url[:200], value="", rule="image-dropped"))
        return None
    alt = bodies.line(image.alt)
    if "image-alt" not in off and (said := bodies.alt_text(alt, url)) != alt:
        fixups.append(Fixup(field="image", raw=alt, value=said, rule="image-alt"))
        alt = said
    sizes = tuple(
        ImageSize(url=address, width=size.width, height=size.height)
        for size in image.sizes
        if (address := bodies.absolute(size.url, base))
    )
    width, height = bodies.measured(image.width, image.height, _told_size(url, sizes, body))
    return _mailable(
        replace(image, url=url, alt=alt, sizes=sizes, width=width, height=height), body, fixups
    )


def _mailable(image: Image, body: str, fixups: list[Fixup]) -> Image | None:
    """Return a picture if a mail can show it, else what can stand in its place."""
    if bodies.is_for_mail(image):
        return image
    other = bodies.mailable(image, body)
    value = other.url if other else ""
    fixups.append(Fixup(field="image", raw=image.url, value=value, rule="image-for-mail"))
    return other


def _told_size(url: str, sizes: tuple[ImageSize, ...], body: str) -> tuple[int, int] | None:
    """Return a picture's size as its source, its name or the body's own use of it tells."""
    same = next((size for size in sizes if size.url == url), None)
    if same:
        return same.width, same.height
    return bodies.size_in_name(url) or bodies.size_of(body, url)
