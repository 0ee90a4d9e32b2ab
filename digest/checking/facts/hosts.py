"""Hosts that rules look for, as data: who lets nobody send, whose links no reader can use."""

from __future__ import annotations

import re
from typing import Final

from digest.lazy import regex

# Mailboxes for everybody, whose DMARC policy or reputation sinks what a mailing service sends for
# them. The big ones have a domain in every country; the rest are named.
FREEMAIL: Final = regex(
    r"(?:yahoo|ymail|hotmail|outlook|live|msn|aol|gmx|googlemail|zoho|yandex)"
    r"\.(?:com|net|(?:com?\.)?(?:ar|at|au|be|bg|br|by|ca|ch|cl|cn|cz|de|dk|ee|es|eu|fi|fr|gr|hk|"
    r"hu|id|"
    r"ie|il|in|it|jp|kr|kz|lt|lv|mx|my|nl|no|nz|pe|ph|pl|pt|ro|ru|se|sg|sk|th|tr|tw|ua|uk|us|ve|"
    r"vn|za))"
    r"|gmail\.com|rocketmail\.com|windowslive\.com|passport\.com|aim\.com|icloud\.com|me\.com|"
    r"mac\.com|"
    r"proton\.me|pm\.me|protonmail\.(?:com|ch)|tuta\.(?:com|io)|tutanota\.(?:com|de)|tutamail\.com|"
    r"mail\.com|email\.com|fastmail\.(?:com|fm)|hushmail\.com|inbox\.(?:com|lv)|hey\.com|duck\.com|"
    r"zohomail\.(?:com|eu|in)|ya\.ru"
    # German, Austrian, Swiss
    r"|web\.de|t-online\.de|freenet\.de|arcor\.de|posteo\.(?:de|net)|mailbox\.org|1und1\.de|"
    r"online\.de|"
    r"aon\.at|chello\.at|bluewin\.ch|hispeed\.ch|sunrise\.ch"
    # French, Belgian, Dutch
    r"|orange\.fr|wanadoo\.fr|free\.fr|laposte\.net|sfr\.fr|neuf\.fr|bbox\.fr|club-internet\.fr|"
    r"skynet\.be|telenet\.be|proximus\.be|ziggo\.nl|kpnmail\.nl|planet\.nl|xs4all\.nl|home\.nl|"
    r"hetnet\.nl"
    # Italian, Iberian, Latin American
    r"|libero\.it|virgilio\.it|tiscali\.it|alice\.it|tin\.it|telefonica\.net|terra\.(?:es|com\.br)|"
    r"sapo\.pt|uol\.com\.br|bol\.com\.br|ig\.com\.br|prodigy\.net\.mx"
    # British, Irish, American, Canadian, Australian
    r"|bt(?:internet|openworld)\.com|sky\.com|talktalk\.net|virginmedia\.com|ntlworld\.com|"
    r"blueyonder\.co\.uk|"
    r"tiscali\.co\.uk|eircom\.net|comcast\.net|verizon\.net|att\.net|sbcglobal\.net|"
    r"bellsouth\.net|cox\.net|"
    r"charter\.net|earthlink\.net|optonline\.net|juno\.com|shaw\.ca|rogers\.com|sympatico\.ca|"
    r"telus\.net|"
    r"videotron\.ca|bigpond\.(?:com|net\.au)|optusnet\.com\.au|xtra\.co\.nz"
    # Nordic, Polish, Czech, Russian, Asian
    r"|telia\.com|online\.no|wp\.pl|o2\.pl|onet\.(?:pl|eu)|interia\.pl|op\.pl|seznam\.cz|"
    r"centrum\.cz|"
    r"email\.cz|volny\.cz|azet\.sk|citromail\.hu|freemail\.hu|abv\.bg|mail\.ru|bk\.ru|list\.ru|"
    r"rambler\.ru|"
    r"ukr\.net|i\.ua|qq\.com|foxmail\.com|163\.com|126\.com|yeah\.net|sina\.c(?:om|n)|sohu\.com|"
    r"naver\.com|"
    r"daum\.net|hanmail\.net|rediffmail\.com|walla\.co\.il|docomo\.ne\.jp|ezweb\.ne\.jp|"
    r"softbank\.ne\.jp"
)

