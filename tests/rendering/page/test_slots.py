"""Merge tags: byte for byte, for every service; and content that only looks like one."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import UsageError
from digest.models import Page, Slotted, replace
from digest.rendering import Renderer
from digest.rendering.page.slots import DIALECTS, dialect, fill, slot_values
from digest.rendering.words import labels
from tests.rendering.issues import NEWSLETTER, issue, post

ISSUE = issue()
SERVICES = sorted(DIALECTS)


def page(*values: Slotted, kind: str = "html") -> Page:
    """Return a page with a bar before, between and after its values."""
    segments = ("|",) * (len(values) + 1)
    return Page(kind=kind, segments=segments, places=tuple(range(len(values))), values=values)  # type: ignore[arg-type]


def text(value: str) -> Slotted:
    return Slotted(kind="text", value=value)


def slot(name: str) -> Slotted:
    return Slotted(kind="slot", value=name)


def region(name: str, *inside: Slotted, otherwise: tuple[Slotted, ...] = ()) -> tuple[Slotted, ...]:
    middle = (Slotted(kind="otherwise", value=name), *otherwise) if otherwise else ()
    return (Slotted(kind="given", value=name), *inside, *middle, Slotted(kind="end", value=name))


@pytest.mark.parametrize("kind", ["html", "text"])
@pytest.mark.parametrize("service", SERVICES)
def test_merge_tags_come_through_byte_for_byte(service: str, kind: str) -> None:
    known = DIALECTS[service]
    tags = {**known.tags, **known.text_tags} if kind == "text" else known.tags
    for name, tag in tags.items():
        assert tag in fill(page(slot(name), kind=kind), DIALECTS[service], ISSUE)


@pytest.mark.parametrize("service", SERVICES)
def test_what_a_service_reads_as_a_tag_is_broken_up_in_content(service: str) -> None:
    """Its own tags first of all: whoever writes about them would have them filled in."""
    known = DIALECTS[service]
    for tag in filter(None, (*known.tags.values(), *known.text_tags.values())):
        for written in (tag, tag.swapcase()):
            filled = fill(page(text(written), kind="text"), known, ISSUE)
            assert written not in filled
            assert filled.replace("\u200b", "") == f"|{written}|\n"


def test_plain_takes_the_newsletters_own_values_escaped() -> None:
    filled = fill(
        page(slot("unsubscribe"), slot("view_online"), slot("first_name")), dialect("plain"), ISSUE
    )
    assert filled == f"|{NEWSLETTER.unsubscribe.replace('&', '&amp;')}|{ISSUE.web_url}||"


def test_a_text_page_needs_no_entities() -> None:
    assert NEWSLETTER.unsubscribe in fill(
        page(slot("unsubscribe"), kind="text"), dialect("plain"), ISSUE
    )


def test_a_service_without_an_address_tag_gets_the_newsletters_address() -> None:
    assert slot_values(dialect("listmonk"), ISSUE)["address"].value == NEWSLETTER.address


@pytest.mark.parametrize("service", SERVICES)
def test_the_text_part_asks_for_no_html(service: str) -> None:
    """Mailchimp's own tag for the address comes with line breaks and a link in HTML."""
    values = slot_values(DIALECTS[service], ISSUE, "text").values()
    tags = [each.value for each in values if each.kind == "slot"]
    assert not [tag for tag in tags if "html" in tag.lower() or "<" in tag]


def test_what_a_service_adds_by_itself_stays_empty() -> None:
    assert slot_values(dialect("ghost"), ISSUE)["view_online"].value == ""


def test_an_unknown_service_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="buttondown, ghost"):
        dialect("pigeon")


# ---------------------------------------------------------------- regions


def test_a_region_shows_only_where_its_slot_has_a_value() -> None:
    marked = page(text("a"), *region("first_name", text("Hello "), slot("first_name")), text("z"))
    assert "Hello" in fill(marked, dialect("mailchimp"), ISSUE)
    assert fill(marked, dialect("plain"), ISSUE) == "|a||z|"


def test_otherwise_shows_in_its_place() -> None:
    marked = page(*region("first_name", slot("first_name"), otherwise=(text("friend"),)))
    assert "friend" in fill(marked, dialect("plain"), ISSUE)
    assert "friend" not in fill(marked, dialect("kit"), ISSUE)


def test_regions_nest() -> None:
    inner = region("view_online", text("in"))
    marked = page(*region("first_name", text("out"), *inner))
    assert "in" not in fill(marked, dialect("plain"), ISSUE)
    assert "in" not in fill(marked, dialect("mailchimp"), replace(ISSUE, web_url="")).replace(
        "in", "", 1
    )


def test_a_dropped_region_leaves_no_gap_in_a_text_page() -> None:
    marked = page(text("a\n\n"), *region("first_name", text("x")), text("\n\nb"), kind="text")
    marked = replace(marked, segments=("",) * len(marked.segments))
    assert fill(marked, dialect("plain"), ISSUE) == "a\n\nb\n"


# ---------------------------------------------------------------- content

OPENERS = st.sampled_from(
    ["{{", "{%", "{#", "*|", "%%{", "{$", "[[", "{", "|", "*", "%", "[", "$", "#", "a", " "]
)
TRICKY = st.lists(OPENERS, max_size=12).map("".join)


