"""What a byline is, what it is not, and who wins: read as a description of the product."""

from __future__ import annotations

import time
from functools import partial

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.editing import EditingSettings
from digest.editing.byline import Seen, byline, learn
from digest.editing.byline.byline import Reading
from digest.editing.byline.people import people, plain
from digest.editing.edit import edit
from digest.models import RawItem, key, replace

SITE = frozenset({key("The Watering Can"), key("Society of Hospital Gardeners")})


def read(title: str, *declared: str, **options: object) -> Reading:
    return byline.read(title, declared=declared, staff=SITE, **options)  # type: ignore[arg-type]


# ---------------------------------------------------------------- who wins


def test_a_staff_account_gives_way_to_the_byline():
    reading = read("Five plants. By Ada Moss", "The Watering Can")
    assert (reading.title, reading.authors) == ("Five plants", ("Ada Moss",))
    assert [(f.field, f.raw, f.value, f.rule) for f in reading.fixups] == [
        ("title", "Five plants. By Ada Moss", "Five plants", "byline-by"),
        ("authors", "The Watering Can", "Ada Moss", "byline-staff"),
    ]


@pytest.mark.parametrize(
    "account", ["admin", "Blog editor", "Guest author", "Communications team", "the editors"]
)
def test_generic_accounts_are_staff_without_being_configured(account):
    """Nobody has to list the names that content systems come with."""
    assert read("Five plants. By Ada Moss", account).authors == ("Ada Moss",)


def test_a_staff_account_stays_where_there_is_no_byline():
    """An account with a name tells who publishes; it only gives way, it does not vanish."""
    assert read("Opening hours", "The Watering Can") == Reading(
        title="Opening hours", authors=("The Watering Can",), fixups=()
    )


def test_an_account_that_names_nobody_is_never_shown():
    reading = read("Opening hours", "admin")
    assert reading.authors == ()
    assert [f.rule for f in reading.fixups] == ["byline-staff"]


def test_a_staff_account_beside_a_declared_person_goes():
    assert read("Opening hours", "admin", "Ada Moss").authors == ("Ada Moss",)


def test_a_declared_author_named_in_the_title_is_not_doubled():
    """The spelling that was declared is kept: accents and honorifics are the author's own."""
    reading = read("Five plants. By Zoe Hazelhurst", "Dr Zoë Hazelhurst")
    assert (reading.title, reading.authors) == ("Five plants", ("Dr Zoë Hazelhurst",))


def test_a_declared_coauthor_stays_beside_a_byline_that_names_the_other():
    assert read("Five plants. By Ada Moss", "Ada Moss", "Bo Clay").authors == (
        "Ada Moss",
        "Bo Clay",
    )


def test_another_persons_account_gives_way_to_the_byline_and_says_so():
    """Whoever is logged in posts it; who wrote it stands in the title."""
    reading = read("Five plants. By Ada Moss", "Ulf Sand")
    assert reading.authors == ("Ada Moss",)
    assert reading.fixups[-1].rule == "byline-account"


def test_another_persons_account_can_be_kept():
    assert read("Plants. By Ada Moss", "Ulf Sand", off=frozenset({"byline-account"})).authors == (
        "Ada Moss",
        "Ulf Sand",
    )


def test_several_people_declared_as_one_are_several():
    assert read("Plants", "Ada Moss and Padraig Ó Conaill").authors == (
        "Ada Moss",
        "Padraig Ó Conaill",
    )
    assert read("Plants", "Comms & Engagement").authors == ("Comms & Engagement",)


def test_aliases_rename_whoever_wrote():
    """By the name as written or anything that compares equal to it, from title and source alike."""
    names = {"ada moss": "Ada Moss-Clay"}
    reading = read("Plants. By Ada Moss", aliases=names)
    assert reading.authors == ("Ada Moss-Clay",)
    assert reading.fixups[-1].rule == "alias"
    assert read("Plants", "Ada Moss", aliases=names).authors == ("Ada Moss-Clay",)


def test_a_guest_is_no_author_and_stays_in_the_title():
    reading = read("In conversation with Dr. Rosalind Brambling", "The Watering Can")
    assert reading.title == "In conversation with Dr. Rosalind Brambling"
    assert reading.authors == ("The Watering Can",)


def test_an_interviewer_is_an_author_only_where_declared():
    title = "In conversation with Dr Ada Moss"
    assert read(title, "Bo Clay").authors == ("Bo Clay",)
    assert read(title).authors == ()


# ---------------------------------------------------------------- rules by name


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("Plants. By Ada Moss", "byline-by"),
        ("Guest post: Plants", "byline-label"),
        ("Plants that we like – Ada Moss", "byline-known"),
    ],
)
def test_each_rule_can_be_switched_off(title, rule):
    declared = ("Ada Moss",) if rule == "byline-known" else ()
    assert rule in {f.rule for f in byline.read(title, declared=declared).fixups}
    assert byline.read(title, declared=declared, off=frozenset({rule})).title == title


def test_every_rule_that_fixups_name_is_listed():
    titles = (
        "Plants. By Ada Moss",
        "Plants we like. Ada Moss",
        "Guest post: Plants",
        "Plants – Bo Clay",
    )
    used = {
        f.rule
        for t in titles
        for f in read(t, "admin", "Bo Clay", aliases={"Ada Moss": "A."}).fixups
    }
    assert used <= set(byline.RULES)


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("Ada Moss, PhD, and Bo Clay MBE", ("Ada Moss", "Bo Clay")),
        ("Jane and John Thistlewood", ("Jane Thistlewood", "John Thistlewood")),
        ("J. K. Rowan & JK Rowan", ("J. K. Rowan", "JK Rowan")),
        ("Ada Moss (Sheds Ltd), Bo Clay (Nets)", ("Ada Moss", "Bo Clay")),
        ("Ada Moss (Sheds Ltd) and Bo Clay (Nets)", ("Ada Moss", "Bo Clay")),
        ("Ada “Sir Lele” Moss", ("Ada “Sir Lele” Moss",)),
        (
            "Jan van der Meulen und Ludwig von Ahlefeld",
            ("Jan van der Meulen", "Ludwig von Ahlefeld"),
        ),
    ],
)
def test_lists_of_people_are_read_in_many_forms(phrase, names):
    found = people(phrase)
    assert found is not None
    assert found.names == names


def test_professions_and_institutions_after_a_name_are_no_people():
    phrase = "Ada Moss, Chief Nurse, and Padraig Ó Conaill, University of the Marsh"
    found = people(phrase)
    assert found is not None
    assert found.names == ("Ada Moss", "Padraig Ó Conaill")


@pytest.mark.parametrize(
    "phrase",
    ["A Newly Qualified Nurse", "Each Judge", "Jede Rose", "Design", "the numbers", "2026"],
)
def test_plain_words_are_no_names(phrase):
    assert people(phrase) is None


def test_a_person_is_the_same_with_and_without_honours():
    assert plain("Prof. Dame Zoë Hazelhurst, PhD") == plain("zoe hazelhurst")
    assert plain("Zoë R. Hazelhurst") == plain("Zoë Hazelhurst")


# ---------------------------------------------------------------- any input


WORDS = st.sampled_from(
    [
        "By",
        "by",
        "and",
        "Ada",
        "Moss",
        "Bo",
        "Clay",
        "Dr",
        "Prof.",
        ".",
        ":",
        "–",
        "|",
        ",",
        "!",
        "?",
        "(",
        ")",
        "“",
        "”",
        "Guest",
        "post:",
        "review",
        "@ada",
        "Part",
        "2",
        "St.",
        "田中",
        "花子",
        "by:",
        "Von",
    ]
)
TITLES = st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=24).map(" ".join))


@settings(max_examples=150)
@given(
    TITLES, st.lists(st.sampled_from(["Ada Moss", "admin", "Bo Clay", "x"]), max_size=3).map(tuple)
)
@example("0&BY VON ADA", ())
@example("A0A0A BY :B.BY :B", ())
def test_reading_again_changes_nothing_and_nothing_grows(title, declared):
    """Titles are cleaned once and for all, whatever they hold and whoever was declared."""
    first = byline.read(title, declared=declared)
    assert byline.read(first.title, declared=declared).title == first.title
    assert byline.read(first.title, declared=first.authors).title == first.title
    assert byline.read(first.title, declared=first.authors).authors == first.authors
    assert len(first.title) <= len(title)
    assert bool(first.title.strip()) == bool(title.strip())


@pytest.mark.parametrize(
    "text",
    [
        "by " * 33_000,
        " " * 100_000,
        "," * 100_000,
        "A. " * 33_000,
        "(" * 100_000,
        "By Ada Moss, " * 8_000,
        "A’" * 50_000,
        "\n" * 100_000,
        "- \n" * 33_000,
    ],
)
def test_hostile_titles_cost_no_time(text):
    """Both beyond the length that is read at all and just below it; learning reads a text's edges."""
    start = time.process_time()
    for title in (text, text[:399]):
        byline.read(title, declared=("Ada Moss",), summary=text, ending=text)
        learn([Seen(title=title, opening=text[:700], ending=text[:500])])
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("By Marigold Fairweather, gardener. The beans are up.", ("Marigold Fairweather",)),
        ("Written by J. K. Rowan and Ada Moss\nThe beans are up.", ("J. K. Rowan", "Ada Moss")),
        ("Author: Ada Moss. The beans are up.", ("Ada Moss",)),
        ("By Tuesday the beans were up. Nobody knew why.", ("Blog editor",)),
        ("By Ada Moss we mean the rose, not the woman.", ("Blog editor",)),
        ("By and large, Ada Moss agrees.", ("Blog editor",)),
    ],
)
def test_a_byline_at_the_text_s_start_names_who_an_account_published(text, authors):
    """Only a phrase of nothing but people counts, up to its full stop or the line's end."""
    assert read("Beans in November", "Blog editor", summary=text).authors == authors
    off = frozenset({"byline-text"})
    assert read("Beans", "Blog editor", summary=text, off=off).authors == ("Blog editor",)


@pytest.mark.parametrize(
    "name",
    [
        "Prof. Dr.-Ing. Hanne Brandt",
        "Dr. med. Łukasz Brzeski",
        "Engr. Ada Moss",
        "Rajagopalan S.",
        "Brother Ada Moss",
    ],
)
def test_titles_before_and_initials_after_a_name_belong_to_it(name):
    """No full stop of an honorific may end the title."""
    said = read(f"Why beams creak. By {name}", "admin")
    assert (said.title, said.authors) == ("Why beams creak", (name,))


# ---------------------------------------------------------------- what a blog's other titles tell


PEOPLE = ("Ada Moss", "Bo Clay", "Maria Sand", "John Xolovan", "Rich Song", "Tevita Fifita")


def blog(shape: str, account: str, *, text: str = "", others: int = 2) -> list[Seen]:
    """Return a blog that names each of its guests as one shape has it, with posts of its own between."""
    titles = [
        shape.format(T=f"What we learnt from bed {n}", N=name) for n, name in enumerate(PEOPLE)
    ]
    titles += [f"The week in beds, number {n} of many" for n in range(others)]
    return [Seen(title=title, authors=(account,), opening=text) for title in titles]


