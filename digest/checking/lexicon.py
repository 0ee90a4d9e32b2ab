"""Words and patterns that rules look for, as data, in the labels' languages and a few more."""

from __future__ import annotations

import re
from typing import Final

from digest.lazy import regex


def _phrases(text: str) -> frozenset[str]:
    return frozenset(phrase.strip().casefold() for phrase in text.split("|"))


# Link texts that say nothing about where they lead (WCAG 2.4.4, F84). "Read on" is none: it continues
# what stands above it, and only becomes one where two such links lead to different places.
VAGUE: Final = _phrases(
    "here | click here | click | click this | this | this link | link | more | more… | this "
    "page | tap here | "
    "press here | go | url | website | "  # English
    "hier | hier klicken | klicken sie hier | klick | mehr | dieser link | "  # German
    "ici | cliquez ici | cliquer ici | plus | ce lien | lien | "  # French
    "aquí | haz clic aquí | haga clic aquí | pulsa aquí | clic aquí | más | este enlace | "
    "enlace | "  # Spanish
    "yma | cliciwch yma | clicio yma | mwy | y ddolen hon | "  # Welsh
    "هنا | اضغط هنا | انقر هنا | المزيد | الرابط | "  # Arabic
    "こちら | ここ | ここをクリック | こちらをクリック | もっと | リンク | "  # Japanese
    "klik hier | deze link | meer | qui | clicca qui | altro | questo link | "  # Dutch, Italian
    "aqui | clique aqui | mais | klicka här | här | mer | tutaj | "
    "kliknij tutaj | więcej"  # Portuguese, Swedish, Polish
)

UNSUBSCRIBE: Final = regex(
    r"unsubscri|opt[ -]?out|(?:manage|update|change|edit)\b.{0,24}\b(?:preferences|subscription|"
    r"settings)|"
    r"stop receiving|leave this list|remove (?:me|yourself)|email preferences|"
    r"abmeld|abbestell|austragen|désabonn|désinscri|se désinscrire|"
    r"cancelar (?:la |su |tu )?(?:suscripción|subscrição|inscrição)|darse de baja|date de baja|"
    r"dad?te? de baja|anular la suscripción|"
    r"dad-?danysgrifi|إلغاء الاشتراك|購読(?:を)?(?:解除|停止)|配信(?:を)?停止|登録(?:を)?解除|退会|"
    r"afmeld|uitschrijv|disiscri|annulla l.iscrizione|cancellati|avregistrera|"
    r"avsluta prenumeration|"
    r"wypisz|rezygnuj|afmeld|avmeld|peru(?:uta)? tilaus|отписа|отказаться от рассылки",
    re.IGNORECASE,
)
UNSUBSCRIBE_ADDRESS: Final = regex(
    r"unsub|opt-?out|abmeld|desabon|desinscri|uitschrijv|/bye\b", re.IGNORECASE
)

VIEW_ONLINE: Final = regex(
    r"(?:view|read|see|open)\b.{0,30}\b(?:browser|online|web)|web version|email not displaying|"
    r"(?:im|in ihrem) browser|online(?:version| lesen| ansehen)|"
    r"(?:dans|sur) (?:le|votre) navigateur|version en ligne|en (?:el|tu|su) navegador|versión web|"
    r"yn eich porwr|في المتصفح|ブラウザで|bekijk (?:online|in)|nel browser|no (?:seu )?navegador|"
    r"i webbläsaren",
    re.IGNORECASE,
)

# Words that fill the head of a mail and tell nobody what is in it.
BOILERPLATE: Final = regex(
    r"\b(?:issue|edition|number|no|nr|vol|volume|ausgabe|numéro|número|rhifyn|inside|contents|"
    r"in this issue|"
    r"newsletter|digest|weekly|monthly|daily)\b|第|العدد|\d+",
    re.IGNORECASE,
)

PLACEHOLDER: Final = regex(
    r"\b(?:TK(?:TK)*|TODO|FIXME|XXX+|TBD|TBC)\b|"
    r"(?i:\blorem ipsum\b|\bdolor sit amet\b|\byour (?:text|headline|title|logo|message|company|"
    r"address) here\b|"
    r"\binsert (?:text|link|image|title|name|date|headline) here\b|\[(?:insert|add|your|todo|"
    r"tk)\b[^\]]{0,60}\]|"
    r"\b(?:placeholder text|sample text|blindtext)\b)"
)

ATTACHED: Final = regex(
    r"\b(?:see|find|is|are|please find|i.ve|i have|we.ve|we have)\s+(?:the\s+|"
    r"an?\s+)?attach(?:ed|ment)s?\b|"
    r"\battached (?:file|document|pdf|is|are|you)|\bin the attachment|\bim anhang|\bals anhang|"
    r"\banbei|"
    r"\bci-joint|\bpièce jointe|\badjunt[oa]s?\b|\bin bijlage|\bin allegato|\bem anexo",
    re.IGNORECASE,
)

ARTICLES: Final = frozenset(
    "a an the of to and or in on at by for with from as is der die das den dem ein eine einen "
    "und oder le la les un "
    "une des du de et ou el los las unos unas y o en het een il lo gli".split()
)

GREETING_WITHOUT_NAME: Final = regex(
    r"\b(?:Hi|Hello|Hey|Dear|Hallo|Liebe[r]?|Hola|Estimad[oa]|Cher|Chère|Annwyl)\s+[,،]"
)

# ---------------------------------------------------------------- hosts

