"""An issue stays within its edition's bytes: by a ladder, from its end, and never without saying so."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ConfigError, EditorError, TemplateError
from digest.issue.budget import LADDER, costs, shown_at, within
from digest.models import Decision, Issue, Page, PostView, Rendered, SectionView, Slotted, replace
from digest.rendering import Renderer, dialect, fill
from digest.rendering.page.levels import more, shortened
from digest.rendering.words import labels
from tests.conftest import Answer, Blog, Run
from tests.rendering import issues

SHIPPED = Path(__file__).parents[2] / "templates"
MARKUP = "<td>" * 12
FOOT = "<footer>" * 40


@cache
def weekly() -> Renderer:
    """Return a renderer of the shipped templates, one for all tests."""
    return Renderer([SHIPPED])


def html(issue: Issue, pages: Rendered) -> str:
    """Return email.html."""
    return fill(pages.email, dialect(issue.service), issue)


def pinning(issue: Issue, numbers: set[int]) -> Issue:
    """Return the issue with some of its posts pinned by the editor."""
    decisions = tuple(
        Decision(
            id=post.id, url=post.url, title=post.title, verdict="chosen",
            rule="pinned" if number in numbers else "in-window",
        )
        for number, post in enumerate(issue.posts)
    )  # fmt: skip
    return replace(issue, decisions=decisions)


# ---------------------------------------------------------------- the ladder


def toy(issue: Issue) -> Rendered:
    """Render by a template of few words that shows bodies, so that hundreds of issues cost nothing."""
    page = Page(kind="html", **_parts(shortened(issue), more(issue)))
    return Rendered(email=page, web=page, text=page)


def _parts(issue: Issue, line: str) -> dict[str, tuple]:  # type: ignore[type-arg]
    segments, values = ["<head>"], []
    for section in (SectionView(title="", posts=issue.posts[:1]), *issue.sections):
        segments[-1] += f"<h2>{section.title}</h2>"
        for post in section.posts:
            for text in _values(post):
                segments.append(MARKUP)
                values.append(text)
    segments.append("<p>")
    values += [Slotted(kind="text", value=line)]
    segments[-1] += FOOT
    return {
        "segments": tuple(segments),
        "places": tuple(range(len(values))),
        "values": tuple(values),
    }


def _values(post: PostView) -> Iterator[Slotted]:
    yield Slotted(kind="text", value=post.url)
    yield Slotted(kind="text", value=post.title)
    if post.body or post.excerpt:
        yield Slotted(kind="html" if post.body else "text", value=post.body or post.excerpt)


words = st.text(alphabet="abc é{", max_size=120)


@st.composite
def whole_issues(draw: st.DrawFn) -> Issue:
    """Make an issue of up to forty posts in up to three sections, some of them pinned."""
    count = draw(st.integers(1, 40))
    posts = [
        PostView(id=f"p{n}", url=f"https://a.example/{n}/", title=draw(words), excerpt=draw(words), body=draw(words) * 3)
        for n in range(count)
    ]  # fmt: skip
    cuts = sorted(draw(st.lists(st.integers(1, count), max_size=2)))
    edges = [1, *cuts, count]
    parts = [posts[start:end] for start, end in pairwise(edges) if start < end]
    sections = tuple(SectionView(title=f"S{n}", posts=tuple(part)) for n, part in enumerate(parts))
    pinned = draw(st.sets(st.integers(0, count - 1), max_size=6))
    return pinning(issues.issue(featured=posts[0], sections=sections), pinned)


def pinned_of(issue: Issue) -> set[str]:
    """Return the ids of the pinned posts."""
    return {d.id for d in issue.decisions if d.rule == "pinned"}


@settings(max_examples=100)
@given(whole_issues(), st.integers(400, 40_000))
def test_every_issue_keeps_its_promises(issue: Issue, max_bytes: int) -> None:
    """Never over the budget, pinned posts untouched, shortened from the end, the featured post last."""
    try:
        fitted, pages = within(issue, max_bytes, toy)
    except (EditorError, ConfigError) as error:
        assert f"{max_bytes:,}" in str(error)
        return
    size = len(html(fitted, pages))
    assert size <= max_bytes
    assert pages == toy(fitted)
    shown = [LADDER.index(post.shown) for post in fitted.posts]
    pinned = pinned_of(issue)
    rest = [
        level
        for level, post in zip(shown[1:], fitted.posts[1:], strict=True)
        if post.id not in pinned
    ]
    assert rest == sorted(rest)
    assert len(set(rest)) <= 2, "one rung at a time"
    assert all(post.shown == "full" for post in fitted.posts if post.id in pinned)
    if shown[0]:
        assert set(rest) <= {LADDER.index("left")}
        assert fitted.posts[0].shown != "left"
    as_before = shown_at(fitted, dict.fromkeys(range(issue.count), "full"))
    assert as_before == issue, "nothing but the level changes"
    assert within(issue, max_bytes, toy) == (fitted, pages)


@settings(max_examples=80)
@given(whole_issues(), st.integers(0, 30_000))
def test_an_issue_within_its_budget_is_left_alone(issue: Issue, spare: int) -> None:
    pages = toy(issue)
    assert within(issue, len(html(issue, pages)) + spare, toy) == (issue, pages)


@settings(max_examples=80)
@given(whole_issues(), st.integers(1000, 30_000))
def test_no_post_is_shortened_without_need(issue: Issue, max_bytes: int) -> None:
    """With the last step taken back, the issue would be too large."""
    try:
        fitted, _ = within(issue, max_bytes, toy)
    except (EditorError, ConfigError):
        return
    pinned = pinned_of(issue)
    levels = {n: post.shown for n, post in enumerate(fitted.posts) if n and post.id not in pinned}
    lowest = max((LADDER.index(level) for level in levels.values()), default=0)
    if not lowest or fitted.posts[0].shown != "full":
        return
    last_step = min(n for n, level in levels.items() if level == LADDER[lowest])
    undone = shown_at(fitted, {last_step: LADDER[lowest - 1]})
    assert len(html(undone, toy(undone))) > max_bytes


def test_a_post_that_has_nothing_to_lose_is_not_shortened() -> None:
    """Neither post shows which bytes are its own; only the last has a body to give up."""
    bare = PostView(id="p2", url="https://a.example/2/", title="", excerpt="a")
    long = PostView(id="p3", url="https://a.example/3/", title="", body="\u00e9" * 3)
    featured = PostView(id="p0", url="https://a.example/0/", title="", body="aaa")
    made = issues.issue(featured=featured, sections=(SectionView(title="S", posts=(bare, long)),))
    made = pinning(made, {0})
    fitted, _ = within(made, len(html(made, toy(made))) - 1, toy)
    assert [post.shown for post in fitted.posts] == ["full", "full", "excerpt"]


@settings(max_examples=60)
@given(whole_issues(), st.integers(1000, 30_000))
def test_few_renderings_settle_it(issue: Issue, max_bytes: int) -> None:
    """One for each rung of the ladder and then, nearly always, one or two more."""
    rendered: list[Issue] = []

    def counted(one: Issue) -> Rendered:
        rendered.append(one)
        return toy(one)

    try:
        within(issue, max_bytes, counted)
    except (EditorError, ConfigError):
        return
    assert len(rendered) <= 10


def test_the_rungs_of_the_ladder_follow_each_other() -> None:
    """As the budget shrinks, bodies go first, then excerpts, then posts, then what the featured post has."""
    posts = [issues.post(n, body=f"<p>{'Long story. ' * 30}</p>") for n in range(6)]
    issue = issues.issue(
        featured=posts[0], sections=(SectionView(title="", posts=tuple(posts[1:])),)
    )
    seen = []
    for max_bytes in range(len(html(issue, toy(issue))), 300, -25):
        try:
            fitted, _ = within(issue, max_bytes, toy)
        except ConfigError:
            break
        shown = [post.shown for post in fitted.posts]
        if shown not in seen:
            seen.append(shown)
    ranks = [[LADDER.index(level) for level in shown] for shown in seen]
    assert all(
        all(a <= b for a, b in zip(one, other, strict=True)) for one, other in pairwise(ranks)
    )
    assert ["full"] + ["excerpt"] * 5 in seen
    assert ["full"] + ["title"] * 5 in seen
    assert ["full"] + ["left"] * 5 in seen
    assert seen[-1] == ["title"] + ["left"] * 5


# ---------------------------------------------------------------- the weekly


@pytest.mark.parametrize(
    ("count", "max_bytes"), [(45, 100_000), (60, 100_000), (60, 20_000), (45, 11_000)]
)
def test_a_weekly_issue_of_any_length_comes_out_under_its_budget(
    count: int, max_bytes: int
) -> None:
    issue = issues.plain_of(count)
    fitted, pages = within(issue, max_bytes, weekly().render)
    size = len(html(fitted, pages))
    shown = Counter(post.shown for post in fitted.posts)
    assert max_bytes - 2500 <= size <= max_bytes or fitted == issue
    assert shown["excerpt"] == 0, (
        "the weekly shows no bodies, so there is nothing between all and a title"
    )
    if shown["left"]:
        assert f"and {shown['left']} more on the site" in html(fitted, pages)


def test_a_post_shown_by_title_alone_has_its_byline_and_no_more() -> None:
    posts = (issues.post(1), issues.with_series())
    issue = issues.issue(featured=issues.post(2), sections=(SectionView(title="", posts=posts),))
    fitted = shown_at(issue, {1: "title", 2: "title"})
    pages = weekly().render(fitted)
    page, text = html(fitted, pages), fill(pages.text, dialect("plain"), fitted)
    for post in issue.posts[1:]:
        for part in (post.title, post.byline, post.url):
            assert part in page.replace("&#39;", "'")
            assert part in text
        assert post.image is not None
        assert post.image.url not in page
        assert post.excerpt[:30] not in page
        assert post.excerpt[:30] not in text
    assert "Greenhouse notes" in page
    assert "/greenhouse/1/" not in page + text


def test_posts_left_to_the_site_are_counted_with_a_link() -> None:
    issue = issues.plain_of(9)
    fitted = shown_at(issue, dict.fromkeys(range(2, 9), "left"))
    pages = weekly().render(fitted)
    page, text = html(fitted, pages), fill(pages.text, dialect("plain"), fitted)
    assert re.search(
        r'<a [^>]*href="https://garden.example.org/"[^>]*>and 7 more on the site</a>', page
    )
    assert "\nand 7 more on the site\nhttps://garden.example.org/\n" in text
    assert issue.posts[2].title not in page + text


def test_without_an_address_the_line_stands_alone() -> None:
    issue = issues.plain_of(3)
    issue = replace(issue, newsletter=replace(issue.newsletter, url=""))
    fitted = shown_at(issue, {1: "left", 2: "left"})
    assert ">and 2 more on the site</p>" in html(fitted, weekly().render(fitted))


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "cy", "ar", "ja"])
def test_the_line_is_in_the_newsletters_language(language: str) -> None:
    fitted = shown_at(issues.plain_of(9), dict.fromkeys(range(2, 9), "left"))
    fitted = replace(
        fitted,
        newsletter=replace(fitted.newsletter, language=language),
        labels=dict(labels.words(language)),
    )
    assert "7" in more(fitted)
    assert (more(fitted) == "and 7 more on the site") == (language == "en")


def test_one_post_is_counted_as_one() -> None:
    german = labels.Wording("de")
    one, two = german.counted("more_on_site", 1), german.counted("more_on_site", 2)
    assert one != two.replace("2", "1")
    assert "1" not in labels.Wording("ar").counted("more_on_site", 1)


def test_a_section_of_which_nothing_is_left_vanishes() -> None:
    issue = issues.in_sections()
    last = len(issue.sections[-1].posts)
    fitted = shown_at(issue, dict.fromkeys(range(issue.count - last, issue.count), "left"))
    assert "Dates for your diary" not in html(fitted, weekly().render(fitted))


def test_the_page_on_the_web_shows_everything() -> None:
    """Only the email is short of bytes; whoever opens it in a browser sees the whole issue."""
    issue = issues.plain_of(60)
    fitted, pages = within(issue, 20_000, weekly().render)
    assert pages.web == weekly().render(issue).web
    assert pages.email != weekly().render(issue).email
    assert len(fitted.posts) == 60


def test_a_budget_that_the_page_alone_exceeds_says_what_would_do() -> None:
    issue = issues.plain_of(12)
    with pytest.raises(
        ConfigError, match=r"\[edition\.weekly\] max_bytes: 5,000 bytes cannot be met"
    ) as told:
        within(issue, 5000, weekly().render)
    least = int(re.findall(r"to ([\d_]+) or more", str(told.value))[0].replace("_", ""))
    fitted, pages = within(issue, least, weekly().render)
    assert len(html(fitted, pages)) == least
    with pytest.raises(ConfigError):
        within(issue, least - 1, weekly().render)


def test_pinned_posts_that_do_not_fit_are_named_with_their_bytes() -> None:
    issue = pinning(issues.plain_of(12), set(range(12)))
    with pytest.raises(EditorError) as told:
        within(issue, 20_000, weekly().render)
    said = str(told.value)
    assert said.startswith("issues/2026-11-23-weekly/editor.md: 20,000 bytes cannot be met")
    assert re.search(r'"Seed swap: bring what you have, take what you like" \([12],\d{3}\)', said)
    assert "and 4 more" not in said
    assert "4 more" in said
    assert "unpin" in told.value.hint


def test_links_that_the_editor_added_stay() -> None:
    """They lead elsewhere, so the site could not make up for them."""
    issue = issues.plain_of(60)
    link = PostView(id="link:https://b.example/", url="https://b.example/", title="From elsewhere")
    posts = (*issue.sections[0].posts, link)
    issue = replace(issue, sections=(SectionView(title="", posts=posts),))
    fitted, pages = within(issue, 20_000, weekly().render)
    assert fitted.posts[-1].shown == "full"
    assert "https://b.example/" in html(fitted, pages)


def test_a_template_that_would_drop_posts_without_a_word_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "issue.mjml.j2").write_text(
        "<mjml><mj-body><mj-section><mj-column>{% for post in issue.posts %}"
        '<mj-text><a href="{{ post.url }}">{{ post.title }}</a></mj-text>'
        "{% endfor %}</mj-column></mj-section></mj-body></mjml>"
    )
    (folder / "issue.txt.j2").write_text("{{ issue.subject }}\n")
    renderer = Renderer([tmp_path, SHIPPED])
    with pytest.raises(TemplateError, match=r"mine/issue\.mjml\.j2.*\{\{ more \}\}"):
        within(replace(issues.plain_of(60), template="mine"), 10_000, renderer.render)


def test_what_posts_cost_adds_up_to_nearly_the_whole_page() -> None:
    issue = issues.plain_of(20)
    pages = weekly().render(issue)
    told = costs(issue, pages)
    empty = len(html(issues.plain_of(1), weekly().render(issues.plain_of(1))))
    total = sum(cost.html_bytes for cost in told[1:])
    assert total == pytest.approx(len(html(issue, pages)) - empty, rel=0.03)
    assert all(1000 < cost.html_bytes < 4000 for cost in told)


def test_eleven_posts_with_pictures_stay_small() -> None:
    """Well under the 45,000 bytes that leave room for a service's own links and tracking."""
    issue = issues.plain_of(11)
    assert len(html(issue, weekly().render(issue))) <= 45_000


