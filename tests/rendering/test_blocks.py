"""Pages put together from blocks: the very bytes that the page has when it is compiled whole."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.models import Page, replace
from digest.rendering import Renderer
from digest.rendering.context import context
from digest.rendering.page import keeping
from digest.rendering.page.compiling.inline import inline
from digest.rendering.page.compiling.minify import minify
from digest.rendering.page.compiling.mjml import compile_mjml
from digest.rendering.page.cutting import cut, said
from digest.rendering.page.tokens import TOKEN
from tests.rendering import shipping
from tests.rendering.conftest import SHIPPED
from tests.rendering.issues import CASES, issue, plain_of, post, varied
from tests.rendering.test_template import MINE, Own, html_of

RENDERER = Renderer([SHIPPED])
TEMPLATES = ("weekly", "briefing", "series")
LOOKS = ({}, {"base": "paper"}, {"base": "harbour"}, {"button": "link", "width": "560px"})


def tokens_of(page: Page) -> str:
    """Return a page with its tokens, those of regions as comments, as the compiler left it."""
    shown = [
        f"<!--zq{place:04}fqz-->"
        if page.values[place].kind in ("given", "otherwise", "end")
        else f"zq{place:04}fqz"
        for place in page.places
    ]
    return "".join(text + token for text, token in zip(page.segments, [*shown, ""], strict=True))


def assert_joined_as_compiled_whole(made: object, theme: dict[str, str], medium: str) -> None:
    name = f"{made.template}/issue.mjml.j2"  # type: ignore[attr-defined]
    seen = context(made, RENDERER.theme(made.template, theme), medium)  # type: ignore[attr-defined, arg-type]
    page, values = RENDERER._html.run(name, seen)
    whole = minify(inline(*compile_mjml(page)))
    assert tokens_of(RENDERER._shapes.page(page, list(values))) == whole


@settings(max_examples=60)
@given(
    seed=st.integers(0, 10**9),
    posts=st.integers(1, 14),
    name=st.sampled_from(TEMPLATES),
    theme=st.sampled_from(LOOKS),
    medium=st.sampled_from(["email", "web"]),
)
def test_random_issues(
    seed: int, posts: int, name: str, theme: dict[str, str], medium: str
) -> None:
    assert_joined_as_compiled_whole(varied(seed, posts, template=name), theme, medium)


@pytest.mark.parametrize("case", sorted(CASES))
@pytest.mark.parametrize("name", TEMPLATES)
def test_every_case(name: str, case: str) -> None:
    made = replace(CASES[case](), template=name)
    for medium in ("email", "web"):
        assert_joined_as_compiled_whole(made, {}, medium)


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return for each pass of the compiler from now on how many blocks it was given."""
    passes: list[int] = []
    real = keeping.compiled

    def counted(page: keeping.Cut) -> list[str]:
        passes.append(sum(map(len, page.holes)))
        return real(page)

    monkeypatch.setattr(keeping, "compiled", counted)
    return passes


def test_a_new_week_of_known_blocks_compiles_nothing(compiled: list[int]) -> None:
    renderer = Renderer([SHIPPED])
    plain, pictured = post(1, image=None), post(2)
    renderer.render(issue(sections=(replace(issue().sections[0], posts=(plain, pictured)),)))
    before = len(compiled)
    for posts in ((pictured, plain, plain), (plain,), (pictured, pictured, plain, pictured)):
        renderer.render(issue(sections=(replace(issue().sections[0], posts=posts),)))
    assert len(compiled) == before


def test_email_and_web_share_their_blocks(compiled: list[int]) -> None:
    """The web page's head says more, and its footer less; its posts look the same."""
    Renderer([SHIPPED]).render(issue())
    email, web = compiled
    assert web < email


def test_all_that_is_missing_is_compiled_in_one_pass(compiled: list[int]) -> None:
    renderer = Renderer([SHIPPED])
    renderer.render(issue())
    compiled.clear()
    late, bare = post(1, mark="late", image=None), post(2, excerpt="", byline="")
    renderer.render(issue(sections=(replace(issue().sections[0], posts=(late, post(3), bare)),)))
    assert compiled == [2]


