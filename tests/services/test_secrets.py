"""A secret shows itself nowhere, in whatever form it comes back."""

from __future__ import annotations

import os
from base64 import b64encode
from urllib.parse import quote

import pytest

from digest.errors import DigestError
from digest.models import replace
from digest.services.access.secrets import MASKED, Secrets, resolve
from digest.services.base import Capabilities, Settings

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


PLAIN = Settings(name="pigeon", key_env="K", user_env="U", where="digest.toml:7")
NEEDED = Capabilities(title="Pigeon", needs_user=True)
SPARED = Capabilities(title="Pigeon", needs_key=False)


def resolved(monkeypatch: pytest.MonkeyPatch, key: str, **named: str) -> tuple[str, str]:
    """Return key and user of a service that wants both, where the key's variable holds this."""
    monkeypatch.setattr(os, "environ", {"U": " ada ", "K": key})
    secrets = resolve(replace(PLAIN, **named), NEEDED)
    return secrets.key.reveal(), secrets.user.reveal()


def test_credentials_are_what_the_named_variables_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the blanks around it; one that is neither needed nor named is empty."""
    assert resolved(monkeypatch, " s3cret\n") == ("s3cret", "ada")
    spared = resolve(replace(PLAIN, key_env="", user_env=""), SPARED)
    assert (bool(spared.key), spared.key.reveal(), spared.user.reveal()) == (False, "", "")


@pytest.mark.parametrize(
    ("key", "named", "told"),
    [
        ("", {"key_env": ""}, "digest.toml:7: [service.pigeon] has no key_env. Name the environment variable that holds it: key_env = \"…\"."),
        ("k", {"user_env": ""}, "digest.toml:7: [service.pigeon] has no user_env. Name the environment variable that holds it: user_env = \"…\"."),
        (" ", {}, "[service.pigeon] key_env: the environment variable K is not set. Set it to the secret of pigeon, or keep that in the system's keyring."),
        ("a\nb", {}, "[service.pigeon] key_env: what K holds is broken over lines, or has characters that nobody types. Copy it again, in one line."),
    ],
    ids=["no key", "no user", "nowhere", "broken"],
)  # fmt: skip
def test_credentials_that_are_missing_are_told_with_the_next_step(
    monkeypatch: pytest.MonkeyPatch, key: str, named: dict[str, str], told: str
) -> None:
    with pytest.raises(DigestError) as caught:
        resolved(monkeypatch, key, **named)
    assert str(caught.value) == told
