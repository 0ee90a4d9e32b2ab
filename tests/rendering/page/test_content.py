"""Content comes through: whatever a post says, on the page it reads the same and does nothing."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.models import Image, Issue, SectionView, replace
from digest.rendering import DIALECTS, Renderer, dialect, fill
from tests.rendering.conftest import SHIPPED
from tests.rendering.issues import issue, post

RENDERER = Renderer([SHIPPED])

TRICKY = (
    "I <3 kale",
    "]]> and <![CDATA[ x",
    "{{ name }} {% if %} {# x #}",
    "*|FNAME|* %%{first_name}%% {$name} [[UNSUB]]",
    "A gardener 👩🏽‍🌾 and a family 👨‍👩‍👧‍👦 ❤️",
    "हिन्दी में बाग़वानी",
    "ประเทศไทย",
    "שָׁלוֹם",
    "الحَدِيقَة",
    "back\\slash \\u{200d} \\n",
    "\"double\" and 'single' and `tick`",
    "zq0001fqz",
    "</title></style><script>alert(1)</script>",
    "--> <!-- <![endif]-->",
    "&amp; &#60; &",
    "<mj-section><mj-text>",
)


class Reader(HTMLParser):
    """Collect texts, links and alt texts of a page, as a browser would read them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.alts: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        found = dict(attrs)
        self.alts += [found["alt"] or ""] if "alt" in found else []

    def handle_data(self, data: str) -> None:
        self.texts.append(as_read(data))


def as_read(words: str) -> str:
    """Return words with the blanks within dates as all others are."""
    return words.replace("\u00a0", " ")


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html.replace("<!--[if mso]>&#8203;<![endif]-->", ""))  # for Outlook alone
    reader.close()
    return reader


def saying(words: str) -> Issue:
    """Return an issue that says the same words wherever content can stand."""
    image = Image(url="https://img.example.org/800x600/a.jpg", alt=words, width=800, height=600)
    said = post(0, title=words, byline=words, excerpt=words, image=image)
    return issue(subject=words, preheader=words, featured=said, sections=())


@pytest.mark.parametrize("words", TRICKY)
def test_tricky_words_read_the_same_everywhere(words: str) -> None:
    made = saying(words)
    html = fill(RENDERER.render(made).email, dialect("plain"), made)
    reader = read(html)
    assert html.isascii()
    assert reader.texts.count(as_read(words)) >= 4  # title, preheader, headline, excerpt
    assert words in reader.alts
    assert "script" not in reader.tags


@settings(max_examples=60)
@given(words=st.text(min_size=1).filter(lambda t: t.strip() and t.isprintable()))
def test_any_words_read_the_same(words: str) -> None:
    made = saying(words)
    reader = read(fill(RENDERER.render(made).email, dialect("plain"), made))
    assert as_read(words) in reader.texts
    assert words in reader.alts


@settings(max_examples=60)
@given(words=st.text())
def test_no_words_change_the_page_around_them(words: str) -> None:
    """The elements of the page are the same whatever is said."""
    usual, made = saying("words"), saying(words or "-")
    tags = [read(fill(RENDERER.render(m).email, dialect("plain"), m)).tags for m in (usual, made)]
    assert tags[0] == tags[1]


def test_a_very_deep_body_does_not_disturb_the_compiler(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    root = tmp_path_factory.mktemp("templates")
    (root / "full").mkdir()
    (root / "full/issue.mjml.j2").write_text(
        "<mjml><mj-body><mj-section><mj-column><mj-text>{{ issue.featured.body }}</mj-text></mj-column>"
        "</mj-section></mj-body></mjml>"
    )
    (root / "full/issue.txt.j2").write_text("x")
    body = "<em>" * 10_000 + "x" + "</em>" * 10_000
    made = issue(template="full", featured=post(0, body=body))
    assert body in fill(Renderer([root]).render(made).email, dialect("plain"), made)


def test_a_body_that_no_look_changes_is_html_in_every_place_and_part(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    root = tmp_path_factory.mktemp("templates")
    (root / "full").mkdir()
    each = "{% for post in issue.sections[0].posts %}(PRINTED){% endfor %}"
    (root / "full/issue.mjml.j2").write_text(
        "<mjml><mj-body><mj-section><mj-column><mj-text>"
        + each.replace("PRINTED", "{{ post.body }}")
        + "</mj-text></mj-column></mj-section></mj-body></mjml>"
    )
    (root / "full/issue.txt.j2").write_text(each.replace("PRINTED", "{{ post.body | plain }}"))
    posts = (post(0, body="Sand &amp; H<sub>2</sub>O"), post(1, body="Moss &amp; fern"))
    made = issue(template="full", featured=None, sections=(SectionView(title="", posts=posts),))
    pages = Renderer([root]).render(made)
    html, text = (fill(page, dialect("plain"), made) for page in (pages.email, pages.text))
    assert "(Sand &amp; H<sub>2</sub>O)(Moss &amp; fern)" in html
    assert "(Sand & H2O)(Moss & fern)" in text


@pytest.mark.parametrize("service", sorted(DIALECTS))
def test_merge_tags_survive_the_whole_road(service: str) -> None:
    """In text and in href, in both parts, byte for byte."""
    made = issue()
    rendered = RENDERER.render(made)
    html, text = (fill(page, dialect(service), made) for page in (rendered.email, rendered.text))
    tags = dialect(service).tags
    for slot in ("unsubscribe", "view_online"):
        if tags.get(slot):
            assert f'href="{tags[slot]}"' in html
            assert f"\n{tags[slot]}\n" in text
    if tags.get("address"):
        assert f">{tags['address']}<" in html
    assert not re.search(r"zq\d+fqz|[\x00-\x08]", html + text)


@pytest.mark.parametrize("service", [s for s in sorted(DIALECTS) if DIALECTS[s].openers])
def test_posts_that_speak_of_merge_tags_do_not_run_as_such(service: str) -> None:
    known = dialect(service)
    words = " ".join(f"{opener}x" for opener in known.openers)
    made = saying(words)
    rendered = RENDERER.render(made)
    for page in (rendered.email, rendered.text):
        bare = fill(page, known, made)
        for tag in (*known.tags.values(), *known.text_tags.values()):
            bare = bare.replace(tag, "") if tag else bare
        assert not any(f"{opener}x" in bare for opener in known.openers)
    shown = unescape(fill(rendered.email, known, made)).replace("\u200b", "")
    assert words in shown


def test_the_web_page_has_no_merge_tag_and_no_unsubscribe_link() -> None:
    made = issue()
    web = fill(RENDERER.render(made).web, dialect("mailchimp"), made)
    assert "*|" not in web
    assert "Unsubscribe" not in web
    assert 'rel="canonical"' in web
    assert 'property="og:title"' in web
    assert "Orchard Lane" in web


def test_control_characters_are_dropped_everywhere() -> None:
    made = saying("a\x00b\x0bc\x85d\ud800e")
    rendered = RENDERER.render(made)
    assert ">abcde</span>" in fill(rendered.email, dialect("plain"), made)
    assert "\nabcde\n" in fill(rendered.text, dialect("plain"), made)


def test_pages_fill_the_same_after_a_round_trip_through_json() -> None:
    """What `issue.json` keeps is enough to write every dialect."""
    from digest.models import Rendered, decode, encode

    made = issue()
    rendered = RENDERER.render(made)
    again = decode(encode(rendered), Rendered)
    for service in DIALECTS:
        assert fill(again.email, dialect(service), made) == fill(
            rendered.email, dialect(service), made
        )
    assert replace(made) == made
