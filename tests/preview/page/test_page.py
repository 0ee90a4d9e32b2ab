"""The page around the issue, as HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.models import Decision, PostView, SectionView, replace
from digest.preview.live import Facts, Live, Shown, Trouble, read
from digest.preview.page import View, page
from digest.preview.page.view import PANELS
from digest.preview.views import SAMPLE_SERVICES, WAYS
from digest.workflow.project import Project
from tests.conftest import Blog
from tests.preview.conftest import ISSUE

VIEWS = st.builds(
    View,
    issue=st.sampled_from(["", ISSUE]),
    way=st.sampled_from([way.id for way in WAYS]),
    beside=st.sampled_from(["", *(way.id for way in WAYS)]),
    width=st.integers(240, 1600),
    colours=st.sampled_from(["system", "light", "dark"]),
    panel=st.sampled_from(["", "none", *PANELS]),
    service=st.sampled_from(["", *SAMPLE_SERVICES]),
    at=st.sampled_from(["", "post-1", "finding-0"]),
)


class Tags(HTMLParser):
    """Collect the elements of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)


@pytest.fixture(scope="module")
def shown(seed: Path) -> Shown:
    """Read the issue that is shown."""
    return read(Project(seed).folders, ISSUE)


def written(root: Path, shown: Shown, view: View, *troubles: Trouble) -> str:
    """Return the page of an issue."""
    return page(Live(shown, troubles), Facts(root, shown), view)


def saying(shown: Shown, words: str) -> Shown:
    """Return an issue in which everything that comes from outside is these words."""
    post = PostView(id="a", url="", title=words, excerpt=words)
    issue = replace(
        shown.issue,
        subject=words,
        preheader=words,
        title=words,
        newsletter=replace(shown.issue.newsletter, name=words, sender=words),
        featured=None,
        sections=(SectionView(title=words, posts=(post,)),),
        decisions=(
            Decision(id="a", url=None, title=words, verdict="chosen", rule="window", detail=words),
            Decision(id="b", url=None, title=words, verdict="waiting", rule="limit", detail=words),
        ),
    )
    outputs = {**shown.outputs, "email.txt": words.encode("utf-8", "replace")}
    notes = replace(shown.frozen.notes, introduction=words)
    return replace(shown, frozen=replace(shown.frozen, issue=issue, notes=notes), outputs=outputs)


@given(words=st.text(max_size=40), view=VIEWS)
@settings(max_examples=60)
def test_no_words_of_an_issue_become_markup(
    words: str, view: View, seed: Path, shown: Shown
) -> None:
    """Whatever stands in a subject, a name, a title, a decision, the text or a message."""
    hostile = words + "</pre><script>alert(1)</script>\"'&$issue"
    plain = written(seed, saying(shown, "plain"), view, Trouble("a", "b", "c"))
    full = written(seed, saying(shown, hostile), view, Trouble(hostile, hostile, hostile))
    assert Tags(full).found == Tags(plain).found


@given(VIEWS)
def test_a_view_is_read_back_from_its_address(view: View) -> None:
    query = parse_qs(urlsplit(view.link(at=view.at)).query)
    assert View.of({name: value[0] for name, value in query.items()}) == view


def test_text_that_begins_with_an_empty_line_keeps_it(seed: Path, shown: Shown) -> None:
    begins = replace(shown, outputs={**shown.outputs, "email.txt": b"\nGrafts"})
    assert "\n\nGrafts</pre>" in written(seed, begins, View(way="text"))


def test_files_that_do_not_belong_together_are_noticed(seed: Path, shown: Shown) -> None:
    """A file of the issue was changed by hand, or a build was killed halfway."""
    assert "do not belong together" in written(seed, replace(shown, is_whole=False), View())


@pytest.mark.parametrize("rule", ["pinned", "window", ""])
def test_a_post_that_is_pinned_can_be_unpinned_and_any_other_pinned(
    seed: Path, shown: Shown, rule: str
) -> None:
    decisions = [
        Decision(id=post.id, url=post.url, title=post.title, verdict="chosen", rule=rule, detail="")
        for post in shown.issue.posts
        if rule
    ]
    issue = replace(shown.issue, decisions=tuple(decisions))
    decided = replace(shown, frozen=replace(shown.frozen, issue=issue))
    acts = re.findall(r'data-act="(pin|unpin)"', written(seed, decided, View(panel="posts")))
    assert set(acts) == {"unpin" if rule == "pinned" else "pin"}


