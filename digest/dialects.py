"""Which mailing services there are, and how each writes its merge tags.

The one list of their names. `digest.services` hands drafts over to most of them; for all of them an
issue can be exported. Whoever needs the names, in digest.toml, in help or in a hint, reads them
here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from digest.errors import UsageError
from digest.lazy import regex
from digest.models import Value
from digest.nearest import nearest

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

NOBODY: Final = "there"
"""What merge tags below say for a name that is not known, as in "Good morning, there"."""

GROUP: Final = "digest.services"
"""The entry points under which services are found, those of other packages too."""


_READER = regex("reader0slot((?:[0-9a-f]{2})*)x")


def addressed(fallback: str) -> str:
    """Return a word that stands for a reader's first name in text, until a page is filled in.

    It is letters and digits alone, so that neither Markdown nor escaping changes it. `fallback` is
    what a reader without a name is called, the newsletter's own word if it is empty.
    """
    return f"reader0slot{fallback.strip().encode().hex()}x"


def with_names(text: str, name_of: Callable[[str], str]) -> str:
    """Return text with what `name_of` says for each fallback in place of the words for a name."""
    if "reader0slot" not in text:
        return text
    return _READER.sub(
        lambda found: name_of(bytes.fromhex(found[1]).decode(errors="replace")), text
    )


class Dialect(Value):
    """Describe how one service writes its merge tags.

    tags: slot to merge tag. An empty tag is something the service adds by itself; a slot that is
    not named here falls back to the newsletter's own value. text_tags: those that are others in
    the text part, where HTML would be seen as it is written. openers: what makes the service read
    a tag. They are broken up wherever content happens to hold one. parses_html: the service
    parses and writes the HTML anew before it looks for tags, so that a numeric entity would not
    hide an opener; a zero-width space does. is_export: an issue can be exported for it, and no
    more. required: what has to stand in the body of every page.

    Within a tag `there` stands for a name that is not known, and gives way to the newsletter's own
    word for that; services without a way to say so offer no name.
    """

    service: str
    tags: dict[str, str] = {}
    text_tags: dict[str, str] = {}
    openers: tuple[str, ...] = ()
    parses_html: bool = False
    is_export: bool = False
    required: str = ""


_BRACES = ("{{", "{%", "{#")

_KNOWN = (
    Dialect(service="plain"),
    Dialect(
        service="mailchimp",
        tags={
            "unsubscribe": "*|UNSUB|*",
            "view_online": "*|ARCHIVE|*",
            "first_name": "*|IF:FNAME|**|FNAME|**|ELSE:|*there*|END:IF|*",
            "address": "*|HTML:LIST_ADDRESS_HTML|*",
        },
        text_tags={"address": "*|LIST:ADDRESSLINE|*"},
        openers=("*|",),
    ),
    Dialect(
        service="buttondown",
        tags={
            "unsubscribe": "{{ unsubscribe_url }}",
            "view_online": "{{ email.absolute_url }}",
            "first_name": "{{ subscriber.metadata.first_name|default:'there' }}",
        },
        openers=_BRACES,
    ),
    Dialect(
        service="listmonk",
        tags={
            "unsubscribe": "{{ UnsubscribeURL }}",
            "view_online": "{{ MessageURL }}",
            "first_name": "{{ if .Subscriber.FirstName }}{{ .Subscriber.FirstName }}"
            "{{ else }}there{{ end }}",
        },
        # a shorthand that makes a tracked link of an address, its `@` included
        openers=("{{", "@TrackLink"),
    ),
    Dialect(
        service="brevo",
        tags={
            "unsubscribe": "{{ unsubscribe }}",
            "view_online": "{{ mirror }}",
            "first_name": "{{ contact.FIRSTNAME|default:'there' }}",
        },
        # its older language is still read, which of the two the content decides
        openers=(*_BRACES, "[UNSUBSCRIBE", "[MIRROR", "[UPDATE_PROFILE", "[DEFAULT_", "[EMAIL"),
    ),
    Dialect(
        service="kit",
        tags={
            "unsubscribe": "{{ unsubscribe_url }}",
            "first_name": "{{ subscriber.first_name | default: 'there' }}",
            "address": "{{ address }}",
        },
        openers=_BRACES,
    ),
    Dialect(
        service="sendgrid",
        tags={
            "unsubscribe": "{{{unsubscribe}}}",
            "view_online": "{{{weblink}}}",
            "first_name": "{{#if first_name}}{{first_name}}{{else}}there{{/if}}",
            "address": "{{Sender_Address}} {{Sender_City}} {{Sender_State}} {{Sender_Zip}}",
        },
        # the ways out of its older editor and of suppression groups are still read
        openers=("{{", "<%", "[unsubscribe", "[weblink", "[sender_"),
    ),
    Dialect(
        service="ghost",
        tags={
            "unsubscribe": "%%{unsubscribe_url}%%",
            "view_online": "",
            "first_name": '%%{first_name, "there"}%%',
            "address": "",
        },
        openers=("%%{",),
        parses_html=True,
    ),
    Dialect(
        service="mailerlite",
        tags={
            "unsubscribe": "{$unsubscribe}",
            "view_online": "{$url}",
            "first_name": "{$name|default('there')}",
        },
        openers=("{$",),
    ),
    Dialect(
        service="keila",
        tags={
            "unsubscribe": "{{ unsubscribe_link }}",
            "view_online": "{{ campaign.public_link }}",
            "first_name": "{{ contact.first_name | default: 'there' }}",
        },
        openers=_BRACES,
    ),
    Dialect(
        service="mailjet",
        tags={
            "unsubscribe": "[[UNSUB_LINK_EN]]",
            "view_online": "[[PERMALINK]]",
            "first_name": '[[data:firstname:"there"]]',
        },
        openers=("[[", *_BRACES),
    ),
    Dialect(
        service="resend",
        tags={
            "unsubscribe": "{{{RESEND_UNSUBSCRIBE_URL}}}",
            "first_name": "{{{contact.first_name|there}}}",
        },
        openers=("{{",),
    ),
    Dialect(
        service="klaviyo",
        tags={
            # in an href; `{% unsubscribe %}` would print a whole link there
            "unsubscribe": "{% unsubscribe_link %}",
            "first_name": "{{ first_name|default:'there' }}",
            "address": "{{ organization.full_address }}",
        },
        openers=_BRACES,
    ),
    Dialect(
        service="civicrm",
        is_export=True,
        tags={
            "unsubscribe": "{action.unsubscribeUrl}",
            "view_online": "{mailing.viewUrl}",
            "address": "{domain.address}",
        },
        # {contact., {membership., {event. and every further thing that an extension knows of
        openers=("{",),
    ),
    Dialect(
        service="mautic",
        is_export=True,
        tags={
            "unsubscribe": "{unsubscribe_url}",
            "view_online": "{webview_url}",
            "first_name": "{contactfield=firstname|there}",
        },
        # {contactfield=, {ownerfield=, {form=, {signature} and every further one of a plugin's
        openers=("{",),
    ),
    Dialect(
        service="activecampaign",
        is_export=True,
        tags={"unsubscribe": "%UNSUBSCRIBELINK%", "address": "%SENDER-INFO-SINGLELINE%"},
        # by name, since an encoded address is full of `%E2%`
        openers=(
            *("%FIRSTNAME%", "%LASTNAME%", "%FULLNAME%", "%EMAIL%", "%PHONE%", "%LISTNAME%"),
            *("%UNSUBSCRIBE", "%SENDER-INFO", "%WEBCOPY%", "%UPDATELINK%", "%CONFIRMLINK%"),
            *("%SUBSCRIBER", "%FORWARD2FRIEND%", "%SOCIAL", "%TODAY", "%ORGNAME%", "%ACCT_"),
            *("%IF ", "%ELSE", "%/IF%"),
        ),
    ),
    Dialect(
        service="phplist",
        is_export=True,
        tags={"unsubscribe": "[UNSUBSCRIBEURL]"},
        # whatever its readers' attributes are called
        openers=("[",),
    ),
    Dialect(
        service="constantcontact",
        is_export=True,
        # it adds the way out, the web page and the postal address itself
        tags={
            "unsubscribe": "",
            "view_online": "",
            "first_name": '[[FIRSTNAME OR "there"]]',
            "address": "",
        },
        # pairs that it refuses anywhere in a mail, and its own
        openers=("[#", "${", "<@", "[["),
        required="[[trackingImage]]",
    ),
    Dialect(
        service="campaignmonitor",
        is_export=True,
        tags={
            "unsubscribe": "[unsubscribe]",
            "view_online": "[webversion]",
            "first_name": "[firstname,fallback=there]",
        },
        # custom fields are called as somebody likes
        openers=("[",),
    ),
    Dialect(
        service="emailoctopus",
        is_export=True,
        tags={"unsubscribe": "{{UnsubscribeURL}}", "address": "{{SenderInfo}}"},
        openers=("{{",),
    ),
    Dialect(
        service="sendy",
        is_export=True,
        tags={
            "unsubscribe": "[unsubscribe]",
            "view_online": "[webversion]",
            "first_name": "[Name,fallback=there]",
        },
        # custom fields are called as somebody likes
        openers=("[",),
    ),
    Dialect(
        service="customerio",
        is_export=True,
        tags={
            "unsubscribe": "{% unsubscribe_url %}",
            "view_online": "{% view_in_browser_url %}",
            "first_name": "{{customer.first_name | default: 'there'}}",
        },
        openers=_BRACES,
    ),
    Dialect(
        service="ses",
        is_export=True,
        # of its tag it replaces two at most
        tags={"unsubscribe": "{{amazonSESUnsubscribeUrl}}"},
        openers=("{{",),
    ),
    Dialect(
        service="hubspot",
        is_export=True,
        tags={
            "unsubscribe": "{{ unsubscribe_link }}",
            "first_name": "{{ contact.firstname|default('there') }}",
            "address": "{{ site_settings.company_name }}, "
            "{{ site_settings.company_street_address_1 }}, "
            "{{ site_settings.company_city }}, {{ site_settings.company_state }}",
        },
        openers=_BRACES,
    ),
    Dialect(service="smtp"),
    Dialect(service="imap"),
    Dialect(service="folder"),
)

DIALECTS: Final[Mapping[str, Dialect]] = MappingProxyType(
    {known.service: known for known in _KNOWN}
)


def names() -> tuple[str, ...]:
    """Return the ids of all services that an issue can be written for, those of packages last.

    What ships with digest is a table; what other packages bring is named by their entry points, of
    which only the names are read.
    """
    return (*DIALECTS, *(name for name in _brought() if name not in DIALECTS))


def is_known(service: str) -> bool:
    """Tell whether a service has this id; other packages are looked at only if ours have not."""
    return service in DIALECTS or service in _brought()


def dialect(service: str) -> Dialect:
    """Return the dialect of a service by its id, in whatever case it is written.

    >>> dialect("Mailchimp").tags["unsubscribe"]
    '*|UNSUB|*'

    Raises:
        UsageError: if no service has this id; the hint names the nearest, or lists those that do.
    """
    name = service.strip().lower()
    if name in DIALECTS:
        return DIALECTS[name]
    point = _brought().get(name)
    if point is not None:
        # the class of a service that another package brings says how its merge tags are written
        brought: Dialect = getattr(point.load(), "dialect", Dialect(service=name))
        return brought
    raise UsageError(f'there is no service "{service}"', hint=hint(name))


def hint(service: str) -> str:
    """Return what to say of a service that nobody knows: the nearest, and all there are."""
    known = sorted(names(), key=_rank)
    near = nearest(service, known)
    meant = f'Did you mean "{near}"? ' if near else ""
    return f"{meant}Known services: {', '.join(known)}."


def _rank(name: str) -> tuple[bool, str]:
    """Return the place of a service in a list: those that keep drafts before other ways out."""
    known = DIALECTS.get(name)
    is_other_way = known is not None and (known.is_export or not known.tags)
    return is_other_way, name


@cache
def _brought() -> Mapping[str, EntryPoint]:
    """Return the entry points of all services by name; reading them takes some milliseconds."""
    from importlib.metadata import entry_points

    return {point.name: point for point in entry_points(group=GROUP)}
