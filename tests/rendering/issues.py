"""Issues made by hand, for tests, goldens, benchmarks and pictures: a town garden's invented newsletter."""

from __future__ import annotations

import random
import re
from datetime import UTC, date, datetime
from itertools import pairwise

from digest.models import (
    Image,
    Issue,
    Link,
    NewsletterView,
    PostView,
    SectionView,
    SeriesView,
    Window,
    replace,
)
from digest.rendering.words import labels

NEWSLETTER = NewsletterView(
    name="The Walled Garden",
    url="https://garden.example.org/",
    sender="The Walled Garden <letters@garden.example.org>",
    address="The Walled Garden, 4 Orchard Lane, Thornbury, TH1 2AB",
    unsubscribe="https://garden.example.org/unsubscribe?list=weekly&from=mail",
    archive="https://garden.example.org/letters/",
    timezone="Europe/London",
)

_TITLES = (
    "What the frost left standing",
    "A bench for the east wall, and the argument about where it should go",
    "Seed swap: bring what you have, take what you like",
    "How we stopped watering the lawn",
    "The school's first apples",
    "Leaf mould, or why we no longer burn anything",
    "Minutes of the autumn meeting",
    "Robins, and other regulars",
    "Pruning the espaliers without fear",
    "A small library for the potting shed",
    "Counting hedgehogs by torchlight",
)
_NAMES = ("Maren Holt", "Idris Vaughan", "Priya Nair and Tom Birch", "Elena Costa", "")
_EXCERPTS = (
    "Three nights below zero took the dahlias and the last of the beans. The kale did not notice. We walked "
    "the beds on Sunday with a notebook and wrote down what lived, so that next year's plan can lean on it.",
    "Oak or larch, sun or shade, facing the gate or facing the pears: after two meetings and one very good "
    "cake there is a decision, and a drawing you can comment on until Friday.",
    "Doors open at ten in the glasshouse. Envelopes and pens are on the table; please write the variety and "
    "the year, even if the year is a guess.",
)
_IMAGES = ((1600, 900), (1200, 1200), (1500, 1000), (900, 1200))


def picture(number: int, alt: str = "Frost on the kale beds in the early light") -> Image:
    """Return a picture in one of several ratios."""
    width, height = _IMAGES[number % len(_IMAGES)]
    url = f"https://img.example.org/{width}x{height}/garden-{number}.jpg"
    return Image(url=url, alt=alt, width=width, height=height)


def post(number: int = 0, **changes: object) -> PostView:
    """Return one of the garden's posts."""
    title = _TITLES[number % len(_TITLES)]
    slug = re.sub("[^a-z]+", "-", title.lower()).strip("-")
    made = PostView(
        id=f"post-{number}",
        url=f"https://garden.example.org/2026/11/{number:02}/{slug}/",
        title=title if number < len(_TITLES) else f"{title} ({number})",
        byline=_NAMES[number % len(_NAMES)],
        date=f"{1 + number % 28} November 2026",
        date_iso=f"2026-11-{1 + number % 28:02}",
        reading_time=f"{2 + number % 7} min read",
        excerpt=_EXCERPTS[number % len(_EXCERPTS)],
        image=picture(number, f"Picture for {title}"),
    )
    return replace(made, **changes)


def issue(**changes: object) -> Issue:
    """Return a usual issue: an introduction, a featured post and five more."""
    made = Issue(
        id="2026-11-23-weekly",
        edition="weekly",
        number=12,
        dated=date(2026, 11, 23),
        title="The weekly letter",
        template="weekly",
        service="plain",
        newsletter=NEWSLETTER,
        window=Window(
            start_at=datetime(2026, 11, 16, tzinfo=UTC),
            cutoff_at=datetime(2026, 11, 23, tzinfo=UTC),
        ),
        subject="What the frost left standing",
        preheader="The kale did not notice. Also: a bench, a seed swap and the school's first apples.",
        date="23 November 2026",
        introduction="<p>A cold week, and a good one. The glasshouse is full, the gate has a new hinge, and "
        '<a href="https://garden.example.org/seed-swap/">the seed swap</a> is on Saturday, whatever the '
        "weather does. Thank you to everyone who carried leaves.</p>",
        featured=post(0),
        sections=(SectionView(title="", posts=tuple(post(n) for n in range(1, 6))),),
        labels=dict(labels.words("en")),
        web_url="https://garden.example.org/letters/2026-11-23-weekly/web.html",
    )
    return replace(made, **changes)


