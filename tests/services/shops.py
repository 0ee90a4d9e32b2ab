"""The mailing services as their descriptions say they are, each in a few lines."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.services.server import KEY, USER, Asked, Reply, Shop

_REQUEST = {
    "creation_date": "2026-10-08T10:00:00Z",
    "status_code": 201,
    "path": "/v1/emails",
    "method": "POST",
    "source": "api",
    "version": "2026-04-01",
    "ip_address": "192.0.2.1",
}


class MailchimpShop(Shop):
    """Known from https://mailchimp.com/developer/marketing/api/campaigns/ as far as we use it."""

    name, word, creating = "mailchimp", "save", r"/campaigns$"
    prefix = "/3.0"
    routes = (
        ("GET", "/", "root"),
        ("GET", "/campaigns", "listed"),
        ("POST", "/campaigns", "create"),
        ("GET", "/campaigns/(?P<ref>[^/]+)", "one"),
        ("PATCH", "/campaigns/(?P<ref>[^/]+)", "update"),
        ("DELETE", "/campaigns/(?P<ref>[^/]+)", "delete"),
        ("GET", "/campaigns/(?P<ref>[^/]+)/content", "content"),
        ("PUT", "/campaigns/(?P<ref>[^/]+)/content", "fill"),
        ("GET", "/campaigns/(?P<ref>[^/]+)/send-checklist", "checklist"),
        ("POST", "/campaigns/(?P<ref>[^/]+)/actions/test", "test"),
        ("POST", "/campaigns/(?P<ref>[^/]+)/actions/schedule", "schedule"),
        ("POST", "/campaigns/(?P<ref>[^/]+)/actions/unschedule", "unschedule"),
    )

    def authorised(self, asked: Asked) -> bool:
        return asked.headers.get("authorization", "").startswith("Basic ")

    def refusal(self, status: int, words: str, where: str = "") -> Reply:
        errors = [{"field": where, "message": words}] if where else []
        body = {"type": "about:blank", "title": "Refused", "status": status, "detail": words}
        return Reply(status, {**body, "instance": "i", "errors": errors})

    def root(self, asked: Asked) -> Reply:
        return Reply(body={"account_name": "The Letter", "pricing_plan_type": "forever_free"})

    def shown(self, c: dict[str, Any]) -> dict[str, Any]:
        return {k: c[k] for k in ("id", "status", "settings")} | {"web_id": int(c["id"])}

    def listed(self, asked: Asked) -> Reply:
        start = int(asked.query.get("offset", ["0"])[0])
        found = [self.shown(c) for c in self.made[::-1]][start : start + 200]
        return Reply(body={"campaigns": found, "total_items": len(self.made)})

    def create(self, asked: Asked) -> Reply:
        return Reply(200, self.shown(self.new(asked.data, html="", plain="")))

    def content(self, asked: Asked, ref: str) -> Reply:
        c = self.drafts[ref]
        return Reply(body={"html": c["html"], "plain_text": c["plain"]})

    def fill(self, asked: Asked, ref: str) -> Reply:
        self.drafts[ref] |= {"html": asked.data["html"], "plain": asked.data["plain_text"]}
        return self.content(asked, ref)

    def checklist(self, asked: Asked, ref: str) -> Reply:
        item = {"type": "warning", "id": 1, "heading": "MonkeyRewards", "details": "is off"}
        return Reply(body={"is_ready": True, "items": [item]})

    def test(self, asked: Asked, ref: str) -> Reply:
        self.tests.append(asked.data["test_emails"])
        return Reply(204)

    def schedule(self, asked: Asked, ref: str) -> Reply:
        self.drafts[ref]["status"] = "schedule"
        return Reply(204)