# ---------------------------------------------------------------- the command line


def long_blog(blog: Blog, posts: int, edition: str = "") -> Blog:
    """Fill the blog with so many posts of one week, some with pictures."""
    blog.configure(edition)
    for n in range(posts):
        body = (
            f"![A hedge](https://letter.example/{n}.jpg)\n\n{'A hedge is a wall that grows. ' * 12}"
        )
        blog.write(
            f"post-{n:03}",
            f"Hedge number {n}",
            f"2026-10-07T{n // 60:02}:{n % 60:02}:00Z",
            "hedges",
            body,
        )
    return blog


def build(digest: Run, blog: Blog, *options: str) -> Answer:
    return digest("--project", blog.root, *options, "build", "--date", "2026-10-08")


@pytest.mark.parametrize(("posts", "max_bytes"), [(280, 100_000), (60, 20_000)])
def test_an_issue_of_far_too_many_posts_is_built_under_its_budget(
    digest: Run, blog: Blog, posts: int, max_bytes: int
) -> None:
    long_blog(blog, posts - 3, f"max_bytes = {max_bytes}\n")
    built = build(digest, blog)
    assert built.code == 0, built.err
    folder = blog.issue("2026-10-08-weekly")
    page = (folder / "email.html").read_bytes()
    assert max_bytes - 2500 < len(page) <= max_bytes
    said = re.search(
        rf"Over {max_bytes:,} bytes: (\d+) posts shown by title only, (\d+) left to the site",
        built.err,
    )
    assert said, built.err
    assert f"and {said[2]} more on the site" in page.decode()
    assert int(said[1]) + int(said[2]) == posts - 1


