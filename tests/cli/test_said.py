"""What every command says to other programs, whole: JSON, and lines in a pipe. `said.txt`.

`DIGEST_UPDATE_GOLDENS=1` writes it anew; look at what changed before you keep it.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Answer, Blog
from tests.golden import hold_text

Run = Callable[..., Answer]
GOLDEN = Path(__file__).with_name("said.txt")
FIRST, SECOND = "2026-10-04", "2026-10-11"
COMMANDS = (
    "sources --json",
    "collect --json",
    "collect --full --json",
    "collect nowhere",
    "sources --json",
    "sources",
    "posts --json --series Night-notes",
    "posts --tag birds --since 2026-10-03",
    "posts --fixups",
    "tags --json",
    "tags",
    "series --json",
    "series",
    f"build weekly --date {FIRST} --json",
    f"build --all --date {SECOND} --dry-run",
    f"build by-tag-roofs --date {SECOND} --dry-run --json",
    f"build weekly --date {SECOND} --dry-run",
    f"build weekly --date {SECOND}",
    f"build weekly --date {SECOND}",
    f"build weekly --date {SECOND} --force",
    f"build by-tag-roofs --date {SECOND}",
    "build nobody",
    "--log-json tags",
    "--quiet issues",
    "issues --json",
    f"diff {FIRST}-weekly {SECOND}-weekly --json",
    f"diff {FIRST}-weekly {SECOND}-weekly",
    f"check {SECOND}-weekly --json",
    f"check {SECOND}-weekly",
    "check ../odd.html --strict --format junit",
    "check ../odd.html --format github",
    "check ../odd.html --json",
    "check ../odd.html",
    "check --explain PREHEADER --json",
    "why https://letter.example/moss/ --json",
    "why https://letter.example/dull/",
    "why https://letter.example/mos/",
    f"deliver {SECOND}-weekly",
    f"approve {SECOND}-weekly",
    f"approve {SECOND}-weekly",
    f"deliver {SECOND}-weekly --to brevo --audience friends --dry-run",
    f"deliver {SECOND}-weekly --to folder --json",
    f"deliver {SECOND}-weekly --to folder",
    f"deliver {SECOND}-weekly --to nowhere",
    f"deliver {SECOND}-weekly --to folder --test nobody",
    f"deliver {SECOND}-weekly --schedule 2026-10-11T08:00",
    f"deliver {SECOND}-weekly --schedule soon",
    f"approve {SECOND}-weekly --withdraw",
    f"rebuild {FIRST}-weekly",
    "readers ../readers.csv --for listmonk -o ../listmonk.csv",
    "readers ../readers.csv --for mailchimp -o ../mailchimp.csv --json",
    "services --json",
    "issues",
)
CONFIGURED = """limit = 3
carry_over = "2 issues"
schedule = "weekly on sunday at 08:00"
[[edition.weekly.section]]
title = "Birds"
tags = "birds"
[[edition.weekly.section]]
title = "The rest"
[edition."by-tag-{tag}"]
for_each = "tag"
at_least = 2
cool_down = { weekly = "3 days" }
[edition."for-{choice}"]
for_each = "choice"
[service.folder]
path = "drafts"
[service.brevo]
sender = "The editors <editors@letter.example>"
key_env = "BREVO_KEY"
url = "http://127.0.0.1:9/v3"
[service.brevo.audiences]
friends = 7
"""
READERS = """E-mail,First name,Follows
ada@letter.example,Ada,birds; roofs
ben@letter.example,Ben,Roofs;Birds
cat@letter.example,,stars
ADA@letter.example,Ada,stars
dan@letter.example,Dan,
eve@letter.example,Eve,nuts; oats; peas; quinces; rye; sorrel
nobody,,birds
"""


def test_what_commands_say_to_other_programs(
    digest: Run, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BREVO_KEY", "a secret that is shown nowhere")
    blog.configure(CONFIGURED)
    (blog.root.parent / "readers.csv").write_text(READERS, encoding="utf-8")
    for name, day, title, tags in (
        ("dull", "10-03", "Opening hours", "news"),
        ("moss", "10-09", "Moss on a roof. By Ada Penhaligon", "roofs"),
        ("swifts", "10-08", "Counting swifts", "birds"),
        ("owls", "10-10", "Owls do not count", "birds"),
        *((f"night{n}", f"10-{n:02}", f"Night notes, part {n}", "stars") for n in (1, 2, 4)),
    ):
        blog.write(name, title, f"2026-{day}T09:00:00Z", tags, f"They came back late to {title}.")
    odd = '<html><body><h2></h2><p>TK <a href="http://a.example">Click here</a><img src="/a.png">'
    (blog.root.parent / "odd.html").write_text(odd, encoding="utf-8")
    monkeypatch.chdir(blog.root)
    told = "".join(f"{line}\n" for line in _told(digest))
    told = _lasting(told, blog.root)
    hold_text(GOLDEN, told)


def _told(digest: Run) -> Iterator[str]:
    for command in COMMANDS:
        said = digest(*shlex.split(command))
        yield f"\n$ digest {command}{f'   # ends with {said.code}' if said.code else ''}"
        if "--json" in command and said.out:
            yield json.dumps(said.json, ensure_ascii=False, indent=1)
        else:
            yield said.out.removesuffix("\n")
        yield from (f"! {line}" for line in said.err.splitlines())
    for name in [
        name for name in ("listmonk.csv", "mailchimp.csv") if (Path("..") / name).exists()
    ]:
        yield f"\n==== {name}"
        yield (Path("..") / name).read_text(encoding="utf-8").rstrip()


def _lasting(told: str, root: Path) -> str:
    """Return a text that stays: without this moment, this folder, and what templates weigh."""
    told = told.replace(str(root.parent), "…")
    told = re.sub(r"\b(?!2026-10)20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:[\d.]+)?(Z|\+00:00)?", "NOW", told)
    told = re.sub(r"(?<=\d-weekly)-[0-9a-f]{10}\b", "-##########", told)
    told = re.sub(r"\b\d{1,3},\d{3}\b|(?<=bytes\": )\d+|\b\d{5}\b(?= )", "#", told)
    told = re.sub(r'("(seconds|at)": )[\d.]+', r"\1#", told)
    return re.sub(r"[0-9a-f]{64}", "DIGEST", told)
