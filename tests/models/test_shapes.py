"""What every value of the package promises: it never changes, and says only what is not usual.

`fields.txt` lists the values that stand in issue.json, in the archive and in what `--json` prints, with
what is left out where nothing else is told: older issues are read by it, so a change there is one of
the format. `DIGEST_UPDATE_GOLDENS=1` writes it anew; look at what changed before you keep it.
"""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from typing import Any

import msgspec
import pytest

import digest
from digest import models
from digest.config.tables import Strict
from digest.models import Value
from tests.golden import hold_text

FIELDS = Path(__file__).parent / "fields.txt"

for _found in pkgutil.walk_packages(digest.__path__, "digest."):
    if not _found.name.endswith("__main__"):
        importlib.import_module(_found.name)


def below(kind: Any) -> list[Any]:
    return sorted(
        {kind, *(each for below_ in kind.__subclasses__() for each in below(below_))},
        key=lambda each: (each.__module__, each.__qualname__),
    )


ALL = [each for each in below(msgspec.Struct) if each.__module__.startswith("digest.")]
KEPT = [each for each in below(Value) if each.__module__.startswith(f"{models.__name__}.")]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_no_value_can_be_changed(kind: Any) -> None:
    assert kind.__struct_config__.frozen


@pytest.mark.parametrize("kind", KEPT, ids=lambda kind: kind.__name__)
def test_a_value_leaves_out_what_is_usual_and_passes_over_what_it_does_not_know(kind: Any) -> None:
    """So an issue of an older or a newer digest can be read."""
    settings = kind.__struct_config__
    assert settings.omit_defaults
    assert not settings.forbid_unknown_fields
    assert not settings.gc  # none holds itself, and of posts there are thousands


@pytest.mark.parametrize("kind", below(Strict), ids=lambda kind: kind.__name__)
def test_a_table_of_digest_toml_takes_no_key_it_does_not_know(kind: Any) -> None:
    assert kind.__struct_config__.forbid_unknown_fields


def test_the_values_that_are_kept_are_those_that_older_issues_hold() -> None:
    told = "\n".join(map(_told, KEPT))
    hold_text(FIELDS, told)


def _told(kind: Any) -> str:
    lines = [kind.__name__]
    for field in msgspec.structs.fields(kind):
        said = f"  {field.encode_name}"
        if field.default is not msgspec.NODEFAULT:
            said += f" = {field.default!r}"
        elif field.default_factory is not msgspec.NODEFAULT:
            said += f" = {field.default_factory()!r}"
        lines.append(said)
    return "\n".join([*lines, ""])