FREEMAIL: Final = frozenset(
    "gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.co.jp ymail.com "
    "rocketmail.com aol.com "
    "outlook.com hotmail.com hotmail.co.uk hotmail.fr live.com live.co.uk msn.com icloud.com "
    "me.com mac.com "
    "proton.me protonmail.com gmx.net gmx.de gmx.com web.de t-online.de freenet.de mail.ru "
    "yandex.ru yandex.com "
    "orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it qq.com 163.com "
    "126.com zoho.com "
    "fastmail.com hey.com comcast.net verizon.net att.net btinternet.com sky.com naver.com".split()
)

SHORTENERS: Final = frozenset(
    "bit.ly bitly.com j.mp tinyurl.com goo.gl ow.ly t.co is.gd v.gd buff.ly rebrand.ly cutt.ly "
    "rb.gy shorturl.at "
    "t.ly tiny.cc tiny.one bl.ink lnkd.in fb.me amzn.to dlvr.it ift.tt trib.al snip.ly short.io "
    "shorte.st adf.ly soo.gd s.id qr.ae db.tt wp.me mcaf.ee po.st u.to clck.ru x.co su.pr".split()
)

# A link that a service made to count clicks: it names one reader, one campaign, and dies with it.
TRACKBACK: Final = regex(
    r"//[\w.-]*(?:list-manage\d*\.com/track|list-manage\.com/(?:track|subscribe/confirm)|"
    r"ct\.sendgrid\.net|sendgrid\.net/(?:ls|wf)/click|sendibt\d*\.com|sendibm\d*\.com|"
    r"sibforms\.com/track|"
    r"mlsend\d*\.com|mailerlite\.com/link|click\.mailerlite|"
    r"mjt\.lu|mailjet\.com/lnk|convertkit-mail\d*\.com|click\.convertkit|click\.kit-mail|"
    r"awstrack\.me|r\.us-[\w-]+\.awstrack|click\.[\w.-]*(?:mailchimp|hubspot|hs-sites|klaviyo)|"
    r"hubspotlinks\.com|hs-\w+\.com/e\d|trk\.klclick\d*\.com|klclick\d*\.com|"
    r"createsend\d*\.com/t/|cmail\d+\.com/t/|rs6\.net/tn\.jsp|acemlna\d*\.com|"
    r"activehosted\.com/(?:proc|lt)|"
    r"emltrk\.com|mandrillapp\.com/track|exct\.net|substack\.com/redirect|email\.mg\.|"
    r"links\.buttondown\.email|"
    r"click\.revue\.email|getresponse\.com/click|mailgun\.\w+/c/|ghost\.io/r/|sparkpostmail\.com)"
    r"|//[^/]+/(?:lt/|ls/click\?upn=|wf/click\?upn=|track/click/|c/eJ[\w-]{20})",
    re.IGNORECASE,
)

# Addresses that only an editor can open, or that change once a post is published.
PRIVATE: Final = regex(
    r"[?&](?:preview=true|preview_id=|preview_nonce=|p=\d+&preview|customize_changeset_uuid=|"
    r"elementor-preview|"
    r"fb-edit=|share[-_]?token=|access[-_]?token=|draft=)|"
    r"/wp-admin(?:/|\b)|/wp-login\.php|/ghost/#|/admin/(?:posts?|content|edit)|"
    r"/p/[0-9a-f]{8}-[0-9a-f-]{27}/?$|"
    r"docs\.google\.com/[^?#]+/edit|drive\.google\.com/drive/u/|notion\.so/[^?#]*\?pvs=|"
    r"//(?:staging|stage|dev|preview|test|draft|beta)[.-][\w.-]+\.|\.(?:ngrok(?:-free)?\.(?:io|"
    r"app)|loca\.lt|vercel\.app/_preview)|"
    r"//deploy-preview-\d+--|//[\w-]+\.(?:wpengine|kinsta|pantheonsite|flywheelsites|"
    r"myftpupload|wpcomstaging)\.\w+",
    re.IGNORECASE,
)

PRIVATE_HOST: Final = regex(
    r"^(?:localhost|.*\.localhost|.*\.local|.*\.internal|.*\.lan|.*\.home\.arpa|"
    r"127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|"
    r"192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|169\.254\.\d+\.\d+|0\.0\.0\.0|"
    r"\[?::1\]?|\[?f[cde][0-9a-f]{2}:.*)$",
    re.IGNORECASE,
)

# ---------------------------------------------------------------- addresses on paper

_STREET = (
    r"street|st|road|rd|avenue|ave|lane|ln|drive|dr|way|court|ct|square|sq|place|pl|boulevard|"
    r"blvd|yard|house|floor|"
    r"suite|ste|p\.?\s?o\.? box|box|mews|terrace|close|quay|park|hill|highway|hwy|parkway|plaza|"
    r"broadway|"
    r"heol|ffordd|stryd|rue|chemin|allée|quai|calle|avenida|plaza|paseo|carrer|via|viale|piazza|"
    r"rua|postfach|apartado"
)
POSTAL: Final = regex(
    rf"\b\d+[a-z]?[ ,]+(?:[\w.’'-]+ ){{0,4}}(?:{_STREET})\b|"
    rf"\b(?:{_STREET})\b[ ,.]+(?:[\w.’'-]+ ){{0,5}}\d+|"
    r"\b\w+(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|allee|straat|laan|plein|gracht|gatan|vägen|"
    r"vej|gade|veien|gata)\s+\d+|"
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]{2},? \d{5}(?:-\d{4})?\b|"
    r"\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|"
    r"\b\d{4,5} [A-ZÄÖÜÉ][\w-]+|〒\s?\d{3}-?\d{4}|\b\d{3}-\d{4}\b.*[都道府県市区]",
    re.IGNORECASE,
)
