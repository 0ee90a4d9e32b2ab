"""Random histories of a newsletter, held against a simple oracle; `make soak` runs many of them.

Two machines share what they merge of `issues/`, each with an archive of its own that may be lost. Posts
are published, come late, change step by step, move, are told by a second source, or are withdrawn.
Whatever happens: a post that an edition asks for is in exactly one of its issues, or held back with a
reason that is told; and `why`, the dry run and the build say the same.

    python -m tests.workflow.model [HISTORIES] [FIRST_SEED]
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.errors import EditorError, IssueFolderError
from digest.issue.record import IssueSummary
from digest.models import Edition, Post, RawItem, Term
from digest.workflow.gathering.again import edit_again
from digest.workflow.making.aiming import target
from digest.workflow.making.building import build
from digest.workflow.making.reports import BuildReport
from digest.workflow.project import Project
from digest.workflow.records import approve
from digest.workflow.telling.explaining import why
from tests.workflow.newsroom import START, renderer

SOURCES = ("blog", "second")
EDITIONS = ("weekly", "daily")
ASKED = {"weekly": "ours", "daily": "news"}
VOCABULARY = [a + b + c for a in "bdfgklmnprst" for b in "aeiou" for c in ("r", "ns", "lt", "ck")]
SETTINGS = ("", "limit = 2", "limit = 3\ncarry_over = \"2 issues\"", "min_posts = 2", 'settle = "6 hours"',
            'cool_down = {daily = "5 days"}', 'schedule = "weekly on monday at 08:00"')  # fmt: skip

EVENTS = [
    *["publish"] * 6, *["build"] * 8, *["seal"] * 4, *["collect"] * 2, "late", "late", "redate", "retitle",
    "edit", "edit", "rename", "move", "twin", "withdraw", "retag", "lose", "off", "on", "merge", "merge",
    "drop", "later", "pin", "delete",
]  # fmt: skip

REASONS = {"dropped", "later", "twin", "held-back", "missing-issue", "limit", "cool-down", "settling",
           "min-posts", "future", "sealed"}  # fmt: skip
"""Rules that may keep an eligible post out of every issue, and are told."""


@dataclass(frozen=True)
class Told:
    """Hold a post as a source tells it; `origin` is what it is to a reader, whatever its names."""

    origin: int
    source: str
    identity: str
    title: str
    text: str
    dated: datetime
    tags: tuple[str, ...]

    @property
    def id(self) -> str:
        return f"{self.source}-{self.identity}"

    def pair(self) -> tuple[RawItem, Post]:
        url = f"https://{self.source}.example/{self.identity}"
        tags = tuple(Term(name=tag) for tag in self.tags)
        body = f"<p>{self.text}</p>"
        item = RawItem(
            identity=self.identity, where=url, url=url, title=self.title,
            published_at=self.dated, tags=tags, body=body,
        )  # fmt: skip
        return item, Post(
            id=self.id, source=self.source, identity=self.identity, url=url, title=self.title,
            raw_title=self.title, published_at=self.dated, tags=tags, body=body, text=self.text,
            excerpt=self.text,
        )  # fmt: skip


class Machine:
    """Hold one checkout: its own `issues/`, its own archive."""

    def __init__(self, root: Path, settings: str) -> None:
        self.root, self.settings = root, settings
        root.mkdir()
        self.configure(SOURCES)

    def configure(self, sources: tuple[str, ...]) -> None:
        """Write the configuration with some of the sources, and open it."""
        tables = "".join(
            f'[[source]]\nname = "{name}"\nkind = "markdown"\npath = "{name}"\n' for name in sources
        )
        editions = "".join(
            f'[edition.{name}]\ntemplate = "bare"\ntags = ["{ASKED[name]}"]\n'
            + (f"{self.settings}\n" if name == "weekly" else "")
            for name in EDITIONS
        )
        letter = '[newsletter]\nname = "The Letter"\ntimezone = "Europe/London"\n'
        (self.root / "digest.toml").write_text(letter + tables + editions)
        self.sources = sources
        self.project = Project(self.root)
        self.project.renderer = renderer()

    def collect(self, posts: list[Told], now: datetime) -> None:
        """Read what the sources tell now."""
        with self.project.archive() as archive:
            edit_again(self.project, archive)
            for source in self.sources:
                pairs = [told.pair() for told in posts if told.source == source]
                present = {item.identity for item, _ in pairs}
                archive.store(source, pairs, now=now, present=present)

    def lose(self) -> None:
        """Lose everything but what git keeps."""
        shutil.rmtree(self.root / ".digest", ignore_errors=True)


class World:
    """Let one random history happen, and hold every build against the oracle."""

    def __init__(self, root: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.settings = self.random.choice(SETTINGS)
        self.machines = [Machine(root / name, self.settings) for name in ("ana", "ben")]
        self.now = START
        self.posts: list[Told] = []
        self.origins: dict[str, int] = {}  # every id that a post ever had
        self.pinned: set[tuple[str, int]] = set()
        self.log: list[str] = []

    # ------------------------------------------------------------ what happens

    def happen(self, event: str) -> None:
        """Let an hour or a few days pass, then something happen."""
        self.now += timedelta(hours=self.random.choice((1, 2, 9, 30, 70)), seconds=1)
        self.log.append(f"{self.now:%m-%d %H:%M} {event}")
        getattr(self, f"_{event}")()

    def _publish(self, late: timedelta = timedelta()) -> None:
        number = len(self.origins)
        tags = [tag for tag in ASKED.values() if self.random.random() < 0.6]
        words = self.random.choices(VOCABULARY, k=60)
        title = " ".join(self.random.choices(VOCABULARY, k=4))
        self._tell(
            Told(number, self.random.choice(SOURCES), f"p{number}", title, " ".join(words),
                 self.now - late, tuple(tags))
        )  # fmt: skip

    def _late(self) -> None:
        self._publish(timedelta(hours=self.random.randrange(300)))

    def _tell(self, told: Told) -> None:
        self.posts.append(told)
        self.origins[told.id] = told.origin

    def _change(self, told: Told | None, **fields: object) -> None:
        """Change what is told of a post, by every source that tells it."""
        if told is not None:
            for each in [each for each in self.posts if each.origin == told.origin]:
                self.posts.remove(each)
                self._tell(replace(each, **fields))  # type: ignore[arg-type]
            self.log[-1] += f" {told.id} {sorted(fields)}"

    def _rename_one(self, told: Told | None, **fields: str) -> None:
        """Give one source's post another name."""
        if told is not None:
            self.posts.remove(told)
            self._tell(replace(told, **fields))  # type: ignore[arg-type]
            self.log[-1] += f" {told.id} to {self.posts[-1].id}"

    def _any(self) -> Told | None:
        return self.random.choice(self.posts) if self.posts else None

    def _redate(self) -> None:
        """Date a post anew that nobody was sent: by title and date alone no post is known later."""
        if (told := self._any()) and told.origin not in self._sent():
            dated = self.now - timedelta(hours=self.random.randrange(-40, 120))
            self._change(told, dated=dated)

    def _sent(self) -> set[int]:
        return {
            self.origins[post.id]
            for machine in self.machines
            for issue in machine.project.folders.all()
            for post in issue.posts
        }

    def _retitle(self) -> None:
        self._change(self._any(), title=" ".join(self.random.choices(VOCABULARY, k=4)))

    def _retag(self) -> None:
        self._change(
            self._any(), tags=tuple(t for t in ASKED.values() if self.random.random() < 0.6)
        )

    def _edit(self) -> None:
        """Let a post lose a few words and gain others."""
        if told := self._any():
            words = told.text.split()
            at = self.random.randrange(len(words) - 8)
            cut = words[:at] + self.random.choices(VOCABULARY, k=4) + words[at + 4 :]
            self._change(told, text=" ".join(cut))

    def _rename(self) -> None:
        self._rename_one(self._any(), identity=f"r{len(self.origins)}")

    def _move(self) -> None:
        source = self.random.choice(SOURCES)
        self._rename_one(self._any(), identity=f"m{len(self.origins)}", source=source)

    def _twin(self) -> None:
        if told := self._any():
            other = SOURCES[1 - SOURCES.index(told.source)]
            self._tell(replace(told, source=other, identity=f"t{len(self.origins)}"))

    def _withdraw(self) -> None:
        if told := self._any():
            self.posts.remove(told)

    def _collect(self) -> None:
        self._machine().collect(self.posts, self.now)

    def _machine(self) -> Machine:
        return self.random.choice(self.machines)

    def _lose(self) -> None:
        self._machine().lose()

    def _off(self) -> None:
        self._machine().configure((self.random.choice(SOURCES),))

    def _on(self) -> None:
        self._machine().configure(SOURCES)

    def _merge(self) -> None:
        """Bring both machines' issues together, as git does: sealed before drafts, else the newer."""
        one, other = (machine.root / "issues" for machine in self.machines)
        for here, there in ((one, other), (other, one)):
            for folder in sorted(here.glob("*-*")) if here.is_dir() else ():
                if _is_newer(folder, there / folder.name):
                    shutil.rmtree(there / folder.name, ignore_errors=True)
                    shutil.copytree(folder, there / folder.name)
            if (here / "skipped").is_dir():
                shutil.copytree(here / "skipped", there / "skipped", dirs_exist_ok=True)

    def _build(self) -> None:
        machine, name = self._machine(), self.random.choice(EDITIONS)
        self._merge()
        if self.random.random() < 0.8:
            machine.collect(self.posts, self.now)
        with self._telling_what_is_not_there():
            self.build(machine, name)

    @contextmanager
    def _telling_what_is_not_there(self) -> Iterator[None]:
        """Let editor.md name a post that this machine does not know: that is an error, rightly."""
        try:
            yield
        except (EditorError, IssueFolderError) as error:
            self.log[-1] += f" {error.message}"

    def build(self, machine: Machine, name: str) -> BuildReport:
        """Ask for the dry run, ask why of some posts, and build: all three have to agree."""
        project, edition = machine.project, machine.project.config.edition(name)
        dated = None if edition.schedule else self._date(machine, name)
        dry = build(project, edition, dated, dry_run=True, now=self.now)
        decided = {d.id: (d.verdict, d.rule) for d in dry.decisions}
        if dated is None or self._would_be(machine, name, dated):
            self._ask_why(machine, name, decided)
        made = build(project, edition, dated, now=self.now)
        self.log[-1] += f" {made.issue}: {made.status} {[p and p[8:] for p in made.posts]}"
        assert (made.status, made.posts) == (dry.status, dry.posts)
        built = {d.id: (d.verdict, d.rule) for d in made.decisions}
        assert built.items() <= decided.items() or not built
        return made

    def _date(self, machine: Machine, name: str) -> date:
        """Return today, or the open draft's date as often as not."""
        today = self.now.astimezone(ZoneInfo("Europe/London")).date()
        issues = machine.project.folders.all(name)
        if issues and issues[-1].state == "draft" and self.random.random() < 0.5:
            return issues[-1].dated
        return max(today, issues[-1].dated) if issues else today

    def _would_be(self, machine: Machine, name: str, dated: date) -> bool:
        """Tell whether a build without a date would be of that one."""
        edition = machine.project.config.edition(name)
        return dated == target(machine.project, edition, self.now).dated

    def _ask_why(self, machine: Machine, name: str, decided: Mapping[str, tuple[str, str]]) -> None:
        with machine.project.archive_to_read() as archive:
            known = [post.id for post in archive.posts(sources=machine.sources)]
        for id_ in self.random.sample(known, min(4, len(known))):
            (reason,) = why(machine.project, id_, name, now=self.now)
            said = (reason.verdict, reason.rule)
            if id_ in decided:
                assert said == decided[id_], f"why {id_}: {said}, dry run: {decided[id_]}"
            elif reason.verdict == "chosen":
                assert reason.detail.startswith("in "), f"why {id_}: {reason}, not in the dry run"

    def _draft(self) -> tuple[Machine, str] | None:
        machine = self._machine()
        drafts = [i.id for i in machine.project.folders.all() if i.state == "draft"]
        return (machine, self.random.choice(drafts)) if drafts else None

    def _seal(self) -> None:
        self._merge()
        machine = self._machine()
        for issue in machine.project.folders.all():
            if issue.state == "draft":
                # One whose editor.md makes another issue by now has to be built first.
                with self._telling_what_is_not_there():
                    approve(machine.project, issue.id, anyway="a bare template", now=self.now)
        self._merge()

    def _drop(self) -> None:
        self._edit_notes("drop")

    def _later(self) -> None:
        self._edit_notes("later")

    def _pin(self) -> None:
        self._edit_notes("pin")

    def _edit_notes(self, key: str) -> None:
        """Write a choice into a draft's editor.md, and build it."""
        self._merge()
        if (found := self._draft()) is None:
            return
        machine, id_ = found
        machine.collect(self.posts, self.now)
        with machine.project.archive_to_read() as archive:
            known = [post.id for post in archive.posts(sources=machine.sources)]
        issue = machine.project.folders.summary(id_)
        held = [post.id for post in issue.posts if post.id in known]
        named = known if key == "pin" or self.random.random() < 0.3 else held
        if not named:
            return
        chosen = self.random.choice(named)
        edition = machine.project.config.edition(issue.edition)
        with self._telling_what_is_not_there():
            self._build_with(machine, edition, issue, key, chosen)

    def _build_with(
        self, machine: Machine, edition: Edition, issue: IssueSummary, key: str, chosen: str
    ) -> None:
        editor = issue.folder / "editor.md"
        before = editor.read_text()
        editor.write_text(f"---\n{key}: [{chosen}]\n---\n")
        made = build(machine.project, edition, issue.dated, now=self.now)
        self.log[-1] += f" {chosen} in {issue.id}: {made.status}"
        if key == "pin":
            self.pinned.add((issue.edition, self.origins[chosen]))
        if made.status == "nothing-to-send":
            editor.write_text(before)

    def _delete(self) -> None:
        """Delete a draft's folder, on both machines."""
        self._merge()
        if found := self._draft():
            for machine in self.machines:
                shutil.rmtree(machine.root / "issues" / found[1], ignore_errors=True)
            self.log[-1] += f" {found[1]}"

    # ------------------------------------------------------------ the end

    def finish(self) -> None:
        """Let everything be read and built until nothing more comes, then judge."""
        self.log.append("finish")
        self._merge()
        for machine in self.machines:
            machine.configure(SOURCES)
        machine = self.machines[0]
        for _ in range(40):
            self.now += timedelta(days=7)
            machine.collect(self.posts, self.now)
            self.log.append(f"{self.now:%m-%d %H:%M} build")
            reports = []
            for name in EDITIONS:
                reports.append(self.build(machine, name))
                if reports[-1].status in ("built", "unchanged"):
                    approve(machine.project, reports[-1].issue, anyway="bare", now=self.now)
            if all(report.status == "nothing-to-send" for report in reports):
                break
        for name in EDITIONS:
            self._judge(machine, name)

    def _judge(self, machine: Machine, name: str) -> None:
        issues = machine.project.folders.all(name)
        if not issues:
            return
        sent = [self.origins[post.id] for issue in issues for post in issue.posts]
        twice = {
            o for o, times in Counter(sent).items() if times > 1 and (name, o) not in self.pinned
        }
        assert not twice, f"{name}: sent twice: {twice}"
        self._judge_drops(name, issues)
        begun = min(issue.window.start_at for issue in issues)
        for told in self.posts:
            is_eligible = ASKED[name] in told.tags and begun <= told.dated < self.now
            if is_eligible and told.origin not in sent:
                (reason,) = why(machine.project, told.id, name, now=self.now)
                assert reason.rule in REASONS, f"{name}: {told.id} was lost: {reason}"

    def _judge_drops(self, name: str, issues: Sequence[IssueSummary]) -> None:
        """Hold that what an issue's editor dropped is in no later issue, whatever it was called."""
        dropped: dict[int, str] = {}
        for issue in issues:
            for post in issue.posts:
                origin = self.origins[post.id]
                is_free = origin not in dropped or (name, origin) in self.pinned
                assert is_free, f"{issue.id}: {post.id} was dropped in {dropped[origin]}"
            text = (issue.folder / "editor.md").read_text()
            for id_ in re.findall(r"^drop: \[(.+)\]$", text, re.M):
                dropped.setdefault(self.origins[id_], issue.id)


def _is_newer(one: Path, other: Path) -> bool:
    if not (one / "issue.json").is_file():
        return False
    if not other.is_dir():
        return True
    ranks = [(p / "approval.json").exists() for p in (one, other)]
    if ranks[0] != ranks[1]:
        return ranks[0]
    return (one / "issue.json").stat().st_mtime > (other / "issue.json").stat().st_mtime


def run(seed: int, events: int = 40) -> None:
    """Let one history happen.

    Raises:
        AssertionError: if the oracle is contradicted; its notes tell the history.
    """
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), seed)
        try:
            for _ in range(events):
                world.happen(world.random.choice(EVENTS))
            world.finish()
        except Exception as exc:
            exc.add_note(f"history {seed}, weekly: {world.settings!r}\n" + "\n".join(world.log))
            raise


def main(histories: int = 300, first: int = 0) -> int:
    """Run many histories; print what contradicts the oracle."""
    import traceback

    failed = 0
    for seed in range(first, first + histories):
        try:
            run(seed)
        except Exception:  # noqa: BLE001 -- the next history may tell more
            failed += 1
            traceback.print_exc()
    print(f"{histories} histories from {first} on, {failed} contradict the oracle")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
