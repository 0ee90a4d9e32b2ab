"""Takes the marks of generators and of Obsidian out of Markdown, before it is rendered, or of text.

What is known becomes plain Markdown (figures, wiki links, callouts, highlights); other marks go,
and what they enclose stays. Comments that an author wrote for herself never leave. Code is text: in
it nothing is touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import itemgetter

from digest.lazy import regex

_CODE = regex(
    r"(^[ \t]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?P<ticks>`+)(?!`)[^\n]{1,500}?(?<!`)(?P=ticks)(?!`))",
    re.DOTALL | re.MULTILINE,
)
_PICTURE = regex(r"\.(?:jpe?g|png|gif|webp|avif|svg)$", re.IGNORECASE)
_ATTRIBUTE = regex(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")

_COMMENTS = regex(
    r"%%[^%].*?%%|\{/\*.*?\*/\}|\{#-?\s.*?#\}"  # Obsidian, MDX and Hugo, Nunjucks and Tera
    r"|\{\{!--.*?--\}\}"  # Handlebars
    r"|\{\{([<%])\s*comment\s*[>%]\}\}.*?\{\{\1\s*/\s*comment\s*[>%]\}\}"  # Hugo's shortcode
    r"|\{::comment\}.*?\{:/(?:comment)?\}"  # kramdown
    r"|\{>>.*?<<\}|\{--.*?--\}",  # CriticMarkup's remarks, and what is struck out
    re.DOTALL,
)
_QUERY = regex(
    r"[ \t]*(?:`{3,}|~{3,})[ \t]*(?:dataview(?:js)?|tasks|query|base|button)\b|`\$?=[ \t]"
)
"""Code that Obsidian's plug-ins run, to show something in its place."""
# The same, to be found; each begins with what is looked for without a pattern.
_QUERY_FENCES = (
    regex(r"```[ \t]*(?:dataview(?:js)?|tasks|query|base|button)\b"),
    regex(r"~~~[ \t]*(?:dataview(?:js)?|tasks|query|base|button)\b"),
)

