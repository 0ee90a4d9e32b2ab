"""The newsletter's language: fixed words, dates, numbers and lists.

Words are shipped for some languages; others fall back to English, word by word, and never fail.
Dates, numbers, lists and plural forms are Babel's, which is imported only where `locales` and plain
digits do not say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, Literal

from digest.rendering.words import locales

_ENGLISH: Final[dict[str, str]] = {
    "issue": "Issue {n}",
    "colon": ": ",  # between a label and what it names, with the space that follows
    "inside": "Inside",
    "read_on": "Read on",
    "reading_time": "{n} min read",
    "part": "part {n}",
    "part_of": "part {n} of {total}",
    "earlier": "Earlier",
    "so_far": "The story so far",
    "start": "Start at {part}",
    "late": "Missed last time",
    "carried_over": "Held over from last time",
    "and": "and",
    "why": "You receive this because you subscribed to {name}.",
    "view_online": "View in your browser",
    "unsubscribe": "Unsubscribe",
    "archive": "From the archive",
    "and_more": "{title}, and {n} more",
    "more_on_site": "and {n} more on the site",
    "also": "Also this time",
    "recommended": "Recommended",
    "updated": "Updated since we wrote",
    "first_sent": "First sent with issue {n}, {date}",
}

_WORDS: Final[dict[str, dict[str, str]]] = {
    "en": _ENGLISH,
    "de": {
        "issue": "Ausgabe {n}",
        "colon": ": ",
        "inside": "In dieser Ausgabe",
        "read_on": "Weiterlesen",
        "reading_time": "{n} Min. Lesezeit",
        "part": "Teil {n}",
        "part_of": "Teil {n} von {total}",
        "earlier": "Zuvor",
        "so_far": "Was bisher geschah",
        "start": "Bei {part} anfangen",
        "late": "Letztes Mal gefehlt",
        "carried_over": "Vom letzten Mal übrig",
        "and": "und",
        "why": "Sie erhalten diese E-Mail, weil Sie {name} abonniert haben.",
        "view_online": "Im Browser ansehen",
        "unsubscribe": "Abbestellen",
        "archive": "Aus dem Archiv",
        "and_more": "{title} und {n} weitere",
        "and_more.one": "{title} und {n} weiterer",
        "more_on_site": "und {n} weitere Beiträge auf der Website",
        "more_on_site.one": "und {n} weiterer Beitrag auf der Website",
        "also": "Außerdem",
        "recommended": "Empfohlen",
        "updated": "Seither geändert",
        "first_sent": "Zuerst in Ausgabe {n} vom {date}",
    },
    "fr": {
        "issue": "Numéro {n}",
        "colon": "\u00a0: ",
        "inside": "Dans ce numéro",
        "read_on": "Lire la suite",
        "reading_time": "{n} min de lecture",
        "part": "partie {n}",
        "part_of": "partie {n} sur {total}",
        "earlier": "Précédemment",
        "so_far": "Les parties précédentes",
        "start": "Commencer à la {part}",
        "late": "Oublié la dernière fois",
        "carried_over": "Reporté de la dernière fois",
        "and": "et",
        "why": "Vous recevez ce message parce que vous êtes abonné à {name}.",
        "view_online": "Voir dans le navigateur",
        "unsubscribe": "Se désabonner",
        "archive": "Dans les archives",
        "and_more": "{title}, et {n} autres",
        "and_more.one": "{title}, et {n} autre",
        "more_on_site": "et {n} autres articles sur le site",
        "more_on_site.one": "et {n} autre article sur le site",
        "also": "Et aussi",
        "recommended": "À lire ailleurs",
        "updated": "Mis à jour depuis",
        "first_sent": "Paru d’abord dans le numéro {n} du {date}",
    },
    "es": {
        "issue": "Número {n}",
        "colon": ": ",
        "inside": "En este número",
        "read_on": "Seguir leyendo",
        "reading_time": "{n} min de lectura",
        "part": "parte {n}",
        "part_of": "parte {n} de {total}",
        "earlier": "Antes",
        "so_far": "La historia hasta ahora",
        "start": "Empezar por la {part}",
        "late": "Faltó la última vez",
        "carried_over": "Pendiente de la última vez",
        "and": "y",
        "why": "Recibe este mensaje porque se suscribió a {name}.",
        "view_online": "Ver en el navegador",
        "unsubscribe": "Darse de baja",
        "archive": "Del archivo",
        "and_more": "{title} y {n} más",
        "more_on_site": "y {n} más en el sitio web",
        "also": "Además",
        "recommended": "Recomendado",
        "updated": "Actualizado desde entonces",
        "first_sent": "Apareció en el número {n}, del {date}",
    },
    "cy": {
        "issue": "Rhifyn {n}",
        "colon": ": ",
        "inside": "Yn y rhifyn hwn",
        "read_on": "Darllen ymlaen",
        "reading_time": "{n} munud o ddarllen",
        "part": "rhan {n}",
        "part_of": "rhan {n} o {total}",
        "earlier": "Cynt",
        "so_far": "Y stori hyd yma",
        "start": "Dechrau gyda {part}",
        "late": "Ar goll y tro diwethaf",
        "carried_over": "Wedi'i gadw ers y tro diwethaf",
        "and": "a",
        "why": "Rydych yn derbyn hwn am eich bod wedi tanysgrifio i {name}.",
        "view_online": "Gweld yn eich porwr",
        "unsubscribe": "Dad-danysgrifio",
        "archive": "O'r archif",
        "and_more": "{title}, a {n} arall",
        "more_on_site": "a {n} arall ar y wefan",
        "also": "Hefyd",
        "recommended": "Argymhellir",
        "updated": "Wedi'i ddiweddaru ers inni ysgrifennu",
        "first_sent": "Anfonwyd gyntaf gyda rhifyn {n}, {date}",
    },
    "ar": {
        "issue": "العدد {n}",
        "colon": ": ",
        "inside": "في هذا العدد",
        "read_on": "تابع القراءة",
        "reading_time": "{n} دقيقة قراءة",
        "reading_time.one": "دقيقة قراءة واحدة",
        "reading_time.two": "دقيقتا قراءة",
        "reading_time.few": "{n} دقائق قراءة",
        "part": "الجزء {n}",
        "part_of": "الجزء {n} من {total}",
        "earlier": "سابقًا",
        "so_far": "ما مضى من السلسلة",
        "start": "ابدأ من {part}",
        "late": "فاتنا في المرة الماضية",
        "carried_over": "مؤجل من المرة الماضية",
        "and": "و",
        "why": "تصلك هذه الرسالة لأنك مشترك في {name}.",
        "view_online": "عرض في المتصفح",
        "unsubscribe": "إلغاء الاشتراك",
        "archive": "من الأرشيف",
        "and_more": "{title}، و{n} غيرها",
        "more_on_site": "و{n} مقالة أخرى على الموقع",
        "more_on_site.one": "ومقالة أخرى على الموقع",
        "more_on_site.two": "ومقالتان أخريان على الموقع",
        "more_on_site.few": "و{n} مقالات أخرى على الموقع",
        "also": "أيضًا",
        "recommended": "نوصي به",
        "updated": "تغيّر منذ أن كتبنا عنه",
        "first_sent": "نُشر أولًا في العدد {n}، {date}",
    },
    "ja": {
        "issue": "第{n}号",
        "colon": "：",
        "inside": "今号の内容",
        "read_on": "続きを読む",
        "reading_time": "{n}分で読めます",
        "part": "第{n}回",
        "part_of": "全{total}回の第{n}回",
        "earlier": "これまで",
        "so_far": "これまでの回",
        "start": "{part}から読む",
        "late": "前号に載らなかった記事",
        "carried_over": "前号からの持ち越し",
        "and": "と",
        "why": "{name}を購読されている方にお送りしています。",
        "view_online": "ブラウザーで見る",
        "unsubscribe": "購読を解除",
        "archive": "バックナンバーより",
        "and_more": "{title} ほか{n}件",
        "more_on_site": "ほか{n}件はサイトでご覧いただけます",
        "also": "そのほか",
        "recommended": "おすすめ",
        "updated": "その後の更新",
        "first_sent": "初出：第{n}号（{date}）",
    },
}

PLURALS: Final = ("zero", "one", "two", "few", "many", "other")

_GROUPED_FROM: Final = 1000
_NEVER_GROUPED: Final = 100  # in no language that Babel knows, and it writes Western digits in all

_RIGHT_TO_LEFT: Final = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi"]
)


@lru_cache(maxsize=64)
def words(language: str) -> Mapping[str, str]:
    """Return the fixed words of a language, English where it has none of its own.

    >>> words("de-AT")["unsubscribe"], words("tlh")["unsubscribe"]
    ('Abbestellen', 'Unsubscribe')
    """
    return MappingProxyType({**_ENGLISH, **_WORDS.get(_primary(language), {})})


def put(pattern: str, **values: object) -> str:
    """Return a label with its values in place; braces in the values mean nothing.

    >>> put("part {n} of {total}", n=2, total=4)
    'part 2 of 4'
    """
    parts = pattern.split("{")
    ends = (part.partition("}") for part in parts[1:])
    return parts[0] + "".join(
        f"{values[name]}{rest}" if brace and name in values else f"{{{name}{brace}{rest}"
        for name, brace, rest in ends
    )


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Return "rtl" for a language written from right to left, else "ltr"."""
    parts = language.replace("_", "-").lower().split("-")
    if any(script in parts[1:] for script in ("arab", "hebr", "thaa", "syrc")):
        return "rtl"
    return "rtl" if parts[0] in _RIGHT_TO_LEFT and "latn" not in parts[1:] else "ltr"


