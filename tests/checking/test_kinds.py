"""Rules know kinds, not examples: further members of each, and what only looks like one."""

from __future__ import annotations

import pytest

from digest.rendering.words import words
from digest.rendering.words.shipped import tags
from tests.checking.mail import findings, found
from tests.checking.test_rules import HTTPS, LORRY, PNG, add, link, page, picture, styled

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


@pytest.mark.parametrize("language", tags())
def test_every_language_of_the_labels_has_a_way_out(language: str) -> None:
    assert "UNSUB-BODY" not in found(**way_out(words(language)["unsubscribe"]))


@pytest.mark.parametrize(
    "text",
    [
        *("Leave this list", "Stop these emails", "Newsletter abbestellen", "Me désinscrire"),
        *("Darme de baja", "Cancelar assinatura", "Avprenumerera", "Rezygnacja", "取消订阅"),
    ],
)
def test_ways_out_are_known_by_other_words(text: str) -> None:
    assert "UNSUB-BODY" not in found(**way_out(text))


@pytest.mark.parametrize("href", ["", "#"])
def test_a_way_out_that_leads_nowhere_is_none(href: str) -> None:
    assert found(**way_out("Unsubscribe", href))["UNSUB-BODY"] == "error"


def test_a_tag_that_nobody_sees_is_no_way_out() -> None:
    hidden = page((WAY_OUT, "<!-- *|UNSUB|* -->"))
    assert found(context={"service": "mailchimp"}, **hidden)["UNSUB-BODY"] == "error"


@pytest.mark.parametrize(
    ("host", "is_free"),
    [
        *(
            (name, True)
            for name in ("yahoo.co.in", "hotmail.it", "outlook.de", "live.nl", "gmx.at")
        ),
        *(
            (name, True)
            for name in ("yahoo.com.br", "pm.me", "bluewin.ch", "seznam.cz", "aol.co.uk")
        ),
        *((name, False) for name in ("mygmail.com", "live.example", "yahoo.lamplighters.example")),
    ],
)
def test_free_mail_is_known_in_every_country(host: str, is_free: bool) -> None:
    assert ("FROM-FREEMAIL" in found(**sender(host))) is is_free


