"""Links that may pass for others are told to an editor who asks for more."""

from __future__ import annotations

import pytest

from digest.editing import EditingSettings
from digest.editing.edit import edit
from digest.models import RawItem, SeriesPart
from digest.workflow.gathering.homographs import in_links


def linked(url: str) -> list[str]:
    """Return what is said of a post that links there."""
    item = RawItem(identity="x", where="x", title="T", body=f'<p><a href="{url}">here</a></p>')
    return list(in_links(edit(item, "blog", EditingSettings())))


@pytest.mark.parametrize(
    "url",
    [
        "https://\u0430pple.example/",
        "https://xn--pple-43d.example/",
        "https://\u0430\u0440\u0440\u04cf\u0435.example/",
        "https://g\u03bf\u03bfgle.example/x",
        "HTTPS://XN--PPLE-43D.example/",
        "https://p%D0%B0ypal.example/",
        "https://%D0%B0%D1%80%D1%80%D3%8F%D0%B5.example/",
    ],
)
def test_a_host_that_may_pass_for_another_is_told(url: str) -> None:
    """With the letters that it is really written in."""
    (said,) = linked(url)
    assert "may pass for another site" in said
    assert "\\u0" in said


def test_a_host_is_told_once_in_whatever_ways_it_is_written() -> None:
    hosts = ("p%D0%B0ypal.example", "p\u0430ypal.example", "xn--pypal-4ve.example")
    links = "".join(f'<a href="https://{host}/">{host}</a> ' for host in hosts)
    item = RawItem(identity="x", where="x", title="T", body=f"<p>{links}</p>")
    assert len(list(in_links(edit(item, "blog", EditingSettings())))) == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://apple.example/",
        "https://m\u00fcnchen.example/",
        "https://\u043f\u043e\u0447\u0442\u0430.\u0440\u0444/",
        "https://\u5712\u82b8.example/",
        "https://m%C3%BCnchen.example/p%D0%B0ypal",
        "https://blog.example/p%D0%B0ypal",
    ],
)
def test_an_honest_name_in_any_alphabet_is_not(url: str) -> None:
    """Names in one alphabet, or with accents, are names."""
    assert linked(url) == []


def test_direction_overrides_leave_authors_and_series_too() -> None:
    """Else "moc.elpmaxe" could be shown backwards as a name."""
    item = RawItem(
        identity="x",
        where="x",
        title="A\u202eb",
        authors=("Ada\u202e Lund",),
        series=(SeriesPart(name="Qu\u2066iet\u202e hours"),),
    )
    post = edit(item, "blog", EditingSettings())
    assert post.title == "Ab"
    assert post.authors == ("Ada Lund",)
    assert [part.name for part in post.series] == ["Quiet hours"]
