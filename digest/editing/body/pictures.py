"""Judges what is said a picture.

Whether its alternative text describes it, which size its name tells. Owns what file names look
like: those of cameras, phones, screenshots and messengers, of shops for pictures, and of WordPress,
which writes the size of each file into its name. Pure text work, in as many languages as the words
below; it never looks into a picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qsl, unquote, urlsplit

from digest.knowledge.picture_files import is_drawing
from digest.lazy import regex
from digest.models import Image, key, replace

LEAST_SIDE, LEAST_LONG_SIDE, MOST_SIDE = 16, 150, 10_000
"""The sides in pixels a name may tell.

Below the second it may be centimetres, as of "poster-50x70.jpg".
"""

_MAX_ALT = 300  # characters; what is longer is no file name
_MAX_NAME_WORDS = 4
_EXTENSION = regex(r"\.(?:jpe?g|jfif|png|gif|webp|avif|svg|hei[cf]|bmp|tiff?)$", re.IGNORECASE)
_ADDRESS = regex(r"(?:https?://|www\.)\S+|data:\S+", re.IGNORECASE)
_PATH = regex(
    r"(?:[A-Za-z]:)?[\\/]\S+|\.{1,2}[\\/]\S+"
    r"|(?:uploads?|images?|img|media|assets?|static|files?|wp-content|photos?|public"
    r"|content)[\\/]\S+",
    re.IGNORECASE,
)
# What cameras, telephones and messengers call a picture.
_CAMERA = regex(
    r"(?:(?:img|imgp|dsc|dscn|dscf|cimg|kimg|hpim|dji|pxl|mvimg|pano|vid|scan|fb_img|snapchat"
    r"|image|photo"
    r"|picture|pict|pic|bild|foto|imagen|imagem|immagine|afbeelding)[-_ ]?\(?"
    r"|(?:sam|gopr|g[hx]|wp|imag|received|signal)[-_ ]?(?=\d{4}))"
    r"\d{2}[\d\W_]*(?:(?:at|wa|scaled|edited|rotated|cropped|copy|mp|portrait|night|cover|n|o|e\d"
    r"|x\d|burst"
    r"|hdr|pixelated|effects)[\d\W_]*)*",
    re.IGNORECASE,
)
# What systems call a picture of the screen, in as many languages as were met with.
_TAKEN = regex(
    r"(?:screen[-_ ]?(?:shot|grab|capture|clip)|bildschirm(?:foto|aufnahme)|capture d.écran"
    r"|captura de (?:pantalla|tela|ecrã)|schermata|istantanea schermo|skärm(?:bild|avbild)"
    r"|skjermbilde"
    r"|skærmbillede|scherm(?:afbeelding|opname)|näyttökuva|zrzut ekranu|snímek obrazovky"
    r"|снимок экрана"
    r"|スクリーンショット|屏幕截图|屏幕快照|截屏|스크린샷"
    r"|(?:whatsapp|telegram|messenger|viber|instagram|facebook|wechat)(?:[-_ ](?:image|picture"
    r"|photo|bild"
    r"|foto|imagen|imagem|immagine|afbeelding|video))?(?=\D{0,20}\d{4}))"
    r"(?=\D{0,20}\d)(?:[\d\W_]|\b(?:at|um|om|à|alle|ore|las|a|kl|às|ás|klo|o|godz|v|в|am|pm|de"
    r"|from|as)\b"
    r"|上午|下午|오전|오후)*",
    re.IGNORECASE,
)
_MARKS = regex(
    r"(?:[-_ ]?@[23]x|[-_ ]\d{2,5}x\d{2,5}|[-_ ](?:scaled|rotated|edited|cropped|copy|final|min"
    r"|e\d{6,})"
    r"|[-_ ]v?\d{1,2}|\s?\(\d{1,3}\))$",
    re.IGNORECASE,
)
_DESIGNATION = regex(
    r"[A-ZÄÖÜ]{1,6}[-‐‑]?\d{1,3}|[A-ZÄÖÜ]{2,5}[-‐‑]?\d{4,5}"
)  # COVID-19, A4, ISO-27001
# A moment or a running number, as devices write them.
_STAMP = regex(r"(?:19|20)\d{6}(?:[-_.T]?\d+)*|\d{9,}(?:[-_]\d+)*")
_NOT_IN_WORDS = regex(
    r"\d{2,5}x\d{2,5}|-(?:scaled|rotated|edited|cropped|e\d{6,})(?:-|$)|(?:^|-)v\d+$|\d{6,}"
    r"|(?:^|-)(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}(?:-|$)",
    re.IGNORECASE,
)
_DASHED = regex(r"[^\W_]+(?:-[^\W_]+){2,}")
# Words that only say that there is a picture, in the languages of blogs.
_NAMES_NOTHING = frozenset(
    "img image images imagen imagem imatge immagine bild bilder afbeelding beeld billede bilde kuva"
    " kép obraz obrázek изображение картинка 画像 图片 圖片 이미지"
    " picture pictures pic pics pict photo"
    " photos photograph foto fotos fotografia photographie фото 写真 照片 사진 untitled unnamed"
    " unbenannt naamloos namnlös nimetön 無題 名称未設定 未命名 未标题 header banner thumbnail"
    " placeholder screenshot screengrab screencapture bildschirmfoto schermata download downloads"
    " filename datei dsc attachment alt alttext null undefined nan".split()
)
# Words that add nothing to one of these: "header image", "full size picture".
_SAYS_NO_MORE = frozenset(
    "a an the my our your this new default featured feature cover hero main header blog post page"
    " site website background bg design text title full large medium small wide resized final copy"
    " kopie copie copia edited large cropped scaled section top home homepage article".split()
)
_COPY = regex(r"^(?:copy-of|kopie-von|copie-de|copia-de|kopie-van)-")
_PHRASES = frozenset(
    "sans-titre sin-titulo sem-titulo senza-titolo bez-nazvu bez-tytulu без-названия ohne-titel"
    " uten-navn uden-navn n-a none".split()
)

_SIZED_NAME = regex(r"-(\d{2,5})x(\d{2,5})\.(?:jpe?g|png|gif|webp|avif)", re.IGNORECASE)
_RESIZING = regex(
    r"[/,][wh]_\d|\b(?:width|height|w|h)[=:]\d|/\d+x\d+/|/(?:resize|fit|fit-in|crop|rs):?",
    re.IGNORECASE,
)
# Parameters that ask for the file as it is.
_HARMLESS = frozenset({"v", "ver", "version", "t", "ssl", "_"})

_ICON = 64
_WRITTEN = regex(r'<img src="([^"]*)" alt="([^"]*)"(?: width="(\d{1,5})")?(?: height="(\d{1,5})")?')


def is_for_mail(image: Image) -> bool:
    """Tell whether a picture may stand for a post: webmail draws no SVG, an icon says nothing.

    >>> is_for_mail(Image(url="https://garden.example/leaf.svg"))
    False
    """
    sides = [side for side in (image.width, image.height) if side]
    return not is_drawing(image.url) and all(side >= _ICON for side in sides)


def mailable(image: Image, body: str) -> Image | None:
    """Return a picture that a mail can show in place of one that it cannot, or None.

    That is the largest other file of the picture, else the first picture of a clean body.
    """
    files = [Image(url=size.url, width=size.width, height=size.height) for size in image.sizes]
    shown = [file for file in files if is_for_mail(file)]
    if shown:
        largest = max(shown, key=lambda file: file.width or 0)
        return replace(largest, alt=image.alt, sizes=image.sizes)
    return next(filter(is_for_mail, _within(body)), None)


def _within(body: str) -> Iterator[Image]:
    for found in _WRITTEN.finditer(body):
        url, alt = unescape(found[1]), unescape(found[2])
        yield Image(
            url=url, alt=alt, width=int(found[3] or 0) or None, height=int(found[4] or 0) or None
        )


def alt_text(alt: str, url: str = "") -> str:
    """Return an alternative text fit to be read aloud.

    A file name says nothing, so it becomes empty. `url` is the picture's own address, whose name an
    alternative text may not merely repeat. Where it reads as words all the same, it stays.

    >>> alt_text("DSC_0042.jpg"), alt_text(" Moss  on a wall ")
    ('', 'Moss on a wall')
    >>> alt_text("wet-wall", "https://garden.example/wet-wall-300x200.jpg"), alt_text("COVID-19")
    ('', 'COVID-19')
    """
    alt = " ".join(alt.split())
    # Our own mark of something to play is no file's name.
    if not alt or len(alt) > _MAX_ALT or alt.startswith("▶"):
        return alt
    return "" if _is_file(alt) or _says_nothing(alt) or _repeats(alt, url) else alt


def _is_file(alt: str) -> bool:
    """Tell whether a text is the name of a file, its address or its path."""
    bare = _EXTENSION.sub("", alt)
    count = alt.count(" ") + 1
    if bare != alt and (count <= _MAX_NAME_WORDS or _PATH.match(alt)):
        return True
    if _ADDRESS.fullmatch(alt) or _PATH.fullmatch(alt):
        return True
    if _CAMERA.fullmatch(bare) or _TAKEN.fullmatch(bare):
        return True
    return count == 1 and not _DESIGNATION.fullmatch(alt) and _is_machine_word(bare)


def _is_machine_word(word: str) -> bool:
    """Tell whether a text without blanks was put together by a machine, or for one."""
    if "_" in word or _STAMP.fullmatch(word):
        return True
    if not any(c.isdigit() for c in word):
        return False
    if _NOT_IN_WORDS.search(word):
        return True
    return word == word.lower() and bool(_DASHED.fullmatch(word))


def _says_nothing(alt: str) -> bool:
    """Tell whether a text only says that there is a picture: "Header image 2", "untitled"."""
    if alt.count(" ") >= _MAX_NAME_WORDS + 2:
        return False
    slug = _COPY.sub("", key(alt))
    words = [word for part in slug.split("-") if (word := re.sub(r"^\d+x\d+$|\d+$", "", part))]
    known = [word in _NOTHING_KEYS for word in words]
    if any(known):
        return all(
            is_known or word in _SAYS_NO_MORE for is_known, word in zip(known, words, strict=True)
        )
    return "-".join(words) in _PHRASE_KEYS


_NOTHING_KEYS = frozenset(key(word) for word in _NAMES_NOTHING)
_PHRASE_KEYS = frozenset(key(phrase) for phrase in _PHRASES)


def _repeats(alt: str, url: str) -> bool:
    """Tell whether a text is the picture's own file name and does not read as words."""
    is_numbered = "_" in alt or any(c.isdigit() for c in alt)
    if (" " in alt and not is_numbered) or _DESIGNATION.fullmatch(alt):
        return False
    stem, slug = _stem(url), key(alt)
    if not slug or (slug != key(stem) and key(_unmarked(alt)) != key(_unmarked(stem))):
        return False
    if is_numbered:
        return True
    if "-" in alt:  # a name such as "Anne-Marie", unless the file is spelled the same
        return alt in (stem, _unmarked(stem)) or not all(
            part[:1].isupper() for part in alt.split("-")
        )
    return alt == alt.lower() != alt.upper()


