"""The whole page: it works by links alone, the scripts only make it live.

Whatever comes from the issue is escaped by `markup`; the issue's own HTML never enters the page.
"""

from __future__ import annotations

from importlib.resources import files
from string import Template

from digest.preview.arranging import digest_of
from digest.preview.live import Facts, Live, Trouble
from digest.preview.page.bar import bar, controls
from digest.preview.page.markup import Markup, tag
from digest.preview.page.panels import panel
from digest.preview.page.stage import stage
from digest.preview.page.view import View

TORN = Trouble(
    message="the files of this issue do not belong together: "
    "one was changed or lost after the build",
    hint="Build it again, or restore the files.",
)


def page(live: Live, facts: Facts, view: View, steps: tuple[int, int] = (0, 0)) -> str:
    """Return the whole page for what is shown now; `steps` can be undone, and done again."""
    shown = facts.shown
    troubles = (*live.troubles, *(() if shown.is_whole else (TORN,)))
    opened = "" if view.panel else " by-width"
    return Template(asset("page.html")).substitute(
        revision=live.revision,
        issue=shown.id,
        editor=digest_of(shown.editor),
        title=tag("title", f"{shown.issue.subject} · preview"),
        bar=bar(facts, view, steps),
        controls=controls(facts, view),
        troubles="".join(map(_trouble, troubles)),
        stage=stage(facts, view),
        panel=panel(facts, view),
        opened=opened,
    )


def asset(name: str) -> str:
    """Return one of the files the page is made of."""
    return (files("digest.preview") / "static" / name).read_text(encoding="utf-8")


def _trouble(trouble: Trouble) -> Markup:
    return tag(
        "li",
        tag("code", trouble.where) if trouble.where else None,
        tag("p", trouble.message, class_="message"),
        tag("p", trouble.hint, class_="hint") if trouble.hint else None,
    )
