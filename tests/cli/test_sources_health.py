"""`digest sources` says how each source has fared."""

from __future__ import annotations

from tests.cli.test_commands import Blog, Run


def test_a_source_that_fails_is_told_with_how_often_and_recovers(digest: Run, blog: Blog) -> None:
    """Last success, last error, and failures in a row; a success ends the row."""
    before = digest("--project", blog.root, "sources", "--json").json[0]
    assert (before["last_success_at"], before["failures"]) == (None, 0)
    digest("--project", blog.root, "collect")
    well = digest("--project", blog.root, "sources", "--json").json[0]
    assert (well["last_error"], well["failures"]) == (None, 0)
    assert well["last_success_at"] is not None

    posts = blog.root / "posts"
    posts.rename(blog.root / "away")
    for _ in range(2):
        assert digest("--project", blog.root, "collect").code == 5
    ill = digest("--project", blog.root, "sources", "--json").json[0]
    assert (ill["failures"], ill["last_success_at"]) == (2, well["last_success_at"])
    assert "no such folder" in ill["last_error"]
    assert "failed 2×" in digest("--project", blog.root, "sources").out

    (blog.root / "away").rename(posts)
    digest("--project", blog.root, "collect")
    again = digest("--project", blog.root, "sources", "--json").json[0]
    assert again["failures"] == 0
    assert "no such folder" in again["last_error"]
