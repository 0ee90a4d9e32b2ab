"""A raw item becomes a post: every field edited, every change recorded, the same each time."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.editing import RULES, EditingSettings
from digest.editing.edit import ALWAYS, edit
from digest.models import Image, ImageSize, Post, RawItem, SeriesPart, Term, decode, encode, replace

SETTINGS = EditingSettings(
    staff=("Blog editor",), newsletter_name="The Watering Can", aliases={"O Clay": "Odhrán Clay"}
)
HELD_OUT = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "excerpts_heldout.jsonl")
    .read_text("utf-8")
    .splitlines()
]
BODY = (
    '<p>Moss asks for nothing<sup>1</sup>. <a href="/walls?utm_source=feed">Walls</a> are enough for it.</p>'
    '<script>x()</script><p>It waits for rain on the north side.</p><img src="https://x.example/p.gif" width="1">'
)


def item(**changes: object) -> RawItem:
    fields = {
        "identity": "https://garden.example/?p=7",
        "where": "https://garden.example/feed/",
        "url": "https://garden.example/2026/moss/?utm_source=rss",
        "title": "Salt &amp; moss. By Marigold Fairweather",
        "published_at": datetime(2026, 11, 20, 8, tzinfo=UTC),
        "authors": ("Blog editor",),
        "tags": (Term(name="walls"), Term(name=" Walls "), Term(name="")),
        "body": BODY,
        "summary": "<p>Moss asks for nothing1. Walls are […]</p>",
        "image": Image(
            url="/a.jpg", alt="IMG_2041.JPG", sizes=(ImageSize(url="data:x", width=1, height=1),)
        ),
    }
    return RawItem(**{**fields, **changes})  # type: ignore[arg-type]


def test_a_post_comes_out_whole() -> None:
    post = edit(item(), "The Blog", SETTINGS)
    assert re.fullmatch(r"the-blog-[0-9a-f]{12}", post.id)
    assert post.url == "https://garden.example/2026/moss/"
    assert post.title == "Salt & moss"
    assert post.raw_title == "Salt & moss. By Marigold Fairweather"
    assert post.authors == ("Marigold Fairweather",)
    assert [term.name for term in post.tags] == ["walls"]
    assert (
        post.excerpt
        == "Moss asks for nothing. Walls are enough for it. It waits for rain on the north side."
    )
    assert post.body == (
        '<p>Moss asks for nothing<sup>1</sup>. <a href="https://garden.example/walls">Walls</a> are enough for it.</p>\n'
        "<p>It waits for rain on the north side.</p>"
    )
    assert (
        post.text
        == "Moss asks for nothing. Walls are enough for it.\nIt waits for rain on the north side."
    )
    assert (post.words, post.minutes) == (17, 1)
    assert post.image == Image(url="https://garden.example/a.jpg")


def test_every_change_names_its_field_and_a_known_rule() -> None:
    post = edit(item(), "blog", SETTINGS)
    assert {fixup.rule for fixup in post.fixups} >= {
        "byline-by",
        "excerpt-cut",
        "tracking-pixel",
        "link-tracking",
        "image-alt",
    }
    assert {fixup.rule for fixup in post.fixups} <= RULES.keys() | ALWAYS.keys()
    assert {fixup.field for fixup in post.fixups} <= {
        "title",
        "authors",
        "series",
        "excerpt",
        "body",
        "image",
        "url",
    }
    assert any(fixup.field == "url" for fixup in post.fixups)


def test_with_every_rule_off_a_post_is_still_safe() -> None:
    post = edit(item(), "blog", EditingSettings(off=tuple(RULES)))
    assert "script" not in post.body
    assert post.title == "Salt & moss. By Marigold Fairweather"
    assert {fixup.rule for fixup in post.fixups} <= ALWAYS.keys()


def test_declared_series_and_terms_reach_the_series_reader() -> None:
    post = edit(item(series=(SeriesPart(name="Walls", part=2, total=4),)), "blog", SETTINGS)
    assert post.series == (SeriesPart(name="Walls", part=2, total=4),)


@pytest.mark.parametrize(
    ("title", "is_text", "expected"),
    [
        ("Moss <script>alert(1)</script>& <b>walls</b>", False, "Moss & walls"),
        ("Moss &amp;amp; walls", False, "Moss &amp; walls"),
        ("Moss &amp; walls", True, "Moss &amp; walls"),
        ("Moss\u00a0 \n\t on\u202e walls\u0000", True, "Moss on walls"),
        ("x < 3 pots", False, "x < 3 pots"),
    ],
)
def test_a_title_is_plain_text_decoded_once(title: str, is_text: bool, expected: str) -> None:
    assert edit(item(title=title, title_is_text=is_text), "blog", SETTINGS).raw_title == expected


def test_a_missing_title_is_made_from_the_first_words_and_marked() -> None:
    post = edit(
        item(
            title="",
            summary="",
            body="<p>Moss asks for nothing at all on the long north wall, ever.</p>",
        ),
        "blog",
        SETTINGS,
    )
    assert post.title == "Moss asks for nothing at all on the…"
    assert post.raw_title == ""
    assert [fixup.rule for fixup in post.fixups if fixup.field == "title"] == ["title-from-text"]


def test_a_post_without_anything_still_has_a_title_and_says_so() -> None:
    post = edit(RawItem(identity="", where="x"), "", EditingSettings())
    assert (post.title, post.url, post.excerpt, post.words, post.minutes) == (
        "(untitled)",
        None,
        "",
        0,
        0,
    )
    assert [fixup.rule for fixup in post.fixups] == ["title-missing"]


def test_a_manual_summary_does_not_hide_the_byline_at_the_body_s_start() -> None:
    body = "<p>By Marigold Fairweather, gardener</p><p>The beans are up. They lean on the wind.</p>"
    changes = {
        "title": "Beans in November",
        "summary": "A roof, in beans.",
        "summary_is_manual": True,
    }
    assert edit(item(**changes, body=body), "blog", SETTINGS).authors == ("Marigold Fairweather",)
    short = edit(item(title="Beans in November", summary="", body=body), "blog", SETTINGS)
    assert short.excerpt == "The beans are up. They lean on the wind."
    declared = edit(item(**changes, body=body, authors=("Bo Clay",)), "blog", SETTINGS)
    assert declared.authors == ("Marigold Fairweather",)


@pytest.mark.parametrize(
    "case", HELD_OUT, ids=lambda case: case.get("summary", case.get("body", ""))[:40]
)
def test_excerpts_written_before_the_rules(case: dict[str, Any]) -> None:
    """What was labelled without looking at the rules, as whole posts."""
    raw = RawItem(
        identity="1", where="x", title=case.get("title", "Gloves and clocks"), summary=case.get("summary", ""),
        summary_is_manual=case.get("manual", False), body=case.get("body", ""), authors=("Blog editor",),
    )  # fmt: skip
    post = edit(raw, "blog", EditingSettings())
    assert post.excerpt == case.get("exact", post.excerpt)
    assert post.excerpt.startswith(case.get("starts", ""))
    assert all(piece in post.excerpt for piece in case.get("contains", ()))
    assert not any(piece in post.excerpt for piece in case.get("lacks", ()))
    assert not case.get("ends_whole") or post.excerpt[-1] in ".!?。”؟"
    assert case.get("note", "") in post.note
    assert bool(post.note) == ("note" in case)


def test_a_note_on_the_origin_leaves_the_excerpt() -> None:
    post = edit(
        item(
            summary="This post was originally published on The Bench. Moss grows.",
            summary_is_manual=True,
        ),
        "blog",
        SETTINGS,
    )
    assert post.note == "This post was originally published on The Bench."
    assert post.excerpt == "Moss grows."


DRAWN = ["https://garden.example/leaf.svg", "https://garden.example/leaf.SVGZ?v=2"]
ICONS = [(48, 48), (32, None), (600, 20)]


@pytest.mark.parametrize(
    "image",
    [Image(url=url) for url in DRAWN]
    + [Image(url="https://garden.example/i.png", width=w, height=h) for w, h in ICONS],
)
def test_what_no_mail_shows_gives_way_to_a_picture_of_the_body(image: Image) -> None:
    inside = '<img src="logo.svg"><img src="dot.png" width="16" height="16"><img src="bed.jpg?a=1&b=2" alt="A bed">'
    post = edit(item(image=image, body=f"<p>Frost.</p>{inside}"), "blog", SETTINGS)
    assert post.image is not None
    assert post.image.url.endswith("/bed.jpg?a=1&b=2")
    assert post.image.alt == "A bed"
    assert "image-for-mail" in {fixup.rule for fixup in post.fixups}
    assert edit(item(image=image, body="<p>Frost.</p>"), "blog", SETTINGS).image is None


def test_of_a_drawing_the_blog_s_own_raster_file_is_taken() -> None:
    sizes = [
        ImageSize(url=f"https://garden.example/leaf-{w}.png", width=w, height=w)
        for w in (150, 1024)
    ]
    image = Image(url=DRAWN[0], alt="A leaf", width=2000, height=2000, sizes=tuple(sizes))
    post = edit(item(image=image), "blog", SETTINGS)
    assert post.image is not None
    assert (post.image.url, post.image.alt) == (sizes[1].url, "A leaf")


@pytest.mark.parametrize(
    "url", ["javascript:x()", "data:image/png;base64,AAAA", "", "https://pixel.wp.com/g.gif"]
)
def test_a_picture_without_a_safe_address_goes(url: str) -> None:
    assert edit(item(image=Image(url=url)), "blog", SETTINGS).image is None


@pytest.mark.parametrize(
    "url", ["javascript:x()", "ftp://garden.example/", "/2026/moss/", "https://"]
)
def test_a_post_links_only_to_an_absolute_web_address(url: str) -> None:
    assert edit(item(url=url), "blog", SETTINGS).url is None


def test_posts_of_one_identity_keep_their_id_and_others_differ() -> None:
    assert edit(item(title="A"), "blog", SETTINGS).id == edit(item(title="B"), "blog", SETTINGS).id
    assert edit(item(), "blog", SETTINGS).id != edit(item(), "news", SETTINGS).id


@settings(max_examples=80)
@given(
    title=st.text(max_size=60), summary=st.text(max_size=120), body=st.text(max_size=200), identity=st.text(max_size=10),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()), url=st.one_of(st.none(), st.text(max_size=30)),
)  # fmt: skip
def test_no_item_raises_and_every_post_survives_storage(
    title: str,
    summary: str,
    body: str,
    identity: str,
    flags: tuple[bool, bool, bool],
    url: str | None,
) -> None:
    raw = RawItem(
        identity=identity, where="x", url=url, title=title, title_is_text=flags[0], summary=summary,
        summary_is_text=flags[1], summary_is_manual=flags[2], body=body, authors=(title[:20],), tags=(Term(name=summary[:9]),),
    )  # fmt: skip
    post = edit(raw, "blog", SETTINGS)
    assert post == edit(raw, "blog", SETTINGS)
    assert decode(encode(post), Post) == post
    assert post.title


def test_importing_the_room_loads_none_of_its_parts() -> None:
    code = "import sys, digest.editing; print([m for m in sys.modules if m in ('nh3', 'lxml', 'digest.editing.clean')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# ---------------------------------------------------------------- feeds that send summaries only


def raw(**fields: str) -> RawItem:
    return RawItem(identity="1", where="x", title="Sheds", **fields)  # type: ignore[arg-type]


SHED = "Nobody had been in the shed since March, and then the tits came back to it. We looked up"


@pytest.mark.parametrize(
    ("first_on", "read_on"),
    [
        ("The post Sheds appeared first on Blog.", "Continue reading Sheds →"),
        ("Der Beitrag Sheds erschien zuerst auf Blog.", "Mehr lesen"),
        ("L’article Sheds est apparu en premier sur Blog.", "Continuer la lecture de « Sheds »"),
        ("La entrada Sheds se publicó primero en Blog.", "Seguir leyendo «Sheds»"),
        ("L’entrada Sheds ha aparegut primer a Blog.", "Llegiu-ne més"),
        ("O conteúdo Sheds aparece primeiro em Blog.", "Continue a ler"),
        ("L’articolo Sheds proviene da Blog.", "Continua a leggere"),
        ("Articolul Sheds apare prima dată în Blog.", "Citește mai mult"),
        ("Het bericht Sheds verscheen eerst op Blog.", "Verder lezen"),
        ("Inlägget Sheds dök först upp på Blog.", "Läs vidare"),
        ("Indlægget Sheds blev først udgivet på Blog.", "Læs mere"),
        ("Innlegget Sheds dukket først opp på Blog.", "Les mer"),
        ("Artikkeli Sheds julkaistiin ensimmäisen kerran Blog.", "Lue lisää"),
        ("Artykuł Sheds pochodzi z serwisu Blog.", "Czytaj dalej"),
        ("Příspěvek Sheds pochází z Blog", "Číst dále"),
        ("A Sheds bejegyzés először Blog jelent meg.", "Tovább olvasom"),
        ("Сообщение Sheds появились сначала на Blog.", "Читать далее"),
        ("Запис Sheds спершу з’явився на Blog.", "Читати далі"),
        ("Το άρθρο Sheds εμφανίστηκε πρώτα στο Blog.", "Διαβάστε περισσότερα"),
        ("Sheds yazısı ilk önce Blog üzerinde ortaya çıktı.", "Devamını oku"),
        ("Ymddangosodd y cofnod Sheds yn gyntaf ar Blog.", "Darllen mwy"),
        ("Artikel Sheds pertama kali tampil pada Blog.", "Baca selengkapnya"),
        ("Bài viết Sheds đã xuất hiện đầu tiên Blog.", "Đọc tiếp"),
        ("הפוסט Sheds הופיע לראשונה ב-Blog.", "להמשך קריאה"),
        ("ظهرت المقالة Sheds أولاً على Blog.", "اقرأ المزيد"),
        ("نوشته Sheds اولین بار در Blog پدیدار شد.", "ادامه مطلب"),
        ("Sheds पोस्ट पहली बार Blog पर दिखाई दी।", "और पढ़ें"),
        ("โพสต์ Sheds ปรากฏครั้งแรกบน Blog", "อ่านต่อ"),
        ("投稿 Sheds は Blog に最初に表示されました。", "続きを読む"),
        ("投稿ShedsはBlogの最初に登場しました。", "続きを読む"),
        ("Sheds最先出现在Blog。", "继续阅读"),
        ("〈Sheds〉這篇文章最早發佈於《Blog》。", "繼續閱讀"),
        ("Sheds 게시물이 Blog에 처음 등장했습니다.", "더 읽기"),
    ],
)
def test_what_leads_elsewhere_goes_from_summaries_and_bodies_in_every_language_of_the_labels(
    first_on: str, read_on: str
) -> None:
    """WordPress's feeds in every translation, sent as excerpts or as whole posts."""
    summary = f"<p>{SHED} […]</p>\n<p>{first_on}</p>"
    assert edit(raw(summary=summary), "blog", SETTINGS).excerpt.startswith(SHED[:70])
    assert "Blog" not in edit(raw(summary=summary), "blog", SETTINGS).excerpt
    linked = f'<p>{SHED}… <a href="https://blog.example/sheds/">{read_on}</a></p>'
    assert read_on not in edit(raw(summary=linked), "blog", SETTINGS).excerpt
    for end in (f"</p><p>{first_on}</p>", f'</p><p><a href="https://b.example/">{read_on}</a></p>'):
        post = edit(raw(body=f"<p>{SHED}.{end}"), "blog", SETTINGS)
        assert post.body == f"<p>{SHED}.</p>"
    inline = edit(raw(body=f"<p>Bees.</p>{linked}"), "blog", SETTINGS)
    assert read_on not in inline.body


