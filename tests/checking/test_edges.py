"""Each number that a rule names, met exactly: the last that is well, and the first that is not."""

from __future__ import annotations

from typing import Any

import pytest

from digest.checking import Spam
from digest.checking.parsing import mail
from tests.checking.mail import PAGE, found
from tests.checking.test_rules import (
    HTTPS,
    LORRY,
    PNG,
    add,
    context,
    online,
    page,
    picture,
    styled,
)


def sized(size: int) -> dict[str, Any]:
    """Return the email as a page of so many bytes."""
    return add(f"<!--{'x' * (size - len(PAGE.encode()) - 7)}-->", "</body>")


def sheets(characters: int) -> dict[str, Any]:
    """Return the email with so many characters of style sheets."""
    there = sum(len(part.partition("</style>")[0]) for part in PAGE.split("<style>")[1:])
    return page(("<style>p{margin:0}", f"<style>p{{margin:0}}{' ' * (characters - there)}"))


def subject(characters: int) -> dict[str, Any]:
    return {"issue": {"subject": "The bus" + "s" * (characters - 7)}}


EDGES = {
    "subject-60": ("SUBJECT", subject(60), subject(61)),
    "subject-10": ("SUBJECT-SHORT", subject(10), subject(9)),
    "bytes-80,000": ("SIZE-CLIP", sized(80_000), sized(80_001)),
    "styles-16,000": ("SIZE-STYLE", sheets(16_000), sheets(16_001)),
    "contrast-4.5": ("CONTRAST", styled("color:#767676;background:#ffffff"), styled("color:#777777;background:#ffffff")),
    "contrast-3-large": (
        "CONTRAST",
        styled("color:#949494;font-size:24px"),
        styled("color:#949494;font-size:23.9px"),
    ),
    "contrast-3-bold": (
        "CONTRAST",
        styled("color:#949494;font-size:18.66px;font-weight:bold"),
        styled("color:#949494;font-size:18.6px;font-weight:bold"),
    ),
    "contrast-under-3-large": (
        "CONTRAST",
        styled("color:#949494;font-size:24px"),
        styled("color:#969696;font-size:24px"),
    ),
    "font-13": ("FONT-MIN", styled("font-size:14px"), styled("font-size:13.9px")),
    "alt-125": (
        "IMG-ALT-FILE",
        picture(f'src="{HTTPS}a.png" {PNG} alt="{"lorry " * 20}12345"'),
        picture(f'src="{HTTPS}a.png" {PNG} alt="{"lorry " * 20}123456"'),
    ),
    "zoom-5": (
        "VIEWPORT-ZOOM",
        page(("initial-scale=1", "initial-scale=1, maximum-scale=5")),
        page(("initial-scale=1", "initial-scale=1, maximum-scale=4.9")),
    ),
    "seconds-5": ("LINK-SLOW", online(bus={"seconds": 4.99}), online(bus={"seconds": 5.01})),
    "pixels-1200": (
        "IMG-LARGE",
        online(image={"width": 1200, "height": 1200}),
        online(image={"width": 10, "height": 1201}),
    ),
    "spam": (
        "SPAM",
        context(spam=Spam(program="rspamd", score=2.4, limit=5)),
        context(spam=Spam(program="rspamd", score=5, limit=5)),
    ),
    "target-44": (
        "TARGET",
        add(f'<p><a class="link" style="display:block;line-height:44px;color:#0f6655" href="{LORRY}">A lorry</a></p>'),
        add(f'<p><a class="link" style="display:block;line-height:43px;color:#0f6655" href="{LORRY}">A lorry</a></p>'),
    ),
    "outlook-ground-alone": (
        "CONTRAST",
        page(("</style>\n</head>", "[data-ogsb] .ink{background:#111111 !important}</style>\n</head>")),
        page(("</style>\n</head>", "[data-ogsb] .ink{background:#111111 !important;color:#333333 !important}</style>\n</head>")),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "well", "too_much"), EDGES.values(), ids=EDGES)
def test_a_rule_speaks_from_where_it_says(
    rule: str, well: dict[str, Any], too_much: dict[str, Any]
) -> None:
    assert rule not in found(**well)
    assert rule in found(**too_much)


def test_near_the_cut_is_a_warning_and_beyond_it_an_error() -> None:
    assert found(**sized(99_999))["SIZE-CLIP"] == "warning"
    assert found(**sized(100_000))["SIZE-CLIP"] == "error"


@pytest.mark.parametrize(
    ("deep", "found"), [(0, ["text/html"]), (12, ["text/html"]), (13, ["multipart/mixed"])]
)
def test_a_mail_is_read_as_deep_as_mails_are_forwarded(deep: int, found: list[str]) -> None:
    whole = "Content-Type: text/html\r\n\r\n<p>Moss</p>\r\n"
    for level in range(deep):
        head = f"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n"
        whole = f"{head}--b{level}\r\n{whole}\r\n--b{level}--\r\n"
    assert [part.type for part in mail.read(whole.encode()).parts] == found
