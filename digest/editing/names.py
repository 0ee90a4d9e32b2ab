"""What a person's name looks like, in many scripts, and how a list of people is read.

A phrase is weighed, never looked up whole: honorifics, initials, particles, given names and family names
speak for a person; common words and places speak against. This room owns no byline: where a name may stand
in a title, and what may be taken out, `byline` decides. It refuses long phrases unread.
"""

from __future__ import annotations

import re
from functools import lru_cache

from digest.editing.lexicon import fold, is_base_word, is_given, is_place, is_surname, is_word
from digest.models import Value, key

NO_NAME, SHAPED, LIKELY, KNOWN = range(4)
"""How much speaks for a person: nothing, only the shape, the shape of both names, a known given name."""

_MAX_NAME = 60
_MAX_PEOPLE = 12

_HONORIFICS = frozenset(
    "dr prof professor mr mrs ms miss mx dame sir lord lady baroness baron rev reverend revd canon rabbi imam"
    " sister father fr major maj captain capt colonel col lt lieutenant general gen sgt sergeant judge hon"
    " herr frau hr fru mme mlle m. dra doña doc docteur doctor doktor associate assistant emeritus emerita"
    " đr д-р профессор проф δρ κα κος".split()
)
_WEAK_HONORIFICS = frozenset(
    "sister father major general judge canon associate assistant doctor lady lord".split()
)
_PARTICLES = frozenset(
    "van der den de la le du da dos das di del della degli dei des von zu zur zum af av ten ter te 't bin bint ibn"
    " al el ul ur ap ab ferch y i e mac ní ni nic ó ua uí st st. san santa do abu umm ben bat".split()
)
_POST_NOMINAL = re.compile(
    r"(?:Ph\.?D|D\.?Phil|M\.?D|M\.?B\.?A|M\.?Sc|B\.?Sc|M\.?A|B\.?A|M\.?Ed|M\.?Phil|Ed\.?D|LL[MB]|J\.?D|MPH|MBBS|MB\s?ChB"
    r"|BMBS|RN|RM|RGN|BDS|O\.?B\.?E|M\.?B\.?E|C\.?B\.?E|K\.?B\.?E|D\.?B\.?E|CMG|QC|KC|QPM|FCA|CEng|CPsychol|FMLM|SFFMLM"
    r"|FFMLM|AFFMLM|FR[A-Z]{1,5}|MR[A-Z]{1,5}|FI[A-Z]{1,4}|FB[A-Z]|FFPH|FFICM|FAcadMEd|FHEA|SFHEA|PFHEA|MCLIP|FCLIP"
    r"|FSA|FMA|AMA|FLS|FFSRH|Jr\.?|Sr\.?|I{2,3}|Esq\.?)\.?(?:\s?\([A-Za-z ]+\))?"
)
_ROLES = frozenset(
    "accountant advisor adviser advocate ambassador analyst anaesthetist archivist architect assistant associate"
    " author broadcaster candidate captain cardiologist carer ceo cfo chair chairman chairperson chairwoman chef"
    " chief clinician co-chair co-founder coach columnist consultant convenor coordinator co-ordinator counsellor"
    " curator dean dentist deputy designer developer dietitian director doctor editor educator engineer executive"
    " fellow founder gardener geriatrician gp head historian intern journalist junior keeper lead leader lecturer"
    " librarian manager matron member midwife neurologist nurse officer organiser organizer paediatrician paramedic"
    " partner pharmacist philosopher physician physiotherapist planner poet postdoc practitioner president"
    " principal producer professor programme project psychiatrist psychologist radiographer radiologist reader"
    " registrar reporter representative researcher resident scholar scientist secretary senior sociologist"
    " specialist student supervisor surgeon teacher technician therapist trainee trainer treasurer trustee tutor"
    " vice volunteer vet writer academy agency association board centre center charity church college committee"
    " company council department faculty foundation gallery group hospital hospitals institute laboratory library"
    " ltd museum network nhs office org partnership practice school service society studio team trust union"
    " university universität université".split()
)
_TEAM = re.compile(
    r"(?:the|our|das|die|der|le|la|el)\s+(?:[^\W\d_][\w'’&.-]*\s+){0,5}?(?:team|editors|committee|council|group|network|society"
    r"|collective|board|trustees|staff|volunteers|gardeners|librarians|students|redaktion|rédaction|redacción)",
    re.I,
)
_TOKEN = re.compile(r"(?:[^\W\d_][̀-ͯ]*|[’'ʼ‘`.-])+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)(?:-?[^\W\d_]\.)*|[A-Z]{1,3}|[A-Z][a-z]?\.(?:-?[A-Z]\.)*")
_ACRONYMS = frozenset(
    "UK US EU UN AI NHS BMA TV IT HR PR CEO GP GPS ICU A&E BBC CPD EDI GMC NGO USA UAE VR AR XR NI WHO WW II III IV"
    " VI OK PC DIY FAQ CQC ICS ICB MP MPS NMC RCN QI A I".split()
)
_UNCASED = re.compile(
    r"[\u0590-\u074f\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
_CJK_NAME = re.compile(
    r"[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]{1,8}(?:[ \u3000・][\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]{1,8}){0,2}"
)
_CJK_SURNAMES = frozenset(
    "田中 佐藤 鈴木 高橋 伊藤 渡辺 渡邊 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 斉藤 清水 山崎 森 池田"
    " 橋本 阿部 石川 山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田 西村 藤井 岡本 三浦 藤原"
    " 中野 原田 松田 竹内 小野 中山 石田 上田 森田 原 柴田 酒井 工藤 横山 宮崎 宮本 内田 高木 安藤 谷口 大野 丸山 今井 河野"
    " 藤本 村田 武田 上野 杉山 増田 平野 大塚 千葉 久保 松井 小島 岩崎 桜井 野口 松尾 野村 木下 菊地 菊池 佐野 庭野 花田 水野"
    " 王 李 张 張 刘 劉 陈 陳 杨 楊 黄 黃 赵 趙 吴 吳 周 徐 孙 孫 马 馬 朱 胡 郭 何 高 罗 羅 郑 鄭 梁 谢 謝 宋 唐 许 許 韩 韓"
    " 冯 馮 邓 鄧 曹 彭 曾 肖 蕭 萧 田 董 袁 潘 于 蒋 蔣 蔡 余 杜 叶 葉 程 苏 蘇 魏 吕 呂 丁 任 沈 姚 卢 盧 姜 崔 钟 鍾 谭 譚 陆 陸"
    " 欧阳 歐陽 司马 司馬 김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 전 홍 고 문 양 손 배 백 허 유 남 심 노 하".split()
)
_OTHER_GIVEN = frozenset(
    fold(name)
    for name in "محمد أحمد احمد علي حسن حسين محمود مصطفى إبراهيم ابراهيم يوسف عمر خالد سعيد سعد عبد عبدالله سامي كريم طارق زياد رامي"
    " فاطمة عائشة مريم زينب خديجة نرجس ليلى سارة نور هدى سلمى أمل منى ريم دينا رانيا هالة سمر ياسمين نادية حنان علا"
    " राम रवि अमित प्रिया सुनीता अनिता राजेश संजय विजय अजय मोहन गीता सीता नेहा पूजा मीना कविता दीपा रीता आशा कमला अनिल सुरेश रमेश"
    " דוד משה יוסף שרה רחל רבקה נועה יעל תמר מיכל דניאל יעקב אברהם חנה רות דנה"
    " анна мария елена ольга наталья ирина татьяна светлана екатерина юлия дарья софия александра александр сергей"
    " дмитрий андрей алексей михаил иван николай владимир павел максим олег игорь оксана тарас богдан катерина леся"
    " μαρια ελενη κατερινα σοφια αννα γεωργια βασιλικη δημητρα γιωργος γιαννης δημητρης νικος κωστας παναγιωτης"
    " χρηστος νικολαος ιωαννης κωνσταντινος αλεξανδρος ειρηνη αικατερινη".split()
)
_NOT_FIRST = frozenset(
    "st saint san santa mount mt lake fort port loch lough river cape isle new great".split()
)
_MOSTLY_WORDS = frozenset(
    "will hope grace faith may rose joy dawn bill june april august summer autumn patience charity melody crystal amber honor"
    " homer chase guy art pearl penny prudence chance harmony trinity verity constance mercy ivy olive angel earnest".split()
)
_SITES = frozenset(
    "park street hall lane house road square court bridge garden gardens field fields church castle gate tower lake"
    " beach market station library avenue place terrace crescent row way bay common heath forest island".split()
)

_SPLIT = re.compile(
    r"\s*[,;،、，]\s*(?:(?:and|&|und|et|with)\s+)?|\s+(?:and|&|und|et|with|og|och|en|ac|y|и|та|και|और|\+|/)\s+|\s*[＆&]\s*|\s+و\s?(?=\w)"
)
_HANDLE = re.compile(r"\s*[(\[]?\s*(?<![\w.])@\w[\w.]{0,40}\s*[)\]]?")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{1,80}[)\]]")
_ET_AL = re.compile(r",?\s+(?:et al\.?|and colleagues|and others|and team)$", re.I)