@pytest.mark.parametrize(
    "end",
    [
        "[…] Read more",
        "[…]",
        "[...]",
        "… Leer más",
        "Sigue leyendo →",
        "Lee más",
        "[…] Lire la suite",
    ],
)
def test_a_sign_that_a_text_was_cut_goes_from_a_body_with_what_leads_on(end: str) -> None:
    """Feeds whose posts are as short as their excerpts."""
    assert edit(raw(body=f"<p>{SHED}.</p><p>{end}</p>"), "blog", SETTINGS).body == f"<p>{SHED}.</p>"


def test_a_sentence_about_reading_stays_at_a_body_s_end() -> None:
    """Posts that end on advice, or on what was published where."""
    for line in ("Read more books, he said.", "The post office appeared first on the map."):
        assert line in edit(raw(body=f"<p>Bees.</p><p>{line}</p>"), "blog", SETTINGS).body


FERNS = "<p>The ferns came back late.</p><p>Nobody had watered them.</p>"
PAGE = "https://ferns.example/late/"
SAID = {
    "Medium": f'<hr><p><em>Originally published at <a href="{PAGE}">https://ferns.example</a> on 3 May.</em></p>',
    "in a quotation": f'<blockquote><p>This post was first posted on <a href="{PAGE}">Ferns</a>.</p></blockquote>',
    "written out": f"<p>Cross-posted from {PAGE}.</p>",
    "German": f'<p>Dieser Beitrag ist zuerst auf <a href="{PAGE}">Farne</a> erschienen.</p>',
    "French": f'<p>Publié à l’origine sur <a href="{PAGE}">Fougères</a>.</p>',
    "Spanish": f'<p>Publicado originalmente en <a href="{PAGE}">Helechos</a>.</p>',
    "above a button": f'<p>Reposted from <a href="{PAGE}">Ferns</a></p><p><a href="/x">Read more</a></p>',
}
SAYS_NOTHING = {
    "prose": f'<p>I first posted about <a href="{PAGE}">this</a> in May.</p>',
    "a site and no page": '<p>Originally published at <a href="https://ferns.example">Ferns</a>.</p>',
    "no address": "<p>First published in May, and changed since.</p>",
    "a picture": f'<p>Once posted.</p><p><a href="{PAGE}"><img src="/fern.jpg" alt=""></a></p>',
    "a part before": f'<p>Previously: <a href="{PAGE}">the first part</a></p>',
    "itself": '<p>The post <a href="https://me.example/ferns/">Ferns</a> appeared first on Me.</p>',
}


