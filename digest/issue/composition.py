"""Composes an issue: turns what was selected into the frozen `Issue` that a template shows.

Everything a reader will see is settled here, in the newsletter's language and zone: dates, bylines,
excerpts of the edition's length, series labels, subject and preheader. Pure: no clock, no files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from digest.addresses import canonical, with_params, writable
from digest.editing import distinct, shorten
from digest.issue import introduction
from digest.issue.envelope import envelope
from digest.issue.series import PartsOf, bare, counted, says_part
from digest.models import (
    Chosen,
    Edition,
    EditorNotes,
    Image,
    Issue,
    Link,
    NewsletterView,
    Post,
    PostView,
    SectionView,
    Selection,
    SeriesPart,
    SeriesView,
    Update,
    key,
    replace,
)
from digest.rendering import words as labels
from digest.selection import fingerprint, sketch_of

_MOST_EARLIER: Final = 24
"""Links to so many parts before are what a template may choose from, and all that is recorded."""


def compose(
    selection: Selection,
    *,
    edition: Edition,
    letter: NewsletterView,
    number: int,
    dated: date,
    theme: Mapping[str, str],
    notes: EditorNotes | None = None,
    link_params: Mapping[str, str] | None = None,
    parts_of: PartsOf = lambda _name, _linked: (),
    built_at: datetime | None = None,
    words: Mapping[str, str] | None = None,
) -> Issue:
    """Return the issue that a selection makes.

    `words` are the fixed words of the newsletter's language, the shipped ones unless told. The
    first post in reading order becomes the featured one. What editor.md overrides is overridden;
    its links stand at the end of the section they name, else of the last.
    """
    notes = notes or EditorNotes()
    wording = labels.Wording(letter.language, words or {})
    writer = _Writer(edition, letter, notes, wording, dict(link_params or {}), parts_of)
    # where every post takes the same minute, saying so of each tells nothing
    writer.tells_minutes = any(entry.post.minutes > 1 for entry in selection.chosen)
    posts = [entry.post for entry in selection.chosen]
    # In one call: posts that begin alike are told apart by what follows.
    excerpts = distinct(posts, edition.excerpt_words, letter.language)
    views = [(entry, writer.post(entry, excerpts[entry.post.id])) for entry in selection.chosen]
    featured = views[0][1] if views else None
    sections = _sections(edition, views[1:], notes.links, writer)
    # The folder's name, which sorts by date.
    issue_id = f"{dated.isoformat()}-{edition.name}"
    issue = Issue(
        id=issue_id,
        edition=edition.name,
        number=number,
        dated=dated,
        title=edition.title or letter.name,
        template=edition.template,
        service=edition.service,
        newsletter=letter,
        window=selection.window,
        built_at=built_at,
        subject="",
        date=wording.date(dated),
        introduction=introduction.to_html(notes.introduction, letter.url),
        featured=featured,
        lead_section=_lead_section(edition, selection.chosen, sections),
        sections=sections,
        updates=tuple(writer.update(update) for update in selection.updates if update.is_accepted),
        theme=dict(theme),
        labels=dict(wording.words),
        web_url=_web_url(letter.archive, edition, issue_id),
        considered=selection.considered,
        carried=selection.carried,
        decisions=selection.decisions,
        remembered=selection.remembered,
        selectors=edition.selectors,
    )
    # Last, since a template of the subject may name anything of the issue.
    subject, preheader = envelope(issue, edition, notes)
    return replace(issue, subject=subject, preheader=preheader)


def _web_url(archive: str, edition: Edition, issue_id: str) -> str:
    """Return where an issue can be read; those of a pattern lie in a folder of their edition's."""
    folder = f"{edition.name}/{issue_id}" if edition.of else issue_id
    return f"{archive.rstrip('/')}/{folder}/web.html" if archive else ""


