"""Which series a post belongs to, who says so, and how a series stands."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.editing.lexicon.numerals import number
from digest.editing.series import learn, series
from digest.editing.series.series import SeriesReading
from digest.editing.settings import SeriesPin, SeriesSettings
from digest.models import SeriesPart, Term

SCHOOL = "Windowsill School"


def read(title: str, **options: object) -> SeriesReading:
    return series.read(title, **options)  # type: ignore[arg-type]


def one(reading: SeriesReading) -> SeriesPart:
    assert len(reading.series) == 1
    return reading.series[0]


# ---------------------------------------------------------------- declared


def test_what_is_declared_beats_what_the_words_say():
    declared = (SeriesPart(name="Pots", part=7),)
    assert read("Windowsill School, part two: Light", declared=declared).series == declared


def test_a_declared_series_takes_its_part_from_the_title():
    reading = read("Windowsill School, part two: Light", declared=(SeriesPart(name=SCHOOL),))
    assert one(reading).part == 2
    assert [(f.field, f.raw, f.value, f.rule) for f in reading.fixups] == [
        ("series", "part two", "Windowsill School, part 2", "series-part")
    ]


def test_a_part_is_not_given_to_a_series_the_title_does_not_name():
    """Where a post is in two series, the number belongs to the one it stands beside."""
    both = (SeriesPart(name=SCHOOL), SeriesPart(name="Rainy days"))
    parts = read("Windowsill School 3: Rain", declared=both).series
    assert [(p.name, p.part) for p in parts] == [(SCHOOL, 3), ("Rainy days", None)]


def test_reading_declared_parts_can_be_switched_off():
    off = frozenset({"series-part"})
    assert (
        one(read("Windowsill School 3: Rain", declared=(SeriesPart(name=SCHOOL),), off=off)).part
        is None
    )


# ---------------------------------------------------------------- configured


def test_a_tag_named_in_the_configuration_is_a_series():
    settings = SeriesSettings(names=("windowsill",))
    reading = read(
        "Light (part 2)", terms=(Term(name="Windowsill"), Term(name="light")), settings=settings
    )
    assert one(reading) == SeriesPart(name="windowsill", part=2)
    assert reading.fixups[0].rule == "series-tag"


def test_a_series_can_have_tags_aliases_and_a_total():
    pin = SeriesPin(tags=("windowsill",), aliases=("Windowsill lessons",), total=4)
    settings = SeriesSettings(pins={SCHOOL: pin})
    by_tag = read("Light", terms=(Term(name="windowsill"),), settings=settings)
    by_alias = read("Windowsill lessons 2: Light", settings=settings)
    declared = read(
        "Light", declared=(SeriesPart(name="Windowsill lessons", part=3),), settings=settings
    )
    assert one(by_tag) == SeriesPart(name=SCHOOL, total=4)
    assert one(by_alias) == SeriesPart(name=SCHOOL, part=2, total=4)
    assert one(declared) == SeriesPart(name=SCHOOL, part=3, total=4)


def test_a_post_can_be_pinned_to_a_part_by_its_address():
    """The pin beats what was declared; it is the editor's own word."""
    url = "https://garden.example/light/"
    settings = SeriesSettings(pins={SCHOOL: SeriesPin(parts={url: 2})})
    assert one(read("Light", refs=(url,), settings=settings)) == SeriesPart(name=SCHOOL, part=2)
    declared = (SeriesPart(name=SCHOOL, part=9, label="9b"),)
    assert one(read("Light", refs=(url,), settings=settings, declared=declared)) == SeriesPart(
        name=SCHOOL, part=2
    )


def test_guessing_can_be_switched_off_for_all_or_for_one():
    title = "Windowsill School, part two: Light"
    assert read(title, settings=SeriesSettings(guess=False)).series == ()
    assert read(title, settings=SeriesSettings(pins={SCHOOL: SeriesPin(guess=False)})).series == ()
    assert read(title, off=frozenset({"series-title"})).series == ()


