"""Reads editor.md, the one file that belongs to an issue's editor, and writes its first form.

The front matter holds the editor's choices, the body is the introduction in Markdown. A file in
which nothing is switched on costs no YAML parser. References to posts are kept as written, with
their lines: whether such a post exists is for selection to say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from digest.addresses import canonical, names_a_page
from digest.errors import EditorError
from digest.lazy import regex
from digest.models import Decision, EditorNotes, Link, PostView, Update

FILE_NAME = "editor.md"
KEYS = (
    "subject", "preheader", "pin", "drop", "later", "held", "order", "titles", "authors",
    "excerpts", "images", "as_written", "sections", "links", "updates",
)  # fmt: skip


# A line that is neither blank nor a comment.
_SAID = regex(r"^[^\S\n]*[^\s#]", re.M)

_ADDRESS = regex(r"https?://[^\s/?#:@<>\"\\]+(?::\d{1,5})?(?:[/?#][^\s<>\"\\]*)?", re.I)


_KEY = rf"(?P<key>{'|'.join(KEYS)})(?::|[ \t]*=)(?:[ \t]|$)"
_STRAY_KEY = regex(rf"^[ \t]*(?:#[ \t]?)?{_KEY}", re.M)
# A key where the introduction stands; below a head, only as a fresh file holds it.
_STRAY_COMMENT = regex(rf"^# {_KEY}", re.M)

# What git leaves where it could not merge two editors' words, and the end of it.
_CONFLICT = regex(r"^<{7}(?: |$)", re.M)
_OTHER_SIDE = regex(r"^>{7}(?: |$)", re.M)


def parse(text: str, where: str = FILE_NAME) -> EditorNotes:
    """Return what editor.md says.

    Raises:
        EditorError: if the front matter is not closed, is no YAML, or holds an unknown key or a
        value of
            the wrong kind; `where` is `file:line`.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    # A blank line above the head is nobody's wish.
    blank = re.match(r"(?:[ \t]*\n)*(?=---[ \t]*\n)", text)
    skipped = blank[0].count("\n") if blank else 0
    text = text[blank.end() :] if blank else text
    _refuse_conflict(text, where, skipped + 1)
    head, body = _split(text, where, skipped + 1)
    front = text[: len(text) - len(body)]
    first_line, body_line = skipped + 2, skipped + 1 + front.count("\n")
    if body.strip():
        _refuse_strays(body, where, body_line, is_whole=not front)
        _refuse_foreign_tags(body, where, body_line)
    # Most editors write nothing: a fresh file costs no parser.
    if not _is_used(head):
        return EditorNotes(introduction=body.strip())
    from digest.errors import ConfigError
    from digest.frontmatter import load_yaml
    from digest.issue.pitfalls import refuse_pitfalls

    refuse_pitfalls(head, where, first_line)
    try:
        data, lines = load_yaml(head, where, first_line, as_written=True)
    except ConfigError as exc:
        raise EditorError(exc.message, where=exc.where, hint=exc.hint) from exc
    return _notes(data, lines, body.strip(), where)


def _refuse_conflict(text: str, where: str, first_line: int) -> None:
    """Refuse a file that git could not merge: one of the two sides is meant."""
    if (found := _CONFLICT.search(text)) and _OTHER_SIDE.search(text, found.end()):
        raise EditorError(
            "git left a conflict here",
            where=f"{where}:{first_line + text.count(chr(10), 0, found.start())}",
            hint="Keep what is meant of both sides, and take the lines of signs out.",
        )


def _refuse_strays(body: str, where: str, first_line: int, *, is_whole: bool) -> None:
    """Refuse an introduction that holds what was meant for the head, or that loses its end."""
    from digest.issue.pitfalls import unended

    if found := (_STRAY_KEY if is_whole else _STRAY_COMMENT).search(body):
        name, at = found["key"], found.start()
        problem = f'"{name}:" stands in the introduction'
        hint = 'Your choices stand between two lines of "---"; the file begins with the first.'
    elif lost := unended(body):
        (problem, at), hint = lost, "End it where it ought to end, or take it out."
    else:
        return
    line = first_line + body.count("\n", 0, at)
    raise EditorError(problem, where=f"{where}:{line}", hint=hint)


def _refuse_foreign_tags(introduction: str, where: str, first_line: int) -> None:
    """Refuse a merge tag of one service: Markdown would garble it, and other services print it."""
    if not any(sign in introduction for sign in "{*%["):
        return
    from digest.issue.introduction import foreign_tag

    if found := foreign_tag(introduction):
        tag, line = found
        raise EditorError(
            f"the introduction holds the merge tag {tag} of a single service",
            where=f"{where}:{first_line + line}",
            hint='Write {{ first_name }} or {{ first_name | "friend" }}: each service has its own.',
        )


