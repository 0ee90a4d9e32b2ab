"""Ghost's Admin API: https://docs.ghost.org/admin-api/posts/overview; tried on 5.130."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from digest.errors import ConfigError, ServiceError
from digest.models import Value
from digest.services.access import HttpService
from digest.services.base import Capabilities, Copy, Draft, Letter, fragment

_API = "/ghost/api/admin"
# The longest that Ghost accepts.
_TOKEN_SECONDS = 300
# Without them Ghost takes the HTML apart into cards of its own, and every style is lost.
_CARD = ("<!--kg-card-begin: html-->", "<!--kg-card-end: html-->")


class Post(Value):
    """Read one post."""

    id: str
    slug: str = ""
    status: str = ""
    title: str = ""
    html: str | None = None
    email_subject: str | None = None
    custom_excerpt: str | None = None
    updated_at: str = ""


class Posts(Value):
    """Read an answer, which is always a list."""

    posts: tuple[Post, ...] = ()


class Ghost(HttpService):
    """Keep drafts as posts that are only mailed; the key is the slug."""

    about: ClassVar[Capabilities] = Capabilities(
        title="Ghost",
        text=False,
        is_frame=True,
        audience="optional",
        template="the frame of its own emails, with the newsletter's header and footer",
        unsubscribe="Ghost's own footer",
        plan="any, or your own server",
        limits={"subject": 300, "preheader": 300, "key": 191},
    )
    rehearsed: ClassVar[Mapping[str, Any]] = {
        "posts": [{"id": "ID", "status": "draft", "updated_at": "AT"}]
    }

    def home(self) -> str:
        """Return nothing: everybody has a site of their own."""
        return ""

    def headers(self) -> Mapping[str, str]:
        """Return the header of a token of five minutes, signed with the second half of the key."""
        return {"authorization": f"Ghost {self._token()}", "accept-version": "v5.0"}

    def _token(self) -> str:
        """Return a JSON Web Token (RFC 7519) as Ghost asks for it."""
        key_id, _, secret = self.secrets.key.reveal().partition(":")
        try:
            signing = bytes.fromhex(secret)
        except ValueError:
            signing = b""
        if not signing:
            raise ConfigError(
                "the key of ghost is not of the form id:secret",
                where=self.settings.where,
                hint="Copy the Admin API key of a custom integration.",
            )
        now = int(time.time())
        head = {"alg": "HS256", "typ": "JWT", "kid": key_id}
        claims = {"iat": now, "exp": now + _TOKEN_SECONDS, "aud": "/admin/"}
        body = f"{_packed(json.dumps(head).encode())}.{_packed(json.dumps(claims).encode())}"
        signature = hmac.new(signing, body.encode(), hashlib.sha256).digest()
        return self.secrets.add(f"{body}.{_packed(signature)}")

    def check(self) -> str:
        """Say that our key may read posts."""
        self.client.get(f"{_API}/posts/", Posts, limit=1, fields="id,slug,status,updated_at")
        return "the key may read posts"

    def find(self, letter: Letter) -> Sequence[Draft]:
        """Return the post of that slug, and its double.

        Ghost makes a second one `…-2` in silence.
        """
        slugs = (letter.key, f"{letter.key}-2")
        found = [self._by(f"{_API}/posts/slug/{slug}/") for slug in slugs]
        return [draft for draft in found if draft]

    def _by(self, path: str) -> Draft | None:
        try:
            return self._draft(self._only(self.client.get(path, Posts)))
        except ServiceError as error:
            if error.kind == "gone":
                return None
            raise

    def fetch(self, draft_id: str) -> Draft:
        """Return one post."""
        return self._draft(self._only(self.client.get(f"{_API}/posts/{draft_id}/", Posts)))

    def create(self, letter: Letter) -> Draft:
        """Make a post that is a draft."""
        data = {"posts": [{**self._payload(letter), "slug": letter.key}]}
        answer = self.client.ask("POST", f"{_API}/posts/?source=html", Posts, data=data)
        return self._draft(self._only(answer))

    def update(self, draft: Draft, letter: Letter) -> Draft:
        """Write every field anew, unless somebody changed the post since it was looked at."""
        try:
            return self._put(draft, self._payload(letter), "source=html")
        except ServiceError as error:
            # it may have been us: an answer that was lost, and the request repeated
            if error.kind != "conflict" or self.read(draft).html != fragment(letter.html):
                raise
            return self.fetch(draft.id)

    def set_back(self, draft: Draft) -> None:
        """Make it a draft again."""
        self._put(draft, {"status": "draft"}, "")

    def read(self, draft: Draft) -> Copy:
        """Return the post as Ghost keeps it."""
        found = self._only(self.client.get(f"{_API}/posts/{draft.id}/", Posts, formats="html"))
        html = (found.html or "").strip().removeprefix(_CARD[0]).removesuffix(_CARD[1]).strip()
        # its own frame shows the title above the page, so both have to say what was approved
        both = dict.fromkeys(filter(None, (found.title, found.email_subject)))
        return Copy(subject=" · ".join(both), preheader=found.custom_excerpt or "", html=html)

    def schedule(self, draft: Draft, letter: Letter, at: datetime) -> None:
        """Give the post its time, for the newsletter that the audience names."""
        moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        query = f"newsletter={letter.audience}" if letter.audience else ""
        self._put(draft, {"status": "scheduled", "published_at": moment}, query)

    def _put(self, draft: Draft, fields: Mapping[str, Any], query: str) -> Draft:
        # Ghost refuses a change that names an older version: nobody's words are written over.
        post = {**fields, "updated_at": draft.version}
        path = f"{_API}/posts/{draft.id}/" + (f"?{query}" if query else "")
        return self._draft(self._only(self.client.ask("PUT", path, Posts, data={"posts": [post]})))

    def _payload(self, letter: Letter) -> dict[str, Any]:
        return {
            "title": letter.subject,
            "html": f"{_CARD[0]}{fragment(letter.html)}{_CARD[1]}",
            "custom_excerpt": letter.preheader or None,
            "email_subject": letter.subject,
            # The site has the posts already; the issue is a mail about them.
            "email_only": True,
            "status": "draft",
        }

    def _only(self, answer: Posts) -> Post:
        if answer.posts:
            return answer.posts[0]
        raise ServiceError("ghost answered without the post", kind="unreadable")

    def _draft(self, post: Post) -> Draft:
        return Draft(
            id=post.id,
            status=post.status,
            is_draft=post.status == "draft",
            url=f"{self.client.base}/ghost/#/editor/post/{post.id}",
            name=post.title,
            version=post.updated_at,
        )


def _packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