def plain_of(posts: int, **changes: object) -> Issue:
    """Return an issue of so many posts, the first of them featured."""
    rest = tuple(post(n) for n in range(1, posts))
    return issue(sections=(SectionView(title="", posts=rest),) if rest else (), **changes)


def with_series() -> PostView:
    """Return the third part of a series, found late."""
    part = SeriesView(
        name="Greenhouse notes",
        label="Greenhouse notes · part 3 of 4",
        part=3,
        nth=3,
        total=4,
        earlier=(
            Link(title="Part 1: Glass", url="https://garden.example.org/greenhouse/1/"),
            Link(title="Part 2: Heat", url="https://garden.example.org/greenhouse/2/"),
        ),
    )
    return post(3, title="Vents, and when to open them", series=(part,), mark="late")


def chapter(
    part: int, total: int | None = 5, name: str = "Greenhouse notes", **changes: object
) -> PostView:
    """Return one part of a series, with links to those before it."""
    titles = (
        "Glass",
        "Heat",
        "Vents, and when to open them",
        "The long bench",
        "What we would do again",
    )
    link = f"https://garden.example.org/{name.lower().replace(' ', '-')}/{{}}/"
    earlier = tuple(
        Link(title=f"part {n}: {titles[(n - 1) % 5]}", url=link.format(n)) for n in range(1, part)
    )
    place = f"part {part} of {total}" if total else f"part {part}"
    view = SeriesView(
        name=name,
        label=f"{name} · {place}",
        part=part,
        nth=part,
        total=total,
        place=place.capitalize(),
        earlier=earlier,
        start=Link(title=f"Start at part 1: {titles[0]}", url=link.format(1)) if part > 1 else None,
    )
    made = post(
        part,
        title=titles[(part - 1) % 5],
        url=link.format(part),
        series=(view,),
        excerpt=_EXCERPTS[0],
    )
    return replace(made, **changes)


def told_in_parts() -> Issue:
    """Return an issue of two new parts of a series, and a post beside it."""
    beside = post(7, image=None)
    return issue(featured=chapter(3), sections=(SectionView(title="", posts=(chapter(4), beside)),))


def bare(number: int) -> PostView:
    """Return a post with a title and an address and nothing else."""
    return PostView(
        id=f"bare-{number}",
        url=f"https://garden.example.org/bare/{number}/",
        title=f"Note {number}",
    )


def in_sections() -> Issue:
    """Return an issue of three sections, with a series, bare posts and a post in Welsh."""
    welsh = post(4, title="Afalau cyntaf yr ysgol", language="cy", image=None)
    return issue(
        sections=(
            SectionView(title="From the beds", posts=(with_series(), post(1), bare(1))),
            SectionView(title="People", posts=(welsh, post(6, image=None, excerpt=""))),
            SectionView(title="Dates for your diary", posts=(post(2, byline=""), bare(2))),
        )
    )


def without_images() -> Issue:
    """Return an issue in which no post has a picture."""
    usual = issue()
    posts = tuple(replace(p, image=None) for p in usual.sections[0].posts)
    return replace(
        usual, featured=post(0, image=None), sections=(SectionView(title="", posts=posts),)
    )


