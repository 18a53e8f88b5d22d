"""`salesdesk-server`: serving the office. What administers it is in `commands`."""

from __future__ import annotations

import argparse
import gc
import ipaddress
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette

from salesdesk.errors import UserError
from salesdesk.server import backup, commands
from salesdesk.server.app import make_app
from salesdesk.server.backup import DATABASE
from salesdesk.server.commands import say
from salesdesk.server.database import open_database
from salesdesk.sync.protocol import OFFICE_KEEPS_S

_PORT = 8420
_OBJECTS_BETWEEN_COLLECTIONS = 100_000


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    chosen = _parser().parse_args(arguments)
    data: Path = chosen.data
    data.mkdir(parents=True, exist_ok=True)
    url = chosen.database or f"sqlite:///{(data / DATABASE).resolve()}"
    try:
        if chosen.run is None:  # `restore` of a file must be the only one who has the database open
            return _restore(chosen)
        with closing_engine(url, chosen.patience) as engine:
            return int(chosen.run(engine, chosen) or 0)
    except UserError as error:
        say(str(error), sys.stderr)
        return 1
    except OperationalError as error:
        say(f"office.database_refused (detail={error.orig})", sys.stderr)
        return 1


@contextmanager
def closing_engine(url: str, patience_s: int) -> Iterator[Engine]:
    """The office's database for one command."""
    engine = open_database(url, patience_s)
    try:
        yield engine
    finally:
        engine.dispose()


def _parser() -> argparse.ArgumentParser:
    place = argparse.ArgumentParser(add_help=False)
    place.add_argument("--data", type=Path, default=Path("office"), help="folder of the database and the files")
    place.add_argument("--database", help="a PostgreSQL URL instead of the folder's SQLite file")
    place.set_defaults(patience=60)
    parser = argparse.ArgumentParser(prog="salesdesk-server", description="The office that laptops sync with.")
    groups = parser.add_subparsers(required=True, metavar="command")
    serve = groups.add_parser("serve", parents=[place], help="serve until stopped")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=_PORT, help="0 takes a free one")
    serve.add_argument("--tls-cert", help="certificate file")
    serve.add_argument("--tls-key", help="key file")
    serve.add_argument("--behind-proxy", action="store_true", help="another program in front speaks TLS")
    serve.add_argument("--until-stdin-ends", action="store_true", help="end with the program that started this one")
    serve.set_defaults(run=_serve, patience=5)
    backing_up = groups.add_parser("backup", parents=[place], help="write the office into one file, while it serves")
    backing_up.set_defaults(run=_back_up)
    restore = groups.add_parser("restore", parents=[place], help="put the office back as it was in a backup")
    restore.set_defaults(run=None)
    for saving in (backing_up, restore):
        saving.add_argument("file", type=Path)
    renew = groups.add_parser("restored", parents=[place], help="say that an older copy of the database was put back")
    renew.set_defaults(run=_restored)
    commands.add_to(groups, place)
    return parser


def _serve(engine: Engine, chosen: argparse.Namespace) -> int:
    secure = bool(chosen.tls_cert and chosen.tls_key)
    if not (secure or chosen.behind_proxy or _is_loopback(chosen.host)):
        say("Beyond this machine the office needs TLS: give --tls-cert and --tls-key, or --behind-proxy.", sys.stderr)
        return 2
    try:
        listener = listen(chosen.host, chosen.port)
    except OSError as error:
        raise UserError("office.cannot_listen", host=chosen.host, port=chosen.port, detail=error.strerror) from error
    host, port = listener.getsockname()[:2]
    app = make_app(engine, chosen.data / "blobs")
    config = settings(app, ssl_certfile=chosen.tls_cert, ssl_keyfile=chosen.tls_key)
    # the socket already listens: whoever reads this line may connect
    shown = f"[{host}]" if ":" in host else host
    say(f"SalesDesk office at {'https' if secure else 'http'}://{shown}:{port}", sys.stdout)
    server = uvicorn.Server(config)
    # a push makes many short-lived objects without cycles: looking through them took a third of its time
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, *gc.get_threshold()[1:])
    if chosen.until_stdin_ends:
        threading.Thread(target=_end_with_stdin, args=[server], daemon=True).start()
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        return 0
    finally:
        listener.close()
    return 0


def _end_with_stdin(server: uvicorn.Server) -> None:
    """Stop the server when nobody holds the other end any more, also because that process was killed."""
    while sys.stdin.buffer.read(1):
        pass
    server.should_exit = True


def settings(app: Starlette, **options: Any) -> uvicorn.Config:
    """How the office is served. It keeps an idle connection longer than laptops trust one."""
    return uvicorn.Config(app, log_level="warning", lifespan="off", timeout_keep_alive=OFFICE_KEEPS_S, **options)


def _back_up(_: Engine, chosen: argparse.Namespace) -> None:
    if chosen.database:
        raise UserError("office.use_pg_dump")
    say(f"{chosen.file}: {backup.backup(chosen.data, chosen.file)} bytes")


def _restore(chosen: argparse.Namespace) -> int:
    if chosen.database:
        raise UserError("office.use_pg_restore")
    aside = backup.restore(chosen.data, chosen.file, commands.user())
    say(f"Restored from {chosen.file}. " + (f"What was here is in {aside}." if aside else ""))
    say("People, laptops and roles are as they were then: look at `log`, and do again what was done since.")
    return 0


def _restored(engine: Engine, _: argparse.Namespace) -> None:
    backup.begin_anew(engine, commands.user(), "a copy")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. It names its protocol, or asyncio lets every answer wait 40 ms for an acknowledgement."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":  # there it would let two programs share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)
    except OSError:
        listener.close()
        raise
    return listener
