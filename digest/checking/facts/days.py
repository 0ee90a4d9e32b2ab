"""How days are written in the languages of the labels, and what says that one is to come."""

from __future__ import annotations

import re
from typing import Final

from digest.lazy import regex

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero", "february feb februar février febrero",
            "march mar märz mars marzo", "april apr avril abril", "may mai mayo",
            "june jun juni juin junio", "july jul juli juillet julio", "august aug août agosto",
            "september sep sept septembre septiembre", "october oct oktober octobre octubre",
            "november nov novembre noviembre", "december dec dezember décembre diciembre",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
DAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            "monday mon montag lundi lunes", "tuesday tue dienstag mardi martes",
            "wednesday wed mittwoch mercredi miércoles", "thursday thu donnerstag jeudi jueves",
            "friday fri freitag vendredi viernes", "saturday sat samstag samedi sábado",
            "sunday sun sonntag dimanche domingo",
        )
    )
    for name in names.split()
}  # fmt: skip
MONTH: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
DATE: Final = regex(
    rf"(?:\b({'|'.join(DAYS)})\b,?\s+(?:the\s+|den\s+|le\s+|el\s+)?)?"
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:de\s+|of\s+)?({MONTH})|"
    rf"({MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?)"
    r"\b\.?(?:,?\s+(?:de\s+)?(20\d\d))?",
    re.IGNORECASE,
)
TO_COME: Final = regex(
    r"\b(?:until|till|by|before|deadline|register|rsvp|sign up|join us|see you|starts?|begins?|"
    r"opens?|closes?|ends?|"
    r"closing|coming|upcoming|next|will be|tickets|come (?:to|along|and|by)|save the date|"
    r"takes? place|don.t miss|bis|anmelden|anmeldung|anmeldeschluss|ab dem|kommen sie|"
    r"avant|jusqu|inscri\w+|rendez-vous|venez|hasta|antes del?|entro|fino al|até|aanmelden)"
    r"\b[^.!?]{0,40}$",
    re.IGNORECASE,
)
