"""A post that two sources have, or that moved, is listed once and counted once."""

from __future__ import annotations

from tests.conftest import Blog, Run

WORDS = (
    "The north bed was replanted in one wet week, and every fern came from the old quarry on the "
    "hill above the river. We carried forty of them down in a borrowed cart."
)
PLANET = '[[source]]\nname = "planet"\nkind = "markdown"\npath = "planet"\nurl = "https://planet.example/"\n'


def test_a_post_of_two_sources_is_listed_and_counted_once(digest: Run, blog: Blog) -> None:
    blog.write("ferns", "Ferns for the north bed", "2026-10-06T08:15:42Z", "ferns, beds", WORDS)
    written = blog.write("kept", "Ada: Ferns", "2026-10-06T08:15:42Z", "ferns", WORDS)
    copied = f"{WORDS}\n\n*Originally published at <https://letter.example/three/>*"
    other = blog.write("copy", "Elsewhere", "2026-10-09T10:00:00Z", "ferns", copied)
    planet = blog.root / "planet"
    planet.mkdir()
    for path in (written, other):
        path.rename(planet / path.name)
    (blog.root / "digest.toml").write_text((blog.root / "digest.toml").read_text() + PLANET)

    def told(*words: str) -> dict[str, int]:
        found = digest("--project", blog.root, *words, "--json").json
        return {entry.get("name") or entry["source"]: entry["posts"] for entry in found}

    digest("--project", blog.root, "collect")
    listed = digest("--project", blog.root, "posts", "--json").json
    assert [post["source"] for post in listed] == ["blog"] * 4
    assert told("tags")["ferns"] == 2, "the copy bears it, and its original does not"
    assert told("tags")["beds"] == 1
    assert told("sources") == {"blog": 4, "planet": 2}, "each source has what it has"

    of_tag = digest("--project", blog.root, "posts", "--tag", "ferns", "--json").json
    assert len(of_tag) == told("tags")["ferns"]
    of_source = digest("--project", blog.root, "posts", "--source", "planet", "--json").json
    assert len(of_source) == 2, "asked for by its source, it is shown"
