"""Tells how many posts a second byline, series and excerpt take together, and cleaning on its own.

One core, processor time. The posts are made up from a few shapes, each with a title of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.report import Report, arguments
from digest.editing import EditingSettings
from digest.editing.body import plain
from digest.editing.body.cleaning import clean
from digest.editing.byline import byline
from digest.editing.convention import Seen, learn
from digest.editing.excerpt import excerpt
from digest.editing.series import series

POSTS = 5_000
POSTS_A_SECOND = 5_000
LEARNT = 20_000
BODIES_A_SECOND = 4_000
TOGETHER = "byline, series and excerpt"
TITLES = (
    "Repotting day {n}. By Marigold Fairweather and Odhran Clay",
    "What light is for, part {n}",
    "Learning by doing in ward {n}",
    "Blog {n}: the wind has opinions",
    "In conversation with Dr Rosalind Brambling on bed {n}",
    "A year of the courtyard in {n} numbers",
)
BODY = (
    "<p>Some plants keep a grudge for a missed Thursday. A ward needs the other kind: plants that "
    "can be forgotten for a fortnight, knocked by a trolley, and still put out a new leaf in time "
    "for visiting "
    "hours.</p>"
    "<h2>Five of them</h2><p>After nine years and many apologies to the heap I have five of them. "
    '<a href="https://garden.example/five?utm_source=feed">Each is described</a> in order of '
    "patience.</p><ul><li>Spider plant</li><li>Aloe</li></ul>"
    "<p>Check each of them with the nurse before it moves in.</p>" * 3
)
CLEANING = f"cleaning a body of {len(BODY):,} characters"
SUMMARY = plain.text(BODY)[:330].replace("\n", " ") + " […]"


def main() -> None:
    options = arguments(__doc__).parse_args()
    report = Report("Editing posts")
    titles = [TITLES[n % len(TITLES)].format(n=n) for n in range(POSTS)]
    cleaned = clean(BODY).html
    running = plain.text_and_prose(cleaned)[1]

    def read(title: str) -> None:
        said = byline.read(title, declared=("Blog editor",), summary=SUMMARY)
        series.read(said.title)
        excerpt.make(SUMMARY, running, language="en", titles=(said.title,))

    work: dict[str, tuple[Callable[[str], object], int]] = {
        TOGETHER: (read, POSTS),
        "byline": (
            lambda title: byline.read(title, declared=("Blog editor",), summary=SUMMARY),
            POSTS,
        ),
        "series": (lambda title: series.read(title), POSTS),
        "excerpt": (
            lambda title: excerpt.make(SUMMARY, running, language="en", titles=(title,)),
            POSTS,
        ),
        CLEANING: (lambda title: clean(BODY), 500),
        "text and running text of that body": (lambda title: plain.text_and_prose(cleaned), 500),
    }
    spent = {name: seconds(task, titles[:count]) for name, (task, count) in work.items()}
    rows = [[name, f"{1 / taken:,.0f}", f"{taken * 1e6:,.0f}"] for name, taken in spent.items()]
    report.table(
        "Editing, one core",
        ["step", "posts a second", "µs a post"],
        rows,
        "processor time, best of three",
    )
    blog = [Seen(title=TITLES[n % len(TITLES)].format(n=n), opening=SUMMARY) for n in range(LEARNT)]
    start = time.process_time()
    learn(blog, EditingSettings(), "blog")
    learning = time.process_time() - start
    claim = f"a convention learnt from {LEARNT:,} titles within a second"
    report.goal(claim, f"{learning:.2f} s", learning <= 1)
    rate = 1 / spent[TOGETHER]
    claim = f"{TOGETHER} for at least {POSTS_A_SECOND:,} posts a second on one core"
    report.goal(claim, f"{rate:,.0f} posts a second", rate >= POSTS_A_SECOND)
    cleaned = 1 / spent[CLEANING]
    claim = f"at least {BODIES_A_SECOND:,} bodies cleaned a second on one core"
    report.goal(claim, f"{cleaned:,.0f} bodies a second", cleaned >= BODIES_A_SECOND)
    report.save(options.json)


def seconds(work: Callable[[str], object], titles: list[str]) -> float:
    """Return processor time a post, in seconds, of the best of three rounds."""
    rounds = []
    for _ in range(3):
        start = time.process_time()
        for title in titles:
            work(title)
        rounds.append((time.process_time() - start) / len(titles))
    return min(rounds)


if __name__ == "__main__":
    main()
