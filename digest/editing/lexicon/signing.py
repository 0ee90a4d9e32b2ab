"""Reads names that have no shape, in Chinese and Japanese above all: "作者丨李明", "文 | 王芳".

The sign before them tells that they are names, what stands around them where they end, and the
family's name they begin with that they are names at all.
"""

from __future__ import annotations

import itertools
import re

from digest.editing.lexicon import lines
from digest.lazy import regex

_WRITER = (
    r"(?:作者|著者|筆者)(?:[简簡]介|介[绍紹]|紹介)?"
    r"|(?:特[约約]|本刊)?(?:撰[文稿]人?|[采採][写寫]|[记記]者)|文"
)
SIGNS = (
    rf"(?:{_WRITER}|著|書いた人|寄稿|執筆|文責)\s*\\?[=＝:：／/|｜丨︱・]|بقلم:?"
    r"|(?:Автор|текст)\s*:"
)
"""A pattern for what tells a name that has no shape, in titles too."""

_FAMILY = f"[{''.join(lines('families'))}]"
_NAME = rf"(?:{_FAMILY}[㐀-鿿]{{1,2}}|[㐀-鿿]{{1,6}}(?:[·•][㐀-鿿]{{1,6}}){{1,3}})"
HAN = regex(_NAME)
"""A pattern for a name in Chinese: behind a family's name, or a foreign one in its syllables."""

NO_SOCIETY = r"(?<!中心)(?<!公司)(?<!编辑)(?<!審校)(?<!审校)(?<![部网報报社组組团團院会會队隊])"
"""A pattern for the end of words in Chinese and Japanese that are no society's name."""

RANK = r"(?<=[㐀-鿿]{2})(?:教授|老师|博士|院士|律师|先生|女士)"
"""A pattern for what somebody is called behind a name in Chinese."""

_WHOLE = rf"{_NAME}(?=\W|$)"
# "作者：[法]安·莫", "【报】（记者 李明 王芳）", "作者李明", "感谢网友李明（某站）投稿"
SIGN = (
    rf"(?:【[^】]{{1,15}}】[\W_]*)?(?:(?:[本原]文)?(?:{SIGNS})|作者(?={_WHOLE})"
    rf"|(?:{_WRITER}|原创)\s+(?:[I\W]\s+)?(?:\S{{,12}}[记記]者\s+)?(?={_WHOLE}|[㐀-鿿]{{2,4}}(?:\W|$))"
    r"|感[谢謝](?:网友|读者)?\s*@?(?=[㐀-鿿]{2,4}\b.{,60}投稿))\s*(?:[\[【（(〔]\w{1,3}[\]】）)〕])?"
)
"""A pattern for all that leads to such a name where a text begins or ends."""

# "李明、王芳，园艺师；张伟（果园）": what stands behind a comma or in brackets is what they are.
# "田中 花子" is one, "李明 王芳" are two, and "李明 园艺师" is one with what he is.
_NO_ROLE = r"(?<![师師员員家者长長授生理官人士])"
_NEXT = rf"\s+(?={_WHOLE})"
_HAN = (
    rf"(?:(?!{_NAME}{_NEXT})[㐀-鿿]{{1,2}}\s[㐀-鿿]{{1,2}}(?![㐀-鿿]){_NO_ROLE}"
    rf"|{_WHOLE}|[㐀-鿿]{{2,4}})"
)
_SIGNED = regex(
    rf"\s*(?![首其最目随隨今如近本此我由在但而因所这這])"
    rf"({_HAN}(?:(?:\s*[、/／&和与與]\s*|{_NEXT}){_HAN})*){NO_SOCIETY}(?=\s|[，,（(：:。）)]|$)"
)
_LISTED = regex(rf"\s*[㐀-鿿]{{2,3}}(?:\s*[，,]\s*[㐀-鿿]{{2,3}}{_NO_ROLE})+\s*")
_NAMES, _PEOPLE, _COMMA = regex(rf"{_HAN}(?=\W|[和与與]|$)"), regex(r"[；;]"), regex(r"[，,]")
# "mossy-shed", "Ada Moss，种花的人", "ada 't moss", "こけ"
_LATIN = regex(
    r"\s*([A-Z]\w+(?:\s[A-Z]\w+){1,4}(?=\s*，)"
    r"|(?!.*\sand\s)(?:[a-z]\w*|\w+\.\w+)(?:\s['’]?[\w.'’-]+){1,4}|@?[^\W\d_][\w-]{1,30}|[ぁ-ヿ・]{2,15})"
    r"\s*(?:，.*[㐀-鿿]{2}.*)?$",
    re.ASCII,
)


def signed(said: str) -> tuple[str, ...]:
    """Return whom words behind a sign name, each before what they are, or a handle.

    >>> signed("李明、王芳，园艺师；张伟（果园）")
    ('李明', '王芳', '张伟')
    """
    if _LISTED.fullmatch(said):  # without what they are
        return tuple(map(str.strip, _COMMA.split(said)))
    if latin := _LATIN.match(said):
        return (latin[1],)
    groups = itertools.takewhile(bool, map(_SIGNED.match, _PEOPLE.split(said)))
    return tuple(name for found in groups if found for name in _NAMES.findall(found[1]))
