"""Words and patterns that rules look for, as data, in the labels' languages and a few more."""

from __future__ import annotations

import re
from typing import Final

from digest.lazy import regex


def _phrases(text: str) -> frozenset[str]:
    return frozenset(phrase.strip().casefold() for phrase in text.split("|"))


# Link texts that say nothing about where they lead (WCAG 2.4.4, F84; Lighthouse judges by a list
# like it). "Read on" is none: it continues what stands above it, and only becomes one where two
# such links lead to different places.
VAGUE: Final = _phrases(
    "here | click here | click | click this | this | this link | link | more | more… | this "
    "page | tap here | "
    "press here | go | url | website | right here | click | read more | learn more | see more | "
    "find out more | more info | more information | more details | details | info | start | "
    "this article | this post | this story | "  # English
    "hier | hier klicken | klicken sie hier | klick | klicke hier | mehr | dieser link | "
    "mehr erfahren | mehr lesen | mehr dazu | mehr infos | mehr informationen | "  # German
    "ici | cliquez ici | cliquer ici | plus | ce lien | lien | en savoir plus | voir plus | "
    "plus d'infos | plus d’infos | lire plus | cet article | "  # French
    "aquí | haz clic aquí | haga clic aquí | pulsa aquí | clic aquí | más | este enlace | "
    "enlace | leer más | saber más | ver más | más información | más info | "  # Spanish
    "yma | cliciwch yma | clicio yma | mwy | y ddolen hon | darllen mwy | rhagor | "  # Welsh
    "هنا | اضغط هنا | انقر هنا | المزيد | الرابط | اقرأ المزيد | "  # Arabic
    "こちら | ここ | ここをクリック | こちらをクリック | もっと | リンク | もっと見る | "
    "詳しくはこちら | 詳細はこちら | 詳細 | "  # Japanese
    "klik hier | deze link | meer | lees meer | meer lezen | meer informatie | "  # Dutch
    "qui | clicca qui | altro | questo link | leggi di più | scopri di più | "
    "per saperne di più | leggi tutto | "  # Italian
    "aqui | clique aqui | mais | saiba mais | leia mais | ler mais | saber mais | este link | "
    "klicka här | här | mer | läs mer | "  # Portuguese, Swedish
    "klik her | her | mere | læs mere | klikk her | les mer | mer info | "  # Danish, Norwegian
    "tästä | klikkaa tästä | lisää | lisätietoja | "  # Finnish
    "tutaj | kliknij tutaj | więcej | czytaj więcej | dowiedz się więcej | "  # Polish
    "zde | klikněte zde | více | číst více | více informací | "  # Czech
    "εδώ | κάντε κλικ εδώ | περισσότερα | διαβάστε περισσότερα | "  # Greek
    "buraya tıklayın | tıklayın | daha fazla | devamı | "  # Turkish
    "כאן | לחצו כאן | לחץ כאן | עוד | קרא עוד | اینجا | اینجا کلیک کنید | بیشتر | "
    "यहाँ क्लिक करें | यहां क्लिक करें | और पढ़ें | अधिक | "  # Hebrew, Persian, Hindi
    "คลิกที่นี่ | ที่นี่ | อ่านเพิ่มเติม | klik di sini | di sini | selengkapnya | "
    "baca selengkapnya | "  # Thai, Indonesian
    "여기 | 여기를 클릭 | 여기를 클릭하세요 | 더 보기 | 더보기 | 자세히 보기 | "  # Korean
    "点击这里 | 点此 | 这里 | 更多 | 阅读更多 | 查看更多 | 了解更多 | "
    "點擊這裡 | 點此 | 這裡 | 閱讀更多 | 了解詳情 | "  # Chinese
    "здесь | тут | нажмите здесь | подробнее | читать далее | ещё | "
    "тут | натисніть тут | детальніше | більше | "  # Russian, Ukrainian
    "aici | click aici | mai mult | citește mai mult | află mai multe | "  # Romanian
    "itt | kattintson ide | ide | tovább | bővebben | részletek | "  # Hungarian
    "aquí | feu clic aquí | més | més informació | llegir més | "  # Catalan
    "tại đây | nhấp vào đây | bấm vào đây | xem thêm | đọc thêm"  # Vietnamese
)