PRIVATE = [
    "https://user:secret@lamplighters.example/x",
    "https://staging.lamplighters.example/x",
    "https://dev.lamplighters.example/x",  # the mail links to lamplighters.example itself
    "https://lamplighters.example/node/12/edit",
    "https://lamplighters.substack.com/publish/post/123",
    "https://medium.com/p/abc123/edit",
    "https://us21.admin.mailchimp.com/campaigns/edit?id=1",
    "https://app.buttondown.com/emails/123",
    "https://site-git-main-lamps.vercel.app/x",
    "https://mail.google.com/mail/u/0/#inbox/abc",
    "https://lamps.sharepoint.com/:w:/r/sites/x/Doc.docx?d=1",
]
PUBLIC = [
    "https://beta.gouv.fr/",
    "https://dev.to/x/y",
    "https://preview.redd.it/a.jpg",
    "https://stage.co.uk/x",
    "https://test.example.org/",
    "https://web.archive.org/web/2020/https://x.example/wp-admin/",
    "https://x.example/admin-fees/",
    "https://x.example/?share=twitter",
    "https://x.example/wp-content/uploads/a.pdf",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_pages_are_known(address: str) -> None:
    assert found(**link(address))["LINK-PRIVATE"] == "error"


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_pass(address: str) -> None:
    assert found(**link(address)) == {}


@pytest.mark.parametrize(
    "address",
    [
        "https://r.mail.lamps.example/tr/cl/abc",
        "https://link.mail.beehiiv.com/ss/c/abc",
        "https://lists.lamps.example/lists/lt.php?tid=abc",
        "https://lamps.us1.list-manage.com/unsubscribe?u=1",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.example",
        "https://urldefense.com/v3/__https://x.example__;!!abc",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fx.example",
        "https://www.google.com/url?q=https://x.example",
    ],
)
def test_links_that_a_service_or_a_filter_made_are_known(address: str) -> None:
    assert found(**link(address))["LINK-TRACKBACK"] == "error"


@pytest.mark.parametrize(
    "text",
    [
        *("Read more", "Learn more »", "More info", "this article", "→", "Mehr erfahren"),
        *("En savoir plus", "Saber más", "詳しくはこちら", "Lees meer", "Подробнее", "点击这里"),
    ],
)
def test_vague_links_are_known_in_every_language(text: str) -> None:
    assert found(**link(LORRY, text)) == {"LINK-TEXT": "warning"}


@pytest.mark.parametrize("language", tags())
def test_what_our_own_labels_call_a_post_s_link_is_not_vague(language: str) -> None:
    label = words(language)["read_on"]
    assert found(**link(LORRY, f"{label}: The lorry")) == {}


@pytest.mark.parametrize(
    ("shown", "href", "is_told"),
    [
        ("Node.js", "https://nodejs.example/", False),
        ("README.md", "https://code.example/x", False),
        ("bücher.example", "https://xn--bcher-kva.example/", False),
        ("straße.example", "https://xn--strae-oqa.example/", False),
        ("lamplighters.example.", "https://evil.example/", True),
        ("HTTPS://LAMPLIGHTERS.EXAMPLE", "https://evil.example/", True),
    ],
)
def test_what_looks_like_a_host_is_one(shown: str, href: str, is_told: bool) -> None:
    assert ("LINK-TEXT-URL" in found(**link(href, shown))) is is_told


@pytest.mark.parametrize(
    ("rule", "text", "is_told"),
    [
        *(("PLACEHOLDER", text, True) for text in ("tktk", "[Name]", "asdf", "[LINK]", "XXX")),
        *(("PLACEHOLDER", text, True) for text in ("Click to edit this text", "Ihr Text hier")),
        *(("PLACEHOLDER", text, True) for text in ("Heading goes here", "texto de ejemplo")),
        *(("PLACEHOLDER", text, False) for text in ("Super Bowl XXX", "A TK-421 trooper")),
        *(("PLACEHOLDER", text, False) for text in ("Todo el mundo", "[Video] The bus")),
        *(("COPYRIGHT-YEAR", text, True) for text in ("© Lamps 2025", "© The Lamps, 2025.")),
        *(("COPYRIGHT-YEAR", text, True) for text in ("(c) 2019/24 Lamps", "Copyright © 2025")),
        *(
            ("COPYRIGHT-YEAR", text, False)
            for text in ("© 2019–", "Photo: © 2019 Ada", "© 2025–2026")
        ),
        *(
            ("TEMPLATE-TAG-LEFT", text, True)
            for text in ("Hi null,", "Bonjour ,", "[object Object]")
        ),
        *(("TEMPLATE-TAG-LEFT", text, True) for text in ("{# a note #}", "&lt;%= name %&gt;")),
        *(("ATTACH-SAID", text, True) for text in ("I attach the minutes", "I am attaching a map")),
        *(
            ("ATTACH-SAID", text, True)
            for text in ("Please find the minutes attached.", "A plan is attached to this letter")
        ),
        *(("ATTACH-SAID", text, False) for text in ("I attach great value to it",)),
        *(
            ("DATE-SANITY", text, True)
            for text in ("Come to our fair on 3 March 2026", "Venez le 3 mars 2026")
        ),
        ("DATE-SANITY", "They had come home on 3 March 2026", False),
    ],
)
def test_what_was_forgotten_is_found(rule: str, text: str, is_told: bool) -> None:
    assert (rule in found(**said(text))) is is_told


@pytest.mark.parametrize(
    "html",
    [
        "<!--StartFragment--><p>Words</p>",
        "<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--><p>Words</p>",
        '<p style="tab-stops:35.4pt">Words</p>',
        '<b id="docs-internal-guid-1a2b" style="font-weight:normal">Words</b>',
    ],
)
def test_what_word_and_its_like_leave_is_found(html: str) -> None:
    assert found(**add(html))["WORD-TAGS"] == "warning"


@pytest.mark.parametrize(
    "alt",
    [
        *("Screenshot 2026-10-01 at 10.00.00", "https://x.example/a.png", "bus_on_hill"),
        *("WhatsApp Image 2026-10-01 at 10.00.00", "a lorry.jpg", "unnamed", "Bild"),
    ],
)
def test_names_of_files_are_no_alt_text(alt: str) -> None:
    assert found(**picture(f'src="{HTTPS}a.png" {PNG} alt="{alt}"')) == {"IMG-ALT-FILE": "warning"}


@pytest.mark.parametrize("host", ["localhost", "192.168.0.3", "nas.local"])
def test_a_picture_on_a_private_host_is_seen_by_nobody(host: str) -> None:
    assert found(**picture(f'src="https://{host}/a.png" {PNG} alt="A lorry"')) == {
        "IMG-SRC": "error"
    }


@pytest.mark.parametrize("query", ["a.jpg?format=webp", "a.jpg?fm=avif", "f_webp,w_200/a.jpg"])
def test_a_picture_asked_for_in_a_new_format_is_one(query: str) -> None:
    assert found(**picture(f'src="{HTTPS}{query}" {PNG} alt="A lorry"')) == {
        "IMG-FORMAT": "warning"
    }


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


@pytest.mark.parametrize(
    ("ink", "ground", "is_seen"),
    [
        # each pair is #bbbbbb or so on white, then black or so on white
        ("#bbb", "#fff", False),
        ("#bbbbbbff", "#fff", False),
        ("#0000004d", "#ffff", False),
        ("rgb(73% 73% 73%)", "rgb(255 255 255)", False),
        ("hsl(0 0% 73%)", "hsl(.5turn 0% 100%)", False),
        ("hsl(0 0% 73%)", "hsl(0 0% 140%)", False),  # more than white is white
        ("hsl(0 0% -9%)", "#fff", True),
        ("hwb(0 73% 27%)", "hwb(0 100% 0%)", False),
        ("lab(76% 0 0)", "lab(100 none none)", False),
        ("lch(76% 0 180)", "white", False),
        ("oklab(79% 0 0)", "oklab(1 0 0)", False),
        ("oklch(79% 0 3.14rad)", "oklch(100% 0 0deg)", False),
        ("color(srgb .73 .73 .73)", "color(display-p3 1 1 1)", False),
        ("color-mix(in srgb, black 27%, white)", "white", False),
        ("color-mix(in oklch, white, #777 50%)", "color-mix(in hsl, white, white)", False),
        ("light-dark(#bbb, #bbb)", "light-dark(#fff, #fff)", False),
        ("BurlyWood", "white", False),
        ("#bbb", "linear-gradient(to right, #fff, hsl(0 0% 90%) 80%)", False),
        ("#777", "repeating-radial-gradient(circle, #fff 0, #eee 20px)", False),
        ("hwb(0 0% 100%)", "white", True),
        ("oklch(20% 0 0)", "oklch(100% 0 0)", True),
        ("color-mix(in lab, black 80%, white)", "white", True),
        ("#0008", "#fff", False),
        ("#000c", "#fff", True),
        ("#fff", "linear-gradient(90deg, #333, color-mix(in srgb, red, black))", True),
        ("#fff", "linear-gradient(#fff, #000)", True),  # readable where the words may stand
        # only the reader's system knows these
        ("CanvasText", "#111", True),
        ("#bbb", "Canvas", True),
        ("GrayText", "Window", True),
        ("var(--ink)", "#fff", True),
        ("rgb(from #bbb r g b / 90%)", "#fff", True),
        ("hsl(0 0% calc(70% + 3%))", "#fff", True),
        ("#bbb", "linear-gradient(var(--from), #fff)", True),
        ("#bbb", "currentColor", True),
    ],
)
def test_colours_are_read_in_every_way_of_writing_them(
    ink: str, ground: str, is_seen: bool
) -> None:
    assert ("CONTRAST" in found(**styled(f"background:{ground};color:{ink}"))) is not is_seen


def test_a_colour_that_is_none_leaves_the_one_around_it() -> None:
    assert "CONTRAST" not in found(**styled("color:nocolour"))
    inside = (
        '<div style="color:#bbb;background:#fff"><p style="color:{}">Words of a story</p></div>'
    )
    for word in ("nocolour", "currentColor", "inherit", "#12"):
        assert "CONTRAST" in found(**add(inside.format(word))), word


@pytest.mark.parametrize(
    ("size", "is_small"),
    [
        *(("11px", True), ("8pt", True), (".7em", True), ("70%", True), (".6rem", True)),
        *((".7pc", True), (".1in", True), ("3mm", True), (".3cm", True), ("1.5ch", True)),
        *(("2vw", True), ("1.5svh", True), (".5lh", True), ("11q", True)),
        *(("14px", False), ("11pt", False), (".9em", False), ("4mm", False), ("2.4vw", False)),
        *(("1ic", False), ("1lh", False), ("calc(10px + 1vw)", False)),
    ],
)
def test_sizes_are_read_in_every_unit(size: str, is_small: bool) -> None:
    assert ("FONT-MIN" in found(**styled(f"font-size:{size}"))) is is_small


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


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("OLD-TAGS", "<webversion>Read it online</webversion>"),
        ("OLD-TAGS", "<p><singleline>Words</singleline></p>"),
        ("UNCLOSED", '<p class="a"title="b">Words</p>'),
        ("UNCLOSED", '<p class="a"">Words</p>'),
        ("MISPLACED", "<div><title>Words</title></div>"),
        (
            "IMG-ALT-FILE",
            '<img src="https://a.example/b.png" width="300" alt="" title="A bus" class="ink">',
        ),
        ("STYLE-BROKEN", '<p style="font-weight:light">Words of a story</p>'),
        ("STYLE-BROKEN", '<p style="font-weight:regular">Words of a story</p>'),
        ("STYLE-BROKEN", '<p style="background-color:none">Words of a story</p>'),
        ("STYLE-BROKEN", '<p style="color:grren">Words of a story</p>'),
        ("STYLE-BROKEN", '<p style="width:100%;!important;">Words of a story</p>'),
    ],
)
def test_what_outside_judges_object_to_is_found(rule: str, text: str) -> None:
    assert rule in found(**add(text))