def test_posts_left_to_the_site_count_as_sent(digest: Run, blog: Blog) -> None:
    """The line has announced them, so they do not come again."""
    long_blog(blog, 40, "max_bytes = 15000\n")
    (built,) = digest("--project", blog.root, "build", "--date", "2026-10-08", "--json").json
    assert len(built["posts"]) == 43
    assert built["findings"] == 43  # with a preheader that is short
    assert built["html_bytes"] <= 15_000
    blog.write("new", "Something new", "2026-10-12T09:00:00Z")
    (after,) = digest("--project", blog.root, "build", "--date", "2026-10-15", "--json").json
    assert after["posts"] == ["https://letter.example/new/"]


def test_a_shortened_issue_is_unchanged_when_built_again_and_rebuilt_from_its_record(
    digest: Run, blog: Blog
) -> None:
    long_blog(blog, 40, "max_bytes = 20000\n")
    build(digest, blog)
    assert "unchanged" in build(digest, blog).out
    assert digest("--project", blog.root, "rebuild", "latest", "--check").code == 0


def test_verbose_lists_what_each_post_costs(digest: Run, blog: Blog) -> None:
    long_blog(blog, 40, "max_bytes = 20000\n")
    said = build(digest, blog, "--verbose").err
    assert re.search(r"^ +[1-9][\d,]+ bytes  full  +Learning by doing$", said, re.M), said
    assert re.search(r"^ +[1-9]\d\d bytes  title +Hedge number 39$", said, re.M)
    assert re.search(r"^ +0 bytes  left  +Counting the swifts$", said, re.M)


