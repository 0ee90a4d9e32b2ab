"""What leads to a name and says whose a text is: kinds of words (`phrases/credits.txt`), patterns.

`byline/texts` reads with them. A head, what stands before a name, is written as a letter for the
kind of each of its words, and `FORMS` are patterns of these.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter

from digest.editing.lexicon import entries, fold, is_given, is_word, lines
from digest.editing.lexicon.signing import SIGN
from digest.lazy import regex

GUEST = "|".join(lines("labels"))
"""A pattern for what guests' posts are called."""

BY = r"by|von|par|por|di|door|av|af|przez|gan"
"""A pattern for words that mean "by", in titles too."""

# No stop of an initial or an honorific ends a title: "In conversation with Dr. A B".
_STOPPED = (
    "[A-Z]",
    "[A-Z][a-z]",
    "[A-Z][a-z][a-z]",
    "Prof",
    "Revd",
    "Engr",
    "med",
    "feat",
    "ft",
    "vs",
)
NO_TITLE = "".join(rf"(?<!\b{end}\.)" for end in _STOPPED)
"""A pattern for what stands before a title's stop."""

LAST_BY = regex(rf".*\b(?:{BY})\b\s*:?\s+", re.I)
"""All of a piece of a title up to such a word."""


_behind_two = itemgetter(slice(2, None))


def any_of(words: str, but_behind: str) -> str:
    """Return a pattern for some words in any case, but behind certain signs.

    Hardly another word begins with such two letters: looked at first, they spare most of the time.
    Then how a word goes on is looked at, once for all that go on so, and only then which it is.
    """
    listed = sorted(words.split("|"), key=_behind_two)
    begun = (_any_case("".join(sorted({word[n] for word in listed}))) for n in (0, 1))
    ended = itertools.groupby(listed, key=_behind_two)
    rest = "|".join(
        rf"{_any_case(end[:1])}(?i:{end[1:]})\b(?i:(?<={'|'.join(group)}))" for end, group in ended
    )
    return f"{''.join(begun)}(?<!{but_behind}..)(?:{rest})"


def _any_case(letters: str) -> str:
    return f"[{letters}{letters.upper()}]" if letters else ""


NEW, WEAK, BARE, WHOLE, SAID = "new", "weak", "bare", "whole", "said"
"""Kinds of heads: words of which only the blog tells what they mean; enough where nobody else is
known; "By"; of a line of nothing but people; and a sentence that speaks of the text itself."""

_TEXTS = r"blog(?:\s?post)?|post|article|essay|story|text|words"
CREDITED = regex(
    r"(?:^|(?<=\W))(?<!\b(?:im|du|au|no|na|el)\s)(?<!\bthe\s)"  # "in the blog by": another's
    rf"(?:written|posted|reviewed|authored|penned|contributed|compiled|presented"
    rf"|as\s+told|(?:(?:an?|our|eine?n?|une?|una|uma?|een|ett?)\s+)?(?:{_TEXTS}|{GUEST})|(?:an?|our)\s+(?:guest\s+)?(?:text|reflection|review))$",
    re.I,
)
"""What may stand before "by" in a title and credits somebody with the post itself."""

APART = regex(r"(?:[.!?…:;|–—(\[。？！]|\s-|\b(?:reviews?|reflections?|rezension|reseña))$", re.I)
"""After these "by" is not a part of the sentence; what is reviewed has an author of its own."""

LABEL = regex(rf"[\[(【]?\s*(?:{GUEST})\s*(?:[\])】]\s*[:|–—-]?|[:|–—]|\s-\s)\s*(?=\S)", re.I)
"""What labels a guest's post: "Guest post: …"."""

# “Ikiru”, and what somebody did: "On reading “Ikiru” by A B", "The shed built by A B".
WORK = regex(r"(?:ed|built|made|told)[”\"’»']?$|[”\"’»']\s*$", re.I)
"""What a title may say before "by" that speaks of a work."""

