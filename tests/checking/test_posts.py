"""An email of somebody else: what its text part lacks of the headlines on its page."""

from __future__ import annotations

from digest.models import Finding
from tests.checking.mail import findings

HEADLINES = "".join(
    f'<h2><a class="link" style="color:#0f6655" href="https://lamplighters.example/{n}/">{name}</a></h2>'
    for n, name in enumerate(("Of ladders", "Of foxes", "Of lanterns"))
)


def lost(*told: str) -> list[Finding]:
    """Return what TEXT-PARITY finds where the text part tells of some of the three headlines."""
    page = (("<h2>Who moved the kettle?</h2>", f"{HEADLINES}<h2>Who moved the kettle?</h2>"),)
    text = (("Who moved the kettle?\n", "\n".join(told) + "\nWho moved the kettle?\n"),)
    known = findings(page=page, text=text, is_issue=False)
    return [finding for finding in known if finding.rule == "TEXT-PARITY"]


def test_a_text_part_without_most_headlines_is_told_with_their_number_and_the_first() -> None:
    (finding,) = lost("OF LADDERS")
    assert finding.severity == "warning"
    assert finding.message.startswith(
        '2 of 3 headlines are missing from the text, the first "Of foxes"'
    )


def test_a_text_part_that_lacks_the_fewer_headlines_may_say_them_otherwise() -> None:
    assert lost("Of ladders", "Of lanterns") == []
    assert len(lost()) == 1
