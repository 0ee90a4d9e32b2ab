"""Prints how many posts a second byline, series and excerpt take together, and cleaning on its own.

One core, processor time. The posts are made up from a few shapes, each with a title of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from digest.editing import byline, excerpt, plain, series
from digest.editing.clean import clean

POSTS = 5_000
TITLES = (
    "Repotting day {n}. By Marigold Fairweather and Odhran Clay",
    "What light is for, part {n}",
    "Learning by doing in ward {n}",
    "Blog {n}: the wind has opinions",
    "In conversation with Dr Rosalind Brambling on bed {n}",
    "A year of the courtyard in {n} numbers",
)
BODY = (
    "<p>Some plants keep a grudge for a missed Thursday. A ward needs the other kind: plants that can be "
    "forgotten for a fortnight, knocked by a trolley, and still put out a new leaf in time for visiting "
    "hours.</p>"
    "<h2>Five of them</h2><p>After nine years and many apologies to the heap I have five of them. "
    '<a href="https://garden.example/five?utm_source=feed">Each is described</a> in order of patience.</p>'
    "<ul><li>Spider plant</li><li>Aloe</li></ul><p>Check each of them with the nurse before it moves in.</p>"
    * 3
)
SUMMARY = plain.text(BODY)[:330].replace("\n", " ") + " […]"


def main() -> None:
    titles = [TITLES[n % len(TITLES)].format(n=n) for n in range(POSTS)]
    running = plain.prose(clean(BODY).html)

    def read(title: str) -> None:
        said = byline.read(title, declared=("Blog editor",), summary=SUMMARY)
        series.read(said.title, SUMMARY)
        excerpt.make(SUMMARY, running, language="en", title=said.title)

    report("byline, series and excerpt", read, titles)
    report("byline", lambda title: byline.read(title, declared=("Blog editor",), summary=SUMMARY), titles)
    report("series", lambda title: series.read(title, SUMMARY), titles)
    report("excerpt", lambda title: excerpt.make(SUMMARY, running, language="en", title=title), titles)
    report(f"cleaning a body of {len(BODY):,} characters", lambda title: clean(BODY), titles[:500])
    report(
        "text and running text of that body",
        lambda title: plain.text_and_prose(BODY),
        titles[:500],
    )


def report(name: str, work: Callable[[str], object], titles: list[str]) -> None:
    for title in titles[:50]:
        work(title)
    start = time.process_time()
    for title in titles:
        work(title)
    spent = time.process_time() - start
    print(f"{name}: {len(titles) / spent:,.0f} posts a second ({spent / len(titles) * 1e6:,.0f} µs a post)")


if __name__ == "__main__":
    main()