def _sections(
    edition: Edition,
    views: Iterable[tuple[Chosen, PostView]],
    links: Sequence[Link],
    writer: _Writer,
) -> tuple[SectionView, ...]:
    titles = [section.title for section in edition.sections] + [""]
    filled: list[list[PostView]] = [[] for _ in titles]
    for entry, view in views:
        filled[min(entry.section, len(titles) - 1)].append(view)
    for link in links:
        # A link without a section stands at the end, where a reader expects asides.
        named = [i for i, title in enumerate(titles) if key(title) == key(link.section)]
        filled[named[0] if link.section and named else -1].append(writer.link(link))
    # What no section takes needs a heading, or it would pass for the last section's.
    if edition.sections and filled[-1]:
        titles[-1] = writer.wording.put("also")
    return tuple(
        SectionView(title=title, posts=tuple(posts))
        for title, posts in zip(titles, filled, strict=True)
        if posts
    )


def _lead_section(
    edition: Edition, chosen: Sequence[Chosen], sections: Iterable[SectionView]
) -> str:
    """Return the title of the first post's section if nothing else stands in that."""
    if not chosen or chosen[0].section >= len(edition.sections):
        return ""
    title = edition.sections[chosen[0].section].title
    return "" if any(section.title == title for section in sections) else title


class _Writer:
    """Write views of posts for one issue."""

    tells_minutes: bool

    def __init__(
        self,
        edition: Edition,
        letter: NewsletterView,
        notes: EditorNotes,
        wording: labels.Wording,
        link_params: Mapping[str, str],
        parts_of: PartsOf,
    ) -> None:
        self.edition, self.letter, self.notes, self.wording = edition, letter, notes, wording
        self.link_params, self.parts_of = link_params, parts_of
        self.zone = ZoneInfo(letter.timezone)

    def post(self, entry: Chosen, excerpt: str) -> PostView:
        """Return the view of one chosen post."""
        post = entry.post
        local = post.published_at.astimezone(self.zone) if post.published_at else None
        # Only what differs is marked: screen readers would announce each other post's language,
        # too.
        own = _foreign(post.language or "", self.letter.language)
        title = said_of(self.notes.titles, post) or post.title
        minutes = post.minutes if self.tells_minutes else 0
        return PostView(
            id=post.id,
            url=self._link(post.url or ""),
            permalink=post.url or "",
            fingerprint=fingerprint(entry.known),
            sketch=sketch_of(entry.known),
            title=title,
            byline=self.wording.listed(self._authors(post)),
            date=self.wording.date(local.date()) if local else "",
            date_iso=local.date().isoformat() if local else "",
            reading_time=self.wording.reading_time(minutes),
            excerpt=said_of(self.notes.excerpts, post) or excerpt,
            body=post.body,
            image=self._image(post),
            series=tuple(self._series(post, title, part) for part in post.series),
            tags=tuple(term.name for term in post.tags),
            mark=entry.mark,
            note=post.note,
            language=own,
            direction=labels.direction(own) if own else self.letter.direction,
        )

    def _image(self, post: Post) -> Image | None:
        named = said_of(self.notes.images, post)
        return readdressed(_named_picture(named) if named else post.image, writable)

    def _link(self, url: str) -> str:
        return with_params(writable(url), self.link_params)

    def _authors(self, post: Post) -> Sequence[str]:
        named = said_of(self.notes.authors, post)
        # As `[newsletter]` and front matter write several: parted by commas.
        return [name.strip() for name in named.split(",") if name.strip()] or post.authors

    def update(self, update: Update) -> PostView:
        """Return the view of a post that changed after an issue held it, linking that issue."""
        post, language = update.post, update.post.language or self.letter.language
        excerpt = shorten(update.passage or post.excerpt, self.edition.excerpt_words, language)
        number, day = self.wording.number(update.number), self.wording.date(update.dated)
        title = self.wording.put("first_sent", n=number, date=day)
        return replace(
            self.post(Chosen(post=post), excerpt),
            first_sent=Link(
                title=title, url=_web_url(self.letter.archive, self.edition, update.issue)
            ),
        )

    def link(self, link: Link) -> PostView:
        """Return the view of a link the editor added."""
        return PostView(
            id=f"link:{link.url}",
            url=self._link(link.url),
            permalink=link.url,
            title=link.title,
            excerpt=link.excerpt,
            mark="link",
            direction=self.letter.direction,
        )

    def _series(self, post: Post, title: str, part: SeriesPart) -> SeriesView:
        if part.part is None:
            return SeriesView(name=part.name, label=self._label(title, part))
        parts = self.parts_of(part.name, self._linked)
        ends = (other.part for other in (*parts[:1], *parts[-1:]))
        nth, total = counted(part.part, part.total, ends)
        before = [other for other in parts if other.part < part.part and other.id != post.id]
        # What but for its number is the title that it stands below need not be told again.
        own = bare(title)
        links = [
            replace(other.link, excerpt="") if other.bare == own else other.link
            for other in (*before[:1], *before[-_MOST_EARLIER:])
        ]
        place = self.wording.part(part.part, total, nth)
        return SeriesView(
            name=part.name,
            label=self._label(title, part, place),
            part=part.part,
            nth=nth,
            total=total,
            place=place[:1].upper() + place[1:],
            earlier=tuple(links[1:]),
            start=self._start(links[0]) if links and before[0].part < 2 else None,
        )

    def _linked(self, part: int, title: str, url: str) -> Link:
        return Link(title=self.wording.part(part), url=self._link(url), excerpt=title)

    def _label(self, title: str, part: SeriesPart, place: str = "") -> str:
        """Return what stands above a title.

        Of a series' name and part, what it does not say itself.
        """
        is_named = key(part.name) in key(title)
        # "Part 2 of 4" above "Ferns, part 2" would say it twice.
        if part.part is None or says_part(title, part.part, part.total):
            return "" if is_named else part.name
        return place[:1].upper() + place[1:] if is_named else f"{part.name} · {place}"

    def _start(self, first: Link) -> Link:
        """Return the link to a series' first part, which says that this is where to start."""
        start = self.wording.put("start", part=first.title)
        told = f"{start}{self.wording.put('colon')}{first.excerpt}" if first.excerpt else start
        return Link(title=told, url=first.url)


