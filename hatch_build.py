"""Puts the manual and the compiled templates into a wheel, for a first build without a compiler.

What is compiled are the frames and blocks of each template in each ready theme, as issues bring
them whose posts have pictures, labels and series in all sorts of places; see
`rendering.page.keeping`. A block that never came up is compiled where it is needed. Run by hand:
`python hatch_build.py FOLDER`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent


class Carried(BuildHookInterface):  # type: ignore[type-arg]
    """Put compiled templates beside the templates, and the manual's pages without their pictures.

    An editable installation has no need of them.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the templates into the folder that the wheel takes them from."""
        if version == "editable":
            return
        folder = ROOT / "build" / "compiled"
        compile_into(folder)
        carried = build_data["force_include"]
        carried[str(folder)] = "digest/_templates/compiled"
        manual = ROOT / "docs"
        for page in manual.rglob("*.md"):
            carried[str(page)] = f"digest/_manual/{page.relative_to(manual).as_posix()}"


def compile_into(folder: Path) -> None:
    """Write the compiled pieces of every shipped template and ready theme into a folder."""
    sys.path.insert(0, str(ROOT))
    from tests.rendering import shipping

    shipping.compile_into(folder)


if __name__ == "__main__":
    compile_into(Path(sys.argv[1]))
