"""Which of a text's pictures stand for a post."""

from __future__ import annotations

import pytest

from digest.sources.reading import images

WALL = "https://letter.example/wall.jpg"


@pytest.mark.parametrize(
    "decoration",
    [
        '<img src="https://secure.gravatar.com/avatar/abc?s=96">',
        '<img src="https://letter.example/media/avatars/ada.jpg">',
        '<img src="https://letter.example/ada-avatar-300.png">',
        '<img class="avatar photo" src="https://letter.example/ada.jpg">',
        '<img src="https://s0.wp.com/latex.php?latex=x%5E2&bg=fff">',
        '<img src="https://latex.codecogs.com/svg.image?x">',
        '<img src="https://wikimedia.example/api/rest_v1/media/math/render/svg/1f">',
        '<img src="https://letter.example/uploads/leaf-divider-2.png">',
        '<img src="https://letter.example/uploads/Ornament.svg">',
        '<img src="https://img.shields.io/badge/build-passing.png">',
        '<img src="https://letter.example/wp-content/plugins/translate/flags/cy.png">',
        '<img src="https://letter.example/wp-content/themes/moss/banner.png">',
    ],
)
def test_avatars_formulas_and_ornaments_are_no_post_s_picture(decoration):
    """Comment forms, physics blogs and page builders put them first."""
    found = images(f'{decoration}<p>Moss.</p><img src="{WALL}">')
    assert [image.url for image in found] == [WALL]


@pytest.mark.parametrize(
    "name", ["wall.jpg", "latex-gloves.jpg", "the-avatars-of-vishnu.jpg", "math.png"]
)
def test_pictures_of_such_things_are_pictures(name):
    assert [i.url for i in images(f'<img src="https://letter.example/{name}">')]