# ---------------------------------------------------------------- guessed


def test_a_number_without_a_name_ties_no_posts_together():
    """“Blog 2” of one guest and “Blog 2” of another are no series called “Blog”."""
    assert read("Blog 2: Waste").series == ()
    assert read("Part 2: The stairs", terms=(Term(name="Uncategorized"),)).series == ()


def test_an_opening_and_a_column_have_no_part():
    """No part is invented; the outline puts an opening first by its date."""
    assert one(read("Introducing the “Greener Somewhere” series")) == SeriesPart(
        name="Greener Somewhere"
    )
    assert one(read("In conversation with Dr Ada Moss")) == SeriesPart(name="In conversation")
    assert one(read("“Low Water” – Book Review")) == SeriesPart(name="Book review")
    assert one(read("Low Water. Book review")) == SeriesPart(name="Book review")


def test_a_total_said_is_a_total_declared():
    assert one(read("Moss, part 2 of 4")).total == 4
    assert one(read("Moss (3/5)")) == SeriesPart(name="Moss", part=3, total=5)


def test_numbers_are_read_in_digits_roman_and_words():
    assert [number(t) for t in ("3", "III", "three", "third", "3rd", "drei", "iii", "0", "100")] == [
        3, 3, 3, 3, 3, 3, None, 0, 100,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("小屋种花系列（十二）玫瑰（上）", [("小屋种花系列", 12)]),
        ("小屋种花 (二) 玫瑰", [("小屋种花", 2)]),
        ("玫瑰（上）", [("玫瑰", 1)]),
        ("《小屋》第一版完成", []),
        ("2020，小屋第二年：玫瑰", []),
        # blogs whose parts are “one of” something, and magazines with marks of their own
        ("种花笔记之二：玫瑰", [("种花笔记", 2)]),
        ("玫瑰（写给园丁之一）", [("写给园丁", 1)]),
        ("种花系列三：玫瑰", [("种花系列", 3)]),
        ("种花系列12：玫瑰", [("种花系列", 12)]),
        ("种花-篇三：玫瑰", [("种花", 3)]),
        ("种花第三部分：玫瑰", [("种花", 3)]),
        ("小屋①：蜜蜂", [("小屋", 1)]),
        ("蜜蜂 | 小屋笔记⑫", [("蜜蜂 | 小屋笔记", 12)]),
        # words that only begin so
        ("玫瑰是最好的花之一", []),
        ("小屋之下，蜜蜂之上", []),
        ("三分之二：有多少蜜蜂", []),
        ("小屋的“第三空间”：蜜蜂", []),
        ("小屋历史：第一批园丁为什么离开", []),
        ("园丁谈我的第一篇SHED文章", []),
        ("新篇一开始就有蜜蜂", []),
        ("星期一：玫瑰", []),
    ],
)
def test_a_number_in_chinese_counts_before_a_part_of_its_topic(title, expected):
    """Blogs that read code in a series; an edition and a year are no parts."""
    assert [(part.name, part.part) for part in series.read(title).series] == expected


def test_a_numeral_in_chinese_before_a_colon_counts_where_it_runs():
    """Magazines in Chinese that number what they take apart; a weekday runs nowhere."""
    titles = [f"蜜蜂解牛{n}：{topic}" for n, topic in zip("一二三四五", "玫瑰雨石水", strict=False)]
    read = [parts(titles, title) for title in titles]
    assert read == [[("蜜蜂解牛", n)] for n in range(1, len(titles) + 1)]
    assert parts([*titles, "星期一：玫瑰", "星期一：雨"], "星期一：玫瑰") == []


# ---------------------------------------------------------------- numbers that run


