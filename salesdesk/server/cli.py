"""`salesdesk-server`: serving the office, and its few administrative commands."""

from __future__ import annotations

import argparse
import getpass
import ipaddress
import socket
import sys
from pathlib import Path
from typing import Any, TextIO

import uvicorn
from sqlalchemy import Engine
from starlette.applications import Starlette

from salesdesk.errors import UserError
from salesdesk.records.work import ROLES
from salesdesk.server import accounts, people
from salesdesk.server.app import make_app
from salesdesk.server.database import open_database
from salesdesk.sync.protocol import OFFICE_KEEPS_S

_PORT = 8420


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    chosen = _parser().parse_args(arguments)
    data: Path = chosen.data
    data.mkdir(parents=True, exist_ok=True)
    engine = open_database(chosen.database or f"sqlite:///{(data / 'office.db').resolve()}")
    try:
        return int(chosen.run(engine, chosen))
    except UserError as error:
        _say(str(error), sys.stderr)
        return 1
    finally:
        engine.dispose()


def _parser() -> argparse.ArgumentParser:
    place = argparse.ArgumentParser(add_help=False)
    place.add_argument("--data", type=Path, default=Path("office"), help="folder of the database and the files")
    place.add_argument("--database", help="a PostgreSQL URL instead of the folder's SQLite file")
    parser = argparse.ArgumentParser(prog="salesdesk-server", description="The office that laptops sync with.")
    commands = parser.add_subparsers(required=True)
    serve = commands.add_parser("serve", parents=[place], help="serve until stopped")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=_PORT, help="0 takes a free one")
    serve.add_argument("--tls-cert", help="certificate file")
    serve.add_argument("--tls-key", help="key file")
    serve.add_argument("--behind-proxy", action="store_true", help="another program in front speaks TLS")
    serve.set_defaults(run=_serve)
    territory = commands.add_parser("add-territory", parents=[place], help="a new territory")
    territory.add_argument("id")
    territory.add_argument("name")
    territory.set_defaults(run=_add_territory)
    account = commands.add_parser("add-account", parents=[place], help="a new account; asks for its password")
    account.add_argument("login")
    account.add_argument("name")
    account.add_argument("--role", default="rep", choices=[role.value for role in ROLES])
    account.add_argument("--territory", required=True, help="where the person's records belong")
    account.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    account.set_defaults(run=_add_account)
    revoke = commands.add_parser("revoke", parents=[place], help="shut a device out")
    revoke.add_argument("device")
    revoke.set_defaults(run=_revoke)
    return parser


def _serve(engine: Engine, chosen: argparse.Namespace) -> int:
    secure = bool(chosen.tls_cert and chosen.tls_key)
    if not (secure or chosen.behind_proxy or _is_loopback(chosen.host)):
        _say("Beyond this machine the office needs TLS: give --tls-cert and --tls-key, or --behind-proxy.", sys.stderr)
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
    _say(f"SalesDesk office at {'https' if secure else 'http'}://{shown}:{port}", sys.stdout)
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        return 0
    finally:
        listener.close()
    return 0


def settings(app: Starlette, **options: Any) -> uvicorn.Config:
    """How the office is served. It keeps an idle connection longer than laptops trust one."""
    return uvicorn.Config(app, log_level="warning", lifespan="off", timeout_keep_alive=OFFICE_KEEPS_S, **options)


def _add_territory(engine: Engine, chosen: argparse.Namespace) -> int:
    accounts.add_territory(engine, chosen.id, chosen.name)
    _say(f"{chosen.id}: {chosen.name}", sys.stdout)
    return 0


def _add_account(engine: Engine, chosen: argparse.Namespace) -> int:
    password = sys.stdin.readline().rstrip("\r\n") if chosen.password_stdin else getpass.getpass()
    if len(password) < accounts.SHORTEST_PASSWORD:
        raise UserError("office.password_too_short", least=accounts.SHORTEST_PASSWORD)
    person = accounts.add_account(engine, chosen.login, chosen.name, chosen.role, chosen.territory, password)
    people.announce(engine, chosen.territory, person, chosen.name, chosen.role)
    _say(f"{chosen.login}: {person}", sys.stdout)
    return 0


def _revoke(engine: Engine, chosen: argparse.Namespace) -> int:
    if not accounts.revoke(engine, chosen.device):
        raise UserError("office.no_such_device", device=chosen.device)
    return 0


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


def _say(text: str, stream: TextIO) -> None:
    print(text, file=stream, flush=True)  # a command line speaks