def test_an_issue_without_a_preheader_says_so(seed: Path, shown: Shown) -> None:
    issue = replace(shown.issue, preheader="")
    silent = replace(shown, frozen=replace(shown.frozen, issue=issue))
    assert "No preheader" in written(seed, silent, View())


@pytest.mark.parametrize("way", [way.id for way in WAYS if way.is_simulated])
def test_what_is_simulated_says_so(seed: Path, shown: Shown, way: str) -> None:
    """Nobody shall take a drawing of Outlook for Outlook."""
    assert "Simulated:" in written(seed, shown, View(way=way))


def test_two_views_stand_side_by_side(seed: Path, shown: Shown) -> None:
    """Each under its name."""
    both = written(seed, shown, View(way="word", beside="html"))
    assert both.count("<iframe") == 2
    assert "<b>Outlook (Word).</b>" in both
    assert "<b>Email.</b>" in both


def test_without_an_issue_before_that_is_said(seed: Path, shown: Shown) -> None:
    assert "first issue of its edition" in written(seed, shown, View(way="last"))


def test_the_source_is_whole_and_counts_its_lines(seed: Path, shown: Shown) -> None:
    """Long lines are parted for the eye; the bytes stay."""
    from html import unescape
    from re import sub

    html = written(seed, shown, View(way="source"))
    rows = html.split('class="source"', 1)[1].split(">", 1)[1].split("</pre>")[0]
    kept = unescape(sub(r"<[^>]*>", "", sub(r"<b aria-hidden.*?</b>", "", rows)))
    source = shown.outputs["email.html"].decode()
    assert kept.replace(" ", "") == source.replace("\n", "").replace(" ", "")


def test_every_candidate_stands_there_with_its_decision(seed: Path, shown: Shown) -> None:
    """Chosen ones with their rule, others with what would change it."""
    told = written(seed, saying(shown, "Moss"), View(panel="posts"))
    assert "<b>window</b> <span>Moss" in told
    assert "<b>limit</b> <span>Moss" in told
    assert "Raise limit in digest.toml" in told


def test_the_meter_counts_every_byte_once(seed: Path, shown: Shown) -> None:
    told = written(seed, shown, View(panel="size"))
    total = len(shown.outputs["email.html"])
    assert f"{total:,}" in told
    assert f"{102_400 - total:,} bytes are left" in told
    assert f"{100_000 - total:,} bytes are left" in told


@pytest.mark.parametrize("panel", ["posts", "size", "fixups", "letter"])
def test_titles_run_in_the_direction_of_their_own_script(
    seed: Path, shown: Shown, panel: str
) -> None:
    """Every element whose words are a title says so, the subject and the size table among them."""
    hebrew = "עכברים ושיחים"
    told = written(seed, saying(shown, hebrew), View(panel=panel))
    heading = re.search(rf"<h1[^>]*>{hebrew}</h1>", told)
    assert heading is not None
    assert 'dir="auto"' in heading[0]
    assert [it for it in re.findall(rf"<(?:a|b)\b[^>]*>{hebrew}<", told) if "dir=" not in it] == []


def test_a_section_is_chosen_where_the_edition_has_some(garden: Blog) -> None:
    """A post stands in its own; one that a rule put nowhere says that, and only one is chosen."""
    root, sections = garden.root, '[[edition.weekly.section]]\ntitle = "{}"\ntags = ["{}"]\n'
    shown = read(Project(root).folders, ISSUE)
    assert "as the rules say" not in written(root, shown, View(panel="posts"))
    garden.configure(sections.format("Birds", "none") + sections.format("Roofs", "none"))
    nowhere = written(root, shown, View(panel="posts"))
    assert '<option value="" selected>as the rules say</option><option>Birds</option>' in nowhere
    first = shown.issue.featured
    assert first is not None
    issue = replace(
        shown.issue, featured=None, sections=(SectionView(title="Roofs", posts=(first,)),)
    )
    there = replace(shown, frozen=replace(shown.frozen, issue=issue))
    inside = written(root, there, View(panel="posts"))
    assert "<option>Birds</option><option selected>Roofs</option>" in inside
    assert "as the rules say" not in inside


def test_drafts_are_offered_for_services_and_not_for_mail_servers(garden: Blog) -> None:
    services = "[service.smtp]\nurl = 'smtp://127.0.0.1:1'\n[service.folder]\npath = '../drafts'\n"
    garden.configure(services)
    facts = Facts(garden.root, read(Project(garden.root).folders, ISSUE))
    assert facts.services == ("folder",)
