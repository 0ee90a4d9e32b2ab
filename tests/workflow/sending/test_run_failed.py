"""`digest run` where a source could not be read: nobody knows what it would have brought."""

from __future__ import annotations

from tests.conftest import Blog, Run


def test_a_date_is_not_skipped_while_a_source_failed(digest: Run, blog: Blog) -> None:
    """Its posts would count as considered, and come late or never once it answers again."""
    gone = '[[source]]\nname = "gone"\nkind = "markdown"\npath = "elsewhere"\n'
    blog.configure(f'min_posts = 50\nschedule = "daily at 00:01"\n{gone}')
    said = digest("--project", blog.root, "run")
    assert said.code == 5, said.err
    assert not (blog.root / "issues" / "skipped").exists()
    (blog.root / "elsewhere").mkdir()
    digest("--project", blog.root, "run")
    assert (blog.root / "issues" / "skipped").exists()
