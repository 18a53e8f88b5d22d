"""The office over HTTP. Handlers run in the thread pool; workers hold no state.

Who writes stands in a line of its own (`_Line`): SQLite lets one in at a time and in no order, and those who wait
may not take the threads of those who only read. Nor may those whose passwords are looked at: they have another line.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from salesdesk.errors import OfficeRefused
from salesdesk.server import accounts, feed, intake, key_file, keys, ledger, listening, push_reader, quarantine
from salesdesk.server.accounts import Caller
from salesdesk.server.blobs import Blobs
from salesdesk.server.sign_in import Tries
from salesdesk.sync.protocol import (
    LARGEST_PACKED,
    OFFICE_WAITS_S,
    Challenge,
    Enrol,
    Leaving,
    Message,
    Mismatch,
    Proof,
    Pull,
    Refusal,
    pack,
    unpack,
)

C = TypeVar("C")
P = ParamSpec("P")
T = TypeVar("T")
_log = logging.getLogger(__name__)

_STALL_SECONDS = 30
_RETRY_SECONDS = 10
_WRITERS = 30  # PostgreSQL lets many in, and they wait for each other by territory
MOST_PASSWORDS = 16  # that wait to be looked at; one takes a tenth of a second
_LARGEST_UNSIGNED = 16 * 1024  # of a body, packed, from whom we do not know
_RANGE, _LENGTH = re.compile("bytes=([0-9]{1,15})-"), re.compile("([0-9]{1,15})")
_TYPE = "application/vnd.salesdesk"
_STATUS = {
    "sync.wrong_password": 401,
    "sync.unknown_device": 401,
    "sync.token_expired": 401,
    "sync.device_revoked": 403,
    "sync.account_disabled": 403,
    "sync.code_needed": 403,
    "sync.not_a_member": 403,
    "sync.blob_missing": 404,
    "sync.blob_gap": 416,
    "sync.blob_damaged": 422,
    "sync.message_too_large": 413,
    "sync.blob_too_large": 413,
    "sync.too_many_tries": 429,
}


def make_app(engine: Engine, blob_folder: Path, keys_folder: Path | None = None) -> Starlette:
    """The application over a database, a folder of files, and one of keys (else the usual one of the files' data)."""
    keys.take_in(engine)
    shared = key_file.read_or_make(keys_folder or key_file.place_for(blob_folder.parent)).tokens
    office = _Office(engine, blob_folder, shared)
    return Starlette(
        routes=[
            Route("/v1/health", office.health),
            Route("/v1/enrol", office.enrol, methods=["POST"]),
            Route("/v1/challenge", office.challenge, methods=["POST"]),
            Route("/v1/token", office.token, methods=["POST"]),
            Route("/v1/push", office.push, methods=["POST"]),
            Route("/v1/pull", office.pull, methods=["POST"]),
            Route("/v1/leaving", office.leaving, methods=["POST"]),
            Route("/v1/quarantine", office.quarantine, methods=["POST"]),
            Route("/v1/blobs/{territory}/{sha256}", office.blob, methods=["HEAD", "GET", "PATCH"]),
        ]
    )


class _Office:
    """The handlers, and what they share."""

    def __init__(self, engine: Engine, blob_folder: Path, shared: bytes) -> None:
        ledger.begin_life(engine)
        self._engine = engine
        self._gate = accounts.Gate(engine, shared)
        self._blobs = Blobs(engine, blob_folder)
        self._writers = _Line("writer", 1 if engine.dialect.name == "sqlite" else _WRITERS)
        self._passwords = _Line("password", 1, MOST_PASSWORDS)
        self._tries = Tries()

    async def health(self, _request: Request) -> Response:
        return PlainTextResponse("SalesDesk office")

    async def enrol(self, request: Request) -> Response:
        address = _address(request)

        async def work(_: None, body: bytes) -> Response:
            asked = await run_in_threadpool(unpack, body, Enrol)
            found = await run_in_threadpool(accounts.knock, self._engine, asked)
            fits = not found.has_code and await self._try_password(asked, found, address)
            enrolled = await self._writers.run(accounts.enrol, self._engine, asked, password_fits=fits)
            if fits:
                self._tries.give_back(asked.account, address, found.device)
            self._tries.remember(address)
            return _answer(enrolled)

        return await _guarded(request, None, work)

    async def _try_password(self, asked: Enrol, found: accounts.Knock, address: str) -> bool:
        """Whether the password fits, of one that may be tried; else the refusal, the same for every name."""
        self._tries.take(asked.account, address, found.device)
        try:
            fits = await self._passwords.run(accounts.fits, found.password, asked.password)
        except _OfficeBusy:
            self._tries.give_back(asked.account, address, found.device)
            raise
        if not fits:
            raise OfficeRefused("sync.wrong_password")
        return True

    async def challenge(self, request: Request) -> Response:
        def work(_: None, body: bytes) -> Response:
            unpack(body, Challenge)
            return _answer(self._gate.nonce())

        return await _guarded(request, None, _in_a_thread(work))

    async def token(self, request: Request) -> Response:
        def work(_: None, body: bytes) -> Response:
            token = self._gate.token(unpack(body, Proof))
            self._tries.remember(_address(request))
            return _answer(token)

        return await _guarded(request, None, _in_a_thread(work))

    async def push(self, request: Request) -> Response:
        async def work(caller: Caller, body: bytes) -> Response:
            sent = await run_in_threadpool(push_reader.read_push, body)
            return _answer(await self._writers.run(intake.push, self._engine, caller, sent))

        return await _guarded(request, self._known(request), work)

    async def pull(self, request: Request) -> Response:
        def work(caller: Caller, body: bytes) -> Response:
            return _answer(feed.pull(self._engine, caller, unpack(body, Pull)))

        return await _guarded(request, self._known(request), _in_a_thread(work))

    async def leaving(self, request: Request) -> Response:
        def work(caller: Caller, body: bytes) -> Response:
            unpack(body, Leaving)
            return _answer(quarantine.order(self._engine, caller))

        return await _guarded(request, self._leaving(request), _in_a_thread(work))

    async def quarantine(self, request: Request) -> Response:
        async def work(caller: Caller, body: bytes) -> Response:
            sent = await run_in_threadpool(push_reader.read_push, body)
            return _answer(await self._writers.run(quarantine.keep, self._engine, caller, sent))

        return await _guarded(request, self._leaving(request), work)

    async def blob(self, request: Request) -> Response:
        enter = self._known(request) if request.method == "GET" else self._leaving(request)
        return await _guarded(request, enter, _in_a_thread(partial(_blob, request, self._blobs)))

    def _known(self, request: Request) -> Callable[[], Caller]:
        """Lets a known device in; nothing is read from any other."""
        return partial(self._gate.caller, _bearer(request))

    def _leaving(self, request: Request) -> Callable[[], Caller]:
        """Lets a device in that is shut out as well: it may hand over, and is told nothing."""
        return partial(self._gate.known, _bearer(request))


def _bearer(request: Request) -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ")


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


class _Line:
    """A line before some threads: whoever came first is next, and none waits longer than laptops do."""

    def __init__(self, name: str, at_once: int, most: int = 0) -> None:
        """`most` may be in it, whoever else comes is told to come later; 0: any number."""
        self._pool = ThreadPoolExecutor(at_once, name)
        self._most = most
        self._here = 0

    async def run(self, work: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        """Do the work when its turn comes; `OfficeBusy`, and nothing done, when that takes too long."""
        if self._most and self._here >= self._most:
            raise _OfficeBusy
        self._here += 1
        try:
            turn = self._pool.submit(work, *arguments, **options)
            done = asyncio.wrap_future(turn)
            await asyncio.wait([done], timeout=OFFICE_WAITS_S)
            if not done.done() and turn.cancel():  # what has begun is waited for
                raise _OfficeBusy
            return await done
        finally:
            self._here -= 1


class _OfficeBusy(Exception):
    pass


def _in_a_thread(work: Callable[[C, bytes], Response]) -> Callable[[C, bytes], Awaitable[Response]]:
    async def run(caller: C, body: bytes) -> Response:
        return await run_in_threadpool(work, caller, body)

    return run


async def _guarded(
    request: Request, enter: Callable[[], C] | None, work: Callable[[C, bytes], Awaitable[Response]]
) -> Response:
    """Let the caller in, read the body, do the work off the loop; what goes wrong becomes an answer.

    Without `enter` anybody may come, who then has a little to say, and soon.
    """
    try:
        if enter is None:
            body = await asyncio.wait_for(_body(request, _LARGEST_UNSIGNED), _STALL_SECONDS)
            return await work(cast(C, None), body)
        caller = await run_in_threadpool(enter)
        listening.known(request.scope.get("state", {}))
        return await work(caller, await _body(request, LARGEST_PACKED))
    except OfficeRefused as error:
        return _refusal(error)
    except (ClientDisconnect, TimeoutError):
        return Response(status_code=408, headers={"Connection": "close"})
    except _OfficeBusy:
        return _later()
    except DBAPIError:  # busy beyond its patience, or away: the laptop keeps everything and comes again
        _log.exception("the database did not take it")
        return _later()


def _later() -> Response:
    return Response(status_code=503, headers={"Retry-After": str(_RETRY_SECONDS)})


def _answer(message: Message) -> Response:
    return Response(pack(message), 409 if isinstance(message, Mismatch) else 200, media_type=_TYPE)


def _refusal(error: OfficeRefused) -> Response:
    params = {name: value for name, value in error.params.items() if isinstance(value, str | int)}
    headers = {"Retry-After": str(params["seconds"])} if "seconds" in params else {}
    status = _STATUS.get(error.message, 400)
    return Response(pack(Refusal(message=error.message, params=params)), status, headers, media_type=_TYPE)


async def _body(request: Request, largest: int) -> bytes:
    """The body, read no further than it may be long; `TimeoutError` when nothing comes for a while."""
    pieces: list[bytes] = []
    size = 0
    stream = aiter(request.stream())
    while True:
        try:
            piece = await asyncio.wait_for(anext(stream), _STALL_SECONDS)
        except StopAsyncIteration:
            return b"".join(pieces)
        size += len(piece)
        if size > largest:
            raise OfficeRefused("sync.message_too_large")
        pieces.append(piece)


def _whole(pattern: re.Pattern[str], text: str) -> int:
    """The number in a header: a few digits 0 to 9 and nothing that merely looks like one."""
    found = pattern.fullmatch(text)
    if found is None:
        raise OfficeRefused("sync.not_a_message")
    return int(found[1])


def _blob(request: Request, blobs: Blobs, caller: Caller, piece: bytes) -> Response:
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