# Hosts that show a short address and hide a long one; a house's own (nyti.ms) is no better to a
# filter.
SHORTENERS: Final = frozenset(
    # anybody's
    "bit.ly bitly.com j.mp tinyurl.com goo.gl ow.ly t.co is.gd v.gd buff.ly rebrand.ly cutt.ly "
    "rb.gy shorturl.at shorturl.asia t.ly tiny.cc tiny.one tinyurl.is bl.ink dlvr.it ift.tt "
    "trib.al "
    "snip.ly short.io shorte.st adf.ly soo.gd s.id qr.ae db.tt mcaf.ee po.st u.to clck.ru goo.su "
    "x.co su.pr dub.sh urlz.fr lc.cx t2m.io hypr.ink shrtco.de gg.gg n9.cl zpr.io kutt.it ln.run "
    "lnk.bio spr.ly hubs.ly hubs.la ow.li vk.cc surl.li urlr.me "
    # one house's own
    "lnkd.in fb.me wp.me amzn.to amzn.eu a.co spoti.fi nyti.ms apple.co msft.it econ.st wapo.st "
    "bbc.in reut.rs bloom.bg on.ft.com cnn.it g.co pin.it redd.it flip.it eepurl.com "
    "mailchi.mp".split()
) - {"g.co", "mailchi.mp"}  # Google's own pages, and where Mailchimp publishes letters


# A link that a service or a filter made: it names one reader or one campaign, and dies with it.
TRACKBACK: Final = regex(
    # services, by their hosts
    r"//[\w.-]*(?:list-manage\d*\.com/(?:track|unsubscribe|profile|subscribe/confirm)|"
    r"ct\.sendgrid\.net|sendgrid\.net/(?:ls|wf)/click|sendibt\d*\.com|sendibm\d*\.com|"
    r"brevo\.net/|sibforms\.com/track|mlsend\d*\.com|mailerlite\.com/link|"
    r"(?:click|track)\.mailerlite|mjt\.lu|mailjet\.com/lnk|convertkit-mail\d*\.com|"
    r"click\.convertkit|click\.kit-mail|kit-mail\d*\.com|awstrack\.me|r\.us-[\w-]+\.awstrack|"
    r"click\.[\w.-]*(?:mailchimp|hubspot|hs-sites|klaviyo)|hubspotlinks\w*\.com|"
    r"hs-\w+\.com/e\d|trk\.klclick\d*\.com|klclick\d*\.com|createsend\d*\.com/t/|"
    r"cmail\d+\.com/t/|rs6\.net/tn\.jsp|acem[ls]\w*\.com|activehosted\.com/(?:proc|lt)|"
    r"emltrk\.com|mandrillapp\.com/track|icptrack\.com/|exct\.net|substack\.com/(?:redirect|c/)|email\.mg\.|"
    r"e2ma\.net/click|eomail\d*\.com|eocampaign\w*\.com|links\.buttondown\.(?:email|com)|"
    r"buttondown\.(?:email|com)/track|(?:link|elink)\w*\.(?:mail\.)?beehiiv\.com|"
    r"click\.revue\.email|getresponse\.com/click|mailgun\.\w+/c/|ghost\.io/r/|sparkpostmail\.com|"
    r"customeriomail\.com|track\.customer\.io|infusionsoft\.com/app/linkClick|"
    r"pardot\.com/e/|iterable\.com/(?:a|u)/click|omnisendlink\.com|sendpul\.se|"
    # a firm's mail filter, and what copying from a search or a network brings along
    r"urldefense\.(?:proofpoint\.)?com/|safelinks\.protection\.outlook\.com/|"
    r"linkprotect\.cudasvc\.com/|protect[\w-]*\.mimecast\.com/|"
    r"l\.facebook\.com/l\.php|lm\.facebook\.com/l\.php|www\.google\.\w+/url\?)"
    # services under a sender's own host, by what their addresses look like
    r"|//[^/]+/(?:lt/|(?:lists/)?lt\.php\?|ls/click\?upn=|wf/click\?upn=|(?:uni/)?ss/c/|tr/cl/|"
    r"track/click/|e3t/|link/[0-9a-f]{8}-[0-9a-f-]{27}/[0-9a-f]{8}-|c/eJ[\w-]{20}|\?qs=[0-9a-f]{32})",
    re.IGNORECASE,
)

