"""The introduction: nothing of the editor's Markdown is lost, and readers are addressed by every service."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.dialects import DIALECTS
from digest.issue.introduction import to_html
from digest.models import Page, Slotted, replace
from digest.rendering import fill
from tests.golden import hold
from tests.rendering.issues import issue

SITE = "https://a.example/"


def test_footnotes_are_numbered_and_stand_at_the_end() -> None:
    html = to_html(
        "Moss[^b] is *soft*[^1].\n\n[^1]: So they say,\n    and more.\n[^b]: Or *not*.\n\nBye.",
        SITE,
    )
    assert html == (
        "<p>Moss<sup>1</sup> is <em>soft</em><sup>2</sup>.</p>\n<p>Bye.</p>\n"
        "<p><sup>1</sup> Or <em>not</em>.</p>\n<p><sup>2</sup> So they say, and more.</p>"
    )


def test_code_keeps_what_looks_like_a_footnote_or_a_name() -> None:
    assert to_html("`[^1]` and `{{ first_name }}`\n\n[^1]: x", SITE).startswith(
        "<p><code>[^1]</code> and <code>{{ first_name }}</code></p>"
    )


def test_tables_survive() -> None:
    html = to_html("| a | b |\n|---|---|\n| 1 | 2 |\n", SITE)
    assert html.count("<td>") == html.count("<th>") == 2


@pytest.mark.parametrize("service", sorted(DIALECTS))
@pytest.mark.parametrize("kind", ["html", "text"])
def test_a_reader_is_addressed_as_each_service_does_it(service: str, kind: str) -> None:
    html = to_html('Dear {{ first_name | "dear friend" }}, dear {{first_name}}!', SITE)
    value = Slotted(kind="html", value=html.replace("<p>", "").replace("</p>", ""))
    page = Page(kind=kind, segments=("", ""), places=(0,), values=(value,))  # type: ignore[arg-type]
    made = fill(page, DIALECTS[service], replace(issue(), labels={}))
    tag = DIALECTS[service].tags.get("first_name")
    named = tag.replace("there", "dear friend") if tag else "dear friend"
    nobody = tag or "there"
    assert made.strip() == f"Dear {named}, dear {nobody}!"


def test_an_introduction_becomes_this() -> None:
    hold(Path(__file__).with_name("introductions.txt"), lambda _, said: to_html(said, SITE))
