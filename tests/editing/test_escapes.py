r"""What an author escaped in Markdown stays as it is read: `\*\*kwargs\*\*` is no mark of anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.editing import EditingSettings
from digest.editing.body import clean, plain_markdown, shown, text, to_html
from digest.editing.edit import edit
from digest.issue import introduction
from digest.models import Post, RawItem


def edited(markdown: str) -> Post:
    body = to_html(plain_markdown(markdown))
    item = RawItem(identity="a", where="a.md", title="A post", body=body)
    return edit(item, "blog", EditingSettings())


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"the \*\*Note\*\* here", "the **Note** here"),
        (r"\*\*Note\*\* begins", "**Note** begins"),
        (r"so \=\=high\=\= now", "so ==high== now"),
        (r"see \[\[Ditch\]\] there", "see [[Ditch]] there"),
        (r"see \[[Ditch]\] there", "see [[Ditch]] there"),
        (r"write \{\{ page.title \}\} there", "write {{ page.title }} there"),
        (r"write \{\% include \%\} there", "write {% include %} there"),
        (r"hide it by \%\%so\%\% there", "hide it by %%so%% there"),
        (r"begin with \[!note\] there", "begin with [!note] there"),
        (r"zwei \*\*Über\*\* “Wörter”", "zwei **Über** “Wörter”"),
    ],
)
def test_an_escaped_mark_stays_in_body_text_and_excerpt(written: str, read: str) -> None:
    post = edited(f"Moss {written} for all of us.")
    assert post.body == f"<p>Moss {read} for all of us.</p>"
    assert (post.text, post.excerpt) == (f"Moss {read} for all of us.",) * 2
    assert post.fixups == ()


@pytest.mark.parametrize(
    ("written", "html"),
    [
        (r"**bold** \*\*not\*\* *soft*", "<strong>bold</strong> **not** <em>soft</em>"),
        (r"\*_soft_", "*<em>soft</em>"),
        (r"`\*\*code\*\*`", r"<code>\*\*code\*\*</code>"),
        (r"[a](https://n.example/\*\*b)", '<a href="https://n.example/**b">a</a>'),
        ("**Note** and ==high== stay marks", "<strong>Note</strong> and high stay marks"),
    ],
)
def test_nothing_beside_it_reads_otherwise(written: str, html: str) -> None:
    assert edited(written).body == f"<p>{html}</p>"


def test_in_a_block_of_code_the_backslash_is_one() -> None:
    assert edited("    \\*\\*a\\*\\*").body == "<pre><code>\\*\\*a\\*\\*</code></pre>"


def test_an_introduction_keeps_what_its_editor_escaped() -> None:
    assert introduction.to_html(r"See \*\*Note\*\*.", "") == "<p>See **Note**.</p>"


def test_a_text_in_kharoshthi_keeps_its_punctuation() -> None:
    assert edited("𐨀𐩐 \\*\\*𐨁𐩑").body == "<p>𐨀𐩐 **𐨁𐩑</p>"


@given(st.text(st.sampled_from("ab *\\=[]{%:!`_<>\n"), max_size=40))
def test_whatever_is_escaped_no_sign_of_ours_is_left(markdown: str) -> None:
    html = shown(clean(to_html(markdown)).html)
    assert text(html).isascii()