def parts(titles: list[str], title: str, **options: object) -> list[tuple[str, int | None]]:
    found = series.read(title, habit=learn(titles), **options)  # type: ignore[arg-type]
    return [(part.name, part.part) for part in found.series]


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("Notes from the shed {}", "Notes from the shed"),  # newsletters that number their issues
        ("Shed podcast #{} – the guest", "Shed podcast"),
        ("Shed Podcast#{}", "Shed Podcast"),
        ("Shed Radio, episode {}: bees", "Shed Radio"),
        ("#{} Shed radio", "Shed radio"),  # podcasts whose number comes first
        ("#{0} (Brasil {1})", "home"),
        ("#{} (Chile)", "home"),
        ("{0}. What the {1} said", "home"),
        ("Episode {0}: {1} in the shed", "Episode"),
        ("Advent in the shed, day {} of 24", "Advent in the shed"),
        (
            "Shed News, issue {0} is out with {1}!",
            "Shed News",
        ),  # projects that announce their letter
        ("ep{0} {1} in the shed", "Ep"),  # podcasts without a colon
        ("The shed v{}", "The shed"),
        ("Shed of the week {}", "Shed of the week"),  # projects that present their members
        ("Week {0} of Shed.pm — {1}", "Shed.pm"),  # diaries of a project
        ("小屋周刊（第 {} 期）：蜜蜂", "小屋周刊"),
        ("小屋视频0{} | 蜜蜂", "小屋视频"),  # channels that write the number to the word
        ("Shed notes (Part{})", "Shed notes"),
        ("Sheds and nets ({}): bees", "Sheds and nets"),
        ("What the {1} said – Ep. {0} of Shed Radio", "Shed Radio"),  # several podcasts of one blog
        ("Was der {1} sagt – Folge {0} des Schuppenfunks", "Schuppenfunks"),
        ("What the {1} said | On {1} | EP {0}", "Ep"),  # a podcast that is the whole blog
        ("Nets for the {1} (week {0})", "Week"),
        ("{0}th meeting of the shed", "Meeting of the shed"),
        ("S02E{0} The {1}", "S02"),  # seasons
        ("Shed Radio S02E{0}: the {1}", "Shed Radio"),
        ("Skjulradio avs.{0} - {1}", "Skjulradio"),  # podcasts that shorten what a part is called
        ("New nets: Phase {0} Report", "New nets"),  # students' projects that report
        ("Nets for all | Sprint-{0} Review", "Nets for all"),
    ],
)
def test_numbers_that_run_through_a_blog_s_titles_are_parts(pattern, name):
    """However high they are: there are podcasts with a thousand episodes."""
    topics = ("bees", "wasps", "mice", "owls", "cats", "toads", "rain")
    since = 1 if "of 24" in pattern else 60
    titles = [pattern.format(n, topic) for n, topic in enumerate(topics, since)]
    assert parts(titles, titles[-1], home="home") == [(name, since + 6)]


@pytest.mark.parametrize(
    "titles",
    [
        ["Bees in 2021", "Bees in 2022", "Bees in 2023", "Bees in 2024"],
        ["Shed 1.2 released", "Shed 1.3 released", "Shed 1.4 released", "Shed 1.5 released"],
        ["Windows 7", "Windows 8", "Windows 7", "Windows 10", "Windows 7", "Windows 8"],
        ["Route 66", "Vitamin B12", "Section 28", "Room 101"],
        ["The shed - spring edition 2021", "The shed - edition 2022", "The shed - edition 2023"],
        [f"Holes {n}, {n + 1}, and {n + 4} are shut" for n in range(4)],  # of a company
        ["The fair shows the 500d", "The fair shows the 550d"],  # blogs on cameras
        ["Links in sheds 4/17", "Links in sheds 5/18", "Links in sheds 6/19"],  # round-ups
        ["蜜蜂 (8/20)", "小屋 (9/3)", "園芸 (9/17)", "春 (10/1)", "冬 (11/30)", "雨 (12/25)"],
    ],
)
def test_years_versions_routes_and_dates_do_not_run(titles):
    """What changes with time is not for that a part."""
    assert [parts(titles, title) for title in titles] == [[]] * len(titles)


