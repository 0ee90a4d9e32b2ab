"""What is done with the issue as it is: check, approve, export, a test, a draft."""

from __future__ import annotations

from digest.preview.live import EMAIL, Facts
from digest.preview.page.markup import Inside, Markup, tag
from digest.preview.page.view import View
from digest.preview.views import SAMPLE_SERVICES


def handing(facts: Facts, view: View) -> Markup:
    """Return every action; each shows what will happen before anything does."""
    return tag(
        "div",
        _part("Check", _check(facts, view)),
        _part("Approve", _approve(facts)),
        _part("Take it along", _export(facts)),
        _part("Send a test", _test()),
        _part("Leave a draft", _draft(facts)),
        tag("p", "Nothing here sends to subscribers.", class_="about"),
    )


def _part(title: str, *inside: Inside) -> Markup:
    return tag("section", tag("h3", title), *inside, class_="deed")


def _check(facts: Facts, view: View) -> Markup:
    counts = {s: sum(f.severity == s for f in facts.findings) for s in ("error", "warning")}
    told = ", ".join(f"{n} {s}{'s' if n != 1 else ''}" for s, n in counts.items() if n)
    link = tag("a", "See what was found", href=view.link(panel="findings"))
    return tag("p", told or "Nothing to complain of.", " ", link if facts.findings else None)


def _approve(facts: Facts) -> Markup:
    if facts.shown.state == "delivered":
        return tag("p", "It was delivered; its seal stays.")
    if facts.shown.state == "approved":
        return _form("withdraw", tag("p", "Its bytes are sealed."), button="Take it back …")
    reason = tag("input", type="text", name="reason", autocomplete="off")
    why = tag("label", tag("span", "Reason, if errors stand"), reason)
    has_errors = any(finding.severity == "error" for finding in facts.findings)
    return _form("approve", why if has_errors else None, button="Approve …")


def _export(facts: Facts) -> Markup:
    service = facts.shown.issue.service
    names = list(dict.fromkeys(["plain", service, *SAMPLE_SERVICES]))
    options = [tag("option", name, selected=name == service) for name in names]
    size = len(facts.shown.outputs[EMAIL])
    issue = tag("input", type="hidden", name="issue", value=facts.shown.id)
    label = tag("label", tag("span", "In the dialect of"), tag("select", *options, name="service"))
    buttons = [
        tag("button", name, type="submit", name="form", value=value)
        for name, value in (("HTML", "html"), ("Text", "text"), ("Zip", "zip"))
    ]
    copy = tag("button", "Copy the HTML", type="button", class_="acts", data_copy=True)
    told = f"About {size:,} bytes, with its merge tags; nothing leaves this computer."
    return tag(
        "form",
        issue,
        tag("p", told, class_="about"),
        label,
        tag("div", "Download:", *buttons, copy, class_="buttons"),
        action="/export",
        class_="value export",
    )


def _test() -> Markup:
    field = tag("input", type="text", name="address", inputmode="email", autocomplete="email",
                placeholder="you@example.org")  # fmt: skip
    return _form("test", tag("label", tag("span", "To"), field), button="Send a test …")


def _draft(facts: Facts) -> Markup:
    services = facts.services
    if not services:
        told = "No service is configured: add a [service.NAME] to digest.toml."
        return tag("p", told, class_="about")
    if facts.shown.is_draft:
        return tag("p", "Once it is approved.", class_="about")
    own = facts.shown.issue.service
    options = [tag("option", name, selected=name == own) for name in services]
    to = tag("label", tag("span", "At"), tag("select", *options, name="to"))
    whom = tag("label", tag("span", "Audience"), tag("input", type="text", name="audience"))
    return _form("draft", to, whom, button="Leave a draft …")


def _form(do: str, *inside: Inside, button: str) -> Markup:
    submit = tag("button", button, type="submit")
    return tag("form", *inside, submit, data_do=do, class_="value acts")
