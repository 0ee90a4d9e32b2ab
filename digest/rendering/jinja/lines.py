"""Renders one line of text, such as a subject, from a small Jinja template about an issue."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from digest.errors import TemplateError
from digest.models import Issue

if TYPE_CHECKING:
    from digest.rendering.jinja.engine import Sandbox


def line(template: str, issue: Issue, where: str) -> str:
    """Return the line that a template makes of `issue`, white space collapsed.

    A template without braces is its own line, and costs no Jinja.

    Raises:
        TemplateError: if it cannot be rendered; `where` names the key it stands under.
    """
    # Most subjects have no braces: importing Jinja for them would be for nothing.
    if "{{" not in template and "{%" not in template:
        return " ".join(template.split())
    from jinja2 import TemplateError as JinjaError

    from digest.rendering.jinja.engine import seen, told
    from digest.rendering.jinja.limits import working

    before = seen.set({"issue": issue})
    try:
        with working():
            text = _environment().from_string(template).render(issue=issue)
    except (JinjaError, ArithmeticError, AttributeError, TypeError, ValueError, LookupError) as exc:
        hint = 'For example "{{ issue.featured.title }} and {{ issue.count - 1 }} more".'
        raise TemplateError(told(exc), where=where, hint=hint) from exc
    finally:
        seen.reset(before)
    return " ".join(text.split())


@cache
def _environment() -> Sandbox:
    from digest.rendering.jinja.engine import Sandbox

    # A subject is plain text; the page escapes it where it stands in one.
    return Sandbox(autoescape=False)