NTHS = ("first", "second", "third", "fourth")


@pytest.mark.parametrize(
    "titles",
    [
        ["First meeting", "Second meeting", "The third meeting", "Fourth Meeting"],
        ["Primer encuentro", "Segundo encuentro", "Tercer encuentro", "Cuarto encuentro"],
        ["Erste Sitzung", "Zweite Sitzung", "Dritte Sitzung", "Vierte Sitzung"],
        [f"On the {n} day of nets: {w}" for n, w in zip(NTHS, "abcd", strict=True)],
    ],
)
def test_what_is_counted_in_words_runs(titles):
    """Clubs that report on each of their meetings."""
    assert [part for title in titles for _, part in parts(titles, title)] == [1, 2, 3, 4]
    assert [parts(titles[:2], title) for title in titles[:2]] == [[], []]
    assert parts([*titles, "First steps in the shed", "Second thoughts"], "Second thoughts") == []


def test_parts_of_several_series_do_not_run_together():
    """Blogs whose posts come in two or three parts: what has no other part is no part of all."""
    topics = ("bees", "wasps", "mice", "owls", "cats", "toads")
    titles = [f"All about {topic} – part {n}" for topic in topics for n in (1, 2, 3)]
    assert parts([*titles, "Rain (part 4)"], "Rain (part 4)") == [("Rain", 4)]
    assert parts(titles, titles[4]) == [("All about wasps", 2)]


def test_a_topic_before_a_colon_is_no_series():
    """Blogs on one thing, whose titles begin with its name."""
    titles = ["Sheds: nets (part 1)", "Sheds: nets (part 2)", "Sheds: why", "Sheds: bees (part 1)"]
    assert [parts(titles, title) for title in (titles[1], titles[3])] == [
        [("Sheds: nets", 2)],
        [("Sheds: bees", 1)],
    ]
    assert parts(titles, "[Part 2] Where bees go") == [("Where bees go", 2)]


def test_numbers_may_begin_again_every_year():
    """Weeklies that count their issues within a year: “#01 – rain”."""
    titles = [f"#{n:02} – what the {n}th week brought" for year in range(3) for n in range(1, 15)]
    assert parts(titles, titles[-1], home="home") == [("home", 14)]


def test_versions_that_come_again_are_none():
    """Blogs on software, which return to a version."""
    titles = [f"Shed {n}: news" for n in (7, 8, 7, 10, 7, 8, 10, 7)]
    assert parts(titles, titles[0]) == []


def test_a_number_behind_a_dash_continues_a_post():
    """Personal blogs: a post, then “… - 2”, “… - 3”."""
    titles = ["Version 9 of the shed", "Version 9 of the shed - 2", "Version 9 of the shed - 3"]
    assert parts(titles, titles[2]) == [("Version 9 of the shed", 3)]
    assert parts(titles[:2], titles[1]) == [("Version 9 of the shed", 2)]
    assert parts(titles[1:2], titles[1]) == []


@pytest.mark.parametrize(
    "title",
    [
        "Announcing our series A funding",  # blogs of companies
        "Announcing the winners of the shed story series!",  # of magazines
    ],
)
def test_a_series_without_a_name_ties_nothing_together(title):
    assert read(title).series == ()


@pytest.mark.parametrize(
    "title",
    [
        "Le jardin, 1ère partie",
        "El jardín, 1ª parte",
        "El jardín, primera entrega",
        "Il giardino – prima puntata",
        "Zahrada, 1. část",
        "Bahçe, 1. bölüm",
        "A kert – 1. rész",
        "Grădina, partea 1",
        "Ο κήπος, μέρος 1",
        "Khu vườn, phần 1",
        "הגינה, חלק 1",
        "बगीचा, भाग 1",
    ],
)
def test_first_parts_are_read_in_many_languages(title):
    assert [part for _, part in parts([], title)] == [1]


