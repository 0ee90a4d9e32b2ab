"""What is said of a picture: descriptions stay, file names go, and sizes count only where they are certain."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.editing import EditingSettings
from digest.editing.body.cleaning import clean
from digest.editing.body.pictures import alt_text, measured, size_in_name
from digest.editing.edit import edit
from digest.models import Image, ImageSize, RawItem
from tests.golden import hold_lines

WALL = "https://garden.example/uploads/2026/wet-wall-1024x700.jpg"
SITE = "https://garden.example/2026/moss/"

FILE_NAMES = [
    "wall-panorama-1024x102", "wall_panorama_final2", "header-image-1200x630", "Untitled-1-scaled",
    "photo-1518770660439-4636190af475", "20231105_142233", "pxl_20230101_123", "IMG_1.JPG", "DSC_0042.jpg",
    "DSC0042", "IMG 2034", "IMG-20240101-WA0003", "FB_IMG_1234567", "PXL_20230101_123456789.MP", "SAM_0042",
    "café_été.webp", "uploads/wet wall.jpg", "/images/wall", "C:\\pictures\\wall.jpg", "https://x.example/wall",
    "Screenshot 2024-05-01 at 10.22.33", "Screenshot 2024-05-01 at 10.22.33 PM", "Screenshot_20240501-102233",
    "Bildschirmfoto 2024-05-01 um 10.22.33", "Capture d’écran 2024-05-01 à 10.22.33",
    "Schermata 2024-05-01 alle 10.22.33", "スクリーンショット 2024-05-01 10.22.33",
    "WhatsApp Image 2024-02-01 at 10.00.00", "WhatsApp Image 2024-02-01 at 10.00.00 (1).jpeg",
    "a3f5b8c9-d0e1-4f2a-8b3c-1d2e3f4a5b6c", "spring-border-2", "wall_panorama",
]  # fmt: skip
NAMES_OF_NOTHING = [
    "image", "untitled", "Image 3", "Picture1", "Photo", "placeholder", "header image", "Featured-Image", "Blog banner",
    "Untitled design (3)", "Copy of Untitled design", "Sans titre", "Sin título", "Unbenannt", "無題", "Фото", "n/a",
    "undefined", "alt text",
]  # fmt: skip
DESCRIPTIONS = [
    "Figure 3: mean waiting times, 2019–2023", "COVID-19", "A4", "Dr-Jones-Smith", "ISO-27001", "H2O", "B-52",
    "A photo of a wall", "Photo 51 on the wall of the lab", "Image of a heron", "Header of the letter of 1920",
    "Screenshot of the settings page", "WhatsApp group of the gardeners", "Signal 7 at the station", "Line 12",
    "Before/after", "SARS-CoV-2", "COVID-19-Impfung", "Catch-22", "2019-2023", "omega-3", "24-hour", "Anne-Marie",
    "Saving a copy of the plan as moss.jpg", "Moss", "moss", "Logo", "🌻", "苔", "Table 2", "Page 3", "A wall 3 m high",
    "Photograph by Ada, 1923", "Scan of a brain", "Picture of my home", "Photo of page 3", "▶ clip.mp4",
]  # fmt: skip


@pytest.mark.parametrize("alt", [*FILE_NAMES, *NAMES_OF_NOTHING])
def test_what_names_a_file_or_nothing_describes_no_picture(alt: str) -> None:
    assert alt_text(alt) == ""


@pytest.mark.parametrize("alt", DESCRIPTIONS)
def test_a_description_stays(alt: str) -> None:
    assert alt_text(alt, WALL) == alt


@pytest.mark.parametrize(
    ("alt", "name"),
    [
        ("wet-wall", "wet-wall-1024x700.jpg"), ("wet-wall", "wet-wall.jpg"), ("Wet-wall", "wet-wall-scaled.jpg"),
        ("wet-wall-2", "wet-wall-2-300x200.png"), ("Wet Wall 2", "wet-wall-2.jpg"), ("wet_wall", "wet-wall.jpg"),
        ("wall", "wall-e1700000000000.jpg"), ("Wet-Wall", "Wet-Wall.jpg"), ("cafe-ete", "caf%C3%A9-%C3%A9t%C3%A9.webp"),
        ("wet-wall", "wet-wall@2x.png"), ("Wet wall 1024x700", "wet-wall-1024x700.jpg"),
    ],
)  # fmt: skip
def test_a_text_that_repeats_its_file_s_name_goes(alt: str, name: str) -> None:
    assert alt_text(alt, f"https://garden.example/uploads/{name}?ver=1") == ""


@pytest.mark.parametrize(
    ("alt", "name"),
    [
        ("Wet wall", "wet-wall-1024x700.jpg"), ("Heron", "heron.jpg"), ("Anne-Marie", "anne-marie.jpg"),
        ("COVID-19", "covid-19.jpg"), ("A4", "a4.png"), ("苔の壁", "%E8%8B%94%E3%81%AE%E5%A3%81.jpg"),
        ("Café Été", "cafe-ete-scaled.jpg"),
    ],
)  # fmt: skip
def test_a_repeated_name_that_reads_as_words_stays(alt: str, name: str) -> None:
    """Somebody wrote it: it has blanks or capitals, and no numbers."""
    assert alt_text(alt, f"https://garden.example/uploads/{name}") == alt


@settings(max_examples=150)
@given(st.text(max_size=80), st.text(max_size=60))
def test_any_text_is_kept_whole_or_dropped(alt: str, url: str) -> None:
    said = alt_text(alt, url)
    assert said in ("", " ".join(alt.split()))
    assert alt_text(said, url) == said


@pytest.mark.parametrize(
    "unit", ["1e1", "e1-", "img_1", "-1x1", "at 1 ", "1_", "a-", "0f-", "(1)", "photo 1 "]
)
def test_hostile_texts_cost_no_time(unit: str) -> None:
    start = time.process_time()
    for head in ("", "IMG_12", "Screenshot 12 at "):
        alt_text((head + unit * 300)[:298] + "!?", WALL)
        alt_text((head + unit * 300)[:298] + "é", f"https://x.example/{unit * 300}")
    assert time.process_time() - start < 0.5


def test_a_size_is_read_from_a_name_only_where_it_is_certain() -> None:
    """As `sizes.txt` lists them."""

    def told(_: str, url: str) -> str:
        size = size_in_name(url)
        return f"{size[0]} × {size[1]}" if size else "none"

    hold_lines(Path(__file__).with_name("sizes.txt"), told)


@settings(max_examples=100)
@given(
    st.text(max_size=60)
    | st.from_regex(r"https?://[a-z\[\].]{1,6}/[ -~]{0,20}-\d{1,6}x\d{1,6}\.jpg[?#]?")
)
def test_no_address_raises_and_no_size_is_mad(url: str) -> None:
    size = size_in_name(url)
    assert size is None or all(16 <= side <= 10_000 for side in size)


def test_one_side_and_a_true_size_give_the_other_side() -> None:
    assert measured(None, 350, (1104, 700)) == (552, 350)
    assert measured(600, 100, (1104, 700)) == (600, 100)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("", ' width="1024" height="700"'),
        (' width="512"', ' width="512" height="350"'),
        (' width="auto" height="auto"', ' width="1024" height="700"'),
        (' width="600" height="300"', ' width="600" height="300"'),
        (' width="50%"', ' width="1024" height="700"'),
    ],
)
def test_a_picture_in_a_body_is_as_large_as_its_name_tells(written: str, shown: str) -> None:
    once = clean(f'<img src="{WALL}" alt="Wet wall"{written}>', SITE).html
    assert once == f'<p><img src="{WALL}" alt="Wet wall"{shown}></p>'
    assert clean(once, SITE).html == once


def test_a_body_s_picture_loses_a_name_for_a_description_and_says_so() -> None:
    found = clean(f'<img src="{WALL}" alt="wet-wall">', SITE)
    assert 'alt=""' in found.html
    assert [(fixup.rule, fixup.raw, fixup.value) for fixup in found.fixups] == [
        ("image-alt", "wet-wall", "")
    ]
    assert (
        'alt="wet-wall"'
        in clean(f'<img src="{WALL}" alt="wet-wall">', SITE, off=["image-alt"]).html
    )


def featured(image: Image, body: str = "") -> Image | None:
    item = RawItem(identity="1", where="x", url=SITE, title="Moss", body=body, image=image)
    return edit(item, "blog", EditingSettings()).image


@pytest.mark.parametrize(
    ("image", "body", "size"),
    [
        (Image(url=WALL), "", (1024, 700)),
        (Image(url=WALL, width=800, height=600), "", (800, 600)),
        (Image(url=WALL, width=512), "", (512, 350)),
        (Image(url="/wall.jpg"), '<p>x</p><img alt="A" height="200" width="300" src="../../wall.jpg">', (300, 200)),
        (Image(url="/wall.jpg?a=1&b='2'"), "<img src=\"/wall.jpg?a=1&amp;b='2'\" height=200 width=300>", (300, 200)),
        (Image(url="/wall.jpg"), '<img src="/wall.jpg" width="300">', (None, None)),
        (Image(url="/wall.jpg"), '<img src="/wall.jpg.png" width="3" height="3">', (None, None)),
        (Image(url="/w.jpg", sizes=(ImageSize(url="/w.jpg", width=900, height=300),)), "", (900, 300)),
        (Image(url="/w.jpg", sizes=(ImageSize(url="/w-s.jpg", width=90, height=30),)), "", (None, None)),
    ],
)  # fmt: skip
def test_the_size_of_a_post_s_picture_comes_from_whoever_knows_it(
    image: Image, body: str, size: tuple[int | None, int | None]
) -> None:
    """The source first, then its list of files, the file's name, and the body that shows the same file."""
    found = featured(image, body)
    assert found is not None
    assert (found.width, found.height) == size


