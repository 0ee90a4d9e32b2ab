"""editor.md never publishes what its writer did not mean: it says what is wrong, with the line."""

from __future__ import annotations

import pytest

from digest.errors import EditorError
from digest.issue import editor
from digest.models import Decision

URL = "https://a.example/one/"
FRESH = editor.template("Subject", "Preheader", [])
STRAYS = {
    "four dashes": (FRESH.replace("---\n", "----\n", 1), 5, '"subject:" stands'),
    "the first line taken out": (FRESH.replace("---\n", "", 1), 4, '"subject:" stands'),
    "words above the head": (f"Hello.\n{FRESH}", 6, '"subject:" stands'),
    "half of the head below it": (FRESH.replace("# pin:", "---\n# pin:", 1), 9, '"pin:" stands'),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message"), STRAYS.values(), ids=STRAYS)
def test_what_was_never_meant_as_an_introduction_is_refused(
    text: str, line: int, message: str
) -> None:
    with pytest.raises(EditorError) as caught:
        editor.parse(text)
    assert caught.value.where == f"editor.md:{line}"
    assert message in caught.value.message


@pytest.mark.parametrize(("count", "more"), [(30, ""), (31, "and 1 more"), (45, "and 15 more")])
def test_a_fresh_file_asks_about_thirty_posts_and_counts_the_others(count: int, more: str) -> None:
    asked = [
        Decision(id=f"p{n}", url=None, title=f"T{n}", verdict="waiting", rule="twin", detail="d")
        for n in range(count)
    ]
    text = editor.template("S", "P", [], asked=asked)
    assert text.count(": d\n") == 30
    assert more in text
    assert ("see digest build --dry-run" in text) is bool(more)


def test_the_template_names_every_choice_and_where_the_introduction_goes() -> None:
    text = editor.template("S", "P", [], sections=["News", "Books"])
    for key in editor.KEYS:
        if key not in ("updates", "held"):
            assert f"# {key}:" in text
    assert "# sections:           # one of News, Books" in text
    assert text.index("Your introduction goes below") < text.rindex("---")