def item_of(body: str) -> RawItem:
    return RawItem(
        identity="1", where="x", url="https://me.example/ferns", title="Ferns", body=body
    )


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_a_copy_names_the_page_it_was_first_published_at(said: str) -> None:
    post = edit(item_of(FERNS + said), "me", SETTINGS)
    assert post.original == PAGE
    assert post.text == "The ferns came back late.\nNobody had watered them."
    assert post.note
    assert "body-origin" in {fixup.rule for fixup in post.fixups}


@pytest.mark.parametrize("is_first", [True, False])
def test_a_copy_names_its_author_where_it_names_the_page(is_first: bool) -> None:
    """The note leaves the text, but not what it says."""
    said = f'<p>Originally published on <a href="{PAGE}">8 February 2009</a> by Ada Moss.</p>'
    item = replace(item_of(said + FERNS if is_first else FERNS + said), authors=("admin",))
    post = edit(item, "me", SETTINGS)
    assert (post.authors, post.original) == (("Ada Moss",), PAGE)
    assert "Ada" not in post.text


def test_a_copy_may_say_so_before_its_words() -> None:
    said = f'<p>This article originally appeared on <a href="{PAGE}">Ferns</a>.</p>'
    assert edit(item_of(said + FERNS), "me", SETTINGS).original == PAGE
    appended = f'<p>The post <a href="{PAGE}">Ferns</a> appeared first on <a href="/">F</a>.</p>'
    post = edit(item_of(FERNS + appended), "planet", SETTINGS)
    assert (post.original, post.note) == (PAGE, ""), "what a blog adds by itself is no note"


