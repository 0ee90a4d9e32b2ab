"""Changes editor.md for the editor: line by line, so that all that is not meant stays as it was.

Comments, quotes, order, line ends and text that nobody here knows are kept. What is taken out of a
list leaves the comment that stood beside it. The new text is read back before it is handed out: it
says what was asked for and nothing else, or there is an error and no text.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain, pairwise
from typing import Any, Final

from digest.errors import DigestError, EditorError
from digest.issue import editor
from digest.lazy import regex
from digest.models import EditorNotes, Link, Value, replace

_FRONT: Final = regex(r"(\ufeff?---[ \t]*\r?\n)(.*?)(^---[ \t]*(?:\r?\n|\Z))", re.S | re.M)
_LINE: Final = regex(r"[^\n]*\n|[^\n]+")
# What YAML reads as text without quotes, whatever stands before and behind it.
_PLAIN: Final = regex(r"https?://[^\s#{}\[\],&*!|>'\"%@`]*[^\s#{}\[\],&*!|>'\"%@`:]")
# A further line of an example that holds a key's place in a fresh editor.md.
_EXAMPLE: Final = regex(r"#(?:[ \t]{2,}\S|[ \t]*- )")


class Changes(Value):
    """Say what editor.md shall say; whatever is not named stays.

    `texts` are subject and preheader, `tables` what is said of single posts by reference: an empty
    value takes the line out. `lists` and `links` replace a list by one of references or links; what
    is in both stays as it was written. `introduction` is Markdown.
    """

    texts: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    tables: dict[str, dict[str, str]] = {}
    links: tuple[Link, ...] | None = None
    introduction: str | None = None


def rewrite(text: str, changes: Changes) -> str:
    """Return editor.md with some things said otherwise, and nothing else touched.

    Raises:
        EditorError: if it cannot be read, or is written in a way that cannot be changed here.
    """
    changes = _settled(changes)
    # What the new text has to say, worked out apart from how it is written.
    wanted = applied(editor.parse(text), changes)
    start, head, end, body = _parts(text)
    for key, value in changes.texts.items():
        head = _Head(head).with_text(key, value)
    for key, references in changes.lists.items():
        head = _Head(head).with_items(key, references, getattr(_notes(head), key), _reference)
    for key, told in changes.tables.items():
        for reference, value in told.items():
            head = _Head(head).with_entry(key, reference, value)
    if changes.links is not None:
        head = _Head(head).with_items("links", changes.links, _notes(head).links, _link)
    if changes.introduction is not None:
        body = _body(changes.introduction, "\r\n" if "\r\n" in text else "\n")
    # The file had no head so far: its first key makes one.
    if head and not start:
        start, end = "---\n", "---\n\n"
    new = start + head + end + body
    _refuse_other(new, wanted)
    return new


def _settled(changes: Changes) -> Changes:
    """Return the changes as they will be read back: each value on one line."""
    return replace(
        changes,
        texts={key: _one_line(value) for key, value in changes.texts.items()},
        tables={
            key: {name.strip(): _one_line(value) for name, value in told.items()}
            for key, told in changes.tables.items()
        },
    )


def applied(notes: EditorNotes, changes: Changes) -> EditorNotes:
    """Return notes in which the changes are made."""
    told: dict[str, Any] = {key: _one_line(value) for key, value in changes.texts.items()}
    told |= changes.lists
    for key, entries in changes.tables.items():
        both = {**getattr(notes, key), **{name: _one_line(v) for name, v in entries.items()}}
        told[key] = {name: value for name, value in both.items() if value or name not in entries}
    if changes.links is not None:
        told["links"] = changes.links
    if changes.introduction is not None:
        told["introduction"] = changes.introduction.replace("\r\n", "\n").strip()
    return replace(notes, **told, lines={})


def _refuse_other(text: str, wanted: EditorNotes) -> None:
    """Refuse a text that does not say what it shall.

    Nothing is ever written that was not read back.

    Raises:
        EditorError: if it says something else.
    """
    hint = "Change it in your text editor; the preview follows."
    try:
        found = replace(editor.parse(text), lines={})
    except DigestError as exc:
        # what was asked for is what editor.md may not say: its own words tell why
        raise EditorError(exc.message, where=editor.FILE_NAME, hint=exc.hint or hint) from exc
    if found != wanted:
        raise EditorError(
            "is written in a way that cannot be changed here", where=editor.FILE_NAME, hint=hint
        )


def _parts(text: str) -> tuple[str, str, str, str]:
    """Return the opening line, the front matter, the closing line and the body."""
    found = _FRONT.match(text)
    return (found[1], found[2], found[3], text[found.end() :]) if found else ("", "", "", text)


def _notes(head: str) -> EditorNotes:
    return editor.parse(f"---\n{head}---\n")


def _body(introduction: str, ending: str) -> str:
    words = introduction.replace("\r\n", "\n").strip("\n")
    return f"\n{words}\n".replace("\n", ending) if words.strip() else ending


def _one_line(value: str) -> str:
    return " ".join(value.split())


# ---------------------------------------------------------------- how values are written


def _reference(reference: str, indent: str) -> list[str]:
    return [f"{indent}- {_name(reference)}"]


def _link(link: Link, indent: str) -> list[str]:
    told = [("title", link.title), ("url", link.url)]
    told += [(key, value) for key in ("excerpt", "section") if (value := getattr(link, key))]
    written = [f"{key}: {_quoted(value)}" for key, value in told]
    return [f"{indent}- {written[0]}", *(f"{indent}  {line}" for line in written[1:])]


def _name(reference: str) -> str:
    """Return a reference as a person would write it: bare where YAML allows that."""
    return reference if _PLAIN.fullmatch(reference) else _quoted(reference)


def _quoted(text: str) -> str:
    """Return a text in quotes, on one line, as both YAML and JSON read it."""
    # A JSON text is a YAML text as well (YAML 1.2, 1.3).
    quoted = json.dumps(_one_line(text), ensure_ascii=False)
    return "".join(c if c.isprintable() else _escaped(c) for c in quoted)


def _escaped(letter: str) -> str:
    code = ord(letter)
    return f"\\U{code:08x}" if code > 0xFFFF else f"\\u{code:04x}"


# ---------------------------------------------------------------- the lines of the front matter


class _Head:
    """Hold front matter as lines, and where each of its values stands in them."""

    def __init__(self, text: str) -> None:
        from digest.frontmatter import nodes

        self.lines = _LINE.findall(text)
        self.ending = "\r\n" if "\r\n" in text else "\n"
        self.text = text
        self._starts = [0, *accumulate(map(len, self.lines))]
        root = nodes(self.text, editor.FILE_NAME)
        self._pairs = {name.value: (name, value) for name, value in root}
        spans = (span for pair in root for node in pair for span in _spans(node))
        self._scalars = [(self._words(begin), end) for begin, end in spans]

    # -------------------------------------------------------- what can be changed

    def with_text(self, key: str, value: str) -> str:
        """Return the text with a key of one value set, or taken out."""
        new = [f"{key}: {_quoted(value)}"] if value else []
        if key not in self._pairs:
            return self._put(*self._place(key), new)
        first, last = self._range(key)
        beside, others = self._comments(first, last)
        if new and beside:
            return self._put(first, last + 1, [f"{new[0]}  {beside}", *others])
        return self._put(first, last + 1, [*new, *filter(None, [beside]), *others])

    def with_items(
        self,
        key: str,
        wanted: Sequence[Any],
        known: Sequence[Any],
        write: Callable[[Any, str], list[str]],
    ) -> str:
        """Return the text with the items of a list replaced; those that stay keep their lines."""
        if key not in self._pairs:
            new = [line for item in wanted for line in write(item, "  ")]
            return self._put(*self._place(key), [f"{key}:", *new] if new else [])
        first, last = self._range(key)
        value = self._pairs[key][1]
        if not self._is_block(key) or len(value.value) != len(known):
            return self._anew(key, [line for item in wanted for line in write(item, "  ")])
        chunks, indent = self._chunks(key), " " * value.start_mark.column
        places = _places(wanted, known)
        taken = [
            write(item, indent) if place is None else chunks[place]
            for item, place in zip(wanted, places, strict=True)
        ]
        # What is taken out leaves the comments that stood beside it.
        free = sorted(set(range(len(known))) - set(places))
        left = [line for n in free for line in self._left(chunks, n, key)]
        return self._put(first, last + 1, self._block(key, list(chain.from_iterable(taken)), left))

    def with_entry(self, key: str, reference: str, value: str) -> str:
        """Return the text with what a table says of one post set, or taken out."""
        line = f"{_name(reference)}: {_quoted(value)}"
        if key not in self._pairs:
            return self._put(*self._place(key), [f"{key}:", f"  {line}"] if value else [])
        if not self._is_block(key):
            # Written in braces, on one line: there is no line of its own to change.
            table = getattr(_notes(self.text), key) | {reference: value}
            return self._anew(key, [f"  {_name(k)}: {_quoted(v)}" for k, v in table.items() if v])
        first, last = self._range(key)
        entries = self._pairs[key][1].value
        indent = " " * self._pairs[key][1].start_mark.column
        chunks, left, found = self._chunks(key), list[str](), False
        for number, (name, _) in enumerate(entries):
            if str(name.value).strip() != reference:
                continue
            found = True
            loose = self._left(chunks, number, key)
            as_written = self.text[name.start_mark.index : name.end_mark.index]
            beside, others = self._comments(*self._entry_range(number, key))
            own = f"{indent}{as_written}: {_quoted(value)}" + (f"  {beside}" if beside else "")
            above = loose[: len(loose) - len(others) - bool(beside)]
            chunks[number] = [*above, own, *others] if value else []
            left = [] if value else loose
        if value and not found:
            chunks.append([f"{indent}{line}"])
        return self._put(first, last + 1, self._block(key, list(chain.from_iterable(chunks)), left))

    # -------------------------------------------------------- where things stand

    def _line(self, index: int) -> int:
        return bisect_right(self._starts, index) - 1

    def _range(self, key: str) -> tuple[int, int]:
        name, value = self._pairs[key]
        return self._line(name.start_mark.index), self._last(name, value)

    def _last(self, name: Any, value: Any) -> int:
        """Return the last line on which something of a value stands.

        Comments below are not its own.
        """
        ends = [end for _, end in (*_spans(name), *_spans(value))]
        last = self._line(max(max(ends) - 1, name.start_mark.index))
        # A blank line below a value belongs to nobody.
        while last and not self.lines[last].strip():
            last -= 1
        return last

    def _is_block(self, key: str) -> bool:
        name, value = self._pairs[key]
        if isinstance(value.value, str) or value.flow_style or not value.value:
            return False
        return self._line(value.start_mark.index) > self._line(name.start_mark.index)

    def _ends(self, key: str) -> list[int]:
        """Return the last line of each item or entry."""
        found = []
        for child in self._pairs[key][1].value:
            name, value = child if isinstance(child, tuple) else (child, child)
            found.append(self._last(name, value))
        return found

    def _entry_range(self, number: int, key: str) -> tuple[int, int]:
        child = self._pairs[key][1].value[number]
        name = child[0] if isinstance(child, tuple) else child
        return self._line(name.start_mark.index), self._ends(key)[number]

    def _chunks(self, key: str) -> list[list[str]]:
        """Return the lines of each item with the comments above it."""
        starts = [self._range(key)[0], *self._ends(key)]
        return [
            [line.rstrip("\r\n") for line in self.lines[above + 1 : last + 1]]
            for above, last in pairwise(starts)
        ]

    def _left(self, chunks: list[list[str]], number: int, key: str) -> list[str]:
        """Return what remains of an item that is taken out: the comments above and beside it."""
        first, last = self._entry_range(number, key)
        height = last - first + 1
        above = [line for line in chunks[number][: len(chunks[number]) - height] if line.strip()]
        beside, others = self._comments(first, last)
        indent = " " * self._pairs[key][1].start_mark.column
        return [*above, *(f"{indent}{comment}" for comment in [beside] if comment), *others]

    def _comments(self, first: int, last: int) -> tuple[str, list[str]]:
        """Return the comment on the first of some lines, and each of those on the others."""
        found = [self._comment(number) for number in range(first, last + 1)]
        indent = " " * (len(self.lines[first]) - len(self.lines[first].lstrip()))
        return found[0], [f"{indent}  {comment}" for comment in found[1:] if comment]

    def _words(self, begin: int) -> int:
        """Return where a value begins: a block below its sign, beside which a comment may stand."""
        is_block = self.text.startswith(("|", ">"), begin)
        return self._starts[self._line(begin) + 1] if is_block else begin

    def _comment(self, number: int) -> str:
        """Return the comment on a line, empty if there is none; a # within a value begins none."""
        start = self._starts[number]
        line: str = self.lines[number].rstrip("\r\n")
        for place, letter in enumerate(line):
            at = start + place
            is_free = not any(begin <= at < end for begin, end in self._scalars)
            # A # begins a comment only behind white space (YAML 1.2, 6.6).
            if letter == "#" and is_free and (place == 0 or line[place - 1] in " \t"):
                return line[place:]
        return ""

    def _place(self, key: str) -> tuple[int, int]:
        """Return where a new key belongs.

        Below the example that holds its place, else at the end.
        """
        holder = re.compile(rf"#\s*{re.escape(key)}\s*:")
        within = {n for name in self._pairs for n in range(*self._range(name))}
        for number, line in enumerate(self.lines):
            if number not in within and holder.match(line):
                while number + 1 < len(self.lines) and _EXAMPLE.match(self.lines[number + 1]):
                    number += 1
                return number + 1, number + 1
        return len(self.lines), len(self.lines)

    # -------------------------------------------------------- putting it together

    def _block(self, key: str, items: list[str], left: list[str]) -> list[str]:
        """Return the lines of a key with its items; without any, only what was said beside them."""
        header = self.lines[self._range(key)[0]].rstrip("\r\n")
        if items:
            return [header, *items, *left]
        comment = self._comment(self._range(key)[0])
        return [*filter(None, [comment]), *left]

    def _anew(self, key: str, items: list[str]) -> str:
        """Return the text with a value that was written on one line written as a block."""
        first, last = self._range(key)
        beside, others = self._comments(first, last)
        header = f"{key}:  {beside}".rstrip() if items else beside
        return self._put(first, last + 1, [*filter(None, [header]), *others, *items])

    def _put(self, first: int, after: int, new: Sequence[str]) -> str:
        written = [f"{line}{self.ending}" for line in new]
        return "".join([*self.lines[:first], *written, *self.lines[after:]])


def _places(wanted: Sequence[Any], known: Sequence[Any]) -> list[int | None]:
    """Return where each wanted item stands among the known ones, each of them once; None if new."""
    free = list(range(len(known)))
    places: list[int | None] = []
    for item in wanted:
        place = next((n for n in free if known[n] == item), None)
        if place is not None:
            free.remove(place)
        places.append(place)
    return places


def _spans(node: Any) -> Iterator[tuple[int, int]]:
    """Yield where the scalars below a node begin and end."""
    waiting, seen = [node], set[int]()
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        if isinstance(current.value, str):
            yield current.start_mark.index, current.end_mark.index
            continue
        if current.flow_style:
            yield current.end_mark.index - 1, current.end_mark.index
        for child in current.value:
            waiting += child if isinstance(child, tuple) else (child,)
        if not current.value:
            yield current.start_mark.index, current.end_mark.index