_CAPITALS = "".join(filter(str.isupper, map(chr, range(0x530))))
"""The capitals of the Latin, Greek and Cyrillic alphabets."""

_VERB = r"(?:writes|schreibt|écrit|escribe|escreve|scrive)"
VERB = regex(rf"{_VERB}\b|^In\s(?:this|our|today)")
"""A word that both of these hold, and that is found much faster than they are."""

_WRITER = r"(?P<name>[^\W\d_a-z][^\s:,]*(?:\s+[^\W\d_a-z][^\s:,]*?){1,4})"
WRITES = regex(rf"[\W_]*{_WRITER}\s+{_VERB}\s*:\s*")
"""How a line may present whose words follow: "Ada Moss writes:"."""

HERE = regex(
    rf"(?:In|For)\s(?:this|our|today[’']s)\s(?:\w+\s){{0,2}}?(?:(?P<guest>{GUEST})|{_TEXTS}|op-?ed|column),\s+"
    rf"(?-i:{_WRITER})\s+[a-z]+s\b",
    re.I,
)
"""How a post may be told of before: "In this guest post, Ada Moss tells"."""

TEASED = regex(
    rf"(?=.*\b{_VERB}\b)(?:[\W_]*|.*[,;–—][’”']?\s(?:{_VERB}\s)?(?:[a-z][\w’'-]*\s+)*){_WRITER}"
    rf"(?:\s+{_VERB}\s*:?)?[.\s]*"
)
"""How a teaser may end, too: "The shed leaks, writes our gardener Ada Moss."."""

*_WORDS, _AUTHORS = lines("credits")
PRESENTED = regex(
    rf"[\W_]*(?:The\s(?:{_AUTHORS}),?\s)?(?P<name>(?:[^\W\d_a-z][^\s,]*\s+){{1,3}}[^\W\d_a-z][^\s,]*?)"
    r",?\s+(?:\([^()]*\)\s+)?(?:is|works|ist|est|es|é|è|är|er)\s"
)
"""How a text may present its author: "Ada Moss (Nets) is a gardener"."""

