"""What digest.toml may say, and what each mistake in it gets."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import fields

from digest.config import find_project, languages, load, parse, tables
from digest.errors import ConfigError, DigestError, UsageError
from tests.golden import hold

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


def test_each_mistake_is_told_with_its_place_and_the_fix() -> None:
    """In one line each; what is not called "file" stands below three lines about the newsletter."""

    def told(name: str, said: str) -> str:
        is_whole = name.startswith("file: ")
        with pytest.raises(ConfigError) as caught:
            parse(said if is_whole else LETTER + said, Path("/project"))
        assert "\n" not in str(caught.value)
        return str(caught.value)

    hold(Path(__file__).parent / "data" / "mistakes.txt", told)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("[" * 5000, "nested too deeply"),
        ("{a=" * 5000, "nested too deeply"),
        ("9" * 5000, "a number has too many digits"),
    ],
)
def test_what_no_file_needs_is_told_with_its_line(value: str, why: str) -> None:
    with pytest.raises(ConfigError, match=f"not valid TOML: {why}") as caught:
        parse(f"{LETTER}\nx = {value}", Path("/project"))
    assert caught.value.where == "digest.toml:5"


def test_a_number_beyond_all_others_is_told_with_its_line() -> None:
    with pytest.raises(ConfigError) as caught:
        parse(f"{LETTER}[fetching]\ntimeout = {'9' * 400}\n", Path("/project"))
    told = "digest.toml:5: [fetching] timeout: number out of range. Write a smaller one."
    assert str(caught.value) == told


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


@settings(max_examples=200)
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


@settings(max_examples=80)
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
    assert told.value.hint == "Delete it, or type the text anew."


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


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("eng", "en"), ("deu", "de"), ("Deutsch", "de"), ("Français", "fr"), ("WEL", "cy"),
        ("de_DE", "de-DE"), ("cyy", "cy"), ("enn-GB", "nn-GB"), ("Welhs", "cy"), ("Irish ", "ga"),
        ("Portugese", "pt"), ("gb", "en-GB"), ("engl", ""), ("tlhh", ""), ("qq", ""), ("en-", "en"),
        ("enn-?", ""), ("?-en", ""),
    ],
)  # fmt: skip
def test_of_a_language_is_told_what_was_probably_meant(told: str, meant: str) -> None:
    assert languages.nearest(told) == meant
