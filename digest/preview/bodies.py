"""Reads what a writing request brings: JSON, said to be JSON, and not much of it."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request

MOST_BYTES: Final = 200_000
"""The largest request; an introduction of twenty thousand letters fits, in any script."""


async def body_of(request: Request) -> bytes:
    """Return a request's body.

    A form that another page submits cannot say that it is JSON; the guard has refused it before.

    Raises:
        HTTPException: 415 if it is not said to be JSON, 413 if it is too large.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415, "what is sent has to be JSON")
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > MOST_BYTES:
            raise HTTPException(413, f"more than {MOST_BYTES:,} bytes are not read")
    return bytes(read)
