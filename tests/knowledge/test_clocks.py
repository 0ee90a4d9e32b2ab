"""Times in reasons: the newsletter's clocks for people, UTC for programs."""

from __future__ import annotations

import json
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.knowledge.clocks import on_clocks
from tests.conftest import Blog, Run


@pytest.mark.parametrize(
    ("moment", "zone", "shown"),
    [
        ("2026-07-01T07:00:00Z", "Europe/London", "2026-07-01 08:00 BST"),
        ("2026-10-25T00:30:00Z", "Europe/London", "2026-10-25 01:30 BST"),
        ("2026-10-25T01:30:00Z", "Europe/London", "2026-10-25 01:30 GMT"),
        ("2026-11-22T23:59:59Z", "Asia/Kathmandu", "2026-11-23 05:44:59 +0545"),
        ("2026-11-22T23:59:00Z", "UTC", "2026-11-22 23:59 UTC"),
        ("0001-01-01T00:00:00Z", "America/New_York", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59Z", "Asia/Tokyo", "9999-12-31T23:59:59Z"),
        ("2026-13-45T99:00:00Z", "UTC", "2026-13-45T99:00:00Z"),
    ],
)
def test_a_time_is_shown_as_the_clocks_there_show_it(moment: str, zone: str, shown: str) -> None:
    """Of an hour that comes twice, the zone's name tells which; what is no time stays as it is."""
    assert on_clocks(f"dated {moment}, not later", zone) == f"dated {shown}, not later"


@given(st.text())
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert on_clocks(text, "Europe/London") == text


def test_why_and_a_dry_run_show_the_newsletters_clocks_and_programs_get_utc(
    digest: Run, blog: Blog
) -> None:
    settings = blog.root / "digest.toml"
    settings.write_text(settings.read_text().replace('"Europe/London"', '"Asia/Tokyo"'))
    blog.write("moss", "Moss", "2026-10-07T20:30:00Z")
    run = partial(digest, "--project", blog.root)
    dry = run("build", "--date", "2026-10-08", "--dry-run")
    assert "dated 2026-10-08 05:30 JST" in " ".join(dry.out.split())
    run("build", "--date", "2026-10-08")
    why = ("why", "https://letter.example/moss/")
    assert "in 2026-10-08-weekly: dated 2026-10-08 05:30 JST" in run(*why).out
    assert json.loads(run(*why, "--json").out)[0]["detail"].endswith("dated 2026-10-07T20:30:00Z")