@pytest.mark.parametrize("apart", [": ", " – ", " | ", "：", " › "])
def test_an_author_before_a_title_is_no_part_of_the_series_name(apart):
    title = f"Ada Moss{apart}In the shed – part two"
    found = series.read(title, authors=("", "Bo Clay", "Ada Moss")).series
    assert [(part.name, part.part) for part in found] == [("In the shed", 2)]
    titles = [f"Ada Moss{apart}In the shed {n}" for n in range(40, 44)]
    assert parts(titles, titles[2], authors=("Ada Moss",)) == [("In the shed", 42)]


def test_a_series_goes_by_one_name_however_its_numbers_are_written():
    titles = [
        "The Shed, part 1: bees",
        "The Shed – Part Two",
        "The Shed (3/5)",
        "The Shed IV: rain",
    ]
    assert [parts(titles, title) for title in titles] == [[("The Shed", n)] for n in (1, 2, 3, 4)]


# ---------------------------------------------------------------- any input


WORDS = st.sampled_from(
    [
        "Part",
        "part",
        "two",
        "II",
        "3",
        "#4",
        "(3/5)",
        "[2",
        "of",
        "3]",
        "Blog",
        "2:",
        "series",
        "Series",
        "in",
        "our",
        "the",
        "third",
        "blog",
        "–",
        "|",
        ",",
        ":",
        "School",
        "from",
        "letter",
        "first",
        "第2回",
    ]
)
TEXTS = st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=24).map(" ".join))


@settings(max_examples=100)
@given(TEXTS, st.lists(TEXTS.map(lambda n: Term(name=n)), max_size=3).map(tuple))
def test_any_words_are_read_and_every_guess_is_explained(title, terms):
    reading = series.read(title, terms=terms)
    assert len(reading.series) <= 1
    assert len(reading.fixups) == len(reading.series)
    for found in reading.series:
        assert found.name.strip()
        assert found.part is None or 1 <= found.part <= 9999
        assert found.total is None or found.part is None or found.total >= found.part


@pytest.mark.parametrize(
    "text",
    [
        "part " * 20_000,
        "this is the third " * 6_000,
        "(" * 100_000,
        "1 " * 50_000,
        "series of " * 10_000,
        "#" * 99_999,
    ],
)
def test_hostile_words_cost_no_time(text):
    start = time.process_time()
    for title in (text, text[:399]):
        series.read(title, terms=(Term(name=text[:500]),))
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Growing ferns: 3 of 4", [("Growing ferns", 3, 4)]),
        ("Three sheds: 1. Red 2. Green 3. Blue", []),
        ("Garden notes: 1. Weed 2. Water", []),
        ("Gardeners agree: 3 of 4 prefer rain", []),
        ("Opening times: 10 of 4", []),
        ("Richard: III", []),
    ],
)
def test_numbers_behind_a_colon_are_parts_only_where_the_name_is_a_series(title, expected):
    """A list in a title and a share of people are no parts."""
    assert [(s.name, s.part, s.total) for s in read(title).series] == expected


def test_a_series_named_after_hours_is_no_timetable() -> None:
    """A date stands in “Opening hours (3/4)”, a part in “The Quiet Hours (3/4): …”."""
    declared = (SeriesPart(name="The Quiet Hours"),)
    (part,) = series.read("The Quiet Hours (3/4): Four in the morning", declared=declared).series
    assert (part.part, part.total) == (3, 4)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Copyright in the classroom: week 4", ("Copyright in the classroom", 4)),
        ("Employment law update (No. 12)", ("Employment law update", 12)),
        ("Listening (Quiet Corners, part 3)", ("Quiet Corners", 3)),
        ("A new blog series: Quiet Corners", ("Quiet Corners", None)),
    ],
)
def test_more_ways_in_which_blogs_count(title, expected):
    assert [(part.name, part.part) for part in series.read(title).series] == [expected]