def readdressed(image: Image | None, address: Callable[[str], str]) -> Image | None:
    """Return a picture whose file, in each of its sizes, has another address."""
    if image is None:
        return None
    sizes = tuple(replace(size, url=address(size.url)) for size in image.sizes)
    return replace(image, url=address(image.url), sizes=sizes)


def _named_picture(url: str) -> Image:
    """Return the picture whose address the editor wrote, as large as its name tells."""
    from digest.editing.body import size_in_name

    width, height = size_in_name(url) or (None, None)
    return Image(url=url, width=width, height=height)


def said_of(entries: Mapping[str, str], post: Post) -> str:
    """Return what the editor wrote for a post, named by its id or address."""
    if not entries:
        return ""
    page = canonical(post.url) if post.url else None
    return next(
        (
            text
            for reference, text in entries.items()
            if reference == post.id or canonical(reference) == page
        ),
        "",
    )


def _foreign(language: str, newsletter: str) -> str:
    """Return a post's language if the newsletter speaks another, else nothing."""
    # "en-GB" is not foreign to "en-US".
    is_same = language.lower().split("-")[0] == newsletter.lower().split("-")[0]
    return "" if is_same else language


def letter_view(
    *,
    name: str,
    url: str = "",
    language: str = "en",
    timezone: str = "UTC",
    sender: str = "",
    address: str = "",
    unsubscribe: str = "",
    archive: str = "",
) -> NewsletterView:
    """Return the newsletter as an issue shows it, its direction told by its language."""
    return replace(
        NewsletterView(
            name=name, url=writable(url), language=language, timezone=timezone, sender=sender
        ),
        direction=labels.direction(language),
        address=address,
        unsubscribe=unsubscribe,
        archive=writable(archive),
    )
