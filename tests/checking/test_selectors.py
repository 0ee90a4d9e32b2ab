"""Which elements a selector of CSS meets: every joint, attribute and state that emails use."""

from __future__ import annotations

import pytest

from digest.checking.parsing import Cascade, parse, sheet

PAGE = """\
<html id="root"><body id="body">
<div id="one" class="wide dark" lang="en-GB" title="green tea"><p id="a">x</p><b id="b">y</b>
<p id="c" title="tea">z</p></div>
<div id="two" lang="english" class="dark"><table id="t" title="teapot"><tr id="r"><td id="d">x</td>
</tr></table></div><a id="link" href="https://x.example/">x</a><a id="anchor" name="x">x</a>
</body></html>
"""


@pytest.mark.parametrize(
    ("selector", "met"),
    [
        *(("div", "one two"), ("#c", "c"), (".dark", "one two"), (".wide.dark", "one")),
        *(("div.dark#two", "two"), ("p#one", ""), (".dar", ""), ("p,b", "a b c")),
        # joints
        *(("div p", "a c"), ("body>p", ""), ("div>p", "a c"), ("html p", "a c"), ("p p", "")),
        *(("p+b", "b"), ("b+p", "c"), ("p+p", ""), ("p~p", "c"), ("b~p", "c"), ("p~b", "b")),
        *(("#two td", "d"), ("#two>td", ""), ("div>table tr>td", "d"), ("#one td", "")),
        # attributes
        *(("[lang]", "one two"), ('[lang="en-GB"]', "one"), ("[lang|=en]", "one")),
        *(("[lang|=english]", "two"), ("[lang^=en]", "one two"), ("[lang$=GB]", "one")),
        *(("[title*=ea]", "one c t"), ("[title~=tea]", "one c"), ("[title=tea]", "c")),
        *(("[title^=tea]", "c t"), ("[title$=tea]", "one c"), ("[title~=te]", "")),
        # states: those that never change
        *((":root", "root"), ("a:link", "link"), ("p:first-child", "a"), ("p:last-child", "c")),
        *(("b:first-child", ""), ("b:last-child", ""), ("a:any-link", "link"), ("a:hover", "")),
    ],
)
def test_a_selector_meets(selector: str, met: str) -> None:
    page = parse(PAGE)
    cascade = Cascade(page, [sheet(f"{selector}{{color:#ff0000}}")])
    found = [node.get("id") for node in page.nodes if "color" in cascade.declared(node)]
    assert sorted(found) == sorted(met.split())