# Addresses that only an editor can open, or that change once a post is published. The host and the
# rest are looked at apart, so that an address within another's query counts for nothing.
PRIVATE_PAGE: Final = regex(
    # a site's own editor, previews and tokens
    r"[?&](?:preview=(?:true|1)|preview_id=|preview_nonce=|customize_changeset_uuid=|"
    r"elementor-preview|fb-edit=|share[-_]?token=|access[-_]?token=|draft=(?:true|1)|sqs-preview)|"
    r"^/(?:[\w-]+/)?wp-admin(?:/|$|\?)|/wp-login\.php|/ghost/#|^/(?:admin|administrator|umbraco|"
    r"_preview|"
    r"user/login)(?:/|$|\?)|/admin/(?:posts?|content|edit)|^/node/\d+/(?:edit|latest)|"
    r"^/config/pages|"
    r"/p/[0-9a-f]{8}-[0-9a-f-]{27}/?$",
    re.IGNORECASE,
)
PRIVATE_SITE: Final = regex(
    # documents and desks that open for their owner
    r"^(?:docs\.google\.com/[^?#]+/edit|drive\.google\.com/drive/u/|mail\.google\.com/|"
    r"(?:www\.)?notion\.so/[^?#]*\?pvs=|(?:www\.)?dropbox\.com/(?:home|work)|"
    r"[\w-]+(?:-my)?\.sharepoint\.com/(?::\w:/|sites/|personal/)|(?:www\.)?medium\.com/p/\w+/edit|"
    r"(?:www\.)?canva\.com/design/[^?#]*/edit|github\.com/[^/]+/[^/]+/edit/|"
    r"[\w-]+\.substack\.com/publish/|(?:app|[\w-]+)\.beehiiv\.com/posts/[\w-]+/edit|"
    # the services' own desks
    r"us\d+\.admin\.mailchimp\.com/|(?:www\.)?trello\.com/[bc]/|"
    r"(?:www\.)?figma\.com/(?:file|design|board)/|app\.(?:mailchimp|buttondown|kit|convertkit|brevo|mailjet|beehiiv|"
    r"klaviyo|loops)\.\w+/|(?:www\.)?klaviyo\.com/(?:campaign|template)|"
    r"dashboard\.mailerlite\.com/|"
    r"(?:mc|app)\.sendgrid\.com/|my\.brevo\.com/|resend\.com/broadcasts|"
    # sites before they are published
    r"deploy-preview-\d+--|[\w-]+-git-[\w-]+\.vercel\.app|[\w-]+--[\w-]+\.netlify\.app|"
    r"[\w.-]+\.(?:ngrok(?:-free)?\.(?:io|app|dev)|loca\.lt|trycloudflare\.com|gitpod\.io)(?:[/:]|"
    r"$)|"
    r"[\w.-]+\.(?:wpengine|kinsta|pantheonsite|flywheelsites|myftpupload|wpcomstaging|instawp|"
    r"cloudwaysapps)\.\w+)",
    re.IGNORECASE,
)
# A host that begins so is where a site is tried out: the first of any site, the second only of a
# site that this mail links to as well, for dev.example may be a site of its own.
STAGING: Final = regex(r"(?:staging|stage|stg|preprod|pre-prod|uat|draft)\d*[.-](.+\..+)")
TRIAL: Final = regex(r"(?:dev|test|testing|beta|preview|demo|sandbox|new|old)\d*[.-](.+\..+)")
TWO_PART_ENDING: Final = regex(r"(?:co|com|org|net|ac|gov|gouv)\.\w\w")

PRIVATE_HOST: Final = regex(
    r"^(?:localhost|.*\.localhost|.*\.local|.*\.internal|.*\.lan|.*\.home\.arpa|"
    r"127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|"
    r"192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|169\.254\.\d+\.\d+|0\.0\.0\.0|"
    r"\[?::1\]?|\[?f[cde][0-9a-f]{2}:.*)$",
    re.IGNORECASE,
)

# Endings that are a file's, or a program's name: "Node.js" is no host.
FILE_ENDINGS: Final = frozenset(
    "js ts py rb rs md sh pl go php html htm css json xml toml yaml yml pdf zip png jpg gif txt "
    "doc docx csv net".split()
)
