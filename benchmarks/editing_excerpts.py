"""Tells precision and recall of excerpt changes over the labelled excerpts in tests/data.

A change counts as right only when the result, note included, is exactly the labelled one.
Precision: of the excerpts changed, how many were changed rightly. Recall: of those that needed a
change, how many got the right one. Whole posts, as WordPress gives them, are labelled with the
sentences they say: there an excerpt is right when it is the first of these and nothing else, ended
on a sentence, and not too short.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.report import Report, arguments
from digest.editing import EditingSettings
from digest.editing.edit import edit
from digest.editing.excerpt import excerpt
from digest.models import RawItem

POSTS = Path(__file__).parent.parent / "tests" / "data" / "excerpts_posts.jsonl"
WORDS = 60
LABELLED = Path(__file__).parent.parent / "tests" / "data" / "excerpts.jsonl"


def cases() -> list[dict[str, Any]]:
    """Return the labelled excerpts."""
    return [json.loads(line) for line in LABELLED.read_text("utf-8").splitlines()]


def made(case: dict[str, Any]) -> excerpt.Excerpt:
    """Return what editing makes of one labelled excerpt, at 30 words."""
    return excerpt.make(
        case["summary"],
        case.get("body", ""),
        is_manual=case.get("manual", False),
        words=30,
        language="en",
        title=case.get("title", ""),
        series=tuple(case.get("series", ())),
    )


def is_right(case: dict[str, Any], result: excerpt.Excerpt) -> bool:
    """Tell whether the result is the labelled one."""
    allowed = (case["expected"], case.get("alt", case["expected"]))
    return result.text in allowed and result.note == case.get("note", "")


def posts() -> list[dict[str, Any]]:
    """Return the labelled posts: title, summary, body, their sentences, and the origin to note."""
    return [json.loads(line) for line in POSTS.read_text("utf-8").splitlines()]


def shown(case: dict[str, Any]) -> tuple[str, str]:
    """Return the excerpt and the note that editing makes of a labelled post."""
    raw = RawItem(
        identity="1",
        where="x",
        title=case["title"],
        title_is_text=True,
        authors=("Blog editor",),
        summary=f"<p>{case['summary']}</p>",
        body=case["body"],
    )
    post = edit(raw, "blog", EditingSettings(excerpt_words=WORDS))
    return " ".join(post.excerpt.split()), post.note


def allowed(sentences: list[str]) -> list[str]:
    """Return the right excerpts: whole sentences from the first, as many as there is room for.

    A sentence fewer is right where it leaves 40 percent of the words asked for.
    """
    heads = [" ".join(sentences[:count]) for count in range(1, len(sentences) + 1)]
    fitting = [head for head in heads if len(head.split()) <= WORDS]
    return [head for head in fitting if len(head.split()) >= WORDS * 0.4 or head == fitting[-1]]


def is_post_right(case: dict[str, Any]) -> bool:
    """Tell whether a labelled post gets a right excerpt, and a note only where one is due."""
    text, note = shown(case)
    return (
        text in allowed(case["sentences"])
        and case.get("note", "") in note
        and bool(note) == ("note" in case)
    )


def main() -> None:
    options = arguments(__doc__).parse_args()
    report = Report("Excerpts read right")
    right = changed = needed = 0
    for case in cases():
        result = made(case)
        is_needed = not case["trap"]
        is_changed = result.text != case["summary"] or bool(result.note)
        needed += is_needed
        changed += is_changed
        right += is_needed and is_changed and is_right(case, result)
        if not is_right(case, result):
            print(
                f"  {case['summary']!r}\n    gave {result.text!r} {result.note!r}"
                f"\n    not  {case['expected']!r}"
            )
    row = [f"{len(cases())}", f"{right / changed:.3f}", f"{right / needed:.3f}"]
    report.table("Changes to labelled excerpts", ["excerpts", "precision", "recall"], [row])
    whole = posts()
    wrong = [case for case in whole if not is_post_right(case)]
    for case in wrong:
        print(f"  {case['summary'][:100]!r}\n    gave {shown(case)}")
    counts = [f"{len(whole)}", f"{len(whole) - len(wrong)}"]
    report.table("Excerpts of whole posts", ["posts", "right"], [counts])
    report.save(options.json)


if __name__ == "__main__":
    main()
