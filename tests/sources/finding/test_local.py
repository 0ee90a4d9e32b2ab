"""What a folder or file on this machine turns out to be when a project is set up from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.config import parse
from digest.errors import SourceError
from digest.fetching import Fetcher
from digest.sources import registry
from digest.sources.base import SourceSettings
from digest.sources.finding import Discovered, look_at
from digest.sources.finding.generators import site_of
from digest.workflow.gathering import scaffolding

POST = "---\ntitle: Ferns\ndate: 2026-11-20\n---\nFerns grow on the wall.\n"
BARE = POST.replace("date: 2026-11-20\n", "")
RSS = "<rss><channel><title>Moss</title><item><title>Ferns</title></item></channel></rss>"
MOSS = "https://moss.example"

SITES = {
    "hugo": (
        {"hugo.toml": f'baseURL = "{MOSS}/"\ntitle = "Moss"', "content/posts/ferns.md": POST},
        "content",
        "/posts/ferns/",
    ),
    "hugo with a form of its own": (
        {
            "config.yaml": f"baseURL: {MOSS}/\ntitle: Moss\npermalinks: {{posts: /:year/:title/}}",
            "content/posts/ferns.md": POST,
        },
        "content",
        "/2026/ferns/",
    ),
    "zola": (
        {
            "config.toml": f'base_url = "{MOSS}"\ntitle = "Moss"',
            "content/notes/2026-11-20-ferns.md": BARE,
        },
        "content",
        "/notes/ferns/",
    ),
    "jekyll": (
        {
            "_config.yml": f"title: Moss\nurl: {MOSS}\nbaseurl: /blog",
            "_posts/2026-11-20-ferns.md": BARE.replace(
                "title: Ferns", "title: Ferns\ncategories: [Wet walls, Moss]"
            ),
        },
        "_posts",
        "/blog/wet%20walls/moss/2026/11/20/ferns.html",
    ),
    "jekyll with a word for its form": (
        {
            "_config.yml": f"title: Moss\nurl: {MOSS}\npermalink: pretty",
            "_posts/2026-11-20-ferns.md": BARE,
        },
        "_posts",
        "/2026/11/20/ferns/",
    ),
    "hexo": (
        {
            "_config.yml": f"title: Moss\nurl: {MOSS}\npermalink: :year/:title/",
            "source/_posts/ferns.md": POST,
            "source/about/index.md": POST,
        },
        "source/_posts",
        "/2026/ferns/",
    ),
    "pelican": (
        {
            "pelicanconf.py": "SITENAME = 'Moss'\nSITEURL = ''\n",
            "publishconf.py": f"SITEURL = '{MOSS}'\n",
            "content/2026-ferns.md": "Title: Ferns on walls\nDate: 2026-11-20\n\nFerns.\n",
        },
        "content",
        "/ferns-on-walls.html",
    ),
    "docusaurus": (
        {
            "docusaurus.config.js": f"const config = {{\n  title: 'Moss',\n  url: '{MOSS}',\n}};",
            "blog/2026-11-20-ferns.md": BARE,
        },
        "blog",
        "/blog/2026/11/20/ferns",
    ),
    "docusaurus with a slug": (
        {
            "docusaurus.config.ts": f"const config: Config = {{\n title: 'Moss',\n url: '{MOSS}',\n"
            " baseUrl: '/x/',\n};",
            "blog/2026-11-20-ferns.md": BARE.replace("title", "slug: my-ferns\ntitle"),
        },
        "blog",
        "/x/blog/my-ferns",
    ),
    "mkdocs": (
        {
            "mkdocs.yml": f"site_name: Moss\nsite_url: {MOSS}\nx: !!python/name:a.b.c\n",
            "docs/index.md": "# Home",
            "docs/blog/posts/f.md": "---\ndate: 2026-11-20\n---\n# Ferns on walls\nFerns.\n",
        },
        "docs/blog/posts",
        "/blog/2026/11/20/ferns-on-walls/",
    ),
    "nikola": (
        {"conf.py": f'BLOG_TITLE = "Moss"\nSITE_URL = "{MOSS}"\n', "posts/ferns.md": POST},
        "posts",
        "/posts/ferns/",
    ),
    "astro": (
        {
            "astro.config.mjs": f'export default defineConfig({{ site: "{MOSS}" }})',
            "src/consts.ts": 'export const SITE_TITLE = "Moss";',
            "src/content/blog/ferns.mdx": POST,
            "src/pages/journal/[...slug].astro": "---\n---",
            "src/pages/tags/[tag].astro": "---\n---",
        },
        "src/content/blog",
        "/journal/ferns/",
    ),
    "eleventy": (
        {
            "eleventy.config.js": "export default function (c) {}",
            "_data/metadata.js": f'export default {{\n  title: "Moss",\n  url: "{MOSS}",\n}}',
            "content/blog/ferns.md": POST,
            "_site/blog/ferns/index.html": "<html></html>",
        },
        "content",
        "/blog/ferns/",
    ),
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def found_at(place: Path) -> Discovered:
    with Fetcher() as fetcher:
        return look_at(place, fetcher)


@pytest.mark.parametrize("name", SITES)
def test_a_generators_folder_gives_posts_with_the_addresses_of_its_site(
    tmp_path: Path, name: str
) -> None:
    """From its root or from the posts' own folder; the project that is written links the pages."""
    files, folder, address = SITES[name]
    site = write(tmp_path / "site", files)
    post = next(file for file in files if "ferns" in file or file.endswith("/f.md"))
    for place in {site, site / folder, (site / post).parent}:
        found = found_at(place)
        assert (found.kind, found.name, found.sample.posts) == ("markdown", "Moss", 1)
        assert found.url.startswith(MOSS)
        settings = SourceSettings(
            name="blog",
            kind="markdown",
            url=found.url,
            path=found.path,
            options={"permalink": found.permalink},
        )
        with Fetcher() as fetcher:
            (item,) = registry.create(settings, fetcher).collect({}).items
        assert item.url == MOSS + address

    made = scaffolding.init(tmp_path / "letter", str(site))
    (source,) = parse((made.folder / "digest.toml").read_text("utf-8"), made.folder).sources
    assert source.options["permalink"] == found_at(site).permalink
    assert source.path is not None
    assert source.path.resolve() == (site / folder).resolve()


