"""Compile the shipped templates' frames and blocks, as wheels carry them: `compile_into(folder)`."""

from __future__ import annotations

import random
from pathlib import Path

from digest.models import Issue, Link, PostView, replace
from digest.rendering import Renderer
from tests.rendering.issues import varied

TEMPLATES = Path(__file__).parents[2] / "templates"
ISSUES = 400

# what a newsletter may leave out, which changes its masthead, its foot or the page on the web
_LETTERS = (
    {},
    {"archive": ""},
    {"archive": "", "unsubscribe": ""},
    {"archive": "", "address": ""},
    {"archive": "", "address": "", "unsubscribe": ""},
    {"archive": "", "url": "", "address": "", "unsubscribe": ""},
    {"url": ""},
    {"address": ""},
)


def compile_into(folder: Path) -> None:
    """Write the compiled pieces of every shipped template and ready theme into a folder."""
    shipped = Renderer([TEMPLATES])
    for path in folder.glob("*.json"):
        path.unlink()
    for template in shipped.templates():
        for theme in shipped.themes():
            renderer = Renderer([TEMPLATES], folder)
            for seed in range(ISSUES):
                renderer.render(replace(unlike(seed), template=template, theme={"base": theme}))


def unlike(seed: int) -> Issue:
    """Return an issue that is unlike all others in what it has and what it leaves out."""
    chance = random.Random(seed)
    made = varied(seed, odd=1 + seed % 3)
    letter = replace(made.newsletter, **_LETTERS[seed % len(_LETTERS)])
    sections = tuple(
        replace(section, posts=tuple(_changed(post, chance) for post in section.posts))
        for section in made.sections
    )
    featured = _changed(made.featured, chance) if made.featured and seed % 9 else None
    web_url = made.web_url if letter.archive else ""
    return replace(made, newsletter=letter, web_url=web_url, sections=sections, featured=featured)


def _changed(post: PostView, chance: random.Random) -> PostView:
    """Return a post with a tall picture now and then, and in series in all the ways there are."""
    if post.image and post.image.width and chance.random() < 0.3:
        post = replace(post, image=replace(post.image, width=600, height=900, sizes=()))
    return _in_series(post, chance)


def _in_series(post: PostView, chance: random.Random) -> PostView:
    """Return a post of a series with some of the links and labels that such a post may have."""
    if not post.series:
        return post
    (view, *_) = post.series
    told = chance.random() < 0.5
    links = tuple(
        Link(title=f"part {n}", url=f"https://garden.example.org/{n}/", excerpt="Glass" * told)
        for n in range(chance.randrange(4))
    )
    label = view.label if chance.random() < 0.7 else ""
    start = links[0] if links and chance.random() < 0.5 else None
    return replace(post, series=(replace(view, label=label, earlier=links, start=start),))