class People(Value):
    """Hold the people a phrase names, in order. `least` and `most` are the weights of the weakest and best."""

    names: tuple[str, ...]
    least: int
    most: int


def plain(name: str) -> str:
    """Return the form in which people are compared: no honorific, no letters after the name, folded.

    >>> plain("Dr. Zoë Hazelhurst, PhD") == plain("Zoe Hazelhurst")
    True
    """
    return _plain(name[:200])


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    _, tokens = _without_honorifics(name.partition(",")[0].split())
    while len(tokens) > 1 and _POST_NOMINAL.fullmatch(tokens[-1]):
        tokens = tokens[:-1]
    return key(" ".join(tokens) or name)


@lru_cache(maxsize=8192)
def weigh(name: str) -> int:
    """Return how much speaks for `name` being one person: NO_NAME, SHAPED, LIKELY or KNOWN.

    >>> weigh("Lake Como"), weigh("J. K. Rowan"), weigh("Zanele Mthembu"), weigh("Jane van der Berg")
    (0, 3, 2, 3)
    """
    if not 2 <= len(name) <= _MAX_NAME:
        return NO_NAME
    if _UNCASED.search(name):
        return _weigh_uncased(name)
    honorifics, tokens = _without_honorifics(name.split())
    tokens = _without_post_nominals(tokens)
    if not 1 <= len(tokens) <= 6 or not all(_TOKEN.fullmatch(t) for t in tokens):
        return NO_NAME
    return _weigh_tokens(tokens, honorifics, shouted=name.isupper())