def test_pinned_posts_keep_their_place_and_their_words(digest: Run, blog: Blog) -> None:
    long_blog(blog, 40, "max_bytes = 20000\n")
    folder = blog.issue("2026-10-08-weekly")
    build(digest, blog)
    pin = "https://letter.example/one/"
    assert pin not in (folder / "email.html").read_text()
    (folder / "editor.md").write_text(
        f"---\npin:\n  - https://letter.example/post-039/\n  - {pin}\n---\n"
    )
    assert build(digest, blog).code == 0
    assert "They came back late." in (folder / "email.html").read_text()
    shown = {post.get("shown", "full") for post in _posts(folder) if post["permalink"] == pin}
    assert shown == {"full"}


def _posts(folder: Path) -> Iterator[dict[str, str]]:
    issue = json.loads((folder / "issue.json").read_text())["issue"]
    yield issue["featured"]
    yield from (post for section in issue["sections"] for post in section["posts"])


def test_when_everything_is_pinned_the_error_names_the_way_out(digest: Run, blog: Blog) -> None:
    long_blog(blog, 40, "max_bytes = 20000\n")
    folder = blog.issue("2026-10-08-weekly")
    build(digest, blog)
    before = (folder / "email.html").read_bytes()
    pins = "".join(f"  - https://letter.example/post-{n:03}/\n" for n in range(40))
    (folder / "editor.md").write_text(f"---\npin:\n{pins}---\n")
    refused = build(digest, blog)
    assert refused.code == 1
    assert re.search(
        r'editor\.md: 20,000 bytes cannot be met.*"Hedge number \d+" \(\d,\d{3}\)', refused.err
    )
    assert re.search(
        r"Raise \[edition\.weekly\] max_bytes to \d+_\d{3} or more, or unpin", refused.err
    )
    assert (folder / "email.html").read_bytes() == before


def test_a_short_issue_says_nothing_of_bytes(digest: Run, blog: Blog) -> None:
    said = build(digest, blog)
    assert "Over" not in said.err