_LETTERS = {word: line[0] for line in _WORDS for word in fold(line[1:]).split()}
_GUESTS = ("guest", "gast", "gæst", "invite", "invitad", "convidad")
_TEXT_ENDS = ("post", "blog", "beitrag", "artikel")
BY_LETTERS = {"from": "f", "of": "o", "de": "d", "van": "d", "between": "w"}
# A letter for the word that means "by", ^ where a line begins, and a letter for each word of it.
_THIS = r"\^?[^xDA]*[DA].{0,4}[TG]"  # "this week's guest …", "once again, here is a post …"
FORMS = {
    BARE: regex(r"b\^W*"),
    SAID: regex(
        rf"b(?:{_THIS}.*|\^?[^xDA]*D[^x]*|\^[^x]{{1,6}})W"  # "This was written by"
        rf"|[bf](?=.*T)(?:{_THIS}.*|\^(?=.*G)[^x]{{1,5}})I"  # "Today's post is by"
        rf"|.(?=.*G)(?:{_THIS}.*|\^(?!a)[^x]{{0,5}})TG?"  # "Here's a guest post by"
        r"|[bw]\^?[^xDA]*D(?=.*I)(?=.*T$)(?:[ah]*[^ahA]){1,4}"  # "This is a report by"
    ),
    WHOLE: regex(r"[bdw]\^(?!h)(?:[^x]{0,5}|a.{0,4}|[^xDA]*[DA].{0,4})TG?"),  # "A report by"
    WEAK: regex(r"b\^A.{0,3}[TGW]"),  # "Another great round by"
}
# "This is a reply to an article", "Another example is a post": whose text that is says nothing.
OF_ANOTHER = regex(r"x[^IG]*[aS][^G]*T|A.*I")
# "Published on 8 February 2020 by A B", "May 3rd, 2020 | Author: A B": a day says nothing.
_DAY = (
    r"(?:\b(?:on|am|den|le|el|em|op|il)\s)?(?:[^\W\d]+,\s)?(?:(?:19|20)\d\d-\d\d-\d\d\b"
    r"|(?:[^\W\d]+\.?\s)?\b\d{1,2}(?:st|nd|rd|th|er|\.|º)?,?\s"
    r"(?:(?:of|de)\s)?(?:[^\W\d]+\.?,?\s)?(?:de\s)?(?:19|20)\d\d\b)"
)
# "Text and photos": who made both has written, too; but "words and music" may be another's song.
_AND = r"(?:\+|&|\b(?:and|und|et|y|i|e|en|og|och)\b)"
_TEXT = r"te(?:xt[eo]?|kst|sto)"
# What texts are called in many languages, folded: "Kolumne", "chronique", "opinião", "krönika".
_NAMED_TEXT = regex(
    rf"{_TEXT}|[ck]omment(?:o|aires?|s)|[ck]ommentar\w?|[ck]olum\w{{0,3}}|coluna|chroni\w+|cr[oö]?ni[ck]\w*"
    r"|kr[oö]ni[ck]\w*|opini\w+|op|ed|\w*inlagg|intervento|reflections?|reflexion\w*|thoughts|tribun\w"
)
_WE = regex(
    r"\bwe(?:[’']ve\sgot|[’']re\s\w+ing|\s(?:are\s\w+ing|have|bring|share|present|welcome|feature|publish|offer))\b(?:\syou\b)?",
    re.I,
)
_SONG, _ANOTHER = regex(r"m[uú][sz]i", re.I), regex(r"transl|tradu|übers|vertal|screen|edit", re.I)
_PAIRED = r"[\w’']{1,30}"
_PAIR = regex(rf"(?:\b\w{{1,30}},\s+)*\b{_PAIRED}\s*{_AND}\s*{_PAIRED}(?=\W*$)", re.I)
_LABELS = rf"(?:{_TEXT}|words|story|artikel)"
_LABEL_PAIR = (
    r"(?![^\n:]{0,60}(?i:m[uú][sz]i|transl|tradu|übers|vertal))"
    rf"(?:{_LABELS}\s*{_AND}\s*{_PAIRED}|{_PAIRED}\s*{_AND}\s*{_LABELS})"
)
# "Our author today is A B", "About the author", "Guest blogger A B"; "Words: A B"; "作者：A B"
LABELLED = regex(
    rf"[\W_]{{0,99}}(?:(?:[\w’']++\W){{0,4}}?(?:l[’'])?(?P<author>guest[\s-](?:{_AUTHORS})(?-i:\s+(?=[^\W\d_a-z]))"
    rf"|(?:{_AUTHORS})\b(?:\(\w{{1,3}}\))?(?:\s*{_AND}\s*\w+)?"
    r"(?-i:\s+(?!to\s)[a-zà-ž]+){0,4}?(?:\s+(?:is|are|ist|est|es|é|è)|\s*[:–—]|\s-|(?=\n))\s+)"
    rf"|(?P<label>(?:{_LABEL_PAIR}|words|{_TEXT}|{GUEST})\s*[:–—]\s+|✍\W*(?!.{{0,20}}\b(?:{BY})\b))|(?P<sign>{SIGN}\s*))(?=\S)",
    re.I,
)
# "Ada Moss, 5 June 2021", "5 June 2021 – Ada Moss", "Ada Moss | 3 min read"
_ALONE = (
    rf"(?:{_DAY}[\W_]+)?(?P<open>[(（\[])?(?P<name>[^\W\d_][^\n|•·–—]{{2,80}}?)(?(open)[)）\]])"
    r"(?:\s[|•·–—-]\s(?:[^\n]{0,30}?\d[^\n]{0,20}|(?-i:[^\W\d_a-z])\S*\s[^\n]{1,40}))?\.?"
)
_YOURS = (
    r"(?:(?:ihr|eur|euer|dein|signed|love|yours|regards|best|(?:kind|best|warm)\s(?:regards|wishes))"
    r"e?[,:]?\s+(?=\S))?"
)
FIRST = regex(rf"{_ALONE}(?:\n|\Z)", re.I)
LAST = regex(rf"(?:\n|\A){_YOURS}{_ALONE}(?=(?:,?\n\w[^\n.!?:]{{2,80}})?\Z)", re.I)
"""A first and a last line of hardly anything but a name."""