def read_in(posts: list[Seen], title: str, *declared: str, **options: object) -> Reading:
    return byline.read(title, declared=declared, habit=learn(posts), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "shape",
    ["{T}. By {N}", "{T}, by {N}", "{T} by {N}", "{N}: {T}", "{N} – {T}", "{N} | {T}", "{T} – {N}",
     "{T} | {N}", "{T} ({N})", "{T}. {N}", "{T} / {N}", "[EN] {T} / {N} @moss", "{N} › {T}",
     "{T} • {N}", "{N} // {T}", "{T} :: {N}", "{T} ~ {N}", "{T} ★ {N}", "{T} ✍️ {N}", "{T}／{N}",
     "[{N}] {T}", "({N}) {T}", "【{N}】{T}", "🎤 {N}: {T}", "{T} – {N} ✍️", "[EN] {N}: {T}",
     "{T} ({N} et al.)", "{N} of Shed Club on {T}", "{N} from Shed Club: {T}", "Von {N}: {T}",
     "From {N}: {T}", "{T} by {N} at Shed Club", "{T} presented by {N}",
     "Kolumne von {N}: {T}", "Tribune de {N} : {T}", "Krönika av {N}: {T}", "Op-ed by {N}: {T}",
     "Gastautorin {N}: {T}", "Gastblog {N}: {T}", "{T} – ein Gastbeitrag von {N}",
     "{T} by our guest author {N}", "Guest blog by {N} - {T}", "Par {N} – {T}",
     "{T} ~ Guest post by {N}", "{T}（文・{N}）", "{N} about {T}", "{N}- {T}", "{T}- {N}",
     "{T} | {N} @shedcon 2013"],
)  # fmt: skip
def test_a_shape_used_again_and_again_holds_for_names_that_no_list_knows(shape):
    """Blogs of societies that publish their guests under one account."""
    title = shape.format(T="Why the shed is open", N="Xolani Brenkish")
    said = read_in(blog(shape, "Blog editor"), title, "Blog editor")
    left = "[EN] Why the shed is open" if "[EN]" in shape else "Why the shed is open"
    assert (said.title, said.authors) == (left, ("Xolani Brenkish",))


@pytest.mark.parametrize(
    ("shape", "left"),
    [
        ("{N}, “{T}”", "“{T}”"),
        ("“{T}” {N}", "“{T}”"),
        ("„{T}“ {N}", "„{T}“"),
        ("{N}「{T}」", "「{T}」"),
        ("{T}... {N}", "{T}..."),
        ("{T} (poem by {N})", "{T} (poem)"),
    ],
)
def test_what_quotes_a_title_stays_when_the_name_beside_it_goes(shape, left):
    """Seminars and students' papers: “A B, “On nets””."""
    said = read_in(blog(shape, "admin"), shape.format(T="Why we dig", N="Xolani Brenk"), "admin")
    assert (said.title, said.authors) == (left.format(T="Why we dig"), ("Xolani Brenk",))


@pytest.mark.parametrize(
    ("shape", "first"),
    [
        ("Day {n}: {N} – {T}", "Day {n}: "),
        ("Seminar {n} | {N} | {T}", "Seminar {n} | "),
        ("[{n}/24] {N}: {T}", "[{n}/24] "),
        ("#{n} {N} – {T}", "#{n} "),
        ("{n}. {N}: {T}", "{n}. "),
        ("{n}.05.2021 {N}: {T}", "{n}.05.2021 "),
        ("Shed Talks: {N} – {T}", "Shed Talks: "),
    ],
)
def test_what_a_blog_counts_or_always_writes_before_a_name_stays(shape, first):
    """Advent calendars and rows of talks, whose number or name comes before the speaker's."""
    titles = [shape.format(N=name, T=f"Why we dig bed {n}", n=n) for n, name in enumerate(PEOPLE)]
    posts = [Seen(title=title, authors=("admin",)) for title in titles]
    for number, (title, name) in enumerate(zip(titles, PEOPLE, strict=True)):
        said = read_in(posts, title, "admin")
        assert said.authors == (name,)
        assert said.title == f"{first.format(n=number)}Why we dig bed {number}"


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Why the nets hold (Author: Ada Moss)", "Why the nets hold"),
        ("Was Netze hält – Text: Ada Moss", "Was Netze hält"),
        ("Guest blogger Ada Moss: Why the nets hold", "Why the nets hold"),
        ("Guest post from Ada Moss: Why the nets hold", "Why the nets hold"),
    ],
)
def test_a_title_that_calls_somebody_its_author_needs_no_convention(title, left):
    """Blogs with a single guest."""
    said = read(title, "The Watering Can")
    assert (said.title, said.authors) == (left, ("Ada Moss",))


@pytest.mark.parametrize(
    "title",
    ["Thanks 🙏 Ada Moss", "[Ada Moss] Nets", "Ada Moss, “Nets”", "“Nets” Ada Moss",
     "Film night ★ Ada Moss", "Das Leben von Anna Lehm: Netze", "La vida de Ana López: un retrato",
     "Lessons from Ada Moss: Nets", "Nets feat. Ada Moss", "Nets: Bo vs. Ada Moss",
     "By the sea – Nets in winter", "Author visit: Ada Moss", "Meet the author: Ada Moss",
     "Book evening – Guest author Ada Moss", "Author interview: Ada Moss on nets"],
)  # fmt: skip
def test_a_sign_or_a_quote_beside_a_name_says_nothing_once(title):
    """Blogs that thank, invite and review."""
    assert read(title, "The Watering Can").title == title


@pytest.mark.parametrize(
    "shape",
    ["{T} • {N}", "{N} • {T}", "[{N}] {T}", "{N}, “{T}”", "From {N}: {T}"],
)
def test_places_and_projects_in_such_a_place_are_no_authors(shape):
    """Societies that announce meetings by their towns."""
    towns = ("New York", "Santa Fe", "Los Angeles", "Cape Town", "San Diego", "Kansas City")
    titles = [shape.format(T=f"Bread fair {n}", N=town) for n, town in enumerate(towns)]
    posts = [Seen(title=title, authors=("admin",)) for title in titles]
    assert [read_in(posts, title, "admin").title for title in titles] == titles


def test_two_titles_that_only_the_name_tells_apart_stay_whole():
    """Blogs of societies, where two answer the same question, and one post has nobody's name."""
    posts = [
        Seen(title=t)
        for t in ("Roofs. By Ada Moss", "Roofs. By Bo Clay", "Nets", "Nets. By Bo Clay")
    ]
    said = [read_in(posts, post.title) for post in posts]
    assert [s.title for s in said] == [post.title for post in posts]
    assert [s.authors for s in said] == [("Ada Moss",), ("Bo Clay",), (), ("Bo Clay",)]


def test_an_account_that_begins_with_an_article_publishes_others():
    """Newspapers: “Why sheds lean | A B” by “The Marsh Review”, which is no person."""
    title = "Why the shed is open | Xolani Brenkish"
    for account in ("The Marsh Review", "The Marsh"):
        said = read_in(blog("{T} | {N}", account), title, account)
        assert said.authors == ("Xolani Brenkish",)


@pytest.mark.parametrize("by", ["by", "von", "par", "por", "door"])
def test_a_columnist_who_comes_again_and_again_is_read_each_time(by):
    """Magazines, whose columnists write more posts than a blog has words that it always writes."""
    titles = [f"Nets: what holds {n} ({by} Ada Moss)" for n in "abcdef"]
    posts = [Seen(title=title, authors=()) for title in [*titles, f"Beds ({by} Bo Clay)"]]
    assert [read_in(posts, title).authors for title in titles] == [("Ada Moss",)] * len(titles)


def test_whom_a_person_quotes_at_the_end_has_not_written_it():
    """Weekly letters of one person, in Chinese, that close on a quotation."""
    names = ("李小苔", "王小舟", "张小田", "赵小林")
    posts = [
        Seen(title=f"第 {n} 期", authors=("陈小山",), ending=f"所有的花园都会漏水。\n-- {name}")
        for n, name in enumerate(names, 40)
    ]
    said = read_in(posts, "第 43 期", "陈小山", ending=posts[-1].ending)
    assert said.authors == ("陈小山",)
    # An account that is called as nobody is, publishes others.
    others = [replace(post, authors=("花园笔记",)) for post in posts]
    assert read_in(others, "第 43 期", "花园笔记", ending=posts[-1].ending).authors == ("赵小林",)


def test_guests_whose_names_are_words_are_read_where_only_guests_stand():
    """Staff blogs with seven guests in fifty posts: “Art Song: Why we dance on Mondays”."""
    names = ("Ada Moss", "Art Song", "Bo Clay", "Rosa Lind", "Will Baker", "Maria Sand", "My An")
    titles = [f"{name}: Why we sing in bed {n}" for n, name in enumerate(names)]
    titles += [f"The week in beds, number {n} of many" for n in range(43)]
    posts = [Seen(title=title, authors=("Comms team",)) for title in titles]
    read = [read_in(posts, title, "Comms team").authors for title in titles[:7]]
    assert read == [(name,) for name in names]


@pytest.mark.parametrize("shape", ["{N}: {T}", "{N} – {T}", "{T} – {N}", "{T} | {N}", "{T} ({N})"])
def test_guests_of_a_person_who_declares_herself_are_no_authors(shape):
    """Podcasts: “A B: what she makes”, published by the one who asked."""
    title = shape.format(T="Why the shed is open", N="Xolani Brenkish")
    assert read_in(blog(shape, "Ulla Sand"), title, "Ulla Sand").title == title


def test_people_of_whom_the_text_speaks_are_subjects():
    """Blogs of portraits: “Marie Curie: a life in the lab”."""
    posts = [
        Seen(title=f"{name}: a life in the lab", authors=("admin",), opening=f"{name} was early.")
        for name in PEOPLE
    ]
    assert (
        read_in(posts, "Ada Moss: a life in the lab", "admin").title
        == "Ada Moss: a life in the lab"
    )


def test_people_of_whom_the_text_speaks_by_their_given_names_are_subjects():
    """Foundations: “A B: sheds for all”, of whom each text says how Ada does it."""
    posts = [
        Seen(title=f"{name}: sheds for all", authors=("SF team",), opening=f"How {name[:3]} won.")
        for name in PEOPLE
    ]
    title = "Ada Moss: sheds for all"
    assert read_in(posts, title, "SF team").title == title


def test_topics_before_a_colon_are_no_people():
    """Blogs that sort their posts by a word before a colon."""
    topics = ("Mozilla Firefox", "Google Chrome", "Opera Mini", "Internet Explorer", "Safari Beta")
    posts = [Seen(title=f"{topic}: what is new this week", authors=("admin",)) for topic in topics]
    assert not any(shape.is_used for shape in learn(posts).shapes)


def test_no_two_titles_of_a_blog_become_alike():
    """Fourteen posts “2015 election – A B”, each by its candidate."""
    posts = [Seen(title=f"The 2015 election – {name}", authors=(name,)) for name in PEOPLE]
    for post in posts:
        said = read_in(posts, post.title, *post.authors)
        assert (said.title, said.authors) == (post.title, post.authors)


def test_a_person_who_is_introduced_stays_in_the_title():
    title = "Introducing our new director – Ada Moss"
    assert byline.read(title, declared=("Ada Moss",)).title == title


@pytest.mark.parametrize(
    "name", ["Rich Song", "Art Young", "My An", "Hope Moss", "Mark Street", "Will Church"]
)
def test_names_made_of_words_need_no_list_after_the_sure_shape(name):
    said = byline.read(f"Why the shed is open. By {name}", declared=("Blog editor",))
    assert (said.title, said.authors) == ("Why the shed is open", (name,))


@pytest.mark.parametrize(
    "line",
    ["Authors & Interviewers: Ada Moss", "Par Ada Moss", "Von Ada Moss", "Door Ada Moss", "Contributor: Ada Moss", "Contributed by Ada Moss",
     "By Ada Moss, PR & Communications, Faculty of Sheds"],
)  # fmt: skip
def test_a_byline_on_the_text_s_first_line_is_read_in_many_languages(line):
    """University blogs, and newsletters whose content system knows one account."""
    said = byline.read("Sheds", declared=("admin",), summary=f"{line}\nThe shed was full of bees.")
    assert said.authors == ("Ada Moss",)


