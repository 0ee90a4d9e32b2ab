"""Makes the excerpt of a post.

Debris gone, ended on a sentence, refilled from the body where cut off. Owns the order of the steps
and the choice between a summary and the body. What a written summary says is kept whole. It refuses
HTML: it takes and gives plain text, a paragraph a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from digest.editing.body import may_hold_marks, without_marks, without_shortcodes
from digest.editing.byline import opening
from digest.editing.excerpt import debris, leading
from digest.editing.excerpt.closings import Taken, closing, without_captions, without_styles
from digest.editing.excerpt.portraits import more_of_it, portrait
from digest.editing.excerpt.running import running_text
from digest.editing.excerpt.sentences import ends_whole, fits, sentence_ends, shorten
from digest.editing.excerpt.strays import without_strays
from digest.lazy import regex
from digest.models import Fixup

__all__ = ["ALWAYS", "RULES", "Excerpt", "make", "running_text", "shorten"]

RULES: dict[str, str] = {
    "excerpt-shortcode": "shortcodes and marks that nothing replaced go, what they enclose stays",
    "excerpt-byline": "“By A B, gardener.” goes from the start",
    "excerpt-portrait": "“A B is a gardener. She …” goes from the start if A B is the author",
    "excerpt-closing": (
        "“About the author …”, “Share this”, “Tags: …”, comment counts go from the end"
    ),
    "excerpt-box": "“This is part 3 of 3 in the series …” goes from the start",
    "excerpt-opening": "stock openings go: where to watch, reading time, picture credits",
    "excerpt-note": "“This post was originally published on …” becomes the post's note",
    "excerpt-more": "“Read more…”, “Continue reading …” go from the end",
    "excerpt-first-on": "“The post … appeared first on …” goes from the end",
    "excerpt-cut": "“[…]” goes from the end, and the text ends on a sentence",
    "excerpt-footnote": "footnote marks go: “[2]”, “(1)”, “funding1”",
    "excerpt-stray": (
        "lines go that are a caption, a reading time, a sign-up, a cookie notice or a button"
    ),
    "excerpt-title": "the title repeated as the first line goes",
    "excerpt-refill": "an excerpt cut off by a machine is filled up from the body",
}
ALWAYS: dict[str, str] = {"excerpt-length": "an excerpt longer than the limit is shortened"}

_READ_AT_MOST = 6_000  # characters of a body that an excerpt may be made of
_WRITTEN_AT_MOST = 150  # words of a summary somebody wrote
_ENOUGH = 30  # characters of whole sentences that say something by themselves
_HEAD = 1_500  # characters of a body in which its summary begins
_KNOWN_BY = 40  # characters by which a summary is known as a body's beginning
_SENTENCE_MORE = 10  # words beyond the length asked for that leave a choice of sentence ends
_LETTERS = regex(r"[\W_]+")


class Excerpt(NamedTuple):
    """Hold an excerpt, a note on the post's origin, and every change."""

    text: str
    note: str = ""
    fixups: tuple[Fixup, ...] = ()


def make(
    summary: str,
    body: str,
    *,
    is_manual: bool = False,
    words: int = 60,
    language: str | None = None,
    titles: tuple[str, ...] = ("",),
    authors: tuple[str, ...] = (),
    series: tuple[str, ...] = (),
    off: Iterable[str] = (),
    whole: str = "",
) -> Excerpt:
    """Return the excerpt of a post from its summary and its body's running text.

    `words` is the length asked for. A summary somebody wrote (`is_manual`) is kept whole apart from
    debris; one cut off by a machine, or none, is made from the body. What the post is called
    (`titles`, the longest first), who its `authors` are and the `series` it belongs to may be told
    once more at the start. By its `whole` text, headings too, a summary is known as its beginning.
    All texts are plain, a paragraph a line.
    """
    post = _Told(titles, authors, series)
    desk = _Desk(frozenset(off), post, body[:200], is_manual=is_manual)
    # First what is commonest: WordPress cuts most summaries from the body.
    if running := desk.refilled(summary, body, words):
        return desk.done(shorten(running, words, language), "excerpt-refill")
    text, was_cut = desk.tidied(summary[:_READ_AT_MOST].strip(), is_body=False)
    own = _own_words(text, language, was_cut=was_cut)
    if is_manual and text:
        return desk.done(shorten(own, _WRITTEN_AT_MOST, language), "excerpt-length")
    # A machine runs headings into the summary, the title as well where the text repeats it.
    known = (body, whole, f"{titles[0]}\n{whole}")
    says_own = bool(text) and (was_cut or not _is_flattened(summary, known))
    if says_own and not was_cut and _stands_alone(text, known, words):
        return desk.done(own, "")
    running = desk.body(_from_where(text, body), words)
    if _has_to_do(running, text if says_own else "", known) or "excerpt-refill" in desk.off:
        return desk.done(shorten(own, words, language), "excerpt-length")
    return desk.done(shorten(running, words, language), "excerpt-refill" if summary.strip() else "")


