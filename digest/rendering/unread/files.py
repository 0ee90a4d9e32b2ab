"""Finds files of a project's own templates that nothing reads: misnamed, or in a wrong folder.

Whatever lies beside templates and is plainly none, such as a picture or a note, is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from digest.lazy import regex
from digest.nearest import nearest

_OF_A_TEMPLATE: Final = ("issue.mjml.j2", "issue.txt.j2", "theme.toml")
_ENDINGS: Final = (".j2", ".mjml", ".jinja", ".jinja2", ".html", ".toml", ".tml", ".tom")
_OTHERS: Final = tuple(
    "~ .bak .orig .old .tmp .md .png .jpg .jpeg .gif .svg .webp .avif .psd .fig .pdf".split()
)
# An include, import or parent that is told by no plain name may be any file.
_COMPUTED: Final = regex(
    r"\{%[-+]?\s*(?:include|extends|import|from)\s+(?:[^\"'\s]|\"[^\"]*\"\s*~)"
)

_WORD: Final = regex(r"\w+")


class Unread(NamedTuple):
    """Hold a file or folder that nothing reads, and what was probably meant; empty if unknown."""

    path: str
    meant: str

    def below(self, folder: str) -> Unread:
        """Return the same as seen from the folder above."""
        return Unread(f"{folder}/{self.path}", self.meant and f"{folder}/{self.meant}")


def unread(
    own: Collection[str],
    shipped: Collection[str],
    used: Collection[str],
    read: Callable[[], Collection[str]],
) -> Iterator[Unread]:
    """Yield the files that nothing reads, of those in a project's `templates/`.

    `own` and `shipped` are names below their folders, `used` the templates of editions; `read`
    tells which files some template is made of, and is asked only where names do not tell.

    >>> list(unread(["weekly/issues.mjml.j2"], ["weekly/issue.mjml.j2"], ["weekly"], list))
    [Unread(path='weekly/issues.mjml.j2', meant='weekly/issue.mjml.j2')]
    >>> list(unread(["weekly/notes.md", "themes/sea.toml"], [], [], list))
    []
    """
    folders = _folders((*own, *shipped))
    strange = [name for name in own if name not in shipped and not _is_known(name, folders)]
    known = frozenset(read()) if strange else frozenset()
    expected = known.union(shipped, ["labels.toml"])
    shared = {name for name in expected if name.startswith("partials/")}
    expected |= {f"{folder}/{part}" for folder in folders for part in {*_OF_A_TEMPLATE, *shared}}
    likely = sorted(expected, key=lambda each: (_folder(each) not in used, each))
    for name in strange:
        meant = _meant(name, likely)
        if name not in known and (meant or name.endswith(_ENDINGS)):
            yield Unread(name, meant)


def _folders(names: Iterable[str]) -> set[str]:
    """Return the folders of templates, by the one file that each has."""
    return {_folder(name) for name in names if name.endswith("/issue.mjml.j2")}


def _folder(name: str) -> str:
    return name.partition("/")[0]


def _is_known(name: str, folders: Collection[str]) -> bool:
    """Tell whether a file's name and place say that it is read, or that it is no template."""
    folder, _, rest = name.partition("/")
    is_hidden = any(part.startswith(".") for part in name.split("/"))
    is_theme = folder == "themes" and rest.endswith(".toml") and "/" not in rest
    is_of_a_template = folder in folders and rest in _OF_A_TEMPLATE
    is_other = name.endswith(_OTHERS)
    return is_hidden or is_other or is_theme or is_of_a_template or name == "labels.toml"


def _meant(name: str, expected: Sequence[str]) -> str:
    """Return the file that was probably meant: the same one elsewhere, else one of its folder.

    The first of those expected are preferred.
    """
    path = PurePosixPath(name)
    if path.parent.name in ("themes", "theme"):
        return f"themes/{path.name.partition('.')[0]}.toml"
    if name.endswith(".toml"):
        expected = [each for each in expected if each.endswith(".toml")]
    own = [each for each in expected if _folder(each) == _folder(name)]
    return _alike(path, own) or _alike(path, expected)


def _alike(path: PurePosixPath, expected: Sequence[str]) -> str:
    """Return the first of some files that is called nearly as this one is; empty if none is."""
    stem, stems = _stem(path.name), {_stem(each) for each in expected}
    near = stem if stem in stems else nearest(stem, stems)
    found = [each for each in expected if _stem(each) == near]
    names = {PurePosixPath(each).name: each for each in reversed(found)}
    name = path.name if path.name in names else nearest(path.name, names)
    return names.get(name or "", found[0] if found else "")


def _stem(name: str) -> str:
    return PurePosixPath(name).name.partition(".")[0]


def are_computed(texts: Iterable[bytes]) -> bool:
    """Tell whether some template includes what only a run of it tells.

    >>> are_computed([b'{% include "a.j2" %}']), are_computed([b'{% include "a" ~ kind %}'])
    (False, True)
    """
    return any(_COMPUTED.search(text.decode(errors="replace")) for text in texts)


def unread_keys(
    file: str, added: Collection[str], known: Collection[str], texts: Iterable[bytes]
) -> Iterator[Unread]:
    """Yield the keys that a theme's file adds to those of all themes, and no template prints.

    >>> list(unread_keys("mine/theme.toml", ["acent", "link"], ["accent"], [b"{{ theme.link }}"]))
    [Unread(path='mine/theme.toml acent', meant='accent')]
    """
    read = {word for text in texts for word in _WORD.findall(text.decode(errors="replace"))}
    for key in sorted(set(added) - read):
        yield Unread(f"{file} {key}", nearest(key, known) or "")


def astray(root: Path, templates: str, names: Collection[str]) -> Iterator[Unread]:
    """Yield folders of a project that look like its templates, and are not where those are read.

    `templates` is the name of their folder, `names` are those of templates there are.
    """
    for folder in sorted(root.iterdir()) if root.is_dir() else ():
        if folder.name == templates or not folder.is_dir():
            continue
        if folder.name in names and (folder / "issue.mjml.j2").is_file():
            yield Unread(f"{folder.name}/", f"{templates}/{folder.name}/")
        elif nearest(folder.name, [templates]) and any(folder.rglob("*.j2")):
            yield Unread(f"{folder.name}/", f"{templates}/")


def unused(own: Collection[str], used: Collection[str]) -> Iterator[Unread]:
    """Yield a project's own templates that no edition uses, and whose name is nearly a used one's.

    >>> list(unused(["Weekly/issue.mjml.j2", "weekly-2/issue.mjml.j2"], ["weekly"]))
    [Unread(path='Weekly/', meant='weekly/')]
    """
    for folder in sorted(_folders(own) - set(used)):
        near = nearest(folder, used)
        if near and not folder.startswith(near):  # "weekly-2" may be in the making
            yield Unread(f"{folder}/", f"{near}/")
