"""What a project adds to a shipped template reads as well as what was there, light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.test_commands import DATE
from tests.conftest import Blog, Run

PAGE = Path(__file__).resolve().parents[3] / "docs" / "templates.md"
(SHOWN,) = re.findall(r"```jinja\n(  \{% extends.*?)```", PAGE.read_text(), re.S)
ELEMENTS = {
    "text": "<mj-text>The tea is on us.</mj-text>",
    "table": '<mj-table role="presentation"><tr><td>The tea is on us.</td></tr></mj-table>',
    "button": '<mj-button href="https://letter.example/tea">The tea is on us.</mj-button>',
    "navbar": (
        '<mj-navbar><mj-navbar-link href="https://letter.example/tea" padding="12px">'
        "The tea is on us.</mj-navbar-link></mj-navbar>"
    ),
    "social": (
        '<mj-social><mj-social-element href="https://letter.example/tea" alt="tea"'
        ' src="https://letter.example/tea.png">The tea is on us.</mj-social-element></mj-social>'
    ),
    "row": '<mj-raw><tr><td class="row">The tea is on us.</td></tr></mj-raw>',
}


def found(blog: Blog, digest: Run, template: str) -> set[str]:
    """Return the rules that object to an issue whose template is a project's own."""
    path = blog.root / "templates/weekly/issue.mjml.j2"
    path.parent.mkdir(parents=True)
    path.write_text(template)
    project = ("--project", blog.root)
    assert digest(*project, "build", "--date", DATE).code == 0
    assert "The tea is on us." in (blog.issue(f"{DATE}-weekly") / "email.html").read_text()
    told = digest(*project, "check", "--json").json["findings"]
    return {finding["rule"] for finding in told if finding["severity"] == "error"}


def test_the_block_that_the_manual_shows_can_be_sent(blog: Blog, digest: Run) -> None:
    assert not found(blog, digest, SHOWN)


@pytest.mark.parametrize("element", ELEMENTS)
def test_words_in_mjml_s_own_elements_stand_out_from_a_dark_page(
    blog: Blog, digest: Run, element: str
) -> None:
    template = re.sub("<mj-text.*</mj-text>", ELEMENTS[element], SHOWN)
    assert "CONTRAST" not in found(blog, digest, template)