def _split(text: str, where: str, first_line: int) -> tuple[str, str]:
    """Return front matter and body; a file without the first line of dashes is all body."""
    if not re.match(r"---[ \t]*\n", text):
        return "", text
    found = re.match(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", text, re.S | re.M)
    if not found:
        raise EditorError(
            "the front matter does not end",
            where=f"{where}:{first_line}",
            hint='Put a line "---" below it, then the introduction.',
        )
    return found[1], text[found.end() :]


def _is_used(head: str) -> bool:
    return _SAID.search(head) is not None


def _notes(
    data: Mapping[str, Any], lines: Mapping[str, int], introduction: str, where: str
) -> EditorNotes:

    def fail(key: str, problem: str, hint: str, entry: object = "") -> EditorError:
        place = EditorNotes(lines=dict(lines)).place(key, entry) or ":2"
        return EditorError(f"{key}: {problem}", where=f"{where}{place}", hint=hint)

    for key in data:
        if key not in KEYS:
            raise fail(key, "unknown key", _nearest(key))
    _refuse_controls(data, fail)
    return EditorNotes(
        subject=_text(data, "subject", fail),
        preheader=_text(data, "preheader", fail),
        pin=_list(data, "pin", fail),
        drop=_list(data, "drop", fail),
        later=_list(data, "later", fail),
        held=_held(data, fail),
        order=_list(data, "order", fail),
        titles=_mapping(data, "titles", fail),
        authors=_mapping(data, "authors", fail),
        excerpts=_mapping(data, "excerpts", fail),
        images=_pictures(data, fail),
        as_written=_mapping(data, "as_written", fail),
        sections=_mapping(data, "sections", fail),
        links=_links(data, fail),
        updates=_list(data, "updates", fail),
        introduction=introduction,
        lines=dict(lines),
    )


Fail = Callable[..., EditorError]
"""Makes an error of a key, what is wrong, what to do, and the entry whose line is meant."""


def _refuse_controls(data: Mapping[str, Any], fail: Fail) -> None:
    """Refuse what no page and no header can show: in quotes, YAML has escapes for it."""
    for key, value in data.items():
        for entry, text in _entries(value):
            if any(unicodedata.category(c) == "Cc" and not c.isspace() for c in text):
                hint = "Leave it out; a backslash that is meant is written twice."
                raise fail(key, "holds a control character", hint, entry)


def _entries(value: Any) -> Iterator[tuple[object, str]]:
    """Yield what stands below a key, as text, each with the entry that it belongs to."""
    if isinstance(value, dict):
        yield from ((name, f"{name}{text}") for name, text in value.items())
    elif isinstance(value, list):
        for number, text in enumerate(value):
            yield number, "".join(map(str, text.values() if isinstance(text, dict) else [text]))
    else:
        yield "", str(value)


def _text(data: Mapping[str, Any], key: str, fail: Fail) -> str:
    value = data.get(key)
    if value is None:
        return ""
    if isinstance(value, dict | list):
        raise fail(key, "expected text", f'Write {key}: "…".')
    return " ".join(str(value).split())


def _held(data: Mapping[str, Any], fail: Fail) -> Literal["", "take", "leave"]:
    match _text(data, "held", fail).lower():
        case "":
            return ""
        case "take":
            return "take"
        case "leave":
            return "leave"
    hint = "Write held: take, for all that is held back, or held: leave, for good."
    raise fail("held", "expected take or leave", hint)


def _list(data: Mapping[str, Any], key: str, fail: Fail) -> tuple[str, ...]:
    value = data.get(key)
    if value is None:
        return ()
    named = value if isinstance(value, list) else [value]
    wrong = next((n for n, each in enumerate(named) if not _is_reference(each)), None)
    if wrong is not None:
        hint = 'Write one line "  - URL" for each.'
        raise fail(key, "expected a list of posts", hint, wrong if isinstance(value, list) else "")
    return tuple(str(reference).strip() for reference in named)


def _is_reference(value: Any) -> bool:
    """Tell whether a value may name a post: an address or an id, and no answer to a question."""
    # With `as_written` every scalar is text, so that "pin: yes" would name a post.
    return isinstance(value, str) and value.strip() not in ("", "true", "false")


def _mapping(data: Mapping[str, Any], key: str, fail: Fail) -> dict[str, str]:
    value = data.get(key)
    if value is None:
        return {}
    hint = 'Write one line "  URL: text" for each post.'
    if not isinstance(value, dict):
        raise fail(key, "expected a table", hint)
    for name, text in value.items():
        if isinstance(text, dict | list):
            raise fail(key, f'expected a text for "{name}"', hint, str(name))
    return {str(k).strip(): " ".join(str(v or "").split()) for k, v in value.items()}


def _pictures(data: Mapping[str, Any], fail: Fail) -> dict[str, str]:
    pictures = _mapping(data, "images", fail)
    for post, address in pictures.items():
        # A site's own address is the commonest slip: a page was copied, and not its picture.
        if not _ADDRESS.fullmatch(address) or not names_a_page(canonical(address)):
            hint = 'Write the whole address, as "https://…/picture.jpg".'
            raise fail("images", f'"{address}" is no address of a picture', hint, post)
    return pictures


def _links(data: Mapping[str, Any], fail: Fail) -> tuple[Link, ...]:
    value = data.get("links") or []
    hint = 'Write "  - title: …" and below it "    url: https://…".'
    if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
        raise fail("links", "expected a list of links", hint)
    for number, entry in enumerate(value):
        if not _is_link(entry):
            problem = "each link needs a title and a whole url, and nothing unknown"
            raise fail("links", problem, hint, number)
    told = [{k: str(v) for k, v in entry.items() if v is not None} for entry in value]
    return tuple(Link(**entry) for entry in told)


def _is_link(entry: Mapping[str, Any]) -> bool:
    """Tell whether an entry is a link: a title, a whole address, and nothing that is foreign."""
    # A misspelt key would leave something out without a word.
    is_known = set(entry) <= {"title", "url", "excerpt", "section"}
    is_text = not any(isinstance(value, dict | list) for value in entry.values())
    has_address = _ADDRESS.fullmatch(str(entry.get("url", ""))) is not None
    has_title = bool(str(entry.get("title") or "").strip())
    return is_known and is_text and has_address and has_title


def _nearest(key: str) -> str:
    from digest.nearest import did_you_mean

    return did_you_mean(key, KEYS, there_are="Known")


# ---------------------------------------------------------------- the first time

_MOST_ASKED = 30  # posts that a fresh file asks about

_HEAD = """\
---
# Your say in this issue. Remove the "# " at the start of a line to use it.
# Posts are named by their address, as listed at the end of this part.
#
# subject: {subject}
# preheader: {preheader}
#
# pin:                # into the issue and to its top, whatever the rules say
#   - {example}
# drop:               # out of the issue for good: it never comes again
#   - {example}
# later:              # not now: it comes in the next issue
#   - {example}
# order:              # these first, in this order
#   - {example}
# titles:
#   {example}: A better title
# authors:
#   {example}: First Author, Second Author
# excerpts:
#   {example}: A better excerpt
# images:
#   {example}: https://example.org/picture.jpg
# as_written:         # rules of editing that a post is spared; digest posts --fixups names them
#   {example}: byline-by, series-title
# sections:           # {sections}
#   {example}: A section
# links:              # what is in no source
#   - title: A link of your own
#     url: https://example.org/
#     excerpt: Why it is worth a click
{updates}{asked}#
# The posts of this issue:
{posts}
#
# Your introduction goes below the next line, in Markdown. {{{{ first_name }}}} is the reader's
# name.
---

"""


def template(
    subject: str,
    preheader: str,
    posts: Sequence[PostView],
    updates: Sequence[Update] = (),
    sections: Sequence[str] = (),
    asked: Sequence[Decision] = (),
) -> str:
    """Return the text of a fresh editor.md: every choice shown, each commented out.

    `updates` are posts of earlier issues that changed; without any, that choice is left out.
    `sections` are the titles of those that the edition has, `asked` what is held back until the
    editor says what becomes of it.
    """
    # A real post of this issue: whoever removes the "# " has an example that works.
    example = (posts[0].permalink or posts[0].id) if posts else "https://example.org/a-post/"
    listed = "\n".join(
        f"#   {_line(post.title)}\n#     {_line(post.permalink or post.id)}" for post in posts
    )
    return _HEAD.format(
        subject=_quoted(subject),
        preheader=_quoted(preheader),
        example=_line(example),
        sections=_line(f"one of {', '.join(sections)}") if sections else "this edition has none",
        posts=listed or "#   none",
        updates="".join(_proposed(updates)),
        asked="".join(_questions(asked)),
    )


def _proposed(updates: Sequence[Update]) -> Iterator[str]:
    if updates:
        yield "# updates:            # changed since readers got them; told only if you say so\n"
    for update in updates:
        yield f"#   - {_line(update.post.url or update.post.id)}\n"
        yield _line(f"#     # “{update.post.title}”, in {update.issue}: {update.change}") + "\n"


def _questions(asked: Sequence[Decision]) -> Iterator[str]:
    """Yield what is held back, each with the reason, and how to answer."""
    if not asked:
        return
    yield "#\n# Held back until you say what becomes of them: "
    yield "pin a post to send it, drop it for good.\n"
    if any(decision.rule != "twin" for decision in asked):
        yield "# held: take          # all but those that seem to be sent already, or leave them\n"
    for decision in asked[:_MOST_ASKED]:
        yield _line(f"#   {decision.title}: {decision.detail}") + "\n"
        yield _line(f"#     {decision.url or decision.id}") + "\n"
    if len(asked) > _MOST_ASKED:
        yield f"#   and {len(asked) - _MOST_ASKED} more: see digest build --dry-run\n"


def _line(text: str) -> str:
    return "".join(
        c if c.isprintable() or c in "\u200c\u200d" else " " for c in text
    )  # joiners make letters


def _quoted(text: str) -> str:
    return '"' + _line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
