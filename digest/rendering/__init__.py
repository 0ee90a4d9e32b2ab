"""Rendering: an issue becomes three pages, independent of any service; `fill` makes them text.

    Issue ──context──▶ Jinja ──tokens──▶ shape (MJML, premailer, minify; or the cache) ──▶ Page
    Page ──fill(dialect)──▶ email.html, web.html, email.txt, or another service's export

Content never meets the compiler: see `template` and `shape`. This room refuses to choose posts, to
format what an issue says, and to write files other than its cache of shapes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn

from digest.errors import ConfigError, TemplateError
from digest.knowledge.directions import in_order
from digest.models import Issue, Page, Rendered, Slotted
from digest.rendering import jinja
from digest.rendering.context import FILTERS, TEXT_FILTERS, context
from digest.rendering.look import Themes
from digest.rendering.page import (
    DIALECTS,
    TEXT_TOKEN,
    Dialect,
    LostTokens,
    MarkupFault,
    Shapes,
    dialect,
    escape,
    fill,
    late_token,
    tools,
)
from digest.rendering.unread import Unread, are_computed, astray, unread, unread_keys, unused

if TYPE_CHECKING:
    from digest.rendering.unread import Unmet

__all__ = ["DIALECTS", "Dialect", "Renderer", "dialect", "escape", "fill"]

Medium = Literal["email", "web"]


class Renderer:
    """Render issues with the templates of some folders, keeping compiled shapes in another.

    `template_roots` are searched in order: a project's `templates/` first, the shipped ones last.
    `shapes` is the folder of compiled shapes, `compiled` that of compiled templates (see there
    whose it must be); None keeps them in memory only. Templates and themes are read once: who
    expects them to have changed makes a new renderer. Safe to share between threads.
    """

    def __init__(
        self,
        template_roots: Sequence[Path],
        shapes: Path | None = None,
        compiled: Path | None = None,
    ) -> None:
        self._roots = tuple(template_roots)
        self._shapes = Shapes(shapes, self._roots[-1] / "compiled")
        self._sources = jinja.Sources(self._roots)
        made = (self._sources, jinja.CompiledTemplates(compiled))
        self._html = jinja.Templates(self._roots, FILTERS, *made)
        self._text = jinja.Templates(self._roots, TEXT_FILTERS, *made, is_text=True)
        self._themes = Themes(self._roots)
        self._made_with: dict[str, dict[str, str]] = {}

    def templates(self) -> tuple[str, ...]:
        """Return the names of all templates, sorted."""
        found = {path.parent.name for root in self._roots for path in root.glob("*/issue.mjml.j2")}
        return tuple(sorted(found))

    def theme(self, template: str, overrides: Mapping[str, str]) -> dict[str, str]:
        """Return a template's theme: its defaults, changed as the newsletter asks.

        `base` among the overrides names a ready theme, whose values come before the template's own.

        Raises:
            ConfigError: for an unknown key, a value of the wrong kind, or a text that could not be
            read on
                its ground; the hint is the nearest that works.
            UsageError: if there is no such template.
            TemplateError: if a theme file is broken.
        """
        return self._themes.theme(template, overrides)

    def made_with(self, template: str) -> dict[str, str]:
        """Return what issues in a template are made with.

        Versions of tools, a hash of its files.
        """
        if template not in self._made_with:
            self._made_with[template] = tools() | {"template": self._sources.hash_of(template)}
        return self._made_with[template]

    def themes(self) -> tuple[str, ...]:
        """Return the names of the ready themes, sorted."""
        return self._themes.names()

    def files(self, template: str) -> dict[str, Path]:
        """Return the files that a template is made of, by where they belong in its folder.

        Partials that it shares with others are among them, so that a copy of all stands on its own.

        Raises:
            TemplateError: if one of them is missing or broken.
        """
        named = {
            **self._html.parts(f"{template}/issue.mjml.j2"),
            **self._text.parts(f"{template}/issue.txt.j2"),
        }
        themes = {
            f"{template}/theme.toml": path for path in self._roots_of(f"{template}/theme.toml")[:1]
        }
        own = {
            name: path for name, path in (named | themes).items() if name.startswith(f"{template}/")
        }
        return {name.removeprefix(f"{template}/"): path for name, path in sorted(own.items())}

    def unread(self, used: Collection[str]) -> tuple[Unread, ...]:
        """Return what a project's own templates hold that nothing reads, by its place there.

        `used` are the templates of its editions.
        """
        root = self._roots[0]
        strange = astray(root.parent, root.name, self.templates())
        if not root.is_dir():  # nothing else is read, for a build that may have nothing to print
            return tuple(strange)
        own, shipped = self._sources.files(0), self._sources.files(len(self._roots) - 1)
        found = (*unused(own, used), *unread(own, shipped, used, self._read))
        within = (each.below(root.name) for each in found)
        return (*strange, *within, *self._unread_keys(own))

    def unmet(self) -> tuple[Unmet, ...]:
        """Return the rules of a project's own style sheets that fit nothing in any page."""
        root = self._roots[0]
        if not root.is_dir():  # as in most projects, whose builds read no rules of sheets
            return ()
        from digest.rendering.unread import unmet

        found = unmet(self._sources.files(0), self._sources.files(len(self._roots) - 1))
        return tuple(each._replace(file=f"{root.name}/{each.file}") for each in found)

    def _unread_keys(self, own: Mapping[str, bytes]) -> Iterator[Unread]:
        """Yield the keys of a project's own themes that no template reads."""
        texts = [text for name, text in own.items() if name.endswith(".j2")]
        for file in own:
            if not file.endswith("theme.toml") and not file.startswith("themes/"):
                continue
            with suppress(TemplateError, ConfigError):  # a broken one is told where it is used
                first, added = self._themes.added(file)
                yield from unread_keys(f"{self._roots[0].name}/{file}", added, first, texts)

    def _read(self) -> set[str]:
        """Return the names of all files that some template is made of."""
        own = self._sources.files(0)
        if are_computed(text for name, text in own.items() if name.endswith(".j2")):
            return set(own)
        found: set[str] = set()
        for template in self.templates():
            try:
                paths = [
                    *self._html.parts(f"{template}/issue.mjml.j2").values(),
                    *self._text.parts(f"{template}/issue.txt.j2").values(),
                ]
            except TemplateError:  # told where it is used; what it would read nobody knows
                return set(own)
            found |= {self._name(path) for path in paths}
        return found

    def _name(self, path: Path) -> str:
        """Return a file's name below the folder of templates that it lies in."""
        root = next(root for root in self._roots if path.is_relative_to(root))
        return path.relative_to(root).as_posix()

    def _roots_of(self, name: str) -> list[Path]:
        return [root / name for root in self._roots if (root / name).is_file()]

    def render(self, issue: Issue) -> Rendered:
        """Return the issue's pages; how long this takes depends on whether their shapes are known.

        Raises:
            TemplateError: if the template cannot be rendered; names template, line and expression.
            UsageError: if there is no such template.
            ConfigError: if the issue's theme does not fit the template.
        """
        theme = self.theme(issue.template, issue.theme)
        return Rendered(
            email=self._page(issue, theme, "email"),
            web=self._page(issue, theme, "web"),
            text=self._text_page(issue, theme),
        )

    def _page(self, issue: Issue, theme: Mapping[str, str], medium: Medium) -> Page:
        name = f"{issue.template}/issue.mjml.j2"
        seen = context(issue, theme, medium)
        mjml, values = self._html.run(name, seen)
        try:
            return self._shapes.page(mjml, values)
        except LostTokens as lost:
            self._blame_tokens(name, seen, lost)
        except MarkupFault as fault:
            self._blame_markup(name, seen, fault)

    def _text_page(self, issue: Issue, theme: Mapping[str, str]) -> Page:
        seen = context(issue, theme, "text")
        text, slots = self._text.run(f"{issue.template}/issue.txt.j2", seen)
        return _text_page(in_order(text, issue.newsletter.direction), slots)

    # ------------------------------------------------------------ blame

    def _trace(self, name: str, seen: Mapping[str, object]) -> Any:
        from digest.rendering.jinja import trace

        return trace(self._html.environment, name, seen)

    def _blame_tokens(self, name: str, seen: Mapping[str, object], lost: LostTokens) -> NoReturn:
        """Name the expression whose value could not be put in.

        Raises:
            TemplateError: always.
        """
        tokens = self._trace(name, seen).tokens
        origin = tokens[lost.tokens[0]] if lost.tokens[0] < len(tokens) else None
        if origin is None or not origin.line:
            raise TemplateError(lost.message, where=name) from lost
        raise TemplateError(
            f"{{{{ {origin.expression} }}}}: {lost.message}", where=origin.where
        ) from lost

    def _blame_markup(self, name: str, seen: Mapping[str, object], exc: MarkupFault) -> NoReturn:
        """Name the template and line of what MJML dislikes.

        Raises:
            TemplateError: always.
        """
        token = late_token(exc)
        if token is not None:
            message = (
                "MJML computes with this attribute, "
                "so only a theme value or fixed text can stand in it"
            )
            self._blame_tokens(name, seen, LostTokens(message, (token,)))
        origin = self._trace(name, seen).at(exc.line, exc.column) if exc.line else None
        raise TemplateError(exc.message, where=origin.where if origin else name) from exc


def _text_page(text: str, slots: list[Slotted]) -> Page:
    """Return a text page: what the template printed is content, with slots between."""
    parts = TEXT_TOKEN.split(text)
    values = [
        slots[int(part)] if i % 2 else Slotted(kind="text", value=part)
        for i, part in enumerate(parts)
    ]
    return Page(
        kind="text",
        segments=("",) * (len(values) + 1),
        places=tuple(range(len(values))),
        values=tuple(values),
    )
