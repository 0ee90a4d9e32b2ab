"""Holds requests to what services say they take: official descriptions, and ours where there is none.

The official ones are read from a folder beside the project, named by DIGEST_API_SPECS; without it only
our own schemas (tests/data/services, each with its source) are held to.
"""

from __future__ import annotations

import json
import os
import re
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.services.server import Asked

ROOT = Path(__file__).resolve().parents[2]
OFFICIAL = Path(os.environ.get("DIGEST_API_SPECS", ROOT.parent / "shared" / "specs"))
OWN = ROOT / "tests" / "data" / "services"

OPENAPI = {
    "buttondown": ("buttondown.json", "https://api.buttondown.com", "/v1"),
    "brevo": ("brevo.yaml", "https://api.brevo.com", "/v3"),
    "resend": ("resend.json", "https://api.resend.com", ""),
    "sendgrid": ("sendgrid_mc_singlesends.json", "https://api.sendgrid.com", ""),
    # held to where somebody has put them there: klaviyo/openapi stable.json, Mailchimp's 3.0.55,
    # Kit's v4.json, docs/swagger/collections.yaml of listmonk
    "klaviyo": ("klaviyo.json", "https://a.klaviyo.com", ""),
    "mailchimp": ("mailchimp.json", "https://server.api.mailchimp.com", "/3.0"),
    "kit": ("kit.json", "https://api.kit.com", ""),
    "listmonk": ("listmonk.yaml", "http://localhost:9000", "/api"),
}
# what services take and their descriptions leave out; listmonk's was tried on a real one
UNDESCRIBED = {
    "sendgrid": r"/v3/scopes",
    "ghost": r"$^",
    "listmonk": r"/api/profile|/status$",
}


def have_official() -> bool:
    """Tell whether the official descriptions are there."""
    return OFFICIAL.is_dir()


def checks(name: str) -> list[Callable[[Asked], None]]:
    """Return what holds a request to a service's descriptions."""
    found: list[Callable[[Asked], None]] = []
    if (OWN / f"{name}.json").is_file():
        found.append(lambda asked: own(name, asked))
    if not have_official():
        return found
    if name in OPENAPI and (OFFICIAL / OPENAPI[name][0]).is_file():
        _openapi(name)  # read now: a shop that reads it amid a request is a slow one
        found.append(lambda asked: official(name, asked))
    if name == "ghost":
        found.append(ghost)
    return found


# ---------------------------------------------------------------- official


