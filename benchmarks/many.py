"""Many editions: `python -m benchmarks.many [--editions 10000 --posts 100000]`.

Posts go straight into an archive, one edition is made for each tag, and an issue of each is built:
its HTML alone in this process, whole issues by the command. The goals: 10,000 editions' HTML in at
most 10 s on one core, whole issues in at most 60 s on two, memory flat, growth linear; two
processes at least 1.7 times one, Dask with two workers 1.6; nothing changed in 1,000 editions: at
most 3 s of processor time; 1,000,000 readers over 500 tags mapped in at most 20 s and 500 MB.
All that is written stays until the end, some 20 GB.
"""

from __future__ import annotations

import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from benchmarks.competitors import filled_mjml, node_home, output_of, plain_data
from benchmarks.report import Report, arguments, figure, ms
from digest.models import Image, Issue, Post, RawItem, SeriesPart, Term
from digest.rendering import dialect, fill
from digest.selection import sketch
from digest.workflow.gathering.again import edit_again
from digest.workflow.making.drafting import Draft
from digest.workflow.project import Project

DATED = date(2026, 11, 28)
NOW = datetime(2026, 11, 29, tzinfo=UTC)
SAMPLE = 6
TURNS = 2
CONFIGURATION = """\
[newsletter]
name = "The Letter"
url = "https://letter.example/"
timezone = "Europe/London"
language = "en-GB"
unsubscribe = "https://letter.example/bye"
address = "1 Mill Lane, Dunfold"
sender = "The Letter <post@letter.example>"
[[source]]
name = "blog"
kind = "markdown"
path = "posts"
url = "https://letter.example/"
[edition."by-tag-{tag}"]
for_each = "tag"
title = "All about {tag}"
limit = 12
"""
WORDS = (
    "moss swift garden ladder orchard kettle window harbour lantern meadow copper feather gravel "
    "willow candle river saddle thatch cellar anvil bramble quarry beacon hollow pasture"
).split()


# ---------------------------------------------------------------- the project


