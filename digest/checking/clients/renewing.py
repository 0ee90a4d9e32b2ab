"""Renews caniemail.json: keeps of caniemail's data what the rules ask. A script for maintainers.

curl -O https://www.caniemail.com/api/data.json
python -m digest.checking.clients.renewing data.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from digest.checking.clients.support import EFFECTS, FAMILIES

_TARGET = Path(__file__).with_name("caniemail.json")
_STATES = frozenset("nay")


def renewed(raw: dict[str, Any]) -> dict[str, Any]:
    """Return of caniemail's data the latest state of each kept feature, by family and platform."""
    kept = {source for _, sources in FAMILIES.values() for source, _ in sources}
    features = {
        entry["slug"]: {
            family: {
                platform: state
                for platform, versions in platforms.items()
                if (state := _latest(versions))
            }
            for family, platforms in entry["stats"].items()
            if family in kept
        }
        for entry in raw["data"]
        if entry["slug"] in EFFECTS
    }
    return {
        "source": "https://www.caniemail.com/api/data.json",
        "licence": "MIT, see LICENSE.txt",
        "date": str(raw["last_update_date"])[:10],
        "features": dict(sorted(features.items())),
    }


def _latest(versions: dict[str, str]) -> str:
    """Return "y", "a" (partly) or "n" of the newest version; the data lists the oldest first."""
    state = list(versions.values())[-1][:1] if versions else ""
    return state if state in _STATES else ""


def main(path: str) -> None:
    """Write caniemail.json anew from a file of caniemail's."""
    data = renewed(json.loads(Path(path).read_text("utf-8")))
    lines = ",\n".join(
        f"  {json.dumps(slug)}: {json.dumps(stats, separators=(',', ':'))}"
        for slug, stats in data.pop("features").items()
    )
    head = json.dumps(data, indent=1)[:-2]
    _TARGET.write_text(f'{head},\n "features": {{\n{lines}\n }}\n}}\n', "utf-8")
    missing = sorted(set(EFFECTS) - {line.split('"')[1] for line in lines.splitlines()})
    print(f"{_TARGET}: of {data['date']}; caniemail has nothing on: {', '.join(missing) or '-'}")


if __name__ == "__main__":
    main(sys.argv[1])