@pytest.mark.parametrize(
    "title", ["COP29 (day 2)", "Tier 2 visas: a guide", "Room 14: where decisions sleep"]
)
def test_more_numbers_that_count_no_part(title):
    assert series.read(title).series == ()


@pytest.mark.parametrize(
    "title",
    [
        "Ruby-style loops in C# 3.0",  # blogs on software
        "Navigation 3D",  # of designers
        "Why I&#8217;m here",  # feeds that escape twice
        "The meeting; D -3",  # travel diaries that count down
        "This week in sheds (9/16 - 9/22, 2002)",  # weeklies
    ],
)
def test_languages_countdowns_and_spans_of_days_are_no_parts(title):
    assert series.read(title).series == ()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Nets and sheds, Part Two: The rain", ("Nets and sheds", 2)),  # blogs on software
        ("Nets Part 1 ：雨", ("Nets", 1)),  # blogs in Chinese
        ("雨の庭（二）：苔", ("雨の庭", 2)),
    ],
)
def test_parts_may_be_words_and_colons_wide(title, expected):
    assert [(part.name, part.part) for part in series.read(title).series] == [expected]


def test_a_part_that_says_so_is_none_of_a_blog_s_days():
    """Aggregators that date their round-ups, beside an article in two parts."""
    titles = [f"Links in sheds ({month}/{day})" for month, day in ((1, 9), (2, 14), (3, 3), (4, 27), (5, 8))]  # fmt: skip
    habit = learn([*titles, "The wall (Part 1/2)", "The wall (Part 2/2)"])
    assert habit.has_dates
    assert one(read("The wall (Part 1/2)", habit=habit)).part == 1
    assert read("Links in sheds (6/7)", habit=habit).series == ()


@pytest.mark.parametrize(
    "title",
    [
        "The keys of SHD#11",
        "Nets begin in two weeks (4/27)",
        "Sheds [V]",
        "Nets 1/2 - bees",
        "1/3 moss, 1/3 fern, 1/3 bees: a bed",
        "Two of 5 beds",
    ],
)
def test_a_sign_a_day_and_half_a_pair_are_no_parts_alone(title):
    """Blogs on software and of courses."""
    assert series.read(title).series == ()


def test_a_part_of_something_needs_no_run_and_may_be_told_in_words():
    """Podcasts of foundations: “Episode nine of Shed Radio – Ada Moss”."""
    reading = read("Episode nine of Shed Radio! - Ada Moss from Nets")
    assert one(reading) == SeriesPart(name="Shed Radio!", part=9)
    assert read("Day nine of the shed").series == ()


@pytest.mark.parametrize("part", range(1, 10))
def test_roman_parts_in_brackets_are_sure_and_whole(part):
    """Spanish blogs, whose parts go on to “(VI)” and further, and have topics in parts, too."""
    roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    titles = [f"Guía de sala ({n}): Flores ({roman[max(0, i - 3)]})" for i, n in enumerate(roman)]
    assert parts(titles, titles[part - 1]) == [("Guía de sala", part)]
    if part != 5:  # “(V)” may be a video
        assert [s.part for s in read(f"Álgebra ({roman[part - 1]})").series] == [part]


@pytest.mark.parametrize("part", ["Pt-1", "Part-1", "pt. 1", "(Pt-1)", "Part #1"])
def test_a_part_s_number_may_hang_on_its_word(part):
    """Blogs that teach, as “What the net? Pt-1 Knots”."""
    titles = [f"What the net? {part.replace('1', str(n))}" for n in range(1, 4)]
    assert parts(titles, titles[1]) == [("What the net?", 2)]