@pytest.mark.parametrize("rule", ["width:100%;!important;", "background:", "font-weight:light"])
def test_a_sheet_is_read_for_what_says_nothing(rule: str) -> None:
    sheet = f"@media (max-width:480px){{.a{{{rule}}}}}</style>\n</head>"
    assert found(**page(("</style>\n</head>", sheet)))["STYLE-BROKEN"] == "warning"


@pytest.mark.parametrize(
    "text",
    [
        "<p>Words</p><svg><title>A bus</title><lineargradient></lineargradient></svg>",
        "<o:p></o:p><my-card>Words</my-card><hgroup><p>Words</p></hgroup>",
        '<p class="a" title=\'"quoted"\'>Words</p>',
        "<p class=a title=b>Words</p>",
        '<p style="font-weight:550;color:inherit;background-color:transparent">Words</p>',
        '<p style="color:CanvasText;background-color:var(--ground)">Words</p>',
        '<p style="font-weight:var(--strong);color:rebeccapurple">Words</p>',
    ],
)
def test_what_only_looks_broken_is_left_alone(text: str) -> None:
    assert not {"OLD-TAGS", "UNCLOSED", "MISPLACED", "STYLE-BROKEN"} & found(**add(text)).keys()


def test_a_page_of_warnings_is_no_error_and_hides_none() -> None:
    warnings = "<ul>" + "<li>Words" * 40 + "</ul>"
    assert found(**add(warnings))["UNCLOSED"] == "warning"
    both = "<ul>" + "<li>Words" * 40 + "</ul><div>" + "<b>" * 40
    told = [f for f in findings(**add(both)) if f.rule == "UNCLOSED"]
    assert {f.severity for f in told} == {"warning", "error"}
    assert sum(f.severity == "error" and f.line > 0 for f in told) == 12


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("PLACEHOLDER", "Hier steht Ihr Text, bitte"),
        ("PLACEHOLDER", "Texte \u00e0 venir"),
        ("PLACEHOLDER", "A street at night, picture to come"),
        ("PLACEHOLDER", "Dear &lt;Name&gt;, good evening"),
        *(("TEMPLATE-TAG-LEFT", f"Dear {tag}, good evening") for tag in (
            "%%firstname%%", "%recipient.name%", "##name##", "{first_name}")),
    ],
)  # fmt: skip
def test_further_leftovers_are_known(rule: str, text: str) -> None:
    assert rule in found(**add(f"<p>{text.encode('ascii', 'xmlcharrefreplace').decode()}</p>"))


