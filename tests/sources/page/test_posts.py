"""Pages that were saved or copied, and every field of what is read of them: `posts.txt` shows it."""

from __future__ import annotations

from pathlib import Path

from digest.errors import DigestError
from tests.golden import hold
from tests.sources.page.test_page import PAGES, saved
from tests.sources.test_feed_listing import fields


def test_pages_give_what_is_listed() -> None:
    """The pages lie in `data/pages`."""
    hold(Path(__file__).with_name("posts.txt"), lambda name, _: _told(name))


def _told(name: str) -> str:
    try:
        batch = saved(name)
    except DigestError as exc:
        return f"refused: {exc.message}. {exc.hint}"
    told = [line for item in batch.items for line in fields(item)]
    told += [f"{each.where}: {each.message}" for each in batch.problems]
    return "\n".join(told).replace(f"{PAGES}/", "")
