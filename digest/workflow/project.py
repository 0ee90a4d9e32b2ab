"""Opens the rooms of one project, each when it is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from threading import local
from typing import TYPE_CHECKING

from digest.config import Config, find_project, load, located, missing
from digest.config.tables import FILE_NAME, words
from digest.errors import ConfigError
from digest.issue.folder import IssueFolders
from digest.machine.own_cache import user_folder
from digest.workflow.editions import Editions

if TYPE_CHECKING:
    from digest.archive import Archive
    from digest.editing import EditingSettings
    from digest.issue.series import Linked, Numbered
    from digest.models import Edition, Post
    from digest.rendering import Renderer
    from digest.rendering.unread import Unmet


# Of how many series the parts are kept while many editions are made, and of about how many parts
# in all, so that memory stays flat.
_SERIES_KEPT, _PARTS_KEPT = 200, 20_000


def shipped_templates() -> Path:
    """Return the folder of the templates that come with the program.

    An installed wheel carries them inside the package; in a checkout they lie beside it.
    """
    package = Path(__file__).resolve().parent.parent
    inside = package / "_templates"
    return inside if inside.is_dir() else package.parent / "templates"


class Project:
    """Hold one project folder; everything is read when it is first asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._shared = local()  # an archive belongs to one thread

    @classmethod
    def find(cls, start: Path | None = None) -> Project:
        """Return the project in `start`, or the nearest one upwards of the current folder.

        Issues alone are one, too: they are rebuilt from their records.

        Raises:
            ConfigError: if there is none.
        """
        root = start.resolve() if start else find_project(Path.cwd())
        if not any((root / name).exists() for name in (FILE_NAME, "issues")):
            raise missing(root)
        return cls(root)

    @cached_property
    def config(self) -> Config:
        """Return the checked configuration.

        Raises:
            ConfigError: if digest.toml is missing or wrong.
        """
        return load(self.root)

    @cached_property
    def former_names(self) -> dict[str, str]:
        """Return what renamed sources were called before, by their names."""
        return {source.name: source.was for source in self.config.sources if source.was}

    @cached_property
    def folders(self) -> IssueFolders:
        """Return the issues on disk."""
        index = self.root / ".digest" / "index"
        return IssueFolders(self.root / "issues", index, self._is_of_a_pattern)

    def _is_of_a_pattern(self, edition: str) -> bool:
        return self.config.pattern_of(edition) is not None

    @cached_property
    def left_apart(self) -> tuple[str, ...]:
        """Return folders of editions that no pattern makes any more, and perhaps a few others.

        Raises:
            ConfigError: if digest.toml is wrong.
        """
        config = self.config
        return tuple(
            name
            for name in self.folders.apart()
            if name not in config.editions and config.pattern_of(name) is None
        )

    def editions(self) -> dict[str, Edition]:
        """Return all editions by name, those of patterns as the archive is now.

        Raises:
            ConfigError: if digest.toml or a list of choices is wrong.
            ArchiveError: if the archive cannot be read.
        """
        return {edition.name: edition for edition in self.each_edition()}

    def each_edition(self) -> Iterator[Edition]:
        """Yield all editions, of which only the one at hand is kept.

        Raises:
            ConfigError, ArchiveError: as `editions` does.
        """
        return self._editions().each()

    def why_no_editions(self) -> list[str]:
        """Return what to say where no edition is made of any pattern.

        Raises:
            ConfigError: if digest.toml is wrong.
        """
        return self._editions().why_none()

    def editions_for(self, post: Post | None) -> list[Edition]:
        """Return the editions that a post may concern: of a pattern's, those that ask for it.

        Raises:
            ConfigError, ArchiveError: as `editions` does.
        """
        return list(self.each_edition()) if post is None else self._editions().asking_for(post)

    def edition(self, name: str | None = None) -> Edition:
        """Return the named edition, or without a name the only one there is.

        Raises:
            UsageError: if there is no such edition, or several and none is named.
            ConfigError, ArchiveError: as `editions` does.
        """
        return self._editions().named(name)

    def _editions(self) -> Editions:
        has_archive = self.archive_file.exists()
        return Editions(self.config, self.archive_to_read if has_archive else None)

    @cached_property
    def renderer(self) -> Renderer:
        """Return the renderer, the project's own templates first."""
        from digest.rendering import Renderer

        shapes = self.root / ".digest" / "shapes"
        return Renderer(self.template_roots, shapes, user_folder("templates"))

    def theme(self, template: str) -> dict[str, str]:
        """Return the theme in which a template shows this newsletter.

        Raises:
            ConfigError: if `[theme]` does not fit the template.
            UsageError: if there is no such template.
        """
        try:
            return self.renderer.theme(template, self.config.theme)
        except ConfigError as exc:
            if exc.where and not exc.where.startswith("["):
                raise  # it stands in a file of its own
            place = ": ".join(filter(None, (self._theme_line(str(exc)), exc.where)))
            raise ConfigError(exc.message, where=place, hint=exc.hint) from exc

    def _theme_line(self, message: str) -> str:
        """Return the line of the key of `[theme]` that a message is about, else the table's."""
        # As a whole word: "accent" is no part of "accent_dark".
        named = (key for key in self.config.theme if re.search(rf"\b{re.escape(key)}\b", message))
        return located(self.root, "theme", next(named, ""))

    @property
    def template_roots(self) -> tuple[Path, ...]:
        """Return where templates are looked for, in order."""
        # A project's own come first, file by file, so that it may replace a single partial.
        return (self.root / "templates", shipped_templates())

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Return the fixed words of the newsletter's language, the project's own first.

        Raises:
            ConfigError: if templates/labels.toml is wrong.
        """
        from digest.rendering.words import project_words

        return project_words(self.root / "templates", self.config.newsletter.language)

    @property
    def english_words(self) -> tuple[str, ...]:
        """Return the names of fixed words that stay English in the newsletter's language."""
        from digest.rendering.words import unspoken

        return unspoken(self.config.newsletter.language, self.words)

    def unread_templates(self) -> tuple[tuple[str, str], ...]:
        """Return files of the project's own templates that nothing reads.

        Each comes with the one that was probably meant, if that is known.
        """
        # editions of a pattern are as many as its readers, so they are asked only for templates
        has_own = self.template_roots[0].is_dir()
        used = {edition.template for edition in self.each_edition()} if has_own else set()
        return self.renderer.unread(used)

    def unmet_rules(self) -> tuple[Unmet, ...]:
        """Return the rules of the project's own style sheets that fit nothing in any page."""
        return self.renderer.unmet()

    @property
    def archive_file(self) -> Path:
        """Return where the archive lies."""
        return self.root / ".digest" / "archive.db"

    def archive(self) -> Archive:
        """Open the archive to put posts into it; use it as a context manager.

        Raises:
            ArchiveError: if it cannot be opened or written.
        """
        from digest.archive import Archive

        return Archive.open(self.archive_file)

    def archive_to_read(self) -> AbstractContextManager[Archive]:
        """Open the archive to list what is in it, also in a project that cannot be written.

        Raises:
            ArchiveError: if it cannot be opened.
        """
        from digest.archive import open_to_read

        shared: Archive | None = getattr(self._shared, "archive", None)
        # Whoever opened the shared one closes it.
        return nullcontext(shared) if shared else open_to_read(self.archive_file)

    def parts_of(self, series: str, linked: Linked) -> Sequence[Numbered]:
        """Return a series' parts with links; while an archive is shared they are made once.

        Raises:
            ArchiveError: if it cannot be read.
        """
        from digest.issue.series import numbered

        is_shared = getattr(self._shared, "archive", None) is not None
        known: dict[str, Sequence[Numbered]] = self._shared.parts if is_shared else {}
        if series not in known:
            with self.archive_to_read() as archive:
                found = archive.posts(series=series, is_whole=False)
            if len(known) >= _SERIES_KEPT or sum(map(len, known.values())) > _PARTS_KEPT:
                known.clear()
            known[series] = numbered(found, series, linked)
        return known[series]

    @contextmanager
    def sharing(self) -> Iterator[None]:
        """Keep one archive open for all that is asked meanwhile, by this thread.

        Raises:
            ArchiveError: if it cannot be opened.
        """
        shared = self._shared
        with self.archive_to_read() as archive:
            # Who builds one chunk of editions after another reads each series once for all of them.
            if getattr(shared, "revision", None) != archive.revision:
                shared.revision, shared.parts = archive.revision, {}
            # It may be asked for within itself; the outermost one counts.
            before = getattr(shared, "archive", None)
            shared.archive = archive
            archive.hold_little()
            try:
                yield
            finally:
                shared.archive = before

    @cached_property
    def editing(self) -> EditingSettings:
        """Return the rules by which posts are edited."""
        from digest.editing import EditingSettings
        from digest.editing.settings import SeriesPin, SeriesSettings

        letter, editing = self.config.newsletter, self.config.editing
        return EditingSettings(
            staff=(letter.name, *letter.staff),
            aliases=letter.aliases,
            off=tuple(editing.off),
            series=SeriesSettings(
                names=words(editing.series.names),
                guess=editing.series.guess,
                pins={
                    name: SeriesPin(
                        tags=words(pin.tags),
                        aliases=words(pin.aliases),
                        total=pin.total,
                        guess=pin.guess,
                        parts=pin.parts,
                    )
                    for name, pin in editing.series.pins.items()
                },
            ),
            bylines={source.name: source.byline for source in self.config.sources if source.byline},
            boilerplate_kept=tuple(s.name for s in self.config.sources if s.boilerplate == "off"),
            newsletter_name=letter.name,
            language=letter.language,
        )
