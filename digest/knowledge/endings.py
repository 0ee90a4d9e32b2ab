"""Knows which words cannot end a phrase, so that a text that is cut stops where a reader can stop.

"On a full…" and "only other light is the…" tell nothing; "only other light…" does. Small words only
lead to what follows, and so does whatever stands right behind an article. Words per language are
data.
"""

from __future__ import annotations

from typing import Final

from digest.lazy import regex

LOOSE: Final = " ,;:–—-−(“\"'‘«[、，；：・/&+\n"
"""What is left off before an ellipsis."""

_ARTICLES: Final = {
    "en": "the a an",
    "de": "der die das den dem des ein eine einen einem einer eines",
    "fr": "le la les un une des du",
    "es": "el la los las un una unos unas",
    "it": "il lo la i gli le un uno una",
    "pt": "o a os as um uma uns umas",
    "nl": "de het een",
    "sv": "en ett",
    "da": "en et",
    "nb": "en et ei",
    "no": "en et ei",
    "cy": "y yr",
}

_LEADING: Final = {
    # conjunctions, prepositions, auxiliaries, and words that belong to a noun
    "en": "of and or nor to in on at for with by from as is are was were be been has have "
    "had that which who whose this these those our your their his her its my but if "
    "than into onto not no so because when while where about over under between "
    "through only other every each some any very more most will would can could "
    "should may might must do does did we i you he she they it there full tend tends "
    "seem seems want wants need needs try tries used able unable going about",
    "de": "und oder in im am an auf mit von vom zu zum zur für bei aus nach über unter ist "
    "sind war waren dass weil wenn als wie nicht kein keine sehr mehr nur auch ihr "
    "ihre sein seine unser unsere",
    "fr": "de et ou à au aux en dans pour par sur avec qui que est sont était ne pas plus "
    "très son sa ses leur leurs notre nos votre vos ce cette ces mais si",
    "es": "de del y o a al en por para con que su sus es son era no más muy pero si como "
    "este esta estos",
    "it": "di e o a al alla in nel nella per con da dal che è sono era non più molto suo "
    "sua ma se come",
    "pt": "de do da dos das e ou a ao à em no na por para com que é são era não mais muito "
    "seu sua mas se",
    "nl": "van en of te in op aan voor met bij uit naar over is zijn was waren dat die niet "
    "geen maar als",
    "pl": "i oraz lub w we z ze na do od dla o po przez przy jest są był była że nie ale "
    "jak ten ta to",
    "sv": "och eller i på av till för med från om är var att som inte men när den det de "
    "sin sitt sina",
    "da": "og eller i på af til for med fra om er var at som ikke men når den det de sin sit sine",
    "nb": "og eller i på av til for med fra om er var at som ikke men når den det de sin sitt sine",
    "no": "og eller i på av til for med fra om er var at som ikke men når den det de sin sitt sine",
    "cy": "a ac neu i o yn ar am gan gyda at wrth mewn bod sydd mae oedd ei eu ein",
    "ar": "في من على إلى عن و أو ثم أن التي الذي مع هذا هذه لا ما كان",
}

# Words that begin a clause: where little of it came before the cut, it says less than nothing.
_OPENING: Final = {
    "en": "where which who whom whose because when while although though whether unless until",
    "de": "wo weil wenn dass obwohl während ob damit bevor nachdem sodass",
    "fr": "où qui dont quand lorsque parce puisque quoique pendant",
    "es": "donde quien quienes cuando porque aunque mientras",
    "it": "dove chi quando perché mentre sebbene",
    "pt": "onde quem quando porque enquanto embora",
    "nl": "waar omdat wanneer terwijl hoewel zodat",
}

_WORDS_DROPPED: Final = 5
_LEAST_CLAUSE: Final = 7  # words, below which a clause that was cut is left off whole
_CLAUSE: Final = regex(r"[,;:](?=\s)|(?=\s[–—-]\s)|[،؛]|[、，；：]")

_ARTICLES_OF: Final = {tag: frozenset(words.split()) for tag, words in _ARTICLES.items()}
_OPENING_OF: Final = {tag: frozenset(words.split()) for tag, words in _OPENING.items()}
_LEADING_OF: Final = {
    tag: frozenset(words.split()) | _ARTICLES_OF.get(tag, frozenset())
    for tag, words in _LEADING.items()
}


def settled(head: str, language: str | None, floor: int = 0) -> str:
    """Return the beginning of a text without what leads only to words that were cut off.

    It stops at the end of a clause that stands behind `floor` characters, else behind the last word
    that can end one.

    >>> settled("The only other light is the", "en"), settled("We walked the beds on a full", "en")
    ('The only other light', 'We walked the beds')
    >>> settled("Bring gloves, a spade and your", "en", 5)
    'Bring gloves'
    >>> settled("It goes over the moor to places where the only other light", "en", 20)
    'It goes over the moor to places'
    """
    tag = (language or "").replace("_", "-").partition("-")[0].lower()
    head = head.rstrip(LOOSE)
    ends = [clause.start() for clause in _CLAUSE.finditer(head, floor)] if floor else []
    if ends:
        return head[: ends[-1]].rstrip(LOOSE)
    if floor and (begun := _opened(head, tag, floor)):
        return begun
    leading, articles = _LEADING_OF.get(tag), _ARTICLES_OF.get(tag, frozenset())
    if not leading:
        return head
    for dropped in range(_WORDS_DROPPED):
        before, _, last = head.rpartition(" ")
        # what stood behind the cut may have been the noun that a word behind an article waits for
        is_waiting = not dropped and before.rpartition(" ")[2].strip(LOOSE).lower() in articles
        if not before or not (is_waiting or last.strip(LOOSE).lower() in leading):
            break
        head = before.rstrip(LOOSE)
    return head


def _opened(head: str, tag: str, floor: int) -> str:
    """Return a text without the few words of a clause that was cut; empty where there is none."""
    words = head.split(" ")
    for at in range(len(words) - 1, max(0, len(words) - _LEAST_CLAUSE), -1):
        if words[at].lower() in _OPENING_OF.get(tag, ()):
            before = " ".join(words[:at]).rstrip(LOOSE)
            return settled(before, tag) if len(before) >= floor else ""
    return ""