_EMBED = regex(r"!\[\[([^\[\]\n|#^]{1,300})(?:[#^][^\[\]\n|]{0,200})?(?:\|([^\[\]\n]{0,300}))?\]\]")
_WIKI = regex(  # the heading it leads to may hold a link itself
    r"\[\[((?:[^\[\]\n|]|\[[^\[\]\n|]{0,200}\]){1,300})(?:\\?\|([^\[\]\n]{1,300}))?\]\]"
)
_SIZE = regex(r"\s*\d+(?:x\d+)?\s*")
_CALLOUT = regex(
    r"^(?P<quote>[ \t]*(?:>[ \t]*)+)\[!(?P<kind>[\w-]{1,30})(?:\|[^\]\n]{0,80})?\][+-]?[ \t]*"
    r"(?P<title>[^\n]*)",
    re.M,
)
_CALLED = regex(
    r"\A\s*\[!(?P<kind>[a-zA-Z-]{1,30})(?:\|[^\]\n]{0,80})?\][+-]?[ \t]*(?P<title>[^\n]*)"
)
_HIGHLIGHT = regex(r"(?<![=\w])==(?=[^\s=])([^=\n]{1,500}?)(?<=[^\s=])==(?![=\w])")
# "**Note: **that", "**「苔」**は": what Markdown does not take for strong, and what nobody closed.
# Python's "**kwargs" and a pointer's "**p" are none.
_NO_NAME = r"(?![a-z]\b|(?:kw|arg|opt|param|conf|data|dict|fields|self)[a-z_]*\b)"
_STRONG = regex(rf"(?<![A-Za-z0-9_*(\\])\*\*(?=[^\s*]){_NO_NAME}([^*\n]{{1,500}}?)\*\*(?!\*)")
_OPENED = regex(rf"(?<![A-Za-z0-9_*(\\])\*\*(?=[^\W\d_]|[“‘\"「【（]){_NO_NAME}|\A\*\*\Z")
_BLOCK_ID = regex(r"[ \t]+\^[\w-]{1,40}[ \t]*$|^\^[\w-]{1,40}[ \t]*$", re.MULTILINE)
_HUGO = regex(
    r"\{\{([<%])-?\s*(?P<end>/?)\s*(?P<name>[\w./-]+)(?P<rest>.{0,2000}?)/?\s*-?[>%]\}\}", re.DOTALL
)
_LIQUID = regex(r"\{%-?\s*(?P<name>\w+)?(?P<rest>.{0,1000}?)-?%\}", re.DOTALL)
_LIQUID_HIDDEN = regex(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
_ADMONITION = regex(  # of MkDocs, and its tabs: '=== "By hand"'
    r"^(?:(?:!!!|\?{3}\+?)[ \t]+[\w-]+(?:[ \t]+[\w-]+)*|={3}[!+]?(?=[ \t]+\"))"
    r"(?:[ \t]+\"(?P<title>[^\"\n]*)\")?[ \t]*\n(?:[ \t]*\n)?"
    r"(?P<body>(?:(?:[ ]{4}|\t)[^\n]*(?:\n|\Z)|[ \t]*\n(?=[ ]{4}|\t))*)",
    re.MULTILINE,
)
_TASK = regex(r"^([ \t]*(?:>[ \t]*)*(?:[-*+]|\d{1,4}[.)])[ \t]+)\[([ xX])\](?=[ \t])", re.MULTILINE)
_ABBREVIATION = regex(r"^\*\[[^\]\n]{1,80}\]:[^\n]*$\n?", re.MULTILINE)
# Brackets within an address stand in pairs.
_UNTIL_BLANK = r"(?:[^()<>\n\"' ]|\([^()<>\n\"' ]{0,80}\)){1,300}[ ]"
_BEHIND = r"(?:[^()<>\n\"']|\([^()<>\n\"']{0,80}\)){0,300}"
_ROOTED = rf"(?=https?://|\.{{0,2}}/){_UNTIL_BLANK}{_BEHIND}(?<![ ])"
_FILE = rf"{_UNTIL_BLANK}{_BEHIND}\.\w{{2,5}}"
_BLANKS = regex(rf"\]\((?=[^<\s])({_ROOTED}|{_FILE})([ ]+\"[^\"\n]{{0,300}}\")?\)")
"""Addresses with blanks, which kramdown and Obsidian take for links and CommonMark does not."""

_NAMED = regex(
    r"\{\{-?\s*[\"']([^\"'{}\n]{1,300})[\"']\s*\|\s*(?:relative_url|absolute_url|url|prepend"
    r"|asset_path|img_url|absURL|relURL)\b[^{}\n]{0,100}\}\}"
)
_OUTPUT = regex(
    r"\{\{[\s~]*[\w.$'\"/#>^&!][^{}\n]{0,300}\}\}|\{(?:props|frontmatter)\.[\w.]{1,80}\}"
)
_PROGRAM = regex(r"<%.{0,2000}?%>", re.DOTALL)  # Templater, ERB, EJS
_CONTAINER = regex(
    r"^[ \t]*:{3,}[ \t]*(?:\{[^{}\n]{0,200}\}|[\w-]*)[ \t]*"
    r"(?:\[(?P<said>[^\]\n]*)\]|(?P<title>[^\n]*))$",
    re.MULTILINE,
)
_HEADING_ID = regex(r"[ \t]*\{#[\w:.-]+[^{}\n]{0,100}\}[ \t]*$", re.MULTILINE)
_KRAMDOWN = regex(
    r"^[*-][ \t]+[^\n]{0,80}\n\{:toc[^{}\n]{0,80}\}|[ \t]*\{:[^{}\n]{0,300}\}", re.MULTILINE
)
_CLASSES = regex(r"(?<=[)\]])\{[ ]?(?:[.#][\w-]+|\w+=\S{1,100})(?:\s[^{}\n]{0,200})?\}")
_PELICAN = regex(r"(?<=[(\s\"'<])[{|](?:static|filename|attach|photo)[}|]/?")
_INLINE_NOTE = regex(r"(?<=\S)\^\[[^\[\]\n]{1,1000}\]")
_CRITIC = regex(r"\{(?:\+\+(.{1,500}?)\+\+|~~.{0,500}?~>(.{0,500}?)~~|==(.{1,500}?)==)\}")
_ICON = regex(r":(?:material|fontawesome|octicons|simple)-[\w-]{1,80}:")
_SNIPPET = regex(r"^[ \t]*-{1,2}8<-{1,2}(?:[ \t][^\n]*)?$\n?", re.MULTILINE)
_TEASER = regex(r"^\.\.[ ]TEASER_END[^\n]*$", re.MULTILINE)
_IMPORT = regex(
    r"""^(?:import\s[^\n]{0,300}\sfrom\s+["'][^\n]{1,300}|export\s+const\s[^\n]{0,500})$\n?""",
    re.MULTILINE,
)


def plain_markdown(text: str) -> str:
    """Return Markdown without marks that only its own generator knows.

    >>> plain_markdown("See [[Ditch|the note]] ==soon==.%% ask Ada %% ^b1")
    'See the note soon.'
    >>> plain_markdown('{{< figure src="a.jpg" alt="Fern" >}}{{< toc >}}')
    '![Fern](<a.jpg>)'
    """
    if not _holds_marks(text):  # as most posts
        return text
    rules = [(place, rule) for place, rule in enumerate(_RULES) if rule[0] in text]
    pieces, done = [], 0
    for code in _CODE.finditer(text):
        shown = "" if _QUERY.match(code[0]) else code[0]
        pieces += [_unmarked(text[done : code.start()], rules), shown]
        done = code.end()
    return "".join([*pieces, _unmarked(text[done:], rules)])


def _holds_marks(text: str) -> bool:
    """Tell whether there is anything to do. A link is in most posts, so that it takes a look."""
    if any(sign in text and pattern.search(text) for sign, pattern in _SIGNS):
        return True
    if any(word in text for word in _WORDS):
        return True
    has_code = "`" in text or "~~~" in text
    has_query = has_code and any(fence.search(text) for fence in _QUERY_FENCES)
    return has_query or bool(_BLANKS.search(text))


Rule = tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]]
"""What a text must hold for the pattern to be tried, the pattern, and what takes its place."""


