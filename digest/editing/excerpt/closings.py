"""Knows what blogs leave behind the end of a text, and takes it away.

Authors' portraits, sharing, tags. Like `debris`, plain text goes in, what stays and what went comes
out. A sentence that only speaks of such things stays: each piece has to begin where a sentence or
paragraph does, and to reach the very end.
"""

from __future__ import annotations

from typing import NamedTuple

from digest.lazy import regex


class Taken(NamedTuple):
    """Hold the text that stays and the piece that went; empty when nothing did."""

    text: str
    gone: str = ""


VIEWS = (
    r"(?:Disclaimer:?\s)?(?:[Tt]he|[Aa]ll|[Aa]ny)\s(?:views|opinions)(?:\s(?:and|or)\s\w+)?\s"
    r"(?:(?:and\sopinions\s)?(?:expressed|stated"
    r"|given|presented|shared)|in\sthis)\b[^.!?\n]{3,250}"
    r"\b(?:author|authors|author[’']s|own|necessarily|not)\b[^.!?\n]{0,150}"
)
FILED = r"(?:Filed\s[Uu]nder|Tags|Tagged(?:\s(?:with|as))?|Categories|Keywords|Topics)"
_NETWORK = (
    r"(?:X|Twitter|Facebook|LinkedIn|Instagram|Mastodon|Bluesky|Threads|YouTube|WhatsApp|Email)"
)
_CLOSING = regex(
    r"(?:\A|(?P<lead>[.!?…]['’”\")\]]*)\s+|\n)(?:"
    r"About\sthe\s[Aa]uthors?\s?(?:[:–—-]|\n)[\s\S]*"
    r"|[Aa]uthor\s(?:bio|biography|information):?\s?(?:\n|(?<=:\s))[\s\S]*"
    r"|(?:Share|Like)\sthis(?:\s(?:post|article|blog|page|story))?\s?(?::|\n|\Z)[\s\S]*"
    rf"|Share\s(?:on|via)\s{_NETWORK}\b[^.!?\n]*"
    rf"|(?:{FILED}:|Filed\s[Uu]nder|Posted\sin)\s[^.!?\n]{{2,100}}"
    rf"|(?:Please\s)?[Ff]ollow\s(?:us|me|him|her|them|@\w+"
    rf"|[^.!?\n]{{2,40}})\son\s{_NETWORK}\b[^!?\n]{{0,100}}"
    r"|Leave\sa\s(?:[Cc]omment|[Rr]eply)\.?|Related(?:\s[Pp]osts)?:?"
    r"|Like\sthis:\s[^.!?\n]{0,40}(?:\.\.\.|…)|(?:\d{1,4}|No)\s[Cc]omments?(?:\syet)?\.?"
    r"|View\s[Pp]ost\.?"
    r"|Find\sout\smore\shere\.?|\d{1,3}[\s-]min(?:ute)?s?\sread\.?|Thank(?:s"
    r"|\syou)\sfor\sreading[.!]*"
    r"|(?:Photo|Image|Picture|Photograph)\sby\s[^\n.]{1,60}\son\s"
    r"(?:Unsplash|Pexels|Pixabay|Flickr|Wikimedia(?:\sCommons)?)\.?"
    r"|(?:(?:Main|Header|Featured|Cover|Banner)\s)?(?:Image|Photo"
    r"|Picture)(?:\scredits?)?:\s[^\n]{2,120}"
    r"|(?:Related|You\smay\salso\slike)(?:\s(?:posts?|articles?))?:?\s?\n[\s\S]*"
    rf"|{VIEWS}\.?"
    r")\s*\Z"
)
_SIGNED = regex(r"(?P<lead>[.!?…]['’”\")\]]*)\n[–—-]\s?[^\W\d_a-z][^\n.!?]{2,60}\Z")
_BEGINS = regex(  # how each of these begins, to look before searching
    r"[.!?…\n][\s'’”\")\]]{0,20}(?:\d{1,3}[\s-]min|Thank|About\sthe|[Aa]uthor\s|Share|Like\sthis|Filed"
    r"|Tag|Categor|Keyw|Topics|Posted\sin|Please\s[Ff]ol"
    r"|[Ff]ollow|Leave|\d{1,4}\s[Cc]omm|No\s[Cc]omm|View\s|Photo|Image|Picture|Main|Header|Feature"
    r"|Cover|Banner|Find\sout|Related"
    r"|You\smay|Disclaimer|(?:The|All|Any)\s(?:views|opinions)|[–—-])"
)
# Rules of a page's look, as page builders write them: a comment, or what they are for, and how.
_STYLE = regex(
    r"(?:(?:/\*[^*]{0,300}\*/\s*+)*+(?:[.#@][\w-]|(?:html|body|div|span|img|table|t[dhr]|[uo]l|li|h[1-6]"
    r"|[ap])(?=[\s.#:,>\[{]))[^{}]{0,300}\{(?=[^{}]*[:{])(?:[^{}]|\{[^{}]*+\})*+\}\s*+)++"
)
_CAPTION = regex(r"\[(?P<name>(?:wp-)?caption)\b[^\]]*\][^\[\]]{0,300}\[/(?P=name)\]")


def closing(text: str, *, is_cut: bool = False) -> Taken:
    """Take what follows a text off its end.

    Who the author is, where to share, tags, comments, credits. A text whose end was cut off
    (`is_cut`) can only hold what goes on to the end: a portrait of the author.
    """
    if is_cut and "bout the " not in text:
        return Taken(text)
    if not _BEGINS.search(text):
        return Taken(text)
    gone: list[str] = []
    while len(gone) < 5 and (match := _CLOSING.search(text) or _SIGNED.search(text)):
        at = match.end("lead") if match.groupdict().get("lead") else match.start()
        if not text[:at].strip():
            break
        gone.insert(0, text[at:].strip())
        text = text[:at]
    return Taken(text, "\n".join(gone))


def without_styles(text: str) -> str:
    """Return text without rules of style that it begins with, where tags were taken off it.

    >>> without_styles(".moss{ color: green; } Moss is {nearly} green.")
    'Moss is {nearly} green.'
    """
    found = _STYLE.match(text) if text[:1] in ("/", ".", "#", "@") else None
    return text[found.end() :] if found else text


def without_captions(text: str) -> str:
    """Return text without "[caption …]…[/caption]", whose words belong to a picture."""
    return _CAPTION.sub("", text) if "caption" in text else text
