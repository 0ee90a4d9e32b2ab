"""The house holds: what a build of a known shape costs, and which room may know what."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from tests.conftest import Answer, Blog

HEAVY = {
    "premailer",
    "lxml",
    "cssutils",
    "mjml",
    "nh3",
    "markdown_it",
    "feedparser",
    "httpx2",
    "rich",
    "starlette",
}


def test_a_build_in_which_no_post_changed_imports_no_compiler(
    digest: Callable[..., Answer], blog: Blog
) -> None:
    digest("--project", blog.root, "build", "--date", "2026-10-08")
    script = (
        "import sys\nfrom digest.cli import main\n"
        f"try: main(['--project', {str(blog.root)!r}, 'build', '--date', '2026-10-08', '--force'])\n"
        "except SystemExit as end: assert not end.code\nprint(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert "built" in ran.stdout
    assert not HEAVY & set(ran.stderr.split())
