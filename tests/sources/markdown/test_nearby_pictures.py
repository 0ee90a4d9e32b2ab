"""Pictures beside Markdown posts tell their own sizes, from their first bytes, and only where it is certain."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.models import Image, RawItem
from digest.sources.base import SourceSettings
from digest.sources.markdown.nearby import Nearby
from digest.sources.markdown.picture_header import size_of
from digest.sources.markdown.source import MarkdownSource


def png(width: int = 640, height: int = 360) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + b"IHDR"
        + head
        + struct.pack(">I", zlib.crc32(head))
    )


def segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def jpeg(*before: bytes, frame: int = 0xC2) -> bytes:
    told = segment(frame, struct.pack(">BHH", 8, 360, 640) + b"\x03")
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0") + b"".join(before) + told


def exif(orientation: int, order: str = "<") -> bytes:
    mark = b"II*\0" if order == "<" else b"MM\0*"
    entry = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    return segment(0xE1, b"Exif\0\0" + mark + struct.pack(f"{order}IH", 8, 1) + entry)


def webp(kind: bytes, data: bytes) -> bytes:
    return b"RIFF\0\0\0\0WEBP" + kind + struct.pack("<I", len(data)) + data


EXTENDED = b"\0\0\0" + (639).to_bytes(3, "little") + (359).to_bytes(3, "little")
PICTURES = {
    "png": png(),
    "gif": b"GIF89a" + struct.pack("<HH", 640, 360),
    "jpeg": jpeg(),
    "baseline jpeg": jpeg(frame=0xC0),
    "jpeg with a table, a profile and padding": jpeg(
        segment(0xC4, b"\0" * 28), segment(0xE2, b"x" * 60_000), b"\xff\xff"
    ),
    "jpeg that stands upright": jpeg(exif(1), exif(3, ">")),
    "jpeg with marks that hold nothing": jpeg(b"\xff\x01", b"\xff\xd0", b"\xff\xff"),
    "jpeg with another's notes": jpeg(
        exif(6).replace(b"Exif", b"Xmpp"), exif(6).replace(b"\xff\xe1", b"\xff\xe3")
    ),
    "webp": webp(b"VP8 ", b"\x30\x01\x00\x9d\x01\x2a" + struct.pack("<HH", 640, 360 | 0x4000)),
    "lossless webp": webp(b"VP8L", b"\x2f" + struct.pack("<I", 639 | 359 << 14 | 1 << 28)),
    "extended webp": webp(b"VP8X", b"\x10" + EXTENDED),
}
UNKNOWN = {
    "nothing": b"",
    "text": b"<svg width='3'>",
    "a picture without extent": png(0, 360),
    "a mad one": png(2**31, 360),
    "a jpeg on its side": jpeg(exif(6)),
    "a jpeg on its side, big-endian": jpeg(exif(8, ">")),
    "a webp with a camera's notes": webp(b"VP8X", b"\x08" + EXTENDED),
    "a jpeg that starts before its size": b"\xff\xd8"
    + segment(0xDA, b"\0" * 10)
    + segment(0xC0, b"\0" * 9),
    "a jpeg of rubbish": b"\xff\xd8\xff\xe0\x00\x00" * 20,
}


@pytest.mark.parametrize("data", PICTURES.values(), ids=PICTURES)
def test_a_picture_s_first_bytes_tell_its_size(data: bytes) -> None:
    assert size_of(data) == (640, 360)


@pytest.mark.parametrize("data", PICTURES.values(), ids=PICTURES)
def test_a_picture_cut_off_tells_its_size_or_nothing(data: bytes) -> None:
    assert {size_of(data[:length]) for length in range(0, len(data), 1 + len(data) // 300)} <= {
        None,
        (640, 360),
    }


@pytest.mark.parametrize("data", UNKNOWN.values(), ids=UNKNOWN)
def test_where_it_is_not_certain_nothing_is_told(data: bytes) -> None:
    assert size_of(data) is None


@settings(max_examples=200)
@given(
    st.sampled_from([b"", *(data[:32] for data in PICTURES.values()), jpeg(exif(6))[:60]]), st.binary(max_size=80)
)  # fmt: skip
def test_no_bytes_raise(head: bytes, rest: bytes) -> None:
    found = size_of(head + rest)
    assert found is None or all(0 < side <= 30_000 for side in found)


# ---------------------------------------------------------------- beside the posts


def write(folder: Path, name: str, data: bytes | str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)


def source(folder: Path, url: str = "https://garden.example/blog") -> MarkdownSource:
    return MarkdownSource(
        SourceSettings(name="garden", kind="markdown", path=folder, url=url, timezone="UTC")
    )


def read(
    folder: Path, front: str = "", body: str = "Green.", name: str = "posts/ferns/index.md"
) -> RawItem:
    write(folder, name, f"---\ntitle: Ferns\ndate: 2026-11-22\n{front}---\n{body}\n")
    (item,) = source(folder).collect({}).items
    return item


@pytest.mark.parametrize(
    ("written", "file"),
    [
        ("fern.png", "posts/ferns/fern.png"),
        ("./a%20fern.png?v=1", "posts/ferns/a fern.png"),
        ("../fern.png", "posts/fern.png"),
        ("/images/fern.png", "images/fern.png"),
        ("/images/fern.png", "static/images/fern.png"),
        ("/blog/images/fern.png", "images/fern.png"),
        ("https://garden.example/blog/images/fern.png", "images/fern.png"),
    ],
)
def test_a_picture_in_the_folder_tells_its_size(tmp_path: Path, written: str, file: str) -> None:
    write(tmp_path, file, png())
    image = read(tmp_path, f"image: {written}\n").image
    assert image is not None
    assert (image.width, image.height) == (640, 360)
    assert image.url.startswith("https://garden.example/")


def test_front_matter_s_own_size_comes_first(tmp_path: Path) -> None:
    write(tmp_path, "posts/ferns/fern.png", png())
    image = read(tmp_path, "image: {src: fern.png, width: 320}\n").image
    assert image is not None
    assert (image.width, image.height) == (320, 180)


def test_pictures_of_the_text_get_their_sizes_and_the_first_one_stands_for_the_post(
    tmp_path: Path,
) -> None:
    write(tmp_path, "posts/ferns/fern.png", png())
    body = '![A fern](fern.png)\n\n![Gone](gone.png)\n\n<img src="fern.png" width="9">'
    item = read(tmp_path, body=body)
    url = "https://garden.example/blog/ferns/fern.png"
    assert item.image == Image(url=url, alt="A fern", width=640, height=360)
    assert item.body.count('height="360"') == 1
    assert '<img width="640" height="360" src="' in item.body


@pytest.mark.parametrize(
    "written", ["../../../secret.png", "/../secret.png", "link.png", "https://x.example/fern.png"]
)
def test_nothing_outside_the_folder_is_opened(tmp_path: Path, written: str) -> None:
    write(tmp_path, "secret.png", png())
    write(tmp_path, "site/fern.png", png())
    (tmp_path / "site/posts/ferns").mkdir(parents=True)
    (tmp_path / "site/posts/ferns/link.png").symlink_to(tmp_path / "secret.png")
    image = read(tmp_path / "site", f"image: {written}\n").image
    assert image is not None
    assert (image.width, image.height) == (None, None)


@pytest.mark.parametrize(
    "written", ["fern.svg", "pipe.png", "folder.png", "a\0.png", "x" * 300 + ".png", "[//x.png"]
)
def test_what_is_no_picture_file_says_nothing(tmp_path: Path, written: str) -> None:
    """A pipe would be waited for without end, and some names no file can have."""
    write(tmp_path, "fern.svg", png())
    (tmp_path / "folder.png").mkdir()
    os.mkfifo(tmp_path / "pipe.png")
    assert Nearby(tmp_path, tmp_path / "ferns.md").size(written) is None


@settings(max_examples=80)
@given(st.text(max_size=40))
def test_no_address_raises(url: str) -> None:
    assert (
        Nearby(Path("/nowhere"), Path("/nowhere/a.md"), "https://garden.example/").size(url) is None
    )


def test_a_picture_that_changed_has_its_posts_read_again(tmp_path: Path) -> None:
    """Else the new picture would be shown in the old one's ratio."""
    write(tmp_path, "fern.png", png())
    write(
        tmp_path, "ferns.md", "---\ntitle: Ferns\ndate: 2026-11-22\nimage: fern.png\n---\nGreen.\n"
    )
    first = source(tmp_path).collect({})
    assert source(tmp_path).collect(first.state).unchanged == 1
    write(tmp_path, "fern.png", png(1000, 1000) + b"more")
    (item,) = source(tmp_path).collect(first.state).items
    assert item.image is not None
    assert (item.image.width, item.image.height) == (1000, 1000)
