"""Excerpts: debris gone, ended on a sentence, refilled from the body, and look-alikes left alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.editing import EditingSettings, distinct, shorten
from digest.editing.edit import edit
from digest.editing.excerpt.excerpt import make
from digest.editing.excerpt.sentences import sentence_ends, split
from digest.models import Post, RawItem, SeriesPart
from tests.golden import hold

LABELLED = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "excerpts.jsonl")
    .read_text("utf-8")
    .splitlines()
]
SETTINGS = EditingSettings()
POSTS = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "excerpts_posts.jsonl")
    .read_text("utf-8")
    .splitlines()
]
MOSS = (
    "Moss asks for nothing. It sits on the north wall and waits for rain, and when the rain comes it is "
    "greener than anything we paid for. We counted eleven kinds between the kitchen and the chapel."
)


def whole_sentences(sentences: list[str], words: int) -> list[str]:
    """Return what may be shown of a text: its first sentences, as many as there is room for, or one fewer."""
    heads = [" ".join(sentences[:count]) for count in range(1, len(sentences) + 1)]
    fitting = [head for head in heads if len(head.split()) <= words]
    return [head for head in fitting if len(head.split()) >= words * 0.4 or head == fitting[-1]]


@pytest.mark.parametrize("case", POSTS, ids=lambda case: case["summary"][:40])
def test_posts_as_a_blog_gives_them_say_their_first_sentences(case: dict[str, Any]) -> None:
    """Cut after 55 words, tags taken off, credits and players run into the first sentence."""
    raw = RawItem(
        identity="1", where="x", title=case["title"], title_is_text=True, authors=("Blog editor",),
        summary=f"<p>{case['summary']}</p>", body=case["body"],
    )  # fmt: skip
    post = edit(raw, "blog", EditingSettings(excerpt_words=60))
    assert " ".join(post.excerpt.split()) in whole_sentences(case["sentences"], 60)
    assert case.get("note", "") in post.note
    assert bool(post.note) == ("note" in case)


@pytest.mark.parametrize(("shared", "is_head"), [(39, False), (40, True), (41, True)])
def test_a_summary_that_begins_as_the_body_does_for_forty_characters_is_its_head(
    shared: int, is_head: bool
) -> None:
    """What breaks off there is finished by the body; what says something else stands as it is."""
    body = MOSS.replace(". It sits on", " it sits on")
    assert body[shared - 1] != "#" != body[shared]
    summary = f"{body[:shared]}# otherwise than it goes on there"
    made = make(summary, body, words=30, language="en")
    assert (made.text == summary) is not is_head
    assert body.startswith(made.text) is is_head


@pytest.mark.parametrize("case", LABELLED, ids=lambda case: case["summary"][:40])
def test_labelled_excerpts(case: dict[str, Any]) -> None:
    result = make(
        case["summary"],
        case.get("body", ""),
        is_manual=case.get("manual", False),
        words=30,
        language="en",
        titles=(case.get("title", ""),),
        series=tuple(case.get("series", ())),
    )
    assert result.text in (case["expected"], case.get("alt"))
    assert result.note == case.get("note", "")
    if case["trap"]:
        assert result.fixups == ()
    elif case["summary"].split() != result.text.split() and case["summary"]:
        assert result.fixups


def test_the_table_has_a_hundred_excerpts_half_of_them_traps() -> None:
    assert len(LABELLED) >= 100
    assert sum(case["trap"] for case in LABELLED) * 2 >= len(LABELLED)


def test_a_cut_off_summary_is_filled_up_from_the_body_to_the_length_asked_for() -> None:
    cut = MOSS[:60] + " […]"
    assert make(cut, MOSS, words=5).text == "Moss asks for nothing."
    assert make(cut, MOSS, words=60).text == MOSS


def test_headings_in_bold_and_lines_that_lead_to_a_list_stay_out_of_a_refill() -> None:
    body = "What we did\nWe built a pond in one day. It needed:\nIt has frogs now."
    assert make("", body).text == "We built a pond in one day. It has frogs now."


def test_a_first_sentence_that_leads_to_a_list_stays_if_it_says_what_the_text_is_about() -> None:
    """A blog that quotes: below its first sentence stands somebody else's text."""
    lead = "The parish council has written about the pond behind the chapel once more, saying this:"
    assert make("", f"{lead}\nIt is deep.").text == f"{lead} It is deep."
    assert make("", "It says:\nThe pond is deep.").text == "The pond is deep."
    assert make("", lead).text == f"{lead[:-1]}…"


