"""Measures digest beside others: `python -m benchmarks.competitors [--posts 10 50]`.

Contestants: npm's MJML, react-email, and the naive road (Jinja, MJML and premailer's defaults each
time). All get the same posts with titles, bylines, excerpts and pictures; MJML gets the very page
that digest's template makes, values filled in. Warm times are taken within one process, in turns;
cold ones and peak memory are those of whole processes. npm's packages are installed outside the
checkout, in $DIGEST_BENCH_HOME or ~/.cache/digest-benchmarks; without Node.js those contestants are
left out.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.report import Report, arguments, figure, ms
from digest.issue.folder import IssueFolders
from digest.models import Issue, Page, PostView
from digest.rendering import Renderer, dialect, fill
from digest.rendering.context import context
from digest.rendering.look.pictures import fit
from digest.rendering.page import shape
from tests.rendering.issues import NEWSLETTER, plain_of

HERE = Path(__file__).parent / "competitors"
TEMPLATES = Path(__file__).parent.parent / "templates"
DATE = "2024-12-01"  # in the past, whenever this runs: nothing is dated after now
LETTER = ("name", "url", "sender", "address", "unsubscribe")
WARM_TIMES, COLD_FACTOR = 25, 4
GOAL_POSTS = 10
_KEPT: dict[
    str, str
] = {}  # where processes keep what they compiled, fresh for each run of the benchmark

KNOWN, NEW, UNSEEN, PAGES = (
    "digest, known page",
    "digest, new week",
    "digest, nothing known",
    "digest, known page, all three pages",
)
BUILD, FIRST_BUILD = "digest build, blocks known", "digest build, nothing known"
MJML, REACT, NAIVE = "npm MJML", "react-email", "Jinja, mjml-python, premailer"


class Content(NamedTuple):
    """Hold where one size of the same content lies, in the forms that contestants read."""

    project: Path
    mjml: Path
    data: Path


# ---------------------------------------------------------------- the same content for all


def prepared(posts: int, folder: Path) -> Content:
    """Return a project of so many posts, its issue built, and the issue as MJML and JSON."""
    project = folder / f"{posts}-posts"
    write_project(project, posts)
    output_of(build_command(project, "build", "--date", DATE))
    folders = IssueFolders(project / "issues")
    issue = folders.read(folders.all()[-1].id).issue
    if issue.count != posts:
        raise SystemExit(f"the issue holds {issue.count} posts, not {posts}")
    content = Content(project, folder / f"{posts}.mjml", folder / f"{posts}.json")
    mjml = filled_mjml(issue)
    content.mjml.write_text(mjml, encoding="utf-8")
    content.data.write_text(json.dumps(plain_data(issue, mjml)), encoding="utf-8")
    return content


def build_command(project: Path, *words: str) -> list[str]:
    return [str(Path(sys.executable).with_name("digest")), "--project", str(project), *words]


def write_project(project: Path, posts: int) -> None:
    (project / "posts").mkdir(parents=True)
    letter = {name: getattr(NEWSLETTER, name) for name in LETTER}
    lines = ["[newsletter]", *(f"{name} = {json.dumps(value)}" for name, value in letter.items())]
    lines += [
        "[[source]]",
        'name = "garden"',
        'kind = "markdown"',
        'path = "posts"',
        'url = "https://garden.example.org"',
    ]
    lines += [
        "[edition.weekly]",
        'since = "40 days"',
        'first_window = "40 days"',
        "max_bytes = 10_000_000",
    ]
    (project / "digest.toml").write_text("\n".join(lines), encoding="utf-8")
    issue = plain_of(posts)
    views = [issue.featured, *(post for section in issue.sections for post in section.posts)]
    for number, view in enumerate(view for view in views if view):
        front = {
            "title": view.title,
            "date": f"2024-{view.date_iso[5:]} {number // 60:02}:{number % 60:02}",
            "authors": view.byline.split(" and ") if view.byline else [],
            "summary": summary(view),
            "image": view.image.url if view.image else "",
            "image_alt": view.image.alt if view.image else "",
        }
        head = "".join(f"{name}: {json.dumps(value)}\n" for name, value in front.items())
        (project / "posts" / f"post-{number:03}.md").write_text(
            f"---\n{head}---\n{summary(view)}\n", encoding="utf-8"
        )


def summary(view: PostView) -> str:
    """Return a summary that shares no sentence with another post's, as in most blogs."""
    return f"{view.title}: {view.excerpt.replace('. ', '; ')}"


def filled_mjml(issue: Issue) -> str:
    """Return the MJML of digest's own template, with the content instead of tokens."""
    renderer = Renderer([TEMPLATES])
    seen = context(issue, renderer.theme(issue.template, issue.theme), "email")
    mjml, values = renderer._html.run(f"{issue.template}/issue.mjml.j2", seen)
    parts = shape.piece(mjml, tuple(range(len(values))))
    page = Page(kind="html", segments=parts.segments, places=parts.places, values=tuple(values))
    return fill(page, dialect("plain"), issue)