@pytest.mark.parametrize("said", SAYS_NOTHING.values(), ids=SAYS_NOTHING)
def test_a_post_that_names_no_other_page_is_no_copy(said: str) -> None:
    assert not edit(item_of(FERNS + said), "me", SETTINGS).original


def test_a_series_is_not_called_by_its_author() -> None:
    item = RawItem(
        identity="1", where="x", title="Ada Moss: In the field, part two", authors=("Ada Moss",)
    )
    (part,) = edit(item, "blog", EditingSettings()).series
    assert (part.name, part.part) == ("In the field", 2)


def test_a_body_s_first_heading_goes_where_it_says_the_title_again() -> None:
    post = edit(
        item(title="Soft moss", body="<h1>Soft <em>moss</em></h1><p>It grows.</p>"), "g", SETTINGS
    )
    assert post.body == "<p>It grows.</p>"
    assert "body-title" in {fixup.rule for fixup in post.fixups}


@pytest.mark.parametrize("body", ["<h1>Hard moss</h1><p>It grows.</p>", "<h1>Soft moss</h1>"])
def test_another_heading_or_one_that_is_all_there_is_stays(body: str) -> None:
    assert "moss</h" in edit(item(title="Soft moss", body=body), "g", SETTINGS).body


def test_a_summary_that_only_says_the_title_is_no_excerpt() -> None:
    said = "Garden open day on Sunday in the village"
    post = edit(item(title=said, summary=said, body=""), "g", SETTINGS)
    assert post.excerpt == ""


@pytest.mark.parametrize("level", [1, 2, 4])
def test_a_heading_at_a_body_s_start_may_be_its_byline(level: int) -> None:
    """Blogs of institutes in Markdown, whose first line is “#### By Ada Moss”."""
    body = (
        f"<h{level}>By Ada Moss</h{level}><p>The shed is full.</p><h2>By Bo Clay</h2><p>Bees.</p>"
    )
    post = edit(item(title="Full sheds", summary="", body=body), "g", SETTINGS)
    assert post.authors == ("Ada Moss",)


def test_a_picture_s_caption_in_a_summary_names_no_author() -> None:
    """Magazines on science, whose feeds begin with a picture and who took it."""
    said = "<figure><figcaption>By Ada Moss</figcaption></figure><p>The shed is full of bees.</p>"
    post = edit(item(title="Full sheds", summary=said, body=""), "g", SETTINGS)
    assert post.authors == ("Blog editor",)
    assert post.excerpt == "The shed is full of bees."
