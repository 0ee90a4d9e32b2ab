"""Cleans a post's body: from whatever a source sent to a small, safe HTML without any style.

Owns nh3, the allow-list, and what becomes of pictures, links and embeds. Three steps: the tokens of
the source go through the rules here into `flow`, which writes well-formed HTML; nh3 then parses
that with a real HTML5 parser and lets through only what the list names. The result is canonical:
attributes in double quotes, every tag closed, and cleaning it again changes nothing. It refuses to
fetch anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any, NamedTuple

from digest.addresses import writable
from digest.editing.body import links
from digest.editing.body.flow import ALLOWED, HEADINGS, Flow
from digest.editing.body.lazy import is_stand_in, source_of
from digest.editing.body.pictures import alt_text, measured, size_in_name
from digest.editing.body.shortcodes import end_names, without_shortcodes
from digest.editing.body.tokens import Tag, Tokens, attributes
from digest.lazy import regex
from digest.models import Fixup

RULES = {
    "link-tracking": "parameters such as utm_source are taken off links",
    "emoji-image": "pictures of emoji become the characters again",
    "embed-link": "videos, players and frames become a link to what they show",
    "bare-link": "an address alone on its line becomes a link",
    "body-shortcode": "shortcodes no plug-in replaced go, what they enclose stays",
    "lazy-image": "pictures that load late get their real address",
    "image-alt": "an alternative text that is a file's name, or only says “image”, goes",
}
ALWAYS = {
    "body-capped": "a body over a million characters or a hundred levels is cut there",
    "unsafe-dropped": "scripts, forms and their like are dropped",
    "tracking-pixel": "pictures that only count views are dropped",
    "link-dropped": "links and pictures without an absolute http address lose it",
}

_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "title", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "abbr": {"title"},
    "time": {"datetime"},
}
_VALUE = {
    "lang": r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}",
    "hreflang": r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}",
    "dir": r"ltr|rtl|auto",
    "start": r"-?\d{1,6}",
    "value": r"-?\d{1,6}",
    "reversed": r".{0,10}",
    "type": r"[1aAiI]",
    "colspan": r"[1-9]\d{0,2}",
    "rowspan": r"[1-9]\d{0,2}",
    "scope": r"col|row|colgroup|rowgroup",
    "datetime": r"[\w :.+-]{1,40}",
}
_VALUES = {name: re.compile(pattern) for name, pattern in _VALUE.items()}
_SAME = {
    "strike": "s",
    "del": "s",
    "ins": "u",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
    "var": "code",
}
_SAME |= {"dfn": "em", "acronym": "abbr", "listing": "pre", "menu": "ul", "dir": "ul"}
_DIVIDES = frozenset(
    "div section article main header footer nav aside address center fieldset legend details summary "
    "hgroup search option body html form".split()
)
_DROPPED = frozenset(
    "form button select textarea datalist svg math canvas map applet frameset template object audio "
    "video".split()
)
_MEDIA = frozenset({"iframe", "video", "audio", "object", "embed"})
_PLAIN = ALLOWED - HEADINGS - _MEDIA - _DROPPED - {"a", "br", "hr", "img"}
"""Elements that stay what they are, most of those that there are."""

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
    """Hold a clean body and what was changed to get it."""

    html: str
    fixups: tuple[Fixup, ...]


def clean(html: str, base: str | None = None, off: Iterable[str] = ()) -> Body:
    """Return a body's HTML made safe, small and canonical; no input raises.

    `base` is the post's own address, which relative ones are resolved against. Rules named in `off`
    are left out, except those safety needs (`ALWAYS`).
    """
    if not html.strip():
        return Body("", ())
    desk = _Desk(html, base, frozenset(off))
    desk.run()
    return Body(_gate().clean(desk.flow.finish()), tuple(desk.changes.values()))


def size_of(body: str, url: str) -> tuple[int, int] | None:
    """Return the width and height that a clean body gives a picture, by its address.

    None where neither.
    """
    address = escape(writable(url), quote=False)  # holds no double quotes any more
    head = f'<img src="{address}" alt="'
    at = body.find(head)
    found = _SIDES.match(body, at + len(head)) if at >= 0 else None
    return (int(found[1]), int(found[2])) if found and int(found[1]) and int(found[2]) else None


@cache
def _gate() -> Any:
    """Return the sanitiser, made once; its lists are the last word on what a body may hold."""
    import nh3

    return nh3.Cleaner(
        tags=set(ALLOWED),
        clean_content_tags={"script", "style"},
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )


class _Desk:
    """Carries one body through the rules.

    `changes` holds one Fixup a rule, with its first example.
    """

    def __init__(self, html: str, base: str | None, off: frozenset[str]) -> None:
        self.flow = Flow()
        self.changes: dict[str, Fixup] = {}
        self._tokens = Tokens(html)
        self._base = base if base and len(base) <= links.MAX_URL else None
        self._off = off
        self._ends = end_names(self._tokens.source)
        self._linked: list[bool] = []  # for each open <a> of the source, whether it was kept
        self._in_noscript = False
        self._in_local_link = False
        self._last_picture = ""

    def run(self) -> None:
        """Take every token; what is too big or too deep is left out and said so."""
        for token in self._tokens:
            if isinstance(token, str):
                self._text(token)
            elif token.is_end:
                self._end(token.name)
            else:
                self._start(token)
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
        flow = self.flow
        is_open = flow.is_inside("sup") or not text.strip().startswith(("[", "("))
        if self._in_local_link and is_open and (mark := _NOTE_MARK.fullmatch(text)):
            self._mark_note(mark[1])
            return
        if "[" in text and "body-shortcode" not in self._off and not flow.is_inside("pre", "code"):
            without = without_shortcodes(text, self._ends)
            if without != text:
                self._note("body-shortcode", text.strip(), without.strip())
                text = without
        if (
            "://" in text
            and "bare-link" not in self._off
            and not flow.is_inside("a", "pre", "code")
        ):
            match = _BARE_URL.fullmatch(text)
            if match and (url := links.absolute(match[1], None)):
                self._link(self._untracked(url), match[1])
                self._note("bare-link", match[1], url)
                return
        flow.text(text)

    def _mark_note(self, mark: str) -> None:
        """Write a footnote's mark, known by its link within the page, so that nobody takes it for words."""
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
        name = _SAME.get(tag.name, tag.name)
        if name in _PLAIN:
            kept = self._attributes(name, tag.attributes) if tag.attributes else ""
            self.flow.start(name, kept)
        elif name in _MEDIA or name in _DROPPED:
            self._replace(tag)
        elif name == "img":
            self._picture(attributes(tag.attributes))
        elif name == "a":
            self._anchor(attributes(tag.attributes))
        elif name == "br":
            self.flow.line_break()
        elif name == "hr":
            self.flow.rule()
        elif name == "noscript":
            self._in_noscript = True
        elif name in _DIVIDES:
            self.flow.divide()
        elif name == "input":
            self._note("unsafe-dropped", f"<input{tag.attributes}>", "")
        elif name in HEADINGS:
            self.flow.start(name)
        else:
            self.flow.start(name, self._attributes(name, tag.attributes))

    def _end(self, name: str) -> None:
        name = _SAME.get(name, name)
        if name == "a":
            self._in_local_link = False
            if self._linked and self._linked.pop():
                self.flow.end("a")
        elif name in _DIVIDES:
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
        found = attributes(raw)
        allowed = _ATTRIBUTES.get(name, set()) | _ATTRIBUTES["*"]
        kept = {}
        for key, value in found.items():
            if key not in allowed:
                continue
            if key == "title" and value.strip():
                kept[key] = " ".join(value.split())[:300]
            elif key in _VALUES and _VALUES[key].fullmatch(value.strip()):
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
        if _VALUES["hreflang"].fullmatch(found.get("hreflang", "")):
            kept["hreflang"] = found["hreflang"]
        self._linked.append(True)
        self.flow.start("a", _written(kept))

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
        source = self._picture_source(found)
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
        self.flow.picture(_written({"src": url, "alt": self._alt(alt, url), **_sizes(found, url)}))

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
        inside = None if name == "embed" else "" if name == "iframe" else self._tokens.skip(name)
        raw = f"<{name}{tag.attributes}>"
        url = self._media_url(name, found, inside or "")
        if url and "embed-link" not in self._off:
            label = " ".join(found.get("title", "").split()) or links.host(url)
            self._note("embed-link", raw, url)
            self._embed(url, label, links.absolute(found.get("poster", ""), self._base))
        elif name not in ("svg", "canvas", "map"):
            self._note("unsafe-dropped", raw, "")

    def _media_url(self, name: str, found: dict[str, str], inside: str) -> str:
        if name not in _MEDIA or _is_pixel(found):
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


def _sizes(found: dict[str, str], url: str) -> dict[str, str]:
    """Return a picture's width and height.

    Those written in pixels, else what the file's name tells.
    """
    said = {side: found[side] for side in ("width", "height") if _whole(found.get(side, ""))}
    width, height = (int(said.get(side, 0)) or None for side in ("width", "height"))
    width, height = measured(width, height, size_in_name(url))
    return {"width": str(width), "height": str(height)} if width and height else said


def _whole(value: str) -> bool:
    return value.isascii() and value.isdigit() and 0 < len(value) <= 5


def _is_pixel(found: dict[str, str]) -> bool:
    for side in ("width", "height"):
        if found.get(side, "").strip().removesuffix("px") in ("0", "1", "2"):
            return True
    return bool(_HIDDEN.search(found.get("style", "")))