class ButtondownShop(Shop):
    """Known from https://docs.buttondown.com/api-emails-introduction as far as we use it."""

    name, creating = "buttondown", r"/emails$"
    prefix = "/v1"
    routes = (
        ("GET", "/accounts/me", "root"),
        ("GET", "/emails", "listed"),
        ("POST", "/emails", "create"),
        ("GET", "/emails/(?P<ref>[^/]+)", "one"),
        ("PATCH", "/emails/(?P<ref>[^/]+)", "update"),
        ("GET", "/emails/(?P<ref>[^/]+)/renders", "renders"),
        ("POST", "/emails/(?P<ref>[^/]+)/send-draft", "test"),
        ("GET", "/api_requests", "requests"),
        ("GET", "/api_requests/(?P<number>[^/]+)", "request"),
    )

    def __init__(self) -> None:
        super().__init__()
        self.keyed: dict[str, str] = {}

    def authorised(self, asked: Asked) -> bool:
        return asked.headers.get("authorization") == f"Token {KEY}"

    def refusal(self, status: int, words: str, where: str = "") -> Reply:
        if status == 422:
            return Reply(422, {"detail": [{"loc": ["body", where], "msg": words, "type": "x"}]})
        return Reply(status, {"code": "refused", "detail": words, "metadata": {}})

    def root(self, asked: Asked) -> Reply:
        return Reply(body={"username": "letter"})

    def listed(self, asked: Asked) -> Reply:
        found = self.made
        if "status" in asked.query:
            found = [e for e in found if e["status"] in asked.query["status"]]
        if "-status" in asked.query:
            found = [e for e in found if e["status"] not in asked.query["-status"]]
        return Reply(body={"results": found, "count": len(found), "next": None})

    def create(self, asked: Asked) -> Reply:
        key = asked.headers.get("x-idempotency-key", "")
        with self.lock:
            if key not in self.keyed:
                told = {"status": "about_to_send", **asked.data}
                if self.born != self.word:
                    told["status"] = self.born
                self.keyed[key] = self.new(told)["id"]
            return Reply(201, self.answered(key))

    def answered(self, key: str) -> dict[str, Any]:
        """Return what a creation was answered; asked again it is the same, though the email is gone."""
        return self.drafts.get(self.keyed[key], {"id": self.keyed[key], "status": "draft"})

    def requests(self, asked: Asked) -> Reply:
        kept = [{"id": str(n), **_REQUEST} for n in range(len(self.creations()))]
        return Reply(body={"results": kept, "cursor": None})

    def request(self, asked: Asked, number: str) -> Reply:
        said = self.creations()[int(number)]
        heard = self.answered(said.headers["x-idempotency-key"])
        told = {"request_data": json.dumps(said.data), "response_data": json.dumps(heard)}
        return Reply(body={"id": number, **_REQUEST, **told})

    def renders(self, asked: Asked, ref: str) -> Reply:
        body = re.sub(r"<!-- buttondown[^>]*>", "", self.drafts[ref]["body"])
        page = body.replace("{{ unsubscribe_url }}", "https://buttondown.com/unsubscribe/1")
        page = page.replace("{{ email.absolute_url }}", "https://buttondown.com/letter/1")
        return Reply(body={"content": page})

    def test(self, asked: Asked, ref: str) -> Reply:
        self.tests.append(asked.data["recipients"])
        return Reply(204)


class ListmonkShop(Shop):
    """Known from https://listmonk.app/docs/apis/campaigns/ as far as we use it."""

    name, creating = "listmonk", r"/api/campaigns$"
    routes = (
        ("GET", "/api/profile", "root"),
        ("GET", "/api/templates", "templates"),
        ("GET", "/api/campaigns", "listed"),
        ("POST", "/api/campaigns", "create"),
        ("GET", "/api/campaigns/(?P<ref>[^/]+)", "one"),
        ("PUT", "/api/campaigns/(?P<ref>[^/]+)", "update"),
        ("DELETE", "/api/campaigns/(?P<ref>[^/]+)", "delete"),
        ("GET", "/api/campaigns/(?P<ref>[^/]+)/preview", "preview"),
        ("POST", "/api/campaigns/(?P<ref>[^/]+)/test", "test"),
        ("PUT", "/api/campaigns/(?P<ref>[^/]+)/status", "state"),
    )

    def authorised(self, asked: Asked) -> bool:
        return asked.headers.get("authorization") == f"token {USER}:{KEY}"

    def root(self, asked: Asked) -> Reply:
        return Reply(body={"data": {"username": "digest"}})

    def templates(self, asked: Asked) -> Reply:
        wraps = {"id": 1, "body": '<html>{{ template "content" . }}</html>', "type": "campaign"}
        passes = {"id": 2, "body": '{{ template "content" . }}', "type": "campaign"}
        return Reply(body={"data": [wraps, passes]})

    def shown(self, c: dict[str, Any]) -> dict[str, Any]:
        return {**c, "id": int(c["id"])}

    def listed(self, asked: Asked) -> Reply:
        tag = asked.query.get("tag", [""])[0]
        found = [self.shown(c) for c in self.made if tag in c["tags"]]
        return Reply(body={"data": {"results": found, "total": len(found)}})

    def create(self, asked: Asked) -> Reply:
        return Reply(200, {"data": self.shown(self.new(asked.data))})

    def one(self, asked: Asked, ref: str) -> Reply:
        if ref not in self.drafts:  # internal/core/campaigns.go: never a 404
            return self.refusal(400, "Campaign not found")
        return Reply(body={"data": self.shown(self.drafts[ref])})

    def delete(self, asked: Asked, ref: str) -> Reply:
        del self.drafts[ref]
        return Reply(200, {"data": True})

    def preview(self, asked: Asked, ref: str) -> Reply:
        page = self.drafts[ref]["body"].replace(
            "{{ UnsubscribeURL }}", "http://127.0.0.1/subscription"
        )
        page = page.replace("{{ MessageURL }}", "http://127.0.0.1/campaign")
        return Reply(200, page.encode(), {"content-type": "text/html"})

    def test(self, asked: Asked, ref: str) -> Reply:
        self.tests.append(asked.data["subscribers"])
        return Reply(200, {"data": True})

    def state(self, asked: Asked, ref: str) -> Reply:
        self.drafts[ref]["status"] = asked.data["status"]
        return self.one(asked, ref)