def test_an_excerpt_of_many_short_lines_does_not_end_where_a_body_was_cut_to_be_read() -> None:
    """Notes of a talk show: links, and between them a few sentences."""
    links = "\n".join(f"Pond number {number}" for number in range(60))
    body = f"We spoke of ponds.\n{links}\nThe frogs came late, all of them.\n{links}\nThey sang."
    assert make("", body, words=20).text == (
        "We spoke of ponds. The frogs came late, all of them. They sang."
    )


def test_an_address_behind_a_colon_goes_with_the_words_that_lead_to_it() -> None:
    """Feeds with an advertisement below each post, and posts that say where to sign up."""
    body = "We built a pond. Come and see it: https://pond.example/\nFrogs did.\nAd: https://a.example/"
    assert make("", body).text == "We built a pond. Frogs did."


def test_a_short_line_stays_where_the_line_below_goes_on_with_it() -> None:
    """A diary that breaks its lines by hand."""
    assert (
        make("", "I like the pond\nand its frogs.\nFrogs").text == "I like the pond and its frogs."
    )
    assert make("", "Two pots\na spade\nThey came late.").text == "They came late."


def test_a_line_in_japanese_stays_where_a_comma_says_that_the_next_goes_on() -> None:
    """Blogs that break their lines at commas."""
    text = "苔は何も求めないと言われていますが、\n水だけは要ります。"
    assert make("", text).text == "苔は何も求めないと言われていますが、 水だけは要ります。"


@pytest.mark.parametrize("count", ["2.", "Step 2.", "２."])
def test_an_excerpt_does_not_end_on_what_only_counts_the_next_sentence(count: str) -> None:
    first = "Seven ferns grow behind the shed where nobody has been since the spring."
    text = f"{first} {count} Bring gloves and a spade and a hat and whatever else you find there"
    assert shorten(text, 18) == first


def test_an_excerpt_does_not_end_on_an_ellipsis_that_stands_by_itself() -> None:
    first = "Seven ferns grow behind the shed where nobody has been since the spring."
    assert shorten(f"{first} Right? … You should also know that ferns are old", 16) == (
        f"{first} Right?"
    )


def test_of_a_text_without_any_sentence_its_longer_lines_stay() -> None:
    line = "The frogs came back to the pond behind the chapel"
    assert make("", f"Home\nPonds\n{line}\nSearch").text == line


@pytest.mark.parametrize("head", ["The ponds", "What the frogs did to the pond in spring"])
@pytest.mark.parametrize("end", [" It sits on the […]", ""])
def test_a_heading_that_a_machine_ran_into_the_summary_goes(head: str, end: str) -> None:
    """WordPress's own excerpts: a heading, even the title again, and the first words in one line."""
    html = f"<h2>{head}</h2><p>{MOSS}</p>"
    item = RawItem(
        identity="1", where="x", title="The ponds", body=html,
        summary=f"{head} Moss asks for nothing.{end}",
    )  # fmt: skip
    assert edit(item, "blog", SETTINGS).excerpt.startswith("Moss asks for nothing. It sits")


def test_a_summary_is_filled_up_from_where_it_begins_and_not_from_a_caption_above() -> None:
    made = make(
        f"{MOSS[:60]} […]", f"The pond, as Ada Moss has painted it in May.\n{MOSS}", words=30
    )
    assert made.text.startswith("Moss asks for nothing.")


