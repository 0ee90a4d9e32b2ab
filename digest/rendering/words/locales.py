"""Dates and lists as Babel writes them in the shipped languages, without loading Babel.

Loading Babel and one language takes as long as writing a whole issue. So what it says is written
down for these; the tests hold it against Babel day by day. Every other language asks Babel: see
`labels`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple


class Locale(NamedTuple):
    """Hold a language's long date (with `{day}`, `{month}` and `{year}`) and what joins its lists.

    `pair` joins two names, `comma` all but the last of more, `last` the last.
    """

    long_date: str
    months: str
    comma: str
    pair: str
    last: str

    def date(self, day: date) -> str:
        """Return a date in words."""
        month = self.months.split()[day.month - 1]
        return self.long_date.format(day=day.day, month=month, year=day.year)

    def list(self, names: Sequence[str]) -> str:
        """Return names as a list, two of them or more."""
        if len(names) == 2:
            return self.pair.join(names)
        return self.comma.join(names[:-1]) + self.last + names[-1]


_ENGLISH: Final = (
    "January February March April May June July August September October November December"
)
_GERMAN: Final = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
)
_FRENCH: Final = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
)
_SPANISH: Final = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
)
_WELSH: Final = (
    "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr"
)
_ARABIC: Final = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
_NUMBERS: Final = "1 2 3 4 5 6 7 8 9 10 11 12"

_DAY_FIRST: Final = "{day} {month} {year}"
_BRITISH = Locale(_DAY_FIRST, _ENGLISH, ", ", " and ", " and ")

LOCALES = {
    "en": _BRITISH,
    "en-gb": _BRITISH,
    "en-us": Locale("{month} {day}, {year}", _ENGLISH, ", ", " and ", ", and "),
    "de": Locale("{day}. {month} {year}", _GERMAN, ", ", " und ", " und "),
    "fr": Locale(_DAY_FIRST, _FRENCH, ", ", " et ", " et "),
    "es": Locale("{day} de {month} de {year}", _SPANISH, ", ", " y ", " y "),
    "cy": Locale(_DAY_FIRST, _WELSH, ", ", " a(c) ", ", a(c) "),
    "ar": Locale(_DAY_FIRST, _ARABIC, " و", " و", " و"),
    "ja": Locale("{year}年{month}月{day}日", _NUMBERS, "、", "、", "、"),
}
LOCALES |= {f"{tag}-{tag}": LOCALES[tag] for tag in ("de", "fr", "es")}
"""By tag in lower case; English alone is British."""