def _without_honorifics(tokens: list[str]) -> tuple[int, list[str]]:
    """Return how much honour precedes the name (2 is certain, 1 may be a word) and what is left."""
    honour = at = 0
    while (
        at < len(tokens) - 1
        and (title := tokens[at].casefold().rstrip("."))
        and (title in _HONORIFICS or tokens[at].casefold() in _HONORIFICS)
    ):
        honour = max(honour, 1 if title in _WEAK_HONORIFICS else 2)
        at += 1
    return honour, tokens[at:]


def _without_post_nominals(tokens: list[str]) -> list[str]:
    while len(tokens) > 2 and _POST_NOMINAL.fullmatch(tokens[-1].strip(",")):
        tokens = tokens[:-1]
    return tokens


def _weigh_tokens(tokens: list[str], honour: int, *, shouted: bool) -> int:
    kinds = [_kind(t, first=i == 0, shouted=shouted) for i, t in enumerate(tokens)]
    if "x" in kinds or kinds[-1] in "ip" or tokens[0].casefold().rstrip(".") in _NOT_FIRST:
        return NO_NAME
    named = [k for k in kinds if k != "p"]
    if honour == 2:
        return SHAPED if len(named) == 1 or "w" in named else KNOWN
    if len(named) == 1:
        return _weigh_single(named[0], with_particle=len(kinds) > 1)
    if named == ["g", "w"] and not is_base_word(fold(tokens[-1])):
        return SHAPED
    if named[0] == "a" and named[-1] in "sa" and fold(tokens[0]) in _MOSTLY_WORDS:
        return SHAPED
    if named[0] not in "gi" and fold(tokens[-1]) in _SITES:
        return SHAPED if named[0] == "a" and not is_place(fold(tokens[0])) else NO_NAME
    return _weigh_kinds(named[0], named[1:])


