"""The page around the issue, as HTML: it works by links alone, the script only makes it live.

Whatever comes from the issue is escaped here; the issue's own HTML never enters the page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from html import escape
from importlib.resources import files
from string import Template
from typing import Literal, cast
from urllib.parse import urlencode

from digest.models import Value
from digest.preview.frame import Colours
from digest.preview.live import Live
from digest.preview.shown import EMAIL, TEXT, WEB, Shown, Trouble

Version = Literal["html", "text", "web"]

FILES: Mapping[str, str] = {"html": EMAIL, "text": TEXT, "web": WEB}
PATHS: Mapping[str, str] = {"html": "/", "text": "/text", "web": "/web"}
NAMES: Mapping[str, str] = {"html": "HTML", "text": "Text", "web": "Web"}
WIDTHS: Mapping[str, str] = {"600": "Desktop", "360": "Phone"}
COLOURS: Mapping[str, str] = {"system": "System", "light": "Light", "dark": "Dark"}
STATES = {"draft": "Draft", "approved": "Approved", "delivered": "Delivered"}
TORN = Trouble(
    message="the files of this issue do not belong together: "
    "one was changed or lost after the build",
    hint="Build it again, or restore the files.",
)


class View(Value, frozen=True):
    """Hold what the address says: which version, how wide (pixels), and in which colours."""

    version: Version = "html"
    width: str = "600"
    colours: Colours = "system"

    @classmethod
    def of(cls, version: Version, query: Mapping[str, str]) -> View:
        """Return the view a query asks for; what is unknown in it is passed over."""
        width, colours = query.get("width", ""), query.get("colours", "")
        return cls(
            version=version,
            width=width if width in WIDTHS else "600",
            colours=cast(Colours, colours) if colours in COLOURS else "system",
        )

    def link(self, **changes: str) -> str:
        """Return the address of this view with some parts changed."""
        parts = {"version": self.version, "width": self.width, "colours": self.colours, **changes}
        path = PATHS[parts.pop("version")]
        told = {k: v for k, v in parts.items() if v != getattr(View(), k)}
        return f"{path}?{urlencode(told)}" if told else path


def page(live: Live, view: View) -> str:
    """Return the whole page for what is shown now."""
    shown = live.shown
    troubles = (*live.troubles, *(() if shown.is_whole else (TORN,)))
    return Template(asset("page.html")).substitute(
        revision=live.revision,
        title=escape(shown.subject),
        newsletter=escape(shown.newsletter),
        edition=escape(shown.title if shown.title != shown.newsletter else ""),
        number=shown.number,
        state=shown.state,
        state_name=STATES[shown.state],
        preheader=escape(shown.preheader) or '<span class="none">No preheader</span>',
        issue=escape(shown.id),
        posts=f"{shown.posts} post{'s' if shown.posts != 1 else ''}",
        size=f"{len(shown.outputs[EMAIL]):,}",
        troubles="".join(map(_trouble, troubles)),
        versions=_choices(view, "version", NAMES),
        widths=_choices(view, "width", WIDTHS),
        colours=_choices(view, "colours", COLOURS),
        stage=_stage(shown, view),
    )


def asset(name: str) -> str:
    """Return one of the files the page is made of."""
    return (files("digest.preview") / "static" / name).read_text(encoding="utf-8")


def _choices(view: View, part: str, names: Mapping[str, str]) -> str:
    """Return the links of one switch; the chosen one is marked as current."""
    keys = {"version": "1 h,2 t,3 w", "width": "p", "colours": "d"}[part].split(",")
    items = []
    for place, (value, name) in enumerate(names.items()):
        current = ' aria-current="true"' if getattr(view, part) == value else ""
        shortcut = f' aria-keyshortcuts="{keys[place]}"' if part == "version" else ""
        link = escape(view.link(**{part: value}))
        hint = f" <kbd>{place + 1}</kbd>" if part == "version" else ""
        items.append(
            f'<li><a id="{part}-{value}" href="{link}"{current}{shortcut}>{name}{hint}</a></li>'
        )
    return "\n".join(items)


def _stage(shown: Shown, view: View) -> str:
    data = shown.outputs[FILES[view.version]]
    if view.version == "text":
        text = escape(data.decode("utf-8", "replace"))
        # A line break right after <pre> is not shown, so one is given away.
        width = f"w{view.width}"
        return (
            f'<pre id="text" class="{width}" tabindex="0" aria-label="Text version">\n{text}</pre>'
        )
    source = f"/issue/{FILES[view.version]}"
    source += f"?colours={view.colours}" if view.colours != "system" else ""
    digest = hashlib.sha256(data).hexdigest()[:16]
    looks = f"w{view.width} {view.colours}"
    return (
        f'<iframe id="frame" class="{looks}" title="{NAMES[view.version]} version" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox" '
        f'src="{source}" data-digest="{digest}"></iframe>'
    )


def _trouble(trouble: Trouble) -> str:
    where = f"<code>{escape(trouble.where)}</code>" if trouble.where else ""
    hint = f'<p class="hint">{escape(trouble.hint)}</p>' if trouble.hint else ""
    return f'<li>{where}<p class="message">{escape(trouble.message)}</p>{hint}</li>'
