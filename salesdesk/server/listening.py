"""Who may keep a connection, and for how long: strangers who open many and say nothing give way to everybody else.

A connection is *known* once a device has shown its token there. When there is no room for one more, the oldest of the
others goes, from the address that has most of them; so a flood from somewhere pushes out itself.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Mapping
from functools import partial
from typing import Any

import h11
import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from salesdesk.sync.protocol import OFFICE_KEEPS_S

HEAD_S = 10  # from the first byte of a request, or from the connection, until its head is there
_MOST = 1_000
_FILES_WISHED = 8_192
_FILES_OF_OUR_OWN = 150  # database, files of records, log
_LARGEST_HEAD = 16 * 1024
_ACCEPTED_AT_ONCE = 32  # each takes a file before it can be counted
_WAITING = 1024  # in the system's own line


class Doors:
    """All connections of one server."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._count = 0
        self._strangers: dict[str, dict[Connection, None]] = {}  # by address, the oldest first

    def enter(self, one: Connection) -> None:
        """A new connection; it or an older one is cut when there is no room."""
        self._count += 1
        self._strangers.setdefault(one.address, {})[one] = None
        if self._count > self._most:
            most = max(self._strangers.values(), key=len)
            next(iter(most)).cut()

    def leave(self, one: Connection) -> None:
        """It is closed."""
        self._count -= 1
        self.know(one)

    def know(self, one: Connection) -> None:
        """It is no stranger's any more."""
        others = self._strangers.get(one.address, {})
        others.pop(one, None)
        if not others:
            self._strangers.pop(one.address, None)


class Connection(H11Protocol):
    """One connection over which requests come, and whose heads may not take long."""

    def __init__(self, doors: Doors, *, app_state: dict[str, Any], **options: Any) -> None:
        super().__init__(app_state={**app_state, "connection": self}, **options)
        self._doors = doors
        self._inside = False
        self._head_timer: asyncio.TimerHandle | None = None
        self.address = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as its base does
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ""
        self._inside = True
        self._watch()
        self._doors.enter(self)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._stop_watching()
        self._go()

    def know(self) -> None:
        """A device of ours speaks here."""
        self._doors.know(self)

    def cut(self) -> None:
        """End it at once, whatever is under way."""
        self._go()
        self.transport.abort()

    def _go(self) -> None:
        if self._inside:
            self._inside = False
            self._doors.leave(self)

    def _watch(self) -> None:
        """Let the clock run while a head is on its way, or the rest of a body that nobody reads any more."""
        answered = self.cycle is None or self.cycle.response_complete
        if self.conn.their_state is h11.IDLE or (answered and self.conn.their_state is h11.SEND_BODY):
            self._head_timer = self._head_timer or self.loop.call_later(HEAD_S, self.cut)
        else:
            self._stop_watching()

    def _stop_watching(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None


class Server(uvicorn.Server):
    """Takes few connections in at a time, and gives the greeting of TLS as long as a head."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        loop = asyncio.get_running_loop()
        if self.config.ssl:
            limited = partial(loop.create_server, ssl_handshake_timeout=HEAD_S)
            loop.create_server = limited  # type: ignore[method-assign]  # uvicorn has no setting for it
        await super().startup(sockets)
        for listener in sockets or []:
            listener.listen(_WAITING)  # asyncio takes as many at a time as it was told may wait


def known(state: Mapping[str, Any]) -> None:
    """Say that the request with this state (of its ASGI scope) is a device's."""
    connection = state.get("connection")
    if isinstance(connection, Connection):
        connection.know()


def settings(app: Starlette, *, proxies: str = "", most: int = 0, **options: Any) -> uvicorn.Config:
    """How the office is served. It keeps an idle connection longer than laptops trust one.

    `proxies` are the addresses (with commas) of programs in front that say for whom they speak; `most` is how many
    connections there may be, else as many as the system has files for.
    """
    return uvicorn.Config(
        app,
        http=partial(Connection, Doors(most or _room())),  # type: ignore[arg-type]  # called as the class would be
        log_level="warning",
        lifespan="off",
        ws="none",
        timeout_keep_alive=OFFICE_KEEPS_S,
        h11_max_incomplete_event_size=_LARGEST_HEAD,
        backlog=_ACCEPTED_AT_ONCE,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        server_header=False,
        **options,
    )


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. It names its protocol, or asyncio lets every answer wait 40 ms for an acknowledgement."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":  # there it would let two programs share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_WAITING)
    except OSError:
        listener.close()
        raise
    return listener


def _room() -> int:
    """How many connections there may be, so that files are left for everything else."""
    if sys.platform == "win32":  # its sockets are no files
        return _MOST
    import resource  # noqa: PLC0415  # Windows has none

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wished = _FILES_WISHED if hard == resource.RLIM_INFINITY else min(hard, _FILES_WISHED)
    if soft != resource.RLIM_INFINITY and soft < wished:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wished, hard))
        soft = wished
    left = _MOST if soft == resource.RLIM_INFINITY else soft - _FILES_OF_OUR_OWN - 2 * _ACCEPTED_AT_ONCE
    return max(_ACCEPTED_AT_ONCE, min(_MOST, left))