def _weigh_single(kind: str, *, with_particle: bool) -> int:
    if with_particle:
        return LIKELY if kind in "ug" else NO_NAME
    return SHAPED if kind == "g" else NO_NAME


def _weigh_kinds(first: str, rest: list[str]) -> int:
    """Weigh the first token's kind against the others' (`_kind` names them)."""
    last = rest[-1]
    if first == "g":
        return KNOWN if last != "w" and "w" not in rest else LIKELY if rest == ["w"] else SHAPED
    if "w" in rest or first in "wl":
        return NO_NAME
    if first in "ai":
        return KNOWN if last in "ug" else LIKELY if last in "sa" else NO_NAME
    if "g" in rest:
        return KNOWN if first == "u" else LIKELY
    if first == "s":
        return SHAPED if last == "u" else NO_NAME
    return LIKELY if last == "u" else SHAPED if last in "sa" else NO_NAME


def _kind(token: str, *, first: bool, shouted: bool) -> str:
    """Return what a token is: g(iven), a(mbiguous given), i(nitial), p(article), s(urname), u(nknown),
    l(ocality), w(ord), or x where it cannot stand in a name at all."""
    if token.casefold() in _PARTICLES and (
        not first or token.casefold() not in ("i", "e", "y", "do", "san", "ben")
    ):
        if not (token.casefold() == "ben" and token[0].isupper()):
            return "p"
    if _INITIALS.fullmatch(token):
        if "." not in token and (token in _ACRONYMS or shouted and len(token) > 1):
            return _lexical(fold(token)) if shouted and token not in _ACRONYMS else "x"
        if "." in token or len(token) < 3 or is_given(fold(token)) is False:
            return "i"
    head = token.lstrip("’'‘ʼ`")
    if not head or not (head[0].isupper() or _particle_prefix(head)) or token.endswith((".", "-")):
        return "x"
    folded = fold(token.replace("’", "'").replace("‘", "'").replace("ʼ", "'"))
    if folded.endswith("'s"):
        return "x"
    if not shouted and len(token) > 1 and token.isupper() and not is_given(folded):
        return "u" if not first and not is_word(folded) and len(token) > 3 else "x"
    if "-" in folded:
        return _hyphenated(folded.split("-"))
    return _lexical(folded.replace("'", ""))


def _particle_prefix(token: str) -> bool:
    return token.startswith(("al-", "el-", "d'", "d’", "de-", "bin-", "bint-", "t'", "ap-"))


def _hyphenated(parts: list[str]) -> str:
    kinds = [_lexical(p) for p in parts if p and p not in _PARTICLES]
    if not kinds or all(k in "wl" for k in kinds):
        return "w"
    if kinds[0] in "ga":
        return "g" if all(k in "gausw" for k in kinds) and len(kinds[0]) else "u"
    return "u" if "u" in kinds or "g" in kinds or "s" in kinds and "w" not in kinds else "w"


@lru_cache(maxsize=8192)
def _lexical(folded: str) -> str:
    if is_given(folded) or folded in _OTHER_GIVEN:
        return "a" if is_word(folded) or is_place(folded) else "g"
    if is_place(folded):
        return "l" if not is_surname(folded) else "s" if not is_word(folded) else "l"
    if is_word(folded):
        return "s" if is_surname(folded) else "w"
    return "u"