_DASHED, _CLOSED = (
    r"^[\s_*\u2060]*+(?:[–—―~/]|--?|//)[\s_*]*+(?=[^\W\d_])",
    r"^.*[.!?][\s_*]*(?:[–—―]|(?<=[\s_*])(?:--|~))[\s_*]*(?=[^\W\d_])",
)
SIGNATURE = regex(rf"(?m)(?:{_DASHED}|{_CLOSED})(?![^\n]*[.!?]\s+[a-z])")
"""How a line signs a text where a blog signs so: "— Ada Moss, gardener"."""

SIGNED = regex(  # below a list such a line is one more of it
    rf"(?m)(?:(?:\A|^(?!{_DASHED})[^\n]*+\n++){_DASHED}|{_CLOSED})"
    r"(?P<name>[^\n]{2,80}?)(?:\s*[(\[][\w/]+[)\]])?[\s.*_□■◻◼▪◾●◆♦∎※]*\Z"
)
"""A last line that is nothing but a signature, of a first name or a pen name, too."""

_NAME_NEXT = r"(?=(?-i:[^\W\d_a-z]))"
_CALLED = regex(
    rf"(?P<said>(?:{_AUTHORS}|words|{_TEXT})\s*:\s+|(?:an?\s+)?(?:{GUEST})(?:\s*:"
    rf"|\s+(?:from|de|von|van|da|fra|från))\s+{_NAME_NEXT})"
    rf"|(?P<guest>(?:our\s+)?(?:(?:guest|contributing|staff)[\s-]|g[aäæ]st)(?:{_AUTHORS}|beitrag|blog)\s+"
    rf"{_NAME_NEXT})|from\s+{_NAME_NEXT}",
    re.I,
)
"""What may stand before a name in a title and says that it is the author's: "Guest post from"."""

_LED = regex(
    r"(?:[^\W\d_][\w’'-]*\s+){1,3}(?:by|from|von|vom|de|di|da|van|av|af|par|por|door)\s+(?=[^\W\d_a-z])"
)


def named(phrase: str, *, is_tail: bool) -> tuple[int, bool]:
    """Return where in a phrase a name begins, and if what is before calls its owner the author.

    Behind what somebody wrote, too: "Kolumne von Ada Moss"; "Das Leben von Ada Moss" is no text.
    """
    if label := _CALLED.match(phrase):
        is_evening = is_tail and label["guest"]  # "Book evening – Guest author Ada Moss"
        return (0, False) if is_evening else (label.end(), bool(label.lastgroup))
    found = None if is_tail else _LED.match(phrase)
    if not found:
        return 0, False
    words = letters(found[0])
    is_text = not {"T", "G"}.isdisjoint(words) and "X" not in words
    return (found.end() if is_text else 0), False


ABOUT = regex(
    r"(?m)^[\W_]*(?:About|Über|Sobre|À\spropos\sde|Over|Om|Acerca\sde|O)\s(?P<name>[^\W\d_a-z][^\n,.:!?]{2,60}):?$"
)
"""What stands above a portrait: "About Ada Moss"."""