@pytest.mark.parametrize("service", SERVICES)
@settings(max_examples=60)
@given(values=st.lists(TRICKY, min_size=1, max_size=4))
def test_content_never_holds_what_the_service_reads_as_a_tag(
    service: str, values: list[str]
) -> None:
    """Not even where values stand side by side; and decoded it is what it was."""
    made = page(*map(text, values))
    made = replace(made, segments=("",) * len(made.segments))
    filled = fill(made, DIALECTS[service], ISSUE)
    # Ghost decodes entities before it looks for tags: there a blank that nobody sees parts the signs.
    seen = unescape(filled).replace("\u200b", "") if service == "ghost" else unescape(filled)
    looked_at = unescape(filled) if service == "ghost" else filled
    assert not any(opener in looked_at for opener in DIALECTS[service].openers)
    assert seen == "".join(values)


@pytest.mark.parametrize("service", SERVICES)
@settings(max_examples=40)
@given(value=TRICKY)
def test_text_parts_look_the_same_and_hold_no_tag(service: str, value: str) -> None:
    filled = fill(page(text(value), kind="text"), DIALECTS[service], ISSUE)
    # a sign that opens a tag by itself stays, with nothing right behind it
    for opener in DIALECTS[service].openers:
        assert not re.search(f"{re.escape(opener)}(?!\u200b)", filled)
    assert filled.replace("\u200b", "") == f"|{value}|\n"


@settings(max_examples=200)
@given(value=st.text())
def test_any_text_becomes_ascii_that_reads_the_same(value: str) -> None:
    filled = fill(page(text(value)), dialect("plain"), ISSUE)
    assert filled.isascii()
    assert "<" not in filled
    kept = [c for c in value.replace("\r\n", "\n").replace("\r", "\n") if _is_kept(c)]
    assert unescape(filled) == f"|{''.join(kept)}|"


@pytest.mark.parametrize("plane", range(17))
def test_no_code_point_goes_out_that_unicode_keeps_from_interchange(plane: int) -> None:
    """The last two of each plane, and what stands beside them stays (Unicode 17, 23.7)."""
    last = plane << 16 | 0xFFFF
    for code, is_kept in ((last, False), (last - 1, False), (last - 2, True)):
        assert unescape(fill(page(text(f"a{chr(code)}b")), dialect("plain"), ISSUE)) == (
            f"|a{chr(code)}b|" if is_kept else "|ab|"
        )


def _is_kept(c: str) -> bool:
    is_control = ord(c) < 32 and c not in "\t\n"
    return not (
        is_control
        or 0x7F <= ord(c) <= 0x9F
        or 0xFDD0 <= ord(c) <= 0xFDEF
        or ord(c) & 0xFFFE == 0xFFFE
    )


def test_addresses_in_text_parts_stay_addresses() -> None:
    filled = fill(
        page(text("see https://example.org/{{x}} and {{y}}"), kind="text"), dialect("kit"), ISSUE
    )
    assert "https://example.org/%7B" in filled
    assert "{{" not in filled


def test_only_the_service_that_would_read_it_changes_a_text() -> None:
    assert "{{ name }}" in fill(page(text("{{ name }}"), kind="text"), dialect("mailchimp"), ISSUE)


@pytest.mark.parametrize("service", sorted(DIALECTS))
def test_a_greeting_never_lacks_its_name(own: Callable[..., Renderer], service: str) -> None:
    """Where a service cannot say what stands for a name it does not know, it is offered none."""
    known = dialect(service)
    name = known.tags.get("first_name", "")
    assert not name or "there" in name
    letter = replace(issue().newsletter, language="de")
    made = replace(issue(), newsletter=letter, labels=dict(labels.words("de")))
    text = "{% given slots.first_name %}Hallo {{ slots.first_name }}.{% otherwise %}Hallo.{% endgiven %}"
    mjml = "<mjml><mj-body><mj-section /></mj-body></mjml>"
    shown = replace(made, template="mine")
    said = fill(own(mjml, text).render(shown).text, known, shown)
    assert said == (
        f"Hallo {name.replace('there', labels.words('de')['reader'])}.\n" if name else "Hallo.\n"
    )


def test_mailjets_way_out_speaks_the_newsletters_language(renderer: Renderer) -> None:
    letter = replace(issue().newsletter, language="pt-BR")
    made = issue(newsletter=letter)
    assert "[[UNSUB_LINK_PT]]" in fill(renderer.render(made).email, dialect("mailjet"), made)


@pytest.mark.parametrize("pair", ["[#x]", "${x}", "<@x>"])
def test_pairs_that_constant_contact_forbids_are_broken_up(renderer: Renderer, pair: str) -> None:
    made = issue(featured=post(0, title=f"A {pair} b", excerpt=pair))
    page = renderer.render(made)
    for kind in (page.email, page.text):
        filled = fill(kind, dialect("constantcontact"), made)
        assert pair[:2] not in filled.replace("[[FIRSTNAME", "").replace("[[trackingImage]]", "")
    assert fill(page.email, dialect("constantcontact"), made).count("[[trackingImage]]</body>") == 1