@pytest.mark.parametrize(
    ("title", "declared"),
    [
        ("Screencasts by Bo Clay", "Ada Moss"),
        ("Film night: Ikiru by Akira Kurosawa", "Ada Moss"),
        ("Nike by David Fincher", "admin"),
        ("A portrait by Graham Sutherland", "admin"),
        ("Led by Mary Seacole", "admin"),
        ("Meet the team", "Elm Road, Leeds"),
    ],
)
def test_works_and_deeds_and_places_are_left_alone(title, declared):
    said = byline.read(title, declared=(declared,))
    assert said.title == title
    assert said.authors in ((declared,), ())


def test_a_blog_s_shape_can_be_told_and_switched_off():
    told = learn(blog("{T}", "admin"), told="N: T")
    said = byline.read("Xolani Brenkish: The shed", declared=("admin",), habit=told)
    assert (said.title, said.authors) == ("The shed", ("Xolani Brenkish",))
    off = learn(blog("{T}. By {N}", "admin"), told="off")
    assert byline.read("The shed. By Ada Moss", declared=("admin",), habit=off).title == (
        "The shed. By Ada Moss"
    )


def test_a_group_declared_beside_a_person_stays():
    posts = [Seen(title="T", authors=("Ada Moss", "Executive Council"))]
    said = read_in(posts, "T", "Ada Moss", "Executive Council")
    assert said.authors == ("Ada Moss", "Executive Council")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("作者： Ada Moss（谷歌），Bo Clay (Nets)", ("Ada Moss", "Bo Clay")),
        ("作者：ada van 't moss", ("ada van 't moss",)),
        ("作者：A.el Moss", ("A.el Moss",)),
        ("Authors: Ada Moss, Shedware & Bo Clay, Nets", ("Ada Moss", "Bo Clay")),
        ("Author:\nAda Moss, Director of Sheds, Cloud Platforms", ("Ada Moss",)),
        ("Sheds for all\n--by Ada Moss and Bo Clay, Nets", ("Ada Moss", "Bo Clay")),
        ("By Ada Moss and Bo Clay on behalf of the Shed Group", ("Ada Moss", "Bo Clay")),
        ("Editor’s note: today’s post is by Ada Moss, Bo Clay and Maria Sand co-founders of Nets,"
         " telling how they build sheds.", ("Ada Moss", "Bo Clay", "Maria Sand")),
        ("Today’s guest post is brought to you by Ada Moss, VP of Sheds at Nets", ("Ada Moss",)),
        ("This is a guest blog post from Ada Moss, professor of sheds", ("Ada Moss",)),
    ],
)  # fmt: skip
def test_a_byline_tells_employers_offices_and_groups_beside_its_people(line, names):
    """Blogs of open projects and foundations, whose guests come from firms."""
    said = byline.read("Sheds", declared=(), summary=f"{line}\nThe shed was full of bees.")
    assert said.authors == names


def test_a_text_s_own_byline_is_believed_more_than_the_account():
    """Blogs of foundations, where whoever has an account posts what others wrote."""
    said = byline.read("Sheds", declared=("Bo Clay",), summary="by Ada Moss\nThe shed is full.")
    assert said.authors == ("Ada Moss",)
    assert said.fixups[-1].rule == "byline-account"
    talk = byline.read("Sheds", declared=("Bo Clay",), summary="Speaker: Ada Moss\nCome and see.")
    assert talk.authors == ("Bo Clay",)


def test_a_byline_may_stand_behind_a_picture_s_caption():
    """Blogs of research software, whose articles begin with a picture and its source."""
    text = "Image: a shed.\nContributed by Ada Moss and Bo Clay\nThe shed was full of bees."
    assert byline.read("Sheds", declared=(), summary=text).authors == ("Ada Moss", "Bo Clay")
    later = "The shed was full of bees.\n" * 5 + "Contributed by Ada Moss\n"
    assert byline.read("Sheds", declared=(), summary=later).authors == ()


@pytest.mark.parametrize(
    "line",
    [
        "This was written by Ada Moss",
        "This article was written by Ada Moss (@moss)",
        "This is a guest post by Ada Moss, who keeps bees.",
        "Today’s post is by Ada Moss.",
        "Dieser Beitrag ist von Ada Moss.",
    ],
)
def test_a_sentence_that_says_who_wrote_a_text_is_a_byline(line):
    """Calendars and magazines of many writers, whose source names nobody."""
    said = byline.read("Sheds", declared=(), summary=f"{line}\nThe shed was full of bees.")
    assert said.authors == ("Ada Moss",)


@pytest.mark.parametrize("deed", ["curated", "sponsored", "brought to you", "inspired"])
def test_who_only_chose_or_paid_is_no_author(deed):
    """Weeklies of links, and blogs with sponsors."""
    said = byline.read("Sheds", declared=(), summary=f"This week’s letter was {deed} by Ada Moss.")
    assert said.authors == ()


def test_what_a_blog_appends_to_many_titles_may_follow_a_byline():
    """Conferences: “What we heard – Ada Moss – ShedConf 2010”."""
    posts = [
        Seen(title=f"What we heard in talk {n} - {name} - ShedConf 2010")
        for n, name in enumerate(PEOPLE)
    ]
    said = read_in(posts, "Why the shed is open - Xolani Brenkish - ShedConf 2010")
    assert (said.title, said.authors) == ("Why the shed is open", ("Xolani Brenkish",))


def test_a_guest_who_comes_again_is_nothing_that_a_blog_appends():
    """Blogs of firms: “Guest post by Ada Moss: Sheds 3.1: what is new”, time and again."""
    posts = [
        Seen(title=f"Guest post by {name}: Shed {topic}: {topic}s of {name.split()[1]} Road")
        for topic in ("net", "bee", "owl")
        for name in PEOPLE
    ]
    said = read_in(posts, posts[0].title)
    assert (said.title, said.authors) == ("Shed net: nets of Moss Road", ("Ada Moss",))


def test_a_part_that_ends_many_titles_stays_in_each():
    """Magazines that count the parts of long articles: “… – Part 1”."""
    posts = [Seen(title=f"{name} | Nets {n} – Part 1") for n, name in enumerate(PEOPLE)]
    said = read_in(posts, posts[3].title)
    assert (said.title, said.authors) == ("Nets 3 – Part 1", ("John Xolovan",))


def test_a_name_may_hold_a_word_that_also_means_by():
    said = byline.read("Why the shed is open. By Ludwig von Moss", declared=("admin",))
    assert said.authors == ("Ludwig von Moss",)


def test_a_line_that_is_only_a_name_and_an_address_makes_nobody_the_subject():
    """Conferences, whose abstracts begin with the speaker and where she works."""
    posts = [
        Seen(
            title=f"What we heard in talk {n} - {name}",
            opening=f"What we heard\n{name}, University of the Marsh\nWe heard a lot.",
        )
        for n, name in enumerate(PEOPLE)
    ]
    said = read_in(posts, posts[3].title, summary=posts[3].opening)
    assert said.authors == ("John Xolovan",)


@pytest.mark.parametrize("guest", ["Shedware", "Shed Foundation"])
def test_a_firm_s_guest_post_keeps_its_author_and_its_title(guest):
    """Blogs of civic projects: “Guest Post from Shedware | Where bees go”, by a person there."""
    said = byline.read(f"Guest Post from {guest} | Where bees go", declared=("Ada Moss",))
    assert (said.title, said.authors) == (f"Guest Post from {guest} | Where bees go", ("Ada Moss",))


def test_a_society_is_no_person_wherever_its_kind_stands():
    """Blogs of societies, published by an account of that name."""
    posts = [Seen(title=f"Sheds {n}", authors=("Society of Bench Gardeners",)) for n in range(9)]
    said = read_in(posts, "Sheds. By Ada Moss", "Society of Bench Gardeners")
    assert said.fixups[-1].rule == "byline-staff"


def test_two_people_who_stand_before_every_title_are_its_authors():
    """Planets of two blogs, of which one declares its author by another name."""
    posts = [
        Seen(title=f"{name}: what we learnt on day {n}", authors=declared)
        for n in range(8)
        for name, declared in (("Ada M", ("Ada Marigold Moss",)), ("Xolani Brenkish", ()))
    ]
    said = read_in(posts, "Ada M: why the shed is open", "Ada Marigold Moss")
    assert (said.title, said.authors) == ("why the shed is open", ("Ada M",))


def test_a_text_that_repeats_its_title_does_not_speak_of_its_author():
    """WordPress's feeds, whose texts end on “The post Ada Moss: … appeared first on Sheds”."""
    posts = [
        Seen(
            title=f"{name}: what we learnt on day {n}",
            authors=("Blog editor",),
            opening=f"The shed was full. The post {name}: what we learnt on day {n} appeared first.",
        )
        for n, name in enumerate(PEOPLE)
    ]
    said = read_in(posts, posts[3].title, "Blog editor", summary=posts[3].opening)
    assert said.authors == ("John Xolovan",)


def test_an_account_that_may_be_a_person_gives_way_where_many_others_are_named():
    """Channels of conferences: “PyCon Elbonia” looks like somebody's name, and publishes all."""
    posts = blog("{T} - {N}", "ShedCon Elbonia")
    said = read_in(posts, "Why the shed is open - Xolani Brenkish", "ShedCon Elbonia")
    assert (said.title, said.authors) == ("Why the shed is open", ("Xolani Brenkish",))


@pytest.mark.parametrize(
    ("frame", "left"),
    [
        ("ShedCon 2016 - {N} - {T}", "ShedCon 2016 - {T}"),
        ("ShedCon 2016: {N} - {T}", "ShedCon 2016: {T}"),
        ("{N} - {T} - ShedCon 2016", "{T}"),
        ("{T}｜{N}｜Young sheds｜ShedCon 2016", "{T}"),
        ("{T} – {N} (ShedCon 2016)", "{T}"),
    ],
)
def test_a_byline_may_stand_between_what_a_blog_writes_in_many_titles(frame, left):
    """Channels of conferences, whose titles begin or end with the conference and the track."""
    said = read_in(
        blog(frame, "admin"), frame.format(T="Why the shed is open", N="Xolani Brenkish"), "admin"
    )
    assert (said.title, said.authors) == (
        left.format(T="Why the shed is open"),
        ("Xolani Brenkish",),
    )


def test_names_of_a_people_whom_the_list_hardly_knows_are_learnt_where_they_are_many():
    """Conferences in India and Taiwan: few of the speakers' given names are in any list."""
    names = [f"{given} {family}" for given in ("Ada", "Zhivko", "Xolwane", "Tevitola", "Brenkish")
             for family in ("Narayanappa", "Kuulmets")]  # fmt: skip
    posts = [Seen(title=f"What we heard in talk {n} – {name}") for n, name in enumerate(names)]
    said = read_in(posts, "Why the shed is open – Qorvil Zambrek")
    assert said.authors == ("Qorvil Zambrek",)


def test_a_line_that_presents_somebody_is_a_byline_and_no_portrait():
    """Conferences, whose abstracts begin “Presented by …”."""
    posts = [
        Seen(title=f"{name} - what we heard in talk {n}", opening=f"Presented by {name}\nWe heard.")
        for n, name in enumerate(PEOPLE)
    ]
    said = read_in(posts, posts[3].title, summary=posts[3].opening)
    assert (said.title, said.authors) == ("what we heard in talk 3", ("John Xolovan",))


def test_one_word_in_brackets_is_no_author():
    """Italian titles: “tra gli elefanti (di Hadoop)”."""
    title = "Un programmatore tra gli elefanti (di Hadoop)"
    assert byline.read(title, declared=()).title == title


