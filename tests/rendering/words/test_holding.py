"""No line ends within a date that somebody wrote into a title, an excerpt or an introduction."""

from __future__ import annotations

from datetime import date

import pytest

from digest.models import replace
from digest.rendering import Renderer, dialect, fill
from digest.rendering.words import held, long_date, shipped
from tests.rendering.issues import issue, post, with_updates


@pytest.mark.parametrize("language", sorted({"en", "en-US", *shipped.tags()}))
def test_a_date_stays_whole_in_every_language_of_the_labels(language: str) -> None:
    for month in range(1, 13):
        for day in (1, 9, 28):
            written = long_date(date(2026, month, day), language)
            whole = written.replace(" ", "\xa0")
            assert held(f"moss {written} fern") == f"moss {whole} fern"


@pytest.mark.parametrize(
    "words",
    [
        *("3 May", "3. Mai", "1er mai 2026", "3 de mayo", "May 3rd", "Sept. 14", "10 o'clock"),
        *("2nd of May 2026", "3 de mayo del 2026", "12 trees", "23. 11. 2026", "11월 23일"),
    ],
)
def test_a_day_stays_with_its_month_and_a_number_with_its_word(words: str) -> None:
    whole = words.replace(" ", "\xa0")
    assert held(f"Moss from {words}: so there") == f"Moss from {whole}: so there"


@pytest.mark.parametrize(
    "words", ["Since 2026 there is moss", "Top 5 – why", "version 1.5, and more", "a 3-day walk"]
)
def test_all_other_blanks_stay(words: str) -> None:
    assert held(words) == words


@pytest.mark.parametrize("template", ["briefing", "series", "weekly"])
def test_every_title_and_excerpt_keeps_its_dates_whole(renderer: Renderer, template: str) -> None:
    said = {"title": "Until 23 November 2026", "excerpt": "Since 3 May 2026 & <later>"}
    told = [post(n, image=None, **said) for n in range(2)]
    section = replace(issue().sections[0], title=said["title"], posts=(told[1],))
    made = issue(
        template=template,
        theme=renderer.theme(template, {}),
        featured=told[0],
        sections=(section,),
        updates=(replace(with_updates().updates[0], **said),),
    )
    html = fill(renderer.render(made).email, dialect("plain"), made)
    body = html.partition("</head>")[2]
    assert body.count("Until 23&#160;November&#160;2026") == 4
    assert body.count("Since 3&#160;May&#160;2026 &amp; &lt;later&gt;") >= 3
    assert "16&#160;November&#160;2026" in body


@pytest.mark.parametrize("template", ["briefing", "series", "weekly"])
def test_an_introduction_keeps_its_dates_whole(renderer: Renderer, template: str) -> None:
    """Within its paragraphs, lists and links; its code and addresses stay as they were written."""
    said = (
        '<p>Until <b>23 November 2026</b>: <a href="https://a.example/?on=3 May">3 May</a>, '
        "<code>at = 3 May</code></p><ul><li>from 1 June on</li></ul>"
    )
    made = replace(issue(introduction=said), template=template)
    rendered = renderer.render(made)
    for page in (rendered.email, rendered.web):
        html = fill(page, dialect("plain"), made).replace("&#160;", "\xa0")
        assert "23\xa0November\xa02026" in html
        assert ">3\xa0May<" in html
        assert "from 1\xa0June on" in html
        assert "at = 3 May" in html
        assert "?on=3 May" in html
