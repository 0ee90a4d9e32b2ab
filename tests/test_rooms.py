"""The house holds: what a build of a known shape costs, and which room may know what."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import Blog, Run

HEAVY = {
    "premailer",
    "lxml",
    "cssutils",
    "mjml",
    "nh3",
    "pyromark",
    "feedparser",
    "httpx2",
    "rich",
    "starlette",
    "babel",
}
NOT_OFFLINE = {"urllib.request"}
SLOW_TO_LOAD = {"_hashlib", "typing_extensions"}


@pytest.mark.parametrize(
    ("options", "unneeded"),
    [((), HEAVY), (("--no-collect",), HEAVY | NOT_OFFLINE | SLOW_TO_LOAD)],
    ids=["", "offline"],
)
def test_a_build_in_which_no_post_changed_imports_no_compiler(
    digest: Run, blog: Blog, options: tuple[str, ...], unneeded: set[str]
) -> None:
    digest("--project", blog.root, "build", "--date", "2026-10-08")
    words = ["--project", str(blog.root), "build", "--date", "2026-10-08", "--force", *options]
    script = (
        "import sys\nfrom digest.cli import main\n"
        f"try: main({words!r})\n"
        "except SystemExit as end: assert not end.code\nprint(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert "built" in ran.stdout
    assert not unneeded & set(ran.stderr.split())


def test_a_second_build_compiles_no_template(digest: Run, blog: Blog) -> None:
    """What one process compiled serves the next, and another project too, as long as neither has its own."""
    digest("--project", blog.root, "build", "--date", "2026-10-08")
    script = (
        "from digest.cli import main\nfrom jinja2.sandbox import ImmutableSandboxedEnvironment as Jinja\n"
        "Jinja._generate = None\n"
        f"main(['--project', {str(blog.root)!r}, 'build', '--date', '2026-10-08', '--force'])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert "built" in ran.stdout
