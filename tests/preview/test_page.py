"""The page around the issue, as HTML."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.preview.live.live import Live
from digest.preview.page import PATHS, View, page
from digest.preview.shown import Shown, Trouble

VIEWS = st.builds(
    View,
    version=st.sampled_from(["html", "text", "web"]),
    width=st.sampled_from(["600", "360"]),
    colours=st.sampled_from(["system", "light", "dark"]),
)


def shown(**changes: object) -> Shown:
    """Make an issue to show."""
    known = {
        "id": "2026-10-11-weekly",
        "newsletter": "Orchard",
        "title": "Weekly",
        "number": 3,
        "state": "draft",
        "subject": "Grafts",
        "preheader": "",
        "posts": 1,
        "outputs": {"email.html": b"<p>", "email.txt": b"Grafts\n", "web.html": b"<p>"},
    }
    return Shown(**(known | changes))  # type: ignore[arg-type]


class Tags(HTMLParser):
    """Collect the elements of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(max_size=80), VIEWS)
@settings(deadline=None, max_examples=60)
def test_no_words_of_an_issue_become_markup(words: str, view: View) -> None:
    """Whatever stands in a subject, a name, the text or a message."""
    hostile = words + "</pre><script>alert(1)</script>\"'&$issue"
    outputs = {"email.html": b"", "email.txt": hostile.encode("utf-8", "replace"), "web.html": b""}
    plain = page(Live(shown(), (Trouble("a", "b", "c"),)), view)
    full = page(
        Live(
            shown(
                subject=hostile,
                preheader=hostile,
                newsletter=hostile,
                title=hostile,
                outputs=outputs,
            ),
            (Trouble(hostile, hostile, hostile),),
        ),
        view,
    )
    added = {"span"}  # "No preheader" is one
    assert [t for t in Tags(full).found if t not in added] == [
        t for t in Tags(plain).found if t not in added
    ]


@given(VIEWS)
def test_a_view_is_read_back_from_its_address(view: View) -> None:
    parts = urlsplit(view.link())
    version = next(name for name, path in PATHS.items() if path == parts.path)
    assert View.of(version, {k: v[0] for k, v in parse_qs(parts.query).items()}) == view  # type: ignore[arg-type]


def test_text_that_begins_with_an_empty_line_keeps_it() -> None:
    outputs = {"email.html": b"", "email.txt": b"\nGrafts", "web.html": b""}
    assert "\n\nGrafts</pre>" in page(Live(shown(outputs=outputs)), View(version="text"))


def test_files_that_do_not_belong_together_are_noticed() -> None:
    """A file of the issue was changed by hand, or a build was killed halfway."""
    assert "do not belong together" in page(Live(shown(is_whole=False)), View())


def test_an_issue_without_a_preheader_says_so() -> None:
    assert "No preheader" in page(Live(shown()), View())