@pytest.mark.parametrize("said", ["Speaker: {N}", "“What we heard” by {N} ", "Presented by {N}."])
def test_a_text_that_says_itself_whose_it_is_is_no_portrait(said):
    """Conferences, whose abstracts name the speaker and go on about her life."""
    posts = [
        Seen(
            title=f"What we heard in talk {n} - {name}",
            opening=f"{said.format(N=name)}\nWe heard.\n",
        )
        for n, name in enumerate(PEOPLE)
    ]
    said_in = read_in(posts, posts[3].title, summary=posts[3].opening)
    assert said_in.authors == ("John Xolovan",)


def test_no_declared_author_is_lost_where_names_are_words():
    """Universities, which declare their teams in one line: “Ada Moss, Will Furnace, Mark Bell”."""
    line = "Ada Moss, Will Furnace, Bo Clay, Bob Turner, Mark Bell"
    said = byline.read("Sheds", declared=(line,))
    assert ", ".join(said.authors) == line
    text = byline.read("Sheds", declared=("admin",), summary=f"By {line}\nThe shed is full.")
    assert ", ".join(text.authors) == line


def test_a_society_beside_a_person_is_left_out():
    """Fellowships: “Contributed by Ada Moss and the Sustainable Sheds Institute”."""
    text = "Contributed by Ada Moss and Sustainable Sheds Institute\nThe shed is full."
    assert byline.read("Sheds", declared=(), summary=text).authors == ("Ada Moss",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        # magazines and calendars, whose editor says something first
        ("Ed Note: This guest post was contributed by Ada Moss.", ("Ada Moss",)),
        ("[Note: here’s a guest post by Ada Moss of the Shed Society.]", ("Ada Moss",)),
        ("Another guest appearance by Ada Moss.", ("Ada Moss",)),
        ("A guest commentary by Ada Moss", ("Ada Moss",)),
        # blogs of firms and research groups, which tell what somebody is
        ("Written by gardener Ada Moss", ("Ada Moss",)),
        ("This guest post is by our colleague Ada Moss.", ("Ada Moss",)),
        ("This post was written by the amazing Ada Moss!", ("Ada Moss",)),
        ("By Moss University researchers Ada Moss and Bo Clay", ("Ada Moss", "Bo Clay")),
        ("This summary, written by Ada Moss, is the first of three.", ("Ada Moss",)),
        # libraries and institutes, with workplaces and marks of notes
        ("By Ada Moss (Shed Ltd), Bo Clay (Nets, Inc)", ("Ada Moss", "Bo Clay")),
        ("By Ada Moss¹, Bo Clay²", ("Ada Moss", "Bo Clay")),
        ("By **Ada Moss**, a gardener at Shed and Nets", ("Ada Moss",)),
        ("By Ada Moss, edited by Bo Clay", ("Ada Moss",)),
        # communities that translate
        ("作者：Ada Moss / 编辑：李四", ("Ada Moss",)),
        ("原文作者：Ada Moss", ("Ada Moss",)),
        ("Authors: Ada Moss, Dr. Bo Clay Contributors: Maria Sand", ("Ada Moss", "Dr. Bo Clay")),
        ("作者：mossy-shed", ("mossy-shed",)),
        ("書いた人：こけ", ("こけ",)),
        # blogs in Chinese, which tell what somebody is behind a comma
        ("作者：李明，小屋工程师", ("李明",)),
        ("作者简介：李小明，种花的人。", ("李小明",)),
        ("本文作者：李明、王小芳（小屋）", ("李明", "王小芳")),
        (
            "作者介绍：\n李明，园艺师。\n王小芳，工程师。\n本文介绍小屋，还有蜜蜂。",
            ("李明", "王小芳"),
        ),
        ("作者：李明，园艺师；王小芳，工程师", ("李明", "王小芳")),
        ("作者：李明，王小芳 / 后期编辑：张伟", ("李明", "王小芳")),
        # magazines in Chinese, each with signs and blanks of its own
        ("作者丨李明", ("李明",)),
        ("◎作者 | 李明 王小芳", ("李明", "王小芳")),
        ("文 | 李明", ("李明",)),
        ("文\\丨小石 来源\\丨小屋报", ("小石",)),
        ("文 李明 编辑 张伟", ("李明",)),
        ("撰文 | 李明", ("李明",)),
        ("采写︱李明", ("李明",)),
        ("特约撰稿丨李明", ("李明",)),
        ("本刊记者/李明 王小芳", ("李明", "王小芳")),
        ("【小屋报】（记者 李明 王小芳）", ("李明", "王小芳")),
        ("原创 李明 王小芳 小屋E报", ("李明", "王小芳")),
        ("作者李明", ("李明",)),
        ("作者 I 李明、小石", ("李明", "小石")),
        ("作者丨[德]安娜·莫斯", ("安娜·莫斯",)),
        ("作者：田中 花子", ("田中 花子",)),
        ("作者 李明 园艺师", ("李明",)),
        ("感谢网友李明（小屋主人）投稿，蜜蜂很多。", ("李明",)),
        ("记者看到很多蜜蜂。", ()),
        ("文字很多，蜜蜂也很多。", ()),
        ("感谢李明的蜜蜂。", ()),
        ("作者介绍：Ada Moss，小屋工程师", ("Ada Moss",)),
        ("作者：小屋技术中心", ()),
        # lists, with what each is
        (
            "Authors: Ada Moss (Nets), Youwei Song (head of sheds at Nets), and Bo Clay (Sheds)",
            ("Ada Moss", "Youwei Song", "Bo Clay"),
        ),
        (
            "Authors:\nAda Moss (Nets)\nYouwei Song (Sheds)\nEditor: Bo Clay",
            ("Ada Moss", "Youwei Song"),
        ),
        ("Author: Marsh Valley Bank", ()),
        ("This blog post by Ada Moss was cross-posted from Nets.", ("Ada Moss",)),
        ("autor: Lukáš Lev Červinka, kandidát číslo 9", ("Lukáš Lev Červinka",)),
        ("This is issue 2 of the newsletter around nets written by Ada Moss.", ("Ada Moss",)),
        # a day says nothing of a text, but that something was done to it
        ("Originally published on 8 February 2009 by Ada Moss.", ("Ada Moss",)),
        ("Published on February 8th, 2009 by Ada Moss", ("Ada Moss",)),
        ("Publié le 3 mai 2020 par Ada Moss", ("Ada Moss",)),
        ("July 20th, 2023 Author: Ada Moss & Bo Clay, Nets", ("Ada Moss", "Bo Clay")),
        ("Posted on Tuesday, March 3, 2020 by Ada Moss", ("Ada Moss",)),
        ("Posted on 2020-03-03 by Ada Moss", ("Ada Moss",)),
        ("3 March 2020 by Ada Moss", ("Ada Moss",)),
        ("Wednesday, September 23rd, 2020 Author: Ada Moss", ("Ada Moss",)),
        ("Opublikowano 3 maja 2020 przez Ada Moss", ("Ada Moss",)),
        ("On 3 May 2020 the shed was opened by Ada Moss.", ()),
        ("This was signed on 3 May 1920 by Ada Moss.", ()),
        ("Founded on 3 May 1920 by Ada Moss, the shed is old.", ()),
        ("A talk given on 3 May 2020 by Ada Moss", ()),
        # what else the text does
        ("This is a guest blog by Ada Moss and covers how bees are kind.", ("Ada Moss",)),
        # a portrait that follows without a new line
        ("Guest post by Ada Moss Ada Moss is a gardener at Nets.", ("Ada Moss",)),
        ("Guest post by Ada O’Moss Ada keeps bees.", ("Ada O’Moss",)),
    ],
)
def test_a_text_says_in_many_ways_whose_it_is(line, names):
    """Blogs of one account whose guests are told by a note, a role, a workplace or an editor."""
    said = byline.read("Sheds", declared=(), summary=f"{line}\nThe shed was full of bees.")
    assert said.authors == names


def test_an_account_that_looks_like_a_person_gives_way_where_texts_say_whose_they_are():
    """Collections of many people's posts: “Originally published on 8 February 2009 by Ada Moss”."""
    told = "Originally published on {n} February 2009 by {name}.\nThe shed was full."
    posts = [
        Seen(title=f"Bed {n}", authors=("Xylo Nets",), opening=told.format(n=n, name=name))
        for n, name in enumerate(PEOPLE, start=1)
    ]
    habit = learn(posts)
    said = byline.read("Bed 9", declared=("Xylo Nets",), summary=posts[0].opening, habit=habit)
    assert said.authors == ("Ada Moss",)
    own = byline.read("Bed 10", declared=("Xylo Nets",), summary="The shed is ours.", habit=habit)
    assert own.authors == ("Xylo Nets",)
    alone = byline.read("Bed 9", declared=("Xylo Nets",), summary=posts[0].opening)
    assert alone.authors == ("Xylo Nets",), (
        "a single such sentence says too little against a person"
    )


@pytest.mark.parametrize(
    "text",
    [
        # news sites and blogs with many pictures
        "A shed. By Ada Moss\nThe shed was full of bees.",
        "By Ada Moss via Wikimedia\nThe shed was full of bees.",
        "By Ada Moss, CC BY 3.0\nThe shed was full of bees.",
        # reviews of what others wrote
        "An article by Ada Moss in the Shed Gazette says that bees are kind.",
        "A guest blog by Ada Moss explaining why bees are kind is here.",
        "Written by Ada Moss, it is titled “Bees”.",
        "This week’s photo is by Ada Moss.",
        # answers to what others wrote
        "This is a reply to an essay by Ada Moss",
        "A note on an article by Ada Moss",
        "This quotes a recent post by Ada Moss",
        "Cet article répond à un billet de Ada Moss",
        "Another example is a recent article by Ada Moss",
        "By Ada Moss’s account the bees are kind.",
        "Este artículo es sobre el libro “Abejas” escrito por Ada Moss",
        # conferences
        "Speakers:\nAda Moss\nBo Clay",
    ],
)
def test_captions_and_sentences_about_what_others_wrote_are_no_bylines(text):
    assert byline.read("Sheds", declared=("Maria Xolovan",), summary=text).authors == (
        "Maria Xolovan",
    )


@pytest.mark.parametrize("phrase", ["Ada Moss's", "Event-driven Sheds"])
def test_owners_and_compounds_are_no_names(phrase):
    """Reviews ("Ada Moss’s shed"), blogs on software, and obituaries."""
    found = people(phrase)
    assert found is None or found.grade < 3


def test_an_author_of_the_blog_before_a_colon_is_the_subject():
    """Group blogs, whose members write and are written about."""
    posts = [
        Seen(title=f"The bees of {name}", authors=(name,), opening="Bees.") for name in PEOPLE
    ] * 2
    said = read_in(posts, f"{PEOPLE[0]}: thirty years in the shed")
    assert said.title.startswith(PEOPLE[0])
    assert said.authors == ("admin",) or not said.authors


def test_one_who_is_declared_among_several_in_one_string_is_not_doubled():
    """Group blogs, whose system holds all authors in one field."""
    declared = ("Zyx Xolovan, Qua Fifita",)
    said = byline.read("Sheds", declared=declared, summary="By Zyx Xolovan and Qua Fifita\nBees.")
    assert ", ".join(said.authors) == "Zyx Xolovan, Qua Fifita"


def test_a_speaker_s_line_with_a_middle_initial_makes_nobody_the_subject():
    """Conferences, whose abstracts begin with the speaker, her initial and her workplace."""
    posts = [
        Seen(title=f"What we heard {n} - {name}", opening=f"{name.replace(' ', ' B. ')}, Shed Ltd")
        for n, name in enumerate(PEOPLE)
    ]
    said = read_in(posts, posts[3].title, summary=posts[3].opening)
    assert said.authors == ("John Xolovan",)


# ---------------------------------------------------------------- what a text says of itself