def posts(count: int, tags: int) -> Iterator[tuple[RawItem, Post]]:
    """Yield varied posts of one week: with and without picture, author, series; long and short."""
    rng = random.Random(7)
    for n in range(count):
        title = f"{' '.join(rng.choice(WORDS) for _ in range(rng.randint(3, 8))).capitalize()} {n}"
        body = "".join(
            f"<p>{' '.join(rng.choice(WORDS) for _ in range(rng.randint(15, 60)))}.</p>"
            for _ in range(rng.randint(1, 5))
        )
        text = body.replace("<p>", "").replace("</p>", "\n")
        url = f"https://letter.example/p/{n}"
        named = (Term(name=f"Topic {rng.randrange(tags)}"),)
        at = NOW - timedelta(minutes=1441 + n * 8000 / count)
        picture = Image(url=f"{url}.jpg", alt="A picture", width=600, height=400)
        item = RawItem(
            identity=str(n), where=url, url=url, title=title, published_at=at, tags=named
        )
        yield (
            item,
            Post(
                id=f"blog-{n}", source="blog", identity=str(n), url=url, title=title,
                raw_title=title, published_at=at, tags=named, body=body, text=text,
                excerpt=text[:300], words=len(text.split()), minutes=1 + n % 4,
                sketch=sketch(text),
                image=picture if n % 3 else None,
                authors=("Ada Penhaligon",) if n % 4 else ("Bo Ek", "Cy Adair"),
                series=(SeriesPart(name=f"Series {n % 50}", part=n // 50 + 1),)[: n % 9 == 0],
            ),
        )  # fmt: skip


def write_project(root: Path, editions: int, count: int) -> Project:
    root.mkdir(parents=True)
    (root / "digest.toml").write_text(CONFIGURATION)
    (root / "posts").mkdir()
    project = Project(root)
    made = posts(count, editions)
    with project.archive() as archive:
        edit_again(project, archive)
        for start in range(0, count, 5000):
            some = [next(made) for _ in range(min(5000, count - start))]
            archive.store("blog", some, now=NOW)
    return Project(root)


class Run(NamedTuple):
    """Hold what a command took: seconds by the clock, of processors, and its largest MB."""

    seconds: float
    cpu: float
    megabytes: float


def build(project: Project, *options: str, fresh: bool = True) -> Run:
    """Build all editions by the command, from nothing unless told otherwise."""
    if fresh:
        # Moved away, not removed: a file system searches long for a free place among thousands
        # that became free a moment before, which no week's build meets.
        aside = Path(tempfile.mkdtemp(dir=project.root))
        for name in ("issues", ".digest/marks", ".digest/index"):
            with suppress(FileNotFoundError):
                (project.root / name).rename(aside / Path(name).name)
    command = [
        sys.executable, "-m", "digest", "--quiet", "--project", str(project.root), "build",
        "--all", "--no-collect", "--date", DATED.isoformat(), *options,
    ]  # fmt: skip
    return measured(command)


_MEASURING = """
import resource, subprocess, sys, time
began = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=sys.stderr).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, code)
"""


def measured(command: list[str]) -> Run:
    """Run a command; the figures are those of it and of the processes that it waited for."""
    ran = subprocess.run(
        [sys.executable, "-c", _MEASURING, *command], stdout=subprocess.PIPE, text=True, check=True
    )
    seconds, cpu, megabytes, code = map(float, ran.stdout.split())
    if code:
        raise SystemExit(f"{' '.join(command)} ended with {code:.0f}")
    return Run(seconds, cpu, megabytes)


# ---------------------------------------------------------------- HTML alone


def html_alone(project: Project, report: Report) -> list[Issue]:
    """Make each edition's HTML in this process and write nothing; return some of the issues."""
    editions = list(project.editions().values())
    renderer, sample = project.renderer, []
    took = dict.fromkeys(("selecting", "composing", "the email's HTML"), 0.0)
    count = size = 0
    with project.sharing():
        for number, edition in enumerate(editions):
            marks = [time.process_time()]
            draft = Draft(project, edition, DATED, NOW)
            chosen = draft.select()
            marks.append(time.process_time())
            issue = composed(draft, chosen)
            marks.append(time.process_time())
            page = renderer._page(issue, project.theme(issue.template), "email")
            size += len(fill(page, dialect("plain"), issue))
            marks.append(time.process_time())
            for name, began, ended in zip(took, marks, marks[1:], strict=False):
                took[name] += ended - began
            count += issue.count
            if number % max(1, len(editions) // SAMPLE) == 0:
                sample.append(issue)
    report.table(
        f"HTML of {len(editions):,} editions, one core",
        ("step", "seconds", "ms an edition"),
        [
            (name, figure(each), figure(1000 * each / len(editions)))
            for name, each in [*took.items(), ("all of it", sum(took.values()))]
        ],
        f"processor time; {count:,} posts, {size / 1e6:,.0f} MB",
    )
    wanted = 10 * len(editions) / 10_000
    rendered = took["the email's HTML"]
    report.goal(
        f"HTML alone of {len(editions):,} editions in {figure(wanted)} s on one core",
        f"{figure(rendered)} s; with selecting and composing {figure(sum(took.values()))} s",
        rendered <= wanted,
    )
    return sample[:SAMPLE]


def composed(draft: Any, chosen: Any) -> Issue:
    """Return a selection as an issue, without rendering it."""
    from digest.issue import composition
    from digest.workflow.making.outputs import letter_of

    return composition.compose(
        chosen,
        edition=draft.edition,
        letter=letter_of(draft.project),
        number=1,
        dated=DATED,
        theme=draft.project.theme(draft.edition.template),
        built_at=NOW,
        words=draft.project.words,
    )


def competitors(sample: list[Issue], report: Report, folder: Path) -> None:
    """Make the same issues with npm MJML and react-email, and with digest, in this run."""
    home = node_home(report)
    if home is None:
        return
    project = Project(folder)
    theme = project.theme(sample[0].template)
    times: dict[str, list[float]] = {"digest": [], "npm MJML": [], "react-email": []}
    for number, issue in enumerate(sample):
        for _ in range(20):
            began = time.perf_counter()
            fill(project.renderer._page(issue, theme, "email"), dialect("plain"), issue)
            times["digest"].append(1000 * (time.perf_counter() - began))
        mjml = filled_mjml(issue)
        page, data = folder / f"{number}.mjml", folder / f"{number}.json"
        page.write_text(mjml, encoding="utf-8")
        data.write_text(json.dumps(plain_data(issue, mjml)), encoding="utf-8")
        for name, command in (
            ("npm MJML", ["node", str(home / "mjml.mjs"), str(page), "1"]),
            ("react-email", ["node", str(home / "react.mjs"), "warm", str(data), "1"]),
        ):
            times[name] += json.loads(output_of(command).splitlines()[-1])
    own = median(times["digest"])
    report.table(
        f"{len(sample)} of these editions, warm, beside others",
        ("contestant", "ms a page", "× digest"),
        [(name, ms(each), f"{median(each) / own:.1f} ×") for name, each in times.items() if each],
        "the email's HTML within one running process",
    )


# ---------------------------------------------------------------- whole issues


def whole(project: Project, report: Report, folder: Path, editions: int, count: int) -> None:
    rows = []
    runs: dict[int, Run] = {}
    for size in [size for size in (100, 1_000) if size < editions] or [editions]:
        some = write_project(folder / str(size), size, size * count // editions)
        runs[size] = build(some)
        rows.append(row(f"{size:,} editions, one process", runs[size], size))
    again = build(some, fresh=False)
    rows.append(row("the same, nothing changed", again, size))
    alone = build(project)
    rows.append(row(f"{editions:,} editions, one process", alone, editions))
    full = build(project, "--jobs", "2")
    rows.append(row("the same, two processes", full, editions))
    report.table(
        "Whole issues by `digest build --all`",
        ("what", "seconds", "processor, s", "ms an edition", "largest process, MB"),
        rows,
        "all files of an issue, safely on the disk",
    )
    wanted = 60 * editions / 10_000
    report.goal(
        f"whole issues of {editions:,} editions in {figure(wanted)} s on two cores",
        f"{figure(full.seconds)} s",
        full.seconds <= wanted,
    )
    few = min(runs)
    ratio = full.cpu / editions / (runs[few].cpu / few)
    report.goal(
        f"growth from {few:,} to {editions:,} editions linear or better",
        f"{ratio:.2f} × the processor time an edition",
        ratio <= 1.1,
    )
    more = alone.megabytes / runs[few].megabytes
    report.goal(
        f"memory flat from {few:,} to {editions:,} editions: at most half as much again",
        f"{more:.2f} ×",
        more <= 1.5,
    )
    report.goal(
        f"{size:,} editions, nothing changed, in {figure(3 * size / 1000)} s of processor time",
        f"{figure(again.cpu)} s",
        again.cpu <= 3 * size / 1000,
    )


def together(report: Report, folder: Path, editions: int, count: int) -> None:
    """Build the same issues by one process, by two and by Dask in turns, since hosts change."""
    some = write_project(folder / "turns", editions, count)
    times: dict[str, list[float]] = {}
    apart: list[float] = []
    with workers_of_dask() as address:
        ways = {"one process": (), "two processes": ("--jobs", "2")}
        if address:
            ways["two workers of Dask"] = ("--executor", f"dask://{address}")
        for _ in range(TURNS):
            apart.append(2 * counting(1) / counting(2))
            for name, options in ways.items():
                times.setdefault(name, []).append(build(some, *options).seconds)
    one, *others = (median(each) for each in times.values())
    report.table(
        f"{editions:,} editions by one process and by several, in turns",
        ("what", "seconds, the median", "one process ÷ it"),
        [
            *(
                (name, figure(median(each)), f"{one / median(each):.2f} ×")
                for name, each in times.items()
            ),
            ("two processes that share nothing and only count", "", f"{median(apart):.2f} ×"),
        ],
        f"the median of {TURNS} builds each; the last row is what this host's cores give at best",
    )
    wanted = (
        ("two processes at least 1.7 times one", 1.7),
        ("Dask with two workers at least 1.6 times one process", 1.6),
    )
    for (goal, least), taken in zip(wanted, others, strict=False):
        report.goal(goal, f"{one / taken:.2f} ×", one / taken >= least)


_COUNTING = "known = {}\nfor n in range(8_000_000): known[n % 50_000] = n * n % 7"


def counting(processes: int) -> float:
    """Return how long so many processes take that each count alone and touch no disk."""
    began = time.perf_counter()
    running = [subprocess.Popen([sys.executable, "-c", _COUNTING]) for _ in range(processes)]
    for each in running:
        each.wait()
    return time.perf_counter() - began


def row(what: str, run: Run, editions: int) -> list[str]:
    return [
        what,
        figure(run.seconds),
        figure(run.cpu),
        figure(1000 * run.seconds / editions),
        figure(run.megabytes),
    ]


@contextmanager
def workers_of_dask() -> Iterator[str]:
    """Run a cluster of two worker processes; yield its address, empty without Dask."""
    try:
        import dask.config
        from distributed import LocalCluster
    except ImportError:
        yield ""
        return
    # as docs/many.md advises
    dask.config.set({"distributed.worker.profile.enabled": False})
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster.scheduler_address.removeprefix("tcp://")


# ---------------------------------------------------------------- readers


def readers(report: Report, folder: Path, count: int = 1_000_000, tags: int = 500) -> None:
    root = folder / "readers"
    root.mkdir()
    (root / "digest.toml").write_text(
        CONFIGURATION + '[edition."for-{choice}"]\nfor_each = "choice"\n'
    )
    rng = random.Random(11)
    names = [f"Topic {n}" for n in range(tags)]
    weights = [1 / (n + 1) for n in range(tags)]
    source, target = folder / "readers.csv", folder / "mapped.csv"
    with source.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("email", "follows"))
        for n in range(count):
            chosen = set(rng.choices(names, weights, k=rng.randint(1, 3)))
            writer.writerow((f"reader{n}@example.org", "; ".join(chosen)))
    run = measured(
        [
            sys.executable, "-m", "digest", "--project", str(root), "readers", str(source),
            "--for", "listmonk", "-o", str(target),
        ]
    )  # fmt: skip
    choices = sum(1 for _ in (root / "choices" / "for-choice.csv").open())
    report.table(
        "Readers",
        ("readers", "tags", "distinct choices", "seconds", "processor, s", "MB"),
        [
            (
                f"{count:,}",
                str(tags),
                f"{choices:,}",
                figure(run.seconds),
                figure(run.cpu),
                figure(run.megabytes),
            )
        ],
        "one to three tags each, as popular as 1, 1/2, 1/3, …",
    )
    report.goal(
        f"{count:,} readers mapped in 20 s and 500 MB",
        f"{figure(run.seconds)} s ({figure(run.cpu)} s of processor time), "
        f"{figure(run.megabytes)} MB",
        run.seconds <= 20 and run.megabytes <= 500,
    )


def main() -> int:
    parser = arguments(__doc__)
    parser.add_argument("--editions", type=int, default=10_000)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--only", choices=("html", "whole", "readers"), action="append")
    asked = parser.parse_args()
    parts = asked.only or ["html", "whole", "readers"]
    report = Report("Many editions")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        if "html" in parts or "whole" in parts:
            project = write_project(folder / "all", asked.editions, asked.posts)
        if "html" in parts:
            sample = html_alone(project, report)
            competitors(sample, report, project.root)
            print(
                f"this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
            )
        if "whole" in parts:
            whole(project, report, folder, asked.editions, asked.posts)
            together(report, folder, asked.editions, asked.posts)
        if "readers" in parts:
            readers(report, folder)
    report.save(asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
