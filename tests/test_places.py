"""On which line of digest.toml something stands, however it is written there."""

from __future__ import annotations

import pytest

from digest.config.places import Places

TEXT = """\
top = 1  # a line that Unicode parts,\u2028 and TOML does not

[newsletter]
name = "The letter"

[edition.weekly]
title = "Weekly"
evergreen = { from = "30 days" }

[edition.weekly.check]
off = []
[ edition . "for-{tag}" ]
'since' = "x"

[[source]]
name = "one"
[[source]]
name = "two"
"quoted" = 3

[service.smtp.deep]
url = "x"
"""


@pytest.mark.parametrize(
    ("table", "key", "line"),
    [
        ("newsletter", "name", 4),
        ("", "top", 1),
        # what is missing belongs into its table
        ("newsletter", "sender", 3),
        ("newsletter", "", 3),
        ("edition.weekly", "service", 6),
        # what stands in a table of its own
        ("edition.weekly", "check", 10),
        ("", "newsletter", 3),
        # quotes and blanks in a name count for nothing
        ("edition.for-{tag}", "since", 13),
        ("edition.for-{tag}", "until", 12),
        # tables of one name are counted from 0
        ("source[0]", "name", 16),
        ("source[1]", "name", 18),
        ("source[1]", "quoted", 19),
        ("source[1]", "kind", 17),
        # a table that has no line of its own: the first one in it
        ("service.smtp", "", 21),
        ("service", "smtp", 21),
        ("edition", "", 6),
        ("source", "", 15),
        # what is written within a line: that line
        ("edition.weekly.evergreen", "from", 8),
        ("edition.weekly.evergreen", "", 8),
        ("edition.weekly.evergreen.deeper", "key", 8),
        # what is nowhere: the file
        ("theme", "accent", None),
        ("", "nothing", None),
    ],
)
def test_a_place_is_the_nearest_line_that_there_is(table: str, key: str, line: int | None) -> None:
    wanted = "digest.toml" if line is None else f"digest.toml:{line}"
    assert Places(TEXT).where(table, key) == wanted