@pytest.mark.parametrize(
    "style",
    [
        "/*! builder - v3.5.6 - 17-05-2022 */ .moss-title{padding:0;line-height:1}.moss .fern>a{color:red}",
        ".note{ -webkit-user-select: none; user-select: none; }",
        "@media (max-width: 600px) { .moss { color: red; } } p.moss { margin: 0 }",
    ],
)
def test_rules_of_style_that_ran_into_a_summary_go(style: str) -> None:
    """Page builders, and short feeds whose tags were taken off with a style left in between."""
    assert make(f"{style} {MOSS}", "").text == MOSS


@pytest.mark.parametrize(
    "text", ["#moss {soft: green} is a tag.", ".moss is a class.", "/* Moss */"]
)
def test_a_text_about_styles_stays(text: str) -> None:
    assert text.split()[-1] in make(text, "").text


def test_what_leads_on_goes_with_the_day_behind_it() -> None:
    """A newspaper's feed."""
    assert make("O musgo não pede nada.Leia mais (03/05/2026 - 23h00)", "").text == (
        "O musgo não pede nada."
    )


def test_nothing_is_left_of_a_summary_that_only_leads_on() -> None:
    """Feeds of posts for members: a picture, and a link."""
    assert make("Continue reading on »", "").text == ""


def test_a_summary_that_says_something_else_is_kept_even_if_a_machine_delivered_it() -> None:
    assert (
        make("Four walls, eleven kinds of green", MOSS).text == "Four walls, eleven kinds of green"
    )


def test_a_written_summary_is_kept_whole_however_short_the_length() -> None:
    assert make(MOSS, "Another text.", is_manual=True, words=5).text == MOSS


def test_every_rule_can_be_switched_off() -> None:
    assert (
        make("Moss. Read more…", "", is_manual=True, off=["excerpt-more"]).text
        == "Moss. Read more…"
    )
    assert make("No funding1.", "", is_manual=True, off=["excerpt-footnote"]).text == "No funding1."
    assert make("Moss asks […]", MOSS, off=["excerpt-refill"]).text == "Moss asks…"


def test_a_note_on_the_origin_is_found_in_the_body_too() -> None:
    made = make("", "This post was originally published on The Potting Bench.\n" + MOSS)
    assert made.note == "This post was originally published on The Potting Bench."
    assert made.text.startswith("Moss asks")


@pytest.mark.parametrize(
    "note",
    [
        "Dieser Beitrag erschien zuerst im Schuppenblatt.",
        "Cette tribune a été publiée à l’origine dans Le Cabanon.",
        "Esta entrada se publicó originalmente en El Cobertizo.",
        "Este texto foi publicado originalmente no Barracão.",
        "Questo articolo è stato pubblicato per la prima volta sul Capanno.",
        "Dit stuk verscheen eerder in Het Schuurtje.",
    ],
)
def test_a_note_on_the_origin_is_known_in_other_languages(note: str) -> None:
    """Blogs that bring what a magazine printed."""
    made = make("", f"{note}\n{MOSS}")
    assert (made.note, made.text[:9]) == (note, "Moss asks")