class BrevoShop(Shop):
    """Known from https://developers.brevo.com/reference/create-email-campaign as far as we use it."""

    name, creating = "brevo", r"/emailCampaigns$"
    prefix = "/v3"
    routes = (
        ("GET", "/account", "root"),
        ("GET", "/emailCampaigns", "listed"),
        ("POST", "/emailCampaigns", "create"),
        ("GET", "/emailCampaigns/(?P<ref>[^/]+)", "one"),
        ("PUT", "/emailCampaigns/(?P<ref>[^/]+)", "update"),
        ("PUT", "/emailCampaigns/(?P<ref>[^/]+)/status", "state"),
        ("POST", "/emailCampaigns/(?P<ref>[^/]+)/sendTest", "test"),
    )

    def authorised(self, asked: Asked) -> bool:
        return asked.headers.get("api-key") == KEY

    def refusal(self, status: int, words: str, where: str = "") -> Reply:
        return Reply(status, {"code": "invalid_parameter", "message": f"{where} {words}".strip()})

    def root(self, asked: Asked) -> Reply:
        return Reply(body={"email": "l@letter.example", "plan": [{"type": "free"}]})

    def shown(self, c: dict[str, Any]) -> dict[str, Any]:
        return {**c, "id": int(c["id"])}

    def listed(self, asked: Asked) -> Reply:
        start = int(asked.query.get("offset", ["0"])[0])
        found = [self.shown(c) for c in self.made[::-1]][start : start + 100]
        return Reply(body={"campaigns": found, "count": len(self.made)} if found else {"count": 0})

    def create(self, asked: Asked) -> Reply:
        return Reply(201, {"id": int(self.new(asked.data)["id"])})

    def update(self, asked: Asked, ref: str) -> Reply:
        self.drafts[ref] |= asked.data
        return Reply(204)

    def state(self, asked: Asked, ref: str) -> Reply:
        self.drafts[ref]["status"] = asked.data["status"]
        return Reply(204)

    def test(self, asked: Asked, ref: str) -> Reply:
        assert asked.data["emailTo"], "an empty list mails the whole test list"
        self.tests.append(asked.data["emailTo"])
        return Reply(204)


