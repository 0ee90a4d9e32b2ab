"""What whole digest.toml files are read as, every value of every table: `tests/data/config`.

`DIGEST_UPDATE_GOLDENS=1` writes the readings anew; hold what changed against docs/configuration.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.config import Config, load, located, parse
from digest.config.patterns import Named, expand
from digest.errors import ConfigError, UsageError
from tests.flat import lines
from tests.golden import hold_text

DATA = Path(__file__).parent / "data" / "config"


@pytest.mark.parametrize("name", ["least", "whole"])
def test_a_whole_configuration_is_read_to_the_last_value(name: str) -> None:
    config = parse((DATA / f"{name}.toml").read_text(encoding="utf-8"), Path("/project"))
    value = Named(title="North Wales", names=("North Wales", "NW"), slug="north-wales")
    made = {found.name: expand(found, value) for found in config.patterns.values()}
    told = [*lines("", config), *lines("north-wales", made), *_asked(config)]
    read, golden = "\n".join(told) + "\n", DATA / f"{name}.txt"
    hold_text(golden, read)


def _asked(config: Config) -> Iterator[str]:
    """Yield what a project answers of editions, those of its patterns among them."""
    yield f"speaks of rules: {config.speaks_of_rules}"
    for name in (*config.editions, "by-region-kent", "by-kent", "by-tag-kent", "my-3-kent"):
        pattern = config.pattern_of(name)
        if pattern or name in config.editions:
            yield f"{name}: {pattern.name if pattern else 'itself'}, {config.names_of(name)}"
            yield from lines(f"{name} › check", config.check_of(name))


@pytest.mark.parametrize("share", [0, 0.5, 100])
def test_a_share_of_readers_is_some_of_a_hundred(share: float) -> None:
    text = '[newsletter]\nname = "A"\n[check]\nclients = {{ gmail = {} }}\n'
    assert parse(text.format(share), Path("/p")).check.clients == {"gmail": share}
    for wrong in (-1, 100.5, 101, '"40"', "true"):
        with pytest.raises(ConfigError, match="expected shares in percent"):
            parse(text.format(wrong), Path("/p"))


@pytest.mark.parametrize(
    ("before", "line"), [(b"", 1), (b"\n", 2), (b"# a\n# b\n", 3), (b"\xef\xbb\xbf#\n", 2)]
)
def test_a_file_that_is_no_utf_8_is_told_with_the_line(
    tmp_path: Path, before: bytes, line: int
) -> None:
    (tmp_path / "digest.toml").write_bytes(before + b"\xff\n")
    with pytest.raises(ConfigError) as caught:
        load(tmp_path)
    assert str(caught.value) == f"digest.toml:{line}: is no UTF-8 text. Save the file as UTF-8."


def test_a_file_is_utf_8_wherever_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a machine's own way is to write letters, and with the mark that Windows' editors set."""
    monkeypatch.setattr("io.text_encoding", lambda told, *_: told or "latin-1")
    text = '\ufeff[newsletter]\nname = "Zoë"\nlanguage = "de"\n'
    (tmp_path / "digest.toml").write_text(text, encoding="utf-8")
    assert load(tmp_path).newsletter.name == "Zoë"
    assert located(tmp_path, "newsletter", "language") == "digest.toml:3"
    (tmp_path / "digest.toml").unlink()
    assert located(tmp_path, "newsletter", "language") == "digest.toml"


@pytest.mark.parametrize(
    ("said", "speaks"),
    [
        ("", False),
        ('dkim = "mail"', False),
        ("LINK-HTTP = 'off'", True),
        ("clients = { gmail = 40 }", True),
    ],
)
def test_a_project_speaks_of_rules_or_of_its_readers_programs(said: str, speaks: bool) -> None:
    for table in ("[check]\n", "[edition.weekly.check]\n"):
        config = parse(f'[newsletter]\nname = "A"\n{table}{said}', Path("/p"))
        assert config.speaks_of_rules is speaks


def test_a_source_is_known_by_its_name() -> None:
    text = '[newsletter]\nname = "A"\n'
    for name in ("blog", "notes"):
        text += f'[[source]]\nname = "{name}"\nkind = "markdown"\npath = "{name}"\n'
    config = parse(text, Path("/p"))
    assert config.source("notes") is config.sources[1]
    for wrong, hint in (("blgo", 'Did you mean "blog"?'), ("wiki", "Known: blog, notes.")):
        with pytest.raises(UsageError) as caught:
            config.source(wrong)
        assert str(caught.value) == f'there is no source "{wrong}". {hint}'
    with pytest.raises(UsageError, match=r'there is no source "blog"\. Known: none yet\.'):
        parse('[newsletter]\nname = "A"\n', Path("/p")).source("blog")