@pytest.mark.parametrize(
    ("rule", "address"),
    [
        ("LINK-PRIVATE", "https://app.mailchimp.com/campaigns/edit?id=3"),
        ("LINK-PRIVATE", "https://trello.com/b/x1/plans"),
        ("LINK-PRIVATE", "https://www.figma.com/design/x1/letter"),
        ("LINK-TRACKBACK", "https://click.icptrack.com/icp/relay.php?r=1"),
        (
            "LINK-TRACKBACK",
            "https://list.letter.example/link/0a1b2c3d-2492-4d23-9f3e-0c1a5d8f7e66"
            "/1a1b2c3d-2492-4d23-9f3e-0c1a5d8f7e66/x",
        ),
    ],
)
def test_further_desks_and_counted_links_are_known(rule: str, address: str) -> None:
    assert rule in found(**link(address))


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("ATTACH-SAID", "The bell is attached to the wall"),
        ("TEMPLATE-TAG-LEFT", "Fifty %% of all, and ## twice ##, and {once}"),
        ("PLACEHOLDER", "The best is yet to come, and the picture too"),
    ],
)
def test_what_only_sounds_like_a_leftover_is_left_alone(rule: str, text: str) -> None:
    assert rule not in found(**add(f"<p>{text}</p>"))


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
