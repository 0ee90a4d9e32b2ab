"""The files in which mailing services are told something about each subscriber.

Three ways, by what a service imports: a field of its own (a merge field, attribute, property or
column) that holds the edition, a tag or label, or data in JSON. Which subscribers an issue goes to
is then a segment of the service's: those whose field, tag or data is the edition's name.

Read in the services' own words or code (2026-11-29): Brevo's API description, where semicolons part
columns and an attribute that does not exist is passed over; Buttondown's and Ghost's help, which
know `tags` and `labels`, and Ghost's importer, which keeps the labels that were there; listmonk's
importer, whose head may have `email`, `name`, `attributes`, and which makes a name of the address
where it is told none; Keila's import template; SendGrid's, where names of columns are letters,
digits and underscores; Resend's and Mailchimp's, where columns are matched by hand, and a merge tag
has ten letters; Kit's help, where every other column is a custom field and takes the place of what
was there (a tag would stay, and its reader get two editions); MailerLite's, whose segments ask for
a field's value; Mailjet's, whose properties have to be there before a file that names them.
"""

from __future__ import annotations

import json
from typing import Literal

from digest.models import Value

FIELD = "digest_edition"
"""What the field is called that holds a reader's edition."""


class Form(Value):
    """Describe a service's file: its columns, and how a row tells the edition.

    `names` are the columns of readers' names where an import would take away those that it is not
    told. They are left out if the list of readers has none.
    """

    address: str
    told_in: str
    told_by: Literal["field", "tag", "json"]
    segment: str
    names: tuple[str, ...] = ()
    delimiter: str = ","

    def columns(self, *, has_names: bool) -> tuple[str, ...]:
        """Return the head of the file."""
        return (self.address, *(self.names if has_names else ()), self.told_in)

    def row(self, address: str, edition: str, name: tuple[str, str] | None = None) -> list[str]:
        """Return the row of one reader, whose `name` is the first and the last.

        >>> FORMS["listmonk"].row("ada@example.org", "for-birds", ("Ada", "Moss"))
        ['ada@example.org', 'Ada Moss', '{"digest_edition": "for-birds"}']
        """
        told = json.dumps({FIELD: edition}) if self.told_by == "json" else edition
        if name is None or not self.names:
            return [address, told]
        return [address, *(name if len(self.names) > 1 else [" ".join(filter(None, name))]), told]


def _field(
    address: str = "email", name: str = FIELD, segment: str = "", delimiter: str = ","
) -> Form:
    segment = segment or f"{name} is EDITION"
    return Form(
        address=address, told_in=name, told_by="field", segment=segment, delimiter=delimiter
    )


FORMS: dict[str, Form] = {
    # A merge field, attribute or property: named in the head, and the same for every service.
    "plain": _field(),
    "brevo": _field("EMAIL", FIELD.upper(), delimiter=";"),
    "kit": _field(),
    "klaviyo": _field("Email"),
    "mailchimp": _field("Email Address", "DIGEST", 'DIGEST is EDITION (merge tag "DIGEST")'),
    "mailerlite": _field("Email"),
    "mailjet": _field(),
    "resend": _field(),
    "sendgrid": _field(),
    # Tags and labels.
    "buttondown": Form(address="email", told_in="tags", told_by="tag", segment="tag EDITION"),
    "ghost": Form(
        address="email",
        names=("name",),
        told_in="labels",
        told_by="tag",
        segment="label:EDITION",
    ),
    # Data in JSON.
    "listmonk": Form(
        address="email",
        names=("name",),
        told_in="attributes",
        told_by="json",
        segment=f"subscribers.attribs->>'{FIELD}' = 'EDITION'",
    ),
    "keila": Form(
        address="Email",
        names=("First name", "Last name"),
        told_in="Data",
        told_by="json",
        segment=f'{{"data.{FIELD}": "EDITION"}}',
    ),
}
"""Each service's file; a service that is not named here takes the plain one."""
