"""Front matter: the data at the head of a text file, and the text after it.

This room alone knows ruamel.yaml. It reads YAML 1.2, TOML, JSON and "Key: value" lines as data and
never as code, and tells the line of what it cannot read. It knows no key: what `title` or `pin`
means is decided where the data is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.lazy import opener

if TYPE_CHECKING:
    from digest.frontmatter.splitting import Document, split
    from digest.frontmatter.toml import load_toml
    from digest.frontmatter.whole_yaml import load_yaml, nodes, whole
else:
    __getattr__ = opener(
        __name__,
        {
            "splitting": "Document split",
            "toml": "load_toml",
            "whole_yaml": "load_yaml nodes whole",
        },
    )

__all__ = ["Document", "load_toml", "load_yaml", "nodes", "split", "whole"]
