"""What servers, templates and records may do without taking anything else down."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jinja2 import TemplateRuntimeError
from pytest_httpserver import HTTPServer

from digest.errors import HttpStatusError
from digest.fetching import Fetcher
from digest.fetching.failures import retry_after
from digest.fetching.guard import is_link_local, is_public
from digest.files import TEMPORARY
from digest.rendering.jinja.engine.sandbox import Sandbox
from digest.rendering.jinja.limits import TooMuch


@pytest.mark.parametrize(
    "template",
    [
        "{{ 'x'|center(10**9) }}",
        "{{ 'x'|center(width=10**9) }}",
        "{{ ('a'*100000)|replace('a', 'b'*100000) }}",
        "{{ '%999999999d'|format(1) }}",
        "{{ '{:>9999999}'.format(1) }}",
        "{{ ('a '*10000)|wordwrap(1, wrapstring='b'*10000) }}",
        "{{ 'a'|indent(10**9) }}",
        "{{ lipsum(100000) }}",
        "{{ [1]*10**9 }}",
        "{{ [1]|slice(10**9)|list }}",
        "{{ 'a'.replace('', 'b'*10**6) }}",
    ],
)
def test_no_filter_makes_a_text_beyond_measure(template: str) -> None:
    with pytest.raises((TemplateRuntimeError, TooMuch), match=r"long|large"):
        Sandbox().from_string(template).render()


def test_filters_within_measure_do_what_they_always_do() -> None:
    text = "{{ 'a'|center(3) }}|{{ [1, 2]|join(', ') }}|{{ 'a b'|replace(' ', '-') }}|{{ 'a b'|wordwrap(1) }}"
    assert Sandbox().from_string(text).render() == " a |1, 2|a-b|a\nb"


@pytest.mark.parametrize(
    "address",
    ["192.0.0.9", "192.88.99.1", "192.31.196.1", "100.64.0.1", "2001:1::1", "3fff::1", "fec0::1"],
)
def test_what_the_registries_reserve_is_not_public(address: str) -> None:
    assert not is_public(address)


def test_clouds_keep_their_keys_whatever_the_form_of_the_address() -> None:
    plain, translated = ("169.254.169.254", "fe80::1"), ("::ffff:a9fe:a9fe", "64:ff9b::a9fe:a9fe")
    assert all(map(is_link_local, (*plain, *translated, "2002:a9fe:a9fe::1", "fe80::1%eth0")))


@pytest.mark.parametrize("said", ["Fri, 31 Dec 99999 23:59:59 GMT", "9" * 400, "soon", "²", ""])
def test_a_pause_that_nobody_can_mean_is_none_or_too_long(said: str) -> None:
    assert retry_after({"retry-after": said}) >= 0


def test_a_validator_that_is_not_ascii_is_neither_kept_nor_sent(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/feed").respond_with_data("x", headers={"ETag": '"caf\xe9"'})
    with Fetcher(allow_private=["localhost"]) as fetcher:
        first = fetcher.get(httpserver.url_for("/feed"))
        assert first.validator == ""
        assert fetcher.get(httpserver.url_for("/feed"), validator='etag="caf\xe9"').body == b"x"


def test_not_modified_to_a_first_request_is_an_error(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/feed").respond_with_data("", status=304)
    with (
        Fetcher(allow_private=["localhost"]) as fetcher,
        pytest.raises(HttpStatusError, match="not modified"),
    ):
        fetcher.get(httpserver.url_for("/feed"))


@pytest.fixture
def built(digest: Any, blog: Any) -> Path:
    digest("--project", blog.root, "build", "weekly", "--date", "2026-10-08")
    folder: Path = blog.root / "issues" / "2026-10-08-weekly"
    assert folder.is_dir()
    return folder


def test_a_copied_folder_seals_nothing(digest: Any, built: Path) -> None:
    copy = built.with_name("2026-10-15-weekly")
    shutil.copytree(built, copy)
    ended = digest("--project", built.parent.parent, "approve", copy.name)
    assert ended.code == 1
    assert "is the record of another issue" in ended.err
    assert not (built / "approval.json").exists()


def test_an_id_that_leads_out_of_the_project_writes_nothing_there(digest: Any, built: Path) -> None:
    record = json.loads((built / "issue.json").read_bytes())
    record["issue"]["id"] = "../../evil"
    (built / "issue.json").write_text(json.dumps(record))
    assert digest("--project", built.parent.parent, "rebuild", built.name).code == 1
    assert not (built.parent.parent.parent / "evil").exists()


def test_the_next_command_mends_what_a_kill_left(digest: Any, built: Path) -> None:
    root = built.parent.parent
    digest("--project", root, "approve", built.name)
    (built.parent / "index.html").unlink()
    (built / f"{TEMPORARY}email.html-1").write_text("half")
    digest("--project", root, "build", "weekly", "--date", "2026-10-08", "--no-collect")
    assert (built.parent / "index.html").exists()
    assert not list(built.glob(f"{TEMPORARY}*"))


def test_an_option_behind_its_command_says_where_it_belongs(digest: Any, blog: Any) -> None:
    ended = digest("--project", blog.root, "build", "--verbose")
    assert ended.code == 2
    assert "digest --verbose build" in ended.err


def test_quiet_says_nothing_when_all_is_well(digest: Any, blog: Any) -> None:
    ended = digest("--project", blog.root, "--quiet", "build", "weekly", "--date", "2026-10-08")
    assert (ended.code, ended.out) == (0, "")