def _stem(url: str) -> str:
    """Return the name of an address's file without its extension."""
    try:
        name = unquote(urlsplit(url).path.rpartition("/")[2])
    except ValueError:
        return ""
    return _EXTENSION.sub("", name)


def _unmarked(name: str) -> str:
    """Return a file's name without the size, number or mark that machines put behind it."""
    for _ in range(4):
        shorter = _MARKS.sub("", name)
        if shorter == name or not shorter:
            break
        name = shorter
    return name


def size_in_name(url: str) -> tuple[int, int] | None:
    """Return the width and height in pixels that a file's name tells, as WordPress writes them.

    None where it tells none, or where the address asks a service for another size than the file's.

    >>> size_in_name("https://garden.example/uploads/wet-wall-1104x700.jpg")
    (1104, 700)
    >>> size_in_name("https://garden.example/uploads/wet-wall-1104x700.jpg?w=300")
    """
    try:
        parts = urlsplit(url)
        asked = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    except ValueError:
        return None
    found = _SIZED_NAME.search(parts.path)
    if (
        not found
        or found.end() != len(parts.path)
        or asked - _HARMLESS
        or _RESIZING.search(parts.path)
    ):
        return None
    width, height = int(found[1]), int(found[2])
    is_sane = (
        min(width, height) >= LEAST_SIDE and LEAST_LONG_SIDE <= max(width, height) <= MOST_SIDE
    )
    return (width, height) if is_sane else None


def measured(
    width: int | None, height: int | None, told: tuple[int, int] | None
) -> tuple[int | None, int | None]:
    """Return both sides of a picture where one of them, or a true size, tells the other.

    >>> measured(552, None, (1104, 700)), measured(None, None, (1104, 700)), measured(3, None, None)
    ((552, 350), (1104, 700), (3, None))
    """
    if told is None or (width and height):
        return width, height
    if width:
        return width, max(1, round(width * told[1] / told[0]))
    if height:
        return max(1, round(height * told[0] / told[1])), height
    return told


def written_sizes(found: dict[str, str], url: str) -> dict[str, str]:
    """Return a picture's width and height.

    Those written in pixels, else what the file's name tells.
    """
    said = {side: found[side] for side in ("width", "height") if _whole(found.get(side, ""))}
    width, height = (int(said.get(side, 0)) or None for side in ("width", "height"))
    width, height = measured(width, height, size_in_name(url))
    return {"width": str(width), "height": str(height)} if width and height else said


def _whole(value: str) -> bool:
    return value.isascii() and value.isdigit() and 0 < len(value) <= 5