def test_what_a_generator_does_not_say_is_left_to_the_editor(tmp_path: Path) -> None:
    """A form of addresses that we cannot keep, and routes that are programs, are not guessed at."""
    site = write(tmp_path / "a", {"astro.config.mjs": "x", "src/content/blog/ferns.md": POST})
    assert (found_at(site).permalink, found_at(site).url) == ("", "")
    forms = {"_config.yml": "title: Moss\npermalink: /:i_month/:hash/", "source/_posts/f.md": POST}
    assert found_at(write(tmp_path / "h", forms)).permalink == "/{year}/{month}/{day}/{path}/"


def test_an_export_tells_the_name_of_its_site(tmp_path: Path) -> None:
    post = {
        "id": "1", "title": "Ferns", "slug": "ferns", "html": "<p>Ferns.</p>", "type": "post",
        "status": "published", "published_at": "2026-11-20T10:00:00Z", "visibility": "public",
    }  # fmt: skip
    settings = [{"id": "1", "key": "logo", "value": ""}, {"key": "title", "value": "Moss “&”"}]
    long = {**post, "id": "2", "html": "<p>Moss.</p>" * 10_000}  # behind which the title stands
    data = {"posts": [post, long], "settings": settings}
    ghost = tmp_path / "moss.json"
    ghost.write_text(json.dumps({"db": [{"meta": {"version": "5"}, "data": data}]}))
    assert (found_at(ghost).kind, found_at(ghost).name) == ("ghost", "Moss “&”")

    wxr = tmp_path / "moss.xml"
    wxr.write_text(
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Moss</title>'
        f"<link>{MOSS}</link><language>en-GB</language><item><title>Ferns</title>"
        f"<link>{MOSS}/ferns/</link><wp:post_id>1</wp:post_id><wp:status>publish</wp:status>"
        "<wp:post_type>post</wp:post_type><wp:post_date>2026-11-20 10:00:00</wp:post_date>"
        "</item></channel></rss>"
    )
    found = found_at(wxr)
    assert (found.kind, found.name, found.home, found.language) == ("wxr", "Moss", MOSS, "en-GB")


def test_one_post_means_its_folder(tmp_path: Path) -> None:
    """A file of front matter is no page that was copied."""
    post = write(tmp_path, {"posts/ferns.md": POST, "posts/moss.md": POST}) / "posts/ferns.md"
    assert (found_at(post).kind, found_at(post).sample.posts) == ("markdown", 2)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("feed.xml", RSS.encode(), "is a saved feed"),
        ("all.zip", b"PK\x03\x04", "is packed"),
        ("all.tar.gz", b"\x1f\x8b\x08", "is packed"),
    ],
)
def test_a_file_that_is_no_source_says_what_to_give(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=said) as caught:
        found_at(tmp_path / name)
    assert caught.value.hint


def test_a_sites_configuration_is_looked_for_three_folders_upwards(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: The moss garden\n")
    near = tmp_path / "docs" / "en" / "posts"
    far = near / "2026"
    far.mkdir(parents=True)
    assert site_of(near).title == "The moss garden"
    assert site_of(far).title == ""