def long_date(day: date, language: str) -> str:
    """Return a date in words, as the language writes it.

    >>> long_date(date(2026, 11, 23), "fr"), long_date(date(2026, 11, 23), "en-GB")
    ('23 novembre 2026', '23 November 2026')
    """
    known = _written_down(language)
    if known:
        return known.date(day)
    from babel.dates import format_date

    text: str = format_date(day, format="long", locale=_locale(language))
    return text


def number(value: int, language: str) -> str:
    """Return a whole number, as the language groups its digits."""
    if 0 <= value < (_GROUPED_FROM if _written_down(language) else _NEVER_GROUPED):
        return str(value)
    from babel.numbers import format_decimal

    text: str = format_decimal(value, locale=_locale(language))
    return text


def counted(
    name: str, count: int, language: str, known: Mapping[str, str], **values: object
) -> str:
    """Return the label of that name for a number of things, in the plural form that the language asks for.

    >>> counted("and_more", 1, "fr", words("fr"), title="Le gel")
    'Le gel, et 1 autre'
    """
    pattern = known[name]
    if any(f"{name}.{form}" in known for form in PLURALS):
        pattern = known.get(f"{name}.{_locale(language).plural_form(count)}", pattern)
    return put(pattern, n=number(count, language), **values)


def reading_time(minutes: int, language: str, known: Mapping[str, str] | None = None) -> str:
    """Return how long a post takes to read; empty for no time at all.

    >>> reading_time(4, "en"), reading_time(2, "ar"), reading_time(0, "en")
    ('4 min read', 'دقيقتا قراءة', '')
    """
    return (
        counted("reading_time", minutes, language, known or words(language)) if minutes > 0 else ""
    )


