"""What mailing services ask of an email, as data: limits, forbidden pairs, further tags.

From the services' own descriptions where there are any, else from their documentation (looked up
2026-11-29).
"""

from __future__ import annotations

import re
from typing import Final

from digest.lazy import regex

MOST_BYTES: Final = {
    "brevo": 1_000_000,
    "sendgrid": 1_048_576,
    "constantcontact": 400_000,
    "mailerlite": 1_000_000,
}
MOST_SUBJECT: Final = {"ghost": 300, "mailchimp": 150}
MOST_PREHEADER: Final = {"ghost": 300, "mailchimp": 150}
MOST_NAME: Final = {"sendgrid": 100, "mailchimp": 100}

BYTES_A_TRACKED_LINK: Final = 150
"""By how much a link grows, on the average, once a service counts its clicks."""
UNTRACKED: Final = frozenset(("plain", "smtp", "imap"))

# What a service refuses, or takes for a command of its own, wherever it stands.
FORBIDDEN: Final[dict[str, tuple[tuple[re.Pattern[str], str], ...]]] = {
    "constantcontact": (
        (re.compile(r"\[#"), '"[#"'),
        (re.compile(r"\$\{"), '"${"'),
        (re.compile(r"<@"), '"<@"'),
    ),
    "listmonk": ((re.compile(r"@TrackLink\b"), '"@TrackLink"'),),
    "buttondown": ((re.compile(r"\A\s*---"), 'a body that starts with "---"'),),
    "mailchimp": ((re.compile(r"<[^<>]*\smc:[\w-]+", re.IGNORECASE), 'an "mc:" attribute'),),
}

# One pattern for each way of writing a tag; "broken" is its beginning without its end.
SYNTAXES: Final = {
    "{{": re.compile(r"\{\{\{?([^{}]{0,300})\}\}\}?"),
    "{%": re.compile(r"\{%([^%]{0,300})%\}"),
    "*|": re.compile(r"\*\|([^|]{0,300})\|\*"),
    "%%{": re.compile(r"%%\{([^{}]{0,300})\}%%"),
    "{$": re.compile(r"\{\$([\w.]+)[^{}]*\}"),
    "[[": re.compile(r"\[\[([^\[\]]{0,300})\]\]"),
    "%": re.compile(r"%([A-Z][A-Z-]{3,})%"),
    "{": re.compile(
        r"\{((?:contact|domain|action|mailing|unsubscribe|webview|contactfield)[\w.=]*)\}"
    ),
    "[": re.compile(
        r"\[(unsubscribe|webversion|UNSUBSCRIBEURL|FIRSTNAME|firstname,[^\]]*|Name,[^\]]*)\]"
    ),
    "<": re.compile(r"<(unsubscribe|webversion|preferences|forwardtoafriend)\b[^>]*>"),
}

# Beginnings of names that services know, beside the tags of the dialects: a reader's own fields.
KNOWN_ROOTS: Final = regex(
    r"\s*(?:subscriber|contact|email|person|profile|customer|account|organization|recipient|"
    r"user|list|campaign|message|"
    r"newsletter|mailing|unsubscribe|manage|mirror|weblink|view|web|update|preferences|address|"
    r"sender|first_?name|"
    r"last_?name|name|fname|lname|date|now|params|if|else|elif|end|endif|for|endfor|data|var|"
    r"resend_|site_settings|"
    r"\.subscriber|\.campaign|unsubscribeurl|messageurl|optinurl|trackview|tracklink|senderinfo|"
    r"sender_|"
    r"amazonses|physical_address|company|open_tracking|merge|rewards|current_year|archive|"
    r"forward|share|"
    r"html:|text:|list_|mc:|mc_|rss|coupon|unsub|abuse|interested|#if|/if|else|t |@)",
    re.IGNORECASE,
)

UNSUBSCRIBE_TAG: Final = regex(
    r"\*\|UNSUB\|\*|\{\{\{?\s*(?:\{|#|RESEND_)?(?:unsubscribe|UnsubscribeURL|unsubscribe_url|"
    r"unsubscribe_link|amazonSESUnsubscribeUrl|"
    r"RESEND_UNSUBSCRIBE_URL)\b|%%\{unsubscribe_url\}%%|\{\$unsubscribe\}|\[\[UNSUB_LINK|"
    r"\{%\s*unsubscribe|"
    r"\{(?:action\.(?:unsubscribeUrl|optOutUrl)|unsubscribe_url|unsubscribe_text)\}|"
    r"\[UNSUBSCRIBEURL\]|%UNSUBSCRIBELINK%|"
    r"<unsubscribe\b|\[unsubscribe\]|-unsubscribe-|<%\s*asm_|\{\{\{?\s*asm_|"
    r"%mailing_list_unsubscribe_url%",
    re.IGNORECASE,
)
ADDRESS_TAG: Final = regex(
    r"\*\|(?:HTML:)?LIST[_:]ADDRESS|\{\{\s*(?:address|organization\.full_address|SenderInfo|"
    r"Sender_Address|"
    r"site_settings\.company_street|physical_address|account\.address)|\{domain\.address\}|"
    r"%SENDER-INFO|\{\$account",
    re.IGNORECASE,
)
