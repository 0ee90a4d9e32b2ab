"""How a series stands: its parts in order, what is missing, doubled or late.

`outlines.txt` lists posts, a line each: the day of October (or -), its title, and `key=value` of its part.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from digest.models import Post, SeriesPart
from digest.workflow.telling.outlines import Outline, outline
from tests.golden import hold

SCHOOL = "Windowsill School"


def test_outlines_are_what_is_listed() -> None:
    hold(Path(__file__).with_name("outlines.txt"), lambda _, case: _told(case.split("\n")))


def _told(lines: list[str]) -> str:
    posts: dict[str, tuple[str, list[SeriesPart]]] = {}
    for line in lines:
        day, *words = line.split(" ")
        said = dict(word.split("=") for word in words if "=" in word)
        title = " ".join(word for word in words if "=" not in word)
        posts.setdefault(title, (day, []))[1].append(_part(said))
    made = [_post(title, day, parts) for title, (day, parts) in posts.items()]
    return "\n".join(line for found in outline(made) for line in _shown(found))


def _part(said: dict[str, Any]) -> SeriesPart:
    numbers = {name: int(said[name]) for name in ("part", "total") if name in said}
    return SeriesPart(name=said.get("name", SCHOOL), label=said.get("label", ""), **numbers)


def _post(title: str, day: str, parts: list[SeriesPart]) -> Post:
    return Post(
        id=f"id-{title}",
        source="s",
        identity=title,
        url=f"https://a.example/{title.replace(' ', '-')}",
        title=title,
        raw_title=title,
        published_at=None if day == "-" else datetime(2026, 10, int(day), tzinfo=UTC),
        series=tuple(parts),
    )


def _shown(found: Outline) -> list[str]:
    gaps = ", ".join(map(str, found.gaps[:5]))
    if len(found.gaps) > 5:
        gaps += f" and so on, {len(found.gaps)} in all, the last {found.gaps[-1]}"
    return [
        f"{found.name}: {found.posts} posts, {len(found.numbers)} of {found.total}, missing ({gaps}),"
        f" double {found.doubles}, late {found.late}",
        *(
            f"  {p.part} {p.label or p.title} ({p.id}, {p.url}, {p.published_at and p.published_at.day})"
            + (" late" if p.late else "")
            for p in found.parts
        ),
    ]
