"""What a running template raises, told as an error that names the template's file and line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateNotFound, TemplateSyntaxError

from digest.errors import TemplateError
from digest.rendering.jinja.engine.missing import told


@contextmanager
def translated(name: str, roots: Sequence[Path]) -> Iterator[None]:
    """Turn what a running template raises into a TemplateError that names template and line.

    An exception that no template frame has a part in is a bug, and passes.

    Raises:
        TemplateError: for every error of a template.
    """
    try:
        yield
    except TemplateSyntaxError as exc:
        where = relative(exc.filename, roots) if exc.filename else exc.name or name
        raise TemplateError(exc.message or "syntax error", where=f"{where}:{exc.lineno}") from exc
    except TemplateNotFound as exc:
        where = _place(exc.__traceback__, roots) or name
        raise TemplateError(f"there is no template {exc.name or exc}", where=where) from exc
    # Told without a line: it would be that of wherever the stack ran out.
    except RecursionError as exc:
        raise TemplateError(
            "the template includes or calls itself without end", where=name
        ) from exc
    except (JinjaError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as exc:
        where = _place(exc.__traceback__, roots)
        # No template had a part in it, so it is our own bug and keeps its traceback.
        if not where:
            raise
        raise TemplateError(told(exc), where=where) from exc


def _place(traceback: TracebackType | None, roots: Sequence[Path]) -> str:
    """Return `template:line` of the innermost template frame; empty if no template was running."""
    place = ""
    while traceback is not None:
        frame = traceback.tb_frame
        # Jinja gives these names to the modules that it makes of templates.
        if "__jinja_exception__" in frame.f_globals or "__jinja_template__" in frame.f_globals:
            place = f"{relative(frame.f_code.co_filename, roots)}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place


def relative(filename: str, roots: Sequence[Path]) -> str:
    """Return a template's file as seen from its root."""
    path = Path(filename)
    return next(
        (path.relative_to(root).as_posix() for root in roots if path.is_relative_to(root)), filename
    )
