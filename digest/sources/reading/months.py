"""The names of months in other languages than English, as feeds and front matter write them.

In German, French, Spanish, Welsh, Italian, Portuguese, Dutch, Danish, Swedish, Norwegian and Polish
(CLDR's wide and short forms, without the full stop). A name that two languages give to different
months is left out, and so is one that begins as the English name does.
"""

from __future__ import annotations

_WORDS = (
    "ene enero gen gennaio ion ionawr sty styczeń stycznia",
    "chw chwef chwefror fev fevereiro févr février lut lutego luty",
    "maart maw mawrth mrt mär märz",
    "abr abril avr avril ebr ebrill kwi kwiecień kwietnia",
    "mag maggio mai maio maj maja mei",
    "cze czerwca czerwiec giu giugno juin meh mehefin",
    "gor gorff gorffennaf juil juillet lip lipca lipiec lug luglio",
    "ago agosto août awst sie sierpień sierpnia",
    "medi set setembro settembre wrz wrzesień września",
    "hyd hydref okt oktober ott ottobre out outubro paź październik października",
    "lis listopad listopada tach tachwedd",
    "des desember dez dezember dezembro dic dicembre diciembre déc décembre gru grudnia "
    "grudzień rhag rhagfyr",
)
MONTHS = {word: number for number, words in enumerate(_WORDS, 1) for word in words.split()}
"""A month's number by its name in small letters."""