# What a link out of the list is called; every language that the templates' labels speak is here.
UNSUBSCRIBE: Final = regex(
    # English
    r"unsubscri|opt[ -]?out|leave (?:this|the|our) (?:mailing )?list|remove (?:me|yourself)|"
    r"(?:manage|update|change|edit)\b.{0,24}\b(?:preferences|subscription|settings)|"
    r"email preferences|stop (?:receiving|getting|these (?:e-?mails|letters))|"
    # German, French, Spanish, Catalan
    r"abmeld|abbestell|austragen|désabonn|désinscri|se désinscrire|"
    r"cancelar (?:la |su |tu )?(?:suscripción|inscripción)|dar(?:se|me|te)? de baja|"
    r"(?:date|dame) de baja|dad?te? de baja|anular (?:la |mi |tu )?suscripción|"
    r"don(?:a|eu)[’'`-]?(?:m|us|t)? de baixa|baixa de la llista|cancel·lar la subscripció|"
    # Portuguese, Italian, Romanian
    r"cancelar (?:a |minha |sua )?(?:subscrição|inscrição|assinatura)|anular a subscrição|"
    r"descadastr|disiscri|annulla(?:re)? (?:l.?)?(?:a )?iscrizione|cancellati|cancella iscrizione|"
    r"dezabon|"
    # Welsh, Dutch, Danish, Norwegian, Swedish, Finnish
    r"dad-?danysgrifi|afmeld|uitschrijv|avmeld|meld (?:deg|meg) av|av(?:registrer|prenumerer)|"
    r"avsluta prenumeration|säg upp prenumeration|peru(?:uta|a)? (?:uutiskirje|tilau)|"
    # Polish, Czech, Hungarian, Croatian, Greek, Turkish
    r"wypisz|rezygn(?:uj|acj)|anuluj subskrypcj|odhlás|zrušit odběr|leiratkoz|odjav|"
    r"κατάργηση εγγραφής|διαγραφή|απεγγραφή|abonelikten|aboneli(?:ği|k) (?:iptal|sonlandır)|"
    # Russian, Ukrainian, Hebrew, Arabic, Persian, Hindi
    r"отпис|отказаться от рассылки|відпис|скасувати підписку|הסר|להסרה|ביטול (?:ה)?מנוי|"
    r"إلغاء (?:ال)?اشتراك|لغو (?:ا)?شتراک|لغو عضویت|सदस्यता (?:समाप्त|रद्द)|"
    # Japanese, Korean, Chinese, Thai, Indonesian, Vietnamese
    r"購読(?:を)?(?:解除|停止)|配信(?:を)?(?:停止|解除)|登録(?:を)?解除|退会|"
    r"구독(?:을)? ?(?:취소|해지)|수신 ?거부|"
    r"退订|取消订阅|退訂|取消訂閱|ยกเลิก(?:การ)?(?:รับ|สมัคร)|"
    r"berhenti (?:ber)?langganan|hủy (?:đăng ký|nhận)",
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

# Notes to oneself, and what a template's author left to be written over.
# All that begins with a word stands behind one \b, so that most places are passed over at once.
PLACEHOLDER: Final = regex(
    r"\b(?:"
    # an editor's marks: TK of journalism, what programmers write, keys struck at random
    r"(?:TK(?:TK)*|tktk\w*)\b(?!-?\d)|(?:TODO|FIXME|TBD|TBC|X{4,})\b|"
    r"(?i:asdf(?:gh\w*)?\b|qwerty\b|"
    # filler text, whole or begun
    r"lorem(?: ipsum)?\b|dolor sit amet\b|"
    r"(?:placeholder(?: text| image)?|(?:sample|dummy) text|blindtext|platzhalter(?:text)?|"
    r"texto de (?:ejemplo|exemplo|relleno)|texte d.exemple|testo di esempio|voorbeeldtekst)\b|"
    # an invitation to write
    r"your (?:text|headline|title|logo|message|company|address|name|content|"
    r"story) (?:goes )?here\b|"
    r"(?:heading|headline|title|text|content|copy|story|caption) goes here\b|"
    r"insert (?:text|link|image|title|name|date|headline|picture) here\b|"
    r"(?:click|tap|double-click) (?:here )?to (?:edit|add|insert)\b.{0,40}|"
    r"hier (?:text |bild |titel |link )?einfügen\b|(?:ihr|dein|euer) text hier\b|"
    r"hier steht (?:ihr|dein|euer|der) text\b|texte à venir\b|texto por venir\b|"
    r"(?:text|picture|photo|caption|details) to come\b|"
    r"votre texte ici\b|(?:tu|su) texto aquí\b|seu texto aqui\b|il (?:tuo|suo) testo qui\b))|"
    r"(?:^|[\[(:]\s*)XXX\b|(?i:^\s*untitled(?: (?:document|post|draft))?\s*$|"
    # in brackets
    r"<(?:name|vorname|nom|nombre|insert [^>]{0,40})>|"
    r"\[(?:insert|add|your|todo|tk|tbd|tbc)\b[^\]]{0,60}\])|"
    r"\[(?:LINK|URL|NAME|DATE|TITLE|TIME|PLACE|VENUE|PHOTO|IMAGE|AUTHOR|HEADLINE|CAPTION)\]|"
    r"\[(?:First |Last |Company |Event )?(?:Name|Date|Title)\]",
)

ATTACHED: Final = regex(
    r"\bI (?:have |am )?attach(?:ing)?\b(?! (?:to|myself|great|much|importance))|"
    r"\b(?:see|find|is|are|please find|i.ve|i have|we.ve|we have)\s+(?:the\s+|"
    r"an?\s+)?attach(?:ed|ment)s?\b(?! to\b)|"
    r"\bplease (?:find|see)\b[^.!?]{0,40}\battached\b|"
    r"\battached to this (?:e-?mail|mail|message|letter|newsletter|issue)\b|"
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

# A greeting whose name was never filled in, or was filled in with a programmer's nothing.
GREETING_WITHOUT_NAME: Final = regex(
    r"\b(?:Hi|Hello|Hey|Dear|Hallo|Liebe[r]?|Hola|Estimad[oa]|Cher|Chère|Bonjour|Salut|Annwyl|"
    r"Ciao|Car[oa]|Olá|Beste|Hej|Kære|Kjære|Kära|Hei)\s+(?:[,،!]|(?:null|undefined|None|NaN)\b)|"
    r"\[object Object\]"
)

# ---------------------------------------------------------------- addresses on paper

_STREET = (
    r"street|st|road|rd|avenue|ave|lane|ln|drive|dr|way|court|ct|square|sq|place|pl|boulevard|"
    r"blvd|yard|house|floor|"
    r"suite|ste|p\.?\s?o\.? box|box|mews|terrace|close|quay|park|hill|highway|hwy|parkway|plaza|"
    r"broadway|"
    r"heol|ffordd|stryd|rue|chemin|allée|quai|calle|avenida|plaza|paseo|carrer|via|viale|piazza|"
    r"rua|postfach|apartado|"
    r"ul|ulica|ulice|aleja|ул|улица|вул|вулиця|просп|проспект"
)
POSTAL: Final = regex(
    rf"\b\d+[a-z]?[ ,]+(?:[\w.’'-]+ ){{0,4}}(?:{_STREET})\b|"
    rf"\b(?:{_STREET})\b[ ,.]+(?:[\w.’'-]+[ ,]+){{0,5}}\d+|"
    r"\b\w+(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|allee|straat|laan|plein|gracht|gatan|vägen|"
    r"vej|gade|veien|gata)\s+\d+|"
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]{2},? \d{5}(?:-\d{4})?\b|"
    r"\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|"
    r"(?-i:\b\d{4,5} [A-ZÄÖÜÉ][\w-]+|\b\d\d-\d{3} [A-ZŁŚŻ][\w-]+|\b\d{3} \d\d [A-ZÅÄÖČŘŠŽ][\w-]+)|"
    r"〒\s?\d{3}-?\d{4}|\b\d{3}-\d{4}\b.*[都道府県市区]",
    re.IGNORECASE,
)