class SendGridShop(Shop):
    """Known from https://github.com/twilio/sendgrid-oai as far as we use it."""

    identity = "78261eea-8f8b-4381-83c6-000000000{}"
    name, creating = "sendgrid", r"/singlesends$"
    prefix = "/v3/marketing"
    routes = (
        ("GET", "/v3/scopes", "root"),
        ("POST", "/singlesends/search", "search"),
        ("POST", "/singlesends", "create"),
        ("GET", "/singlesends/(?P<ref>[^/]+)", "one"),
        ("PATCH", "/singlesends/(?P<ref>[^/]+)", "update"),
        ("PUT", "/singlesends/(?P<ref>[^/]+)/schedule", "schedule"),
        ("DELETE", "/singlesends/(?P<ref>[^/]+)/schedule", "unschedule"),
    )

    def refusal(self, status: int, words: str, where: str = "") -> Reply:
        return Reply(status, {"errors": [{"field": where, "message": words, "error_id": "1"}]})

    def root(self, asked: Asked) -> Reply:
        return Reply(body={"scopes": ["marketing.read"]})

    def search(self, asked: Asked) -> Reply:
        found = [s for s in self.made if asked.data["name"] in s["name"]]
        return Reply(body={"result": found, "_metadata": {"count": len(found)}})

    def create(self, asked: Asked) -> Reply:
        return Reply(201, self.new(asked.data))

    def schedule(self, asked: Asked, ref: str) -> Reply:
        self.drafts[ref]["status"] = "scheduled"
        return Reply(201, {"status": "scheduled", "send_at": asked.data["send_at"]})


class KitShop(Shop):
    """Known from https://developers.kit.com/api-reference/broadcasts as far as we use it."""

    name, creating = "kit", r"/broadcasts$"
    within = "broadcast"
    prefix = "/v4"
    routes = (
        ("GET", "/account", "root"),
        ("GET", "/email_templates", "templates"),
        ("GET", "/broadcasts", "listed"),
        ("POST", "/broadcasts", "create"),
        ("GET", "/broadcasts/(?P<ref>[^/]+)", "one"),
        ("PUT", "/broadcasts/(?P<ref>[^/]+)", "update"),
    )

    def authorised(self, asked: Asked) -> bool:
        return asked.headers.get("x-kit-api-key") == KEY

    def refusal(self, status: int, words: str, where: str = "") -> Reply:
        return Reply(status, {"errors": [f"{where} {words}".strip()]})

    def root(self, asked: Asked) -> Reply:
        return Reply(body={"account": {"name": "The Letter", "plan_type": "creator"}})

    def templates(self, asked: Asked) -> Reply:
        kinds = [{"id": 1, "category": "Classic"}, {"id": 2, "category": "Starting point"}]
        return Reply(body={"email_templates": kinds})

    def shown(self, b: dict[str, Any]) -> dict[str, Any]:
        status = b["status"]
        told = {**b, "id": int(b["id"])}
        del told["status"]
        if status != "draft":
            told["send_at"] = "2030-01-01T00:00:00Z"
        return told

    def listed(self, asked: Asked) -> Reply:
        page = {"has_next_page": False, "end_cursor": None}
        return Reply(body={"broadcasts": [self.shown(b) for b in self.made], "pagination": page})

    def create(self, asked: Asked) -> Reply:
        told = asked.data
        if told["email_template_id"] == 2 and not told.get("allow_starting_point"):
            return self.refusal(422, "replaces a Starting point", "content")
        return Reply(201, {"broadcast": self.shown(self.new(told))})

    def update(self, asked: Asked, ref: str) -> Reply:
        self.drafts[ref] |= asked.data
        if "send_at" in asked.data:
            self.drafts[ref]["status"] = "scheduled" if asked.data["send_at"] else "draft"
        return self.one(asked, ref)


class GhostShop(Shop):
    """Known from https://docs.ghost.org/admin-api/posts/overview as far as we use it."""

    name, creating = "ghost", r"/posts/$"
    prefix = "/ghost/api/admin"
    routes = (
        ("GET", "/posts/", "listed"),
        ("GET", "/posts/slug/(?P<slug>[^/]+)/", "by_slug"),
        ("POST", "/posts/", "create"),
        ("GET", "/posts/(?P<ref>[^/]+)/", "one"),
        ("PUT", "/posts/(?P<ref>[^/]+)/", "update"),
    )

    def authorised(self, asked: Asked) -> bool:
        return asked.headers.get("authorization", "").startswith("Ghost ey")

    def refusal(self, status: int, words: str, where: str = "") -> Reply:
        fault = {"message": "Refused", "context": f"{where} {words}".strip(), "type": "X"}
        return Reply(status, {"errors": [fault]})

    def listed(self, asked: Asked) -> Reply:
        return Reply(body={"posts": []})

    def shown(self, p: dict[str, Any]) -> Reply:
        return Reply(body={"posts": [p]})

    def by_slug(self, asked: Asked, slug: str) -> Reply:
        found = [p for p in self.made if p["slug"] == slug]
        return self.shown(found[0]) if found else self.refusal(404, "Resource not found")

    def create(self, asked: Asked) -> Reply:
        assert asked.query["source"] == ["html"]
        post = dict(asked.data["posts"][0])
        if any(p["slug"] == post["slug"] for p in self.made):
            post["slug"] += "-2"
        told = post.pop("status")
        made = self.new(post, updated_at="2026-01-01T00:00:01.000Z")
        made["status"] = self.born if self.born != self.word else told
        return Reply(201, {"posts": [made]})

    def one(self, asked: Asked, ref: str) -> Reply:
        return self.shown(self.drafts[ref])

    def update(self, asked: Asked, ref: str) -> Reply:
        post, kept = asked.data["posts"][0], self.drafts[ref]
        if post["updated_at"] != kept["updated_at"]:
            return self.refusal(409, "Someone else is editing this post")
        second = int(kept["updated_at"][17:19]) + 1
        kept |= {**post, "updated_at": f"2026-01-01T00:00:{second:02}.000Z"}
        return self.one(asked, ref)


