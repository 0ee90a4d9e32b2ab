"""MJML's components as data: the attributes each knows, and what may stand in what.

From the documentation of MJML 4 and of the compiler; no logic here.
"""

from __future__ import annotations

from typing import Final

# attributes that many components share
_BOX = "padding padding-top padding-bottom padding-left padding-right css-class mj-class"
_BLOCK = f"{_BOX} container-background-color"
_FONT = "color font-family font-size font-style font-weight letter-spacing line-height"
_TEXT = f"{_FONT} text-decoration text-transform"
_EDGE = "border border-top border-bottom border-left border-right border-radius"
_GROUND = "background-color background-url background-repeat background-size background-position"
_LINK = "href rel target title name"

ATTRIBUTES: Final = {
    # the page and its head
    "mjml": "owa lang dir",
    "mj-head": "",
    "mj-body": "background-color width css-class",
    "mj-include": "path type css-inline",
    "mj-attributes": "",
    "mj-all": "*",
    "mj-class": "*",
    "mj-breakpoint": "width",
    "mj-font": "name href",
    "mj-preview": "",
    "mj-style": "inline",
    "mj-title": "",
    "mj-raw": "position",
    # what lays a page out
    "mj-wrapper": (
        f"{_BOX} {_EDGE} {_GROUND} background-position-x background-position-y direction "
        "full-width text-align gap text-padding"
    ),
    "mj-section": (
        f"{_BOX} {_EDGE} {_GROUND} background-position-x background-position-y direction "
        "full-width text-align text-padding"
    ),
    "mj-group": "background-color css-class mj-class direction vertical-align width",
    "mj-column": (
        f"{_BOX} {_EDGE} background-color direction vertical-align width inner-background-color "
        "inner-border inner-border-top inner-border-bottom inner-border-left inner-border-right "
        "inner-border-radius"
    ),
    "mj-hero": (
        f"{_BOX} {_GROUND} background-height background-width mode height width vertical-align "
        "border-radius inner-background-color inner-padding inner-padding-top inner-padding-right "
        "inner-padding-bottom inner-padding-left align"
    ),
    # what stands in a column
    "mj-text": f"{_BLOCK} {_TEXT} align height background-color vertical-align",
    "mj-table": f"{_BLOCK} {_FONT} align border cellpadding cellspacing role table-layout width",
    "mj-button": (
        f"{_BLOCK} {_EDGE} {_TEXT} {_LINK} align background-color height width inner-padding "
        "text-align vertical-align"
    ),
    "mj-image": (
        f"{_BLOCK} {_EDGE} {_LINK} align alt src srcset sizes usemap width height max-height "
        "fluid-on-mobile font-size"
    ),
    "mj-divider": f"{_BLOCK} align border-color border-style border-width width",
    "mj-spacer": f"{_BLOCK} height",
    # components with parts of their own
    "mj-social": (
        f"{_BLOCK} {_FONT} align border-radius icon-size icon-height icon-padding inner-padding "
        "mode table-layout text-decoration text-padding"
    ),
    "mj-social-element": (
        f"{_BOX} {_FONT} {_LINK} align alt background-color border-radius icon-size icon-height "
        "icon-padding icon-position src srcset sizes text-decoration text-padding vertical-align"
    ),
    "mj-navbar": (
        f"{_BLOCK} align base-url hamburger ico-align ico-close ico-color ico-font-family "
        "ico-font-size ico-line-height ico-open ico-padding ico-padding-top ico-padding-right "
        "ico-padding-bottom ico-padding-left ico-text-decoration ico-text-transform"
    ),
    "mj-navbar-link": f"{_BOX} {_TEXT} {_LINK}",
    "mj-accordion": (
        f"{_BLOCK} border font-family icon-align icon-height icon-position icon-unwrapped-alt "
        "icon-unwrapped-url icon-width icon-wrapped-alt icon-wrapped-url"
    ),
    "mj-accordion-element": (
        f"{_BOX} background-color border font-family icon-align icon-height icon-position "
        "icon-unwrapped-alt icon-unwrapped-url icon-width icon-wrapped-alt icon-wrapped-url"
    ),
    "mj-accordion-title": f"{_BOX} {_FONT} background-color",
    "mj-accordion-text": f"{_BOX} {_FONT} background-color",
    "mj-carousel": (
        f"{_BLOCK} align border-radius icon-width left-icon right-icon tb-border tb-border-radius "
        "tb-hover-border-color tb-selected-border-color tb-width thumbnails"
    ),
    "mj-carousel-image": (
        f"{_BOX} {_LINK} alt src thumbnails-src border-radius tb-border tb-border-radius"
    ),
}
"""The attributes of each component; `*` stands for all."""

KNOWN: Final = {tag: frozenset(names.split()) for tag, names in ATTRIBUTES.items()}

_CONTENT = (
    "mj-text mj-button mj-image mj-table mj-divider mj-spacer "
    "mj-social mj-navbar mj-accordion mj-carousel mj-raw"
)
PLACES: Final = {
    parent: frozenset(tags.split())
    for parent, tags in {
        "mjml": "mj-head mj-body",
        "mj-head": "mj-attributes mj-breakpoint mj-font mj-preview mj-style mj-title mj-raw",
        "mj-body": "mj-section mj-wrapper mj-hero mj-raw",
        "mj-wrapper": "mj-section mj-hero mj-raw",
        "mj-section": "mj-column mj-group mj-raw",
        "mj-group": "mj-column mj-raw",
        "mj-column": _CONTENT,
        "mj-hero": _CONTENT,
        "mj-social": "mj-social-element",
        "mj-navbar": "mj-navbar-link",
        "mj-accordion": "mj-accordion-element",
        "mj-accordion-element": "mj-accordion-title mj-accordion-text",
        "mj-carousel": "mj-carousel-image",
        **dict.fromkeys(
            "mj-image mj-divider mj-spacer mj-carousel-image mj-font mj-breakpoint".split(), ""
        ),
    }.items()
}
"""What may stand in what.

The compiler takes most of the rest as well, and puts it where no client shows it as it was meant.
"""

HOLD_HTML: Final = frozenset(
    (
        "mj-text",
        "mj-table",
        "mj-button",
        "mj-raw",
        "mj-navbar-link",
        "mj-social-element",
        "mj-accordion-title",
        "mj-accordion-text",
    )
)
"""Components whose content is HTML, which passes as it is."""

PLAIN: Final = frozenset(("mj-title", "mj-preview"))
"""Components that hold nothing but text."""

TAKE_TOKENS: Final = frozenset(
    ("href", "src", "alt", "title", "name", "rel", "lang", "dir", "background-url")
)
"""Attributes that the compiler only copies, so that a value may be put in afterwards."""

VOID: Final = frozenset(
    ("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
"""HTML's elements without content, which XML wants closed."""
