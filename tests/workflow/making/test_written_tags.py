"""Posts and introductions that are about merge tags: what they show is text, and no leftover."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import Blog

DATE = "2026-11-26"
TAGS = '`{{ first_name }}`, `{{ first_name | default: "you" }}`, `{{#if a}}`, `{{{x}}}`'


@pytest.mark.parametrize("service", ["plain", "buttondown", "mailjet", "ghost"])
def test_code_is_text_that_no_service_replaces(blog: Blog, digest: Any, service: str) -> None:
    settings = f'[edition.weekly]\nservice = "{service}"'
    blog.write("tags", "Merge tags", "2026-11-24", body=f"Write {TAGS} & see.")
    toml = blog.root / "digest.toml"
    toml.write_text(toml.read_text().replace("[edition.weekly]", settings))
    assert digest("--project", blog.root, "build", "--date", DATE).code == 0
    editor = blog.root / f"issues/{DATE}-weekly/editor.md"
    editor.write_text(f"{editor.read_text()}\nHello {{{{ first_name }}}}, write {TAGS}.\n")
    assert digest("--project", blog.root, "build", "--date", DATE, "--no-collect").code == 0

    told = digest("--project", blog.root, "check", "latest", "--json").out
    rules = [finding["rule"] for finding in json.loads(told)["findings"]]
    assert not {"TEMPLATE-TAG-LEFT", "MERGE-TAG"} & set(rules), told
    text = (blog.root / f"issues/{DATE}-weekly/email.txt").read_text().replace("\u200b", "")
    assert text.count("{{ first_name }}") == 2
    assert "Hello {{ first_name }}" not in text
