"""Run the command line, with `digest` or `python -m digest`.

This module imports next to nothing, so that Ctrl-C while the rest is being imported ends quietly,
too.
"""

import gc
import sys


def main() -> None:
    """Run the command line; interrupted while it starts, end with 130 as at any other time."""
    # Starting makes many objects and hardly any garbage, which Python would look for 200 times.
    gc.set_threshold(50_000, 20, 50)
    try:
        from digest.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("error: stopped; nothing is half-written\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
