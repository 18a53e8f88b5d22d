"""The office over HTTP. Handlers run in the thread pool; workers hold no state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from salesdesk.errors import OfficeRefused
from salesdesk.server import accounts, feed, intake
from salesdesk.server.blobs import Blobs
from salesdesk.sync.protocol import (
    LARGEST_PACKED,
    Challenge,
    Enrol,
    Message,
    Mismatch,
    Proof,
    Pull,
    Push,
    Refusal,
    pack,
    unpack,
)

M = TypeVar("M", bound=Message)

_TYPE = "application/vnd.salesdesk"
_STATUS = {
    "sync.wrong_password": 401,
    "sync.unknown_device": 401,
    "sync.token_expired": 401,
    "sync.device_revoked": 403,
    "sync.not_a_member": 403,
    "sync.blob_missing": 404,
    "sync.message_too_large": 413,
    "sync.blob_too_large": 413,
    "sync.too_many_tries": 429,
}


def make_app(engine: Engine, blob_folder: Path) -> Starlette:
    """The application over a database and a folder of files."""
    gate = accounts.Gate(engine)
    blobs = Blobs(engine, blob_folder)

    async def enrol(request: Request) -> Response:
        return await _answered(request, Enrol, lambda asked: accounts.enrol(engine, asked))

    async def challenge(request: Request) -> Response:
        return await _answered(request, Challenge, lambda _asked: gate.nonce())

    async def token(request: Request) -> Response:
        return await _answered(request, Proof, gate.token)

    async def push(request: Request) -> Response:
        return await _answered(request, Push, lambda sent: intake.push(engine, gate.caller(_bearer(request)), sent))

    async def pull(request: Request) -> Response:
        return await _answered(request, Pull, lambda asked: feed.pull(engine, gate.caller(_bearer(request)), asked))

    async def blob(request: Request) -> Response:
        try:
            caller = await run_in_threadpool(gate.caller, _bearer(request))
            piece = await _body(request) if request.method == "PATCH" else b""
        except OfficeRefused as error:
            return _refusal(error)
        except ClientDisconnect:
            return Response(status_code=400)
        return await run_in_threadpool(_guarded, lambda: _blob(request, caller, blobs, piece))

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


async def _answered(request: Request, kind: type[M], work: Callable[[M], Message]) -> Response:
    """Read a message, do the work off the loop, and send the answer."""
    try:
        body = await _body(request)
    except OfficeRefused as error:
        return _refusal(error)
    except ClientDisconnect:
        return Response(status_code=400)

    def handle() -> Response:
        answer = work(unpack(body, kind))
        return Response(pack(answer), 409 if isinstance(answer, Mismatch) else 200, media_type=_TYPE)

    return await run_in_threadpool(_guarded, handle)


def _guarded(handle: Callable[[], Response]) -> Response:
    try:
        return handle()
    except OfficeRefused as error:
        return _refusal(error)


def _refusal(error: OfficeRefused) -> Response:
    params = {name: value for name, value in error.params.items() if isinstance(value, str | int)}
    headers = {"Retry-After": str(params["seconds"])} if "seconds" in params else {}
    status = _STATUS.get(error.message, 400)
    return Response(pack(Refusal(message=error.message, params=params)), status, headers, media_type=_TYPE)


async def _body(request: Request) -> bytes:
    """The body, read no further than a message may be long."""
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > LARGEST_PACKED:
            raise OfficeRefused("sync.message_too_large")
        pieces.append(piece)
    return b"".join(pieces)


def _bearer(request: Request) -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ")


def _blob(request: Request, caller: accounts.Caller, blobs: Blobs, piece: bytes) -> Response:
    territory, sha256 = request.path_params["territory"], request.path_params["sha256"]
    if request.method == "GET":
        start = request.headers.get("Range", "bytes=0-").removeprefix("bytes=").removesuffix("-")
        if not start.isdigit():
            raise OfficeRefused("sync.not_a_message")
        data = blobs.read(caller, territory, sha256, int(start))
        return Response(data, 206 if int(start) else 200, media_type="application/octet-stream")
    if request.method == "PATCH":
        try:
            at, length = (int(request.headers[name]) for name in ("Upload-Offset", "Upload-Length"))
        except (KeyError, ValueError) as error:
            raise OfficeRefused("sync.not_a_message") from error
        here = blobs.append(caller, territory, sha256, at, length, piece)
        return Response(status_code=204, headers={"Upload-Offset": str(here)})
    here, complete = blobs.offset(caller, territory, sha256)
    return Response(
        status_code=200, headers={"Upload-Offset": str(here), "Upload-Complete": "?1" if complete else "?0"}
    )
