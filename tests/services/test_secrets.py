"""A secret shows itself nowhere, in whatever form it comes back."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import quote

import pytest

from digest.services.access.secrets import MASKED, Secrets

KEY = "k3y/with+signs"


@pytest.mark.parametrize(
    "form",
    [KEY, quote(KEY, safe=""), b64encode(KEY.encode()).decode()],
    ids=["", "quoted", "base 64"],
)
def test_a_key_is_masked_in_every_form_it_may_come_back_in(form: str) -> None:
    assert Secrets(KEY).mask(f"no account of {form} here") == f"no account of {MASKED} here"


def test_what_is_made_of_a_secret_is_masked_whole() -> None:
    """A token that holds the key would leave its other half standing, were the key masked first."""
    secrets = Secrets(KEY)
    token = secrets.add(f"{KEY}:2026:{KEY}-signed")
    assert secrets.mask(f"refused {token}") == f"refused {MASKED}"


def test_a_secret_prints_as_nothing_and_short_ones_eat_no_words() -> None:
    assert KEY not in f"{Secrets(KEY)!r} {Secrets(KEY).key!r} {Secrets(KEY).key}"
    assert Secrets("abc").mask("the abc of it") == "the abc of it"