def _unmarked(text: str, rules: Sequence[tuple[int, Rule]]) -> str:
    """Return a piece of a text without marks; `rules` are those that the whole text may need."""
    for place, (needle, pattern, made) in rules:
        if needle in text and (without := pattern.sub(made, text)) != text:
            # What is left may be a mark that the whole text did not hold.
            return _without(without, _RULES[place + 1 :])
    return text


def _without(text: str, rules: Iterable[Rule]) -> str:
    for needle, pattern, made in rules:
        if needle in text:
            text = pattern.sub(made, text)
    return text


_SOME_SIGN = ("[", "{", "==", "%%", ":::", "**")
_FIRST_SIGNS = "[{=%:*"


def may_hold_marks(text: str) -> bool:
    """Tell whether a text may hold a shortcode or another such mark; most hold none."""
    # A single sign is found fastest, and most texts have none of these.
    has_some = any(map(text.__contains__, _FIRST_SIGNS))
    return has_some and any(sign in text for sign in _SOME_SIGN if sign[0] in text)


def without_marks(text: str) -> str:
    """Return a text of HTML without the same marks, where a generator did not replace them.

    Pictures and links cannot be made of it any more: they leave their words, if they have any.

    >>> without_marks("See [[Ditch|the note]] ==soon==.%% ask Ada %% {{< toc >}}{: .lead}")
    'See the note soon.'
    """
    return _without(text, _TEXT_RULES)


