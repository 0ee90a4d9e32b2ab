"""Tells precision and recall of excerpt changes over the labelled excerpts in tests/data.

A change counts as right only when the result, note included, is exactly the labelled one. Precision: of
the excerpts changed, how many were changed rightly. Recall: of those that needed a change, how many got
the right one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.report import Report, arguments
from digest.editing import excerpt

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
    report.save(options.json)


if __name__ == "__main__":
    main()
