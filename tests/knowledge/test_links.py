"""Addresses as people mistype them, and the odd ones that are right."""

from __future__ import annotations

import pytest

from digest.knowledge.links import misspelt


@pytest.mark.parametrize(
    ("address", "write"),
    [
        ("http//a.example", "http://"),
        ("https;//a.example", "https://"),
        ("https:/a.example/x", "https://"),
        ("https:///a.example", "https://"),
        ("https:a.example", "https://"),
        ("htpps://a.example", "https:"),
        ("hhtp://a.example", "http:"),
        ("https://https://a.example", "it once"),
        ("https://a..example/", "it as host.example"),
        ("https://a,example/", "it as host.example"),
        ("https://a b.example/", "it as host.example"),
        ("https://a.example:80a/", "digits, or a / before it"),
        ("www.a.example", "https:// before it"),
        ("garden.org/tulips", "https:// before it"),
        ("//a.example/", "https: before it"),
        ("ann@a.example", "mailto: before it"),
        ("mailto:ann@@a.example", "name@host.example"),
        ("mailto:a.example", "name@host.example"),
        ("mailto://ann@a.example", "name@host.example"),
        ("mailto:ann@a.example;bob@a.example", "name@host.example"),
        ("mailto:", "name@host.example"),
        ("mailto:a.example?subject=Hello", "name@host.example"),
        ("https://", "https://host.example/"),
        ("tel:call-me", "digits, such as +31201234567"),
    ],
)
def test_an_address_that_nobody_can_follow_is_told_with_what_to_write(
    address: str, write: str
) -> None:
    slip = misspelt(address)
    assert slip is not None
    assert slip.write == write


@pytest.mark.parametrize(
    "address",
    [
        *(
            "https://bücher.example/",
            "HTTPS://A.Example",
            "http://[::1]:8000/",
            "https://intranet/",
        ),
        *(
            "https://ann:word@a.example/x y?q=a@b",
            "localhost.example:8000/x",
            "https://a_b.example",
        ),
        *("mailto:ann@a.example,bob@a.example?subject=Hello", "mailto:?subject=Look", "#x", ""),
        *("tel:+31 (0)20-123.45.67", "sms:+3120?body=Hi", "whatsapp://send?text=x", "cid:a"),
        *("*|UNSUB|*", "{{ unsubscribe }}", "%%{unsubscribe_url}%%", "[[UNSUB_LINK_EN]]"),
        *("/about", "pictures/boat.png", "index.html"),
    ],
)
def test_an_address_that_may_be_meant_so_is_left_alone(address: str) -> None:
    assert misspelt(address) is None
