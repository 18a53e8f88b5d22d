"""`salesdesk-server`: serving the office. What administers it is in `commands`."""

from __future__ import annotations

import argparse
import gc
import ipaddress
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlcipher3 import dbapi2

from salesdesk.errors import UserError
from salesdesk.server import backup, commands, encryption, key_file, private
from salesdesk.server.accounts import note
from salesdesk.server.app import make_app
from salesdesk.server.commands import say
from salesdesk.server.database import open_database
from salesdesk.server.encryption import DATABASE
from salesdesk.server.listening import Server, listen, settings

_PORT = 8420
_PROXIES = "127.0.0.1,::1"
_OBJECTS_BETWEEN_COLLECTIONS = 100_000


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    chosen = _parser().parse_args(arguments)
    chosen.keys = chosen.keys or key_file.place_for(chosen.data)
    with private.files_of_our_own():
        try:
            _close(chosen.data, everything=chosen.run is _serve)
            if chosen.alone:  # nobody else may have the database open
                return int(chosen.run(chosen) or 0)
            with closing_engine(chosen) as engine:
                return int(chosen.run(engine, chosen) or 0)
        except UserError as error:
            say(str(error), sys.stderr)
        except OperationalError as error:
            say(f"office.database_refused (detail={error.orig})", sys.stderr)
        except dbapi2.Error as error:
            say(f"office.database_refused (detail={error})", sys.stderr)
    return 1


@contextmanager
def closing_engine(chosen: argparse.Namespace) -> Iterator[Engine]:
    """The office's database for one command."""
    url = chosen.database or f"sqlite:///{(chosen.data / DATABASE).resolve()}"
    engine = open_database(url, chosen.patience, chosen.keys)
    try:
        yield engine
    finally:
        engine.dispose()


def _close(data: Path, *, everything: bool) -> None:
    """Nobody else reads in the folder; what an earlier program wrote there for all to read is closed as well."""
    try:
        private.folder(data)
        if everything:
            private.close_all(data)
    except OSError as error:
        raise UserError("office.cannot_write", folder=str(data), detail=error.strerror) from error
    if private.is_open(data):
        say(f"office.open_to_others (folder={data})", sys.stderr)


def _parser() -> argparse.ArgumentParser:
    place = argparse.ArgumentParser(add_help=False)
    place.add_argument("--data", type=Path, default=Path("office"), help="folder of the database and the files")
    place.add_argument("--database", help="a PostgreSQL URL instead of the folder's SQLite file")
    place.add_argument(
        "--keys", type=Path, help=f"folder of the keys; else ${key_file.PLACE}, else the data folder's name with .keys"
    )
    place.set_defaults(patience=60, alone=False)
    parser = argparse.ArgumentParser(prog="salesdesk-server", description="The office that laptops sync with.")
    groups = parser.add_subparsers(required=True, metavar="command")
    serve = groups.add_parser("serve", parents=[place], help="serve until stopped")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=_PORT, help="0 takes a free one")
    serve.add_argument("--tls-cert", help="certificate file")
    serve.add_argument("--tls-key", help="key file")
    serve.add_argument(
        "--behind-proxy",
        nargs="?",
        const=_PROXIES,
        default="",
        metavar="ADDRESSES",
        help=f"another program in front speaks TLS; from where it speaks to this one ({_PROXIES}), with commas",
    )
    serve.add_argument("--until-stdin-ends", action="store_true", help="end with the program that started this one")
    serve.set_defaults(run=_serve, patience=5)
    backing_up = groups.add_parser("backup", parents=[place], help="write the office into one file, while it serves")
    backing_up.set_defaults(run=_back_up)
    restore = groups.add_parser("restore", parents=[place], help="put the office back as it was in a backup")
    restore.set_defaults(run=_restore, alone=True)
    for saving in (backing_up, restore):
        saving.add_argument("file", type=Path)
    renew = groups.add_parser("restored", parents=[place], help="say that an older copy of the database was put back")
    renew.set_defaults(run=_restored)
    keys = groups.add_parser("keys", help="what encrypts the database and signs tokens")
    change = keys.add_subparsers(required=True, metavar="what").add_parser(
        "change", parents=[place], help="new ones; the office must not be served meanwhile"
    )
    change.set_defaults(run=_change_keys, alone=True)
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
    app = make_app(engine, chosen.data / "blobs", chosen.keys)
    config = settings(app, proxies=chosen.behind_proxy, ssl_certfile=chosen.tls_cert, ssl_keyfile=chosen.tls_key)
    # the socket already listens: whoever reads this line may connect
    shown = f"[{host}]" if ":" in host else host
    say(f"SalesDesk office at {'https' if secure else 'http'}://{shown}:{port}", sys.stdout)
    server = Server(config)
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


def _end_with_stdin(server: Server) -> None:
    """Stop the server when nobody holds the other end any more, also because that process was killed."""
    while sys.stdin.buffer.read(1):
        pass
    server.should_exit = True


def _back_up(_: Engine, chosen: argparse.Namespace) -> None:
    if chosen.database:
        raise UserError("office.use_pg_dump")
    say(f"{chosen.file}: {backup.backup(chosen.data, chosen.file, chosen.keys)} bytes")
    say(f"To restore it takes the keys in {chosen.keys} as well. Keep a copy of them, and not beside the backups.")


def _restore(chosen: argparse.Namespace) -> int:
    if chosen.database:
        raise UserError("office.use_pg_restore")
    aside = backup.restore(chosen.data, chosen.file, commands.user(), chosen.keys)
    say(f"Restored from {chosen.file}. " + (f"What was here is in {aside}." if aside else ""))
    say("People, laptops and roles are as they were then: look at `log`, and do again what was done since.")
    return 0


def _restored(engine: Engine, _: argparse.Namespace) -> None:
    backup.begin_anew(engine, commands.user(), "a copy")


def _change_keys(chosen: argparse.Namespace) -> None:
    """New keys; killed anywhere, the next command goes on (`encryption`)."""
    path = chosen.data / DATABASE
    if not chosen.database and path.exists():
        encryption.check_not_served(path, encryption.key_for(path, chosen.keys))
    key_file.change(chosen.keys)
    with closing_engine(chosen) as engine, engine.begin() as connection:
        note(connection, commands.user(), "keys.change", "")
    say(f"There are new keys in {chosen.keys}. Keep a copy of them, and not beside the backups.")
    say("Earlier backups open with them, too. Laptops notice nothing; start the office again.")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
