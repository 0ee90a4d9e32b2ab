"""The shipped templates with a complete configuration: no rule finds anything in them."""

from __future__ import annotations

import pytest

from tests.conftest import Blog, Run

TITLES = (
    "One lamp at the door",
    "Two lamps in the window",
    "Three on the stairs",
    "A roof of moss",
)


@pytest.mark.parametrize("service", ["plain", "mailchimp", "listmonk"])
@pytest.mark.parametrize("template", ["weekly", "briefing", "series"])
def test_nothing_is_found_in_a_shipped_template(
    digest: Run, blog: Blog, template: str, service: str
) -> None:
    blog.configure(f'service = "{service}"\ntemplate = "{template}"\n')
    for path in (blog.root / "posts").iterdir():
        path.unlink()
    for number, title in enumerate(TITLES):
        picture = f"![A lamp, lit {number}](https://letter.example/lamp-{number}.jpg)\n\n"
        words = f"Words about number {number}, and what it did when nobody looked. " * 8
        blog.write(f"p{number}", title, "2026-10-06T09:00:00Z", "lamps", picture + words)
    digest("--project", blog.root, "build", "--date", "2026-10-08")
    said = digest("--project", blog.root, "check", "--strict")
    assert said.code == 0, said.out
    assert "nothing to complain of" in said.out + said.err