def _embedded(found: re.Match[str]) -> str:
    """Return a picture; another note that is shown within this one is not ours to show."""
    name, said = found[1].strip(), (found[2] or "").strip()
    if not _PICTURE.search(name):
        return ""
    words = [part.strip() for part in said.split("|") if not _SIZE.fullmatch(part)]
    return f"![{' '.join(words)}](<{name}>)"


def _linked(found: re.Match[str]) -> str:
    name, said = found[1].strip(), (found[2] or "").strip()
    return said or re.sub(r"\s*#\^?\s*", " > ", name.rpartition("/")[2]).removeprefix(" > ")


def _called_out(found: re.Match[str]) -> str:
    title = found["title"].strip() or found["kind"].replace("-", " ").capitalize()
    return f"{found['quote']}**{title}**\n{found['quote'].rstrip()}"


def _admonished(found: re.Match[str]) -> str:
    """Return an admonition of MkDocs as a quotation, as callouts are."""
    lines = re.sub(r"^(?: {4}|\t)", "", found["body"], flags=re.MULTILINE).rstrip().split("\n")
    titled = [f"**{found['title']}**", ""] if found["title"] else []
    return "\n" + "\n".join(f"> {line}" for line in [*titled, *lines]) + "\n\n"


def _task(found: re.Match[str]) -> str:
    return f"{found[1]}{'☐' if found[2] == ' ' else '☑'}"


_VIDEOS = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}


def _shortcode(found: re.Match[str]) -> str:
    """Return what Hugo's own shortcodes show; others go, and what stands between them stays."""
    said = {m[1]: m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(found["rest"])}
    name = found["name"].lower()
    if name in ("figure", "img", "image") and not found["end"]:
        return _figure(said)
    bare = re.match(r"\s*[\"']?([\w./#-]+)(?![\w./-]*\s*=)", found["rest"])
    first = bare[1] if bare else ""
    video = said.get("id") or first
    if name in _VIDEOS and video:
        return f"\n\n{_VIDEOS[name]}{video}\n\n"
    return _file(said.get("path") or first) if name in ("ref", "relref") else ""


def _file(name: str) -> str:
    """Return the name of another post's file, whose address its source knows.

    >>> _file("posts/ferns"), _file("ferns.md#spores"), _file("2026-11-19-moss")
    ('posts/ferns.md', 'ferns.md#spores', '2026-11-19-moss.md')
    """
    path, mark, place = name.strip("\"' ").partition("#")
    path = path.rstrip("/")
    has_suffix = re.search(r"\.(?:mdx?|markdown|mdown|html?)\Z", path)
    return f"{path if has_suffix or not path else f'{path}.md'}{mark}{place}"


def _figure(said: dict[str, str]) -> str:
    source = said.get("src") or said.get("link", "")
    alt = next((said[key] for key in ("alt", "caption", "title") if said.get(key)), "")
    return f"![{alt}](<{source}>)" if source else ""


_SHOWN_FILES = ("asset_img", "img", "image")
_WORD = regex(r"""\"([^\"]*)\"|'([^']*)'|([^\s,]+)""")


def _tag(found: re.Match[str]) -> str:
    """Return what a tag of Liquid, Hexo or Eleventy shows: another post, or a picture."""
    name = found["name"]
    if name in ("post_url", "link"):
        return _file(found["rest"])
    words = [next(filter(None, m.groups()), "") for m in _WORD.finditer(found["rest"])]
    if name == "post_link" and words:
        return f"[{' '.join(words[1:]) or words[0]}](<{_file(words[0])}>)"
    if name in _SHOWN_FILES:
        file = next((word for word in words if _PICTURE.search(word)), "")
        said = " ".join(words[words.index(file) + 1 :][:1]) if file else ""
        return f"![{said}](<{file}>)" if file else ""
    return ""


def _contained(found: re.Match[str]) -> str:
    title = (found["said"] or found["title"] or "").strip()
    return f"\n**{title}**\n" if title else "\n"


def _kept(found: re.Match[str]) -> str:
    return next(filter(None, found.groups()), "")


