"""Making a compiled page smaller without changing how any client shows it.

Only what is known to be safe: white space that no client shows, declarations said twice, classes
that no style mentions, optional tags, and Outlook's comments that end just where the next begins.
Fixed text beyond ASCII becomes numeric entities. Comments that bound regions stay.
"""

from __future__ import annotations

import re
from functools import lru_cache

from digest.lazy import regex

_STYLE = regex(r"(<style\b[^>]*>)(.*?)(</style>)", re.DOTALL)
_VERBATIM = regex(r"(<style\b.*?</style>|<!--\[if .*?<!\[endif\]-->|<pre\b.*?</pre>)", re.DOTALL)
_OUTLOOK_SEAM = regex(r"<!\[endif\]-->\s*<!--\[if mso \| IE\]>")
_BLOCKS = (
    "table|tbody|thead|tr|td|th|div|p|h[1-6]|ul|ol|li|blockquote|hr"
    "|body|html|head|meta|link|title|style"
)
_BEFORE_BLOCK = regex(rf" (?=</?(?:{_BLOCKS})\b)")
_AFTER_BLOCK = regex(rf"(</?(?:{_BLOCKS})\b[^<>]*>) ")
_SPACE = regex(r"[ \t\n\r\f]+")  # a no-break space is shown
_TAG = regex(r"<[a-z][^<>]*>")
_SINGLE_QUOTED = regex(r" style='([^']*)'")
_STYLE_ATTRIBUTE = regex(r' style="([^"]*)"')
_CLASS_ATTRIBUTE = regex(r' class="([^"]*)"')
_CSS_CLASS = regex(r"\.(-?[_a-zA-Z][\w-]*)")
_BACKGROUND_TWICE = regex(
    r"(?<![\w-])background:(#[0-9a-fA-F]{3,8});(?=(?:[^;]*;)*?background-color:\1(?:;|$))"
)


def minify(html: str) -> str:
    """Return the page with the same meaning in fewer bytes, all of them ASCII."""
    html = _OUTLOOK_SEAM.sub("", html)
    html = _STYLE.sub(lambda found: f"{_opening(found[1])}{_css(found[2])}{found[3]}", html)
    used = frozenset(
        name for style in _STYLE.findall(html) for name in _CSS_CLASS.findall(style[1])
    )
    parts = _VERBATIM.split(html)
    parts[0::2] = [_markup(part) for part in parts[0::2]]
    html = _TAG.sub(lambda tag: _tag(tag[0], used), "".join(parts))
    return html.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _opening(tag: str) -> str:
    return tag.replace(' type="text/css"', "")


@lru_cache(maxsize=64)  # a look's style sheets are the same for every block that is compiled in it
def _css(css: str) -> str:
    """Return CSS without white space that separates nothing; what is not ASCII as CSS escapes."""
    css = _SPACE.sub(" ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    css = re.sub(r": ", ":", css)
    css = css.replace(";}", "}").strip()
    return "".join(c if c.isascii() else f"\\{ord(c):x} " for c in css)


def _markup(html: str) -> str:
    html = _AFTER_BLOCK.sub(r"\1", _BEFORE_BLOCK.sub("", _SPACE.sub(" ", html)))
    return html.replace("<tbody>", "").replace("</tbody>", "")


def _tag(tag: str, used: frozenset[str]) -> str:
    if " style=" not in tag and " class=" not in tag:
        return tag
    tag = _SINGLE_QUOTED.sub(lambda found: ' style="{}"'.format(found[1].replace('"', "'")), tag)
    tag = _STYLE_ATTRIBUTE.sub(lambda found: _declarations(found[1]), tag)
    return _CLASS_ATTRIBUTE.sub(lambda found: _classes(found[1], used), tag)


@lru_cache(maxsize=1024)
def _declarations(style: str) -> str:
    style = re.sub(r"\s*([:;,])\s+", r"\1", _SPACE.sub(" ", style)).strip().rstrip(";")
    style = _BACKGROUND_TWICE.sub("", style)
    return f' style="{style}"' if style else ""


def _classes(names: str, used: frozenset[str]) -> str:
    kept = [name for name in names.split() if name in used]
    return f' class="{" ".join(kept)}"' if kept else ""
