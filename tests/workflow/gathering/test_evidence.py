"""What a large blog's conventions are learnt from is kept outside of memory, and gives the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from digest.editing import EditingSettings
from digest.editing.convention import LATEST, learn, seen
from digest.models import RawItem, encode
from digest.workflow.gathering.evidence import Evidence

START = datetime(2026, 10, 6, 8, 15, tzinfo=UTC)


def blog(count: int) -> list[RawItem]:
    """Return posts in no order of their dates, the last of them without one."""
    dated = [
        RawItem(
            identity=str(number),
            where="here",
            title=f"Moss, part {number}. By Ada Penhaligon",
            body=f"<p>{'Moss grows on stone. ' * 30}</p>",
            published_at=START + timedelta(days=number * 7 % count),
        )
        for number in range(count - 1)
    ]
    return [*dated, RawItem(identity="undated", where="here", title="Ferns")]


def test_evidence_comes_oldest_first_however_much_there_is() -> None:
    for posts in (blog(10), blog(3_000)):
        evidence = Evidence(iter(posts))
        last = datetime.max.replace(tzinfo=UTC)
        in_order = sorted(posts, key=lambda post: post.published_at or last)
        late = [count >= len(posts) - LATEST for count in range(len(posts))]
        expected = [seen(p, is_late=is_late) for p, is_late in zip(in_order, late, strict=True)]
        assert sum(bool(post.below) for post in expected) == min(len(posts), LATEST) - 1
        assert list(evidence) == evidence[:] == expected
        assert evidence[::7] == expected[::7]
        assert evidence[-1] == expected[-1]
        assert len(evidence) == len(posts)
        pairs = [
            (post.identity, encode(told)) for post, told in zip(in_order, expected, strict=True)
        ]
        assert list(evidence.encoded()) == pairs
        assert evidence.identities() == {post.identity for post in posts}
        settings = EditingSettings()
        assert learn(evidence, settings, "blog") == learn(expected, settings, "blog")


def test_nothing_gives_no_evidence() -> None:
    assert list(Evidence([])) == []
