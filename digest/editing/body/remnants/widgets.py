"""Knows parts of a page that stand within a post and are none of its words, by their classes.

Plug-ins and services put them there: sign-up forms, buttons for sharing, related posts, and
the texts of footnotes that a click opens. Each name is one that a plug-in or service writes.
"""

from __future__ import annotations

import re

from digest.lazy import regex

_CLASSES = regex(
    r"""\bclass\s*=\s*["']?[^"'>]*(?<![\w-])(?:"""
    # forms to sign up: Substack, Jetpack, Mailchimp for WordPress, Ghost, ConvertKit, MailPoet
    r"subscription-widget(?:-wrap)?|subscribe-widget|wp-block-jetpack-subscriptions"
    r"|jetpack_subscription_widget"
    r"|mc4wp-form|kg-signup-card|formkit-form|mailpoet_form|newsletter-signup"
    # buttons for sharing: FeedBurner, Jetpack, AddToAny, AddThis, Shareaholic, Social Warfare
    r"|feedflare|sharedaddy|sd-sharing|addtoany_share_save_container|addtoany_content|addthis_toolbox"
    r"|shareaholic-canvas"
    r"|swp_social_panel|social-share(?:-buttons)?|share-buttons|post-share"
    # other posts: Jetpack, Yet Another Related Posts, Contextual Related Posts
    r"|jp-relatedposts|yarpp(?:-related)?|crp_related|related-posts"
    # who made what a bookmark of Ghost leads to, beside its icon
    r"|kg-bookmark-metadata"
    # texts of footnotes that open on a click: Modern Footnotes, littlefoot, bigfoot, Easy Footnotes
    r"|modern-footnotes-footnote__note|littlefoot-footnote__content|bigfoot-footnote__content"
    r"|easy-footnote-margin-adjust"
    r""")(?![\w-])""",
    re.IGNORECASE,
)


# Substack's buttons to subscribe, share and comment: what they lead to, its mail fills in
_BUTTON = regex(
    r"""\bclass\s*=\s*["']?[^"'>]*\bbutton.*%%\w+_url%%"""
    r"""|\bclass\s*=\s*["']?[^"'>]*\bbutton.*[?&](?:amp;)?action=share\b""",
    re.IGNORECASE | re.DOTALL,
)


_MENTION = regex(
    r"""<span\b[^<>]*\bclass=["']mention-wrap["'][^<>]*?&quot;name&quot;:&quot;([^<>"]*?)&quot;[^<>]*>"""
    r"\s*(?=</span>)",
    re.IGNORECASE,
)


# a film that a script puts in its place: lite-youtube, amp-youtube, lite-vimeo, amp-vimeo
_FILM = regex(
    r"""<(?:lite|amp)-(youtube|vimeo)\b[^<>]*?\b(?:data-)?videoid\s*=\s*["']?([\w-]{6,20})[^<>]*>""",
    re.IGNORECASE,
)
_PLAYERS = {"youtube": "https://www.youtube.com/embed/", "vimeo": "https://player.vimeo.com/video/"}

# a reading beside a word, without the brackets for programs that know no readings
_READING = regex(r"(?<!</rp>)<rt\b[^<>]*>([^<]{0,200})(?:</rt\s*>)?", re.IGNORECASE)
# what Hugo put in the place of a shortcode, and sometimes forgot there
_FORGOTTEN = regex(r"\bHAHAHUGOSHORTCODE[\w-]{1,40}HBHB\b")


def filled_in(html: str) -> str:
    """Return HTML with what scripts of the page would write: people's names, films, brackets.

    >>> filled_in('<span class="mention-wrap" data-x="{&quot;name&quot;:&quot;Ada&quot;}"></span>')
    '<span>Ada</span>'
    >>> filled_in("<ruby>東<rt>とう</rt></ruby>")
    '<ruby>東<rp>(</rp><rt>とう</rt><rp>)</rp></ruby>'
    """
    if "mention-wrap" in html:
        html = _MENTION.sub(r"<span>\1", html)
    if "-youtube" in html or "-vimeo" in html:
        html = _FILM.sub(
            lambda film: f'<iframe src="{_PLAYERS[film[1].lower()]}{film[2]}"></iframe>', html
        )
    if "<rt" in html:
        html = _READING.sub(r"<rp>(</rp><rt>\1</rt><rp>)</rp>", html)
    return _FORGOTTEN.sub("", html) if "HAHAHUGO" in html else html


def is_widget(attributes: str) -> bool:
    """Tell whether an element of these attributes, as they are written, is none of a post's words.

    >>> is_widget(' class="sharedaddy sd-block"'), is_widget(' class="sharedaddy-fan"')
    (True, False)
    """
    if "class" not in attributes:
        return False
    return bool(_CLASSES.search(attributes)) or (
        "button" in attributes and bool(_BUTTON.search(attributes))
    )
