"""Lines of copied pages: `lines.txt` shows what each is taken for, and how much it looks like text."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from digest.sources.page.lines import Meta, read_line
from digest.sources.page.looks import Unit, like_text
from tests.golden import hold

UTC = ZoneInfo("UTC")


def test_lines_are_taken_for_what_is_listed() -> None:
    """Beside a text stands its score: below 0 it is like a title, above like an excerpt."""
    hold(
        Path(__file__).with_name("lines.txt"),
        lambda name, said: "\n".join(
            f"{line.strip()} = {_told(line, name)}" for line in said.split("\n")
        ),
    )


def _told(raw: str, name: str) -> str:
    line = read_line(raw, UTC, {"moss-on-walls"}, has_text=name != "what a page is about")
    if line.kind == "label":
        return f"label {line.label}"
    if line.kind == "text":
        unit = Unit(line.text, line.text, 1, line.weight)
        below = Unit(line.text, line.text, 1, line.weight, [Meta(authors=("Ada",))])
        return f"text, {like_text(unit):g}, {like_text(below):g} above an author"
    return f"{line.kind} {_meta(line.meta)}".strip()


def _meta(meta: Meta) -> str:
    day = f"{meta.published_at:%Y-%m-%d}" if meta.published_at else ""
    tags, categories = (", ".join(t.name for t in terms) for terms in (meta.tags, meta.categories))
    told = {"on": day, "by": ", ".join(meta.authors), "tags": tags, "categories": categories}
    return "; ".join(f"{what} {said}" for what, said in told.items() if said)
