"""What digest.toml may say, and what each mistake in it gets."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import fields

from digest.config import find_project, languages, load, parse, tables
from digest.errors import ConfigError, DigestError, UsageError

LETTER = '[newsletter]\nname = "The Letter"\ntimezone = "Europe/London"\n'
WEEKLY = LETTER + '[edition.weekly]\ntitle = "Weekly"\n'


def test_the_least_a_project_needs_is_a_name() -> None:
    config = parse('[newsletter]\nname = "The Letter"\n', Path("/project"))
    assert config.newsletter.name == "The Letter"
    assert config.newsletter.timezone == "UTC"
    assert config.sources == ()


def test_defaults_of_an_edition_are_the_documented_ones() -> None:
    edition = parse(WEEKLY, Path("/project")).edition()
    assert (edition.since, edition.first_window, edition.limit, edition.min_posts, edition.order) == (
        "last-issue", "7 days", None, 1, "newest",
    )  # fmt: skip
    assert (edition.settle, edition.service, edition.template) == ("0", "plain", "weekly")


def test_one_word_may_stand_where_a_list_is_meant() -> None:
    assert parse(WEEKLY + 'tags = "soil"\n', Path("/p")).edition().selectors.tags == ("soil",)


def test_paths_are_seen_from_the_project() -> None:
    text = LETTER + '[[source]]\nname = "blog"\nkind = "markdown"\npath = "posts"\n'
    assert parse(text, Path("/project")).sources[0].path == Path("/project/posts")


def test_the_keys_of_a_kind_are_kept_as_its_options() -> None:
    text = (
        LETTER
        + '[[source]]\nname = "b"\nkind = "feed"\nurl = "https://a.example/feed"\nmax_items = 5\n'
    )
    assert parse(text, Path("/p")).sources[0].options == {"max_items": 5}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", '[newsletter] is missing. Add [newsletter] with name = "…".'),
        ("[newsletter]\n", 'digest.toml:1: [newsletter] has no name. Add name = "…".'),
        (
            LETTER + 'adress = "x"\n',
            'digest.toml:4: [newsletter] adress: unknown key. Did you mean "address"?',
        ),
        (
            "[newsletter]\nname = 3\n",
            "digest.toml:2: [newsletter] name: expected text, got a whole number. Put it in quotes.",
        ),
        (
            WEEKLY + 'limit = "3"\n',
            "limit: expected a whole number, got text. Write it without quotes.",
        ),
        (
            LETTER + 'name = "Again"\n',
            'digest.toml:4: the key "name" stands twice. Keep one of them.',
        ),
        (
            WEEKLY + "[edition.weekly]\n",
            "digest.toml:6: the table [edition.weekly] stands twice. Keep one of them.",
        ),
        (LETTER.replace("London", "Lodnon"), 'is no time zone. Did you mean "Europe/London"?'),
        (LETTER.replace("London", "Lodon"), 'is no time zone. Did you mean "Europe/London"?'),
        (
            LETTER + 'language = "english!"\n',
            'digest.toml:4: [newsletter] language: "english!" is no language tag',
        ),
        (
            LETTER + 'language = "klingon"\n',
            'language: "klingon" is no language tag. Did you mean "tlh"?',
        ),
        (
            LETTER + 'language = "xx"\n',
            'digest.toml:4: [newsletter] language: "xx" is no language tag. ',
        ),
        (LETTER + 'language = "en_GB"\n', 'is no language tag. Did you mean "en-GB"?'),
        (
            LETTER + '[theme]\ntitle_font = ["Georgia"]\n',
            'digest.toml:5: [theme] title_font: expected text, got a list. Write it as one text: title_font = "…',
        ),
        (
            LETTER + "[theme.accent]\nx = 1\n",
            "digest.toml: [theme] accent: expected text, got a table",
        ),
        (
            LETTER + 'url = "blog.example"\n',
            'digest.toml:4: [newsletter] url: "blog.example" is no web address',
        ),
        (
            LETTER + 'url = "https://[blog.example"\n',
            'digest.toml:4: [newsletter] url: "https://[blog.example" is no web address',
        ),
        (
            LETTER + 'url = "https://"\n',
            'digest.toml:4: [newsletter] url: "https://" is no web address',
        ),
        (
            LETTER + 'unsubscribe = "unsub.html"\n',
            "digest.toml:4: [newsletter] unsubscribe: is neither",
        ),
        (LETTER + "broken\n", "digest.toml:4: not valid TOML"),
        (LETTER + "x = [", "digest.toml:4: not valid TOML"),
        (LETTER + "\nx = " + "[" * 5000, "digest.toml:5: not valid TOML: nested too deeply"),
        (LETTER + "x = " + "{a=" * 5000, "digest.toml:4: not valid TOML: nested too deeply"),
        (LETTER + "\n\nx = " + "9" * 5000, "digest.toml:6: not valid TOML: a number has too many"),
        (
            LETTER + 'sender = "The editors"\n',
            'digest.toml:4: [newsletter] sender: "The editors" is no address',
        ),
        (
            LETTER + 'address = "One\\nTwo"\n',
            "digest.toml:4: [newsletter] address: holds a line break",
        ),
        (
            WEEKLY + 'subject = "a\\u0000b"\n',
            "digest.toml:6: [edition.weekly] subject: holds a line break",
        ),
        (WEEKLY + 'tags = [""]\n', "digest.toml:6: [edition.weekly] tags: holds an empty name"),
        (LETTER + '[[source]]\nkind = "feed"\n', "[[source]] without a name"),
        (
            LETTER + '[[source]]\nname = "b"\n',
            "[[source]] without a kind. Kinds: feed, wordpress, markdown",
        ),
        (
            LETTER + '[[source]]\nname = "b"\nkind = "fed"\n',
            'unknown source kind "fed". Did you mean "feed"?',
        ),
        (
            LETTER + '[[source]]\nname = "b"\nkind = "feed"\n',
            '[[source]] "b" has no url. Add url = "…".',
        ),
        (
            LETTER + '[[source]]\nname = "b"\nkind = "feed"\nurl = "x"\n',
            'digest.toml:7: [[source]] b: url: "x" is no',
        ),
        (
            LETTER + '[[source]]\nname = "b"\nkind = "feed"\nur = "x"\n',
            'ur: unknown key for a source of kind "feed"',
        ),
        (
            LETTER + '[[source]]\nname="b"\nkind="markdown"\npath="p"\n' * 2,
            'two sources are called "b"',
        ),
        (
            LETTER + "[edition.Weekly]\n",
            "digest.toml:4: [edition.Weekly]: the name becomes part of a folder",
        ),
        (
            LETTER + "[edition.aux]\n",
            "digest.toml:4: [edition.aux]: Windows has a device of that name, and lets no file bear it. "
            "Call it [edition.aux-letter].",
        ),
        (
            WEEKLY + "limt = 3\n",
            'digest.toml:6: [edition.weekly] limt: unknown key. Did you mean "limit"?',
        ),
        (
            WEEKLY + "limit = 0\n",
            "digest.toml:6: [edition.weekly] limit: 0 is too little. Use at least 1.",
        ),
        (
            WEEKLY + 'since = "a week"\n',
            'digest.toml:6: [edition.weekly] since: "a week" is no duration',
        ),
        (WEEKLY + 'order = "newst"\n', '"newst" is not known. Did you mean "newest"?'),
        (
            WEEKLY + 'schedule = "mondays"\n',
            'digest.toml:6: [edition.weekly] schedule: "mondays" is no schedule. Write it as "weekly on monday',
        ),
        (
            WEEKLY + 'schedule = "monthly on 40 at 08:00"\n',
            'schedule: "monthly on 40 at 08:00" is no schedule: no month has a day 40.',
        ),
        (
            WEEKLY + 'cool_down = { dayly = "7 days" }\n[edition.daily]\n',
            "digest.toml:6: [edition.weekly] cool_down: dayly: there is no such edition. Did you mean "
            '"daily"?',
        ),
        (
            WEEKLY + '[edition.daily]\n[edition.weekly.cool_down]\ndaily = "an hour"\n',
            'digest.toml:8: [edition.weekly] cool_down: daily: "an hour" is no number of days. Write daily =',
        ),
        (
            WEEKLY + 'cool_down = { weekly = "7 days" }\n',
            "digest.toml:6: [edition.weekly] cool_down: weekly: is this edition itself. Known: none yet.",
        ),
        (
            WEEKLY + '[edition.weekly.evergreen]\nmin_ages = "1 year"\n',
            'digest.toml:7: [edition.weekly.evergreen] min_ages: unknown key. Did you mean "min_age"?',
        ),
        (
            WEEKLY + '[edition.weekly.evergreen]\nmin_age = "old"\n',
            'digest.toml:7: [edition.weekly.evergreen] min_age: "old" is no number of days. Write "180 days"',
        ),
        (
            WEEKLY + "[edition.weekly.evergreen]\ncount = 0\n",
            "digest.toml:7: [edition.weekly.evergreen] count: 0 is too little. Use at least 1.",
        ),
        (
            WEEKLY + 'service = "mailchmp"\n',
            'unknown service "mailchmp". Did you mean "mailchimp"?',
        ),
        (
            WEEKLY + 'sources = ["blog"]\n',
            'digest.toml:6: [edition.weekly] sources: there is no source "blog"',
        ),
        (
            WEEKLY + "[[edition.weekly.section]]\ntitl = 1\n",
            "digest.toml:7: [[edition.weekly.section]] titl: unknown",
        ),
        (LETTER + '[service.mailchimp]\napi_key = "s3cret"\n', ' key_env = "…".'),
        (
            LETTER + '[editing.series."Quiet hours"]\ntotl = 3\n',
            "[editing.series.Quiet hours] totl: unknown key",
        ),
    ],
)
def test_each_mistake_names_its_place_and_the_fix_in_one_line(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(text, Path("/project"))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


SOURCE = '[[source]]\nname = "b"\nkind = "{}"\nurl = "https://a.example"\n'
KEYS = {
    LETTER: fields(tables.Newsletter)[3:],
    LETTER + "[fetching]\n": fields(tables.Fetching),
    # of `values` is said that they need a for_each
    LETTER + "[edition.weekly]\n": [
        field for field in fields(tables.EditionTable) if field.name != "values"
    ],
    WEEKLY + "[[edition.weekly.section]]\n": fields(tables.SectionTable),
    WEEKLY + "[edition.weekly.evergreen]\n": fields(tables.EvergreenTable),
    LETTER + "[editing]\n": fields(tables.Editing),
    LETTER + '[editing.series."Quiet hours"]\n': fields(tables.SeriesConfig),
    LETTER + "[run]\n": fields(tables.RunTable),
    LETTER + "[check]\n": ("clients", "dkim", "LINK-HTTP"),
    WEEKLY + "[edition.weekly.check]\n": ("clients", "dkim", "LINK-HTTP"),
    LETTER + SOURCE.format("feed"): ("path", "was", "byline"),
    **{
        LETTER + f"[service.{name}]\n": (*sorted(tables.SERVICE_KEYS), "audiences", *options)
        for name, options in tables.SERVICE_OPTIONS.items()
    },
}
WRONG = ("7", "1.5", "true", '"?"', "[1]", "{ a = [] }", "2026-01-01")


@pytest.mark.parametrize("before", KEYS, ids=lambda text: text.splitlines()[-1])
def test_a_value_of_another_kind_names_its_line_its_key_and_what_to_write(before: str) -> None:
    for field in KEYS[before]:
        key = field if isinstance(field, str) else field.name
        refused = 0
        for value in WRONG:
            text = f"{before}{key} = {value}\n"
            try:
                parse(text, Path("/project"))
            except ConfigError as error:
                refused += 1
                assert str(error).startswith(f"digest.toml:{text.count(chr(10))}: "), text
                assert key in str(error), text
                assert error.hint, text
        assert refused >= 2, f"{before}{key}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            LETTER + "aliases = 7\n",
            "digest.toml:4: [newsletter] aliases: expected a table, got a whole number. "
            "Write a table, [newsletter.aliases].",
        ),
        (
            LETTER + "aliases = { a = [] }\n",
            'digest.toml:4: [newsletter.aliases] a: expected text, got a list. Write a = "…".',
        ),
        (
            WEEKLY + "tags = {}\n",
            '[edition.weekly] tags: expected text or a list, got a table. Write tags = ["…", "…"].',
        ),
        (WEEKLY + "limit = 1.5\n", "expected a whole number, got a number. Write limit = 5."),
        (WEEKLY + "section = 7\n", "Write it as a table, [[edition.weekly.section]]."),
        (
            LETTER + '[service.sendgrid]\nsuppression_group = "all"\n',
            "digest.toml:5: [service.sendgrid] suppression_group: expected a whole number, got text.",
        ),
        (
            LETTER + "[service.mailerlite]\ncontent = 1\n",
            "expected true or false, got a whole number. Write content = true or content = false.",
        ),
    ],
)
def test_what_to_write_instead_is_written_out(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(text, Path("/project"))
    assert message in str(caught.value)


def test_the_id_of_a_service_may_be_written_as_a_number_or_as_text() -> None:
    for value in ("12", '"12"'):
        text = LETTER + f"[service.listmonk]\naudience = {value}\ntemplate = {value}\n"
        service = parse(text, Path("/p")).services["listmonk"]
        assert (service.audience, int(service.options["template"])) == ("12", 12)


def test_an_edition_keeps_its_schedule_cool_downs_and_evergreens() -> None:
    text = (
        WEEKLY
        + 'schedule = "every other week on friday at 07:30"\ncool_down = { daily = "7 days" }\n'
        + '[edition.weekly.evergreen]\ntags = "classics"\nmin_age = "1 year"\nanniversary = true\n'
        + "fill_to = 6\ncount = 2\n[edition.daily]\n"
    )
    edition = parse(text, Path("/p")).edition("weekly")
    assert edition.schedule == "every other week on friday at 07:30"
    assert edition.cool_down == {"daily": "7 days"}
    assert edition.evergreen is not None
    assert edition.evergreen.selectors.tags == ("classics",)
    assert (edition.evergreen.min_age, edition.evergreen.anniversary) == ("1 year", True)
    assert (edition.evergreen.fill_to, edition.evergreen.count) == (6, 2)
    assert parse(text, Path("/p")).edition("daily").evergreen is None


def test_a_secret_never_appears_in_the_message() -> None:
    with pytest.raises(ConfigError) as caught:
        parse(LETTER + '[service.brevo]\napi_key = "s3cret"\n', Path("/p"))
    assert "s3cret" not in str(caught.value)


def test_the_project_is_the_nearest_folder_upwards(tmp_path: Path) -> None:
    (tmp_path / "digest.toml").write_text(LETTER)
    (tmp_path / "posts" / "deep").mkdir(parents=True)
    assert find_project(tmp_path / "posts" / "deep") == tmp_path


def test_no_project_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="digest init"):
        find_project(tmp_path)
    with pytest.raises(ConfigError, match="digest init"):
        load(tmp_path)


def test_a_folder_of_that_name_is_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "digest.toml").mkdir()
    with pytest.raises(ConfigError, match=r"digest\.toml: cannot be read .*Move this folder away"):
        load(find_project(tmp_path))


def test_without_an_edition_the_fix_is_named() -> None:
    with pytest.raises(UsageError, match=r"there is no edition\. Add \[edition\.weekly\]"):
        parse(LETTER, Path("/p")).edition()


def test_several_editions_want_one_to_be_named() -> None:
    config = parse(WEEKLY + "[edition.monthly]\n", Path("/p"))
    with pytest.raises(UsageError, match="Name one of: weekly, monthly"):
        config.edition()
    with pytest.raises(UsageError, match='Did you mean "weekly"'):
        config.edition("weekli")


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='[]."=\n abcnewslettrdiion_0123456789{},', max_size=200))
def test_no_text_gets_anything_but_a_config_or_a_clear_error(text: str) -> None:
    for head in ("", LETTER):
        try:
            parse(head + text, Path("/project"))
        except DigestError as error:
            assert str(error)


def test_the_series_template_tells_its_parts_in_order_unless_told() -> None:
    """A section counts as the edition does; what is said of either wins."""
    text = WEEKLY + 'template = "series"\n'
    section = '[[edition.weekly.section]]\ntitle = "A"\n'
    for written, orders in (
        (text + section, ("series", "series")),
        (text + 'order = "newest"\n' + section, ("newest", "series")),
        (text + section + 'order = "oldest"\n', ("series", "oldest")),
        (WEEKLY + section, ("newest", "newest")),
    ):
        edition = parse(written, Path("/p")).editions["weekly"]
        assert (edition.order, edition.sections[0].order) == orders


def test_every_language_that_babel_knows_is_known() -> None:
    """So that the list that is written down does not fall behind."""
    from babel import Locale
    from babel.localedata import locale_identifiers

    names = Locale.parse("en").languages
    codes = {code.partition("_")[0] for code in [*locale_identifiers(), *names]} - {"root"}
    assert [code for code in codes if not languages.is_known(code)] == []


@pytest.mark.parametrize(
    "tag", ["tlh", "EN-gb", "zh-Hant-TW", "sr-Latn", "de-AT-1996", "qaa", "iw", "cy", "und"]
)
def test_a_known_tag_is_taken_as_it_is(tag: str) -> None:
    assert parse(LETTER + f'language = "{tag}"\n', Path("/p")).newsletter.language == tag


@settings(deadline=None, max_examples=80)
@given(
    text=st.one_of(
        st.text(max_size=12), st.from_regex("[a-z]{1,8}([-_][A-Za-z]{2,4})?", fullmatch=True)
    )
)
def test_the_language_that_is_suggested_is_known(text: str) -> None:
    near = languages.nearest(text)
    assert not near or languages.is_known(near)


@pytest.mark.parametrize(
    "url", ["listmonk.example", "//listmonk.example", "https://", "http://[::1"]
)
def test_a_service_is_asked_at_a_whole_address(url: str) -> None:
    service = f'[service.listmonk]\nurl = "{url}"\nuser_env = "U"\nkey_env = "K"\n'
    with pytest.raises(ConfigError, match="is no address") as caught:
        parse(LETTER + service, Path("/p"))
    assert caught.value.hint == 'Write it whole: "https://…".'


def test_a_service_may_be_anywhere_and_needs_no_address_where_it_has_one_place() -> None:
    own = '[service.listmonk]\nurl = "http://localhost:9000"\nuser_env = "U"\nkey_env = "K"\n'
    hosted = '[service.brevo]\nkey_env = "B"\n'
    config = parse(LETTER + own + hosted, Path("/p"))
    assert config.services["listmonk"].url == "http://localhost:9000"
    assert config.services["brevo"].url == ""


@pytest.mark.parametrize(
    ("text", "line", "place"),
    [
        ('[newsletter]\nname = "N\u202eevil"\n', 2, "[newsletter] name"),
        (WEEKLY.replace("The Letter", "\\u202eL"), 2, "[newsletter] name"),
        (LETTER + '[theme]\nfont = "\\u001b[31m"\n', 5, "[theme] font"),
        (
            LETTER + '[[source]]\nname = "b\u2067"\nkind = "feed"\nurl = "https://b.example/"\n',
            5,
            "[[source]] name",
        ),
        (WEEKLY + 'tags = ["soil", "b\u202eees"]\n', 6, "[edition.weekly] tags"),
        (WEEKLY + '[[edition.weekly.section]]\ntitle = "\u2028"\n', 7, "section]] title"),
        (LETTER + '[editing.series."Q\u202d"]\ntotal = 3\n', 4, "[editing.series.Q"),
        (LETTER + 'aliases = { "A\u009b" = "Ada" }\n', 4, "[newsletter.aliases]"),
    ],
)
def test_a_character_that_nobody_sees_is_refused_with_its_line(
    text: str, line: int, place: str
) -> None:
    with pytest.raises(ConfigError) as told:
        parse(text, Path("/p"))
    assert told.value.where == f"digest.toml:{line}"
    assert place in told.value.message
    assert "holds a character that nobody sees, U+" in told.value.message


def test_marks_of_direction_that_stand_for_themselves_may_be_written() -> None:
    name = "\u05dc\u05d9\u05d0\u05ea\u200f!"
    assert parse(f'[newsletter]\nname = "{name}"\n', Path("/p")).newsletter.name == name


@pytest.mark.parametrize(
    "name",
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))],
)
def test_no_edition_has_the_name_of_a_device(name: str) -> None:
    """Under which Windows lets nobody have a folder; those beside them are free."""
    with pytest.raises(ConfigError, match="Windows has a device of that name"):
        parse(f"{LETTER}[edition.{name}]\n", Path())
    assert parse(f"{LETTER}[edition.{name}0]\n", Path()).edition().name == f"{name}0"


@pytest.mark.parametrize(
    ("key", "least"), [("limit", 1), ("min_posts", 0), ("excerpt_words", 0), ("max_bytes", 1000)]
)
def test_a_number_may_be_as_small_as_makes_sense(key: str, least: int) -> None:
    assert getattr(parse(f"{WEEKLY}{key} = {least}\n", Path()).edition(), key) == least
    with pytest.raises(ConfigError, match=key) as caught:
        parse(f"{WEEKLY}{key} = {least - 1}\n", Path())
    assert caught.value.where == "digest.toml:6"
