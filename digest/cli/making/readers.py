"""`digest readers`."""

from __future__ import annotations

from pathlib import Path

import click

from digest.cli.session import Session, json_option


@click.command("readers", short_help="Find the editions that readers chose, and who gets which.")
@click.argument("readers", type=click.Path(dir_okay=False, path_type=Path), metavar="CSV")
@click.option("--for", "service", default="plain", metavar="SERVICE", help="Whose file to write.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True,
    metavar="FILE", help="Where to write who gets which edition; outside the project.",
)  # fmt: skip
@click.option(
    "--follows", multiple=True, metavar="COLUMN",
    help="Which column tells what is followed; several may be given.",
)  # fmt: skip
@click.option("--edition", metavar="NAME", help='Which, where several are made for "{choice}".')
@json_option
@click.pass_obj
def command(
    session: Session,
    readers: Path,
    service: str,
    output: Path,
    follows: tuple[str, ...],
    edition: str | None,
    as_json: bool,
) -> None:
    """Find the editions that readers chose, and write who gets which.

    The CSV's first line names its columns: one of addresses, and either one of what each reader
    follows ("birds; roofs"), or one for each name, ticked. Where it is not clear which that is,
    --follows names it. Distinct choices are written into choices/ and become editions of the
    pattern with for_each = "choice". Who gets which goes into FILE, in the form that the service
    imports. Addresses never come into the project.

    \b
    Examples:
      digest readers ~/readers.csv --for listmonk -o ~/listmonk.csv
      digest readers ~/readers.csv --for mailchimp -o ~/mailchimp.csv
    """
    from digest.dialects import dialect
    from digest.models import builtins
    from digest.workflow.readers import FORMS, map_readers

    service = dialect(service).service  # by its id, however it was written
    found = map_readers(session.project, readers, service, output, edition, follows)
    if as_json:
        session.answer({"file": str(output), **builtins(found)})
        return
    who = f"{found.readers:,} reader{'s' * (found.readers != 1)}"
    what = f"{found.choices:,} choice{'s' * (found.choices != 1)}"
    session.tell(f"{who} made {what}: {output}")
    told = {
        "without a topic, so without an edition": found.without,
        "of an address that came before": found.twice,
        "without an address": found.faulty,
    }
    for fault, count in told.items():
        if count:
            session.warn(f"{count:,} row{'s' * (count > 1)} {fault}")
    if found.ignored:
        named = ", ".join(found.ignored[:5]) + (" and more" if len(found.ignored) > 5 else "")
        session.warn(f"columns that no post is of do not count: {named}")
    for name, count in list(found.unknown.items())[:5]:
        session.warn(f'no post is of "{name}", in {count:,} choice{"s" * (count > 1)}')
    session.say(f"In {service}, an issue's readers are the segment: {found.segment}")
    if service in FORMS and FORMS[service].told_by == "tag":
        session.say(
            f"Tags given before may stay at {service}, and their readers get two editions: take"
            " them off first."
        )
    session.say("Next: `digest build --all`.")
