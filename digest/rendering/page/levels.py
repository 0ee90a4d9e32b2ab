"""How much of each post a page shows: everything, its excerpt, its title, or nothing but a count.

An issue that is too large for its edition's budget names a level for its posts (`PostView.shown`).
Templates need not know: they see posts without what their level leaves out, and `more`, a line that
counts the posts left to the site. This room refuses to decide which post is shown how.
"""

from __future__ import annotations

from digest.models import Issue, PostView, replace
from digest.rendering import words as labels


def shortened(issue: Issue) -> Issue:
    """Return the issue as an email shows it: posts cut to their level, those left out gone.

    A section of which nothing is left vanishes with its title.
    """
    if all(post.shown == "full" for post in issue.posts):
        return issue
    sections = (
        replace(section, posts=tuple(cut(post) for post in section.posts if post.shown != "left"))
        for section in issue.sections
    )
    return replace(
        issue,
        featured=cut(issue.featured) if issue.featured else None,
        sections=tuple(section for section in sections if section.posts),
    )


def whole(issue: Issue) -> Issue:
    """Return the issue with nothing left out, for the page on the web, where bytes cost nothing."""
    if all(post.shown == "full" for post in issue.posts):
        return issue
    sections = (
        replace(section, posts=tuple(replace(post, shown="full") for post in section.posts))
        for section in issue.sections
    )
    featured = replace(issue.featured, shown="full") if issue.featured else None
    return replace(issue, featured=featured, sections=tuple(sections))


def more(issue: Issue) -> str:
    """Return the line that counts the posts left to the site; empty where there are none."""
    left = sum(post.shown == "left" for post in issue.posts)
    if not left:  # as mostly, and a wording has many words
        return ""
    return labels.Wording(issue.newsletter.language, issue.labels).counted("more_on_site", left)


def cut(post: PostView) -> PostView:
    """Return a post without what its level leaves out."""
    if post.shown == "full":
        return post
    if post.shown == "excerpt":
        return replace(post, body="")
    series = tuple(replace(view, earlier=()) for view in post.series)
    return replace(post, body="", excerpt="", image=None, series=series)
