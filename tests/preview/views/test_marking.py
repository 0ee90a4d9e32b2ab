"""The places in a page that a link can lead to."""

from __future__ import annotations

import re

import pytest

from digest.models import Finding
from digest.preview.views.marking import marked
from digest.rendering import Renderer, dialect, fill
from digest.workflow.project import shipped_templates
from tests.rendering.issues import issue, post


def test_every_post_is_found_at_its_title_also_where_a_button_leads_to_it() -> None:
    made = issue(featured=post(0, title='Ülo\'s "Moss & Fern"'))
    page = fill(Renderer([shipped_templates()]).render(made).email, dialect("plain"), made)
    found = marked(page, made.posts)
    named = dict(re.findall(r'<\w+ id="post-(\d+)"[^>]*>([^<]*)', found))
    assert named["0"] == "&#220;lo&#39;s &#34;Moss &amp; Fern&#34;"
    assert len(named) == len(made.posts)
    assert all(named.values())
    assert re.sub(r' id="post-\d+"', "", found) == page


PAGE = """<html><head><title>T</title></head>
<body>
<p>One <b>two</b> <img src="a.png"></p>
<p id="own">three</p>
</body>"""


@pytest.mark.parametrize(
    ("where", "marked_at"),
    [
        ("email.html:3:1", '<p id="finding-0">One'),
        ("email.html:3", '<p id="finding-0">One'),
        ("email.html:3:5", '<p id="finding-0">One'),  # within its words
        ("email.html:3:8", '<b id="finding-0">two'),
        ("email.html:3:12", '<b id="finding-0">two'),
        ("email.html:3:15", '<b id="finding-0">two'),  # within </b>
        ("email.html:3:19", '<img id="finding-0" src'),
        ("email.html:2:1", '<body id="finding-0">'),
        # no place in this page, or none that can be led to
        ("email.html:4:2", ""),
        ("email.html:1:8", ""),
        ("email.html:9:1", ""),
        ("web.html:3:1", ""),
        ("subject", ""),
    ],
)
def test_a_finding_is_found_at_the_element_it_is_about(where: str, marked_at: str) -> None:
    found = marked(PAGE, (), [Finding("CONTRAST", "error", "pale", where)])
    assert found.replace(' id="finding-0"', "") == PAGE
    assert (' id="finding-0"' in found) is bool(marked_at)
    assert marked_at in found


def test_of_two_findings_in_one_place_the_first_names_it() -> None:
    places = ("email.html:3:8", "email.html:3:9", "email.html:3:1")
    found = marked(PAGE, (), [Finding("CONTRAST", "error", "pale", where) for where in places])
    assert '<p id="finding-2">One <b id="finding-0">two' in found
    assert "finding-1" not in found
