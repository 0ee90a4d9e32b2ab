"""HTML's elements and ARIA's words (HTML 5, ARIA 1.2), as far as the rules ask for them."""

from __future__ import annotations

from typing import Final

FLOW: Final = frozenset(
    "address article aside blockquote center div dl fieldset figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr main nav ol "
    "p pre section table ul li".split()
)
PHRASING: Final = frozenset(
    "abbr b bdi bdo big cite code dfn em font h1 h2 h3 h4 h5 h6 i kbd label mark p pre q s samp "
    "small span strike strong sub "
    "sup time tt u var".split()
)
TRANSPARENT: Final = frozenset("a ins del object".split())
OBSOLETE: Final = frozenset(
    "acronym applet basefont big blink center dir font marquee nobr strike tt xmp".split()
)
# every element of HTML (HTML, 3.2.8), the obsolete ones among them (16.2), and the two languages
# that may stand in it
ELEMENTS: Final = frozenset(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big "
    "blink blockquote body br button canvas caption center cite code col colgroup data datalist "
    "dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form "
    "frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins "
    "isindex kbd keygen label legend li link listing main map mark marquee math menu menuitem "
    "meta meter multicol nav nextid nobr noembed noframes noscript object ol optgroup option "
    "output p param picture plaintext pre progress q rb rp rt rtc ruby s samp script search "
    "section select slot small source spacer span strike strong style sub summary sup svg table "
    "tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xml "
    "xmp".split()
)

ROLES: Final = frozenset(
    "alert alertdialog application article banner blockquote button caption cell checkbox code "
    "columnheader combobox "
    "complementary contentinfo definition deletion dialog directory document emphasis feed "
    "figure form generic grid "
    "gridcell group heading image img insertion link list listbox listitem log main mark "
    "marquee math menu menubar "
    "menuitem menuitemcheckbox menuitemradio meter navigation none note option paragraph "
    "presentation progressbar radio "
    "radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider "
    "spinbutton status strong "
    "subscript suggestion superscript switch tab table tablist tabpanel term textbox time timer "
    "toolbar tooltip tree "
    "treegrid treeitem".split()
)
ARIA: Final = frozenset(
    "activedescendant atomic autocomplete braillelabel brailleroledescription busy checked "
    "colcount colindex "
    "colindextext colspan controls current describedby description details disabled dropeffect "
    "errormessage expanded "
    "flowto grabbed haspopup hidden invalid keyshortcuts label labelledby level live modal "
    "multiline multiselectable "
    "orientation owns placeholder posinset pressed readonly relevant required roledescription "
    "rowcount rowindex "
    "rowindextext rowspan selected setsize sort valuemax valuemin valuenow valuetext".split()
)
REFERENCES: Final = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
# These have no name of their own to give, so that a label on them is dropped (ARIA 1.2, 5.2.8.6).
NAMELESS: Final = frozenset(
    "b i em strong span div p small sub sup code center font u s td tr".split()
)
YES_OR_NO: Final = frozenset(
    "aria-hidden aria-busy aria-disabled aria-modal aria-required aria-expanded "
    "aria-selected".split()
)
