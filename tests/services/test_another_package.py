"""A service that another package brings: known by its entry point, written as its class says."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from digest import dialects
from digest.errors import UsageError
from digest.services import registry
from tests.cli.test_commands import DATE
from tests.conftest import Blog, Run
from tests.services.test_howto import blocks

# what the least of packages says, and what one with merge tags of its own does
LEAST = "class Pigeon:\n    about = 'carries letters'\n"
TAGGED = (
    "from digest.dialects import Dialect\n"
    + LEAST
    + "    dialect = Dialect(service='pigeon', tags={'unsubscribe': '<<bye>>'}, openers=('<<',))\n"
)


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Put a package onto the path, that brings a service."""

    def package(code: str, name: str = "pigeon") -> None:
        (tmp_path / "pigeon_post.py").write_text(code)
        info = tmp_path / "pigeon_post-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: pigeon-post\nVersion: 1\n")
        (info / "entry_points.txt").write_text(f"[digest.services]\n{name} = pigeon_post:Pigeon\n")
        monkeypatch.syspath_prepend(str(tmp_path))
        dialects._brought.cache_clear()

    yield package
    sys.modules.pop("pigeon_post", None)
    dialects._brought.cache_clear()


def test_it_is_known_by_its_name_alone_and_named_last(install: Callable[..., None]) -> None:
    install("raise AssertionError('imported for its name')")
    assert dialects.is_known("pigeon")
    assert dialects.names()[-1] == "pigeon"
    assert "pigeon" in registry.names()
    with pytest.raises(UsageError) as caught:
        dialects.dialect("pidgeon")
    assert caught.value.hint.startswith('Did you mean "pigeon"?')


def test_its_class_says_how_it_writes_merge_tags(install: Callable[..., None]) -> None:
    install(TAGGED)
    assert dialects.dialect(" Pigeon").tags == {"unsubscribe": "<<bye>>"}
    assert dialects.dialect("pigeon").openers == ("<<",)
    assert registry.about("pigeon") == "carries letters"


def test_one_that_says_nothing_takes_pages_without_merge_tags(
    install: Callable[..., None],
) -> None:
    install(LEAST)
    assert dialects.dialect("pigeon") == dialects.Dialect(service="pigeon")


def test_none_takes_the_name_of_one_that_ships(install: Callable[..., None]) -> None:
    install(TAGGED, name="mailchimp")
    assert "unsubscribe" in dialects.dialect("mailchimp").tags
    assert dialects.dialect("mailchimp").openers == ("*|",)
    assert dialects.names().count("mailchimp") == 1


@pytest.mark.parametrize("name", dialects.DIALECTS)
def test_each_that_ships_is_found_in_whatever_case(name: str) -> None:
    assert dialects.dialect(f" {name.upper()} ") is dialects.DIALECTS[name]


def test_a_hint_lists_those_that_keep_drafts_before_other_ways_out() -> None:
    listed = dialects.hint("nothing alike").removeprefix("Known services: ").rstrip(".").split(", ")
    drafts = [name for name in listed if registry_has_draft(name)]
    assert listed[: len(drafts)] == sorted(drafts)
    assert listed[len(drafts) :] == sorted(set(listed) - set(drafts))


def registry_has_draft(name: str) -> bool:
    known = dialects.DIALECTS[name]
    return bool(known.tags) and not known.is_export


def test_an_issue_goes_the_whole_way_to_the_one_that_the_manual_shows(
    install: Callable[..., None], blog: Blog, digest: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its merge tags, in whatever signs, are no faults: the issue is sealed and handed over."""
    install(blocks("service.md", "python")[0])
    monkeypatch.setenv("PIGEON_KEY", "coo")
    service = '[service.pigeon]\nkey_env = "PIGEON_KEY"\naudience = "12"\n'
    blog.configure(f'service = "pigeon"\n{service}')
    project = ("--project", blog.root)
    assert digest(*project, "build", "--date", DATE).code == 0
    found = digest(*project, "check", "--json").json["findings"]
    assert not [each for each in found if each["severity"] == "error"]
    assert digest(*project, "approve", "latest").code == 0
    assert 'href="<<LEAVE>>"' in digest(*project, "export", "latest", "--for", "pigeon").out
    rehearsed = digest(*project, "deliver", "latest", "--dry-run")
    assert rehearsed.code == 0
    assert "POST https://api.pigeon.example/letters" in rehearsed.out
