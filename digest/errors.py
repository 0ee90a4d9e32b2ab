"""The whole error tree, with the exit code each branch ends a command with.

    DigestError                 1
    ├── ConfigError             1   digest.toml, theme or front matter says something wrong
    ├── UsageError              2   the command was called with something that does not exist
    ├── NothingToSend           3   fewer new posts than the edition's min_posts
    ├── CheckFailed             4   a rule or a comparison failed
    ├── CheckError              1   a file is nothing that could be checked
    ├── FetchError              1   one address could not be fetched
    │   ├── AddressRefused      1   the address is private, or not http(s)
    │   ├── TooLarge            1   the answer exceeds max_bytes once decoded
    │   ├── TimedOut            1   the whole exchange took longer than the time limit
    │   ├── Unanswered          1   a request went out, and nobody knows whether it was carried out
    │   └── HttpStatusError     1   an answer that is no success; has .status
    ├── SourceError             1   a source as a whole could not be read
    ├── SourcesFailed           5   some sources failed, the others were collected
    ├── ArchiveError            1   the SQLite archive cannot be used
    ├── EditorError             1   editor.md refers to something that does not exist
    ├── TemplateError           1   Jinja, MJML or a lost token; names template and line
    ├── IssueFolderError        1   an issue's folder cannot be read or written
    ├── ServiceError            1   a mailing service refused; .kind says in which of a few ways
    ├── ServicesFailed          1   some of the configured services cannot be used
    ├── DeliveryUnknown         6   a mailing service may or may not have taken the issue
    └── Unforeseen              1   a bug of ours, caught where one post, source or edition ends

This room refuses foreign exceptions: each is translated, `from exc`, in the room that owns the
library that raised it. A bug is never wrapped, but for one kind of place: a seam, where one post,
source, edition or file ends and the next begins. There it becomes `Unforeseen` with its traceback,
and the neighbours go on.
"""

from __future__ import annotations

from typing import Any, Literal


class DigestError(Exception):
    """Tell what is wrong, where, and what to do next, in one line.

    `where` is a URL, `file:line`, a key or a record; `hint` is the next action as a sentence.
    """

    exit_code = 1

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        line = f"{self.where}: {self.message}" if self.where else self.message
        if not self.hint:
            return line
        return f"{line}{'' if line.endswith(('.', '?', '!')) else '.'} {self.hint}"

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it come from another process, whatever else its kind is made of."""
        return _made, (type(self), self.args), vars(self)


def _made(kind: type[DigestError], args: tuple[Any, ...]) -> DigestError:
    return kind.__new__(kind, *args)


class ConfigError(DigestError):
    """Report a wrong key or value in digest.toml, a theme or front matter."""


class UsageError(DigestError):
    """Report that a command names something that does not exist."""

    exit_code = 2


class NothingToSend(DigestError):
    """Report that an issue would hold fewer posts than its edition asks for."""

    exit_code = 3


class CheckFailed(DigestError):
    """Report that a rule or a byte comparison failed."""

    exit_code = 4


class CheckError(DigestError):
    """Report a file that is no email that could be judged."""


class FetchError(DigestError):
    """Report that one address could not be fetched; `where` is the URL."""


class AddressRefused(FetchError):
    """Report an address that is not public http(s) and was not allowed by name."""


class TooLarge(FetchError):
    """Report an answer larger than the limit once decoded."""


class TimedOut(FetchError):
    """Report an exchange that took longer than its limit as a whole."""


class Unanswered(FetchError):
    """Report a request without a whole answer: what it asked for may have been done."""


class HttpStatusError(FetchError):
    """Report an HTTP answer that is no success.

    `body` is its beginning, `headers` have lower-case names.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int,
        where: str = "",
        hint: str = "",
        body: bytes = b"",
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message, where=where, hint=hint)
        self.status = status
        self.body = body
        self.headers = headers or {}


class SourceError(DigestError):
    """Report that a source as a whole could not be read."""


class SourcesFailed(DigestError):
    """Report that some sources failed while the others went on."""

    exit_code = 5


class ArchiveError(DigestError):
    """Report that the archive file cannot be opened, migrated or written."""


class EditorError(DigestError):
    """Report a line of editor.md that cannot be followed."""


class TemplateError(DigestError):
    """Report a template that cannot be rendered; `where` is `template:line`."""


class IssueFolderError(DigestError):
    """Report an issue folder that is damaged, foreign or cannot be written."""


Refusal = Literal[
    "authentication",  # who we are is not known, or may not do this
    "validation",  # it does not take what it was given; the message names the field
    "conflict",  # it holds something else than we believe
    "rate limit",  # we ask too often
    "plan",  # the account's plan does not include it
    "passing",  # out of service for now
    "gone",  # there is no such draft, list or address
    "unreadable",  # it answered what nobody can read
    "not a draft",  # what is there was sent, or is about to be
    "set back",  # it made something else of our draft, which was stopped
    "unable",  # it has no way of doing this
]
"""In what ways a mailing service can refuse."""


class ServiceError(DigestError):
    """Report a refusal by a mailing service; `kind` is the same word whichever service it was."""

    def __init__(self, message: str, *, kind: Refusal, where: str = "", hint: str = "") -> None:
        super().__init__(message, where=where, hint=hint)
        self.kind = kind


class ServicesFailed(DigestError):
    """Report that some of the configured services cannot be used."""


class DeliveryUnknown(DigestError):
    """Report that nobody can tell whether a mailing service took the issue."""

    exit_code = 6


REPORT = "This is a fault of digest's own: please report it with what --verbose shows."


class Unforeseen(DigestError):
    """Report a fault that nobody foresaw; `trace` is its traceback, for those who mend it."""

    def __init__(
        self, message: str, *, where: str = "", hint: str = REPORT, trace: str = ""
    ) -> None:
        super().__init__(message, where=where, hint=hint)
        self.trace = trace

    @classmethod
    def of(cls, bug: Exception, where: str = "") -> Unforeseen:
        """Return the report of an exception that is none of ours."""
        said = " ".join(str(bug).split())[:200]
        told = f"an unforeseen fault ({type(bug).__name__}{': ' if said else ''}{said})"
        # A message may quote half characters, which no terminal or file can take.
        told = told.encode("utf-8", "backslashreplace").decode()
        import traceback

        trace = "".join(traceback.format_exception(bug))
        return cls(told, where=where, trace=trace.encode("utf-8", "backslashreplace").decode())