class ResendShop(Shop):
    """Known from https://resend.com/docs/api-reference/broadcasts as far as we use it."""

    identity = "78261eea-8f8b-4381-83c6-000000000{}"
    name, creating = "resend", r"/broadcasts$"
    routes = (
        ("GET", "/domains", "root"),
        ("GET", "/broadcasts", "listed"),
        ("POST", "/broadcasts", "create"),
        ("GET", "/broadcasts/(?P<ref>[^/]+)", "one"),
        ("PATCH", "/broadcasts/(?P<ref>[^/]+)", "update"),
        ("POST", "/broadcasts/(?P<ref>[^/]+)/cancel", "cancel"),
    )

    def refusal(self, status: int, words: str, where: str = "") -> Reply:
        told = {"statusCode": status, "name": "refused", "message": f"{where} {words}".strip()}
        return Reply(status, told)

    def root(self, asked: Asked) -> Reply:
        return Reply(body={"data": [{"name": "letter.example", "status": "verified"}]})

    def listed(self, asked: Asked) -> Reply:
        short = [{k: b[k] for k in ("id", "name", "status")} for b in self.made]
        return Reply(body={"object": "list", "has_more": False, "data": short})

    def create(self, asked: Asked) -> Reply:
        assert asked.data.get("send") in (False, None)
        return Reply(201, {"id": self.new(asked.data)["id"], "object": "broadcast"})

    def update(self, asked: Asked, ref: str) -> Reply:
        self.drafts[ref] |= asked.data
        return Reply(200, {"id": ref})

    def cancel(self, asked: Asked, ref: str) -> Reply:
        self.drafts[ref]["status"] = "draft"
        return Reply(200, {"id": ref})


class MailjetShop(Shop):
    """Known from https://dev.mailjet.com/email/reference/campaigns/drafts/ as far as we use it."""

    name, creating = "mailjet", r"/campaigndraft$"
    prefix = "/v3/REST"
    routes = (
        ("GET", "/user", "root"),
        ("GET", "/campaigndraft", "listed"),
        ("POST", "/campaigndraft", "create"),
        ("GET", "/campaigndraft/(?P<ref>[^/]+)", "one"),
        ("PUT", "/campaigndraft/(?P<ref>[^/]+)", "update"),
        ("GET", "/campaigndraft/(?P<ref>[^/]+)/detailcontent", "content"),
        ("POST", "/campaigndraft/(?P<ref>[^/]+)/detailcontent", "fill"),
        ("POST", "/campaigndraft/(?P<ref>[^/]+)/test", "test"),
        ("DELETE", "/campaigndraft/(?P<ref>[^/]+)/schedule", "unschedule"),
    )

    def authorised(self, asked: Asked) -> bool:
        return asked.headers.get("authorization", "").startswith("Basic ")

    def refusal(self, status: int, words: str, where: str = "") -> Reply:
        told = {"ErrorMessage": words, "ErrorRelatedTo": where, "StatusCode": status}
        return Reply(status, told)

    def root(self, asked: Asked) -> Reply:
        return Reply(body={"Count": 1, "Data": [{"Username": "letter"}], "Total": 1})

    def shown(self, c: dict[str, Any]) -> dict[str, Any]:
        state = {"draft": 0, "scheduled": 1, "sent": 2}[c["status"]]
        return {"ID": int(c["id"]), "Status": state, "Title": c["Title"], "Subject": c["Subject"]}

    def listed(self, asked: Asked) -> Reply:
        return Reply(body={"Count": 0, "Data": [self.shown(c) for c in self.made]})

    def create(self, asked: Asked) -> Reply:
        made = self.new(asked.data, html="", text="")
        return Reply(201, {"Count": 1, "Data": [self.shown(made)]})

    def one(self, asked: Asked, ref: str) -> Reply:
        return Reply(body={"Count": 1, "Data": [self.shown(self.drafts[ref])]})

    def content(self, asked: Asked, ref: str) -> Reply:
        c = self.drafts[ref]
        return Reply(body={"Data": [{"Html-part": c["html"], "Text-part": c["text"]}]})

    def fill(self, asked: Asked, ref: str) -> Reply:
        self.drafts[ref] |= {"html": asked.data["Html-part"], "text": asked.data["Text-part"]}
        return Reply(201, {"Data": []})

    def test(self, asked: Asked, ref: str) -> Reply:
        self.tests.append([r["Email"] for r in asked.data["Recipients"]])
        return Reply(201, {"Data": []})


