"""A post that may well be sent is sketched as it is collected; an older one when it is sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from digest.selection import sketch, sketch_of
from digest.workflow.project import Project
from tests.conftest import Blog, Run

WORDS = " ".join(f"word{number} of the north bed and its ferns," for number in range(20))


def test_only_what_may_be_sent_is_sketched(digest: Run, blog: Blog) -> None:
    recent = datetime.now(UTC) - timedelta(days=10)
    blog.write("ferns", "Ferns", f"{recent:%Y-%m-%dT%H:%M:%SZ}", body=WORDS)
    blog.write("moss", "Moss", "2006-10-06T08:15:42Z", body=f"Moss and {WORDS}")
    digest("--project", blog.root, "collect")
    with Project(blog.root).archive_to_read() as archive:
        new, old = (archive.find(f"https://letter.example/{name}/") for name in ("ferns", "moss"))
    assert new
    assert old
    assert new.sketch == sketch(new.text) != ""
    assert old.sketch == ""
    assert sketch_of(old) == sketch(old.text) != ""