def _own_words(text: str, language: str | None, *, was_cut: bool) -> str:
    return _ended(text, language) if was_cut else _joined(text)


def _has_to_do(running: str, own: str, known: tuple[str, ...]) -> bool:
    """Say whether a summary has to do: the body says nothing, or it is no beginning of the body."""
    is_head = any(_is_head(own, as_) for as_ in (running, *known))
    return not running or (bool(own) and not is_head)


def _from_where(summary: str, body: str) -> str:
    """Return a body from the paragraph on with which a summary begins: above it stand captions."""
    at = body.find("\n" + summary[:_KNOWN_BY], 0, _HEAD) if len(summary) >= _KNOWN_BY else -1
    return body[at + 1 :] if at > 0 else body


class _Told(NamedTuple):
    """Hold what is told of a post beside its text."""

    titles: tuple[str, ...]
    authors: tuple[str, ...]
    series: tuple[str, ...]


class _Desk:
    """Carries one text through the steps and keeps what they changed."""

    def __init__(
        self,
        off: frozenset[str],
        told: _Told,
        head: str,
        *,
        is_manual: bool,
    ) -> None:
        self.off = off
        self._told, self._title = told, told.titles[0]
        self._box = head.partition("\n")[0]
        self._is_manual = is_manual
        self._note = ""
        self._summary = ""
        self._fixups: list[Fixup] = []

    def tidied(self, text: str, *, is_body: bool, is_cut: bool = False) -> tuple[str, bool]:
        """Return text without debris, and whether its end had been cut off.

        `is_cut` says so beforehand.
        """
        if not is_body:
            self._summary = text
        text = self._begun(_tidy_blanks(text))
        byline = partial(_without_byline, authors=self._told.authors)
        without = self._take("excerpt-byline", byline, text)
        text = self._opened(without) if without != text else text
        seems_cut = is_cut or text.endswith(("…", "…]", "...", "...]"))
        text = self._take("excerpt-closing", partial(closing, is_cut=seems_cut), text)
        was_cut = False
        # What we cut ourselves has no end of its own to be looked at.
        if not (is_body and is_cut):
            text, was_cut = self._end(text)
        text = self._take("excerpt-footnote", debris.note_marks, text)
        return text.strip(), was_cut

    def _begun(self, text: str) -> str:
        """Return a text without what stands before its first own words, and without stray lines."""
        if may_hold_marks(text) or text[:1] in ("/", ".", "#", "@"):
            text = self._take("excerpt-shortcode", _shortcodes, text)
        for title in self._told.titles if "\n" in text or text[:12] == self._title[:12] else ():
            text = self._take("excerpt-title", partial(debris.title_again, title=title), text)
        if text[:4] in ("This", "Part", "part"):
            box = partial(debris.series_box, names=self._told.series, box=self._box)
            text = self._take("excerpt-box", box, text)
        if "\n" in text:
            text = self._take("excerpt-stray", without_strays, text)
        text = self._opened(self._take("excerpt-note", debris.origin, text))
        if self._is_manual or not self._told.authors:
            return text
        # Of whom the title speaks, the text may tell more than who wrote it.
        writers = tuple(n for n in self._told.authors if n not in self._told.titles[-1])
        return self._take("excerpt-portrait", partial(portrait, authors=writers), text)

    def _opened(self, text: str) -> str:
        """Return a text without a stock opening, and without the note that stood behind it."""
        if not debris.may_open(text):
            return text
        without = self._take("excerpt-opening", debris.opening, text)
        return self._take("excerpt-note", debris.origin, without) if without != text else text

    def refilled(self, summary: str, body: str, words: int) -> str:
        """Return the body's opening where a summary is a cut off beginning of it and no more."""
        may_refill = not self._is_manual and not self.off
        return self.body(body, words) if may_refill and self.is_cut_off(summary, body) else ""

    def is_cut_off(self, summary: str, body: str) -> bool:
        """Say whether a summary is only the body's beginning with the sign of a cut behind it.

        Such a one, the most common of all, needs no tidying: the body has the same debris.
        """
        line = body.find("\n", _KNOWN_BY)
        known = min(len(body) if line < 0 else line, len(summary) - 8)
        if known < _KNOWN_BY or summary[:known] != body[:known]:
            return False
        taken = debris.cut_mark(summary)
        if not taken.gone:
            return False
        self._summary = summary
        self._fixups.append(Fixup(field="excerpt", raw=taken.gone, value="", rule="excerpt-cut"))
        return True

    def body(self, text: str, words: int) -> str:
        """Return the running text of a body's opening, without debris."""
        # Most excerpts need only a little of a body: the rest is looked at where that was debris.
        for most in (7 * words + 200, 8 * words + 400, _READ_AT_MOST):
            start = _opening_of(text, most)
            running = running_text(
                self.tidied(start, is_body=True, is_cut=len(start) < len(text))[0], None
            )
            enough = words + _SENTENCE_MORE
            if len(start) == len(text) or running.count(" ") > enough or not fits(running, enough):
                break
        return running

    def done(self, text: str, rule: str) -> Excerpt:
        """Return the excerpt, saying that `rule` gave it this end if it differs."""
        is_told = not rule or (rule == "excerpt-length" and self._fixups)
        if not is_told and not _says_all(text, self._summary):
            self._fixups.append(
                Fixup(field="excerpt", raw=self._summary[:400], value=text, rule=rule)
            )
        return Excerpt(text, self._note, tuple(self._fixups))

    def _end(self, text: str) -> tuple[str, bool]:
        was_cut = False
        # Taking one away may bring another to the end: "… Read more […]".
        for _ in range(3):
            before = text
            text = self._take(
                "excerpt-first-on", partial(leading.first_on, title=self._title), text
            )
            more = partial(leading.more_link, title=self._title, is_manual=self._is_manual)
            without = self._take("excerpt-more", more, text)
            was_cut = was_cut or without != text
            text = without
            cut = self._take(
                "excerpt-cut", partial(debris.cut_mark, is_manual=self._is_manual), text
            )
            was_cut = was_cut or cut != text
            text = cut.strip()
            if text == before or without == before:  # what is left has been looked at already
                break
        return text, was_cut

    def _take(self, rule: str, step: Callable[[str], Taken], text: str) -> str:
        if rule in self.off or not text:
            return text
        taken = step(text)
        if taken.gone:
            value = taken.text[:300] if rule == "excerpt-footnote" else ""
            fixup = Fixup(field="excerpt", raw=taken.gone[:300], value=value, rule=rule)
            if fixup not in self._fixups:  # summary and body may hold the same
                self._fixups.append(fixup)
            if rule == "excerpt-note" and not self._note:
                self._note = " ".join(taken.gone.split())
            return taken.text
        return text


