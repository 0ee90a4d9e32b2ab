"""Rules know kinds, not examples: further members of each, and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from digest.rendering.words import words
from digest.rendering.words.shipped import tags
from tests.checking.mail import findings, found
from tests.checking.test_rules import HTTPS, LORRY, PNG, add, link, page, picture, styled
from tests.golden import hold_lines

WAY_OUT = (
    '<a class="link" href="https://lamplighters.example/bye"\nstyle="color:#0f6655">Unsubscribe</a>'
)


def said(text: str) -> dict[str, object]:
    return add(f"<p>{text.encode('ascii', 'xmlcharrefreplace').decode()}</p>")


def way_out(text: str, href: str = "https://lamplighters.example/x1") -> dict[str, object]:
    words = text.encode("ascii", "xmlcharrefreplace").decode()
    changed = f'<a class="link" href="{href}" style="color:#0f6655">{words}</a>'
    return page((WAY_OUT, changed))


def sender(host: str) -> dict[str, object]:
    return {"letter": {"sender": f"The Lamplighters <letters@{host}>"}}


def in_a_sheet(declaration: str) -> dict[str, object]:
    sheet = f"@media (max-width:480px){{.a{{{declaration}}}}}</style>\n</head>"
    return page(("</style>\n</head>", sheet))


WRITTEN: dict[str, Callable[[str], dict[str, object]]] = {
    "words of the way out": way_out,
    "hosts of a sender": sender,
    "links": link,
    "words of a link": lambda text: link(LORRY, text),
    "words of a link, and where it leads": lambda both: link(*both.split(" > ")[::-1]),
    "words of a paragraph": said,
    "markup": add,
    "alt texts": lambda alt: picture(f'src="{HTTPS}a.png" {PNG} alt="{alt}"'),
    "addresses of pictures": lambda address: picture(f'src="{address}" {PNG} alt="A lorry"'),
    "styles": styled,
    "declarations of a sheet for telephones": in_a_sheet,
}
"""Where each group of `kinds.txt` is put into an email without a fault."""


def test_each_member_of_a_kind_is_told_and_what_only_looks_like_one_is_not() -> None:
    """`kinds.txt` lists both, with the rules that object."""

    def told(group: str, written: str) -> str:
        rules = found(**WRITTEN[group.partition(":")[0]](written))
        return ", ".join(f"{rule} {severity}" for rule, severity in rules.items()) or "nothing"

    hold_lines(Path(__file__).with_name("kinds.txt"), told)


@pytest.mark.parametrize("language", tags())
def test_every_language_of_the_labels_has_a_way_out(language: str) -> None:
    assert "UNSUB-BODY" not in found(**way_out(words(language)["unsubscribe"]))


@pytest.mark.parametrize("href", ["", "#"])
def test_a_way_out_that_leads_nowhere_is_none(href: str) -> None:
    assert found(**way_out("Unsubscribe", href))["UNSUB-BODY"] == "error"


def test_a_tag_that_nobody_sees_is_no_way_out() -> None:
    hidden = page((WAY_OUT, "<!-- *|UNSUB|* -->"))
    assert found(context={"service": "mailchimp"}, **hidden)["UNSUB-BODY"] == "error"


@pytest.mark.parametrize("language", tags())
def test_what_our_own_labels_call_a_post_s_link_is_not_vague(language: str) -> None:
    label = words(language)["read_on"]
    assert found(**link(LORRY, f"{label}: The lorry")) == {}


@pytest.mark.parametrize(
    "change",
    [
        styled("opacity:.4"),
        styled("opacity:40%"),
        add('<table role="presentation"><tr><td bgcolor="333333">Words of a story</td></tr></table>'),
        page(("</style>\n</head>", "[data-ogsc] .ink{color:#222222 !important}"
              "[data-ogsb] .ground{background-color:#111111 !important}</style>\n</head>")),
    ],
    ids=["half transparent", "half transparent in percent", "a colour without its mark", "Outlook's dark mode"],
)  # fmt: skip
def test_contrast_is_worked_out_from_all_that_colours(change: dict[str, object]) -> None:
    assert found(**change) == {"CONTRAST": "error"}


def test_a_colour_that_is_none_leaves_the_one_around_it() -> None:
    assert "CONTRAST" not in found(**styled("color:nocolour"))
    inside = (
        '<div style="color:#bbb;background:#fff"><p style="color:{}">Words of a story</p></div>'
    )
    for word in ("nocolour", "currentColor", "inherit", "#12"):
        assert "CONTRAST" in found(**add(inside.format(word))), word


def test_what_outlook_makes_of_half_a_rule_is_not_guessed() -> None:
    half = "[data-ogsc] .ink{color:#eeeeee !important}</style>\n</head>"
    assert found(**page(("</style>\n</head>", half))) == {}


@pytest.mark.parametrize(
    "style",
    [
        "display:block;border:15px solid #0f6655;line-height:1.1",
        "display:inline-block;min-height:44px",
        "display:block;padding:1em",
    ],
)
def test_borders_and_ems_make_a_button_tall(style: str) -> None:
    button = f'<p><a class="link" style="{style};color:#0f6655" href="{LORRY}">A lorry</a></p>'
    assert "TARGET" not in found(**add(button))


def test_a_page_of_warnings_is_no_error_and_hides_none() -> None:
    warnings = "<ul>" + "<li>Words" * 40 + "</ul>"
    assert found(**add(warnings))["UNCLOSED"] == "warning"
    both = "<ul>" + "<li>Words" * 40 + "</ul><div>" + "<b>" * 40
    told = [f for f in findings(**add(both)) if f.rule == "UNCLOSED"]
    assert {f.severity for f in told} == {"warning", "error"}
    assert sum(f.severity == "error" and f.line > 0 for f in told) == 12


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        *(("REPLY-TO", {"letter": {"sender": f"The Lamplighters <{name}@lamplighters.example>"}})
          for name in ("nao-responda", "non-rispondere", "donotreply", "keine-antwort")),
        *(("SUBJECT-SHORT", {"issue": {"subject": words}}) for words in ("Gr\u00fc\u00dfe", "\u041d\u043e\u0432\u043e\u0441\u0442\u0438")),
        ("LINK-HTTP", add('<table role="presentation" background="http://x.example/a.png"><tr><td>Words</td></tr></table>')),
        ("IMG-HEIGHT", picture(f'src="{HTTPS}a.png" width="300" style="height:1800px" alt="A lorry"')),
        ("VML-ALT", add(f'<!--[if gte mso 9]><V:IMAGE SRC="{HTTPS}a.png" /><![endif]-->')),
        ("VML-LINK", add("<!--[if mso]><V:ROUNDRECT></V:ROUNDRECT><![endif]-->")),
        ("POSTAL", page(("12 Lantern Yard, Port Ellery ZZ9 7LG", "Call 555 0199 or write to us"))),
        ("MISPLACED", add(f'<button><a class="link" href="{LORRY}" style="color:#0f6655">The lorry</a></button>')),
        ("MISPLACED", add(f'<a href="{LORRY}"><table role="presentation"><tr><td><a href="{LORRY}">The lorry</a></td></tr></table></a>')),
        *(("STYLE-BROKEN", styled(style)) for style in (
            "padding-top:20", "margin:0 auto 10", "font-size:18pxx", "letter-spacing:.5")),
    ],
)  # fmt: skip
def test_further_members_of_each_kind_are_told(rule: str, change: dict[str, object]) -> None:
    assert rule in found(**change)


@pytest.mark.parametrize(
    "change",
    [
        *(page(("12 Lantern Yard, Port Ellery ZZ9 7LG", place.encode("ascii", "xmlcharrefreplace").decode()))
          for place in ("Hauptstra\u00dfe 5, 10115 Berlin", "ul. Prosta 10, 00-590 Warszawa",
                        "\u0443\u043b. \u041b\u0435\u0441\u043d\u0430\u044f 5, \u041c\u043e\u0441\u043a\u0432\u0430", "Storgata 5, 0155 Oslo", "Rua Augusta, 100")),
        {"letter": {"sender": "the Lamplighters <letters@lamplighters.example>"}},
        {"letter": {"sender": "The Lamplighters <nora.reply@lamplighters.example>"}},
        {"issue": {"subject": "\u65b0\u3057\u3044\u672c\u306e\u8a71"}},
        *(styled(style) for style in ("padding:0 0 0 10PX", "margin:0 auto", "line-height:2", "width:50%")),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_member_is_left_alone(change: dict[str, object]) -> None:
    assert found(**change) == {}


@pytest.mark.parametrize(
    "tag",
    ["{{ first_name }}", '{{ first_name | default: &quot;you&quot; }}', "{{{x}}}", "%%name%%",
     "&lt;%= name %&gt;", "${name}", "{% if x %}", "*|UNSUB|*", "##name##"],
)  # fmt: skip
@pytest.mark.parametrize("element", ["code", "pre", "samp", "kbd"])
def test_a_tag_in_code_is_there_to_be_read(tag: str, element: str) -> None:
    shown = found(**add(f"<p>Write <{element} style='margin:0'>{tag}</{element}> there</p>"))
    assert "TEMPLATE-TAG-LEFT" not in shown


def test_a_tag_beside_code_is_still_one_that_nobody_fills_in() -> None:
    assert "TEMPLATE-TAG-LEFT" in found(**add("<p><code>{{ x }}</code> and {{ title }}</p>"))