def more_on_site(count: int, language: str, known: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the line that counts the posts an email leaves to the site; words in `known` come first.

    >>> more_on_site(7, "en"), more_on_site(1, "de")
    ('and 7 more on the site', 'und 1 weiterer Beitrag auf der Website')
    >>> more_on_site(2, "ar")
    'ومقالتان أخريان على الموقع'
    """
    return counted("more_on_site", count, language, {**words(language), **known})


def part_label(
    part: int, total: int | None, language: str, known: Mapping[str, str] | None = None
) -> str:
    """Return a part's place in its series, with how many there are where that is known.

    >>> part_label(2, 4, "en"), part_label(2, None, "de")
    ('part 2 of 4', 'Teil 2')
    """
    pattern = (known or words(language))["part_of" if total else "part"]
    return put(pattern, n=number(part, language), total=number(total or 0, language))


def series_label(
    name: str,
    part: int | None,
    total: int | None,
    language: str,
    known: Mapping[str, str] | None = None,
) -> str:
    """Return a series' name with the part, and how many there are where that is known.

    >>> series_label("Greenhouse notes", 2, 4, "en"), series_label("Greenhouse notes", None, 4, "en")
    ('Greenhouse notes · part 2 of 4', 'Greenhouse notes')
    """
    return name if part is None else f"{name} · {part_label(part, total, language, known)}"


def listed(names: Sequence[str], language: str) -> str:
    """Return names as a list in the language.

    >>> listed(["Ada", "Bo", "Cy"], "de"), listed([], "en")
    ('Ada, Bo und Cy', '')
    """
    if len(names) < 2:
        return "".join(names)
    known = _written_down(language)
    if known:
        return known.list(names)
    from babel.lists import format_list

    text: str = format_list(list(names), locale=_locale(language))
    return text


def _written_down(language: str) -> locales.Locale | None:
    return locales.LOCALES.get(language.replace("_", "-").lower())


def _primary(language: str) -> str:
    return language.replace("_", "-").lower().partition("-")[0]


@lru_cache(maxsize=64)
def _locale(language: str) -> Any:
    """Return Babel's locale, of the language without its region if need be, else British English."""
    from babel import Locale, UnknownLocaleError

    for candidate in (language.replace("_", "-"), _primary(language)):
        try:
            return Locale.parse("en-GB" if candidate == "en" else candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en-GB", sep="-")