def test_a_post_s_picture_loses_its_own_name_for_a_description() -> None:
    found = featured(Image(url=WALL, alt="wet-wall"))
    assert found is not None
    assert found.alt == ""


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (
            '<picture><source type="image/webp" srcset="a.webp"><img src="a.jpg"></picture>',
            "a.jpg",
        ),
        (
            '<picture><source type="image/jpeg" srcset="a.jpg 800w, b.jpg 1600w">'
            '<img src="a.webp"></picture>',
            "b.jpg",
        ),
        ('<picture><source srcset="c.png"><img src="a.avif"></picture>', "c.png"),
        ('<img src="a.webp" srcset="a.png 800w">', "a.png"),
        ('<picture><source srcset="a.avif"><img src="a.webp"></picture>', "a.webp"),
    ],
)
def test_a_file_that_every_mail_program_shows_is_taken_where_one_is_offered(
    html: str, shown: str
) -> None:
    assert f'src="https://x.example/{shown}"' in clean(html, "https://x.example/").html


def test_what_one_picture_offers_is_not_taken_for_the_next() -> None:
    html = '<picture><source srcset="a.png"><img src="a.webp"></picture><img src="b.webp">'
    assert 'src="https://x.example/b.webp"' in clean(html, "https://x.example/").html


def test_a_picture_of_an_amp_page_is_one_and_escaped_mark_up_without_scripts_is_none() -> None:
    html = '<amp-img src="/a.jpg" alt="Shed" width="900" height="600"></amp-img>'
    assert '<img src="https://g.example/a.jpg" alt="Shed"' in clean(html, "https://g.example/").html
    escaped = "<p>Moss.</p><noscript>&lt;img src=x&gt;</noscript>"
    assert clean(escaped, None).html == "<p>Moss.</p>"