@pytest.mark.parametrize(
    "line",
    [
        "Once again, here is a guest essay by Ada Moss, who keeps bees.",
        "The bees are back! This data science post was written by Ada Moss - her second.",
        "*This shed blog post comes from Ada Moss of the Shed Society.*",
        "Today's guest author is Ada Moss, a gardener.",
        "Guest blogger Ada Moss explains why bees are kind.",
        "Our guest writer this week: Ada Moss",
        "A short report by - Ada Moss",
        "By software gardener Ada Moss",
        "Written by: gardener Ada Moss",
        "Dit artikel is geschreven door Ada Moss.",
        "Cet article a été écrit par Ada Moss, jardinière.",
        "Questo articolo è stato scritto da Ada Moss.",
        "Este artículo fue escrito por Ada Moss.",
        "Ein Gastbeitrag von Ada Moss",
    ],
)
def test_words_about_the_text_lead_to_whoever_wrote_it_however_they_are_put(line):
    """Blogs of one account: each has a sentence of its own, with any role before the name."""
    said = byline.read("Sheds", declared=("admin",), summary=f"{line}\nThe shed was full of bees.")
    assert said.authors == ("Ada Moss",)


@pytest.mark.parametrize(
    "line",
    [
        # group blogs that point to what others wrote
        "The Gazette carried a guest editorial by Ada Moss on bees.",
        "I came across this post in another blog, Sheds, written by Ada Moss.",
        "A report on sheds, written by Ada Moss for the society, is out.",
        "The first post is a guest post from Ada Moss about nets.",
        "This is yet another outstanding post by Ada Moss, this time on nets.",
        "Check out this post by Ada Moss.",
        "The author of the book is called Ada Moss.",
        # what is somebody's in another way
        "This post was translated by Ada Moss.",
        "This post was inspired by Ada Moss.",
        "This song was written by Ada Moss.",
        "By now everyone has heard of Ada Moss, who keeps bees.",
        "Von Ada Moss kam die Frage, was eine Biene kostet.",
    ],
)
def test_words_about_what_somebody_else_made_lead_to_no_author(line):
    said = byline.read(
        "Sheds", declared=("Bo Clay",), summary=f"{line}\nThe shed was full of bees."
    )
    assert said.authors == ("Bo Clay",)


@pytest.mark.parametrize(
    ("ending", "declared", "authors"),
    [
        # meet-ups, which sign below; against a person only a sentence is enough
        ("By Ada Moss", (), ("Ada Moss",)),
        ("By Ada Moss", ("Bo Clay",), ("Bo Clay",)),
        ("Ed. Note: This story was written by Ada Moss, a gardener.", ("Bo Clay",), ("Ada Moss",)),
        # firms, whose posts end on a portrait
        ("About the author\nAda Moss is a long-time gardener at Nets.", (), ("Ada Moss",)),
        ("Photo by Ada Moss", (), ()),
        ("Thanks to Ada Moss for her bees.", (), ()),
    ],
)
def test_a_text_s_end_may_tell_its_author(ending, declared, authors):
    text = f"The shed was full of bees.\nNobody knew why.\n{ending}"
    assert byline.read("Sheds", declared=declared, ending=text).authors == authors


@pytest.mark.parametrize("behind", [".", ", @{N}"])
@pytest.mark.parametrize("is_first", [True, False])
def test_words_that_lead_to_different_people_again_and_again_are_a_blog_s_own_byline(
    is_first, behind
):
    """Blogs that say it in words which no list knows, where their texts begin or end."""
    told = f"Dug up and brought home by {{N}}{behind.replace('{N}', 'shed')}"
    texts = [told.format(N=name) for name in PEOPLE]
    posts = [
        Seen(title=f"Bed {n}", authors=("Sheds",), **{"opening" if is_first else "ending": text})
        for n, text in enumerate(texts)
    ]
    habit = learn(posts)
    assert [s.name for s in habit.shapes if s.is_used] == ["Dug up and brought home by N"]
    text = told.format(N="Xolani Brenkish")
    where = {"summary" if is_first else "ending": text}
    assert byline.read("Bed", declared=("Sheds",), **where, habit=habit).authors == (
        "Xolani Brenkish",
    )
    assert byline.read("Bed", declared=("Sheds",), **where).authors == ("Sheds",), "once only"
    person = byline.read("Bed", declared=("Bo Clay",), **where, habit=habit)
    assert person.authors == ("Bo Clay",), "a person's account is none that publishes others"


@pytest.mark.parametrize(
    "told",
    ["Artwork by {N}.", "Dug up by Ada Moss.", "Dug up by {N}.\nNobody knows where {N} was born."],
)
def test_words_that_lead_to_other_work_one_person_or_the_subject_are_none(told):
    """Magazines with a painter for each text, one gardener's blog, and collections of lives."""
    posts = [Seen(title="Bed", opening=told.format(N=name)) for name in PEOPLE]
    assert not any(shape.is_used for shape in learn(posts).shapes)


def test_a_portrait_without_a_heading_ends_texts_whose_blog_ends_many_so():
    """Firms whose guests are shown below their texts, among posts about other people."""
    text = "The shed was full of bees.\n{N} is a gardener at Nets."
    ends = [text.format(N=name) for name in PEOPLE]
    posts = [Seen(title="Bed", authors=("Sheds",), ending=end) for end in ends]
    habit = learn(posts)
    end = text.format(N="Xolani Brenkish")
    said = byline.read("Bed", declared=("Sheds",), ending=end, habit=habit)
    assert said.authors == ("Xolani Brenkish",)
    about = byline.read("Meet Xolani Brenkish", declared=("Sheds",), ending=end, habit=habit)
    assert about.authors == ("Sheds",)
    rare = learn([*posts[:3], *(Seen(title=f"Week {n}") for n in range(60))])
    assert byline.read("Bed", declared=("Sheds",), ending=end, habit=rare).authors == ("Sheds",)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("-- Ada Moss, Head of Sheds, Nets", ("Ada Moss",)),
        ("_—Ada Moss and Rich Song, gardeners, Nets_", ("Ada Moss", "Rich Song")),
        ("– Ada Moss, gardener, and Xolani Brenkish, potter", ("Ada Moss", "Xolani Brenkish")),
        ("-- Ada Moss, gardener, Moss Brenkish", ("Ada Moss",)),
        ("It hums. --Ada Moss, gardener\nWrite to us\nSee our sheds\nFollow us", ("Ada Moss",)),
        ("-- Ada Moss\n-- Bo Clay\n-- Xolani Brenkish", ("Sheds",)),  # who came
        ("It hums.—MOSSY ■", ("MOSSY",)),
        ("It hums. — A. MOSS ■", ("A. MOSS",)),
        ("— Ada (she/her)", ("Ada",)),
        ("-- Nobody knew why.", ("Sheds",)),
        ("- Ada Moss found a bee. it hummed", ("Sheds",)),
    ],
)
def test_a_signature_is_a_byline_where_a_blog_signs_its_texts(line, authors):
    """Projects whose guests sign below their texts; a single one may end on a saying."""
    text = "The shed was full of bees.\n{end}"
    ends = [text.format(end=f"-- {name}, gardener, Nets") for name in PEOPLE]
    habit = learn([Seen(title="Bed", authors=("Sheds",), ending=end) for end in ends])
    assert [s.name for s in habit.shapes if s.is_used] == ["— N"]
    end = text.format(end=line)
    assert byline.read("Bed", declared=("Sheds",), ending=end, habit=habit).authors == authors
    assert byline.read("Bed", declared=("Sheds",), ending=end).authors == ("Sheds",)


@pytest.mark.parametrize(
    ("shape", "where", "text"),
    [
        ("N …", "opening", "{N}, June 5th 2021\nThe shed was full of bees."),
        ("… N", "ending", "The shed was full of bees.\n{N}"),
    ],
)
def test_a_line_of_nothing_but_a_name_is_a_byline_where_a_blog_begins_or_ends_its_texts_so(
    shape, where, text
):
    """Laboratories whose members put a name above or below, among meet-ups that list guests."""
    posts = [Seen(title="Bed", **{where: text.format(N=name)}) for name in PEOPLE]
    others = [Seen(title=f"Week {n}") for n in range(4 * len(PEOPLE))]
    habit = learn(posts + others[: len(posts)])
    assert [s.name for s in habit.shapes if s.is_used] == [shape]

    said = {"summary" if where == "opening" else where: text.format(N="Xolani Brenkish")}
    read = partial(byline.read, **said)
    assert read("Bed", declared=(), habit=habit).authors == ("Xolani Brenkish",)
    assert read("Meet Xolani Brenkish", declared=(), habit=habit).authors == (), "a subject"
    assert read("Bed", declared=("Bo Clay",), habit=habit).authors == ("Bo Clay",)
    assert read("Bed", declared=(), habit=learn(posts + others)).authors == (), "seldom"
    assert read("Bed", declared=()).authors == (), "once only"


@pytest.mark.parametrize(
    "line",
    [
        "{N}",
        "{N} | 5 June 2021",
        "5 June 2021 – {N}",
        "{N} • 3 min read",
        "{N} (Nets).",
        "{N}, Sheds",
    ],
)
@pytest.mark.parametrize("where", ["opening", "ending"])
def test_a_name_alone_may_have_a_day_a_reading_time_or_a_workplace_beside_it(line, where):
    posts = [Seen(title="Bed", **{where: f"It hums.\n{line.format(N=name)}"}) for name in PEOPLE]
    if where == "opening":
        posts = [Seen(title="Bed", opening=f"{line.format(N=name)}\nIt hums.") for name in PEOPLE]
    assert [s.name for s in learn(posts).shapes if s.is_used] == [
        "N …" if where == "opening" else "… N"
    ]


@pytest.mark.parametrize("count", [2, 10])
@pytest.mark.parametrize("line", ["{}", "{}, 5 June 2021"])
@pytest.mark.parametrize("where", ["opening", "ending"])
def test_a_place_or_a_heading_that_stands_alone_is_nobody(count, line, where):
    """Press offices, whose texts begin with a town, and blogs with a second title in each text."""
    towns = (
        "Santa Fe", "Mar Azul", "Porto Alegre", "Cabo Frio", "Novi Beograd", "Kuala Lumpur",
        "Addis Abeba", "Ulan Bator", "Frisches Moos", "Rote Beete",
    )  # fmt: skip
    texts = [line.format(town) for town in towns[:count]] * 10
    posts = [Seen(title=f"Bed {n}", **{where: text}) for n, text in enumerate(texts)]
    assert not any(shape.is_used for shape in learn(posts).shapes)


@pytest.mark.parametrize(
    "line",
    ["✍ Ada Moss", "_ ✍ Ada Moss / 7 minutes_", "✍Écrit par Ada Moss", "By Ada Moss / 7 min"],
)
def test_a_pen_tells_who_wrote_and_a_slash_that_something_else_follows(line):
    """Firms in French, which put a pen before their authors and a reading time behind them."""
    text = f"{line}\nThe shed was full of bees."
    assert byline.read("Bed", declared=("Sheds",), summary=text).authors == ("Ada Moss",)


