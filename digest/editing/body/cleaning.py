"""Cleans a post's body: from whatever a source sent to a small, safe HTML without any style.

Owns what becomes of pictures, links and embeds. Three steps: the tokens of the source go through
the rules here into `flow`, which writes well-formed HTML; the `gate` then lets through only what
may stand in a body. Text that is clean as it is goes the same way in one piece (see `runs`). The
result is canonical: attributes in double quotes, every tag closed, and cleaning it again changes
nothing. It refuses to fetch anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from digest.addresses import writable
from digest.editing.body import elements, links, remnants
from digest.editing.body.flow import Flow
from digest.editing.body.gate import let_through
from digest.editing.body.lazy import best_of, is_stand_in, source_of
from digest.editing.body.pictures import alt_text, written_sizes
from digest.editing.body.runs import QUERIED
from digest.editing.body.tokens import Run, Tag, Tokens, attributes, without_controls
from digest.lazy import regex
from digest.models import Fixup

RULES: dict[str, str] = {
    "link-tracking": "parameters such as utm_source are taken off links",
    "emoji-image": "pictures of emoji become the characters again",
    "embed-link": "videos, players and frames become a link to what they show",
    "bare-link": "an address alone on its line becomes a link",
    "body-shortcode": "shortcodes and marks that nothing replaced go, what they enclose stays",
    "widget-dropped": "forms to sign up, buttons for sharing, related posts and notes that open go",
    "lazy-image": "pictures that load late get their real address",
    "image-alt": "an alternative text that is a file's name, or only says “image”, goes",
}
ALWAYS: dict[str, str] = {
    "body-capped": "a body over a million characters or a hundred levels is cut there",
    "unsafe-dropped": "scripts, forms and their like are dropped",
    "tracking-pixel": "pictures that only count views are dropped",
    "link-dropped": "links and pictures without an absolute http address lose it",
}

_SOURCE = regex(
    r"<(?:source|embed|img|a)\s[^>]*?(?:src|href)\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE
)
_EMOJI_SOURCE = regex(r"//s\.w\.org/images/core/emoji/|twemoji|/emoji/|/smilies/", re.IGNORECASE)
_HIDDEN = regex(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:^|[;\s])(?:width|height)\s*:\s*[012]px",
    re.IGNORECASE,
)
_NOTE_MARK = regex(r"\s*[\[(]?(\d{1,3}|[*†‡§])[\])]?\s*")
_BARE_URL = regex(r"\s*(https?://[^\s<>\"]{4,1000})\s*")
_SIDES = regex(r'[^"]*" width="(\d{1,5})" height="(\d{1,5})"')


class Body(NamedTuple):
    """Hold a clean body, and what was changed to get it."""

    html: str
    fixups: tuple[Fixup, ...]


def clean(html: str, base: str | None = None, off: Iterable[str] = ()) -> Body:
    """Return a body's HTML made safe, small and canonical; no input raises.

    `base` is the post's own address, which relative ones are resolved against. Rules named in `off`
    are left out, except those safety needs (`ALWAYS`). Signs that were escaped in Markdown are kept
    from being taken for marks until `shown` shows them.
    """
    if not html.strip():
        return Body("", ())
    desk = _Desk(
        remnants.kept(remnants.filled_in(html)), without_controls(base or ""), frozenset(off)
    )
    desk.run()
    written = desk.flow.finish()
    return Body(let_through(written, desk.flow.runs), tuple(desk.changes.values()))


def size_of(body: str, url: str) -> tuple[int, int] | None:
    """Return the width and height that a clean body gives a picture, by its address.

    None where neither.
    """
    address = escape(writable(url), quote=False)  # holds no double quotes any more
    head = f'<img src="{address}" alt="'
    at = body.find(head)
    found = _SIDES.match(body, at + len(head)) if at >= 0 else None
    return (int(found[1]), int(found[2])) if found and int(found[1]) and int(found[2]) else None


class _Desk:
    """Carries one body through the rules.

    `changes` holds one Fixup a rule, with its first example.
    """

    def __init__(self, html: str, base: str | None, off: frozenset[str]) -> None:
        self.flow = Flow()
        self.changes: dict[str, Fixup] = {}
        self._tokens = Tokens(html)
        self._tokens.runs = self.flow.takes()
        self._base = base if base and len(base) <= links.MAX_URL else None
        self._off = off
        self._ends = remnants.end_names(self._tokens.source)
        self._linked: list[bool] = []  # for each open <a> of the source, whether it was kept
        self._in_noscript = False
        self._in_local_link = False
        self._last_picture = ""
        self._offered: list[dict[str, str]] = []  # what stands in a <picture> before its <img>

    def run(self) -> None:
        """Take every token; what is too big or too deep is left out and said so."""
        for token in self._tokens:
            if isinstance(token, Tag):
                self._end(token.name) if token.is_end else self._start(token)
                # in a link there are no others, and one within the page may be a note's mark
                is_closed = bool(self._linked) or self._in_noscript
                self._tokens.runs = None if is_closed else self.flow.takes()
            elif isinstance(token, Run):
                self.flow.run(QUERIED.sub(self._queried, token) if "?" in token else token)
            else:
                self._text(token)
            if self.flow.is_full:
                break
        if self._tokens.is_capped or self.flow.is_capped:
            self._note("body-capped", "…", "")

    def _note(self, rule: str, raw: str, value: str) -> None:
        if rule not in self.changes:
            raw = raw if len(raw) <= 200 else raw[:199] + "…"
            self.changes[rule] = Fixup(field="body", raw=raw, value=value[:400], rule=rule)

    # ------------------------------------------------------------ text

    def _text(self, text: str) -> None:
        if text.isspace():  # as most of what stands between two tags
            self.flow.text(text)
            return
        if self._in_noscript and "<" in text:  # mark-up that was escaped once too often
            return
        if self._in_local_link and self._marks_note(text):
            return
        if remnants.may_hold_marks(text):
            text = self._without_shortcodes(text)
        if "://" not in text or not self._links_itself(text):
            self.flow.text(text)

    def _without_shortcodes(self, text: str) -> str:
        if "body-shortcode" in self._off or self.flow.is_inside("pre", "code"):
            return text
        without = remnants.without_marks(remnants.without_shortcodes(text, self._ends))
        if without != text:
            self._note("body-shortcode", text.strip(), without.strip())
        return without

    def _links_itself(self, text: str) -> bool:
        """Make a link of an address that is alone on its line; say whether it is one."""
        if "bare-link" in self._off or self.flow.is_inside("a", "pre", "code"):
            return False
        match = _BARE_URL.fullmatch(text)
        url = links.absolute(match[1], None) if match else ""
        if match and url:
            self._link(self._untracked(url), match[1])
            self._note("bare-link", match[1], url)
        return bool(url)

    def _marks_note(self, text: str) -> bool:
        """Write a footnote's mark as one; say whether a text is one."""
        is_open = self.flow.is_inside("sup") or not text.strip().startswith(("[", "("))
        mark = _NOTE_MARK.fullmatch(text) if is_open else None
        if mark:
            self._mark_note(mark[1])
        return bool(mark)

    def _mark_note(self, mark: str) -> None:
        """Write a footnote's mark, known by its link within the page, as no word."""
        is_raised = self.flow.is_inside("sup")
        if not is_raised:
            self.flow.start("sup")
        self.flow.text(f"[{mark}]")
        if not is_raised:
            self.flow.end("sup")

    def _link(self, url: str, label: str) -> None:
        self.flow.start("a", _written({"href": url}))
        self.flow.text(label)
        self.flow.end("a")

    # ------------------------------------------------------------ tags

    def _start(self, tag: Tag) -> None:
        name = elements.SAME.get(tag.name, tag.name)
        if tag.attributes and self._passes_over(tag):
            return
        if name in elements.PLAIN:
            kept = self._attributes(name, tag.attributes) if tag.attributes else ""
            self.flow.start(name, kept)
        elif name in elements.REPLACED:
            self._replace(tag)
        elif name == "img":
            self._picture(attributes(tag.attributes))
        elif name == "source":
            self._offered.append(attributes(tag.attributes))
        elif name == "a":
            self._anchor(attributes(tag.attributes))
        elif name == "noscript":
            self._in_noscript = True
        elif name == "input":
            self._note("unsafe-dropped", f"<input{tag.attributes}>", "")
        elif not self._divides(name):
            self.flow.start(name)  # a heading, or what a body does not hold

    def _divides(self, name: str) -> bool:
        """Write what only divides a text; say whether an element does."""
        if name == "br":
            self.flow.line_break()
        elif name == "hr":
            self.flow.rule()
        elif name in elements.DIVIDES:
            self.flow.divide()
        else:
            return False
        return True

    def _passes_over(self, tag: Tag) -> bool:
        """Step over what a plug-in put into the post, a form or buttons; say whether it is such."""
        if not remnants.is_widget(tag.attributes) or "widget-dropped" in self._off:
            return False
        is_gone = self._tokens.skip_whole(tag.name)
        if is_gone:
            self._note("widget-dropped", f"<{tag.name}{tag.attributes}>", "")
        return is_gone

    def _end(self, name: str) -> None:
        name = elements.SAME.get(name, name)
        if name == "a":
            self._in_local_link = False
            if self._linked and self._linked.pop():
                self.flow.end("a")
        elif name in elements.DIVIDES:
            self.flow.divide()
        elif name == "noscript":
            self._in_noscript = False
        elif name == "br":
            self.flow.line_break()
        else:
            self.flow.end(name)

    def _attributes(self, name: str, raw: str) -> str:
        if not raw or raw.isspace():
            return ""
        found = elements.sided(attributes(raw)) if name in elements.CELLS else attributes(raw)
        allowed = elements.ATTRIBUTES.get(name, set()) | elements.ATTRIBUTES["*"]
        kept = {}
        for key, value in found.items():
            if key not in allowed:
                continue
            if key == "title" and value.strip():
                kept[key] = " ".join(value.split())[:300]
            elif key in elements.VALUES and elements.VALUES[key].fullmatch(value.strip()):
                kept[key] = value.strip()
        return _written(kept)

    def _anchor(self, found: dict[str, str]) -> None:
        written = found.get("href", "")
        self._in_local_link = written.startswith("#")
        url = links.absolute(written, self._base, schemes=("http", "https", "mailto"))
        if not url:
            if written and not written.startswith("#"):
                self._note("link-dropped", written, "")
            self._linked.append(False)
            return
        kept = {"href": self._untracked(url)}
        if title := " ".join(found.get("title", "").split()):
            kept["title"] = title[:300]
        if elements.VALUES["hreflang"].fullmatch(found.get("hreflang", "")):
            kept["hreflang"] = found["hreflang"]
        self._linked.append(True)
        self.flow.start("a", _written(kept))

    def _queried(self, found: re.Match[str]) -> str:
        """Return how the link of a run begins whose address has a query."""
        return f'<a href="{escape(self._untracked(found[1].replace("&amp;", "&")))}'

    def _untracked(self, url: str) -> str:
        if "?" not in url or "link-tracking" in self._off:
            return url
        without = links.without_tracking(url)
        if without != url:
            self._note("link-tracking", url, without)
        return without

    # ------------------------------------------------------------ pictures

    def _picture(self, found: dict[str, str]) -> None:
        alt = " ".join(found.get("alt", "").split())
        source = best_of(self._picture_source(found), [*self._offered, found])
        self._offered.clear()
        if self._is_emoji(found, alt):
            self._note("emoji-image", source, alt)
            self.flow.text(alt)
            return
        if _is_pixel(found) or links.is_beacon(source):
            self._note("tracking-pixel", source, "")
            return
        url = "" if is_stand_in(source) and "lazy-image" not in self._off else source
        url = links.absolute(url, self._base)
        if not url:
            if source:
                self._note("link-dropped", source, "")
            return
        if self._in_noscript and url == self._last_picture:
            return
        self._last_picture = url
        self.flow.picture(
            _written({"src": url, "alt": self._alt(alt, url), **written_sizes(found, url)})
        )

    def _alt(self, alt: str, url: str) -> str:
        if "image-alt" in self._off or (said := alt_text(alt, url)) == alt:
            return alt
        self._note("image-alt", alt, said)
        return said

    def _picture_source(self, found: dict[str, str]) -> str:
        source = found.get("src", "").strip()
        if "lazy-image" in self._off:
            return source
        real = source_of(found)
        if real != source:
            self._note("lazy-image", source, real)
        return real

    def _is_emoji(self, found: dict[str, str], alt: str) -> bool:
        if "emoji-image" in self._off or not alt or len(alt) > 16:
            return False
        classes = found.get("class", "")
        return (
            "emoji" in classes
            or "wp-smiley" in classes
            or bool(_EMOJI_SOURCE.search(found.get("src", "")))
        )

    # ------------------------------------------------------------ what cannot be mailed

    def _replace(self, tag: Tag) -> None:
        """Drop an element with its contents; media leave a link behind."""
        name = tag.name
        found = attributes(tag.attributes)
        # An embed has no end, and what a frame holds is for browsers without frames.
        is_empty = name in ("embed", "iframe")
        inside = "" if is_empty else self._tokens.skip(name) or ""
        raw = f"<{name}{tag.attributes}>"
        url = self._media_url(name, found, inside)
        if url and "embed-link" not in self._off:
            label = " ".join(found.get("title", "").split()) or links.host(url)
            self._note("embed-link", raw, url)
            self._embed(url, label, links.absolute(found.get("poster", ""), self._base))
        elif name not in ("svg", "canvas", "map"):
            self._note("unsafe-dropped", raw, "")

    def _media_url(self, name: str, found: dict[str, str], inside: str) -> str:
        if name not in elements.MEDIA or _is_pixel(found):
            return ""
        written = found.get("src") or found.get("data-src") or found.get("data") or ""
        if not written and (match := _SOURCE.search(inside)):
            written = attributes(f'x="{match[1]}"')["x"]
        url = links.absolute(written, self._base)
        return "" if not url or links.is_beacon(url) else self._untracked(links.watch_page(url))

    def _embed(self, url: str, label: str, poster: str) -> None:
        """Put a link, with the medium's own picture where it has one, on a line of its own."""
        self.flow.divide()
        self.flow.start("a", _written({"href": url}))
        if poster:
            self.flow.picture(_written({"src": poster, "alt": f"▶ {label}"}))
        else:
            self.flow.text(f"▶ {label}")
        self.flow.end("a")
        self.flow.divide()


def _written(values: dict[str, str]) -> str:
    written = (
        (name, writable(value) if name in ("href", "src") else value)
        for name, value in values.items()
    )
    return "".join(f' {name}="{escape(value)}"' for name, value in written)


def _is_pixel(found: dict[str, str]) -> bool:
    for side in ("width", "height"):
        if found.get(side, "").strip().removesuffix("px") in ("0", "1", "2"):
            return True
    return bool(_HIDDEN.search(found.get("style", "")))
