"""The source kind `wordpress`: a site's posts through its REST API.

Incremental by the time of modification, and reconciled by ids every time, since neither a withdrawn
post nor a scheduled one that comes out shows as a modification. Of a post behind a password nothing
but its number is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any
from zoneinfo import ZoneInfo

from digest.addresses import place_of
from digest.errors import ConfigError, FetchError, HttpStatusError, SourceError, TooLarge
from digest.fetching import Fetcher
from digest.machine.hashing import sha256
from digest.models import Problem, RawItem, Term, decode, encode, key, replace
from digest.sources.base import EMPTY, Batch, SourceSettings, lacks, seam
from digest.sources.reading import AROUND, zone_of
from digest.sources.wordpress import memory, posts
from digest.sources.wordpress.access import authorization
from digest.sources.wordpress.api import Answer, Api, find_api

MOST_PER_PAGE = 100
# Posts with whole books in them: their page must fit into what may be fetched at once.
SMALLER_PAGES = (20, 4, 1)
MAX_POSTS = 10_000

# A busy site may change between two pages of one scan, hardly during all of three.
_ID_SCANS = 3
REPEATED = (
    "gives the same page again instead of the next, as a cache does that passes over ?page=, so "
    "only its newest posts were read"
)


class WordPressSource:
    """Read a WordPress site.

    Options: `per_page`, `post_type` (the plural in the API's addresses), `series_taxonomy`, `tags`
    and `categories` (only posts with one of these, the categories below one not counted),
    `taxonomies` (whose terms count as tags), `max_posts`. A private blog is asked by an application
    password: `user_env` and `key_env` name the environment variables that hold user and password.
    """

    def __init__(self, settings: SourceSettings, fetcher: Fetcher) -> None:
        self._settings = settings
        self._fetcher = fetcher
        self._zone = zone_of(settings)
        self._per_page = self._number("per_page", MOST_PER_PAGE, most=MOST_PER_PAGE)
        self._max_posts = self._number("max_posts", MAX_POSTS)
        self._post_type = self._word("post_type", "posts")
        self._series = self._word("series_taxonomy", "")
        self._topics = self._words("taxonomies")
        self._headers = authorization(settings)
        self._filters = {field: self._words(field) for field in ("tags", "categories")}

    def collect(self, state: Mapping[str, str], *, full: bool = False) -> Batch:
        """Return what changed since `state`, or everything when `full`; see `Source`.

        Raises:
            SourceError: if there is no open WordPress API, or it answers with something else.
            FetchError: if the site cannot be fetched.
        """
        before = {} if full else memory.still_good(state, self._facts())
        if batch := self._unchanged(before):
            return batch
        api = find_api(self._settings.url, self._fetcher, self._headers)
        # Another site counts its posts anew: ids of the old one mean nothing there.
        afresh = full or before.get("site") != api.root
        run = _Run(
            api, self._post_type, self._filter(api), self._zone, self._per_page, self._max_posts
        )
        run.learn_taxonomies(self._series, self._topics)
        signs = memory.signs_or_none(api, run.route, run.query)
        watermark = "" if afresh else state.get("watermark", "")
        run.read(modified_after=memory.a_little_before(watermark))
        ids = run.present_ids()
        known = (
            set()
            if afresh
            else {int(i) for i in state.get("known", "").split(",") if i.isdecimal()}
        )
        # What is there and was not read: scheduled posts that came out show no modification.
        if ids is not None and not run.capped:
            run.read_ids(sorted(ids - known - run.items.keys(), reverse=True))
        batch = run.batch(ids, watermark)
        kept = {
            **batch.state,
            "facts": self._facts(),
            "signs": signs,
            "query": encode(run.query).decode(),
        }
        return replace(batch, state=memory.remembering(kept, batch, run.left_out))

    def _unchanged(self, before: Mapping[str, str]) -> Batch | None:
        """Return what is known if two small requests show that nothing changed.

        None if it may have. The site's address is not looked up again either: where it moved to
        shows in its answers.
        """
        if not before.get("signs"):
            return None
        try:
            api = Api(before["site"], self._fetcher, self._headers)
            query = decode(before.get("query", "{}").encode(), dict[str, str])
            same = memory.signs(api, f"wp/v2/{self._post_type}", query) == before["signs"]
        except (SourceError, HttpStatusError, ValueError):  # it moved, or its memory is damaged
            return None
        except FetchError:
            if place_of(before["site"]) == place_of(self._settings.url):
                raise
            return None  # the host is gone, and its old address may tell of a new one
        return memory.as_before(before) if same else None

    def _facts(self) -> str:
        """Return what makes a memory useless when it changes: the address and all options."""
        # The size of pages changes how posts are asked for, and not which.
        options = {n: said for n, said in self._settings.options.items() if n != "per_page"}
        facts = [self._settings.url, options, memory.VERSION]
        return sha256(encode(facts))[:16]

    def _filter(self, api: Api) -> dict[str, str]:
        """Return the query for the tags and categories asked for, by their ids."""
        return {
            field: ",".join(str(_term_id(api, field, word)) for word in words)
            for field, words in self._filters.items()
            if words
        }

    def _number(self, name: str, default: int, most: int = 1_000_000) -> int:
        value = self._settings.options.get(name, default)
        # TOML tells true from 1, Python does not.
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most:
            return value
        raise self._wrong(name, f"a whole number from 1 to {most}", str(default))

    def _word(self, name: str, default: str) -> str:
        value = self._settings.options.get(name, default)
        if isinstance(value, str) and all(c.isalnum() or c in "-_" for c in value):
            return value or default
        expected = "the name in the API's addresses, of letters, digits, - and _"
        raise self._wrong(name, expected, f'"{default or "…"}"')

    def _words(self, name: str) -> tuple[str, ...]:
        value = self._settings.options.get(name, ())
        words = (value,) if isinstance(value, str) else value
        if isinstance(words, Sequence) and all(
            isinstance(word, str) and word.strip() for word in words
        ):
            return tuple(words)
        raise self._wrong(name, "a list of slugs", '["…", "…"]')

    def _wrong(self, name: str, expected: str, as_in: str) -> ConfigError:
        message = f'[[source]] "{self._settings.name}" {name}: expected {expected}'
        return ConfigError(message, where=self._settings.where, hint=f"Write {name} = {as_in}.")


class _Run:
    """Gather one collect: posts by id, the names of terms, what was skipped and what is wrong."""

    def __init__(
        self,
        api: Api,
        post_type: str,
        query: dict[str, str],
        zone: ZoneInfo,
        per_page: int,
        max_posts: int,
    ) -> None:
        self._api = api
        self.route = f"wp/v2/{post_type}"
        self.query = query
        self._zone = zone
        self._per_page = self._page_size = per_page
        self._max_posts = max_posts
        self._taxonomies = posts.read_taxonomies({})
        self._terms: dict[tuple[str, int], Term | None] = {}
        self._skipped: set[int] = set()
        self._problems: list[Problem] = []
        self._now = ""
        self.items: dict[int, RawItem] = {}
        self.capped = False
        self.left_out: list[Problem] = []

    def learn_taxonomies(self, chosen: str, topics: Sequence[str]) -> None:
        """Find the taxonomies that are series; a site that hides them has posts all the same."""
        try:
            data = self._api.ask("wp/v2/taxonomies").data
        except (
            SourceError
        ) as exc:  # refused, which lasts; a failure that passes must not cost the series
            self._problem(
                self._api.place(), f"its taxonomies cannot be read, so series may be missing: {exc}"
            )
            data = {}
        self._problems += posts.unlisted(data, (chosen, *topics), self._api.place())
        self._taxonomies = posts.read_taxonomies(data, chosen, topics)

    def read(self, **query: object) -> None:
        """Read the posts of a query, with smaller pages where the site's are too large to take."""
        while True:
            try:
                return self._read(query)
            except TooLarge:
                self._page_size = next(
                    (size for size in SMALLER_PAGES if size < self._page_size), 0
                )
                if not self._page_size:
                    raise

    def _read(self, query: Mapping[str, object]) -> None:
        own = (*self._taxonomies.series, *self._taxonomies.topics)
        fields = ",".join([*posts.FIELDS, *own, "_links", "_embedded"])
        pages = self._api.pages(
            self.route, self._page_size, embed=posts.EMBEDS, fields=fields, **self.query, **query
        )
        for page in pages:
            self._now = self._now or page.date
            self._learn_terms(page.data)
            for post in page.data:
                if len(self.items) >= self._max_posts and post.get("id") not in self.items:
                    return self._stop(page)
                with self._seam(post):
                    self._take(post)
        return None

    def _seam(self, post: Mapping[str, Any]) -> AbstractContextManager[None]:
        return seam(str(post.get("link") or self._api.place()), self._problems)

    def _stop(self, page: Answer) -> None:
        self.capped = True
        among = f" of {page.total:,}" if page.total else ""
        message = (
            f"only the newest {len(self.items):,}{among} posts were read; max_posts allows more"
        )
        self._problem(self._api.place(), message)

    def read_ids(self, ids: list[int]) -> None:
        """Read single posts: scheduled ones that came out, and those a shifting page hid."""
        for start in range(0, len(ids), MOST_PER_PAGE):
            self.read(include=",".join(map(str, ids[start : start + MOST_PER_PAGE])))

    def _take(self, post: Mapping[str, Any]) -> None:
        post_id = post.get("id")
        if not isinstance(post_id, int):
            self._problem(
                str(post.get("link") or self._api.place()), "a post without an id was left out"
            )
        elif why := posts.why_hidden(post):
            self._skip(post_id, why)
        else:
            if refused := posts.author_refused(post):
                self._problem(self._api.place(), refused)
            item = posts.read_post(post, self._taxonomies, self._term, self._zone)
            if item.title or item.body or item.summary:
                self.items[post_id] = item
                self._problems += lacks(item)
            else:
                self._skip(post_id, EMPTY, item.where)

    def _skip(self, post_id: int, why: str, where: str = "") -> None:
        """Count a post that does not belong.

        The address of a hidden one would give its title away.
        """
        self._skipped.add(post_id)
        where = where or self._api.post(post_id)
        self._problem(where, why)
        self.left_out.append(Problem(where=where, message=why))

    def _term(self, field: str, term_id: int) -> Term | None:
        return self._terms.get((field, term_id))

    def _learn_terms(self, page: Iterable[Mapping[str, Any]]) -> None:
        """Learn the names of all terms of a page.

        Ten came with each post, the others are asked for.
        """
        wanted: dict[str, set[int]] = {}
        for post in page:
            with self._seam(post):
                for field, term_id, term in posts.embedded_terms(post, self._taxonomies):
                    self._terms[field, term_id] = term
                own = (*self._taxonomies.series, *self._taxonomies.topics)
                for field in ("tags", "categories", *own):
                    wanted.setdefault(field, set()).update(posts.term_ids(post, field))
        for field, ids in wanted.items():
            missing = sorted(term_id for term_id in ids if (field, term_id) not in self._terms)
            for start in range(0, len(missing), MOST_PER_PAGE):
                self._ask_terms(field, missing[start : start + MOST_PER_PAGE])

    def _ask_terms(self, field: str, ids: list[int]) -> None:
        # Asked once: a term that the site does not tell is not asked for with each page.
        self._terms.update({(field, term_id): None for term_id in ids})
        query = {"include": ",".join(map(str, ids)), "fields": "id,name,slug"}
        try:
            for page in self._api.pages(f"wp/v2/{field}", MOST_PER_PAGE, **query):
                for entry in page.data:
                    self._terms[field, entry.get("id", 0)] = posts.read_term(entry)
        except SourceError as exc:
            self._problem(
                self._api.place(), f"the names of {len(ids)} {field} cannot be read: {exc}"
            )

    def present_ids(self) -> set[int] | None:
        """Return the ids of all public posts; None if the site changed each time we were counting.

        A post that goes away between two pages moves another one out of sight, which would look
        withdrawn.
        """
        for _ in range(_ID_SCANS):
            totals, found = set(), {}
            for page in self._api.pages(
                self.route,
                self._per_page,
                fields="id,content.protected",
                # By id, so that nothing published meanwhile moves another post onto a page that was
                # read.
                orderby="id",
                order="asc",
                **self.query,
            ):
                totals.add(page.total)
                if not all(isinstance(post.get("id"), int) for post in page.data):
                    # an object without an id may be any post: none can be called withdrawn
                    return None
                found.update({post["id"]: posts.why_hidden(post) for post in page.data})
            if self._api.repeated:
                return None
            # All pages counted the same posts, so that none slipped between two of them.
            if len(totals) <= 1:
                for post_id, why in found.items():
                    if why:
                        self._skip(post_id, why)
                return found.keys() - self._skipped
        self._problem(
            self._api.place(), "posts kept coming and going, so withdrawn ones were not looked for"
        )
        return None

    def batch(self, ids: set[int] | None, watermark: str) -> Batch:
        """Return what was gathered, and the state for next time."""
        if self._api.notices:
            self._problem(min(self._api.notices), AROUND)
        if self._api.repeated:
            self._problem(min(self._api.repeated), REPEATED)
        gone = set() if ids is None else self.items.keys() - ids
        items = tuple(item for post_id, item in self.items.items() if post_id not in gone)
        present = None if ids is None else frozenset(map(posts.identity, ids))
        state = {"site": self._api.root, "watermark": self._watermark(watermark)}
        if ids is not None:
            state["known"] = ",".join(map(str, sorted(ids)))
        return Batch(
            items=items,
            problems=tuple(self._problems),
            skipped=len(self._skipped),
            unchanged=0 if ids is None else len(ids - self.items.keys()),
            present=present,
            state=state,
        )

    def _watermark(self, before: str) -> str:
        """Return the time of the latest change seen, none that the site has yet to reach."""
        seen = [item.updated_at for item in self.items.values() if item.updated_at]
        latest = max([f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in seen], default="")
        # A scheduled post may be dated years ahead: such a mark would hide all changes until then.
        return min(max(before, latest), memory.moment(self._now) or max(before, latest))

    def _problem(self, where: str, message: str) -> None:
        problem = Problem(where=where, message=message)
        if problem not in self._problems:
            self._problems.append(problem)


def _term_id(api: Api, field: str, word: str) -> int:
    """Return the id of a tag or category by its slug, else by its name."""
    wanted = key(word)
    # By its slug at once; WordPress finds a name by any of its words.
    for query in ({"slug": wanted}, {"search": max(wanted.split("-"), key=len)}):
        for page in api.pages(f"wp/v2/{field}", MOST_PER_PAGE, fields="id,name,slug", **query):
            for entry in page.data:
                if wanted in posts.read_term(entry).keys and isinstance(entry.get("id"), int):
                    return int(entry["id"])
    raise SourceError(
        f'there is no {"tag" if field == "tags" else "category"} "{word}"',
        where=api.place(),
        hint=f"Look it up on the site, and correct {field} of this source in digest.toml.",
    )