def plain_data(issue: Issue, mjml: str) -> dict[str, object]:
    """Return an issue as plain data, ready to print; styles are those of digest's own page."""
    head = mjml.split("</mj-title>", 1)[1].split("</mj-head>", 1)[0]
    late_styles = [block.split("</mj-style>")[0] for block in head.split("<mj-style>")[1:]]
    posts = [issue.featured, *(post for section in issue.sections for post in section.posts)]
    return {
        "subject": issue.subject,
        # premailer inlines all
        "head": head.strip().replace('<mj-style inline="inline">', "<mj-style>"),
        "css": "\n".join(late_styles),
        "theme": issue.theme,
        "newsletter": {name: getattr(issue.newsletter, name) for name in LETTER},
        "line": f"Issue {issue.number} · {issue.date}",
        "read_on": issue.labels["read_on"],
        "unsubscribe": issue.labels["unsubscribe"],
        "why": issue.labels["why"].replace("{name}", issue.newsletter.name),
        "posts": [
            {
                "title": post.title,
                "url": post.url,
                "about": " · ".join(filter(None, (post.byline, post.date, post.reading_time))),
                "excerpt": post.excerpt,
                "picture": fit(post.image, 552).url if post.image else "",
                "alt": post.image.alt if post.image else "",
            }
            for post in posts
            if post
        ],
    }  # fmt: skip


# ---------------------------------------------------------------- contestants