def _weigh_uncased(name: str) -> int:
    if any(c.isdigit() or (c.isascii() and c.isalpha()) for c in name):
        return NO_NAME
    if _CJK_NAME.fullmatch(name):
        return _weigh_cjk(name)
    tokens = name.split()
    if not 1 <= len(tokens) <= 5 or any(len(t) > 20 or not (t[0].isalpha()) for t in tokens):
        return NO_NAME
    given = tokens[0] in _OTHER_GIVEN or tokens[0].startswith("عبد")
    if len(tokens) == 1:
        return NO_NAME
    return KNOWN if given else SHAPED


def _weigh_cjk(name: str) -> int:
    parts = re.split(r"[ \u3000・]", name)
    if len(parts) > 1:
        return KNOWN if parts[0] in _CJK_SURNAMES else LIKELY if "・" in name else SHAPED
    if 2 <= len(name) <= 6 and any(name[:n] in _CJK_SURNAMES for n in (1, 2, 3) if len(name) > n):
        return LIKELY if len(name) <= 4 else SHAPED
    return SHAPED if len(name) <= 6 else NO_NAME


def people(phrase: str, *, roles: bool = False) -> People | None:
    """Return the people that make up the whole of a phrase, or None where anything else is in it.

    Handles such as "(@perpetuamoss)" and letters after a name are left out; honorifics stay. With `roles`,
    a profession, an institution or an aside after a name is left out too, and a team counts as a person.

    >>> people("Dr Ada Moss, PhD, and J. Clay (@clay)").names
    ('Dr Ada Moss', 'J. Clay')
    >>> people("the numbers") is None
    True
    """
    if not 2 <= len(phrase) <= 300:
        return None
    text = _HANDLE.sub("", phrase) if "@" in phrase else phrase
    if roles and text.rstrip().endswith((")", "]")):
        text = _ASIDE.sub("", text)
    text = _ET_AL.sub("", text.strip()).rstrip(" ,;").strip()
    if text.endswith(".") and not re.search(r"(?:\b[A-Z]|Jr|Sr|\.[A-Za-z])\.$", text):
        text = text[:-1].rstrip()
    if roles and len(text) <= _MAX_NAME and _TEAM.fullmatch(text):
        return People(names=(text,), least=LIKELY, most=LIKELY)
    return _read_list(_SPLIT.split(text), roles=roles)


def _read_list(chunks: list[str], *, roles: bool) -> People | None:
    names: list[str] = []
    weights: list[int] = []
    in_role = False
    for at, chunk in enumerate(chunks):
        weight = weigh(chunk)
        if names and not weight and _all_post_nominals(chunk) or in_role and weight < KNOWN:
            continue
        if weight == SHAPED and " " not in chunk and at + 1 < len(chunks) and _shares_surname(chunks[at + 1]):
            chunk = f"{chunk} {chunks[at + 1].split()[-1]}"
            weight = weigh(chunk)
        if names and roles and weight < LIKELY and _is_role(chunk):
            in_role = True
        elif not weight:
            return None
        else:
            names.append(_without_letters(chunk))
            weights.append(weight)
            in_role = False
    if not names or len(names) > _MAX_PEOPLE:
        return None
    return People(names=tuple(dict.fromkeys(names)), least=min(weights), most=max(weights))


def _shares_surname(following: str) -> bool:
    tokens = following.split()
    return len(tokens) == 2 and weigh(following) == KNOWN


def _all_post_nominals(chunk: str) -> bool:
    tokens = chunk.split()
    return bool(tokens) and all(_POST_NOMINAL.fullmatch(t) for t in tokens)


def _is_role(chunk: str) -> bool:
    tokens = [fold(t.strip(".,()")) for t in chunk.split()]
    return any(t in _ROLES for t in tokens) or (bool(tokens) and all(is_place(t) for t in tokens))


def _without_letters(name: str) -> str:
    return " ".join(_without_post_nominals(name.split()))
