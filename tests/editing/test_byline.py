"""What a byline is, what it is not, and who wins: read as a description of the product."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.editing.byline import byline
from digest.editing.byline.byline import Reading
from digest.editing.byline.names import NO_NAME, people, plain, weigh
from digest.models import key

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


def test_a_name_alone_needs_more_evidence_beside_a_declared_person():
    """Two unknown words after a full stop are no author when the source already names one."""
    assert (
        read("A year of soil. Xolovan Brenkish", "Ulf Sand").title
        == "A year of soil. Xolovan Brenkish"
    )
    assert read("A year of soil. Xolovan Brenkish").title == "A year of soil"


def test_several_people_declared_as_one_are_several():
    assert read("Plants", "Ada Moss and Padraig Ó Conaill").authors == (
        "Ada Moss",
        "Padraig Ó Conaill",
    )
    assert read("Plants", "Comms & Engagement").authors == ("Comms & Engagement",)


def test_a_feeds_mail_address_hides_no_name():
    assert read("Plants", "post@blog.example (Ada Moss)").authors == ("Ada Moss",)
    assert read("Plants", "By Ada Moss").authors == ("Ada Moss",)


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
    assert reading.guest == "Dr. Rosalind Brambling"
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
        ("Plants we like. Ada Moss", "byline-bare-name"),
        ("Guest post: Plants", "byline-label"),
        ("Plants – Ada Moss", "byline-known"),
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
        (
            "Jan van der Meulen und Ludwig von Ahlefeld",
            ("Jan van der Meulen", "Ludwig von Ahlefeld"),
        ),
        ("田中 花子、佐藤 美咲", ("田中 花子", "佐藤 美咲")),
        ("Ravi Iyer et al.", ("Ravi Iyer",)),
    ],
)
def test_lists_of_people_are_read_in_many_forms(phrase, names):
    found = people(phrase)
    assert found is not None
    assert found.names == names


def test_professions_and_institutions_after_a_name_are_no_people():
    phrase = "Ada Moss, Chief Nurse, and Padraig Ó Conaill, University of the Marsh"
    found = people(phrase, roles=True)
    assert found is not None
    assert found.names == ("Ada Moss", "Padraig Ó Conaill")
    assert people(phrase) is None


@pytest.mark.parametrize(
    "phrase", ["Lake Como", "St. Mary Redcliffe", "NHS England", "Design", "the numbers", "2026"]
)
def test_places_and_plain_words_are_no_names(phrase):
    assert weigh(phrase) == NO_NAME


def test_a_person_is_the_same_with_and_without_honours():
    assert plain("Prof. Dame Zoë Hazelhurst, PhD") == plain("zoe hazelhurst")


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


@settings(deadline=None, max_examples=150)
@given(
    TITLES, st.lists(st.sampled_from(["Ada Moss", "admin", "Bo Clay", "x"]), max_size=3).map(tuple)
)
@example("0&BY VON ADA", ())
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
    ],
)
def test_hostile_titles_cost_no_time(text):
    """Both beyond the length that is read at all and just below it."""
    start = time.process_time()
    for title in (text, text[:399]):
        byline.read(title, declared=("Ada Moss",), summary=text)
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("title", "text", "authors"),
    [
        (
            "A key of my own – Marigold Fairweather",
            "I was given a key. I still look at it.",
            ("Marigold Fairweather",),
        ),
        ("A key of my own – Marigold Fairweather", "The house has nine rooms.", ("Library staff",)),
        (
            "A key of my own – Marigold Fairweather",
            "She was given a key. I was there.",
            ("Library staff",),
        ),
        (
            "A key of my own – Marigold Fairweather",
            "Marigold Fairweather has a key. My turn next.",
            ("Library staff",),
        ),
        ("Garden heroes – Marigold Fairweather", "I met her in the rain.", ("Library staff",)),
        (
            "At the helm. Marigold Fairweather, pilot",
            "She steers ships. We went along.",
            ("Library staff",),
        ),
    ],
)
def test_a_name_after_a_dash_is_an_author_only_where_the_text_is_told_by_somebody(
    title, text, authors
):
    """Behind a dash the subject stands as often as the author, and only the text can tell."""
    assert read(title, "Library staff", summary=text).authors == authors


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


def test_a_profession_before_a_name_is_left_out():
    """“By student nurse A B” says who, and what she does; the byline shows who."""
    for role in ("student nurse", "Chief Nurse", "our final-year student"):
        said = read(f"Beans in November – by {role} Ada Moss", "admin")
        assert (said.title, said.authors) == ("Beans in November", ("Ada Moss",))


# ---------------------------------------------------------------- names that stand apart

IMPERSONAL = (
    "The service opened in 1994 with two beds and a borrowed kettle. It has grown since, though the kettle is "
    "still the same. A review of the first thirty years is due in the spring."
)
IN_PERSON = "I came for a fortnight and stayed for nine years. My first desk was a filing cabinet on its side."


@pytest.mark.parametrize(
    ("title", "text", "left", "authors"),
    [
        (
            "Beds and kettles – Ileana Dragomir",
            IMPERSONAL,
            "Beds and kettles",
            ("Ileana Dragomir",),
        ),
        ("Beds or kettles? Tevita Fifita", IMPERSONAL, "Beds or kettles?", ("Tevita Fifita",)),
        (
            "Beds and kettles (Fatima Al-Rashid)",
            IMPERSONAL,
            "Beds and kettles",
            ("Fatima Al-Rashid",),
        ),
        (
            "Thirty years of beds and kettles, Jean Achard and Ama Owusu",
            IMPERSONAL,
            "Thirty years of beds and kettles",
            ("Jean Achard", "Ama Owusu"),
        ),
        (
            "Dr Amina Yusuf: Why I kept the kettle",
            IN_PERSON,
            "Why I kept the kettle",
            ("Dr Amina Yusuf",),
        ),
        ("Ada Moss – Why I kept the kettle", IN_PERSON, "Why I kept the kettle", ("Ada Moss",)),
        ("Finding my desk again by Jacqui", IN_PERSON, "Finding my desk again", ("Jacqui",)),
        ("Why I ring the bell – Desmond", IN_PERSON, "Why I ring the bell", ("Desmond",)),
        ("“Just a nurse” by Ada Moss", IN_PERSON, "“Just a nurse”", ("Ada Moss",)),
        ("Goodbye to all that. Ada Moss", IN_PERSON, "Goodbye to all that", ("Ada Moss",)),
        ("Guest post: Ada Moss on kettles", IN_PERSON, "Ada Moss on kettles", ("Ada Moss",)),
        (
            "The power of pause (guest post by Ada Moss)",
            IN_PERSON,
            "The power of pause",
            ("Ada Moss",),
        ),
        (
            "Beds and kettles, by the Hillside Team",
            IMPERSONAL,
            "Beds and kettles",
            ("the Hillside Team",),
        ),
        (
            "Beds – by Dr A Jones, B Patel and C Reid",
            IMPERSONAL,
            "Beds",
            ("Dr A Jones", "B Patel", "C Reid"),
        ),
        ("Bettenmangel – Gastbeitrag von Ada Krüger", IMPERSONAL, "Bettenmangel", ("Ada Krüger",)),
        ("Brückenbau – Ing. Paolo Bianchi", IN_PERSON, "Brückenbau", ("Ing. Paolo Bianchi",)),
    ],
)
def test_names_apart_are_authors_where_the_text_speaks_of_nobody_else(title, text, left, authors):
    """A portrait soon comes to speak of its person; whoever writes does not speak of herself by name."""
    reading = read(title, "Blog editor", summary=text)
    assert (reading.title, reading.authors) == (left, authors)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Beds and kettles – Ileana Dragomir", f"Ileana Dragomir founded the ward. {IMPERSONAL}"),
        ("Beds and kettles – Ileana Dragomir", f"She opened the ward in 1994. {IMPERSONAL}"),
        (
            "Winner announced! Chiara Donati",
            "Chiara Donati has won the prize for her essay on kettles.",
        ),
        ("Careers panel – Asha Patel, Tom Reid", IMPERSONAL),
        ("Thank you to our outgoing chair, Asha Patel", IMPERSONAL),
        ("Black History Month – Mary Seacole", IMPERSONAL),
        ("Whom would you ask? Nelson Mandela", IMPERSONAL),
        ("Reading list – Asha Patel", IMPERSONAL),
        ("60 seconds with... Rhona Gillespie", IMPERSONAL),
        ("A new home – Rowan House", IMPERSONAL),
        ("A new home – Alan Turing Institute", IMPERSONAL),
        ("On the road – Addis Ababa", IMPERSONAL),
        ("Margaret Holt: a life in nursing", IN_PERSON),
        ("Women in leadership: Sarah Jones", IN_PERSON),
        ("Songs by Adele", IN_PERSON),
    ],
)
def test_names_apart_stay_where_they_may_be_the_subjects(title, text):
    reading = read(title, "Blog editor", summary=text)
    assert (reading.title, reading.authors) == (title, ("Blog editor",))


def test_a_society_s_account_is_no_person():
    """What such an account publishes is weighed as if nobody had been declared."""
    for account in ("Chambers", "Staffroom Blog", "Harbour Lights Charity"):
        reading = read("Beds and kettles – Ileana Dragomir", account, summary=IMPERSONAL)
        assert reading.authors == ("Ileana Dragomir",)