def node_home(report: Report) -> Path | None:
    """Return a folder with npm's packages and our scripts; None where there can be none."""
    if not (shutil.which("node") and shutil.which("npm")):
        report.skip("npm MJML and react-email, since there is no node with npm on this machine")
        return None
    home = Path(os.environ.get("DIGEST_BENCH_HOME") or Path.home() / ".cache" / "digest-benchmarks")
    home.mkdir(parents=True, exist_ok=True)
    for path in (*HERE.glob("*.mjs"), HERE / "package.json"):
        shutil.copy(path, home)
    ran = subprocess.run(
        ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--prefer-offline"],
        cwd=home, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode:
        lines = ran.stderr.strip().splitlines() or ["npm said nothing"]
        report.skip(f"npm MJML and react-email, since npm could not install them ({lines[-1]})")
        return None
    return home


Command = Callable[[Content], list[str]]


def warm_contestants(home: Path | None, seconds: str) -> dict[str, Command]:
    """Return the command of each contestant that prints the times of pages made within it."""
    python = sys.executable

    def own(what: str) -> Command:
        return lambda c: [
            python,
            str(HERE / "own.py"),
            what,
            str(c.project),
            str(TEMPLATES),
            seconds,
        ]

    found: dict[str, Command] = {
        KNOWN: own("known"),
        NEW: own("new"),
        UNSEEN: own("unseen"),
        PAGES: own("pages"),
    }
    if home:
        found[MJML] = lambda c: ["node", str(home / "mjml.mjs"), str(c.mjml), seconds]
        found[REACT] = lambda c: ["node", str(home / "react.mjs"), "warm", str(c.data), seconds]
    found[NAIVE] = lambda c: [python, str(HERE / "naive.py"), "warm", str(c.data), seconds]
    return found


def cold_contestants(home: Path | None) -> dict[str, Command]:
    """Return the command of each contestant that makes one page."""

    def build(content: Content) -> list[str]:
        return build_command(content.project, "build", "--date", DATE, "--force", "--no-collect")

    found: dict[str, Command] = {BUILD: build, FIRST_BUILD: build}
    if home:
        command = str(home / "node_modules" / "mjml" / "bin" / "mjml")
        found[MJML] = lambda c: [
            "node",
            command,
            str(c.mjml),
            "-o",
            str(c.mjml.with_suffix(".html")),
        ]
        found[REACT] = lambda c: ["node", str(home / "react.mjs"), "cold", str(c.data)]
    found[NAIVE] = lambda c: [sys.executable, str(HERE / "naive.py"), "cold", str(c.data)]
    return found


# ---------------------------------------------------------------- measuring


def warm_times(
    contestants: dict[str, Command], content: Content, turns: int
) -> dict[str, list[float]]:
    """Return milliseconds a page for each contestant, measured in turns: noise falls on all."""
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(turns):
        for name, command in contestants.items():
            taken[name] += json.loads(output_of(command(content)).splitlines()[-1])
    return taken


class Cold(NamedTuple):
    """Hold what whole processes took: milliseconds, and the most memory in megabytes."""

    times: list[float]
    megabytes: float


def cold_runs(contestants: dict[str, Command], content: Content, turns: int) -> dict[str, Cold]:
    """Return times and peak memory of each contestant's process, measured in turns."""
    taken = {name: Cold([], 0.0) for name in contestants}
    for _ in range(turns):
        for name, command in contestants.items():
            if name == FIRST_BUILD:
                shutil.rmtree(content.project / ".digest" / "shapes", ignore_errors=True)
                shutil.rmtree(
                    Path(_KEPT["XDG_CACHE_HOME"]) / "digest" / "templates", ignore_errors=True
                )
            seconds, peak = cold(command(content))
            known = taken[name]
            taken[name] = Cold([*known.times, seconds * 1000], max(known.megabytes, peak / 1e6))
    return taken


def cold(command: Sequence[str]) -> tuple[float, float]:
    """Return wall time in seconds and peak memory in bytes of one process."""
    seconds, peak = output_of([sys.executable, "-I", "-S", str(HERE / "cold.py"), *command]).split()
    return float(seconds), float(peak)


def output_of(command: Sequence[str]) -> str:
    """Return what a command prints; one that fails ends the benchmark with its last words."""
    ran = subprocess.run(command, check=False, capture_output=True, text=True, env=_environment())
    if ran.returncode:
        raise SystemExit(f"{' '.join(command)}\n{ran.stderr[-2000:]}")
    return ran.stdout


def _environment() -> dict[str, str]:
    """Return an environment in which Python keeps compiled modules, as pip does.

    A checkout has none where the variable forbids it, and each run would compile all modules again.
    """
    return {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    } | _KEPT


# ---------------------------------------------------------------- telling


def tell_warm(report: Report, found: dict[int, dict[str, list[float]]]) -> None:
    sizes = list(found)
    rows = []
    for name in found[sizes[0]]:
        ratio = median(found[sizes[0]][name]) / median(found[sizes[0]][KNOWN])
        rows.append([name, *(ms(found[n][name]) for n in sizes), f"{figure(ratio)} ×"])
    headings = ["warm, ms a page", *(f"{n} posts" for n in sizes), f"× digest, {sizes[0]} posts"]
    note = "the email's HTML within one running process"
    report.table("Warm, beside others", headings, rows, note)
    if MJML in found.get(GOAL_POSTS, {}):
        by_size = {n: median(found[n][MJML]) / median(found[n][KNOWN]) for n in sizes}
        measured = ", ".join(f"{figure(ratio)} × at {n} posts" for n, ratio in by_size.items())
        claim = (
            f"a known page at least {WARM_TIMES} × faster than npm MJML 5, warm, {GOAL_POSTS} posts"
        )
        report.goal(claim, measured, by_size[GOAL_POSTS] >= WARM_TIMES)


def tell_cold(report: Report, found: dict[int, dict[str, Cold]]) -> None:
    sizes = list(found)
    names = list(found[sizes[0]])
    first = found[sizes[0]]
    rows = [
        [name, *(ms(found[n][name].times) for n in sizes),
         f"{figure(median(first[name].times) / median(first[BUILD].times))} ×"]
        for name in names
    ]  # fmt: skip
    headings = ["cold, ms a process", *(f"{n} posts" for n in sizes), f"× digest, {sizes[0]} posts"]
    note = (
        "a digest build selects from the archive and writes all files of an issue (email, web, "
        "message, record); the others make one HTML page from finished data"
    )
    report.table("Cold, beside others", headings, rows, note)
    memory = [[name, *(f"{found[n][name].megabytes:,.0f}" for n in sizes)] for name in names]
    report.table("Peak memory of those processes", ["MB", *(f"{n} posts" for n in sizes)], memory)
    if MJML in found.get(GOAL_POSTS, {}):
        by_size = {n: median(found[n][MJML].times) / median(found[n][BUILD].times) for n in sizes}
        measured = ", ".join(f"{figure(ratio)} × at {n} posts" for n, ratio in by_size.items())
        claim = (
            f"a cold build of known blocks at least {COLD_FACTOR} × faster than npm MJML's, "
            f"{GOAL_POSTS} posts"
        )
        report.goal(claim, measured, by_size[GOAL_POSTS] >= COLD_FACTOR)


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--posts", type=int, nargs="+", default=[10, 50, 200])
    parser.add_argument(
        "--turns", type=int, default=3, help="how often each contestant has its turn"
    )
    parser.add_argument(
        "--seconds", type=float, default=2.0, help="how long it is timed in a turn, warm"
    )
    options = parser.parse_args()
    report = Report("Beside others")
    home = node_home(report)
    warm: dict[int, dict[str, list[float]]] = {}
    whole: dict[int, dict[str, Cold]] = {}
    with tempfile.TemporaryDirectory() as folder:
        _KEPT.update(PYTHONPYCACHEPREFIX=f"{folder}/modules", XDG_CACHE_HOME=f"{folder}/cache")
        for posts in options.posts:
            content = prepared(posts, Path(folder))
            warm[posts] = warm_times(
                warm_contestants(home, str(options.seconds)), content, options.turns
            )
            whole[posts] = cold_runs(cold_contestants(home), content, 2 * options.turns + 1)
    tell_warm(report, warm)
    tell_cold(report, whole)
    report.save(options.json)


if __name__ == "__main__":
    main()
