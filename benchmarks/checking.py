"""How long the rules take: an issue of ten posts, the build that asks them, and hostile emails.

Run as `python -m benchmarks.checking`. The first two are processor time, the median and the least
of many; hostile emails are timed by the clock, which is what an editor waits by.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.report import Report, arguments, figure, ms

DATED = date(2026, 10, 11)
POSTS = 10
ROUNDS = 30
JUDGING_MS, OVERHEAD_MS, HOSTILE_SECONDS = 40, 40, 5
LARGEST = 1_499_000  # a page of more is refused in a sentence

HOSTILE = {
    "divs in 10,000 divs": "<div>" * 10_000 + "words",
    "tables in tables": "<table role=presentation><tr><td>" * 40_000,
    "tags left open": "<p><b x=N>" * 100_000,
    "links left open": "<a href=x>" * 100_000,
    "quotes left open": "<a b='\"" * 100_000,
    "conditional comments": "<!--[if mso]>" * 80_000,
    "selectors of four steps": "<style>" + ".a .b .c .d{color:red}" * 20_000 + "</style>"
    + "<p class=d>x</p>" * 10_000,
    "braces": "<style>" + "{" * 400_000,
    "one selector of many": "<style>" + "a," * 200_000 + "b{color:red}</style><b>c</b>",
    "declarations": '<p style="' + "color:red;" * 100_000 + '">x</p>',
    "colours in colours": '<p style="color:' + "color-mix(in lab,red," * 50_000 + '">x</p>',
    "merge tags": "{{ " * 300_000,
    "stars": "*|" * 400_000,
    "words": "word " * 200_000,
    "dates": "until 12 October 2020 " * 40_000,
    "numbers": "1" * 1_000_000,
    "links": '<a href="https://a.example/">here</a> ' * 20_000,
    "entities": "&amp;" * 200_000,
}  # fmt: skip


def project_of(root: Path) -> Any:
    """Make a project with ten posts, each with words, links and a picture."""
    from digest.workflow.gathering.collecting import collect
    from digest.workflow.project import Project

    (root / "posts").mkdir(parents=True)
    (root / "digest.toml").write_text(
        '[newsletter]\nname = "The Letter"\nlanguage = "en-GB"\n'
        'sender = "The Letter <letters@letter.example>"\naddress = "1 Lantern Yard, Port Ellery"\n'
        'unsubscribe = "https://letter.example/unsubscribe"\n[[source]]\nname = "blog"\n'
        'kind = "markdown"\npath = "posts"\nurl = "https://letter.example/"\n'
        '[edition.weekly]\ntitle = "Weekly"\n'
    )
    for number in range(POSTS):
        day = DATED - timedelta(days=number % 6)
        (root / "posts" / f"post-{number}.md").write_text(
            f"---\ntitle: Post number {number} about moss\ndate: {day}T09:00:00Z\n---\n\n"
            f"![Moss on roof {number}](https://letter.example/moss-{number}.jpg)\n\n"
            + f"Words of post {number}, and [a link](https://letter.example/{number}/). "
            * 60
        )
    project = Project(root)
    collect(project)
    return project


def spent(do: Callable[[], object]) -> float:
    """Return the milliseconds of processor time that something takes."""
    began = time.process_time()
    do()
    return 1000 * (time.process_time() - began)


def judging(project: Any) -> list[float]:
    """Return what judging an issue anew takes, as `check` does."""
    from digest.workflow.judging.checking import check_issue

    check_issue(project, f"{DATED}-weekly")  # imports, and reads what is the same for all
    return [spent(lambda: check_issue(project, f"{DATED}-weekly")) for _ in range(ROUNDS)]


def building(project: Any) -> tuple[list[float], list[float]]:
    """Return what building a changed issue takes without the rules, and with them, by turns."""
    from digest.workflow.making.building import build

    edition = project.config.edition()
    editor = project.root / "issues" / f"{DATED}-weekly" / "editor.md"
    before = editor.read_text()
    taken: dict[bool, list[float]] = {False: [], True: []}
    for number in range(ROUNDS + 1):
        for is_judged in (False, True):
            editor.write_text(f"{before}\nWords of save {number}, {is_judged}.\n")
            took = spent(lambda: build(project, edition, DATED, is_judged=is_judged))  # noqa: B023
            taken[is_judged].append(took)
    return taken[False][1:], taken[True][1:]


def hostile() -> list[tuple[str, float, float, int]]:
    """Return of each hostile email how long it took, by clock and processor, and what was found."""
    from digest.checking import judge, read_html

    found = []
    for name, text in HOSTILE.items():
        data = (text.encode() * (LARGEST // len(text) + 1))[:LARGEST]
        clock, processor = time.perf_counter(), time.process_time()
        count = len(judge(read_html(data, "hostile.html"), {}))
        found.append((name, time.perf_counter() - clock, time.process_time() - processor, count))
    return found


def measure() -> Report:
    from digest.workflow.making.building import build

    report = Report("Checking")
    with tempfile.TemporaryDirectory() as folder:
        project = project_of(Path(folder))
        build(project, project.config.edition(), DATED)
        judged = judging(project)
        without, with_rules = building(project)
    more = median(with_rules) - median(without)
    report.table(
        "An issue of ten posts",
        ("", "median (least)"),
        [
            ("`check`, ms", ms(judged)),
            ("`build` of a changed issue without the rules, ms", ms(without)),
            ("`build` of a changed issue with them, ms", ms(with_rules)),
        ],
        "processor time",
    )
    worst = hostile()
    report.table(
        "Hostile emails of 1.5 MB, the largest page that is judged",
        ("", "s by the clock", "s of processor", "findings"),
        [(name, figure(clock), figure(cpu), str(n)) for name, clock, cpu, n in worst],
    )
    slowest = max(clock for _, clock, _, _ in worst)
    report.goal(
        f"ten posts in {JUDGING_MS} ms",
        f"{figure(median(judged))} ms",
        median(judged) <= JUDGING_MS,
    )
    report.goal(f"`build` {OVERHEAD_MS} ms slower", f"{figure(more)} ms", more <= OVERHEAD_MS)
    report.goal(
        f"any email in {HOSTILE_SECONDS} s", f"{figure(slowest)} s", slowest <= HOSTILE_SECONDS
    )
    return report


def main() -> int:
    asked = arguments(__doc__).parse_args()
    measure().save(asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