def test_authors_stand_one_a_line_below_their_label_each_with_what_they_are():
    """Firms that list their authors below."""
    ends = {
        "Authors\nAda Moss, Head of Sheds, Nets\nXolani Brenkish, gardener, Nets": 2,
        "Authors\nAda Moss, gardener, Nets\nDr Xolani Brenkish, potter, Nets": 2,
        "Author\nAda Moss, Sheds & Gardens Lead, Nets Clay\nNets, sheds, and more are here.": 1,
        "Author: Ada Moss, Head of Sheds & Chief Gardener, Old Sheds and Nets team, Nets": 1,
    }
    for ending, count in ends.items():
        said = byline.read("Bed", declared=("Nets",), ending=f"The shed hums.\n{ending}").authors
        assert [name.rpartition(" ")[2] for name in said] == ["Moss", "Brenkish"][:count], ending


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Ada Moss writes:", ("Ada Moss",)),
        ("Ada (Addie) Moss writes: The shed hums.", ("Bo Clay",)),  # it goes on
        ("Xolani Brenkish schreibt:", ("Xolani Brenkish",)),
        ("The gardener writes:", ("Bo Clay",)),
        ("Ada Moss writes books:", ("Bo Clay",)),
        ("by Ada Moss (Shed and Nets) In the story of the bee a shed hums.", ("Ada Moss",)),
    ],
)
def test_whose_words_follow_is_said_before_them(line, authors):
    """Courses whose teacher publishes what students write."""
    said = byline.read("Week 3", declared=("Bo Clay",), summary=f"{line}\nThe shed hums.")
    assert said.authors == authors


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        # foundations, whose members sign with what they are and where they work
        ("By Rich Song, PhD, Head of Sheds, Nets Laboratory", ("Rich Song",)),
        ("By Professor P.S.V. Brenkish, Nets Group, Shed", ("Professor P.S.V. Brenkish",)),
        ("By Ada Moss, OpenSHED Clay", ("Ada Moss",)),
        ("By Ada Moss, gardener, and Xolani Brenkish, Nets", ("Ada Moss", "Xolani Brenkish")),
        ("By Ada Moss, gardener, Clayish Brenkish, Nets", ("Ada Moss",)),
        ("By Ada Moss, Xolani Brenkish", ("Ada Moss", "Xolani Brenkish")),
        ("By Summer Rain the shed, of all sheds, hums", ("Nets",)),
        # laboratories, whose teams write together, and firms, which say what each author does
        ("By Ada Moss, Zyx Turner, and Bo Clay", ("Ada Moss", "Zyx Turner", "Bo Clay")),
        (
            "By Ada Moss, Zyx Brenk, and Bo Clay, Garden Security",
            ("Ada Moss", "Zyx Brenk", "Bo Clay"),
        ),
        ("By Ada Moss and Bo Clay, Co-Shed Leads", ("Ada Moss", "Bo Clay")),
        ("By Ada Moss, Shed Architect and Bo Clay, Nets Lead", ("Ada Moss", "Bo Clay")),
        ("By Ada Moss, Xolnets Community Wonk", ("Ada Moss",)),
        ("By Ada Moss, XN Shedder", ("Ada Moss",)),
        ("By Ada Moss, Privacy Zonsel", ("Ada Moss",)),
        ("By Ada Moss, Head of Sheds and Civil Zonsels", ("Ada Moss",)),
        # consortia, whose guests say where they work; themes that run a day into the name
        ("Submitted by Ada Moss, Institut Brenkish", ("Ada Moss",)),
        ("Submitted by: Ada Moss, XNIT and Scuola Brenkish Sant'Xola", ("Ada Moss",)),
        ("Por Ada Moss y Bo Clay22/09/2016", ("Ada Moss", "Bo Clay")),
        ("Von Ada Moss1.12.2016", ("Ada Moss",)),
        # newsrooms
        ("By that Prof. Clay, who keeps the shed, meant nets", ("Nets",)),
    ],
)
def test_what_somebody_is_stands_behind_the_name_and_of_many_names_all_count(line, authors):
    said = byline.read("Bed", declared=("Nets",), summary=f"{line}\nThe shed hums.")
    assert said.authors == authors


def test_far_from_the_start_only_a_sentence_about_the_text_counts():
    """Tutorials, which say whose they are behind a summary and a picture."""
    start = "What bees do.\n" * 3 + "Why they do it.\n" * 3
    for line, authors in (
        ("This is a guest post by Ada Moss.", ("Ada Moss",)),
        ("By Ada Moss", ()),
    ):
        assert byline.read("Bees", declared=(), summary=f"{start}{line}\nBees.").authors == authors


# ---------------------------------------------------------------- magazines and planets


HAN = ("李明", "王小芳", "张伟", "陈静", "刘小洋", "周安")


@pytest.mark.parametrize("shape", ["{N}：{T}", "{N}丨{T}", "{N}｜{T}", "{N} | {T}"])
def test_names_in_chinese_are_known_by_their_family_s(shape):
    """Magazines in Chinese, published by one account, with topics in the same place."""
    titles = [shape.format(N=name, T=f"小屋里有蜜蜂{'很' * n}多") for n, name in enumerate(HAN)]
    titles += [shape.format(N=topic, T="今天开花") for topic in ("小屋故事", "春天")]
    posts = [Seen(title=title, authors=("小屋",)) for title in titles]
    read = [read_in(posts, title, "小屋").authors for title in titles]
    assert read == [*((name,) for name in HAN), ("小屋",), ("小屋",)]
    said = read_in(posts, shape.format(N="黄小石教授", T="小屋为什么开着"), "小屋")
    assert (said.title, said.authors) == ("小屋为什么开着", ("黄小石",))


def test_topics_in_chinese_are_no_people():
    topics = ("小屋", "蜜蜂", "花园故事", "春天来了", "工具箱")
    posts = [Seen(title=f"{topic}：今天有什么新的", authors=("小屋",)) for topic in topics]
    assert not any(shape.is_used for shape in learn(posts).shapes)


def test_whom_a_title_presents_has_not_written_what_its_text_says_another_has():
    """Magazines of essays and interviews: “A B: why I left”, and below “By C D”."""
    posts = blog("{N}: {T}", "Blog editor")
    title = "Xolani Brenkish: Why the shed is open"
    said = read_in(posts, title, "Blog editor", summary="By Bo Clay\nThe shed is open.")
    assert (said.title, said.authors) == (title, ("Bo Clay",))
    same = read_in(posts, title, "Blog editor", summary="By Xolani Brenkish\nThe shed is open.")
    assert (same.title, same.authors) == ("Why the shed is open", ("Xolani Brenkish",))


def test_a_byline_that_says_by_is_believed_more_than_the_text():
    """Magazines whose pages end on lists of others' articles."""
    posts = blog("{T}, by {N}", "Blog editor")
    text = "The shed is open.\nNets, part 7\nby Bo Clay\nNets, part 8"
    said = read_in(posts, "Why the shed is open, by Xolani Brenkish", "Blog editor", ending=text)
    assert said.authors == ("Xolani Brenkish",)


def test_a_number_is_no_title():
    """Blogs with contests: “Ada Moss Winner BEES – 3” leaves nothing but a number."""
    titles = [f"{name} Winner BEES - {n}" for n, name in enumerate(PEOPLE)]
    posts = [Seen(title=title, authors=("Ulla Sand",)) for title in titles]
    assert [read_in(posts, title, "Ulla Sand").title for title in titles] == titles


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Ada Moss is a gardener at Nets.", ("Ada Moss",)),
        ("_Ada Moss (Nets) works in a shed._", ("Ada Moss",)),
        ("This time, a post from our friends.\nAda Moss ist Gärtnerin.", ("Ada Moss",)),
        ("While Ada Moss was in the shed, Bo Clay is here.", ("Ulla Sand",)),
        ("The Shed is open.", ("Ulla Sand",)),
    ],
)
def test_a_guest_s_post_may_present_its_author_without_another_word(line, authors):
    """Blogs of projects, whose members publish “Guest post: …”; elsewhere it is a portrait."""
    text = f"{line}\nThe shed was full of bees."
    assert byline.read("Guest post: Bees", declared=("Ulla Sand",), summary=text).authors == authors
    assert byline.read("Bees", declared=("Ulla Sand",), summary=text).authors == ("Ulla Sand",)


def test_a_by_with_a_colon_needs_no_convention():
    said = byline.read("Why the shed is open by: Ada Moss", declared=("admin",))
    assert (said.title, said.authors) == ("Why the shed is open", ("Ada Moss",))


def test_a_handle_that_publishes_what_others_wrote_gives_way():
    titles = [f"{name}: a night of {n} acts" for n, name in enumerate(PEOPLE)]
    titles += [f"What the shed saw on day {n}" for n in range(60)]
    posts = [Seen(title=title, authors=("shed_house",)) for title in titles]
    assert read_in(posts, "Ada Moss: Why it rains", "shed_house").authors == ("Ada Moss",)


def planet(*prefixes: str) -> list[Seen]:
    """Return an aggregator of blogs, each with posts of its own and its name before them."""
    topics = ("nets", "owls", "the rain", "a wall")
    return [Seen(title=f"{p}: On {t} in {n} rows") for t in topics for n, p in enumerate(prefixes)]


def test_the_same_few_before_nearly_every_title_are_its_authors():
    """Planets of a people whose given names no list knows, and of societies among them."""
    people = ("Ada Moss", "Bo Clay", "Xolani Brenkish", "Tevita Fifita", "Qua Xolovan", "Zyx Brenk")
    posts = planet(*people, "SHD Garden Club", "NETS Elbonia", "The Daily Shed")
    read = {post.title.partition(":")[0]: read_in(posts, post.title).authors for post in posts}
    assert read == {name: (name,) if name in people else () for name in read}


ENDS = (
    "About {N}\nA gardener.",
    "The author, {N}, is a gardener.",
    "Thanks to {N} for this report.",
    "Many thanks to {N}, who wrote this article.",
    "Merci à {N} pour ce texte.",
    "Kind regards, {N}",
    "Love, {N}",
    "Signed, {N}",
    "Eure {N}",
    "[{N}]",
    "/ {N}",
    "~ {N}",
    "{N}\n5 May 2021",
    "{N} for the Shed Society",
    "Über die Autorin: {N} ist Gärtnerin.",
    "Sobre el autor: {N} es jardinero.",
)
STARTS = (
    "{N} | Shed Society",
    "{N} – Shed Society",
    "From {N}",
    "From our chair, {N}",
    "In this post, {N} explains why.",
    "In this guest post, {N} tells how it began.",
    "Today we have a guest post from {N}.",
    "A guest post by {N}, gardener at Shed Society.",
    "Een gastblog van {N}",
    "Una colaboración de {N}",
)


@pytest.mark.parametrize("line", [*STARTS, *ENDS])
def test_a_blog_that_says_again_and_again_who_wrote_is_understood_in_its_own_words(line):
    """Clubs, parishes and magazines, each in a way of its own, under the account that publishes."""
    own = "The beans are up. We waited for the rain until noon, and then it came."
    is_first = line in STARTS
    posts = []
    for number, name in enumerate(PEOPLE):
        said = line.format(N=name)
        opening = f"{said}\n{own}" if is_first else own
        ending = own if is_first else f"{own}\n{said}"
        title = f"Why we dig bed {number}"
        posts.append(Seen(title=title, authors=("admin",), opening=opening, ending=ending))
    read_so = [
        read_in(posts, p.title, "admin", summary=p.opening, ending=p.ending).authors for p in posts
    ]
    right = [(name,) == names for name, names in zip(PEOPLE, read_so, strict=True)]
    assert right.count(True) >= len(PEOPLE) - 1  # "Rich Song" are words, too
    assert {names for names, is_right in zip(read_so, right, strict=True) if not is_right} <= {()}


@pytest.mark.parametrize(
    "line",
    [
        "Thanks to {N} for the photos.",
        "Thanks to {N} for reviewing this post.",
        "Thanks to {N} for her help with this post.",
        "In this interview, {N} explains why.",
        "{N} – in memoriam",
        "We have a letter from {N} to the editor.",
        "Congratulations, {N}",
        "Ihr Ansprechpartner ist {N}",
        "Contact: {N}",
        "Edited by {N}",
    ],
)
def test_whom_a_blog_thanks_asks_or_mourns_again_and_again_has_not_written(line):
    """Clubs that end each post on their thanks."""
    own = "The beans are up. We waited for the rain until noon, and then it came."
    for is_first in (True, False):
        posts = []
        for number, name in enumerate(PEOPLE):
            said = line.format(N=name)
            opening, ending = (f"{said}\n{own}", own) if is_first else (own, f"{own}\n{said}")
            title = f"Why we dig bed {number}"
            posts.append(Seen(title=title, authors=("admin",), opening=opening, ending=ending))
        read_so = {
            read_in(posts, p.title, "admin", summary=p.opening, ending=p.ending).authors
            for p in posts
        }
        assert read_so == {()}