class MailerLiteShop(Shop):
    """Known from https://developers.mailerlite.com/docs/campaigns.html as far as we use it."""

    name, creating = "mailerlite", r"/campaigns$"
    within = "data"
    prefix = "/api"
    routes = (
        ("GET", "/campaigns", "listed"),
        ("POST", "/campaigns", "create"),
        ("GET", "/campaigns/(?P<ref>[^/]+)", "one"),
        ("PUT", "/campaigns/(?P<ref>[^/]+)", "update"),
        ("POST", "/campaigns/(?P<ref>[^/]+)/cancel", "cancel"),
    )

    def refusal(self, status: int, words: str, where: str = "") -> Reply:
        return Reply(status, {"message": "Refused.", "errors": {where or "x": [words]}})

    def listed(self, asked: Asked) -> Reply:
        wanted = asked.query.get("filter[status]", [""])[0]
        found = [c for c in self.made if wanted in ("", c["status"])]
        return Reply(body={"data": found})

    def create(self, asked: Asked) -> Reply:
        more = {"missing_data": [], "warnings": ["the subject is long"]}
        return Reply(201, {"data": self.new(asked.data, **more)})

    def cancel(self, asked: Asked, ref: str) -> Reply:
        self.drafts[ref]["status"] = "draft"
        return self.one(asked, ref)


class KeilaShop(Shop):
    """Known from https://www.keila.io/api as far as we use it."""

    name, creating = "keila", r"/campaigns$"
    within = "data"
    prefix = "/api/v1"
    routes = (
        ("GET", "/campaigns", "listed"),
        ("POST", "/campaigns", "create"),
        ("GET", "/campaigns/(?P<ref>[^/]+)", "one"),
        ("PATCH", "/campaigns/(?P<ref>[^/]+)", "update"),
        ("DELETE", "/campaigns/(?P<ref>[^/]+)", "delete"),
    )

    def refusal(self, status: int, words: str, where: str = "") -> Reply:
        fault = {"status": str(status), "title": words, "detail": f"{where} {words}".strip()}
        return Reply(status, {"errors": [fault]})

    def shown(self, c: dict[str, Any]) -> dict[str, Any]:
        told = {k: v for k, v in c.items() if k != "status"}
        return told if c["status"] == "draft" else {**told, "scheduled_for": "2030-01-01T00:00:00Z"}

    def listed(self, asked: Asked) -> Reply:
        return Reply(body={"data": [self.shown(c) for c in self.made], "meta": {"page": 0}})

    def create(self, asked: Asked) -> Reply:
        return Reply(200, {"data": self.shown(self.new(asked.data["data"]))})

    def update(self, asked: Asked, ref: str) -> Reply:
        self.drafts[ref] |= asked.data["data"]
        return self.one(asked, ref)


