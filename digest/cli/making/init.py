"""`digest init`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.session import Session

if TYPE_CHECKING:
    from digest.workflow.gathering.scaffolding import NewProject


@click.command("init", short_help="Start a project, or copy a template into it.")
@click.argument(
    "folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path)
)
@click.option(
    "--from",
    "url",
    metavar="PLACE",
    help="Your blog's address, whose feed or API is found; or a folder of posts, or an export.",
)
@click.option(
    "--template", metavar="NAME", help="Copy a shipped template into this project, to change it."
)
@click.pass_obj
def command(session: Session, folder: Path | None, url: str | None, template: str | None) -> None:
    """Start a project in DIR (here, unless told), or copy a template into one.

    A project is a folder with a commented digest.toml and an issues/ folder. With --from, the
    site's WordPress API, feed or listing page is looked for and filled in; or a folder of Markdown
    files or saved pages, or a WordPress export. Nothing that exists is overwritten.

    \b
    Examples:
      digest init my-letter --from https://your.blog/
      digest init my-letter --from ~/blog/content/posts
      digest init --template weekly
    """
    from digest.workflow.gathering import scaffolding

    if template:
        scaffolding.check_template(template)
    where, has_project = _place(session, folder, only_template=bool(template and not url))
    made = None
    if url or not (template and has_project):
        made = scaffolding.init(where, url or "")
        _tell(session, made)
    if template:
        target = scaffolding.copy_template(where.resolve(), template)
        session.tell(f"{target}: yours to change; it is used instead of the shipped one")
    if made or not template:
        session.say(_next(where, is_ready=bool(made and made.kind)))


def _place(session: Session, folder: Path | None, *, only_template: bool) -> tuple[Path, bool]:
    """Return the folder that is meant, and whether a project is there."""
    where = folder or session.folder or Path()
    has_project = (where / "digest.toml").is_file()
    if only_template and not has_project and folder is None:
        return session.project.root, True  # from within a project's folder
    return where, has_project


def _next(where: Path, *, is_ready: bool) -> str:
    step = "" if where.resolve() == Path.cwd() else f"cd {where} && "
    if not is_ready:
        return f"Next: name your blog in {where / 'digest.toml'}, then {step}digest collect."
    return f"Next: {step}digest collect, then digest build."


_PASSED_SHOWN = 5


def _tell(session: Session, made: NewProject) -> None:
    """Say what was made, what there is to choose from, what was passed over and why."""
    session.tell(f"{made.folder}: a new project")
    if not made.kind:
        return
    session.say(f"Found {made.name or 'a blog'}: kind {made.kind} at {made.url}")
    if made.posts:
        session.say(f"  {made.posts} post{'s' if made.posts != 1 else ''} looked at, the newest:")
    for title in made.titles:
        session.say(f"    {title}")
    for what, names in (("tags", made.tags), ("series", made.series)):
        if names:
            session.say(f"  {what}: {', '.join(names)}")
    shown = made.passed if session.verbose else made.passed[:_PASSED_SHOWN]
    for reason in shown:
        session.say(f"  {reason}")
    more = len(made.passed) - len(shown)
    if more:
        session.say(f"  and {more} more; `digest --verbose collect` shows all")
    if made.hint:
        session.say(f"  {made.hint}")