def official(name: str, asked: Asked) -> None:
    """Hold a request to an OpenAPI description."""
    if re.search(UNDESCRIBED.get(name, r"$^"), asked.path):
        return
    from openapi_core.testing import MockRequest

    _, host, _ = OPENAPI[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's own
        request = MockRequest(
            host,
            asked.method.lower(),
            asked.path,
            headers=asked.headers,
            args=asked.query and _flat(asked.query),
            data=asked.body or None,
            content_type=asked.headers.get("content-type", "application/json"),
        )
        _openapi(name).validate_request(request)
    _refuse_unknown(name, asked)


def _flat(query: dict[str, list[str]]) -> Any:
    from werkzeug.datastructures import ImmutableMultiDict

    return ImmutableMultiDict([(name, value) for name, many in query.items() for value in many])


def _refuse_unknown(name: str, asked: Asked) -> None:
    """Refuse fields that a description does not name, even where it does not forbid them."""
    names = {
        ("resend", "POST", "/broadcasts"): "CreateBroadcastOptions",
        ("resend", "PATCH", "/broadcasts"): "UpdateBroadcastOptions",
        ("brevo", "POST", "/v3/emailCampaigns"): "createEmailCampaign",
        ("brevo", "PUT", "/v3/emailCampaigns"): "updateEmailCampaign",
        ("sendgrid", "POST", "/v3/marketing/singlesends"): "SinglesendRequest",
        ("sendgrid", "PATCH", "/v3/marketing/singlesends"): "SinglesendRequest",
    }
    parts = asked.path.split("/")
    last = {"resend": 2, "brevo": 3, "sendgrid": 4}.get(name, 99)
    schema = names.get((name, asked.method, "/".join(parts[:last])))
    is_deeper = len(parts) > last + (asked.method != "POST")
    if schema and not is_deeper:
        known = _described(name)["components"]["schemas"][schema]["properties"]
        # newer than this description: Brevo's own client 6.0 has it
        extra = set(asked.data) - set(known) - {"mirrorActive"}
        assert not extra, f"{schema} does not know {extra}"


@cache
def _described(name: str) -> dict[str, Any]:
    path = OFFICIAL / OPENAPI[name][0]
    if path.suffix == ".json":
        found: dict[str, Any] = json.loads(path.read_text())
    else:
        import yaml

        class Loader(yaml.CSafeLoader):  # type: ignore[name-defined, misc, unused-ignore]
            """Read dates as the texts that they are: one of them is none."""

        Loader.yaml_implicit_resolvers = {
            first: [(tag, rule) for tag, rule in rules if not tag.endswith(":timestamp")]
            for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }
        found = yaml.load(path.read_text(), Loader)
    return _only_ours(found, name)


_OURS = {
    "buttondown": r"/(emails|accounts/me|api_requests)",
    "brevo": r"/(emailCampaigns|account$)",
    "resend": r"/(broadcasts|domains$)",
    "sendgrid": r"/",
    "klaviyo": r"/api/(campaigns|campaign-mess|templates|accounts)",
    "mailchimp": r"/(campaigns|$)",
    "kit": r"/v4/(broadcasts|email_templates|account$)",
    "listmonk": r"/(campaigns|templates)",
}


def _only_ours(described: dict[str, Any], name: str) -> dict[str, Any]:
    """Leave the addresses that we ask: a whole description takes seconds to look through."""
    paths = {p: v for p, v in described["paths"].items() if re.match(_OURS[name], p)}
    if name == "kit":  # its newer pages say that an update may leave any field out
        written = paths["/v4/broadcasts/{id}"]["put"]["requestBody"]["content"]
        written["application/json"]["schema"].pop("required", None)
    return {**described, "paths": paths, "security": []}


@cache
def _openapi(name: str) -> Any:
    from openapi_core import Config, OpenAPI

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        described = _without_security(_described(name))
        return OpenAPI.from_dict(described, config=Config(spec_validator_cls=None))


def _without_security(described: dict[str, Any]) -> dict[str, Any]:
    """Leave out who may ask: Kit's demands the header of OAuth of those who have a key as well."""
    for path in described["paths"].values():
        for told in path.values():
            if isinstance(told, dict):
                told.pop("security", None)
                kept = [p for p in told.get("parameters", ()) if p.get("name") != "Authorization"]
                told["parameters"] = kept
    return described


def ghost(asked: Asked) -> None:
    """Hold a request to the schemas that Ghost itself holds it to."""
    if asked.method not in ("POST", "PUT"):
        return
    name = "posts-add" if asked.method == "POST" else "posts-edit"
    _ghost_schema(name).validate(asked.data)


@cache
def _ghost_schema(name: str) -> Any:
    from jsonschema import Draft7Validator
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT7

    read = {n: json.loads((OFFICIAL / "ghost" / f"{n}.json").read_text()) for n in ("posts", name)}
    known = Registry().with_resources(
        [(schema["$id"], Resource(schema, DRAFT7)) for schema in read.values()]
    )
    return Draft7Validator(read[name], registry=known)


# ---------------------------------------------------------------- ours


def own(name: str, asked: Asked) -> None:
    """Hold a request to our own schema: the first entry whose method and path fit."""
    from jsonschema import Draft202012Validator

    for entry in _own(name)["requests"]:
        if entry["method"] == asked.method and re.fullmatch(entry["path"], asked.path):
            if "body" in entry:
                Draft202012Validator(entry["body"]).validate(asked.data)
            return
    pytest.fail(f"{name} has no {asked.method} {asked.path}")


@cache
def _own(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((OWN / f"{name}.json").read_text())
    assert found["source"].startswith("https://")
    return found
