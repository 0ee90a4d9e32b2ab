"""What HTML says of its own elements, as data (HTML Living Standard, 13.1.2 and 13.2.6)."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID: Final = _words(
    "area base br col embed hr img input link meta param source track wbr basefont bgsound"
)
RAW: Final = _words("style script title textarea xmp iframe noembed noframes")

# A start tag of the second group ends an open element of the first.
ENDS_PARAGRAPH: Final = _words(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption "
    "figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre section table ul"
)
ENDED_BY: Final[dict[str, frozenset[str]]] = {
    "p": ENDS_PARAGRAPH,
    "li": _words("li"),
    "dt": _words("dt dd"),
    "dd": _words("dt dd"),
    "tr": _words("tr tbody thead tfoot"),
    "td": _words("td th tr tbody thead tfoot"),
    "th": _words("td th tr tbody thead tfoot"),
    "tbody": _words("tbody thead tfoot"),
    "thead": _words("tbody thead tfoot"),
    "tfoot": _words("tbody thead tfoot"),
    "option": _words("option optgroup"),
    "caption": _words("tr tbody thead tfoot td th col colgroup"),
    "colgroup": _words("tr tbody thead tfoot td th"),
}
# Past these an end tag or an implied end does not reach.
SCOPE: Final = _words("td th table caption html object template marquee applet button")
TABLE_SCOPE: Final = _words("table html template")
LIST_SCOPE: Final = SCOPE | _words("ul ol dl")
TABLE_PARTS: Final = _words("tr td th tbody thead tfoot caption colgroup col")
OPTIONAL_END: Final = frozenset(ENDED_BY) | _words("html head body")

# What may stand straight inside a table or a row; all else a browser moves out in front of the
# table.
IN_TABLE: Final[dict[str, frozenset[str]]] = {
    "table": _words("caption colgroup col thead tbody tfoot tr script template style"),
    "tbody": _words("tr script template"),
    "thead": _words("tr script template"),
    "tfoot": _words("tr script template"),
    "tr": _words("td th script template"),
}