def test_a_fraction_without_brackets_runs_among_those_of_the_same_whole():
    """Blogs of projects: “Pots 1/2 - clay”, “Pots 2/2 - wood”."""
    titles = ["Pots 1/2 - clay", "Pots 2/2 - wood"]
    assert parts(titles, titles[1]) == [("Pots", 2)]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Shed News 41 is out!", [("Shed News", 41)]),
        ("Shed News 42", [("Shed News", 42)]),
        ("Shed News: the 5 best nets", []),
        ("Shed News, 5 reasons to read", []),
        ("Shed News from ward 5", []),
    ],
)
def test_a_letter_that_runs_may_be_numbered_in_passing(title, expected):
    """Projects that announce their letter, each week in other words."""
    titles = [f"Shed News, issue {n}" for n in range(30, 40)]
    assert parts([*titles, title], title) == expected


def test_two_places_in_a_list_make_no_series():
    """Blogs of projects that tell where a list of the year's tools places them."""
    assert not learn(["Best sheds of May: #1", "Best sheds of May: #3"]).runs
    assert learn(["Tidy sheds #1", "Tidy sheds #2"]).runs


def test_several_people_may_count_the_same_weeks():
    """Planets of a summer of code, where each student counts her weeks."""
    weeks = (1, 1, 2, 1, 2, 2, 3, 3, 4, 3, 4, 5, 5, 6)
    titles = [f"Sheds '25 Week {week} Update by {'ABC'[n % 3]}" for n, week in enumerate(weeks)]
    assert parts(titles, titles[-1]) == [("Sheds '25", 6)]
    bare = [f"Sheds {week} and more" for week in weeks]
    assert parts(bare, bare[-1]) == []


def test_brackets_around_a_series_stay_out_of_its_name():
    """Planets whose titles begin with a label: “[Sheds] Week 1: nets”."""
    titles = [f"[Sheds] Week {week}: nets" for week in range(1, 6)]
    assert parts(titles, titles[0]) == [("Sheds", 1)]


@pytest.mark.parametrize(
    ("titles", "numbers"),
    [
        (["Nets #0: what they are", "Nets #1: knots", "Nets #2: seams"], [0, 1, 2]),
        (["Nets, part 0", "Nets, part 1"], [0, 1]),
        (["Jaring bagian Pertama", "Jaring bagian Kedua", "Jaring bagian Ketiga"], [1, 2, 3]),
        (["그물 - 파트 1: 매듭", "그물 - 파트 2: 솔기"], [1, 2]),
    ],
)
def test_parts_may_begin_at_zero_and_be_counted_in_other_languages(titles, numbers):
    found = [parts(titles, title) for title in titles]
    assert [part for told in found for _, part in told] == numbers
    assert len({name for told in found for name, _ in told}) == 1


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        # a club's meetings, magazines and courses that count on in words
        (["Vigésimo primer encuentro", "Vigésimo segundo encuentro", "Trigésimo encuentro"], [21, 22, 30]),
        (["Thirty-first meeting", "Thirty-second meeting", "Thirty-third meeting"], [31, 32, 33]),
        (["Nets: Lesson One", "Nets: Lesson Two"], [1, 2]),
        (["Nets Lesson One: knots", "Nets Lesson Two: seams"], [1, 2]),
        (["Nets Lesson Thirty-One, knots", "Nets Lesson Thirty-Two, seams"], [31, 32]),
        (["Nets Lesson Thirty One", "Nets Lesson Thirty Two"], [31, 32]),
        (["Lektion 1 – Regen", "Lektion 2 – Netze", "Lektion 3 – Moos"], [1, 2, 3]),
        (["Summer in sheds 1: rain", "Summer in sheds 2: snow"], [1, 2]),
        # challenges of the week, with several posts on each
        ([f"SHC{n // 2} - {word}" for n, word in enumerate("abcdefghij", 80)], [40, 40, 41, 41, 42, 42, 43, 43, 44, 44]),
        # a post that nobody knew to be the first
        (["What the net is", "What the net is (2)"], [2]),
        (["What the net is", "Part 2: What the net is"], [2]),
    ],
)  # fmt: skip
def test_parts_count_on_in_words_in_signs_and_from_a_first_that_did_not(titles, expected):
    found = [part for title in titles for _, part in parts(titles, title)]
    assert found == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("News of the shed no. 12", ("News of the shed", 12)),
        ("Lettre de la cabane n° 1", ("Lettre de la cabane", 1)),
        ("Lettre de la cabane n° 9", ("Lettre de la cabane", 9)),
        ("The new nets Part I by Evil Moss", ("The new nets", 1)),
        ("Crónicas de la cabaña (y III)", ("Crónicas de la cabaña", 3)),  # the last of them
        ("小屋的一天（上篇）", ("小屋的一天", 1)),
    ],
)
def test_a_number_that_ends_a_title_or_comes_before_by_is_a_part(title, expected):
    """Letters and magazines, whose first post that a collect sees may be any."""
    assert [(part.name, part.part) for part in read(title).series] == [expected]


