"""Each rule is broken by one email, and it alone; and a near miss leaves it silent."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from digest.checking import Answer, Online, Past, Spam, rules
from digest.models import Image, SeriesView, replace
from tests.checking.mail import BUS, CONTEXT, KETTLE, PAGE, TEXT, found


class Fall(NamedTuple):
    """Spoil the faultless email so that one rule, of this severity, speaks; and nearly so."""

    rule: str
    severity: str
    broken: dict[str, Any]
    near: dict[str, Any]


E, W, I = "error", "warning", "information"  # noqa: E741
FOOT = "<p>You get this"
LINK = 'href="https://lamplighters.example/bus/" style'


def page(*edits: tuple[str, str]) -> dict[str, Any]:
    return {"page": edits}


def add(html: str, before: str = FOOT) -> dict[str, Any]:
    return page((before, html + before))


def link(href: str, words: str = "Another story") -> dict[str, Any]:
    words = words.encode("ascii", "xmlcharrefreplace").decode()
    return add(f'<p>Look at <a class="link" style="color:#0f6655" href="{href}">{words}</a></p>')


def picture(attributes: str) -> dict[str, Any]:
    return add(f"<p><img {attributes}></p>")


def styled(style: str) -> dict[str, Any]:
    return add(f'<p style="{style}">Some words of a story</p>')


def online(**answers: Any) -> dict[str, Any]:
    bus = Answer(
        url="https://lamplighters.example/bus/",
        status=200,
        final="https://lamplighters.example/bus/",
    )
    image = Answer(
        url="https://lamplighters.example/bus.png", status=200, kind="image/png", size=90_000
    )
    known = {
        bus.url: replace(bus, **answers.get("bus", {})),
        image.url: replace(image, **answers.get("image", {})),
    }
    if web := answers.get("web"):
        known["https://lamplighters.example/web/"] = Answer(
            url="https://lamplighters.example/web/", **web
        )
    records = answers.get(
        "records",
        {
            "lamplighters.example": ("v=spf1 -all",),
            "_dmarc.lamplighters.example": ("v=DMARC1; p=none",),
            "a._domainkey.lamplighters.example": ("v=DKIM1; p=ABC",),
        },
    )
    asked = {
        "context": {
            "online": Online(answers=known, records=records),
            "dkim": answers.get("dkim", ""),
        }
    }
    return {**asked, "issue": {"web_url": "https://lamplighters.example/web/"}} if web else asked


def posts(
    bus: dict[str, Any] | None = None, kettle: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {"posts": (replace(BUS, **(bus or {})), replace(KETTLE, **(kettle or {})))}


def context(**known: Any) -> dict[str, Any]:
    return {"context": known}


LORRY = "https://lamplighters.example/lorry/"


def parts(*titles: str, bold: bool = False) -> str:
    """Return lines such as "part 1: On keys", of which "part 1" is the link."""
    link = (
        '<a class="link" style="color:#0f6655" href="https://lamplighters.example/{}/">part 1</a>'
    )
    link = f"<b>{link}</b> &ndash;" if bold else f"{link}:"
    return "".join(f"<p>{link.format(at)} {title}</p>" for at, title in enumerate(titles))


PNG = 'width="552" height="300"'
HTTPS = "https://lamplighters.example/"
MANY = "A sentence of words that goes on and on. " * 60
TABLE = "<table {0}><tr><{1}>Night</{1}><{1}>Loans</{1}></tr><tr><td>Mon</td><td>12</td></tr><tr><td>Tue</td><td>15</td></tr></table>"


def solo(count: int) -> dict[str, Any]:
    images = (
        f'<p><img src="{HTTPS}{n}.png" {PNG} alt="Lorry number {n}"></p>' for n in range(count)
    )
    shown = page(
        ("<p>Good evening.", "".join(images) + "<p>Good evening.</p><!--"),
        ("<p>By Ada", "--><p>By Ada"),
    )
    return {**shown, "issue": {"featured": None, "sections": ()}}


SERIES = SeriesView(name="Quiet Hours", label="", part=3)

FALLS = (
    # ------------------------------------------------------------ sending
    Fall("UNSUB-SET", E, {"letter": {"unsubscribe": ""}}, {"letter": {"unsubscribe": "mailto:bye@lamplighters.example"}}),
    Fall("ADDRESS-SET", E, {"letter": {"address": ""}}, {"letter": {"address": "12  Lantern Yard, Port Ellery ZZ9 7LG"}}),
    Fall("SENDER-SET", E, {"letter": {"sender": ""}}, {}),
    Fall("UNSUB-BODY", E,
         page(('<a class="link" href="https://lamplighters.example/bye"\nstyle="color:#0f6655">Unsubscribe</a>', "Goodbye.")),
         page((">Unsubscribe<", ">No more of this<"))),
    Fall("UNSUB-HDR", E, {"head": (("List-Unsubscribe-Post: List-Unsubscribe=One-Click\n", ""),)},
         {"head": (("List-Unsubscribe-Post: List-Unsubscribe=One-Click", "List-Unsubscribe-Post:  list-unsubscribe=one-click"),)}),
    Fall("POSTAL", W, page(("<p>12 Lantern Yard, Port Ellery ZZ9 7LG</p>", "")),
         page(("12 Lantern Yard, Port Ellery ZZ9 7LG", "12 Lantern Yard,\nPort&nbsp;Ellery ZZ9 7LG"))),
    Fall("HDR-SET", E, {"head": (("Subject:", "Subject: twice\nSubject:"),)}, {"head": (("Subject:", "X-Subject: twice\nSubject:"),)}),
    Fall("HDR-SET", W, {"head": (("List-Id: <weekly.lamplighters.example>\n", ""),)}, {}),
    Fall("MIME-ORDER", E,
         {"parts": (("text/plain", "text/none"), ("text/html", "text/plain"), ("text/none", "text/html"))},
         {"parts": (("text/plain;", "text/plain; format=flowed;"),)}),
    Fall("FROM-FREEMAIL", E, {"letter": {"sender": "The Lamplighters <lamplighters@gmail.com>"}},
         {"letter": {"sender": "The Lamplighters <letters@gmail.com.example>"}}),
    Fall("FROM-NAME", W, {"letter": {"sender": "letters@lamplighters.example"}},
         {"letter": {"sender": '"The Lamplighters" <letters@lamplighters.example>'}}),
    Fall("FROM-NAME", W, {"letter": {"sender": "Ada <letters@lamplighters.example>"}}, {}),
    Fall("REPLY-TO", I, {"letter": {"sender": "The Lamplighters <no-reply@lamplighters.example>"}},
         {"letter": {"sender": "The Lamplighters <replies@lamplighters.example>"}}),
    # ------------------------------------------------------------ service
    Fall("MERGE-TAG", E,
         {**context(service="listmonk"), **page(('<a class="link" href="https://lamplighters.example/bye"', '<a class="link" href="{{ unsubscribe }}"'))},
         {**context(service="listmonk"), **page(('<a class="link" href="https://lamplighters.example/bye"', '<a class="link" href="{{UnsubscribeURL}}"'))}),
    Fall("MERGE-TAG", E, {**context(service="brevo"), **add("<p>Dear {{ contact.NAME, hello</p>")},
         {**context(service="brevo"), **add("<p>Dear {{ contact.NAME }}, hello</p>")}),
    Fall("TEMPLATE-TAG-LEFT", E, add("<p>Write ${name} or {{ title }} here</p>"),
         {**add("<p>Write ${name} or {{ title }} here</p>"), **posts({"excerpt": "Write ${name} or {{ title }} here"})}),
    Fall("TEMPLATE-TAG-LEFT", E, add("<p>The story of {{ post.title }} goes on</p>"), add("<p>The story of { post.title } goes on</p>")),
    Fall("TEMPLATE-TAG-LEFT", E, add("<p>Hi , here is the letter</p>"), add("<p>Hi, here is the letter</p>")),
    Fall("SERVICE-FORBIDDEN", E, {**context(service="listmonk"), **link(LORRY + "@TrackLink")},
         {**context(service="mailchimp"), **link(LORRY + "@TrackLink")}),
    Fall("UNSUB-TWO", W, {**context(service="mailchimp"), **add('<p>*|UNSUB|* and *|UNSUB|*</p>')},
         {**context(service="mailchimp"), **add("<p>*|UNSUB|*</p>")}),
    # ------------------------------------------------------------ links
    Fall("LINK-NAME", E, link(LORRY, ""), add(f'<p>Look at <a class="link" style="color:#0f6655" href="{LORRY}" aria-label="The lorry"></a></p>')),
    Fall("LINK-TEXT", W, link(LORRY, "Click here"), link(LORRY, "Click here for the lorry")),
    Fall("LINK-TEXT", W, link(LORRY, "hier"), link(LORRY, "Hier spricht der Lastwagen")),
    Fall("LINK-TEXT", W, link(LORRY, "こちら"), link(LORRY, "こちらは図書館")),
    Fall("LINK-TEXT", W, link(LORRY, "The case of the kettle"), link("https://lamplighters.example/kettle/?utm_source=x", "The case of the kettle")),
    Fall("LINK-TEXT", W, add(parts("On keys", "On keys")), add(parts("On keys", "The long night"))),
    Fall("LINK-TEXT", W, add(parts("On keys", "On keys", bold=True)), add(parts("On keys", "The long night", bold=True))),
    Fall("LINK-TEXT-URL", W, link(LORRY, "https://kettles.example/"), link(LORRY, "www.lamplighters.example")),
    Fall("LINK-SCHEME", E, link("javascript:void(0)"), link("mailto:ada@lamplighters.example")),
    Fall("LINK-SCHEME", E, link("#"), link(LORRY + "#")),
    Fall("LINK-SCHEME", E, link("mailto:ada@@lamplighters.example"), link("mailto:ada@lamplighters.example?subject=@@")),
    Fall("LINK-SCHEME", E, link("htpps://lamplighters.example/lorry/"), link(LORRY)),
    Fall("LINK-SCHEME", E, link("tel:call-the-desk"), link("tel:+44 1326 555 0100")),
    Fall("LINK-SCHEME", E, link("https://192.168.1.9/story"), link("https://192.0.2.9/story")),
    Fall("LINK-SCHEME", E, link("http://localhost:8000/story"), link("https://localhost.example/story")),
    Fall("LINK-SCHEME", E, link("https://intranet.lan/story"), {**context(intranet=("intranet.lan",)), **link("https://intranet.lan/story")}),
    Fall("LINK-LOCAL", E, link("/lorry/"), link(LORRY)),
    Fall("LINK-LOCAL", E, link("lamplighters.example/lorry"), link(LORRY)),
    Fall("LINK-HTTP", W, link("http://lamplighters.example/lorry/"), link("https://x.example/?to=http://lamplighters.example/")),
    Fall("LINK-HTTP", W, picture(f'src="http://lamplighters.example/a.png" {PNG} alt="A lorry"'), {}),
    Fall("LINK-SHORTENER", W, link("https://bit.ly/3xYz"), link("https://rabbit.ly/3xYz")),
    Fall("LINK-TRACKBACK", E, link("https://lamps.us3.list-manage.com/track/click?u=1&id=2"), link("https://list-manage.example.com/track/click")),
    Fall("LINK-TRACKBACK", E, link("https://u1.ct.sendgrid.net/ls/click?upn=abc"), link("https://sendgrid.com/blog/click")),
    Fall("LINK-PRIVATE", E, link("https://lamplighters.example/?p=12&preview=true"), link("https://lamplighters.example/preview-of-spring/")),
    Fall("LINK-PRIVATE", E, link("https://lamplighters.example/wp-admin/post.php?post=1"), link("https://lamplighters.example/staging-a-play/")),
    Fall("BUTTON-HREF", E, add('<p><a style="background:#0f6655;color:#ffffff">Read on</a></p>'), add('<p><a name="top" class="ink" style="color:#1f1e1b">Read on</a></p>')),
    # ------------------------------------------------------------ words
    Fall("SUBJECT", E, {"issue": {"subject": "The bus\nBcc: all@lamplighters.example"}}, {"issue": {"subject": "The bus – Bcc: all"}}),
    Fall("SUBJECT", W, {"issue": {"subject": "The bus that stops for readers of every age, every night of the week"}},
         {"issue": {"subject": "The bus that stops for readers of every age and every night"}}),
    Fall("SUBJECT-SHORT", I, {"issue": {"subject": "The bus"}}, {"issue": {"subject": "The buses!"}}),
    Fall("SUBJECT-REPEAT", W, {"issue": {"subject": "a fox at the Returns slot"}}, {"issue": {"subject": "A fox at the returns slots"}}),
    Fall("SUBJECT-REPEAT", W,
         {**context(past=(Past(id="1", subject="The bus that stops for readers, and a kettle of tea"),))}, context(past=(Past(id="1", subject="The bus that stops for readers and a kettle"),))),
    Fall("PREHEADER", W, {"issue": {"preheader": ""}}, {"issue": {"preheader": "Three nights a week a bus goes over the moor"}}),
    Fall("PREHEADER", W, {"issue": {"preheader": "Three nights a week a bus"}}, {}),
    Fall("PREHEADER", W, page(("display:none;color:#1f1e1b", "display:none;color:#ffffff")), page(("display:none;color:#1f1e1b", "display:none;color:#333333"))),
    Fall("PREHEADER-REPEAT", W, {"issue": {"preheader": "At twenty to four the returns bell rang, and there was nobody there."}}, {}),
    Fall("PREHEADER-CUT", W, {"issue": {"preheader": "Three nights a week a bus full of books goes over the"}},
         {"issue": {"preheader": "Three nights a week a bus full of books goes over the…"}}),
    Fall("PREHEADER-CUT", W, {"issue": {"preheader": "Three nights a week a bus full of books goes over the moor to pla"}},
         {"issue": {"preheader": "Three nights a week a bus full of books goes over the moor to places"}}),
    Fall("FIRST-WORDS", W,
         add("<p>View in your browser</p>" + "".join(f"<p>Story number {n}</p>" for n in range(1, 17)), "<p>Good evening"),
         add("<p>View in your browser</p>" + "".join(f"<p>Story number {n}</p>" for n in range(1, 7)), "<p>Good evening")),
    Fall("COPYRIGHT-YEAR", W, add("<p>© 2025 The Lamplighters</p>".replace("©", "&#169;")), add("<p>&#169; 2019–2026 The Lamplighters</p>".replace("–", "&#8211;"))),
    Fall("PLACEHOLDER", W, add("<p>The night bus, TK</p>"), add("<p>The night bus, Tk 421</p>")),
    Fall("PLACEHOLDER", W, add("<p>Lorem ipsum, said the kettle</p>"), add("<p>Lore, said the kettle</p>")),
    Fall("ATTACH-SAID", I, add("<p>Please find attached the rota</p>"), add("<p>We grew attached to the kettle</p>")),
    Fall("DATE-SANITY", I, add("<p>Register by 3 October 2026 at the desk</p>"), add("<p>Register by 30 October 2026 at the desk</p>")),
    Fall("DATE-SANITY", I, add("<p>On Monday 13 October 2026 we meet</p>"), add("<p>On Tuesday 13 October 2026 we meet</p>")),
    # ------------------------------------------------------------ posts
    Fall("TEXT-PARITY", E, {"text": (("Who moved the kettle?\n", ""),)}, {"text": (("Who moved the kettle?", "WHO moved\n the kettle?"),)}),
    Fall("TEXT-PARITY", E, page(("Who moved the kettle?", "Somebody")), page(("Who moved the kettle?", "Who mo&shy;ved the kettle?"))),
    Fall("TEXT-PARITY", E, {"text": (("https://lamplighters.example/kettle/\n", ""),)}, {}),
    Fall("FUTURE", W, posts({"date_iso": ""}), posts({"date_iso": "2026-10-11T22:59:00Z"})),
    Fall("FUTURE", W, posts({"date_iso": "2026-10-14T08:00:00Z"}), {}),
    Fall("SERIES-GAP", W, posts(kettle={"series": (SERIES,)}), posts(kettle={"series": (replace(SERIES, name="Loud Hours"),)})),
    Fall("SERIES-GAP", W, posts(kettle={"series": (replace(SERIES, part=1),)}), {}),
    Fall("NAMES", W, posts(kettle={"byline": "Ada Penhalligon"}), posts(kettle={"byline": "Ada Penrose"})),
    Fall("POST-CHANGED", E, context(changed={"bus": "it changed since the issue was built"}), context(changed={"other": "it changed"})),
    # ------------------------------------------------------------ pictures
    Fall("IMG-ALT", E, picture(f'src="{HTTPS}a.png" {PNG}'), picture(f'src="{HTTPS}a.png" {PNG} alt=""')),
    Fall("IMG-ALT", E, add(f'<p><a href="{LORRY}"><img src="{HTTPS}a.png" {PNG} alt=""></a></p>'),
         add(f'<p><a class="link" style="color:#0f6655" href="{LORRY}"><img src="{HTTPS}a.png" {PNG} alt="">The lorry</a></p>')),
    Fall("IMG-ALT-FILE", W, picture(f'src="{HTTPS}a.png" {PNG} alt="IMG_2041.jpg"'), picture(f'src="{HTTPS}a.png" {PNG} alt="A jpg of a lorry"')),
    Fall("IMG-ALT-FILE", W, picture(f'src="{HTTPS}a.png" {PNG} alt="{"A lorry " * 20}"'), {}),
    Fall("IMG-WIDTH", E, picture(f'src="{HTTPS}a.png" width="100%" alt="A lorry"'), picture(f'src="{HTTPS}a.png" width="600" alt="A lorry"')),
    Fall("IMG-WIDTH", E, picture(f'src="{HTTPS}a.png" alt="A lorry"'), {}),
    Fall("IMG-WIDTH", E, picture(f'src="{HTTPS}a.png" width="601" alt="A lorry"'), {}),
    Fall("IMG-HEIGHT", E, picture(f'src="{HTTPS}a.png" width="300" height="1728" alt="A lorry"'), picture(f'src="{HTTPS}a.png" width="300" height="1727" alt="A lorry"')),
    Fall("IMG-SRC", E, picture(f'src="data:image/png;base64,AAAA" {PNG} alt="A lorry"'), {}),
    Fall("IMG-SRC", E, picture(f'src="/pictures/a.png" {PNG} alt="A lorry"'), {}),
    Fall("IMG-SRC", E, picture(f'src="{HTTPS}a.svg" {PNG} alt="A lorry"'), picture(f'src="{HTTPS}a.svg.png" {PNG} alt="A lorry"')),
    Fall("IMG-SRC-EMPTY", E, picture(f'src="" {PNG} alt="A lorry"'), {}),
    Fall("IMG-FORMAT", W, picture(f'src="{HTTPS}a.webp?w=552" {PNG} alt="A lorry"'), picture(f'src="{HTTPS}webp.jpg" {PNG} alt="A lorry"')),
    Fall("IMG-PIXELS", W, posts({"image": Image(url=HTTPS + "bus.png", width=2400, height=900)}), posts({"image": Image(url=HTTPS + "bus.png", width=1200, height=1200)})),
    Fall("IMG-ONLY", W, solo(4), solo(2)),
    Fall("PIXEL", W, picture('src="https://stats.example/p.gif" width="1" height="1" alt=""'), picture(f'src="{HTTPS}line.gif" width="552" height="1" alt=""')),
    Fall("DOUBLE-PICTURE", I,
         page(("<p>By Ada", f'<a href="{HTTPS}kettle/"><img src="{HTTPS}bus.png" width="552" height="300" alt="A bus again"></a><p>By Ada'),),
         page(("<p>By Ada", f'<a href="{HTTPS}kettle/"><img src="{HTTPS}kettle.png" width="552" height="300" alt="A kettle"></a><p>By Ada'),)),
    Fall("VML-ALT", W, add(f'<!--[if mso]><v:image src="{HTTPS}a.png" /><![endif]-->'), add(f'<!--[if mso]><v:image src="{HTTPS}a.png" alt="A lorry" /><![endif]-->')),
    Fall("VML-LINK", W, add('<!--[if mso]><v:roundrect fillcolor="#fff"></v:roundrect><![endif]-->'), add(f'<!--[if mso]><v:roundrect href="{LORRY}"></v:roundrect><![endif]-->')),
    # ------------------------------------------------------------ sight
    Fall("CONTRAST", E, styled("color:#888888"), styled("color:#888888;font-size:24px")),
    Fall("CONTRAST", E, page(("color:#eceae3", "color:#555555")), page(("color:#eceae3", "color:#999999"))),
    Fall("LINK-COLOUR", W, add(f'<p>Look at <a class="link" style="color:#0f6655;text-decoration:none" href="{LORRY}">a lorry</a></p>'),
         add(f'<p>Look at <a class="link" style="color:#0f6655;text-decoration:none;border-bottom:1px solid #0f6655" href="{LORRY}">a lorry</a></p>')),
    Fall("TARGET", E, add(f'<p><a class="link" style="display:inline-block;line-height:20px;color:#0f6655" href="{LORRY}">A lorry</a></p>'), {}),
    Fall("TARGET", W, add(f'<p><a class="link" style="display:block;line-height:20px;padding:6px 0;color:#0f6655" href="{LORRY}">A lorry</a></p>'),
         add(f'<p><a class="link" style="display:block;line-height:20px;padding:12px 0;color:#0f6655" href="{LORRY}">A lorry</a></p>')),
    Fall("FONT-MIN", W, styled("font-size:12px"), styled("font-size:13px;font-weight:bold")),
    # ------------------------------------------------------------ page
    Fall("DOCTYPE", E, page(("<!DOCTYPE html>\n", "")), page(("<!DOCTYPE html>", "<!doctype  HTML>"))),
    Fall("TITLE", E, page(("<title>The bus that stops for readers</title>", "")), page(("<title>The", "<TITLE>The"))),
    Fall("TITLE", E, page(("<title>The bus that stops for readers</title>", "<title> </title>")), {}),
    Fall("LANG", E, page(('<html lang="en"', "<html")), page(('<html lang="en"', '<html lang="pt-BR"'))),
    Fall("DIR", E, page(('<html lang="en" dir="ltr"', '<html lang="en"')), page(('<html lang="en" dir="ltr"', '<html lang="en" dir="rtl"'))),
    Fall("BODY-LANG", E, page(('<div lang="en" dir', "<div dir")), page(('<div lang="en" dir', '<div lang="en-GB" dir'))),
    Fall("BODY-DIR", E, page(('<div lang="en" dir="ltr"', '<div lang="en"')), page(('<div lang="en" dir="ltr"', '<div lang="en" dir="auto"'))),
    Fall("LANGUAGE-MARK", W, posts({"language": "fr"}), posts({"language": "en-GB"})),
    Fall("VIEWPORT-ZOOM", E, page(("initial-scale=1", "initial-scale=1, user-scalable=no")), page(("initial-scale=1", "initial-scale=1, maximum-scale=5"))),
    Fall("VIEWPORT-ZOOM", E, page(("initial-scale=1", "initial-scale=1, maximum-scale=1")), {}),
    Fall("DARK-META", I, page(('<meta name="color-scheme" content="light dark">\n', "")), {}),
    Fall("MSO-BAL", E, page(("<!--[if mso]></td></tr></table><![endif]-->", "")), {}),
    Fall("MSO-BAL", E, add("<!--[if mso]><p>Hello</p>-->"), add("<!--[if !mso]><!--><p>Hello</p><!--<![endif]-->")),
    Fall("HEAD-ORDER", E, page(("<h2>Who moved the kettle?</h2>", "<h4>Who moved the kettle?</h4>")), page(("<h2>Who moved the kettle?</h2>", "<h3>Who moved the kettle?</h3>"))),
    Fall("HEAD-ORDER", E, add("<h2> </h2>"), {}),
    Fall("H1", W, page(("<h1>The Lamplighters</h1>", "<h2>The Lamplighters</h2>")), page(("<h1>The Lamplighters</h1>", '<div role="heading" aria-level="1">The Lamplighters</div>'))),
    Fall("H1", W, page(("<h2>Who moved the kettle?</h2>", "<h1>Who moved the kettle?</h1>")), {}),
    # ------------------------------------------------------------ markup
    Fall("UNCLOSED", E, add("<p><b>Bold</p>"), add("<p><b>Bold</b></p>")),
    Fall("UNCLOSED", E, add("<p>More</p></div>"), add("<p>More<br></p>")),
    Fall("MISPLACED", E, add('<table role="presentation">words<tr><td>Words</td></tr></table>'), add('<table role="presentation"> <tr><td>Words</td></tr></table>')),
    Fall("MISPLACED", W, add("<b><div>Words</div></b>"), add(f'<a class="link" style="color:#0f6655" href="{LORRY}"><div>Words of a lorry</div></a>')),
    Fall("ID-DOUBLE", W, add('<p id="a b">One</p>'), add('<p id="a-b">One</p>')),
    Fall("ID-DOUBLE", W, add('<p id="a">One</p><p id="a">Two</p>'), add('<p id="a">One</p><p id="A">Two</p>')),
    Fall("ID-DOUBLE", W, add('<p class="a" class="b">One</p>'), {}),
    Fall("LIST-OK", W, add("<div><li>One</li></div>"), add("<ul><li>One</li></ul>")),
    Fall("TABLE-ROLE", E, add("<table><tr><td>Words</td></tr></table>"), add(TABLE.format("", "th"))),
    Fall("DATA-TABLE", W, add(TABLE.format("", "td")), add(TABLE.format("", "th"))),
    Fall("DATA-TABLE", W, add(TABLE.format('role="presentation"', "th")), {}),
    Fall("ARIA-OK", E, add('<p role="buton">Words</p>'), add('<p role="note">Words</p>')),
    Fall("ARIA-OK", E, add('<p aria-lable="Words" role="note">Words</p>'), add('<p aria-label="Words" role="note">Words</p>')),
    Fall("WORD-TAGS", W, add('<p class="MsoNormal">Words</p>'), add('<p class="normal" style="mso-line-height-rule:exactly">Words</p>')),
    Fall("WORD-TAGS", W, add("<p>Words<o:p></o:p></p>"), {}),
    Fall("ACTIVE", E, add("<script>alert(1)</script>"), add('<p>The script, alert</p>')),
    Fall("ACTIVE", E, add('<p onclick="go()">Words</p>'), add('<p title="onclick">Words</p>')),
    Fall("BUTTON-NAME", E, add('<div role="button"></div>'), add('<div role="button">Go on</div>')),
    Fall("OLD-TAGS", I, add("<center>Words</center>"), add('<div align="center">Words</div>')),
    # ------------------------------------------------------------ styles
    Fall("STYLE-NEST", E, page(("@media (max-width:480px){.wide{width:100% !important}}", "@media screen{@media (max-width:480px){.wide{width:100%}}}")), {}),
    Fall("STYLE-HEAD", E, add("<style>p{margin:0}</style>"), {}),
    Fall("STYLE-BROKEN", W, page(("<style>p{margin:0}", "<style>p{margin:0}}")), page(("<style>p{margin:0}", "<style>p{margin:0;}"))),
    Fall("STYLE-BROKEN", W, styled("margin:0;colour"), styled("margin:0;;")),
    Fall("CSS-UNSUP", W, styled("position:absolute"), styled("position:static")),
    Fall("CSS-UNSUP", W, styled("colour:red"), styled("mso-line-height-rule:exactly")),
    Fall("CLIENT-CSS", W, styled("display:flex"), styled("display:block")),
    Fall("CLIENT-CSS", I, styled("background:linear-gradient(transparent,rgb(0 0 0/1%))"), styled("background:linear-gradient(transparent, transparent);border-radius:4px;box-shadow:0 0 2px #000")),
    # ------------------------------------------------------------ size
    Fall("SIZE-CLIP", E, add(f"<!--{'x' * 100_000}-->", "</body>"), {}),
    Fall("SIZE-CLIP", W, add(f"<!--{'x' * 80_000}-->"), add(f"<!--{'x' * (80_000 - len(PAGE) - 7)}-->")),
    Fall("SIZE-STYLE", E, page(("<style>p{margin:0}", f"<style>p{{margin:0}}{'p{margin:0}' * 1_500}")), page(("<style>p{margin:0}", f"<style>p{{margin:0}}{'p{margin:0}' * 1_000}"))),
    Fall("SIZE-SERVICE", E, {**context(service="sendgrid"), "issue": {"title": "A letter " * 14}}, {**context(service="plain"), "issue": {"title": "A letter " * 14}}),
    Fall("SIZE-TRACKED", W,
         {**context(service="brevo"), **add("".join(f'<p><a class="link" style="color:#0f6655" href="{LORRY}{n}">Story number {n} of the lorry</a></p>' for n in range(520)))},
         {**context(service="brevo"), **add("".join(f'<p><a class="link" style="color:#0f6655" href="{LORRY}{n}">Story number {n} of the lorry</a></p>' for n in range(300)))}),
    Fall("WORD-COUNT", I, add("<p>" + MANY * 11 + "</p>"), add("<p>" + MANY + "</p>")),
    Fall("ASCII", W, add("<p>Grüße vom Land</p>"), add("<p>Gr&#252;&#223;e vom Land</p>")),
    Fall("CHARSET", E, add("<p>Gr\ufffd\ufffde vom Land</p>"), {}),
    Fall("LINE-998", E, {"parts": (("<p>as above</p>", "x" * 999),)}, {"parts": (("<p>as above</p>", "x" * 998),)}),
    # ------------------------------------------------------------ online
    Fall("LINK-DEAD", E, online(bus={"status": 404}), online(bus={"status": 200})),
    Fall("LINK-DEAD", E, online(bus={"status": 0, "error": "timed out"}), {}),
    Fall("LINK-REDIRECT", W, online(bus={"final": "https://lamplighters.example/autobus/"}), online(bus={"final": "https://lamplighters.example/bus"})),
    Fall("LINK-SLOW", I, online(bus={"seconds": 5.5}), online(bus={"seconds": 4.5})),
    Fall("IMG-WEIGHT", W, online(image={"size": 200_001}), online(image={"size": 200_000})),
    Fall("IMG-LARGE", W, online(image={"width": 1201, "height": 10}), online(image={"width": 1200, "height": 1200})),
    Fall("IMG-HOST", W, online(image={"kind": "text/html"}), online(image={"kind": "image/jpeg"})),
    Fall("IMG-HOST", W, online(image={"kind": "text/plain"}), online(image={"kind": "application/octet-stream"})),
    Fall("IMG-HOST", W, online(image={"status": 400}), online(image={"status": 399})),
    Fall("IMG-HOST", W, online(image={"status": 0, "error": "timed out"}), online(image={"status": 0, "kind": ""})),
    Fall("IMG-HOST", W, online(image={"status": 503, "error": "busy"}), online(image={"kind": ""})),
    Fall("LINK-DEAD", E, online(bus={"status": 400}), online(bus={"status": 399})),
    Fall("CANONICAL", W, online(web={"status": 404}), online(web={"status": 200})),
    Fall("CANONICAL", W, online(web={"status": 300}), online(web={"status": 299})),
    Fall("CANONICAL", W, online(web={"status": 0, "error": "timed out"}), {}),
    Fall("DMARC-DNS", W, online(records={"lamplighters.example": ("v=spf1 -all",)}), online(dkim="a")),
    Fall("DMARC-DNS", W, online(dkim="b"), {}),
    Fall("SPAM", E, context(spam=Spam(program="SpamAssassin", score=5.1, limit=5)), context(spam=Spam(program="SpamAssassin", score=2.4, limit=5))),
)  # fmt: skip


def _name(fall: Fall) -> str:
    return f"{fall.rule}-{FALLS.index(fall)}"


def test_an_email_without_a_fault_has_no_finding() -> None:
    assert found() == {}
    assert CONTEXT.issue is not None
    assert TEXT


@pytest.mark.parametrize("fall", FALLS, ids=_name)
def test_what_breaks_a_rule_breaks_no_other(fall: Fall) -> None:
    assert found(**fall.broken) == {fall.rule: fall.severity}


@pytest.mark.parametrize("fall", [fall for fall in FALLS if fall.near], ids=_name)
def test_a_near_miss_breaks_nothing(fall: Fall) -> None:
    assert found(**fall.near) == {}


def test_every_rule_is_broken_by_some_email_here() -> None:
    assert {rule.id for rule in rules()} <= {fall.rule for fall in FALLS}