THANKED = regex(
    r"(?m)^[^\n]{0,20}(?i:\bthank(?:s|\syou)\s(?:very\smuch\s|so\smuch\s)?to|merci\sà|danke\san|gracias\sa|grazie\sa)\s"
    r"(?P<name>[^\W\d_a-z][^\n.:!?]{2,80}?),?\s(?:for|pour|für|por|per|who)\s(?:(?:this|the|that|his|her|their|your|an?|such|guest|blog|great"
    r"|c(?:e|et|ette)|dieser?|diesen|este|quest[oa]|excellent|wonderful|interesting|\w+ful)\s){0,3}?"
    r"(?:post|article|report|contribution|te(?:xt[eo]?|kst|sto)|piece|story|writ\w+|wrote|articolo|artículo|beitrag|bericht)\b"
)
"""How an editor may thank who has written: "Thanks to Ada Moss for this report"."""

ABOUT_A = regex(r"\b(?:über|sobre|à\spropos|acerca|over|om)\b.*", re.I)
"""What a label of a portrait begins with in other languages: "Über die Autorin"."""

QUOTED = regex(r"\"[^\"]*\"|“[^”]*”")
_GREETS = r"[^\W\d_][\w’']*"
# After these many put no comma.
_FAREWELL = (
    r"(?i:gr(?:uß|üße|üßen|oete?n?|uss|üsse|üssen)|regards|sincerely|cordialement|salutations|saludos?"
    r"|atentamente|saluti|hilsen|hälsningar|pozdrawiam|abraços?)"
)
_TAKES_LEAVE = (
    rf"^[^\w\n]*(?:{_GREETS}(?:[ \t]{_GREETS}){{0,2}}[ \t]*[,!]+[^\w\n]{{0,3}}"
    rf"|(?:{_GREETS}[ \t]){{0,3}}{_FAREWELL}[ \t]*)\n[\W_]*"
)
GREETING = regex(rf"(?m){_TAKES_LEAVE}")
"""How a line takes leave, before whoever has written: "Best regards,"."""

ANY_GREETING = regex(
    rf"(?m){_TAKES_LEAVE}|^[^\n]{{20,300}}[^\W\d_],[ \t]*\n{{1,2}}"
    r"(?=[^\n!?:,]{4,40}(?:\n[^\n!?:]{2,60})?\Z)"
)
"""How it does where a blog signs so, too: "On behalf of the board of the Shed Society,"."""

_OFFICES = (
    r"(?i:board|chair|co-|c[a-z]o\b|coord|dire[ct]|dyre|gesch|leit|pr[äeé][sz]|treas|voorz|vors)"
)
_NAMED = r"[^\W\d_a-z][\w.’'-]*+(?:[^\S\n]+(?:[a-z]{1,3}[^\S\n]+){0,2}[^\W\d_a-z][\w.’'-]*+){1,4}"
_OFFICE = regex(
    rf"[.!?…][”\"’)]?\n(?={_NAMED}(?:,\s[A-Z][\w.-]{{1,6}}(?=[,\n]))*(?:,\s+|\n)(?=[^\W\d_a-z])"
    rf"(?:{_OFFICES}|(?P<role>[^\W\d_]+))[^\n!?:]*(?:\n[^\W\d_a-z][^\n!?:]+)?\Z)"
    rf"|(?<=\n)(?:[^\W\d_]+\s){{0,2}}{_OFFICES}[^\W\d_]*(?:\s[^\W\d_]+){{0,4}},?\n(?={_NAMED}\Z)"
)