def column(text: str, head: str = "") -> str:
    """Return a template of one column that holds a text."""
    return (
        f"<mjml><mj-head>{head}</mj-head><mj-body><mj-section><mj-column>{text}</mj-column>"
        "</mj-section></mj-body></mjml>"
    )


def test_a_template_of_components_is_cut_too(own: Own, compiled: list[int]) -> None:
    renderer = own(
        column(
            "{% for post in issue.posts %}<mj-text><p>{{ post.title }}</p></mj-text>"
            '{% if post.image %}<mj-image src="{{ post.image.url }}" alt="" />{% endif %}{% endfor %}'
        )
    )
    assert html_of(renderer).count("<p") == len(MINE.posts)
    passes = len(compiled)
    assert html_of(renderer, replace(MINE, featured=post(9))).count("<p") == len(MINE.posts)
    assert len(compiled) == passes


ROWS = '<mj-raw><tr class="a"><td>{{ issue.date }}</td></tr></mj-raw>' * 2


@pytest.mark.parametrize(
    ("text", "head"),
    [
        # a style that tells a block by the one before it
        (ROWS, '<mj-style inline="inline">.a + .a { color: #ff0000; }</mj-style>'),
        (ROWS, '<mj-style inline="inline">.a:first-child { color: #ff0000; }</mj-style>'),
        # a comment that begins before one block and ends after another
        (f"<!-- <mj-raw>1</mj-raw><mj-raw>2</mj-raw> -->{ROWS}", ""),
        # a style sheet in a block, which says what classes all others need
        (f"<mj-raw><style>.a {{ color: #ff0000 }}</style></mj-raw>{ROWS}", ""),
    ],
)
def test_what_depends_on_its_neighbours_is_compiled_whole(own: Own, text: str, head: str) -> None:
    renderer = own(column(text, head))
    seen = context(MINE, renderer.theme("mine", {}), "email")
    page, values = renderer._html.run("mine/issue.mjml.j2", seen)
    whole = minify(inline(*compile_mjml(page)))
    assert tokens_of(renderer._shapes.page(page, values)) == whole
    assert len(keeping.planned(page).parts) == 1


def test_cutting_loses_nothing_but_white_space() -> None:
    page = "<mjml><mj-column a='b'> <mj-raw>1</mj-raw>\n<mj-text>2</mj-text> </mj-column></mjml>"
    made = cut(page)
    assert made.frame == ("<mjml><mj-column a='b'>", "</mj-column></mjml>")
    assert made.holes == (("<mj-raw>1</mj-raw>", "<mj-text>2</mj-text>"),)


@given(st.lists(st.integers(0, 3000), max_size=8))
def test_a_piece_is_known_again_by_other_numbers(numbers: list[int]) -> None:
    text = "-".join(f"zq{number:04}fqz" for number in numbers)
    other = "-".join(f"zq{number + 7:04}fqz" for number in numbers)
    assert said(text)[:2] == said(other)[:2]
    assert not TOKEN.search(said(text).text)


@cache
def as_carried(template: str) -> Renderer:
    """Return what knows of a template what a wheel brings along, and no less."""
    renderer = Renderer([SHIPPED])
    for seed in range(160):
        renderer.render(replace(shipping.unlike(seed), template=template))
    return renderer


@pytest.mark.parametrize("letter", [{}, {"archive": ""}, {"archive": "", "unsubscribe": ""}])
@pytest.mark.parametrize("template", TEMPLATES)
def test_what_a_wheel_carries_is_enough_for_a_newcomers_first_weeks(
    monkeypatch: pytest.MonkeyPatch, template: str, letter: dict[str, str]
) -> None:
    """A project as `init` makes it names no archive: its page on the web has a head of its own."""
    renderer = as_carried(template)
    usual = CASES["series"]() if template == "series" else plain_of(10)
    made = replace(usual, template=template, web_url="" if letter else "https://a.example/")
    newcomer = replace(made, newsletter=replace(made.newsletter, **letter))

    def refuse(*_: object) -> None:
        raise AssertionError("something had to be compiled")

    monkeypatch.setattr(keeping, "made_anew", refuse)
    for introduction in ("", "<p>Good morning.</p>"):
        renderer.render(replace(newcomer, introduction=introduction))
