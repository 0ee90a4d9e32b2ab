"""editor.md before and after each kind of change, as a whole: `rewritten.txt`.

Above the line of equals signs stands what is wished: `key = value` sets a text, `key: a | b` a list, and
`key < post = text` what is said of a post; a link is `title, url, excerpt, section`, and ¶ breaks a line.
"""

from __future__ import annotations

from pathlib import Path

from digest.errors import EditorError
from digest.issue.rewriting import Changes, rewrite
from digest.models import Link
from tests.golden import hold


def wished(told: str) -> Changes:
    texts, lists, tables = {}, {}, dict[str, dict[str, str]]()
    links, introduction = None, None
    for line in told.splitlines():
        key, sign, value = line.partition(" ")[0].rstrip(":"), line.split(" ")[0][-1:], ""
        value = line[len(line.split(" ")[0]) :].strip()
        if sign == ":" and key == "links":
            links = tuple(_link(part) for part in value.split(" | ") if part)
        elif sign == ":":
            lists[key] = tuple(part for part in value.split(" | ") if part)
        elif value.startswith("<"):
            post, _, text = value[2:].partition(" =")
            tables.setdefault(key, {})[post] = text.removeprefix(" ")
        elif key == "introduction":
            introduction = value.removeprefix("=").strip().replace("¶", "\n")
        else:
            texts[key] = value.removeprefix("=").strip()
    return Changes(texts=texts, lists=lists, tables=tables, links=links, introduction=introduction)


def _link(told: str) -> Link:
    title, url, excerpt, section = (*map(str.strip, told.split(",")), "", "")[:4]
    return Link(title=title, url=url, excerpt=excerpt, section=section)


def test_a_file_becomes_this_by_that_wish() -> None:
    def answer(_: str, said: str) -> str:
        wish, _, text = f"{said}\n".partition("\n====\n")
        try:
            return rewrite(text, wished(wish))
        except EditorError as refused:
            return f"!! {refused}"

    hold(Path(__file__).with_name("rewritten.txt"), answer)