# A capital has to follow in the same sentence; most have nothing but ASCII before it.
_NO_CAPITAL = r'[\x00-\x09\x0b-\x20"-\-/->@\[-\x7f]'  # of ASCII, and no end of a sentence
_BYS = any_of(f"{BY}|da|from|of|de|van|between|on behalf of", but_behind=r"[\w.@]")
BYS = regex(
    rf"(?P<by>{_BYS})(?:\s*[:–—-])?[\s_*]+(?!qu[eé]\b)"  # "¿Por qué …?"
    rf"(?={_NO_CAPITAL}*+(?:[A-Z]|[^\n.!?]*[^\W\d_a-z]))"
)
# Notes, workplaces, what somebody is, who edited: "A B¹ (Shed Ltd), C D, a gardener / 编辑：李".
_NOTED = regex(
    r"[*_¹²³⁴-⁹]|\s*<[^<>\s]+>|[\s.]*[□■◻◼▪◾●◆♦∎※]+\s*$|,?\s+@\w+|\s*https?://\S+|\s*[(（][^()（）]{1,160}[)）](?=\s*(?:[,;.，、/|]|$|and\b|&))|(?<=[㐀-鿿])@\w+"
    r"|\s(?:was|is|and)\s(?:\w+\s)?(?:cross-?\s?|re-?)(?:posted|published)\b.*$"
    r"|[,.]?\s(?i:(?:originally\s|first\s)?published)\s.*$"
    r"|,?\s(?:\d{1,2}\w{0,2}\.?\s(?:de\s)?[^\W\d_]+|[^\W\d_a-z][^\W\d_]*)"  # a day
    r",?\s(?:de\s)?(?:19|20)\d\d\b.*$"
    r"|\sand\s[a-z]+s\s.*$"  # "and covers how …"
    r"|\s(?:and|&|und|et|y)\s(?:the|das|el|l[’'])\s?[^,;]*\b(?i:team|crew|staff|équipe|equipo)\b.*$"
    r"|,\s+(?:an?|the|two|three|both|who|whom|whose|to|from|at)\s[^,;，；]*"
    r"|\s*(?:[/|｜,，;]|\band\b)?\s*(?:\w{0,2}(?:编辑|责编|译者?|校对|审校|来源|摄影|图)\s*\\?[\s:：/|｜丨︱]"
    r"|\w+(?:ed|aphs|os)\s+by\b).*$"
)
# "A B (Shed Ltd), C D (Nets)": two people; "A B A keeps bees": one of whom more is said.
_ROLED = regex(
    r"\sand\s+guest\s+(?:authors?|bloggers?)\s|\s*[(（][^()（）]{1,160}[)）]\s*[,;，；、]\s*(?:(?:and|&)\s+)?(?=(?:[^\W\d_a-z][^\s(),]*\s+){2,4}[(（])"
)
# "A B (Shed Ltd)", "A B, gardener": a line with what somebody is.
ROLE = regex(r"[(（，,]")
_TWICE = regex(r"\b(([^\W\d_a-z][^\s,;]*)(?:\s[^\W\d_a-z][^\s,;]*){1,3})\s\2(?=\s\w).*")
JOINED = regex(r"(?:\band|&|\bet|\bund|\by)\s+$")
# Where a picture is from, whose caption looks as a byline does.
PICTURE = regex(r"(?<![./])\b(?:via|wikimedia|flickr|unsplash|pixabay|getty|CC[ -]BY)\b", re.I)
# What somebody is called before the name: "Moss University researchers A B and C D".
NAME = regex(r"(?:(?<=\s)|(?<=[\[(]))(?=[^\W\d_a-z])|[.!?:;]\s.*", re.DOTALL)
# What is said of a person behind the name: "Bo Clay on behalf of the shed" up to the next one.
BEHIND = regex(
    rf"(?<![,;，；])\s+(?!(?:and|und|et|och|og|en|with|{'|'.join(sorted(entries('particles')))})\b)"
    rf"[^\W\d_{_CAPITALS}][^,;，；]*?"
    r"(?=$|[,;，；]|\s(?:and|&)\s+[^\W\d_a-z])"
)
# "By Ada Moss we mean the rose": words about more than a person.
SENTENCE = regex(r"\b(?:is|are|was|were|has|have|had|I|we|it|they|will|would|can|ist|est|es)\b")
CENTURY, DATED = regex(r"(?:19|20)\d\d"), regex(rf"[\W_]*{_DAY}", re.I)
# What was "published" may be another's book, what was so on some day is a post.
DONE = regex(rf"(?P<out>\b\w*(?:ubli|ffentlich)\w*\s)?{_DAY}", re.I)
NOTE = regex(r"[\W_]*(?:(?:\w{1,7}[’']?s?\W{1,2})?note\s*[:—–-])?[\W_]*", re.I)
# Where within a line a sentence begins.
SENTENCES = regex(r"(?s:.*)(?:[.!?:;–—|]\s|\s-\s|[(\[])")
WORD = regex(r"[^\W\d_]+")
END = regex(
    r"(?<=[^\W\d_]{2}|\w\))(?<!\b[DM]r)(?<!\bProf)[.!?](?:[)\]]$|\s+(?=[^\W\d_a-z]|[“\"‘']))|\s[–—|-]\s|\s/\s(?=[^/]{0,30}\d)|(?<=[^\W\d_])\s*(?=\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d\b)|(?<=[)）])\s+(?=[^\W\d_a-z]\w*\s[a-z])|,?\s+@\w+(?=\s+[a-z]|\.|$)|(?i:\s(?:contribu|edi)tors?)?:[\s_*]+|(?<=[a-zà-ÿ])\s+(?=(?:[A-Z]{3,}[\s,/]{1,2}){1,5}[(–—-])|$"
)
"""A pattern for where a byline ends: at an agency's "LONDON (News) –", too."""

