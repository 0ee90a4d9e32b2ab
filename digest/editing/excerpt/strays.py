"""Knows whole lines that blogs leave between and behind paragraphs, in the labels' languages.

Each line has to be such a one from its beginning to its end: a sentence that only speaks of
newsletters or cookies stays. Every group names where it comes from.
"""

from __future__ import annotations

import re

from digest.editing.excerpt.closings import Taken
from digest.editing.excerpt.leading import leads_elsewhere
from digest.lazy import regex

MAX_LINE = 240  # characters; what is longer says something

# The buttons of Jetpack and its like.
_LIKE = (
    r"(?:Like\sthis|Gefällt\smir|J[’']aime\sça|J[’']aime|Me\sgusta(?:\sesto)?|Curtir(?:\sisso)?"
    r"|Mi\spiace|Vind\sik\sleuk|Gilla"
    r"|Share\sthis|Teilen\smit|Partager|Comparte(?:\sesto)?|Compartilhe(?:\sisso)?|Condividi"
    r"|Dit\sdelen|Dela|いいね)\s?[:：]"
    r"[^\n]{0,120}|(?:Like|Gefällt\smir|J[’']aime|Me\sgusta)\s?(?:Loading|Wird\sgeladen|chargement"
    r"|Cargando)[^\n]{0,20}"
)
# Forms and notices.
_SIGN_UP = (
    r"(?:Subscribe|Sign\sup|Join\sour\smailing\slist|Get\s(?:our|the)\s(?:latest|newsletter)"
    r"|Abonnieren\sSie|Jetzt\sabonnieren"
    r"|Melden\sSie\ssich|Abonnez-vous|Inscrivez-vous|Suscríbete|Suscríbase|Assine|Inscreva-se"
    r"|Iscriviti|Schrijf\sje\sin"
    r"|Meld\sje\saan|Prenumerera)\b[^\n.!?]{0,120}(?:newsletter|updates|e-?mails?|inbox|list"
    r"|Newsletter|infolettre|boletín"
    r"|lista|nieuwsbrief|nyhetsbrev|blog)\b[^\n.!?]{0,60}[.!]?"
    r"|(?:(?:This|Our)\s(?:web)?site\suses|We\suse)\scookies[^\n]{0,200}|Diese\s(?:Web)?[Ss]eite\s(?:verwendet"
    r"|nutzt)\sCookies[^\n]{0,200}"
    r"|Ce\ssite\sutilise\sdes\scookies[^\n]{0,200}|(?:Este|Esta)\s(?:sitio"
    r"|página)[^\n]{0,20}(?:usa|utiliza)\scookies[^\n]{0,200}"
)
_THANKS = (
    r"(?:Thanks|Thank\syou)(?:\s(?:so|very)\smuch)?\sfor\sreading(?:\s[^\n.!?]{1,60})?[.!]*"
    r"(?:\sSubscribe\s(?:now|for\sfree)\b[^\n]{0,90})?"  # Substack's
    r"|(?:Danke\sfürs\sLesen|Merci\s(?:de|pour)\s(?:(?:m[’'])?avoir\slue?|(?:votre|ta)\slecture)"
    r"|Gracias\spor\sleer(?:me|nos)?|Grazie\sper\s(?:la\slettura|aver\sletto)|Obrigad[oa]\spor\sler"
    r"|Bedankt\svoor\shet\slezen|Tack\sför\satt\sdu\släste?r?)\s?[.!…]*"
)
_MINUTES = (
    r"(?:(?:Estimated\s)?[Rr]eading\stime:?\s|Lesezeit:?\s|Temps\sde\slecture\s?:?\s"
    r"|Tiempo\sde\slectura:?\s|Leestijd:?\s)?"
    r"(?:about\s|approx\.?\s|ca\.\s|~|<\s?)?\d{1,3}(?:[–-]\d{1,3})?[\s-]?min(?:ute[ns]?|utos|uti"
    r"|uten|\.)?s?\s?"
    r"(?:reading\stime|read|Lesezeit|de\slecture|de\slectura|de\sleitura|di\slettura|lezen)?\.?"
    r"|(?:読了時間|読む時間)[：:\s]*(?:約)?\s?\d{1,3}\s?分|この記事は約?\d{1,3}分で読めます。?"
    r"|阅读时间[：:\s]*(?:约)?\s?\d{1,3}\s?分钟?"
)
# Captions that a content system kept as paragraphs.
_CAPTION = (
    r"(?:Photo|Image|Picture|Foto|Bild|Abbildung|Crédit\sphoto|Imagen|Imagem|Illustration|Credit)s?"
    r"(?:\s(?:credits?|by|courtesy\sof|source|von|de))?\s?[:©]\s?[^\n]{2,120}"
    r"|(?:Photo(?:graph)?|Image|Picture|Illustration|Foto|Bild)s?\s(?:by|von|par|por|de|di|door|av)"
    r"\s[^\W\d_a-z][^\n.!?]{2,50}\.?"
    r"|(?:Fig(?:ure|\.)?|Abb\.?)\s\d{1,2}\s?[:.]\s[^\n]{2,160}|©\s[^\n]{2,100}"
)
_STRAY = regex(rf"(?:{_LIKE}|{_SIGN_UP}|{_THANKS}|{_MINUTES}|{_CAPTION})")
# What may begin with any words: what the law asks of who earns by links, and a caption's credit.
_STRAY_WITHIN = regex(
    r"[^\n]{0,60}\baffiliate\slinks?\b[^\n]{0,200}"
    r"|[^\n]{0,100}\((?:Photo|Foto|Image|Bild)\s?[:/][^\n)]{2,80}\)"
)


def is_stray(line: str) -> bool:
    """Say whether a line is nothing but such a leaving.

    >>> is_stray("Abonnieren Sie unseren Newsletter")
    True
    >>> is_stray("Our newsletter is two hundred weeks old, and we thank you for it.")
    False
    """
    if len(line) > MAX_LINE:
        return False
    line = line.strip()
    may_be_within = line[-1:] == ")" or "affiliate" in line
    return bool(_STRAY.fullmatch(line) or (may_be_within and _STRAY_WITHIN.fullmatch(line)))


def ends_a_body(line: str) -> bool:
    """Say whether a body's last paragraph only leads elsewhere: a button, where it appeared."""
    is_button = len(line) <= MAX_LINE and bool(re.fullmatch(_LIKE, line))
    return is_button or leads_elsewhere(line)


def without_strays(text: str) -> Taken:
    """Take such lines out of a text of several."""
    lines = text.split("\n")
    kept = [line for line in lines if not is_stray(line)]
    if len(kept) == len(lines) or not kept:
        return Taken(text)
    return Taken("\n".join(kept), "\n".join(line for line in lines if line not in kept))