@pytest.mark.parametrize(
    "titles",
    [
        ["Shed 5.0 Preview 1", "Shed 5.0 Preview 2", "Shed 5.0 Preview 3"],
        ["Nets beta 1", "Nets beta 2", "Nets beta 3"],
        ["Shed 6.0 Milestone 1", "Shed 6.0 Milestone 2", "Shed 6.0 Milestone 3"],
        ["我是十四亿护旗手之一”"],
        ["Ranked no. 1"],
    ],
)
def test_previews_of_a_release_ranks_and_one_among_many_are_no_parts(titles):
    """Projects that announce each step to a release, and blogs that rank."""
    assert [parts(titles, title) for title in titles] == [[]] * len(titles)


@pytest.mark.parametrize("written", ["S1E{}", "T1E{}", "T2W{}"])
def test_seasons_and_terms_number_their_episodes_and_weeks(written):
    """Podcasts and student societies: “S1E4”, “T1W3 Newsletter”."""
    words = ("Bees", "Pots", "Rain", "Nets", "Moss")
    titles = [f"{word} | {written.format(n)} News" for n, word in enumerate(words, 1)]
    habit = learn(titles)
    assert [one(read(title, habit=habit)).part for title in titles] == [1, 2, 3, 4, 5]


WORDS_THAT_CHANGE = (
    "the roof leaks",
    "nets in winter",
    "counting bees",
    "a gate",
    "bread",
    "lamps",
)


@pytest.mark.parametrize(
    "shape",
    ["({n}/12) {t}", "[{n}/12] {t}", "{t} ({n})", "{t}（第{n}回）", "{t} その{n}", "{t} #{n}",
     "{t}, {n}e partie", "{t} ({n}ª parte)"],
)  # fmt: skip
def test_numbers_behind_ever_new_words_count_the_blog_itself(shape):
    """Blogs that number their posts, and say of nothing else that it has parts."""
    titles = [shape.format(n=n, t=t) for n, t in enumerate(WORDS_THAT_CHANGE, 1)]
    habit = learn(titles)
    placed = [series.read(title, habit=habit, home="The Watering Can").series for title in titles]
    assert [(p.name, p.part) for (p,) in placed] == [("The Watering Can", n) for n in range(1, 7)]


def test_numbers_of_many_series_do_not_count_the_blog():
    """Blogs of many guests, each with a series of two or three."""
    titles = ["Ethics #14: a ward", "Net zero, 3 of 5: food", "Triage, II: rain", "Rotas (4/4)"]
    named = [
        series.read(title, habit=learn(titles), home="Blog").series[0].name for title in titles
    ]
    assert "Blog" not in named


@pytest.mark.parametrize(
    "shape", ["Shed Notes • {n} • {t}", "Shed Notes {n} of 12: {t}", "Shed Notes ~ {n} ~ {t}"]
)
def test_a_number_between_signs_or_of_a_whole_runs(shape):
    titles = [shape.format(n=n, t=t) for n, t in enumerate(WORDS_THAT_CHANGE, 1)]
    placed = [series.read(title, habit=learn(titles)).series for title in titles]
    assert [(p.name, p.part) for (p,) in placed] == [("Shed Notes", n) for n in range(1, 7)]
