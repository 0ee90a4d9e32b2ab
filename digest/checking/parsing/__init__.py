"""Reads an email once, into values that rules can ask: tree, styles, looks, headers, parts.

Any bytes can be read, in time proportional to their length; nothing here judges.
"""

from digest.checking.parsing.cascade import Cascade
from digest.checking.parsing.css import (
    Declaration,
    Sheet,
    StyleRule,
    broken_parts,
    declarations,
    sheet,
)
from digest.checking.parsing.html import parse
from digest.checking.parsing.looks import Look, length, looks, over
from digest.checking.parsing.mail import Message, Part, page_text
from digest.checking.parsing.mail import read as read_message
from digest.checking.parsing.paints import is_unknowable, paint
from digest.checking.parsing.tree import Comment, Document, Mend, Node, Text, fold

__all__ = [
    "Cascade",
    "Comment",
    "Declaration",
    "Document",
    "Look",
    "Mend",
    "Message",
    "Node",
    "Part",
    "Sheet",
    "StyleRule",
    "Text",
    "broken_parts",
    "declarations",
    "fold",
    "is_unknowable",
    "length",
    "looks",
    "over",
    "page_text",
    "paint",
    "parse",
    "read_message",
    "sheet",
]
