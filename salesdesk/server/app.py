"""The office over HTTP. Handlers run in the thread pool; workers hold no state."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from salesdesk.errors import OfficeRefused
from salesdesk.server import accounts, feed, intake, keys, reading
from salesdesk.server.blobs import Blobs
from salesdesk.sync.protocol import (
    LARGEST_PACKED,
    Challenge,
    Enrol,
    Message,
    Mismatch,
    Proof,
    Pull,
    Refusal,
    pack,
    unpack,
)

M = TypeVar("M", bound=Message)

C = TypeVar("C")
_log = logging.getLogger(__name__)

_STALL_SECONDS = 30
_RETRY_SECONDS = 10
_RANGE, _LENGTH = re.compile("bytes=([0-9]{1,15})-"), re.compile("([0-9]{1,15})")
_TYPE = "application/vnd.salesdesk"
_STATUS = {
    "sync.wrong_password": 401,
    "sync.unknown_device": 401,
    "sync.token_expired": 401,
    "sync.device_revoked": 403,
    "sync.not_a_member": 403,
    "sync.blob_missing": 404,
    "sync.blob_gap": 416,
    "sync.blob_damaged": 422,
    "sync.message_too_large": 413,
    "sync.blob_too_large": 413,
    "sync.too_many_tries": 429,
}


def make_app(engine: Engine, blob_folder: Path) -> Starlette:
    """The application over a database and a folder of files."""
    gate = accounts.Gate(engine)
    keys.take_in(engine)
    blobs = Blobs(engine, blob_folder)

    async def enrol(request: Request) -> Response:
        return await _open(request, Enrol, lambda asked: accounts.enrol(engine, asked))

    async def challenge(request: Request) -> Response:
        return await _open(request, Challenge, lambda _asked: gate.nonce())

    async def token(request: Request) -> Response:
        return await _open(request, Proof, gate.token)

    async def push(request: Request) -> Response:
        return await _signed(
            request, gate, lambda caller, body: _answer(intake.push(engine, caller, reading.read_push(body)))
        )

    async def pull(request: Request) -> Response:
        return await _signed(request, gate, lambda caller, body: _answer(feed.pull(engine, caller, unpack(body, Pull))))

    async def blob(request: Request) -> Response:
        return await _signed(request, gate, lambda caller, piece: _blob(request, caller, blobs, piece))

    async def health(_request: Request) -> Response:
        return PlainTextResponse("SalesDesk office")

    return Starlette(
        routes=[
            Route("/v1/health", health),
            Route("/v1/enrol", enrol, methods=["POST"]),
            Route("/v1/challenge", challenge, methods=["POST"]),
            Route("/v1/token", token, methods=["POST"]),
            Route("/v1/push", push, methods=["POST"]),
            Route("/v1/pull", pull, methods=["POST"]),
            Route("/v1/blobs/{territory}/{sha256}", blob, methods=["HEAD", "GET", "PATCH"]),
        ]
    )


async def _open(request: Request, kind: type[M], work: Callable[[M], Message]) -> Response:
    """For a caller who is not known yet."""
    return await _guarded(request, lambda: None, lambda _, body: _answer(work(unpack(body, kind))))


async def _signed(
    request: Request, gate: accounts.Gate, work: Callable[[accounts.Caller, bytes], Response]
) -> Response:
    """For a known device; nothing is read from any other."""
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return await _guarded(request, lambda: gate.caller(bearer), work)


async def _guarded(request: Request, enter: Callable[[], C], work: Callable[[C, bytes], Response]) -> Response:
    """Let the caller in, read the body, do the work off the loop; what goes wrong becomes an answer."""
    try:
        caller = await run_in_threadpool(enter)
        body = await _body(request)
        return await run_in_threadpool(work, caller, body)
    except OfficeRefused as error:
        return _refusal(error)
    except (ClientDisconnect, TimeoutError):
        return Response(status_code=408, headers={"Connection": "close"})
    except DBAPIError:  # busy beyond its patience, or away: the laptop keeps everything and comes again
        _log.exception("the database did not take it")
        return Response(status_code=503, headers={"Retry-After": str(_RETRY_SECONDS)})


def _answer(message: Message) -> Response:
    return Response(pack(message), 409 if isinstance(message, Mismatch) else 200, media_type=_TYPE)


def _refusal(error: OfficeRefused) -> Response:
    params = {name: value for name, value in error.params.items() if isinstance(value, str | int)}
    headers = {"Retry-After": str(params["seconds"])} if "seconds" in params else {}
    status = _STATUS.get(error.message, 400)
    return Response(pack(Refusal(message=error.message, params=params)), status, headers, media_type=_TYPE)


async def _body(request: Request) -> bytes:
    """The body, read no further than a message may be long; `TimeoutError` when nothing comes for a while."""
    pieces: list[bytes] = []
    size = 0
    stream = aiter(request.stream())
    while True:
        try:
            piece = await asyncio.wait_for(anext(stream), _STALL_SECONDS)
        except StopAsyncIteration:
            return b"".join(pieces)
        size += len(piece)
        if size > LARGEST_PACKED:
            raise OfficeRefused("sync.message_too_large")
        pieces.append(piece)


def _whole(pattern: re.Pattern[str], text: str) -> int:
    """The number in a header: a few digits 0 to 9 and nothing that merely looks like one."""
    found = pattern.fullmatch(text)
    if found is None:
        raise OfficeRefused("sync.not_a_message")
    return int(found[1])


def _blob(request: Request, caller: accounts.Caller, blobs: Blobs, piece: bytes) -> Response:
    territory, sha256 = request.path_params["territory"], request.path_params["sha256"]
    if request.method == "GET":
        start = _whole(_RANGE, request.headers.get("Range", "bytes=0-"))
        data = blobs.read(caller, territory, sha256, start)
        return Response(data, 206 if start else 200, media_type="application/octet-stream")
    if request.method == "PATCH":
        at, length = (_whole(_LENGTH, request.headers.get(name, "")) for name in ("Upload-Offset", "Upload-Length"))
        here = blobs.append(caller, territory, sha256, at, length, piece)
        return Response(status_code=204, headers={"Upload-Offset": str(here)})
    here, complete = blobs.offset(caller, territory, sha256)
    state = {"Upload-Offset": str(here), "Upload-Complete": "?1" if complete else "?0"}
    return Response(headers=state | ({"Upload-Length": str(here)} if complete else {}))