def _without_byline(text: str, authors: tuple[str, ...]) -> Taken:
    gone, _ = opening(text)
    if not gone:
        return Taken(text)
    rest = text[len(gone) :].lstrip(" .–—|-")
    is_apart = rest.startswith("\n")
    rest = rest.lstrip(" .–—|-\n")
    if not rest:
        return Taken(text)
    rest = rest if is_apart else more_of_it(rest, authors).text
    return Taken(rest, text[: len(text) - len(rest)].strip(" .–—|-\n"))


def _shortcodes(text: str) -> Taken:
    without = without_marks(without_shortcodes(without_captions(without_styles(text))))
    if without == text:
        return Taken(text)
    return Taken("\n".join(" ".join(line.split()) for line in without.split("\n")).strip(), text)


def _joined(text: str) -> str:
    return " ".join(text.split())


def _says_all(text: str, summary: str) -> bool:
    """Tell whether a text is a summary but for its blanks; another end tells most apart."""
    return text[-1:] == summary.rstrip()[-1:] and text == _joined(summary)


def _ended(text: str, language: str | None) -> str:
    """Return a cut-off text ended on its last sentence if that leaves most of it, or with "…"."""
    text = _joined(text)
    if not text or ends_whole(text):
        return text
    ends = sentence_ends(text, language)
    if ends and (ends[-1] >= len(text) * 0.4 or (len(ends) > 1 and ends[-1] >= _ENOUGH)):
        return text[: ends[-1]]
    if "(" in text[-60:] and ")" not in text.rpartition("(")[2]:
        text = text.rpartition("(")[0] or text  # what a bracket was to say is not there any more
    return text.rstrip(' ,;:–—-(“"‘、，') + "…"


def _opening_of(body: str, most: int) -> str:
    """Return as much of a body as an excerpt can be made of, cut between words."""
    most = min(_READ_AT_MOST, most)
    return body if len(body) <= most else body[:most].rpartition(" ")[0] or body[:most]


def _stands_alone(text: str, known: tuple[str, ...], words: int) -> bool:
    """Tell whether a summary is no cut-off head of a text: it ends, or says something else."""
    if not fits(text, words):
        return False
    return ends_whole(text) or not any(as_.strip() and _is_head(text, as_) for as_ in known)


def _is_flattened(summary: str, known: tuple[str, ...]) -> bool:
    """Tell whether a summary is a text's first paragraphs run together, credits too."""
    if "\n" in summary:
        return False
    whole = (as_[: len(summary) + 40] for as_ in known if "\n" in as_[: len(summary)])
    return any(_joined(head).startswith(_joined(summary)) for head in whole)


def _is_head(text: str, body: str) -> bool:
    """Tell whether a text is how the body begins, give or take what stands before it."""
    if body.startswith(text[:40]):
        return True
    # By its letters alone: blanks and signs differ between a feed and its page.
    start = _LETTERS.sub("", text[:100]).casefold()[:40]
    return start in _LETTERS.sub("", body[:_HEAD]).casefold()


def _tidy_blanks(text: str) -> str:
    """Return a text with single blanks and no empty lines."""
    if text.isascii() and not any(map(text.__contains__, ("  ", "\t", "\n\n"))):
        return text
    lines = (" ".join(part.split()) for part in text.splitlines())
    return "\n".join(filter(None, lines))
