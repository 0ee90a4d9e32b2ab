"""Run the command line, with `digest` or `python -m digest`.

This module imports next to nothing, so that Ctrl-C while the rest is being imported ends quietly, too.
"""

import sys


def main() -> None:
    """Run the command line; interrupted while it starts, end with 130 as at any other time."""
    try:
        from digest.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("error: stopped; nothing is half-written\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