@pytest.mark.parametrize(
    ("text", "words", "language", "expected"),
    [
        ("Bring gloves. Bring a spade and a hat, too.", 20, "en", "Bring gloves. Bring a spade and a hat, too."),
        ("Bring gloves and a spade. Then dig until it rains on you.", 8, "en", "Bring gloves and a spade."),
        ("One. Two three four five six seven eight nine ten eleven.", 8, "en", "One. Two three four five six seven eight…"),
        ("We sat in the shade of the old tree by the gate", 7, "en", "We sat in the shade…"),
        ("Dr. Moss and Prof. Clay met at 3 p.m. on Monday. They dug.", 11, "en", "Dr. Moss and Prof. Clay met at 3 p.m. on Monday."),
        ("Wir treffen uns am 3. Mai im Garten hinter dem Haus", 6, "de", "Wir treffen uns am 3. Mai…"),
        ("She asked “why?” and left. Nobody knew what to say then.", 6, "en", "She asked “why?” and left."),
        ("窓辺で育てる。水やりは朝に行います。土が乾いたら、たっぷりと水を与えてください。", 12, "ja", "窓辺で育てる。水やりは朝に行います。"),
        ("窓辺で育てるのはとても楽しいですが水やりを忘れてしまうことがあります", 10, "ja", "窓辺で育てるのはとても楽しいですが…"),
        ("「帰る前に一杯だけ。」と言いながら、花に水をやるのです。それから帰ります。", 16, "ja", "「帰る前に一杯だけ。」と言いながら、花に水をやるのです。"),
        ("في الأسبوع الأول لم يتوقف أحد. في الأسبوع الثاني توقفت ممرضة", 8, "ar", "في الأسبوع الأول لم يتوقف أحد."),
        ("تزرع الحديقة في المستشفى من أجل المرضى", 5, "ar", "تزرع الحديقة في المستشفى…"),
        ("बाग़ शांत है। केवल पानी की आवाज़ आती है और कुछ नहीं", 5, "hi", "बाग़ शांत है।"),
        ("The family 👨‍👩‍👧‍👦 came with flags 🇩🇰🇳🇴 and cake", 3, "en", "The family 👨‍👩‍👧‍👦…"),
        ("🇩🇰" * 40, 2, None, "🇩🇰" * 10 + "…"),
        ("", 5, None, ""),
        ("Moss.", 0, None, ""),
    ],
)  # fmt: skip
def test_shortening_ends_on_a_sentence_or_a_whole_word(
    text: str, words: int, language: str | None, expected: str
) -> None:
    assert shorten(text, words, language) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It rained. It stopped!", 2), ("Mr. Clay came.", 1), ("J. R. Moss came.", 1), ("See fig. 3 below.", 1),
        ("Version 2.0 is out.", 1), ("Really?! Yes.", 2), ("He said “no.” Then yes.", 2), ("…and so on.", 1),
        ("雨です。晴れです。", 2), ("هل تمطر؟ نعم.", 2), ("e.g. moss, i.e. green.", 1),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_sees_them_end(text: str, count: int) -> None:
    assert len(split(text)) == count
    assert len(sentence_ends(text)) == count


def _post(number: int, excerpt: str, text: str) -> Post:
    series = (SeriesPart(name="Moss School", part=number),)
    return Post(
        id=f"blog-{number}", source="blog", identity=str(number), url=None, title=f"Lesson {number}",
        raw_title="", published_at=None, excerpt=excerpt, text=text, series=series,
    )  # fmt: skip


def test_posts_with_one_boilerplate_excerpt_get_their_own_sentences() -> None:
    welcome = "Welcome to Moss School, where nobody is marked."
    posts = [
        _post(1, welcome, f"{welcome}\nWalls come first. They are wet."),
        _post(2, welcome, f"{welcome}\nRain comes second. It is free."),
        _post(3, "Shade is a lesson of its own.", "Shade is a lesson of its own."),
    ]
    assert distinct(posts, 40) == {
        "blog-1": "Walls come first. They are wet.",
        "blog-2": "Rain comes second. It is free.",
        "blog-3": "Shade is a lesson of its own.",
    }


def test_a_shared_opening_goes_and_the_rest_of_the_excerpt_stays() -> None:
    welcome = "Welcome to Moss School, where nobody is marked."
    posts = [
        _post(n, f"{welcome} Lesson {word} is about walls and what grows on them.", "")
        for n, word in ((1, "one"), (2, "two"))
    ]
    assert distinct(posts, 20)["blog-1"] == "Lesson one is about walls and what grows on them."


