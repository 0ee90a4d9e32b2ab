"""Knows what blogs leave lying in excerpts, and takes it away: one function a kind.

Each function takes plain text and returns what stays, with what went. None of them shortens or
refills; `excerpt` decides what becomes of the text afterwards. All of them know the look-alikes
they must leave.
"""

from __future__ import annotations

import re

from digest.editing.excerpt.closings import FILED, VIEWS, Taken
from digest.editing.lexicon import fold, is_word
from digest.lazy import regex
from digest.models import key

_CUT = regex(
    r"\s*(?:\[\s?(?:…|\.{3}|&hellip;)\s?\]|\(\s?(?:…|\.{3})\s?\)|…|\.{3,6}|&hellip;)[\s\]]*\Z"
)
_BRACKETED_CUT = regex(r"\s*(?:\[\s?(?:…|\.{3}|&hellip;)\s?\]|\(\s?(?:…|\.{3})\s?\))[\s\]]*\Z")

_POINT_HERE = (
    r"(?:follow(?:ing)?|click|press|tap|visit|use|see|go\sto)\b[^.!?\n]{0,80}"
    r"\b(?:link|here|page|channel|website|button|below|above)"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_NO_MONTH = "".join(
    rf"(?<!\s{m})" for m in "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = rf"(?:{_DAY}\s{_MONTH},?\s\d{{4}}|{_MONTH}\s{_DAY},?\s\d{{4}})"
_READ = r"(?:read|watch|listen\sto|find|view|see|hear|download|access)"
_OPENING = regex(
    r"(?:To|If\syou(?:\s(?:would|’d|'d)\slike|\swant|\swish)\sto)\s(?:watch|listen\sto|hear|view"
    r"|see|read|download|access)\s"
    rf"[^.!?\n]{{1,120}}?,?\s(?:please\s)?{_POINT_HERE}[^.!?\n]{{0,40}}(?:[.!:]+\s*|\n|\Z)"
    r"|(?:Please\s)?(?:[Cc]lick|[Tt]ap|[Ff]ollow)\s(?:here|this\slink|the\s(?:link|image"
    r"|button)(?:\s(?:below|above))?)\s(?:to|for)\s"
    r"(?:watch|listen|hear|view|see|read|download|access|play|the\s(?:video"
    r"|recording))\b[^.!?\n]{0,100}(?:[.!:]+\s*|\n|\Z)"
    r"|(?:Watch|Listen\sto)\s(?:the|this|our)\s(?:\w+\s){0,2}?(?:video|film|interview|recording"
    r"|podcast|episode|article|blog"
    r"|post|conversation|webinar|talk)(?:\sversion\sof\sthis\s\w+)?"
    r"(?:\s(?:here|below|above|now)|\s(?:on|via|at|in)\s[^.!?:\n]{2,80})?\s?(?:[.!:]+\s*|\n|\Z)"
    r"|(?:Estimated\s)?[Rr]eading\stime:?\s(?:about\s|approx\.?\s"
    r"|~)?\d{1,3}(?:[–-]\d{1,3})?\smin(?:ute)?s?\.?(?:\s*[|·–-]\s*|\s+|\Z)"
    rf"|(?:(?:[Pp]osted|[Pp]ublished|Updated"
    rf"|Date:)\s(?:by\s[^\n.]{{2,60}}?\s)?(?:on\s)?)?{_DATE}(?:\s+by\s+[^\n.]{{2,40}}\n"
    r"|\s*[|·–—-]\s*|[.:]?\s*\n|\.\s+|\s+(?=[A-Z“\"‘])|\Z)"
    r"|https?://\S+(?:\s+|\Z)"
    rf"|{FILED}:\s[^\n.]{{2,120}}(?:\.\s+|\n|\Z)"
    rf"|{VIEWS}(?:\.\s+|\n|\Z)"
    rf"|You\scan\s(?:also\s)?{_READ}\s[^.!?\n]{{1,100}}\b(?:here|below|above|(?:at"
    rf"|on)\sthis\s(?:link|page))\s?(?:[.!:]+\s*|\n|\Z)"
    rf"|(?i:{_READ})\s(?:the|our|my|this|part|blog|more\sabout)\s[^.!?\n]{{1,80}}\b(?:here"
    rf"|below)\s?(?:[.!:]+\s+|\n|\Z)"
    r"|\d{1,3}[\s-]min(?:ute)?s?\sread\b\.?(?:\s*[|·–-]\s*|\s+|\Z)"
    r"|(?:Image|Photo|Picture|Header\simage|Featured\simage|Cover\s(?:image|photo))(?:\s(?:credit"
    r"|by|courtesy\sof|source))?s?:\s[^\n]{1,120}\n"
    r"|(?:Photo|Image|Picture|Photograph)\sby\s[^\n]{1,60}?\son\s"
    r"(?:Unsplash|Pexels|Pixabay|Flickr|Wikimedia(?:\sCommons)?)\.?(?:\s+|\Z)"
    r"|(?:(?:Header|Featured|Cover|Main)\s)?(?:Image|Photo|Picture|Photograph)s?(?::"
    r"|\s(?:credits?:?|courtesy\sof|supplied\sby"
    r"|provided\sby|by\scourtesy\sof))(?![^\n.!?]{0,80}\s(?:is|are|was|were|has|have|had|to|that"
    r"|which|who|we|it|not|do|does|can|will)\s)"
    r"\s[^\n.!?]{2,60}\.\s+(?=[A-Z“\"‘])"
)
_OPENING_FIRST = frozenset(  # how these begin, to look before matching
    "to if please click tap follow watch listen estimated reading posted published updated date "
    "image images photo photos picture pictures photograph photographs header featured cover "
    "main filed tags tagged categories keywords topics disclaimer the all any you read find "
    "view see hear download access jan january feb february mar march apr april may jun june "
    "jul july aug august sep sept september oct october nov november dec december".split()
)
_WHAT = (
    r"(?:blog\s?|guest\s|news\s|opinion\s)?"
    r"(?:post|article|piece|interview|essay|story|blog|text|column|entry|review|page|report)"
)
# The same in German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish and Norwegian:
# "this …", what says that it came out, and "at first".
_THIS = (
    r"(?:Dieser?|Cet(?:te)?|Est[ea]|Quest(?:[oa]\s|[’'])|Dit|Deze|Den(?:na|ne|\shär)|Det\shär)\b"
    r"(?=[^\n.]{0,120}(?:veröffentlicht|erschien|publi|par[ua]|aparec|pubblica|appars|gepubliceerd"
    r"|verscheen))"
)
_AT_FIRST = (
    r"zuerst|ursprünglich|initialement|d[’']abord|à\sl[’']origine|originalmente|por\sprimera\svez"
    r"|pela\sprimeira\svez|primeiro|originariamente|inizialmente|per\sla\sprima\svolta|eerder|eerst"
    r"|oorspronkelijk|ursprungligen|oprindeligt?|opprinnelig"
)
_THIS_HAN = (
    r"(?:原文来自|原文來自|(?:[本原]文|[本此]篇|文章)[最系为為已原]?[初早]?"
    r"(?:转载自|轉載自|转自|轉自|选自|選自|摘自|首[发發]|原载|原載|(?:发[表布]|發[表佈])[于於]))"
)
_NOTE = regex(
    rf"(?:\(|\[)?(?:"
    rf"(?:This|The\sfollowing|The\sabove)\s{_WHAT}\s(?:has\sbeen\s|was\s|is\s|had\sbeen\s)?"
    rf"(?:(?:originally|first|initially|previously|also)\s)?(?:(?:re-?)?(?:published|posted"
    rf"|printed|written)|appeared|cross-?posted|adapted)\s"
    rf"(?:first\s|originally\s|before\s|earlier\s)?(?:(?:on|in|at|by|with|from|for|under)\s)[^\n]{{2,200}}?"
    rf"|(?:Originally|First|Previously)\s(?:published|posted|appeared|printed)\s(?:on|in|at"
    rf"|by)\s[^\n]{{2,200}}?"
    rf"|(?:Re-?published|Reposted|Cross-?posted"
    rf"|Reprinted)\s(?:here\s)?(?:with\s(?:kind\s)?permission|from|on)\s[^\n]{{2,200}}?"
    rf"|This\sis\sa\s(?:re-?post|cross-?post)\s(?:of|from)\s[^\n]{{2,200}}?"
    rf"|{_THIS}[^\n.]{{0,60}}?\s(?:{_AT_FIRST})\s[^\n]{{2,200}}?"
    rf"|{_THIS_HAN}[^\n。]{{2,120}}"
    rf")(?P<end>{_NO_MONTH}[.!](?:\)|\])?(?=\s|\Z)|[)。\n]|\Z)"
)
_GOES_ON = regex(  # another sentence has run into the note: where it ended, nobody can tell
    r"\b(?:on|in|at|by)\s.{3,}?\s(?:I|[Ww]e|is|are|but|however|since|because)\s", re.DOTALL
)
_VERB_FIRST = regex(
    r"originally|first|initially|previously|appeared\s(?:before|earlier)|republish|re-publish|cross|repost|re-post|reprint"
    r"|with.{0,6}permission",
    re.IGNORECASE,
)
_CHINESE_NOTE = regex(_THIS_HAN)
_FOREIGN_NOTE = regex(rf"{_THIS}|{_THIS_HAN}")

_BOX = regex(
    r"(?:This\s(?:is|post\sis|article\sis|entry\sis|blog\sis"
    r"|blog\spost\sis)\s)?[Pp]art\s\d{1,3}\s(?:of|/)\s(?:an?\s)?\d{1,3}"
    r"(?:-part\sseries)?\s(?:in|of)\s(?:the|a|our)\s(?:series|“|\")[:\s]*"
)

_LATIN_WORD = r"[^\W\d_]"
_SQUARE = regex(
    r"(?<=[^\s\[(=])\s?\[(?:[1-9]\d{0,2})(?:\s?[,–-]\s?[1-9]\d{0,2}){0,4}\](?!\()"
    r"|\A\[[1-9]\d{0,2}\]\s"
)
_ROUND = regex(
    r"(?P<before>\S+)(?P<gap>\s?)\((?P<number>[1-9]\d?)(?:\s?[,–-]\s?[1-9]\d?){0,4}\)"
    r"(?=[\s.,;:!?”\"’)]|\Z)"
)
_GLUED = regex(
    rf"(?<![\w\-/@#.])(?P<word>{_LATIN_WORD}++)(?P<number>[1-9]\d?)(?:[,–-][1-9]\d?){{0,4}}"
    r"(?=[.,;:!?”\"’)]*(?:\s|\Z))"
)
# A number where both look for one: few texts have any, and these two go from digit to digit.
_GLUED_AT_ALL = regex(rf"[1-9](?<={_LATIN_WORD}[1-9])")
_AFTER_STOP_AT_ALL = regex(rf"[1-9](?:(?<={_LATIN_WORD}[.!?,][1-9])|(?<=[.!?][”\"’)][1-9]))")
_SMALL_ROMAN = regex(r"(?<=[^\s\[(])\[(?:i{1,3}|iv|vi{0,3}|ix|x{1,2}i{0,3})\]")
_AFTER_STOP = regex(
    rf"(?P<word>(?!(?:vol|fig|nos|sec|art|ver|ext|tel|min|max"
    rf"|par)\b){_LATIN_WORD}{{3,}}+)(?P<stop>[.!?][”\"’)]?"
    rf"|,)(?P<number>[1-9]\d?)(?:[,–-][1-9]\d?){{0,4}}(?=\s+[^\s\d]|\s*\Z)(?=\s+[^\s\d]|\s*\Z)"
)
_RAISED = regex(
    rf"(?<={_LATIN_WORD}{{4}})[¹²³⁴⁵⁶⁷⁸⁹⁰]{{1,3}}(?=\W|\Z)"
    r"|(?<=[.,;!?”\"’)])[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}(?:[\s,]{1,2}[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}){0,4}(?=\s|\Z)"
)
_DIGITS = "123456789"
_RAISED_AT_ALL = regex("[¹²³⁴⁵⁶⁷⁸⁹⁰]")
_COUNTED = frozenset(  # nouns a number in brackets belongs to
    "figure fig table tables step part point option question item number chapter section phase "
    "stage level "
    "equation eq type group grade class case rule line page version note act scene day week lesson "
    "ward room "
    "paragraph clause article appendix plate no nr and or with at".split()
)
# Names that end in a number: "covid19" and "windows11" have no footnote.
_NAMED_WITH_NUMBER = frozenset(
    "covid sars area route catch level version windows python html omega studio channel radio "
    "room group phase type stage formula figure grade year base track file page chapter form "
    "ward unit plot zone team part step week day apollo voyager mark model interleukin creb "
    "vitamin factor plan tier series season episode volume agenda vision horizon round test "
    "sample trial bus line terminal gate platform office firefox euro world sector district "
    "pier dock shed block floor bed tray module lesson question number play".split()
)


def note_marks(text: str) -> Taken:
    """Take footnote marks out: "[2]", "(1)", "funding1", "cured.2", "moss²".

    Numbers that count stay.
    """
    before = text
    if any(map(text.__contains__, _DIGITS)):
        text = _SQUARE.sub("", text) if "[" in text else text
        text = _without_round(text) if "(" in text else text
        text = _without_glued(text)
    text = _SMALL_ROMAN.sub("", text) if "[" in text else text
    if not text.isascii() and _RAISED_AT_ALL.search(text):
        text = _RAISED.sub("", text)
    return Taken(text, "" if text == before else before)


def _without_round(text: str) -> str:
    found = list(_ROUND.finditer(text))
    # One numbered list in a text, and none of its numbers is a footnote.
    if not found or any(_enumerates(match, text) for match in found):
        return text
    numbers = [int(match["number"]) for match in found]
    # Footnotes count up from a small number; years and quantities do not.
    if numbers != sorted(numbers) or numbers[0] > 20:
        return text

    def kept(match: re.Match[str]) -> str:
        before = match["before"]
        is_clause = not match["gap"] and before[-1:].isdigit()  # "section 12(3)"
        if is_clause or before.strip(".,;:!?\"”’'()").lower() in _COUNTED:
            return match[0]
        return match["before"]

    return _ROUND.sub(kept, text)


def _enumerates(match: re.Match[str], text: str) -> bool:
    """Tell "things: (1) water, (2) light" from a mark behind what it refers to."""
    before = match["before"]
    if not match["gap"]:
        return False
    leads_on = before.lower() in ("and", "or", "then") and text.startswith(" ", match.end())
    return before[-1] in ":,;–—" or leads_on


def _without_glued(text: str) -> str:
    """Drop numbers glued to an ordinary small word or a sentence's end, where they count up."""
    last = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal last
        word, number = match["word"], int(match["number"])
        is_plain = (
            len(word) >= 4
            and (word.islower() or word.istitle())
            and word.lower() not in _NAMED_WITH_NUMBER
        )
        is_next = number == last + 1 or (last and number == last)
        closes = match.end() < len(text) and text[match.end()] in ".,;:!?"
        if not is_plain or not (is_next or (closes and word.islower() and number <= 9)):
            return match[0]
        last = number
        return word

    if _GLUED_AT_ALL.search(text):
        text = _GLUED.sub(kept, text)

    def unmarked(match: re.Match[str]) -> str:
        nonlocal last
        number = int(match["number"])
        if match["stop"] == "," and number != last + 1:
            return match[0]
        last = number
        return match["word"] + match["stop"]

    return _AFTER_STOP.sub(unmarked, text) if _AFTER_STOP_AT_ALL.search(text) else text


def cut_mark(text: str, *, is_manual: bool = False) -> Taken:
    """Take the sign of a cut off the end; in a written summary a bare "…" may be meant."""
    match = (_BRACKETED_CUT if is_manual else _CUT).search(text, max(0, len(text) - 20))
    return Taken(text[: match.start()], match[0].strip()) if match else Taken(text)


def opening(text: str) -> Taken:
    """Take stock openings off the start: where to watch, reading time, picture credits."""
    gone: list[str] = []
    while may_open(text) and (match := _OPENING.match(text)):
        # A text of nothing but openings keeps its fifth: something has to stand there.
        if not match[0].strip() or len(gone) > 4:
            break
        gone.append(match[0].strip())
        text = text[match.end() :].lstrip()
    return Taken(text, " ".join(gone))


def may_open(text: str) -> bool:
    """Look at the first word before matching: hardly any text begins as these do."""
    first = text[:24].partition(" ")[0].rstrip(":,.\n").partition("\n")[0].casefold()
    if first == "the":
        return "views" in text or "opinions" in text
    return (
        first in _OPENING_FIRST
        or text[:1].isdigit()
        or first.startswith(("http", "tags:", "date:", "image:"))
    )


def origin(text: str) -> Taken:
    """Take a sentence on where the post first appeared out of the start or end.

    It becomes a note.
    """
    if not _may_tell_origin(text):
        return Taken(text)
    for match in _NOTE.finditer(text):
        says_so = _VERB_FIRST.search(match[0]) or _FOREIGN_NOTE.match(match[0].lstrip("(["))
        is_apart = _begins_sentence(text, match.start())
        if says_so and is_apart and not _GOES_ON.search(match[0][:-1]):
            gone = match[0].strip().strip("()[]")
            rest = f"{text[: match.start()].rstrip()}\n{text[match.end() :].lstrip()}".strip()
            stop = "。" if _CHINESE_NOTE.match(gone) else "."
            return Taken(rest, gone if gone.endswith((".", "!", "。")) else f"{gone}{stop}")
    return Taken(text)


_ORIGIN_SIGNS = (
    "ubli", "osted", "ppeared", "dapted", "rinted", "-post", "repost", "rschien", " par",
    "ubbli", "verscheen", "aparec",
)  # fmt: skip
_NOT_ASCII_SIGNS = (
    "veröff", "载自", "載自", "转自", "轉自", "选自", "選自", "摘自", "来自", "來自", "首发",
    "首發", "原载", "原載", "发表", "发布", "發表", "發佈",
)  # fmt: skip


def _may_tell_origin(text: str) -> bool:
    """Look before searching: the search is slow, and few texts hold any of these."""
    signs = _ORIGIN_SIGNS if text.isascii() else _ORIGIN_SIGNS + _NOT_ASCII_SIGNS
    return any(map(text.__contains__, signs))


def _begins_sentence(text: str, at: int) -> bool:
    return text[:at].rstrip(" ")[-1:] in ("\n", ".", "!", "?", "…", "”", '"', ")", "")


def series_box(text: str, names: tuple[str, ...], box: str) -> Taken:
    """Take "This is part 3 of 3 in the series X" off the start, where X's end can be told."""
    match = _BOX.match(text)
    if not match:
        return Taken(text)
    rest = text[match.end() :]
    for name in (*names, box[match.end() :].strip()):
        bare = name.strip('“”" .')
        if bare and rest.lstrip('“"').casefold().startswith(bare.casefold()):
            after = rest.lstrip('“"')[len(bare) :].lstrip('”" .\n')
            return Taken(after, text[: len(text) - len(after)].strip())
    line, newline, after = rest.partition("\n")
    if newline and len(line) <= 100:
        return Taken(after, f"{match[0]}{line}".strip())
    return Taken(text)


def title_again(text: str, title: str) -> Taken:
    """Take the title off the start where a text begins with it as a line of its own."""
    line, _, rest = text.partition("\n")
    if title and abs(len(line) - len(title)) < 12 and key(line) == key(title):
        return Taken(rest, line)
    if title and text.startswith(f"{title} ") and _runs_on(text, title):
        return Taken(text[len(title) + 1 :], title)
    return Taken(text)


def _runs_on(text: str, title: str) -> bool:
    """Tell whether a title a text begins with is followed by a sentence of its own."""
    following = text[len(title) + 1 : len(title) + 40].split()
    word = following[0].strip('“"‘’,.') if following else ""
    # A short title may be the beginning of the first sentence itself.
    return title.count(" ") >= 3 and word[:1].isupper() and word != "I" and is_word(fold(word))
