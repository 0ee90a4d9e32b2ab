"""Run the command line, with `digest` or `python -m digest`.

This module imports next to nothing, so that Ctrl-C while the rest is being imported ends quietly,
too.
"""

import gc
import os
import sys


def main() -> None:
    """Run the command line; interrupted while it starts, end with 130 as at any other time."""
    # Starting makes many objects and hardly any garbage, which Python would look for 200 times.
    gc.set_threshold(100_000, 20, 50)
    _open_what_is_closed()
    try:
        from digest.machine import regexes

        regexes.recall()
        _run()
    except KeyboardInterrupt:
        sys.stderr.write("error: stopped; nothing is half-written\n")
        sys.exit(130)


def _open_what_is_closed() -> None:
    """Put the void in place of a stream that whoever started us has closed, as `>&-` does.

    Python has None there, and the next file to be opened would be taken for it.
    """
    for name, mode, flags in (
        ("stdin", "r", os.O_RDONLY),
        ("stdout", "w", os.O_WRONLY),
        ("stderr", "w", os.O_WRONLY),
    ):
        if getattr(sys, name) is None:
            void = os.open(os.devnull, flags)
            setattr(sys, name, os.fdopen(void, mode, encoding="utf-8"))


def _run() -> None:
    from digest.cli import main as run
    from digest.cli.stopping import heed
    from digest.machine import regexes

    heed()
    try:
        run()
    except SystemExit as end:
        regexes.keep()
        _leave(end)


def _leave(end: SystemExit) -> None:
    """End the process without taking it apart first.

    Python would clear each of 400 modules, a twentieth of a short command's time; the system frees
    them all at once. What has to be done on the way out is done as ever, and while other threads
    run, Python waits for them.
    """
    import atexit
    import threading

    code = end.code or 0
    if threading.active_count() > 1 or not isinstance(code, int):
        raise end
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # nobody reads any more: Python knows how to end then
        raise end from None
    os._exit(code)


if __name__ == "__main__":
    main()