class KlaviyoShop(Shop):
    """Known from https://github.com/klaviyo/openapi as far as we use it."""

    name, word, creating = "klaviyo", "Draft", r"/campaigns$"
    within = "data"
    prefix = "/api"
    routes = (
        ("GET", "/accounts", "root"),
        ("GET", "/campaigns", "listed"),
        ("POST", "/campaigns", "create"),
        ("GET", "/campaigns/(?P<ref>[^/]+)", "one"),
        ("PATCH", "/campaigns/(?P<ref>[^/]+)", "update"),
        ("DELETE", "/campaigns/(?P<ref>[^/]+)", "delete"),
        ("GET", "/campaigns/(?P<ref>[^/]+)/campaign-messages", "messages"),
        ("PATCH", "/campaign-messages/m(?P<ref>[^/]+)", "message"),
        ("GET", "/templates", "templates"),
        ("POST", "/templates", "template"),
        ("DELETE", "/templates/(?P<template>[^/]+)", "untemplate"),
        ("POST", "/campaign-message-assign-template", "assign"),
    )

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, dict[str, Any]] = {}

    def authorised(self, asked: Asked) -> bool:
        assert asked.headers.get("revision"), "a request without a revision is refused"
        return asked.headers.get("authorization") == f"Klaviyo-API-Key {KEY}"

    def refusal(self, status: int, words: str, where: str = "") -> Reply:
        fault = {"id": "1", "status": status, "code": "invalid", "title": "Refused."}
        more = {"detail": words, "source": {"pointer": f"/data/attributes/{where}"}}
        return Reply(status, {"errors": [{**fault, **more}]})

    def root(self, asked: Asked) -> Reply:
        told = {"contact_information": {"organization_name": "The Letter"}}
        return Reply(body={"data": [{"type": "account", "id": "1", "attributes": told}]})

    def shown(self, c: dict[str, Any]) -> dict[str, Any]:
        told = {"name": c["name"], "status": c["status"]}
        return {"type": "campaign", "id": c["id"], "attributes": told}

    def listed(self, asked: Asked) -> Reply:
        key = re.search(r'contains\(name,"(.*?)"\)', asked.query["filter"][0])[1]  # type: ignore[index]
        return Reply(body={"data": [self.shown(c) for c in self.made if key in c["name"]]})

    def create(self, asked: Asked) -> Reply:
        told = asked.data["data"]["attributes"]
        head = told["campaign-messages"]["data"][0]["attributes"]["definition"]
        made = self.new({"name": told["name"], "head": head, "page": None})
        return Reply(201, {"data": self.shown(made)})

    def update(self, asked: Asked, ref: str) -> Reply:
        self.drafts[ref]["name"] = asked.data["data"]["attributes"]["name"]
        return self.one(asked, ref)

    def messages(self, asked: Asked, ref: str) -> Reply:
        c = self.drafts[ref]
        head = {
            "type": "campaign-message",
            "id": f"m{ref}",
            "attributes": {"definition": c["head"]},
        }
        page = [{"type": "template", "id": f"t{ref}", "attributes": c["page"]}] if c["page"] else []
        # only to whoever asks for it: https://developers.klaviyo.com/en/reference/api_overview
        is_asked = "template" in asked.query.get("include", [])
        return Reply(body={"data": [head], "included": page if is_asked else []})

    def message(self, asked: Asked, ref: str) -> Reply:
        self.drafts[ref]["head"] = asked.data["data"]["attributes"]["definition"]
        return Reply(200, {"data": {"type": "campaign-message", "id": f"m{ref}"}})

    def templates(self, asked: Asked) -> Reply:
        found = [{"type": "template", "id": k, "attributes": v} for k, v in self.kept.items()]
        return Reply(body={"data": found})

    def template(self, asked: Asked) -> Reply:
        with self.lock:
            self.number += 1
            self.kept[str(self.number)] = asked.data["data"]["attributes"]
            return Reply(201, {"data": {"type": "template", "id": str(self.number)}})

    def untemplate(self, asked: Asked, template: str) -> Reply:
        return Reply(204 if self.kept.pop(template, None) else 404)

    def assign(self, asked: Asked) -> Reply:
        message = asked.data["data"]["id"][1:]
        named = asked.data["data"]["relationships"]["template"]["data"]["id"]
        self.drafts[message]["page"] = dict(self.kept[named])
        return Reply(200, {"data": {"type": "campaign-message", "id": f"m{message}"}})


SHOPS: tuple[type[Shop], ...] = (
    MailchimpShop,
    ButtondownShop,
    ListmonkShop,
    BrevoShop,
    SendGridShop,
    KitShop,
    GhostShop,
    ResendShop,
    MailjetShop,
    MailerLiteShop,
    KeilaShop,
    KlaviyoShop,
)
