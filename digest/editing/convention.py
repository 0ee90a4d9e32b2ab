"""Owns what is learnt of a blog as a whole: how it names authors, counts series, repeats itself.

A convention is learnt from all posts of one source and holds for each of them. It is a plain
value, so that an archive can keep it; learning is pure: the same posts give the same convention.
This module refuses to know where posts come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from digest.editing import EditingSettings, boilerplate, byline, series
from digest.editing import body as bodies
from digest.editing.boilerplate import Boilerplate
from digest.editing.byline import BylineHabit
from digest.editing.byline import Seen as Told
from digest.editing.series import SeriesHabit
from digest.models import RawItem, Value, key, replace

_MOST_TITLE = 1_000  # characters; what is longer is no title
_OPENING, _ENDING = 700, 500  # characters of a post's text that are kept
_READ, _READ_LAST = 4_000, 1_500  # characters of HTML in which these are looked for
_MOST_ASKED = 10_000  # posts of which bylines are learnt: of more, every second or third
_SHOWN_RUNS = 3


LATEST = 1_000
"""Of how many posts, the newest, boilerplate is learnt: older ones are hardly sent."""


class Seen(Told):
    """Hold what is learnt from one post, with the marks of its first pieces and its last ones."""

    above: str = ""
    below: str = ""


class Convention(Value):
    """Hold how one blog writes bylines, counts the parts of its series, and repeats itself."""

    byline: BylineHabit = BylineHabit()
    series: SeriesHabit = SeriesHabit()
    boilerplate: Boilerplate = Boilerplate()


def seen(item: RawItem, *, is_late: bool = True) -> Seen:
    """Return what a raw item gives for learning; its body is read only as far as needed.

    One that is not among the `LATEST` needs no marks of its pieces (`marked`).
    """
    title = item.title[:_MOST_TITLE]
    text = item.summary or item.body
    is_text = bool(item.summary) and item.summary_is_text
    last = item.body[-_READ_LAST:]
    told = Seen(
        title=bodies.tidy(title) if item.title_is_text else bodies.line(title),
        authors=item.authors,
        opening=(text if is_text else bodies.text(text[:_READ], _OPENING))[:_OPENING],
        ending=bodies.text(last[last.find("<") :])[-_ENDING:] if last else "",
    )
    return marked(told, item) if is_late else told


def marked(told: Seen, item: RawItem) -> Seen:
    """Return what a post gives, with the marks of its pieces."""
    above, below = boilerplate.edges(item)
    return replace(told, above=above, below=below)


def outlined(item: RawItem) -> RawItem:
    """Return a raw item with as much of its body as its marks need."""
    return replace(item, body=boilerplate.outline(item.body), summary="")


def learn(posts: Sequence[Seen], settings: EditingSettings, source: str) -> Convention:
    """Return the convention of a source whose posts come oldest first.

    `settings` tell what the newsletter's own accounts are called and may set a byline's shape.
    """
    staff = frozenset(key(name) for name in (*settings.staff, settings.newsletter_name) if name)
    said = _boilerplate(posts[-LATEST:], source in settings.boilerplate_kept)
    asked = posts[:: 1 + len(posts) // _MOST_ASKED]
    if said.below:  # authors sign above it
        asked = [replace(p, ending=boilerplate.own_ending(p.ending, said)) for p in asked]
    return Convention(
        byline=byline.learn(asked, staff=staff, told=settings.bylines.get(source, "")),
        series=series.learn([post.title for post in posts]),
        boilerplate=said,
    )


def signed(
    read: Callable[[str], byline.Reading], ending: str, convention: Convention
) -> byline.Reading:
    """Return what is read with a post's own last lines, or with all of them if these tell nobody.

    `read` reads with some last lines; others may be what the blog says again under each post.
    """
    own = boilerplate.own_ending(ending, convention.boilerplate)
    said = read(own)
    is_told = own == ending or any(fixup.field == "authors" for fixup in said.fixups)
    return said if is_told else read(ending)


def _boilerplate(posts: Sequence[Seen], is_kept: bool) -> Boilerplate:
    if is_kept:
        return Boilerplate(is_set=True)
    above, below = [post.above for post in posts], [post.below for post in posts]
    return Boilerplate(above=boilerplate.learn(above), below=boilerplate.learn(below))


def differing(posts: Mapping[str, Seen], before: Convention, after: Convention) -> Iterator[str]:
    """Yield the keys of those posts that read otherwise under another convention."""
    if before == after:
        return
    for name, post in posts.items():
        if _reading(post, before) != _reading(post, after):
            yield name


def _reading(post: Seen, convention: Convention) -> tuple[object, ...]:
    read = partial(
        byline.read,
        post.title,
        declared=post.authors,
        summary=post.opening,
        habit=convention.byline,
    )
    said = signed(lambda ending: read(ending=ending), post.ending, convention)
    placed = series.read(said.title, habit=convention.series)
    again = boilerplate.told(post.above, post.below, convention.boilerplate)
    return said.title, said.authors, placed.series, again


def described(convention: Convention) -> tuple[str, ...]:
    """Return a convention in words, a line each: "bylines: “N: T” in 48 of 52 titles"."""
    habit = convention.byline
    used = [shape for shape in habit.shapes if shape.is_used]
    lines = [f"bylines: {_shape(shape.name, shape.fits, habit)}" for shape in used]
    if habit.is_set and not used:
        lines.append("bylines: off (set)")
    runs = {run.name: run for run in convention.series.runs if run.name}
    longest = sorted(runs.values(), key=lambda run: (-run.parts, run.name))
    lines += [f"series: “{run.name}”, {run.parts} parts" for run in longest[:_SHOWN_RUNS]]
    if len(longest) > _SHOWN_RUNS:
        lines.append(f"series: {len(longest) - _SHOWN_RUNS} more")
    if convention.series.has_dates:
        lines.append("series: “(8/20)” is a date")
    return (*lines, *boilerplate.described(convention.boilerplate))


def _shape(name: str, fits: int, habit: BylineHabit) -> str:
    told = " (set)" if habit.is_set else ""
    where = "titles" if name in byline.IN_TITLES else "texts"
    return f"“{name}” in {fits} of {habit.titles} {where}{told}"


__all__ = ["Convention", "Seen", "described", "differing", "learn", "seen"]
