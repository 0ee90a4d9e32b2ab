"""Which picture stands for a post, and which of its files: one rule for feeds, pages and folders."""

from __future__ import annotations

import pytest

from digest.editing.body import clean
from digest.sources.reading import images

BASE = "https://garden.example/2026/moss/"
JPEG = "https://garden.example/p-1024x683.jpg"
SETS = 'srcset="/p-300x200.jpg 300w, /p-1024x683.jpg 1024w, /p-4000x2667.jpg 4000w"'


@pytest.mark.parametrize(
    "html",
    [
        f'<img src="/p-300x200.jpg" {SETS}>',
        f'<img src="/p-300x200.jpg" width="300" height="200" {SETS}>',
        f'<img src="data:image/gif;base64,R0lGOD" data-{SETS}>',
        f'<picture><source type="image/avif" srcset="/p.avif 1024w"><source type="image/jpeg" {SETS}>'
        '<img src="/p.avif"></picture>',
        '<picture><source srcset="/p.webp"><source srcset="/p-1024x683.jpg"><img src="/p.webp"></picture>',
        '<img src="/img/loading.gif" data-src="/p-1024x683.jpg" class="lazyload">',
        f'<img src="/p-300x200.webp" {SETS}>',
    ],
)
def test_the_best_file_is_taken_for_post_and_body_alike(html: str) -> None:
    """JPEG, PNG or GIF before newer formats, and 1,024 pixels rather than 300."""
    assert [image.url for image in images(html, BASE)] == [JPEG]
    assert f'src="{JPEG}"' in clean(html, BASE).html


@pytest.mark.parametrize(
    "html",
    [
        '<img src="/p.jpg" srcset="/p-300.jpg 300w, /p-600.jpg 600w">',
        '<img src="/p.jpg">',
        '<picture><source type="image/webp" srcset="/p.webp"><img src="/p.jpg"></picture>',
    ],
)
def test_a_file_whose_width_nobody_tells_stays(html: str) -> None:
    assert [image.url for image in images(html, BASE)] == ["https://garden.example/p.jpg"]


@pytest.mark.parametrize(
    "tag",
    [
        'src="/img/placeholder.png"', 'src="https://placehold.co/600x400.png"', 'src="/no-image.png"',
        'src="/ajax-loader.gif"', 'src="data:image/png;base64,iVBOR"', 'src="/lqip.jpg"',
        'src="https://s0.wp.com/latex.php?latex=x%5E2"', 'src="/eq.png" alt="\\frac{a}{b}"',
        'src="https://quicklatex.com/cache3/1/ql_1_l3.png"', 'src="/m.png" class="latex"',
        'src="https://img.shields.io/npm/v/x.png"', 'src="https://codecov.io/gh/a/b/badge.png"',
        'src="https://github.com/a/b/workflows/ci/badge.svg"', 'src="https://badge.fury.io/py/x.png"',
        'src="https://secure.gravatar.com/avatar/0a1b?s=600"', 'src="/avatars/ada.jpg"',
        'src="/icons/facebook.png"', 'src="/img/twitter-share.svg"', 'src="/share-button.png"',
        'src="https://static.addtoany.com/buttons/x.png"', 'src="/x.png" width="32" height="32"',
        'src="/divider.png"', 'src="/p.gif" width="1"',
    ],
)  # fmt: skip
def test_what_only_decorates_is_no_posts_picture(tag: str) -> None:
    """Placeholders, loading pictures, formulas, badges, avatars and icons to share."""
    html = f'<img {tag}><img src="/heron.jpg" alt="A heron">'
    assert [image.url for image in images(html, BASE)] == ["https://garden.example/heron.jpg"]


@pytest.mark.parametrize(
    "name",
    [
        "badger.jpg",
        "print-shop.jpg",
        "email-course.png",
        "youtube-studio-at-night.jpg",
        "shared-garden.jpg",
    ],
)
def test_a_picture_whose_name_only_resembles_such_is_one(name: str) -> None:
    assert [image.url for image in images(f'<img src="/{name}">', BASE)]