def test_a_planet_s_last_posts_are_enough_to_know_it():
    """Planets whose feed holds only a handful of posts of each."""
    people = ("Xolani Brenkish", "Tevita Fifita", "Qua Xolovan", "Zyx Brenk")
    posts = planet(*people)[:12]
    assert read_in(posts, posts[0].title).authors == (people[0],)


def test_a_planet_s_reader_of_books_is_no_writer_of_them():
    """Planets: “Ada Moss (mossy): Nets by Bo Clay” is a review by Ada Moss."""
    posts = planet("Ada Moss (mossy)", "Bo Clay (clay)", "Maria Sand (msand)", "Jo Brenkish (jo)")
    books = [f"Ada Moss (mossy): The book of {n} by {n} Xolovan" for n in ("Bo", "Maria", "John")]
    posts += [Seen(title=title) for title in books]
    assert [read_in(posts, title).authors for title in books] == [("Ada Moss",)] * 3


def test_what_other_titles_speak_of_is_nobody_s_name():
    """Planets of a sport, with schools among their people."""
    posts = planet("Ada Moss", "Bo Clay", "Maria Sand", "Xolo Brenkido")
    posts += [Seen(title=f"{name}: On Brenkido and {n} more") for n, name in enumerate(PEOPLE[:3])]
    assert read_in(posts, "Xolo Brenkido: On sheds").authors == ()
    assert read_in(posts, "Bo Clay: On sheds").authors == ("Bo Clay",)


def test_people_whom_a_blog_lets_speak_on_something_are_its_authors():
    """Labs, whose members write under one account: “A B on leaving the shed”."""
    posts = blog("{N} on {T}", "Blog editor")
    said = read_in(posts, "Xolani Brenkish on Leaving the shed", "Blog editor")
    assert (said.title, said.authors) == ("Leaving the shed", ("Xolani Brenkish",))


ROUND_UP = """Nets 2
Mended by hand.
Author: Ada Moss

Sheds 3
Painted green.
Author: Bo Clay"""


def test_who_signs_together_with_whoever_is_declared_has_written_too():
    """Projects whose releases several people announce, from the account of one of them."""
    ending = "Get it now!\nCheers,\nAda Moss and Bo Clay"
    assert byline.read("Shed 3", declared=("Bo Clay",), ending=ending).authors == (
        "Ada Moss",
        "Bo Clay",
    )
    assert byline.read("Shed 3", declared=("Jo Sand",), ending=ending).authors == ("Jo Sand",)


@pytest.mark.parametrize("title", ["The Shed reviewed by Ada Moss", "Nets 3, reviewed by Ada Moss"])
def test_who_reviewed_something_has_written_the_review(title):
    """Magazines and reading groups."""
    assert read(title).authors == ("Ada Moss",)
    assert read("Reviewed by peers, read by none").authors == ()


def test_whoever_is_declared_keeps_a_name_without_the_degree_before_it():
    """Parties of towns, where “Ing. A B” signs what A B is declared to have written."""
    ending = "Pojďte s námi!\nAutor: Ing. Jarmila Valešová"
    read = byline.read("Stezky", declared=("Jarmila Valešová",), ending=ending)
    assert read.authors == ("Jarmila Valešová",)


def test_farewells_and_end_marks_are_signatures_where_a_blog_signs_its_texts():
    """Clubs that greet in words of their own, by initials, and magazines that end on a square."""
    people = ("J.A. van Brenk", "H. de Zyxo", "S.I. Pollens", "G.M. Brandt")
    texts = [f"The shed hums.\nBuvons un coup,\n{name}\nV.P. Website" for name in people]
    habit = learn([Seen(title=f"Bed {n}", ending=text) for n, text in enumerate(texts)])
    for name, text in zip(people, texts, strict=True):
        assert byline.read("Bed", declared=(), ending=text, habit=habit).authors == (name,)
    assert byline.read("Bed", declared=(), ending=texts[0]).authors == (), "once only"
    signed = [f"The shed hums. ― {name.upper()}. □" for name in PEOPLE]
    habit = learn([Seen(title=f"Bed {n}", ending=text) for n, text in enumerate(signed)])
    (said,) = byline.read("Bed", declared=(), ending=signed[0], habit=habit).authors
    assert said == PEOPLE[0].upper()


def test_a_byline_in_brackets_ends_with_them():
    """Firms: “(This post was written by A B, C D and E F.)”."""
    text = "(This post was written by Ada Moss, Bo Clay and Jo Sand.)\nThe shed hums."
    assert byline.read("Sheds", declared=("Bo Clay",), body=text).authors == (
        "Ada Moss",
        "Bo Clay",
        "Jo Sand",
    )


def test_the_authors_of_a_round_up_s_items_are_not_its_own():
    """Communities whose months bring many projects, each with its author."""
    ending = ROUND_UP.replace("\n\n", "\n")
    assert byline.read("Our month", declared=("admin",), ending=ending).authors == ()


def test_much_text_behind_an_author_s_name_is_about_something_else():
    """Round-ups, of which the last item is long, and projects that announce whose work won."""
    item = "Author: Ada Moss\n" + "The shed is green and full of bees.\n" * 30
    assert byline.read("Our month", declared=("admin",), ending=item).authors == ()


@pytest.mark.parametrize(
    ("ending", "names"),
    [
        ("See you there.\nCheers,\nAda Moss and Bo Clay\nShed keepers", ("Ada Moss", "Bo Clay")),
        ("We pay for nets.\nThank you!\nAda Moss\nEditor in Chief", ("Ada Moss",)),
        ("With warmth,\nAda Moss,\nEditor,\nThe Shed", ("Ada Moss",)),
        ("Kommt!\nMit freundlichen Grüßen\nAda Moss und Bo Clay", ("Ada Moss", "Bo Clay")),
        ("Vengan.\nAtentamente\nAda Moss", ("Ada Moss",)),
        ("We kept the shed with regards\nAda Moss", ()),  # a sentence, broken
        ("Thanks!\nAda Moss made the pictures.", ()),
        ("Congratulations!\nZyxo Brenkish", ()),  # may be a shed's name
        ("We would like to thank,\nAda Moss", ()),
        ("Please send your cheques to our treasurer,\nAda Moss\nShed Society", ()),
        ("Look!\nAda Moss: see how the bees are", ()),
    ],
)
def test_who_takes_leave_has_written(ending, names):
    """Magazines and projects whose editors sign under “Best regards,” where nobody is declared."""
    assert byline.read("Sheds", declared=("admin",), ending=ending).authors == names
    assert byline.read("Sheds", declared=("Jo Sand",), ending=ending).authors == ("Jo Sand",)


@pytest.mark.parametrize(
    ("ending", "names"),
    [
        ("So we go on.\nAda Moss, PhD, RN\nPresident, Shed Society", ("Ada Moss",)),
        ("Onward!\nAda Moss\nBoard Member, The Shed\nSenior Director at Nets Ltd", ("Ada Moss",)),
        ("So we go on.\nAda Moss\nCEO", ("Ada Moss",)),
        ("So we go on.\nAda Moss, Chair of the Board\nShed Society", ("Ada Moss",)),
        ("Wir machen weiter.\nAda Moss\nVorsitzende der Gesellschaft", ("Ada Moss",)),
        ("Nous continuons.\nAda Moss\nPrésidente de la Société", ("Ada Moss",)),
        ("Enjoy,\n-Ada Moss, Shed Keeper", ("Ada Moss",)),
        ("Kom langs.\nAda de Vries\nVoorzitter", ("Ada de Vries",)),
        ("Tutti invitati.\nBosco, 09/06/2020\nIl Presidente\nBrenkish Zyxo", ("Brenkish Zyxo",)),
        ("Nos vemos.\nLa Directora\nPilar Quintero", ("Pilar Quintero",)),
        ("See you there!\nXolani Brenkish\nChair, Nets 2016", ("Xolani Brenkish",)),
        ("It saves time.\nClosing Thoughts\nThe shed is done.", ()),  # a heading
        ("Speakers:\nAda Moss, Chair of Nets\nBo Clay, Dean", ()),  # a list
        ("For more write to\nAda Moss\nPress Officer, The Shed", ()),
        ("So we go on.\nAda Moss\nBo Clay", ()),
        ("“The shed is all.”\n— Ada Moss, Poet", ()),  # a motto
        ("With thanks to all.\nThe Shed\nPresident, Shed Society", ()),
        ("So we go on.\nAda Moss is President of the Shed Society", ()),
    ],
)
def test_who_signs_with_an_office_has_written(ending, names):
    """Societies and foundations, whose presidents and directors sign where nobody is declared."""
    assert byline.read("Sheds", declared=("admin",), ending=ending).authors == names
    assert byline.read("Sheds", declared=("Jo Sand",), ending=ending).authors == ("Jo Sand",)


@pytest.mark.parametrize(
    "line",
    [
        "“What nets know” by ADA MOSS",
        '"Nets", by Ada Moss; paperback, 364 pages',
        "Tuesday, 12:30, in the shed\n“What nets know” by Ada Moss",
    ],
)
def test_who_made_what_is_quoted_has_not_written_the_text(line):
    """Institutes that announce talks, and reviewers who begin with the book."""
    said = byline.read("A talk", declared=("Nets",), summary=f"{line}\nWhat do you do with nets?")
    assert said.authors == ("Nets",)
    said = byline.read("A talk", declared=("Jo Sand",), summary=f"{line}\nWhat are nets?")
    assert said.authors == ("Jo Sand",)


def test_an_acronym_at_the_end_is_no_surname():
    """Planets of institutes: “Nets 4.0 is out — Sheds INRIX”."""
    assert people("Zyxo RSPB") is None
    for name in ("Ada MOSS", "Zyxo BRENKISH", "ZYXO RSPB"):
        assert people(name).names == (name,)


@pytest.mark.parametrize(
    "teaser",
    [
        "The shed leaks and nobody mends it, writes {N}.",
        "Unleash the ‘netmenders,’ writes our gardener {N}",
        "It is past time for sheds – award-winning netmaker and best-selling author {N} writes.",
        "La cabane fuit, écrit notre jardinière {N}.",
    ],
)
def test_a_teaser_says_at_its_end_who_writes(teaser):
    """Magazines, which send nothing but a teaser; a person who quotes another is no magazine."""
    said = teaser.format(N="Ada Moss")
    assert byline.read("Sheds", declared=(), summary=said).authors == ("Ada Moss",)
    assert byline.read("Sheds", declared=("Jo Sand",), summary=said).authors == ("Jo Sand",)
    assert byline.read("Sheds", declared=(), summary=f"{said[:-1]} to the council").authors == ()


def test_columnists_whose_texts_begin_as_their_titles_do_are_no_subjects():
    """Newspapers: “ADA MOSS: Why sheds lean”, with a text that begins so, too."""
    posts = [
        Seen(
            title=f"{name.upper()}: What bed {n} knows",
            opening=f"{name.upper()}: For once, I sat in bed {n}.",
        )
        for n, name in enumerate(PEOPLE[:4])
    ]
    read = [read_in(posts, post.title, summary=post.opening).authors for post in posts]
    assert read == [(name.upper(),) for name in PEOPLE[:4]]


