"""The pages of docs/ say what is true: every key, every command, every link."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from digest.cli import COMMANDS
from digest.config import tables
from digest.services import registry
from tests.golden import hold_text

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    [
        ROOT / "README.md",
        ROOT / "CHANGELOG.md",
        ROOT / "CONTRIBUTING.md",
        *(ROOT / "docs").rglob("*.md"),
        ROOT / "examples/README.md",
    ]
)
CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text()


def part(heading: str) -> str:
    """Return one part of the configuration reference."""
    return CONFIGURATION.split(f"## {heading}", 1)[1].split("\n## ", 1)[0]


def keys_of(text: str) -> set[str]:
    """Return the keys named in the first column of a part's tables."""
    rows = re.findall(r"^\| (`[^|]*) \|", text, re.M)
    return {key for row in rows for key in re.findall(r"`([a-z_]+)`", row)}


@pytest.mark.parametrize(
    ("heading", "table"),
    [
        ("`[newsletter]`", tables.Newsletter),
        ("`[fetching]`", tables.Fetching),
        ("`[edition.NAME]`", tables.EditionTable),
        ("`[edition.NAME.evergreen]`", tables.EvergreenTable),
        ("`[run]`", tables.RunTable),
    ],
)
def test_every_key_is_in_the_reference_and_no_other(heading: str, table: type) -> None:
    assert keys_of(part(heading)) == set(table.__struct_fields__) - {"section"}


def test_every_key_of_a_source_is_in_the_reference() -> None:
    text = part("`[[source]]`")
    for kind, keys in tables.SOURCE_KEYS.items():
        (row,) = re.findall(rf"^\| `{kind}` \|(.*)$", text, re.M)
        assert {key for key in keys if f"`{key}`" not in row} == set(), kind


def test_every_key_of_a_service_is_in_the_reference() -> None:
    text = part("`[service.NAME]`")
    assert tables.SERVICE_KEYS | {"audiences"} <= keys_of(text)
    for service, keys in tables.SERVICE_OPTIONS.items():
        for key in keys:
            assert re.search(rf"^\| [^|]*`{service}`[^|]* \| `{key}` \|", text, re.M), (
                service,
                key,
            )


def test_every_service_is_told_of() -> None:
    told = (ROOT / "docs" / "delivering.md").read_text()
    assert {name for name in registry.names() if f"| `{name}` |" not in told} == set()


def test_every_key_about_editing_is_in_the_reference() -> None:
    text = part("`[editing]`")
    assert {"off", *tables.SeriesConfig.__struct_fields__} <= keys_of(text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_is_shown_exists(page: Path) -> None:
    for command in re.findall(
        r"\bdigest (?:--project \S+ )?([a-z]+)\b(?=[^\n]*`|[^\n]*\n)", "\n".join(shown(page))
    ):
        assert command in COMMANDS, command


def shown(page: Path) -> list[str]:
    """Return the lines and spans of a page that are commands."""
    text = page.read_text()
    return re.findall(r"^\$ (.*\n)", text, re.M) + re.findall(r"`(digest [a-z][^`\n]*`)", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    text = page.read_text()
    targets = re.findall(r"\]\(([^)#\s]+)", text) + re.findall(r'src="([^"]+)"', text)
    for target in targets:
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_toml_example_is_toml(page: Path) -> None:
    for example in re.findall(r"```toml\n(.*?)```", page.read_text(), re.S):
        tomllib.loads(example)


def test_the_example_project_is_one(tmp_path: Path) -> None:
    from digest.config import load

    assert load(ROOT).edition("weekly").sections


def test_every_rule_of_editing_is_explained() -> None:
    """The tables are made from the rules; DIGEST_UPDATE_GOLDENS=1 writes them anew."""
    from digest.editing import RULES
    from digest.editing.edit import ALWAYS

    page = ROOT / "docs" / "editing.md"
    head = page.read_text().split("## The rules\n")[0]
    tables = [
        "\n".join(
            [
                "| rule | what it does |",
                "|---|---|",
                *(f"| `{n}` | {m} |" for n, m in rules.items()),
            ]
        )
        for rules in (RULES, ALWAYS)
    ]
    between = "\n\nThese cannot be switched off, since something would break:\n\n"
    made = f"{head}## The rules\n\n{between.join(tables)}\n"
    hold_text(page, made)


def test_every_rule_of_selection_is_explained() -> None:
    from digest.selection import RULES

    text = (ROOT / "docs" / "selection.md").read_text()
    for rule, meaning in RULES.items():
        assert f"| `{rule}` | {meaning} |" in text