def right_to_left() -> Issue:
    """Return an issue in Arabic, with one post in English."""
    titles = ("ما الذي تركه الصقيع", "مقعد للجدار الشرقي", "تبادل البذور يوم السبت")
    excerpt = "ثلاث ليالٍ تحت الصفر أخذت الأضاليا وآخر الفاصولياء. أما الكرنب فلم يلاحظ شيئًا."
    arabic = {
        "byline": "ليلى حداد",
        "date": "23 نوفمبر 2026",
        "reading_time": "4 دقائق قراءة",
        "excerpt": excerpt,
    }
    posts = tuple(post(n, title=title, **arabic) for n, title in enumerate(titles))
    english = post(3, language="en", direction="ltr")
    newsletter = replace(
        NEWSLETTER, name="الحديقة المسوّرة", language="ar", direction="rtl", address="4 شارع البستان"
    )
    return issue(
        newsletter=newsletter,
        subject=titles[0],
        preheader="أسبوع بارد، وجميل.",
        date="23 نوفمبر 2026",
        introduction="<p>أسبوع بارد، وجميل. "
        '<a href="https://garden.example.org/">تبادل البذور</a> يوم السبت.</p>',
        featured=posts[0],
        sections=(SectionView(title="", posts=(*posts[1:], english)),),
        labels=dict(labels.words("ar")),
    )


def with_long_words() -> Issue:
    """Return an issue of words and addresses that do not break by themselves."""
    word = "Landschaftsgartenbaugenossenschaftsvorstandssitzungsprotokoll"
    long = post(
        1,
        title=word,
        excerpt=f"See https://garden.example.org/{'very-' * 30}long {word}",
        byline=word,
    )
    return issue(
        featured=post(0, title=f"{word} {word}"), sections=(SectionView(title=word, posts=(long,)),)
    )


def without_excerpts() -> Issue:
    """Return an issue of which only titles, names and pictures are known."""
    usual = issue()
    posts = tuple(replace(p, excerpt="") for p in usual.sections[0].posts)
    return replace(
        usual, featured=post(0, excerpt=""), sections=(SectionView(title="", posts=posts),)
    )


def with_updates() -> Issue:
    """Return an issue that tells of a post of an earlier one that changed since."""
    sent = Link(
        title="First sent with issue 11, 16 November 2026",
        url="https://garden.example.org/letters/11/",
    )
    return issue(
        updates=(post(8, first_sent=sent), post(9, excerpt="", first_sent=replace(sent, url="")))
    )


def in_many_languages() -> Issue:
    """Return an English issue with posts in Hebrew, Japanese and Arabic, the first of them featured."""
    hebrew = post(
        0,
        title="מה שהכפור הותיר על עומדו",
        excerpt="שלושה לילות מתחת לאפס לקחו את הדליות. הכרוב לא הבחין.",
        language="he",
        direction="rtl",
    )
    japanese = post(
        1,
        title="霜が残したもの",
        excerpt="三日続きの氷点下で、ダリアは枯れました。ケールは気づきもしません。",
        language="ja",
    )
    arabic = post(
        2,
        title="تبادل البذور يوم السبت",
        excerpt="الأبواب تفتح في العاشرة.",
        language="ar",
        direction="rtl",
    )
    return issue(
        featured=hebrew,
        sections=(SectionView(title="Elsewhere", posts=(japanese, arabic, post(3))),),
    )


def in_japanese() -> Issue:
    """Return an issue in Japanese."""
    said = {"byline": "水野 遥", "date": "2026年11月23日", "reading_time": "4分で読めます"}
    excerpt = "三日続きの氷点下で、ダリアと最後の豆は枯れました。ケールは気づきもしません。日曜日にはノートを手に畑を歩きました。"
    posts = tuple(
        post(n, title=title, excerpt=excerpt, **said)
        for n, title in enumerate(("霜が残したもの", "東の壁のベンチ", "土曜日の種の交換会"))
    )
    return issue(
        newsletter=replace(
            NEWSLETTER, name="壁に囲まれた庭", language="ja", address="果樹園通り四番地"
        ),
        subject=posts[0].title,
        preheader="寒い一週間でしたが、よい一週間でもありました。",
        date="2026年11月23日",
        introduction="<p>寒い一週間でしたが、よい一週間でもありました。</p>",
        featured=posts[0],
        sections=(SectionView(title="", posts=posts[1:]),),
        labels=dict(labels.words("ja")),
    )


