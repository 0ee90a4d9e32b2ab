"""The places in a page that a link can lead to."""

from __future__ import annotations

import re

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
