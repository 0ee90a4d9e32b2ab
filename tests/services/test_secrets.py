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


def test_a_key_of_two_halves_is_masked_whole_and_in_its_second_alone() -> None:
    """The longer form first, or the rest of it would be left standing."""
    pair = b64encode(b"ada:id:s3cret").decode()
    text = f"id:s3cret, s3cret, {pair}, ada, id"
    assert Secrets("id:s3cret", "ada").mask(text) == f"{MASKED}, {MASKED}, {MASKED}, ada, id"


@pytest.mark.parametrize(
    ("key", "told"), [("abc", "the abc of it"), ("abcd", f"the {MASKED} of it")]
)
def test_what_is_shorter_than_four_letters_is_no_secret(key: str, told: str) -> None:
    assert Secrets(key).mask(f"the {key} of it") == told
    assert Secrets(f"id:{key}").mask(f"the {key} of it") == told


def test_a_secret_prints_as_nothing_and_short_ones_eat_no_words() -> None:
    assert KEY not in f"{Secrets(KEY)!r} {Secrets(KEY).key!r} {Secrets(KEY).key}"
    assert Secrets("abc").mask("the abc of it") == "the abc of it"
