"""What was decided: which posts are in, by which rules, and what is remembered of them."""

from datetime import date, datetime
from typing import Literal

from digest.models.posts import Post
from digest.models.values import Value


class Window(Value):
    """Span of time, start included and cut-off excluded, UTC.

    `ends_at` tells the cut-off the issue's date calls for, where the issue was built before that.
    """

    start_at: datetime
    cutoff_at: datetime
    ends_at: datetime | None = None


Verdict = Literal["chosen", "refused", "waiting"]


class Decision(Value):
    """Say of one candidate whether it is in, by which rule, and any detail worth a sentence."""

    id: str
    url: str | None
    title: str
    verdict: Verdict
    rule: str
    detail: str = ""


class Remembered(Value):
    """Hold what a post is known by that an issue sent, or whose editor dropped it.

    `fingerprint` tells the same title and words, `sketch` words that are alike (empty for few),
    `day` is the ISO date it was published on. `issue` is the issue that sent or dropped it.
    """

    id: str
    issue: str = ""
    url: str = ""
    title: str = ""
    fingerprint: str = ""
    sketch: str = ""
    day: str = ""
    is_dropped: bool = False


class Missing(Value):
    """Name a sealed issue whose folder is gone, and the span of time that its posts came from.

    `posts` are the ids of those that it held, as far as they are known.
    """

    id: str
    window: Window
    posts: tuple[str, ...] = ()


class Chosen(Value):
    """Place one post in the issue.

    `mark` is "", "late", "carried over", "pinned" or "from the archive". `archived` is the post by
    which it is known again, where the editor has it shown otherwise than it was edited.
    """

    post: Post
    section: int = 0
    mark: str = ""
    archived: Post | None = None

    @property
    def known(self) -> Post:
        """Return the post by which it is known again."""
        return self.archived or self.post


class Update(Value):
    """Tell of a post that changed after an issue held it.

    That issue, and in a sentence what changed. `passage` is the post's own notice of the change,
    such as "Correction: …", empty where it has none. `told_in` is the issue that told readers of
    it, if nothing changed since.
    """

    post: Post
    issue: str
    number: int
    dated: date
    change: str = ""
    passage: str = ""
    told_in: str = ""
    is_accepted: bool = False


class Selection(Value):
    """Hold the outcome of choosing: posts in reading order, a Decision for every candidate.

    `considered` are the ids of every candidate the archive held inside the window or before it;
    `carried` the ids that a limit, the settling time, a cool-down or a question leaves for the next
    issue. `remembered` is what dropped posts, and sent ones that changed since, are known by.
    `updates` are posts of earlier issues that changed since and that the editor wants told, none of
    them chosen.
    """

    window: Window
    chosen: tuple[Chosen, ...] = ()
    decisions: tuple[Decision, ...] = ()
    considered: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    remembered: tuple[Remembered, ...] = ()
    updates: tuple[Update, ...] = ()