OWN = regex(r"(?!\W*(?:book\s)?t[ií]t(?:le|el|re|ulo|olo)\s*:)", re.I)
"""A line that is no "Title: …" of another work, whose author follows."""


def offices(text: str) -> Iterator[re.Match[str]]:
    """Yield what is before a last line that tells an office: "Ada Moss, Chair of the Shed".

    Words that may be another's heading are one only behind a common given name.
    """
    for found in _OFFICE.finditer(text):
        role, given = found["role"], text[found.end() :].split()[0]
        if not role or (is_word(fold(role)) and is_given(fold(given))):
            yield found


def unnoted(line: str) -> str:
    """Return the people whom a line names, without notes, and what they are in brackets."""
    line = _NOTED.sub("", _ROLED.sub(" and ", line))
    return _TWICE.sub(r"\1", line).strip()


def letters(words: str) -> list[str]:
    """Return the letters for some words; what was made beside a text says nothing."""
    words = _WE.sub("here is", words) if "e" in words else words
    if not (pair := _PAIR.search(words)):
        return list(map(letter, WORD.findall(words)))
    end = pair.start()
    before, beside = (list(map(letter, WORD.findall(w))) for w in (words[:end], words[end:]))
    if "T" not in beside or _ANOTHER.search(words, end):
        return before + beside
    return [*before, "x" if _SONG.search(words, end) else "T"]


@lru_cache(maxsize=8192)
def letter(word: str) -> str:
    """Return the letter for what a word is, "x" for any other, and none for a letter alone."""
    word = fold(word)
    is_text = bool(word.endswith(_TEXT_ENDS) or _NAMED_TEXT.fullmatch(word)) and "T"
    if word.startswith(_GUESTS):
        return f"G{is_text or ''}"
    return _LETTERS.get(word) or is_text or ("x" if len(word) > 1 else "")


# "“Ikiru” by A B" tells of a work.
_OF_WORK = regex(r"(?:\A|\n|[.!?:;–—|]\s)[^\w\"“\n]*(?:\"[^\"]*\"|“[^”]*”)[\s,]*\Z")
_BEFORE = 40  # characters before a word in which the last of its head stands


def may_lead(by: re.Match[str]) -> bool:
    """Say whether a word of `BYS` may lead to a name.

    "Of" and its like do in no form but behind what a text is called ("T") or a guest ("G"). What is
    quoted between says nothing, nor does a day.
    """
    if by["by"].casefold() not in ("of", "de", "van", "between"):
        return not _OF_WORK.search(by.string, 0, by.start())
    head = by.string[max(0, by.start() - _BEFORE) : by.start()]
    last = head.rstrip().rpartition(" ")[2]
    is_another = last.isalpha() and letter(last)[-1:] not in ("", "T", "G")
    return not is_another or '"' in head or "”" in head or bool(CENTURY.search(head))