def test_where_bodies_say_no_more_the_same_excerpt_stays() -> None:
    posts = [_post(1, "Moss.", ""), _post(2, "Moss.", "")]
    assert distinct(posts, 20) == {"blog-1": "Moss.", "blog-2": "Moss."}


_TEXT = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from("Moss. |rain |Read more… |[…] |(1) |funding1 |, |\n|窓辺|です。|👨‍👩‍👧 |🇩🇰|หมอก|क्षि |\u200d|[su_x] |The post |was originally published on |This ".split("|")),
        max_size=60,
    ).map("".join),
)  # fmt: skip


@settings(max_examples=150)
@given(_TEXT, _TEXT, st.booleans(), st.integers(0, 40))
def test_no_text_raises_and_no_excerpt_outgrows_its_sources(
    summary: str, body: str, is_manual: bool, words: int
) -> None:
    made = make(summary, body, is_manual=is_manual, words=words)
    assert len(made.text) <= max(len(summary), len(body)) + 1
    assert "\n" not in made.text


@settings(max_examples=150)
@given(_TEXT, st.integers(1, 30))
def test_shortening_takes_from_the_end_only_and_again_takes_no_more(text: str, words: int) -> None:
    short = shorten(text, words)
    assert text.strip().startswith(short.removesuffix("…"))
    assert shorten(short, words) == short


@pytest.mark.parametrize(
    "text",
    [
        "She told me all about the author: a quiet man.",
        "We share this garden. Tags are for luggage.",
        "Three gardeners left a comment. They follow us on foot.",
        "The views from the roof are the author’s own favourite.",
        "On 12 March 2026 the roof came down. 12 March 2026 was a Thursday.",
        "12 March 2026 was a Thursday. The roof came down.",
        "Photo albums fill the shed. Picture it.",
        "To read here is to rest. You can read the sky here all day and night.",
        "Read the soil before you dig. It is all here.",
    ],
)
def test_sentences_that_only_look_like_what_blogs_leave_behind_stay(text: str) -> None:
    assert make(text, "", words=60).text == text


# ---------------------------------------------------------------- leavings of content systems


@pytest.mark.parametrize(
    "line",
    [
        "The post Seven ferns appeared first on My garden.",
        "Der Beitrag Sieben Farne erschien zuerst auf Mein Garten.",
        "L’article Sept fougères est apparu en premier sur Mon jardin.",
        "La entrada Siete helechos se publicó primero en Mi jardín.",
        "O post Sete fetos apareceu primeiro em Meu jardim.",
        "Het bericht Zeven varens verscheen eerst op Mijn tuin.",
        "L’articolo Sette felci proviene da Il mio giardino.",
        "Postingan Tujuh pakis pertama kali tampil pada Kebun saya.",
        "〈七種蕨類〉這篇文章最早發佈於《我的花園》。",
        "Continue reading Seven ferns →",
        "Selengkapnya »",
        "Xem thêm",
    ],
)
def test_where_a_feed_s_post_appeared_first_goes_from_excerpt_and_body_in_every_language(line):
    """WordPress's feeds set to “Excerpt” send descriptions only, with this behind each."""
    said = "Seven ferns grow behind the shed. They need nothing but to be left alone. […]"
    body = f"<p>{said}</p>\n<p>{line}</p>"
    post = edit(RawItem(identity="1", where="x", title="Seven ferns", body=body), "blog", SETTINGS)
    assert (
        post.excerpt == "Seven ferns grow behind the shed. They need nothing but to be left alone."
    )
    assert line not in post.body
    short = edit(
        RawItem(identity="1", where="x", title="Seven ferns", summary=f"{said} {line}"),
        "b",
        SETTINGS,
    )
    assert short.excerpt == post.excerpt


