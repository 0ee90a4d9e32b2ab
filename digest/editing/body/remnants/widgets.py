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
    # buttons for sharing: Jetpack, AddToAny, AddThis, Shareaholic, Social Warfare
    r"|sharedaddy|sd-sharing|addtoany_share_save_container|addtoany_content|addthis_toolbox"
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


def with_names(html: str) -> str:
    """Return HTML with the names of people that Substack's scripts write in their places.

    >>> with_names('<span class="mention-wrap" data-x="{&quot;name&quot;:&quot;Ada&quot;}"></span>')
    '<span>Ada</span>'
    """
    return _MENTION.sub(r"<span>\1", html) if "mention-wrap" in html else html


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