# comments first, so that nothing within them becomes visible; then what is known, then the rest
_RULES: tuple[Rule, ...] = (
    ("{%", _LIQUID_HIDDEN, ""),
    ("%%", _COMMENTS, ""),
    ("{/*", _COMMENTS, ""),
    ("{#", _COMMENTS, ""),
    ("{{!--", _COMMENTS, ""),
    ("/comment", _COMMENTS, ""),
    ("{:/", _COMMENTS, ""),
    ("{>>", _COMMENTS, ""),
    ("{--", _COMMENTS, ""),
    ("<%", _PROGRAM, ""),
    ("--8<--", _SNIPPET, ""),
    ("-8<-", _SNIPPET, ""),
    ("TEASER_END", _TEASER, "<!--more-->"),
    ("{++", _CRITIC, _kept),
    ("{~~", _CRITIC, _kept),
    ("{==", _CRITIC, _kept),
    ("^[", _INLINE_NOTE, ""),
    (":material-", _ICON, ""),
    (":fontawesome-", _ICON, ""),
    (":octicons-", _ICON, ""),
    (":simple-", _ICON, ""),
    ("import", _IMPORT, ""),
    ("export", _IMPORT, ""),
    ("![[", _EMBED, _embedded),
    ("[[", _WIKI, _linked),
    ("[!", _CALLOUT, _called_out),
    ("!!! ", _ADMONITION, _admonished),
    ("???", _ADMONITION, _admonished),
    ('=== "', _ADMONITION, _admonished),
    ("[ ]", _TASK, _task),
    ("[x]", _TASK, _task),
    ("[X]", _TASK, _task),
    ("*[", _ABBREVIATION, ""),
    ("==", _HIGHLIGHT, r"\1"),
    ("^", _BLOCK_ID, ""),
    ("{{", _HUGO, _shortcode),
    ("{%", _LIQUID, _tag),
    ("{{", _NAMED, r"\1"),
    ("{{", _OUTPUT, ""),
    ("](", _BLANKS, r"](<\1>\2)"),
    (":::", _CONTAINER, _contained),
    ("{#", _HEADING_ID, ""),
    ("{:", _KRAMDOWN, ""),
    ("{", _CLASSES, ""),
    ("{props", _OUTPUT, ""),
    ("{frontmatter", _OUTPUT, ""),
    ("{", _PELICAN, "/"),
    ("|filename|", _PELICAN, "/"),
    ("|static|", _PELICAN, "/"),
)
_TEXT_RULES: tuple[Rule, ...] = (
    ("{%", _LIQUID_HIDDEN, ""),
    ("%%", _COMMENTS, ""),
    ("{/*", _COMMENTS, ""),
    ("{#", _COMMENTS, ""),
    ("![[", _EMBED, ""),
    ("[[", _WIKI, lambda found: found[0] if found[1].isdigit() else _linked(found)),
    ("[!", _CALLED, lambda found: found["title"] or found["kind"].capitalize()),
    ("==", _HIGHLIGHT, r"\1"),
    ("**", _STRONG, r"\1"),
    ("**", _OPENED, ""),
    ("{{", _HUGO, ""),
    ("{%", _LIQUID, ""),
    (":::", _CONTAINER, lambda found: (found["said"] or found["title"]).strip()),
    ("{#", _HEADING_ID, ""),
    ("{:", _KRAMDOWN, ""),
)
_SAID = {needle for needle, _, _ in _RULES} - {"]("} | {"`=", "`$="}
_NEEDLES = {one for one in _SAID if not any(other in one for other in _SAID - {one})}
"""What a text must hold for most of the rules, without what holds another of these."""

_WORDS = sorted(filter(str.isalpha, _NEEDLES))
# The others by their first signs, one of which alone is looked for fastest.
_SIGNS = [
    (sign, regex(rf"{re.escape(sign)}(?:{'|'.join(re.escape(needle[1:]) for needle in needles)})"))
    for sign, needles in groupby(sorted(_NEEDLES.difference(_WORDS)), key=itemgetter(0))
]