WRITTEN = (
    "<h2>This week</h2><p>A cold week, and a <strong>good</strong> one, with <em>frost</em>.</p>"
    "<ul><li>The gate has a new hinge<ul><li>and a new latch</li></ul></li><li>The kale stands</li></ul>"
    "<ol><li>Bring envelopes</li><li>Write the variety and the year on them</li></ol>"
    '<p><img src="https://img.example.org/1600x900/glasshouse.jpg" alt="The glasshouse at ten" '
    'width="1600" height="900"></p>'
    "<table><thead><tr><th>Day</th><th>Open</th><th>Who has the key</th></tr></thead><tbody>"
    "<tr><th>Monday</th><td>10 to 4</td><td>Maren Holt and the school</td></tr>"
    "<tr><th>Saturday</th><td>9 to 1</td><td>Idris Vaughan</td></tr></tbody></table>"
    "<blockquote><p>A garden is a grand teacher.</p></blockquote>"
    "<h3>And then</h3><pre><code>frost = -3\nkale = True</code></pre><hr><p>See you on Saturday.</p>"
)


def with_everything_an_editor_writes() -> Issue:
    """Return an issue whose introduction has headings, lists, a picture, a table, a quotation and code."""
    return issue(introduction=WRITTEN)


CASES = {
    "written": with_everything_an_editor_writes,
    "usual": issue,
    "one-post": lambda: plain_of(1),
    "eleven-posts": lambda: plain_of(11),
    "sixty-posts": lambda: plain_of(60),
    "sections": in_sections,
    "no-images": without_images,
    "right-to-left": right_to_left,
    "long-words": with_long_words,
    "series": told_in_parts,
    "no-excerpts": without_excerpts,
    "many-languages": in_many_languages,
    "japanese": in_japanese,
    "updates": with_updates,
}


def varied(seed: int, posts: int = 10, odd: float = 1, **changes: object) -> Issue:
    """Return an issue as a year of weeks brings them: no two have the same in the same places.

    What is seldom comes `odd` times as often.
    """
    chance = random.Random(seed)
    made = [_varied_post(chance, number, odd) for number in range(posts)]
    titles = chance.choice([("",), ("", "Elsewhere"), ("From the beds", "People", "Dates")])
    ends = sorted(chance.sample(range(2, posts), len(titles) - 1)) if posts > 3 else []
    parts = [made[start:end] for start, end in pairwise([1, *ends, posts])]
    sections = tuple(
        SectionView(title=title, posts=tuple(part))
        for title, part in zip(titles, parts, strict=False)
    )
    said = {
        "introduction": issue().introduction if chance.random() < 0.7 else "",
        "preheader": "The kale did not notice." if chance.random() < 0.9 else "",
        "updates": with_updates().updates if chance.random() < 0.1 else (),
    }
    return issue(**{**said, "featured": made[0], "sections": sections, **changes})


def _varied_post(chance: random.Random, number: int, odd: float) -> PostView:
    usual = post(chance.randrange(60), id=f"post-{number}")
    few = chance.random
    changes: dict[str, object] = {
        "image": usual.image if few() < 0.7 else None,
        "byline": usual.byline if few() < 0.8 else "",
        "excerpt": usual.excerpt if few() > 0.05 * odd else "",
        "reading_time": usual.reading_time if few() < 0.9 else "",
        "mark": "late" if few() < 0.1 * odd else "",
        "note": "First published elsewhere." if few() < 0.03 * odd else "",
        "language": "cy" if few() < 0.03 * odd else "",
    }
    if few() < 0.2 * odd:
        changes["series"] = chapter(chance.randint(1, 5)).series
    if few() < 0.1 * odd and changes["image"]:
        changes["image"] = replace(picture(number), width=None, height=None)
    return replace(usual, **changes)