@pytest.mark.parametrize(
    ("end", "stays"),
    [
        ("Continue reading Seven ferns", False),
        ("Continue reading “Seven ferns” →", False),
        ("Continue reading seven ferns…", False),
        # what follows is no title, so that it is a sentence of the author's
        ("Continue reading the old garden books.", True),
        ("Read more about moss in winter, and you will see.", True),
    ],
)
def test_what_leads_on_to_the_post_goes_and_advice_to_read_stays(end: str, stays: bool) -> None:
    said = "Seven ferns grow behind the shed."
    item = RawItem(identity="1", where="x", title="Seven ferns", summary=f"{said} {end}")
    post = edit(item, "blog", SETTINGS)
    assert post.excerpt == (f"{said} {end}" if stays else said)


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Ada Moss / The Watering Can",
        "Figure 2: A fern in the rain.",
        "Subscribe to our newsletter.",
        "Abonnieren Sie unseren Newsletter",
        "This website uses cookies to improve your experience.",
        "Like this: Like Loading...",
        "Gefällt mir: Gefällt mir Wird geladen …",
        "Thanks for reading!",
        "Merci pour votre lecture !",
        "Grazie per la lettura.",
        "Bedankt voor het lezen!",
        "Thanks for reading The Shed! Subscribe for free to receive new posts.",
        "We use cookies to improve your experience.",
        "3 min read",
        "この記事は約3分で読めます。",
        "読了時間：約3分",
    ],
)
def test_lines_that_say_nothing_of_a_post_stay_out_of_its_excerpt(line):
    said = "Seven ferns grow behind the shed."
    body = f"<p>{said}</p><p>{line}</p><p>They need nothing but to be left alone.</p>"
    post = edit(RawItem(identity="1", where="x", title="Ferns", body=body), "blog", SETTINGS)
    assert (
        post.excerpt == "Seven ferns grow behind the shed. They need nothing but to be left alone."
    )


@pytest.mark.parametrize(
    "line",
    [
        "Our newsletter is two hundred weeks old, and we thank you for it.",
        "Subscribe to our newsletter and you will learn why ferns sleep. They do it standing up.",
        "The post that my father left appeared first on the hill, then in the shed.",
        "Thanks for reading this far: there is a fern at the end of it, and it is yours to keep.",
    ],
)
def test_sentences_that_only_speak_of_such_things_stay(line):
    body = f"<p>Seven ferns grow behind the shed.</p><p>{line}</p><p>They need nothing at all.</p>"
    post = edit(RawItem(identity="1", where="x", title="Ferns", body=body), "blog", SETTINGS)
    assert line in post.excerpt


def test_a_whole_thought_is_taken_before_half_of_another():
    """Of 57 excerpts that ended on “…”, 51 had a sentence of twelve words before the cut."""
    text = (
        "Seven ferns grow behind the shed where nobody has been since the spring. "
        + "They need nothing but to be left alone by everybody who means well " * 6
    )
    assert (
        shorten(text, 60)
        == "Seven ferns grow behind the shed where nobody has been since the spring."
    )


def test_a_note_does_not_eat_into_the_sentence_behind_it():
    text = "Originally published on The Shed I have since learnt that ferns sleep. They do it standing."
    assert make("", text).text.endswith("ferns sleep. They do it standing.")
    assert "I have since learnt" in make("", text).text


def test_where_to_watch_goes_wherever_it_stands_first():
    text = (
        "By Ada Moss\nTo watch this interview, please follow this link.\nFerns sleep standing up."
    )
    assert make("", text).text == "Ferns sleep standing up."


def test_texts_are_shortened_as_they_are_listed() -> None:
    """Each to several lengths: on a sentence's end, else on a word that can end a text."""

    def told(name: str, text: str) -> str:
        lengths: dict[str, list[int]] = {}
        for words in (0, 1, 2, 3, 5, 7, 9, 12, 13, 14, 17, 20, 24, 30, 36, 44, 60):
            lengths.setdefault(shorten(text, words, name[:2]), []).append(words)
        return "\n".join(f"{', '.join(map(str, n))}: {shown}" for shown, n in lengths.items())

    hold(Path(__file__).with_name("shortened.txt"), told)
