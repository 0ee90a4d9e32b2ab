"""An email without a fault, and how to spoil it in one place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from digest.checking import Case, Context, Past, judge
from digest.checking.parsing import read_message
from digest.models import (
    Finding,
    Image,
    Issue,
    NewsletterView,
    PostView,
    SectionView,
    SeriesView,
    Window,
    replace,
)

PAGE = """\
<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<title>The bus that stops for readers</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<style>p{margin:0}@media (max-width:480px){.wide{width:100% !important}}</style>
<style>@media (prefers-color-scheme:dark){.ground{background-color:#121311 !important}\
.ink{color:#eceae3 !important}.link{color:#7ecbb5 !important}}</style>
</head>
<body style="margin:0;background-color:#ffffff">
<div lang="en" dir="ltr" class="ground" style="background-color:#ffffff">
<div style="display:none;color:#1f1e1b">Three nights a week a bus full of books goes over the moor.</div>
<!--[if mso]><table role="presentation" width="600"><tr><td><![endif]-->
<table role="presentation" width="100%" style="max-width:600px"><tr><td class="ink" style="color:#1f1e1b;font-size:16px;\
line-height:25px">
<h1>The Lamplighters</h1>
<p>Good evening. This week the buses run late, the kettles sing, and somebody has written to us from the far end
of the night shift about a fox, a ladder, and what to do when both of them want to come into the reading room.</p>
<a href="https://lamplighters.example/bus/"><img src="https://lamplighters.example/bus.png" width="552" height="300"
alt="A small bus on a hill road at night"></a>
<h2>The bus that stops for readers</h2>
<p>By Solveig Marchbanks. Three nights a week a bus full of books goes over the moor to places where the only
other light is the milking shed. It leaves at ten and is home by six, and it has never once been empty.
<a class="link" href="https://lamplighters.example/bus/" style="color:#0f6655">The whole story of the bus</a></p>
<h2>Who moved the kettle?</h2>
<p>By Ada Penhaligon. There are forty years of minutes in the archive, and I have now read all of them. The commonest
item is money. The second is the kettle, which nobody has ever seen anybody move.
<a class="link" href="https://lamplighters.example/kettle/" style="color:#0f6655">The case of the kettle</a></p>
<p>You get this because you asked for it. <a class="link" href="https://lamplighters.example/bye"
style="color:#0f6655">Unsubscribe</a></p>
<p>12 Lantern Yard, Port Ellery ZZ9 7LG</p>
</td></tr></table>
<!--[if mso]></td></tr></table><![endif]-->
</div>
</body>
</html>
"""

TEXT = """\
The bus that stops for readers
https://lamplighters.example/bus/

Who moved the kettle?
https://lamplighters.example/kettle/

Unsubscribe: https://lamplighters.example/bye
12 Lantern Yard, Port Ellery ZZ9 7LG
"""

HEAD = """\
From: The Lamplighters <letters@lamplighters.example>
To: Reader <reader@example.com>
Subject: The bus that stops for readers, and a kettle
Date: Sun, 11 Oct 2026 23:00:00 +0000
Message-ID: <2026-10-11@lamplighters.example>
List-Id: <weekly.lamplighters.example>
List-Unsubscribe: <https://lamplighters.example/bye>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="edge"
"""

PARTS = """
--edge
Content-Type: text/plain; charset="utf-8"

{text}
--edge
Content-Type: text/html; charset="utf-8"

<p>as above</p>
--edge--
"""

BUS = PostView(
    id="bus",
    url="https://lamplighters.example/bus/",
    permalink="https://lamplighters.example/bus/",
    title="The bus that stops for readers",
    byline="Solveig Marchbanks",
    date_iso="2026-10-10T08:00:00Z",
    series=(SeriesView(name="Quiet Hours", label="part 1", part=1),),
    image=Image(url="https://lamplighters.example/bus.png", width=1104, height=600),
)
KETTLE = PostView(
    id="kettle",
    url="https://lamplighters.example/kettle/",
    permalink="https://lamplighters.example/kettle/",
    title="Who moved the kettle?",
    byline="Ada Penhaligon",
    date_iso="2026-10-09T08:00:00Z",
    series=(SeriesView(name="Quiet Hours", label="part 2", part=2),),
)
ISSUE = Issue(
    id="2026-10-11-weekly",
    edition="weekly",
    number=2,
    dated=date(2026, 10, 11),
    title="The weekly letter",
    template="weekly",
    service="plain",
    newsletter=NewsletterView(
        name="The Lamplighters",
        sender="The Lamplighters <letters@lamplighters.example>",
        address="12 Lantern Yard, Port Ellery ZZ9 7LG",
        unsubscribe="https://lamplighters.example/bye",
    ),
    window=Window(
        start_at=datetime(2026, 10, 4, 23, tzinfo=UTC),
        cutoff_at=datetime(2026, 10, 11, 23, tzinfo=UTC),
    ),
    subject="The bus that stops for readers, and a kettle",
    preheader="Three nights a week a bus full of books goes over the moor.",
    sections=(SectionView(title="", posts=(BUS, KETTLE)),),
)
LAST = Past(
    id="2026-10-04-weekly",
    subject="A fox at the returns slot",
    preheader="At twenty to four the returns bell rang, and there was nobody there.",
    sender="The Lamplighters <letters@lamplighters.example>",
)
CONTEXT = Context(
    issue=ISSUE,
    service="plain",
    past=(LAST,),
    authors=("Solveig Marchbanks", "Ada Penhaligon"),
    today=date(2026, 10, 11),
)

Edits = tuple[tuple[str, str], ...]


def edited(text: str, edits: Edits) -> str:
    """Return a text with each edit made once; an edit that fits nowhere is a mistake of the test."""
    for old, new in edits:
        assert old in text, f"{old!r} is not in the email"
        text = text.replace(old, new, 1)
    return text


def case(
    *,
    page: Edits = (),
    text: Edits = (),
    head: Edits = (),
    parts: Edits = (),
    issue: Mapping[str, Any] | None = None,
    letter: Mapping[str, Any] | None = None,
    posts: tuple[PostView, ...] | None = None,
    context: Mapping[str, Any] | None = None,
    is_issue: bool = True,
) -> Case:
    """Return the faultless email's case, spoilt as told."""
    plain = edited(TEXT, text)
    whole = edited(HEAD, head) + edited(PARTS, parts).format(text=plain)
    changed = dict(issue or {})
    if letter:
        changed["newsletter"] = replace(ISSUE.newsletter, **letter)
    if posts is not None:
        changed["sections"] = (SectionView(title="", posts=posts),)
    known = replace(
        CONTEXT, issue=replace(ISSUE, **changed) if is_issue else None, **(context or {})
    )
    return Case(
        edited(PAGE, page),
        text=plain,
        message=read_message(whole.encode()),
        context=known,
    )


def findings(**changes: Any) -> tuple[Finding, ...]:
    """Return what the rules find in the faultless email, spoilt as told."""
    return judge(case(**changes), {})


def found(**changes: Any) -> dict[str, str]:
    """Return the rules that find something, each with its gravest severity."""
    told: dict[str, str] = {}
    for finding in findings(**changes):
        told.setdefault(finding.rule, finding.severity)
    return told
