"""What a running template raises, told as an error that names the template's file and line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateNotFound, TemplateSyntaxError

from digest.errors import TemplateError
from digest.rendering.jinja.engine.missing import told
from digest.rendering.jinja.engine.wording import NO_TEMPLATE, in_words, no_template


@contextmanager
def translated(name: str, roots: Sequence[Path], filters: Collection[str] = ()) -> Iterator[None]:
    """Turn what a running template raises into a TemplateError that names template and line.

    An exception that no template frame has a part in is a bug, and passes. `filters` are those
    there are.

    Raises:
        TemplateError: for every error of a template.
    """
    try:
        yield
    except TemplateSyntaxError as exc:
        # of what the lexer dislikes, Jinja tells the file as the template's name
        where = relative(exc.filename or exc.name or name, roots)
        message = exc.message or "syntax error"
        told_so = (
            no_template(message.removeprefix(NO_TEMPLATE), roots)
            if message.startswith(NO_TEMPLATE)
            else in_words(message, filters)
        )
        raise TemplateError(told_so, where=f"{where}:{exc.lineno}") from exc
    except TemplateNotFound as exc:
        where = _place(exc.__traceback__, roots) or name
        raise TemplateError(no_template(str(exc.name or exc), roots), where=where) from exc
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
        raise TemplateError(in_words(told(exc), filters), where=where) from exc


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
