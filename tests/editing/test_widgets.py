"""What plug-ins put into a post is none of its words, and leaves with all that is nested in it."""

from __future__ import annotations

import time

import pytest

from digest.editing.body import clean
from digest.editing.body.plain import text

WIDGETS = [
    '<div class="sharedaddy"><div>Share</div><ul><li>X</li></ul></div>',
    '<div class="subscription-widget-wrap"><div><p>Subscribe</p></div><form><input></form></div>',
    "<div id='jp-relatedposts' class='jp-relatedposts'><h3>Related</h3></div>",
    '<p class="button-wrapper" data-x="%%checkout_url%%"><a class="button"><span>Subscribe</span></a></p>',
    '<a class="button primary" href="https://x.example/p/moss?utm_source=a&amp;action=share">Share</a>',
    '<div class="kg-bookmark-metadata"><span>Ada</span><span>Leaf</span></div>',
    '<aside class="yarpp yarpp-related"><p>More</p></aside>',
    '<div class="feedflare"><a href="http://f.example/?a=1"><img src="http://f.example/?d=1"></a></div>',
    '<p><a href="http://feeds.feedburner.com/~ff/moss?a=1">'
    '<img src="http://feeds.feedburner.com/~ff/moss?d=1"></a></p>',
]


@pytest.mark.parametrize("widget", WIDGETS)
def test_a_widget_leaves_whole(widget: str) -> None:
    """The words before and after it stay, and nothing else."""
    assert clean(f"<p>Before.</p>{widget}<p>After.</p>").html == "<p>Before.</p>\n<p>After.</p>"


def test_the_text_of_a_note_that_opens_is_not_glued_to_a_sentence() -> None:
    """A reader of a mail cannot open it, and it is no part of the sentence."""
    html = '<p>Soft.<span class="modern-footnotes-footnote__note">A note.</span> It bends.</p>'
    assert clean(html).html == "<p>Soft. It bends.</p>"


@pytest.mark.parametrize("name", ["sharedaddy-fan", "my-related-posts-essay", "story"])
def test_a_class_that_only_looks_alike_stays(name: str) -> None:
    """Only the names that plug-ins write count."""
    assert "Words" in clean(f'<div class="{name}"><p>Words.</p></div>').html


def test_a_widget_without_an_end_takes_nothing_with_it() -> None:
    """What follows is the post's; and thousands of such widgets take no time."""
    begun = time.monotonic()
    assert "After" in clean('<div class="sharedaddy"><p>After.</p>').html
    clean('<div class="sharedaddy">x' * 20_000)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("element", "page"),
    [
        ('<lite-youtube videoid="ogfYd705cRs" playlabel="Play"></lite-youtube>', "v=ogfYd705cRs"),
        ("<amp-youtube width=16 data-videoid='mGENRKrdoGY'></amp-youtube>", "v=mGENRKrdoGY"),
        ('<lite-vimeo videoid="76979871"></lite-vimeo>', "vimeo.com/76979871"),
    ],
)
def test_a_film_that_a_script_would_put_there_is_linked(element: str, page: str) -> None:
    """Pages load films late by elements of their own, which no mail program knows."""
    assert page in clean(f"<p>Words.</p>{element}<p>More.</p>").html


def test_a_reading_stands_in_brackets_where_nothing_shows_readings() -> None:
    """Glued to the word it would read as one; what has brackets has them once."""
    plain = (
        "<p><ruby>東<rt>とう</rt></ruby> and <ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby></p>"
    )
    assert text(clean(plain).html) == "東(とう) and 漢(かん)"


def test_what_hugo_forgot_to_fill_in_leaves() -> None:
    html = "<p>Before HAHAHUGOSHORTCODE-TOC0-HBHB after HAHAHUGOSHORTCODE12s0HBHB.</p>"
    assert "HUGO" not in clean(html).html