GROUPS = ('Group "Nets"', "“Group 4”", "Team Xolo Sheds", 'Group "Moss & Clay"', "Zyxo")


@pytest.mark.parametrize("shape", ["{} (by {})", "{}. By {}", "{}, by {}", "{} by {}", "{} di {}"])
def test_where_by_runs_through_titles_whoever_stands_there_is_an_author(shape):
    """Courses, in whose blogs groups of students write; magazines whose writers have nicknames."""
    whose = (*GROUPS, "zyx0_")
    titles = [shape.format(f"What we learnt in week {n}", who) for n, who in enumerate(whose)]
    posts = [Seen(title=title) for title in (*titles, "Hello", "Our course", "Farewell")]
    said = [read_in(posts, title) for title in titles]
    assert [s.authors for s in said] == [(g.translate(_QUOTES),) for g in whose]
    assert {s.title.rstrip("012345") for s in said} == {"What we learnt in week "}
    few = [Seen(title=title) for title in (*titles[:2], *["Hello"] * 20)]
    assert read_in(few, titles[0]).authors == ()
    assert read_in(posts, shape.format("Nets", "the sea: a week in beds")).authors == ()


_QUOTES = str.maketrans("", "", '"“”')


def test_by_runs_through_titles_of_readers_too_whose_texts_speak_of_the_writers():
    """Diaries of what somebody has read or heard: “Nets by Zyxo”."""
    makers = ("Zyxo", "The Shed Keepers", "Bren Kish", "Mossy", "Wrenlet", "Quay Ostrov")
    posts = [
        Seen(title=f"Sheds {n} by {who}", opening=f"Few know sheds as {who} does.")
        for n, who in enumerate(makers)
    ]
    assert [read_in(posts, post.title).authors for post in posts] == [()] * len(posts)


def test_one_who_writes_most_posts_is_no_part_of_their_titles():
    """Magazines of few people: “Sheds: nets – by: Ada Moss” twenty times."""
    titles = [f"Sheds {n}: nets for all - by: Ada Moss" for n in range(5)]
    posts = [Seen(title=title) for title in (*titles, "Roofs - by: Bo Clay", "Beds - by: Jo Sand")]
    said = read_in(posts, titles[0])
    assert (said.title, said.authors) == ("Sheds 0: nets for all", ("Ada Moss",))


NICKS = ("Zyxo", "Mossy77", "TediousBram")


@pytest.mark.parametrize(
    "line", ["Dies ist ein Gastbeitrag von {}.", "Article by {}.....", "A guest post by {} (@{})"]
)
def test_a_sentence_about_the_text_names_whoever_it_says_where_a_blog_writes_so(line):
    """Blogs whose guests have nicknames; a single one may be anything."""
    posts = [Seen(title="Bed", ending=f"It hums.\n{line.format(n, n)}") for n in NICKS * 2]
    ending = f"It hums.\n{line.format('BoClay9', 'BoClay9')}"
    assert byline.read("Bed", declared=(), ending=ending, habit=learn(posts)).authors == (
        "BoClay9",
    )
    assert byline.read("Bed", declared=(), ending=ending).authors == ()


@pytest.mark.parametrize(
    "line",
    [
        "Article and photos by Ada Moss", "Text und Bilder von Ada Moss", "Photos and text: Ada Moss",
        "Text, photos and video by Ada Moss", "Testo e foto di Ada Moss", "Texto y fotos: Ada Moss",
        "Tekst og foto: Ada Moss", "Artikel en foto's: Ada Moss", "On behalf of Ada Moss",
        "Author\nAda Moss <ada@example.org>", "Article by Ada Moss Originally published on Nets.",
        "Article by Ada Moss 23rd April, 2018",
    ],
)  # fmt: skip
def test_who_made_more_than_the_text_or_is_told_with_an_address_or_a_day_has_written(line):
    """Magazines with pictures, projects' calendars, and blogs that post for somebody."""
    text = f"{line}\nThe shed hums."
    assert byline.read("Bed", declared=("admin",), body=text).authors == ("Ada Moss",)


@pytest.mark.parametrize(
    "line",
    [
        "Photos by Ada Moss", "Photos and sound by Ada Moss", "Words and music by Ada Moss",
        "Text und Musik: Ada Moss", "Text and translation by Ada Moss", "Bees and honey: Ada Moss",
    ],
)  # fmt: skip
def test_who_made_only_what_is_beside_a_text_or_a_song_has_not_written_the_post(line):
    """Blogs of choirs and readers: whose a song is says nothing of whose the post is."""
    assert byline.read("Bed", declared=(), body=f"{line}\nThe shed hums.").authors == ()


def test_a_name_above_a_last_line_that_says_what_somebody_is_signs_where_a_blog_ends_so():
    """Charities: “A B / Educator at the Shed”, in words that no list of offices has."""
    posts = [Seen(title="Bed", ending=f"It hums.\n{n}\nMender of “Nets”") for n in PEOPLE]
    ending = "It hums.\nXolani Brenkish\nMender at the shed"
    said = byline.read("Bed", declared=(), ending=ending, habit=learn(posts))
    assert said.authors == ("Xolani Brenkish",)


@pytest.mark.parametrize("line", ["Words and music by {}", "In the name of the whole shed,\n{}"])
def test_words_that_say_little_once_are_a_byline_where_a_blog_writes_so(line):
    """A magazine's joke above each article, and a club's letters."""
    posts = [Seen(title="Bed", ending=f"It hums.\n{line.format(name)}") for name in PEOPLE]
    ending = f"It hums.\n{line.format('Xolani Brenkish')}"
    said = byline.read("Bed", declared=(), ending=ending, habit=learn(posts))
    assert said.authors == ("Xolani Brenkish",)
    assert byline.read("Bed", declared=(), ending=ending).authors == ()


def test_how_much_may_stand_before_a_name_depends_on_what_says_that_it_is_an_author_s():
    """Guests as their hosts praise them, and German, whose sentences are full of capitals."""
    host = "This is a guest post by our new and ever so keen potter Zyxo Brenkish."
    assert byline.read("Bed", declared=("admin",), body=host).authors == ("Zyxo Brenkish",)
    text = "It hums.\nVon daher macht die Abgabe Sinn."
    assert byline.read("Bed", declared=(), ending=text).authors == ()


@pytest.mark.parametrize(
    "office", ["General Counsel", "Vice Provost", "Parish Clerk", "Data Steward", "Chief Nurse"]
)
def test_an_office_behind_a_name_is_no_second_author(office):
    text = f"By Ada Moss, {office}\nThe shed hums."
    assert byline.read("Bed", declared=(), body=text).authors == ("Ada Moss",)


def test_where_by_begins_texts_whoever_stands_there_is_an_author():
    """Chapters of a society, whose members sign with first names; courses with groups."""
    opening = "by {}\nBy now all know us, and the shed is full."
    posts = [Seen(title=f"Bed {n}", opening=opening.format(w)) for n, w in enumerate(GROUPS)]
    said = [read_in(posts, post.title, summary=post.opening).authors for post in posts]
    assert said == [(g.translate(_QUOTES),) for g in GROUPS]
    assert read_in(posts, "Bed 9", summary="By noon\nthe shed was full.").authors == ()
    assert read_in(posts, "Bed 9", "Ada Moss", summary="by Zyxo\nBees.").authors == ("Ada Moss",)


def test_quoted_words_differ_in_what_a_blog_says_of_its_authors():
    """Courses: “By Group “Nets”, written by A B”, where the group is another each time."""
    said = 'By Group "{}," written by {}\nThe shed was full.'
    posts = [
        Seen(title=f"Bed {n}", opening=said.format(group, name))
        for n, (group, name) in enumerate(
            zip(("Nets", "Bees", "Sheds", "Beds"), PEOPLE[:4], strict=True)
        )
    ]
    read = [read_in(posts, post.title, summary=post.opening).authors for post in posts]
    assert read == [(name,) for name in PEOPLE[:4]]


def test_titles_may_break_their_lines():
    """Planets of courses: “A B <br/> Team Xolo: Week 3”."""
    titles = [f"{name} <br/> Team Xolo: how we mend net {n}" for n, name in enumerate(PEOPLE)]
    said = [read_in([Seen(title=t) for t in titles], title) for title in titles]
    assert [s.authors for s in said] == [(name,) for name in PEOPLE]
    assert said[0].title == "Team Xolo: how we mend net 0"


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("By Ada Moss NEW LEEDS (Nets) - The shed hums.", ("Ada Moss",)),
        ("By Ada Moss and Bo Clay LEEDS/YORK (Nets) - The shed hums.", ("Ada Moss", "Bo Clay")),
        ("By Ada MOSS (Nets), gardener", ("Ada MOSS",)),
        ("This blog was written by Professor Ada M Ada, a gardener.", ("Ada M Ada",)),
        ("Guest post by Ada Moss Ada Moss keeps bees.", ("Ada Moss",)),
        ("By Ada Moss and the entire team of the shed", ("Ada Moss",)),
        ("[Reporter: Ada Moss]", ("Ada Moss",)),
    ],
)
def test_a_name_ends_before_a_town_and_its_own_repetition(text, authors):
    """Wires of news agencies, and blogs of health services."""
    said = byline.read("Sheds", declared=("Nets",), summary=text)
    assert tuple(name.removeprefix("Professor ") for name in said.authors) == authors


@pytest.mark.parametrize(
    "text",
    [
        "About the paper\nTitle: On sheds\nAuthor(s) and year: Ada Moss and Bo Clay (2021)",
        "Book title: Sheds\nAuthor: Ada Moss\nPublisher: Nets",
        "Título: Los cobertizos\nAutora: Ada Moss",
        "Contributors to the list: Ada Moss, Bo Clay",
        "¿Por qué votar por Ada Moss? Porque sí.",
    ],
)
def test_who_made_what_a_text_is_about_has_not_written_it(text):
    """Reviews that begin with the data of a paper or a book, and lists with their helpers."""
    assert byline.read("Sheds", declared=("Nets",), summary=text).authors == ("Nets",)


@pytest.mark.parametrize(
    "title", ["Interview im Blog von Ada Moss", "Notes on the post by Ada Moss"]
)
def test_what_stands_in_another_s_blog_is_not_by_its_owner(title):
    assert byline.read(title, declared=("Nets",)).authors == ("Nets",)


TOWNS = ("Nethen", "Moss End", "Clayham", "Sandby", "Xolo", "Tevi")


def test_a_few_titles_that_end_on_names_are_works_where_nobody_is_declared():
    """Diaries of readers: whoever writes them is told nowhere, and whom they read in titles."""
    read_books = [f"Sheds of {town} – {n}" for town, n in zip(TOWNS, PEOPLE, strict=True)]
    others = [f"A day in the garden of {town}" for town in TOWNS]
    for titles, is_used in ((read_books + others * 3, False), (read_books + others, True)):
        habit = learn([Seen(title=title) for title in titles])
        assert ("T – N" in habit.used) is is_used
    guest = Seen(title="Rain", authors=("Nora Quill",))
    assert "T – N" not in learn([guest, *map(Seen, read_books + others * 3)]).used
    declared = [Seen(title=title, authors=("The Nets",)) for title in read_books + others * 3]
    assert "T – N" in learn(declared).used


@pytest.mark.parametrize(
    "picture", ["", '<p><a href="/a"><img src="https://x.example/a.jpg"></a></p>\n']
)
def test_a_heading_may_say_by_whom_a_text_is_below_a_picture(picture):
    item = RawItem(
        identity="1", where="1", url="https://x.example/1", title="Sheds", authors=("nets",),
        body=f"{picture}<h5>By Ada Moss</h5><p>The shed hums, and bees come and go all day.</p>",
    )  # fmt: skip
    assert edit(item, "blog", EditingSettings()).authors == ("Ada Moss",)
